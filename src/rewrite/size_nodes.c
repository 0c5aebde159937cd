/*
 * size_nodes.c: sizes of a replacement as operands of calls. A size that is a number is written as one. For others the
 * graph needs a node: one that it has, preferably a placeholder; else the dimension of a captured tensor; else
 * arithmetic on such, first as the rule's author wrote the size, then as the size itself is made.
 */
#include "rewrite/rewrite_impl.h"

/* ---- the index of nodes that are sizes ---- */

rg_status rg__size_index_add(rg_size_index *index, rg_graph *graph, rg_node node)
{
    uint32_t known = 0;
    rg_size size = index->is_built ? rg_type_get_size(graph->context, rg_node_type(graph, node)) : (rg_size){0};
    if (rg_size_is_null(size)) {
        return RG_OK;
    }
    if (rg__map_find(&index->nodes, size.id, &known) && rg_graph_precedes(graph, (rg_node){known}, node)) {
        return RG_OK;
    }
    return rg__map_set(&graph->context->allocator, &index->nodes, size.id, node.id) ? RG_OK
                                                                                    : rg__report_memory(graph->context);
}

void rg__size_index_remove(rg_size_index *index, const rg_graph *graph, rg_node node)
{
    uint32_t known = 0;
    rg_size size = index->nodes.count != 0 ? rg_type_get_size(graph->context, rg_node_type(graph, node)) : (rg_size){0};
    if (!rg_size_is_null(size) && rg__map_find(&index->nodes, size.id, &known) && known == node.id) {
        (void)rg__map_remove(&index->nodes, size.id);
    }
}

static rg_status build_index(rg_rewrite *rewrite)
{
    rg_status status = RG_OK;
    if (rewrite->index->is_built) {
        return RG_OK;
    }
    rewrite->index->is_built = true;
    for (rg_node node = rg_graph_first(rewrite->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(rewrite->graph, node)) {
        status = rg__size_index_add(rewrite->index, rewrite->graph, node);
    }
    if (status != RG_OK) {
        rg__map_clear(&rewrite->index->nodes);
        rewrite->index->is_built = false;
    }
    return status;
}

/* ---- ways to come by a size ---- */

/* A node of the graph that is this size and stands before the new nodes. */
static rg_status find_existing(rg_operand *out, bool *found, rg_rewrite *rewrite, rg_size size)
{
    uint32_t id = 0;
    *found = false;
    rg_status status = build_index(rewrite);
    if (status != RG_OK || !rg__map_find(&rewrite->index->nodes, size.id, &id)) {
        return status;
    }
    rg_node node = {id};
    bool is_placeholder = rg_node_kind(rewrite->graph, node) == RG_OP_PLACEHOLDER;
    bool precedes = !is_placeholder && rg_graph_precedes(rewrite->graph, node, rg__rewrite_limit(rewrite));
    if ((is_placeholder || precedes) && !rg__match_holds(rewrite->match, node)) {
        *found = true;
        *out = (rg_operand){.value = rg_value_node(node)};
    }
    return RG_OK;
}

/* Does a result of the group being planned need this input? Only then is the input known to stand before the group. */
static bool is_available(const rg_rewrite *rewrite, uint32_t input)
{
    const rg_match_group *group = &rewrite->order.groups[rewrite->group];
    bool needed = rewrite->order.group_count == 1;
    for (uint32_t i = 0; i < group->result_count && !needed; i++) {
        needed = rg__pattern_result_needs(rewrite->rule->compiled, group->results[i], input);
    }
    return needed;
}

static rg_status push_node(rg_operand *out, rg_rewrite *rewrite, const char *op, rg_operand left, rg_operand right,
                           rg_size size)
{
    rg_new_node node = {.op = rg_context_find_op(rewrite->context, rg_string_from(op)),
                        .operands = {left, right},
                        .group = rewrite->group};
    rg_status status = rg_type_from_size(&node.type, rewrite->context, size);
    if (status == RG_OK && !rg__vector_push(&rewrite->context->allocator, &rewrite->new_nodes, node)) {
        status = rg__report_memory(rewrite->context);
    }
    *out = (rg_operand){.is_new = true, .index = rewrite->new_nodes.count - 1, .value = rg_value_missing()};
    return status;
}

/* An int input that was captured as a node, or a dimension of a captured tensor. */
static rg_status find_captured(rg_operand *out, bool *found, rg_rewrite *rewrite, rg_size size)
{
    rg_context *context = rewrite->context;
    *found = false;
    for (uint32_t i = 0; i < rewrite->rule->input_count; i++) {
        rg_node node = rg_value_as_node(rewrite->match->inputs[i]);
        if (rg_node_is_null(node) || !is_available(rewrite, i)) {
            continue;
        }
        rg_type type = rg_node_type(rewrite->graph, node);
        if (rg_size_same(rg_type_get_size(context, type), size)) {
            *found = true;
            *out = (rg_operand){.value = rewrite->match->inputs[i]};
            return RG_OK;
        }
        rg_tensor_type tensor = rg_type_get_tensor(context, type);
        for (uint32_t dim = 0; dim < tensor.rank; dim++) {
            if (!rg_size_same(tensor.sizes[dim], size)) {
                continue;
            }
            rg_operand base = {.value = rewrite->match->inputs[i]};
            rg_operand index = {.value = rg_value_missing()};
            *found = true;
            rg_status status = rg_value_int(&index.value, context, dim);
            return status == RG_OK ? push_node(out, rewrite, "aten.sym_size.int", base, index, size) : status;
        }
    }
    return RG_OK;
}

static rg_status plan_size(rg_operand *out, bool *found, rg_rewrite *rewrite, rg_size size, bool is_rule_size,
                           uint32_t depth);

/* The size as its outermost operation on smaller sizes. */
static rg_status compute(rg_operand *out, bool *found, rg_rewrite *rewrite, rg_size size, rg_size value,
                         bool is_rule_size, uint32_t depth)
{
    static const char *const operators[] = {
        [RG_SIZE_ADD] = "operator.add",      [RG_SIZE_SUBTRACT] = "operator.sub",
        [RG_SIZE_MULTIPLY] = "operator.mul", [RG_SIZE_FLOOR_DIVIDE] = "operator.floordiv",
        [RG_SIZE_MODULO] = "operator.mod",   [RG_SIZE_POWER] = "operator.pow",
        [RG_SIZE_MAX] = "torch.sym_max",     [RG_SIZE_MIN] = "torch.sym_min",
        [RG_SIZE_LESS] = "operator.lt",      [RG_SIZE_LESS_EQUAL] = "operator.le",
        [RG_SIZE_GREATER] = "operator.gt",   [RG_SIZE_GREATER_EQUAL] = "operator.ge",
        [RG_SIZE_EQUAL] = "operator.eq",     [RG_SIZE_NOT_EQUAL] = "operator.ne",
    };
    rg_size_split split;
    rg_operand left = {.value = rg_value_missing()};
    rg_operand right = {.value = rg_value_missing()};
    *found = false;
    rg_status status = rg__size_split(&split, rewrite->context, size);
    if (status != RG_OK || rg_size_is_null(split.left) || depth > rewrite->context->limits.max_depth) {
        return status;
    }
    status = plan_size(&left, found, rewrite, split.left, is_rule_size, depth + 1);
    if (status == RG_OK && *found) {
        status = plan_size(&right, found, rewrite, split.right, is_rule_size, depth + 1);
    }
    return status == RG_OK && *found ? push_node(out, rewrite, operators[split.operation], left, right, value) : status;
}

static rg_status remember(rg_rewrite *rewrite, uint64_t key, rg_operand operand)
{
    const rg_allocator *allocator = &rewrite->context->allocator;
    rg_planned_size planned = {key, operand};
    return rg__map_set(allocator, &rewrite->size_numbers, key, rewrite->planned_sizes.count) &&
                   rg__vector_push(allocator, &rewrite->planned_sizes, planned)
               ? RG_OK
               : rg__report_memory(rewrite->context);
}

/* Go back to an earlier state of the plan: a way to make a size has led nowhere. */
static void drop_from(rg_rewrite *rewrite, uint32_t node_count, uint32_t size_count)
{
    while (rewrite->planned_sizes.count > size_count) {
        rewrite->planned_sizes.count--;
        (void)rg__map_remove(&rewrite->size_numbers, rewrite->planned_sizes.items[rewrite->planned_sizes.count].key);
    }
    rewrite->new_nodes.count = node_count;
}

/* The operand planned for a size of the graph in this group; NULL when there is none. */
static const rg_operand *find_planned(const rg_rewrite *rewrite, uint64_t key)
{
    uint32_t number = 0;
    return rg__map_find(&rewrite->size_numbers, key, &number) ? &rewrite->planned_sizes.items[number].operand : NULL;
}

/* All the ways in turn. `size` is the rule's if `is_rule_size`, else it is `value` itself. */
static rg_status try_ways(rg_operand *out, bool *found, rg_rewrite *rewrite, rg_size size, rg_size value,
                          bool is_rule_size, uint32_t depth)
{
    uint32_t node_count = rewrite->new_nodes.count;
    uint32_t size_count = rewrite->planned_sizes.count;
    rg_status status = find_existing(out, found, rewrite, value);
    if (status == RG_OK && !*found) {
        status = find_captured(out, found, rewrite, value);
    }
    if (status == RG_OK && !*found && is_rule_size) {
        status = compute(out, found, rewrite, size, value, true, depth);
    }
    if (status == RG_OK && !*found) {
        drop_from(rewrite, node_count, size_count);
        status = compute(out, found, rewrite, value, value, false, depth);
    }
    if (status == RG_OK && !*found) {
        drop_from(rewrite, node_count, size_count);
    }
    return status;
}

/* `is_rule_size`: in terms of the rule's symbols, which may be named like the graph's. */
static rg_status plan_size(rg_operand *out, bool *found, rg_rewrite *rewrite, rg_size size, bool is_rule_size,
                           uint32_t depth)
{
    rg_size value = size;
    int64_t integer = 0;
    rg_status status = RG_OK;
    *found = false;
    if (is_rule_size) {
        status = rg__rewrite_known_size(&value, rewrite, size);
    }
    if (status != RG_OK || rg_size_is_null(value)) {
        return status;
    }
    if (rg_size_as_int(rewrite->context, value, &integer)) {
        *found = true;
        *out = (rg_operand){.value = rg_value_missing()};
        return rg_value_int(&out->value, rewrite->context, integer);
    }
    uint64_t key = (uint64_t)rewrite->group << 32 | value.id;
    const rg_operand *planned = find_planned(rewrite, key);
    if (planned != NULL) {
        *found = true;
        *out = *planned;
        return RG_OK;
    }
    status = try_ways(out, found, rewrite, size, value, is_rule_size, depth);
    return status == RG_OK && *found ? remember(rewrite, key, *out) : status;
}

static rg_status cannot_compute(const rg_rewrite *rewrite, rg_size size)
{
    rg_buffer text;
    rg__buffer_init(&text, &rewrite->context->allocator);
    (void)rg_size_print(rewrite->context, size, rg__buffer_sink(&text));
    rg_string printed = rg__buffer_string(&text);
    rg_status status =
        rg__report(rewrite->context, RG_ERROR_UNSUPPORTED,
                   "rule '%.*s': the size %.*s of the replacement cannot be computed from what the match captured",
                   (int)rewrite->rule->name.size, rewrite->rule->name.data, (int)printed.size,
                   printed.size == 0 ? "" : printed.data);
    rg__buffer_free(&text);
    return status;
}

rg_status rg__rewrite_plan_size(rg_operand *out, rg_rewrite *rewrite, rg_size size)
{
    bool found = false;
    rg_status status = plan_size(out, &found, rewrite, size, true, 0);
    return status == RG_OK && !found ? cannot_compute(rewrite, size) : status;
}

rg_status rg__rewrite_find_size(rg_operand *out, rg_rewrite *rewrite, rg_size size)
{
    rg_size value = {0};
    int64_t integer = 0;
    *out = (rg_operand){.value = rg_value_missing()};
    rg_status status = rg__rewrite_known_size(&value, rewrite, size);
    if (status != RG_OK) {
        return status;
    }
    if (!rg_size_is_null(value) && rg_size_as_int(rewrite->context, value, &integer)) {
        return rg_value_int(&out->value, rewrite->context, integer);
    }
    const rg_operand *planned = find_planned(rewrite, (uint64_t)rewrite->group << 32 | value.id);
    if (planned == NULL) {
        return cannot_compute(rewrite, size);
    }
    *out = *planned;
    return RG_OK;
}

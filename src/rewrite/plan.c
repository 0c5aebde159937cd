/*
 * plan.c: what a rewrite will make: for each node of the replacement its operands, sizes and type, under the match's
 * bindings. Nothing here touches the graph. Carrying out: apply.c.
 */
#include "rewrite/rewrite_impl.h"
#include "rule/repetition.h"

/* ---- groups ---- */

typedef struct rg_group_walk {
    const rg_graph *replacement;
    uint32_t *groups;
    uint32_t *stack;
    uint32_t depth;
    uint32_t group;
} rg_group_walk;

static rg_status push_unassigned(void *user, uint32_t id)
{
    rg_group_walk *walk = user;
    if (walk->groups[id] == UINT32_MAX) {
        walk->groups[id] = walk->group;
        walk->stack[walk->depth++] = id;
    }
    return RG_OK;
}

/* Each node belongs to the first group with a result that needs it; one that no result needs, to the last. */
static rg_status assign_groups(rg_rewrite *rewrite)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    size_t size = ((size_t)replacement->id_count + 1) * sizeof(uint32_t);
    rewrite->groups = rewrite->template->one_group;
    if (rewrite->order.group_count == 1) {
        return RG_OK;
    }
    uint32_t *groups = rg__arena_allocate(&rewrite->arena, size);
    rg_group_walk walk = {replacement, groups, rg__arena_allocate(&rewrite->arena, size), 0, 0};
    if (walk.stack == NULL || groups == NULL) {
        return rg__report_memory(rewrite->context);
    }
    memset(groups, 0xff, size);
    rewrite->groups = groups;
    for (; walk.group < rewrite->order.group_count; walk.group++) {
        const rg_match_group *group = &rewrite->order.groups[walk.group];
        for (uint32_t i = 0; i < group->result_count; i++) {
            (void)rg__graph_visit_nodes(replacement, rg__output_item(replacement, group->results[i]), push_unassigned,
                                        &walk);
        }
        while (walk.depth > 0) {
            rg_node node = {walk.stack[--walk.depth]};
            size_t count = rg_node_argument_count(replacement, node);
            for (size_t i = 0; i < count; i++) {
                (void)rg__graph_visit_nodes(replacement, rg_node_argument(replacement, node, i), push_unassigned,
                                            &walk);
            }
        }
    }
    for (uint32_t id = 0; id <= replacement->id_count; id++) {
        groups[id] = groups[id] == UINT32_MAX ? rewrite->order.group_count - 1 : groups[id];
    }
    return RG_OK;
}

/* ---- types ---- */

static rg_status substitute_sizes(rg_size *out, rg_rewrite *rewrite, const rg_size *sizes, uint32_t count)
{
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        status = rg__rewrite_known_size(&out[i], rewrite, sizes[i]);
    }
    return status;
}

static bool has_null(const rg_size *sizes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rg_size_is_null(sizes[i])) {
            return true;
        }
    }
    return false;
}

static rg_status substitute_tensor(rg_type *out, rg_rewrite *rewrite, rg_tensor_type tensor)
{
    rg_size *sizes = rg__arena_allocate(&rewrite->arena, tensor.rank * sizeof(*sizes));
    rg_size *strides = rg__arena_allocate(&rewrite->arena, tensor.rank * sizeof(*strides));
    if (sizes == NULL || strides == NULL) {
        return rg__report_memory(rewrite->context);
    }
    rg_status status = substitute_sizes(sizes, rewrite, tensor.sizes, tensor.rank);
    if (status == RG_OK && tensor.strides != NULL) {
        status = substitute_sizes(strides, rewrite, tensor.strides, tensor.rank);
    }
    if (status != RG_OK || has_null(sizes, tensor.rank)) {
        return status;
    }
    tensor.strides = tensor.strides == NULL || has_null(strides, tensor.rank) ? NULL : strides;
    tensor.sizes = sizes;
    if (tensor.device.kind != NULL && strcmp(tensor.device.kind, RG_RULE_DEVICE) == 0) {
        tensor.device = rewrite->match->device;
    }
    return rg_type_from_tensor(out, rewrite->context, &tensor);
}

static rg_status substitute_items(rg_type *out, rg_rewrite *rewrite, rg_type type)
{
    rg_context *context = rewrite->context;
    size_t count = rg_type_item_count(context, type);
    rg_type *items = rg__arena_allocate(&rewrite->arena, count * sizeof(*items));
    rg_status status = RG_OK;
    if (items == NULL) {
        return rg__report_memory(context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = rg__rewrite_substitute_type(&items[i], rewrite, rg_type_item(context, type, i));
    }
    return status == RG_OK ? rg_type_from_items(out, context, items, count) : status;
}

rg_status rg__rewrite_substitute_type(rg_type *out, rg_rewrite *rewrite, rg_type type)
{
    rg_context *context = rewrite->context;
    rg_size size = {0};
    rg_status status = RG_OK;
    *out = (rg_type){0};
    switch (rg_type_get_kind(context, type)) {
    case RG_TYPE_TENSOR:
        return substitute_tensor(out, rewrite, rg_type_get_tensor(context, type));
    case RG_TYPE_SIZE:
        status = rg__rewrite_known_size(&size, rewrite, rg_type_get_size(context, type));
        return status == RG_OK && !rg_size_is_null(size) ? rg_type_from_size(out, context, size) : status;
    case RG_TYPE_TUPLE:
        return substitute_items(out, rewrite, type);
    default:
        *out = type;
        return RG_OK;
    }
}

/* ---- nodes ---- */

static rg_status plan_sizes_of(rg_rewrite *rewrite, rg_value value)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    rg_operand ignored;
    if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        return rg__rewrite_plan_size(&ignored, rewrite, rg_value_as_size(value));
    }
    rg_status status = RG_OK;
    size_t count = rg_value_count(rewrite->context, replacement, value);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = plan_sizes_of(rewrite, rg_value_item(rewrite->context, replacement, value, i));
    }
    return status;
}

/* Arithmetic on scalars that the match knows is done here; `*done` says whether it was. */
static rg_status fold(bool *done, rg_rewrite *rewrite, rg_node node)
{
    rg_scalar_scope scope = {rewrite->context,       rewrite->rule,  rewrite->graph,
                             rewrite->match->inputs, rewrite->sizes, rewrite->known_scalars};
    rg_value value = rg_value_missing();
    rg_status status = rg__scalar_of_node(&value, &scope, rewrite->rule->replacement, node);
    *done = !rg_value_is_missing(value);
    if (*done) {
        rewrite->images[node.id] = (rg_operand){.value = value};
    }
    return status;
}

/* A conversion of something captured to the dtype that it turns out to have: the value is used as it is. */
static bool is_converted_already(rg_operand *out, const rg_rewrite *rewrite, rg_node node)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    rg_value data = rg_node_schema_argument(replacement, node, 0);
    rg_value dtype = rg_node_argument(replacement, node, 1);
    *out = rewrite->images[rg_value_as_node(data).id];
    if (out->is_new || rg_value_get_kind(out->value) != RG_VALUE_NODE) {
        return false;
    }
    rg_type type = rg_node_type(rewrite->graph, rg_value_as_node(out->value));
    return rg_type_get_kind(rewrite->context, type) == RG_TYPE_TENSOR &&
           rg_type_get_tensor(rewrite->context, type).dtype == rg_value_as_dtype(dtype);
}

rg_status rg__rewrite_plan_node(rg_rewrite *rewrite, const rg_template_node *node)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    rg_operand *image = &rewrite->images[node->node.id];
    bool is_folded = false;
    rg_status status = node->folds ? fold(&is_folded, rewrite, node->node) : RG_OK;
    if (status != RG_OK || is_folded || (node->converts && is_converted_already(image, rewrite, node->node))) {
        return status;
    }
    if (node->reads_item) {
        return rg__report(rewrite->context, RG_ERROR_RULE,
                          "rule '%.*s': the replacement reads an item that the list does not have",
                          (int)rewrite->rule->name.size, rewrite->rule->name.data);
    }
    for (uint32_t i = 0; i < node->argument_count && status == RG_OK && node->has_sizes; i++) {
        status = plan_sizes_of(rewrite, rg__node_argument(replacement, node->node.id, i));
    }
    rg_new_node new_node = {.op = node->op, .source = node, .images = rewrite->item_images, .group = rewrite->group};
    if (status == RG_OK) {
        status = rg__rewrite_known_type(&new_node.type, rewrite, rg_node_type(replacement, node->node));
    }
    if (status == RG_OK && !rg__vector_push(&rewrite->context->allocator, &rewrite->new_nodes, new_node)) {
        status = rg__report_memory(rewrite->context);
    }
    *image = (rg_operand){.is_new = true, .index = rewrite->new_nodes.count - 1, .value = rg_value_missing()};
    return status;
}

/* An int input that the match knows as a size only needs an operand like any size. */
static rg_status plan_inputs(rg_rewrite *rewrite)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rewrite->rule->input_count && status == RG_OK; i++) {
        rg_value value = rewrite->match->inputs[i];
        rg_node node = rewrite->rule->inputs[i].replacement;
        rewrite->images[node.id] = (rg_operand){.value = value};
        if (rg_value_get_kind(value) == RG_VALUE_SIZE && rg_node_use_count(rewrite->rule->replacement, node) != 0) {
            rg_size symbol = {0};
            status = rg_size_from_symbol(&symbol, rewrite->context, rewrite->rule->inputs[i].name);
            if (status == RG_OK) {
                status = rg__rewrite_plan_size(&rewrite->images[node.id], rewrite, symbol);
            }
        }
    }
    return status;
}

/* Nodes of the graph may serve as sizes if they precede all new nodes for certain. */
static rg_node find_limit(const rg_rewrite *rewrite)
{
    rg_node limit = rewrite->match->root;
    if (rewrite->order.group_count != 1) {
        return (rg_node){0};
    }
    for (size_t i = 0; i < rewrite->match->output_count; i++) {
        rg_node output = rewrite->match->outputs[i];
        bool is_computed = rewrite->rule->compiled->results[i].kind == RG_PATTERN_NODE;
        limit = is_computed && rg_graph_precedes(rewrite->graph, output, limit) ? output : limit;
    }
    rg_node reader = rewrite->order.first_reader;
    return !rg_node_is_null(reader) && rg_graph_precedes(rewrite->graph, reader, limit) ? reader : limit;
}

rg_node rg__rewrite_limit(rg_rewrite *rewrite)
{
    if (!rewrite->has_limit) {
        rewrite->has_limit = true;
        rewrite->limit = find_limit(rewrite);
    }
    return rewrite->limit;
}

/* The symbols that the match has bound: all that the pattern mentions. */
static rg_status collect_sizes(rg_rewrite *rewrite)
{
    size_t bytes = rewrite->rule->symbol_count * sizeof(rg_size);
    rg_size *symbols = rg__arena_allocate(&rewrite->arena, bytes);
    rg_size *sizes = rg__arena_allocate(&rewrite->arena, bytes);
    size_t count = 0;
    if (symbols == NULL || sizes == NULL) {
        return rg__report_memory(rewrite->context);
    }
    for (size_t i = 0; i < rewrite->rule->symbol_count; i++) {
        if (!rg_size_is_null(rewrite->match->symbols[i])) {
            symbols[count] = rewrite->rule->symbols[i];
            sizes[count++] = rewrite->match->symbols[i];
        }
    }
    rewrite->sizes = (rg_known_sizes){symbols, sizes, count};
    return RG_OK;
}

/* How the match can be replaced is known when it has just been found. */
static rg_status find_order(rg_rewrite *rewrite)
{
    rg_status status = RG_OK;
    rewrite->order = rewrite->match->order;
    if (rewrite->order.group_count == 0) {
        status = rg__match_order(&rewrite->order, rewrite->match, &rewrite->arena);
    }
    if (status == RG_OK && !rewrite->order.possible) {
        status =
            rg__report(rewrite->context, RG_ERROR_CYCLE, "rule '%.*s': no order of nodes exists after the replacement",
                       (int)rewrite->rule->name.size, rewrite->rule->name.data);
    }
    return status;
}

static rg_status plan_group(rg_rewrite *rewrite)
{
    const rg_template *template = rewrite->template;
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < template->node_count && status == RG_OK; i++) {
        const rg_template_node *node = &template->nodes[i];
        if (rewrite->groups[node->node.id] == rewrite->group && template->locals[node->node.id] == 0) {
            status = node->is_list ? rg__rewrite_plan_list(rewrite, node->node) : rg__rewrite_plan_node(rewrite, node);
        }
    }
    return status;
}

rg_status rg__rewrite_plan(rg_rewrite *rewrite)
{
    size_t count = (size_t)rewrite->rule->replacement->id_count + 1;
    rg_status status = collect_sizes(rewrite);
    if (status == RG_OK) {
        status = find_order(rewrite);
    }
    if (status == RG_OK) {
        status = rg__rewrite_find_template(rewrite, rewrite->match);
    }
    if (status == RG_OK) {
        status = assign_groups(rewrite);
    }
    if (status != RG_OK) {
        return status;
    }
    rewrite->images = rg__arena_allocate_zero(&rewrite->arena, count * sizeof(*rewrite->images));
    rewrite->known_scalars = rg__arena_allocate(&rewrite->arena, count * sizeof(*rewrite->known_scalars));
    if (rewrite->images == NULL || rewrite->known_scalars == NULL) {
        return rg__report_memory(rewrite->context);
    }
    status = plan_inputs(rewrite);
    for (uint32_t group = 0; group < rewrite->order.group_count && status == RG_OK; group++) {
        rewrite->group = group;
        status = plan_group(rewrite);
    }
    return status;
}

/* ---- values of the graph, once nodes exist ---- */

rg_value rg__operand_value(const rg_rewrite *rewrite, rg_operand operand)
{
    return operand.is_new ? rg_value_node(rewrite->new_nodes.items[operand.index].node) : operand.value;
}

static rg_status items_value(rg_value *out, rg_rewrite *rewrite, rg_value value, size_t count)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    rg_value *items = rg__arena_allocate(&rewrite->arena, count * sizeof(*items));
    rg_status status = RG_OK;
    if (items == NULL) {
        return rg__report_memory(rewrite->context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = rg__rewrite_value(&items[i], rewrite, rg_value_item(rewrite->context, replacement, value, i));
    }
    return status == RG_OK
               ? rg_value_items(out, rewrite->context, rewrite->graph, rg_value_get_kind(value), items, count)
               : status;
}

static rg_status device_value(rg_value *out, rg_rewrite *rewrite, rg_value value)
{
    rg_device device = rg_value_as_device(rewrite->context, value);
    *out = value;
    if (device.kind == NULL || strcmp(device.kind, RG_RULE_DEVICE) != 0) {
        return RG_OK;
    }
    if (rewrite->match->device.kind == NULL) {
        return rg__report(rewrite->context, RG_ERROR_UNSUPPORTED,
                          "rule '%.*s': the replacement needs the device, which no captured tensor shows",
                          (int)rewrite->rule->name.size, rewrite->rule->name.data);
    }
    return rg_value_device(out, rewrite->context, rewrite->match->device);
}

static rg_status list_value(rg_value *out, rg_rewrite *rewrite, rg_operand list)
{
    rg_value *items = rg__arena_allocate(&rewrite->arena, (list.item_count + 1) * sizeof(*items));
    if (items == NULL) {
        return rg__report_memory(rewrite->context);
    }
    for (size_t i = 0; i < list.item_count; i++) {
        items[i] = rg__operand_value(rewrite, list.items[i]);
    }
    return rg_value_items(out, rewrite->context, rewrite->graph, RG_VALUE_LIST, items, list.item_count);
}

rg_status rg__rewrite_value(rg_value *out, rg_rewrite *rewrite, rg_value value)
{
    rg_operand operand;
    rg_status status = RG_OK;
    size_t count = rg_value_count(rewrite->context, rewrite->rule->replacement, value);
    *out = value;
    if (count != 0) {
        return items_value(out, rewrite, value, count);
    }
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_NODE:
        operand = rewrite->images[rg_value_as_node(value).id];
        if (operand.items != NULL) {
            return list_value(out, rewrite, operand);
        }
        *out = rg__operand_value(rewrite, operand);
        return RG_OK;
    case RG_VALUE_SIZE:
        status = rg__rewrite_find_size(&operand, rewrite, rg_value_as_size(value));
        if (status == RG_OK) {
            *out = rg__operand_value(rewrite, operand);
        }
        return status;
    case RG_VALUE_DEVICE:
        return device_value(out, rewrite, value);
    default:
        return RG_OK;
    }
}

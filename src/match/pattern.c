/*
 * pattern.c: preparing a rule for matching. See pattern.h for what comes out. Next: pattern_inputs.c, then
 * reference.c, which reads it all.
 */
#include "ir/graph_impl.h"
#include "match/screen.h"
#include "match/skeleton.h"

uint32_t rg__largest_node_id(const rg_graph *graph)
{
    uint32_t largest = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        largest = node.id > largest ? node.id : largest;
    }
    return largest;
}

static bool is_sequence(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

size_t rg__output_count(const rg_graph *graph)
{
    rg_node output = rg_graph_output(graph);
    if (rg_node_is_null(output) || rg_node_argument_count(graph, output) == 0) {
        return 0;
    }
    rg_value returned = rg_node_argument(graph, output, 0);
    return is_sequence(returned) ? rg_value_count(rg_graph_context(graph), graph, returned) : 1;
}

rg_value rg__output_item(const rg_graph *graph, size_t index)
{
    rg_value returned = rg_node_argument(graph, rg_graph_output(graph), 0);
    return is_sequence(returned) ? rg_value_item(rg_graph_context(graph), graph, returned, index) : returned;
}

/* ---- which node is what ---- */

/* Is every node in the value a captured scalar or arithmetic on such? `*found` is set when there is a node at all. */
static bool only_scalars(const rg_compilation *c, rg_value value, bool *found)
{
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg_pattern_place place = c->places[rg_value_as_node(value).id];
        *found = true;
        return place.kind == RG_PATTERN_SCALAR ||
               (place.kind == RG_PATTERN_INPUT && c->rule->inputs[place.index].kind != RG_RULE_INPUT_TENSOR);
    }
    size_t count = rg_value_count(c->context, c->graph, value);
    for (size_t i = 0; i < count; i++) {
        if (!only_scalars(c, rg_value_item(c->context, c->graph, value, i), found)) {
            return false;
        }
    }
    return true;
}

static bool is_scalar_arithmetic(const rg_compilation *c, rg_node node)
{
    rg_op_kind kind = rg_node_kind(c->graph, node);
    bool found = false;
    if (kind != RG_OP_OPERATOR && kind != RG_OP_FUNCTION) {
        return false;
    }
    size_t count = rg_node_argument_count(c->graph, node);
    for (size_t i = 0; i < count; i++) {
        if (!only_scalars(c, rg_node_argument(c->graph, node, i), &found)) {
            return false;
        }
    }
    return found;
}

static rg_status number_nodes(rg_compilation *c)
{
    const rg_graph *graph = c->graph;
    c->places = rg__arena_allocate_zero(c->arena, ((size_t)rg__largest_node_id(graph) + 1) * sizeof(*c->places));
    c->nodes = rg__arena_allocate_zero(c->arena, rg_graph_node_count(graph) * sizeof(*c->nodes));
    if (c->places == NULL || c->nodes == NULL) {
        return rg__report_memory(c->context);
    }
    for (uint32_t i = 0; i < c->rule->input_count; i++) {
        c->places[c->rule->inputs[i].pattern.id] = (rg_pattern_place){RG_PATTERN_INPUT, i};
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_op_kind kind = rg_node_kind(graph, node);
        if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_OUTPUT) {
            continue;
        }
        if (is_scalar_arithmetic(c, node)) {
            c->places[node.id].kind = RG_PATTERN_SCALAR;
            continue;
        }
        c->places[node.id] = (rg_pattern_place){RG_PATTERN_NODE, c->pattern->node_count};
        c->nodes[c->pattern->node_count++].node = node;
    }
    c->pattern->places = c->places;
    c->pattern->nodes = c->nodes;
    return RG_OK;
}

/* ---- the arguments of a node ---- */

static bool starts_with(rg_string text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size >= size && memcmp(text.data, prefix, size) == 0;
}

static rg_number_rule number_rule(rg_string type)
{
    if (starts_with(type, "float")) {
        return RG_NUMBER_FLOAT;
    }
    /* A number given for a tensor is a scalar that takes part in type promotion. */
    bool is_scalar = starts_with(type, "Scalar") || starts_with(type, "Tensor");
    return is_scalar ? RG_NUMBER_SCALAR : RG_NUMBER_EXACT;
}

/*
 * What None stands for. Factories take None for "strided", "not pinned" and "contiguous"; ops with a tensor to copy
 * from take None for its memory format (facts: torch/_refs and native_functions.yaml). Writing the default out or not
 * is spelling.
 */
static rg_status absent_value(rg_value *out, rg_context *context, rg_op op, const rg_argument_info *info)
{
    *out = rg_value_none();
    if (rg_string_equal(info->type, rg_string_from("Layout?"))) {
        return rg_value_text(out, context, RG_VALUE_LAYOUT, rg_string_from("strided"));
    }
    if (rg_string_equal(info->type, rg_string_from("bool?")) &&
        rg_string_equal(info->name, rg_string_from("pin_memory"))) {
        *out = rg_value_bool(false);
    }
    if (rg_string_equal(info->type, rg_string_from("MemoryFormat?"))) {
        rg_argument_info first;
        rg_status status = rg_op_argument(&first, context, op, 0);
        if (status != RG_OK) {
            return status;
        }
        const char *format = starts_with(first.type, "Tensor") ? "preserve_format" : "contiguous_format";
        return rg_value_text(out, context, RG_VALUE_MEMORY_FORMAT, rg_string_from(format));
    }
    return RG_OK;
}

/* In normal form one integer that stands for a list is the list; a captured list is a node too, and is one already. */
static bool is_captured_list(const rg_compilation *c, rg_value value)
{
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return false;
    }
    rg_pattern_place place = c->places[rg_value_as_node(value).id];
    return place.kind == RG_PATTERN_INPUT && c->rule->inputs[place.index].kind == RG_RULE_INPUT_INT_LIST;
}

static rg_status schema_slots(rg_compilation *c, rg_pattern_node *node, rg_op op)
{
    size_t count = rg_op_argument_count(c->context, op);
    rg_pattern_slot *slots = rg__arena_allocate_zero(c->arena, count * sizeof(*slots));
    if (slots == NULL) {
        return rg__report_memory(c->context);
    }
    for (size_t i = 0; i < count; i++) {
        rg_argument_info info;
        rg_status status = rg_op_argument(&info, c->context, op, i);
        if (status == RG_OK) {
            status = absent_value(&slots[i].absent, c->context, op, &info);
        }
        slots[i].value = rg_node_schema_argument(c->graph, node->node, i);
        if (status == RG_OK && !is_captured_list(c, slots[i].value)) {
            status = rg_node_normal_argument(&slots[i].value, c->graph, node->node, i);
        }
        if (status != RG_OK) {
            return status;
        }
        slots[i].index = (uint32_t)i;
        slots[i].numbers = number_rule(info.type);
    }
    node->slots = slots;
    node->slot_count = (uint32_t)count;
    return RG_OK;
}

static rg_status written_slots(rg_compilation *c, rg_pattern_node *node)
{
    size_t count = rg_node_argument_count(c->graph, node->node);
    rg_pattern_slot *slots = rg__arena_allocate_zero(c->arena, count * sizeof(*slots));
    if (slots == NULL) {
        return rg__report_memory(c->context);
    }
    for (size_t i = 0; i < count; i++) {
        slots[i].value = rg_node_argument(c->graph, node->node, i);
        slots[i].absent = rg_value_none();
        slots[i].name = rg_node_argument_name(c->graph, node->node, i);
        slots[i].index = (uint32_t)i;
        slots[i].numbers = RG_NUMBER_EXACT;
    }
    node->slots = slots;
    node->slot_count = (uint32_t)count;
    return RG_OK;
}

/* The op whose schema names the arguments of an auto_functionalized call (its first form, whose keywords are the
 * wrapped op's); null for other calls. */
static rg_op wrapped_op(const rg_context *context, const rg_graph *graph, rg_node node)
{
    rg_string name = rg_op_name(context, rg_node_op(graph, node));
    if (!rg_string_equal(name, rg_string_from("higher_order.auto_functionalized")) ||
        rg_node_positional_count(graph, node) == 0) {
        return (rg_op){0};
    }
    return rg_value_as_op(rg_node_argument(graph, node, 0));
}

static rg_status describe_nodes(rg_compilation *c)
{
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        rg_pattern_node *node = &c->nodes[i];
        node->op = rg_node_op(c->graph, node->node);
        node->wrapped = wrapped_op(c->context, c->graph, node->node);
        node->second = rg_op_is_null(node->wrapped) ? node->wrapped : rg__op_second_wrapper(c->context);
        rg_op_kind kind = rg_op_get_kind(c->context, node->op);
        if (kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE) {
            node->target = rg_node_target(c->graph, node->node);
        }
        rg_op callee = rg_op_is_null(node->wrapped) ? node->op : node->wrapped;
        node->has_schema = rg_op_has_schema(c->context, callee);
        rg_status status = node->has_schema ? schema_slots(c, node, callee) : written_slots(c, node);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* ---- results, anchors, order ---- */

/* Does the replacement return None for a result? Then nothing outside of a match may read it. */
static bool is_dropped(const rg_compilation *c, size_t result)
{
    const rg_graph *replacement = c->rule->replacement;
    return result < rg__output_count(replacement) &&
           rg_value_get_kind(rg__output_item(replacement, result)) == RG_VALUE_NONE;
}

static rg_status find_results(rg_compilation *c)
{
    size_t count = rg__output_count(c->graph);
    rg_pattern_place *results = rg__arena_allocate_zero(c->arena, count * sizeof(*results));
    if (results == NULL) {
        return rg__report_memory(c->context);
    }
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg__output_item(c->graph, i);
        results[i].kind = RG_PATTERN_CONSTANT;
        if (rg_value_get_kind(value) != RG_VALUE_NODE) {
            continue;
        }
        results[i] = c->places[rg_value_as_node(value).id];
        if (results[i].kind == RG_PATTERN_NODE && !is_dropped(c, i)) {
            c->nodes[results[i].index].is_result = true;
        }
    }
    c->pattern->results = results;
    c->pattern->result_count = (uint32_t)count;
    return RG_OK;
}

static rg_status refuse(const rg_compilation *c, size_t result, const char *reason)
{
    return rg__report(c->context, RG_ERROR_RULE, "rule '%.*s': result %zu of the replacement %s",
                      (int)c->rule->name.size, c->rule->name.data, result, reason);
}

/* Can each result of the pattern become the replacement's? Nodes become nodes; an input that the pattern gives back may
 * become a new value, but not another input. */
static rg_status check_results(rg_compilation *c)
{
    const rg_graph *replacement = c->rule->replacement;
    size_t count = rg__output_count(replacement);
    if (count != c->pattern->result_count) {
        return rg__report(c->context, RG_ERROR_RULE, "rule '%.*s': the pattern has %u results, the replacement %zu",
                          (int)c->rule->name.size, c->rule->name.data, c->pattern->result_count, count);
    }
    for (size_t i = 0; i < count; i++) {
        rg_pattern_place place = c->pattern->results[i];
        rg_node node = rg_value_as_node(rg__output_item(replacement, i));
        if (place.kind == RG_PATTERN_NODE && rg_node_is_null(node) && !is_dropped(c, i)) {
            return refuse(c, i, "is a constant where the pattern computes a value");
        }
        if (place.kind == RG_PATTERN_INPUT && !rg_node_is_null(node) &&
            rg_node_kind(replacement, node) == RG_OP_PLACEHOLDER &&
            !rg_node_same(node, c->rule->inputs[place.index].replacement)) {
            return refuse(c, i, "gives back another input than the pattern does");
        }
        if (place.kind == RG_PATTERN_SCALAR) {
            return refuse(c, i, "stands for arithmetic on captured scalars, which is no value of the graph");
        }
    }
    return RG_OK;
}

/* One entry of the depth-first walk: the next argument position of a node to look at. */
typedef struct rg_walk_entry {
    uint32_t node;
    uint32_t slot;
} rg_walk_entry;

typedef struct rg_walk {
    const rg_compilation *c;
    bool *seen;
    rg_walk_entry *stack;
    uint32_t depth;
    uint32_t *order; /* finished nodes */
    uint32_t count;
} rg_walk;

/* Push the nodes of a value that have not been seen; the last one pushed comes first, hence from the right. */
static void push_nodes(rg_walk *walk, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg_pattern_place place = walk->c->places[rg_value_as_node(value).id];
        if (place.kind == RG_PATTERN_NODE && !walk->seen[place.index]) {
            walk->stack[walk->depth++] = (rg_walk_entry){place.index, 0};
        }
        return;
    }
    for (size_t i = rg_value_count(walk->c->context, walk->c->graph, value); i > 0; i--) {
        push_nodes(walk, rg_value_item(walk->c->context, walk->c->graph, value, i - 1));
    }
}

/* Post-order from `start`: arguments in slot order, then the node. An entry stays on the stack until its slots are
 * done; one that was reached twice is dropped the second time. */
static void walk_from(rg_walk *walk, uint32_t start)
{
    walk->stack[walk->depth++] = (rg_walk_entry){start, 0};
    while (walk->depth > 0) {
        rg_walk_entry *top = &walk->stack[walk->depth - 1];
        const rg_pattern_node *node = &walk->c->nodes[top->node];
        if (top->slot == 0 && walk->seen[top->node]) {
            walk->depth--;
            continue;
        }
        walk->seen[top->node] = true;
        if (top->slot < node->slot_count) {
            push_nodes(walk, node->slots[top->slot++].value);
            continue;
        }
        walk->order[walk->count++] = top->node;
        walk->depth--;
    }
}

/* How many occurrences of nodes the arguments of the pattern have: the walk's stack cannot grow beyond it. */
static size_t count_nodes(const rg_compilation *c, rg_value value)
{
    size_t total = rg_value_get_kind(value) == RG_VALUE_NODE ? 1 : 0;
    size_t count = rg_value_count(c->context, c->graph, value);
    for (size_t i = 0; i < count; i++) {
        total += count_nodes(c, rg_value_item(c->context, c->graph, value, i));
    }
    return total;
}

static rg_status find_anchors(rg_compilation *c)
{
    rg_pattern *pattern = c->pattern;
    size_t occurrences = 1;
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        for (uint32_t j = 0; j < c->nodes[i].slot_count; j++) {
            occurrences += count_nodes(c, c->nodes[i].slots[j].value);
        }
    }
    uint32_t *anchors = rg__arena_allocate(c->arena, pattern->node_count * sizeof(*anchors));
    rg_walk walk = {c, NULL, NULL, 0, NULL, 0};
    walk.order = rg__arena_allocate(c->arena, pattern->node_count * sizeof(*walk.order));
    walk.seen = rg__arena_allocate_zero(&c->scratch, pattern->node_count * sizeof(*walk.seen));
    walk.stack = rg__arena_allocate(&c->scratch, (occurrences + pattern->node_count) * sizeof(*walk.stack));
    if (anchors == NULL || walk.order == NULL || walk.seen == NULL || walk.stack == NULL) {
        return rg__report_memory(c->context);
    }
    for (uint32_t i = 0; i < pattern->result_count; i++) {
        rg_pattern_place place = pattern->results[i];
        if (place.kind == RG_PATTERN_NODE && !walk.seen[place.index]) {
            anchors[pattern->anchor_count++] = place.index;
            walk_from(&walk, place.index);
        }
    }
    for (uint32_t i = pattern->node_count; i > 0; i--) {
        if (!walk.seen[i - 1]) {
            anchors[pattern->anchor_count++] = i - 1;
            walk_from(&walk, i - 1);
        }
    }
    pattern->anchors = anchors;
    pattern->post_order = walk.order;
    if (pattern->anchor_count == 0) {
        return rg__report(c->context, RG_ERROR_RULE, "rule '%.*s': the pattern computes nothing that could be found",
                          (int)c->rule->name.size, c->rule->name.data);
    }
    return RG_OK;
}

static rg_status collect_ops(rg_compilation *c)
{
    rg_op *ops = rg__arena_allocate(c->arena, c->pattern->node_count * sizeof(*ops));
    if (ops == NULL) {
        return rg__report_memory(c->context);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        uint32_t j = 0;
        while (j < count && !rg_op_same(ops[j], c->nodes[i].op)) {
            j++;
        }
        if (j == count && rg_op_is_null(c->nodes[i].second)) {
            ops[count++] = c->nodes[i].op;
        }
    }
    c->pattern->ops = ops;
    c->pattern->op_count = count;
    return RG_OK;
}

/* ---- how much can be waiting ---- */

/* Sizes and scalar arithmetic in a value: each can wait once. */
static size_t count_waiting(const rg_compilation *c, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        return 1;
    }
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        return c->places[rg_value_as_node(value).id].kind == RG_PATTERN_SCALAR ? 1 : 0;
    }
    size_t total = 0;
    size_t count = rg_value_count(c->context, c->graph, value);
    for (size_t i = 0; i < count; i++) {
        total += count_waiting(c, rg_value_item(c->context, c->graph, value, i));
    }
    return total;
}

static void count_pending(rg_compilation *c)
{
    size_t total = 0;
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        for (uint32_t j = 0; j < c->nodes[i].slot_count; j++) {
            total += count_waiting(c, c->nodes[i].slots[j].value);
        }
    }
    for (size_t i = 0; i < c->rule->input_count; i++) {
        rg_tensor_type tensor = rg_type_get_tensor(c->context, c->rule->inputs[i].type);
        total += tensor.rank + (tensor.strides == NULL ? 0 : tensor.rank);
    }
    c->pattern->pending_limit = (uint32_t)total;
}

/* ---- all of it ---- */

rg_status rg__rule_compile(rg_rule_set *set, rg_rule *rule)
{
    static rg_status (*const steps[])(rg_compilation *) = {number_nodes,
                                                           describe_nodes,
                                                           find_results,
                                                           check_results,
                                                           find_anchors,
                                                           collect_ops,
                                                           rg__pattern_find_inputs,
                                                           rg__pattern_compare_replacement,
                                                           rg__pattern_find_effects,
                                                           rg__pattern_find_skeletons,
                                                           rg__pattern_make_screen};
    rg_compilation c = {set, set->context, &set->arena, {0}, rule, rule->pattern, NULL, NULL, NULL};
    rg__arena_init(&c.scratch, &set->context->allocator);
    c.pattern = rg__arena_allocate_zero(c.arena, sizeof(*c.pattern));
    if (c.pattern == NULL) {
        return rg__report_memory(c.context);
    }
    c.pattern->graph = rule->pattern;
    c.pattern->input_count = (uint32_t)rule->input_count;
    c.pattern->symbol_count = (uint32_t)rule->symbol_count;
    rg_status status = RG_OK;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && status == RG_OK; i++) {
        status = steps[i](&c);
    }
    if (status == RG_OK) {
        count_pending(&c);
        rule->compiled = c.pattern;
    }
    rg__arena_free(&c.scratch);
    return status;
}

/*
 * pattern.c: preparing a rule for matching. See pattern.h for what comes out. Next: pattern_inputs.c, then
 * reference.c, which reads it all.
 */
#include "ir/graph_impl.h"
#include "match/screen.h"
#include "match/skeleton.h"
#include "ops/noop.h"
#include "rule/repetition.h"

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

/* ---- forms ---- */

rg_op rg__form_op(const rg_context *context, rg_pattern_form form, rg_op op)
{
    static const char *const names[] = {
        [RG_FORM_CALL] = "", [RG_FORM_RESHAPE] = "aten.view.default", [RG_FORM_PERMUTE] = "aten.permute.default"};
    return form == RG_FORM_CALL ? op : rg_context_find_op(context, rg_string_from(names[form]));
}

rg_pattern_form rg__op_form(const rg_context *context, rg_op op)
{
    uint32_t traits = rg_op_traits(context, op);
    return (traits & RG_TRAIT_RESHAPES) != 0   ? RG_FORM_RESHAPE
           : (traits & RG_TRAIT_PERMUTES) != 0 ? RG_FORM_PERMUTE
                                               : RG_FORM_CALL;
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
        if (rg__node_is_repetition(graph, node)) {
            continue;
        }
        if (is_scalar_arithmetic(c, node)) {
            c->places[node.id] = (rg_pattern_place){RG_PATTERN_SCALAR, node.id};
            continue;
        }
        if (c->stands_for[node.id] != node.id) {
            c->places[node.id] = c->places[c->stands_for[node.id]];
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

bool rg__names_result_sizes(const rg_context *context, rg_op op, uint32_t argument)
{
    const rg_schema *schema = rg__op_descriptor(context, op)->schema;
    return schema != NULL && argument < schema->argument_count &&
           schema->arguments[argument].role == RG_ROLE_RESULT_SIZE;
}

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
    const rg_schema *schema = rg__op_descriptor(c->context, op)->schema;
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
        slots[i].as_written = c->rule->spelled && rg__names_result_sizes(c->context, op, (uint32_t)i);
        if (status == RG_OK && !slots[i].as_written && !is_captured_list(c, slots[i].value)) {
            status = rg_node_normal_argument(&slots[i].value, c->graph, node->node, i);
        }
        if (status != RG_OK) {
            return status;
        }
        slots[i].index = (uint32_t)i;
        slots[i].numbers = number_rule(info.type);
        slots[i].otherwise = info.default_value;
        slots[i].by_name = info.keyword_only;
        slots[i].is_plain = rg_op_is_null(node->wrapped) && rg__argument_is_plain(&schema->arguments[i]);
        node->position_count += info.keyword_only ? 0 : 1;
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
        rg_value argument = rg_node_argument(c->graph, node->node, i);
        rg_node rest = rg__rest_list(c->graph, argument);
        slots[i].is_rest = !rg_node_is_null(rest);
        slots[i].value = slots[i].is_rest ? rg_value_node(rest) : argument;
        node->has_rest = node->has_rest || slots[i].is_rest;
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

/* The sizes of a reshape's result: its type's, or those it is called with if they leave nothing open. */
static rg_status reshape_sizes(rg_compilation *c, rg_pattern_node *node)
{
    rg_value list = node->slot_count > 1 ? node->slots[1].value : rg_value_missing();
    rg_tensor_type tensor = rg_type_get_tensor(c->context, rg_node_type(c->graph, node->node));
    bool is_known = rg_type_get_kind(c->context, rg_node_type(c->graph, node->node)) == RG_TYPE_TENSOR;
    size_t rank = is_known ? tensor.rank : rg_value_count(c->context, c->graph, list);
    bool is_list = is_sequence(list) && rg__names_result_sizes(c->context, node->op, 1);
    bool reads_more = false;
    for (uint32_t i = 1; i < node->slot_count; i++) {
        reads_more = reads_more || rg__value_names_node(c->context, c->graph, node->slots[i].value);
    }
    if (rank > UINT8_MAX || (!is_known && !is_list) || reads_more) {
        return RG_OK;
    }
    rg_value *sizes = rg__arena_allocate(c->arena, rank * sizeof(*sizes));
    if (sizes == NULL) {
        return rg__report_memory(c->context);
    }
    for (size_t i = 0; i < rank; i++) {
        rg_value item = is_known ? rg_value_missing() : rg_value_item(c->context, c->graph, list, i);
        rg_size size = is_known ? tensor.sizes[i] : rg_value_as_size(item);
        int64_t number = 0;
        if (rg_value_as_int(c->context, item, &number) && number >= 0) {
            rg_status status = rg_size_from_int(&size, c->context, number);
            if (status != RG_OK) {
                return status;
            }
        }
        if (rg_size_is_null(size)) {
            return RG_OK; /* -1, or not known while tracing */
        }
        sizes[i] = rg_value_size(size);
    }
    node->sizes = sizes;
    node->rank = (uint8_t)rank;
    node->form = RG_FORM_RESHAPE;
    return RG_OK;
}

static rg_status permutation_dims(rg_compilation *c, rg_pattern_node *node)
{
    uint8_t dims[RG_MAX_RANK];
    uint32_t rank = 0;
    if (!rg__node_permutation(dims, &rank, c->graph, node->node)) {
        return RG_OK;
    }
    uint8_t *permutation = rg__arena_allocate(c->arena, rank);
    if (permutation == NULL) {
        return rg__report_memory(c->context);
    }
    memcpy(permutation, dims, rank);
    node->permutation = permutation;
    node->rank = (uint8_t)rank;
    node->form = RG_FORM_PERMUTE;
    return RG_OK;
}

/* Are the two the same whatever is bound? */
static bool same_operand(const rg_compilation *c, rg_value a, rg_value b)
{
    if (rg_value_get_kind(a) != RG_VALUE_NODE || rg_value_get_kind(b) != RG_VALUE_NODE) {
        return a.bits == b.bits;
    }
    rg_pattern_place place = c->places[rg_value_as_node(a).id];
    rg_pattern_place other = c->places[rg_value_as_node(b).id];
    return place.kind == other.kind && place.kind != RG_PATTERN_SCALAR && place.index == other.index;
}

/* May the operands change places? With another factor than 1, `alpha`, they may not. */
static bool commutes(const rg_compilation *c, const rg_pattern_node *node, uint32_t traits)
{
    const rg_schema *schema = rg__op_descriptor(c->context, node->op)->schema;
    if (!c->rule->commutative || (traits & RG_TRAIT_COMMUTATIVE) == 0 || schema == NULL || node->slot_count < 2 ||
        !rg_string_equal(schema->arguments[0].type, schema->arguments[1].type)) {
        return false;
    }
    for (uint32_t i = 2; i < node->slot_count; i++) {
        int64_t factor = 0;
        if (!rg_value_as_int(c->context, node->slots[i].value, &factor) || factor != 1) {
            return false;
        }
    }
    return !same_operand(c, node->slots[0].value, node->slots[1].value);
}

/* In which other spellings the node may be found. */
static rg_status allow_spellings(rg_compilation *c, rg_pattern_node *node)
{
    uint32_t traits = rg_op_traits(c->context, node->op);
    rg_status status = RG_OK;
    node->commutes = commutes(c, node, traits);
    if (c->rule->see_through) {
        node->is_transparent = (traits & RG_TRAITS_TRANSPARENT) != 0;
        status = (traits & RG_TRAIT_RESHAPES) != 0   ? reshape_sizes(c, node)
                 : (traits & RG_TRAIT_PERMUTES) != 0 ? permutation_dims(c, node)
                                                     : RG_OK;
    }
    return status;
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
        if (status == RG_OK) {
            status = allow_spellings(c, node);
        }
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
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        c->nodes[i].may_be_read = c->nodes[i].is_result || c->rule->keep_shared;
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
        if (place.kind == RG_PATTERN_LIST) {
            push_nodes(walk, walk->c->pattern->repetitions[place.index].value);
        }
        if (place.kind == RG_PATTERN_ITEM && walk->c->pattern->items[place.index].source.kind == RG_PATTERN_NODE) {
            push_nodes(walk, rg_node_argument(walk->c->graph, rg_value_as_node(value), 0));
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
        rg_op op = rg__form_op(c->context, (rg_pattern_form)c->nodes[i].form, c->nodes[i].op);
        uint32_t j = 0;
        while (j < count && !rg_op_same(ops[j], op)) {
            j++;
        }
        if (j == count && rg_op_is_null(c->nodes[i].second)) {
            ops[count++] = op;
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
        total += c->nodes[i].form == RG_FORM_RESHAPE ? c->nodes[i].rank : 0;
    }
    total += c->pattern->repetition_count; /* so that there is some room where items may have to wait */
    for (size_t i = 0; i < c->rule->input_count; i++) {
        rg_tensor_type tensor = rg_type_get_tensor(c->context, c->rule->inputs[i].type);
        total += tensor.rank + (tensor.strides == NULL ? 0 : tensor.rank);
    }
    c->pattern->pending_limit = (uint32_t)total;
}

static rg_status find_lists(rg_compilation *c)
{
    const rg_graph *graph = c->rule->replacement;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        c->pattern->replaces_lists = c->pattern->replaces_lists || rg__node_is_repetition(graph, node);
    }
    return RG_OK;
}

/* ---- all of it ---- */

rg_status rg__rule_compile(rg_rule_set *set, rg_rule *rule)
{
    static rg_status (*const steps[])(rg_compilation *) = {rg__pattern_find_noops,
                                                           number_nodes,
                                                           rg__pattern_find_repetitions,
                                                           describe_nodes,
                                                           find_results,
                                                           check_results,
                                                           find_anchors,
                                                           collect_ops,
                                                           find_lists,
                                                           rg__pattern_find_inputs,
                                                           rg__pattern_compare_replacement,
                                                           rg__pattern_find_effects,
                                                           rg__pattern_find_skeletons,
                                                           rg__pattern_make_screen};
    rg_compilation c = {set, set->context, &set->arena, {0}, rule, rule->pattern, NULL, NULL, NULL, NULL};
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
    c.pattern->makes_lists = c.pattern->repetition_count != 0;
    for (uint32_t i = 0; i < c.pattern->node_count; i++) {
        c.pattern->makes_lists = c.pattern->makes_lists || c.nodes[i].has_rest;
    }
    for (size_t i = 0; i < rule->input_count; i++) {
        c.pattern->makes_lists = c.pattern->makes_lists || rule->inputs[i].kind == RG_RULE_INPUT_TENSOR_LIST;
    }
    if (status == RG_OK) {
        count_pending(&c);
        rule->compiled = c.pattern;
        rule->pattern_size = c.pattern->node_count;
    }
    rg__arena_free(&c.scratch);
    return status;
}

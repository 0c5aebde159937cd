/*
 * agree.c: does a value of the pattern agree with a value of the graph? One function a kind of value, found by table.
 * Agreement is certain agreement: a size that may or may not be equal, a type that is not known, does not agree.
 * Sizes are in agree_size.c.
 */
#include "match/captured.h"
#include "match/observer.h"

#include <string.h>

/* ---- numbers and words ---- */

static bool agree_word(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    (void)numbers;
    return pattern.bits == graph.bits || rg__disagree_value(search, pattern, graph, reader);
}

/* Does the call have a floating or complex tensor among its arguments? Then a number's kind does not change the dtype.
 */
static bool has_floating_operand(const rg_search *search, rg_node reader)
{
    size_t count = rg_node_is_null(reader) ? 0 : rg_node_argument_count(search->graph, reader);
    for (size_t i = 0; i < count; i++) {
        rg_node operand = rg_value_as_node(rg_node_argument(search->graph, reader, i));
        if (!rg_node_is_null(operand)) {
            rg_dtype dtype = rg_type_get_tensor(search->context, rg_node_type(search->graph, operand)).dtype;
            if (rg_dtype_is_float(dtype) || rg_dtype_is_complex(dtype)) {
                return true;
            }
        }
    }
    return false;
}

/* Python's int and float of one value: is 2 the same as 2.0 here? */
static bool agree_across_kinds(rg_search *search, rg_value integer, rg_value number, rg_node reader,
                               rg_number_rule numbers)
{
    int64_t whole = 0;
    if (numbers == RG_NUMBER_EXACT || !rg_value_as_int(search->context, integer, &whole) || whole > (int64_t)1 << 53 ||
        whole < -((int64_t)1 << 53)) {
        return false;
    }
    return rg_value_float((double)whole).bits == number.bits &&
           (numbers == RG_NUMBER_FLOAT || has_floating_operand(search, reader));
}

static bool agree_int(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    rg_value_kind kind = rg_value_get_kind(graph);
    bool agrees = false;
    if (kind == RG_VALUE_INT) {
        agrees = pattern.bits == graph.bits;
    } else if (kind == RG_VALUE_FLOAT) {
        agrees = agree_across_kinds(search, pattern, graph, reader, numbers);
    } else {
        rg_size expected = {0};
        rg_size size = {0};
        agrees = rg__size_of_value(&size, search, graph) && rg__size_of_value(&expected, search, pattern) &&
                 rg__same_size(search, expected, size);
    }
    return agrees || rg__disagree_value(search, pattern, graph, reader);
}

static bool agree_float(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    bool agrees = rg_value_get_kind(graph) == RG_VALUE_INT ? agree_across_kinds(search, graph, pattern, reader, numbers)
                                                           : pattern.bits == graph.bits;
    return agrees || rg__disagree_value(search, pattern, graph, reader);
}

/* ---- devices ---- */

static bool is_rule_device(rg_device device)
{
    return device.kind != NULL && strcmp(device.kind, RG_RULE_DEVICE) == 0;
}

/* "cuda" in a pattern is any cuda device; RG_RULE_DEVICE is one device throughout the match. */
static bool same_device(rg_search *search, rg_device pattern, rg_device graph)
{
    if (graph.kind == NULL) {
        return false;
    }
    if (is_rule_device(pattern)) {
        if (search->now->device.kind == NULL) {
            search->now->device = graph;
        }
        return strcmp(search->now->device.kind, graph.kind) == 0 && search->now->device.index == graph.index;
    }
    return strcmp(pattern.kind, graph.kind) == 0 && (pattern.index < 0 || pattern.index == graph.index);
}

static bool agree_device(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    (void)numbers;
    return (rg_value_get_kind(graph) == RG_VALUE_DEVICE &&
            same_device(search, rg_value_as_device(search->context, pattern),
                        rg_value_as_device(search->context, graph))) ||
           rg__disagree_value(search, pattern, graph, reader);
}

/* ---- lists ---- */

static bool is_sequence(rg_value_kind kind)
{
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

/* Item by item, never flattened; a list and a tuple are the same to a callee. */
static bool agree_items(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    rg_value_kind kind = rg_value_get_kind(pattern);
    rg_value_kind graph_kind = rg_value_get_kind(graph);
    size_t count = rg_value_count(search->context, search->pattern->graph, pattern);
    if ((kind != graph_kind && !(is_sequence(kind) && is_sequence(graph_kind))) ||
        rg_value_count(search->context, search->graph, graph) != count) {
        return rg__disagree_value(search, pattern, graph, reader);
    }
    for (size_t i = 0; i < count; i++) {
        rg_value expected = rg_value_item(search->context, search->pattern->graph, pattern, i);
        rg_value item = rg_value_item(search->context, search->graph, graph, i);
        if (!rg__agree(search, expected, item, reader, numbers)) {
            return false;
        }
    }
    return true;
}

/* ---- captured inputs ---- */

static bool type_differs(rg_search *search, rg_miss_reason reason, uint32_t dimension)
{
    search->type_reason = reason;
    search->type_dimension = dimension;
    return false;
}

/* Everything that the declared type says must be known of the graph's value, and agree. */
static bool agree_type(rg_search *search, uint32_t input, rg_value value)
{
    rg_type type = rg_node_type(search->graph, rg_value_as_node(value));
    rg_tensor_type expected = rg_type_get_tensor(search->context, search->rule->inputs[input].type);
    rg_tensor_type tensor = rg_type_get_tensor(search->context, type);
    if (rg_type_get_kind(search->context, type) != RG_TYPE_TENSOR) {
        return type_differs(search, RG_MISS_KIND, 0);
    }
    if (expected.dtype != RG_DTYPE_NONE && expected.dtype != tensor.dtype) {
        return type_differs(search, RG_MISS_DTYPE, 0);
    }
    if (tensor.rank != expected.rank) {
        return type_differs(search, RG_MISS_RANK, 0);
    }
    if (expected.strides != NULL && tensor.strides == NULL) {
        return type_differs(search, RG_MISS_LAYOUT, 0);
    }
    for (uint32_t i = 0; i < expected.rank; i++) {
        if (!rg__agree_dimension(search, expected.sizes[i], tensor.sizes[i])) {
            return type_differs(search, RG_MISS_SIZE, i);
        }
    }
    for (uint32_t i = 0; expected.strides != NULL && i < expected.rank; i++) {
        if (!rg__agree_dimension(search, expected.strides[i], tensor.strides[i])) {
            return type_differs(search, RG_MISS_LAYOUT, i);
        }
    }
    return expected.device.kind == NULL || same_device(search, expected.device, tensor.device) ||
           type_differs(search, RG_MISS_DEVICE, 0);
}

static bool accept_tensor(rg_search *search, uint32_t input, rg_value value)
{
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return false;
    }
    rg_type type = rg_node_type(search->graph, rg_value_as_node(value));
    if (!rg_type_is_null(search->rule->inputs[input].type)) {
        return agree_type(search, input, value);
    }
    rg_type_kind kind = rg_type_get_kind(search->context, type);
    return kind == RG_TYPE_TENSOR || kind == RG_TYPE_UNKNOWN || kind == RG_TYPE_OPAQUE;
}

/* Calls convert integers where they take floats, so an integer literal is a float that can be captured. */
static bool accept_float(rg_search *search, uint32_t input, rg_value value)
{
    (void)search;
    (void)input;
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_FLOAT || kind == RG_VALUE_INT;
}

static bool accept_bool(rg_search *search, uint32_t input, rg_value value)
{
    (void)search;
    (void)input;
    return rg_value_get_kind(value) == RG_VALUE_BOOL;
}

static bool accept_string(rg_search *search, uint32_t input, rg_value value)
{
    (void)search;
    (void)input;
    return rg_value_get_kind(value) == RG_VALUE_STRING;
}

static bool accept_dtype(rg_search *search, uint32_t input, rg_value value)
{
    (void)search;
    (void)input;
    return rg_value_get_kind(value) == RG_VALUE_DTYPE;
}

static bool accept_int_list(rg_search *search, uint32_t input, rg_value value)
{
    (void)input;
    if (!is_sequence(rg_value_get_kind(value))) {
        return false;
    }
    size_t count = rg_value_count(search->context, search->graph, value);
    for (size_t i = 0; i < count; i++) {
        rg_size size = {0};
        if (!rg__size_of_value(&size, search, rg_value_item(search->context, search->graph, value, i))) {
            return false;
        }
    }
    return true;
}

/* A tensor of the type that the list's items are declared with. */
bool rg__agree_list_item(rg_search *search, uint32_t input, rg_value value)
{
    return accept_tensor(search, input, value);
}

static bool accept_tensor_list(rg_search *search, uint32_t input, rg_value value)
{
    if (!is_sequence(rg_value_get_kind(value))) {
        return false;
    }
    size_t count = rg_value_count(search->context, search->graph, value);
    for (size_t i = 0; i < count; i++) {
        if (!accept_tensor(search, input, rg_value_item(search->context, search->graph, value, i))) {
            return false;
        }
    }
    return true;
}

static bool same_item(rg_search *search, rg_value a, rg_value b)
{
    return rg_value_equal(search->context, search->graph, a, b) ||
           (search->rule->see_through && rg_value_get_kind(a) == RG_VALUE_NODE &&
            rg_value_get_kind(b) == RG_VALUE_NODE && rg__same_value(search, rg_value_as_node(a), rg_value_as_node(b)));
}

/* Do two lists or tuples have the same items? They are the same to a callee. */
static bool same_items(rg_search *search, rg_value a, rg_value b)
{
    size_t count = rg_value_count(search->context, search->graph, a);
    bool same = is_sequence(rg_value_get_kind(a)) && is_sequence(rg_value_get_kind(b)) &&
                rg_value_count(search->context, search->graph, b) == count;
    for (size_t i = 0; i < count && same; i++) {
        same = same_item(search, rg_value_item(search->context, search->graph, a, i),
                         rg_value_item(search->context, search->graph, b, i));
    }
    return same;
}

static bool same_integer(rg_search *search, rg_value a, rg_value b)
{
    rg_size left = {0};
    rg_size right = {0};
    return rg__size_of_value(&left, search, a) && rg__size_of_value(&right, search, b) &&
           rg__same_size(search, left, right);
}

/* One input is one value, wherever it occurs. */
bool rg__agree_input(rg_search *search, uint32_t input, rg_value value)
{
    static bool (*const accept[])(rg_search *, uint32_t, rg_value) = {
        [RG_RULE_INPUT_TENSOR] = accept_tensor,     [RG_RULE_INPUT_INT] = rg__agree_int_input,
        [RG_RULE_INPUT_FLOAT] = accept_float,       [RG_RULE_INPUT_BOOL] = accept_bool,
        [RG_RULE_INPUT_STRING] = accept_string,     [RG_RULE_INPUT_DTYPE] = accept_dtype,
        [RG_RULE_INPUT_INT_LIST] = accept_int_list, [RG_RULE_INPUT_TENSOR_LIST] = accept_tensor_list,
    };
    const rg_rule_input *declared = &search->rule->inputs[input];
    rg_value bound = search->now->inputs[input];
    if (!rg_value_is_missing(bound)) {
        return rg_value_equal(search->context, search->graph, bound, value) ||
               (declared->kind == RG_RULE_INPUT_INT && same_integer(search, bound, value)) ||
               (declared->kind == RG_RULE_INPUT_TENSOR_LIST && same_items(search, bound, value)) ||
               rg__disagree_bound(search, input, value);
    }
    bool stands_for_itself = search->itself && declared->kind != RG_RULE_INPUT_TENSOR &&
                             rg_node_same(rg_value_as_node(value), declared->pattern);
    if (!stands_for_itself && !accept[declared->kind](search, input, value)) {
        return rg__disagree_input(search, input, value);
    }
    search->now->inputs[input] = value;
    return true;
}

/* ---- nodes ---- */

bool rg__node_could_be(const rg_search *search, uint32_t index, rg_node node)
{
    static const uint32_t traits[] = {
        [RG_FORM_CALL] = 0, [RG_FORM_RESHAPE] = RG_TRAIT_RESHAPES, [RG_FORM_PERMUTE] = RG_TRAIT_PERMUTES};
    const rg_pattern_node *expected = &search->pattern->nodes[index];
    rg_op op = rg_node_op(search->graph, node);
    return rg__pattern_calls(expected, op) || (rg_op_traits(search->context, op) & traits[expected->form]) != 0;
}

bool rg__agree_node(rg_search *search, uint32_t index, rg_node node)
{
    rg_node *nodes = search->now->nodes;
    if (!rg_node_is_null(nodes[index])) {
        return rg_node_same(nodes[index], node) || rg__disagree_node(search, RG_MISS_DIFFERENT_VALUE, index, node);
    }
    uint32_t region = search->by_region ? search->graph->region[node.id] : 0;
    if (!rg__node_could_be(search, index, node) || (search->now->region != 0 && search->now->region != region)) {
        return rg__disagree_op(search, index, node);
    }
    if (rg__search_holds(search, node)) {
        return rg__disagree_node(search, RG_MISS_SAME_NODE, index, node);
    }
    nodes[index] = node;
    search->now->region = region;
    return true;
}

/* Arithmetic on captured scalars is computed and compared as the literal it comes to. */
static bool agree_scalar(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    rg_scalar_scope scope = {search->context,          search->rule,         search->graph, search->now->inputs,
                             rg__search_known(search), search->known_scalars};
    rg_value value = rg_value_missing();
    rg_node node = {rg__pattern_place(search->pattern, rg_value_as_node(pattern)).index};
    if (search->itself && pattern.bits == graph.bits) {
        return true;
    }
    rg_status status = rg__scalar_of_node(&value, &scope, search->pattern->graph, node);
    if (status != RG_OK) {
        return rg__search_fail(search, status);
    }
    if (rg_value_is_missing(value)) {
        rg__search_wait(search, (rg_pending){pattern, graph, reader, numbers, search->under_reshape});
        return true;
    }
    /* An item of a captured list is a node of the graph, not of the pattern. */
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        return same_item(search, value, graph) || rg__disagree_value(search, pattern, graph, reader);
    }
    return rg__agree(search, value, graph, reader, numbers);
}

static bool agree_reference(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    rg_pattern_place place = rg__pattern_place(search->pattern, rg_value_as_node(pattern));
    if (place.kind == RG_PATTERN_SCALAR) {
        return agree_scalar(search, pattern, graph, reader, numbers);
    }
    if (place.kind == RG_PATTERN_LIST) {
        return rg__agree_list(search, pattern, graph, reader, numbers);
    }
    if (search->rule->see_through && rg_value_get_kind(graph) == RG_VALUE_NODE) {
        return rg__agree_through(search, rg_value_as_node(pattern), rg_value_as_node(graph));
    }
    if (place.kind == RG_PATTERN_ITEM) {
        return rg__agree_item(search, place.index, graph);
    }
    if (place.kind == RG_PATTERN_INPUT) {
        bool is_list = search->rule->see_through && is_sequence(rg_value_get_kind(graph)) &&
                       search->rule->inputs[place.index].kind == RG_RULE_INPUT_TENSOR_LIST;
        return is_list ? rg__agree_list_through(search, place.index, graph)
                       : rg__agree_input(search, place.index, graph);
    }
    return rg_value_get_kind(graph) == RG_VALUE_NODE ? rg__agree_node(search, place.index, rg_value_as_node(graph))
                                                     : rg__disagree_value(search, pattern, graph, reader);
}

bool rg__agree(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    typedef bool (*agree_function)(rg_search *, rg_value, rg_value, rg_node, rg_number_rule);
    static const agree_function by_kind[] = {
        [RG_VALUE_MISSING] = agree_word,   [RG_VALUE_NONE] = agree_word,
        [RG_VALUE_BOOL] = agree_word,      [RG_VALUE_INT] = agree_int,
        [RG_VALUE_FLOAT] = agree_float,    [RG_VALUE_STRING] = agree_word,
        [RG_VALUE_NODE] = agree_reference, [RG_VALUE_LIST] = agree_items,
        [RG_VALUE_TUPLE] = agree_items,    [RG_VALUE_DICT] = agree_items,
        [RG_VALUE_SLICE] = agree_items,    [RG_VALUE_SIZE] = rg__agree_size,
        [RG_VALUE_DTYPE] = agree_word,     [RG_VALUE_DEVICE] = agree_device,
        [RG_VALUE_LAYOUT] = agree_word,    [RG_VALUE_MEMORY_FORMAT] = agree_word,
        [RG_VALUE_OP] = agree_word,        [RG_VALUE_ELLIPSIS] = agree_word,
        [RG_VALUE_OBJECT] = agree_word,
    };
    return by_kind[rg_value_get_kind(pattern)](search, pattern, graph, reader, numbers);
}

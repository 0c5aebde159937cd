/*
 * skeleton.c: making skeletons, and the tests on single values. See skeleton.h; the counterpart of agree.c, whose
 * functions decide what a test may refuse. Next: automaton.c.
 */
#include "match/skeleton.h"

#include "ir/graph_impl.h"

/* ---- tests on values ---- */

static rg_value or_absent(rg_value value, rg_value absent)
{
    return rg_value_is_missing(value) || rg_value_get_kind(value) == RG_VALUE_NONE ? absent : value;
}

static bool is_sequence(rg_value_kind kind)
{
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE;
}

static bool could_be_size(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_INT || kind == RG_VALUE_SIZE || kind == RG_VALUE_NODE;
}

static bool is_negative(const rg_context *context, rg_value value)
{
    int64_t integer = 0;
    return rg_value_as_int(context, value, &integer) && integer < 0;
}

/* Could an int and a float be one number? */
static bool same_number(const rg_context *context, rg_value integer, rg_value number, rg_number_rule numbers)
{
    int64_t whole = 0;
    return numbers != RG_NUMBER_EXACT && rg_value_as_int(context, integer, &whole) &&
           rg_value_float((double)whole).bits == number.bits;
}

/* What every comparison below gets. */
typedef struct rg_comparison {
    const rg_context *context;
    const rg_graph *graph;
    rg_number_rule numbers;
    uint32_t flags;
} rg_comparison;

static bool allows_constant(const rg_comparison *comparison, rg_value constant, rg_value value);

static bool allows_int(const rg_comparison *comparison, rg_value constant, rg_value value)
{
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_INT:
        return constant.bits == value.bits ||
               ((comparison->flags & RG_TEST_DIMENSIONS) != 0 &&
                (is_negative(comparison->context, constant) || is_negative(comparison->context, value)));
    case RG_VALUE_FLOAT:
        return same_number(comparison->context, constant, value, comparison->numbers);
    default:
        return could_be_size(value);
    }
}

static bool allows_float(const rg_comparison *comparison, rg_value constant, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_INT) {
        return same_number(comparison->context, value, constant, comparison->numbers);
    }
    return constant.bits == value.bits;
}

static bool allows_items(const rg_comparison *comparison, rg_value constant, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(constant);
    rg_value_kind value_kind = rg_value_get_kind(value);
    size_t count = rg_value_count(comparison->context, NULL, constant);
    if ((comparison->flags & RG_TEST_LIFTED) != 0 && could_be_size(value)) {
        return true;
    }
    if ((kind != value_kind && !(is_sequence(kind) && is_sequence(value_kind))) ||
        rg_value_count(comparison->context, comparison->graph, value) != count) {
        return false;
    }
    for (size_t i = 0; i < count && !rg__value_has_nodes(value); i++) {
        if (!allows_constant(comparison, rg_value_item(comparison->context, NULL, constant, i),
                             rg_value_item(comparison->context, NULL, value, i))) {
            return false;
        }
    }
    return true;
}

static bool allows_constant(const rg_comparison *comparison, rg_value constant, rg_value value)
{
    switch (rg_value_get_kind(constant)) {
    case RG_VALUE_INT:
        return allows_int(comparison, constant, value);
    case RG_VALUE_FLOAT:
        return allows_float(comparison, constant, value);
    case RG_VALUE_LIST:
    case RG_VALUE_TUPLE:
    case RG_VALUE_DICT:
    case RG_VALUE_SLICE:
        return allows_items(comparison, constant, value);
    case RG_VALUE_SIZE:
        return could_be_size(value);
    case RG_VALUE_DEVICE:
        return rg_value_get_kind(value) == RG_VALUE_DEVICE;
    default:
        return constant.bits == value.bits;
    }
}

static bool allows_captured(rg_rule_input_kind input, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    switch (input) {
    case RG_RULE_INPUT_TENSOR:
        return kind == RG_VALUE_NODE;
    case RG_RULE_INPUT_INT:
        return could_be_size(value);
    case RG_RULE_INPUT_FLOAT:
        return kind == RG_VALUE_FLOAT || kind == RG_VALUE_INT;
    case RG_RULE_INPUT_BOOL:
        return kind == RG_VALUE_BOOL;
    case RG_RULE_INPUT_STRING:
        return kind == RG_VALUE_STRING;
    case RG_RULE_INPUT_DTYPE:
        return kind == RG_VALUE_DTYPE;
    case RG_RULE_INPUT_INT_LIST:
    case RG_RULE_INPUT_TENSOR_LIST:
        return is_sequence(kind);
    }
    return true;
}

static rg_value value_of_words(const uint32_t words[2])
{
    return (rg_value){(uint64_t)words[1] << 32 | words[0]};
}

static void words_of_value(uint32_t words[2], rg_value value)
{
    words[0] = (uint32_t)value.bits;
    words[1] = (uint32_t)(value.bits >> 32);
}

bool rg__test_allows(const rg_context *context, const rg_graph *graph, const rg_record *test, rg_value value)
{
    const rg_test_value *wanted = (const void *)test->words;
    if (wanted->kind == RG_TEST_ITEMS) {
        return test->words[1] == RG_ANY_COUNT ? rg__value_has_nodes(value)
                                              : rg__value_is_items(value) && is_sequence(rg_value_get_kind(value)) &&
                                                    rg_value_count(context, graph, value) == test->words[1];
    }
    value = or_absent(value, value_of_words(wanted->absent));
    if (wanted->kind == RG_TEST_INPUT) {
        return allows_captured((rg_rule_input_kind)wanted->detail, value);
    }
    rg_comparison comparison = {context, graph, (rg_number_rule)wanted->detail, wanted->flags};
    return allows_constant(&comparison, value_of_words(wanted->value), value);
}

/* ---- making skeletons ---- */

enum { USUAL_WORDS = 64 };

typedef struct rg_skeleton_maker {
    rg_compilation *compilation;
    rg_skeletons *skeletons;
    const uint32_t *done; /* by pattern node: ids of the skeletons made so far */
    RG_VECTOR(uint32_t) words;
    bool failed; /* no memory */
} rg_skeleton_maker;

/* Make room for `count` words behind the others; NULL, with the making failed, when memory is out. */
static uint32_t *push_words(rg_skeleton_maker *maker, uint32_t count)
{
    const rg_allocator *allocator = &maker->compilation->context->allocator;
    if (!rg__vector_reserve(allocator, &maker->words, (uint64_t)maker->words.count + count)) {
        maker->failed = true;
        return NULL;
    }
    uint32_t *words = maker->words.items + maker->words.count;
    maker->words.count += count;
    return words;
}

static void push_entry(rg_skeleton_maker *maker, const rg_pattern_slot *slot, uint32_t item, const void *test,
                       uint32_t count)
{
    rg_compilation *c = maker->compilation;
    rg_skeleton_entry entry = {slot->index, 0, item, 0};
    uint32_t *words = push_words(maker, sizeof(entry) / sizeof(*words));
    entry.name = slot->name.size == 0 ? 0 : rg__string_id(c->context, slot->name);
    entry.test = rg__record_intern(&maker->skeletons->tests, c->arena, test, count);
    maker->failed = maker->failed || entry.test == 0 || (slot->name.size != 0 && entry.name == 0);
    if (words != NULL) {
        memcpy(words, &entry, sizeof(entry));
    }
}

static void push_value_test(rg_skeleton_maker *maker, const rg_pattern_slot *slot, uint32_t item, rg_test_value test,
                            rg_value value)
{
    words_of_value(test.value, value);
    words_of_value(test.absent, item == 0 ? slot->absent : rg_value_none());
    push_entry(maker, slot, item, &test, sizeof(test) / sizeof(uint32_t));
}

static void push_node_test(rg_skeleton_maker *maker, const rg_pattern_slot *slot, uint32_t item, rg_value value,
                           uint32_t flags)
{
    rg_pattern_place place = maker->compilation->places[rg_value_as_node(value).id];
    if (flags != 0) {
        return;
    }
    if (place.kind == RG_PATTERN_NODE) {
        uint32_t test[] = {RG_TEST_NODE, maker->done[place.index]};
        push_entry(maker, slot, item, test, 2);
    } else if (place.kind == RG_PATTERN_INPUT) {
        uint32_t kind = maker->compilation->rule->inputs[place.index].kind;
        push_value_test(maker, slot, item, (rg_test_value){.kind = RG_TEST_INPUT, .detail = kind}, rg_value_none());
    }
}

/* Does the value stand for a node of the graph for certain: a node to be matched or a captured tensor? */
static bool is_certain_node(const rg_compilation *c, rg_value value)
{
    if (rg_value_get_kind(value) != RG_VALUE_NODE) {
        return false;
    }
    rg_pattern_place place = c->places[rg_value_as_node(value).id];
    return place.kind == RG_PATTERN_NODE ||
           (place.kind == RG_PATTERN_INPUT && c->rule->inputs[place.index].kind == RG_RULE_INPUT_TENSOR);
}

static void push_one(rg_skeleton_maker *maker, const rg_pattern_slot *slot, uint32_t item, rg_value value,
                     uint32_t flags)
{
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        push_node_test(maker, slot, item, value, flags);
    } else if (!rg__value_has_nodes(value)) {
        push_value_test(maker, slot, item,
                        (rg_test_value){.kind = RG_TEST_VALUE, .detail = slot->numbers, .flags = flags}, value);
    }
}

static void push_list(rg_skeleton_maker *maker, const rg_pattern_slot *slot, rg_value value)
{
    const rg_compilation *c = maker->compilation;
    size_t count = rg_value_count(c->context, c->graph, value);
    bool has_node = false;
    for (size_t i = 0; i < count; i++) {
        has_node = has_node || is_certain_node(c, rg_value_item(c->context, c->graph, value, i));
    }
    if (!has_node) {
        return;
    }
    uint32_t test[] = {RG_TEST_ITEMS, (uint32_t)count};
    push_entry(maker, slot, 0, test, 2);
    for (size_t i = 0; i < count; i++) {
        push_one(maker, slot, (uint32_t)i + 1, rg_value_item(c->context, c->graph, value, i), 0);
    }
}

/* A list whose normal form may be written otherwise. Where it has a captured tensor, which no number stands for, there
 * is a node however it is written. */
static void push_open_list(rg_skeleton_maker *maker, const rg_pattern_slot *slot, rg_value value)
{
    const rg_compilation *c = maker->compilation;
    size_t count = rg_value_count(c->context, c->graph, value);
    bool has_tensor = false;
    for (size_t i = 0; i < count; i++) {
        rg_value item = rg_value_item(c->context, c->graph, value, i);
        has_tensor =
            has_tensor || (is_certain_node(c, item) && c->places[rg_value_as_node(item).id].kind == RG_PATTERN_INPUT);
    }
    if (has_tensor) {
        uint32_t test[] = {RG_TEST_ITEMS, RG_ANY_COUNT};
        push_entry(maker, slot, 0, test, 2);
    }
}

/* The tests that normal form allows on a slot; none where it replaces the argument by something else. */
static void push_slot(rg_skeleton_maker *maker, const rg_pattern_node *node, const rg_pattern_slot *slot)
{
    const rg_context *context = maker->compilation->context;
    uint32_t flags = 0;
    /* Arguments of wrapped calls are not normalised: rg_node_normal_argument follows the wrapper's schema. */
    const rg_schema *schema = rg__op_descriptor(context, node->op)->schema;
    if (schema != NULL) {
        const rg_schema_argument *argument = &schema->arguments[slot->index];
        if (!rg_op_is_null(node->wrapped) || argument->role == RG_ROLE_RESULT_SIZE || argument->role == RG_ROLE_END) {
            return;
        }
        flags |= argument->role == RG_ROLE_PLAIN ? 0 : RG_TEST_DIMENSIONS;
        flags |= argument->integers != 0 ? RG_TEST_LIFTED : 0;
    }
    rg_value value = or_absent(slot->value, slot->absent);
    rg_value_kind kind = rg_value_get_kind(value);
    if (rg__value_is_items(value) && is_sequence(kind) && flags == 0) {
        push_list(maker, slot, value);
    } else if (rg__value_is_items(value) && is_sequence(kind)) {
        push_open_list(maker, slot, value);
    } else {
        push_one(maker, slot, 0, value, flags);
    }
}

static uint32_t make_skeleton(rg_skeleton_maker *maker, const rg_pattern_node *node)
{
    const rg_compilation *c = maker->compilation;
    uint32_t positional = (uint32_t)rg_node_positional_count(c->graph, node->node);
    rg_skeleton_header header = {
        .op = rg__form_op(c->context, (rg_pattern_form)node->form, node->op).id,
        .form = node->form,
        .commutes = node->commutes ? 1 : 0,
        .wrapped = node->wrapped.id,
        .has_schema = node->has_schema ? 1 : 0,
        .slot_count = node->has_schema ? 0
                      : node->has_rest ? RG_ANY_COUNT
                                       : node->slot_count,
        .positional = node->has_schema ? 0 : positional,
    };
    maker->words.count = 0;
    uint32_t *words = push_words(maker, sizeof(header) / sizeof(*words));
    if (words != NULL) {
        memcpy(words, &header, sizeof(header));
    }
    for (uint32_t i = 0; i < node->slot_count; i++) {
        if ((node->form == RG_FORM_CALL || i == 0) && !node->slots[i].is_rest) {
            push_slot(maker, node, &node->slots[i]);
        }
    }
    return maker->failed
               ? 0
               : rg__record_intern(&maker->skeletons->skeletons, c->arena, maker->words.items, maker->words.count);
}

rg_status rg__pattern_find_skeletons(rg_compilation *c)
{
    rg_skeleton_maker maker = {.compilation = c};
    rg_status status = RG_OK;
    uint32_t *ids = rg__arena_allocate(c->arena, c->pattern->node_count * sizeof(*ids));
    if (c->set->skeletons == NULL) {
        c->set->skeletons = rg__arena_allocate_zero(c->arena, sizeof(*c->set->skeletons));
    }
    maker.skeletons = c->set->skeletons;
    maker.done = ids;
    maker.failed = ids == NULL || maker.skeletons == NULL ||
                   !rg__vector_reserve(&c->context->allocator, &maker.words, USUAL_WORDS);
    /* Inputs come before users, so the skeletons that a node's tests name are there. */
    for (uint32_t i = 0; i < c->pattern->node_count && !maker.failed; i++) {
        ids[i] = make_skeleton(&maker, &c->nodes[i]);
        maker.failed = ids[i] == 0;
    }
    if (maker.failed) {
        status = rg__report_memory(c->context);
    }
    c->pattern->skeletons = ids;
    rg__vector_free(&c->context->allocator, &maker.words);
    return status;
}

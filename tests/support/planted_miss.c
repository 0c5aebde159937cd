/*
 * planted_miss.c: see the header. Where two answers are equally true, the function that plants says why.
 */
#include "support/planted_miss.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ops/infer.h"
#include "support/graph_building.h"

enum { MOST_ARGUMENTS = 32 };

typedef struct planting {
    planted_miss *out;
    rg_context *context;
    rg_graph *graph;
    const rg_rule_set *set;
    const rg_match *match;
    const rg_pattern *pattern;
    test_random *random;
    uint32_t index; /* a node of the pattern */
    rg_node node;   /* and of the graph, which it was found as */
} planting;

static void answer(planting *p, rg_miss_reason reason, rg_node node)
{
    p->out->answers[p->out->answer_count].reason = reason;
    p->out->answers[p->out->answer_count].pattern_node = (rg_node){0};
    p->out->answers[p->out->answer_count++].node = node;
}

/* An answer that is right only of the pattern's node at hand. */
static void answer_of_part(planting *p, rg_miss_reason reason, rg_node node)
{
    answer(p, reason, node);
    p->out->answers[p->out->answer_count - 1].pattern_node = p->pattern->nodes[p->index].node;
}

/* ---- editing ---- */

rg_string target_of(const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE ? rg_node_target(graph, node) : (rg_string){NULL, 0};
}

/* A call with the arguments of `like`, from `first` on and with `extra` in front if it is not missing. */
static rg_node insert_like(planting *p, rg_node before, rg_op op, rg_node like)
{
    rg_argument arguments[MOST_ARGUMENTS];
    size_t count = rg_node_argument_count(p->graph, like);
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node;
    assert_true(count <= MOST_ARGUMENTS);
    for (size_t i = 0; i < count; i++) {
        arguments[i].name = rg_node_argument_name(p->graph, like, i);
        arguments[i].value = rg_node_argument(p->graph, like, i);
    }
    description.op = op;
    description.target = target_of(p->graph, like);
    description.arguments = arguments;
    description.argument_count = count;
    description.type = rg_node_type(p->graph, like);
    assert_int_equal(rg_graph_insert(&node, p->graph, before, &description), RG_OK);
    return node;
}

/* A call that reads a node and gives something of its type. */
static rg_node insert_reader(planting *p, rg_node before, const char *op, rg_node read)
{
    rg_argument argument = {{NULL, 0}, rg_value_node(read)};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node;
    description.op = build_op(p->context, op);
    description.arguments = &argument;
    description.argument_count = 1;
    description.type = rg_node_type(p->graph, read);
    assert_int_equal(rg_graph_insert(&node, p->graph, before, &description), RG_OK);
    return node;
}

static rg_node insert_input(planting *p, rg_type type)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node;
    description.op = build_op(p->context, "placeholder");
    description.name = rg_string_from("planted_input");
    description.target = description.name;
    description.type = type;
    assert_int_equal(rg_graph_insert(&node, p->graph, rg_graph_first(p->graph), &description), RG_OK);
    return node;
}

/* Return the node too. */
static void add_result(planting *p, rg_node node)
{
    rg_node output = rg_graph_output(p->graph);
    rg_value returned = rg_node_argument(p->graph, output, 0);
    rg_value items[MOST_ARGUMENTS];
    size_t count = rg_value_count(p->context, p->graph, returned);
    rg_value all;
    assert_true(count + 1 < MOST_ARGUMENTS);
    for (size_t i = 0; i < count; i++) {
        items[i] = rg_value_item(p->context, p->graph, returned, i);
    }
    items[count] = rg_value_node(node);
    assert_int_equal(rg_value_items(&all, p->context, p->graph, RG_VALUE_TUPLE, items, count + 1), RG_OK);
    assert_int_equal(rg_graph_set_argument(p->graph, output, 0, all), RG_OK);
}

/* Let the user read `to` where it reads `from`. */
static void redirect(planting *p, rg_node user, rg_node from, rg_node to)
{
    rg_node except[1024];
    size_t count = 0;
    for (rg_node node = rg_graph_first(p->graph); !rg_node_is_null(node); node = rg_graph_next(p->graph, node)) {
        if (!rg_node_same(node, user)) {
            assert_true(count < 1024);
            except[count++] = node;
        }
    }
    assert_int_equal(rg_graph_replace_uses(p->graph, from, rg_value_node(to), except, count), RG_OK);
}

/* ---- asking ---- */

static bool holds(const planting *p, rg_node node)
{
    return rg__match_holds(p->match, node);
}

/* The readers of a node that belong to the match, each once. */
static size_t readers_inside(const planting *p, rg_node node, rg_node *out, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < rg_node_use_count(p->graph, node); i++) {
        rg_node user = rg_node_use(p->graph, node, i).user;
        bool is_new = holds(p, user) && count < room;
        for (size_t j = 0; j < count && is_new; j++) {
            is_new = !rg_node_same(out[j], user);
        }
        if (is_new) {
            out[count++] = user;
        }
    }
    return count;
}

/* An input of the rule that captures a node of the graph and is a tensor; input_count if there is none. */
static uint32_t choose_input(const planting *p)
{
    uint32_t count = p->match->rule->compiled->input_count;
    uint32_t start = random_below(p->random, count == 0 ? 1 : count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t input = (start + i) % count;
        if (p->match->rule->inputs[input].kind == RG_RULE_INPUT_TENSOR &&
            !rg_node_is_null(rg_value_as_node(p->match->inputs[input]))) {
            return input;
        }
    }
    return count;
}

static bool is_result(const planting *p, rg_node node)
{
    for (size_t i = 0; i < p->match->output_count; i++) {
        if (rg_node_same(p->match->outputs[i], node)) {
            return true;
        }
    }
    return false;
}

/* Is the pattern's node something that may as well not be there, or may be another of its kind? */
static bool is_loose(const planting *p)
{
    const rg_pattern_node *expected = &p->pattern->nodes[p->index];
    return expected->is_transparent || expected->form != RG_FORM_CALL;
}

/* What the pattern has in the place of an argument as it is written in the graph; missing: nothing there. */
static rg_value wanted_argument(const planting *p, size_t number)
{
    rg_node node = p->pattern->nodes[p->index].node;
    rg_string name = rg_node_argument_name(p->graph, p->node, number);
    return name.size != 0 ? rg_node_keyword(p->pattern->graph, node, name)
           : number < rg_node_positional_count(p->pattern->graph, node)
               ? rg_node_argument(p->pattern->graph, node, number)
               : rg_value_missing();
}

/* A dtype that no instance of the rule has anywhere: with one that another instance has, that one would be as near. */
static rg_dtype strange_dtype(const planting *p)
{
    static const rg_dtype dtypes[] = {RG_DTYPE_F64, RG_DTYPE_F16, RG_DTYPE_BF16, RG_DTYPE_F32};
    for (size_t i = 0; i < sizeof(dtypes) / sizeof(*dtypes); i++) {
        bool is_known = false;
        for (size_t j = 0; j < p->set->rules.count && !is_known; j++) {
            const rg_rule *rule = &p->set->rules.items[j];
            bool is_same = rg_string_equal(rule->rule, p->match->rule->rule);
            for (size_t k = 0; k < rule->input_count && is_same; k++) {
                is_known = is_known || rg_type_get_tensor(p->context, rule->inputs[k].type).dtype == dtypes[i];
            }
        }
        if (!is_known) {
            return dtypes[i];
        }
    }
    return RG_DTYPE_NONE;
}

/* ---- what is planted ---- */

/* What a node that changes nothing stands for need not be there, so another op in its place also stands between, or
 * gives an input, which could be any value, other sizes. Where it was half of the pattern or more, its op is said to be
 * nowhere. */
static bool plant_op(planting *p)
{
    static const char *const unary[] = {"aten.sin.default", "aten.exp.default",   "aten.neg.default",
                                        "aten.abs.default", "aten.rsqrt.default", "aten.sqrt.default"};
    rg_op op = build_op(p->context, "planted.other.default");
    bool is_unary = false;
    for (size_t i = 0; i < 6; i++) {
        is_unary = is_unary || rg_op_same(rg_node_op(p->graph, p->node), build_op(p->context, unary[i]));
    }
    if (is_unary) {
        op = build_op(p->context, unary[random_below(p->random, 6)]);
    }
    rg_node other = insert_like(p, p->node, op, p->node);
    assert_int_equal(rg_graph_replace_uses(p->graph, p->node, rg_value_node(other), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_erase(p->graph, p->node), RG_OK);
    answer(p, RG_MISS_OP, other);
    if (is_loose(p)) {
        answer(p, RG_MISS_INSERTED, other);
        answer(p, RG_MISS_SIZE, other);
    }
    answer_of_part(p, RG_MISS_ABSENT, (rg_node){0});
    return true;
}

static bool other_constant(rg_value *out, planting *p, rg_value value)
{
    int64_t number = 0;
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_BOOL:
        *out = rg_value_bool(!rg_value_as_bool(value));
        return true;
    case RG_VALUE_FLOAT:
        *out = rg_value_float(rg_value_as_float(value) * 2 + 1);
        return true;
    case RG_VALUE_INT:
        return rg_value_as_int(p->context, value, &number) && number < INT32_MAX && number > INT32_MIN &&
               rg_value_int(out, p->context, number + 1 + random_below(p->random, 2)) == RG_OK;
    default:
        return false;
    }
}

/* A dimension that says what sizes the result has is told as those. */
static bool plant_literal(planting *p)
{
    size_t count = rg_node_argument_count(p->graph, p->node);
    size_t start = random_below(p->random, count == 0 ? 1 : (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        size_t number = (start + i) % count;
        rg_value value = rg_node_argument(p->graph, p->node, number);
        rg_value wanted = wanted_argument(p, number);
        rg_value other;
        if (other_constant(&other, p, value) && rg_value_get_kind(wanted) == rg_value_get_kind(value)) {
            assert_int_equal(rg_graph_set_argument(p->graph, p->node, number, other), RG_OK);
            answer(p, is_loose(p) ? RG_MISS_SIZE : RG_MISS_LITERAL, p->node);
            answer(p, RG_MISS_LITERAL, p->node);
            return true;
        }
    }
    return false;
}

static bool plant_dtype(planting *p)
{
    rg_dtype other = strange_dtype(p);
    for (size_t i = 0; i < rg_node_argument_count(p->graph, p->node); i++) {
        rg_value value = rg_node_argument(p->graph, p->node, i);
        if (rg_value_get_kind(value) == RG_VALUE_DTYPE && rg_value_as_dtype(value) != other && other != RG_DTYPE_NONE) {
            assert_int_equal(rg_graph_set_argument(p->graph, p->node, i, rg_value_dtype(other)), RG_OK);
            answer(p, RG_MISS_DTYPE, p->node);
            return true;
        }
    }
    return false;
}

static bool plant_device(planting *p)
{
    for (size_t i = 0; i < rg_node_argument_count(p->graph, p->node); i++) {
        rg_value value = rg_node_argument(p->graph, p->node, i);
        if (rg_value_get_kind(value) == RG_VALUE_DEVICE) {
            rg_device device = rg_value_as_device(p->context, value);
            device.index += 5;
            assert_int_equal(rg_value_device(&value, p->context, device), RG_OK);
            assert_int_equal(rg_graph_set_argument(p->graph, p->node, i, value), RG_OK);
            answer(p, RG_MISS_DEVICE, p->node);
            return true;
        }
    }
    return false;
}

static bool plant_node(planting *p)
{
    size_t count = rg_node_argument_count(p->graph, p->node);
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg_node_argument(p->graph, p->node, i);
        rg_value wanted = wanted_argument(p, i);
        rg_value other;
        if (other_constant(&other, p, value) && rg_value_get_kind(wanted) == rg_value_get_kind(value) &&
            rg_value_get_kind(value) != RG_VALUE_BOOL) {
            rg_tensor_type tensor = {.dtype = RG_DTYPE_F32};
            rg_type type;
            assert_int_equal(rg_type_from_tensor(&type, p->context, &tensor), RG_OK);
            rg_node input = insert_input(p, type);
            assert_int_equal(rg_graph_set_argument(p->graph, p->node, i, rg_value_node(input)), RG_OK);
            answer(p, RG_MISS_KIND, p->node);
            return true;
        }
    }
    return false;
}

/* ---- types of inputs ---- */

static rg_node captured(const planting *p, uint32_t input)
{
    return rg_value_as_node(p->match->inputs[input]);
}

static bool plant_input_dtype(planting *p)
{
    uint32_t input = choose_input(p);
    if (input == p->pattern->input_count || rg_type_is_null(p->match->rule->inputs[input].type)) {
        return false;
    }
    rg_node node = captured(p, input);
    rg_tensor_type tensor = rg_type_get_tensor(p->context, rg_node_type(p->graph, node));
    rg_type type;
    tensor.dtype = strange_dtype(p);
    if (tensor.dtype == RG_DTYPE_NONE || rg_node_kind(p->graph, node) != RG_OP_PLACEHOLDER ||
        rg_type_from_tensor(&type, p->context, &tensor) != RG_OK || rg_type_same(type, rg_node_type(p->graph, node))) {
        return false;
    }
    rg_graph_set_type(p->graph, node, type);
    answer(p, RG_MISS_DTYPE, node);
    return true;
}

static bool plant_input_rank(planting *p)
{
    uint32_t input = choose_input(p);
    rg_size sizes[RG_MAX_RANK] = {{0}};
    if (input == p->pattern->input_count || rg_type_is_null(p->match->rule->inputs[input].type)) {
        return false;
    }
    rg_node node = captured(p, input);
    rg_tensor_type tensor = rg_type_get_tensor(p->context, rg_node_type(p->graph, node));
    rg_type type;
    if (rg_node_kind(p->graph, node) != RG_OP_PLACEHOLDER || tensor.rank + 1 > RG_MAX_RANK) {
        return false;
    }
    assert_int_equal(rg_size_from_int(&sizes[0], p->context, 1), RG_OK);
    memcpy(sizes + 1, tensor.sizes, tensor.rank * sizeof(*sizes));
    tensor.sizes = sizes;
    tensor.strides = NULL;
    tensor.rank++;
    assert_int_equal(rg_type_from_tensor(&type, p->context, &tensor), RG_OK);
    rg_graph_set_type(p->graph, node, type);
    answer(p, RG_MISS_RANK, node);
    return true;
}

/* A name that two inputs have for their sizes is bound at either: which of them differs cannot be told if there are no
 * others. A rule's check may say of sizes what its types do not. */
static bool plant_input_size(planting *p)
{
    uint32_t input = choose_input(p);
    rg_size sizes[RG_MAX_RANK];
    if (input == p->pattern->input_count || rg_type_is_null(p->match->rule->inputs[input].type)) {
        return false;
    }
    rg_node node = captured(p, input);
    rg_tensor_type declared = rg_type_get_tensor(p->context, p->match->rule->inputs[input].type);
    rg_tensor_type tensor = rg_type_get_tensor(p->context, rg_node_type(p->graph, node));
    if (rg_node_kind(p->graph, node) != RG_OP_PLACEHOLDER || tensor.rank == 0 || declared.rank != tensor.rank) {
        return false;
    }
    uint32_t dimension = random_below(p->random, tensor.rank);
    rg_type type;
    memcpy(sizes, tensor.sizes, tensor.rank * sizeof(*sizes));
    assert_int_equal(rg_size_from_int(&sizes[dimension], p->context, 1), RG_OK);
    tensor.sizes = sizes;
    tensor.strides = NULL;
    if (rg_type_from_tensor(&type, p->context, &tensor) != RG_OK) {
        return false;
    }
    rg_graph_set_type(p->graph, node, type);
    answer(p, RG_MISS_SIZE, node);
    answer(p, RG_MISS_CHECK, (rg_node){0});
    for (uint32_t i = 0; i < p->pattern->input_count && p->out->answer_count < MOST_ANSWERS; i++) {
        rg_tensor_type other = rg_type_get_tensor(p->context, p->match->rule->inputs[i].type);
        for (uint32_t j = 0; j < other.rank && i != input && p->out->answer_count < MOST_ANSWERS; j++) {
            if (rg_size_same(other.sizes[j], declared.sizes[dimension])) {
                answer(p, RG_MISS_SIZE, captured(p, i));
            }
        }
    }
    return true;
}

/* ---- who reads, and in what order ---- */

static bool plant_reader(planting *p)
{
    if (is_result(p, p->node)) {
        return false;
    }
    rg_node reader = insert_reader(p, rg_graph_output(p->graph), "planted.reader.default", p->node);
    add_result(p, reader);
    answer(p, RG_MISS_EXTRA_USER, reader);
    return true;
}

static bool plant_return(planting *p)
{
    if (is_result(p, p->node)) {
        return false;
    }
    add_result(p, p->node);
    answer(p, RG_MISS_ESCAPES, rg_graph_output(p->graph));
    return true;
}

static bool plant_between(planting *p)
{
    static const char *const ops[] = {"planted.between.default", "aten.erf.default", "aten.neg.default"};
    rg_node readers[16];
    size_t count = readers_inside(p, p->node, readers, 16);
    if (count == 0) {
        return false;
    }
    rg_node between = insert_reader(p, rg_graph_next(p->graph, p->node), ops[random_below(p->random, 3)], p->node);
    size_t only = random_below(p->random, (uint32_t)count + 1);
    for (size_t i = 0; i < count; i++) {
        if (only == count || only == i) {
            redirect(p, readers[i], p->node, between);
        }
    }
    answer(p, RG_MISS_INSERTED, between);
    return true;
}

static bool plant_swap(planting *p)
{
    const rg_pattern_node *expected = &p->pattern->nodes[p->index];
    rg_value first = rg_node_argument(p->graph, p->node, 0);
    rg_value second = rg_node_argument(p->graph, p->node, 1);
    if (expected->commutes || !expected->has_schema || rg_node_positional_count(p->graph, p->node) < 2 ||
        rg_node_is_null(rg_value_as_node(first)) || rg_node_is_null(rg_value_as_node(second)) ||
        first.bits == second.bits || !rg_op_is_null(expected->wrapped)) {
        return false;
    }
    assert_int_equal(rg_graph_set_argument(p->graph, p->node, 0, second), RG_OK);
    assert_int_equal(rg_graph_set_argument(p->graph, p->node, 1, first), RG_OK);
    answer(p, RG_MISS_OPERANDS, p->node);
    return true;
}

/* Which of two values is the one meant, nothing tells. */
static bool plant_other_input(planting *p)
{
    uint32_t input = choose_input(p);
    rg_node readers[16];
    if (input == p->pattern->input_count) {
        return false;
    }
    rg_node node = captured(p, input);
    size_t count = readers_inside(p, node, readers, 16);
    if (count < 2) {
        return false;
    }
    rg_node other = insert_input(p, rg_node_type(p->graph, node));
    redirect(p, readers[random_below(p->random, (uint32_t)count)], node, other);
    answer(p, RG_MISS_DIFFERENT_VALUE, other);
    answer(p, RG_MISS_DIFFERENT_VALUE, node);
    return true;
}

static bool plant_copy(planting *p)
{
    rg_node readers[16];
    size_t count = readers_inside(p, p->node, readers, 16);
    if (count < 2) {
        return false;
    }
    rg_node copy = insert_like(p, rg_graph_next(p->graph, p->node), rg_node_op(p->graph, p->node), p->node);
    redirect(p, readers[random_below(p->random, (uint32_t)count)], p->node, copy);
    answer(p, RG_MISS_DIFFERENT_VALUE, copy);
    answer(p, RG_MISS_DIFFERENT_VALUE, p->node);
    return true;
}

static bool plant_write(planting *p)
{
    rg_node first = p->match->nodes[0];
    rg_node last = first;
    for (size_t i = 1; i < p->match->node_count; i++) {
        rg_node node = p->match->nodes[i];
        first = rg_graph_precedes(p->graph, node, first) ? node : first;
        last = rg_graph_precedes(p->graph, last, node) ? node : last;
    }
    rg_tensor_type tensor = {.dtype = RG_DTYPE_F32};
    rg_type type;
    assert_int_equal(rg_type_from_tensor(&type, p->context, &tensor), RG_OK);
    if (rg_node_same(first, last)) {
        return false;
    }
    rg_node place = rg_graph_next(p->graph, first);
    for (uint32_t skipped = random_below(p->random, 4); skipped > 0 && !rg_node_same(place, last); skipped--) {
        place = rg_graph_next(p->graph, place);
    }
    rg_node written = insert_reader(p, place, "aten.relu_.default", insert_input(p, type));
    answer(p, RG_MISS_REGION, written);
    return true;
}

/* Does `node` depend on `on`? */
static bool depends(const planting *p, rg_node node, rg_node on)
{
    bool marked[4096] = {false};
    marked[on.id] = true;
    for (rg_node at = on; !rg_node_is_null(at); at = rg_graph_next(p->graph, at)) {
        for (size_t i = 0; marked[at.id] && i < rg_node_use_count(p->graph, at); i++) {
            marked[rg_node_use(p->graph, at, i).user.id] = true;
        }
    }
    return marked[node.id];
}

static bool plant_cycle(planting *p)
{
    uint32_t input = choose_input(p);
    rg_node readers[16];
    if (input == p->pattern->input_count || p->match->output_count < 2) {
        return false;
    }
    rg_node result = p->match->outputs[random_below(p->random, (uint32_t)p->match->output_count)];
    rg_node node = captured(p, input);
    if (rg_node_is_null(result) || !holds(p, result) || depends(p, result, node)) {
        return false;
    }
    size_t count = readers_inside(p, node, readers, 16);
    rg_node made = insert_reader(p, rg_graph_next(p->graph, result), "planted.made.default", result);
    rg_graph_set_type(p->graph, made, rg_node_type(p->graph, node));
    for (size_t i = 0; i < count; i++) {
        redirect(p, readers[i], node, made);
    }
    answer(p, RG_MISS_CYCLE, (rg_node){0});
    assert_int_equal(rg_graph_sort(p->graph), RG_OK);
    return true;
}

/* ---- structure ---- */

/* What the node read stands in its place: another op, as well as one that lacks. */
static bool plant_without(planting *p)
{
    rg_node below = rg_value_as_node(rg_node_argument(p->graph, p->node, 0));
    bool is_only = !rg_node_is_null(below);
    for (size_t i = 1; i < rg_node_argument_count(p->graph, p->node); i++) {
        is_only = is_only && rg_node_is_null(rg_value_as_node(rg_node_argument(p->graph, p->node, i)));
    }
    bool are_tensors = rg_type_get_kind(p->context, rg_node_type(p->graph, p->node)) == RG_TYPE_TENSOR &&
                       rg_type_get_kind(p->context, rg_node_type(p->graph, below)) == RG_TYPE_TENSOR;
    if (!is_only || is_loose(p) || !are_tensors) {
        return false;
    }
    assert_int_equal(rg_graph_replace_uses(p->graph, p->node, rg_value_node(below), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_erase(p->graph, p->node), RG_OK);
    answer_of_part(p, RG_MISS_ABSENT, below);
    answer_of_part(p, RG_MISS_OP, below);
    answer_of_part(p, RG_MISS_ABSENT, (rg_node){0});
    return true;
}

static bool plant_item(planting *p)
{
    for (size_t i = 0; i < rg_node_argument_count(p->graph, p->node); i++) {
        rg_value value = rg_node_argument(p->graph, p->node, i);
        rg_value items[MOST_ARGUMENTS];
        size_t count = rg_value_count(p->context, p->graph, value);
        rg_value_kind kind = rg_value_get_kind(value);
        if ((kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE) || count == 0 || count + 1 > MOST_ARGUMENTS ||
            rg_node_is_null(rg_value_as_node(rg_value_item(p->context, p->graph, value, 0)))) {
            continue;
        }
        for (size_t j = 0; j < count; j++) {
            items[j] = rg_value_item(p->context, p->graph, value, j);
        }
        items[count] = items[count - 1];
        assert_int_equal(rg_value_items(&value, p->context, p->graph, kind, items, count + 1), RG_OK);
        assert_int_equal(rg_graph_set_argument(p->graph, p->node, i, value), RG_OK);
        answer(p, RG_MISS_ARGUMENTS, p->node);
        return true;
    }
    return false;
}

/* An op without schema: a call of one with a schema would be wrong. */
static bool plant_argument(planting *p)
{
    rg_argument arguments[MOST_ARGUMENTS];
    size_t count = rg_node_argument_count(p->graph, p->node);
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node other;
    if (p->pattern->nodes[p->index].has_schema || count + 1 > MOST_ARGUMENTS ||
        rg_node_kind(p->graph, p->node) < RG_OP_OVERLOAD) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        arguments[i].name = rg_node_argument_name(p->graph, p->node, i);
        arguments[i].value = rg_node_argument(p->graph, p->node, i);
    }
    arguments[count] = (rg_argument){rg_string_from("planted"), rg_value_bool(true)};
    description.op = rg_node_op(p->graph, p->node);
    description.arguments = arguments;
    description.argument_count = count + 1;
    description.type = rg_node_type(p->graph, p->node);
    assert_int_equal(rg_graph_insert(&other, p->graph, p->node, &description), RG_OK);
    assert_int_equal(rg_graph_replace_uses(p->graph, p->node, rg_value_node(other), NULL, 0), RG_OK);
    assert_int_equal(rg_graph_erase(p->graph, p->node), RG_OK);
    answer(p, RG_MISS_ARGUMENTS, other);
    return true;
}

static bool plant_replaced(planting *p)
{
    p->out->replaced = p->node;
    answer(p, RG_MISS_OVERLAP, p->node);
    return true;
}

static const struct {
    const char *name;
    bool (*plant)(planting *p);
} plants[PLANT_COUNT] = {
    [PLANT_OP] = {"another op", plant_op},
    [PLANT_LITERAL] = {"another literal", plant_literal},
    [PLANT_DTYPE] = {"another dtype named", plant_dtype},
    [PLANT_DEVICE] = {"another device named", plant_device},
    [PLANT_NODE] = {"a node for a number", plant_node},
    [PLANT_INPUT_DTYPE] = {"an input's dtype", plant_input_dtype},
    [PLANT_INPUT_RANK] = {"an input's rank", plant_input_rank},
    [PLANT_INPUT_SIZE] = {"an input's size", plant_input_size},
    [PLANT_READER] = {"another reader", plant_reader},
    [PLANT_RETURN] = {"returned", plant_return},
    [PLANT_BETWEEN] = {"an op between", plant_between},
    [PLANT_SWAP] = {"operands swapped", plant_swap},
    [PLANT_OTHER_INPUT] = {"another input", plant_other_input},
    [PLANT_COPY] = {"computed twice", plant_copy},
    [PLANT_WRITE] = {"a write between", plant_write},
    [PLANT_CYCLE] = {"a cycle", plant_cycle},
    [PLANT_WITHOUT] = {"a node left out", plant_without},
    [PLANT_ITEM] = {"another item", plant_item},
    [PLANT_ARGUMENT] = {"another argument", plant_argument},
    [PLANT_REPLACED] = {"replaced before", plant_replaced},
};

const char *planted_name(test_plant plant)
{
    return plants[plant].name;
}

bool plant_miss(planted_miss *out, test_plant plant, const rg_rule_set *set, rg_graph *graph, const rg_match *match,
                test_random *random)
{
    const rg_pattern *pattern = match->rule->compiled;
    planting p = {out, rg_graph_context(graph), graph, set, match, pattern, random, 0, {0}};
    uint32_t start = random_below(random, pattern->node_count);
    *out = (planted_miss){.name = plants[plant].name};
    /* Who gives up has changed nothing. */
    for (uint32_t i = 0; i < pattern->node_count; i++) {
        p.index = (start + i) % pattern->node_count;
        p.node = match->assigned[p.index];
        out->answer_count = 0;
        if (!rg_node_is_null(p.node) && plants[plant].plant(&p)) {
            return true;
        }
    }
    return false;
}

bool infer_again(rg_graph *graph)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_type type = {0};
        if (rg_node_kind(graph, node) == RG_OP_PLACEHOLDER || rg_node_kind(graph, node) == RG_OP_OUTPUT) {
            continue;
        }
        if (rg_node_infer(&type, graph, node) != RG_OK) {
            return false;
        }
        if (!rg_type_is_null(type)) {
            rg_graph_set_type(graph, node, type);
        }
    }
    return true;
}

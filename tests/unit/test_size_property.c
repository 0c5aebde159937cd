/*
 * Properties of sizes on random expressions: whatever is combined, printed, parsed, substituted or compared agrees with
 * evaluating the expression at random admissible values of its symbols.
 *
 * The seed is printed; RG_TEST_SEED=n in the environment repeats a run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/size.h>

#include "base/buffer.h"

enum { SYMBOL_COUNT = 6, BINDING_COUNT = 24, EXPRESSION_COUNT = 3000, NODE_LIMIT = 64 };

static const struct {
    const char *name;
    int64_t low;
} symbols[SYMBOL_COUNT] = {{"s0", 2}, {"s1", 2}, {"s27", 2}, {"u0", 0}, {"u1", 0}, {"t", 2}};

static const char *const signs[] = {
    [RG_SIZE_ADD] = "+",    [RG_SIZE_SUBTRACT] = "-",    [RG_SIZE_MULTIPLY] = "*", [RG_SIZE_FLOOR_DIVIDE] = "//",
    [RG_SIZE_MODULO] = "%", [RG_SIZE_POWER] = "**",      [RG_SIZE_MAX] = "Max",    [RG_SIZE_MIN] = "Min",
    [RG_SIZE_LESS] = "<",   [RG_SIZE_LESS_EQUAL] = "<=", [RG_SIZE_GREATER] = ">",  [RG_SIZE_GREATER_EQUAL] = ">=",
    [RG_SIZE_EQUAL] = "==", [RG_SIZE_NOT_EQUAL] = "!=",
};

/* ---- random numbers ---- */

static uint64_t random_state;

static uint64_t random_bits(void)
{
    uint64_t x = (random_state += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static int64_t random_below(int64_t limit)
{
    return (int64_t)(random_bits() % (uint64_t)limit);
}

static void seed_from_environment(void)
{
    const char *text = getenv("RG_TEST_SEED");
    random_state = text == NULL ? 20240611 : strtoull(text, NULL, 10);
    print_message("RG_TEST_SEED=%llu\n", (unsigned long long)random_state);
}

/* ---- expressions, evaluated the obvious way ---- */

typedef enum node_kind { NODE_NUMBER, NODE_SYMBOL, NODE_OPERATION } node_kind;

typedef struct node {
    node_kind kind;
    int64_t value; /* number, or index of the symbol */
    rg_size_operation operation;
    int a;
    int b;
} node;

typedef struct expression {
    node nodes[NODE_LIMIT];
    int count;
} expression;

static int add_node(expression *tree, node added)
{
    assert_true(tree->count < NODE_LIMIT);
    tree->nodes[tree->count] = added;
    return tree->count++;
}

static int grow(expression *tree, int depth)
{
    static const rg_size_operation operations[] = {
        RG_SIZE_ADD,      RG_SIZE_ADD,      RG_SIZE_ADD,          RG_SIZE_SUBTRACT,     RG_SIZE_SUBTRACT,
        RG_SIZE_MULTIPLY, RG_SIZE_MULTIPLY, RG_SIZE_MULTIPLY,     RG_SIZE_MODULO,       RG_SIZE_MODULO,
        RG_SIZE_MAX,      RG_SIZE_MIN,      RG_SIZE_FLOOR_DIVIDE, RG_SIZE_FLOOR_DIVIDE, RG_SIZE_POWER,
    };
    if (depth == 0 || random_below(6) == 0) {
        if (random_below(3) == 0) {
            static const int64_t numbers[] = {0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 12, -1, -2, -3, 64};
            return add_node(tree, (node){.kind = NODE_NUMBER, .value = numbers[random_below(15)]});
        }
        return add_node(tree, (node){.kind = NODE_SYMBOL, .value = random_below(SYMBOL_COUNT)});
    }
    node added = {.kind = NODE_OPERATION, .operation = operations[random_below(15)]};
    if (random_below(25) == 0) {
        added.operation = (rg_size_operation)(RG_SIZE_LESS + random_below(6));
    }
    added.a = grow(tree, depth - 1);
    added.b = added.operation == RG_SIZE_POWER ? add_node(tree, (node){.kind = NODE_NUMBER, .value = random_below(4)})
                                               : grow(tree, depth - 1);
    return add_node(tree, added);
}

static void make_expression(expression *tree)
{
    tree->count = 0;
    (void)grow(tree, 1 + (int)random_below(4));
}

/* False when the value is not defined (division by zero) or outside +-2^62. */
static bool apply(__int128 *out, rg_size_operation operation, __int128 a, __int128 b)
{
    const __int128 limit = (__int128)1 << 62;
    __int128 result = 0;
    switch (operation) {
    case RG_SIZE_ADD:
        result = a + b;
        break;
    case RG_SIZE_SUBTRACT:
        result = a - b;
        break;
    case RG_SIZE_MULTIPLY:
        result = a * b;
        break;
    case RG_SIZE_FLOOR_DIVIDE:
    case RG_SIZE_MODULO: {
        if (b == 0) {
            return false;
        }
        __int128 quotient = a / b;
        if (quotient * b != a && (a < 0) != (b < 0)) {
            quotient--;
        }
        result = operation == RG_SIZE_FLOOR_DIVIDE ? quotient : a - quotient * b;
        break;
    }
    case RG_SIZE_POWER:
        result = 1;
        for (__int128 i = 0; i < b && result < limit && result > -limit; i++) {
            result *= a;
        }
        break;
    case RG_SIZE_MAX:
        result = a > b ? a : b;
        break;
    case RG_SIZE_MIN:
        result = a < b ? a : b;
        break;
    case RG_SIZE_LESS:
        result = a < b;
        break;
    case RG_SIZE_LESS_EQUAL:
        result = a <= b;
        break;
    case RG_SIZE_GREATER:
        result = a > b;
        break;
    case RG_SIZE_GREATER_EQUAL:
        result = a >= b;
        break;
    case RG_SIZE_EQUAL:
        result = a == b;
        break;
    case RG_SIZE_NOT_EQUAL:
        result = a != b;
        break;
    }
    *out = result;
    return result < limit && result > -limit;
}

static bool evaluate(int64_t *out, const expression *tree, const int64_t *binding)
{
    __int128 values[NODE_LIMIT];
    for (int i = 0; i < tree->count; i++) {
        const node *at = &tree->nodes[i];
        if (at->kind == NODE_OPERATION) {
            if (!apply(&values[i], at->operation, values[at->a], values[at->b])) {
                return false;
            }
        } else {
            values[i] = at->kind == NODE_NUMBER ? at->value : binding[at->value];
        }
    }
    *out = (int64_t)values[tree->count - 1];
    return true;
}

static void append_text(rg_buffer *buffer, const expression *tree, int index)
{
    const node *at = &tree->nodes[index];
    if (at->kind == NODE_NUMBER) {
        rg__buffer_append_format(buffer, at->value < 0 ? "(%d)" : "%d", (int)at->value);
    } else if (at->kind == NODE_SYMBOL) {
        rg__buffer_append_text(buffer, symbols[at->value].name);
    } else {
        bool call = at->operation == RG_SIZE_MAX || at->operation == RG_SIZE_MIN;
        rg__buffer_append_text(buffer, call ? signs[at->operation] : "");
        rg__buffer_append_char(buffer, '(');
        append_text(buffer, tree, at->a);
        rg__buffer_append_text(buffer, call ? ", " : signs[at->operation]);
        append_text(buffer, tree, at->b);
        rg__buffer_append_char(buffer, ')');
    }
}

/* ---- the same through the library ---- */

typedef struct fixture {
    rg_context *context;
    rg_size symbols[SYMBOL_COUNT];
    int64_t bindings[BINDING_COUNT][SYMBOL_COUNT];
} fixture;

static void make_fixture(fixture *made)
{
    assert_int_equal(rg_context_create(&made->context, NULL), RG_OK);
    for (int i = 0; i < SYMBOL_COUNT; i++) {
        rg_string name = rg_string_from(symbols[i].name);
        assert_int_equal(rg_size_from_symbol(&made->symbols[i], made->context, name), RG_OK);
    }
    for (int i = 0; i < BINDING_COUNT; i++) {
        for (int j = 0; j < SYMBOL_COUNT; j++) {
            /* Small values, where the corner cases are, and some large ones. */
            made->bindings[i][j] = symbols[j].low + random_below(i < BINDING_COUNT / 2 ? 4 : 200);
        }
    }
}

/* False when the library says that it cannot: overflow or division by zero. */
static bool build(rg_size *out, rg_context *context, const fixture *data, const expression *tree)
{
    rg_size values[NODE_LIMIT];
    rg_status status = RG_OK;
    for (int i = 0; i < tree->count && status == RG_OK; i++) {
        const node *at = &tree->nodes[i];
        if (at->kind == NODE_NUMBER) {
            status = rg_size_from_int(&values[i], context, at->value);
        } else if (at->kind == NODE_SYMBOL) {
            values[i] = data->symbols[at->value];
        } else {
            status = rg_size_combine(&values[i], context, at->operation, values[at->a], values[at->b]);
        }
    }
    assert_true(status == RG_OK || status == RG_ERROR_TYPE || status == RG_ERROR_LIMIT);
    rg_context_clear_diagnostics(context);
    *out = values[tree->count - 1];
    return status == RG_OK;
}

static void fail_with(const fixture *data, const expression *tree, rg_size size, const char *what, int binding)
{
    rg_buffer text;
    rg_buffer printed;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_init(&printed, rg__default_allocator());
    append_text(&text, tree, tree->count - 1);
    (void)rg_size_print(data->context, size, rg__buffer_sink(&printed));
    print_error("%s: %s, canonical %s\n", what, text.data, printed.data);
    for (int i = 0; i < SYMBOL_COUNT && binding >= 0; i++) {
        print_error("  %s = %lld\n", symbols[i].name, (long long)data->bindings[binding][i]);
    }
    rg__buffer_free(&text);
    rg__buffer_free(&printed);
    fail();
}

/* Substituting numbers for all symbols evaluates. */
static void check_values(const fixture *data, const expression *tree, rg_size size, const char *what)
{
    for (int i = 0; i < BINDING_COUNT; i++) {
        rg_size numbers[SYMBOL_COUNT];
        rg_size result;
        int64_t expected;
        int64_t value = 0;
        if (!evaluate(&expected, tree, data->bindings[i])) {
            continue;
        }
        for (int j = 0; j < SYMBOL_COUNT; j++) {
            assert_int_equal(rg_size_from_int(&numbers[j], data->context, data->bindings[i][j]), RG_OK);
        }
        rg_status status = rg_size_substitute(&result, data->context, size, data->symbols, numbers, SYMBOL_COUNT);
        rg_context_clear_diagnostics(data->context);
        if (status == RG_ERROR_TYPE) {
            continue; /* the canonical form has larger intermediate values */
        }
        if (status != RG_OK || !rg_size_as_int(data->context, result, &value) || value != expected) {
            print_error("expected %lld, got %lld\n", (long long)expected, (long long)value);
            fail_with(data, tree, size, what, i);
        }
    }
}

static void test_combine_and_substitute(void **state)
{
    fixture data;
    expression tree;
    rg_size size;
    (void)state;
    make_fixture(&data);
    for (int i = 0; i < EXPRESSION_COUNT; i++) {
        make_expression(&tree);
        if (build(&size, data.context, &data, &tree)) {
            check_values(&data, &tree, size, "combine");
        }
    }
    rg_context_destroy(data.context);
}

static void test_parse_and_print(void **state)
{
    fixture data;
    expression tree;
    (void)state;
    make_fixture(&data);
    for (int i = 0; i < EXPRESSION_COUNT; i++) {
        rg_buffer text;
        rg_size built;
        rg_size size;
        make_expression(&tree);
        rg__buffer_init(&text, rg__default_allocator());
        append_text(&text, &tree, tree.count - 1);
        assert_int_equal(rg_size_parse(&size, data.context, rg__buffer_string(&text)), RG_OK);
        if (build(&built, data.context, &data, &tree)) {
            check_values(&data, &tree, size, "parse");
            rg__buffer_clear(&text);
            assert_int_equal(rg_size_print(data.context, size, rg__buffer_sink(&text)), RG_OK);
            assert_int_equal(rg_size_parse(&built, data.context, rg__buffer_string(&text)), RG_OK);
            if (!rg_size_same(size, built)) {
                fail_with(&data, &tree, size, "printing does not read back", -1);
            }
        }
        rg__buffer_free(&text);
    }
    rg_context_destroy(data.context);
}

/* a - b is a related pair, and so are two expressions that differ in one place: verdicts on those are not all UNKNOWN.
 */
static void make_pair(expression *a, expression *b)
{
    make_expression(a);
    if (random_below(2) == 0) {
        make_expression(b);
        return;
    }
    *b = *a;
    node *changed = &b->nodes[random_below(b->count)];
    if (changed->kind == NODE_OPERATION) {
        int kept = changed->a;
        changed->a = changed->b;
        changed->b = changed->operation == RG_SIZE_POWER ? changed->b : kept;
    } else {
        *changed = (node){.kind = NODE_SYMBOL, .value = random_below(SYMBOL_COUNT)};
    }
}

static void test_verdicts(void **state)
{
    fixture data;
    expression trees[2];
    int verdicts[2][3] = {{0}};
    (void)state;
    make_fixture(&data);
    for (int i = 0; i < 2 * EXPRESSION_COUNT; i++) {
        rg_size sizes[2];
        make_pair(&trees[0], &trees[1]);
        if (!build(&sizes[0], data.context, &data, &trees[0]) || !build(&sizes[1], data.context, &data, &trees[1])) {
            continue;
        }
        rg_truth equal = rg_size_equal(data.context, sizes[0], sizes[1]);
        rg_truth less_equal = rg_size_less_equal(data.context, sizes[0], sizes[1]);
        verdicts[0][equal]++;
        verdicts[1][less_equal]++;
        assert_false(equal == RG_YES && less_equal == RG_NO);
        for (int j = 0; j < BINDING_COUNT; j++) {
            int64_t a;
            int64_t b;
            if (!evaluate(&a, &trees[0], data.bindings[j]) || !evaluate(&b, &trees[1], data.bindings[j])) {
                continue;
            }
            if ((equal != RG_UNKNOWN && (a == b) != (equal == RG_YES)) ||
                (less_equal != RG_UNKNOWN && (a <= b) != (less_equal == RG_YES))) {
                print_error("equal %d, less or equal %d\n", equal, less_equal);
                fail_with(&data, &trees[1], sizes[1], "second of a wrong verdict", -1);
                fail_with(&data, &trees[0], sizes[0], "first of a wrong verdict", j);
            }
        }
    }
    for (int i = 0; i < 2; i++) {
        assert_true(verdicts[i][RG_NO] > 100 && verdicts[i][RG_YES] > 100 && verdicts[i][RG_UNKNOWN] > 100);
    }
    rg_context_destroy(data.context);
}

/* A symbol replaced by an expression has the expression's value. */
static void test_substitute_expressions(void **state)
{
    fixture data;
    expression outer;
    expression inner;
    (void)state;
    make_fixture(&data);
    for (int i = 0; i < EXPRESSION_COUNT; i++) {
        rg_size size;
        rg_size replacement;
        rg_size result;
        int64_t symbol = random_below(SYMBOL_COUNT);
        make_expression(&outer);
        inner.count = 0;
        (void)grow(&inner, 1);
        if (!build(&size, data.context, &data, &outer) || !build(&replacement, data.context, &data, &inner) ||
            rg_size_substitute(&result, data.context, size, &data.symbols[symbol], &replacement, 1) != RG_OK) {
            rg_context_clear_diagnostics(data.context);
            continue;
        }
        for (int j = 0; j < BINDING_COUNT; j++) {
            int64_t binding[SYMBOL_COUNT];
            int64_t expected;
            int64_t value;
            rg_size numbers[SYMBOL_COUNT];
            rg_size number;
            memcpy(binding, data.bindings[j], sizeof binding);
            if (!evaluate(&binding[symbol], &inner, binding) || binding[symbol] < symbols[symbol].low ||
                !evaluate(&expected, &outer, binding)) {
                continue; /* not defined, or not admissible for the symbol */
            }
            for (int k = 0; k < SYMBOL_COUNT; k++) {
                assert_int_equal(rg_size_from_int(&numbers[k], data.context, data.bindings[j][k]), RG_OK);
            }
            rg_status status = rg_size_substitute(&number, data.context, result, data.symbols, numbers, SYMBOL_COUNT);
            rg_context_clear_diagnostics(data.context);
            if (status == RG_OK && (!rg_size_as_int(data.context, number, &value) || value != expected)) {
                fail_with(&data, &outer, result, "substitute", j);
            }
        }
    }
    rg_context_destroy(data.context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_combine_and_substitute),
        cmocka_unit_test(test_parse_and_print),
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_substitute_expressions),
    };
    seed_from_environment();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

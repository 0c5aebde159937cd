/* The ops of a context, and calls seen through their schema: ir/op.c and ir/call.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "ir/context_impl.h"
#include "support/failing_allocator.h"
#include "support/graph_building.h"

static int make_context(void **state)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    *state = context;
    return 0;
}

static int drop_context(void **state)
{
    rg_context_destroy(*state);
    return 0;
}

static rg_op intern(rg_context *context, rg_op_kind kind, const char *name)
{
    rg_op op;
    assert_int_equal(rg_context_intern_op(&op, context, kind, rg_string_from(name)), RG_OK);
    return op;
}

static rg_op find(const rg_context *context, const char *name)
{
    return rg_context_find_op(context, rg_string_from(name));
}

static rg_status declare(rg_op *out, rg_context *context, const char *schema, uint32_t traits)
{
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    declaration.schema = rg_string_from(schema);
    declaration.traits = traits;
    return rg_context_declare_op(out, context, &declaration);
}

/* Every row of the table: its schema parses and says the row's name, its roles name arguments, it can be found. */
static void test_every_row(void **state)
{
    rg_context *context = *state;
    assert_true(rg__op_row_count > 300);
    for (size_t row = 0; row < rg__op_row_count; row++) {
        const char *name = rg__op_rows[row].name;
        rg_op op = find(context, name);
        if (rg_op_is_null(op) || rg__op_prepare(context, op) != RG_OK) {
            const rg_diagnostic *diagnostic = rg_context_diagnostic(context, 0);
            fail_msg("%s: %s", name, diagnostic == NULL ? "not found" : diagnostic->message.data);
        }
        assert_string_is(rg_op_name(context, op), name);
        const rg_op_descriptor *descriptor = rg__op_descriptor(context, op);
        assert_ptr_equal(descriptor->row, &rg__op_rows[row]);
        assert_int_equal(rg_op_has_schema(context, op), rg__op_rows[row].schema != NULL);
        if (rg__op_rows[row].schema == NULL) {
            assert_int_equal(rg_op_argument_count(context, op), 0);
            continue;
        }
        assert_string_is(rg_op_schema(context, op), rg__op_rows[row].schema);
        rg_schema schema;
        rg_string parsed_name;
        assert_int_equal(rg__schema_parse(&schema, &parsed_name, context, rg_op_schema(context, op)), RG_OK);
        if (descriptor->kind == RG_OP_OVERLOAD) {
            assert_string_is(parsed_name, name);
        }
        bool mutates = (rg_op_traits(context, op) & RG_TRAIT_MUTATES) != 0;
        assert_int_equal(mutates, schema.mutates);
        if (mutates && (rg_op_traits(context, op) & RG_TRAIT_PURE) != 0) {
            fail_msg("%s is marked pure and writes an argument", name);
        }
    }
}

static void test_kinds_and_ids(void **state)
{
    rg_context *context = *state;
    static const char *const pseudo[] = {"placeholder", "output", "get_attr", "call_module"};
    for (uint16_t i = 0; i < 4; i++) {
        rg_op op = find(context, pseudo[i]);
        assert_int_equal(op.id, i + 1);
        assert_int_equal(rg_op_get_kind(context, op), i);
        assert_string_is(rg_op_name(context, op), pseudo[i]);
        assert_int_equal(intern(context, (rg_op_kind)i, "any name").id, op.id);
    }
    size_t count = rg_context_op_count(context);
    assert_int_equal(count, 4 + rg__op_row_count);
    assert_int_equal(rg_op_get_kind(context, find(context, "aten.add.Tensor")), RG_OP_OVERLOAD);
    assert_int_equal(rg_op_get_kind(context, find(context, "operator.getitem")), RG_OP_OPERATOR);
    assert_int_equal(rg_op_get_kind(context, find(context, "higher_order.auto_functionalized")), RG_OP_HIGHER_ORDER);
    assert_int_equal(rg_op_get_kind(context, find(context, "torch.sym_max")), RG_OP_FUNCTION);
    assert_true(rg_op_same(find(context, "torch.ops.aten.add.Tensor"), find(context, "aten.add.Tensor")));
    assert_true(rg_op_is_null(find(context, "my.new.op")));
    assert_true(rg_op_is_null(find(context, "")));

    rg_op mine = intern(context, RG_OP_OVERLOAD, "torch.ops.my.new.op");
    assert_int_equal(mine.id, count + 1);
    assert_int_equal(rg_context_op_count(context), count + 1);
    assert_true(rg_op_same(mine, find(context, "my.new.op")));
    assert_true(rg_op_same(mine, intern(context, RG_OP_OVERLOAD, "my.new.op")));
    assert_string_is(rg_op_name(context, mine), "my.new.op");
    assert_false(rg_op_has_schema(context, mine));
    assert_int_equal(rg_op_schema(context, mine).size, 0);
    assert_int_equal(rg_op_traits(context, mine), 0);
    assert_int_equal(rg_op_result_count(context, mine), 0);
    rg_op method = intern(context, RG_OP_METHOD, ".my_method");
    assert_int_equal(rg_op_get_kind(context, method), RG_OP_METHOD);

    rg_op op;
    assert_int_equal(rg_context_intern_op(&op, context, RG_OP_FUNCTION, (rg_string){"", 0}), RG_ERROR_NAME);
    assert_int_equal(rg_context_intern_op(&op, context, RG_OP_FUNCTION, (rg_string){"a\0b", 3}), RG_ERROR_NAME);
    assert_true(rg_op_is_null(op));
    assert_int_equal(rg_op_get_kind(context, (rg_op){0}), RG_OP_FUNCTION);
    assert_int_equal(rg_op_traits(context, (rg_op){65000}), RG_TRAIT_EFFECT);
}

/* Python functions may have the names of other things. */
static void test_same_name_different_kind(void **state)
{
    rg_context *context = *state;
    rg_op function = intern(context, RG_OP_FUNCTION, "output");
    assert_int_equal(rg_op_get_kind(context, function), RG_OP_FUNCTION);
    assert_string_is(rg_op_name(context, function), "output");
    assert_true(rg_op_same(function, intern(context, RG_OP_FUNCTION, "output")));
    assert_int_equal(rg_op_get_kind(context, find(context, "output")), RG_OP_OUTPUT);
    rg_op overload = intern(context, RG_OP_OVERLOAD, "my.own.function");
    rg_op twin = intern(context, RG_OP_FUNCTION, "my.own.function");
    assert_false(rg_op_same(overload, twin));
    assert_true(rg_op_same(overload, find(context, "my.own.function")));
    assert_true(rg_op_same(twin, intern(context, RG_OP_FUNCTION, "my.own.function")));
}

static void test_traits_of_operators(void **state)
{
    rg_context *context = *state;
    static const struct {
        const char *name;
        uint32_t traits;
    } cases[] = {
        {"operator.matmul", RG_TRAIT_PURE},     {"operator.invert", RG_TRAIT_PURE},
        {"operator.is_", RG_TRAIT_PURE},        {"operator.iadd", RG_TRAIT_MUTATES},
        {"operator.setitem", RG_TRAIT_MUTATES}, {"operator.ixor", RG_TRAIT_MUTATES},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t traits = rg_op_traits(context, intern(context, RG_OP_OPERATOR, cases[i].name));
        assert_int_equal(traits & (RG_TRAIT_PURE | RG_TRAIT_MUTATES), cases[i].traits);
    }
    assert_int_equal(rg_op_traits(context, intern(context, RG_OP_FUNCTION, "my_iadd")), 0);
}

static void test_too_many_ops(void **state)
{
    rg_context *context = *state;
    rg_op op;
    rg_status status = RG_OK;
    for (int i = 0; i < 70000 && status == RG_OK; i++) {
        char name[32];
        (void)snprintf(name, sizeof(name), "f.n%d.o", i);
        status = rg_context_intern_op(&op, context, RG_OP_OVERLOAD, rg_string_from(name));
    }
    assert_int_equal(status, RG_ERROR_LIMIT);
    assert_int_equal(rg_context_op_count(context), 65535);
    assert_true(rg_op_same(find(context, "f.n0.o"), intern(context, RG_OP_OVERLOAD, "f.n0.o")));
}

static void test_arguments(void **state)
{
    rg_context *context = *state;
    rg_op op;
    assert_int_equal(
        declare(&op, context, "my::scale(Tensor(a!) x, float s=1.5, *, Tensor(b) t) -> (Tensor(b), int)", 0), RG_OK);
    assert_int_equal(rg_op_argument_count(context, op), 3);
    assert_int_equal(rg_op_result_count(context, op), 2);
    rg_argument_info info;
    assert_int_equal(rg_op_argument(&info, context, op, 0), RG_OK);
    assert_string_is(info.name, "x");
    assert_string_is(info.type, "Tensor");
    assert_true(info.mutated && info.aliased && !info.keyword_only);
    assert_true(rg_value_is_missing(info.default_value));
    assert_int_equal(rg_op_argument(&info, context, op, 1), RG_OK);
    assert_true(rg_value_as_float(info.default_value) == 1.5);
    assert_false(info.mutated || info.aliased);
    assert_int_equal(rg_op_argument(&info, context, op, 2), RG_OK);
    assert_true(info.keyword_only && info.aliased && !info.mutated);
    assert_int_equal(rg_op_argument(&info, context, op, 3), RG_ERROR_ARGUMENT);
    assert_int_equal(info.name.size, 0);
    assert_int_equal(rg_op_argument(&info, context, (rg_op){0}, 0), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_op_argument(&info, context, intern(context, RG_OP_METHOD, ".x"), 0), RG_ERROR_ARGUMENT);
    /* Roles come from the table. */
    assert_int_equal(rg_op_argument(&info, context, find(context, "aten.sym_size.int"), 1), RG_OK);
    assert_int_equal(info.role, RG_ROLE_DIM);
    assert_int_equal(rg_op_argument(&info, context, find(context, "aten.sym_size.int"), 0), RG_OK);
    assert_int_equal(info.role, RG_ROLE_PLAIN);
}

static void test_declaring(void **state)
{
    rg_context *context = *state;
    rg_op op;
    rg_op again;
    assert_int_equal(declare(&op, context, "my::a(Tensor x, int[2] n=1) -> Tensor", 0), RG_OK);
    assert_int_equal(rg_op_traits(context, op), RG_TRAIT_PURE);
    assert_string_is(rg_op_name(context, op), "my.a.default");
    assert_int_equal(rg_op_get_kind(context, op), RG_OP_OVERLOAD);
    assert_int_equal(declare(&again, context, "my::a( Tensor x, int[2] n=[1, 1]) -> Tensor", 0), RG_OK);
    assert_true(rg_op_same(op, again));
    assert_int_equal(declare(&again, context, "my::a(Tensor x) -> Tensor", 0), RG_ERROR_NAME);
    assert_true(rg_op_is_null(again));
    assert_int_equal(rg_op_argument_count(context, op), 2);
    /* A built-in op with its own schema, and with another one. */
    assert_int_equal(declare(&op, context, "aten::relu(Tensor self) -> Tensor", 0), RG_OK);
    assert_true(rg_op_same(op, find(context, "aten.relu.default")));
    assert_int_equal(declare(&op, context, "aten::relu(Tensor x) -> Tensor", 0), RG_ERROR_NAME);
    /* Traits: given ones, and those that the schema tells. */
    assert_int_equal(declare(&op, context, "my::b(Tensor! x) -> ()", 0), RG_OK);
    assert_int_equal(rg_op_traits(context, op), RG_TRAIT_MUTATES);
    assert_int_equal(declare(&op, context, "my::c(Tensor(a) x) -> Tensor(a)", 0), RG_OK);
    assert_int_equal(rg_op_traits(context, op), RG_TRAIT_VIEW | RG_TRAIT_PURE);
    assert_int_equal(declare(&op, context, "my::d(Tensor x) -> Tensor", RG_TRAIT_RANDOM), RG_OK);
    assert_int_equal(rg_op_traits(context, op), RG_TRAIT_RANDOM);
    assert_int_equal(declare(&op, context, "my::e(Tensor x -> Tensor", 0), RG_ERROR_SYNTAX);
    assert_true(rg_op_is_null(find(context, "my.e.default")));
    /* An op seen opaque gains the schema; a function of that name does not. */
    rg_op seen = intern(context, RG_OP_OVERLOAD, "my.f.default");
    assert_int_equal(declare(&op, context, "my::f(Tensor x) -> Tensor", 0), RG_OK);
    assert_true(rg_op_same(seen, op));
    assert_true(rg_op_has_schema(context, seen));
    (void)intern(context, RG_OP_FUNCTION, "my.g.default");
    assert_int_equal(declare(&op, context, "my::g(Tensor x) -> Tensor", 0), RG_ERROR_NAME);
}

static void test_parent_and_children(void **state)
{
    rg_context *parent = *state;
    rg_op opaque = intern(parent, RG_OP_OVERLOAD, "my.shared.default");
    rg_op declared;
    assert_int_equal(declare(&declared, parent, "my::known(Tensor x, int n=3) -> Tensor", 0), RG_OK);
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.parent = parent;
    rg_context *a;
    rg_context *b;
    assert_int_equal(rg_context_create(&a, &options), RG_OK);
    assert_int_equal(rg_context_create(&b, &options), RG_OK);
    size_t held = parent->arena.total;
    uint32_t descriptors = parent->ops.count;

    assert_int_equal(rg_context_op_count(a), rg_context_op_count(parent));
    assert_true(rg_op_same(find(a, "my.known.default"), declared));
    assert_int_equal(rg_op_argument_count(a, declared), 2);
    /* A built-in op that the parent has not looked at. */
    rg_op relu = find(a, "aten.relu.default");
    assert_int_equal(rg_op_argument_count(a, relu), 1);
    assert_ptr_not_equal(rg__op_descriptor(a, relu), rg__op_descriptor(b, relu));
    /* Ops of their own: the same id means different ops. */
    rg_op own_a = intern(a, RG_OP_OVERLOAD, "my.only_a.default");
    rg_op own_b = intern(b, RG_OP_OVERLOAD, "my.only_b.default");
    assert_int_equal(own_a.id, own_b.id);
    assert_string_is(rg_op_name(a, own_a), "my.only_a.default");
    assert_string_is(rg_op_name(b, own_b), "my.only_b.default");
    assert_true(rg_op_is_null(find(b, "my.only_a.default")));
    /* A parent's opaque op gains a schema in the child alone. */
    rg_op gained;
    assert_int_equal(declare(&gained, a, "my::shared(Tensor x) -> Tensor", 0), RG_OK);
    assert_true(rg_op_same(gained, opaque));
    assert_true(rg_op_has_schema(a, opaque));
    assert_false(rg_op_has_schema(b, opaque));
    assert_int_equal(parent->arena.total, held);
    assert_int_equal(parent->ops.count, descriptors);
    rg_context_destroy(a);
    rg_context_destroy(b);
    assert_false(rg_op_has_schema(parent, opaque));
}

/* ---- calls seen through their schema ---- */

static void check_argument(const rg_graph *graph, rg_node node, size_t index, rg_value expected)
{
    assert_true(rg_value_equal(rg_graph_context(graph), graph, rg_node_schema_argument(graph, node, index), expected));
}

static void test_schema_arguments(void **state)
{
    rg_context *context = *state;
    rg_op op;
    assert_int_equal(declare(&op, context, "my::f(Tensor x, int n=7, str s='d', *, bool k=True, float e) -> Tensor", 0),
                     RG_OK);
    rg_graph *graph = build_graph(context);
    rg_node x = build_placeholder(graph, "x");
    rg_value three = build_int(context, 3);
    rg_value seven = build_int(context, 7);
    rg_value d = build_string(context, "d");
    rg_node call = build_call(graph, "my.f.default", NULL, VALUES(value_of(x)));
    rg_value expected[] = {value_of(x), seven, d, rg_value_bool(true), rg_value_missing(), rg_value_missing()};
    for (size_t i = 0; i < 6; i++) {
        check_argument(graph, call, i, expected[i]);
    }
    /* Keywords in any order, some for positional arguments. */
    const char *names[] = {NULL, "e", "s", "n"};
    rg_value values[] = {value_of(x), rg_value_float(0.5), rg_value_none(), three};
    call = build_call_named(graph, "my.f.default", names, values, 4);
    rg_value mixed[] = {value_of(x), three, rg_value_none(), rg_value_bool(true), rg_value_float(0.5)};
    for (size_t i = 0; i < 5; i++) {
        check_argument(graph, call, i, mixed[i]);
    }
    const char *all_named[] = {"n", "x"};
    call = build_call_named(graph, "my.f.default", all_named, (rg_value[]){three, value_of(x)}, 2);
    check_argument(graph, call, 0, value_of(x));
    check_argument(graph, call, 1, three);
    check_argument(graph, call, 2, d);
    /* One positional argument too many does not become a keyword-only one. */
    call = build_call(graph, "my.f.default", NULL, VALUES(value_of(x), three, d, rg_value_bool(false)));
    check_argument(graph, call, 3, rg_value_bool(true));
    assert_true(rg_value_is_missing(rg_node_schema_argument(graph, (rg_node){99}, 0)));
    /* Opaque ops answer for positional arguments. */
    call = build_call_named(graph, "my.unknown.default", names, values, 4);
    check_argument(graph, call, 0, value_of(x));
    check_argument(graph, call, 1, rg_value_missing());
    /* ... until they are declared. */
    rg_op unknown;
    assert_int_equal(declare(&unknown, context, "my::unknown(Tensor x, str s, int n=7) -> Tensor", 0), RG_OK);
    check_argument(graph, call, 1, rg_value_none());
    check_argument(graph, call, 2, three);
    rg_graph_destroy(graph);
}

static void test_wrapped_calls(void **state)
{
    rg_context *context = *state;
    rg_op op;
    rg_op other;
    assert_int_equal(declare(&op, context, "my::w(Tensor! out, Tensor x, int n=7, Tensor? z=None) -> ()", 0), RG_OK);
    assert_int_equal(declare(&other, context, "my::v(Tensor x, Tensor! out) -> ()", 0), RG_OK);
    rg_graph *graph = build_graph(context);
    rg_node x = build_placeholder(graph, "x");
    rg_node y = build_placeholder(graph, "y");
    const char *names[] = {NULL, "x", "out"};
    rg_value values[] = {rg_value_op(op), value_of(x), value_of(y)};
    rg_node call = build_call_named(graph, "higher_order.auto_functionalized", names, values, 3);
    check_argument(graph, call, 0, value_of(y));
    check_argument(graph, call, 1, value_of(x));
    check_argument(graph, call, 2, build_int(context, 7));
    check_argument(graph, call, 4, rg_value_missing());
    /* Wrapping another op changes what the call means. */
    assert_int_equal(rg_graph_set_argument(graph, call, 0, rg_value_op(other)), RG_OK);
    check_argument(graph, call, 0, value_of(x));
    check_argument(graph, call, 1, value_of(y));
    assert_graph_holds(graph);

    const char *names_v2[] = {NULL, "x", "_out_base_index", "_all_bases"};
    rg_value bases = build_items(graph, RG_VALUE_LIST, VALUES(value_of(x), value_of(y)));
    rg_value values_v2[] = {rg_value_op(op), value_of(x), build_int(context, 1), bases};
    call = build_call_named(graph, "higher_order.auto_functionalized_v2", names_v2, values_v2, 4);
    check_argument(graph, call, 0, value_of(y));
    check_argument(graph, call, 1, value_of(x));
    assert_int_equal(rg_graph_set_argument(graph, call, 2, rg_value_none()), RG_OK);
    check_argument(graph, call, 0, rg_value_none());
    assert_int_equal(rg_graph_set_argument(graph, call, 2, build_int(context, 5)), RG_OK);
    check_argument(graph, call, 0, rg_value_missing());
    /* A view of the base is not the base. */
    const char *names_view[] = {NULL, "_out_base_index", "_out_slice_dim", "_all_bases"};
    rg_value values_view[] = {rg_value_op(op), build_int(context, 1), build_int(context, 0), bases};
    call = build_call_named(graph, "higher_order.auto_functionalized_v2", names_view, values_view, 4);
    check_argument(graph, call, 0, rg_value_missing());
    assert_graph_holds(graph);
    rg_graph_destroy(graph);
}

/* Spellings made in a parent answer in its children, and with schemas that only a child knows. */
static void test_calls_across_contexts(void **state)
{
    rg_context *parent = *state;
    rg_graph *first = build_graph(parent);
    const char *names[] = {"b", "a"};
    (void)build_call_named(first, "my.q.default", names, (rg_value[]){build_int(parent, 1), build_int(parent, 2)}, 2);
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.parent = parent;
    rg_context *child;
    assert_int_equal(rg_context_create(&child, &options), RG_OK);
    rg_op op;
    assert_int_equal(declare(&op, child, "my::q(int a, int b) -> int", 0), RG_OK);
    rg_graph *graph = build_graph(child);
    rg_node call =
        build_call_named(graph, "my.q.default", names, (rg_value[]){build_int(child, 1), build_int(child, 2)}, 2);
    check_argument(graph, call, 0, build_int(child, 2));
    check_argument(graph, call, 1, build_int(child, 1));
    assert_string_is(rg_node_argument_name(graph, call, 1), "a");
    assert_graph_holds(graph);
    rg_graph_destroy(graph);
    rg_context_destroy(child);
    rg_graph_destroy(first);
}

static rg_status op_job(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_context *context;
    rg_status status = rg_context_create(&context, &options);
    if (status != RG_OK) {
        return status;
    }
    rg_op op;
    status = declare(&op, context, "my::f(Tensor x, int n=7, *, float e=1e-05) -> Tensor", 0);
    for (int i = 0; i < 60 && status == RG_OK; i++) {
        char name[32];
        (void)snprintf(name, sizeof(name), "a.b%d.c", i);
        size_t count = rg_context_op_count(context);
        status = rg_context_intern_op(&op, context, RG_OP_OVERLOAD, rg_string_from(name));
        assert_int_equal(rg_op_is_null(op), status != RG_OK);
        assert_int_equal(rg_context_op_count(context), status == RG_OK ? count + 1 : count);
        assert_true(status != RG_OK || rg_string_equal(rg_op_name(context, op), rg_string_from(name)));
    }
    rg_op mul = rg_context_find_op(context, rg_string_from("aten.mul.Tensor"));
    rg_argument_info info;
    status = status != RG_OK ? status : rg_op_argument(&info, context, mul, 0);
    rg_context_destroy(context);
    return status;
}

static void test_memory_runs_out(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(op_job, NULL) > 20);
}

#define CONTEXT_TEST(test) cmocka_unit_test_setup_teardown(test, make_context, drop_context)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTEXT_TEST(test_every_row),
        CONTEXT_TEST(test_kinds_and_ids),
        CONTEXT_TEST(test_same_name_different_kind),
        CONTEXT_TEST(test_traits_of_operators),
        CONTEXT_TEST(test_too_many_ops),
        CONTEXT_TEST(test_arguments),
        CONTEXT_TEST(test_declaring),
        CONTEXT_TEST(test_parent_and_children),
        CONTEXT_TEST(test_schema_arguments),
        CONTEXT_TEST(test_wrapped_calls),
        CONTEXT_TEST(test_calls_across_contexts),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

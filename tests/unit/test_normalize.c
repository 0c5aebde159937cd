/*
 * test_normalize.c: arguments in normal form (ops/normalize.c): what means the same becomes equal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "ops/infer.h"
#include "support/failing_allocator.h"

enum { TEXT_SIZE = 2048 };

typedef struct normal_case {
    const char *inputs;
    const char *type; /* the call's annotation; "" for none */
    const char *call;
    size_t index;
    const char *expected; /* as printed; "-" for missing */
} normal_case;

#define X "x: \"f32[2, 4, 6][24, 6, 1]cpu\""
#define S "x: \"f32[s0, s1, 8][8*s1, 8, 1]cpu\", n: \"Sym(s0)\", m: \"Sym(s0*s1)\""

static const normal_case cases[] = {
    /* dimensions */
    {X, "f32[2, 6, 4]", "aten.transpose.int(x, -1, 1)", 1, "2"},
    {X, "f32[2, 6, 4]", "aten.transpose.int(x, -1, 1)", 2, "1"},
    {X, "f32[6, 2, 4]", "aten.permute.default(x, (-1, 0, -2))", 1, "[2, 0, 1]"},
    {X, "f32[2, 4]", "aten.sum.dim_IntList(x, -1)", 1, "[2]"},
    {X, "f32[2, 4]", "aten.sum.dim_IntList(x, [-1])", 1, "[2]"},
    {X, "f32[]", "aten.sum.dim_IntList(x, None)", 1, "None"},
    {X, "f32[2, 4, 6]", "aten.softmax.int(x, -9)", 1, "-9"}, /* wrong, and left for inference to say */
    {"x: \"f32[][]cpu\"", "f32[]", "aten.softmax.int(x, -1)", 1, "0"},
    {"x", "f32[]", "aten.softmax.int(x, -1)", 1, "-1"}, /* no type, no rank */
    {X, "f32[4, 4, 6]", "aten.cat.default([x, x], -3)", 1, "0"},
    /* dimensions of the result */
    {X, "f32[2, 4, 6, 1]", "aten.unsqueeze.default(x, -1)", 1, "3"},
    {X, "f32[2, 4, 6, 1]", "aten.unsqueeze.default(x, 3)", 1, "3"},
    {X, "", "aten.unsqueeze.default(x, -1)", 1, "-1"},
    /* sizes of the result */
    {X, "f32[8, 6]", "aten.view.default(x, [-1, 6])", 1, "[8, 6]"},
    {X, "f32[8, 6]", "aten.reshape.default(x, (8, -1))", 1, "[8, 6]"},
    {X, "", "aten.view.default(x, (-1, 6))", 1, "[-1, 6]"},
    {S, "f32[s0*s1, 8]", "aten.view.default(x, [m, 8])", 1, "[s0*s1, 8]"},
    {S, "f32[s0*s1, 8]", "aten.view.default(x, [-1, 8])", 1, "[s0*s1, 8]"},
    {S, "f32[s0]", "aten.full.default([n], 1)", 0, "[s0]"},
    {X, "f32[3, 2, 4, 6]", "aten.expand.default(x, [3, -1, -1, -1])", 1, "[3, 2, 4, 6]"},
    /* slices */
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, 1, 0, 9223372036854775807)", 3, "4"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, 1, None, None)", 2, "0"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, 1, None, None)", 3, "4"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, -2)", 3, "4"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, -2)", 1, "1"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x)", 3, "2"},
    {X, "f32[2, 2, 6]", "aten.slice.Tensor(x, 1, -2)", 2, "2"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, 1, -9, 3)", 2, "0"},
    {X, "f32[2, 4, 6]", "aten.slice.Tensor(x, 7, 1, 100)", 3, "100"}, /* no such dimension */
    {S, "f32[s0, s1 - 1, 8]", "aten.slice.Tensor(x, 1, 1)", 3, "s1"},
    {S, "f32[s0, s1 - 1, 8]", "aten.slice.Tensor(x, 1, 0, -1)", 3, "s1 - 1"},
    {S, "f32[s0, s1, 8]", "aten.slice.Tensor(x, 0, 0, n)", 3, "s0"},
    {S, "f32[s0, s1, 8]", "aten.slice.Tensor(x, 0, 0, m)", 3, "s0"}, /* s0*s1 is beyond s0 */
    {S, "f32[3, s1, 8]", "aten.slice.Tensor(x, 0, 0, 3)", 3, "3"},
    /* lists */
    {"x: \"f32[2, 4, 6, 6][144, 36, 6, 1]cpu\"", "", "aten.avg_pool2d.default(x, 2)", 1, "[2, 2]"},
    {"x: \"f32[2, 4, 6, 6][144, 36, 6, 1]cpu\"", "", "aten.avg_pool2d.default(x, (2, 3))", 1, "[2, 3]"},
    {"x: \"f32[2, 4, 6, 6][144, 36, 6, 1]cpu\"", "", "aten.avg_pool2d.default(x, 2)", 3, "[0, 0]"},
    {S, "", "aten.zeros.default(n)", 0, "[n]"},
    /* the rest as it is */
    {X, "f32[2, 4, 6]", "aten.add.Tensor(x, 1)", 1, "1"},
    {X, "f32[2, 4, 6]", "aten.add.Tensor(x, 1)", 2, "1"},
    {X, "f32[2, 4, 6]", "aten.add.Tensor(x, other = 1.5)", 1, "1.5"},
    {X, "f32[2, 4, 6]", "aten.add.Tensor(x, 1)", 3, "-"},
    {X, "f32[2, 4, 6]", "aten.not_known.default(x, -1)", 1, "-1"},
};

static rg_graph *parse_case(rg_context *context, const normal_case *row)
{
    char text[TEXT_SIZE];
    rg_graph *graph = NULL;
    const char *open = row->type[0] == '\0' ? "" : ": \"";
    const char *close = row->type[0] == '\0' ? "" : "\"";
    int written = snprintf(text, sizeof(text),
                           "class GraphModule(torch.nn.Module):\n    def forward(self, %s):\n"
                           "        result%s%s%s = torch.ops.%s\n        return (result,)\n",
                           row->inputs, open, row->type, close, row->call);
    assert_true(written > 0 && (size_t)written < sizeof(text));
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("case.py")), RG_OK);
    return graph;
}

static void test_cases(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const normal_case *row = &cases[i];
        rg_context *context = NULL;
        rg_value value;
        rg_buffer text;
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg__buffer_init(&text, rg__default_allocator());
        rg_graph *graph = parse_case(context, row);
        rg_node node = rg_graph_find(graph, rg_string_from("result"));
        assert_int_equal(rg_node_normal_argument(&value, graph, node, row->index), RG_OK);
        if (rg_value_is_missing(value)) {
            rg__buffer_append_char(&text, '-');
        } else {
            assert_int_equal(rg_value_print(context, graph, value, rg__buffer_sink(&text)), RG_OK);
        }
        if (strcmp(text.data, row->expected) != 0) {
            print_error("argument %zu of %s\n    is       %s\n    expected %s\n", row->index, row->call, text.data,
                        row->expected);
            wrong++;
        }
        rg__buffer_free(&text);
        rg_graph_destroy(graph);
        rg_context_destroy(context);
    }
    assert_int_equal(wrong, 0);
}

/* ---- dtypes ---- */

/* torch.promote_types: a row and a column each dtype, in the order of RG_DTYPE_LIST without the fnuz kinds; the result
 * by abbreviation, '.' where there is none. */
static const char *const promotion_names[] = {"b8",  "u8",   "u16",      "u32",    "u64", "i8",  "i16", "i32", "i64",
                                              "f16", "bf16", "f8e4m3fn", "f8e5m2", "f32", "f64", "c32", "c64", "c128"};
enum { PROMOTED = sizeof(promotion_names) / sizeof(promotion_names[0]) };
static const char *const promotions[PROMOTED] = {
    "b8 u8 . . . i8 i16 i32 i64 f16 bf16 . . f32 f64 c32 c64 c128",
    "u8 u8 . . . i16 i16 i32 i64 f16 bf16 . . f32 f64 c32 c64 c128",
    ". . u16 . . . . . . f16 bf16 . . f32 f64 . . .",
    ". . . u32 . . . . . f16 bf16 . . f32 f64 . . .",
    ". . . . u64 . . . . f16 bf16 . . f32 f64 . . .",
    "i8 i16 . . . i8 i16 i32 i64 f16 bf16 . . f32 f64 c32 c64 c128",
    "i16 i16 . . . i16 i16 i32 i64 f16 bf16 . . f32 f64 c32 c64 c128",
    "i32 i32 . . . i32 i32 i32 i64 f16 bf16 . . f32 f64 c32 c64 c128",
    "i64 i64 . . . i64 i64 i64 i64 f16 bf16 . . f32 f64 c32 c64 c128",
    "f16 f16 f16 f16 f16 f16 f16 f16 f16 f16 f32 . . f32 f64 c32 c64 c128",
    "bf16 bf16 bf16 bf16 bf16 bf16 bf16 bf16 bf16 f32 bf16 . . f32 f64 c64 c64 c128",
    ". . . . . . . . . . . f8e4m3fn . . . . . .",
    ". . . . . . . . . . . . f8e5m2 . . . . .",
    "f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 . . f32 f64 c64 c64 c128",
    "f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 . . f64 f64 c128 c128 c128",
    "c32 c32 . . . c32 c32 c32 c32 c32 c64 . . c64 c128 c32 c64 c128",
    "c64 c64 . . . c64 c64 c64 c64 c64 c64 . . c64 c128 c64 c64 c128",
    "c128 c128 . . . c128 c128 c128 c128 c128 c128 . . c128 c128 c128 c128 c128",
};

static void test_promotion_of_dtypes(void **state)
{
    (void)state;
    for (size_t row = 0; row < PROMOTED; row++) {
        char line[TEXT_SIZE];
        char *rest = NULL;
        assert_true(snprintf(line, sizeof(line), "%s", promotions[row]) > 0);
        char *word = strtok_r(line, " ", &rest);
        for (size_t column = 0; column < PROMOTED; column++) {
            assert_non_null(word);
            rg_dtype a = rg_dtype_from_name(rg_string_from(promotion_names[row]));
            rg_dtype b = rg_dtype_from_name(rg_string_from(promotion_names[column]));
            assert_true(a != RG_DTYPE_NONE && b != RG_DTYPE_NONE);
            const char *actual = rg_dtype_abbreviation(rg__dtype_promote(a, b));
            assert_string_equal(actual[0] == '\0' ? "." : actual, word);
            word = strtok_r(NULL, " ", &rest);
        }
        assert_null(word);
    }
}

/* ---- types that agree ---- */

typedef struct agreement {
    const char *a;
    const char *b;
    bool agree;
} agreement;

static const agreement agreements[] = {
    {"f32[2, 3][3, 1]cuda:0", "f32[2, 3][3, 1]cuda:0", true},
    {"f32[2, 3][3, 1]cuda:0", "f32[2, 3]", true},
    {"f32[2, 3][3, 1]cuda:0", "f32[2, 3][3, 1]", true},
    {"f32[2, 3]cpu", "f32[2, 3][3, 1]", true},
    {"f32[2, 3][3, 1]cuda:0", "f32[2, 3][1, 2]cuda:0", false},
    {"f32[2, 3][3, 1]cuda:0", "f32[2, 3][3, 1]cuda:1", false},
    {"f32[2, 3][3, 1]cuda:0", "f32[2, 3][3, 1]cpu", false},
    {"f32[2, 3][3, 1]", "f16[2, 3][3, 1]", false},
    {"f32[2, 3][3, 1]", "f32[2, 3, 1][3, 1, 1]", false},
    {"f32[2, 3][3, 1]", "f32[2, 4][4, 1]", false},
    {"f32[s0][1]", "f32[s1][1]", false},
    {"f32[s0 + 1][1]", "f32[1 + s0][1]", true},
    {"f32[s0][1]", "f32[2*((s0//2))][1]", true}, /* equal where the division is exact */
    {"f32[16][1]", "f32[((s0//16))**2][1]", true},
    {"f32[s0 + 1][1]", "f32[((s0//2))][1]", false}, /* never equal */
    {"f32[s0*s1][1]", "f32[4*((s0//4))*s1][1]", true},
    {"f32[s0*s1][1]", "f32[s0*s2][1]", false},
    {"f32[s0][1]", "f32[64][1]", false}, /* a guard would have been solved */
    {"Sym(s0)", "Sym(2*((s0//2)))", true},
    {"Sym(s0)", "Sym(s1)", false},
    {"Sym(s0)", "f32[s0][1]", false},
};

static void test_agreement(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(agreements) / sizeof(agreements[0]); i++) {
        rg_context *context = NULL;
        rg_type a;
        rg_type b;
        rg_type tuples[2];
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        assert_int_equal(rg_type_parse(&a, context, rg_string_from(agreements[i].a)), RG_OK);
        assert_int_equal(rg_type_parse(&b, context, rg_string_from(agreements[i].b)), RG_OK);
        if (rg__type_agrees(context, a, b) != agreements[i].agree ||
            rg__type_agrees(context, b, a) != agreements[i].agree) {
            fail_msg("%s and %s", agreements[i].a, agreements[i].b);
        }
        const rg_type items[2][2] = {{a, a}, {a, b}};
        assert_int_equal(rg_type_from_items(&tuples[0], context, items[0], 2), RG_OK);
        assert_int_equal(rg_type_from_items(&tuples[1], context, items[1], 2), RG_OK);
        assert_int_equal(rg__type_agrees(context, tuples[0], tuples[1]), agreements[i].agree);
        assert_false(rg__type_agrees(context, a, tuples[0]));
        assert_false(rg__type_agrees(context, a, (rg_type){0}));
        assert_int_equal(rg_context_diagnostic_count(context), 0);
        rg_context_destroy(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_promotion_of_dtypes),
        cmocka_unit_test(test_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

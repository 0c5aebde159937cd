/* Types and dtypes: making, reading and printing them; every annotation of the corpus. */
#define _XOPEN_SOURCE 700 /* nftw */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <ftw.h>

#include <regraft/type.h>

#include "base/buffer.h"
#include "base/table.h"
#include "support/failing_allocator.h"

static const rg_type_print_options print_all = {true, true};

static int make_context(void **state)
{
    rg_context *context = NULL;
    if (rg_context_create(&context, NULL) != RG_OK) {
        return -1;
    }
    *state = context;
    return 0;
}

static int drop_context(void **state)
{
    rg_context_destroy(*state);
    return 0;
}

static rg_type parse(rg_context *context, const char *text)
{
    rg_type type;
    assert_int_equal(rg_type_parse(&type, context, rg_string_from(text)), RG_OK);
    assert_false(rg_type_is_null(type));
    return type;
}

static void check_print(const rg_context *context, rg_type type, rg_type_print_options options, const char *expected)
{
    rg_buffer buffer;
    rg__buffer_init(&buffer, rg__default_allocator());
    assert_int_equal(rg_type_print(context, type, options, rg__buffer_sink(&buffer)), RG_OK);
    assert_string_equal(buffer.data == NULL ? "" : buffer.data, expected);
    rg__buffer_free(&buffer);
}

/* ---- dtypes ---- */

static void test_dtypes(void **state)
{
    (void)state;
    for (unsigned i = 1; i < RG_DTYPE_COUNT; i++) {
        rg_dtype dtype = (rg_dtype)i;
        assert_int_equal(rg_dtype_from_name(rg_string_from(rg_dtype_abbreviation(dtype))), dtype);
        assert_int_equal(rg_dtype_from_name(rg_string_from(rg_dtype_torch_name(dtype))), dtype);
        assert_true(rg_dtype_bytes(dtype) > 0);
        assert_int_equal(rg_dtype_is_float(dtype) + rg_dtype_is_complex(dtype) + rg_dtype_is_integer(dtype),
                         dtype != RG_DTYPE_BOOL);
    }
    assert_string_equal(rg_dtype_abbreviation(RG_DTYPE_BF16), "bf16");
    assert_string_equal(rg_dtype_torch_name(RG_DTYPE_BF16), "bfloat16");
    assert_int_equal(rg_dtype_bytes(RG_DTYPE_C128), 16);
    assert_true(rg_dtype_is_float(RG_DTYPE_F8E4M3FN));
    assert_true(rg_dtype_is_integer(RG_DTYPE_U8));
    assert_true(rg_dtype_is_complex(RG_DTYPE_C32));
}

static void test_dtype_aliases(void **state)
{
    static const struct {
        const char *name;
        rg_dtype dtype;
    } cases[] = {
        {"half", RG_DTYPE_F16},  {"float", RG_DTYPE_F32},  {"double", RG_DTYPE_F64},   {"short", RG_DTYPE_I16},
        {"int", RG_DTYPE_I32},   {"long", RG_DTYPE_I64},   {"chalf", RG_DTYPE_C32},    {"cfloat", RG_DTYPE_C64},
        {"bool", RG_DTYPE_BOOL}, {"uint8", RG_DTYPE_U8},   {"cdouble", RG_DTYPE_C128}, {"", RG_DTYPE_NONE},
        {"f", RG_DTYPE_NONE},    {"Float", RG_DTYPE_NONE}, {"float3", RG_DTYPE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(rg_dtype_from_name(rg_string_from(cases[i].name)), cases[i].dtype);
    }
    assert_int_equal(rg_dtype_bytes(RG_DTYPE_NONE), 0);
    assert_string_equal(rg_dtype_abbreviation(RG_DTYPE_NONE), "");
    assert_string_equal(rg_dtype_torch_name((rg_dtype)1000), "");
    assert_false(rg_dtype_is_float(RG_DTYPE_NONE));
}

/* ---- making and reading ---- */

static void test_tensor(void **state)
{
    rg_context *context = *state;
    rg_size sizes[2];
    rg_size strides[2];
    rg_type type;
    rg_type again;

    assert_int_equal(rg_size_from_int(&sizes[0], context, 2), RG_OK);
    assert_int_equal(rg_size_parse(&sizes[1], context, rg_string_from("2*s0")), RG_OK);
    strides[0] = sizes[1];
    assert_int_equal(rg_size_from_int(&strides[1], context, 1), RG_OK);
    rg_tensor_type tensor = {.dtype = RG_DTYPE_F16,
                             .rank = 2,
                             .sizes = sizes,
                             .strides = strides,
                             .device = {"cuda", 1},
                             .wrapper = rg_string_from("Parameter")};
    assert_int_equal(rg_type_from_tensor(&type, context, &tensor), RG_OK);
    assert_int_equal(rg_type_from_tensor(&again, context, &tensor), RG_OK);
    assert_true(rg_type_same(type, again));
    assert_true(rg_type_same(type, parse(context, "Parameter(f16[2, 2*s0][2*s0, 1]cuda:1)")));

    rg_tensor_type read = rg_type_get_tensor(context, type);
    assert_int_equal(rg_type_get_kind(context, type), RG_TYPE_TENSOR);
    assert_int_equal(read.dtype, RG_DTYPE_F16);
    assert_int_equal(read.rank, 2);
    assert_memory_equal(read.sizes, sizes, sizeof sizes);
    assert_memory_equal(read.strides, strides, sizeof strides);
    assert_string_equal(read.device.kind, "cuda");
    assert_int_equal(read.device.index, 1);
    assert_string_equal(read.wrapper.data, "Parameter");
    /* Kind names are interned, so devices compare by pointer. */
    assert_ptr_equal(read.device.kind, rg_type_get_tensor(context, parse(context, "f32[]cuda:0")).device.kind);

    /* What is left out is not known, which is not the same type. */
    tensor.strides = NULL;
    tensor.device = (rg_device){NULL, -1};
    tensor.wrapper = (rg_string){NULL, 0};
    assert_int_equal(rg_type_from_tensor(&again, context, &tensor), RG_OK);
    assert_false(rg_type_same(type, again));
    read = rg_type_get_tensor(context, again);
    assert_null(read.strides);
    assert_null(read.device.kind);
    assert_int_equal(read.wrapper.size, 0);
    assert_true(rg_type_same(again, parse(context, "f16[2, 2*s0]")));

    /* Rank 0 with strides is not rank 0 without. */
    assert_non_null(rg_type_get_tensor(context, parse(context, "f32[][]")).strides);
    assert_null(rg_type_get_tensor(context, parse(context, "f32[]")).strides);
    /* Another index is another device; the index of an unknown device does not count. */
    assert_false(rg_type_same(parse(context, "f32[]cuda:0"), parse(context, "f32[]cuda:1")));
    tensor.device.index = 3;
    assert_int_equal(rg_type_from_tensor(&type, context, &tensor), RG_OK);
    assert_true(rg_type_same(type, again));
}

static void test_bad_tensors(void **state)
{
    rg_context *context = *state;
    rg_size unknown = {0};
    rg_size one;
    rg_type type;

    assert_int_equal(rg_size_from_int(&one, context, 1), RG_OK);
    rg_tensor_type tensor = {.dtype = RG_DTYPE_COUNT, .rank = 1, .sizes = &one};
    assert_int_equal(rg_type_from_tensor(&type, context, &tensor), RG_ERROR_ARGUMENT);
    tensor.dtype = RG_DTYPE_F32;
    tensor.sizes = &unknown;
    assert_int_equal(rg_type_from_tensor(&type, context, &tensor), RG_ERROR_ARGUMENT);
    tensor.sizes = &one;
    tensor.strides = &unknown;
    assert_int_equal(rg_type_from_tensor(&type, context, &tensor), RG_ERROR_ARGUMENT);
    assert_true(rg_type_is_null(type));
    assert_int_equal(rg_type_from_size(&type, context, unknown), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_context_diagnostic_count(context), 4);
}

static void test_other_kinds(void **state)
{
    rg_context *context = *state;
    rg_type items[3] = {parse(context, "f32[2]"), {0}, parse(context, "Sym(s0)")};
    rg_type tuple;
    rg_type single;
    rg_type empty;
    rg_type nothing;
    rg_type size;

    assert_int_equal(rg_type_from_items(&tuple, context, items, 3), RG_OK);
    assert_int_equal(rg_type_get_kind(context, tuple), RG_TYPE_TUPLE);
    assert_int_equal(rg_type_item_count(context, tuple), 3);
    assert_true(rg_type_same(rg_type_item(context, tuple, 0), items[0]));
    assert_true(rg_type_is_null(rg_type_item(context, tuple, 1)));
    assert_true(rg_type_is_null(rg_type_item(context, tuple, 3)));
    check_print(context, tuple, print_all, "(f32[2], ?, Sym(s0))");
    assert_int_equal(rg_type_from_items(&single, context, &tuple, 1), RG_OK);
    check_print(context, single, print_all, "((f32[2], ?, Sym(s0)),)");
    assert_int_equal(rg_type_from_items(&empty, context, NULL, 0), RG_OK);
    check_print(context, empty, print_all, "()");
    assert_int_equal(rg_type_item_count(context, empty), 0);
    assert_int_equal(rg_type_get_kind(context, empty), RG_TYPE_TUPLE);

    assert_int_equal(rg_type_nothing(&nothing, context), RG_OK);
    assert_int_equal(rg_type_get_kind(context, nothing), RG_TYPE_NOTHING);
    check_print(context, nothing, print_all, "None");

    rg_size expression = rg_type_get_size(context, items[2]);
    assert_string_equal(rg_size_as_symbol(context, expression).data, "s0");
    assert_int_equal(rg_type_from_size(&size, context, expression), RG_OK);
    assert_true(rg_type_same(size, items[2]));
    assert_int_equal(rg_type_get_kind(context, size), RG_TYPE_SIZE);

    /* Asking a type for what it is not. */
    assert_true(rg_size_is_null(rg_type_get_size(context, items[0])));
    assert_int_equal(rg_type_get_tensor(context, size).dtype, RG_DTYPE_NONE);
    assert_int_equal(rg_type_item_count(context, size), 0);
    assert_int_equal(rg_type_get_kind(context, (rg_type){0}), RG_TYPE_UNKNOWN);
    check_print(context, (rg_type){0}, print_all, "?");
}

/* ---- text ---- */

static void test_annotations(void **state)
{
    static const char *const texts[] = {
        "f32[2, 3]",
        "f32[2, 3][3, 1]cuda:0",
        "f32[2, 3]cuda:0",
        "f32[2, 3][3, 1]",
        "b8[][]cpu",
        "b8[]",
        "bf16[1, s27, 2, 64][128*s27, 128, 64, 1]cuda:0",
        "bf16[2*((s23//2)), 512][512, 1]cuda:0",
        "f32[Max(1, u0), 4][4, 1]meta",
        "f32[((s0 - 1)//2), Max(3, u0, u1)]xpu:12",
        "i64[u0 + 2]",
        "Parameter(f32[4])",
        "Parameter(f32[4][1]cuda:0)",
        "FunctionalTensor(f8e4m3fn[4, 4][4, 1]cpu)",
        "f4e2m1fnx2[4]",
        "Sym(s0*s1)",
        "Sym((s23//2))",
        "Sym(u0 >= 0)",
        "Sym(Eq(u0, 4))",
        "Sym(0.0000100000000000000)",
        "Sym(zf82)",
        "Sym(-1)",
        "Sym(u0 & u1)",
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        rg_type type = parse(context, texts[i]);
        assert_int_not_equal(rg_type_get_kind(context, type), RG_TYPE_OPAQUE);
        check_print(context, type, print_all, texts[i]);
    }
    rg_type type = parse(context, "Parameter(f32[2, s0][s0, 1]cuda:0)");
    check_print(context, type, (rg_type_print_options){false, false}, "Parameter(f32[2, s0])");
    check_print(context, type, (rg_type_print_options){true, false}, "Parameter(f32[2, s0][s0, 1])");
    check_print(context, type, (rg_type_print_options){false, true}, "Parameter(f32[2, s0]cuda:0)");
    /* Other spellings of the same type. */
    assert_true(rg_type_same(parse(context, "f32[2,s0 + s0]"), parse(context, "f32[2, 2*s0]")));
}

static void test_opaque_annotations(void **state)
{
    static const char *const texts[] = {
        "",
        "torch.Tensor",
        "Device(cpu)",
        "DTensor(f32[4], Shard(0))",
        "f33[4]",
        "float[4]",
        "f32",
        "f32[",
        "f32[4",
        "f32[4]]",
        "f32[4][1][1]",
        "f32[4, 4][1]",
        "f32[4,]",
        "f32[,]",
        "f32[..., 4]",
        "f32[4]cuda:",
        "f32[4]cuda:x",
        "f32[4]cuda:-1",
        "f32[4]cuda:99999999999",
        "f32[4]0",
        "f32[4] cuda",
        "f32[(4]",
        "Sym(s0",
        "Sym",
        "(f32[4])",
        "Parameter(Parameter(f32[4]))",
        "List[int]",
        "\"quoted\"",
    };
    rg_context *context = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        rg_type type = parse(context, texts[i]);
        if (rg_type_get_kind(context, type) != RG_TYPE_OPAQUE) {
            fail_msg("'%s' is not kept as text", texts[i]);
        }
        check_print(context, type, (rg_type_print_options){false, false}, texts[i]);
        assert_true(rg_type_same(type, parse(context, texts[i])));
    }
    assert_int_equal(rg_context_diagnostic_count(context), 0);
}

/* ---- the corpus ---- */

static struct {
    rg_context *context;
    rg_intern_table texts; /* annotations seen */
    size_t annotations;
} corpus;

static void check_annotation(rg_string text)
{
    uint32_t known = rg__intern_count(&corpus.texts);
    rg_type type;
    rg_buffer buffer;

    corpus.annotations++;
    uint32_t id = rg__intern(&corpus.texts, text.data, text.size);
    if (id <= known) {
        return;
    }
    rg__buffer_init(&buffer, rg__default_allocator());
    assert_int_equal(rg_type_parse(&type, corpus.context, text), RG_OK);
    assert_int_not_equal(rg_type_get_kind(corpus.context, type), RG_TYPE_OPAQUE);
    assert_int_equal(rg_type_print(corpus.context, type, print_all, rg__buffer_sink(&buffer)), RG_OK);
    assert_string_equal(buffer.data, rg__intern_get(&corpus.texts, id).data);
    rg__buffer_free(&buffer);
}

/* Annotations stand behind a name and a colon, in double quotes. */
static void check_line(const char *line)
{
    const char *at = line + strspn(line, " ");
    if (*at == '#') {
        return;
    }
    while ((at = strstr(at, ": \"")) != NULL) {
        const char *start = at + 3;
        const char *end = strchr(start, '"');
        if (end == NULL) {
            return;
        }
        check_annotation((rg_string){start, (size_t)(end - start)});
        at = end + 1;
    }
}

static int check_file(const char *path, const struct stat *information, int kind, struct FTW *position)
{
    static char line[1 << 20];
    size_t size = strlen(path);
    (void)information;
    (void)position;
    if (kind != FTW_F || size < 3 || strcmp(path + size - 3, ".py") != 0) {
        return 0;
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        check_line(line);
    }
    (void)fclose(file);
    return 0;
}

static void test_corpus(void **state)
{
    rg_arena arena;

    corpus.context = *state;
    rg__arena_init(&arena, rg__default_allocator());
    rg__intern_init(&corpus.texts, &arena, NULL);
    assert_int_equal(nftw(REGRAFT_CORPUS_DIR, check_file, 16, FTW_PHYS), 0);
    print_message("%zu annotations, %u of them distinct\n", corpus.annotations, rg__intern_count(&corpus.texts));
    assert_true(rg__intern_count(&corpus.texts) > 1000);
    rg__intern_free(&corpus.texts);
    rg__arena_free(&arena);
}

/* ---- contexts and memory ---- */

static void test_parent_and_child(void **state)
{
    rg_context *parent = *state;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *child = NULL;
    rg_type in_parent = parse(parent, "f32[2, s0]cuda:0");

    options.parent = parent;
    assert_int_equal(rg_context_create(&child, &options), RG_OK);
    assert_true(rg_type_same(in_parent, parse(child, "f32[2, s0]cuda:0")));
    rg_type in_child = parse(child, "f32[2, t]cuda:0");
    assert_false(rg_type_same(in_parent, in_child));
    assert_ptr_equal(rg_type_get_tensor(parent, in_parent).device.kind,
                     rg_type_get_tensor(child, in_child).device.kind);
    check_print(child, in_parent, print_all, "f32[2, s0]cuda:0");
    check_print(child, in_child, print_all, "f32[2, t]cuda:0");
    rg_context_destroy(child);
}

static rg_status exercise(const rg_allocator *allocator, void *user)
{
    static const char *const texts[] = {
        "Parameter(f32[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, s0][1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, "
        "s1]q:0)",
        "an opaque text",
        "Sym(s7 + 12345)",
    };
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_context *context = NULL;
    rg_type types[4] = {{0}};
    rg_buffer buffer;

    options.parent = user;
    options.allocator = allocator;
    rg__buffer_init(&buffer, rg__default_allocator());
    rg_status status = rg_context_create(&context, &options);
    for (size_t i = 0; i < 3 && status == RG_OK; i++) {
        status = rg_type_parse(&types[i], context, rg_string_from(texts[i]));
    }
    if (status == RG_OK) {
        status = rg_type_from_items(&types[3], context, types, 3);
    }
    if (status == RG_OK) {
        status = rg_type_nothing(&types[0], context);
    }
    if (status == RG_OK) {
        status = rg_type_print(context, types[3], print_all, rg__buffer_sink(&buffer));
    }
    rg__buffer_free(&buffer);
    rg_context_destroy(context);
    return status;
}

static void test_memory_failures(void **state)
{
    assert_true(failing_allocator_exhaust(exercise, *state) > 15);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_context, drop_context)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dtypes),
        cmocka_unit_test(test_dtype_aliases),
        TEST(test_tensor),
        TEST(test_bad_tensors),
        TEST(test_other_kinds),
        TEST(test_annotations),
        TEST(test_opaque_annotations),
        TEST(test_corpus),
        TEST(test_parent_and_child),
        TEST(test_memory_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

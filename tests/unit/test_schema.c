/* PyTorch's schema notation, every form of it: ir/schema.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
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

static void append_value(rg_buffer *out, rg_context *context, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    size_t count = rg_value_count(context, NULL, value);
    switch (kind) {
    case RG_VALUE_NONE:
        rg__buffer_append_text(out, "None");
        break;
    case RG_VALUE_BOOL:
        rg__buffer_append_text(out, rg_value_as_bool(value) ? "True" : "False");
        break;
    case RG_VALUE_INT:
        rg__buffer_append(out, rg_value_as_text(context, value));
        break;
    case RG_VALUE_FLOAT:
        rg__buffer_append_float(out, rg_value_as_float(value));
        break;
    case RG_VALUE_STRING:
        rg__buffer_append_quoted(out, rg_value_as_text(context, value));
        break;
    case RG_VALUE_DTYPE:
        rg__buffer_append_format(out, "dtype %s", rg_dtype_torch_name(rg_value_as_dtype(value)));
        break;
    case RG_VALUE_DEVICE:
        rg__buffer_append_format(out, "device %s", rg_value_as_device(context, value).kind);
        break;
    case RG_VALUE_LIST:
        rg__buffer_append_char(out, '[');
        for (size_t i = 0; i < count; i++) {
            rg__buffer_append_text(out, i == 0 ? "" : ", ");
            append_value(out, context, rg_value_item(context, NULL, value, i));
        }
        rg__buffer_append_char(out, ']');
        break;
    default:
        rg__buffer_append_format(out, "%s %s",
                                 kind == RG_VALUE_LAYOUT          ? "layout"
                                 : kind == RG_VALUE_MEMORY_FORMAT ? "memory format"
                                                                  : "object",
                                 rg_value_as_text(context, value).data);
    }
}

/* The parsed schema in a form of its own: "name type=default flags; ... -> type flags, ..." */
static void describe(rg_buffer *out, rg_context *context, const rg_schema *schema)
{
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        const rg_schema_argument *argument = &schema->arguments[i];
        rg__buffer_append_format(out, "%s%s %s", i == 0 ? "" : "; ", argument->name.data, argument->type.data);
        if (!rg_value_is_missing(argument->default_value)) {
            rg__buffer_append_char(out, '=');
            append_value(out, context, argument->default_value);
        }
        rg__buffer_append_text(out, argument->keyword_only ? " keyword" : "");
        rg__buffer_append_text(out, argument->aliased ? " aliased" : "");
        rg__buffer_append_text(out, argument->mutated ? " mutated" : "");
    }
    rg__buffer_append_text(out, " ->");
    for (uint32_t i = 0; i < schema->result_count; i++) {
        rg__buffer_append_format(out, "%s %s%s", i == 0 ? "" : ",", schema->result_types[i].data,
                                 schema->result_aliased[i] ? " aliased" : "");
    }
    rg__buffer_append_text(out, schema->mutates ? " mutates" : "");
}

static void test_forms(void **state)
{
    rg_context *context = *state;
    static const struct {
        const char *schema;
        const char *name;
        const char *parsed;
    } cases[] = {
        {"aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", "aten.add.Tensor",
         "self Tensor; other Tensor; alpha Scalar=1 keyword -> Tensor"},
        {"aten::relu(Tensor self) -> Tensor", "aten.relu.default", "self Tensor -> Tensor"},
        {"aten::add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", "aten.add_.Tensor",
         "self Tensor aliased mutated; other Tensor; alpha Scalar=1 keyword -> Tensor aliased mutates"},
        {"aten::split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]", "aten.split.Tensor",
         "self Tensor aliased; split_size SymInt; dim int=0 -> Tensor[] aliased"},
        {"aten::unsafe(Tensor(a|b -> *)[] list, Tensor(*) x) -> ()", "aten.unsafe.default",
         "list Tensor[] aliased; x Tensor aliased ->"},
        {"aten::_foreach_add_.Scalar(Tensor(a!)[] self, Scalar scalar) -> ()", "aten._foreach_add_.Scalar",
         "self Tensor[] aliased mutated; scalar Scalar -> mutates"},
        {"aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor", "aten.clone.default",
         "self Tensor; memory_format MemoryFormat?=None keyword -> Tensor"},
        {"aten::contiguous(Tensor(a) self, *, MemoryFormat memory_format=contiguous_format) -> Tensor(a)",
         "aten.contiguous.default",
         "self Tensor aliased; memory_format MemoryFormat=memory format contiguous_format keyword -> Tensor aliased"},
        {"aten::mse_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor", "aten.mse_loss.default",
         "self Tensor; target Tensor; reduction int=1 -> Tensor"},
        {"aten::pool(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, "
         "bool ceil_mode=False) -> (Tensor, Tensor)",
         "aten.pool.default",
         "self Tensor; kernel_size int[2]; stride int[2]=[]; padding int[2]=[0, 0]; dilation int[2]=[1, 1]; "
         "ceil_mode bool=False -> Tensor, Tensor"},
        {"aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 2], SymInt groups=1) -> "
         "Tensor",
         "aten.conv2d.default",
         "input Tensor; weight Tensor; bias Tensor?=None; stride SymInt[2]=[1, 2]; groups SymInt=1 -> Tensor"},
        {"aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor", "aten.index.Tensor",
         "self Tensor; indices Tensor?[] -> Tensor"},
        {"aten::sum.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
         "aten.sum.dim", "self Tensor; dim int[1]?; keepdim bool=False; dtype ScalarType?=None keyword -> Tensor"},
        {"aten::norm(Tensor x, float eps=1e-05, float p=0, float q=-1., float big=inf) -> Tensor", "aten.norm.default",
         "x Tensor; eps float=1e-05; p float=0.0; q float=-1.0; big float=inf -> Tensor"},
        {"aten::gelu(Tensor self, *, str approximate='none') -> Tensor", "aten.gelu.default",
         "self Tensor; approximate str='none' keyword -> Tensor"},
        {"aten::sort(Tensor self, str m=\"a\\\"b\\n\", bool stable=True) -> (Tensor values, Tensor indices)",
         "aten.sort.default", "self Tensor; m str='a\"b\\n'; stable bool=True -> Tensor, Tensor"},
        {"aten::full(SymInt[] size, Scalar v, ScalarType? t=long, Layout l=strided, Device d=cpu, ScalarType u=torch."
         "bfloat16) -> Tensor",
         "aten.full.default",
         "size SymInt[]; v Scalar; t ScalarType?=dtype int64; l Layout=layout strided; d Device=device cpu; "
         "u ScalarType=dtype bfloat16 -> Tensor"},
        {"_C::rms_norm(Tensor! result, Tensor input, Tensor weight, float epsilon) -> ()", "_C.rms_norm.default",
         "result Tensor aliased mutated; input Tensor; weight Tensor; epsilon float -> mutates"},
        {"vllm_ir::fused(Tensor x, Tensor? residual) -> (Tensor normed, Tensor? residual)", "vllm_ir.fused.default",
         "x Tensor; residual Tensor? -> Tensor, Tensor?"},
        {"my::op(Dict(str, Tensor) d, Future(t) f, __torch__.torch.classes.my.Box b, Generator? g=None) -> t[]",
         "my.op.default",
         "d Dict(str, Tensor); f Future(t); b __torch__.torch.classes.my.Box; g Generator?=None -> t[]"},
        {"a.b::op.over(int[] x=[], float[] y=[0.5, 1], int z=-9223372036854775808, bool[3] m=[True, False, True]) -> "
         "int",
         "a.b.op.over",
         "x int[]=[]; y float[]=[0.5, 1.0]; z int=-9223372036854775808; m bool[3]=[True, False, True] -> "
         "int"},
        {"  ns::op ( Tensor x ,\n *, int y = 3 ) -> ( Tensor a , int b )  ", "ns.op.default",
         "x Tensor; y int=3 keyword -> Tensor, int"},
        {"ns::odd(Mode m=SOME_MODE) -> ()", "ns.odd.default", "m Mode=object SOME_MODE ->"},
        {"ns::none() -> ()", "ns.none.default", " ->"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_schema schema;
        rg_string name;
        assert_int_equal(rg__schema_parse(&schema, &name, context, rg_string_from(cases[i].schema)), RG_OK);
        assert_string_is(name, cases[i].name);
        assert_string_is(schema.text, cases[i].schema);
        rg_buffer text;
        rg__buffer_init(&text, rg__default_allocator());
        describe(&text, context, &schema);
        assert_string_is(rg__buffer_string(&text), cases[i].parsed);
        rg__buffer_free(&text);
    }
}

static void test_refused_forms(void **state)
{
    rg_context *context = *state;
    static const struct {
        const char *schema;
        rg_status status;
        const char *message; /* how it begins */
    } cases[] = {
        {"", RG_ERROR_SYNTAX, "expected a name like 'namespace::name.overload' at column 1"},
        {"add(Tensor x) -> Tensor", RG_ERROR_SYNTAX, "expected a name like 'namespace::name.overload' at column 4"},
        {"a::(Tensor x) -> Tensor", RG_ERROR_SYNTAX, "expected an op's name at column 4"},
        {"a::b.(Tensor x) -> Tensor", RG_ERROR_SYNTAX, "expected an overload's name"},
        {"a::b Tensor x) -> Tensor", RG_ERROR_SYNTAX, "expected '(' at column 6"},
        {"a::b(Tensor x", RG_ERROR_SYNTAX, "expected ',' or ')' at column 14"},
        {"a::b(Tensor) -> Tensor", RG_ERROR_SYNTAX, "expected an argument's name at column 12"},
        {"a::b(Tensor x,, Tensor y) -> Tensor", RG_ERROR_SYNTAX, "expected a type at column 15"},
        {"a::b(Tensor(a! x) -> Tensor", RG_ERROR_SYNTAX, "expected the end of an alias annotation"},
        {"a::b(int[2 x) -> Tensor", RG_ERROR_SYNTAX, "expected ']'"},
        {"a::b(int x=) -> Tensor", RG_ERROR_SYNTAX, "expected a default value at column 12"},
        {"a::b(int x=1x) -> Tensor", RG_ERROR_SYNTAX, "expected a number at column 12"},
        {"a::b(int[] x=[1, 2) -> Tensor", RG_ERROR_SYNTAX, "expected ']'"},
        {"a::b(str x='abc) -> Tensor", RG_ERROR_SYNTAX, "expected the end of a string"},
        {"a::b(ScalarType x=flot) -> Tensor", RG_ERROR_SYNTAX, "expected a dtype"},
        {"a::b(Dict(str, Tensor x) -> Tensor", RG_ERROR_SYNTAX, "expected an argument's name"},
        {"a::b(Dict(str", RG_ERROR_SYNTAX, "expected ')'"},
        {"a::b(Tensor x)", RG_ERROR_SYNTAX, "expected '->'"},
        {"a::b(Tensor x) -> (Tensor", RG_ERROR_SYNTAX, "expected ',' or ')'"},
        {"a::b(Tensor x) ->", RG_ERROR_SYNTAX, "expected a type"},
        {"a::b(Tensor x) -> Tensor y", RG_ERROR_SYNTAX, "expected the end at column 26"},
        {"a::b(Tensor x, int x) -> Tensor", RG_ERROR_NAME, "a schema has two arguments named 'x'"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_schema schema;
        rg_string name;
        rg_context_clear_diagnostics(context);
        assert_int_equal(rg__schema_parse(&schema, &name, context, rg_string_from(cases[i].schema)), cases[i].status);
        assert_int_equal(rg_context_diagnostic_count(context), 1);
        rg_string message = rg_context_diagnostic(context, 0)->message;
        message.size = message.size < strlen(cases[i].message) ? message.size : strlen(cases[i].message);
        assert_string_is(message, cases[i].message);
    }
}

/* Every prefix of a schema is refused, or is a schema; none reads past its end. */
static void test_prefixes(void **state)
{
    rg_context *context = *state;
    static const char schema[] = "aten::f.o(Tensor(a! -> *)[]? x, *, str s='q', float[2] y=[1., 2], Dict(str, int) d) "
                                 "-> (Tensor(a!) r, int[])";
    for (size_t size = 0; size < sizeof(schema); size++) {
        char *copy = malloc(size + 1); /* exactly as large as the text, so that the sanitizer sees an overrun */
        assert_non_null(copy);
        memcpy(copy, schema, size);
        rg_schema parsed;
        rg_string name;
        rg_status status = rg__schema_parse(&parsed, &name, context, (rg_string){copy, size});
        assert_int_equal(status, size == sizeof(schema) - 1 ? RG_OK : RG_ERROR_SYNTAX);
        free(copy);
        if (size == sizeof(schema) - 1) {
            break;
        }
    }
}

static void test_equality(void **state)
{
    rg_context *context = *state;
    static const struct {
        const char *a;
        const char *b;
        bool equal;
    } cases[] = {
        {"a::b(Tensor(a!) x, int[2] y=1) -> Tensor", "c::d( Tensor! x,int[2]  y=[1, 1]) -> Tensor", true},
        {"a::b(Tensor x) -> Tensor", "a::b(Tensor y) -> Tensor", false},
        {"a::b(Tensor x) -> Tensor", "a::b(Tensor? x) -> Tensor", false},
        {"a::b(Tensor x) -> Tensor", "a::b(Tensor(a) x) -> Tensor", false},
        {"a::b(Tensor x) -> Tensor", "a::b(Tensor x) -> (Tensor, Tensor)", false},
        {"a::b(Tensor x) -> Tensor", "a::b(Tensor x) -> int", false},
        {"a::b(Tensor x) -> Tensor", "a::b(*, Tensor x) -> Tensor", false},
        {"a::b(int x=1) -> Tensor", "a::b(int x=2) -> Tensor", false},
        {"a::b(int x=1) -> Tensor", "a::b(int x) -> Tensor", false},
        {"a::b(int x) -> Tensor", "a::b(int x, int y) -> Tensor", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_schema a;
        rg_schema b;
        rg_string name;
        assert_int_equal(rg__schema_parse(&a, &name, context, rg_string_from(cases[i].a)), RG_OK);
        assert_int_equal(rg__schema_parse(&b, &name, context, rg_string_from(cases[i].b)), RG_OK);
        assert_int_equal(rg__schema_equal(&a, &b), cases[i].equal);
        assert_int_equal(rg__schema_equal(&b, &a), cases[i].equal);
    }
}

static rg_status parse_job(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_context *context;
    rg_status status = rg_context_create(&context, &options);
    if (status == RG_OK) {
        rg_schema schema;
        rg_string name;
        status = rg__schema_parse(&schema, &name, context,
                                  rg_string_from("ns::op(Tensor a, str s='long text for the buffer', int[3] l=7, int "
                                                 "b=9223372036854775807, Device d=cuda, int c=1, int e=2, int f=3, int "
                                                 "g=4, int h=5) -> (Tensor, Tensor[])"));
    }
    rg_context_destroy(context);
    return status;
}

static void test_memory_runs_out(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(parse_job, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forms, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_refused_forms, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_prefixes, make_context, drop_context),
        cmocka_unit_test_setup_teardown(test_equality, make_context, drop_context),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

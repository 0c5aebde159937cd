/*
 * test_trace_property.c: a trace with symbolic sizes, its variables replaced by numbers, is the trace made at these
 * numbers: same nodes, same arguments, same sizes and strides.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/document.h>
#include <regraft/trace.h>

#include "support/random.h"
#include "support/same_graph.h"

enum { MAX_INPUTS = 4, MAX_VARIABLES = 8, ROUNDS = 12 };

typedef struct traced_function {
    const char *expression;
    const char *inputs[MAX_INPUTS + 1]; /* "x: bf16[t, h]" */
} traced_function;

/* Sizes are single letters, so that a text with numbers in their place is made by replacing letters. */
static const traced_function functions[] = {
    {"x + y * 2", {"x: f32[A, B]", "y: f32[B]"}},
    {"x.transpose(0, 1).contiguous() - y", {"x: f32[A, B]", "y: bf16[B, A]"}},
    {"(x.permute(1, 2, 0) * y).reshape(B, -1)", {"x: f32[A, B, C]", "y: f32[B, C, A]"}},
    {"torch.matmul(q, k.transpose(-2, -1)).softmax(-1).matmul(v)",
     {"q: f16[A, B, C, D]", "k: f16[A, B, E, D]", "v: f16[A, B, E, D]"}},
    {"torch.matmul(q.permute(0, 2, 1, 3), k.permute(0, 2, 3, 1)) / math.sqrt(16)",
     {"q: bf16[A, B, C, D]", "k: bf16[A, E, C, D]"}},
    {"torch.nn.functional.linear(x, w, b)", {"x: bf16[A, B, C]", "w: bf16[D, C]", "b: bf16[D]"}},
    {"torch.nn.functional.linear(x.transpose(0, 1), w, b)", {"x: bf16[A, B, C]", "w: bf16[D, C]", "b: bf16[D]"}},
    {"torch.nn.functional.linear(x, w) @ y", {"x: f32[A, B]", "w: f32[C, B]", "y: f32[C]"}},
    {"torch.nn.functional.silu(x[..., :D]) * x[..., D:]", {"x: bf16[A, B, 2*D]", "y: f32[D]"}},
    {"x.chunk(2, dim=-1)[1] * torch.nn.functional.gelu(x.chunk(2, -1)[0])", {"x: bf16[A, 2*B]"}},
    {"torch.nn.functional.layer_norm(x, (C,), w, b, 1e-06)", {"x: f16[A, B, C]", "w: f16[C]", "b: f16[C]"}},
    {"torch.nn.functional.rms_norm(x.flatten(0, 1), (C,), w, 1e-06)", {"x: bf16[A, B, C]", "w: bf16[C]"}},
    {"x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-06) * w", {"x: f32[A, B]", "w: f32[B]"}},
    {"x.view(A, B, C, D).transpose(1, 2).reshape(A * C, B * D)", {"x: f32[A, B, C*D]", "y: f32[C, D]"}},
    {"torch.cat([-x[..., D:], x[..., :D]], dim=-1) * y + x", {"x: f32[A, 2*D]", "y: f32[D*2]"}},
    {"torch.stack([x, y], 1).sum((0, 1)).unsqueeze(-1).expand(-1, 3)", {"x: f32[A, B]", "y: f32[A, B]"}},
    {"x.masked_fill(m == 0, float('-inf')).softmax(1)", {"x: f16[A, B]", "m: i64[B]"}},
    {"torch.empty(x.shape[:-1] + (x.shape[-1] // 2,), dtype=torch.uint8, device=x.device)", {"x: bf16[A, 4*B]"}},
    {"torch.zeros_like(x.transpose(1, 2)) + 1", {"x: f32[A, B, C]"}},
    {"x[:, None].expand(A, C, B).reshape(A * C, B)", {"x: f32[A, B]", "y: f32[C]"}},
    {"torch.bmm(x, y).tril() + torch.arange(C, device=x.device)", {"x: f32[A, B, C]", "y: f32[A, C, C]"}},
    {"x.split([B, 2 * B], dim=1)[1].amax(0)", {"x: f32[A, 3*B]"}},
    {"torch.nn.functional.embedding(i, w).repeat_interleave(2, dim=1)", {"i: i64[A, B]", "w: bf16[C, D]"}},
    {"x.unflatten(1, (B, -1)).movedim(1, 0).std(-1)", {"x: f16[A, B*C]", "y: f32[B, C]"}},
};

static rg_status print_stdout(void *user, const char *data, size_t size)
{
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? RG_OK : RG_ERROR_IO;
}

/* The text with every variable replaced by its number; NULL numbers keep it. Letters inside words stay. */
static void replace_letters(char *out, size_t size, const char *text, const int *numbers)
{
    size_t used = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool inside =
            (i > 0 && (text[i - 1] == '_' || text[i - 1] == '.' || (text[i - 1] >= 'a' && text[i - 1] <= 'z') ||
                       (text[i - 1] >= 'A' && text[i - 1] <= 'Z'))) ||
            (text[i + 1] >= 'a' && text[i + 1] <= 'z');
        bool variable = text[i] >= 'A' && text[i] < 'A' + MAX_VARIABLES && !inside;
        int written = variable && numbers != NULL ? snprintf(out + used, size - used, "%d", numbers[text[i] - 'A'])
                                                  : snprintf(out + used, size - used, "%c", text[i]);
        used += (size_t)written;
        assert_true(used + 1 < size);
    }
    out[used] = '\0';
}

/* Products in an annotation such as `2*5` are what they come to. */
static rg_graph *trace(rg_context *context, const traced_function *function, const int *numbers)
{
    rg_tracer *tracer = NULL;
    rg_graph *graph = NULL;
    rg_value result;
    rg_argument names[MAX_INPUTS + MAX_VARIABLES];
    size_t count = 0;
    char text[256];
    assert_int_equal(rg_tracer_create(&tracer, context, rg_string_from("GraphModule")), RG_OK);
    rg_status status = RG_OK;
    for (; function->inputs[count] != NULL && status == RG_OK; count++) {
        const char *colon = strchr(function->inputs[count], ':');
        names[count].name = (rg_string){function->inputs[count], (size_t)(colon - function->inputs[count])};
        replace_letters(text, sizeof(text), colon + 2, numbers);
        status = rg_tracer_input(&names[count].value, tracer, names[count].name, rg_string_from(text));
    }
    replace_letters(text, sizeof(text), function->expression, numbers);
    if (status == RG_OK) {
        status = rg_tracer_evaluate(&result, tracer, rg_string_from(text), names, count);
    }
    if (status == RG_OK) {
        status = rg_tracer_return(tracer, &result, 1);
    }
    if (status == RG_OK) {
        status = rg_tracer_finish(&graph, tracer, NULL);
    }
    for (size_t i = 0; status != RG_OK && i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), (rg_sink){print_stdout, NULL});
    }
    assert_int_equal(status, RG_OK);
    rg_tracer_destroy(tracer);
    return graph;
}

static void check_function(const traced_function *function, test_random *random)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    rg_graph *symbolic = trace(context, function, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        int numbers[MAX_VARIABLES];
        rg_size from[MAX_VARIABLES];
        rg_size to[MAX_VARIABLES];
        char why[256];
        for (int i = 0; i < MAX_VARIABLES; i++) {
            char name[] = {(char)('A' + i), '\0'};
            numbers[i] = 2 + (int)random_below(random, 8);
            assert_int_equal(rg_size_from_symbol(&from[i], context, rg_string_from(name)), RG_OK);
            assert_int_equal(rg_size_from_int(&to[i], context, numbers[i]), RG_OK);
        }
        same_graph_options options = {.from = from, .to = to, .symbol_count = MAX_VARIABLES};
        rg_graph *concrete = trace(context, function, numbers);
        if (!same_graph(symbolic, concrete, &options, why, sizeof(why))) {
            printf("%s: %s\n", function->expression, why);
            (void)!rg_graph_print(symbolic, NULL, (rg_sink){print_stdout, NULL});
            (void)!rg_graph_print(concrete, NULL, (rg_sink){print_stdout, NULL});
            fail();
        }
        rg_graph_destroy(concrete);
    }
    rg_graph_destroy(symbolic);
    rg_context_destroy(context);
}

static void test_instances(void **state)
{
    (void)state;
    test_random random = {20240607};
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        check_function(&functions[i], &random);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_instances)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * vLLM's fusions of RMSNorm and SiLU with quantisation on the graphs of the corpus: regraft makes the matches that
 * Inductor's matcher made, in its order and node for node, and the graph that it left.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/diff.h>
#include <regraft/document.h>
#include <regraft/rewrite.h>

#include "base/buffer.h"
#include "support/graph_building.h"

/* The rules as vLLM describes them, without its dtypes other than bf16. */
static const char norm_rules[] =
    "FP8 = torch.float8_e4m3fn\n"
    "\n"
    "def static(x, scale):\n"
    "    y = torch.empty(x.shape, dtype=FP8, device=x.device)\n"
    "    return auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=y, input=x, scale=scale)[1]\n"
    "\n"
    "def token(x):\n"
    "    y = torch.empty(x.shape, dtype=FP8, device=x.device)\n"
    "    s = torch.empty([x.shape[0], 1], dtype=torch.float32, device=x.device)\n"
    "    a = auto_functionalized(torch.ops._C.dynamic_per_token_scaled_fp8_quant.default, result=y, input=x, scale=s,\n"
    "                            scale_ub=None)\n"
    "    return a[1], a[2]\n"
    "\n"
    "def group(x, scale, size):\n"
    "    y = torch.empty(x.shape, dtype=FP8, device=x.device)\n"
    "    a = auto_functionalized(torch.ops._C.per_token_group_fp8_quant.default, input=x, output_q=y, output_s=scale,\n"
    "                            group_size=size, eps=1e-10, fp8_min=-448.0, fp8_max=448.0, scale_ue8m0=False,\n"
    "                            dummy_is_scale_transposed=False, dummy_is_tma_aligned=False)\n"
    "    return a[1], a[2]\n"
    "\n"
    "class static_norm(Rule):\n"
    "    epsilon = (1e-05, 1e-06)\n"
    "    def pattern(x: \"bf16[t, h]\", w: \"bf16[h]\", scale: \"f32[1, 1]\"):\n"
    "        return static(torch.ops.vllm_ir.rms_norm.default(x, w, epsilon), scale)\n"
    "    def replacement(x, w, scale):\n"
    "        y = torch.empty(x.shape, dtype=FP8, device=x.device)\n"
    "        return auto_functionalized(torch.ops._C.rms_norm_static_fp8_quant.default, result=y, input=x, weight=w,\n"
    "                                   scale=scale, epsilon=epsilon)[1]\n"
    "\n"
    "class add_static(Rule):\n"
    "    epsilon = (1e-05, 1e-06)\n"
    "    def pattern(x: \"bf16[t, h]\", w: \"bf16[h]\", residual: \"bf16[t, h]\", scale: \"f32[1, 1]\"):\n"
    "        n, r = torch.ops.vllm_ir.fused_add_rms_norm.default(x, residual, w, epsilon)\n"
    "        return static(n, scale), r\n"
    "    def replacement(x, w, residual, scale):\n"
    "        y = torch.empty_like(x, dtype=FP8)\n"
    "        a = auto_functionalized(torch.ops._C.fused_add_rms_norm_static_fp8_quant.default, result=y, input=x,\n"
    "                                residual=residual, weight=w, scale=scale, epsilon=epsilon)\n"
    "        return a[1], a[2]\n"
    "\n"
    "class token_norm(Rule):\n"
    "    epsilon = (1e-05, 1e-06)\n"
    "    def pattern(x: \"bf16[t, h]\", w: \"bf16[h]\"):\n"
    "        return token(torch.ops.vllm_ir.rms_norm.default(x, w, epsilon))\n"
    "    def replacement(x, w):\n"
    "        y = torch.empty_like(x, dtype=FP8)\n"
    "        s = torch.empty([x.shape[0], 1], dtype=torch.float32, device=x.device)\n"
    "        a = auto_functionalized(torch.ops._C.rms_norm_dynamic_per_token_quant.default, result=y, input=x, "
    "weight=w,\n"
    "                                scale=s, epsilon=epsilon, scale_ub=None, residual=None)\n"
    "        return a[1], a[2]\n"
    "\n"
    "class add_token(Rule):\n"
    "    epsilon = (1e-05, 1e-06)\n"
    "    def pattern(x: \"bf16[t, h]\", w: \"bf16[h]\", residual: \"bf16[t, h]\"):\n"
    "        n, r = torch.ops.vllm_ir.fused_add_rms_norm.default(x, residual, w, epsilon)\n"
    "        q, s = token(n)\n"
    "        return q, r, s\n"
    "    def replacement(x, w, residual):\n"
    "        y = torch.empty_like(x, dtype=FP8)\n"
    "        s = torch.empty([x.shape[0], 1], dtype=torch.float32, device=x.device)\n"
    "        a = auto_functionalized(torch.ops._C.rms_norm_dynamic_per_token_quant.default, result=y, input=x, "
    "weight=w,\n"
    "                                scale=s, epsilon=epsilon, scale_ub=None, residual=residual)\n"
    "        return a[1], a[3], a[2]\n"
    "\n"
    "class group_norm(Rule):\n"
    "    epsilon = (1e-05, 1e-06)\n"
    "    size = (128, 64)\n"
    "    def pattern(x: \"bf16[t, h]\", w: \"bf16[h]\", scale: \"f32[t, g]\"):\n"
    "        return group(torch.ops.vllm_ir.rms_norm.default(x, w, epsilon), scale, size)\n"
    "    def replacement(x, w, scale):\n"
    "        y = torch.empty_like(x, dtype=FP8)\n"
    "        a = auto_functionalized(torch.ops._C.rms_norm_per_block_quant.default, result=y, input=x, weight=w,\n"
    "                                scale=scale, epsilon=epsilon, scale_ub=None, residual=None, group_size=size,\n"
    "                                is_scale_transposed=False)\n"
    "        return a[1], a[2]\n"
    "\n"
    "class add_group(Rule):\n"
    "    epsilon = (1e-05, 1e-06)\n"
    "    size = (128, 64)\n"
    "    def pattern(x: \"bf16[t, h]\", w: \"bf16[h]\", residual: \"bf16[t, h]\", scale: \"f32[t, g]\"):\n"
    "        n, r = torch.ops.vllm_ir.fused_add_rms_norm.default(x, residual, w, epsilon)\n"
    "        q, s = group(n, scale, size)\n"
    "        return q, r, s\n"
    "    def replacement(x, w, residual, scale):\n"
    "        y = torch.empty_like(x, dtype=FP8)\n"
    "        a = auto_functionalized(torch.ops._C.rms_norm_per_block_quant.default, result=y, input=x, weight=w,\n"
    "                                scale=scale, epsilon=epsilon, scale_ub=None, residual=residual, group_size=size,\n"
    "                                is_scale_transposed=False)\n"
    "        return a[1], a[3], a[2]\n";

static const char activation_rules[] =
    "FP8 = torch.float8_e4m3fn\n"
    "\n"
    "def silu_mul(x):\n"
    "    o = torch.empty([x.shape[0], x.shape[1] // 2], dtype=x.dtype, device=x.device)\n"
    "    return auto_functionalized(torch.ops._C.silu_and_mul.default, result=o, input=x)[1]\n"
    "\n"
    "class silu_static(Rule):\n"
    "    def pattern(x: \"bf16[t, d2]\", scale: \"f32[1, 1]\"):\n"
    "        o = silu_mul(x)\n"
    "        y = torch.empty(o.shape, dtype=FP8, device=x.device)\n"
    "        return auto_functionalized(torch.ops._C.static_scaled_fp8_quant.default, result=y, input=o,\n"
    "                                   scale=scale)[1]\n"
    "    def replacement(x, scale):\n"
    "        y = torch.empty([x.shape[0], x.shape[1] // 2], dtype=FP8, device=x.device)\n"
    "        return auto_functionalized(torch.ops._C.silu_and_mul_quant.default, result=y, input=x, scale=scale)[1]\n"
    "\n"
    "class silu_block(Rule):\n"
    "    dropped = [\"scale\"]\n"
    "    def pattern(x: \"bf16[t, d2]\", scale: \"f32[t, d2 // 256]\"):\n"
    "        o = silu_mul(x)\n"
    "        y = torch.empty(o.shape, dtype=FP8, device=x.device)\n"
    "        a = auto_functionalized(torch.ops._C.per_token_group_fp8_quant.default, input=o, output_q=y,\n"
    "                                output_s=scale, group_size=128, eps=1e-10, fp8_min=-448.0, fp8_max=448.0,\n"
    "                                scale_ue8m0=False, dummy_is_scale_transposed=False, dummy_is_tma_aligned=False)\n"
    "        return a[1], a[2]\n"
    "    def replacement(x, scale):\n"
    "        y = torch.empty([x.shape[0], x.shape[1] // 2], dtype=FP8, device=x.device)\n"
    "        s = torch.empty([x.shape[0], x.shape[1] // 256], dtype=torch.float32, device=x.device)\n"
    "        a = auto_functionalized(torch.ops._C.silu_and_mul_per_block_quant.default, out=y, input=x, scales=s,\n"
    "                                group_size=128, scale_ub=None, is_scale_transposed=False)\n"
    "        return a[1], a[2]\n";

static const char *const models[] = {
    "llama-static",           "llama-static-32",
    "llama-static-T16",       "llama-static-eps7",
    "llama-static-exactview", "llama-static-exactview-T16",
    "llama-static-kvdep",     "llama-token",
    "llama-token-T16",        "llama-group",
    "llama-group-32",
};

static rg_context *context;

static char *read_text(const char *model, const char *file)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/vllm/%s/%s", REGRAFT_CORPUS_DIR, model, file);
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    fseek(stream, 0, SEEK_END);
    size_t size = (size_t)ftell(stream);
    rewind(stream);
    char *text = malloc(size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, size, stream), size);
    text[size] = '\0';
    fclose(stream);
    return text;
}

static rg_graph *read_graph(const char *model, const char *file)
{
    char *text = read_text(model, file);
    rg_graph *graph = NULL;
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from(file)), RG_OK);
    assert_int_equal(rg_graph_infer_missing(graph), RG_OK);
    free(text);
    return graph;
}

/* Copy the strings of a JSON list that begins at `list`, with a blank before each. */
static const char *copy_strings(rg_buffer *out, const char *list)
{
    const char *end = strchr(list, ']');
    for (const char *at = strchr(list, '"'); at != NULL && at < end; at = strchr(at + 1, '"')) {
        const char *close = strchr(at + 1, '"');
        rg__buffer_append_char(out, ' ');
        rg__buffer_append(out, (rg_string){at + 1, (size_t)(close - at - 1)});
        at = close;
    }
    return end;
}

/* The matches of a pass in result.json, one a line: nodes, "->", outputs. */
static void expected_matches(rg_buffer *out, const char *model, const char *pass)
{
    char *text = read_text(model, "result.json");
    char stage[64];
    snprintf(stage, sizeof(stage), "\"stage\": \"%s\"", pass);
    for (const char *at = strstr(text, stage); at != NULL; at = strstr(at, stage)) {
        at = copy_strings(out, strstr(at, "\"nodes\": [") + strlen("\"nodes\": ["));
        rg__buffer_append_text(out, " ->");
        at = copy_strings(out, strstr(at, "\"outputs\": [") + strlen("\"outputs\": ["));
        rg__buffer_append_char(out, '\n');
    }
    free(text);
}

static rg_status note_match(void *user, const rg_match *match)
{
    rg_buffer *out = user;
    for (size_t i = 0; i < rg_match_node_count(match); i++) {
        rg__buffer_append_char(out, ' ');
        rg__buffer_append(out, rg_node_name(rg_match_graph(match), rg_match_node(match, i)));
    }
    rg__buffer_append_text(out, " ->");
    for (size_t i = 0; i < rg_match_output_count(match); i++) {
        rg__buffer_append_char(out, ' ');
        rg__buffer_append(out, rg_node_name(rg_match_graph(match), rg_match_output(match, i)));
    }
    rg__buffer_append_char(out, '\n');
    return RG_OK;
}

static void apply(rg_graph *graph, const char *rules, rg_buffer *matches)
{
    rg_rule_set *set = NULL;
    rg_matcher *matcher = NULL;
    rg_rewrite_report report;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.callback = note_match;
    options.user = matches;
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    rg_status status = rg_rule_set_load_text(set, rg_string_from(rules), rg_string_from("rules"));
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        const rg_diagnostic *diagnostic = rg_context_diagnostic(context, i);
        print_message("%u: %s\n", diagnostic->location.line, diagnostic->message.data);
    }
    assert_int_equal(status, RG_OK);
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_rewrite_run(&report, matcher, graph, &options), RG_OK);
    assert_int_equal(report.failed, 0);
    assert_int_equal(report.gave_up, 0);
    assert_graph_holds(graph);
    rg_matcher_destroy(matcher);
    rg_rule_set_destroy(set);
}

static void assert_same_graph(rg_graph *graph, const char *model, const char *file)
{
    rg_graph *expected = read_graph(model, file);
    rg_diff *diff = NULL;
    assert_int_equal(rg_graph_diff(&diff, graph, expected, NULL), RG_OK);
    for (size_t i = 0; i < rg_diff_count(diff); i++) {
        print_message("%s %s: %s\n", model, file, rg_diff_get(diff, i)->message.data);
    }
    assert_true(rg_diff_is_equal(diff));
    rg_diff_destroy(diff);
    rg_graph_destroy(expected);
}

static void one_pass(rg_graph *graph, const char *model, const char *pass, const char *rules, const char *after)
{
    rg_buffer expected;
    rg_buffer found;
    rg__buffer_init(&expected, rg__default_allocator());
    rg__buffer_init(&found, rg__default_allocator());
    rg__buffer_append_text(&expected, "");
    rg__buffer_append_text(&found, "");
    expected_matches(&expected, model, pass);
    apply(graph, rules, &found);
    assert_string_equal(found.data, expected.data);
    assert_same_graph(graph, model, after);
    rg__buffer_free(&expected);
    rg__buffer_free(&found);
}

static void matches_are_inductors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
        assert_int_equal(rg_context_create(&context, NULL), RG_OK);
        rg_graph *graph = read_graph(models[i], "1.after_noop.py");
        one_pass(graph, models[i], "rms_quant", norm_rules, "2.after_rms_quant.py");
        one_pass(graph, models[i], "act_quant", activation_rules, "3.after_act_quant.py");
        rg_graph_destroy(graph);
        rg_context_destroy(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(matches_are_inductors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * rule_in_c.c: a rule as three functions, inputs, pattern and replacement, and its use on a graph.
 *
 * The functions are run once, when the rule is registered, on values that have types but no data.
 */
#include <stdio.h>

#include <regraft/regraft.h>

static const char graph_text[] =
    "class GraphModule(torch.nn.Module):\n"
    "    def forward(self, a: \"bf16[s0, 512]\", b: \"bf16[s0, 512]\"):\n"
    "        sigmoid: \"bf16[s0, 512]\" = torch.ops.aten.sigmoid.default(a)\n"
    "        mul: \"bf16[s0, 512]\" = torch.ops.aten.mul.Tensor(a, sigmoid);  a = sigmoid = None\n"
    "        mul_1: \"bf16[s0, 512]\" = torch.ops.aten.mul.Tensor(mul, b);  mul = b = None\n"
    "        return (mul_1,)\n";

static rg_status write_out(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

static rg_status silu_inputs(rg_tracer *tracer, void *user)
{
    rg_value x;
    (void)user;
    return rg_tracer_input(&x, tracer, rg_string_from("x"), rg_string_from("bf16[t, h]"));
}

static rg_status silu_pattern(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    const rg_argument names[] = {{rg_string_from("x"), inputs[0]}};
    rg_value result;
    (void)user;
    rg_status status = rg_tracer_evaluate(&result, tracer, rg_string_from("x * torch.sigmoid(x)"), names, count);
    return status == RG_OK ? rg_tracer_return(tracer, &result, 1) : status;
}

static rg_status silu_replacement(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user)
{
    const rg_argument arguments[] = {{rg_string_from(NULL), inputs[0]}};
    rg_value result;
    (void)user;
    rg_status status = rg_tracer_call(&result, tracer, rg_string_from("torch.ops.aten.silu.default"), arguments, count);
    return status == RG_OK ? rg_tracer_return(tracer, &result, 1) : status;
}

static rg_status apply(rg_graph *graph)
{
    rg_context *context = rg_graph_context(graph);
    rg_rule_set *rules = NULL;
    rg_matcher *matcher = NULL;
    rg_rewrite_report report = {0};
    rg_rule_definition rule = RG_RULE_DEFINITION_INIT;
    rule.name = rg_string_from("silu");
    rule.description = rg_string_from("x * sigmoid(x) as one op");
    rule.inputs = silu_inputs;
    rule.pattern = silu_pattern;
    rule.replacement = silu_replacement;

    rg_status status = rg_rule_set_create(&rules, context);
    if (status == RG_OK) {
        status = rg_rule_set_add(rules, &rule);
    }
    if (status == RG_OK) {
        status = rg_matcher_create(&matcher, context, rules);
    }
    if (status == RG_OK) {
        status = rg_rewrite_run(&report, matcher, graph, NULL);
    }
    if (status == RG_OK) {
        printf("# %zu replaced\n", report.applied);
        status = rg_graph_print(graph, NULL, (rg_sink){write_out, stdout});
    }
    rg_matcher_destroy(matcher);
    rg_rule_set_destroy(rules);
    return status;
}

int main(void)
{
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_status status = rg_context_create(&context, NULL);
    if (status == RG_OK) {
        status = rg_graph_parse(&graph, context, rg_string_from(graph_text), rg_string_from("graph_text"));
    }
    if (status == RG_OK) {
        status = apply(graph);
    }
    for (size_t i = 0; context != NULL && i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), (rg_sink){write_out, stderr});
    }
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status == RG_OK ? 0 : 1;
}

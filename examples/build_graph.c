/*
 * build_graph.c: make a graph node by node, check it, compute its types, and print it.
 */
#include <stdio.h>

#include <regraft/regraft.h>

static rg_status write_out(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

/* One node at the end of the graph. `op` is a name as in "aten.mul.Tensor"; `annotation` may be NULL. */
static rg_status add_node(rg_node *out, rg_graph *graph, rg_op_kind kind, const char *op, const char *name,
                          const rg_value *arguments, size_t count, const char *annotation)
{
    rg_context *context = rg_graph_context(graph);
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument positional[4] = {{{NULL, 0}, {0}}};
    rg_status status = rg_context_intern_op(&description.op, context, kind, rg_string_from(op));
    for (size_t i = 0; i < count; i++) {
        positional[i].value = arguments[i];
    }
    description.name = rg_string_from(name);
    description.arguments = positional;
    description.argument_count = count;
    if (status == RG_OK && annotation != NULL) {
        status = rg_type_parse(&description.type, context, rg_string_from(annotation));
    }
    rg_node at_end = {0};
    return status == RG_OK ? rg_graph_insert(out, graph, at_end, &description) : status;
}

/* silu(x) * 2 */
static rg_status fill(rg_graph *graph)
{
    rg_context *context = rg_graph_context(graph);
    rg_node x;
    rg_node silu;
    rg_node scaled;
    rg_node output;
    rg_value two;
    rg_value result;
    rg_status status = add_node(&x, graph, RG_OP_PLACEHOLDER, "placeholder", "x", NULL, 0, "bf16[s0, 512]");
    if (status == RG_OK) {
        rg_value arguments[] = {rg_value_node(x)};
        status = add_node(&silu, graph, RG_OP_OVERLOAD, "aten.silu.default", NULL, arguments, 1, NULL);
    }
    if (status == RG_OK) {
        status = rg_value_int(&two, context, 2);
    }
    if (status == RG_OK) {
        rg_value arguments[] = {rg_value_node(silu), two};
        status = add_node(&scaled, graph, RG_OP_OVERLOAD, "aten.mul.Tensor", NULL, arguments, 2, NULL);
    }
    if (status == RG_OK) {
        rg_value items[] = {rg_value_node(scaled)};
        status = rg_value_items(&result, context, graph, RG_VALUE_TUPLE, items, 1);
    }
    if (status == RG_OK) {
        status = add_node(&output, graph, RG_OP_OUTPUT, "output", NULL, &result, 1, NULL);
    }
    return status;
}

int main(void)
{
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_sink out = {write_out, stdout};
    rg_status status = rg_context_create(&context, NULL);
    if (status == RG_OK) {
        status = rg_graph_create(&graph, context, rg_string_from("GraphModule"));
    }
    if (status == RG_OK) {
        status = fill(graph);
    }
    if (status == RG_OK) {
        status = rg_graph_infer_missing(graph);
    }
    if (status == RG_OK) {
        status = rg_graph_verify(graph);
    }
    if (status == RG_OK) {
        status = rg_graph_print(graph, NULL, out);
    }
    for (size_t i = 0; context != NULL && i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), (rg_sink){write_out, stderr});
    }
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status == RG_OK ? 0 : 1;
}

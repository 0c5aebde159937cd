/*
 * walk_graph.c: read a printed graph, look at its nodes, and print it back unchanged.
 *
 * usage: walk_graph FILE
 */
#include <stdio.h>

#include <regraft/regraft.h>

static rg_status write_out(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

static void show_diagnostics(const rg_context *context)
{
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), (rg_sink){write_out, stderr});
    }
}

/* "mul: aten.mul.Tensor, 2 users, rank 2" */
static void show_node(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_string name = rg_node_name(graph, node);
    rg_string op = rg_op_name(context, rg_node_op(graph, node));
    rg_type type = rg_node_type(graph, node);
    printf("%s: %s, %zu users", name.data, op.data, rg_node_user_count(graph, node));
    if (rg_type_get_kind(context, type) == RG_TYPE_TENSOR) {
        printf(", rank %u", rg_type_get_tensor(context, type).rank);
    }
    printf("\n");
}

static rg_status walk(rg_context *context, const char *path)
{
    rg_document *document = NULL;
    rg_status status = rg_document_read(&document, context, path);
    if (status != RG_OK) {
        return status;
    }
    for (size_t i = 0; i < rg_document_graph_count(document); i++) {
        const rg_graph *graph = rg_document_graph(document, i);
        rg_node node = rg_graph_first(graph);
        for (; !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
            show_node(graph, node);
        }
    }
    status = rg_document_print(document, NULL, (rg_sink){write_out, stdout});
    rg_document_destroy(document);
    return status;
}

int main(int count, char **words)
{
    rg_context *context = NULL;
    rg_status status = rg_context_create(&context, NULL);
    if (status != RG_OK || count != 2) {
        fputs("usage: walk_graph FILE\n", stderr);
        rg_context_destroy(context);
        return 2;
    }
    status = walk(context, words[1]);
    show_diagnostics(context);
    rg_context_destroy(context);
    return status == RG_OK ? 0 : 2;
}

/* main.c: the smallest program that uses an installed regraft: reads a graph and prints it back. */
#include <stdio.h>

#include <regraft/regraft.h>

static const char text[] = "class GraphModule(torch.nn.Module):\n"
                           "    def forward(self, x: \"f32[2]\"):\n"
                           "        relu: \"f32[2]\" = torch.ops.aten.relu.default(x);  x = None\n"
                           "        return (relu,)\n";

static rg_status write_out(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, (FILE *)user) == size ? RG_OK : RG_ERROR_IO;
}

int main(void)
{
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_sink sink = {write_out, stdout};
    rg_status status = rg_context_create(&context, NULL);
    if (status == RG_OK) {
        status = rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("text"));
    }
    if (status == RG_OK) {
        status = rg_graph_print(graph, NULL, sink);
    }
    fprintf(stderr, "regraft %s: %s\n", rg_version(), rg_status_name(status));
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status == RG_OK ? 0 : 1;
}

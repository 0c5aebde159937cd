/*
 * graph_run.h: a graph in a context of its own and a run of it, with their values at hand, for tests of the
 * interpreter.
 */
#ifndef RG_TESTS_GRAPH_RUN_H
#define RG_TESTS_GRAPH_RUN_H

#include <regraft/regraft.h>

typedef struct graph_run {
    rg_context *context;
    rg_graph *graph;
    rg_run *run;
} graph_run;

/* The text of a graph, of its parameters and its body. */
#define GRAPH(parameters, body) "class GraphModule(torch.nn.Module):\n    def forward(self, " parameters "):\n" body

/* These fail the running cmocka test where there is no such thing. */
void graph_run_prepare(graph_run *out, const char *text, const rg_run_options *options);
void graph_run_tear_down(graph_run *f);
const rg_datum *graph_run_value(const graph_run *f, uint32_t rank, const char *name);
rg_tensor *graph_run_tensor(const graph_run *f, uint32_t rank, const char *name);
/* One of the results of a graph that returns a tuple. */
const rg_tensor *graph_run_output(const graph_run *f, uint32_t rank, size_t index);

void assert_elements(const rg_tensor *actual, const double *expected, size_t count);
#define ASSERT_ELEMENTS(actual, ...)                                                                                   \
    assert_elements((actual), (const double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / sizeof(double))

bool last_message_has(const rg_context *context, const char *text);

#endif

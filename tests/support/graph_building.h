/*
 * graph_building.h: short ways to make graphs in tests. Every function fails the running cmocka test when the library
 * refuses.
 */
#ifndef RG_TESTS_GRAPH_BUILDING_H
#define RG_TESTS_GRAPH_BUILDING_H

#include <regraft/graph.h>

#include "base/buffer.h"

/* The arguments `const rg_value *, size_t` from a list of values. */
#define VALUES(...) (const rg_value[]){__VA_ARGS__}, sizeof((rg_value[]){__VA_ARGS__}) / sizeof(rg_value)

rg_graph *build_graph(rg_context *context);
rg_op build_op(rg_context *context, const char *name);

/* An empty or NULL name is derived. */
rg_node build_placeholder(rg_graph *graph, const char *name);
rg_node build_get_attr(rg_graph *graph, const char *path);
/* `op` as rg_context_find_op reads it; a new name becomes an opaque op of the kind its form suggests. */
rg_node build_call(rg_graph *graph, const char *op, const char *name, const rg_value *arguments, size_t count);
rg_node build_call_before(rg_graph *graph, rg_node before, const char *op, const char *name, const rg_value *arguments,
                          size_t count);
/* The same with keyword arguments: `names[i]` is NULL for a positional one. */
rg_node build_call_named(rg_graph *graph, const char *op, const char *const *names, const rg_value *arguments,
                         size_t count);
rg_node build_output(rg_graph *graph, rg_value value);

rg_value build_int(rg_context *context, int64_t number);
rg_value build_string(rg_context *context, const char *text);
rg_value build_items(rg_graph *graph, rg_value_kind kind, const rg_value *items, size_t count);
rg_value value_of(rg_node node);

/* The names of the nodes in order, blank between them; static storage, valid until the next call. */
const char *node_names(const rg_graph *graph);
/* "mul_1.0 add.1": the uses of a node, user and argument index; likewise. */
const char *use_names(const rg_graph *graph, rg_node node);

/* Everything the graph says, in a form of its own: nodes in order with arguments, types and uses. Graphs with equal
 * texts are equal but for ids. */
void append_graph(rg_buffer *out, const rg_graph *graph);

/* rg_graph_verify, with its diagnostic shown on failure. */
void assert_graph_holds(const rg_graph *graph);
void assert_string_is(rg_string text, const char *expected);

#endif

/*
 * same_graph.h: are two graphs the same, node by node in order, whatever their nodes are called?
 */
#ifndef RG_TESTS_SAME_GRAPH_H
#define RG_TESTS_SAME_GRAPH_H

#include <regraft/graph.h>

typedef struct same_graph_options {
    rg_size *from;     /* sizes of `a` are compared after replacing these symbols ... */
    const rg_size *to; /* ... by these */
    size_t symbol_count;
} same_graph_options;

/* On a difference `why` says where, as a line of text. Both graphs must be of one context. */
bool same_graph(const rg_graph *a, const rg_graph *b, const same_graph_options *options, char *why, size_t why_size);

/* The whole file, NUL-terminated, from malloc; fails the running test when it cannot be read. */
char *read_test_file(const char *path, size_t *size);

#endif

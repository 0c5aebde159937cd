/*
 * document.h: reading and printing the printed form of FX graphs (grammar: doc/grammar.md).
 *
 * A document is what one file holds: usually one graph with its submodules, sometimes several graphs, in a log also
 * text around them. What PyTorch printed prints back byte for byte; what people and formatters made of it is read too,
 * and printed as PyTorch would (doc/grammar.md, "What is kept"). Comments, log prefixes and styles stay with a graph
 * through edits.
 */
#ifndef REGRAFT_DOCUMENT_H
#define REGRAFT_DOCUMENT_H

#include <regraft/graph.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_document rg_document;

/*
 * Read a text. `file` is the name used in diagnostics. TORCH_LOGS line prefixes and the heading before a class are
 * recognised and remembered. On failure nothing is created and the first error is a diagnostic with line, column, caret
 * and what was expected. The text need not outlive the call.
 */
RG_API RG_NODISCARD rg_status rg_document_parse(rg_document **out, rg_context *context, rg_string text, rg_string file);
/* Read a file; "-" is standard input. RG_ERROR_IO when it cannot be read. */
RG_API RG_NODISCARD rg_status rg_document_read(rg_document **out, rg_context *context, const char *path);
RG_API void rg_document_destroy(rg_document *document);

RG_API size_t rg_document_graph_count(const rg_document *document);
RG_API rg_graph *rg_document_graph(const rg_document *document, size_t index); /* lent */
/* Take the graph out of the document; it is yours. The document keeps the rest; its place stays, empty: NULL. */
RG_API rg_graph *rg_document_take_graph(rg_document *document, size_t index);

/* How to print. The defaults, all false, give the form the graph was read in, or that of print_readable with strides
 * and devices for a graph that was built. Options may be NULL for the defaults. */
typedef struct rg_print_options {
    size_t struct_size;
    bool strip_log;      /* leave out log prefixes, text around the graphs, and terminal colours */
    bool strip_comments; /* leave out comments, blank lines and metadata blocks */
} rg_print_options;

#define RG_PRINT_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        sizeof(rg_print_options), false, false                                                                         \
    }

/* Print a document, with what stands around and between its graphs, or one graph with its submodules. `options` may be
 * NULL. What has not been changed since it was read prints as it was read. */
RG_API RG_NODISCARD rg_status rg_document_print(const rg_document *document, const rg_print_options *options,
                                                rg_sink sink);
RG_API RG_NODISCARD rg_status rg_graph_print(const rg_graph *graph, const rg_print_options *options, rg_sink sink);
/* One node as its statement, without indentation, deletions and line break: `mul: "f32[2]" = torch.ops...`. */
RG_API RG_NODISCARD rg_status rg_node_print(const rg_graph *graph, rg_node node, rg_sink sink);
/* One value as it is printed in an argument list. */
RG_API RG_NODISCARD rg_status rg_value_print(const rg_context *context, const rg_graph *graph, rg_value value,
                                             rg_sink sink);

/* Read one graph from a text that holds exactly one. */
RG_API RG_NODISCARD rg_status rg_graph_parse(rg_graph **out, rg_context *context, rg_string text, rg_string file);

/* Write a file whole or not at all: to a temporary beside it, then rename. "-" is standard output. */
RG_API RG_NODISCARD rg_status rg_document_write(const rg_document *document, const rg_print_options *options,
                                                const char *path);
RG_API RG_NODISCARD rg_status rg_graph_write(const rg_graph *graph, const rg_print_options *options, const char *path);

#ifdef __cplusplus
}
#endif
#endif

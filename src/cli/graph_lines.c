/*
 * graph_lines.c: see the header.
 */
#include "cli/graph_lines.h"

bool graph_lines_start(graph_lines *lines, const rg_document *document, const char *path)
{
    *lines = (graph_lines){path, {NULL, 0, 0}};
    return rg_document_print(document, NULL, text_sink(&lines->text)) == RG_OK;
}

void graph_lines_free(graph_lines *lines)
{
    text_free(&lines->text);
}

/* Behind "class NAME(", the first one from `from` on; NULL when there is none. */
static const char *find_class(const char *from, rg_string name)
{
    for (const char *at = from; (at = strstr(at, "class ")) != NULL;) {
        at += strlen("class ");
        if (strncmp(at, name.data, name.size) == 0 && at[name.size] == '(') {
            return at + name.size;
        }
    }
    return NULL;
}

static const rg_graph *outermost(const rg_graph *graph)
{
    while (rg_graph_parent(graph) != NULL) {
        graph = rg_graph_parent(graph);
    }
    return graph;
}

/* Where the class of the graph begins: the outermost ones stand in order, submodules behind the graph that has them. */
static const char *find_graph(const graph_lines *lines, const rg_graph *graph, size_t number)
{
    const rg_graph *outer = outermost(graph);
    const char *at = lines->text.data;
    for (size_t i = 0; i <= number && at != NULL; i++) {
        at = find_class(at, rg_graph_name(outer));
    }
    return at == NULL || graph == outer ? at : find_class(at, rg_graph_name(graph));
}

/* Where the node's name stands with what it is: `mul: "f32[4]" = ...`, `mul = ...`, a parameter `x: "f32[4]"`. */
static const char *find_name(const char *from, rg_string name)
{
    const char *end = strstr(from, "\nclass ");
    for (const char *at = from; (at = strstr(at, name.data)) != NULL && (end == NULL || at < end); at++) {
        bool begins = at > from && (at[-1] == ' ' || at[-1] == '(' || at[-1] == '\n');
        const char *behind = at + name.size;
        if (begins && (*behind == ':' || strncmp(behind, " =", 2) == 0 || strncmp(behind, " :", 2) == 0)) {
            return at;
        }
    }
    return NULL;
}

void graph_lines_locate(const graph_lines *lines, rg_location *place, const rg_graph *graph, size_t number,
                        rg_node node)
{
    const char *class = lines->text.data == NULL ? NULL : find_graph(lines, graph, number);
    bool is_output = rg_node_kind(graph, node) == RG_OP_OUTPUT;
    const char *at = class == NULL ? NULL : is_output ? strstr(class, "return ") : NULL;
    at = class != NULL && !is_output ? find_name(class, rg_node_name(graph, node)) : at;
    if (at == NULL) {
        return;
    }
    const char *start = at;
    uint32_t line = 1;
    while (start > lines->text.data && start[-1] != '\n') {
        start--;
    }
    for (const char *before = lines->text.data; (before = memchr(before, '\n', (size_t)(start - before))) != NULL;
         before++) {
        line++;
    }
    place->file = rg_string_from(lines->path);
    place->line = line;
    place->column = (uint32_t)(at - start) + place->caret + 1;
}

/*
 * picture_output.c: see the header.
 */
#include "cli/picture_output.h"

#include <stdlib.h>

#include "cli/graphviz.h"
#include "cli/match_output.h"

/* ---- formats ---- */

static const char *const format_names[] = {"dot", "svg", "html"};

picture_format picture_format_named(const char *name)
{
    for (size_t i = 0; i < sizeof(format_names) / sizeof(format_names[0]); i++) {
        if (strcmp(format_names[i], name) == 0) {
            return (picture_format)i;
        }
    }
    return PICTURE_UNKNOWN;
}

picture_format picture_format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot == NULL ? PICTURE_UNKNOWN : picture_format_named(dot + 1);
}

/* ---- sheets ---- */

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

static void keep_sheet(picture_sheets *sheets, size_t graph, char *path, size_t number)
{
    sheets->items = reallocate(sheets->items, (sheets->count + 1) * sizeof(*sheets->items));
    sheets->items[sheets->count++] = (picture_sheet){graph, path, number};
}

bool add_sheets(picture_sheets *sheets, rg_drawing *drawing, size_t index, const rg_graph *before,
                const rg_graph *after, rg_sheet_kind kind)
{
    cli_text path = {NULL, 0, 0};
    size_t number;
    text_add(&path, "", 0);
    graph_path(&path, before);
    rg_string title = path.size > 0 ? (rg_string){path.data, path.size} : rg_graph_name(before);
    bool good = rg_drawing_add_sheet(&number, drawing, title, before, after, kind) == RG_OK;
    if (good) {
        keep_sheet(sheets, index, path.data, number);
    } else {
        text_free(&path);
    }
    for (size_t i = 0; good && i < rg_graph_child_count(before); i++) {
        const rg_graph *child = rg_graph_child(before, i);
        const rg_graph *twin = NULL;
        for (size_t j = 0; after != NULL && twin == NULL && j < rg_graph_child_count(after); j++) {
            const rg_graph *candidate = rg_graph_child(after, j);
            twin = rg_string_equal(rg_graph_name(candidate), rg_graph_name(child)) ? candidate : NULL;
        }
        good = add_sheets(sheets, drawing, index, child, twin, kind);
    }
    return good;
}

bool find_sheet(const picture_sheets *sheets, size_t graph, const char *path, size_t *out)
{
    for (size_t i = 0; i < sheets->count; i++) {
        if (sheets->items[i].graph == graph && strcmp(sheets->items[i].path, path) == 0) {
            *out = sheets->items[i].number;
            return true;
        }
    }
    return false;
}

void free_sheets(picture_sheets *sheets)
{
    for (size_t i = 0; i < sheets->count; i++) {
        free(sheets->items[i].path);
    }
    free(sheets->items);
    *sheets = (picture_sheets){NULL, 0};
}

/* ---- matches ---- */

match_names names_of_match(const rg_match *match, const rg_graph *before)
{
    const rg_graph *graph = rg_match_graph(match);
    size_t count = rg_match_node_count(match);
    match_names names = {NULL, 0, NULL, 0, NULL, 0};
    names.nodes = allocate(count * sizeof(*names.nodes));
    names.made = allocate(count * sizeof(*names.made));
    names.outputs = allocate(rg_match_output_count(match) * sizeof(*names.outputs));
    for (size_t i = 0; i < count; i++) {
        rg_node node = rg_match_node(match, i);
        rg_string name = rg_node_name(graph, node);
        if (rg_node_same(rg_graph_find(before, name), node)) {
            names.nodes[names.node_count++] = name;
        } else {
            names.made[names.made_count++] = name;
        }
    }
    for (size_t i = 0; i < rg_match_output_count(match); i++) {
        rg_node node = rg_match_output(match, i);
        if (!rg_node_is_null(node)) {
            names.outputs[names.output_count++] = rg_node_name(graph, node);
        }
    }
    return names;
}

void free_names(match_names *names)
{
    free(names->nodes);
    free(names->made);
    free(names->outputs);
    *names = (match_names){NULL, 0, NULL, 0, NULL, 0};
}

/* ---- printing ---- */

bool render_picture(cli_text *out, rg_drawing *drawing, picture_format format, uint32_t max_nodes)
{
    static rg_status (*const printers[])(rg_drawing *, const rg_draw_options *, rg_sink) = {
        [PICTURE_DOT] = rg_drawing_print_dot,
        [PICTURE_SVG] = rg_drawing_print_svg,
        [PICTURE_HTML] = rg_drawing_print_html,
    };
    static const char install[] = "Graphviz's 'dot' is not in PATH; Debian has it in the package graphviz";
    rg_draw_options options = RG_DRAW_OPTIONS_INIT;
    options.max_nodes = max_nodes;
    options.layout = format != PICTURE_DOT && has_graphviz() ? graphviz_layout : NULL;
    if (options.layout == NULL && format == PICTURE_SVG) {
        complain("%s. DOT and HTML can be written without it", install);
        return false;
    }
    if (options.layout == NULL && format == PICTURE_HTML) {
        warn("the page has no pictures: %s", install);
    }
    rg_status status = printers[format](drawing, &options, text_sink(out));
    if (status == RG_ERROR_LIMIT && format == PICTURE_SVG) {
        complain("Graphviz did not finish within %d seconds; --at NODE or --max-nodes N draw less", GRAPHVIZ_SECONDS);
    }
    return status == RG_OK;
}

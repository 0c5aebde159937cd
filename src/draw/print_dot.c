/*
 * print_dot.c: pictures as DOT, Graphviz's language.
 *
 * The vertex n0_17 is node 17 of side 0, c0_3_17 a copy of node 3 beside node 17, f0_2 the third fold of that side, and
 * i0_17/o0_17 stand for inputs or users of node 17 that are not drawn. Vertices have these numbers as `id` (p0n17), by
 * which the page finds them, and all text is in labels in Graphviz's HTML form, where escaping is that of HTML.
 */
#include "draw/draw_impl.h"

#include "base/table.h"
#include "ir/context_impl.h"

/* Fill and line. The page has the same lines (page.css). */
static const char *const colours[RG_DRAW_COLOURS][2] = {
    {"#dbeafe", "#2563eb"}, {"#ffedd5", "#ea580c"}, {"#dcfce7", "#16a34a"}, {"#f3e8ff", "#9333ea"},
    {"#fce7f3", "#db2777"}, {"#ccfbf1", "#0d9488"}, {"#fef9c3", "#ca8a04"}, {"#fee2e2", "#dc2626"},
    {"#e0e7ff", "#4f46e5"}, {"#ecfccb", "#65a30d"}, {"#cffafe", "#0891b2"}, {"#f0e0d0", "#92400e"},
};

/* nslimit bounds the time that Graphviz takes: without it, ten times as long for a picture as good. */
static const char defaults[] =
    "    graph [fontname=\"Helvetica\", fontsize=11, nodesep=0.2, ranksep=0.3, pad=0.2, nslimit=3, nslimit1=3];\n"
    "    node [shape=box, style=\"rounded,filled\", fillcolor=\"#f5f6f8\", color=\"#8b94a3\", fontname=\"Helvetica\", "
    "fontsize=11, height=0.3, margin=\"0.12,0.05\"];\n"
    "    edge [color=\"#7d8796\", arrowsize=0.6];\n";

/* ---- text ---- */

/* A line of a label: the first in bold, the others small. */
static void append_line(rg_buffer *out, const rg_buffer *text, bool is_first)
{
    rg_string string = text->size > 0 ? rg__buffer_string(text) : rg_string_from("?");
    rg__buffer_append_text(out, is_first ? "<B>" : "<BR/><FONT POINT-SIZE=\"9\" COLOR=\"#5b6472\">");
    rg__draw_append_label(out, string);
    rg__buffer_append_text(out, is_first ? "</B>" : "</FONT>");
}

static rg_status append_label(rg_buffer *out, const rg_drawing *drawing, const rg_draw_side *side, uint32_t place)
{
    rg_node node = side->nodes[place];
    rg_op_kind kind = rg_node_kind(side->graph, node);
    rg_buffer text;
    rg__buffer_init(&text, drawing->allocator);
    rg_status status = rg__draw_append_call(&text, side, place);
    append_line(out, &text, true);
    rg__buffer_clear(&text);
    if (kind != RG_OP_OUTPUT && !rg__draw_is_input(side, place)) {
        rg__buffer_append(&text, rg_node_name(side->graph, node));
        rg__buffer_append_text(&text, rg_type_is_null(rg_node_type(side->graph, node)) ? "" : "  ");
    }
    if (status == RG_OK) {
        status = rg__draw_append_type(&text, side, place);
    }
    if (text.size > 0) {
        append_line(out, &text, false);
    }
    status = status == RG_OK && text.failed ? RG_ERROR_MEMORY : status;
    rg__buffer_free(&text);
    return status;
}

void rg__draw_describe(rg_buffer *out, const rg_picture *picture)
{
    uint32_t count = picture->side->count;
    rg__draw_append_count(out, count);
    rg__buffer_append_text(out, count == 1 ? " node" : " nodes");
    static const char *const words[] = {
        [RG_DRAW_ALL] = "",
        [RG_DRAW_FOCUS] = "; drawn: the surroundings of what was asked for",
        [RG_DRAW_FOLDED] = "; repeated parts are drawn once",
        [RG_DRAW_REGIONS] = "; drawn: what matched or changed, and what stands next to it",
        [RG_DRAW_FIRST] = "; drawn: the beginning",
    };
    rg__buffer_append_text(out, words[picture->extent]);
    if (picture->extent != RG_DRAW_ALL) {
        rg__buffer_append_text(out, picture->is_cut ? ", the first " : " (");
        rg__draw_append_count(out, picture->shown);
        rg__buffer_append_text(out, picture->is_cut ? " nodes of it" : " boxes)");
    }
}

/* ---- vertices ---- */

/* Class and colours by what a node is: matched, only on this side, a value from outside or the result, anything else.
 */
static void append_look(rg_buffer *out, const rg_drawing *drawing, const rg_draw_side *side, uint32_t place)
{
    uint32_t rule = rg__draw_rule_at(drawing, side, place);
    bool is_output = rg_node_kind(side->graph, side->nodes[place]) == RG_OP_OUTPUT;
    const char *kind = is_output ? "output" : rg__draw_is_input(side, place) ? "input" : "call";
    rg__buffer_append_format(out, "class=\"%s", kind);
    if (rule != 0) {
        const char *const *colour = colours[(rule - 1) % RG_DRAW_COLOURS];
        rg__buffer_append_format(out, " r%u\", fillcolor=\"%s\", color=\"%s\", penwidth=1.5",
                                 (rule - 1) % RG_DRAW_COLOURS, colour[0], colour[1]);
    } else if (side->changed[place]) {
        rg__buffer_append_text(out, " changed\", style=\"rounded,filled,dashed\", color=\"#5b6472\", penwidth=1.5");
    } else {
        rg__buffer_append_text(out, kind[0] == 'c' ? "\"" : "\", fillcolor=\"#ffffff\", color=\"#c3c9d2\"");
    }
}

static rg_status append_node(rg_buffer *out, const rg_drawing *drawing, const rg_draw_side *side, uint32_t place)
{
    rg__buffer_append_format(out, "n%u_%u [id=\"p%un%u\", ", side->number, place, side->number, place);
    append_look(out, drawing, side, place);
    rg__buffer_append_text(out, ", label=<");
    rg_status status = append_label(out, drawing, side, place);
    rg__buffer_append_text(out, ">];\n");
    return status;
}

static void append_fold(rg_buffer *out, const rg_picture *picture, uint32_t number)
{
    const rg_draw_side *side = picture->side;
    const rg_draw_fold *fold = &picture->folds.items[number];
    uint32_t last = fold->first + fold->size * fold->copies - 1;
    rg__buffer_append_format(out,
                             "f%u_%u [id=\"p%uf%u\", class=\"fold\", shape=box3d, style=filled, fillcolor=\"#e9ebef\", "
                             "margin=\"0.2,0.1\", label=<<B>",
                             side->number, number, side->number, number);
    rg__draw_append_count(out, fold->copies);
    rg__buffer_append_text(out, " more like these ");
    rg__draw_append_count(out, fold->size);
    rg__buffer_append_text(out, " nodes</B><BR/><FONT POINT-SIZE=\"9\" COLOR=\"#5b6472\">");
    rg__draw_append_label(out, rg_node_name(side->graph, side->nodes[fold->first]));
    rg__buffer_append_text(out, " to ");
    rg__draw_append_label(out, rg_node_name(side->graph, side->nodes[last]));
    rg__buffer_append_text(out, "</FONT>>];\n");
}

/* ---- inputs ---- */

/* A value from outside that many read would be at one end of long edges across the whole picture. */
static bool is_copied(const rg_picture *picture, uint32_t place)
{
    enum { MOST_READERS = 2 };
    const rg_draw_side *side = picture->side;
    return rg__draw_is_input(side, place) && rg_node_user_count(side->graph, side->nodes[place]) > MOST_READERS;
}

/* The node once more, for the one that reads it. */
static rg_status append_copy(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture, uint32_t place,
                             uint32_t user)
{
    const rg_draw_side *side = picture->side;
    uint32_t number = side->number;
    rg__buffer_append_format(out, "c%u_%u_%u [id=\"p%un%uc%u\", ", number, place, user, number, place, user);
    append_look(out, drawing, side, place);
    rg__buffer_append_text(out, ", label=<");
    rg_status status = append_label(out, drawing, side, place);
    rg__buffer_append_format(out, ">];\nc%u_%u_%u -> n%u_%u [id=\"p%ue%u_%u\"];\n", number, place, user, number, user,
                             number, place, user);
    return status;
}

/* One for each node that reads it and is drawn. */
static rg_status append_copies(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture, uint32_t place)
{
    const rg_draw_side *side = picture->side;
    rg_node node = side->nodes[place];
    uint32_t last = RG_DRAW_NOWHERE;
    rg_status status = RG_OK;
    for (size_t i = 0; status == RG_OK && i < rg_node_use_count(side->graph, node); i++) {
        uint32_t user = rg__draw_place(side, rg_node_use(side->graph, node, i).user);
        if (user != RG_DRAW_NOWHERE && user != last && picture->vertices[user] == RG_DRAW_SHOWN) {
            status = append_copy(out, drawing, picture, place, user);
        }
        last = user; /* uses of one user stand together */
    }
    return status;
}

/* ---- edges ---- */

static void append_vertex_name(rg_buffer *out, const rg_picture *picture, uint32_t place)
{
    uint32_t vertex = picture->vertices[place];
    bool is_fold = vertex >= RG_DRAW_FIRST_FOLD;
    rg__buffer_append_format(out, "%c%u_%u", is_fold ? 'f' : 'n', picture->side->number,
                             is_fold ? vertex - RG_DRAW_FIRST_FOLD : place);
}

/* The number of the vertex that a node is drawn as, among nodes and folds. */
static uint32_t vertex_number(const rg_picture *picture, uint32_t place)
{
    uint32_t vertex = picture->vertices[place];
    return vertex >= RG_DRAW_FIRST_FOLD ? picture->side->count + vertex - RG_DRAW_FIRST_FOLD : place;
}

/* One edge for all uses of the one by the other. */
static void append_edge(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture, rg_map *done,
                        uint32_t from, uint32_t to)
{
    uint32_t number = picture->side->number;
    uint64_t key = (uint64_t)vertex_number(picture, from) << 32 | vertex_number(picture, to);
    uint32_t ignored;
    if (vertex_number(picture, from) == vertex_number(picture, to) || rg__map_find(done, key, &ignored)) {
        return;
    }
    out->failed = out->failed || !rg__map_set(drawing->allocator, done, key, 1);
    append_vertex_name(out, picture, from);
    rg__buffer_append_text(out, " -> ");
    append_vertex_name(out, picture, to);
    if (picture->vertices[from] == RG_DRAW_SHOWN && picture->vertices[to] == RG_DRAW_SHOWN) {
        rg__buffer_append_format(out, " [id=\"p%ue%u_%u\"]", number, from, to);
    }
    rg__buffer_append_text(out, ";\n");
}

/* A dashed end where the picture stops. */
static void append_stub(rg_buffer *out, const rg_picture *picture, uint32_t place, bool is_input)
{
    uint32_t number = picture->side->number;
    char kind = is_input ? 'i' : 'o';
    rg__buffer_append_format(
        out, "%c%u_%u [class=\"stub\", shape=plaintext, style=\"\", height=0.1, label=\"\xe2\x80\xa6\"];\n", kind,
        number, place);
    if (is_input) {
        rg__buffer_append_format(out, "i%u_%u -> n%u_%u [style=dashed];\n", number, place, number, place);
    } else {
        rg__buffer_append_format(out, "n%u_%u -> o%u_%u [style=dashed, arrowhead=none];\n", number, place, number,
                                 place);
    }
}

/* Edges by what is read, in list order, and stubs for what is left out on either end. */
static rg_status append_edges(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture)
{
    const rg_draw_side *side = picture->side;
    const rg_allocator *allocator = drawing->allocator;
    rg_map done = {0};
    bool *lacks_input = rg__allocate(allocator, side->count + 1);
    if (lacks_input == NULL) {
        return RG_ERROR_MEMORY;
    }
    memset(lacks_input, 0, side->count + 1);
    for (uint32_t place = 0; place < side->count; place++) {
        rg_node node = side->nodes[place];
        bool lacks_user = false;
        for (size_t i = 0; i < rg_node_use_count(side->graph, node); i++) {
            uint32_t user = rg__draw_place(side, rg_node_use(side->graph, node, i).user);
            bool user_hidden = user == RG_DRAW_NOWHERE || picture->vertices[user] == RG_DRAW_HIDDEN;
            bool node_hidden = picture->vertices[place] == RG_DRAW_HIDDEN;
            if (!user_hidden && !node_hidden && is_copied(picture, place)) {
                continue; /* its copies have their edges */
            }
            if (!user_hidden && !node_hidden) {
                append_edge(out, drawing, picture, &done, place, user);
            } else if (!user_hidden) {
                lacks_input[user] = true;
            } else {
                lacks_user = true;
            }
        }
        if (lacks_input[place] && picture->vertices[place] == RG_DRAW_SHOWN) {
            append_stub(out, picture, place, true);
        }
        if (lacks_user && picture->vertices[place] == RG_DRAW_SHOWN && !rg__draw_is_input(side, place)) {
            append_stub(out, picture, place, false);
        }
    }
    rg__map_free(allocator, &done);
    rg__free(allocator, lacks_input, side->count + 1);
    return RG_OK;
}

static rg_status append_picture(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture)
{
    rg_status status = RG_OK;
    for (uint32_t place = 0; status == RG_OK && place < picture->side->count; place++) {
        if (picture->vertices[place] == RG_DRAW_SHOWN) {
            status = is_copied(picture, place) ? append_copies(out, drawing, picture, place)
                                               : append_node(out, drawing, picture->side, place);
        }
    }
    for (uint32_t i = 0; i < picture->folds.count; i++) {
        append_fold(out, picture, i);
    }
    return status == RG_OK ? append_edges(out, drawing, picture) : status;
}

rg_status rg__draw_side_dot(rg_buffer *out, const rg_drawing *drawing, const rg_picture *picture)
{
    rg__buffer_append_format(out, "digraph regraft {\n    graph [id=\"p%u\", bgcolor=\"transparent\"];\n",
                             picture->side->number);
    rg__buffer_append_text(out, defaults);
    rg_status status = append_picture(out, drawing, picture);
    rg__buffer_append_text(out, "}\n");
    return status == RG_OK && out->failed ? RG_ERROR_MEMORY : status;
}

/* ---- a drawing as one graph ---- */

static void append_legend(rg_buffer *out, const rg_drawing *drawing)
{
    rg__buffer_append_text(out,
                           "    label=<<TABLE BORDER=\"0\" CELLSPACING=\"4\"><TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\"><B>");
    rg__draw_append_label(out, drawing->title.size > 0 ? drawing->title : rg_string_from("graph"));
    rg__buffer_append_text(out, "</B></TD></TR>");
    for (uint32_t i = 0; i < drawing->rules.count; i++) {
        const rg_draw_rule *rule = &drawing->rules.items[i];
        const char *const *colour = colours[i % RG_DRAW_COLOURS];
        rg__buffer_append_format(out,
                                 "<TR><TD BORDER=\"1\" BGCOLOR=\"%s\" COLOR=\"%s\" WIDTH=\"20\"></TD>"
                                 "<TD ALIGN=\"LEFT\">",
                                 colour[0], colour[1]);
        rg__draw_append_label(out, rule->name.size > 0 ? rule->name : rg_string_from("?"));
        rg__buffer_append_text(out, ": ");
        rg__draw_append_count(out, rule->count);
        rg__buffer_append_text(out, rule->count == 1 ? " match</TD></TR>" : " matches</TD></TR>");
    }
    rg__buffer_append_text(out, "</TABLE>>; labelloc=t; labeljust=l;\n");
}

/* A side, as a cluster under its name when there are several. */
static rg_status append_side(rg_buffer *out, const rg_drawing *drawing, const rg_draw_sheet *sheet,
                             const rg_draw_side *side, uint32_t max_nodes)
{
    rg_picture picture;
    rg_status status = rg__picture_choose(&picture, drawing, side, max_nodes);
    if (status != RG_OK) {
        return status;
    }
    bool is_cluster = drawing->side_count > 1;
    if (is_cluster) {
        rg__buffer_append_format(out, "subgraph cluster_%u {\n    color=\"#c3c9d2\"; label=<", side->number);
        rg__draw_append_label(out, sheet->title);
        rg__buffer_append_text(out, sheet->title.size > 0 && side->title[0] != '\0' ? ", " : "");
        rg__buffer_append_text(out, side->title);
        rg__buffer_append_text(out, ": ");
        rg__draw_describe(out, &picture);
        rg__buffer_append_text(out, ">;\n");
    }
    status = append_picture(out, drawing, &picture);
    rg__buffer_append_text(out, is_cluster ? "}\n" : "");
    rg__picture_free(&picture, drawing);
    return status;
}

rg_status rg__draw_dot(rg_buffer *out, rg_drawing *drawing, uint32_t max_nodes)
{
    rg_status status = RG_OK;
    rg__draw_spread_colours(drawing);
    rg__buffer_append_text(out, "digraph regraft {\n    graph [bgcolor=\"white\"];\n");
    rg__buffer_append_text(out, defaults);
    append_legend(out, drawing);
    for (uint32_t i = 0; status == RG_OK && i < drawing->sheets.count; i++) {
        const rg_draw_sheet *sheet = &drawing->sheets.items[i];
        for (uint32_t j = 0; status == RG_OK && j < sheet->side_count; j++) {
            status = append_side(out, drawing, sheet, &sheet->sides[j], max_nodes);
        }
    }
    rg__buffer_append_text(out, "}\n");
    return status == RG_OK && out->failed ? RG_ERROR_MEMORY : status;
}

rg_status rg_drawing_print_dot(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink)
{
    rg_buffer text;
    rg__buffer_init(&text, drawing->allocator);
    rg_status status = rg__draw_dot(&text, drawing, options == NULL ? 0 : options->max_nodes);
    status = status == RG_ERROR_MEMORY ? rg__report_memory(drawing->context) : status;
    status = status == RG_OK ? sink.write(sink.user, text.data, text.size) : status;
    rg__buffer_free(&text);
    return status;
}

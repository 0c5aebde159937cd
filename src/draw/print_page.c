/*
 * print_page.c: the HTML page. page.html is the frame; what stands in it as {{name}} is filled in here.
 *
 * The page is complete without its script: every node is a row, every match is listed. Nodes are found by id: the row
 * of node 17 of side 0 is s0n17, its vertex in the picture p0n17.
 */
#include "draw/draw_impl.h"

#include <regraft/document.h>

#include "draw/page_texts.h"
#include "ir/context_impl.h"

typedef struct page_writer {
    rg_buffer *out;
    const rg_drawing *drawing;
    const rg_draw_options *options;
} page_writer;

static void put(const page_writer *page, const char *text)
{
    rg__buffer_append_text(page->out, text);
}

static void put_text(const page_writer *page, rg_string text)
{
    rg__draw_append_html(page->out, text);
}

static void put_count(const page_writer *page, uint64_t count, const char *one, const char *many)
{
    rg__draw_append_count(page->out, count);
    put(page, count == 1 ? one : many);
}

static void put_colour(const page_writer *page, uint32_t rule)
{
    rg__buffer_append_format(page->out, "r%u", rule % RG_DRAW_COLOURS);
}

/* ---- the top ---- */

static rg_status put_title(const page_writer *page)
{
    put_text(page, page->drawing->title);
    return RG_OK;
}

static rg_status put_version(const page_writer *page)
{
    put(page, rg_version());
    return RG_OK;
}

static rg_status put_style(const page_writer *page)
{
    put(page, rg__page_css);
    return RG_OK;
}

static rg_status put_script(const page_writer *page)
{
    put(page, rg__page_js);
    return RG_OK;
}

static rg_status put_summary(const page_writer *page)
{
    const rg_drawing *drawing = page->drawing;
    uint64_t counts[2] = {0, 0};
    bool has_after = false;
    for (uint32_t i = 0; i < drawing->sheets.count; i++) {
        const rg_draw_sheet *sheet = &drawing->sheets.items[i];
        counts[0] += sheet->sides[0].count;
        counts[1] += sheet->sides[sheet->side_count - 1].count;
        has_after = has_after || sheet->side_count == 2;
    }
    put_count(page, counts[0], " node", " nodes");
    if (has_after) {
        put(page, " before, ");
        put_count(page, counts[1], " after", " after");
    }
    if (drawing->matches.count > 0 || drawing->passes.count > 0) {
        put(page, "; ");
        put_count(page, drawing->matches.count, " match", " matches");
    }
    return RG_OK;
}

/* ---- passes and matches ---- */

static void put_pass(const page_writer *page, const rg_draw_pass *pass, const char *cell)
{
    uint64_t hundredths = pass->nanoseconds / 10000; /* of a millisecond */
    rg__buffer_append_format(page->out, "<tr%s><%s>", pass->matched == 0 ? " class=\"none\"" : "", cell);
    put_text(page, pass->name);
    rg__buffer_append_format(page->out, "</%s><td class=\"number\">", cell);
    rg__draw_append_count(page->out, pass->matched);
    put(page, "</td><td class=\"number\">");
    rg__draw_append_count(page->out, hundredths / 100);
    rg__buffer_append_format(page->out, ".%02u</td></tr>\n", (unsigned)(hundredths % 100));
}

static rg_status put_passes(const page_writer *page)
{
    const rg_drawing *drawing = page->drawing;
    rg_draw_pass total = {rg_string_from("total"), 0, 0};
    if (drawing->passes.count == 0) {
        return RG_OK;
    }
    put(page, "<section id=\"passes\">\n<h2>Passes</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>pass</th>"
              "<th class=\"number\">matches</th><th class=\"number\">ms</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < drawing->passes.count; i++) {
        const rg_draw_pass *pass = &drawing->passes.items[i];
        put_pass(page, pass, "td");
        total.matched += pass->matched;
        total.nanoseconds += pass->nanoseconds;
    }
    put(page, "</tbody>\n<tfoot>\n");
    put_pass(page, &total, "td");
    put(page, "</tfoot>\n</table></div>\n</section>\n");
    return RG_OK;
}

/* A node by name, with a link where it has a row before. */
static void put_link(const page_writer *page, size_t sheet, rg_string name)
{
    const rg_draw_side *side = &page->drawing->sheets.items[sheet].sides[0];
    uint32_t place = rg__draw_place_of_name(side, name);
    if (place != RG_DRAW_NOWHERE) {
        rg__buffer_append_format(page->out, "<a href=\"#s%un%u\">", side->number, place);
    }
    put_text(page, name);
    put(page, place != RG_DRAW_NOWHERE ? "</a>" : "");
}

/* The root too may have been made by another pass. */
static void put_root(const page_writer *page, const rg_draw_match *match)
{
    for (size_t i = 0; i < match->node_count; i++) {
        if (rg_string_equal(match->nodes[i], match->root)) {
            put_link(page, match->sheet, match->root);
            return;
        }
    }
    put_text(page, match->root);
}

static void put_match(const page_writer *page, const rg_draw_match *match)
{
    const rg_drawing *drawing = page->drawing;
    const rg_draw_sheet *sheet = &drawing->sheets.items[match->sheet];
    put(page, "<li>");
    put_root(page, match);
    put(page, " <span class=\"names\">");
    if (!rg_string_equal(match->instance, drawing->rules.items[match->rule].name)) {
        put_text(page, match->instance);
        put(page, " ");
    }
    if (match->pass.size > 0) {
        put(page, "in ");
        put_text(page, match->pass);
    }
    if (drawing->sheets.count > 1) {
        put(page, " of ");
        put_text(page, sheet->title);
    }
    put(page, ": ");
    for (size_t i = 0; i < match->node_count; i++) {
        put(page, i > 0 ? " " : "");
        put_link(page, match->sheet, match->nodes[i]);
    }
    for (size_t i = 0; i < match->made_count; i++) {
        put(page, i > 0 ? " " : match->node_count > 0 ? "; made before: " : "made before: ");
        put_text(page, match->made[i]);
    }
    put(page, "</span></li>\n");
}

static void put_rule(const page_writer *page, uint32_t rule)
{
    const rg_drawing *drawing = page->drawing;
    put(page, "<details class=\"rule\"><summary class=\"");
    put_colour(page, rule);
    put(page, "\"><span class=\"chip\"></span>");
    put_text(page, drawing->rules.items[rule].name);
    put(page, " <span class=\"count\">");
    put_count(page, drawing->rules.items[rule].count, " match", " matches");
    put(page, "</span></summary>\n<ol>\n");
    for (uint32_t i = 0; i < drawing->matches.count; i++) {
        if (drawing->matches.items[i].rule == rule) {
            put_match(page, &drawing->matches.items[i]);
        }
    }
    put(page, "</ol></details>\n");
}

static rg_status put_matches(const page_writer *page)
{
    const rg_drawing *drawing = page->drawing;
    if (drawing->matches.count == 0) {
        return RG_OK;
    }
    put(page,
        "<section id=\"matches\">\n<h2>Matches</h2>\n<ul class=\"legend\" aria-label=\"Show the nodes of a rule\">\n");
    for (uint32_t i = 0; i < drawing->rules.count; i++) {
        put(page, "<li><button type=\"button\" aria-pressed=\"false\" class=\"");
        put_colour(page, i);
        rg__buffer_append_format(page->out, "\" data-r=\"%u\"><span class=\"chip\"></span>", i);
        put_text(page, drawing->rules.items[i].name);
        put(page, " <span class=\"count\">");
        rg__draw_append_count(page->out, drawing->rules.items[i].count);
        put(page, "</span></button></li>\n");
    }
    put(page, "</ul>\n");
    for (uint32_t i = 0; i < drawing->rules.count; i++) {
        put_rule(page, i);
    }
    put(page, "</section>\n");
    return RG_OK;
}

/* ---- near misses ---- */

static void put_place(const page_writer *page, rg_string place)
{
    if (place.size == 0) {
        return;
    }
    put(page, "<pre>");
    for (size_t i = 0; i < place.size;) { /* breaks of lines stay */
        const char *end = memchr(place.data + i, '\n', place.size - i);
        size_t size = end == NULL ? place.size - i : (size_t)(end - place.data) - i;
        put_text(page, (rg_string){place.data + i, size});
        put(page, end == NULL ? "" : "\n");
        i += size + 1;
    }
    put(page, "</pre>\n");
}

static void put_miss(const page_writer *page, const rg_draw_miss *miss)
{
    put(page, "<details class=\"miss\"><summary>");
    put_text(page, miss->rule);
    put(page, " <span class=\"reason\">");
    put_text(page, miss->reason);
    put(page, "</span> ");
    put_text(page, miss->sentence);
    put(page, " <span class=\"count\">(");
    rg__draw_append_count(page->out, miss->matched);
    put(page, " of ");
    put_count(page, miss->total, " node", " nodes");
    if (miss->count > 1) {
        put(page, ", ");
        put_count(page, miss->count, " place", " places");
    }
    put(page, ")</span></summary>\n<div>\n");
    for (size_t i = 0; i < miss->example_count; i++) {
        put(page, i == 0 ? "<p>At " : ", ");
        put_link(page, miss->sheet, miss->examples[i]);
    }
    if (miss->example_count > 0) {
        put(page, miss->count > miss->example_count ? ", ...</p>\n" : "</p>\n");
    }
    put_place(page, miss->rule_place);
    put_place(page, miss->graph_place);
    if (miss->remedy.size > 0) {
        put(page, "<p>To match: ");
        put_text(page, miss->remedy);
        put(page, "</p>\n");
    }
    put(page, "</div></details>\n");
}

/* Less than a third says nothing about what somebody meant to match. */
static bool is_near(const rg_draw_miss *miss)
{
    return miss->matched > 0 && (uint64_t)miss->matched * 3 >= miss->total;
}

static rg_status put_misses(const page_writer *page)
{
    const rg_drawing *drawing = page->drawing;
    if (drawing->misses.count == 0) {
        return RG_OK;
    }
    put(page,
        "<section id=\"misses\">\n<h2>Near misses</h2>\n<p class=\"note\">Rules that matched nowhere, and what stopped "
        "them where they came nearest, in the graph as their pass got it.</p>\n");
    bool any_absent = false;
    for (uint32_t i = 0; i < drawing->misses.count; i++) {
        if (is_near(&drawing->misses.items[i])) {
            put_miss(page, &drawing->misses.items[i]);
        }
    }
    for (uint32_t i = 0; i < drawing->misses.count; i++) {
        const rg_draw_miss *miss = &drawing->misses.items[i];
        if (!is_near(miss)) {
            put(page, any_absent ? ", " : "<p class=\"note\">Nothing near: ");
            put(page, "<span title=\"");
            put_text(page, miss->sentence);
            put(page, "\">");
            put_text(page, miss->rule);
            put(page, "</span>");
            any_absent = true;
        }
    }
    put(page, any_absent ? "</p>\n</section>\n" : "</section>\n");
    return RG_OK;
}

/* ---- pictures ---- */

static void put_caption(const page_writer *page, const rg_draw_sheet *sheet, const rg_draw_side *side,
                        const rg_buffer *note)
{
    rg__buffer_append_format(page->out, "<figure data-title=\"%s\">\n<figcaption><h3>", side->title);
    put_text(page, side->title[0] != '\0' ? rg_string_from(side->title) : sheet->title);
    put(page, "</h3> <span class=\"note\">");
    put_text(page, rg__buffer_string(note));
    put(page, "</span>");
}

static rg_status put_layout(const page_writer *page, const rg_picture *picture)
{
    const rg_draw_options *options = page->options;
    rg_buffer dot;
    rg_buffer svg;
    rg__buffer_init(&dot, page->drawing->allocator);
    rg__buffer_init(&svg, page->drawing->allocator);
    rg_status status = rg__draw_side_dot(&dot, page->drawing, picture);
    if (status == RG_OK) {
        status = options->layout(options->user, rg__buffer_string(&dot), rg__buffer_sink(&svg));
    }
    if (status == RG_ERROR_LIMIT) {
        put(page, "<p class=\"absent\">Graphviz needed too long for this picture; --at NODE draws a part.</p>\n");
        status = RG_OK;
    } else if (status == RG_OK) {
        rg__buffer_append_format(page->out,
                                 "<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"Picture%s%s\">\n",
                                 picture->side->title[0] != '\0' ? " " : "", picture->side->title);
        status = rg__draw_take_svg(page->out, page->drawing, rg__buffer_string(&svg));
        put(page, "</div>\n");
    }
    rg__buffer_free(&dot);
    rg__buffer_free(&svg);
    return status;
}

static rg_status put_picture(const page_writer *page, const rg_draw_sheet *sheet, const rg_draw_side *side)
{
    static const char tools[] =
        "<span class=\"tools\"><button type=\"button\" data-zoom=\"-\" aria-label=\"smaller\">&#8722;</button>"
        "<button type=\"button\" data-zoom=\"+\" aria-label=\"larger\">+</button>"
        "<button type=\"button\" data-zoom=\"0\">fit</button></span>";
    rg_picture picture;
    rg_status status = rg__picture_choose(&picture, page->drawing, side, page->options->max_nodes);
    if (status != RG_OK) {
        return status;
    }
    rg_buffer note;
    rg__buffer_init(&note, page->drawing->allocator);
    rg__draw_describe(&note, &picture);
    status = note.failed ? RG_ERROR_MEMORY : RG_OK;
    put_caption(page, sheet, side, &note);
    put(page, page->options->layout != NULL ? tools : "");
    put(page, "</figcaption>\n");
    if (page->options->layout == NULL) {
        put(page, "<p class=\"absent\">No picture: this page was written without Graphviz.</p>\n");
    } else if (status == RG_OK) {
        status = put_layout(page, &picture);
    }
    put(page, "</figure>\n");
    rg__buffer_free(&note);
    rg__picture_free(&picture, page->drawing);
    return status;
}

/* ---- programs ---- */

static void put_class(const page_writer *page, const rg_draw_side *side, uint32_t place, uint32_t rule)
{
    if (rule != 0) {
        put(page, " class=\"");
        put_colour(page, rule - 1);
        rg__buffer_append_format(page->out, "\" data-r=\"%u\"", rule - 1);
    } else if (side->changed[place]) {
        put(page, " class=\"changed\"");
    } else if (rg__draw_is_input(side, place)) {
        put(page, " class=\"input\"");
    }
}

/* The nodes that read it, each once. */
static void put_users(const page_writer *page, const rg_draw_side *side, rg_node node)
{
    uint32_t last = RG_DRAW_NOWHERE;
    for (size_t i = 0; i < rg_node_use_count(side->graph, node); i++) {
        uint32_t user = rg__draw_place(side, rg_node_use(side->graph, node, i).user);
        if (user != last && user != RG_DRAW_NOWHERE) { /* uses of one user stand together */
            rg__buffer_append_format(page->out, "%s%u", last == RG_DRAW_NOWHERE ? " data-u=\"" : " ", user);
            last = user;
        }
    }
    put(page, last == RG_DRAW_NOWHERE ? "" : "\"");
}

/* FX prints no type for nodes with several results; the page tells it all the same. */
static rg_status put_items_type(const page_writer *page, const rg_draw_side *side, rg_node node)
{
    rg_context *context = rg_graph_context(side->graph);
    rg_type type = rg_node_type(side->graph, node);
    if (rg_type_get_kind(context, type) != RG_TYPE_TUPLE) {
        return RG_OK;
    }
    const rg_type_print_options options = {.strides = true, .device = true};
    rg_buffer text;
    rg__buffer_init(&text, page->drawing->allocator);
    rg_status status = rg_type_print(context, type, options, rg__buffer_sink(&text));
    put(page, " data-t=\"");
    put_text(page, rg__buffer_string(&text));
    put(page, "\"");
    rg__buffer_free(&text);
    return status;
}

static rg_status put_row(const page_writer *page, const rg_draw_side *side, uint32_t place)
{
    rg_node node = side->nodes[place];
    uint32_t rule = rg__draw_rule_at(page->drawing, side, place);
    rg_buffer statement;
    rg__buffer_init(&statement, page->drawing->allocator);
    rg__buffer_append_format(page->out, "<li id=\"s%un%u\"", side->number, place);
    put_class(page, side, place, rule);
    put(page, " data-n=\"");
    put_text(page, rg_node_name(side->graph, node));
    put(page, "\"");
    put_users(page, side, node);
    rg_status status = put_items_type(page, side, node);
    put(page, "><code>");
    if (status == RG_OK) {
        status = rg_node_print(side->graph, node, rg__buffer_sink(&statement));
    }
    put_text(page, rg__buffer_string(&statement));
    put(page, "</code>");
    if (rule != 0) {
        put(page, "<small>");
        put_text(page, page->drawing->rules.items[rule - 1].name);
        put(page, "</small>");
    }
    put(page, "</li>\n");
    rg__buffer_free(&statement);
    return status;
}

static rg_status put_program(const page_writer *page, const rg_draw_sheet *sheet, const rg_draw_side *side)
{
    rg_status status = RG_OK;
    rg_buffer note;
    rg__buffer_init(&note, page->drawing->allocator);
    rg__buffer_append_text(&note, "program");
    put_caption(page, sheet, side, &note);
    rg__buffer_append_format(page->out,
                             "</figcaption>\n<ol class=\"program\" tabindex=\"0\" aria-label=\"Program%s%s\">\n",
                             side->title[0] != '\0' ? " " : "", side->title);
    for (uint32_t place = 0; status == RG_OK && place < side->count; place++) {
        status = put_row(page, side, place);
    }
    put(page, "</ol>\n</figure>\n");
    rg__buffer_free(&note);
    return status;
}

static rg_status put_sheets(const page_writer *page)
{
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < page->drawing->sheets.count; i++) {
        const rg_draw_sheet *sheet = &page->drawing->sheets.items[i];
        rg__buffer_append_format(page->out, "<section id=\"sheet%u\">\n<h2>", i);
        put_text(page, sheet->title);
        rg__buffer_append_format(page->out, "</h2>\n<div class=\"sides%s\">\n", sheet->side_count == 2 ? " two" : "");
        for (uint32_t j = 0; status == RG_OK && j < sheet->side_count; j++) {
            status = put_picture(page, sheet, &sheet->sides[j]);
        }
        rg__buffer_append_format(page->out, "</div>\n<div class=\"sides%s\">\n", sheet->side_count == 2 ? " two" : "");
        for (uint32_t j = 0; status == RG_OK && j < sheet->side_count; j++) {
            status = put_program(page, sheet, &sheet->sides[j]);
        }
        put(page, "</div>\n</section>\n");
    }
    return status;
}

/* ---- the frame ---- */

typedef struct page_part {
    const char *name;
    rg_status (*put)(const page_writer *page);
} page_part;

static const page_part parts[] = {
    {"title", put_title},   {"style", put_style},     {"summary", put_summary},
    {"passes", put_passes}, {"matches", put_matches}, {"misses", put_misses},
    {"sheets", put_sheets}, {"version", put_version}, {"script", put_script},
};

static rg_status fill(const page_writer *page)
{
    rg_status status = RG_OK;
    const char *text = rg__page_html;
    const char *open;
    while (status == RG_OK && (open = strstr(text, "{{")) != NULL) {
        rg__buffer_append(page->out, (rg_string){text, (size_t)(open - text)});
        const char *name = open + 2;
        size_t size = strcspn(name, "}");
        for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
            if (strlen(parts[i].name) == size && memcmp(parts[i].name, name, size) == 0) {
                status = parts[i].put(page);
            }
        }
        text = name + size + 2;
    }
    put(page, text);
    return status == RG_OK && page->out->failed ? RG_ERROR_MEMORY : status;
}

rg_status rg_drawing_print_html(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink)
{
    static const rg_draw_options usual = RG_DRAW_OPTIONS_INIT;
    rg_buffer text;
    rg__buffer_init(&text, drawing->allocator);
    const page_writer page = {&text, drawing, options == NULL ? &usual : options};
    rg__draw_spread_colours(drawing);
    rg_status status = fill(&page);
    status = status == RG_ERROR_MEMORY ? rg__report_memory(drawing->context) : status;
    status = status == RG_OK ? sink.write(sink.user, text.data, text.size) : status;
    rg__buffer_free(&text);
    return status;
}

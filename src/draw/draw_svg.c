/*
 * draw_svg.c: Graphviz's SVG, made fit to be looked at and to stand in a page.
 *
 * Graphviz names each vertex in a <title>, which browsers show on hovering; that becomes the node's whole statement,
 * with type and arguments. Titles of edges, comments and the prologue go.
 */
#include "draw/draw_impl.h"

#include <regraft/document.h>

#include "ir/context_impl.h"

static bool starts_with(rg_string text, const char *start)
{
    size_t size = strlen(start);
    return text.size >= size && memcmp(text.data, start, size) == 0;
}

/* Where `text` first has `part`; its size when it has not. */
static size_t find_part(rg_string text, const char *part)
{
    size_t at = 0;
    while (at < text.size && !starts_with((rg_string){text.data + at, text.size - at}, part)) {
        at++;
    }
    return at;
}

static bool take_number(rg_string *text, uint32_t *out)
{
    uint64_t number = 0;
    size_t size = 0;
    while (size < text->size && size < 10 && text->data[size] >= '0' && text->data[size] <= '9') {
        number = number * 10 + (uint64_t)(text->data[size++] - '0');
    }
    *text = (rg_string){text->data + size, text->size - size};
    *out = (uint32_t)number;
    return size > 0 && number < UINT32_MAX;
}

static const rg_draw_side *side_of_number(const rg_drawing *drawing, uint32_t number)
{
    for (uint32_t i = 0; i < drawing->sheets.count; i++) {
        const rg_draw_sheet *sheet = &drawing->sheets.items[i];
        for (uint32_t j = 0; j < sheet->side_count; j++) {
            if (sheet->sides[j].number == number) {
                return &sheet->sides[j];
            }
        }
    }
    return NULL;
}

/* A title for the vertices n<side>_<place> and c<side>_<place>_<user>; none for anything else. */
static rg_status append_title(rg_buffer *out, const rg_drawing *drawing, rg_string vertex)
{
    uint32_t number;
    uint32_t place;
    bool is_copy = starts_with(vertex, "c");
    bool is_node = is_copy || starts_with(vertex, "n");
    rg_string rest = {vertex.data + 1, vertex.size - is_node};
    is_node = is_node && take_number(&rest, &number) && starts_with(rest, "_");
    rest = is_node ? (rg_string){rest.data + 1, rest.size - 1} : rest;
    is_node = is_node && take_number(&rest, &place) && (rest.size == 0 || is_copy);
    const rg_draw_side *side = is_node ? side_of_number(drawing, number) : NULL;
    if (side == NULL || place >= side->count) {
        return RG_OK;
    }
    rg_buffer statement;
    rg__buffer_init(&statement, drawing->allocator);
    rg_status status = rg_node_print(side->graph, side->nodes[place], rg__buffer_sink(&statement));
    rg__buffer_append_text(out, "<title>");
    rg__draw_append_html(out, rg__buffer_string(&statement));
    rg__buffer_append_text(out, "</title>");
    rg__buffer_free(&statement);
    return status;
}

rg_status rg__draw_take_svg(rg_buffer *out, const rg_drawing *drawing, rg_string svg)
{
    static const char open[] = "<title>";
    static const char close[] = "</title>";
    size_t start = find_part(svg, "<svg");
    rg_string rest = {svg.data + start, svg.size - start};
    rg_status status = RG_OK;
    if (rest.size == 0) {
        return rg__report(drawing->context, RG_ERROR_ARGUMENT, "what the layout function wrote is not SVG");
    }
    while (status == RG_OK && rest.size > 0) {
        size_t text = 0;
        while (text < rest.size && rest.data[text] != '<') {
            text++;
        }
        rg__buffer_append(out, (rg_string){rest.data, text});
        rest = (rg_string){rest.data + text, rest.size - text};
        size_t size = rest.size > 0 ? 1 : 0;
        if (starts_with(rest, "<!--")) {
            size = find_part(rest, "-->");
            size += size < rest.size ? strlen("-->") : 0;
        } else if (starts_with(rest, open)) {
            size = find_part(rest, close);
            if (size < rest.size) {
                size_t skip = sizeof(open) - 1;
                status = append_title(out, drawing, (rg_string){rest.data + skip, size - skip});
                size += sizeof(close) - 1;
            }
        } else {
            rg__buffer_append(out, (rg_string){rest.data, size});
        }
        rest = (rg_string){rest.data + size, rest.size - size};
    }
    return status == RG_OK && out->failed ? RG_ERROR_MEMORY : status;
}

rg_status rg_drawing_print_svg(rg_drawing *drawing, const rg_draw_options *options, rg_sink sink)
{
    if (options == NULL || options->layout == NULL) {
        return rg__report(drawing->context, RG_ERROR_ARGUMENT, "SVG needs a function that lays DOT out");
    }
    rg_buffer dot;
    rg_buffer laid_out;
    rg_buffer text;
    rg__buffer_init(&dot, drawing->allocator);
    rg__buffer_init(&laid_out, drawing->allocator);
    rg__buffer_init(&text, drawing->allocator);
    rg_status status = rg__draw_dot(&dot, drawing, options->max_nodes);
    if (status == RG_OK) {
        status = options->layout(options->user, rg__buffer_string(&dot), rg__buffer_sink(&laid_out));
    }
    if (status == RG_OK) {
        rg__buffer_append_text(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n");
        status = rg__draw_take_svg(&text, drawing, rg__buffer_string(&laid_out));
    }
    status = status == RG_ERROR_MEMORY ? rg__report_memory(drawing->context) : status;
    status = status == RG_OK ? sink.write(sink.user, text.data, text.size) : status;
    rg__buffer_free(&dot);
    rg__buffer_free(&laid_out);
    rg__buffer_free(&text);
    return status;
}

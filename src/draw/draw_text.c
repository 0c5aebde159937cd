/*
 * draw_text.c: texts for pictures. Names, targets and strings come from files and can hold anything; what is written
 * here is text and nothing else wherever it stands.
 */
#include "draw/draw_impl.h"

#include <regraft/document.h>

enum { LONGEST_ARGUMENT = 24, LONGEST_CALL = 52 };

/* ---- escaping ---- */

/* How many bytes the UTF-8 character at the start of `text` has; 0 when there is none. */
static size_t character_size(rg_string text)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    const unsigned char *bytes = (const unsigned char *)text.data;
    for (size_t size = 1; size <= sizeof(forms) / sizeof(forms[0]); size++) {
        if ((bytes[0] & forms[size - 1].mask) != forms[size - 1].lead || size > text.size) {
            continue;
        }
        uint32_t code = bytes[0] & (unsigned char)~forms[size - 1].mask;
        for (size_t i = 1; i < size; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
            code = code << 6 | (bytes[i] & 0x3f);
        }
        bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
        bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffe || code == 0xffff;
        return code < forms[size - 1].least || code > 0x10ffff || is_surrogate || is_control ? 0 : size;
    }
    return 0;
}

/* `backslash` is what one of these becomes; NULL: it stays. */
static void append_escaped(rg_buffer *out, rg_string text, const char *backslash)
{
    static const char *const escapes[256] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;", ['\''] = "&#39;", ['\t'] = " ", ['\n'] = " ",
    };
    size_t done = 0;
    for (size_t i = 0; i < text.size;) {
        const char *escape = text.data[i] == '\\' ? backslash : escapes[(unsigned char)text.data[i]];
        size_t size = escape != NULL ? 0 : character_size((rg_string){text.data + i, text.size - i});
        if (size == 0) {
            rg__buffer_append(out, (rg_string){text.data + done, i - done});
            rg__buffer_append_text(out, escape != NULL ? escape : "\xef\xbf\xbd"); /* U+FFFD */
            done = ++i;
        } else {
            i += size;
        }
    }
    if (done < text.size) {
        rg__buffer_append(out, (rg_string){text.data + done, text.size - done});
    }
}

void rg__draw_append_html(rg_buffer *out, rg_string text)
{
    append_escaped(out, text, NULL);
}

/* Graphviz replaces "\N" and its like even where labels are HTML. */
void rg__draw_append_label(rg_buffer *out, rg_string text)
{
    append_escaped(out, text, "\\\\");
}

void rg__draw_append_count(rg_buffer *out, uint64_t count)
{
    if (count >= 1000) {
        rg__draw_append_count(out, count / 1000);
        rg__buffer_append_format(out, ",%03u", (unsigned)(count % 1000));
    } else {
        rg__buffer_append_format(out, "%u", (unsigned)count);
    }
}

/* Cut what was appended since `start` to `longest` bytes or a few less, at a character. */
static void shorten(rg_buffer *out, size_t start, size_t longest)
{
    if (out->failed || out->size - start <= longest) {
        return;
    }
    size_t end = start + longest;
    while (end > start && ((unsigned char)out->data[end] & 0xc0) == 0x80) {
        end--;
    }
    out->size = end;
    rg__buffer_append_text(out, "\xe2\x80\xa6"); /* U+2026 */
}

/* ---- calls ---- */

static bool starts_with(rg_string text, const char *start)
{
    size_t size = strlen(start);
    return text.size > size && memcmp(text.data, start, size) == 0;
}

/* "mul.Tensor" for aten.mul.Tensor, "_C.rms_norm" for _C.rms_norm.default. */
static rg_string short_name(rg_string name)
{
    static const char *const usual[] = {"aten.", "higher_order.", "operator."};
    static const char ending[] = ".default";
    size_t ending_size = sizeof(ending) - 1;
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        if (starts_with(name, usual[i])) {
            name = (rg_string){name.data + strlen(usual[i]), name.size - strlen(usual[i])};
            break;
        }
    }
    if (name.size > ending_size && memcmp(name.data + name.size - ending_size, ending, ending_size) == 0) {
        name.size -= ending_size;
    }
    return name;
}

static bool holds_node(const rg_graph *graph, rg_value value)
{
    const rg_context *context = rg_graph_context(graph);
    bool holds = rg_value_get_kind(value) == RG_VALUE_NODE;
    for (size_t i = 0; !holds && i < rg_value_count(context, graph, value); i++) {
        holds = holds_node(graph, rg_value_item(context, graph, value, i));
    }
    return holds;
}

/* A constant; nodes are edges and need no words. */
static rg_status append_constant(rg_buffer *out, const rg_graph *graph, rg_value value)
{
    rg_context *context = rg_graph_context(graph);
    rg_value_kind kind = rg_value_get_kind(value);
    size_t start = out->size;
    rg_status status = RG_OK;
    if (kind == RG_VALUE_OP) {
        rg__buffer_append(out, short_name(rg_op_name(context, rg_value_as_op(value))));
        return RG_OK; /* the op that is wrapped says most */
    }
    if (kind == RG_VALUE_DTYPE) {
        rg__buffer_append_text(out, rg_dtype_abbreviation(rg_value_as_dtype(value)));
    } else {
        status = rg_value_print(context, graph, value, rg__buffer_sink(out));
    }
    shorten(out, start, LONGEST_ARGUMENT);
    return status;
}

static rg_status append_constants(rg_buffer *out, const rg_draw_side *side, rg_node node)
{
    rg_status status = RG_OK;
    bool any = false;
    for (size_t i = 0; status == RG_OK && i < rg_node_argument_count(side->graph, node); i++) {
        rg_value value = rg_node_argument(side->graph, node, i);
        if (holds_node(side->graph, value)) {
            continue;
        }
        rg_string name = rg_node_argument_name(side->graph, node, i);
        rg__buffer_append_text(out, any ? ", " : "(");
        rg__buffer_append(out, name);
        rg__buffer_append_text(out, name.size > 0 ? "=" : "");
        status = append_constant(out, side->graph, value);
        any = true;
    }
    rg__buffer_append_text(out, any ? ")" : "");
    return status;
}

rg_status rg__draw_append_call(rg_buffer *out, const rg_draw_side *side, uint32_t place)
{
    rg_node node = side->nodes[place];
    size_t start = out->size;
    rg_status status = RG_OK;
    switch (rg_node_kind(side->graph, node)) {
    case RG_OP_PLACEHOLDER:
    case RG_OP_OUTPUT:
        rg__buffer_append(out, rg_node_name(side->graph, node));
        break;
    case RG_OP_GET_ATTR:
        rg__buffer_append(out, rg_node_target(side->graph, node));
        break;
    case RG_OP_CALL_MODULE:
        rg__buffer_append(out, rg_node_target(side->graph, node));
        status = append_constants(out, side, node);
        break;
    default:
        rg__buffer_append(out, short_name(rg_op_name(rg_graph_context(side->graph), rg_node_op(side->graph, node))));
        status = append_constants(out, side, node);
        break;
    }
    shorten(out, start, LONGEST_CALL);
    return status;
}

rg_status rg__draw_append_type(rg_buffer *out, const rg_draw_side *side, uint32_t place)
{
    rg_type type = rg_node_type(side->graph, side->nodes[place]);
    size_t start = out->size;
    rg_status status = RG_OK;
    if (!rg_type_is_null(type)) {
        const rg_type_print_options options = {.strides = false, .device = false};
        status = rg_type_print(rg_graph_context(side->graph), type, options, rg__buffer_sink(out));
    }
    shorten(out, start, LONGEST_CALL);
    return status;
}

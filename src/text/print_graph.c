/*
 * print_graph.c: a graph with its submodules as classes. Where the layout has a spelling for what the graph still says
 * (ir/layout.h), the spelling is printed.
 */
#include "ir/context_impl.h"
#include "text/document_impl.h"
#include "text/printer.h"

enum { FLUSH_BYTES = 1 << 16 };

static const rg_node of_graph = {0};

/* ---- spellings ---- */

/* Append text of the layout, without escape sequences if these are not wanted. */
static void append_kept(rg_printer *printer, rg_string text)
{
    size_t done = 0;
    for (size_t i = 0; printer->strip_escapes && i < text.size; i++) {
        size_t escape = rg__escape_length(text.data + i, text.size - i);
        if (escape > 0) {
            rg__buffer_append(&printer->buffer, (rg_string){text.data + done, i - done});
            done = i + escape;
            i = done - 1;
        }
    }
    if (done < text.size) {
        rg__buffer_append(&printer->buffer, rg__skip(text, done));
    }
}

/* The buffer from `start` on is the canonical text of a part. If that is what it was when the graph was read, put the
 * text that was written in its place. `written` is the part that follows `canonical`. */
static void respell(rg_printer *printer, size_t start, rg_node node, rg_layout_part canonical)
{
    rg_string expected = printer->canonical ? (rg_string){NULL, 0} : rg__layout_text(printer->graph, node, canonical);
    rg_buffer *buffer = &printer->buffer;
    if (expected.data == NULL || buffer->failed ||
        !rg_string_equal(expected, (rg_string){buffer->data + start, buffer->size - start})) {
        return;
    }
    buffer->size = start;
    append_kept(printer, rg__layout_text(printer->graph, node, (rg_layout_part)(canonical + 1)));
}

/* Text of the layout that consists of whole lines, of which only comments and blank lines may be left out. */
static void append_kept_lines(rg_printer *printer, rg_string text)
{
    for (size_t at = 0; at < text.size;) {
        const char *newline = memchr(text.data + at, '\n', text.size - at);
        size_t end = newline == NULL ? text.size : (size_t)(newline - text.data) + 1;
        size_t first = at;
        while (first < end && strchr(" \t\r\n", text.data[first]) != NULL) {
            first++;
        }
        bool empty = at > 0 && (first == end || text.data[first] == '#');
        if (!printer->strip_comments || !empty) {
            append_kept(printer, (rg_string){text.data + at, end - at});
        }
        at = end;
    }
}

static void append_part(rg_printer *printer, rg_layout_part part, const char *otherwise)
{
    rg_string text = rg__layout_text(printer->graph, of_graph, part);
    append_kept(printer, text.data == NULL ? rg_string_from(otherwise) : text);
}

static void indent(rg_printer *printer, uint32_t level)
{
    rg__buffer_append_repeat(&printer->buffer, ' ', (size_t)level * RG_INDENTATION);
}

/* ---- the signature ---- */

/* `(self, a: "...", b: "...")` */
static void print_parameters(rg_printer *printer, uint32_t level, bool expanded)
{
    const rg_graph *graph = printer->graph;
    rg_buffer *buffer = &printer->buffer;
    rg__buffer_append_text(buffer, expanded ? "(\n" : "(self");
    if (expanded) {
        indent(printer, level + 2);
        rg__buffer_append_text(buffer, "self,\n");
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) != RG_OP_PLACEHOLDER) {
            continue;
        }
        if (!expanded) {
            rg__buffer_append_text(buffer, ", ");
            rg__print_parameter(printer, node);
            continue;
        }
        indent(printer, level + 2);
        rg__print_parameter(printer, node);
        rg__buffer_append_char(buffer, ',');
        if (!printer->strip_comments) {
            append_kept(printer, rg__layout_text(graph, node, RG_LAYOUT_COMMENT));
        }
        rg__buffer_append_char(buffer, '\n');
    }
    if (expanded) {
        indent(printer, level + 1);
    }
    rg__buffer_append_char(buffer, ')');
}

/* The parameter's name as Python code reads it: without the stars of `*args`. */
static rg_string bare_target(const rg_graph *graph, rg_node node)
{
    rg_string name = rg_node_target(graph, node);
    while (name.size > 0 && name.data[0] == '*') {
        name = (rg_string){name.data + 1, name.size - 1};
    }
    return name;
}

static bool is_annotated(const rg_printer *printer, rg_node node)
{
    rg_type_kind kind = rg_type_get_kind(printer->context, rg_node_type(printer->graph, node));
    return kind == RG_TYPE_TENSOR || kind == RG_TYPE_SIZE || kind == RG_TYPE_OPAQUE;
}

static bool has_placeholders(const rg_graph *graph)
{
    rg_node first = rg_graph_first(graph); /* placeholders come first */
    return !rg_node_is_null(first) && rg_node_kind(graph, first) == RG_OP_PLACEHOLDER;
}

/* `a: "..."; b: "..."; ` or one a line, then `a, b, = fx_pytree.tree_flatten_spec(...)`. */
static void print_unpacking(rg_printer *printer, uint32_t level)
{
    const rg_graph *graph = printer->graph;
    rg_buffer *buffer = &printer->buffer;
    bool expanded = rg__layout_style(graph)->declarations_expanded;
    bool declared = false;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) != RG_OP_PLACEHOLDER || !is_annotated(printer, node)) {
            continue;
        }
        if (expanded || !declared) {
            rg__buffer_append_char(buffer, '\n');
            indent(printer, level + 2);
        }
        declared = true;
        rg__buffer_append(buffer, bare_target(graph, node));
        rg__print_annotation(printer, node);
        rg__buffer_append_text(buffer, expanded ? "" : "; ");
    }
    rg__buffer_append_text(buffer, declared && !expanded ? "\n\n" : "\n");
    indent(printer, level + 2);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
            rg__buffer_append(buffer, bare_target(graph, node));
            rg__buffer_append_text(buffer, ", ");
        }
    }
    rg__buffer_append_text(buffer, "= ");
    append_part(printer, RG_LAYOUT_UNPACK, "");
}

static void print_unboxing(rg_printer *printer, uint32_t level)
{
    const rg_graph *graph = printer->graph;
    rg_buffer *buffer = &printer->buffer;
    rg__buffer_append_char(buffer, '\n');
    indent(printer, level + 2);
    rg__buffer_append_text(buffer, "args_iter = iter(args_list)\n");
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        if (rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
            indent(printer, level + 2);
            rg__buffer_append(buffer, bare_target(graph, node));
            rg__buffer_append_text(buffer, " = next(args_iter)\n");
        }
    }
    indent(printer, level + 2);
    rg__buffer_append_text(buffer, "args_list.clear()");
}

/* `node = param` for each placeholder that is named otherwise than its parameter. */
static void print_renamings(rg_printer *printer, uint32_t level)
{
    const rg_graph *graph = printer->graph;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_string target =
            rg_node_kind(graph, node) == RG_OP_PLACEHOLDER ? bare_target(graph, node) : rg_node_name(graph, node);
        if (!rg_string_equal(target, rg_node_name(graph, node))) {
            rg__buffer_append_char(&printer->buffer, '\n');
            indent(printer, level + 2);
            rg__buffer_append(&printer->buffer, rg_node_name(graph, node));
            rg__buffer_append_text(&printer->buffer, " = ");
            rg__buffer_append(&printer->buffer, target);
        }
    }
}

void rg__print_signature(rg_printer *printer, uint32_t level)
{
    const rg_layout_style *style = rg__layout_style(printer->graph);
    rg_buffer *buffer = &printer->buffer;
    size_t start = buffer->size;
    if (style->signature == RG_SIGNATURE_UNPACKED || style->signature == RG_SIGNATURE_BOXED) {
        rg__buffer_append_char(buffer, '(');
        append_part(printer, RG_LAYOUT_PARAMETERS, "self");
        rg__buffer_append_char(buffer, ')');
    } else {
        print_parameters(printer, level, style->signature == RG_SIGNATURE_EXPANDED);
    }
    rg_string result = rg__layout_text(printer->graph, of_graph, RG_LAYOUT_RESULT);
    rg__buffer_append_text(buffer, result.size > 0 ? " -> " : "");
    rg__buffer_append(buffer, result);
    rg__buffer_append_char(buffer, ':');
    if (style->signature == RG_SIGNATURE_UNPACKED && has_placeholders(printer->graph)) {
        print_unpacking(printer, level);
    } else if (style->signature == RG_SIGNATURE_BOXED && has_placeholders(printer->graph)) {
        print_unboxing(printer, level);
    }
    print_renamings(printer, level);
    if (!printer->strip_comments) {
        respell(printer, start, of_graph, RG_LAYOUT_SIGNATURE_CANONICAL);
    }
}

/* ---- lines ---- */

void rg__print_deletions(rg_printer *printer, rg_node node)
{
    if (!rg__liveness_dying(&printer->liveness, node)) {
        printer->buffer.failed = true;
        return;
    }
    for (uint32_t i = 0; i < printer->liveness.dying.count; i++) {
        rg_node dying = {printer->liveness.dying.items[i]};
        rg__buffer_append_text(&printer->buffer, i == 0 ? "" : " = ");
        rg__buffer_append(&printer->buffer, rg_node_name(printer->graph, dying));
    }
}

/* ` = None` on what dies, in the style of the graph. */
static void print_dying(rg_printer *printer, rg_node node, uint32_t level, bool own_line)
{
    rg_buffer *buffer = &printer->buffer;
    size_t end = buffer->size;
    rg__buffer_append_text(buffer, own_line ? "\n" : ";  ");
    if (own_line) {
        indent(printer, level + 2);
    }
    size_t start = buffer->size;
    rg__print_deletions(printer, node);
    respell(printer, start, node, RG_LAYOUT_DELETIONS_CANONICAL);
    if (buffer->size == start) {
        buffer->size = end;
    } else {
        rg__buffer_append_text(buffer, " = None");
    }
}

void rg__print_line(rg_printer *printer, rg_node node, uint32_t level)
{
    size_t start = printer->buffer.size;
    bool is_output = rg_node_kind(printer->graph, node) == RG_OP_OUTPUT;
    uint8_t style = is_output ? (uint8_t)RG_DELETIONS_NONE : rg__layout_style(printer->graph)->deletions;
    indent(printer, level + 2);
    rg__print_statement(printer, node);
    if (style == RG_DELETIONS_INLINE) {
        print_dying(printer, node, level, false);
    }
    if (!printer->strip_comments) {
        append_kept(printer, rg__layout_text(printer->graph, node, RG_LAYOUT_AFTER));
    }
    if (style == RG_DELETIONS_OWN_LINE) {
        print_dying(printer, node, level, true);
    }
    if (!printer->strip_comments) {
        respell(printer, start, node, RG_LAYOUT_LINE_CANONICAL);
    }
}

/* ---- graphs ---- */

/* Hand on what has been printed, once it is enough to be worth a call. */
static rg_status flush(rg_printer *printer, rg_sink sink, size_t enough)
{
    rg_buffer *buffer = &printer->buffer;
    if (buffer->failed || printer->scratch.failed) {
        return rg__report_memory(printer->context);
    }
    if (buffer->size < enough || buffer->size == 0) {
        return RG_OK;
    }
    rg_status status = sink.write(sink.user, buffer->data, buffer->size);
    rg__buffer_clear(buffer);
    return status;
}

static void print_header(rg_printer *printer, uint32_t level)
{
    rg_buffer *buffer = &printer->buffer;
    indent(printer, level);
    rg__buffer_append_text(buffer, "class ");
    rg__buffer_append(buffer, rg_graph_name(printer->graph));
    rg_string bases = rg__layout_text(printer->graph, of_graph, RG_LAYOUT_BASES);
    if (bases.data == NULL || bases.size > 0) {
        rg__buffer_append_char(buffer, '(');
        append_part(printer, RG_LAYOUT_BASES, "torch.nn.Module");
        rg__buffer_append_char(buffer, ')');
    }
    rg__buffer_append_char(buffer, ':');
    rg_string before = rg__layout_text(printer->graph, of_graph, RG_LAYOUT_BEFORE_DEF);
    append_kept_lines(printer, before.data == NULL ? rg_string_from("\n") : before);
    indent(printer, level + 1);
    rg__buffer_append_text(buffer, "def ");
    append_part(printer, RG_LAYOUT_FUNCTION, "forward");
}

/* `followed`: another class comes after this one's function. */
static rg_status print_function(rg_printer *printer, uint32_t level, bool followed, rg_sink sink)
{
    const rg_graph *graph = printer->graph;
    rg_status status = RG_OK;
    if (!rg__liveness_init(&printer->liveness, graph)) {
        return rg__report_memory(printer->context);
    }
    print_header(printer, level);
    rg__print_signature(printer, level);
    rg__buffer_append_char(&printer->buffer, '\n');
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_op_kind kind = rg_node_kind(graph, node);
        if (kind == RG_OP_PLACEHOLDER) {
            continue;
        }
        if (!printer->strip_comments) {
            append_kept(printer, rg__layout_text(graph, node, RG_LAYOUT_LEADING));
        }
        rg__print_line(printer, node, level);
        if (kind != RG_OP_OUTPUT) {
            rg__buffer_append_char(&printer->buffer, '\n');
        }
        status = flush(printer, sink, FLUSH_BYTES);
        if (status != RG_OK) {
            break;
        }
    }
    rg_string trailing = rg__layout_text(graph, of_graph, RG_LAYOUT_TRAILING);
    if (trailing.data == NULL || printer->strip_comments) {
        trailing = rg_string_from(followed && !printer->strip_comments ? "\n\n" : "\n");
    }
    append_kept(printer, trailing);
    rg__liveness_free(&printer->liveness);
    return status;
}

static rg_status print_classes(rg_printer *printer, const rg_graph *graph, uint32_t level, bool followed, rg_sink sink)
{
    size_t children = rg_graph_child_count(graph);
    printer->graph = graph;
    rg_status status = print_function(printer, level, followed || children > 0, sink);
    for (size_t i = 0; i < children && status == RG_OK; i++) {
        status = print_classes(printer, rg_graph_child((rg_graph *)(uintptr_t)graph, i), level + 1,
                               followed || i + 1 < children, sink);
    }
    return status;
}

rg_status rg__graph_print_lines(const rg_graph *graph, const rg_print_options *options, rg_sink sink)
{
    rg_printer printer;
    rg__printer_init(&printer, rg_graph_context(graph), graph);
    printer.strip_comments = options != NULL && options->strip_comments;
    printer.strip_escapes = options != NULL && options->strip_log;
    rg_status status = print_classes(&printer, graph, 0, false, sink);
    if (status == RG_OK) {
        status = flush(&printer, sink, 0);
    }
    rg__printer_free(&printer);
    return status;
}

/*
 * print_value.c: arguments as Python spells them, and the names of ops.
 */
#include "ir/context_impl.h"
#include "text/printer.h"

void rg__printer_init(rg_printer *printer, rg_context *context, const rg_graph *graph)
{
    const rg_allocator *allocator = &context->allocator;
    *printer = (rg_printer){.graph = graph, .context = context};
    rg__buffer_init(&printer->buffer, allocator);
    rg__buffer_init(&printer->scratch, allocator);
}

void rg__printer_free(rg_printer *printer)
{
    rg__buffer_free(&printer->buffer);
    rg__buffer_free(&printer->scratch);
    rg__liveness_free(&printer->liveness);
}

/* ---- identifiers and paths ---- */

void rg__print_double_quoted(rg_printer *printer, rg_string text)
{
    rg_buffer *buffer = &printer->buffer;
    rg__buffer_append_char(buffer, '"');
    size_t done = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\' || c < 0x20 || c == 0x7f) {
            rg__buffer_append(buffer, (rg_string){text.data + done, i - done});
            if (c == '"' || c == '\\') {
                rg__buffer_append_format(buffer, "\\%c", c);
            } else {
                rg__buffer_append_format(buffer, "\\x%02x", c);
            }
            done = i + 1;
        }
    }
    if (done < text.size) {
        rg__buffer_append(buffer, rg__skip(text, done));
    }
    rg__buffer_append_char(buffer, '"');
}

/* Put `text` before what the buffer holds from `start` on. */
static void insert_text(rg_printer *printer, size_t start, const char *text)
{
    rg_buffer *buffer = &printer->buffer;
    size_t size = strlen(text);
    size_t old = buffer->size;
    rg__buffer_append_text(buffer, text); /* makes room; its place is changed next */
    if (!buffer->failed) {
        memmove(buffer->data + start + size, buffer->data + start, old - start);
        memcpy(buffer->data + start, text, size);
    }
}

void rg__print_path(rg_printer *printer, size_t start, rg_string path)
{
    for (size_t at = 0; at <= path.size;) {
        const char *dot = at == path.size ? NULL : memchr(path.data + at, '.', path.size - at);
        size_t end = dot == NULL ? path.size : (size_t)(dot - path.data);
        rg_string part = {path.data + at, end - at};
        if (rg__is_identifier(part)) {
            rg__buffer_append_char(&printer->buffer, '.');
            rg__buffer_append(&printer->buffer, part);
        } else {
            insert_text(printer, start, "getattr(");
            rg__buffer_append_text(&printer->buffer, ", ");
            rg__print_double_quoted(printer, part);
            rg__buffer_append_char(&printer->buffer, ')');
        }
        at = end + 1;
    }
}

void rg__print_op(rg_printer *printer, rg_op op)
{
    rg_op_kind kind = rg_op_get_kind(printer->context, op);
    if (kind == RG_OP_OVERLOAD || kind == RG_OP_HIGHER_ORDER) {
        rg__buffer_append_text(&printer->buffer, "torch.ops.");
    }
    rg__buffer_append(&printer->buffer, rg_op_name(printer->context, op));
}

/* ---- values ---- */

static void print_int(rg_printer *printer, rg_value value)
{
    int64_t number;
    if (rg_value_as_int(printer->context, value, &number)) {
        rg__buffer_append_int(&printer->buffer, number);
    } else {
        rg__buffer_append(&printer->buffer, rg_value_as_text(printer->context, value));
    }
}

static void print_device(rg_printer *printer, rg_value value)
{
    rg_device device = rg_value_as_device(printer->context, value);
    rg__buffer_append_text(&printer->buffer, "device(type=");
    rg__buffer_append_quoted(&printer->buffer, rg_string_from(device.kind));
    if (device.index >= 0) {
        rg__buffer_append_format(&printer->buffer, ", index=%d", (int)device.index);
    }
    rg__buffer_append_char(&printer->buffer, ')');
}

static void print_torch_name(rg_printer *printer, rg_string name)
{
    rg__buffer_append_text(&printer->buffer, "torch.");
    rg__buffer_append(&printer->buffer, name);
}

static void print_items(rg_printer *printer, rg_value value, const char *open, const char *close)
{
    size_t count = rg_value_count(printer->context, printer->graph, value);
    bool dict = rg_value_get_kind(value) == RG_VALUE_DICT;
    rg__buffer_append_text(&printer->buffer, open);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            rg__buffer_append_text(&printer->buffer, dict && i % 2 == 1 ? ": " : ", ");
        }
        rg__print_value(printer, rg_value_item(printer->context, printer->graph, value, i));
    }
    if (count == 1 && rg_value_get_kind(value) == RG_VALUE_TUPLE) {
        rg__buffer_append_char(&printer->buffer, ',');
    }
    rg__buffer_append_text(&printer->buffer, close);
}

/* `Name(a, b)` */
static void print_record(rg_printer *printer, rg_value value)
{
    size_t count = rg_value_count(printer->context, printer->graph, value);
    rg_value name = rg_value_item(printer->context, printer->graph, value, 0);
    rg__buffer_append(&printer->buffer, rg_value_as_text(printer->context, name));
    rg__buffer_append_char(&printer->buffer, '(');
    for (size_t i = 1; i < count; i++) {
        rg__buffer_append_text(&printer->buffer, i == 1 ? "" : ", ");
        rg__print_value(printer, rg_value_item(printer->context, printer->graph, value, i));
    }
    rg__buffer_append_text(&printer->buffer, count == 2 ? ",)" : ")");
}

/* NOLINTNEXTLINE(readability-function-size): one case per kind */
void rg__print_value(rg_printer *printer, rg_value value)
{
    rg_buffer *buffer = &printer->buffer;
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_MISSING:
    case RG_VALUE_NONE:
        rg__buffer_append_text(buffer, "None");
        break;
    case RG_VALUE_BOOL:
        rg__buffer_append_text(buffer, rg_value_as_bool(value) ? "True" : "False");
        break;
    case RG_VALUE_INT:
        print_int(printer, value);
        break;
    case RG_VALUE_FLOAT:
        rg__buffer_append_float(buffer, rg_value_as_float(value));
        break;
    case RG_VALUE_STRING:
        rg__buffer_append_quoted(buffer, rg_value_as_text(printer->context, value));
        break;
    case RG_VALUE_NODE:
        if (printer->graph != NULL) {
            rg__buffer_append(buffer, rg_node_name(printer->graph, rg_value_as_node(value)));
        }
        break;
    case RG_VALUE_LIST:
        print_items(printer, value, "[", "]");
        break;
    case RG_VALUE_TUPLE:
        print_items(printer, value, "(", ")");
        break;
    case RG_VALUE_DICT:
        print_items(printer, value, "{", "}");
        break;
    case RG_VALUE_SLICE:
        print_items(printer, value, "slice(", ")");
        break;
    case RG_VALUE_RECORD:
        print_record(printer, value);
        break;
    case RG_VALUE_SIZE:
        (void)rg_size_print(printer->context, rg_value_as_size(value), rg__buffer_sink(buffer));
        break;
    case RG_VALUE_DTYPE:
        print_torch_name(printer, rg_string_from(rg_dtype_torch_name(rg_value_as_dtype(value))));
        break;
    case RG_VALUE_LAYOUT:
    case RG_VALUE_MEMORY_FORMAT:
        print_torch_name(printer, rg_value_as_text(printer->context, value));
        break;
    case RG_VALUE_DEVICE:
        print_device(printer, value);
        break;
    case RG_VALUE_OP:
        rg__print_op(printer, rg_value_as_op(value));
        break;
    case RG_VALUE_ELLIPSIS:
        rg__buffer_append_text(buffer, "Ellipsis");
        break;
    case RG_VALUE_OBJECT:
        rg__buffer_append(buffer, rg_value_as_text(printer->context, value));
        break;
    }
}

static void close_parentheses(rg_printer *printer, size_t start)
{
    insert_text(printer, start, "(");
    rg__buffer_append_char(&printer->buffer, ')');
}

void rg__print_operand(rg_printer *printer, rg_value value)
{
    rg_buffer *buffer = &printer->buffer;
    size_t start = buffer->size;
    rg__print_value(printer, value);
    /* FX prints the operands of an operator bare, which is ambiguous for one kind only: expressions over sizes. */
    if (rg_value_get_kind(value) == RG_VALUE_SIZE && !buffer->failed &&
        memchr(buffer->data + start, ' ', buffer->size - start) != NULL) {
        close_parentheses(printer, start);
    }
}

void rg__print_receiver(rg_printer *printer, rg_value value)
{
    size_t start = printer->buffer.size;
    rg_value_kind kind = rg_value_get_kind(value);
    rg__print_value(printer, value);
    /* Numbers would swallow the dot, names with dots would grow by what follows. */
    if (kind != RG_VALUE_NODE && kind != RG_VALUE_STRING && (kind < RG_VALUE_LIST || kind > RG_VALUE_SLICE)) {
        close_parentheses(printer, start);
    }
}

rg_status rg_value_print(const rg_context *context, const rg_graph *graph, rg_value value, rg_sink sink)
{
    rg_printer printer;
    /* Printing reads only; the texts of big integers are asked of a context that may grow. */
    rg__printer_init(&printer, (rg_context *)(uintptr_t)context, graph);
    rg__print_value(&printer, value);
    rg_string text = rg__buffer_string(&printer.buffer);
    rg_status status = printer.buffer.failed ? RG_ERROR_MEMORY : sink.write(sink.user, text.data, text.size);
    rg__printer_free(&printer);
    return status;
}

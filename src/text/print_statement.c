/*
 * print_statement.c: one node as FX prints it (grammar: doc/grammar.md, statements).
 */
#include "text/printer.h"

#include "ir/context_impl.h"

/* ---- annotations and parameters ---- */

static void print_type(rg_printer *printer, rg_type type, bool plain)
{
    const rg_layout_style *style = rg__layout_style(printer->graph);
    rg_type_print_options options = {.strides = !style->hide_strides, .device = !style->hide_devices};
    rg_buffer *text = &printer->scratch;
    rg__buffer_clear(text);
    if (rg_type_print(printer->context, type, options, rg__buffer_sink(text)) != RG_OK) {
        printer->buffer.failed = true;
    } else if (plain) {
        rg__buffer_append(&printer->buffer, rg__buffer_string(text));
    } else {
        rg__print_double_quoted(printer, rg__buffer_string(text));
    }
}

void rg__print_annotation(rg_printer *printer, rg_node node)
{
    rg_type type = rg_node_type(printer->graph, node);
    rg_type_kind kind = rg_type_get_kind(printer->context, type);
    /* FX annotates tensors and symbolic numbers only; the rest of a graph's types comes from inference. */
    if (rg_type_is_null(type) || kind == RG_TYPE_UNKNOWN || kind == RG_TYPE_TUPLE || kind == RG_TYPE_NOTHING) {
        return;
    }
    bool plain = rg__layout_number(printer->graph, node, RG_LAYOUT_PLAIN) != 0;
    rg__buffer_append_text(&printer->buffer, plain ? " : " : ": ");
    if (!printer->canonical && rg__layout_number(printer->graph, node, RG_LAYOUT_ANNOTATION_TYPE) == type.id) {
        rg_string written = rg__layout_text(printer->graph, node, RG_LAYOUT_ANNOTATION);
        rg__buffer_append(&printer->buffer, written);
    } else {
        print_type(printer, type, plain);
    }
}

void rg__print_parameter(rg_printer *printer, rg_node node)
{
    rg__buffer_append(&printer->buffer, rg_node_target(printer->graph, node));
    rg__print_annotation(printer, node);
    if (rg_node_argument_count(printer->graph, node) > 0) {
        rg__buffer_append_text(&printer->buffer, " = ");
        rg__print_value(printer, rg_node_argument(printer->graph, node, 0));
    }
}

/* ---- statements ---- */

/* A node under printing. */
typedef struct statement {
    rg_printer *printer;
    rg_node node;
    size_t count;      /* arguments */
    size_t positional; /* of these */
} statement;

static rg_value argument(const statement *now, size_t index)
{
    return rg_node_argument(now->printer->graph, now->node, index);
}

static void append(const statement *now, const char *text)
{
    rg__buffer_append_text(&now->printer->buffer, text);
}

static void print_name(const statement *now)
{
    rg__buffer_append(&now->printer->buffer, rg_node_name(now->printer->graph, now->node));
}

/* `name: "T" = ` */
static void print_target(const statement *now)
{
    print_name(now);
    rg__print_annotation(now->printer, now->node);
    append(now, " = ");
}

/* The arguments from `first` on, in parentheses. */
static void print_arguments(const statement *now, size_t first)
{
    append(now, "(");
    for (size_t i = first; i < now->count; i++) {
        if (i > first) {
            append(now, ", ");
        }
        if (i >= now->positional) {
            rg__buffer_append(&now->printer->buffer, rg_node_argument_name(now->printer->graph, now->node, i));
            append(now, " = ");
        }
        rg__print_value(now->printer, argument(now, i));
    }
    append(now, ")");
}

/* How operator.NAME is written, if not as a call. */
typedef struct operator_form {
    const char *spelling; /* NULL: it is a call */
    size_t operands;
    bool in_place;
    bool subscript; /* getitem; setitem with in_place */
} operator_form;

static operator_form find_operator(rg_string name)
{
    static const char prefix[] = "operator.";
    size_t skip = sizeof prefix - 1;
    rg_string word = {name.data + skip, name.size - skip};
    if (name.size <= skip || memcmp(name.data, prefix, skip) != 0) {
        return (operator_form){0};
    }
    if (rg_string_equal(word, rg_string_from("getitem"))) {
        return (operator_form){.spelling = "[]", .operands = 2, .subscript = true};
    }
    if (rg_string_equal(word, rg_string_from("setitem"))) {
        return (operator_form){.spelling = "[]", .operands = 3, .subscript = true, .in_place = true};
    }
    for (unsigned i = 1; i < RG_OPERATION_COUNT; i++) {
        const rg_operation_info *info = &rg__operations[i];
        /* Words (`not`, `is`) are operators of the language, but FX prints their functions as calls. */
        bool word_operator = info->spelling[0] >= 'a' && info->spelling[0] <= 'z';
        if (!word_operator && rg_string_equal(word, rg_string_from(info->function))) {
            bool unary = i == RG_OPERATION_POSITIVE || i == RG_OPERATION_NEGATIVE || i == RG_OPERATION_INVERT;
            return (operator_form){.spelling = info->spelling, .operands = unary ? 1 : 2};
        }
        if (info->in_place[0] != '\0' && rg_string_equal(word, rg_string_from(info->in_place_function))) {
            return (operator_form){.spelling = info->in_place, .operands = 2, .in_place = true};
        }
    }
    return (operator_form){0};
}

static void print_operator(const statement *now, const operator_form *form)
{
    if (!form->in_place) {
        print_target(now);
    }
    if (form->operands == 1) {
        append(now, form->spelling);
        rg__print_operand(now->printer, argument(now, 0));
    } else if (form->subscript) {
        rg__print_receiver(now->printer, argument(now, 0));
        append(now, "[");
        rg__print_value(now->printer, argument(now, 1));
        append(now, "]");
        if (form->in_place) {
            append(now, " = ");
            rg__print_value(now->printer, argument(now, 2));
        }
    } else {
        rg__print_operand(now->printer, argument(now, 0));
        append(now, " ");
        append(now, form->spelling);
        append(now, " ");
        rg__print_operand(now->printer, argument(now, 1));
    }
    if (form->in_place) {
        append(now, ";  ");
        print_target(now);
        rg__print_value(now->printer, argument(now, 0));
    }
}

/* Is the call getattr(x, "name"), which FX prints as x.name? */
static bool is_attribute_read(const statement *now, rg_string op_name)
{
    return rg_string_equal(op_name, rg_string_from("getattr")) && now->count == 2 && now->positional == 2 &&
           rg_value_get_kind(argument(now, 1)) == RG_VALUE_STRING &&
           rg__is_identifier(rg_value_as_text(now->printer->context, argument(now, 1)));
}

static void print_call(const statement *now, rg_op op, rg_op_kind kind)
{
    rg_printer *printer = now->printer;
    rg_string name = rg_op_name(printer->context, op);
    if (kind == RG_OP_OPERATOR && now->count == now->positional) {
        operator_form form = find_operator(name);
        /* Only a name can be assigned to. */
        bool writable = !form.in_place || rg_value_get_kind(argument(now, 0)) == RG_VALUE_NODE;
        if (form.spelling != NULL && form.operands == now->count && writable) {
            print_operator(now, &form);
            return;
        }
    }
    print_target(now);
    size_t start = printer->buffer.size;
    if (kind == RG_OP_METHOD && now->positional > 0) {
        rg__print_receiver(printer, argument(now, 0));
        rg__print_path(printer, start, (rg_string){name.data + 1, name.size - 1}); /* the name starts with a dot */
        print_arguments(now, 1);
    } else if (kind == RG_OP_FUNCTION && is_attribute_read(now, name)) {
        rg__print_receiver(printer, argument(now, 0));
        append(now, ".");
        rg__buffer_append(&printer->buffer, rg_value_as_text(printer->context, argument(now, 1)));
    } else {
        rg__print_op(printer, op);
        print_arguments(now, 0);
    }
}

/* `self.path` */
static void print_self(const statement *now)
{
    size_t start = now->printer->buffer.size;
    append(now, "self");
    rg__print_path(now->printer, start, rg_node_target(now->printer->graph, now->node));
}

static void print_return(const statement *now)
{
    const rg_graph *graph = now->printer->graph;
    rg_string open = rg__layout_text(graph, (rg_node){0}, RG_LAYOUT_RETURN_OPEN);
    rg_string close = rg__layout_text(graph, (rg_node){0}, RG_LAYOUT_RETURN_CLOSE);
    append(now, "return ");
    rg__buffer_append(&now->printer->buffer, open);
    rg__print_value(now->printer, argument(now, 0));
    rg__buffer_append(&now->printer->buffer, close);
}

void rg__print_statement(rg_printer *printer, rg_node node)
{
    statement now = {printer, node, rg_node_argument_count(printer->graph, node),
                     rg_node_positional_count(printer->graph, node)};
    rg_op op = rg_node_op(printer->graph, node);
    rg_op_kind kind = rg_op_get_kind(printer->context, op);
    switch (kind) {
    case RG_OP_PLACEHOLDER:
        rg__print_parameter(printer, node);
        break;
    case RG_OP_OUTPUT:
        print_return(&now);
        break;
    case RG_OP_GET_ATTR:
        print_target(&now);
        print_self(&now);
        break;
    case RG_OP_CALL_MODULE:
        print_target(&now);
        print_self(&now);
        print_arguments(&now, 0);
        break;
    default:
        print_call(&now, op, kind);
        break;
    }
}

rg_status rg_node_print(const rg_graph *graph, rg_node node, rg_sink sink)
{
    rg_context *context = rg_graph_context(graph);
    if (rg_string_equal(rg_node_name(graph, node), (rg_string){"", 0})) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a node that is not of this graph");
    }
    rg_printer printer;
    rg__printer_init(&printer, context, graph);
    rg__print_statement(&printer, node);
    rg_string text = rg__buffer_string(&printer.buffer);
    rg_status status = printer.buffer.failed ? RG_ERROR_MEMORY : sink.write(sink.user, text.data, text.size);
    rg__printer_free(&printer);
    return status;
}

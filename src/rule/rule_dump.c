/*
 * rule_dump.c: a rule set as a rule file: each instance as traced, its statements in the form of printed FX graphs.
 *
 * What is written loads back to the same canonical text. A device that the rule leaves open is written as that of an
 * input; ops that are not built in are declared first.
 */
#include <regraft/document.h>

#include "ir/context_impl.h"
#include "rule/draft.h"
#include "rule/op_class.h"
#include "rule/repetition.h"

typedef struct dumper {
    rg_buffer *out;
    rg_context *context;
    const rg_rule *rule;
    const rg_graph *graph;
} dumper;

/* ---- names ---- */

static bool is_symbol(const dumper *d, rg_string name)
{
    for (size_t i = 0; i < d->rule->symbol_count; i++) {
        if (rg_string_equal(rg_size_as_symbol(d->context, d->rule->symbols[i]), name)) {
            return true;
        }
    }
    return false;
}

static bool is_function(rg_string name)
{
    return rg_string_equal(name, rg_string_from(RG_ITEM_OF)) || rg_string_equal(name, rg_string_from(RG_LIST_OF));
}

/* A node's own name, unless a size variable or a function has it, which the body must still see. */
static void write_name(dumper *d, rg_node node)
{
    rg_string name = rg_node_name(d->graph, node);
    rg__buffer_append(d->out, name);
    if (rg_node_kind(d->graph, node) != RG_OP_PLACEHOLDER && (is_symbol(d, name) || is_function(name))) {
        rg__buffer_append_text(d->out, "_value");
    }
}

/* "rms_norm[epsilon=1e-05]" as an identifier; unique by the number of the instance where it would not be. */
static void write_class_name(rg_buffer *out, const rg_rule_set *set, uint32_t index)
{
    rg_string name = set->rules.items[index].name;
    size_t start = out->size;
    bool exact = true;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool digit = c >= '0' && c <= '9';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (digit && i == 0) {
            rg__buffer_append_char(out, '_');
        }
        if (letter || digit) {
            rg__buffer_append_char(out, c);
        } else {
            exact = false;
            if (out->size > start && out->data != NULL && out->data[out->size - 1] != '_') {
                rg__buffer_append_char(out, '_');
            }
        }
    }
    if (!exact) {
        rg__buffer_append_format(out, "_%u", index);
    }
}

/* ---- values ---- */

static rg_status write_value(dumper *d, rg_value value);

static rg_status write_items(dumper *d, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    size_t count = rg_value_count(d->context, d->graph, value);
    rg_status status = RG_OK;
    rg__buffer_append_char(d->out, kind == RG_VALUE_LIST ? '[' : '(');
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg__buffer_append_text(d->out, i == 0 ? "" : ", ");
        status = write_value(d, rg_value_item(d->context, d->graph, value, i));
    }
    rg__buffer_append_text(d->out, kind == RG_VALUE_LIST ? "]" : count == 1 ? ",)" : ")");
    return status;
}

/* The rule's own device, as that of the first input that has it. */
static void write_rule_device(dumper *d)
{
    for (size_t i = 0; i < d->rule->input_count; i++) {
        const rg_rule_input *input = &d->rule->inputs[i];
        rg_tensor_type tensor = rg_type_get_tensor(d->context, input->type);
        if (rg_type_get_kind(d->context, input->type) == RG_TYPE_TENSOR && tensor.device.kind == NULL) {
            rg__buffer_append(d->out, input->name);
            rg__buffer_append_text(d->out, ".device");
            return;
        }
    }
    rg__buffer_append_text(d->out, "None"); /* not reached: the device came from such an input */
}

static rg_status write_value(dumper *d, rg_value value)
{
    rg_device device = rg_value_as_device(d->context, value);
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_NODE:
        write_name(d, rg_value_as_node(value));
        return RG_OK;
    case RG_VALUE_LIST:
    case RG_VALUE_TUPLE:
        return write_items(d, value);
    case RG_VALUE_SIZE:
        return rg_size_print(d->context, rg_value_as_size(value), rg__buffer_sink(d->out));
    case RG_VALUE_DEVICE:
        if (device.kind != NULL && strcmp(device.kind, RG_RULE_DEVICE) == 0) {
            write_rule_device(d);
            return RG_OK;
        }
        break;
    default:
        break;
    }
    return rg_value_print(d->context, d->graph, value, rg__buffer_sink(d->out));
}

/* ---- statements ---- */

static rg_status write_arguments(dumper *d, rg_node node)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_node_argument_count(d->graph, node) && status == RG_OK; i++) {
        rg_string name = rg_node_argument_name(d->graph, node, i);
        rg__buffer_append_text(d->out, i == 0 ? "" : ", ");
        rg__buffer_append(d->out, name);
        rg__buffer_append_text(d->out, name.size > 0 ? " = " : "");
        rg_value value = rg_node_argument(d->graph, node, i);
        rg_node rest = rg__rest_list(d->graph, value);
        rg__buffer_append_text(d->out, rg_node_is_null(rest) ? "" : "*");
        status = write_value(d, rg_node_is_null(rest) ? value : rg_value_node(rest));
    }
    return status;
}

/* `x.stride()` for the call of a method, `x.dtype` for one of getattr. */
static rg_status write_property(dumper *d, rg_node node, rg_string method)
{
    rg_status status = write_value(d, rg_node_argument(d->graph, node, 0));
    rg__buffer_append_char(d->out, '.');
    if (method.size == 0) {
        rg__buffer_append(d->out, rg_value_as_text(d->context, rg_node_argument(d->graph, node, 1)));
    } else {
        rg__buffer_append(d->out, method);
        rg__buffer_append_text(d->out, "()");
    }
    return status;
}

static rg_status write_call(dumper *d, rg_node node)
{
    rg_op op = rg_node_op(d->graph, node);
    rg_string name = rg_op_name(d->context, op);
    rg_op_kind kind = rg_op_get_kind(d->context, op);
    rg_status status;
    if (rg_string_equal(name, rg_string_from("operator.getitem"))) {
        status = write_value(d, rg_node_argument(d->graph, node, 0));
        rg__buffer_append_char(d->out, '[');
        if (status == RG_OK) {
            status = write_value(d, rg_node_argument(d->graph, node, 1));
        }
        rg__buffer_append_char(d->out, ']');
        return status;
    }
    if (kind == RG_OP_METHOD || rg_string_equal(name, rg_string_from("getattr"))) {
        return write_property(d, node, kind == RG_OP_METHOD ? name : (rg_string){NULL, 0});
    }
    rg__buffer_append_text(d->out, kind == RG_OP_OVERLOAD || kind == RG_OP_HIGHER_ORDER ? "torch.ops." : "");
    rg__buffer_append(d->out, name);
    rg__buffer_append_char(d->out, '(');
    status = write_arguments(d, node);
    rg__buffer_append_char(d->out, ')');
    return status;
}

static rg_status write_body(dumper *d)
{
    rg_status status = RG_OK;
    rg_node node = rg_graph_first(d->graph);
    for (; !rg_node_is_null(node) && status == RG_OK; node = rg_graph_next(d->graph, node)) {
        rg_op_kind kind = rg_node_kind(d->graph, node);
        if (kind == RG_OP_PLACEHOLDER || rg__node_is_marker(d->graph, node, RG_REST_OF)) {
            continue;
        }
        rg__buffer_append_text(d->out, "        ");
        if (kind == RG_OP_OUTPUT) {
            rg__buffer_append_text(d->out, "return ");
            status = write_value(d, rg_node_argument(d->graph, node, 0));
        } else {
            write_name(d, node);
            rg__buffer_append_text(d->out, " = ");
            status = write_call(d, node);
        }
        rg__buffer_append_char(d->out, '\n');
    }
    return status;
}

/* ---- rules ---- */

static const char *const scalar_names[] = {
    [RG_RULE_INPUT_TENSOR] = "Tensor",  [RG_RULE_INPUT_INT] = "int",
    [RG_RULE_INPUT_FLOAT] = "float",    [RG_RULE_INPUT_BOOL] = "bool",
    [RG_RULE_INPUT_STRING] = "str",     [RG_RULE_INPUT_DTYPE] = "dtype",
    [RG_RULE_INPUT_INT_LIST] = "int[]", [RG_RULE_INPUT_TENSOR_LIST] = "Tensor[]"};

static rg_status write_parameters(dumper *d, bool with_types)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < d->rule->input_count && status == RG_OK; i++) {
        const rg_rule_input *input = &d->rule->inputs[i];
        rg__buffer_append_text(d->out, i == 0 ? "" : ", ");
        rg__buffer_append(d->out, input->name);
        if (!with_types) {
            continue;
        }
        rg__buffer_append_text(d->out, ": \"");
        if (rg_type_get_kind(d->context, input->type) == RG_TYPE_TENSOR) {
            rg_type_print_options options = {true, true};
            bool is_list = input->kind == RG_RULE_INPUT_TENSOR_LIST;
            rg__buffer_append_text(d->out, is_list ? "list[" : "");
            status = rg_type_print(d->context, input->type, options, rg__buffer_sink(d->out));
            rg__buffer_append_text(d->out, is_list ? "]" : "");
        } else {
            rg__buffer_append_text(d->out, scalar_names[input->kind]);
        }
        rg__buffer_append_char(d->out, '"');
    }
    return status;
}

static rg_status write_function(dumper *d, const char *name, const rg_graph *graph)
{
    d->graph = graph;
    rg__buffer_append_format(d->out, "\n    def %s(", name);
    rg_status status = write_parameters(d, graph == d->rule->pattern);
    rg__buffer_append_text(d->out, "):\n");
    return status == RG_OK ? write_body(d) : status;
}

static void write_description(rg_buffer *out, rg_string text)
{
    bool plain = memchr(text.data, '"', text.size) == NULL && memchr(text.data, '\\', text.size) == NULL;
    if (text.size == 0) {
        return;
    }
    rg__buffer_append_text(out, plain ? "    \"\"\"" : "    ");
    if (plain) {
        rg__buffer_append(out, text);
    } else {
        rg__buffer_append_quoted(out, text);
    }
    rg__buffer_append_text(out, plain ? "\"\"\"\n\n" : "\n\n");
}

static void write_dropped(dumper *d)
{
    bool any = false;
    for (size_t i = 0; i < d->rule->input_count; i++) {
        if (d->rule->inputs[i].dropped) {
            rg__buffer_append_text(d->out, any ? ", " : "    dropped = [");
            rg__buffer_append_quoted(d->out, d->rule->inputs[i].name);
            any = true;
        }
    }
    rg__buffer_append_text(d->out, any ? "]\n" : "");
}

/* What the rule states about itself, if it does. */
static void write_sentence(rg_buffer *out, const char *attribute, rg_string sentence)
{
    if (sentence.size > 0) {
        rg__buffer_append_format(out, "    %s = ", attribute);
        rg__buffer_append_quoted(out, sentence);
        rg__buffer_append_char(out, '\n');
    }
}

static rg_status write_rule(rg_buffer *out, const rg_rule_set *set, uint32_t index)
{
    const rg_rule *rule = &set->rules.items[index];
    dumper d = {out, set->context, rule, NULL};
    rg__buffer_append_text(out, "\n\nclass ");
    write_class_name(out, set, index);
    rg__buffer_append_text(out, "(Rule):\n");
    write_description(out, rule->description);
    rg__buffer_append_text(out, "    name = ");
    rg__buffer_append_quoted(out, rule->name);
    rg__buffer_append_text(out, "\n    keep_noops = True\n");
    if (rule->priority != 0) {
        rg__buffer_append_format(out, "    priority = %d\n", (int)rule->priority);
    }
    if (!rule->see_through) {
        rg__buffer_append_text(out, "    see_through = False\n");
    }
    if (!rule->commutative) {
        rg__buffer_append_text(out, "    commutative = False\n");
    }
    rg__buffer_append_text(out, rule->keep_shared ? "    keep_shared = True\n" : "");
    if (rule->resizes) {
        rg__buffer_append_text(out, "    resizes = True\n");
    }
    write_sentence(out, "differs", rule->differs);
    write_sentence(out, "rounds", rule->rounds);
    write_dropped(&d);
    if (rule->check != NULL) {
        rg__buffer_append_text(out, "    # has a check in C, which cannot be written here\n");
    }
    rg_status status = write_function(&d, "pattern", rule->pattern);
    if (status == RG_OK) {
        status = write_function(&d, "replacement", rule->replacement);
    }
    return status == RG_OK && rule->guard != NULL ? write_function(&d, "check", rule->guard) : status;
}

/* ---- ops ---- */

typedef RG_VECTOR(rg_op) op_list;

static rg_status collect_value(op_list *list, const rg_context *context, const rg_graph *graph, rg_value value)
{
    rg_op op = rg_value_as_op(value);
    if (!rg_op_is_null(op)) {
        const rg_op_descriptor *descriptor = rg__op_descriptor(context, op);
        if (descriptor->row != NULL || descriptor->schema == NULL) {
            return RG_OK;
        }
        for (uint32_t i = 0; i < list->count; i++) {
            if (rg_op_same(list->items[i], op)) {
                return RG_OK;
            }
        }
        return rg__vector_push(&context->allocator, list, op) ? RG_OK : RG_ERROR_MEMORY;
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_value_count(context, graph, value) && status == RG_OK; i++) {
        status = collect_value(list, context, graph, rg_value_item(context, graph, value, i));
    }
    return status;
}

/* Ops declared by the user that a graph calls or names. */
static rg_status collect_ops(op_list *list, const rg_graph *graph)
{
    const rg_context *context = rg_graph_context(graph);
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        status = collect_value(list, context, graph, rg_value_op(rg_node_op(graph, node)));
        for (size_t i = 0; i < rg_node_argument_count(graph, node) && status == RG_OK; i++) {
            status = collect_value(list, context, graph, rg_node_argument(graph, node, i));
        }
    }
    return status;
}

static rg_status write_ops(rg_buffer *out, const rg_rule_set *set)
{
    op_list list = {0};
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < set->rules.count && status == RG_OK; i++) {
        status = collect_ops(&list, set->rules.items[i].pattern);
        if (status == RG_OK) {
            status = collect_ops(&list, set->rules.items[i].replacement);
        }
    }
    for (uint32_t i = 0; i < list.count && status == RG_OK; i++) {
        rg__buffer_append_format(out, "\n\nclass op_%u(Op):\n    schema = ", i);
        rg__buffer_append_quoted(out, rg_op_schema(set->context, list.items[i]));
        rg__buffer_append_char(out, '\n');
        rg__op_class_write(out, rg__op_descriptor(set->context, list.items[i]));
    }
    rg__vector_free(&set->context->allocator, &list);
    return status;
}

rg_status rg_rule_set_dump(const rg_rule_set *set, rg_sink sink)
{
    rg_buffer text;
    rg__buffer_init(&text, &set->context->allocator);
    rg__buffer_append_text(&text, "# Rules as regraft traced them. The file loads as it is.\n"
                                  "import math\n"
                                  "import operator\n"
                                  "from math import inf, nan\n\n"
                                  "import torch\n"
                                  "from torch import device\n\n"
                                  "from regraft import Op, Rule\n");
    rg_status status = write_ops(&text, set);
    for (uint32_t i = 0; i < set->rules.count && status == RG_OK; i++) {
        status = write_rule(&text, set, i);
    }
    if (status == RG_ERROR_MEMORY || text.failed) {
        status = rg__report_memory(set->context);
    }
    if (status == RG_OK) {
        status = sink.write(sink.user, text.data, text.size);
    }
    rg__buffer_free(&text);
    return status;
}

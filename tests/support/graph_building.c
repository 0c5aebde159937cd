/* graph_building.c: see the header. */
#include "support/graph_building.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

rg_graph *build_graph(rg_context *context)
{
    rg_graph *graph;
    assert_int_equal(rg_graph_create(&graph, context, rg_string_from("GraphModule")), RG_OK);
    return graph;
}

static rg_op_kind kind_of(const char *name)
{
    if (name[0] == '.') {
        return RG_OP_METHOD;
    }
    if (strncmp(name, "operator.", 9) == 0) {
        return RG_OP_OPERATOR;
    }
    if (strncmp(name, "higher_order.", 13) == 0) {
        return RG_OP_HIGHER_ORDER;
    }
    const char *dot = strchr(name, '.');
    bool is_overload = dot != NULL && strchr(dot + 1, '.') != NULL && strncmp(name, "torch.", 6) != 0;
    return is_overload ? RG_OP_OVERLOAD : RG_OP_FUNCTION;
}

rg_op build_op(rg_context *context, const char *name)
{
    rg_op op = rg_context_find_op(context, rg_string_from(name));
    if (rg_op_is_null(op)) {
        assert_int_equal(rg_context_intern_op(&op, context, kind_of(name), rg_string_from(name)), RG_OK);
    }
    return op;
}

static rg_node insert(rg_graph *graph, rg_node before, const rg_node_description *description)
{
    rg_node node;
    rg_status status = rg_graph_insert(&node, graph, before, description);
    if (status != RG_OK) {
        const rg_context *context = rg_graph_context(graph);
        size_t count = rg_context_diagnostic_count(context);
        fail_msg("insert: %s: %s", rg_status_name(status),
                 count == 0 ? "" : rg_context_diagnostic(context, count - 1)->message.data);
    }
    return node;
}

rg_node build_placeholder(rg_graph *graph, const char *name)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = build_op(rg_graph_context(graph), "placeholder");
    description.name = rg_string_from(name);
    return insert(graph, (rg_node){0}, &description);
}

rg_node build_get_attr(rg_graph *graph, const char *path)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = build_op(rg_graph_context(graph), "get_attr");
    description.target = rg_string_from(path);
    return insert(graph, (rg_node){0}, &description);
}

static rg_node build_any(rg_graph *graph, rg_node before, const char *op, const char *name, const char *const *names,
                         const rg_value *values, size_t count)
{
    rg_argument arguments[64];
    assert_true(count <= 64);
    for (size_t i = 0; i < count; i++) {
        arguments[i].name = rg_string_from(names == NULL ? NULL : names[i]);
        arguments[i].value = values[i];
    }
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = build_op(rg_graph_context(graph), op);
    description.name = rg_string_from(name);
    description.arguments = arguments;
    description.argument_count = count;
    return insert(graph, before, &description);
}

rg_node build_call(rg_graph *graph, const char *op, const char *name, const rg_value *arguments, size_t count)
{
    return build_any(graph, (rg_node){0}, op, name, NULL, arguments, count);
}

rg_node build_call_before(rg_graph *graph, rg_node before, const char *op, const char *name, const rg_value *arguments,
                          size_t count)
{
    return build_any(graph, before, op, name, NULL, arguments, count);
}

rg_node build_call_named(rg_graph *graph, const char *op, const char *const *names, const rg_value *arguments,
                         size_t count)
{
    return build_any(graph, (rg_node){0}, op, NULL, names, arguments, count);
}

rg_node build_output(rg_graph *graph, rg_value value)
{
    return build_any(graph, (rg_node){0}, "output", NULL, NULL, &value, 1);
}

rg_value build_int(rg_context *context, int64_t number)
{
    rg_value value;
    assert_int_equal(rg_value_int(&value, context, number), RG_OK);
    return value;
}

rg_value build_string(rg_context *context, const char *text)
{
    rg_value value;
    assert_int_equal(rg_value_string(&value, context, rg_string_from(text)), RG_OK);
    return value;
}

rg_value build_items(rg_graph *graph, rg_value_kind kind, const rg_value *items, size_t count)
{
    rg_value value;
    assert_int_equal(rg_value_items(&value, rg_graph_context(graph), graph, kind, items, count), RG_OK);
    return value;
}

rg_value value_of(rg_node node)
{
    return rg_value_node(node);
}

/* ---- looking ---- */

static char shown[1 << 16];

static void show(size_t *at, const char *text)
{
    size_t size = strlen(text);
    assert_true(*at + size < sizeof(shown));
    memcpy(shown + *at, text, size + 1);
    *at += size;
}

const char *node_names(const rg_graph *graph)
{
    size_t at = 0;
    shown[0] = '\0';
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        show(&at, at == 0 ? "" : " ");
        show(&at, rg_node_name(graph, node).data);
    }
    return shown;
}

const char *use_names(const rg_graph *graph, rg_node node)
{
    size_t at = 0;
    shown[0] = '\0';
    for (size_t i = 0; i < rg_node_use_count(graph, node); i++) {
        rg_use use = rg_node_use(graph, node, i);
        char number[16];
        (void)snprintf(number, sizeof(number), ".%u", use.argument);
        show(&at, at == 0 ? "" : " ");
        show(&at, rg_node_name(graph, use.user).data);
        show(&at, number);
    }
    return shown;
}

static void append_value(rg_buffer *out, const rg_graph *graph, rg_value value)
{
    static const char *const brackets[] = {"[]", "()", "{}", "<>", "``"};
    const rg_context *context = rg_graph_context(graph);
    rg_value_kind kind = rg_value_get_kind(value);
    if (kind == RG_VALUE_NODE) {
        rg__buffer_append(out, rg_node_name(graph, rg_value_as_node(value)));
    } else if (kind >= RG_VALUE_LIST && kind <= RG_VALUE_RECORD) {
        rg__buffer_append_char(out, brackets[kind - RG_VALUE_LIST][0]);
        for (size_t i = 0; i < rg_value_count(context, graph, value); i++) {
            append_value(out, graph, rg_value_item(context, graph, value, i));
            rg__buffer_append_char(out, ',');
        }
        rg__buffer_append_char(out, brackets[kind - RG_VALUE_LIST][1]);
    } else {
        rg__buffer_append_format(out, "%llx", (unsigned long long)value.bits); /* constants are their words */
    }
}

void append_graph(rg_buffer *out, const rg_graph *graph)
{
    rg__buffer_append_format(out, "graph %s\n", rg_graph_name(graph).data);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg__buffer_append_format(out, "%s: %u = %u %s(", rg_node_name(graph, node).data, rg_node_type(graph, node).id,
                                 rg_node_op(graph, node).id, rg_node_target(graph, node).data);
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            rg__buffer_append_format(out, " %s=", rg_node_argument_name(graph, node, i).data);
            append_value(out, graph, rg_node_argument(graph, node, i));
        }
        rg__buffer_append_format(out, ") %zu:", rg_node_user_count(graph, node));
        for (size_t i = 0; i < rg_node_use_count(graph, node); i++) {
            rg_use use = rg_node_use(graph, node, i);
            rg__buffer_append_format(out, " %s.%u", rg_node_name(graph, use.user).data, use.argument);
        }
        rg__buffer_append_char(out, '\n');
    }
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        append_graph(out, rg_graph_child(graph, i));
    }
}

void assert_graph_holds(const rg_graph *graph)
{
    rg_status status = rg_graph_verify(graph);
    if (status != RG_OK) {
        const rg_context *context = rg_graph_context(graph);
        size_t count = rg_context_diagnostic_count(context);
        fail_msg("verify: %s", count == 0 ? "" : rg_context_diagnostic(context, count - 1)->message.data);
    }
}

void assert_string_is(rg_string text, const char *expected)
{
    if (!rg_string_equal(text, rg_string_from(expected))) {
        fail_msg("'%.*s' is not '%s'", (int)text.size, text.data == NULL ? "" : text.data, expected);
    }
}

/*
 * diff_message.c: differences in words.
 */
#include <regraft/document.h>

#include "base/buffer.h"
#include "ir/graph_impl.h"
#include "match/diff_impl.h"

/* Longer texts of values are cut. */
#define RG_DIFF_VALUE_BYTES 80

static rg_string node_name(const rg__diff_side *side, uint32_t id)
{
    return rg_node_name(side->graph, (rg_node){id});
}

static void append_name(rg_buffer *buffer, const rg__diff_side *side, uint32_t id)
{
    rg_string name = node_name(side, id);
    rg__buffer_append_format(buffer, "`%.*s`", (int)name.size, name.data);
}

static rg_status append_value(rg_buffer *buffer, const rg__diff_side *side, rg_value value)
{
    size_t start = buffer->size;
    rg_status status = RG_OK;

    if (rg__value_is_node(value)) {
        append_name(buffer, side, rg_value_as_node(value).id);
    } else if (rg_value_is_missing(value)) {
        rg__buffer_append_text(buffer, "missing");
    } else {
        status = rg_value_print(rg_graph_context(side->graph), side->graph, value, rg__buffer_sink(buffer));
    }
    if (status == RG_OK && buffer->size - start > RG_DIFF_VALUE_BYTES) {
        size_t end = start + RG_DIFF_VALUE_BYTES;
        while (end > start && ((unsigned char)buffer->data[end] & 0xc0) == 0x80) {
            end--; /* not inside a character */
        }
        buffer->size = end;
        rg__buffer_append_text(buffer, "...");
    }
    return status;
}

static rg_status append_type(rg_buffer *buffer, const rg__diff_side *side, uint32_t id)
{
    rg_type_print_options options = {true, true};
    return rg_type_print(rg_graph_context(side->graph), rg_node_type(side->graph, (rg_node){id}), options,
                         rg__buffer_sink(buffer));
}

/* What a node does: "calls aten.relu.default", "calls _C.rms_norm.default through higher_order.auto_functionalized",
 * "is a placeholder". */
static void append_deed(rg_buffer *buffer, const rg__diff_side *side, uint32_t id)
{
    static const char *const kinds[] = {[RG_OP_PLACEHOLDER] = "is a placeholder",
                                        [RG_OP_OUTPUT] = "is the output",
                                        [RG_OP_GET_ATTR] = "is an attribute",
                                        [RG_OP_CALL_MODULE] = "calls a module"};
    const rg_context *context = rg_graph_context(side->graph);
    rg_op op = rg_node_op(side->graph, (rg_node){id});
    rg_op called = rg__node_schema_op(side->graph, id);
    rg_op_kind kind = rg_op_get_kind(context, op);
    if ((size_t)kind < sizeof(kinds) / sizeof(kinds[0])) {
        rg__buffer_append_text(buffer, kinds[kind]);
    } else {
        rg__buffer_append_text(buffer, "calls ");
        rg__buffer_append(buffer, rg_op_name(context, called));
        if (!rg_op_same(op, called)) {
            rg__buffer_append_text(buffer, " through ");
            rg__buffer_append(buffer, rg_op_name(context, op));
        }
    }
}

/* ---- arguments ---- */

static const rg__diff_argument *find_argument(const rg__diff_arguments *list, const rg__diff_argument *wanted)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (rg_string_equal(list->items[i].name, wanted->name) &&
            (wanted->name.size > 0 || list->items[i].position == wanted->position)) {
            return &list->items[i];
        }
    }
    return NULL;
}

static void append_argument_name(rg_buffer *buffer, const rg__diff_argument *argument)
{
    rg__buffer_append_format(buffer, "argument %u", argument->position);
    if (argument->name.size > 0) {
        rg__buffer_append_format(buffer, " (`%.*s`)", (int)argument->name.size, argument->name.data);
    }
}

/* "is X, of `b` is Y": as written, or in normal form if only that tells them apart. */
static rg_status append_two_values(rg_buffer *buffer, const rg__diff_finding *finding, const rg__diff_argument *a,
                                   const rg__diff_argument *b)
{
    rg_status status;
    size_t start = buffer->size;

    for (int normal = 0; normal < 2; normal++) {
        buffer->size = start;
        rg__buffer_append_text(buffer, " is ");
        size_t start_a = buffer->size;
        status = append_value(buffer, finding->side_a, normal != 0 ? a->value : a->written);
        size_t size_a = buffer->size - start_a;
        rg__buffer_append_text(buffer, ", of ");
        append_name(buffer, finding->side_b, finding->b);
        rg__buffer_append_text(buffer, " is ");
        size_t start_b = buffer->size;
        if (status == RG_OK) {
            status = append_value(buffer, finding->side_b, normal != 0 ? b->value : b->written);
        }
        if (status != RG_OK || buffer->failed) {
            return status;
        }
        if (size_a != buffer->size - start_b || memcmp(buffer->data + start_a, buffer->data + start_b, size_a) != 0) {
            break;
        }
    }
    return status;
}

static rg_status append_argument(rg_buffer *buffer, rg__differ *differ, const rg__diff_finding *finding)
{
    rg__diff_arguments *list_a = &differ->arguments_a;
    rg__diff_arguments *list_b = &differ->arguments_b;
    const rg__diff_argument *a = NULL;
    const rg__diff_argument *b = NULL;

    rg__diff_collect(differ, list_a, finding->side_a, finding->a);
    rg__diff_collect(differ, list_b, finding->side_b, finding->b);
    if (differ->status != RG_OK) {
        return differ->status;
    }
    if (finding->argument < list_a->count) {
        a = &list_a->items[finding->argument];
        b = find_argument(list_b, a);
    } else {
        b = &list_b->items[finding->argument - list_a->count];
    }
    append_argument_name(buffer, a != NULL ? a : b);
    rg__buffer_append_text(buffer, " of ");
    append_name(buffer, a != NULL ? finding->side_a : finding->side_b, a != NULL ? finding->a : finding->b);
    if (a != NULL && b != NULL) {
        return append_two_values(buffer, finding, a, b);
    }
    rg__buffer_append_text(buffer, " is ");
    rg_status status = a != NULL ? append_value(buffer, finding->side_a, a->written)
                                 : append_value(buffer, finding->side_b, b->written);
    rg__buffer_append_text(buffer, ", and ");
    append_name(buffer, a != NULL ? finding->side_b : finding->side_a, a != NULL ? finding->b : finding->a);
    rg__buffer_append_text(buffer, " has none");
    return status;
}

/* What the graph returns, or one item of it. */
static rg_value returned_value(const rg__diff_side *side, uint32_t id, uint32_t item)
{
    rg_value value = rg_node_argument_count(side->graph, (rg_node){id}) == 0
                         ? rg_value_missing()
                         : rg_node_argument(side->graph, (rg_node){id}, 0);
    return item == UINT32_MAX ? value : rg_value_item(rg_graph_context(side->graph), side->graph, value, item);
}

static rg_status append_returned(rg_buffer *buffer, const rg__diff_finding *finding)
{
    rg_value a = returned_value(finding->side_a, finding->a, finding->argument);
    rg_value b = returned_value(finding->side_b, finding->b, finding->argument);
    rg_status status;

    if (finding->argument == UINT32_MAX) {
        rg__buffer_append_text(buffer, "A returns ");
    } else {
        rg__buffer_append_format(buffer, "returned value %u is ", finding->argument);
    }
    status = append_value(buffer, finding->side_a, a);
    rg__buffer_append_text(buffer, finding->argument == UINT32_MAX ? ", B returns " : " in A, ");
    if (status == RG_OK) {
        status = append_value(buffer, finding->side_b, b);
    }
    rg__buffer_append_text(buffer, finding->argument == UINT32_MAX ? "" : " in B");
    return status;
}

/* ---- targets and order ---- */

static void append_targets(rg_buffer *buffer, const rg__diff_finding *finding)
{
    const rg__diff_side *sides[2] = {finding->side_a, finding->side_b};
    const uint32_t ids[2] = {finding->a, finding->b};

    for (int i = 0; i < 2; i++) {
        rg__buffer_append_text(buffer, i == 0 ? "" : ", ");
        append_name(buffer, sides[i], ids[i]);
        rg_string target = rg_node_target(sides[i]->graph, (rg_node){ids[i]});
        rg__buffer_append_format(buffer, " is self.%.*s", (int)target.size, target.data);
    }
}

static uint32_t last_read(const rg__diff_side *side, uint32_t id)
{
    rg_node next = rg_graph_next(side->graph, (rg_node){id});
    uint32_t end = rg_node_is_null(next) ? side->reads.count : side->read_starts[next.id];
    uint32_t latest = 0;
    for (uint32_t i = side->read_starts[id]; i < end; i++) {
        uint32_t writer = side->reads.items[i];
        latest = side->positions[writer] > side->positions[latest] ? writer : latest;
    }
    return latest;
}

static void append_order(rg_buffer *buffer, const rg__diff_finding *finding)
{
    const rg__diff_side *sides[2] = {finding->side_a, finding->side_b};
    const uint32_t ids[2] = {finding->a, finding->b};

    for (int i = 0; i < 2; i++) {
        uint32_t writer = last_read(sides[i], ids[i]);
        rg__buffer_append_text(buffer, i == 0 ? "" : ", ");
        append_name(buffer, sides[i], ids[i]);
        if (writer == 0) {
            rg__buffer_append_text(buffer, " comes before every write or effect that it could see");
        } else {
            rg__buffer_append_text(buffer, " comes after the write or effect of ");
            append_name(buffer, sides[i], writer);
        }
    }
}

/* ---- the sentence ---- */

static void append_only(rg_buffer *buffer, const rg__diff_finding *finding)
{
    bool in_a = finding->kind == RG_DIFF_ONLY_IN_A;

    if (finding->lone != NULL) {
        rg_string name = rg_graph_name(finding->lone->graph);
        rg__buffer_append_format(buffer, "submodule `%.*s`", (int)name.size, name.data);
    } else {
        const rg__diff_side *side = in_a ? finding->side_a : finding->side_b;
        uint32_t id = in_a ? finding->a : finding->b;
        append_name(buffer, side, id);
        rg__buffer_append_text(buffer, ", which ");
        append_deed(buffer, side, id);
        rg__buffer_append_char(buffer, ',');
    }
    rg__buffer_append_text(buffer, in_a ? " is only in A" : " is only in B");
}

static rg_status append_sentence(rg_buffer *buffer, rg__differ *differ, const rg__diff_finding *finding)
{
    rg_status status = RG_OK;

    switch (finding->kind) {
    case RG_DIFF_INPUTS:
        rg__buffer_append_format(buffer, "A has %u inputs, B has %u", finding->side_a->placeholder_count,
                                 finding->side_b->placeholder_count);
        break;
    case RG_DIFF_OP:
        append_name(buffer, finding->side_a, finding->a);
        rg__buffer_append_char(buffer, ' ');
        append_deed(buffer, finding->side_a, finding->a);
        rg__buffer_append_text(buffer, ", ");
        append_name(buffer, finding->side_b, finding->b);
        rg__buffer_append_char(buffer, ' ');
        append_deed(buffer, finding->side_b, finding->b);
        break;
    case RG_DIFF_TARGET:
        append_targets(buffer, finding);
        break;
    case RG_DIFF_ARGUMENT:
        status = rg_node_kind(finding->side_a->graph, (rg_node){finding->a}) == RG_OP_OUTPUT
                     ? append_returned(buffer, finding)
                     : append_argument(buffer, differ, finding);
        break;
    case RG_DIFF_TYPE:
        rg__buffer_append_text(buffer, "the type of ");
        append_name(buffer, finding->side_a, finding->a);
        rg__buffer_append_text(buffer, " is ");
        status = append_type(buffer, finding->side_a, finding->a);
        rg__buffer_append_text(buffer, ", of ");
        append_name(buffer, finding->side_b, finding->b);
        rg__buffer_append_text(buffer, " is ");
        if (status == RG_OK) {
            status = append_type(buffer, finding->side_b, finding->b);
        }
        break;
    case RG_DIFF_ORDER:
        append_order(buffer, finding);
        break;
    case RG_DIFF_ONLY_IN_A:
    case RG_DIFF_ONLY_IN_B:
        append_only(buffer, finding);
        break;
    }
    return status;
}

rg_status rg__diff_message(rg_string *out, rg__differ *differ, rg_arena *arena, const rg__diff_finding *finding)
{
    rg_buffer buffer;
    rg_status status;

    rg__buffer_init(&buffer, &differ->context->allocator);
    if (finding->side_a->place != 0) {
        rg_string name = rg_graph_name(finding->side_a->graph);
        rg__buffer_append_format(&buffer, "in submodule `%.*s`: ", (int)name.size, name.data);
    }
    status = append_sentence(&buffer, differ, finding);
    if (status == RG_OK && !buffer.failed) {
        *out = rg__arena_copy(arena, rg__buffer_string(&buffer));
    }
    if (status == RG_OK && (buffer.failed || out->data == NULL)) {
        status = RG_ERROR_MEMORY;
    }
    rg__buffer_free(&buffer);
    return status;
}

/*
 * explain_text.c: a miss in words: the sentence and the remedy of its reason (explain.def), and where on both sides it
 * stopped.
 */
#include <regraft/document.h>

#include "base/buffer.h"
#include "match/explain_impl.h"
#include "rule/place.h"

/* ---- the table ---- */

typedef struct rg_miss_form {
    const char *sentence;
    const char *remedy;
} rg_miss_form;

typedef enum rg_miss_form_id {
    RG_FORM_OF_LAST_REASON = RG_MISS_REASON_COUNT - 1, /* a reason is a form too */
#define RG_MISS_ROW(reason, name, sentence, remedy)
#define RG_MISS_FORM(form, sentence, remedy) RG_MISS_FORM_##form,
#include "match/explain.def"
#undef RG_MISS_ROW
#undef RG_MISS_FORM
    RG_MISS_FORM_COUNT
} rg_miss_form_id;

static const rg_miss_form forms[RG_MISS_FORM_COUNT] = {
#define RG_MISS_ROW(reason, name, sentence, remedy) [RG_MISS_##reason] = {sentence, remedy},
#define RG_MISS_FORM(form, sentence, remedy)        [RG_MISS_FORM_##form] = {sentence, remedy},
#include "match/explain.def"
#undef RG_MISS_ROW
#undef RG_MISS_FORM
};

static const char *const names[] = {
#define RG_MISS_ROW(reason, name, sentence, remedy) [RG_MISS_##reason] = name,
#define RG_MISS_FORM(form, sentence, remedy)
#include "match/explain.def"
#undef RG_MISS_ROW
#undef RG_MISS_FORM
};

enum {
    RG_MISS_ROW_COUNT = 0
#define RG_MISS_ROW(reason, name, sentence, remedy) +1
#define RG_MISS_FORM(form, sentence, remedy)
#include "match/explain.def"
#undef RG_MISS_ROW
#undef RG_MISS_FORM
};
_Static_assert((int)RG_MISS_ROW_COUNT == (int)RG_MISS_REASON_COUNT, "each reason has its row in explain.def");

const char *rg_miss_reason_name(rg_miss_reason reason)
{
    return (unsigned)reason < RG_MISS_REASON_COUNT ? names[reason] : "";
}

/* ---- what stands for what ---- */

typedef struct rg_wording {
    rg_context *context;
    const rg_graph *graph;
    const rg_near_miss *near;
    const rg_disagreement *cause;
    rg_buffer out;
    rg_status status;
} rg_wording;

static const rg_graph *pattern_graph(const rg_wording *wording)
{
    return wording->near->rule->pattern;
}

/* The reader, or what else the disagreement is at. */
static rg_node pattern_node(const rg_near_miss *near)
{
    const rg_disagreement *cause = &near->cause;
    if (cause->index != RG_NO_INDEX) {
        return near->rule->compiled->nodes[cause->index].node;
    }
    return cause->input != RG_NO_INDEX ? near->rule->inputs[cause->input].pattern : (rg_node){0};
}

static void put(rg_wording *wording, rg_string text)
{
    rg__buffer_append(&wording->out, text);
}

static void take(rg_wording *wording, rg_status status)
{
    wording->status = wording->status == RG_OK ? status : wording->status;
}

static void put_value(rg_wording *wording, const rg_graph *owner, rg_value value)
{
    if (rg_value_is_missing(value)) {
        rg__buffer_append_text(&wording->out, "nothing");
        return;
    }
    rg_node node = rg_value_as_node(value);
    if (!rg_node_is_null(node)) {
        rg__buffer_append_format(&wording->out, "'%.*s'", (int)rg_node_name(owner, node).size,
                                 rg_node_name(owner, node).data);
        return;
    }
    take(wording, rg_value_print(wording->context, owner, value, rg__buffer_sink(&wording->out)));
}

static void put_name(rg_wording *wording, rg_node node)
{
    put(wording, rg_node_is_null(node) ? rg_string_from("?") : rg_node_name(wording->graph, node));
}

static void put_pattern(rg_wording *wording)
{
    rg_node node = pattern_node(wording->near);
    const rg_graph *pattern = pattern_graph(wording);
    if (rg_node_is_null(node)) {
        rg__buffer_append_text(&wording->out, "value");
        return;
    }
    put(wording, rg_string_from("'"));
    put(wording, rg_node_name(pattern, node));
    put(wording, rg_string_from("'"));
    rg_op wrapped = wording->cause->index == RG_NO_INDEX
                        ? (rg_op){0}
                        : wording->near->rule->compiled->nodes[wording->cause->index].wrapped;
    if (rg_node_kind(pattern, node) != RG_OP_PLACEHOLDER) {
        rg_op op = rg_op_is_null(wrapped) ? rg_node_op(pattern, node) : wrapped;
        rg_string name = rg_op_name(wording->context, op);
        rg__buffer_append_format(&wording->out, " (%.*s)", (int)name.size, name.data);
    }
}

/* The op that a node calls, or what an auto_functionalized one wraps. */
static rg_string op_called(const rg_wording *wording, rg_node node)
{
    rg_op op = rg_node_op(wording->graph, node);
    rg_op wrapped = rg_value_as_op(rg_node_argument(wording->graph, node, 0));
    return rg_op_name(wording->context, rg_op_is_null(wrapped) ? op : wrapped);
}

static void put_found(rg_wording *wording)
{
    rg_op_kind kind = rg_node_kind(wording->graph, wording->cause->node);
    const char *what = kind == RG_OP_PLACEHOLDER ? "is an input of the graph"
                       : kind == RG_OP_GET_ATTR  ? "is an attribute of the graph"
                       : kind == RG_OP_OUTPUT    ? "is what the graph returns"
                                                 : NULL;
    if (what != NULL) {
        rg__buffer_append_text(&wording->out, what);
        return;
    }
    rg_string op = op_called(wording, wording->cause->node);
    rg__buffer_append_format(&wording->out, "calls %.*s", (int)op.size, op.data);
}

static void put_op(rg_wording *wording)
{
    put(wording, op_called(wording, wording->cause->node));
}

static void put_argument(rg_wording *wording)
{
    const rg_disagreement *cause = wording->cause;
    if (cause->input != RG_NO_INDEX) {
        rg__buffer_append_format(&wording->out, "%u", cause->dimension);
        return;
    }
    if (cause->index == RG_NO_INDEX || cause->slot == RG_NO_INDEX) {
        rg__buffer_append_text(&wording->out, "a size");
        return;
    }
    const rg_pattern_node *expected = &wording->near->rule->compiled->nodes[cause->index];
    rg_argument_info info = {.name = expected->slots[cause->slot].name};
    if (expected->has_schema) {
        rg_op callee = rg_op_is_null(expected->wrapped) ? expected->op : expected->wrapped;
        take(wording, rg_op_argument(&info, wording->context, callee, cause->slot));
    }
    if (info.name.size != 0) {
        rg__buffer_append_format(&wording->out, "`%.*s`", (int)info.name.size, info.name.data);
    } else {
        rg__buffer_append_format(&wording->out, "argument %u", cause->slot);
    }
}

static void put_wanted(rg_wording *wording)
{
    rg_device device = rg_value_as_device(wording->context, wording->cause->pattern);
    if (device.kind != NULL && strcmp(device.kind, RG_RULE_DEVICE) == 0) {
        rg__buffer_append_text(&wording->out, "the device of the rule's inputs");
        return;
    }
    rg_node node = rg_value_as_node(wording->cause->pattern);
    if (!rg_node_is_null(node) && rg__pattern_place(wording->near->rule->compiled, node).kind == RG_PATTERN_LIST) {
        rg__buffer_append_text(&wording->out, "a list");
        return;
    }
    put_value(wording, pattern_graph(wording), wording->cause->pattern);
}

/* The condition as the file has it, on one line. */
static void put_condition(rg_wording *wording)
{
    const rg_rule *rule = wording->near->rule;
    uint32_t id = wording->cause->guard.id;
    if (id == 0 || id > rule->guard_place_count || rule->guard_places[id - 1].source == NULL) {
        return;
    }
    const rg_place *place = &rule->guard_places[id - 1];
    const char *text = place->source->text.data + place->offset;
    rg__buffer_append_text(&wording->out, ": ");
    for (uint32_t i = 0; i < place->width && text[i] != '\n'; i++) {
        rg__buffer_append_char(&wording->out, text[i]);
    }
}

static void put_refusal(rg_wording *wording)
{
    rg__buffer_append_text(&wording->out, rg__refusal_text(wording->cause->refusal));
}

static void put_had(rg_wording *wording)
{
    put_value(wording, wording->graph, wording->cause->graph);
}

static void put_type(rg_wording *wording, const rg_context *context, rg_type type, bool with_strides)
{
    rg_type_print_options options = {with_strides, wording->cause->reason == RG_MISS_DEVICE};
    take(wording, rg_type_print(context, type, options, rg__buffer_sink(&wording->out)));
}

static void put_input(rg_wording *wording)
{
    uint32_t input = wording->cause->input;
    put(wording, input == RG_NO_INDEX ? rg_string_from("?") : wording->near->rule->inputs[input].name);
}

static void put_declared(rg_wording *wording)
{
    static const char *const kinds[] = {
        [RG_RULE_INPUT_TENSOR] = "a tensor",
        [RG_RULE_INPUT_INT] = "an integer",
        [RG_RULE_INPUT_FLOAT] = "a float",
        [RG_RULE_INPUT_BOOL] = "a bool",
        [RG_RULE_INPUT_STRING] = "a string",
        [RG_RULE_INPUT_DTYPE] = "a dtype",
        [RG_RULE_INPUT_INT_LIST] = "a list of integers",
        [RG_RULE_INPUT_TENSOR_LIST] = "a list of tensors",
    };
    if (wording->cause->input == RG_NO_INDEX) {
        return;
    }
    const rg_rule_input *input = &wording->near->rule->inputs[wording->cause->input];
    if (rg_type_is_null(input->type)) {
        rg__buffer_append_text(&wording->out, kinds[input->kind]);
        return;
    }
    put_type(wording, wording->context, input->type, true);
}

static void put_graph_type(rg_wording *wording)
{
    rg_type type = rg_node_type(wording->graph, wording->cause->node);
    put_type(wording, wording->context, type, wording->cause->reason == RG_MISS_LAYOUT);
}

static void put_node(rg_wording *wording)
{
    put_name(wording, wording->cause->node);
}

static void put_other(rg_wording *wording)
{
    put_name(wording, wording->cause->other);
}

static void put_beside(rg_wording *wording)
{
    rg_node node = wording->cause->other;
    if (!rg_node_is_null(node)) {
        rg__buffer_append_format(&wording->out, ", with '%.*s' beside it", (int)rg_node_name(wording->graph, node).size,
                                 rg_node_name(wording->graph, node).data);
    }
}

static void put_rule(rg_wording *wording)
{
    put(wording, wording->near->rule->name);
}

static void put_first_rule(rg_wording *wording)
{
    put(wording, wording->near->goes_first == NULL ? rg_string_from("?") : wording->near->goes_first->name);
}

static const struct wording_row {
    char letter;
    void (*put)(rg_wording *);
} wording_rows[] = {
    {'p', put_pattern},    {'n', put_node},     {'o', put_other},      {'f', put_found},
    {'a', put_argument},   {'u', put_op},       {'v', put_wanted},     {'w', put_had},
    {'i', put_input},      {'d', put_declared}, {'t', put_graph_type}, {'r', put_rule},
    {'s', put_first_rule}, {'b', put_beside},   {'c', put_condition},  {'x', put_refusal},
};

static rg_status word(rg_string *out, rg_wording *wording, rg_arena *arena, const char *text)
{
    rg__buffer_clear(&wording->out);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '{') {
            rg__buffer_append_char(&wording->out, *at);
            continue;
        }
        for (size_t i = 0; i < sizeof(wording_rows) / sizeof(*wording_rows); i++) {
            if (wording_rows[i].letter == at[1]) {
                wording_rows[i].put(wording);
            }
        }
        at += 2;
    }
    *out = rg__arena_copy(arena, rg__buffer_string(&wording->out));
    return wording->out.failed || out->data == NULL ? rg__report_memory(wording->context) : wording->status;
}

/* ---- which form ---- */

static unsigned form_of(const rg_near_miss *near)
{
    const rg_disagreement *cause = &near->cause;
    bool is_input = cause->input != RG_NO_INDEX;
    bool has_values = !rg_value_is_missing(cause->graph) && !is_input;
    switch (cause->reason) {
    case RG_MISS_ABSENT:
        return rg_node_is_null(cause->node) ? RG_MISS_ABSENT : (unsigned)RG_MISS_FORM_ABSENT_BETWEEN;
    case RG_MISS_SIZE:
        return is_input     ? (unsigned)RG_MISS_FORM_SIZE_INPUT
               : has_values ? RG_MISS_SIZE
                            : (unsigned)RG_MISS_FORM_SIZE_RESULT;
    case RG_MISS_DTYPE:
        return is_input ? RG_MISS_DTYPE : (unsigned)RG_MISS_FORM_DTYPE_VALUE;
    case RG_MISS_DEVICE:
        return is_input ? RG_MISS_DEVICE : (unsigned)RG_MISS_FORM_DEVICE_VALUE;
    case RG_MISS_LAYOUT:
        return is_input ? RG_MISS_LAYOUT : (unsigned)RG_MISS_FORM_LAYOUT_VALUE;
    case RG_MISS_KIND:
        return !is_input ? RG_MISS_KIND
               : near->rule->inputs[cause->input].kind != RG_RULE_INPUT_TENSOR ||
                       rg_node_is_null(rg_value_as_node(cause->graph))
                   ? (unsigned)RG_MISS_FORM_KIND_INPUT
                   : (unsigned)RG_MISS_FORM_KIND_TYPE;
    case RG_MISS_LITERAL:
        return has_values ? RG_MISS_LITERAL
               : near->rule->compiled->nodes[cause->index].form == RG_FORM_PERMUTE
                   ? (unsigned)RG_MISS_FORM_LITERAL_DIMS
                   : (unsigned)RG_MISS_FORM_LITERAL_TARGET;
    case RG_MISS_ARGUMENTS:
        return rg_node_is_null(cause->other)             ? RG_MISS_ARGUMENTS
               : rg_node_same(cause->other, cause->node) ? (unsigned)RG_MISS_FORM_ARGUMENTS_ALL
                                                         : (unsigned)RG_MISS_FORM_ARGUMENTS_RESULT;
    case RG_MISS_DIFFERENT_VALUE:
        return is_input ? RG_MISS_DIFFERENT_VALUE : (unsigned)RG_MISS_FORM_DIFFERENT_NODE;
    case RG_MISS_INSERTED:
        return is_input ? (unsigned)RG_MISS_FORM_INSERTED_INPUT : RG_MISS_INSERTED;
    case RG_MISS_EXTRA_USER:
        return cause->index == RG_NO_INDEX ? (unsigned)RG_MISS_FORM_EXTRA_USER_PASSED : RG_MISS_EXTRA_USER;
    case RG_MISS_ESCAPES:
        return cause->refusal != RG_REFUSAL_READ_OUTSIDE ? (unsigned)RG_MISS_FORM_ESCAPES_ALIAS
               : cause->index == RG_NO_INDEX             ? (unsigned)RG_MISS_FORM_ESCAPES_PASSED
                                                         : RG_MISS_ESCAPES;
    case RG_MISS_CYCLE:
        return rg_node_is_null(cause->node) ? RG_MISS_CYCLE : (unsigned)RG_MISS_FORM_CYCLE_ITSELF;
    case RG_MISS_OVERLAP:
        return near->goes_first == NULL ? (unsigned)RG_MISS_FORM_OVERLAP_REPLACED
               : near->at_its_root      ? (unsigned)RG_MISS_FORM_OVERLAP_ROOT
                                        : RG_MISS_OVERLAP;
    default:
        return cause->reason;
    }
}

/* ---- places ---- */

/* Where in the statement to point: at the value that differs, or at the op, or at the annotation. */
static void find_caret(rg_location *place, const rg_wording *wording, rg_string value)
{
    const rg_disagreement *cause = wording->cause;
    const char *line = place->source_line.data;
    const char *at = NULL;
    size_t width = 0;
    const char *call = strstr(line, " = ");
    if (cause->input != RG_NO_INDEX && cause->reason != RG_MISS_KIND && cause->reason != RG_MISS_INSERTED) {
        const char *open = strchr(line, '"');
        const char *close = open == NULL ? NULL : strchr(open + 1, '"');
        at = open;
        width = close == NULL ? 0 : (size_t)(close - open) + 1;
    } else if (value.size != 0) {
        at = call == NULL ? NULL : strchr(call, '(');
        at = at == NULL ? NULL : strstr(at, value.data);
        width = value.size;
    }
    if (at == NULL && call != NULL) {
        at = call + 3;
        width = strcspn(at, "(");
    }
    place->caret = at == NULL ? 0 : (uint32_t)(at - line);
    place->caret_width = at == NULL || width == 0 ? 1 : (uint32_t)width;
}

/* The node's statement, and the place in it. */
static rg_status graph_place(rg_location *out, rg_wording *wording, rg_arena *arena, rg_node node)
{
    rg_string value = {"", 0};
    *out = (rg_location){.caret_width = 1};
    if (rg_node_is_null(node)) {
        return RG_OK;
    }
    rg_value found = wording->cause->graph;
    if (!rg_value_is_missing(found) && wording->cause->input == RG_NO_INDEX) {
        rg__buffer_clear(&wording->out);
        take(wording, rg_value_print(wording->context, wording->graph, found, rg__buffer_sink(&wording->out)));
        value = rg__arena_copy(arena, rg__buffer_string(&wording->out));
    }
    rg__buffer_clear(&wording->out);
    take(wording, rg_node_print(wording->graph, node, rg__buffer_sink(&wording->out)));
    out->source_line = rg__arena_copy(arena, rg__buffer_string(&wording->out));
    if (out->source_line.data == NULL || value.data == NULL) {
        return rg__report_memory(wording->context);
    }
    find_caret(out, wording, value);
    return wording->status;
}

static void append_rest(rg_wording *wording, uint32_t count)
{
    if (count > 1) {
        rg__buffer_append_format(&wording->out, "; %u more %s", count - 1,
                                 count == 2 ? "thing differs" : "things differ");
    }
}

/* Of a type that is not as declared, the input; otherwise who reads. */
static rg_node pattern_place_node(const rg_near_miss *near)
{
    const rg_disagreement *cause = &near->cause;
    bool is_input = cause->input != RG_NO_INDEX && cause->reason != RG_MISS_DIFFERENT_VALUE &&
                    cause->reason != RG_MISS_INSERTED && form_of(near) != RG_MISS_FORM_KIND_INPUT;
    return is_input ? near->rule->inputs[cause->input].pattern : pattern_node(near);
}

/* Where the rule's file has the node; the rule's name if it does not tell. */
static rg_location rule_place(const rg_near_miss *near, rg_node node)
{
    const rg_rule *rule = near->rule;
    bool is_known = !rg_node_is_null(node) && node.id <= rule->pattern_place_count;
    uint32_t guard = near->cause.guard.id;
    rg_location place = {.line = 0};
    if (guard != 0 && guard <= rule->guard_place_count) {
        return rg__place_location(&rule->guard_places[guard - 1]);
    }
    if (is_known) {
        place = rg__place_location(&rule->pattern_places[node.id - 1]);
    }
    return place.line != 0 ? place : rg__place_location(&rule->place);
}

rg_status rg__miss_describe(rg_miss *out, rg_arena *arena, rg_graph *graph, const rg_near_miss *near)
{
    rg_wording wording = {rg_graph_context(graph), graph, near, &near->cause, {0}, RG_OK};
    unsigned form = form_of(near);
    rg__buffer_init(&wording.out, &wording.context->allocator);
    out->reason = near->cause.reason;
    out->pattern_node = pattern_place_node(near);
    out->node = near->cause.node;
    rg_status status = word(&out->sentence, &wording, arena, forms[form].sentence);
    if (status == RG_OK && near->alignment.count > 1) {
        append_rest(&wording, near->alignment.count);
        out->sentence = rg__arena_copy(arena, rg__buffer_string(&wording.out));
        status = out->sentence.data == NULL ? rg__report_memory(wording.context) : RG_OK;
    }
    if (status == RG_OK) {
        status = word(&out->remedy, &wording, arena, forms[form].remedy);
    }
    if (status == RG_OK) {
        status = graph_place(&out->graph_place, &wording, arena, out->node);
    }
    out->rule_place = rule_place(near, out->pattern_node);
    rg__buffer_free(&wording.out);
    return status;
}

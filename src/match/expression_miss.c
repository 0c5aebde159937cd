/*
 * expression_miss.c: a near miss in words: the reason of the closed list, the sentence, the remedy, the path.
 */
#include "match/expression_miss.h"

#include <regraft/document.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "text/word.h"

typedef struct rg_miss_writer {
    const rg_expression *expression;
    const rg_graph *graph;
    rg_context *context;
    const rg_expression_near_miss *miss;
    const rg_expression_failure *failure;
    const rg_expression_node *part; /* whose test it was */
    rg_node node;                   /* that it was tried on; null if it was none */
    rg_miss_reason reason;
    rg_buffer sentence;
    rg_buffer remedy;
} rg_miss_writer;

/* ---- words ---- */

static void say(rg_miss_writer *writer, const char *text)
{
    rg__buffer_append_text(&writer->sentence, text);
}

static void advise(rg_miss_writer *writer, const char *text)
{
    rg__buffer_append_text(&writer->remedy, text);
}

static void append_value(const rg_miss_writer *writer, rg_buffer *out, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    if (!rg_node_is_null(node)) {
        rg__buffer_append_format(out, "'%.*s'", RG_SHOWN(rg_node_name(writer->graph, node)));
        return;
    }
    rg_status status = rg_value_print(writer->context, writer->graph, value, rg__buffer_sink(out));
    out->failed = out->failed || status == RG_ERROR_MEMORY;
}

static void say_value(rg_miss_writer *writer, rg_value value)
{
    append_value(writer, &writer->sentence, value);
}

static void say_node(rg_miss_writer *writer, rg_node node)
{
    say_value(writer, rg_value_node(node));
}

/* A node with what it is. */
static void say_call(rg_miss_writer *writer, rg_node node)
{
    say_node(writer, node);
    rg__buffer_append_format(&writer->sentence, " (%.*s)",
                             RG_SHOWN(rg_op_name(writer->context, rg_node_op(writer->graph, node))));
}

static void append_targets(rg_buffer *out, const rg_expression_node *part)
{
    for (uint32_t i = 0; i < part->target_count; i++) {
        const char *between = i == 0 ? "" : i + 1 == part->target_count ? " or " : ", ";
        rg__buffer_append_format(out, "%s%.*s", between, RG_SHOWN(part->targets[i].name));
    }
}

static void say_targets(rg_miss_writer *writer)
{
    append_targets(&writer->sentence, writer->part);
}

/* A constant, list or captured argument as it is written. */
static void append_part(const rg_miss_writer *writer, rg_buffer *out, uint32_t part)
{
    rg_status status = rg_expression_print_part(writer->expression, (rg_expression_part){part}, rg__buffer_sink(out));
    out->failed = out->failed || status == RG_ERROR_MEMORY;
}

static void say_count(rg_miss_writer *writer, size_t count, const char *one, const char *many)
{
    rg__buffer_append_format(&writer->sentence, "%zu %s", count, count == 1 ? one : many);
}

/* ---- targets ---- */

/* Is it another overload of the same name? */
static bool is_other_overload(const rg_miss_writer *writer)
{
    rg_string name = rg_op_name(writer->context, rg_node_op(writer->graph, writer->node));
    for (uint32_t i = 0; i < writer->part->target_count; i++) {
        rg_string target = writer->part->targets[i].name;
        size_t same = 0;
        size_t dots = 0;
        while (same < name.size && same < target.size && name.data[same] == target.data[same]) {
            dots += name.data[same] == '.';
            same++;
        }
        if (dots >= 2) {
            return true;
        }
    }
    return false;
}

static void tell_other_op(rg_miss_writer *writer)
{
    rg_op_kind kind = rg_node_kind(writer->graph, writer->node);
    writer->reason = RG_MISS_OP;
    say_node(writer, writer->node);
    switch (kind) {
    case RG_OP_PLACEHOLDER:
        say(writer, " is an input of the graph");
        break;
    case RG_OP_GET_ATTR:
        say(writer, " is an attribute of the module");
        break;
    default:
        rg__buffer_append_format(&writer->sentence, " calls %.*s",
                                 RG_SHOWN(rg_op_name(writer->context, rg_node_op(writer->graph, writer->node))));
        break;
    }
    say(writer, " where the expression has ");
    say_targets(writer);
    if (is_other_overload(writer)) {
        advise(writer, "name both overloads in a list, or the op without its overload, which stands for all");
    } else if (rg_node_kind(writer->graph, writer->node) >= RG_OP_OVERLOAD) {
        advise(writer, "an expression of its own, or this op in the list of targets, if it means the same here");
    }
}

static void tell_target(rg_miss_writer *writer)
{
    const rg_expression_disagreement *disagreement = &writer->miss->disagreement;
    rg_node there = writer->miss->found[writer->failure->part.id];
    if (rg_node_is_null(writer->node)) {
        writer->reason = RG_MISS_KIND;
        say_value(writer, writer->failure->value);
        say(writer, " stands where the expression has ");
        say_targets(writer);
        return;
    }
    if (!rg_node_is_null(disagreement->between)) {
        writer->reason = RG_MISS_INSERTED;
        say_call(writer, writer->node);
        say(writer, " stands between: behind it is ");
        say_node(writer, there);
        say(writer, ", which is the expression's ");
        say_targets(writer);
        advise(writer, "remove it with a clean-up pass if it changes nothing, or have an expression with it");
        return;
    }
    tell_other_op(writer);
    if (disagreement->is_lacking) {
        rg__buffer_append_format(&writer->sentence, ", which the graph lacks: '%.*s' comes below it",
                                 RG_SHOWN(rg_node_name(writer->graph, writer->node)));
        rg__buffer_clear(&writer->remedy);
        advise(writer, "have an expression without ");
        append_targets(&writer->remedy, writer->part);
    }
}

/* Everything below the anchor is there; what reads it is not. */
static void tell_reader(rg_miss_writer *writer)
{
    rg_node anchor = writer->miss->anchor;
    writer->reason = RG_MISS_OP;
    if (rg_node_is_null(writer->node)) {
        say(writer, "nothing else reads ");
        say_node(writer, anchor);
    } else if (rg_node_kind(writer->graph, writer->node) == RG_OP_OUTPUT) {
        say(writer, "the graph returns ");
        say_node(writer, anchor);
    } else {
        say_call(writer, writer->node);
        say(writer, " reads ");
        say_node(writer, anchor);
        advise(writer, "an expression that ends in this op, or the op in the list of targets");
    }
    say(writer, " where the expression has ");
    say_targets(writer);
}

/* ---- users ---- */

static bool is_found(const rg_miss_writer *writer, rg_node node)
{
    for (uint32_t i = 1; i <= writer->expression->node_count; i++) {
        if (writer->miss->found[i].id == node.id) {
            return true;
        }
    }
    return false;
}

/* The readers that no part stands for; the first of them is what the miss is about. */
static void say_other_readers(rg_miss_writer *writer, rg_node node)
{
    rg_node previous = {0};
    size_t count = 0;
    for (size_t i = 0; i < rg_node_use_count(writer->graph, node); i++) {
        rg_node user = rg_node_use(writer->graph, node, i).user;
        bool is_output = rg_node_kind(writer->graph, user) == RG_OP_OUTPUT;
        if (user.id == previous.id || is_found(writer, user)) {
            continue;
        }
        previous = user;
        say(writer, count++ == 0 ? "; besides, " : " and ");
        if (is_output) {
            writer->reason = count == 1 ? RG_MISS_ESCAPES : writer->reason;
            say(writer, "the graph returns it");
        } else {
            writer->reason = RG_MISS_EXTRA_USER;
            say_node(writer, user);
            say(writer, " reads it");
        }
        writer->node = count == 1 ? user : writer->node;
    }
}

static void tell_users(rg_miss_writer *writer)
{
    rg_node node = writer->node;
    size_t users = rg_node_user_count(writer->graph, node);
    uint32_t wanted = writer->part->users;
    writer->reason = users > wanted ? RG_MISS_EXTRA_USER : RG_MISS_FEWER_USERS;
    say_node(writer, node);
    say(writer, " is read by ");
    say_count(writer, users, "node", "nodes");
    rg__buffer_append_format(&writer->sentence, ", the expression wants %u", wanted);
    if (users > wanted) {
        say_other_readers(writer, node);
        rg__buffer_append_format(&writer->remedy, "_users=%zu or _users=MULTIPLE, if the value may stay", users);
    } else {
        rg__buffer_append_format(&writer->remedy, "_users=%zu or _users=MULTIPLE", users);
    }
}

/* ---- arguments ---- */

static void tell_argument_count(rg_miss_writer *writer)
{
    uint32_t wanted = writer->part->child_count - writer->part->keyword_count;
    writer->reason = RG_MISS_ARGUMENTS;
    say_call(writer, writer->node);
    say(writer, " has ");
    say_count(writer, rg_node_positional_count(writer->graph, writer->node), "positional argument",
              "positional arguments");
    rg__buffer_append_format(&writer->sentence, ", the expression %u", wanted);
    advise(writer, "an expression with as many: defaults of positional arguments are not filled in");
}

/* The first keyword that the expression names and the node does not have; empty: none. */
static rg_string missing_keyword(const rg_miss_writer *writer)
{
    for (uint32_t i = 0; i < writer->part->keyword_count; i++) {
        rg_string name = writer->part->keywords[i];
        if (rg_value_is_missing(rg_node_keyword(writer->graph, writer->node, name))) {
            return name;
        }
    }
    return (rg_string){"", 0};
}

/* The first argument whose lists are not those of the expression; child_count: none. */
static uint32_t first_other_list(const rg_miss_writer *writer)
{
    uint32_t positional = writer->part->child_count - writer->part->keyword_count;
    uint32_t i = 0;
    for (; i < positional; i++) {
        const rg_expression_node *child = &writer->expression->nodes[writer->part->children[i]];
        rg_value value = rg_node_argument(writer->graph, writer->node, i);
        rg_value_kind kind = rg_value_get_kind(value);
        bool is_list = kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE || kind == RG_VALUE_DICT;
        bool wants_list = child->kind == RG_EXPRESSION_ITEMS;
        bool differs = is_list != wants_list ||
                       (is_list && rg_value_count(writer->context, writer->graph, value) != child->child_count);
        if (differs && writer->part->is_tree) {
            break;
        }
    }
    return i < positional ? i : writer->part->child_count;
}

static void tell_structure(rg_miss_writer *writer)
{
    rg_string name = missing_keyword(writer);
    uint32_t list = first_other_list(writer);
    writer->reason = RG_MISS_ARGUMENTS;
    say_call(writer, writer->node);
    if (writer->failure->reason == RG_EXPRESSION_REASON_NO_SCHEMA) {
        rg__buffer_append_format(&writer->sentence,
                                 " is written without '%.*s', which the expression names, and no schema tells its "
                                 "default",
                                 RG_SHOWN(name));
        advise(writer, "an expression without the keyword, or declare the op with its schema");
    } else if (list < writer->part->child_count) {
        say(writer, " has ");
        say_value(writer, rg_node_argument(writer->graph, writer->node, list));
        say(writer, " where the expression has ");
        append_part(writer, &writer->sentence, writer->part->children[list]);
        advise(writer, "an expression with a list of this shape: beside a list, no part accepts one");
    } else if (name.size > 0) {
        rg__buffer_append_format(&writer->sentence, " has other keyword arguments: not '%.*s'", RG_SHOWN(name));
        advise(writer, "an expression with the keywords that are written: with as many, defaults are not filled in");
    } else {
        say(writer, " has its keyword arguments in another order, or lists of another shape");
        advise(writer, "an expression with the arguments as they are written");
    }
}

static void tell_constant(rg_miss_writer *writer)
{
    bool is_node = rg_value_get_kind(writer->failure->found) == RG_VALUE_NODE;
    writer->reason = is_node ? RG_MISS_KIND : RG_MISS_LITERAL;
    say_call(writer, writer->node);
    say(writer, " has ");
    say_value(writer, writer->failure->found);
    say(writer, " where the expression has ");
    append_part(writer, &writer->sentence, writer->failure->constant.id);
    advise(writer, "Ignored() in the place of ");
    append_part(writer, &writer->remedy, writer->failure->constant.id);
    advise(writer, ", or KeywordArg() and a check of its value");
}

/* ---- captures and the rest ---- */

static void tell_repeated(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_DIFFERENT_VALUE;
    append_part(writer, &writer->sentence, writer->failure->part.id);
    say(writer, " is one part read twice, and stands for ");
    say_value(writer, writer->failure->found);
    say(writer, " and for ");
    say_value(writer, writer->failure->value);
    advise(writer, "two parts, if they may be two values");
}

static void tell_keyword(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_DIFFERENT_VALUE;
    rg__buffer_append_format(&writer->sentence, "KeywordArg('%.*s') stands for ", RG_SHOWN(writer->failure->name));
    say_value(writer, writer->failure->found);
    say(writer, " and for ");
    say_value(writer, writer->failure->value);
    advise(writer, "two names, if they may be two values");
}

static void tell_exclusive(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_SAME_NODE;
    say_value(writer, writer->failure->value);
    say(writer, " is captured by another ExclusiveKeywordArg already");
    advise(writer, "KeywordArg(), if they may be one value");
}

static void tell_list(rg_miss_writer *writer)
{
    bool is_partial = writer->failure->reason == RG_EXPRESSION_REASON_LIST_NO_MATCH;
    writer->reason = writer->failure->reason == RG_EXPRESSION_REASON_NOT_A_NODE ? RG_MISS_KIND : RG_MISS_ARGUMENTS;
    if (is_partial) {
        say(writer, "no item of ");
        say_value(writer, writer->failure->value);
        say(writer, " is what the expression's ListOf has");
        return;
    }
    say_value(writer, writer->failure->value);
    say(writer, writer->reason == RG_MISS_KIND ? " is no node, as the items of a ListOf must be"
                                               : " stands where ListOf wants a list with items");
}

static void tell_no_anchor(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_ABSENT;
    say(writer, "nothing that reads the inputs of the further output ");
    append_part(writer, &writer->sentence, writer->failure->part.id);
    say(writer, " has its op");
}

static void tell_module(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_OP;
    say(writer, "nobody knows the class of the module that ");
    say_node(writer, writer->node);
    say(writer, " calls");
    advise(writer, "the matcher's option module_class, which tells it");
}

static void tell_fuel(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_FUEL;
    say(writer, "the search gave up after rg_limits.max_search_steps steps");
    advise(writer, "a larger limit");
}

typedef void (*rg_miss_teller)(rg_miss_writer *writer);

static const rg_miss_teller tellers[RG_EXPRESSION_REASON_COUNT] = {
    [RG_EXPRESSION_REASON_TARGET] = tell_target,       [RG_EXPRESSION_REASON_ARGUMENT_COUNT] = tell_argument_count,
    [RG_EXPRESSION_REASON_NO_SCHEMA] = tell_structure, [RG_EXPRESSION_REASON_MODULE_CLASS] = tell_module,
    [RG_EXPRESSION_REASON_USERS] = tell_users,         [RG_EXPRESSION_REASON_STRUCTURE] = tell_structure,
    [RG_EXPRESSION_REASON_CONSTANT] = tell_constant,   [RG_EXPRESSION_REASON_REPEATED] = tell_repeated,
    [RG_EXPRESSION_REASON_KEYWORD] = tell_keyword,     [RG_EXPRESSION_REASON_EXCLUSIVE] = tell_exclusive,
    [RG_EXPRESSION_REASON_NOT_A_LIST] = tell_list,     [RG_EXPRESSION_REASON_NOT_A_NODE] = tell_list,
    [RG_EXPRESSION_REASON_LIST_NO_MATCH] = tell_list,  [RG_EXPRESSION_REASON_NO_ANCHOR] = tell_no_anchor,
    [RG_EXPRESSION_REASON_GAVE_UP] = tell_fuel,
};

static void tell_operands(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_OPERANDS;
    say(writer, "the first two operands of ");
    say_call(writer, writer->node);
    say(writer, " stand in the other order");
    advise(writer, "a second expression with them swapped: Inductor's matcher does not swap operands of any op");
}

static void tell_write(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_REGION;
    say(writer, "something is written between the nodes of the match: ");
    say_node(writer, writer->node);
    say(writer, " is in another mutation region than the first of them");
}

static void tell_refusal(rg_miss_writer *writer)
{
    writer->reason = RG_MISS_CHECK;
    rg__buffer_append(&writer->sentence, writer->miss->refusal.sentence);
    rg__buffer_append(&writer->remedy, writer->miss->refusal.remedy);
}

/* The first call of the expression, from below, that no node of the graph fits. */
static void tell_absence(rg_miss_writer *writer, const rg_expression_matcher *matcher)
{
    writer->reason = RG_MISS_ABSENT;
    for (uint32_t i = 1; i <= writer->expression->node_count; i++) {
        const rg_expression_node *call = &writer->expression->nodes[i];
        bool fits = !rg__expression_is_call(call);
        for (rg_node node = rg_graph_first(writer->graph); !fits && !rg_node_is_null(node);
             node = rg_graph_next(writer->graph, node)) {
            fits = rg__expression_fits_target(matcher, call, rg_value_node(node));
        }
        if (!fits) {
            writer->part = call;
            break;
        }
    }
    say(writer, "the graph has no ");
    say_targets(writer);
}

static void tell(rg_miss_writer *writer, const rg_expression_matcher *matcher)
{
    switch (writer->miss->stop) {
    case RG_EXPRESSION_STOP_DISAGREEMENT:
        tellers[writer->failure->reason](writer);
        break;
    case RG_EXPRESSION_STOP_READER:
        tell_reader(writer);
        break;
    case RG_EXPRESSION_STOP_OPERANDS:
        tell_operands(writer);
        break;
    case RG_EXPRESSION_STOP_WRITE:
        tell_write(writer);
        break;
    case RG_EXPRESSION_STOP_CHECK:
        tell_refusal(writer);
        break;
    case RG_EXPRESSION_STOP_ABSENT:
        tell_absence(writer, matcher);
        break;
    }
}

/* ---- the path ---- */

/* Append ".args[0]", ".kwargs['dtype']", "[1]": the step from a part to its child. */
static void append_step(rg_buffer *out, const rg_expression_node *node, uint32_t index)
{
    uint32_t positional = node->child_count - node->keyword_count;
    if (!rg__expression_is_call(node)) {
        rg__buffer_append_format(out, "[%u]", index);
    } else if (index < positional) {
        rg__buffer_append_format(out, ".args[%u]", index);
    } else {
        rg__buffer_append_format(out, ".kwargs['%.*s']", RG_SHOWN(node->keywords[index - positional]));
    }
}

/* Append the way from `from` to `part`, if there is one. Parts that cannot reach it are skipped by id; `dead` marks
 * those that were found not to. Recurses as deep as the part. */
static bool append_path(rg_buffer *out, bool *dead, const rg_expression *expression, uint32_t from, uint32_t part)
{
    const rg_expression_node *node = &expression->nodes[from];
    size_t size = out->size;
    if (from == part || from < part || dead[from]) {
        return from == part;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        append_step(out, node, i);
        if (append_path(out, dead, expression, node->children[i], part)) {
            return true;
        }
        out->size = size;
    }
    dead[from] = true;
    return false;
}

/* ---- both sides ---- */

/* Point at `word` behind `start`; at `otherwise`, of `width` bytes, where it is not. */
static void point(rg_location *place, const char *start, const char *word, const char *otherwise, size_t width)
{
    const char *line = place->source_line.data;
    const char *at = start == NULL || word == NULL || word[0] == '\0' ? NULL : strstr(start, word);
    if (at != NULL) {
        otherwise = at;
        width = strlen(word);
    }
    place->caret = otherwise == NULL ? 0 : (uint32_t)(otherwise - line);
    place->caret_width = otherwise == NULL || width == 0 ? 1 : (uint32_t)width;
}

/* What differs, as it is written: a constant of the expression, or the graph's value; empty where it is the whole call.
 */
static void write_difference(const rg_miss_writer *writer, rg_buffer *out, bool of_graph)
{
    rg__buffer_clear(out);
    rg__buffer_append_text(out, "");
    if (writer->miss->stop != RG_EXPRESSION_STOP_DISAGREEMENT ||
        writer->failure->reason != RG_EXPRESSION_REASON_CONSTANT) {
        return;
    }
    if (!of_graph) {
        append_part(writer, out, writer->failure->constant.id);
        return;
    }
    rg_status status = rg_value_print(writer->context, writer->graph, writer->failure->found, rg__buffer_sink(out));
    out->failed = out->failed || status == RG_ERROR_MEMORY;
}

/* The part's line; behind its "(" the target and the arguments. */
static bool describe_part_place(rg_expression_miss *out, rg_arena *arena, const rg_miss_writer *writer, rg_buffer *text)
{
    rg__buffer_clear(text);
    rg_status status = rg_expression_print_assignment(writer->expression, out->part, rg__buffer_sink(text));
    for (size_t i = 0; i < text->size; i++) { /* several outputs stand on lines of their own */
        text->data[i] = text->data[i] == '\n' ? ' ' : text->data[i];
    }
    out->part_place = (rg_location){.source_line = rg__arena_copy(arena, rg__buffer_string(text)), .caret_width = 1};
    if (status != RG_OK || text->failed || out->part_place.source_line.data == NULL) {
        return false;
    }
    write_difference(writer, text, false);
    const char *open = strchr(out->part_place.source_line.data, '(');
    const char *start = open == NULL ? NULL : open + 1;
    const char *arguments = start == NULL ? NULL : strchr(start, ',');
    bool is_users = writer->failure->reason == RG_EXPRESSION_REASON_USERS;
    const char *word = is_users ? "_users=" : text->data;
    point(&out->part_place, arguments, word, start, start == NULL ? 0 : strcspn(start, ",)"));
    return !text->failed;
}

/* The node's statement; behind " = " the op, then "(" and the arguments. */
static bool describe_graph_place(rg_expression_miss *out, rg_arena *arena, const rg_miss_writer *writer,
                                 rg_buffer *text)
{
    rg__buffer_clear(text);
    out->graph_place = (rg_location){.source_line = {"", 0}, .caret_width = 1};
    if (rg_node_is_null(out->node)) {
        return true;
    }
    rg_status status = rg_node_print(writer->graph, out->node, rg__buffer_sink(text));
    out->graph_place.source_line = rg__arena_copy(arena, rg__buffer_string(text));
    if (status != RG_OK || text->failed || out->graph_place.source_line.data == NULL) {
        return false;
    }
    write_difference(writer, text, true);
    const char *call = strstr(out->graph_place.source_line.data, " = ");
    const char *start = call == NULL ? NULL : call + 3;
    const char *arguments = start == NULL ? NULL : strchr(start, '(');
    point(&out->graph_place, arguments, text->data, start, start == NULL ? 0 : strcspn(start, "("));
    return !text->failed;
}

static rg_status describe_part(rg_expression_miss *out, rg_arena *arena, const rg_miss_writer *writer)
{
    const rg_expression *expression = writer->expression;
    rg_buffer text;
    bool *dead = rg__arena_allocate_zero(arena, (size_t)expression->node_count + 1);
    if (dead == NULL) {
        return rg__report_memory(writer->context);
    }
    rg__buffer_init(&text, &writer->context->allocator);
    rg__buffer_append(&text, expression->name);
    (void)append_path(&text, dead, expression, expression->root, out->part.id);
    out->path = text.failed ? (rg_string){NULL, 0} : rg__arena_copy(arena, rg__buffer_string(&text));
    bool done = out->path.data != NULL && describe_part_place(out, arena, writer, &text) &&
                describe_graph_place(out, arena, writer, &text);
    rg__buffer_free(&text);
    return done ? RG_OK : rg__report_memory(writer->context);
}

/* ---- everything ---- */

/* The nodes found, in graph order, each once. */
static rg_status describe_nodes(rg_expression_miss *out, rg_arena *arena, const rg_miss_writer *writer)
{
    const rg_expression_near_miss *miss = writer->miss;
    rg_node *nodes = rg__arena_allocate(arena, (size_t)writer->expression->node_count * sizeof *nodes);
    rg_node *examples = rg__arena_allocate(arena, sizeof miss->examples);
    if (nodes == NULL || examples == NULL) {
        return rg__report_memory(writer->context);
    }
    for (uint32_t i = 1; i <= writer->expression->node_count; i++) {
        rg_node node = miss->found[i];
        size_t at = out->node_count;
        while (at > 0 && !rg_node_is_null(node) && rg_graph_precedes(writer->graph, node, nodes[at - 1])) {
            at--;
        }
        if (rg_node_is_null(node) || (at > 0 && nodes[at - 1].id == node.id)) {
            continue;
        }
        memmove(&nodes[at + 1], &nodes[at], (out->node_count - at) * sizeof *nodes);
        nodes[at] = node;
        out->node_count++;
    }
    memcpy(examples, miss->examples, sizeof miss->examples);
    out->nodes = nodes;
    out->examples = examples;
    out->example_count = miss->example_count;
    out->count = miss->count;
    out->matched = miss->matched;
    return RG_OK;
}

rg_status rg__expression_miss_describe(rg_expression_miss *out, rg_arena *arena, const rg_expression_matcher *matcher,
                                       const rg_graph *graph, const rg_expression_near_miss *miss)
{
    rg_context *context = matcher->context;
    const rg_expression_failure *failure = &miss->disagreement.failure;
    rg_miss_writer writer = {.expression = matcher->expression,
                             .graph = graph,
                             .context = context,
                             .miss = miss,
                             .failure = failure,
                             .part = &matcher->expression->nodes[failure->part.id],
                             .node = rg_value_as_node(failure->value)};
    *out = (rg_expression_miss){.part = failure->part};
    rg__buffer_init(&writer.sentence, &context->allocator);
    rg__buffer_init(&writer.remedy, &context->allocator);
    tell(&writer, matcher);
    out->part.id = (uint32_t)(writer.part - matcher->expression->nodes);
    out->reason = writer.reason;
    out->node = writer.node;
    if (!writer.sentence.failed && !writer.remedy.failed) {
        out->sentence = rg__arena_copy(arena, rg__buffer_string(&writer.sentence));
        out->remedy = rg__arena_copy(arena, rg__buffer_string(&writer.remedy));
    }
    rg__buffer_free(&writer.sentence);
    rg__buffer_free(&writer.remedy);
    if (out->sentence.data == NULL || out->remedy.data == NULL) {
        return rg__report_memory(context);
    }
    rg_status status = describe_part(out, arena, &writer);
    return status == RG_OK ? describe_nodes(out, arena, &writer) : status;
}

/*
 * expression_print.c: expressions, failures and matches as text.
 *
 * There are two forms, both Inductor's: the serialised one, with an assignment for every call, which reads back; and
 * the short one of messages, on one line.
 */
#include "match/expression_impl.h"

#include <regraft/document.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "text/word.h"

/* A short form longer than this is cut: shared parts are printed wherever they occur. */
enum { MAX_SHORT_BYTES = 1 << 16 };

typedef struct rg_expression_printer {
    const rg_expression *expression;
    const rg_graph *graph; /* of values that hold nodes; may be NULL */
    rg_context *context;
    rg_buffer buffer;
    bool is_short;
    bool cut;
    /* of the serialised form */
    rg_arena arena;
    rg_intern_table names; /* those given so far, and their bases */
    rg_map used;           /* id of a name -> 1 */
    rg_map numbers;        /* id of a base -> the last number given for it */
    rg_string *variables;  /* by part: the name it was assigned to */
    uint32_t wanted;       /* the part whose assignment is wanted alone; 0: all of them */
    size_t wanted_start;   /* where it stands in the buffer, once it is printed */
    size_t wanted_end;
    uint8_t *use_counts; /* by part: how often others read it, up to 2 */
} rg_expression_printer;

static void print_part(rg_expression_printer *printer, uint32_t part);

static void append(rg_expression_printer *printer, rg_string text)
{
    rg__buffer_append(&printer->buffer, text);
}

static void append_text(rg_expression_printer *printer, const char *text)
{
    rg__buffer_append_text(&printer->buffer, text);
}

static void append_value(rg_expression_printer *printer, rg_value value)
{
    rg_status status = rg_value_print(printer->context, printer->graph, value, rg__buffer_sink(&printer->buffer));
    printer->buffer.failed = printer->buffer.failed || status != RG_OK;
}

/* ---- targets ---- */

/* What stands behind the last dot. */
static rg_string last_word(rg_string name)
{
    size_t at = name.size;
    while (at > 0 && name.data[at - 1] != '.') {
        at--;
    }
    return rg__skip(name, at);
}

/* The name under which Inductor prints one target. */
static rg_string target_name(const rg_expression_target *target)
{
    return rg__starts_with(target->name, "higher_order.") ? last_word(target->name) : target->name;
}

/* Of several targets, Inductor prints the first without its namespace. */
static rg_string short_name(const rg_expression_target *target)
{
    const char *dot = memchr(target->name.data, '.', target->name.size);
    return dot == NULL ? target->name : rg__skip(target->name, (size_t)(dot + 1 - target->name.data));
}

static void print_targets(rg_expression_printer *printer, const rg_expression_node *node)
{
    bool is_packet = node->targets[0].kind == RG_TARGET_PACKET;
    if (printer->is_short && (node->target_count > 1 || is_packet)) {
        append_text(printer, "[");
        append(printer, short_name(&node->targets[0]));
        append_text(printer, ", ...]");
        return;
    }
    append_text(printer, node->target_count > 1 ? "[" : "");
    for (uint32_t i = 0; i < node->target_count; i++) {
        append_text(printer, i > 0 ? ", " : "");
        append(printer, target_name(&node->targets[i]));
    }
    append_text(printer, node->target_count > 1 ? "]" : "");
}

/* ---- parts, in either form ---- */

static void print_users(rg_expression_printer *printer, const rg_expression_node *node)
{
    const char *name = !node->var_args ? "_users=" : printer->is_short ? "" : "users=";
    if (node->users == RG_EXPRESSION_MULTIPLE) {
        rg__buffer_append_format(&printer->buffer, ", %sMULTIPLE", name);
    } else if (node->users != 1) {
        rg__buffer_append_format(&printer->buffer, ", %s%u", name, node->users);
    }
}

static const char *call_name(const rg_expression_node *node)
{
    switch ((rg_expression_kind)node->kind) {
    case RG_EXPRESSION_CALL_METHOD:
        return "CallMethod";
    case RG_EXPRESSION_CALL_MODULE:
        return "CallModule";
    default:
        return "CallFunction";
    }
}

/* In messages, Inductor prints keyword arguments as str() does: a string without quotes. */
static void print_keyword_value(rg_expression_printer *printer, uint32_t part)
{
    const rg_expression_node *node = &printer->expression->nodes[part];
    bool is_string = node->kind == RG_EXPRESSION_CONSTANT && rg_value_get_kind(node->constant) == RG_VALUE_STRING;
    if (printer->is_short && is_string) {
        append(printer, rg_value_as_text(printer->context, node->constant));
    } else {
        print_part(printer, part);
    }
}

static void print_call(rg_expression_printer *printer, const rg_expression_node *node)
{
    uint32_t positional = node->child_count - node->keyword_count;
    append_text(printer, call_name(node));
    append_text(printer, node->var_args ? "VarArgs(" : "(");
    print_targets(printer, node);
    for (uint32_t i = 0; i < node->child_count && !printer->cut; i++) {
        append_text(printer, ", ");
        if (i < positional) {
            print_part(printer, node->children[i]);
            continue;
        }
        append(printer, node->keywords[i - positional]);
        append_text(printer, "=");
        print_keyword_value(printer, node->children[i]);
    }
    print_users(printer, node);
    append_text(printer, ")");
}

static void print_items(rg_expression_printer *printer, const rg_expression_node *node)
{
    const char *brackets = node->item_kind == RG_VALUE_LIST ? "[]" : node->item_kind == RG_VALUE_DICT ? "{}" : "()";
    bool is_record = node->item_kind == RG_VALUE_RECORD;
    if (is_record) { /* its name is the first item */
        append(printer, rg_value_as_text(printer->context, printer->expression->nodes[node->children[0]].constant));
    }
    rg__buffer_append_char(&printer->buffer, brackets[0]);
    for (uint32_t i = is_record ? 1 : 0; i < node->child_count && !printer->cut; i++) {
        bool is_first = i == (is_record ? 1u : 0u);
        append_text(printer, is_first ? "" : node->item_kind == RG_VALUE_DICT && i % 2 == 1 ? ": " : ", ");
        print_part(printer, node->children[i]);
    }
    append_text(printer, node->item_kind == RG_VALUE_TUPLE && node->child_count == 1 ? "," : "");
    rg__buffer_append_char(&printer->buffer, brackets[1]);
}

static void print_multi_output(rg_expression_printer *printer, const rg_expression_node *node)
{
    append_text(printer, "MultiOutputPattern([");
    for (uint32_t i = 0; i < node->child_count && !printer->cut; i++) {
        append_text(printer, i == 0 ? "" : printer->is_short ? ", " : ",\n  ");
        if (node->children[i] == 0) {
            append_text(printer, "None");
        } else {
            print_part(printer, node->children[i]);
        }
    }
    append_text(printer, printer->is_short ? "])" : "\n])");
}

static void print_wrapper(rg_expression_printer *printer, const rg_expression_node *node)
{
    bool is_list = node->kind == RG_EXPRESSION_LIST_OF;
    append_text(printer, is_list ? "ListOf(" : "RepeatedExpr(");
    if (is_list || !printer->is_short) {
        print_part(printer, node->children[0]);
    }
    append_text(printer, node->partial && !printer->is_short ? ", partial=True)" : ")");
}

static void print_named(rg_expression_printer *printer, const rg_expression_node *node)
{
    append_text(printer, node->kind == RG_EXPRESSION_KEYWORD ? "KeywordArg(" : "ExclusiveKeywordArg(");
    rg__buffer_append_quoted(&printer->buffer, node->name);
    append_text(printer, ")");
}

/* A part as it is constructed; print_part prints its variable instead where it has one. */
static void print_constructor(rg_expression_printer *printer, uint32_t part)
{
    const rg_expression_node *node = &printer->expression->nodes[part];
    switch ((rg_expression_kind)node->kind) {
    case RG_EXPRESSION_NONE:
        break;
    case RG_EXPRESSION_ARG:
        append_text(printer, "Arg()");
        break;
    case RG_EXPRESSION_IGNORED:
        append_text(printer, printer->is_short ? "*" : "Ignored()");
        break;
    case RG_EXPRESSION_KEYWORD:
    case RG_EXPRESSION_EXCLUSIVE:
        print_named(printer, node);
        break;
    case RG_EXPRESSION_CALL_FUNCTION:
    case RG_EXPRESSION_CALL_METHOD:
    case RG_EXPRESSION_CALL_MODULE:
        print_call(printer, node);
        break;
    case RG_EXPRESSION_LIST_OF:
    case RG_EXPRESSION_REPEATED:
        print_wrapper(printer, node);
        break;
    case RG_EXPRESSION_MULTI_OUTPUT:
        print_multi_output(printer, node);
        break;
    case RG_EXPRESSION_CONSTANT:
        append_value(printer, node->constant);
        break;
    case RG_EXPRESSION_ITEMS:
        print_items(printer, node);
        break;
    }
}

static void print_part(rg_expression_printer *printer, uint32_t part)
{
    if (printer->variables != NULL && printer->variables[part].size > 0) {
        append(printer, printer->variables[part]);
        return;
    }
    if (printer->is_short && printer->buffer.size > MAX_SHORT_BYTES) {
        append_text(printer, printer->cut ? "" : "...");
        printer->cut = true;
        return;
    }
    print_constructor(printer, part);
}

/* ---- names of the serialised form (Q3) ---- */

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

/* Leave `word` out wherever it occurs. */
static void append_without(rg_buffer *out, rg_string text, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i < text.size;) {
        if (rg__starts_with(rg__skip(text, i), word)) {
            i += size;
        } else {
            rg__buffer_append_char(out, text.data[i++]);
        }
    }
}

/* What a variable is called before it is made unique: the target's name without the common namespaces. */
static void append_base(rg_buffer *out, const rg_allocator *allocator, const rg_expression_node *node)
{
    static const char *const namespaces[] = {"aten.", "torch.", "prims."};
    static const char *const kinds[] = {[RG_EXPRESSION_ARG] = "arg",          [RG_EXPRESSION_IGNORED] = "ignored",
                                        [RG_EXPRESSION_KEYWORD] = "keyword",  [RG_EXPRESSION_EXCLUSIVE] = "exclusive",
                                        [RG_EXPRESSION_LIST_OF] = "list_of",  [RG_EXPRESSION_MULTI_OUTPUT] = "outputs",
                                        [RG_EXPRESSION_REPEATED] = "repeated"};
    if (!rg__expression_is_call(node)) {
        rg__buffer_append_text(out, kinds[node->kind]);
        return;
    }
    rg_buffer name;
    rg_buffer shorter;
    rg__buffer_init(&name, allocator);
    rg__buffer_init(&shorter, allocator);
    rg__buffer_append(&name, target_name(&node->targets[0]));
    for (size_t i = 0; i < sizeof namespaces / sizeof namespaces[0]; i++) {
        rg__buffer_clear(&shorter);
        append_without(&shorter, rg__buffer_string(&name), namespaces[i]);
        out->failed = out->failed || name.failed || shorter.failed; /* clearing forgets it */
        rg__buffer_clear(&name);
        rg__buffer_append(&name, rg__buffer_string(&shorter));
    }
    rg_string text = rg__buffer_string(&name);
    for (size_t i = 0; i < text.size; i++) {
        bool fits = is_letter_or_digit(text.data[i]);
        if (i == 0 && text.data[0] >= '0' && text.data[0] <= '9') {
            rg__buffer_append_char(out, '_');
        }
        if (fits || i == 0 || is_letter_or_digit(text.data[i - 1])) {
            rg__buffer_append_char(out, fits ? text.data[i] : '_');
        }
    }
    out->failed = out->failed || name.failed || shorter.failed;
    rg__buffer_free(&name);
    rg__buffer_free(&shorter);
}

/* "relu_12": how long the base is, and its number; no number where there is none. */
static size_t split_name(rg_string name, int64_t *number)
{
    size_t at = name.size;
    while (at > 0 && name.data[at - 1] >= '0' && name.data[at - 1] <= '9') {
        at--;
    }
    bool numbered = at >= 2 && at < name.size && name.data[at - 1] == '_' &&
                    rg__parse_int(rg__skip(name, at), number) && *number < UINT32_MAX / 2;
    return numbered ? at - 1 : name.size;
}

static bool is_used(rg_expression_printer *printer, rg_string name)
{
    uint32_t ignored;
    return rg__map_find(&printer->used, rg__intern(&printer->names, name.data, name.size), &ignored);
}

/* Number a name until it is free, as torch.fx does; .data NULL when memory is out. */
static rg_string unique_name(rg_expression_printer *printer, rg_buffer *name)
{
    const rg_allocator *allocator = &printer->context->allocator;
    int64_t number = 0;
    size_t base_size = split_name(rg__buffer_string(name), &number);
    uint32_t base = rg__intern(&printer->names, name->data, base_size);
    bool is_reserved = false;
    if (base_size == name->size || is_used(printer, rg__buffer_string(name))) {
        uint32_t last = 0;
        (void)rg__map_find(&printer->numbers, base, &last);
        number = last;
        is_reserved = rg__name_is_reserved(name->data);
    }
    while (!name->failed && (is_reserved || is_used(printer, rg__buffer_string(name)))) {
        number++;
        name->size = base_size;
        rg__buffer_append_char(name, '_');
        rg__buffer_append_int(name, number);
        is_reserved = false;
    }
    uint32_t id = name->failed ? 0 : rg__intern(&printer->names, name->data, name->size);
    bool kept = id != 0 && base != 0 && rg__map_set(allocator, &printer->used, id, 1) &&
                rg__map_set(allocator, &printer->numbers, base, (uint32_t)number);
    return kept ? rg__intern_get(&printer->names, id) : (rg_string){NULL, 0};
}

/* Does the part get a variable? Calls always, as in Inductor; others where reading them twice would make them two. */
static bool wants_variable(const rg_expression_printer *printer, uint32_t part)
{
    const rg_expression_node *node = &printer->expression->nodes[part];
    return (rg__expression_is_call(node) && !node->var_args) ||
           (rg__expression_is_pattern(node) && printer->use_counts[part] > 1);
}

static rg_string name_part(rg_expression_printer *printer, uint32_t part)
{
    rg_buffer name;
    rg__buffer_init(&name, &printer->context->allocator);
    append_base(&name, &printer->context->allocator, &printer->expression->nodes[part]);
    rg_string result = name.failed ? (rg_string){NULL, 0} : unique_name(printer, &name);
    rg__buffer_free(&name);
    return result;
}

static void print_assignment(rg_expression_printer *printer, uint32_t part, rg_string name)
{
    size_t start = printer->buffer.size;
    append(printer, name);
    append_text(printer, " = ");
    print_constructor(printer, part);
    if (part == printer->wanted) {
        printer->wanted_start = start;
        printer->wanted_end = printer->buffer.size;
    }
}

/* Print the assignments that a part needs, its own last: children first, in order. Recurses as deep as the part. */
static void print_assignments(rg_expression_printer *printer, uint32_t part, bool is_root)
{
    const rg_expression_node *node = &printer->expression->nodes[part];
    if (part == 0 || printer->variables[part].size > 0 || node->kind == RG_EXPRESSION_CONSTANT) {
        return;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        print_assignments(printer, node->children[i], false);
    }
    if (is_root || !wants_variable(printer, part)) {
        return;
    }
    rg_string name = name_part(printer, part);
    printer->buffer.failed = printer->buffer.failed || name.data == NULL;
    print_assignment(printer, part, name);
    append_text(printer, "\n");
    printer->variables[part] = name;
}

/* How often each part that the root needs is read: larger ids read smaller ones. */
static void count_uses(rg_expression_printer *printer)
{
    const rg_expression *expression = printer->expression;
    printer->use_counts[expression->root] = 1;
    for (uint32_t part = expression->root; part > 0; part--) {
        const rg_expression_node *node = &expression->nodes[part];
        for (uint32_t i = 0; printer->use_counts[part] > 0 && i < node->child_count; i++) {
            uint8_t *count = &printer->use_counts[node->children[i]];
            *count = *count < 2 ? *count + 1 : 2;
        }
    }
}

/* ---- entry points ---- */

static rg_status finish(rg_expression_printer *printer, rg_status status, rg_sink sink)
{
    if (status == RG_OK && printer->buffer.failed) {
        status = RG_ERROR_MEMORY;
    }
    if (status == RG_OK) {
        rg_string text = rg__buffer_string(&printer->buffer);
        status = sink.write(sink.user, text.data, text.size);
    } else {
        (void)rg__report_memory(printer->context);
    }
    rg__buffer_free(&printer->buffer);
    return status;
}

static rg_expression_printer open_short(rg_context *context, const rg_expression *expression, const rg_graph *graph)
{
    rg_expression_printer printer = {.expression = expression, .graph = graph, .context = context, .is_short = true};
    rg__buffer_init(&printer.buffer, &context->allocator);
    return printer;
}

/* Keep only what is wanted; a part without an assignment of its own is printed as it is constructed. */
static void cut_to_wanted(rg_expression_printer *printer)
{
    size_t size = printer->wanted_end - printer->wanted_start;
    if (printer->buffer.failed) {
        return;
    }
    if (size == 0) {
        rg__buffer_clear(&printer->buffer);
        print_constructor(printer, printer->wanted);
        return;
    }
    memmove(printer->buffer.data, printer->buffer.data + printer->wanted_start, size);
    printer->buffer.size = size;
}

static rg_status print_serialised(const rg_expression *expression, uint32_t wanted, rg_sink sink)
{
    rg_context *context = expression->context;
    const rg_allocator *allocator = &context->allocator;
    size_t count = (size_t)expression->node_count + 1;
    rg_expression_printer printer = {.expression = expression, .context = context, .wanted = wanted};
    rg__buffer_init(&printer.buffer, allocator);
    rg__arena_init(&printer.arena, allocator);
    rg__intern_init(&printer.names, &printer.arena, NULL);
    printer.variables = rg__arena_allocate_zero(&printer.arena, count * sizeof *printer.variables);
    printer.use_counts = rg__arena_allocate_zero(&printer.arena, count);
    rg_status status = printer.variables == NULL || printer.use_counts == NULL ? RG_ERROR_MEMORY : RG_OK;
    if (status == RG_OK) {
        count_uses(&printer);
        print_assignments(&printer, expression->root, true);
        print_assignment(&printer, expression->root, expression->name);
    }
    if (status == RG_OK && wanted != 0) {
        cut_to_wanted(&printer);
    }
    rg__map_free(allocator, &printer.used);
    rg__map_free(allocator, &printer.numbers);
    rg__intern_free(&printer.names);
    rg__arena_free(&printer.arena);
    return finish(&printer, status, sink);
}

rg_status rg_expression_print(const rg_expression *expression, rg_sink sink)
{
    return print_serialised(expression, 0, sink);
}

rg_status rg_expression_print_assignment(const rg_expression *expression, rg_expression_part part, rg_sink sink)
{
    bool is_part = part.id != 0 && part.id <= expression->node_count;
    return is_part ? print_serialised(expression, part.id, sink) : RG_OK;
}

rg_status rg_expression_print_part(const rg_expression *expression, rg_expression_part part, rg_sink sink)
{
    rg_expression_printer printer = open_short(expression->context, expression, NULL);
    if (part.id != 0 && part.id <= expression->node_count) {
        print_part(&printer, part.id);
    }
    return finish(&printer, RG_OK, sink);
}

/* The value, and the pattern that did not fit it. */
static void print_pair(rg_expression_printer *printer, const rg_expression_failure *failure)
{
    append_text(printer, "node=");
    append_value(printer, failure->value);
    append_text(printer, ", pattern=");
    print_part(printer, failure->part.id);
}

static void print_failure(rg_expression_printer *printer, const rg_expression_failure *failure)
{
    for (size_t i = 0; i < failure->list_item_count; i++) {
        rg__buffer_append_format(&printer->buffer, "list[%u]: ", failure->list_items[i]);
    }
    append_text(printer, rg_expression_reason_text(failure->reason));
    switch (failure->reason) {
    case RG_EXPRESSION_REASON_TARGET:
    case RG_EXPRESSION_REASON_ARGUMENT_COUNT:
    case RG_EXPRESSION_REASON_NO_SCHEMA:
    case RG_EXPRESSION_REASON_MODULE_CLASS:
    case RG_EXPRESSION_REASON_STRUCTURE:
        append_text(printer, ": ");
        print_pair(printer, failure);
        break;
    case RG_EXPRESSION_REASON_USERS:
        append_text(printer, " ");
        print_part(printer, failure->part.id);
        break;
    case RG_EXPRESSION_REASON_CONSTANT:
        append_text(printer, ": ");
        append_value(printer, failure->value);
        append_text(printer, " ");
        append_value(printer, failure->found);
        append_text(printer, "!=");
        print_part(printer, failure->constant.id);
        break;
    case RG_EXPRESSION_REASON_KEYWORD:
        append_text(printer, ": ");
        append(printer, failure->name);
        break;
    default:
        break;
    }
}

rg_status rg_expression_matcher_print_failure(const rg_expression_matcher *matcher, rg_sink sink)
{
    rg_expression_printer printer = open_short(matcher->context, matcher->expression, matcher->graph);
    print_failure(&printer, &matcher->failure);
    return finish(&printer, RG_OK, sink);
}

rg_status rg_expression_match_print(const rg_expression_match *match, rg_sink sink)
{
    rg_expression_printer printer = open_short(match->graph->context, match->expression, match->graph);
    append_text(&printer, "Match(..., [");
    for (uint32_t i = 0; i < match->args.count; i++) {
        append_text(&printer, i > 0 ? ", " : "");
        append_value(&printer, match->args.items[i]);
    }
    append_text(&printer, "], {");
    for (uint32_t i = 0; i < match->keywords.count; i++) {
        append_text(&printer, i > 0 ? ", " : "");
        rg__buffer_append_quoted(&printer.buffer, match->keywords.items[i].name);
        append_text(&printer, ": ");
        append_value(&printer, match->keywords.items[i].value);
    }
    append_text(&printer, "})");
    return finish(&printer, RG_OK, sink);
}

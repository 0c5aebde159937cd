/*
 * expression_pass.c: the driver of expression entries: D1 to D12 of doc/expressions.md.
 */
#include <regraft/expression_pass.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "match/expression_screen.h"
#include "match/mutation_region.h"
#include "match/records.h"
#include "rewrite/expression_splice.h"

typedef struct rg_pass_entry {
    rg_expression_entry given;
    rg_expression_matcher *matcher;
    rg_op target;      /* of a LOWERING entry */
    rg_string *inputs; /* of a REPLACEMENT entry: the captures that its placeholders stand for */
    size_t input_count;
    size_t matched;
} rg_pass_entry;

typedef RG_VECTOR(uint32_t) rg_entry_numbers;

/* Which entries to try where, found when it is first asked; of the entries that there are now. */
typedef struct rg_entry_index {
    rg_arena arena;
    rg_entry_numbers lists;      /* how many entries, then their numbers, as they are tried; again for the next list */
    rg_map by_op;                /* op -> start in `lists` of the entries whose root it fits */
    rg_record_table kinds;       /* surroundings (expression_screen.h) */
    RG_VECTOR(uint32_t) by_kind; /* by id - 1: start in `lists` of the entries that may match there */
    rg_surroundings words;       /* of the node at hand */
} rg_entry_index;

enum { MAX_KINDS = 1 << 16 }; /* of surroundings; then the index is begun again */

struct rg_expression_pass {
    rg_context *context;
    rg_arena arena;
    rg_expression_pass_options options;
    RG_VECTOR(rg_pass_entry *) entries; /* as they were added */
    RG_VECTOR(uint32_t) order;          /* as they are tried */
    rg_entry_index index;
};

/* One application. */
typedef struct rg_pass_run {
    rg_context *context;
    rg_graph *graph;
    rg_mutation_regions regions;
    rg_expression_pass_report report;
    rg_expression_pass **members; /* those with entries */
    size_t member_count;
    rg_entry_numbers tried; /* the entries of the node at hand */
} rg_pass_run;

/* ---- passes and entries ---- */

rg_status rg_expression_pass_create(rg_expression_pass **out, rg_context *context,
                                    const rg_expression_pass_options *options)
{
    *out = NULL;
    rg_expression_pass *pass = rg__allocate(&context->allocator, sizeof *pass);
    if (pass == NULL) {
        return rg__report_memory(context);
    }
    *pass = (rg_expression_pass){.context = context};
    rg__arena_init(&pass->arena, &context->allocator);
    rg__arena_init(&pass->index.arena, &context->allocator);
    if (options != NULL) {
        pass->options = *options;
    }
    *out = pass;
    return RG_OK;
}

static void clear_index(rg_entry_index *index)
{
    rg__arena_reset(&index->arena);
    rg__map_clear(&index->by_op);
    index->kinds = (rg_record_table){0};
    index->lists.count = 0;
    index->by_kind.count = 0;
}

static void free_index(rg_entry_index *index, const rg_allocator *allocator)
{
    rg__arena_free(&index->arena);
    rg__map_free(allocator, &index->by_op);
    rg__vector_free(allocator, &index->lists);
    rg__vector_free(allocator, &index->by_kind);
    rg__vector_free(allocator, &index->words);
}

void rg_expression_pass_destroy(rg_expression_pass *pass)
{
    if (pass == NULL) {
        return;
    }
    rg_allocator allocator = pass->context->allocator;
    for (uint32_t i = 0; i < pass->entries.count; i++) {
        rg_expression_matcher_destroy(pass->entries.items[i]->matcher);
    }
    rg__vector_free(&allocator, &pass->entries);
    rg__vector_free(&allocator, &pass->order);
    free_index(&pass->index, &allocator);
    rg__arena_free(&pass->arena);
    rg__free(&allocator, pass, sizeof *pass);
}

static bool captures(const rg_expression *expression, rg_string name)
{
    for (uint32_t i = 1; i <= expression->node_count; i++) {
        const rg_expression_node *node = &expression->nodes[i];
        bool is_capture = node->kind == RG_EXPRESSION_KEYWORD || node->kind == RG_EXPRESSION_EXCLUSIVE;
        if (is_capture && rg_string_equal(node->name, name)) {
            return true;
        }
    }
    return false;
}

/* "query_1" -> "query" */
static rg_string without_number(rg_string name)
{
    size_t at = name.size;
    while (at > 0 && name.data[at - 1] >= '0' && name.data[at - 1] <= '9') {
        at--;
    }
    bool numbered = at >= 2 && at < name.size && name.data[at - 1] == '_';
    return numbered ? (rg_string){name.data, at - 1} : name;
}

/* Positional captures have no name by which a replacement could have them. */
static bool has_positional_captures(const rg_expression *expression)
{
    for (uint32_t i = 1; i <= expression->node_count; i++) {
        const rg_expression_node *node = &expression->nodes[i];
        if (node->kind == RG_EXPRESSION_ARG || (rg__expression_is_call(node) && node->var_args)) {
            return true;
        }
    }
    return false;
}

static rg_status find_inputs(rg_pass_entry *entry, rg_expression_pass *pass)
{
    const rg_graph *replacement = entry->given.replacement;
    size_t capacity = rg_graph_node_count(replacement);
    if (has_positional_captures(entry->given.expression)) {
        return rg__report(pass->context, RG_ERROR_RULE, "a pattern with a replacement captures everything by name");
    }
    entry->inputs = rg__arena_allocate(&pass->arena, capacity * sizeof *entry->inputs);
    if (entry->inputs == NULL) {
        return rg__report_memory(pass->context);
    }
    for (rg_node node = rg_graph_first(replacement); !rg_node_is_null(node); node = rg_graph_next(replacement, node)) {
        rg_string name = rg_node_name(replacement, node);
        if (rg_node_kind(replacement, node) != RG_OP_PLACEHOLDER) {
            continue;
        }
        name = captures(entry->given.expression, name) ? name : without_number(name);
        name = rg__arena_copy(&pass->arena, name);
        if (name.data == NULL) {
            return rg__report_memory(pass->context);
        }
        if (!captures(entry->given.expression, name)) {
            return rg__report(pass->context, RG_ERROR_RULE, "the pattern captures no '%s', which its replacement reads",
                              name.data);
        }
        entry->inputs[entry->input_count++] = name;
    }
    return RG_OK;
}

/* What an entry of its kind needs. */
static rg_status prepare_entry(rg_pass_entry *entry, rg_expression_pass *pass)
{
    const rg_expression_entry *given = &entry->given;
    switch (given->kind) {
    case RG_EXPRESSION_ENTRY_GRAPH:
        return given->handler != NULL ? RG_OK
                                      : rg__report(pass->context, RG_ERROR_ARGUMENT, "a graph entry needs a handler");
    case RG_EXPRESSION_ENTRY_LOWERING:
        return given->target.size == 0
                   ? rg__report(pass->context, RG_ERROR_ARGUMENT, "a lowering entry needs a target")
                   : rg_context_intern_op(&entry->target, pass->context, RG_OP_FUNCTION, given->target);
    case RG_EXPRESSION_ENTRY_REPLACEMENT: {
        if (given->replacement == NULL) {
            return rg__report(pass->context, RG_ERROR_ARGUMENT, "a replacement entry needs a replacement");
        }
        rg_status status = rg__splice_check(given->replacement, pass->context);
        return status == RG_OK ? find_inputs(entry, pass) : status;
    }
    }
    return rg__report(pass->context, RG_ERROR_ARGUMENT, "an entry of no kind");
}

/* Enter its number into the order (D1). */
static bool enter(rg_expression_pass *pass, rg_pass_entry *entry)
{
    const rg_allocator *allocator = &pass->context->allocator;
    uint32_t number = pass->entries.count;
    if (!rg__vector_reserve(allocator, &pass->order, (uint64_t)number + 1) ||
        !rg__vector_push(allocator, &pass->entries, entry)) {
        return false;
    }
    uint32_t at = entry->given.prepend ? 0 : number;
    memmove(pass->order.items + at + 1, pass->order.items + at, (number - at) * sizeof *pass->order.items);
    pass->order.items[at] = number;
    pass->order.count++;
    clear_index(&pass->index);
    return true;
}

rg_status rg_expression_pass_add(rg_expression_pass *pass, const rg_expression_entry *given)
{
    rg_context *context = pass->context;
    if (given->expression == NULL) {
        return rg__report(context, RG_ERROR_ARGUMENT, "an entry needs an expression");
    }
    rg_pass_entry *entry = rg__arena_allocate_zero(&pass->arena, sizeof *entry);
    if (entry == NULL) {
        return rg__report_memory(context);
    }
    entry->given = *given;
    rg_status status = prepare_entry(entry, pass);
    if (status == RG_OK) {
        status = rg_expression_matcher_create(&entry->matcher, context, given->expression, &given->options);
    }
    if (status == RG_OK && !enter(pass, entry)) {
        rg_expression_matcher_destroy(entry->matcher);
        status = rg__report_memory(context);
    }
    return status;
}

size_t rg_expression_pass_matched(const rg_expression_pass *pass, size_t entry)
{
    return entry < pass->entries.count ? pass->entries.items[entry]->matched : 0;
}

/* ---- which entries a node may be a root of (D2) ---- */

/* How many of the targets fit: an entry stands in the list of each, and twice in one list if two are the same. */
static uint32_t count_fitting_targets(const rg_expression_matcher *matcher, rg_node node)
{
    rg_expression_node call = *rg__expression_anchor(matcher->expression);
    const rg_expression_target *targets = call.targets;
    uint32_t count = call.target_count;
    uint32_t fitting = 0;
    call.target_count = 1;
    for (uint32_t i = 0; i < count; i++) {
        call.targets = &targets[i];
        fitting += rg__expression_fits_target(matcher, &call, rg_value_node(node)) ? 1 : 0;
    }
    return fitting;
}

/* Append the entries whose root the node fits, as they are tried. */
static bool append_fitting(rg_entry_numbers *out, const rg_expression_pass *pass, rg_graph *graph, rg_node node)
{
    bool kept = true;
    for (uint32_t i = 0; kept && i < pass->order.count; i++) {
        uint32_t number = pass->order.items[i];
        rg_expression_matcher *matcher = pass->entries.items[number]->matcher;
        matcher->graph = graph;
        for (uint32_t fitting = count_fitting_targets(matcher, node); kept && fitting > 0; fitting--) {
            kept = rg__vector_push(&pass->context->allocator, out, number);
        }
    }
    return kept;
}

/* Where in the index the entries stand whose root has the op of the node. False when memory is out. */
static bool list_of_op(uint32_t *start, rg_expression_pass *pass, rg_graph *graph, rg_node node)
{
    rg_entry_index *index = &pass->index;
    const rg_allocator *allocator = &pass->context->allocator;
    rg_op op = rg_node_op(graph, node);
    if (rg__map_find(&index->by_op, op.id, start)) {
        return true;
    }
    *start = index->lists.count;
    if (!rg__vector_push(allocator, &index->lists, 0) || !append_fitting(&index->lists, pass, graph, node)) {
        index->lists.count = *start;
        return false;
    }
    index->lists.items[*start] = index->lists.count - *start - 1;
    return rg__map_set(allocator, &index->by_op, op.id, *start);
}

/* Of the entries at `*start`, those that may match in the node's surroundings. */
static bool list_of_kind(uint32_t *start, rg_expression_pass *pass, rg_graph *graph, rg_node node)
{
    rg_entry_index *index = &pass->index;
    const rg_allocator *allocator = &pass->context->allocator;
    uint32_t all = *start;
    if (!rg__expression_surroundings(&index->words, graph, node)) {
        return false;
    }
    uint32_t id = rg__record_intern(&index->kinds, &index->arena, index->words.items, index->words.count);
    if (id == 0) {
        return false;
    }
    if (id <= index->by_kind.count) {
        *start = index->by_kind.items[id - 1];
        return true;
    }
    uint32_t count = index->lists.items[all];
    *start = index->lists.count;
    bool kept = rg__vector_push(allocator, &index->lists, 0);
    for (uint32_t i = 1; kept && i <= count; i++) {
        uint32_t number = index->lists.items[all + i];
        rg_expression_matcher *matcher = pass->entries.items[number]->matcher;
        matcher->graph = graph;
        if (rg__expression_may_match(matcher, graph, node)) {
            kept = rg__vector_push(allocator, &index->lists, number);
        }
    }
    if (kept) {
        index->lists.items[*start] = index->lists.count - *start - 1;
        kept = rg__vector_push(allocator, &index->by_kind, *start);
    }
    if (!kept) {
        clear_index(index); /* the surroundings are entered, their list is not */
    }
    return kept;
}

/* The entries to try at a node, into `tried`: what handlers do must not disturb the list. */
static bool list_entries(rg_entry_numbers *tried, rg_expression_pass *pass, rg_graph *graph, rg_node node)
{
    const rg_allocator *allocator = &pass->context->allocator;
    rg_entry_index *index = &pass->index;
    uint32_t start = 0;
    tried->count = 0;
    if (rg_node_kind(graph, node) == RG_OP_CALL_MODULE) { /* all modules have one op; each is looked at */
        return append_fitting(tried, pass, graph, node);
    }
    if (index->kinds.count >= MAX_KINDS) {
        clear_index(index);
    }
    if (!list_of_op(&start, pass, graph, node)) {
        return false;
    }
    if (index->lists.items[start] > 0 && !list_of_kind(&start, pass, graph, node)) {
        return false;
    }
    uint32_t count = index->lists.items[start];
    if (!rg__vector_reserve(allocator, tried, count)) {
        return false;
    }
    if (count > 0) {
        memcpy(tried->items, index->lists.items + start + 1, count * sizeof *tried->items);
    }
    tried->count = count;
    return true;
}

/* ---- one match ---- */

/* D4: one region, and at least one node. */
static rg_status is_in_one_region(bool *out, rg_pass_run *run, const rg_expression_match *match)
{
    uint32_t first = 0;
    *out = match->nodes.count > 0;
    for (uint32_t i = 0; i < match->nodes.count && *out; i++) {
        uint32_t region = 0;
        rg_status status = rg__mutation_region(&region, &run->regions, run->graph, match->nodes.items[i]);
        if (status != RG_OK) {
            return status;
        }
        first = i == 0 ? region : first;
        *out = region == first;
    }
    return RG_OK;
}

/* D10b: one node, reading the captures, in the place of the root. */
static rg_status apply_lowering(rg_pass_run *run, const rg_pass_entry *entry, rg_node root, rg_expression_match *match)
{
    rg_context *context = run->context;
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    size_t count = (size_t)match->args.count + match->keywords.count;
    if (!rg_node_same(match->nodes.items[match->nodes.count - 1], root)) {
        return rg__report(context, RG_ERROR_RULE, "'%s' cannot be lowered: the pattern has other outputs behind it",
                          rg_node_name(run->graph, root).data);
    }
    rg_argument *arguments = rg__allocate(&context->allocator, (count + 1) * sizeof *arguments);
    if (arguments == NULL) {
        return rg__report_memory(context);
    }
    for (uint32_t i = 0; i < match->args.count; i++) {
        arguments[i] = (rg_argument){{"", 0}, match->args.items[i]};
    }
    for (uint32_t i = 0; i < match->keywords.count; i++) {
        arguments[match->args.count + i] = match->keywords.items[i];
    }
    description.op = entry->target;
    description.arguments = arguments;
    description.argument_count = count;
    description.type = rg_node_type(run->graph, root);
    rg_node node = {0};
    rg_status status = rg_graph_insert(&node, run->graph, root, &description);
    if (status == RG_OK) {
        status = rg_graph_replace_uses(run->graph, root, rg_value_node(node), NULL, 0);
    }
    if (status == RG_OK) {
        status = rg_expression_match_erase_nodes(match);
    } else if (!rg_node_is_null(node)) {
        rg_status erased = rg_graph_erase(run->graph, node); /* nothing reads it: it cannot fail */
        (void)erased;
    }
    rg__free(&context->allocator, arguments, (count + 1) * sizeof *arguments);
    return status;
}

static rg_status apply_replacement(rg_pass_run *run, const rg_pass_entry *entry, rg_expression_match *match)
{
    rg_context *context = run->context;
    rg_value *values = rg__allocate(&context->allocator, (entry->input_count + 1) * sizeof *values);
    if (values == NULL) {
        return rg__report_memory(context);
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < entry->input_count && status == RG_OK; i++) {
        values[i] = rg_expression_match_keyword(match, entry->inputs[i]);
        if (rg_value_is_missing(values[i])) { /* it stands in an item of a partial list that was left out */
            status = rg__report(context, RG_ERROR_RULE, "the match has nothing for '%s'", entry->inputs[i].data);
        }
    }
    if (status == RG_OK) {
        status = rg_expression_match_replace(match, entry->given.replacement, values, entry->input_count);
    }
    rg__free(&context->allocator, values, (entry->input_count + 1) * sizeof *values);
    return status;
}

static rg_status apply_entry(rg_pass_run *run, const rg_pass_entry *entry, rg_node root, rg_expression_match *match)
{
    switch (entry->given.kind) {
    case RG_EXPRESSION_ENTRY_GRAPH:
        return entry->given.handler(run->graph, root, match, entry->given.user);
    case RG_EXPRESSION_ENTRY_LOWERING:
        return apply_lowering(run, entry, root, match);
    case RG_EXPRESSION_ENTRY_REPLACEMENT:
        break;
    }
    return apply_replacement(run, entry, match);
}

/* May the run go on after an entry that could not be applied? */
static bool can_go_on(const rg_pass_entry *entry, rg_status status)
{
    return status != RG_ERROR_MEMORY && entry->given.kind != RG_EXPRESSION_ENTRY_GRAPH;
}

/* D6 */
static rg_status apply_match(rg_pass_run *run, rg_pass_entry *entry, rg_node root, rg_expression_match *match)
{
    uint32_t last_id = run->graph->id_count;
    bool accepted = true;
    rg_status status = RG_OK;
    if (entry->given.check != NULL) {
        accepted = false;
        status = entry->given.check(&accepted, match, entry->given.user);
    }
    if (status != RG_OK || !accepted) {
        return status;
    }
    status = apply_entry(run, entry, root, match);
    if (status != RG_OK) {
        run->report.failed += can_go_on(entry, status) ? 1 : 0;
        return can_go_on(entry, status) ? RG_OK : status;
    }
    entry->matched++;
    run->report.matched++;
    run->report.nodes += match->nodes.count;
    return rg__mutation_regions_refresh(&run->regions, run->graph, last_id);
}

static rg_status try_entry(rg_pass_run *run, rg_pass_entry *entry, rg_node node)
{
    bool matched = false;
    bool fits = false;
    rg_status status = rg_expression_matcher_try(&matched, entry->matcher, run->graph, node);
    run->report.gave_up += entry->matcher->failure.reason == RG_EXPRESSION_REASON_GAVE_UP ? 1 : 0;
    if (status == RG_OK && matched) {
        status = is_in_one_region(&fits, run, &entry->matcher->match);
    }
    return status == RG_OK && fits ? apply_match(run, entry, node, &entry->matcher->match) : status;
}

/* ---- the whole graph ---- */

/* D3. A match does not keep later entries from being tried, unless it takes the node away. */
static rg_status visit_node(rg_pass_run *run, rg_expression_pass *pass, rg_node node)
{
    const rg_expression_pass_options *options = &pass->options;
    if (!rg__graph_alive(run->graph, node.id) ||
        (options->skip != NULL && options->skip(options->user, run->graph, node))) {
        return RG_OK;
    }
    if (!list_entries(&run->tried, pass, run->graph, node)) {
        return rg__report_memory(run->context);
    }
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < run->tried.count && status == RG_OK && rg__graph_alive(run->graph, node.id); i++) {
        status = try_entry(run, pass->entries.items[run->tried.items[i]], node);
    }
    return status;
}

/* D2, D12: every node there is now, the last first; at each the passes in their order. */
static rg_status visit_all(rg_pass_run *run)
{
    const rg_allocator *allocator = &run->context->allocator;
    RG_VECTOR(rg_node) nodes = {0};
    bool kept = true;
    for (rg_node node = rg_graph_last(run->graph); kept && !rg_node_is_null(node);
         node = rg_graph_previous(run->graph, node)) {
        kept = rg__vector_push(allocator, &nodes, node);
    }
    rg_status status = kept ? RG_OK : rg__report_memory(run->context);
    for (uint32_t i = 0; i < nodes.count && status == RG_OK; i++) {
        for (size_t j = 0; j < run->member_count && status == RG_OK; j++) {
            status = visit_node(run, run->members[j], nodes.items[i]);
        }
    }
    rg__vector_free(allocator, &nodes);
    return status;
}

rg_status rg_expression_pass_apply_batch(rg_expression_pass_report *out, rg_expression_pass *const *passes,
                                         size_t count, rg_graph *graph)
{
    rg_context *context = graph->context;
    const rg_allocator *allocator = &context->allocator;
    rg_pass_run run = {.context = context, .graph = graph};
    *out = (rg_expression_pass_report){0};
    run.members = rg__allocate(allocator, (count + 1) * sizeof *run.members);
    if (run.members == NULL) {
        return rg__report_memory(context);
    }
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        if (passes[i]->context != context) {
            status = rg__report(context, RG_ERROR_ARGUMENT, "the graph belongs to another context than the pass");
        } else if (passes[i]->entries.count != 0) {
            run.members[run.member_count++] = passes[i];
        }
    }
    if (status == RG_OK && run.member_count > 0) {
        status = rg__mutation_regions_compute(&run.regions, graph);
        status = status == RG_OK ? visit_all(&run) : status;
    }
    *out = run.report;
    rg__mutation_regions_free(&run.regions, allocator);
    rg__vector_free(allocator, &run.tried);
    rg__free(allocator, run.members, (count + 1) * sizeof *run.members);
    return status;
}

rg_status rg_expression_pass_apply(rg_expression_pass_report *out, rg_expression_pass *pass, rg_graph *graph)
{
    return rg_expression_pass_apply_batch(out, &pass, 1, graph);
}

rg_status rg_expression_pass_lower(rg_expression_pass *pass, rg_graph *graph, rg_node node)
{
    rg_op op = rg_node_op(graph, node);
    for (uint32_t i = 0; i < pass->entries.count; i++) {
        const rg_pass_entry *entry = pass->entries.items[i];
        if (entry->given.kind == RG_EXPRESSION_ENTRY_LOWERING && rg_op_same(entry->target, op) &&
            entry->given.lowering != NULL) {
            return entry->given.lowering(graph, node, entry->given.user);
        }
    }
    return rg__report(pass->context, RG_ERROR_NAME, "no entry of the pass lowers '%s'", rg_node_name(graph, node).data);
}

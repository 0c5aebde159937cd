/*
 * expression_result.c: attempts from outside: making a matcher, trying, and what an attempt came to.
 */
#include "match/expression_impl.h"

#include <regraft/document.h>

#include "ir/context_impl.h"
#include "ir/graph_impl.h"

/* ---- matchers ---- */

static void mark_outputs(bool *outputs, const rg_expression *expression)
{
    const rg_expression_node *root = &expression->nodes[expression->root];
    outputs[expression->root] = root->kind != RG_EXPRESSION_MULTI_OUTPUT;
    for (uint32_t i = 0; root->kind == RG_EXPRESSION_MULTI_OUTPUT && i < root->child_count; i++) {
        outputs[root->children[i]] = root->children[i] != 0;
    }
}

/* Does everything of `ancestor` hold in `context`? */
static bool descends_from(const rg_context *context, const rg_context *ancestor)
{
    while (context != NULL && context != ancestor) {
        context = context->parent;
    }
    return context != NULL;
}

rg_status rg_expression_matcher_create(rg_expression_matcher **out, rg_context *context,
                                       const rg_expression *expression, const rg_expression_matcher_options *options)
{
    const rg_allocator *allocator = &context->allocator;
    size_t count = (size_t)expression->node_count + 1;
    *out = NULL;
    if (!descends_from(context, expression->context)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "the expression belongs to another context");
    }
    rg_expression_matcher *matcher = rg__allocate(allocator, sizeof *matcher);
    bool *outputs = rg__allocate(allocator, 2 * count * sizeof *outputs);
    if (matcher == NULL || outputs == NULL) {
        rg__free(allocator, matcher, sizeof *matcher);
        rg__free(allocator, outputs, 2 * count * sizeof *outputs);
        return rg__report_memory(context);
    }
    *matcher = (rg_expression_matcher){.context = context, .expression = expression, .outputs = outputs};
    memset(outputs, 0, 2 * count * sizeof *outputs);
    matcher->no_outputs = outputs + count;
    matcher->match.expression = expression;
    if (options != NULL) {
        matcher->options = *options;
    }
    rg__arena_init(&matcher->arena, allocator);
    mark_outputs(outputs, expression);
    *out = matcher;
    return RG_OK;
}

void rg_expression_matcher_destroy(rg_expression_matcher *matcher)
{
    if (matcher == NULL) {
        return;
    }
    const rg_allocator *allocator = &matcher->context->allocator;
    rg__vector_free(allocator, &matcher->match.nodes);
    rg__vector_free(allocator, &matcher->match.args);
    rg__vector_free(allocator, &matcher->match.keywords);
    rg__vector_free(allocator, &matcher->match.outputs);
    rg__vector_free(allocator, &matcher->list_items);
    rg__arena_free(&matcher->arena);
    rg__free(allocator, matcher->outputs, 2 * ((size_t)matcher->expression->node_count + 1) * sizeof(bool));
    rg__free(allocator, matcher, sizeof *matcher);
}

/* ---- what was gathered becomes the match ---- */

/* A capture as a value; the tuples of lists are made in the graph. */
static rg_status capture_value(rg_value *out, rg_expression_matcher *matcher, const rg_capture *capture)
{
    size_t count = 0;
    if (!capture->is_tuple) {
        *out = capture->value;
        return RG_OK;
    }
    for (const rg_capture *item = capture->first; item != NULL; item = item->next) {
        count++;
    }
    rg_value *items = rg__arena_allocate(&matcher->arena, count * sizeof *items);
    if (items == NULL) {
        return rg__report_memory(matcher->context);
    }
    count = 0;
    for (const rg_capture *item = capture->first; item != NULL; item = item->next) {
        rg_status status = capture_value(&items[count++], matcher, item);
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_value_items(out, matcher->context, matcher->graph, RG_VALUE_TUPLE, items, count);
}

static rg_value output_value(const rg_expression_match *match, uint32_t part)
{
    return part != 0 && match->bound[part].state == RG_BOUND_TO_VALUE ? match->bound[part].value : rg_value_missing();
}

/* M7 */
static bool add_outputs(rg_expression_match *match, const rg_allocator *allocator)
{
    const rg_expression *expression = match->expression;
    const rg_expression_node *root = &expression->nodes[expression->root];
    if (root->kind != RG_EXPRESSION_MULTI_OUTPUT) {
        return rg__vector_push(allocator, &match->outputs, output_value(match, expression->root));
    }
    for (uint32_t i = 0; i < root->child_count; i++) {
        if (!rg__vector_push(allocator, &match->outputs, output_value(match, root->children[i]))) {
            return false;
        }
    }
    return true;
}

static rg_status keep(rg_expression_matcher *matcher, const rg_gathered *gathered)
{
    const rg_allocator *allocator = &matcher->context->allocator;
    rg_expression_match *match = &matcher->match;
    bool kept = true;
    for (const rg_captured_node *node = gathered->nodes; kept && node != NULL; node = node->next) {
        kept = rg__vector_push(allocator, &match->nodes, node->node);
    }
    for (const rg_named_capture *capture = gathered->keywords; kept && capture != NULL; capture = capture->next) {
        rg_argument argument = {capture->name, capture->value};
        kept = rg__vector_push(allocator, &match->keywords, argument);
    }
    for (const rg_capture *capture = gathered->args; kept && capture != NULL; capture = capture->next) {
        rg_value value;
        rg_status status = capture_value(&value, matcher, capture);
        if (status != RG_OK) {
            return status;
        }
        kept = rg__vector_push(allocator, &match->args, value);
    }
    return kept && add_outputs(match, allocator) ? RG_OK : rg__report_memory(matcher->context);
}

static void reset(rg_expression_matcher *matcher, rg_graph *graph)
{
    rg__arena_reset(&matcher->arena);
    matcher->graph = matcher->match.graph = graph;
    matcher->matched = false;
    matcher->status = RG_OK;
    matcher->steps_left = matcher->context->limits.max_search_steps;
    matcher->failure = (rg_expression_failure){.value = rg_value_missing(), .found = rg_value_missing()};
    matcher->list_items.count = 0;
    matcher->match.bound = NULL;
    matcher->match.nodes.count = matcher->match.args.count = 0;
    matcher->match.keywords.count = matcher->match.outputs.count = 0;
}

/* Items were noted from the inside out. */
static void turn_list_items(rg_expression_matcher *matcher)
{
    uint32_t count = matcher->list_items.count;
    for (uint32_t i = 0; i < count / 2; i++) {
        uint32_t item = matcher->list_items.items[i];
        matcher->list_items.items[i] = matcher->list_items.items[count - 1 - i];
        matcher->list_items.items[count - 1 - i] = item;
    }
    matcher->failure.list_items = matcher->list_items.items;
    matcher->failure.list_item_count = count;
}

rg_status rg__expression_attempt(rg_outcome *out, rg_gathered *gathered, rg_bound_part **bound,
                                 rg_expression_matcher *matcher, rg_graph *graph, uint32_t part, rg_node node)
{
    *out = RG_OUTCOME_FAIL;
    *gathered = (rg_gathered){0};
    reset(matcher, graph);
    rg_expression_scope scope = {rg__expression_new_bounds(matcher), matcher->outputs, NULL};
    *bound = scope.bound;
    if (scope.bound == NULL) {
        return rg__report_memory(matcher->context);
    }
    *out = rg__expression_match(gathered, matcher, &scope, part, rg_value_node(node));
    return matcher->status == RG_OK ? RG_OK : rg__report_memory(matcher->context);
}

rg_status rg_expression_matcher_try(bool *matched, rg_expression_matcher *matcher, rg_graph *graph, rg_node node)
{
    rg_outcome outcome;
    rg_gathered gathered;
    rg_bound_part *bound;
    *matched = false;
    if (!rg__graph_alive(graph, node.id) || !descends_from(graph->context, matcher->context)) {
        return rg__report(matcher->context, RG_ERROR_ARGUMENT, "a matcher needs a node of a graph of its context");
    }
    uint32_t root = matcher->expression->root;
    rg_status status = rg__expression_attempt(&outcome, &gathered, &bound, matcher, graph, root, node);
    if (status != RG_OK) {
        return status;
    }
    if (outcome != RG_OUTCOME_MATCH) {
        turn_list_items(matcher);
        return RG_OK;
    }
    matcher->match.bound = bound;
    matcher->failure.reason = RG_EXPRESSION_REASON_NONE;
    status = keep(matcher, &gathered);
    matcher->matched = *matched = status == RG_OK;
    return status;
}

const rg_expression_match *rg_expression_matcher_match(const rg_expression_matcher *matcher)
{
    return matcher->matched ? &matcher->match : NULL;
}

rg_expression_failure rg_expression_matcher_failure(const rg_expression_matcher *matcher)
{
    return matcher->failure;
}

const char *rg_expression_reason_text(rg_expression_reason reason)
{
    static const char *const texts[RG_EXPRESSION_REASON_COUNT] = {
#define RG_EXPRESSION_REASON_TEXT(name, text) text,
        RG_EXPRESSION_REASON_LIST(RG_EXPRESSION_REASON_TEXT)
#undef RG_EXPRESSION_REASON_TEXT
    };
    return (unsigned)reason < RG_EXPRESSION_REASON_COUNT ? texts[reason] : "";
}

/* ---- what it has ---- */

rg_graph *rg_expression_match_graph(const rg_expression_match *match)
{
    return match->graph;
}

const rg_expression *rg_expression_match_expression(const rg_expression_match *match)
{
    return match->expression;
}

size_t rg_expression_match_node_count(const rg_expression_match *match)
{
    return match->nodes.count;
}

rg_node rg_expression_match_node(const rg_expression_match *match, size_t index)
{
    return index < match->nodes.count ? match->nodes.items[index] : (rg_node){0};
}

size_t rg_expression_match_output_count(const rg_expression_match *match)
{
    return match->outputs.count;
}

rg_value rg_expression_match_output(const rg_expression_match *match, size_t index)
{
    return index < match->outputs.count ? match->outputs.items[index] : rg_value_missing();
}

size_t rg_expression_match_arg_count(const rg_expression_match *match)
{
    return match->args.count;
}

rg_value rg_expression_match_arg(const rg_expression_match *match, size_t index)
{
    return index < match->args.count ? match->args.items[index] : rg_value_missing();
}

size_t rg_expression_match_keyword_count(const rg_expression_match *match)
{
    return match->keywords.count;
}

rg_string rg_expression_match_keyword_name(const rg_expression_match *match, size_t index)
{
    return index < match->keywords.count ? match->keywords.items[index].name : (rg_string){"", 0};
}

rg_value rg_expression_match_keyword(const rg_expression_match *match, rg_string name)
{
    for (uint32_t i = 0; i < match->keywords.count; i++) {
        if (rg_string_equal(match->keywords.items[i].name, name)) {
            return match->keywords.items[i].value;
        }
    }
    return rg_value_missing();
}

rg_value rg_expression_match_part(const rg_expression_match *match, rg_expression_part part)
{
    return part.id <= match->expression->node_count ? output_value(match, part.id) : rg_value_missing();
}

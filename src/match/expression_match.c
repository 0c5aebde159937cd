/*
 * expression_match.c: one attempt: parts of every kind, the search for further outputs, merging.
 *
 * Every function that matches fills a zeroed `out`. FAIL leaves the reason in the matcher; what was bound on the way
 * stays bound (M3): whoever survives a failure restores it. ABORT is passed up to the top by everyone.
 */
#include "match/expression_impl.h"

#include "ir/context_impl.h"

/* ---- outcomes ---- */

/* The failure is noted. What comes of it? */
static inline rg_outcome refused(rg_expression_matcher *matcher, rg_expression_reason reason)
{
    matcher->list_items.count = 0;
    if (matcher->observer != NULL) {
        return rg__expression_observe_refusal(matcher);
    }
    return reason == RG_EXPRESSION_REASON_KEYWORD || reason == RG_EXPRESSION_REASON_GAVE_UP ? RG_OUTCOME_ABORT
                                                                                            : RG_OUTCOME_FAIL;
}

rg_outcome rg__expression_refuse(rg_expression_matcher *matcher, const rg_expression_failure *failure)
{
    matcher->failure = *failure;
    return refused(matcher, failure->reason);
}

rg_outcome rg__expression_fail(rg_expression_matcher *matcher, rg_expression_reason reason, uint32_t part,
                               rg_value value)
{
    rg_value none = rg_value_missing();
    matcher->failure = (rg_expression_failure){.reason = reason, .part = {part}, .value = value, .found = none};
    return refused(matcher, reason);
}

rg_outcome rg__expression_out_of_memory(rg_expression_matcher *matcher)
{
    matcher->status = RG_ERROR_MEMORY;
    return RG_OUTCOME_ABORT;
}

/* One more step; false when there are no more. */
static bool step(rg_expression_matcher *matcher, uint32_t part, rg_value value)
{
    if (matcher->steps_left == 0) {
        (void)rg__expression_fail(matcher, RG_EXPRESSION_REASON_GAVE_UP, part, value);
        return false;
    }
    matcher->steps_left--;
    return true;
}

static bool are_equal(const rg_expression_matcher *matcher, rg_value a, rg_value b)
{
    return rg_value_python_equal(matcher->context, matcher->graph, a, b);
}

/* ---- gathering ---- */

static void append_arg(rg_gathered *out, rg_capture *capture)
{
    *(out->args == NULL ? &out->args : &out->last_arg->next) = capture;
    out->last_arg = capture;
}

bool rg__expression_add_arg(rg_gathered *out, rg_expression_matcher *matcher, rg_value value)
{
    rg_capture *capture = rg__arena_allocate_zero(&matcher->arena, sizeof *capture);
    if (capture == NULL) {
        return false;
    }
    capture->value = value;
    append_arg(out, capture);
    return true;
}

/* The positional captures become one tuple, if there are any. */
static bool bundle(rg_gathered *out, rg_expression_matcher *matcher)
{
    if (out->args == NULL) {
        return true;
    }
    rg_capture *tuple = rg__arena_allocate_zero(&matcher->arena, sizeof *tuple);
    if (tuple == NULL) {
        return false;
    }
    tuple->is_tuple = true;
    tuple->first = out->args;
    out->args = out->last_arg = tuple;
    return true;
}

static rg_named_capture *find_keyword(const rg_gathered *gathered, rg_string name)
{
    rg_named_capture *capture = gathered->keywords;
    while (capture != NULL && !rg_string_equal(capture->name, name)) {
        capture = capture->next;
    }
    return capture;
}

bool rg__expression_add_keyword(rg_gathered *out, rg_expression_matcher *matcher, rg_string name, rg_value value)
{
    rg_named_capture *capture = rg__arena_allocate_zero(&matcher->arena, sizeof *capture);
    if (capture == NULL) {
        return false;
    }
    *capture = (rg_named_capture){NULL, name, value};
    *(out->keywords == NULL ? &out->keywords : &out->last_keyword->next) = capture;
    out->last_keyword = capture;
    return true;
}

bool rg__expression_add_node(rg_gathered *out, rg_expression_matcher *matcher, rg_node node)
{
    rg_captured_node *captured = rg__arena_allocate_zero(&matcher->arena, sizeof *captured);
    if (captured == NULL) {
        return false;
    }
    captured->node = node;
    *(out->nodes == NULL ? &out->nodes : &out->last_node->next) = captured;
    out->last_node = captured;
    return true;
}

/* Names that both have must agree. The value of `from` is kept: it may be 1.0 where the other is 1. */
static rg_outcome merge_keywords(rg_gathered *into, rg_expression_matcher *matcher, const rg_gathered *from)
{
    for (const rg_named_capture *old = into->keywords; old != NULL; old = old->next) {
        const rg_named_capture *capture = find_keyword(from, old->name);
        if (capture != NULL && !are_equal(matcher, old->value, capture->value)) {
            rg_expression_failure failure = {.reason = RG_EXPRESSION_REASON_KEYWORD,
                                             .value = capture->value,
                                             .found = old->value,
                                             .name = old->name};
            return rg__expression_refuse(matcher, &failure);
        }
    }
    for (const rg_named_capture *capture = from->keywords; capture != NULL; capture = capture->next) {
        rg_named_capture *old = find_keyword(into, capture->name);
        if (old != NULL) {
            old->value = capture->value;
        } else if (!rg__expression_add_keyword(into, matcher, capture->name, capture->value)) {
            return rg__expression_out_of_memory(matcher);
        }
    }
    return RG_OUTCOME_MATCH;
}

rg_outcome rg__expression_merge(rg_gathered *into, rg_expression_matcher *matcher, const rg_gathered *from)
{
    rg_outcome outcome = from->keywords == NULL ? RG_OUTCOME_MATCH : merge_keywords(into, matcher, from);
    if (outcome != RG_OUTCOME_MATCH) {
        return outcome;
    }
    if (from->args != NULL) {
        *(into->args == NULL ? &into->args : &into->last_arg->next) = from->args;
        into->last_arg = from->last_arg;
    }
    if (from->nodes != NULL) {
        *(into->nodes == NULL ? &into->nodes : &into->last_node->next) = from->nodes;
        into->last_node = from->last_node;
    }
    return RG_OUTCOME_MATCH;
}

/* ---- scopes ---- */

rg_bound_part *rg__expression_new_bounds(rg_expression_matcher *matcher)
{
    size_t count = (size_t)matcher->expression->node_count + 1;
    return rg__arena_allocate_zero(&matcher->arena, count * sizeof(rg_bound_part));
}

static void copy_bounds(rg_bound_part *to, const rg_expression_matcher *matcher, const rg_bound_part *from)
{
    memcpy(to, from, ((size_t)matcher->expression->node_count + 1) * sizeof *to);
}

/* L2: what one item of a list hands to the next. */
static void keep_shared(rg_bound_part *to, const rg_expression_matcher *matcher, const rg_bound_part *from)
{
    const rg_expression *expression = matcher->expression;
    for (uint32_t i = 1; i <= expression->node_count; i++) {
        bool kept = from[i].state == RG_BOUND_TO_VALUE && rg__expression_is_shared(&expression->nodes[i]);
        to[i] = kept ? from[i] : (rg_bound_part){.state = RG_BOUND_NOT};
    }
}

/* ---- anchors: where another output may be (O3) ---- */

/* Takes anchors one by one; true: no more are wanted. */
typedef struct rg_anchor_taker rg_anchor_taker;
struct rg_anchor_taker {
    bool (*take)(rg_anchor_taker *taker, rg_value anchor);
};

typedef struct rg_anchor_search {
    rg_expression_matcher *matcher;
    const rg_expression_scope *scope;
    rg_map seen;
} rg_anchor_search;

/* Hands the users of its anchors on that may be the call. */
typedef struct rg_user_taker {
    rg_anchor_taker base;
    rg_anchor_search *search;
    uint32_t part;
    rg_anchor_taker *next;
} rg_user_taker;

static bool take_users(rg_anchor_taker *base, rg_value anchor)
{
    rg_user_taker *taker = (rg_user_taker *)base;
    rg_expression_matcher *matcher = taker->search->matcher;
    rg_map *seen = &taker->search->seen;
    rg_node node = rg_value_as_node(anchor);
    uint32_t ignored;
    for (size_t i = 0; i < rg_node_use_count(matcher->graph, node); i++) {
        rg_node user = rg_node_use(matcher->graph, node, i).user;
        rg_value value = rg_value_node(user);
        if (!step(matcher, taker->part, value)) {
            return true;
        }
        if (rg__map_find(seen, user.id, &ignored) ||
            !rg__expression_fits_target(matcher, &matcher->expression->nodes[taker->part], value)) {
            continue;
        }
        if (taker->next->take(taker->next, value)) {
            return true;
        }
        if (!rg__map_set(&matcher->context->allocator, seen, user.id, 1)) {
            (void)rg__expression_out_of_memory(matcher);
            return true;
        }
    }
    return false;
}

/* Hand the anchors of a part to the taker. True when it, or the search, ended before the last. Inductor has no anchors
 * for an unbound var-args call either: it raises an error. */
static bool find_anchors(rg_anchor_search *search, uint32_t part, rg_anchor_taker *taker)
{
    const rg_expression *expression = search->matcher->expression;
    const rg_expression_node *node = &expression->nodes[part];
    const rg_bound_part *bound = &search->scope->bound[part];
    if (!step(search->matcher, part, bound->value)) {
        return true;
    }
    if (bound->state != RG_BOUND_NOT) {
        return taker->take(taker, bound->state == RG_BOUND_FAILED ? rg_value_none() : bound->value);
    }
    if (!rg__expression_is_call(node)) {
        return false;
    }
    rg_user_taker users = {{take_users}, search, part, taker};
    for (uint32_t i = 0; i < node->leaf_count; i++) {
        if (rg__expression_is_pattern(&expression->nodes[node->leaves[i]]) &&
            find_anchors(search, node->leaves[i], &users.base)) {
            return true;
        }
    }
    return false;
}

/* ---- further outputs (O2, O4, O5) ---- */

typedef struct rg_output_taker {
    rg_anchor_taker base;
    rg_expression_matcher *matcher;
    rg_expression_scope *scope;
    uint32_t part;
    const rg_bound_part *prior;
    rg_gathered *out;
    rg_outcome outcome;
    bool tried;
    rg_expression_candidates candidates; /* of an attempt with an observer */
} rg_output_taker;

static bool take_output(rg_anchor_taker *base, rg_value anchor)
{
    rg_output_taker *taker = (rg_output_taker *)base;
    *taker->out = (rg_gathered){0};
    taker->tried = true;
    taker->outcome = rg__expression_match(taker->out, taker->matcher, taker->scope, taker->part, anchor);
    if (taker->outcome == RG_OUTCOME_FAIL) {
        copy_bounds(taker->scope->bound, taker->matcher, taker->prior); /* but not what is exclusive */
        return taker->matcher->observer != NULL &&
               !rg__expression_observe_candidate(&taker->candidates, taker->matcher);
    }
    return true;
}

/* After a search that ended early for its own reasons. */
static bool was_cut_short(const rg_expression_matcher *matcher)
{
    return matcher->status != RG_OK || matcher->failure.reason == RG_EXPRESSION_REASON_GAVE_UP;
}

static rg_outcome match_output(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                               uint32_t part)
{
    rg_bound_part *prior = rg__expression_new_bounds(matcher);
    if (prior == NULL) {
        return rg__expression_out_of_memory(matcher);
    }
    copy_bounds(prior, matcher, scope->bound);
    rg_anchor_search search = {.matcher = matcher, .scope = scope};
    rg_output_taker taker = {{take_output}, matcher, scope, part, prior, out, RG_OUTCOME_FAIL, false, {NULL, NULL, 0}};
    if (matcher->observer != NULL && !rg__expression_observe_candidates(&taker.candidates, matcher)) {
        return RG_OUTCOME_ABORT;
    }
    (void)find_anchors(&search, part, &taker.base);
    rg__map_free(&matcher->context->allocator, &search.seen);
    if (was_cut_short(matcher)) {
        return RG_OUTCOME_ABORT;
    }
    if (!taker.tried) {
        return rg__expression_fail(matcher, RG_EXPRESSION_REASON_NO_ANCHOR, part, rg_value_missing());
    }
    if (taker.outcome == RG_OUTCOME_FAIL && matcher->observer != NULL) {
        rg__expression_observe_nearest(&taker.candidates, matcher);
    }
    return taker.outcome;
}

static rg_outcome match_outputs(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                uint32_t part, rg_value value)
{
    const rg_expression_node *node = &matcher->expression->nodes[part];
    rg_outcome outcome = rg__expression_match(out, matcher, scope, node->children[0], value);
    for (uint32_t i = 1; i < node->child_count && rg__expression_goes_on(matcher, outcome); i++) {
        rg_gathered gathered = {0};
        if (node->children[i] == 0) {
            continue;
        }
        rg_outcome next = match_output(&gathered, matcher, scope, node->children[i]);
        if (next == RG_OUTCOME_MATCH) {
            next = rg__expression_merge(out, matcher, &gathered);
        }
        outcome = rg__expression_worse(outcome, next);
    }
    return outcome;
}

/* ---- RP1 ---- */

typedef struct rg_sibling_taker {
    rg_anchor_taker base;
    rg_expression_matcher *matcher;
    uint32_t part;
    rg_gathered *out;
    rg_outcome outcome;
} rg_sibling_taker;

static bool take_sibling(rg_anchor_taker *base, rg_value anchor)
{
    rg_sibling_taker *taker = (rg_sibling_taker *)base;
    rg_expression_matcher *matcher = taker->matcher;
    rg_expression_scope scope = {rg__expression_new_bounds(matcher), matcher->no_outputs, NULL};
    rg_gathered gathered = {0};
    taker->outcome = scope.bound == NULL ? rg__expression_out_of_memory(matcher)
                                         : rg__expression_match(&gathered, matcher, &scope, taker->part, anchor);
    if (taker->outcome == RG_OUTCOME_MATCH) {
        taker->outcome = rg__expression_merge(taker->out, matcher, &gathered);
    }
    return taker->outcome != RG_OUTCOME_MATCH;
}

static rg_outcome match_repeated(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                 uint32_t part, rg_value value)
{
    uint32_t inner = matcher->expression->nodes[part].children[0];
    rg_outcome outcome = rg__expression_match(out, matcher, scope, inner, value);
    if (outcome != RG_OUTCOME_MATCH) {
        return outcome;
    }
    scope->bound[inner].state = RG_BOUND_NOT;
    rg_anchor_search search = {.matcher = matcher, .scope = scope};
    rg_sibling_taker taker = {{take_sibling}, matcher, inner, out, RG_OUTCOME_MATCH};
    if (!rg__map_set(&matcher->context->allocator, &search.seen, rg_value_as_node(value).id, 1)) {
        return rg__expression_out_of_memory(matcher);
    }
    (void)find_anchors(&search, inner, &taker.base);
    rg__map_free(&matcher->context->allocator, &search.seen);
    return was_cut_short(matcher) ? RG_OUTCOME_ABORT : taker.outcome;
}

/* ---- L1 to L6 ---- */

static rg_outcome match_item(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                             uint32_t part, rg_value item)
{
    if (rg_value_get_kind(item) != RG_VALUE_NODE) {
        return rg__expression_fail(matcher, RG_EXPRESSION_REASON_NOT_A_NODE, part, item);
    }
    rg_gathered gathered = {0};
    rg_outcome outcome = rg__expression_match(&gathered, matcher, scope, part, item);
    if (outcome != RG_OUTCOME_MATCH) {
        return outcome;
    }
    return bundle(&gathered, matcher) ? rg__expression_merge(out, matcher, &gathered)
                                      : rg__expression_out_of_memory(matcher);
}

/* The values of a list; of a named tuple those behind its name. */
static size_t first_item(rg_value_kind kind)
{
    return kind == RG_VALUE_RECORD ? 1 : 0;
}

static rg_outcome match_list(rg_gathered *out, rg_expression_matcher *matcher, const rg_expression_scope *scope,
                             uint32_t part, rg_value value)
{
    const rg_expression_node *node = &matcher->expression->nodes[part];
    rg_value_kind kind = rg_value_get_kind(value);
    bool is_list = kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE || kind == RG_VALUE_RECORD;
    size_t count = is_list ? rg_value_count(matcher->context, matcher->graph, value) : 0;
    size_t first = first_item(kind);
    rg_outcome all = RG_OUTCOME_MATCH;
    bool matched = false;
    if (count <= first) {
        return rg__expression_fail(matcher, RG_EXPRESSION_REASON_NOT_A_LIST, part, value);
    }
    rg_expression_scope inner = {rg__expression_new_bounds(matcher), scope->outputs, NULL};
    if (inner.bound == NULL) {
        return rg__expression_out_of_memory(matcher);
    }
    copy_bounds(inner.bound, matcher, scope->bound);
    for (size_t i = first; i < count; i++) {
        rg_value item = rg_value_item(matcher->context, matcher->graph, value, i);
        const rg_expression_observer *before = NULL;
        keep_shared(inner.bound, matcher, inner.bound);
        inner.exclusive = NULL;
        if (matcher->observer != NULL && node->partial && (before = rg__expression_observer_copy(matcher)) == NULL) {
            return RG_OUTCOME_ABORT;
        }
        rg_outcome outcome = match_item(out, matcher, &inner, node->children[0], item);
        if (outcome == RG_OUTCOME_FAIL && !node->partial &&
            !rg__vector_push(&matcher->context->allocator, &matcher->list_items, (uint32_t)(i - first))) {
            return rg__expression_out_of_memory(matcher);
        }
        if (outcome == RG_OUTCOME_FAIL && before != NULL) {
            rg__expression_observer_restore(matcher, before);
        }
        if (outcome == RG_OUTCOME_ABORT || (!rg__expression_goes_on(matcher, outcome) && !node->partial)) {
            return outcome;
        }
        all = rg__expression_worse(all, node->partial ? RG_OUTCOME_MATCH : outcome);
        matched = matched || outcome == RG_OUTCOME_MATCH;
    }
    if (!matched && all == RG_OUTCOME_MATCH) {
        return rg__expression_fail(matcher, RG_EXPRESSION_REASON_LIST_NO_MATCH, part, value);
    }
    return bundle(out, matcher) ? all : rg__expression_out_of_memory(matcher);
}

/* ---- everything ---- */

/* P4. Failed trials leave their captures in the list (O4). */
static rg_outcome match_exclusive(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                  uint32_t part, rg_value value)
{
    for (const rg_capture *taken = scope->exclusive; taken != NULL; taken = taken->next) {
        if (are_equal(matcher, taken->value, value)) {
            return rg__expression_fail(matcher, RG_EXPRESSION_REASON_EXCLUSIVE, part, value);
        }
    }
    rg_capture *capture = rg__arena_allocate_zero(&matcher->arena, sizeof *capture);
    if (capture == NULL || !rg__expression_add_keyword(out, matcher, matcher->expression->nodes[part].name, value)) {
        return rg__expression_out_of_memory(matcher);
    }
    *capture = (rg_capture){.next = scope->exclusive, .value = value};
    scope->exclusive = capture;
    return RG_OUTCOME_MATCH;
}

static rg_outcome match_kind(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                             uint32_t part, rg_value value)
{
    const rg_expression_node *node = &matcher->expression->nodes[part];
    bool added = true;
    switch ((rg_expression_kind)node->kind) {
    case RG_EXPRESSION_ARG:
        added = rg__expression_add_arg(out, matcher, value);
        break;
    case RG_EXPRESSION_KEYWORD:
        added = rg__expression_add_keyword(out, matcher, node->name, value);
        break;
    case RG_EXPRESSION_EXCLUSIVE:
        return match_exclusive(out, matcher, scope, part, value);
    case RG_EXPRESSION_CALL_FUNCTION:
    case RG_EXPRESSION_CALL_METHOD:
    case RG_EXPRESSION_CALL_MODULE:
        return rg__expression_match_call(out, matcher, scope, part, value);
    case RG_EXPRESSION_LIST_OF:
        return match_list(out, matcher, scope, part, value);
    case RG_EXPRESSION_MULTI_OUTPUT:
        return match_outputs(out, matcher, scope, part, value);
    case RG_EXPRESSION_REPEATED:
        return match_repeated(out, matcher, scope, part, value);
    case RG_EXPRESSION_IGNORED:
    case RG_EXPRESSION_CONSTANT: /* these are no patterns: expression_call.c compares them */
    case RG_EXPRESSION_ITEMS:
    case RG_EXPRESSION_NONE:
        break;
    }
    return added ? RG_OUTCOME_MATCH : rg__expression_out_of_memory(matcher);
}

rg_outcome rg__expression_match(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                uint32_t part, rg_value value)
{
    rg_bound_part *bound = &scope->bound[part];
    if (!step(matcher, part, value)) {
        return RG_OUTCOME_ABORT;
    }
    if (bound->state == RG_BOUND_FAILED && matcher->observer != NULL) {
        return RG_OUTCOME_FAIL; /* noted when it failed */
    }
    if (bound->state != RG_BOUND_NOT) {
        /* M3: a part that has failed is taken for None. */
        rg_value known = bound->state == RG_BOUND_FAILED ? rg_value_none() : bound->value;
        if (are_equal(matcher, known, value)) {
            return RG_OUTCOME_MATCH;
        }
        rg_expression_failure failure = {
            .reason = RG_EXPRESSION_REASON_REPEATED, .part = {part}, .value = value, .found = known};
        return rg__expression_refuse(matcher, &failure);
    }
    rg_outcome outcome = match_kind(out, matcher, scope, part, value);
    if (outcome != RG_OUTCOME_ABORT) {
        scope->bound[part] = (rg_bound_part){value, outcome == RG_OUTCOME_MATCH ? RG_BOUND_TO_VALUE : RG_BOUND_FAILED};
    }
    if (outcome == RG_OUTCOME_FAIL && matcher->observer != NULL) {
        scope->bound[part] = rg__observed_bound(matcher, part, value);
    }
    return outcome;
}

/*
 * matcher.c: which rules to try where: the root index, the ops of the graph, and the public calls. What a match is:
 * reference.c. Which attempts are spared: label.c.
 */
#include "match/automaton.h"
#include "match/screen.h"
#include "match/search.h"

/* ---- creating ---- */

static bool descends_from(const rg_context *context, const rg_context *ancestor)
{
    while (context != NULL && context != ancestor) {
        context = context->parent;
    }
    return context != NULL;
}

/* The op that stands for this one and others of its form. */
static rg_op common_op(const rg_context *context, rg_op op)
{
    return rg__form_op(context, rg__op_form(context, op), op);
}

/* The ops that the rule's root can be; gives how many. */
static uint32_t root_ops(const rg_matcher *matcher, const rg_rule *rule, uint32_t ops[2])
{
    const rg_pattern_node *root = &rule->compiled->nodes[rule->compiled->anchors[0]];
    ops[0] = common_op(matcher->context, root->op).id;
    ops[1] = root->second.id;
    return rg_op_is_null(root->second) ? 1 : 2;
}

static size_t root_room(const rg_matcher *matcher)
{
    return (2 * (size_t)matcher->set->rules.count + 1) * sizeof(*matcher->rules);
}

/* Count the rules of each op, turn counts into starts, then enter the rules in the set's order. */
static rg_status index_roots(rg_matcher *matcher)
{
    const rg_rule_set *set = matcher->set;
    const rg_allocator *allocator = &matcher->context->allocator;
    uint32_t ops[2];
    for (uint32_t i = 0; i < set->rules.count; i++) {
        for (uint32_t j = root_ops(matcher, &set->rules.items[i], ops); j > 0; j--) {
            matcher->op_count = ops[j - 1] >= matcher->op_count ? ops[j - 1] + 1 : matcher->op_count;
        }
    }
    matcher->starts = rg__allocate(allocator, (matcher->op_count + 1) * sizeof(uint32_t));
    matcher->rules = rg__allocate(allocator, root_room(matcher));
    if (matcher->starts == NULL || matcher->rules == NULL) {
        return rg__report_memory(matcher->context);
    }
    memset(matcher->starts, 0, (matcher->op_count + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < set->rules.count; i++) {
        for (uint32_t j = root_ops(matcher, &set->rules.items[i], ops); j > 0; j--) {
            matcher->starts[ops[j - 1] + 1]++;
        }
    }
    for (uint32_t i = 0; i < matcher->op_count; i++) {
        matcher->starts[i + 1] += matcher->starts[i];
    }
    uint32_t total = matcher->starts[matcher->op_count];
    /* Filling from the back moves each start from the end of its range to the beginning. */
    for (uint32_t i = set->rules.count; i > 0; i--) {
        for (uint32_t j = root_ops(matcher, &set->rules.items[i - 1], ops); j > 0; j--) {
            matcher->rules[--matcher->starts[ops[j - 1] + 1]] = i - 1;
        }
    }
    for (uint32_t i = 0; i < matcher->op_count; i++) {
        matcher->starts[i] = matcher->starts[i + 1];
    }
    matcher->starts[matcher->op_count] = total;
    return RG_OK;
}

static rg_status check_set(const rg_context *context, const rg_rule_set *set)
{
    if (!descends_from(context, set->context)) {
        return rg__report((rg_context *)context, RG_ERROR_ARGUMENT,
                          "a matcher's context must be its rule set's, or have it as parent");
    }
    for (uint32_t i = 0; i < set->rules.count; i++) {
        if (set->rules.items[i].compiled == NULL) {
            return rg__report((rg_context *)context, RG_ERROR_RULE, "rule '%.*s' has not been compiled",
                              (int)set->rules.items[i].name.size, set->rules.items[i].name.data);
        }
    }
    return RG_OK;
}

/* Make room for what is known of other results. */
static rg_status prepare_others(rg_matcher *matcher)
{
    const rg_allocator *allocator = &matcher->context->allocator;
    size_t rules = matcher->set->rules.count;
    matcher->seen = rg__allocate(allocator, matcher->automaton->skeleton_count + 1);
    matcher->dead_ends = rg__allocate(allocator, rules * sizeof(*matcher->dead_ends));
    if (matcher->seen == NULL || matcher->dead_ends == NULL) {
        return rg__report_memory(matcher->context);
    }
    memset(matcher->dead_ends, 0, rules * sizeof(*matcher->dead_ends));
    return RG_OK;
}

rg_status rg_matcher_create(rg_matcher **out, rg_context *context, const rg_rule_set *set)
{
    *out = NULL;
    rg_status status = check_set(context, set);
    if (status != RG_OK) {
        return status;
    }
    rg_matcher *matcher = rg__allocate(&context->allocator, sizeof(*matcher));
    if (matcher == NULL) {
        return rg__report_memory(context);
    }
    *matcher = (rg_matcher){.context = context, .set = set};
    rg__arena_init(&matcher->scratch, &context->allocator);
    matcher->reasons = rg__allocate(&context->allocator, set->rules.count + 1);
    if (matcher->reasons != NULL) {
        memset(matcher->reasons, RG_REFUSAL_NONE, set->rules.count + 1);
    }
    status = matcher->reasons == NULL ? rg__report_memory(context) : index_roots(matcher);
    if (status == RG_OK) {
        status = rg__automaton_create(&matcher->automaton, context, set);
    }
    if (status == RG_OK && matcher->automaton->has_others) {
        status = prepare_others(matcher);
    }
    if (status != RG_OK) {
        rg_matcher_destroy(matcher);
        return status;
    }
    *out = matcher;
    return RG_OK;
}

void rg_matcher_destroy(rg_matcher *matcher)
{
    if (matcher != NULL) {
        const rg_allocator *allocator = &matcher->context->allocator;
        rg__free(allocator, matcher->starts, (matcher->op_count + 1) * sizeof(uint32_t));
        rg__free(allocator, matcher->rules, root_room(matcher));
        rg__free(allocator, matcher->present, matcher->op_room * sizeof(*matcher->present));
        rg__free(allocator, matcher->writes, matcher->op_room * sizeof(*matcher->writes));
        rg__free(allocator, matcher->reasons, matcher->set->rules.count + 1);
        if (matcher->automaton != NULL) {
            rg__free(allocator, matcher->seen, matcher->automaton->skeleton_count + 1);
        }
        rg__free(allocator, matcher->dead_ends, matcher->set->rules.count * sizeof(*matcher->dead_ends));
        rg__automaton_destroy(matcher->automaton);
        rg__vector_free(allocator, &matcher->others);
        rg__vector_free(allocator, &matcher->roots);
        rg__vector_free(allocator, &matcher->dirty);
        rg__arena_free(&matcher->scratch);
        rg__free(allocator, matcher, sizeof(*matcher));
    }
}

rg_string rg_matcher_refusal(const rg_matcher *matcher, size_t rule)
{
    bool is_known = rule < matcher->set->rules.count;
    return rg_string_from(rg__refusal_text(is_known ? (rg_refusal)matcher->reasons[rule] : RG_REFUSAL_NONE));
}

const rg_rule_set *rg_matcher_rules(const rg_matcher *matcher)
{
    return matcher->set;
}

/* ---- the ops of the graph at work ---- */

/* Make room for ops that the context has come to know. */
static rg_status reserve_ops(rg_matcher *matcher, uint32_t room)
{
    const rg_allocator *allocator = &matcher->context->allocator;
    uint32_t old = matcher->op_room;
    if (room <= old) {
        return RG_OK;
    }
    bool *present = rg__allocate(allocator, room * sizeof(*present));
    uint8_t *writes = rg__allocate(allocator, room * sizeof(*writes));
    if (present == NULL || writes == NULL) {
        rg__free(allocator, present, room * sizeof(*present));
        rg__free(allocator, writes, room * sizeof(*writes));
        return rg__report_memory(matcher->context);
    }
    memset(present, 0, room * sizeof(*present));
    memset(writes, RG_WRITES_UNKNOWN, room * sizeof(*writes));
    if (old != 0) {
        memcpy(present, matcher->present, old * sizeof(*present));
        memcpy(writes, matcher->writes, old * sizeof(*writes));
    }
    rg__free(allocator, matcher->present, old * sizeof(*present));
    rg__free(allocator, matcher->writes, old * sizeof(*writes));
    matcher->present = present;
    matcher->writes = writes;
    matcher->op_room = room;
    return RG_OK;
}

static bool op_writes(rg_matcher *matcher, uint32_t op)
{
    if (matcher->writes[op] == RG_WRITES_UNKNOWN) {
        bool writes = rg__op_writes(matcher->context, (rg_op){(uint16_t)op});
        matcher->writes[op] = writes ? RG_WRITES_ARGUMENTS : RG_WRITES_NOTHING;
    }
    return matcher->writes[op] == RG_WRITES_ARGUMENTS;
}

rg_status rg__matcher_note_op(rg_matcher *matcher, rg_op op)
{
    rg_status status = reserve_ops(matcher, op.id + 1u);
    if (status == RG_OK) {
        matcher->present[op.id] = true;
        matcher->present[common_op(matcher->context, op).id] = true;
        matcher->may_write = matcher->may_write || op_writes(matcher, op.id);
    }
    return status;
}

static void note_ops(rg_matcher *matcher, const rg_graph *graph)
{
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        matcher->present[graph->op[id]] = true;
    }
}

/* What the ops that are present tell. Few of those that there are occur in one graph. */
static void note_traits(rg_matcher *matcher)
{
    bool *present = matcher->present;
    const bool *end = present + matcher->op_room;
    for (const bool *at = present; (at = memchr(at, true, (size_t)(end - at))) != NULL; at++) {
        uint32_t op = (uint32_t)(at - present);
        matcher->may_write = matcher->may_write || op_writes(matcher, op);
        if (matcher->automaton->sees_through) {
            present[common_op(matcher->context, (rg_op){(uint16_t)op}).id] = true;
        }
    }
}

/* A write begins a region. No node between two of one region writes. */
static void number_regions(rg_matcher *matcher, rg_graph *graph)
{
    uint32_t region = 1;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        region += op_writes(matcher, graph->op[id]) ? 1 : 0;
        graph->region[id] = region;
    }
}

void rg__matcher_renumber(rg_matcher *matcher, rg_graph *graph, const rg_node *made, size_t count, bool has_changed)
{
    for (size_t i = 0; i < count && !has_changed; i++) {
        has_changed = op_writes(matcher, graph->op[made[i].id]);
    }
    if (matcher->may_write && has_changed) {
        number_regions(matcher, graph);
    }
    for (size_t i = 0; i < count && matcher->may_write && !has_changed; i++) {
        uint32_t previous = graph->previous[made[i].id];
        graph->region[made[i].id] = previous == 0 ? 1 : graph->region[previous];
    }
}

static rg_status begin(rg_matcher *matcher, rg_graph *graph, bool with_labels)
{
    matcher->labelled = NULL;
    matcher->may_write = false;
    memset(matcher->refused, 0, sizeof(matcher->refused));
    memset(matcher->reasons, RG_REFUSAL_NONE, matcher->set->rules.count + 1);
    if (rg_graph_context(graph) != matcher->context) {
        return rg__report(matcher->context, RG_ERROR_ARGUMENT, "a matcher works on graphs of its own context");
    }
    rg_status status = reserve_ops(matcher, (uint32_t)rg_context_op_count(matcher->context) + 1);
    if (status == RG_OK) {
        memset(matcher->present, 0, matcher->op_room * sizeof(bool));
        status = with_labels ? rg__matcher_label(matcher, graph) : RG_OK;
    }
    if (status == RG_OK && matcher->labelled == NULL) {
        note_ops(matcher, graph);
    }
    if (status == RG_OK) {
        note_traits(matcher);
    }
    if (status == RG_OK && matcher->may_write) {
        number_regions(matcher, graph);
    }
    return status;
}

rg_status rg__matcher_begin(rg_matcher *matcher, rg_graph *graph)
{
    return begin(matcher, graph, !matcher->plain);
}

/* Do all ops of the pattern occur in the graph? */
static bool is_live(const rg_matcher *matcher, const rg_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->op_count; i++) {
        if (pattern->ops[i].id >= matcher->op_room || !matcher->present[pattern->ops[i].id]) {
            return false;
        }
    }
    return true;
}

static void rules_of_op(const rg_matcher *matcher, rg_op op, const uint32_t **rules, size_t *count)
{
    *rules = NULL;
    *count = 0;
    if (op.id < matcher->op_count) {
        *rules = &matcher->rules[matcher->starts[op.id]];
        *count = matcher->starts[op.id + 1] - matcher->starts[op.id];
    }
}

void rg__matcher_rules_at(const rg_matcher *matcher, const rg_graph *graph, rg_node node, const uint32_t **rules,
                          size_t *count)
{
    if (matcher->labelled != NULL && matcher->labelled == graph) {
        *rules = rg__automaton_rules(matcher->automaton, graph->label[node.id], count);
    } else {
        rules_of_op(matcher, common_op(matcher->context, rg_node_op(graph, node)), rules, count);
    }
}

bool rg__matcher_has_rules_at(const rg_matcher *matcher, const rg_graph *graph, rg_node node)
{
    const uint32_t *rules = NULL;
    size_t count = 0;
    if (matcher->labelled != NULL && matcher->labelled == graph) {
        return rg__automaton_may_root(matcher->automaton, graph, node.id, graph->label[node.id]);
    }
    rg__matcher_rules_at(matcher, graph, node, &rules, &count);
    return count != 0;
}

/* ---- one attempt ---- */

/* Has the graph, for each result that the root does not lead to, a node that could be it? */
static bool has_others(const rg_matcher *matcher, const rg_screen *screen)
{
    for (uint32_t i = 0; i < screen->ascent_count; i++) {
        if (!matcher->seen[screen->ascents[i].skeleton]) {
            return false;
        }
    }
    return true;
}

/* What can be told about a rule at a root without searching. */
static bool is_possible(rg_matcher *matcher, rg_graph *graph, size_t rule, rg_node root)
{
    const rg_rule *tried = &matcher->set->rules.items[rule];
    const rg_screen *screen = tried->compiled->screen;
    if (matcher->labelled != graph || screen == NULL) {
        return is_live(matcher, tried->compiled);
    }
    /* A label vouches for the ops of all that a node leads to, but for what is repeated. */
    rg_dead_end *known = screen->finds_all ? NULL : &matcher->dead_ends[rule];
    return rg__root_test_allows(&screen->root_test, graph, root) &&
           ((screen->finds_all && tried->compiled->repetition_count == 0) || is_live(matcher, tried->compiled)) &&
           has_others(matcher, screen) &&
           rg__screen_admits(screen, tried, matcher->automaton, graph, root, known, matcher->time);
}

static rg_status attempt(bool *gave_up, rg_matcher *matcher, rg_graph *graph, size_t rule, rg_node root,
                         rg_search_found_function found, void *user)
{
    *gave_up = false;
    if (!is_possible(matcher, graph, rule, root)) {
        return RG_OK;
    }
    rg_limits limits = rg_context_limits(matcher->context);
    rg_search search = {
        .context = matcher->context,
        .arena = &matcher->scratch,
        .set = matcher->set,
        .rule = &matcher->set->rules.items[rule],
        .pattern = matcher->set->rules.items[rule].compiled,
        .rule_index = rule,
        .graph = graph,
        .matcher = matcher->labelled == graph ? matcher : NULL,
        .may_write = matcher->may_write,
        .by_region = matcher->may_write && !matcher->plain && !matcher->set->rules.items[rule].compiled->writes,
        .max_steps = limits.max_search_steps,
        .max_depth = limits.max_depth,
        .refused = matcher->refused,
        .reason = &matcher->reasons[rule],
        .found = found,
        .user = user,
    };
    rg__arena_reset(&matcher->scratch);
    rg__search_run(&search, root);
    *gave_up = search.gave_up;
    return search.status;
}

static rg_status keep_first(rg_search *search, const rg_match *match, void *user)
{
    *(const rg_match **)user = match;
    search->stop = true;
    return RG_OK;
}

rg_status rg__matcher_first(const rg_match **out, bool *gave_up, rg_matcher *matcher, rg_graph *graph, size_t rule,
                            rg_node root)
{
    *out = NULL;
    return attempt(gave_up, matcher, graph, rule, root, keep_first, out);
}

/* ---- lists ---- */

static rg_status keep_all(rg_search *search, const rg_match *match, void *user)
{
    rg_match_list *list = user;
    rg_match *copy = NULL;
    rg_status status = rg__match_copy(&copy, match, search->context, &list->arena);
    if (status == RG_OK && !rg__vector_push(&list->context->allocator, &list->matches, copy)) {
        status = rg__report_memory(list->context);
    }
    return status;
}

static rg_status collect_rule(rg_match_list *list, rg_matcher *matcher, rg_graph *graph, size_t rule, rg_node root)
{
    bool gave_up = false;
    rg_status status = attempt(&gave_up, matcher, graph, rule, root, keep_all, list);
    list->gave_up += gave_up ? 1 : 0;
    return status;
}

static rg_status collect_at(rg_match_list *list, rg_matcher *matcher, rg_graph *graph, rg_node root)
{
    const uint32_t *rules = NULL;
    size_t count = 0;
    rg_status status = RG_OK;
    rg__matcher_rules_at(matcher, graph, root, &rules, &count);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = collect_rule(list, matcher, graph, rules[i], root);
    }
    return status;
}

/* From the last root to the first. */
static rg_status collect_all(rg_match_list *list, rg_matcher *matcher, rg_graph *graph)
{
    rg_status status = RG_OK;
    if (matcher->labelled != NULL && matcher->labelled == graph) {
        for (uint32_t i = matcher->roots.count; i > 0 && status == RG_OK; i--) {
            status = collect_at(list, matcher, graph, (rg_node){matcher->roots.items[i - 1]});
        }
        return status;
    }
    for (rg_node node = rg_graph_last(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_previous(graph, node)) {
        status = collect_at(list, matcher, graph, node);
    }
    return status;
}

/* Matches at one root, for which labels would not pay, or at all of them when `root` is null. */
static rg_status collect(rg_match_list **out, rg_matcher *matcher, rg_graph *graph, rg_node root)
{
    rg_match_list *list = NULL;
    *out = NULL;
    rg_status status = begin(matcher, graph, rg_node_is_null(root) && !matcher->plain);
    if (status == RG_OK) {
        status = rg__match_list_create(&list, matcher->context);
    }
    if (status == RG_OK) {
        status = rg_node_is_null(root) ? collect_all(list, matcher, graph) : collect_at(list, matcher, graph, root);
    }
    if (status != RG_OK) {
        rg_match_list_destroy(list);
        return status;
    }
    *out = list;
    return RG_OK;
}

rg_status rg_matcher_find_all(rg_match_list **out, rg_matcher *matcher, rg_graph *graph)
{
    return collect(out, matcher, graph, (rg_node){0});
}

rg_status rg_matcher_find_at(rg_match_list **out, rg_matcher *matcher, rg_graph *graph, rg_node root)
{
    if (rg_node_is_null(root)) {
        *out = NULL;
        return rg__report(matcher->context, RG_ERROR_ARGUMENT, "there is no root to match at");
    }
    return collect(out, matcher, graph, root);
}

/* ---- what registration asks ---- */

static rg_status note_found(rg_search *search, const rg_match *match, void *user)
{
    (void)match;
    *(bool *)user = true;
    search->stop = true;
    return RG_OK;
}

rg_status rg__rule_matches_itself(bool *out, const rg_rule_set *set, const rg_rule *rule)
{
    rg_context *context = set->context;
    rg_limits limits = rg_context_limits(context);
    rg_arena arena;
    rg__arena_init(&arena, &context->allocator);
    *out = false;
    rg_search search = {
        .context = context,
        .arena = &arena,
        .set = set,
        .rule = rule,
        .pattern = rule->compiled,
        .graph = rule->pattern,
        .may_write = true,
        .itself = true,
        .max_steps = limits.max_search_steps,
        .max_depth = limits.max_depth,
        .found = note_found,
        .user = out,
    };
    rg__search_run(&search, rule->compiled->nodes[rule->compiled->anchors[0]].node);
    rg__arena_free(&arena);
    return search.status;
}

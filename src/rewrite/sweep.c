/*
 * sweep.c: matching and rewriting a whole graph, once or until nothing changes.
 */
#include "rewrite/rewrite_impl.h"

enum { DEFAULT_MAX_SWEEPS = 100 };

typedef struct rg_sweep {
    rg_matcher *matcher;
    rg_graph *graph;
    rg_rewrite_options options;
    rg_rewrite_report report;
    rg_size_index index;
    rg_rewrite rewrite;
    size_t *applied;            /* by rule, in the later half of the sweeps */
    RG_VECTOR(rg_node) touched; /* by the running rewrite: readers of what it replaces, and new nodes */
} rg_sweep;

static rg_status touch(rg_sweep *sweep, rg_node node)
{
    return rg__vector_push(&sweep->graph->context->allocator, &sweep->touched, node)
               ? RG_OK
               : rg__report_memory(sweep->graph->context);
}

/* Take note of the readers that a rewrite may hand over to other nodes. */
static rg_status touch_readers(rg_sweep *sweep, const rg_match *match)
{
    rg_status status = RG_OK;
    sweep->touched.count = 0;
    for (size_t i = 0; i < match->output_count; i++) {
        rg_use_list uses = rg__node_uses(sweep->graph, match->outputs[i]); /* none of a null node */
        for (uint32_t j = 0; j < uses.count && status == RG_OK; j++) {
            status = touch(sweep, (rg_node){uses.entries[j].user});
        }
    }
    return status;
}

/* A rule that fails is passed over, and its diagnostic stays; memory and the caller's callback end the run. */
static rg_status rewrite_match(bool *done, rg_sweep *sweep, const rg_match *match)
{
    rg_rewrite *rewrite = &sweep->rewrite;
    rg_status status = touch_readers(sweep, match);
    rewrite->stopped = false;
    if (status == RG_OK) {
        status = rg__rewrite_replace(rewrite, match);
    }
    *done = status == RG_OK;
    uint32_t first_made = sweep->touched.count;
    for (uint32_t i = 0; status == RG_OK && i < rewrite->made; i++) {
        status = rg__matcher_note_op(sweep->matcher, rewrite->new_nodes.items[i].op);
        status = status == RG_OK ? touch(sweep, rewrite->new_nodes.items[i].node) : status;
    }
    if (status == RG_OK) {
        bool wrote = match->rule->compiled->writes;
        rg__matcher_renumber(sweep->matcher, sweep->graph, sweep->touched.items + first_made, rewrite->made, wrote);
    }
    for (uint32_t i = 0; status == RG_OK && i < rewrite->questions.count; i++) {
        status = touch(sweep, rewrite->questions.items[i].node);
    }
    if (status == RG_OK) {
        status = rg__matcher_relabel(sweep->matcher, sweep->graph, sweep->touched.items, sweep->touched.count);
    }
    bool is_final = *done || rewrite->stopped || status == RG_ERROR_MEMORY;
    if (*done) {
        sweep->report.applied++;
        sweep->applied[match->rule_index]++;
    } else if (!is_final) {
        sweep->report.failed++;
    }
    return is_final ? status : RG_OK;
}

/* The first rule from number `from` on that may be rooted at the node; the count of rules if none. A rewrite may change
 * what is admitted, so the list, which ascends, is asked anew each time. */
static uint32_t next_rule(const rg_sweep *sweep, rg_node root, uint32_t from)
{
    const uint32_t *rules = NULL;
    size_t count = 0;
    size_t low = 0;
    rg__matcher_rules_at(sweep->matcher, sweep->graph, root, &rules, &count);
    for (size_t high = count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (rules[middle] < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count ? rules[low] : sweep->matcher->set->rules.count;
}

/* Try the rules that may be rooted at the node, in the set's order, until one has taken it away. */
static rg_status visit(rg_sweep *sweep, rg_node root)
{
    const rg_rule_set *set = sweep->matcher->set;
    rg_status status = RG_OK;
    uint32_t rule = next_rule(sweep, root, 0);
    for (; rule < set->rules.count && status == RG_OK && rg__graph_alive(sweep->graph, root.id);
         rule = next_rule(sweep, root, rule + 1)) {
        const rg_match *match = NULL;
        bool gave_up = false;
        bool accept = true;
        bool done = false;
        if (set->rules.items[rule].compiled->changes_nothing) {
            continue;
        }
        status = rg__matcher_first(&match, &gave_up, sweep->matcher, sweep->graph, rule, root);
        sweep->report.gave_up += gave_up ? 1 : 0;
        if (status == RG_OK && match != NULL && sweep->options.accept != NULL) {
            status = sweep->options.accept(&accept, match, sweep->options.accept_user);
        }
        if (status != RG_OK && status != RG_ERROR_MEMORY) {
            sweep->report.failed++; /* the rule's check failed, and has said why */
            status = RG_OK;
        } else if (match != NULL && accept) {
            status = rewrite_match(&done, sweep, match);
        }
    }
    return status;
}

/* One sweep over the nodes that are there at its beginning. */
static rg_status sweep_once(rg_sweep *sweep)
{
    rg_graph *graph = sweep->graph;
    const rg_allocator *allocator = &graph->context->allocator;
    size_t count = rg_graph_node_count(graph);
    rg_node *nodes = rg__allocate(allocator, (count + 1) * sizeof(*nodes));
    if (nodes == NULL) {
        return rg__report_memory(graph->context);
    }
    rg_status status = rg__matcher_begin(sweep->matcher, graph);
    size_t filled = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        nodes[filled++] = node;
    }
    for (size_t i = filled; i > 0 && status == RG_OK; i--) {
        if (rg__graph_alive(graph, nodes[i - 1].id) && rg__matcher_has_rules_at(sweep->matcher, graph, nodes[i - 1])) {
            status = visit(sweep, nodes[i - 1]);
        }
    }
    rg__free(allocator, nodes, (count + 1) * sizeof(*nodes));
    return status;
}

/* Name the rules that were still applied late. The last sweep alone would not do: two rules that undo each other are
 * applied in turn. */
static rg_status report_no_end(const rg_sweep *sweep)
{
    const rg_rule_set *set = sweep->matcher->set;
    rg_context *context = sweep->graph->context;
    rg_buffer names;
    rg__buffer_init(&names, &context->allocator);
    for (uint32_t i = 0; i < set->rules.count; i++) {
        if (sweep->applied[i] != 0) {
            rg__buffer_append_text(&names, names.size == 0 ? "'" : ", '");
            rg__buffer_append(&names, set->rules.items[i].name);
            rg__buffer_append_char(&names, '\'');
        }
    }
    rg_string text = rg__buffer_string(&names);
    rg_status status =
        rg__report(context, RG_ERROR_LIMIT, "no end after %u sweeps; the rules that keep feeding each other: %.*s",
                   sweep->options.max_sweeps, (int)text.size, text.size == 0 ? "" : text.data);
    rg__buffer_free(&names);
    return status;
}

static rg_status run_graph(rg_sweep *sweep)
{
    size_t rule_count = sweep->matcher->set->rules.count;
    uint32_t sweeps = sweep->options.mode == RG_REWRITE_FIXPOINT ? sweep->options.max_sweeps : 1;
    for (uint32_t i = 0; i < sweeps; i++) {
        size_t before = sweep->report.applied;
        if (i <= sweeps / 2) {
            memset(sweep->applied, 0, rule_count * sizeof(*sweep->applied));
        }
        rg_status status = sweep_once(sweep);
        if (status != RG_OK || sweep->report.applied == before) {
            return status;
        }
    }
    return sweep->options.mode == RG_REWRITE_FIXPOINT ? report_no_end(sweep) : RG_OK;
}

/* Submodules first, in order, each to its end; then the graph that holds them. Nested no deeper than max_depth. */
static rg_status run_tree(rg_sweep *sweep, rg_graph *graph)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_graph_child_count(graph) && status == RG_OK; i++) {
        status = run_tree(sweep, rg_graph_child(graph, i));
    }
    if (status == RG_OK) {
        rg__map_free(&graph->context->allocator, &sweep->index.nodes);
        sweep->index = (rg_size_index){{0}, false};
        sweep->graph = graph;
        status = run_graph(sweep);
    }
    return status;
}

rg_status rg_rewrite_run(rg_rewrite_report *out, rg_matcher *matcher, rg_graph *graph,
                         const rg_rewrite_options *options)
{
    const rg_allocator *allocator = &graph->context->allocator;
    rg_rewrite_options defaults = RG_REWRITE_OPTIONS_INIT;
    rg_sweep sweep = {.matcher = matcher, .options = defaults};
    size_t size = (matcher->set->rules.count + 1) * sizeof(*sweep.applied);
    if (options != NULL) {
        memcpy(&sweep.options, options,
               options->struct_size < sizeof(defaults) ? options->struct_size : sizeof(defaults));
    }
    if (sweep.options.max_sweeps == 0) {
        sweep.options.max_sweeps = DEFAULT_MAX_SWEEPS;
    }
    rg__rewrite_init(&sweep.rewrite, graph->context, &sweep.index);
    sweep.rewrite.callback = sweep.options.callback;
    sweep.rewrite.user = sweep.options.user;
    sweep.applied = rg__allocate(allocator, size);
    rg_status status = sweep.applied == NULL ? rg__report_memory(graph->context) : run_tree(&sweep, graph);
    rg__free(allocator, sweep.applied, size);
    rg__rewrite_free(&sweep.rewrite);
    rg__map_free(allocator, &sweep.index.nodes);
    rg__vector_free(allocator, &sweep.touched);
    *out = sweep.report;
    return status;
}

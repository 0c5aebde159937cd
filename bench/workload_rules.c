/*
 * workload_rules.c: rules taken from graphs; see workload.h.
 */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>

#include "ir/graph_impl.h"
#include "match/match_impl.h"
#include "random_source.h"

enum { MAX_PATTERN = 32, MAX_INPUTS = 64 };

/* A connected part of a graph. */
typedef struct graph_part {
    rg_graph *from;
    rg_node nodes[MAX_PATTERN]; /* the root first */
    uint32_t count;
    rg_node inputs[MAX_INPUTS];
    uint32_t input_count;
} graph_part;

static bool holds(const rg_node *nodes, uint32_t count, rg_node node)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rg_node_same(nodes[i], node)) {
            return true;
        }
    }
    return false;
}

static bool is_call(const rg_graph *graph, rg_node node)
{
    rg_op_kind kind = rg_node_kind(graph, node);
    return kind == RG_OP_OVERLOAD || kind == RG_OP_OPERATOR || kind == RG_OP_HIGHER_ORDER;
}

typedef struct visit {
    graph_part *part;
    uint32_t wanted;
    bool inputs; /* second round: what is not in the part becomes an input */
} visit;

static rg_status visit_operand(void *user, uint32_t id)
{
    visit *at = user;
    graph_part *part = at->part;
    rg_node node = {id};
    if (holds(part->nodes, part->count, node)) {
        return RG_OK;
    }
    if (at->inputs) {
        if (!holds(part->inputs, part->input_count, node) && part->input_count < MAX_INPUTS) {
            part->inputs[part->input_count++] = node;
        }
    } else if (part->count < at->wanted && is_call(part->from, node)) {
        part->nodes[part->count++] = node;
    }
    return RG_OK;
}

static void visit_operands(visit *at, rg_node node)
{
    size_t count = rg_node_argument_count(at->part->from, node);
    for (size_t i = 0; i < count; i++) {
        (void)rg__graph_visit_nodes(at->part->from, rg_node_argument(at->part->from, node, i), visit_operand, at);
    }
}

static void grow_part(graph_part *out, rg_graph *from, rg_node root, uint32_t wanted)
{
    visit at = {out, wanted, false};
    *out = (graph_part){.from = from, .nodes = {root}, .count = 1};
    for (uint32_t i = 0; i < out->count; i++) {
        visit_operands(&at, out->nodes[i]);
    }
    at.inputs = true;
    out->count = (uint32_t)rg__sort_nodes(from, out->nodes, out->count);
    for (uint32_t i = 0; i < out->count; i++) {
        visit_operands(&at, out->nodes[i]);
    }
}

/* Is nothing inside read outside, except the root, which is last? */
static bool is_closed(const graph_part *part)
{
    for (uint32_t i = 0; i + 1 < part->count; i++) {
        size_t uses = rg_node_use_count(part->from, part->nodes[i]);
        for (size_t j = 0; j < uses; j++) {
            if (!holds(part->nodes, part->count, rg_node_use(part->from, part->nodes[i], j).user)) {
                return false;
            }
        }
    }
    return true;
}

/* Is everything inside read once by the part? */
static bool is_tree(const graph_part *part)
{
    for (uint32_t i = 0; i + 1 < part->count; i++) {
        size_t uses = rg_node_use_count(part->from, part->nodes[i]);
        size_t inside = 0;
        for (size_t j = 0; j < uses; j++) {
            inside += holds(part->nodes, part->count, rg_node_use(part->from, part->nodes[i], j).user) ? 1 : 0;
        }
        if (inside != 1) {
            return false;
        }
    }
    return true;
}

typedef struct graph_images {
    rg_node *by_id; /* null: not part of the pattern */
    rg_graph *from;
    rg_graph *to;
} graph_images;

static bool image_of(rg_value *out, const graph_images *images, rg_value value)
{
    enum { MAX_ITEMS = 256 };
    rg_value items[MAX_ITEMS];
    rg_context *context = rg_graph_context(images->to);
    size_t count = rg_value_count(context, images->from, value);
    *out = value;
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        *out = rg_value_node(images->by_id[rg_value_as_node(value).id]);
        return true;
    }
    if (!rg__value_has_nodes(value) || count > MAX_ITEMS) {
        return count <= MAX_ITEMS;
    }
    for (size_t i = 0; i < count; i++) {
        if (!image_of(&items[i], images, rg_value_item(context, images->from, value, i))) {
            return false;
        }
    }
    return rg_value_items(out, context, images->to, rg_value_get_kind(value), items, count) == RG_OK;
}

static bool copy_call(graph_images *images, rg_node node, rg_op op)
{
    rg_argument arguments[MAX_INPUTS];
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    size_t count = rg_node_argument_count(images->from, node);
    if (count > MAX_INPUTS) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        arguments[i].name = rg_node_argument_name(images->from, node, i);
        if (!image_of(&arguments[i].value, images, rg_node_argument(images->from, node, i))) {
            return false;
        }
    }
    description.op = op;
    description.arguments = arguments;
    description.argument_count = count;
    description.type = rg_node_type(images->from, node);
    return rg_graph_insert(&images->by_id[node.id], images->to, (rg_node){0}, &description) == RG_OK;
}

/* An op called like this one somewhere in the graph. */
static rg_op other_op(const rg_graph *graph, rg_node node, random_source *random)
{
    for (uint32_t tries = 0; tries < 10000; tries++) {
        uint32_t id = 1 + random_below(random, graph->id_count);
        if (rg__graph_alive(graph, id) && is_call(graph, (rg_node){id}) && graph->op[id] != graph->op[node.id] &&
            graph->calls[id] == graph->calls[node.id] &&
            rg__node_visible_count(graph, id) == rg__node_visible_count(graph, node.id)) {
            return (rg_op){graph->op[id]};
        }
    }
    return (rg_op){graph->op[node.id]};
}

/* The part as a pattern; in its first node, the deepest, with another op if it shall not match. */
static rg_graph *pattern_of(const graph_part *part, bool hits, rg_rule_input *inputs, random_source *random)
{
    rg_context *context = rg_graph_context(part->from);
    rg_graph *graph = NULL;
    rg_node output = {0};
    graph_images images = {calloc(part->from->id_count + 1, sizeof(rg_node)), part->from, NULL};
    bool done = images.by_id != NULL && rg_graph_create(&graph, context, rg_string_from("G")) == RG_OK;
    images.to = graph;
    for (uint32_t i = 0; i < part->input_count && done; i++) {
        done = workload_edge_node(graph, RG_OP_PLACEHOLDER, rg_value_missing(), (rg_type){0}, &inputs[i].pattern);
        inputs[i].name = done ? rg_node_name(graph, inputs[i].pattern) : (rg_string){NULL, 0};
        images.by_id[part->inputs[i].id] = inputs[i].pattern;
    }
    for (uint32_t i = 0; i < part->count && done; i++) {
        rg_op op = rg_node_op(part->from, part->nodes[i]);
        done = copy_call(&images, part->nodes[i], i == 0 && !hits ? other_op(part->from, part->nodes[0], random) : op);
    }
    done = done && workload_edge_node(graph, RG_OP_OUTPUT, rg_value_node(images.by_id[part->nodes[part->count - 1].id]),
                                      (rg_type){0}, &output);
    free(images.by_id);
    if (!done) {
        rg_graph_destroy(graph);
        return NULL;
    }
    return graph;
}

/* bench::fused_3(Tensor a0, Tensor a1, Tensor a2) -> Tensor */
static bool declare_fused(rg_op *out, rg_context *context, uint32_t count)
{
    char schema[MAX_INPUTS * 12 + 64];
    size_t size = (size_t)snprintf(schema, sizeof(schema), "bench::fused_%u(", count);
    for (uint32_t i = 0; i < count; i++) {
        size += (size_t)snprintf(schema + size, sizeof(schema) - size, "%sTensor a%u", i == 0 ? "" : ", ", i);
    }
    (void)snprintf(schema + size, sizeof(schema) - size, ") -> Tensor");
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    declaration.schema = rg_string_from(schema);
    return rg_context_declare_op(out, context, &declaration) == RG_OK;
}

static rg_graph *replacement_of(rg_context *context, rg_rule_input *inputs, uint32_t count)
{
    rg_graph *graph = NULL;
    rg_argument arguments[MAX_INPUTS] = {{{NULL, 0}, {0}}};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_node node = {0};
    rg_node output = {0};
    bool done = rg_graph_create(&graph, context, rg_string_from("G")) == RG_OK &&
                declare_fused(&description.op, context, count);
    for (uint32_t i = 0; i < count && done; i++) {
        done = workload_edge_node(graph, RG_OP_PLACEHOLDER, rg_value_missing(), (rg_type){0}, &inputs[i].replacement);
        arguments[i].value = rg_value_node(inputs[i].replacement);
    }
    description.arguments = arguments;
    description.argument_count = count;
    done = done && rg_graph_insert(&node, graph, (rg_node){0}, &description) == RG_OK &&
           workload_edge_node(graph, RG_OP_OUTPUT, rg_value_node(node), (rg_type){0}, &output);
    if (!done) {
        rg_graph_destroy(graph);
        return NULL;
    }
    return graph;
}

/* Would the rule be one that the set has? Its root's skeleton says. */
static bool is_new(const rg_rule_set *set, const rg_rule *rule)
{
    for (uint32_t i = 0; i < set->rules.count; i++) {
        const rg_pattern *other = set->rules.items[i].compiled;
        if (other->skeletons[other->anchors[0]] == rule->compiled->skeletons[rule->compiled->anchors[0]]) {
            return false;
        }
    }
    return true;
}

static bool add_rule(rg_rule_set *set, const graph_part *part, const workload_rules *options, bool hits,
                     random_source *random, workload_times *compile)
{
    rg_context *context = set->context;
    rg_rule rule = {.pattern_size = part->count,
                    .input_count = part->input_count,
                    .see_through = options->free,
                    .commutative = options->free};
    rg_rule_input *inputs = rg__arena_allocate_zero(&set->arena, MAX_INPUTS * sizeof(*inputs));
    if (inputs == NULL) {
        return false;
    }
    rule.pattern = pattern_of(part, hits, inputs, random);
    rule.replacement = replacement_of(context, inputs, part->input_count);
    rule.inputs = inputs;
    double start = seconds_of_day();
    bool done = rule.pattern != NULL && rule.replacement != NULL && rg__rule_compile(set, &rule) == RG_OK;
    double end = seconds_of_day();
    done = done && is_new(set, &rule) && rg__vector_push(&context->allocator, &set->rules, rule);
    if (!done) {
        rg_graph_destroy(rule.pattern);
        rg_graph_destroy(rule.replacement);
        return false;
    }
    if (compile->count < MAX_TIMES) {
        compile->seconds[compile->count++] = end - start;
    }
    return true;
}

/* Add rules until there are `wanted`, or places run out. */
static void add_rules(rg_rule_set *set, rg_graph *const *graphs, uint32_t graph_count, const workload_rules *options,
                      uint32_t wanted, bool hits, random_source *random, workload_times *compile)
{
    uint32_t span = options->largest - options->smallest + 1;
    for (uint32_t tries = 0; set->rules.count < wanted && tries < wanted * 1000; tries++) {
        rg_graph *graph = graphs[random_below(random, graph_count)];
        rg_node root = {1 + random_below(random, graph->id_count)};
        uint32_t size = options->smallest + random_below(random, span);
        graph_part part;
        if (!rg__graph_alive(graph, root.id) || !is_call(graph, root)) {
            continue;
        }
        grow_part(&part, graph, root, size);
        if (part.count >= options->smallest && part.input_count > 0 && part.input_count < MAX_INPUTS &&
            (!hits || is_closed(&part)) && (!options->portable || is_tree(&part))) {
            (void)add_rule(set, &part, options, hits, random, compile);
        }
    }
}

/* Does the match share a node with another rule's, or with one of its own rule? If not, its nodes are taken. */
static bool overlaps(const rg_match *match, bool *taken)
{
    bool found = false;
    for (size_t i = 0; i < rg_match_node_count(match); i++) {
        found = found || taken[rg_match_node(match, i).id];
    }
    for (size_t i = 0; i < rg_match_node_count(match) && !found; i++) {
        taken[rg_match_node(match, i).id] = true;
    }
    return found;
}

/* Mark the rules that do what they should not on this graph: match, from number `first` on; overlap, before that. */
static bool mark_unwanted(bool *unwanted, rg_matcher *matcher, rg_graph *graph, uint32_t first, bool portable)
{
    rg_match_list *list = NULL;
    bool *taken = calloc(graph->id_count + 1, sizeof(*taken));
    bool done = taken != NULL && rg_matcher_find_all(&list, matcher, graph) == RG_OK;
    for (size_t i = 0; done && i < rg_match_list_count(list); i++) {
        const rg_match *match = rg_match_list_get(list, i);
        size_t rule = rg_match_rule(match);
        if (rule >= first || (portable && overlaps(match, taken))) {
            unwanted[rule] = true;
        }
    }
    rg_match_list_destroy(list);
    free(taken);
    return done;
}

/* Take unwanted rules out. Gives how many, or UINT32_MAX on failure. */
static uint32_t drop_unwanted(rg_rule_set *set, rg_graph *const *graphs, uint32_t graph_count, uint32_t first,
                              bool portable)
{
    rg_matcher *matcher = NULL;
    uint32_t kept = 0;
    uint32_t before = set->rules.count;
    bool *unwanted = calloc(before + 1, sizeof(*unwanted));
    bool done = unwanted != NULL && rg_matcher_create(&matcher, set->context, set) == RG_OK;
    for (uint32_t i = 0; i < graph_count && done; i++) {
        done = mark_unwanted(unwanted, matcher, graphs[i], first, portable);
    }
    rg_matcher_destroy(matcher);
    for (uint32_t i = 0; i < before && done; i++) {
        if (unwanted[i]) {
            rg_graph_destroy(set->rules.items[i].pattern);
            rg_graph_destroy(set->rules.items[i].replacement);
        } else {
            set->rules.items[kept++] = set->rules.items[i];
        }
    }
    set->rules.count = done ? kept : before;
    free(unwanted);
    return done ? before - kept : UINT32_MAX;
}

static void name_rules(rg_rule_set *set)
{
    for (uint32_t i = 0; i < set->rules.count; i++) {
        char name[32];
        (void)snprintf(name, sizeof(name), "rule%05u", i);
        set->rules.items[i].name = rg__intern_string(set->context, rg_string_from(name));
    }
}

rg_rule_set *workload_rule_set(workload_times *compile, rg_context *context, rg_graph *const *graphs,
                               uint32_t graph_count, const workload_rules *options)
{
    enum { MAX_ROUNDS = 10 };
    random_source random = {options->seed};
    rg_rule_set *set = NULL;
    compile->count = 0;
    if (rg_rule_set_create(&set, context) != RG_OK) {
        return NULL;
    }
    for (int hits = 1; hits >= 0; hits--) {
        uint32_t wanted = hits ? options->hits : options->count;
        uint32_t first = hits ? UINT32_MAX : set->rules.count; /* all that hit are in the set by then */
        uint32_t dropped = wanted > 0 ? 1 : 0;
        for (uint32_t round = 0; round < MAX_ROUNDS && dropped != 0; round++) {
            add_rules(set, graphs, graph_count, options, wanted, hits, &random, compile);
            dropped = drop_unwanted(set, graphs, graph_count, first, options->portable);
            if (dropped == UINT32_MAX) {
                rg_rule_set_destroy(set);
                return NULL;
            }
        }
    }
    name_rules(set);
    return set;
}

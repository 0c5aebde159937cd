/*
 * effects.c: see effects.h. Which values share memory: ir/graph_alias.c.
 *
 * What the graph does is compared with what the replacement will do: which inputs are written, and which results are
 * memory of which inputs or of one another. Where the two differ, the difference must not be seen: by the graph's
 * caller, who has its inputs and gets its outputs, nor by a read that comes behind a write.
 */
#include "match/effects.h"

#include "ir/graph_alias.h"
#include "match/pattern_impl.h"

const char *rg__refusal_text(rg_refusal refusal)
{
    static const char *const texts[] = {
        [RG_REFUSAL_NONE] = "",
        [RG_REFUSAL_READ_OUTSIDE] = "a value inside of the match is read outside",
        [RG_REFUSAL_CAPTURES_ITSELF] = "an input is a node of the match",
        [RG_REFUSAL_WRITE_BETWEEN] = "something is written between the nodes of the match",
        [RG_REFUSAL_NO_ORDER] = "the replacement would depend on itself",
        [RG_REFUSAL_RETURNS_ALIAS] =
            "the graph would return memory of an input, or of another output, where it returns a copy",
        [RG_REFUSAL_ALIAS_WRITTEN] = "a result would begin or cease to share memory, and a later write would show it",
        [RG_REFUSAL_OVERWRITES] = "the replacement overwrites a value that is read later, or belongs to the caller",
        [RG_REFUSAL_LEAVES] =
            "the replacement leaves a value as it is that the pattern overwrites, and it is read later",
        [RG_REFUSAL_SHARED_INPUTS] = "two inputs share memory that is written",
    };
    return texts[refusal];
}

/* ---- what a replacement does: at registration ---- */

static rg_node output_node(const rg_graph *graph, uint32_t index)
{
    return rg_value_as_node(rg__output_item(graph, index));
}

/* The inputs in a set, a bit each. */
static uint64_t inputs_in(const rg_alias_set *set, const rg_rule *rule)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < rule->input_count; i++) {
        bits |= (uint64_t)(rg__alias_holds(set, rule->inputs[i].replacement) ? 1 : 0) << i;
    }
    return bits;
}

/* Add the origins of what a node's calls write. */
static bool add_written(rg_alias_set *set, const rg_graph *graph, rg_node node)
{
    size_t count = rg_node_use_count(graph, node);
    bool done = true;
    for (size_t i = 0; i < count && done; i++) {
        if (rg__use_writes(graph, rg_node_use(graph, node, i))) {
            done = rg__alias_add_origins(set, graph, node);
        }
    }
    return done;
}

static bool find_written(uint64_t *out, const rg_rule *rule)
{
    const rg_graph *graph = rule->replacement;
    rg_alias_set set = {0};
    bool done = true;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && done; node = rg_graph_next(graph, node)) {
        done = add_written(&set, graph, node);
    }
    *out = inputs_in(&set, rule);
    rg__alias_set_free(&set, graph);
    return done;
}

/* What result `index` shares memory with. */
static bool find_shared(uint64_t *inputs, bool *pairs, const rg_rule *rule, uint32_t index, uint32_t count)
{
    const rg_graph *graph = rule->replacement;
    rg_alias_set set = {0};
    rg_node node = output_node(graph, index);
    bool done = rg_node_is_null(node) ||
                (rg__alias_add_origins(&set, graph, node) && rg__alias_add_views(&set, graph, NULL, NULL));
    *inputs = inputs_in(&set, rule);
    for (uint32_t i = 0; i < count; i++) {
        rg_node other = output_node(graph, i);
        pairs[i] = !rg_node_is_null(other) && rg__alias_holds(&set, other);
    }
    rg__alias_set_free(&set, graph);
    return done;
}

rg_status rg__pattern_find_effects(rg_compilation *c)
{
    uint32_t count = c->pattern->result_count;
    rg_effects *effects = rg__arena_allocate_zero(c->arena, sizeof(*effects));
    uint64_t *inputs = rg__arena_allocate_zero(c->arena, count * sizeof(*inputs));
    bool *pairs = rg__arena_allocate_zero(c->arena, (size_t)count * count * sizeof(*pairs));
    if (effects == NULL || inputs == NULL || pairs == NULL || !find_written(&effects->written, c->rule)) {
        return rg__report_memory(c->context);
    }
    effects->is_fresh = effects->written == 0;
    for (uint32_t i = 0; i < c->pattern->node_count; i++) {
        c->pattern->writes = c->pattern->writes || rg__op_writes(c->context, c->nodes[i].op);
    }
    static const uint32_t ordered =
        RG_TRAIT_EFFECT | RG_TRAIT_MUTATES | RG_TRAIT_INPLACE_VIEW | RG_TRAIT_RANDOM | RG_TRAIT_COLLECTIVE;
    const rg_graph *replacement = c->rule->replacement;
    for (rg_node node = rg_graph_first(replacement); !rg_node_is_null(node); node = rg_graph_next(replacement, node)) {
        uint32_t traits = rg_op_traits(c->context, rg_node_op(replacement, node));
        effects->is_ordered = effects->is_ordered || (traits & ordered) != 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!find_shared(&inputs[i], &pairs[(size_t)i * count], c->rule, i, count)) {
            return rg__report_memory(c->context);
        }
        effects->is_fresh = effects->is_fresh && inputs[i] == 0;
        for (uint32_t j = 0; j < i; j++) {
            effects->is_fresh = effects->is_fresh && !pairs[(size_t)i * count + j];
        }
    }
    effects->result_inputs = inputs;
    effects->result_pairs = pairs;
    c->pattern->effects = effects;
    return RG_OK;
}

/* ---- memory in the graph: at a match ---- */

typedef struct rg_judgement {
    const rg_match *match;
    const rg_graph *graph;
    const rg_effects *effects;
    rg_node first;           /* of the match's nodes */
    rg_refusal_cause *cause; /* what the questions below were last answered with yes for */
    bool may_write;
    bool is_shared; /* the match's nodes may stay, and read on */
    bool failed;    /* no memory */
} rg_judgement;

/*
 * Values that share memory, as the rest of the graph has them: the match's own nodes do not read it. Of an input that
 * the pattern gives back and the replacement makes anew, readers behind the match go over to the new value; `split` is
 * such an input, and `behind` says which of its readers are meant.
 */
typedef struct rg_memory {
    const rg_judgement *judgement;
    rg_alias_set set;
    rg_node split;
    bool behind;
} rg_memory;

static bool is_behind(const rg_judgement *judgement, rg_node node)
{
    return !rg_graph_precedes(judgement->graph, node, judgement->first);
}

/* Is the node one of the match's, and gone with it? */
static bool goes(const rg_judgement *judgement, rg_node node)
{
    const rg_match *match = judgement->match;
    bool is_result = false;
    for (size_t i = 0; i < match->output_count; i++) {
        is_result = is_result || rg_node_same(match->outputs[i], node);
    }
    return rg__match_holds(match, node) && (is_result || !judgement->is_shared);
}

/* Is a use of `node` none of this memory's? */
static bool is_foreign(const void *user, rg_node node, rg_use use)
{
    const rg_memory *memory = user;
    return goes(memory->judgement, use.user) ||
           (rg_node_same(node, memory->split) && is_behind(memory->judgement, use.user) != memory->behind);
}

static bool is_output(const rg_graph *graph, rg_node node)
{
    return rg_node_kind(graph, node) == RG_OP_OUTPUT;
}

/* A walk over the uses of a memory: the next one from `*node` and `*use` on. */
static bool next_use(rg_use *out, const rg_memory *memory, uint32_t *node, uint32_t *use)
{
    const rg_graph *graph = memory->judgement->graph;
    for (; *node < memory->set.nodes.count; (*node)++, *use = 0) {
        rg_node read = {memory->set.nodes.items[*node]};
        while (*use < rg_node_use_count(graph, read)) {
            *out = rg_node_use(graph, read, (*use)++);
            if (!is_foreign(memory, read, *out) && rg__use_reads_data(graph, *out)) {
                return true;
            }
        }
    }
    return false;
}

/* Take note of what the answer to a question is yes for. */
static bool found_cause(const rg_memory *memory, rg_node node)
{
    rg_node value = {memory->set.nodes.items == NULL ? 0 : memory->set.nodes.items[0]};
    *memory->judgement->cause = (rg_refusal_cause){node, value};
    return true;
}

static bool is_returned(const rg_memory *memory)
{
    rg_use use;
    for (uint32_t i = 0, j = 0; next_use(&use, memory, &i, &j);) {
        if (is_output(memory->judgement->graph, use.user)) {
            return found_cause(memory, use.user);
        }
    }
    return false;
}

/* Is it memory that the graph was given? */
static bool is_given(const rg_memory *memory)
{
    for (uint32_t i = 0; i < memory->set.nodes.count; i++) {
        rg_op_kind kind = rg_node_kind(memory->judgement->graph, (rg_node){memory->set.nodes.items[i]});
        if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_GET_ATTR) {
            return found_cause(memory, (rg_node){memory->set.nodes.items[i]});
        }
    }
    return false;
}

/* Is it read, or written, by something that does not come before the match? */
static bool is_used_behind(const rg_memory *memory)
{
    rg_use use;
    for (uint32_t i = 0, j = 0; next_use(&use, memory, &i, &j);) {
        if (is_behind(memory->judgement, use.user)) {
            return found_cause(memory, use.user);
        }
    }
    return false;
}

static bool is_written_behind(const rg_memory *memory)
{
    const rg_judgement *judgement = memory->judgement;
    rg_use use;
    for (uint32_t i = 0, j = 0; next_use(&use, memory, &i, &j);) {
        if (rg__use_writes(judgement->graph, use) && is_behind(judgement, use.user)) {
            return found_cause(memory, use.user);
        }
    }
    return false;
}

/* Is the memory read by `writer` or behind it? That `writer` writes it too is no read. */
static bool is_read_from(const rg_memory *memory, rg_node writer)
{
    const rg_graph *graph = memory->judgement->graph;
    rg_use use;
    for (uint32_t i = 0, j = 0; next_use(&use, memory, &i, &j);) {
        bool is_same = rg_node_same(use.user, writer);
        if ((is_same && !rg__use_writes(graph, use)) || (!is_same && rg_graph_precedes(graph, writer, use.user))) {
            return true;
        }
    }
    return false;
}

/* Does a write behind the match change `written`, with a read of `read` at it or behind it? */
static bool shows(const rg_memory *written, const rg_memory *read)
{
    const rg_judgement *judgement = written->judgement;
    rg_use use;
    for (uint32_t i = 0, j = 0; next_use(&use, written, &i, &j);) {
        if (rg__use_writes(judgement->graph, use) && is_behind(judgement, use.user) && is_read_from(read, use.user)) {
            return found_cause(written, use.user);
        }
    }
    return false;
}

static void memory_free(rg_memory *memory)
{
    rg__alias_set_free(&memory->set, memory->judgement->graph);
}

/* ---- inputs and results of the match ---- */

static rg_node input_node(const rg_judgement *judgement, size_t index)
{
    const rg_rule *rule = judgement->match->rule;
    return rule->inputs[index].kind == RG_RULE_INPUT_TENSOR ? rg_value_as_node(judgement->match->inputs[index])
                                                            : (rg_node){0};
}

/* Does the pattern give back an input as this result, and the replacement something new? */
static bool is_renewed(const rg_match *match, uint32_t index)
{
    const rg_rule *rule = match->rule;
    rg_pattern_place place = rule->compiled->results[index];
    rg_node node = output_node(rule->replacement, index);
    return place.kind == RG_PATTERN_INPUT && !rg_node_is_null(node) &&
           !rg_node_same(node, rule->inputs[place.index].replacement);
}

/* The node whose readers will read what the replacement makes of result `index`; null when nothing changes for them. */
static rg_node replaced_node(const rg_match *match, uint32_t index)
{
    rg_pattern_place place = match->rule->compiled->results[index];
    bool is_replaced =
        (place.kind == RG_PATTERN_NODE && !rg_node_is_null(output_node(match->rule->replacement, index))) ||
        is_renewed(match, index);
    return is_replaced ? match->outputs[index] : (rg_node){0};
}

/* What the rest of the graph makes of a result. */
static rg_memory result_memory(rg_judgement *judgement, uint32_t index)
{
    rg_node node = judgement->match->outputs[index];
    bool is_input = judgement->match->rule->compiled->results[index].kind == RG_PATTERN_INPUT;
    rg_memory memory = {.judgement = judgement, .split = is_input ? node : (rg_node){0}, .behind = true};
    judgement->failed = judgement->failed || !rg__alias_add(&memory.set, judgement->graph, node) ||
                        !rg__alias_add_views(&memory.set, judgement->graph, is_foreign, &memory);
    return memory;
}

static rg_memory input_memory(rg_judgement *judgement, rg_node node)
{
    const rg_match *match = judgement->match;
    rg_memory memory = {.judgement = judgement};
    for (uint32_t i = 0; i < match->output_count; i++) {
        if (is_renewed(match, i) && rg_node_same(match->outputs[i], node)) {
            memory.split = node;
        }
    }
    judgement->failed = judgement->failed || !rg__alias_add_origins(&memory.set, judgement->graph, node) ||
                        !rg__alias_add_views(&memory.set, judgement->graph, is_foreign, &memory);
    return memory;
}

/* ---- judging ---- */

/* A result and another value that come to share memory (`is_new`), or cease to. */
static rg_refusal judge_sharing(const rg_judgement *judgement, const rg_memory *result, const rg_memory *other,
                                bool is_new)
{
    if (is_new && is_returned(result) && (is_given(other) || is_returned(other))) {
        return RG_REFUSAL_RETURNS_ALIAS;
    }
    if (judgement->may_write &&
        (shows(result, other) || shows(other, result) || (is_written_behind(result) && is_given(other)))) {
        return RG_REFUSAL_ALIAS_WRITTEN;
    }
    return RG_REFUSAL_NONE;
}

/* The same of a result and memory made for this question. */
static rg_refusal judge_pair(rg_judgement *judgement, uint32_t index, rg_memory other, bool is_new)
{
    rg_memory result = result_memory(judgement, index);
    rg_refusal refusal = judge_sharing(judgement, &result, &other, is_new);
    memory_free(&result);
    memory_free(&other);
    return refusal;
}

static rg_refusal judge_result_inputs(rg_judgement *judgement, uint32_t index, const rg_alias_set *origins)
{
    const rg_match *match = judgement->match;
    rg_refusal refusal = RG_REFUSAL_NONE;
    for (uint32_t i = 0; i < match->rule->input_count && refusal == RG_REFUSAL_NONE; i++) {
        rg_node node = input_node(judgement, i);
        bool will = (judgement->effects->result_inputs[index] >> i & 1) != 0;
        if (rg_node_is_null(node) || rg__alias_holds(origins, node) == will) {
            continue;
        }
        refusal = judge_pair(judgement, index, input_memory(judgement, node), will);
    }
    return refusal;
}

static rg_refusal judge_result_pairs(rg_judgement *judgement, uint32_t index, const rg_alias_set *shared)
{
    const rg_match *match = judgement->match;
    rg_refusal refusal = RG_REFUSAL_NONE;
    for (uint32_t i = 0; i < index && refusal == RG_REFUSAL_NONE; i++) {
        rg_node node = replaced_node(match, i);
        bool will = judgement->effects->result_pairs[(size_t)index * match->output_count + i];
        if (rg_node_is_null(node) || rg__alias_holds(shared, node) == will) {
            continue;
        }
        refusal = judge_pair(judgement, index, result_memory(judgement, i), will);
    }
    return refusal;
}

static rg_refusal judge_results(rg_judgement *judgement)
{
    const rg_match *match = judgement->match;
    rg_refusal refusal = RG_REFUSAL_NONE;
    for (uint32_t i = 0; i < match->output_count && refusal == RG_REFUSAL_NONE; i++) {
        rg_node node = replaced_node(match, i);
        rg_alias_set set = {0};
        if (rg_node_is_null(node)) {
            continue;
        }
        judgement->failed = judgement->failed || !rg__alias_add_origins(&set, judgement->graph, node);
        refusal = judge_result_inputs(judgement, i, &set);
        judgement->failed = judgement->failed || !rg__alias_add_views(&set, judgement->graph, NULL, NULL);
        if (refusal == RG_REFUSAL_NONE) {
            refusal = judge_result_pairs(judgement, i, &set);
        }
        rg__alias_set_free(&set, judgement->graph);
    }
    return refusal;
}

/* One input that is written now, or will be. */
static rg_refusal judge_written(rg_judgement *judgement, uint32_t index, bool is_written, bool will)
{
    const rg_match *match = judgement->match;
    rg_memory memory = input_memory(judgement, input_node(judgement, index));
    rg_refusal refusal = RG_REFUSAL_NONE;
    for (uint32_t i = 0; i < match->rule->input_count; i++) {
        rg_node other = input_node(judgement, i);
        if (i != index && !rg_node_is_null(other) && rg__alias_holds(&memory.set, other)) {
            *judgement->cause = (rg_refusal_cause){other, input_node(judgement, index)};
            refusal = RG_REFUSAL_SHARED_INPUTS;
        }
    }
    if (refusal == RG_REFUSAL_NONE && is_written != will && (is_given(&memory) || is_used_behind(&memory))) {
        refusal = will ? RG_REFUSAL_OVERWRITES : RG_REFUSAL_LEAVES;
    }
    memory_free(&memory);
    return refusal;
}

typedef struct rg_written_visit {
    rg_alias_set *set;
    const rg_graph *graph;
} rg_written_visit;

static rg_status add_written_origins(void *user, uint32_t id)
{
    rg_written_visit *visit = user;
    return rg__alias_add_origins(visit->set, visit->graph, (rg_node){id}) ? RG_OK : RG_ERROR_MEMORY;
}

bool rg__match_find_written(rg_alias_set *set, const rg_match *match)
{
    rg_written_visit visit = {set, match->graph};
    for (size_t i = 0; i < match->node_count; i++) {
        size_t count = rg_node_argument_count(match->graph, match->nodes[i]);
        for (size_t j = 0; j < count; j++) {
            rg_use use = {match->nodes[i], (uint32_t)j};
            if (rg__use_writes(match->graph, use) &&
                rg__graph_visit_nodes(match->graph, rg_node_argument(match->graph, match->nodes[i], j),
                                      add_written_origins, &visit) != RG_OK) {
                return false;
            }
        }
    }
    return true;
}

static rg_refusal judge_writes(rg_judgement *judgement)
{
    const rg_match *match = judgement->match;
    rg_alias_set written = {0};
    rg_refusal refusal = RG_REFUSAL_NONE;
    judgement->failed = judgement->failed || !rg__match_find_written(&written, match);
    for (uint32_t i = 0; i < match->rule->input_count && refusal == RG_REFUSAL_NONE; i++) {
        rg_node node = input_node(judgement, i);
        bool is_written = !rg_node_is_null(node) && rg__alias_holds(&written, node);
        bool will = (judgement->effects->written >> i & 1) != 0;
        if (is_written || will) {
            refusal = judge_written(judgement, i, is_written, will);
        }
    }
    rg__alias_set_free(&written, judgement->graph);
    return refusal;
}

rg_status rg__effects_judge(rg_refusal *out, rg_refusal_cause *cause, const rg_match *match, bool may_write,
                            bool is_shared)
{
    const rg_effects *effects = match->rule->compiled->effects;
    rg_judgement judgement = {match, match->graph, effects, match->nodes[0], cause, may_write, is_shared, false};
    *out = RG_REFUSAL_NONE;
    if ((effects->is_fresh && !may_write) || match->graph == match->rule->pattern) {
        return RG_OK;
    }
    for (size_t i = 1; i < match->node_count; i++) {
        bool is_earlier = rg_graph_precedes(match->graph, match->nodes[i], judgement.first);
        judgement.first = is_earlier ? match->nodes[i] : judgement.first;
    }
    if (may_write || effects->written != 0) {
        *out = judge_writes(&judgement);
    }
    if (*out == RG_REFUSAL_NONE) {
        *out = judge_results(&judgement);
    }
    return judgement.failed ? rg__report_memory(rg_graph_context(match->graph)) : RG_OK;
}

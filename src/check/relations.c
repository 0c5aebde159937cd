/*
 * relations.c: the rules of a set beside one another: which takes the place of which, and which make each other's
 * patterns.
 *
 * The matcher is asked about the graphs that cases have made of each rule's pattern and replacement, so types, sizes
 * and checks count as they do in any graph. What holds in all samples of a rule is said of the rule.
 */
#include <regraft/diff.h>
#include <regraft/rewrite.h>

#include "check/check_impl.h"

typedef struct relations {
    rg_check *check;
    rg_matcher *matcher;
    size_t count;   /* rules */
    bool *takes;    /* [rule][rule]: in the samples of the first, the second is applied first */
    bool *contains; /* [rule][rule]: some replacement of the first has a match of the second */
} relations;

static const rg_rule *rule_at(const relations *job, size_t index)
{
    return &job->check->set->rules.items[index];
}

static bool *cell(const relations *job, bool *table, size_t rule, size_t other)
{
    return &table[rule * job->count + other];
}

/* A search that cannot be decided finds nothing; only want of memory is a failure. */
static rg_status find_matches(rg_match_list **out, const relations *job, rg_graph *graph)
{
    *out = NULL;
    rg_status status = rg_matcher_find_all(out, job->matcher, graph);
    rg_context_clear_diagnostics(job->check->context);
    return status == RG_ERROR_MEMORY ? status : RG_OK;
}

static bool finds(const rg_match_list *list, size_t rule)
{
    for (size_t i = 0; list != NULL && i < rg_match_list_count(list); i++) {
        if (rg_match_rule(rg_match_list_get(list, i)) == rule) {
            return true;
        }
    }
    return false;
}

/* ---- patterns ---- */

/* What became of a rule's samples. */
typedef struct fate {
    size_t applied;   /* samples in which the rule itself is applied first */
    size_t unmatched; /* in which it has no match */
    bool is_refused;  /* in one of these because of what is read or written around it, which samples do not have */
} fate;

static rg_status look_at_pattern(fate *out, const relations *job, size_t index, rg_graph *pattern)
{
    rg_match_list *list = NULL;
    rg_status status = find_matches(&list, job, pattern);
    if (status != RG_OK) {
        return status;
    }
    if (!finds(list, index)) {
        out->unmatched++;
        out->is_refused = out->is_refused || rg_matcher_refusal(job->matcher, index).size > 0;
    } else {
        size_t first = rg_match_rule(rg_match_list_get(list, 0));
        out->applied += first == index ? 1 : 0;
        *cell(job, job->takes, index, first) = true;
    }
    rg_match_list_destroy(list);
    return RG_OK;
}

/* The rule that takes the place of this one in some sample; the set's count if there is none. */
static size_t taker_of(const relations *job, size_t index)
{
    for (size_t i = 0; i < job->count; i++) {
        if (i != index && *cell(job, job->takes, index, i)) {
            return i;
        }
    }
    return job->count;
}

/* Do all samples of `rule` have matches of `other`? */
static rg_status is_covered(bool *out, const relations *job, size_t rule, size_t other)
{
    const rg_samples *samples = &job->check->samples[rule];
    *out = samples->count > 0;
    for (size_t k = 0; k < samples->count && *out; k++) {
        rg_match_list *list = NULL;
        rg_status status = find_matches(&list, job, samples->patterns[k]);
        *out = status == RG_OK && finds(list, other);
        rg_match_list_destroy(list);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

static rg_status report_shadow(const relations *job, size_t index)
{
    rg_check_finding finding = {.kind = RG_CHECK_SHADOWED, .severity = RG_SEVERITY_ERROR, .rule = index};
    bool is_mutual = false;
    finding.other = taker_of(job, index);
    if (finding.other == job->count) {
        return RG_OK;
    }
    rg_string name = rule_at(job, finding.other)->name;
    rg_status status = is_covered(&is_mutual, job, finding.other, index);
    if (status == RG_OK && is_mutual) {
        finding.kind = RG_CHECK_DUPLICATE;
        return rg__check_find(job->check, finding, "it finds the same as '%.*s', which is tried first", (int)name.size,
                              name.data);
    }
    return status == RG_OK ? rg__check_find(job->check, finding,
                                            "it can never be applied: '%.*s' matches wherever it does, and goes first",
                                            (int)name.size, name.data)
                           : status;
}

static rg_status judge_pattern(const relations *job, size_t index)
{
    const rg_samples *samples = &job->check->samples[index];
    fate seen = {0, 0, false};
    rg_status status = RG_OK;
    for (size_t k = 0; k < samples->count && status == RG_OK; k++) {
        status = look_at_pattern(&seen, job, index, samples->patterns[k]);
    }
    if (status != RG_OK || samples->count == 0 || seen.applied > 0) {
        return status;
    }
    if (seen.unmatched < samples->count) {
        return report_shadow(job, index);
    }
    rg_check_finding finding = {RG_CHECK_NEVER_FIRES, RG_SEVERITY_ERROR, index, SIZE_MAX, {NULL, 0}};
    return seen.is_refused || rule_at(job, index)->compiled->changes_nothing
               ? RG_OK
               : rg__check_find(job->check, finding, "it matches none of %zu graphs that were made of its pattern",
                                samples->count);
}

/* ---- replacements ---- */

static rg_status look_at_replacement(const relations *job, size_t index, rg_graph *replacement)
{
    rg_match_list *list = NULL;
    rg_status status = find_matches(&list, job, replacement);
    for (size_t i = 0; list != NULL && i < rg_match_list_count(list); i++) {
        *cell(job, job->contains, index, rg_match_rule(rg_match_list_get(list, i))) = true;
    }
    rg_match_list_destroy(list);
    return status;
}

/* Does `other`, applied to a replacement of `rule`, give the pattern again? */
static rg_status gives_back(bool *out, const relations *job, rg_graph *pattern, const rg_graph *replacement,
                            size_t other)
{
    rg_graph *graph = NULL;
    rg_match_list *list = NULL;
    rg_diff *diff = NULL;
    rg_status status = rg_graph_clone(&graph, replacement);
    if (status == RG_OK) {
        status = find_matches(&list, job, graph);
    }
    for (size_t i = 0; status == RG_OK && i < rg_match_list_count(list); i++) {
        const rg_match *match = rg_match_list_get(list, i);
        if (rg_match_rule(match) == other) {
            status = rg_rewrite_apply(graph, match);
            break;
        }
    }
    if (status == RG_OK) {
        status = rg_graph_diff(&diff, graph, pattern, NULL);
    }
    *out = status == RG_OK && rg_diff_is_equal(diff);
    rg_diff_destroy(diff);
    rg_match_list_destroy(list);
    rg_graph_destroy(graph);
    rg_context_clear_diagnostics(job->check->context);
    return status == RG_ERROR_MEMORY ? status : RG_OK;
}

static rg_status is_undone(bool *out, const relations *job, size_t rule, size_t other)
{
    const rg_samples *samples = &job->check->samples[rule];
    rg_status status = RG_OK;
    *out = false;
    for (size_t k = 0; k < samples->count && status == RG_OK && !*out; k++) {
        if (samples->replacements[k] != NULL) {
            status = gives_back(out, job, samples->patterns[k], samples->replacements[k], other);
        }
    }
    return status;
}

/* Two rules whose replacements have matches of each other. */
static rg_status report_cycle(const relations *job, size_t rule, size_t other)
{
    bool undoes = false;
    rg_check_finding finding = {RG_CHECK_FEEDS, RG_SEVERITY_WARNING, rule, other, {NULL, 0}};
    rg_string name = rule_at(job, other)->name;
    rg_status status = is_undone(&undoes, job, rule, other);
    if (status == RG_OK && undoes) {
        finding.kind = RG_CHECK_UNDONE;
        finding.severity = RG_SEVERITY_ERROR;
        return rg__check_find(job->check, finding, "'%.*s' undoes it: they make each other's patterns", (int)name.size,
                              name.data);
    }
    return status == RG_OK ? rg__check_find(job->check, finding,
                                            "its replacement contains what '%.*s' looks for, and the other way round: "
                                            "sweeps until nothing matches may not end",
                                            (int)name.size, name.data)
                           : status;
}

static rg_status report_replacement(const relations *job, size_t index)
{
    rg_check_finding finding = {RG_CHECK_FEEDS_ITSELF, RG_SEVERITY_WARNING, index, SIZE_MAX, {NULL, 0}};
    if (rule_at(job, index)->compiled->changes_nothing) {
        finding.kind = RG_CHECK_CHANGES_NOTHING;
        return rg__check_find(job->check, finding, "the replacement is the pattern, so it is never applied");
    }
    rg_status status = RG_OK;
    if (*cell(job, job->contains, index, index)) {
        status = rg__check_find(job->check, finding,
                                "the replacement contains the rule's own pattern: sweeps until nothing matches will "
                                "not end");
    }
    for (size_t other = index + 1; other < job->count && status == RG_OK; other++) {
        if (*cell(job, job->contains, index, other) && *cell(job, job->contains, other, index)) {
            status = report_cycle(job, index, other);
        }
    }
    return status;
}

/* ---- all of it ---- */

static rg_status look_at_all(relations *job)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < job->count && status == RG_OK; i++) {
        status = judge_pattern(job, i);
        for (size_t k = 0; k < job->check->samples[i].count && status == RG_OK; k++) {
            rg_graph *replacement = job->check->samples[i].replacements[k];
            status = replacement == NULL ? RG_OK : look_at_replacement(job, i, replacement);
        }
    }
    for (size_t i = 0; i < job->count && status == RG_OK; i++) {
        status = report_replacement(job, i);
    }
    return status;
}

rg_status rg__check_relations(rg_check *check)
{
    rg_arena arena;
    relations job = {.check = check, .count = check->rule_count};
    rg__arena_init(&arena, &check->context->allocator);
    job.takes = rg__arena_allocate_zero(&arena, job.count * job.count + 1);
    job.contains = rg__arena_allocate_zero(&arena, job.count * job.count + 1);
    rg_status status = job.takes == NULL || job.contains == NULL
                           ? RG_ERROR_MEMORY
                           : rg_matcher_create(&job.matcher, check->context, check->set);
    if (status == RG_OK) {
        status = look_at_all(&job);
    }
    rg_matcher_destroy(job.matcher);
    rg__arena_free(&arena);
    return status;
}

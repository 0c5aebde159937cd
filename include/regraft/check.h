/*
 * check.h: are the rules of a set right? Numbers for each rule, and the rules against each other (doc/check.md).
 *
 *     rg_check *check;
 *     rg_check_options options = RG_CHECK_OPTIONS_INIT;
 *     options.seed = 7;
 *     rg_check_create(&check, set, &options);
 *     for (size_t i = 0; i < rg_rule_set_count(set); i++) {
 *         rg_check_result result = rg_check_get_result(check, i);    ok, failed, or not compared and why
 *     }
 *     rg_check_destroy(check);
 *
 * Registration has looked at what a rule says; this looks at what it does. For each instance cases are drawn: sizes,
 * captured constants and types that the rule's inputs allow and its check accepts. In each case pattern and replacement
 * are run on the same inputs by the interpreter (interpret.h), and what they return and what they leave in their inputs
 * is compared. Then the rules are matched with one another's patterns and replacements.
 *
 * Everything follows from the set and the options: the same seed gives the same cases and the same numbers.
 */
#ifndef REGRAFT_CHECK_H
#define REGRAFT_CHECK_H

#include <regraft/interpret.h>
#include <regraft/rule.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_check rg_check;

typedef struct rg_check_options {
    size_t struct_size;
    uint64_t seed;
    uint32_t cases;          /* to compare for each instance; 0: 8 */
    double tolerance_factor; /* multiplies what dtypes are allowed to differ by; 0 asks for equality */
    bool skip_relations;     /* do not match the rules with one another */
} rg_check_options;

#define RG_CHECK_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        sizeof(rg_check_options), 0, 0, 1, false                                                                       \
    }

/* Check a set. What is wrong with a rule is an answer, not a failure: it fails only for want of memory. The set must
 * live and not change while the check lives. `options` may be NULL. */
RG_API RG_NODISCARD rg_status rg_check_create(rg_check **out, const rg_rule_set *set, const rg_check_options *options);
/* Destroy a check with all that it has found. NULL is allowed. */
RG_API void rg_check_destroy(rg_check *check);

/* ---- numbers ---- */

typedef enum rg_check_outcome {
    RG_CHECK_OK,          /* pattern and replacement agree in all cases */
    RG_CHECK_FAILED,      /* they differ in one */
    RG_CHECK_STATED,      /* they differ, and the rule says in what: `reason` has its words (rg_rule_info.differs) */
    RG_CHECK_NOT_COMPARED /* nothing is known: `reason` says why */
} rg_check_outcome;

/* What came out for one instance. Texts are lent by the check. */
typedef struct rg_check_result {
    rg_check_outcome outcome;
    rg_string reason; /* why it failed or was not compared, a sentence without full stop; empty if it is ok */
    rg_string inputs; /* the case that failed: "t=3, h=5, epsilon=1e-05; values near 0"; else empty */
    uint32_t cases;   /* that were compared */
    uint32_t drawn;   /* those included that the pattern's ops or the rule's check did not take */
    /* The largest difference of all cases: as it is, and as a part of what its dtype allows (rg_tolerance_of); 1 and
     * less agree. `dtype` is that of the result; NONE when no results of floats were compared. */
    double max_absolute;
    double error;
    rg_dtype dtype;
    /* The largest error of results of 16 bits and less against the pattern in double precision: of the replacement
     * divided by that of the pattern. More than rg_check_precision means a failure. 1 when nothing was rounded. */
    double precision;
} rg_check_result;

/* By how much a replacement's rounding errors may exceed its pattern's. */
RG_API double rg_check_precision(void);

/* The result of the set's instance `index`; all zero beyond the last. */
RG_API rg_check_result rg_check_get_result(const rg_check *check, size_t index);
/* How many instances had this outcome. */
RG_API size_t rg_check_count(const rg_check *check, rg_check_outcome outcome);

/* ---- rules against each other, and other findings ---- */

typedef enum rg_check_finding_kind {
    RG_CHECK_NEVER_FIRES,  /* no graph was found that the rule matches: its check or its types contradict each other */
    RG_CHECK_SHADOWED,     /* wherever it matches, `other` takes its place */
    RG_CHECK_DUPLICATE,    /* `other` matches the same graphs, and is tried first */
    RG_CHECK_UNDONE,       /* `other` makes the rule's pattern of its replacement: they undo each other */
    RG_CHECK_FEEDS,        /* a fixpoint need not end: its replacement contains the pattern of `other`, whose
                              replacement contains its own */
    RG_CHECK_FEEDS_ITSELF, /* the replacement contains the rule's own pattern, so a fixpoint need not end */
    RG_CHECK_CHANGES_NOTHING, /* the replacement is the pattern */
    RG_CHECK_IS_PARTIAL       /* there are inputs that the rule matches and its replacement cannot be computed for */
} rg_check_finding_kind;

typedef struct rg_check_finding {
    rg_check_finding_kind kind;
    rg_severity severity; /* an error means that the set is wrong; a warning, that it may be meant */
    size_t rule;          /* index in the set */
    size_t other;         /* SIZE_MAX: none */
    rg_string text;       /* a sentence without full stop */
} rg_check_finding;

/* How many findings there are; one by its index, all zero beyond the last. */
RG_API size_t rg_check_finding_count(const rg_check *check);
RG_API rg_check_finding rg_check_get_finding(const rg_check *check, size_t index);

/* Is nothing wrong: has no instance failed, and is no finding an error? */
RG_API bool rg_check_passes(const rg_check *check);

/* Put what has failed and what was found on a context as diagnostics, each with its place in the rule file. Instances
 * of one rule that fail alike are one diagnostic. */
RG_API RG_NODISCARD rg_status rg_check_report(const rg_check *check, rg_context *context);

#ifdef __cplusplus
}
#endif
#endif

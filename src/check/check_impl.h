/*
 * check_impl.h: what checking a rule is made of. Read it in this order:
 *
 *     draw_case.c     sizes, types and constants that the inputs of a rule allow: a case
 *     draw_constant.c the constants among them
 *     instantiate.c   the rule's pattern or replacement as a graph for that case
 *     run_case.c      both run on the same inputs; input_values.c makes these
 *     judge.c         what they came to, compared
 *     relations.c     the rules of a set matched with one another
 *     check.c         all of it for a set, and the answers
 *
 * Everything made on the way lives in a context of the check's own, whose parent is the set's: diagnostics about cases
 * that do not fit are no business of the user's.
 */
#ifndef RG_CHECK_CHECK_IMPL_H
#define RG_CHECK_CHECK_IMPL_H

#include <regraft/check.h>

#include "interp/interp_impl.h"
#include "match/captured.h"
#include "match/match_impl.h"
#include "rule/repetition.h"

enum {
    RG_CHECK_SAMPLES = 3,      /* cases of a rule that are kept for the relations */
    RG_CHECK_MAX_ITEMS = 3,    /* of a captured list */
    RG_CHECK_MAX_NUMBERS = 24, /* numbers of a rule that cases are drawn from */
    RG_CHECK_MAX_RESULTS = 16  /* whose precision is looked at one by one */
};

/* ---- cases ---- */

/* Numbers drawn one after the other from a stream. */
typedef struct rg_draw {
    uint64_t stream;
    uint64_t counter;
} rg_draw;

/* One of 0 .. count - 1. */
static inline uint64_t rg__draw_below(rg_draw *draw, uint64_t count)
{
    return rg__random_bits(draw->stream, draw->counter++) % count;
}

/* What cases of a rule are drawn from. */
typedef struct rg_drawing {
    rg_context *context;
    const rg_rule *rule;
    const rg_graph *pattern; /* the rule's, to be asked in `context` */
    rg_draw draw;
    /* Numbers that the pattern and the check name. */
    int64_t integers[RG_CHECK_MAX_NUMBERS];
    size_t integer_count;
    double reals[RG_CHECK_MAX_NUMBERS];
    size_t real_count;
    /* Symbols of the rule: its size variables, then the names of its int inputs that are no such. */
    rg_size *symbols;
    size_t symbol_count;
    uint64_t max_elements; /* of all inputs together */
    uint32_t drawn;        /* cases so far */
} rg_drawing;

/* What stands for the inputs of a rule. Arrays are by input, but for the sizes. */
typedef struct rg_case {
    rg_context *context;
    const rg_rule *rule;
    rg_known_sizes sizes;
    int64_t *values;     /* what the symbols stand for, as numbers */
    rg_type *types;      /* of tensors; of the items of a list */
    size_t *item_counts; /* of lists of tensors */
    rg_value *constants; /* missing for tensors and lists of them */
    rg_device device;
} rg_case;

/* Look a rule over; what is found lives in `arena`. */
rg_status rg__drawing_prepare(rg_drawing *out, rg_context *context, const rg_rule *rule, uint64_t seed,
                              rg_arena *arena);
/* Draw a case, in `arena`. `like` is one that has fitted, to stay near to; or NULL. `*fits` is false when the sizes do
 * not go together. Fails only for want of memory. */
rg_status rg__draw_case(rg_case *out, bool *fits, rg_drawing *drawing, const rg_case *like, rg_arena *arena);
/* Let tensor input `index` have a rank's part of its first dimension only; false when there is none. */
rg_status rg__case_part(bool *has_part, rg_case *drawn, size_t index, uint32_t ranks);
/* The constant for input `index`; its types have been drawn. */
rg_status rg__draw_constant(rg_value *out, rg_drawing *drawing, const rg_case *drawn, size_t index);
/* A dimension, or a small number otherwise. */
int64_t rg__draw_integer(rg_drawing *drawing);
/* Integers of a tensor type whose sizes are all known; false when they are not. */
bool rg__type_integers(int64_t *out, uint32_t *rank, const rg_context *context, rg_type type);
/* A type of the rule in a case: null where it is not known. Devices that the rule leaves open are the case's. */
rg_status rg__case_type(rg_type *out, const rg_case *drawn, rg_type type, rg_arena *arena);
/* "t=3, h=5, epsilon=1e-05" */
rg_status rg__case_print(const rg_case *drawn, rg_buffer *out);

/* ---- graphs for a case ---- */

/* How a graph of a rule is made for a case. */
typedef enum rg_instance_kind {
    RG_INSTANCE_AS_IT_IS,
    RG_INSTANCE_DOUBLE /* floats of 16 and 32 bits become f64: what the rule means without its roundings */
} rg_instance_kind;

/*
 * The rule's pattern or replacement, `owner`, with the case put in: inputs that are tensors are placeholders, those of
 * a list one each; sizes and constants are numbers; all nodes have types. In `arena` only for the time of the call.
 * Fails with a diagnostic when some call does not fit the case.
 */
rg_status rg__instantiate(rg_graph **out, const rg_case *drawn, const rg_graph *owner, rg_instance_kind kind,
                          rg_arena *arena);
/* Does the rule's check accept the case, as far as it looks at its inputs? */
rg_status rg__case_is_accepted(bool *out, const rg_case *drawn, rg_arena *arena);

/* ---- running ---- */

/* What the numbers of the inputs are like. */
typedef enum rg_value_profile {
    RG_VALUES_PLAIN,   /* as the interpreter makes them */
    RG_VALUES_SMALL,   /* so near to 0 that their squares are of the order of the smallest term that is added */
    RG_VALUES_LARGE,   /* beyond what narrow dtypes hold, and where clamps take hold */
    RG_VALUES_TINY,    /* themselves of that order */
    RG_VALUES_SHIFTED, /* far from 0 beside their differences, so that what is not rounded as late as can be is lost */
    RG_VALUES_COARSE,  /* few different ones: ties, zeros, numbers that cancel */
    RG_VALUE_PROFILES
} rg_value_profile;

/* How large large values are; where that makes something overflow, less: a fourth, as often as it takes. */
#define RG_CHECK_LARGEST 300.0
#define RG_CHECK_SMALLER 0.25
#define RG_CHECK_LEAST   1.0

/* What numbers of a profile are measured by. */
typedef struct rg_value_measure {
    rg_value_profile profile;
    double smallest; /* the smallest positive number of the case's graph that is small */
    double largest;  /* what large values are multiplied with */
} rg_value_measure;

/* Change the inputs of a run that has not been executed. */
void rg__set_values(rg_run *run, const rg_graph *graph, const rg_value_measure *measure);
/* Change the inputs of a run in double precision by half a step of the dtype, up or down. */
void rg__perturb_inputs(rg_run *run, const rg_graph *graph, rg_dtype dtype);

/* Sums of squared errors of a rule's results, in steps of the dtype, of cases so far; by result. */
typedef struct rg_precision {
    double pattern[RG_CHECK_MAX_RESULTS];
    double replacement[RG_CHECK_MAX_RESULTS];
    uint64_t count[RG_CHECK_MAX_RESULTS];
} rg_precision;

/* How one case came out. */
typedef enum rg_case_outcome {
    RG_CASE_AGREES,
    RG_CASE_DIFFERS,
    RG_CASE_MISFIT,    /* the pattern cannot be computed: no case of the rule */
    RG_CASE_PARTIAL,   /* the pattern can be computed, the replacement cannot */
    RG_CASE_IMPOSSIBLE /* an op without kernel, random numbers: no case of the rule can be compared */
} rg_case_outcome;

typedef struct rg_case_result {
    rg_case_outcome outcome;
    rg_buffer reason;
    rg_dtype dtype; /* of the result with the largest error */
    double error;   /* as a part of what is allowed */
    double max_absolute;
} rg_case_result;

typedef struct rg_case_job {
    const rg_case *drawn;
    rg_graph *pattern;     /* instantiated */
    rg_graph *replacement; /* or NULL: it could not be, for this reason: */
    rg_string problem;
    rg_graph *exact; /* the pattern in double precision; NULL: there is none */
    uint64_t seed;
    rg_value_profile profile;
    double largest; /* of large values: what they are multiplied with */
    double tolerance_factor;
    rg_precision *precision;
} rg_case_job;

/* How many ranks are simulated. */
uint32_t rg__case_ranks(const rg_case_job *job);
/* Run and compare. `out->reason` must be initialised. */
rg_status rg__case_run(rg_case_result *out, const rg_case_job *job);
/* Does the result of a graph depend on random numbers? Random ops whose probability is 0 do not count. `node` (may be
 * NULL) gets the first. */
bool rg__graph_is_random(const rg_graph *graph, rg_node *node);
/* Is it the name of an argument that says how often a random op does something? */
static inline bool rg__is_probability(rg_string name)
{
    return rg_string_equal(name, rg_string_from("p")) || rg_string_equal(name, rg_string_from("dropout_p"));
}

typedef struct rg_judged_runs {
    rg_run *pattern;
    rg_run *untouched; /* not executed: the inputs as they were */
    rg_run *replacement;
    rg_run *exact;     /* the pattern in double precision; NULL: there is none */
    rg_run *perturbed; /* `exact` on inputs that differ by half a step of the results' dtype: of large values, and of
                          rules that state that they round more */
    bool overflows;    /* the values are large, and still something in the pattern overflows */
} rg_judged_runs;

/* Is there a softmax with a row of which everything is hidden, by minus infinity or a number like it? What such a row
 * comes to is nowhere agreed: nothing, everything alike, or NaN. The run has been executed, with all values kept. */
bool rg__hides_row(const rg_graph *graph, const rg_run *run);

/* judge.c: compare what the runs came to. */
void rg__judge(rg_case_result *out, const rg_case_job *job, const rg_judged_runs *runs);

/* ---- the check ---- */

/* Graphs of a rule in cases that its check accepts. */
typedef struct rg_samples {
    rg_graph *patterns[RG_CHECK_SAMPLES];
    rg_graph *replacements[RG_CHECK_SAMPLES]; /* NULL where there is none */
    size_t count;
} rg_samples;

struct rg_check {
    const rg_rule_set *set;
    rg_check_options options;
    rg_context *context; /* of cases; a child of the set's */
    rg_arena arena;      /* of the answers */
    rg_check_result *results;
    rg_samples *samples; /* by rule */
    size_t rule_count;
    RG_VECTOR(rg_check_finding) findings;
};

/* Add a finding; `format` is its text. */
rg_status rg__check_find(rg_check *check, rg_check_finding finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* relations.c: match the rules with one another's samples. */
rg_status rg__check_relations(rg_check *check);

#endif

/*
 * expression_explain.h: why a pattern expression (expression.h) does not match: the counterpart of explain.h, with
 * Inductor's semantics.
 *
 * The attempts are the matcher's own, told to go on behind what refuses them. The first disagreement of one attempt is
 * the failure that rg_expression_matcher_failure tells of the same attempt. An expression that matches can still be
 * refused: by a write between the nodes, which no pass made of expressions lets through, or by the pass' own check.
 */
#ifndef REGRAFT_EXPRESSION_EXPLAIN_H
#define REGRAFT_EXPRESSION_EXPLAIN_H

#include <regraft/explain.h>
#include <regraft/expression.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One cause, and the places where it stopped the expression. Everything is lent by the explanation. */
typedef struct rg_expression_miss {
    rg_miss_reason reason;
    rg_string sentence;      /* what stopped it, with the names of both sides; no final full stop */
    rg_string remedy;        /* what would make it match; empty when there is nothing to say */
    uint32_t matched;        /* calls of the expression that were found with all that is asked of them */
    uint32_t total;          /* calls that it has */
    rg_expression_part part; /* whose test it was; the root where a whole match was refused */
    rg_string path;          /* how it is reached: "output.args[0].args[1]" */
    rg_node node;            /* the node that disagrees; null if there is none */
    /* Both sides, with the place in them to point at: the part as the serialised form has it, `div_Tensor =
     * CallFunction(aten.div.Tensor, ...)`, and the node's statement, empty where there is none. */
    rg_location part_place;
    rg_location graph_place;
    size_t count;            /* places with this cause; 0: nothing of the expression is there */
    const rg_node *examples; /* where it was tried: the first places, at most three */
    size_t example_count;
    const rg_node *nodes; /* of the first place: the nodes that were found, in graph order */
    size_t node_count;
} rg_expression_miss;

/* Why a check refuses: static strings, or such as outlive the explanation. */
typedef struct rg_expression_refusal {
    bool refused;
    rg_string sentence;
    rg_string remedy;
    rg_node node; /* that it is about; null: none */
} rg_expression_refusal;

/* Decide about a match, as the check of a pass would. `out` is zeroed: not refused. Must not change the graph. */
typedef rg_status (*rg_expression_judge)(rg_expression_refusal *out, const rg_expression_match *match, void *user);

typedef struct rg_expression_explain_options {
    size_t struct_size;
    rg_node at;                /* only misses that this node takes part in, found or disagreeing; null: all */
    size_t max_misses;         /* entries kept, the nearest first; 0: 3 */
    rg_expression_judge judge; /* NULL: every match is accepted */
    void *user;                /* handed to the judge */
    rg_expression_matcher_options matcher;
} rg_expression_explain_options;

#define RG_EXPRESSION_EXPLAIN_OPTIONS_INIT                                                                             \
    {                                                                                                                  \
        sizeof(rg_expression_explain_options), {0}, 0, NULL, NULL, RG_EXPRESSION_MATCHER_OPTIONS_INIT                  \
    }

typedef struct rg_expression_explanation rg_expression_explanation;

/*
 * Explain why the expression does not match the graph, or not where it might. Places where most of it was found come
 * first; those with less than half of what was found at the best, a match included, are left out. An expression is also
 * tried from below its root where that finds more, so that a graph without the root's op has misses too. The
 * explanation is yours and speaks of the graph as it is now. `options` may be NULL.
 */
RG_API RG_NODISCARD rg_status rg_expression_explain(rg_expression_explanation **out, const rg_expression *expression,
                                                    rg_graph *graph, const rg_expression_explain_options *options);
/* Destroy it. NULL is allowed. */
RG_API void rg_expression_explanation_destroy(rg_expression_explanation *explanation);
/* Places where the expression matches and nothing refuses. */
RG_API size_t rg_expression_explanation_match_count(const rg_expression_explanation *explanation);
RG_API size_t rg_expression_explanation_count(const rg_expression_explanation *explanation);
/* The miss at `index`; NULL beyond the last. Lent. */
RG_API const rg_expression_miss *rg_expression_explanation_get(const rg_expression_explanation *explanation,
                                                               size_t index);

/* ---- Inductor's attention patterns ---- */

/*
 * What Inductor asks of a match of one of its attention patterns besides what the pattern says: the checks of
 * torch/_inductor/fx_passes/fuse_attention.py, of which their serialised forms hold nothing. As of PyTorch 2.13.
 */
typedef struct rg_attention_judge {
    size_t struct_size;
    rg_string pattern;       /* "_sfdp_pattern_5_half_inference": whose check it is; what begins otherwise has none */
    bool allows_tensorfloat; /* torch.backends.cuda.matmul.fp32_precision is "tf32"; false unless it was set */
} rg_attention_judge;

#define RG_ATTENTION_JUDGE_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(rg_attention_judge), {NULL, 0}, false                                                                   \
    }

/* An rg_expression_judge whose `user` is an rg_attention_judge. Types that are not known do not make it refuse. */
RG_API RG_NODISCARD rg_status rg_attention_judge_match(rg_expression_refusal *out, const rg_expression_match *match,
                                                       void *user);

#ifdef __cplusplus
}
#endif
#endif

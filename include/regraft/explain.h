/*
 * explain.h: why a rule did not match.
 *
 * A miss is a place of a graph where a part of a rule's pattern was found and the rest was not. The search for misses
 * is the matcher's own (src/match/reference.c), told to note what stops it; so a miss is never at odds with what
 * rg_matcher_find_all answers. It costs nothing unless it is asked for.
 *
 * Misses of one rule with the same cause are one entry: the cause, how often, and where.
 */
#ifndef REGRAFT_EXPLAIN_H
#define REGRAFT_EXPLAIN_H

#include <regraft/diagnostic.h>
#include <regraft/match.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What stopped a match: the closed list. rg_miss_reason_name gives "op", "literal", ... */
typedef enum rg_miss_reason {
    RG_MISS_ABSENT,          /* no node of the graph could be the pattern's */
    RG_MISS_OP,              /* another op is called */
    RG_MISS_LITERAL,         /* a number, word or list of them differs */
    RG_MISS_SIZE,            /* a size differs, or cannot be known to be equal */
    RG_MISS_RANK,            /* a captured tensor has more or fewer dimensions than declared */
    RG_MISS_DTYPE,           /* a captured tensor has another dtype than declared */
    RG_MISS_DEVICE,          /* another device */
    RG_MISS_LAYOUT,          /* strides differ from those declared, or are not known */
    RG_MISS_KIND,            /* a constant where a tensor is captured, a node where a number is, a value without type */
    RG_MISS_ARGUMENTS,       /* arguments of another number, names or structure */
    RG_MISS_OPERANDS,        /* the operands stand in the other order, and the rule or op does not allow it */
    RG_MISS_DIFFERENT_VALUE, /* one input of the rule would have to be two values */
    RG_MISS_SAME_NODE,       /* two nodes of the pattern would have to be one node */
    RG_MISS_INSERTED,        /* a node stands between: a view, cast or copy that changes what is read */
    RG_MISS_EXTRA_USER,      /* a value inside of the match has a reader outside */
    RG_MISS_FEWER_USERS,     /* a value has fewer readers than the pattern wants: expressions only */
    RG_MISS_ESCAPES,         /* a value inside of the match is returned by the graph, or viewed from outside */
    RG_MISS_REGION,          /* a write or another effect stands between the nodes */
    RG_MISS_WRITTEN,         /* memory of the match is written before the replacement would read it, or after */
    RG_MISS_CYCLE,           /* replaced, the graph would have a cycle: an input depends on a result */
    RG_MISS_OVERLAP,         /* the nodes belong to a match that was replaced first */
    RG_MISS_CHECK,           /* the rule's own check refused */
    RG_MISS_FUEL             /* the search gave up: rg_limits.max_search_steps */
} rg_miss_reason;

enum { RG_MISS_REASON_COUNT = RG_MISS_FUEL + 1 };

/* The reason's name; "" for what is none. */
RG_API const char *rg_miss_reason_name(rg_miss_reason reason);

/* One cause, and the places where it stopped a rule. Strings and arrays are lent by the explanation. */
typedef struct rg_miss {
    size_t rule; /* index in the set */
    rg_miss_reason reason;
    rg_string sentence; /* what stopped it, with the names of both sides; no final full stop */
    rg_string remedy;   /* what would make it match; empty when nothing short of another rule would */
    uint32_t matched;   /* nodes of the pattern that were found, and how many it has */
    uint32_t total;
    rg_node pattern_node; /* where it stopped, in the rule's pattern (rg_rule_info.pattern) */
    rg_node node;         /* and in the graph: the node that disagrees, or reads from outside; null if there is none */
    rg_location rule_place; /* the pattern's side, line 0 when the rule was not read from a file */
    rg_location
        graph_place; /* the graph's side: the node's statement as it prints. A graph does not know its lines: 0 */
    size_t count;    /* places with this cause */
    const rg_node *examples; /* the first of them: nodes taken for the pattern's lowest result, or the lowest found; at
                                most three */
    size_t example_count;
    const rg_node *nodes; /* of the first place: graph nodes that were matched, in graph order */
    size_t node_count;
} rg_miss;

typedef struct rg_explanation rg_explanation;

typedef struct rg_explain_options {
    size_t struct_size;
    const size_t *rules; /* indices in the set to explain; NULL: those that match nowhere */
    size_t rule_count;
    rg_node at;              /* only misses that this node takes part in, matched or not; null: all */
    size_t max_misses;       /* entries kept for each rule, the nearest first; 0: 3 */
    const rg_node *replaced; /* nodes that matches took before, sorted by id; NULL: none */
    size_t replaced_count;
} rg_explain_options;

#define RG_EXPLAIN_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(rg_explain_options), NULL, 0, {0}, 0, NULL, 0                                                           \
    }

/*
 * Explain why rules of the matcher's set do not match the graph, or not at a node. Misses stand by rule in the set's
 * order; those of one rule with the most matched first. The explanation is yours and speaks of the graph as it is now;
 * it lends strings of the set and the graph, which must outlive it. A rule that matches everywhere it could has none.
 */
RG_API RG_NODISCARD rg_status rg_matcher_explain(rg_explanation **out, rg_matcher *matcher, rg_graph *graph,
                                                 const rg_explain_options *options);
/* Destroy it. NULL is allowed. */
RG_API void rg_explanation_destroy(rg_explanation *explanation);
/* How many misses it holds. */
RG_API size_t rg_explanation_count(const rg_explanation *explanation);
/* The miss at `index`; NULL beyond the last. Lent. */
RG_API const rg_miss *rg_explanation_get(const rg_explanation *explanation, size_t index);

#ifdef __cplusplus
}
#endif
#endif

/*
 * rule_impl.h: a rule as the matcher and the rewriter see it: two traced graphs, the inputs between them, and the
 * symbols that matching binds.
 *
 * The pattern graph's placeholders are the rule's inputs, in order; so are the replacement's. In both graphs a size is
 * written as a size value or an integer, never as a node that computes it: `empty([t, 512])` holds RG_VALUE_SIZE t.
 * Scalars captured by name are placeholders too: an int input is also the size symbol of its name; arithmetic on other
 * captured scalars stands as operator nodes (rg_rule_input_kind SCALAR feeds them), which the matcher evaluates
 * instead of matching.
 * The guard is a third graph of the same inputs: operator nodes that come to one truth value, which must be certain for
 * a match to count. Properties of captured tensors stand in it as calls of getattr and of methods.
 * A device that the rule does not pin is the device of kind RG_RULE_DEVICE and index 0, bound at the first tensor
 * matched.
 */
#ifndef RG_RULE_RULE_IMPL_H
#define RG_RULE_RULE_IMPL_H

#include <regraft/rule.h>

#include "base/memory.h"
#include "rule/place.h"

#define RG_RULE_DEVICE "$device"

typedef enum rg_rule_input_kind {
    RG_RULE_INPUT_TENSOR, /* type null: any tensor */
    RG_RULE_INPUT_INT,    /* an int, a size or a node of Sym type; binds the size symbol of its name */
    RG_RULE_INPUT_FLOAT,
    RG_RULE_INPUT_BOOL,
    RG_RULE_INPUT_STRING,
    RG_RULE_INPUT_DTYPE,
    RG_RULE_INPUT_INT_LIST,
    RG_RULE_INPUT_TENSOR_LIST /* `type` is that of the items; null: any tensors */
} rg_rule_input_kind;

typedef struct rg_rule_input {
    rg_string name;
    rg_rule_input_kind kind;
    rg_type type;    /* of tensors: declared dtype, sizes (with variables), strides and device if pinned */
    rg_node pattern; /* its placeholder in the pattern graph */
    rg_node replacement;
    bool dropped;  /* the replacement does without it, on purpose */
    rg_node guard; /* null without guard */
} rg_rule_input;

typedef struct rg_rule {
    rg_string name; /* of the instance */
    rg_string rule;
    rg_string description;
    rg_string file;
    uint32_t line;
    rg_place place; /* of its name; that of the replacement; no place for rules from C */
    rg_place replacement_place;
    int32_t priority;
    bool keep_shared;
    bool resizes;                   /* results may have other sizes than the pattern's */
    rg_string differs;              /* in which values differ, on purpose */
    rg_string rounds;               /* in which the replacement rounds more, on purpose */
    rg_graph *pattern;              /* owned by the set */
    rg_graph *replacement;          /* owned by the set */
    rg_graph *guard;                /* owned by the set: what the rule's check computes from the inputs; NULL: none */
    const rg_place *pattern_places; /* by node id of the pattern, less 1: where a file has it (rule/place.h); NULL */
    size_t pattern_place_count;
    const rg_place *guard_places; /* likewise */
    size_t guard_place_count;
    const rg_rule_input *inputs;
    size_t input_count;
    const rg_size *symbols; /* size variables of the rule, in order of first occurrence in the inputs */
    size_t symbol_count;
    rg_rule_check_function check;
    void *user;
    bool see_through;      /* spelling does not count: nodes that change nothing, views and permutes of another name */
    bool commutative;      /* nor does the order of operands of commutative ops */
    bool spelled;          /* arguments that only describe a result's sizes are compared as they are written */
    uint32_t pattern_size; /* nodes to match: neither placeholders nor output, nor what changes nothing */
    const struct rg_pattern *compiled; /* what rg__rule_compile made of it; match/pattern.h */
    rg_string canonical;               /* what the instance means; see rg_rule_set_canonical */
} rg_rule;

/* The tests that the set's rules share; match/skeleton.h. */
typedef struct rg_skeletons rg_skeletons;

struct rg_rule_set {
    rg_context *context;
    rg_arena arena;
    RG_VECTOR(rg_rule) rules; /* sorted: priority descending, pattern_size descending, name */
    RG_VECTOR(rg_argument) config;
    bool exact;                     /* for the rules to come: rg_rule_set_set_exact */
    struct rg_kept_source *sources; /* of rule files; in the arena */
    rg_skeletons *skeletons;        /* in the arena; made by rg__rule_compile, NULL before */
};

/*
 * The two questions that registration asks the match room. They are declared here and defined in src/match/, so that no
 * include points upward. Once every rule of a set is compiled, matching only reads the set.
 */

/* Prepare a rule whose other fields are final for matching: sets `rule->compiled`, which lives in the set's arena and
 * speaks of the rule's graphs. Must be called once per rule, before rg__rule_matches_itself. RG_ERROR_RULE, with a
 * diagnostic, when the pattern computes nothing, or a result cannot become what the replacement returns. */
rg_status rg__rule_compile(rg_rule_set *set, rg_rule *rule);

/* Does the compiled rule match its own pattern graph? */
rg_status rg__rule_matches_itself(bool *out, const rg_rule_set *set, const rg_rule *rule);

#endif

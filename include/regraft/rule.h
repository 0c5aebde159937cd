/*
 * rule.h: rules: what to find, what to put in its place, and under which conditions. The counterpart of vLLM's
 * VllmPatternReplacement and of Inductor's register_replacement.
 *
 * A rule is a pair of functions, `pattern` and `replacement`, over typed inputs. It is written in a rule file (the
 * language: doc/rules.md) or in C (rg_rule_definition). Both functions are traced once, with symbolic sizes.
 * A rule with parameters (an epsilon of several values, a dtype variable, `...` for leading dimensions, an optional
 * input, several spellings of the pattern) has one instance per combination of their values.
 *
 * Registration is strict. A rule is refused, with a diagnostic that says where and why, when: a function does not parse
 * or trace; an input is not used by the pattern, or not by the replacement without being marked as dropped; the pattern
 * does not match itself; results of pattern and replacement differ in number or type; its name is taken; an instance
 * means the same as one already registered.
 */
#ifndef REGRAFT_RULE_H
#define REGRAFT_RULE_H

#include <regraft/trace.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_rule_set rg_rule_set;
typedef struct rg_match rg_match;

/* Make an empty set. */
RG_API RG_NODISCARD rg_status rg_rule_set_create(rg_rule_set **out, rg_context *context);
/* Destroy a set; matchers and managers that use it must be gone. NULL is allowed. */
RG_API void rg_rule_set_destroy(rg_rule_set *set);

/* Values that a rule file may read as `config.NAME`: `model_dtype`, for example. Must be set before loading. */
RG_API RG_NODISCARD rg_status rg_rule_set_set_config(rg_rule_set *set, rg_string name, rg_value value);

/*
 * Match the rules that are loaded or added from now on as they are spelled, as Inductor and vLLM do: with neither
 * `see_through` nor `commutative`, whatever a rule says, and `reshape(x, [-1, 512])` is not `reshape(x, [s0, 512])`.
 */
RG_API void rg_rule_set_set_exact(rg_rule_set *set, bool exact);

/* Load all rules and op declarations of a text or file; what it imports from (`from .name import ...`) is read from the
 * folder of `file`. All or nothing: on failure the set is as it was, and every
 * rule that failed has its diagnostic. */
RG_API RG_NODISCARD rg_status rg_rule_set_load_text(rg_rule_set *set, rg_string text, rg_string file);
RG_API RG_NODISCARD rg_status rg_rule_set_load_file(rg_rule_set *set, const char *path);

/* Declare the rule's inputs with rg_tracer_input, in order. The counterpart of get_inputs(). */
typedef rg_status (*rg_rule_inputs_function)(rg_tracer *tracer, void *user);
/* Record the function's calls on `inputs` and end with rg_tracer_return. */
typedef rg_status (*rg_rule_function)(rg_tracer *tracer, const rg_value *inputs, size_t count, void *user);
/* Decide about a match found: set `*accept`. Runs after all other conditions hold. Must not change the graph. */
typedef rg_status (*rg_rule_check_function)(bool *accept, const rg_match *match, void *user);

typedef struct rg_rule_definition {
    size_t struct_size;
    rg_string name;
    rg_string description; /* one sentence; may be empty */
    rg_rule_inputs_function inputs;
    rg_rule_function pattern;
    rg_rule_function replacement;
    rg_rule_check_function check; /* NULL: none */
    void *user;                   /* handed to all four; must outlive the set */
    int32_t priority;             /* larger goes first; default 0 */
    rg_trace_options trace;
    const rg_string *dropped; /* names of inputs that the replacement does without, on purpose */
    size_t dropped_count;
    bool see_through; /* nodes that change nothing, and the spelling of a view or permute, do not matter */
    bool commutative; /* nor does the order of the operands of commutative ops */
    bool keep_shared; /* pure nodes of a match that something else reads stay for it; else they are no match */
    bool resizes;     /* results may have other sizes than the pattern's: readers get what is there, their types stay */
    /* In which the replacement's values differ from the pattern's, on purpose: a sentence. Empty: in nothing. */
    rg_string differs;
    rg_string rounds; /* likewise in which it rounds more than the pattern does; its values are the same otherwise */
} rg_rule_definition;

#define RG_RULE_DEFINITION_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(rg_rule_definition), {NULL, 0}, {NULL, 0}, NULL, NULL, NULL, NULL, NULL, 0, RG_TRACE_OPTIONS_INIT,      \
            NULL, 0, true, true, false, false, {NULL, 0},                                                              \
        {                                                                                                              \
            NULL, 0                                                                                                    \
        }                                                                                                              \
    }

/* Trace and register a rule. On failure the set is as it was, and a diagnostic says which of the reasons above it is.
 */
RG_API RG_NODISCARD rg_status rg_rule_set_add(rg_rule_set *set, const rg_rule_definition *definition);

/* ---- what a set holds: instances, in the order in which they are tried (priority, then size of the pattern, then
 * name; never the order of registration) ---- */

/* How many instances the set holds. */
RG_API size_t rg_rule_set_count(const rg_rule_set *set);

typedef struct rg_rule_info {
    rg_string name; /* of the instance: "rms_norm_static[epsilon=1e-05]" */
    rg_string rule; /* of the rule: "rms_norm_static" */
    rg_string description;
    rg_string file; /* empty for rules from C */
    uint32_t line;
    int32_t priority;
    const rg_graph *pattern; /* the traced functions; lent. Placeholders are the rule's inputs */
    const rg_graph *replacement;
    const rg_graph *guard; /* what the rule's check asks, from the same inputs; NULL: nothing */
    rg_string differs;     /* in which the replacement's values differ from the pattern's, on purpose; or empty */
    rg_string rounds;      /* in which it rounds more than the pattern does, on purpose; or empty */
} rg_rule_info;

/* `index` < rg_rule_set_count. */
RG_API rg_rule_info rg_rule_set_info(const rg_rule_set *set, size_t index);

/* Write the set as a rule file that loads back to rules with the same meaning: the traced forms, as FX statements. */
RG_API RG_NODISCARD rg_status rg_rule_set_dump(const rg_rule_set *set, rg_sink sink);

/*
 * Write the canonical text of what the set means: traced patterns and replacements with names normalised, parameters,
 * priorities, checks' presence. Two sets that behave alike on every graph and were written differently (comments, local
 * names, order) give the same text. Pass uuids are hashes of it.
 */
RG_API RG_NODISCARD rg_status rg_rule_set_canonical(const rg_rule_set *set, rg_sink sink);

#ifdef __cplusplus
}
#endif
#endif

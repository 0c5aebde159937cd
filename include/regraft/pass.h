/*
 * pass.h: passes and the manager that runs them, the counterpart of VllmInductorPass, VllmPatternMatcherPass and
 * PostGradPassManager (doc/passes.md, doc/vllm.md).
 */
#ifndef REGRAFT_PASS_H
#define REGRAFT_PASS_H

#include <regraft/pass_config.h>
#include <regraft/rewrite.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the passes that regraft ships ---- */

typedef struct rg_pass_info {
    rg_string name;        /* short: "rms_quant" */
    rg_string class_name;  /* vLLM's: "RMSNormQuantFusionPass" */
    rg_string dump_name;   /* used in dump names, timings and the match table: the class name, or vLLM's pass_name */
    rg_string flag;        /* the key of the configuration that turns it on in a run of vLLM's manager; may be empty */
    rg_string description; /* one sentence */
    bool uses_rules;       /* false: a graph walk in C */
    bool by_default;       /* `regraft opt` runs it when it is not told which passes to run */
} rg_pass_info;

/* How many there are, and the one at `index` (all empty when out of range). The order is that of `regraft passes`. */
RG_API size_t rg_pass_count(void);
RG_API rg_pass_info rg_pass_get_info(size_t index);

/* ---- the match table ---- */

/* Total matches by pass, over all runs of all managers of a context since it was made or the table was reset, in order
 * of first entry. vLLM has one such table a process. A pass that ran and found nothing has an entry of 0. */
typedef struct rg_match_table_entry {
    rg_string pass; /* its dump name; lent by the context */
    uint64_t matched;
} rg_match_table_entry;

/* How many entries there are, the one at `index` (empty when out of range), and the count of one pass (0 without
 * entry). */
RG_API size_t rg_match_table_count(const rg_context *context);
RG_API rg_match_table_entry rg_match_table_get(const rg_context *context, size_t index);
RG_API uint64_t rg_match_table_find(const rg_context *context, rg_string pass);
/* Copy up to `capacity` entries; returns how many there are. Two snapshots tell what happened between them. */
RG_API size_t rg_match_table_snapshot(const rg_context *context, rg_match_table_entry *out, size_t capacity);
/* Begin anew, without entries. */
RG_API void rg_match_table_reset(rg_context *context);

/* ---- the manager ---- */

typedef struct rg_pass_manager rg_pass_manager;
/* A pass as the manager holds it; {0} is none. */
typedef struct rg_pass {
    uint32_t id;
} rg_pass;

/* The whole text of a graph before or after a pass, under vLLM's name: "post_grad.0.NoOpEliminationPass.before". */
typedef rg_status (*rg_dump_function)(void *user, rg_string name, rg_string text);

/* Told of a pass that has run, and of the graph as it leaves it. */
typedef rg_status (*rg_pass_callback)(void *user, rg_pass pass, const rg_graph *graph);

typedef struct rg_pass_manager_options {
    size_t struct_size;
    rg_log_function log; /* NULL: none */
    void *log_user;
    rg_dump_function dump; /* NULL: none; see dump_directory */
    void *dump_user;
    const char *dump_directory; /* NULL: none; else dumps and patterns.*.py files are written there (made if needed) */
    rg_rewrite_callback on_match; /* told of each applied match, before its nodes go */
    void *on_match_user;
    bool verify; /* run rg_graph_verify after each pass; a breach is RG_ERROR_GRAPH naming the pass */
    /* 0 or 1: a pass that applies rules makes one sweep. More: sweeps until nothing matches, at most that many; if the
     * last one still changes something, the pass fails with RG_ERROR_LIMIT and names the rules. */
    uint32_t max_sweeps;
    rg_pass_callback on_pass; /* NULL: none. Skipped passes and printers are left out; a failure ends the run */
    void *on_pass_user;
} rg_pass_manager_options;

#define RG_PASS_MANAGER_OPTIONS_INIT                                                                                   \
    {                                                                                                                  \
        sizeof(rg_pass_manager_options), NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, NULL                \
    }

/* Make a manager without passes; `options` may be NULL. Callbacks' `user` pointers must outlive it. */
RG_API RG_NODISCARD rg_status rg_pass_manager_create(rg_pass_manager **out, rg_context *context,
                                                     const rg_pass_manager_options *options);
/* Destroy a manager and the rule sets of its shipped passes. NULL is allowed. */
RG_API void rg_pass_manager_destroy(rg_pass_manager *manager);

/* The manager's configuration, lent: set its keys before adding the passes that read them. */
RG_API rg_pass_config *rg_pass_manager_config(rg_pass_manager *manager);
/* rg_pass_config_set on it. */
RG_API RG_NODISCARD rg_status rg_pass_manager_set_config(rg_pass_manager *manager, rg_string key, rg_string value);

/* Append a shipped pass by its name or class name. An unknown name is RG_ERROR_NAME with a suggestion. */
RG_API RG_NODISCARD rg_status rg_pass_manager_add_named(rg_pass *out, rg_pass_manager *manager, rg_string name);

/*
 * Append what vLLM's PostGradPassManager would run: the passes that the configuration turns on, in its order, and its
 * last steps: clean-up, IR lowering, clone elimination, clean-up, fix functionalization. The last steps run after all
 * other passes, also after those that are added later. Logs what rg_pass_config_report says. Once a manager.
 */
RG_API RG_NODISCARD rg_status rg_pass_manager_add_configured(rg_pass_manager *manager);

/* Append a pass that applies a rule set in one sweep. The set stays the caller's and must outlive the manager. */
RG_API RG_NODISCARD rg_status rg_pass_manager_add_rules(rg_pass *out, rg_pass_manager *manager, rg_string name,
                                                        const rg_rule_set *rules);

/* A pass of the caller's own: changes the graph, adds what it matched to `*matched`. */
typedef rg_status (*rg_pass_function)(rg_graph *graph, size_t *matched, void *user);

typedef struct rg_pass_definition {
    size_t struct_size;
    rg_string name;
    rg_pass_function run;
    rg_string uuid; /* what the pass means, hashed; changes when the pass changes. Empty: its name alone */
    void *user;
} rg_pass_definition;

#define RG_PASS_DEFINITION_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(rg_pass_definition), {NULL, 0}, NULL, {NULL, 0}, NULL                                                   \
    }

/* Append a pass of the caller's own. */
RG_API RG_NODISCARD rg_status rg_pass_manager_add(rg_pass *out, rg_pass_manager *manager,
                                                  const rg_pass_definition *definition);

/* Append a pass that only hands out the graph, as `post_grad.{i}.PrinterInductorPass.{stage}`: no timing, no log. */
RG_API RG_NODISCARD rg_status rg_pass_manager_add_printer(rg_pass *out, rg_pass_manager *manager, rg_string stage);

/*
 * The context of runs, as vLLM's pass_context: until the matching rg_pass_manager_leave, runs are for graphs that are
 * compiled for `range`, and passes that do not apply to it are skipped. Contexts nest. Outside of all, the key
 * compile_range of the configuration says the range, and without it every pass applies.
 */
RG_API RG_NODISCARD rg_status rg_pass_manager_enter(rg_pass_manager *manager, rg_compile_range range);
RG_API void rg_pass_manager_leave(rg_pass_manager *manager);
/* False when there is none. */
RG_API bool rg_pass_manager_range(const rg_pass_manager *manager, rg_compile_range *out);
/* Inputs of the graph, by their place in the node list, that the context lets passes overwrite. Filled by
 * `inplace_functionalization` or by hand, read by `clone_elimination`. A context starts with none. */
RG_API RG_NODISCARD rg_status rg_pass_manager_donate(rg_pass_manager *manager, uint32_t place);
RG_API bool rg_pass_manager_is_donated(const rg_pass_manager *manager, uint32_t place);
RG_API void rg_pass_manager_clear_donated(rg_pass_manager *manager);

/* Run all passes, in order, on the graph. A pass that fails ends the run: its `before` dump and a diagnostic remain,
 * the graph is as it was before that pass. */
RG_API RG_NODISCARD rg_status rg_pass_manager_run(rg_pass_manager *manager, rg_graph *graph);

/* ---- what happened ---- */

/* The passes in the order in which they run, skipped ones included; {0} when `index` is out of range. */
RG_API size_t rg_pass_manager_pass_count(const rg_pass_manager *manager);
RG_API rg_pass rg_pass_manager_pass(const rg_pass_manager *manager, size_t index);
/* The pass that is running, for callbacks; {0} outside rg_pass_manager_run. */
RG_API rg_pass rg_pass_manager_current(const rg_pass_manager *manager);

typedef struct rg_pass_result {
    rg_string name;
    rg_string dump_name;
    uint64_t matched;     /* of the last run: vLLM's matched_count */
    uint64_t nanoseconds; /* of the last run, dumping included, as time_and_log measures */
    uint64_t gave_up;     /* match attempts of the last run that ran out of fuel */
    uint64_t failed;      /* matches of the last run that could not be applied; diagnostics say why */
    bool skipped;         /* the last run's compile range was none that it applies to */
    bool changed;         /* the last run changed the graph; that of a caller's function may not have */
} rg_pass_result;

/* What a pass did in the last run; numbers are 0 before the first. */
RG_API rg_pass_result rg_pass_manager_result(const rg_pass_manager *manager, rg_pass pass);
/* The rules of a pass that applies rules, NULL for the others; lent. */
RG_API const rg_rule_set *rg_pass_manager_rules(const rg_pass_manager *manager, rg_pass pass);

/* SHA-256 over what the pass means (for rules: rg_rule_set_canonical, the pass's configuration, the engine version).
 * The manager's covers its passes in the order in which they run, its configuration and the compile range. */
/* What a pass, or the manager as a whole, means, as a key for caches of compiled graphs. */
RG_API RG_NODISCARD rg_status rg_pass_manager_pass_uuid(rg_uuid *out, const rg_pass_manager *manager, rg_pass pass);
RG_API RG_NODISCARD rg_status rg_pass_manager_uuid(rg_uuid *out, const rg_pass_manager *manager);

#ifdef __cplusplus
}
#endif
#endif

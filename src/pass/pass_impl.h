/*
 * pass_impl.h: what the files of this room share: the rows of passes.def, a pass as the manager holds it, the manager.
 */
#ifndef RG_PASS_PASS_IMPL_H
#define RG_PASS_PASS_IMPL_H

#include <regraft/pass.h>

#include "base/buffer.h"
#include "pass/config_impl.h"

/* A rule file of rules/, embedded by the build. */
typedef struct rg_rule_pack {
    const char *path; /* relative to rules/ */
    const char *text;
    size_t size;
} rg_rule_pack;

extern const rg_rule_pack rg__rule_packs[];
extern const size_t rg__rule_pack_count;

typedef struct rg_lowering rg_lowering;

/* A walk over a graph, or a graph and its submodules, at work: what it may use, and what it counts. */
typedef struct rg_walk {
    rg_graph *graph;
    rg_pass_manager *manager;
    size_t matched;
    size_t erased;         /* of walks that report it beside what they matched */
    rg_lowering *lowering; /* ir_lowering.c */
} rg_walk;

typedef rg_status (*rg_walk_function)(rg_walk *walk);
/* Ends a walk over all graphs, also one that failed with `status`: logs, frees, gives the status of the whole. */
typedef rg_status (*rg_walk_finish)(rg_walk *walk, rg_status status);

/* Does a pass apply to graphs compiled for this range? `range` is NULL when there is none: then limits do not count. */
typedef rg_status (*rg_range_rule)(bool *applies, rg_pass_manager *manager, const rg_compile_range *range);

/* A row of passes.def. Either `pack` or `walk` is set. */
typedef struct rg_pass_row {
    const char *name;
    const char *class_name;
    const char *dump_name; /* NULL: the class name */
    const char *flag; /* the configuration's flags that turn it on in a run of vLLM's manager; NULL: it always runs */
    const char *description;
    const char *pack;
    rg_walk_function walk;
    rg_walk_finish finish;   /* NULL: nothing but `log` */
    const char *log;         /* of passes that apply rules: the line of their count, with %s; NULL: vLLM's usual one */
    rg_walk_function settle; /* of passes that apply rules: a walk that puts right what they left; NULL: none */
    const char *nested;      /* short name of a walk that follows the rules, inside the same dump index and timing */
    const char *nested_name; /* its dump name then */
    rg_range_rule applies;   /* NULL: to every range */
    rg_rule_check_function accept; /* of passes that apply rules: which matches are wanted; its user is the manager.
                                      NULL: all */
    bool by_default;               /* is one of those that run when nobody says which */
} rg_pass_row;

extern const rg_pass_row rg__pass_rows[];
extern const size_t rg__pass_row_count;

/* What the row says or leaves to its default. */
const char *rg__pass_dump_name(const rg_pass_row *row);
/* The row with this short name; NULL: there is none. */
const rg_pass_row *rg__pass_row(const char *name);
/* The row with this short name or class name; NULL after a diagnostic that suggests the closest name. */
const rg_pass_row *rg__find_pass(rg_context *context, rg_string name);

/* Which sums with a product become addmm (matmul_accept.c). */
rg_status rg__matmul_accept(bool *accept, const rg_match *match, void *user);

/* Of sequence parallelism (sequence_parallel.c): which norms it takes; what it leaves between them; whether all devices
 * can have as many of the tokens of a range. */
rg_status rg__sequence_parallel_accept(bool *accept, const rg_match *match, void *user);
rg_status rg__sequence_parallel_settle(rg_walk *walk);
bool rg__sequence_parallel_shares(const rg_pass_manager *manager, const rg_compile_range *range);

/* The walks, one file each. */
rg_status rg__noop_elimination(rg_walk *walk);
rg_status rg__post_cleanup(rg_walk *walk);
rg_status rg__split_coalescing(rg_walk *walk);
rg_status rg__scatter_split(rg_walk *walk);
rg_status rg__ir_lowering(rg_walk *walk);
rg_status rg__ir_lowering_finish(rg_walk *walk, rg_status status);
rg_status rg__clone_elimination(rg_walk *walk);
rg_status rg__fix_functionalization(rg_walk *walk);
rg_status rg__fix_functionalization_finish(rg_walk *walk, rg_status status);
rg_status rg__inplace_functionalization(rg_walk *walk);

/* When fusions apply (scope.c). */
rg_status rg__applies_allreduce(bool *applies, rg_pass_manager *manager, const rg_compile_range *range);
rg_status rg__applies_minimax(bool *applies, rg_pass_manager *manager, const rg_compile_range *range);
rg_status rg__applies_rope_kvcache(bool *applies, rg_pass_manager *manager, const rg_compile_range *range);
rg_status rg__applies_sequence_parallel(bool *applies, rg_pass_manager *manager, const rg_compile_range *range);
rg_status rg__applies_async_tp(bool *applies, rg_pass_manager *manager, const rg_compile_range *range);

/* A pass in a manager: rules, a walk of its row, a function, or none of them (a printer). */
typedef struct rg_managed_pass {
    rg_string name;
    rg_string class_name; /* what log lines about skipping call it */
    rg_string dump_name;
    const rg_pass_row *row; /* NULL: not a shipped one */
    const rg_rule_set *rules;
    rg_rule_set *owned_rules; /* `rules`, when the manager loaded it */
    rg_matcher *matcher;
    rg_pass_function run;
    void *user;
    rg_string stage;   /* of a printer: what its dump is called; else empty */
    rg_string meaning; /* what a pass without rules contributes to its uuid */
    bool is_final;     /* runs after all passes that are not, as the last steps of vLLM's manager do */
    rg_pass_result result;
} rg_managed_pass;

/* What holds while graphs of one compile range are worked on. */
typedef struct rg_pass_scope {
    rg_compile_range range;
    RG_VECTOR(uint32_t) donated; /* positions of inputs that may be overwritten */
} rg_pass_scope;

/* The graph that a running pass works on, and what it was before the pass; NULL until the pass changes it. */
typedef struct rg_pass_change {
    rg_graph *graph;
    rg_graph *before;
} rg_pass_change;

struct rg_pass_manager {
    rg_context *context;
    const rg_allocator *allocator;
    rg_arena arena; /* names */
    rg_pass_manager_options options;
    rg_string dump_directory;
    rg_pass_config *config;
    RG_VECTOR(rg_managed_pass) passes; /* in the order in which they were added; ids are places + 1 */
    rg_pass_scope outermost;           /* its range is in the configuration */
    RG_VECTOR(rg_pass_scope) scopes;   /* those entered; the innermost is last */
    uint32_t running;                  /* id of the pass that is running; 0: none */
    rg_pass_change *change;            /* of that pass */
    size_t dump_index;                 /* of the run at work */
    bool is_configured;                /* rg_pass_manager_add_configured was called */
    bool warned_allreduce;             /* of the all-reduce fusion that is disabled */
};

/* To be called before the running pass changes the graph for the first time, and at will later: keeps what the graph
 * is, to be put back should the pass fail. A graph for which nobody calls it is taken to be as it was, and not
 * verified. */
rg_status rg__pass_begin_change(rg_pass_manager *manager);

/* Load the pack `path` of rules/ into a new set. */
rg_status rg__load_pack(rg_rule_set **out, const rg_pass_manager *manager, const char *path);

/* Append a row's pass. */
rg_status rg__add_row(rg_pass *out, rg_pass_manager *manager, const rg_pass_row *row, bool is_final);

/* Hand the graph's text to the dump function and the dump directory, as `post_grad.{index}.{pass}.{stage}`. */
rg_status rg__dump_graph(const rg_pass_manager *manager, const rg_graph *graph, const char *dump_name,
                         const char *stage);
/* Write patterns.{pass}.{n}.py, n being the smallest number that is free, into the dump directory, if there is one. */
rg_status rg__dump_patterns(const rg_pass_manager *manager, const rg_managed_pass *pass);

/* Add to the context's match table. */
rg_status rg__match_table_add(rg_context *context, rg_string pass, uint64_t matched);

void rg__log(const rg_pass_manager *manager, rg_severity severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A line of vLLM's with %s in the place of its number. */
void rg__log_count(const rg_pass_manager *manager, const char *line, uint64_t count);

#endif

/*
 * pass_impl.h: what the files of this room share: the rows of passes.def, a pass as the manager holds it, the manager.
 */
#ifndef RG_PASS_PASS_IMPL_H
#define RG_PASS_PASS_IMPL_H

#include <regraft/pass.h>

#include "base/buffer.h"

/* A rule file of rules/, embedded by the build. */
typedef struct rg_rule_pack {
    const char *path; /* relative to rules/ */
    const char *text;
    size_t size;
} rg_rule_pack;

extern const rg_rule_pack rg__rule_packs[];
extern const size_t rg__rule_pack_count;

/* A row of passes.def. Either `pack` or `walk` is set. */
typedef struct rg_pass_row {
    const char *name;
    const char *class_name;
    const char *dump_name;
    const char *description;
    const char *pack;
    rg_pass_function walk;
    const char *log; /* the line that reports the count of a walk; "" for none */
} rg_pass_row;

extern const rg_pass_row rg__pass_rows[];
extern const size_t rg__pass_row_count;

/* The row with this short name or class name; NULL after a diagnostic that suggests the closest name. */
const rg_pass_row *rg__find_pass(rg_context *context, rg_string name);

/* The walks; their user pointer is unused. */
rg_status rg__noop_elimination(rg_graph *graph, size_t *matched, void *user);
rg_status rg__post_cleanup(rg_graph *graph, size_t *matched, void *user);

/* One configuration key; its value is text until a rule pack is loaded with it. */
typedef struct rg_config_key {
    const char *name;
    const char *type; /* "dtype" or "none|dtype" */
    const char *default_value;
    const char *description;
} rg_config_key;

extern const rg_config_key rg__config_keys[];
extern const size_t rg__config_key_count;

/* A pass in a manager. Either it applies `rules`, or it runs `run`. */
typedef struct rg_managed_pass {
    rg_string name;
    rg_string dump_name;
    const rg_rule_set *rules;
    rg_rule_set *owned_rules; /* `rules`, when the manager loaded it */
    rg_matcher *matcher;
    rg_pass_function run;
    bool is_shipped; /* `run` is a walk of passes.def */
    void *user;
    rg_string meaning; /* what a pass without rules contributes to its uuid */
    const char *log;   /* as in rg_pass_row; NULL: the texts of a pass that applies rules */
    rg_pass_result result;
} rg_managed_pass;

struct rg_pass_manager {
    rg_context *context;
    const rg_allocator *allocator;
    rg_arena arena; /* names */
    rg_pass_manager_options options;
    rg_string dump_directory;
    RG_VECTOR(rg_managed_pass) passes;
    RG_VECTOR(rg_match_table_entry) match_table;
    uint32_t running;  /* id of the pass that is running; 0: none */
    rg_string *config; /* one value a key, in the order of rg__config_keys; empty: the default */
};

/* The value of configuration key `index`, default filled in. */
rg_string rg__config_value(const rg_pass_manager *manager, size_t index);
/* Give every configuration value to a rule set, as rg_rule_set_set_config wants them. */
rg_status rg__config_apply(const rg_pass_manager *manager, rg_rule_set *set);

/* Load the pack `path` of rules/ into a new set. */
rg_status rg__load_pack(rg_rule_set **out, const rg_pass_manager *manager, const char *path);

/* Hand the graph's text to the dump function and the dump directory, as `post_grad.{index}.{pass}.{stage}`. */
rg_status rg__dump_graph(const rg_pass_manager *manager, const rg_graph *graph, size_t index,
                         const rg_managed_pass *pass, const char *stage);
/* Write patterns.{pass}.{n}.py, n being the smallest number that is free, into the dump directory, if there is one. */
rg_status rg__dump_patterns(const rg_pass_manager *manager, const rg_managed_pass *pass);

void rg__log(const rg_pass_manager *manager, rg_severity severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

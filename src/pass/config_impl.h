/*
 * config_impl.h: the rows of config.def, and a configuration as this room sees it.
 *
 * config.c sets and gets, config_value.c reads what is set, config_decide.c has the conditions of flags and the derived
 * values, config_report.c tells of the outcome, config_range.c cuts compile ranges.
 */
#ifndef RG_PASS_CONFIG_IMPL_H
#define RG_PASS_CONFIG_IMPL_H

#include <regraft/pass_config.h>

#include "base/buffer.h"

/* How the values of a key are read. */
typedef enum rg_config_kind {
    RG_CONFIG_FLAG, /* true, false, none: the level decides */
    RG_CONFIG_BOOL,
    RG_CONFIG_INT,    /* from 0, or none; one of the words of the type if that has bars */
    RG_CONFIG_NUMBER, /* a float above 0, or none */
    RG_CONFIG_DTYPE,  /* or none */
    RG_CONFIG_FP8,    /* a dtype of 8 bits, never none */
    RG_CONFIG_WORD,   /* a text, or none; one of the words of the type if that has bars */
    RG_CONFIG_WORDS,  /* tuple of texts */
    RG_CONFIG_INTS,   /* tuple of ints */
    RG_CONFIG_RANGE,  /* tuple of two ints, or none */
    RG_CONFIG_LAYERS, /* tuple of dicts with all fields of the table in config_layer.c */
    RG_CONFIG_MLA_LAYERS
} rg_config_kind;

/* A condition of the configuration, and how the documentation calls it. */
typedef struct rg_config_condition {
    const char *text;
    bool (*holds)(const rg_pass_config *config);
} rg_config_condition;

/* What an int is that is not set; false when it is not known. */
typedef bool (*rg_config_derivation)(const rg_pass_config *config, int64_t *out);

typedef struct rg_config_row {
    const char *name;
    rg_config_kind kind;
    const char *type;
    const char *initial; /* NULL: a flag that the level decides */
    const rg_config_condition *levels[3];
    const rg_config_condition *needs;
    rg_config_derivation derive;
    const char *readers;
    const char *description;
} rg_config_row;

/* The place of each key: RG_CONFIG_KEY_eliminate_noops, ... */
typedef enum rg_config_index {
#define RG_CONFIG_FLAG(name, initial, O0, O1, O2, needs, readers, description) RG_CONFIG_KEY_##name,
#define RG_CONFIG_KEY(name, kind, type, initial, derive, readers, description) RG_CONFIG_KEY_##name,
#include "pass/config.def"
#undef RG_CONFIG_FLAG
#undef RG_CONFIG_KEY
    RG_CONFIG_KEY_COUNT
} rg_config_index;

extern const rg_config_row rg__config_rows[RG_CONFIG_KEY_COUNT];

struct rg_pass_config {
    rg_context *context;
    rg_value values[RG_CONFIG_KEY_COUNT];  /* missing: not set */
    rg_value initial[RG_CONFIG_KEY_COUNT]; /* of the rows; missing where the level or a derivation decides */
};

/* ---- reading values (config_value.c, config_layer.c) ---- */

/* Read text, or make sure that a value is one of the key's. Strings are taken for what they spell. */
rg_status rg__config_read_text(rg_value *out, rg_context *context, const rg_config_row *row, rg_string text);
rg_status rg__config_read_value(rg_value *out, rg_context *context, const rg_config_row *row, rg_value value);
/* A list of layers, with every field filled in. */
rg_status rg__config_read_layers(rg_value *out, rg_context *context, const rg_config_row *row, rg_value value);

/* ---- asking (config_decide.c) ---- */

/* The value that holds. */
rg_value rg__config_value(const rg_pass_config *config, rg_config_index index);
bool rg__config_flag(const rg_pass_config *config, rg_config_index index); /* flags and bools */
/* False when it is none. */
bool rg__config_int(const rg_pass_config *config, rg_config_index index, int64_t *out);
/* The int, or `otherwise` when it is none. */
int64_t rg__config_int_or(const rg_pass_config *config, rg_config_index index, int64_t otherwise);
/* Is the word this one? */
bool rg__config_is(const rg_pass_config *config, rg_config_index index, const char *word);
/* Is the word among the words? */
bool rg__config_has(const rg_pass_config *config, rg_config_index index, const char *word);
/* Was the key set by the user? */
bool rg__config_is_set(const rg_pass_config *config, rg_config_index index);
/* What the flag would be if what it needs were there. */
bool rg__config_wanted(const rg_pass_config *config, rg_config_index index);

/* ---- derived values (config_decide.c) ---- */

bool rg__config_aiter_max_tokens(const rg_pass_config *config, int64_t *out);
bool rg__config_sp_min_tokens(const rg_pass_config *config, int64_t *out);
bool rg__config_allreduce_max_tokens(const rg_pass_config *config, int64_t *out);
bool rg__config_minimax_max_tokens(const rg_pass_config *config, int64_t *out);

extern const rg_config_condition rg__config_never, rg__config_always;

#endif

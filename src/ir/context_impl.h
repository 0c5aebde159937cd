/*
 * context_impl.h: what a context holds. Sizes, types and constant aggregates are interned as byte records, so that
 * equality is equality of ids; each table reads through to the parent context's.
 */
#ifndef RG_IR_CONTEXT_IMPL_H
#define RG_IR_CONTEXT_IMPL_H

#include <regraft/op.h>

#include "base/buffer.h"
#include "base/table.h"
#include "ir/op_impl.h"

/* How the calls of one spelling (call.c) answer for the arguments of a schema. */
typedef struct rg_call_map {
    const rg_schema *schema;
    uint16_t slots[]; /* schema index -> stored argument, RG_CALL_NO_SLOT where none is written */
} rg_call_map;

/* A count under a name. */
typedef struct rg_tally {
    rg_string name; /* interned */
    uint64_t count;
} rg_tally;

/* A comparison of two sizes that was decided: sizes never change, so neither does the answer. */
typedef struct rg_size_decision {
    rg_size a;
    rg_size b;
    uint8_t operation; /* rg_size_operation */
    uint8_t truth;     /* rg_truth */
    bool is_known;
} rg_size_decision;

/* An operation on two sizes that was carried out; `result` null: none yet. */
typedef struct rg_size_combination {
    rg_size a;
    rg_size b;
    rg_size result;
    uint32_t operation; /* rg_size_operation */
} rg_size_combination;

/* Answers about two sizes are kept in rows of a few places, by a hash of the question; a new one goes first in its row,
 * and the last one there goes out. */
enum { RG_SIZE_ANSWER_ROWS = 256, RG_SIZE_ANSWERS_IN_ROW = 4 };

struct rg_context {
    rg_allocator allocator;
    const rg_context *parent;
    rg_limits limits;
    rg_arena arena;                           /* everything interned; freed with the context */
    rg_intern_table strings;                  /* id -> text */
    rg_intern_table sizes;                    /* records of size.c; ids without the immediate bit */
    rg_intern_table types;                    /* records of type.c */
    rg_map name_stems;                        /* op -> string that names of its calls begin with: graph_name.c */
    rg_map size_lists;                        /* tensor type -> the aggregate that lists its sizes: ops/normalize.c */
    rg_intern_table aggregates;               /* constant lists, tuples, dicts, slices, big integers: value.c */
    rg_intern_table calls;                    /* how calls spell their arguments: call.c */
    RG_VECTOR(const rg_call_map *) call_maps; /* beside `calls`; NULL where the op had no schema */
    rg_intern_table op_names;                 /* ops beyond the built-in rows; ids are rg_op ids: op.c */
    RG_VECTOR(const rg_op_descriptor *) ops;  /* by op id: what this context made; NULL: the parent's, or not yet */
    bool traits_changed;                      /* an op that was known has been given a schema, and traits with it */
    uint16_t *row_slots;                      /* hash of the built-in rows' names; the root context owns it */
    uint32_t row_slot_count;
    rg_size_decision decisions[RG_SIZE_ANSWER_ROWS][RG_SIZE_ANSWERS_IN_ROW];
    rg_size_combination combinations[RG_SIZE_ANSWER_ROWS][RG_SIZE_ANSWERS_IN_ROW];
    RG_VECTOR(rg_tally) match_table; /* matches by pass: pass/match_table.c */
    RG_VECTOR(rg_diagnostic) diagnostics;
    uint64_t diagnostics_dropped;
    rg_diagnostic dropped_notice; /* the last diagnostic once some were dropped */
    char dropped_text[64];
};

/* Report with a formatted message and no location; returns `code`. Out of memory loses the message, not the code. */
__attribute__((cold)) rg_status rg__report(rg_context *context, rg_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* rg_context_report with what would have been accepted; texts may be empty, `location` NULL. */
rg_status rg__report_expected(rg_context *context, rg_severity severity, rg_status code, rg_string message,
                              rg_string expected, const rg_location *location);

/* Report that memory is out; returns RG_ERROR_MEMORY. Allocates nothing. */
__attribute__((cold)) rg_status rg__report_memory(rg_context *context);

/* Intern a string; .data NULL when memory is out. */
rg_string rg__intern_string(rg_context *context, rg_string text);

/* The id of a string in `strings`; 0 when memory is out. */
uint32_t rg__string_id(rg_context *context, rg_string text);
rg_string rg__string_get(const rg_context *context, uint32_t id);

/* Decide a comparison: rg_size_equal and its kin, for callers who must tell "unknown" from "out of memory". */
rg_status rg__size_decide(rg_truth *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b);

/* The outermost operation of a size and its operands, which are smaller; both null for an integer, a symbol, or a size
 * that rg_size_combine cannot make (size_split.c). */
typedef struct rg_size_split {
    rg_size_operation operation;
    rg_size left;
    rg_size right;
} rg_size_split;

/* Fails only for want of memory. */
rg_status rg__size_split(rg_size_split *out, rg_context *context, rg_size size);

#endif

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

struct rg_context {
    rg_allocator allocator;
    const rg_context *parent;
    rg_limits limits;
    rg_arena arena;                    /* everything interned; freed with the context */
    rg_intern_table strings;           /* id -> text */
    rg_intern_table sizes;             /* records of size.c; ids without the immediate bit */
    rg_intern_table types;             /* records of type.c */
    rg_intern_table aggregates;        /* constant lists, tuples, dicts, slices: value.c */
    rg_intern_table calls;             /* how calls spell their arguments: call.c */
    rg_intern_table op_names;          /* id -> name; ids are rg_op ids */
    RG_VECTOR(rg_op_descriptor *) ops; /* this context's ops, in id order after the parent's */
    RG_VECTOR(rg_diagnostic) diagnostics;
    uint64_t diagnostics_dropped;
};

/* Report with a formatted message and no location; returns `code`. Out of memory loses the message, not the code. */
rg_status rg__report(rg_context *context, rg_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Intern a string; .data NULL when memory is out. */
rg_string rg__intern_string(rg_context *context, rg_string text);

#endif

/*
 * context.h: the owner of everything that is shared between graphs: strings, symbolic sizes, types, ops, diagnostics.
 *
 * Handles that come from one context (rg_size, rg_type, rg_op, interned strings) mean something in that context and in
 * contexts created with it as `parent`. A parent is read-only while it has children, so any number of threads may hold
 * one child each: that is how a rule set compiled once serves many threads.
 */
#ifndef REGRAFT_CONTEXT_H
#define REGRAFT_CONTEXT_H

#include <regraft/base.h>
#include <regraft/diagnostic.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bounds on what input can make the library do. A value of 0 means the default. */
typedef struct rg_limits {
    uint64_t max_input_bytes;  /* size of one text; default 1 GiB */
    uint64_t max_line_bytes;   /* length of one line; default 16 MiB */
    uint32_t max_depth;        /* nesting of expressions, values and submodules; default 200, in texts at most 1000 */
    uint32_t max_nodes;        /* nodes of one graph; default 2^24 */
    uint64_t max_search_steps; /* steps of one match attempt ("fuel"); default 10000 */
    uint32_t max_diagnostics;  /* kept diagnostics; default 100 */
} rg_limits;

typedef struct rg_context_options {
    size_t struct_size;
    const rg_allocator *allocator; /* NULL: malloc and free */
    const rg_context *parent;      /* NULL, or a context that outlives this one and is not changed meanwhile */
    rg_limits limits;
} rg_context_options;

#define RG_CONTEXT_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(rg_context_options), NULL, NULL,                                                                        \
        {                                                                                                              \
            0, 0, 0, 0, 0, 0                                                                                           \
        }                                                                                                              \
    }

/* Create a context. `options` may be NULL. The built-in ops (op.h) are known in every context. */
RG_API RG_NODISCARD rg_status rg_context_create(rg_context **out, const rg_context_options *options);

/* Destroy a context; every graph, rule set and child made in it must be gone. NULL is allowed. */
RG_API void rg_context_destroy(rg_context *context);

/* The limits in force, with the defaults filled in. */
RG_API rg_limits rg_context_limits(const rg_context *context);

/* Intern a string: equal strings give the same pointer. */
RG_API RG_NODISCARD rg_status rg_context_intern(rg_string *out, rg_context *context, rg_string text);

#ifdef __cplusplus
}
#endif
#endif

/*
 * base.h: what every other header needs: visibility, status codes, string views, sinks, the allocator.
 *
 * Conventions of the whole library
 *   - Functions that can fail return rg_status and put their results behind an `out` pointer that comes first.
 *     On failure `*out` is a null handle, every other argument is unchanged, and a diagnostic on the context
 *     (diagnostic.h) says what happened.
 *   - Ownership is in the verb: `create`/`clone`/`parse` give you an object that you `destroy`; a getter lends
 *     what its owner keeps; `add_owned` hands an object over. Nothing else moves ownership.
 *   - Pointers to opaque structs are owners. rg_node, rg_value, rg_type, rg_size, rg_op are small values: copies
 *     of an index, valid as long as the graph or context they came from.
 *   - Option structs start with `struct_size`; initialise them with their _INIT macro.
 *   - Nothing is printed, nothing exits, there is no global state. Objects of one context belong to one thread at a
 *     time; what is immutable after construction says so and may be shared.
 */
#ifndef REGRAFT_BASE_H
#define REGRAFT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(_WIN32) || !defined(__GNUC__)
#define RG_API
#define RG_NODISCARD
#else
#define RG_API       __attribute__((visibility("default")))
#define RG_NODISCARD __attribute__((warn_unused_result))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. The code is for programs, the diagnostic on the context is for people. */
typedef enum rg_status {
    RG_OK = 0,
    RG_ERROR_MEMORY,      /* the allocator returned NULL */
    RG_ERROR_LIMIT,       /* a limit of rg_limits was reached: depth, size, count or search steps */
    RG_ERROR_SYNTAX,      /* text that does not follow the grammar (doc/grammar.md) */
    RG_ERROR_NAME,        /* an undefined, duplicate or unusable name */
    RG_ERROR_ARGUMENT,    /* a call whose arguments do not fit: number, kind or schema */
    RG_ERROR_TYPE,        /* shapes, dtypes or devices that do not fit an op */
    RG_ERROR_UNKNOWN_OP,  /* an op that is not declared where its schema is needed */
    RG_ERROR_UNSUPPORTED, /* understood, but not something regraft does */
    RG_ERROR_RULE,        /* a rule that cannot be registered */
    RG_ERROR_GRAPH,       /* a graph that breaks an invariant */
    RG_ERROR_CYCLE,       /* an order of nodes that cannot exist */
    RG_ERROR_IO           /* a file that cannot be read or written */
} rg_status;

/* The name of a status, "ok", "syntax", ...; static storage. */
RG_API const char *rg_status_name(rg_status status);

/* The library's version, "major.minor.patch"; static storage. */
RG_API const char *rg_version(void);

/*
 * A run of bytes owned by someone else. Strings that the library lends are interned: they end in a NUL that `size`
 * does not count, and live as long as their context. Strings passed in need no NUL.
 */
typedef struct rg_string {
    const char *data;
    size_t size;
} rg_string;

static inline rg_string rg_string_from(const char *text)
{
    rg_string result = {text, text == NULL ? 0 : strlen(text)};
    return result;
}

static inline bool rg_string_equal(rg_string a, rg_string b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Where printed text goes. `write` is called with chunks in order; a status other than RG_OK stops the printing and
 * is returned to the caller. */
typedef struct rg_sink {
    rg_status (*write)(void *user, const char *data, size_t size);
    void *user;
} rg_sink;

/*
 * All memory of the library comes from one function: grow, shrink or free `block`.
 * block == NULL with old_size 0 allocates; new_size 0 frees and returns NULL. NULL for a non-zero new_size means that
 * there is no memory; `block` is then unchanged. Blocks are aligned for max_align_t. Must be thread-safe if contexts
 * of several threads share it.
 */
typedef struct rg_allocator {
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
} rg_allocator;

/* Three-valued answers about symbolic sizes. */
typedef enum rg_truth { RG_NO = 0, RG_YES = 1, RG_UNKNOWN = 2 } rg_truth;

#ifdef __cplusplus
}
#endif
#endif

/*
 * diagnostic.h: what went wrong, where, in words.
 *
 * A context keeps a list of diagnostics. Failing calls append to it; it is cleared only by
 * rg_context_clear_diagnostics, so that several failures of one job can be shown together. Texts are interned in the
 * context and live as long as it. At most rg_limits.max_diagnostics are kept; one last diagnostic then says how many
 * were dropped.
 */
#ifndef REGRAFT_DIAGNOSTIC_H
#define REGRAFT_DIAGNOSTIC_H

#include <regraft/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rg_context rg_context;

typedef enum rg_severity { RG_SEVERITY_ERROR, RG_SEVERITY_WARNING, RG_SEVERITY_NOTE } rg_severity;

/* A place in a text. `line` and `column` count from 1, 0 means unknown; the column counts bytes. `source_line` is the
 * text of the line (cut if it is very long, with `caret` still pointing into it), empty when there is none. */
typedef struct rg_location {
    rg_string file;
    uint32_t line;
    uint32_t column;
    rg_string source_line;
    uint32_t caret;       /* offset of the place in source_line, counted from 0 */
    uint32_t caret_width; /* how many bytes the place covers, at least 1 */
} rg_location;

typedef struct rg_diagnostic {
    rg_severity severity;
    rg_status code;
    rg_string message;  /* one sentence, no final full stop, no line break */
    rg_string expected; /* for syntax errors: what would have been accepted here; else empty */
    rg_location location;
} rg_diagnostic;

/* How many diagnostics the context holds. */
RG_API size_t rg_context_diagnostic_count(const rg_context *context);

/* The diagnostic at `index` (oldest first); NULL when out of range. Notes follow the error that they belong to. */
RG_API const rg_diagnostic *rg_context_diagnostic(const rg_context *context, size_t index);

/* Forget all diagnostics. */
RG_API void rg_context_clear_diagnostics(rg_context *context);

/* Append a diagnostic of the caller's own, for example from a check function of a rule. `location` may be NULL. When
 * memory is out, the diagnostic is dropped silently. Returns `code`, so that a callback can end with it. */
RG_API rg_status rg_context_report(rg_context *context, rg_severity severity, rg_status code, rg_string message,
                                   const rg_location *location);

/*
 * Print as compilers do:
 *     file.py:3:17: error: expected an expression, found ')'
 *         x = torch.add(, y)
 *                       ^
 */
RG_API rg_status rg_diagnostic_print(const rg_diagnostic *diagnostic, rg_sink sink);

#ifdef __cplusplus
}
#endif
#endif

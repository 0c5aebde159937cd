/*
 * place.h: a stretch of a rule file, turned into a location only when something has to be said about it.
 */
#ifndef RG_RULE_PLACE_H
#define RG_RULE_PLACE_H

#include "text/syntax.h"

typedef struct rg_place {
    const rg_source *source; /* NULL: no place, as for rules from C */
    uint32_t offset;
    uint32_t width;
} rg_place;

static inline rg_place rg__place_of(const rg_source *source, const rg_syntax *syntax)
{
    rg_place place = {source, syntax->offset, syntax->end - syntax->offset};
    return place;
}

/* Report at a place; returns `code`. */
rg_status rg__place_report(const rg_place *place, rg_context *context, rg_severity severity, rg_status code,
                           const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Diagnostics of callees may name no place: give those from index `first` on this one. */
void rg__place_diagnostics(const rg_place *place, rg_context *context, uint32_t first);

#endif

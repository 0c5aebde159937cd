/*
 * place.h: a stretch of a rule file, turned into a location only when something has to be said about it.
 */
#ifndef RG_RULE_PLACE_H
#define RG_RULE_PLACE_H

#include "text/syntax.h"

struct rg_rule_set;

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

/* Sources that the rules of a set speak of, kept as long as it. */
typedef struct rg_kept_source {
    const rg_source *from; /* while its file is being loaded; NULL afterwards */
    rg_source source;
    struct rg_kept_source *next;
} rg_kept_source;

/* A copy of the places, in the set's arena, with sources that live as long. NULL, reported, when memory is out. */
const rg_place *rg__places_keep(struct rg_rule_set *set, const rg_place *places, size_t count);
/* The file is loaded: what it was read from is gone. */
void rg__places_loaded(struct rg_rule_set *set);

/* Where in a file it is; line 0 when there is no place. Texts are lent by the source. */
rg_location rg__place_location(const rg_place *place);

/* Report at a place; returns `code`. */
rg_status rg__place_report(const rg_place *place, rg_context *context, rg_severity severity, rg_status code,
                           const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Diagnostics of callees may name no place: give those from index `first` on this one. */
void rg__place_diagnostics(const rg_place *place, rg_context *context, uint32_t first);

#endif

/*
 * place.c: saying something about a stretch of a rule file.
 */
#include "rule/place.h"

#include <stdarg.h>
#include <stdio.h>

#include "ir/context_impl.h"
#include "rule/rule_impl.h"

rg_status rg__place_report(const rg_place *place, rg_context *context, rg_severity severity, rg_status code,
                           const char *format, ...)
{
    char message[512];
    va_list arguments;
    rg_location location;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    if (place->source == NULL) {
        return rg_context_report(context, severity, code, rg_string_from(message), NULL);
    }
    location = rg__source_location(place->source, place->offset, place->width);
    return rg_context_report(context, severity, code, rg_string_from(message), &location);
}

static const rg_source *keep_source(rg_rule_set *set, const rg_source *source)
{
    for (const rg_kept_source *at = set->sources; at != NULL; at = at->next) {
        if (at->from == source) {
            return &at->source;
        }
    }
    rg_kept_source *kept = rg__arena_allocate(&set->arena, sizeof(*kept));
    if (kept == NULL) {
        return NULL;
    }
    *kept = (rg_kept_source){source, *source, set->sources};
    kept->source.text = rg__arena_copy(&set->arena, source->text);
    kept->source.file = rg__arena_copy(&set->arena, source->file);
    kept->source.original = (rg_string){NULL, 0};
    if (kept->source.text.data == NULL || kept->source.file.data == NULL) {
        return NULL;
    }
    set->sources = kept;
    return &kept->source;
}

const rg_place *rg__places_keep(rg_rule_set *set, const rg_place *places, size_t count)
{
    rg_place *kept = rg__arena_allocate(&set->arena, count * sizeof(*kept));
    for (size_t i = 0; i < count && kept != NULL; i++) {
        kept[i] = places[i];
        if (places[i].source != NULL) {
            kept[i].source = keep_source(set, places[i].source);
            kept = kept[i].source == NULL ? NULL : kept;
        }
    }
    if (kept == NULL) {
        (void)rg__report_memory(set->context);
    }
    return kept;
}

void rg__places_loaded(rg_rule_set *set)
{
    for (rg_kept_source *at = set->sources; at != NULL && at->from != NULL; at = at->next) {
        at->from = NULL;
    }
}

rg_location rg__place_location(const rg_place *place)
{
    return place->source == NULL ? (rg_location){.caret_width = 1}
                                 : rg__source_location(place->source, place->offset, place->width);
}

void rg__place_diagnostics(const rg_place *place, rg_context *context, uint32_t first)
{
    for (uint32_t i = first; place->source != NULL && i < context->diagnostics.count; i++) {
        rg_diagnostic *diagnostic = &context->diagnostics.items[i];
        if (diagnostic->location.line == 0) {
            rg_location location = rg__source_location(place->source, place->offset, place->width);
            location.file = rg__intern_string(context, location.file);
            location.source_line = rg__intern_string(context, location.source_line);
            if (location.file.data != NULL && location.source_line.data != NULL) {
                diagnostic->location = location;
            }
        }
    }
}

/*
 * place.c: saying something about a stretch of a rule file.
 */
#include "rule/place.h"

#include <stdarg.h>
#include <stdio.h>

#include "ir/context_impl.h"

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

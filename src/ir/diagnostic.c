/*
 * diagnostic.c: the list of diagnostics that a context keeps, and how one is printed.
 */
#include "ir/context_impl.h"

#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_BYTES = 1024 };

size_t rg_context_diagnostic_count(const rg_context *context)
{
    return (size_t)context->diagnostics.count + (context->diagnostics_dropped != 0 ? 1 : 0);
}

const rg_diagnostic *rg_context_diagnostic(const rg_context *context, size_t index)
{
    if (index < context->diagnostics.count) {
        return &context->diagnostics.items[index];
    }
    bool is_notice = index == context->diagnostics.count && context->diagnostics_dropped != 0;
    return is_notice ? &context->dropped_notice : NULL;
}

void rg_context_clear_diagnostics(rg_context *context)
{
    context->diagnostics.count = 0;
    context->diagnostics_dropped = 0;
}

static void drop_diagnostic(rg_context *context)
{
    context->diagnostics_dropped++;
    int size = snprintf(context->dropped_text, sizeof(context->dropped_text), "%llu more diagnostics were dropped",
                        (unsigned long long)context->diagnostics_dropped);
    memset(&context->dropped_notice, 0, sizeof(context->dropped_notice));
    context->dropped_notice.severity = RG_SEVERITY_NOTE;
    context->dropped_notice.code = RG_ERROR_LIMIT;
    context->dropped_notice.message = (rg_string){context->dropped_text, (size_t)size};
}

/* The location with its texts interned; false when memory is out. */
static bool intern_location(rg_context *context, const rg_location *location, rg_location *out)
{
    *out = *location;
    out->file = rg__intern_string(context, location->file);
    out->source_line = rg__intern_string(context, location->source_line);
    return out->file.data != NULL && out->source_line.data != NULL;
}

rg_status rg__report_expected(rg_context *context, rg_severity severity, rg_status code, rg_string message,
                              rg_string expected, const rg_location *location)
{
    if (context->diagnostics.count >= context->limits.max_diagnostics) {
        drop_diagnostic(context);
        return code;
    }
    static const rg_location nowhere = {{"", 0}, 0, 0, {"", 0}, 0, 1};
    rg_diagnostic diagnostic = {.severity = severity, .code = code};
    diagnostic.message = rg__intern_string(context, message);
    diagnostic.expected = rg__intern_string(context, expected);
    if (diagnostic.message.data != NULL && diagnostic.expected.data != NULL &&
        intern_location(context, location == NULL ? &nowhere : location, &diagnostic.location)) {
        (void)rg__vector_push(&context->allocator, &context->diagnostics, diagnostic);
    }
    return code;
}

rg_status rg_context_report(rg_context *context, rg_severity severity, rg_status code, rg_string message,
                            const rg_location *location)
{
    return rg__report_expected(context, severity, code, message, (rg_string){"", 0}, location);
}

rg_status rg__report(rg_context *context, rg_status code, const char *format, ...)
{
    char message[MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 0 : (size_t)length < sizeof(message) ? (size_t)length : sizeof(message) - 1;
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)message[i] < 0x20) {
            message[i] = ' '; /* names may hold anything; a message is one line */
        }
    }
    return rg_context_report(context, RG_SEVERITY_ERROR, code, (rg_string){message, size}, NULL);
}

rg_status rg__report_memory(rg_context *context)
{
    if (context->diagnostics.count >= context->limits.max_diagnostics) {
        drop_diagnostic(context);
    } else if (context->diagnostics.count < context->diagnostics.capacity) {
        rg_diagnostic *diagnostic = &context->diagnostics.items[context->diagnostics.count++];
        memset(diagnostic, 0, sizeof(*diagnostic));
        diagnostic->code = RG_ERROR_MEMORY;
        diagnostic->message = rg_string_from("out of memory");
        diagnostic->expected = rg_string_from("");
        diagnostic->location = (rg_location){{"", 0}, 0, 0, {"", 0}, 0, 1};
    }
    return RG_ERROR_MEMORY;
}

/* ---- printing ---- */

/* A sink that remembers its first failure, so that a run of writes needs one check. */
typedef struct printer {
    rg_sink sink;
    rg_status status;
} printer;

static void print(printer *to, rg_string text)
{
    if (to->status == RG_OK && text.size != 0) {
        to->status = to->sink.write(to->sink.user, text.data, text.size);
    }
}

static void print_text(printer *to, const char *text)
{
    print(to, rg_string_from(text));
}

static void print_place(printer *to, const rg_location *location)
{
    if (location->file.size == 0 && location->line == 0) {
        return;
    }
    char numbers[32] = "";
    if (location->line != 0 && location->column != 0) {
        (void)snprintf(numbers, sizeof(numbers), ":%u:%u", location->line, location->column);
    } else if (location->line != 0) {
        (void)snprintf(numbers, sizeof(numbers), ":%u", location->line);
    }
    print(to, location->file.size == 0 ? rg_string_from("<text>") : location->file);
    print_text(to, numbers);
    print_text(to, ": ");
}

/* The source line, and a caret under the place: tabs stay tabs, bytes inside a UTF-8 sequence take no room. */
static void print_source(printer *to, const rg_location *location)
{
    rg_string line = location->source_line;
    if (line.size == 0) {
        return;
    }
    print_text(to, "    ");
    print(to, line);
    print_text(to, "\n    ");
    for (size_t i = 0; i < location->caret && i < line.size; i++) {
        if (((unsigned char)line.data[i] & 0xc0) != 0x80) {
            print_text(to, line.data[i] == '\t' ? "\t" : " ");
        }
    }
    print_text(to, "^");
    for (size_t i = (size_t)location->caret + 1; i < (size_t)location->caret + location->caret_width; i++) {
        if (i < line.size && ((unsigned char)line.data[i] & 0xc0) != 0x80) {
            print_text(to, "~");
        }
    }
    print_text(to, "\n");
}

static bool contains(rg_string text, rg_string part)
{
    for (size_t at = 0; at + part.size <= text.size; at++) {
        if (memcmp(text.data + at, part.data, part.size) == 0) {
            return true;
        }
    }
    return false;
}

rg_status rg_diagnostic_print(const rg_diagnostic *diagnostic, rg_sink sink)
{
    static const char *const severities[] = {"error: ", "warning: ", "note: "};
    printer to = {sink, RG_OK};
    print_place(&to, &diagnostic->location);
    print_text(&to, severities[diagnostic->severity]);
    print(&to, diagnostic->message);
    if (diagnostic->expected.size != 0 && !contains(diagnostic->message, diagnostic->expected)) {
        print_text(&to, "; expected ");
        print(&to, diagnostic->expected);
    }
    print_text(&to, "\n");
    print_source(&to, &diagnostic->location);
    return to.status;
}

/*
 * output.c: messages, growing texts, standard output and tables.
 */
#include "cli/output.h"

#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Colour and progress are for people: only on a terminal, and not where NO_COLOR asks for none. */
static bool in_colour(int descriptor)
{
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(descriptor) && (no_color == NULL || *no_color == '\0') &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

static void say(const char *kind, const char *format, va_list arguments)
{
    fprintf(stderr, "regraft: %s: ", kind);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("error", format, arguments);
    va_end(arguments);
}

void warn(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("warning", format, arguments);
    va_end(arguments);
}

void note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("note", format, arguments);
    va_end(arguments);
}

/* Printed diagnostics have their severity after the place: "file:1:2: error: ...". */
static void print_diagnostic(const rg_diagnostic *diagnostic, bool colour)
{
    static const struct {
        const char *mark;
        const char *colour;
    } severities[] = {
        [RG_SEVERITY_ERROR] = {"error: ", "\x1b[1;31m"},
        [RG_SEVERITY_WARNING] = {"warning: ", "\x1b[1;35m"},
        [RG_SEVERITY_NOTE] = {"note: ", "\x1b[1;36m"},
    };
    cli_text printed = {0};
    if (rg_diagnostic_print(diagnostic, text_sink(&printed)) != RG_OK) {
        text_free(&printed);
        return;
    }
    /* Inputs are quoted, and a terminal must not obey them. */
    for (size_t i = 0; i < printed.size; i++) {
        bool control = (unsigned char)printed.data[i] < 0x20 || printed.data[i] == 0x7f;
        if (control && printed.data[i] != '\n' && printed.data[i] != '\t') {
            printed.data[i] = '?';
        }
    }
    const char *mark = severities[diagnostic->severity].mark;
    const char *place = colour ? strstr(printed.data, mark) : NULL;
    if (place != NULL) {
        fwrite(printed.data, 1, (size_t)(place - printed.data), stderr);
        fprintf(stderr, "%s%s\x1b[0m", severities[diagnostic->severity].colour, mark);
        fputs(place + strlen(mark), stderr);
    } else {
        fwrite(printed.data, 1, printed.size, stderr);
    }
    text_free(&printed);
}

void print_diagnostics(rg_context *context)
{
    print_first_diagnostics(context, rg_context_diagnostic_count(context));
}

void print_first_diagnostics(rg_context *context, size_t count)
{
    bool colour = in_colour(STDERR_FILENO);
    for (size_t i = 0; i < count; i++) {
        print_diagnostic(rg_context_diagnostic(context, i), colour);
    }
    rg_context_clear_diagnostics(context);
}

void show_progress(size_t done, size_t total)
{
    static time_t started; /* the command is one job in one thread */
    static bool shown;
    time_t now = time(NULL);
    if (started == 0) {
        started = now;
    }
    if (!isatty(STDERR_FILENO) || (!shown && now - started < 1)) {
        return;
    }
    if (done >= total) {
        fputs("\r\x1b[K", stderr);
        shown = false;
    } else {
        fprintf(stderr, "\r%zu of %zu\x1b[K", done, total);
        shown = true;
    }
    fflush(stderr);
}

void *allocate(size_t size)
{
    return reallocate(NULL, size);
}

void *reallocate(void *block, size_t size)
{
    void *result = realloc(block, size == 0 ? 1 : size);
    if (result == NULL) {
        complain("out of memory");
        exit(EXIT_BAD);
    }
    return result;
}

char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(allocate(size), text, size);
}

void text_add(cli_text *text, const char *data, size_t size)
{
    if (text->size + size + 1 > text->capacity) {
        text->capacity = (text->size + size + 1) * 2;
        text->data = reallocate(text->data, text->capacity);
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
}

static rg_status text_write(void *user, const char *data, size_t size)
{
    text_add(user, data, size);
    return RG_OK;
}

rg_sink text_sink(cli_text *text)
{
    return (rg_sink){text_write, text};
}

void text_free(cli_text *text)
{
    free(text->data);
    *text = (cli_text){0};
}

static rg_status output_write(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

rg_sink output_sink(void)
{
    return (rg_sink){output_write, stdout};
}

bool finish_output(void)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        complain("cannot write to standard output");
        return false;
    }
    return true;
}

/* The text of a finished printing; "" when the library could not print for want of memory. */
static char *finish_text(cli_text *text, rg_status status)
{
    if (status != RG_OK || text->data == NULL) {
        text_free(text);
        return copy_text("");
    }
    return text->data;
}

char *type_text(const rg_context *context, rg_type type)
{
    cli_text text = {0};
    const rg_type_print_options options = {.strides = true, .device = true};
    return finish_text(&text, rg_type_print(context, type, options, text_sink(&text)));
}

char *node_text(const rg_graph *graph, rg_node node)
{
    cli_text text = {0};
    return finish_text(&text, rg_node_print(graph, node, text_sink(&text)));
}

char *value_text(const rg_context *context, const rg_graph *graph, rg_value value)
{
    cli_text text = {0};
    return finish_text(&text, rg_value_print(context, graph, value, text_sink(&text)));
}

void print_statement(const char *path, const rg_graph *graph, rg_node node)
{
    if (!rg_node_is_null(node)) {
        char *statement = node_text(graph, node);
        printf("    %s: %s\n", path, statement);
        free(statement);
    }
}

void table_start(cli_table *table, size_t columns, const char *const *headings)
{
    *table = (cli_table){.columns = columns};
    table_add(table, headings);
}

void table_add(cli_table *table, const char *const *cells)
{
    size_t count = table->columns * table->rows;
    table->cells = reallocate(table->cells, (count + table->columns) * sizeof(*table->cells));
    for (size_t i = 0; i < table->columns; i++) {
        table->cells[count + i] = copy_text(cells[i]);
    }
    table->rows++;
}

/* Row 0 holds the headings, whose leading '>' is a mark and not printed. */
static const char *cell_text(const cli_table *table, size_t row, size_t column)
{
    const char *text = table->cells[row * table->columns + column];
    return row == 0 && text[0] == '>' ? text + 1 : text;
}

static size_t column_width(const cli_table *table, size_t column)
{
    size_t width = 0;
    for (size_t row = 0; row < table->rows; row++) {
        size_t size = strlen(cell_text(table, row, column));
        width = size > width ? size : width;
    }
    return width;
}

void table_print(const cli_table *table, FILE *stream)
{
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t column = 0; column < table->columns; column++) {
            const char *text = cell_text(table, row, column);
            int padding = (int)(column_width(table, column) - strlen(text));
            bool right = table->cells[column][0] == '>';
            bool last = column + 1 == table->columns;
            fprintf(stream, "%*s%s%*s", right ? padding : 0, "", text, right || last ? 0 : padding, "");
            fputs(last ? "\n" : "  ", stream);
        }
    }
}

void table_free(cli_table *table)
{
    for (size_t i = 0; i < table->columns * table->rows; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    *table = (cli_table){0};
}

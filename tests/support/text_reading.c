/* text_reading.c: see text_reading.h. */
#include "support/text_reading.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buffer.h"

static rg_buffer shown;

static rg_sink to_shown(void)
{
    rg__buffer_init(&shown, rg__default_allocator());
    return rg__buffer_sink(&shown);
}

/* Keep one text of ours alive without a leak at exit. */
static const char *text_of_shown(void)
{
    static char *last;
    free(last);
    rg_string text = rg__buffer_string(&shown);
    last = malloc(text.size + 1);
    assert_non_null(last);
    memcpy(last, text.data, text.size);
    last[text.size] = '\0';
    rg__buffer_free(&shown);
    return last;
}

const char *printed_diagnostics(const rg_context *context)
{
    rg_sink sink = to_shown();
    for (size_t i = 0; i < rg_context_diagnostic_count(context); i++) {
        assert_int_equal(rg_diagnostic_print(rg_context_diagnostic(context, i), sink), RG_OK);
    }
    return text_of_shown();
}

rg_document *read_document(rg_context *context, const char *text)
{
    rg_document *document;
    if (rg_document_parse(&document, context, rg_string_from(text), rg_string_from("test.py")) != RG_OK) {
        fail_msg("%s", printed_diagnostics(context));
    }
    return document;
}

rg_graph *read_graph(rg_context *context, const char *text)
{
    rg_graph *graph;
    if (rg_graph_parse(&graph, context, rg_string_from(text), rg_string_from("test.py")) != RG_OK) {
        fail_msg("%s", printed_diagnostics(context));
    }
    assert_int_equal(rg_graph_verify(graph), RG_OK);
    return graph;
}

const char *printed_document(const rg_document *document, const rg_print_options *options)
{
    assert_int_equal(rg_document_print(document, options, to_shown()), RG_OK);
    return text_of_shown();
}

const char *printed_graph(const rg_graph *graph)
{
    assert_int_equal(rg_graph_print(graph, NULL, to_shown()), RG_OK);
    return text_of_shown();
}

const char *printed_node(const rg_graph *graph, const char *name)
{
    rg_node node = rg_graph_find(graph, rg_string_from(name));
    assert_false(rg_node_is_null(node));
    assert_int_equal(rg_node_print(graph, node, to_shown()), RG_OK);
    return text_of_shown();
}

rg_string read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    rewind(file);
    char *data = malloc((size_t)size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, (size_t)size, file), size);
    (void)fclose(file);
    data[size] = '\0';
    return (rg_string){data, (size_t)size};
}

size_t visit_files(const char *folder, const char *ending, void (*visit)(const char *path, void *user), void *user)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char path[4096];
        struct stat status;
        if (entry->d_name[0] == '.') {
            continue;
        }
        assert_in_range(snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name), 1, sizeof(path) - 1);
        assert_int_equal(stat(path, &status), 0);
        size_t size = strlen(path);
        if (S_ISDIR(status.st_mode)) {
            count += visit_files(path, ending, visit, user);
        } else if (size >= strlen(ending) && strcmp(path + size - strlen(ending), ending) == 0) {
            visit(path, user);
            count++;
        }
    }
    (void)closedir(entries);
    return count;
}

/*
 * dump.c: graphs before and after a pass, and the patterns of a pass, as files under vLLM's names.
 *
 * What is written can be read again: a dump is a graph file, a patterns file is a rule file.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ir/context_impl.h"
#include "pass/pass_impl.h"
#include "text/document_impl.h"

/* Where files go: the folder of the manager's options, else one of this process below debug_dump_path. Empty: there is
 * none. */
static void append_directory(rg_buffer *out, const rg_pass_manager *manager)
{
    rg_value path = rg__config_value(manager->config, RG_CONFIG_KEY_debug_dump_path);
    rg_string below = rg_value_as_text(manager->context, path);
    if (manager->dump_directory.data != NULL) {
        rg__buffer_append(out, manager->dump_directory);
    } else if (below.size > 0) {
        int64_t rank = rg__config_int_or(manager->config, RG_CONFIG_KEY_tensor_parallel_rank, 0);
        int64_t copy = rg__config_int_or(manager->config, RG_CONFIG_KEY_data_parallel_rank, 0);
        rg__buffer_append_format(out, "%.*s/rank_%lld_dp_%lld", (int)below.size, below.data, (long long)rank,
                                 (long long)copy);
    }
}

static bool has_directory(const rg_pass_manager *manager)
{
    rg_value path = rg__config_value(manager->config, RG_CONFIG_KEY_debug_dump_path);
    return manager->dump_directory.data != NULL || rg_value_get_kind(path) == RG_VALUE_STRING;
}

/* Make the folder and those above it. */
static rg_status make_directory(const rg_pass_manager *manager)
{
    rg_buffer path;
    rg__buffer_init(&path, manager->allocator);
    append_directory(&path, manager);
    rg_status status = path.failed ? RG_ERROR_MEMORY : RG_OK;
    for (size_t i = 1; status == RG_OK && i <= path.size; i++) {
        if (path.data[i] != '/' && path.data[i] != '\0') {
            continue;
        }
        char end = path.data[i];
        path.data[i] = '\0';
        if (mkdir(path.data, 0777) != 0 && errno != EEXIST) {
            status = rg__report_file(manager->context, path.data, "cannot make the folder");
        }
        path.data[i] = end;
    }
    rg__buffer_free(&path);
    return status;
}

static rg_status print_text(const void *user, rg_sink sink)
{
    const rg_string *text = user;
    return sink.write(sink.user, text->data, text->size);
}

static rg_status dump_to_directory(const rg_pass_manager *manager, rg_string name, rg_string text)
{
    rg_buffer path;
    rg__buffer_init(&path, manager->allocator);
    append_directory(&path, manager);
    rg__buffer_append_format(&path, "/%s.py", name.data);
    rg_status status = path.failed ? RG_ERROR_MEMORY : make_directory(manager);
    if (status == RG_OK) {
        status = rg__write_whole(manager->context, path.data, print_text, &text);
    }
    rg__buffer_free(&path);
    return status;
}

rg_status rg__dump_graph(const rg_pass_manager *manager, const rg_graph *graph, const char *dump_name,
                         const char *stage)
{
    if (manager->options.dump == NULL && !has_directory(manager)) {
        return RG_OK;
    }
    rg_buffer name;
    rg_buffer text;
    rg__buffer_init(&name, manager->allocator);
    rg__buffer_init(&text, manager->allocator);
    rg__buffer_append_format(&name, "post_grad.%zu.%s.%s", manager->dump_index, dump_name, stage);
    rg_print_options print_options = RG_PRINT_OPTIONS_INIT;
    print_options.strip_log = true;
    rg_status status = rg_graph_print(graph, &print_options, rg__buffer_sink(&text));
    if (status == RG_OK && (name.failed || text.failed)) {
        status = RG_ERROR_MEMORY;
    }
    if (status == RG_OK && manager->options.dump != NULL) {
        status = manager->options.dump(manager->options.dump_user, rg__buffer_string(&name), rg__buffer_string(&text));
    }
    if (status == RG_OK && has_directory(manager)) {
        status = dump_to_directory(manager, rg__buffer_string(&name), rg__buffer_string(&text));
    }
    rg__buffer_free(&name);
    rg__buffer_free(&text);
    return status;
}

/* Write patterns.{pass}.{n}.py for the first n that is free. */
static rg_status write_numbered(const rg_pass_manager *manager, const rg_managed_pass *pass, rg_string text)
{
    rg_buffer path;
    rg__buffer_init(&path, manager->allocator);
    unsigned number = 0;
    do {
        rg__buffer_clear(&path);
        append_directory(&path, manager);
        rg__buffer_append_format(&path, "/patterns.%s.%u.py", pass->dump_name.data, number++);
    } while (!path.failed && access(path.data, F_OK) == 0);
    rg_status status = path.failed ? RG_ERROR_MEMORY : rg__write_whole(manager->context, path.data, print_text, &text);
    rg__buffer_free(&path);
    return status;
}

rg_status rg__dump_patterns(const rg_pass_manager *manager, const rg_managed_pass *pass)
{
    if (!has_directory(manager)) {
        return RG_OK;
    }
    rg_buffer text;
    rg__buffer_init(&text, manager->allocator);
    rg__buffer_append_format(&text, "# The patterns of the pass %s, as regraft %s traced them. A rule file.\n",
                             pass->dump_name.data, rg_version());
    rg_status status = rg_rule_set_dump(pass->rules, rg__buffer_sink(&text));
    if (status == RG_OK && text.failed) {
        status = RG_ERROR_MEMORY;
    }
    if (status == RG_OK) {
        status = make_directory(manager);
    }
    if (status == RG_OK) {
        status = write_numbered(manager, pass, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    return status;
}

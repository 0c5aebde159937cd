/*
 * dump.c: graphs before and after a pass, and the patterns of a pass, as files under vLLM's names.
 *
 * What is written can be read again: a dump is a graph file, a patterns file is a rule file.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <regraft/document.h>

#include "base/system_error.h"
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

static rg_status io_error(const rg_pass_manager *manager, const char *path, const char *doing)
{
    return rg__report(manager->context, RG_ERROR_IO, "cannot %s '%s': %s", doing, path, rg__system_error(errno));
}

/* Make the folder and those above it. */
static rg_status make_directory(const rg_pass_manager *manager)
{
    rg_buffer path;
    rg__buffer_init(&path, manager->allocator);
    rg__buffer_append(&path, manager->dump_directory);
    rg_status status = path.failed ? RG_ERROR_MEMORY : RG_OK;
    for (size_t i = 1; status == RG_OK && i <= path.size; i++) {
        if (path.data[i] != '/' && path.data[i] != '\0') {
            continue;
        }
        char end = path.data[i];
        path.data[i] = '\0';
        if (mkdir(path.data, 0777) != 0 && errno != EEXIST) {
            status = io_error(manager, path.data, "make the folder");
        }
        path.data[i] = end;
    }
    rg__buffer_free(&path);
    return status;
}

static rg_status write_all(int file, rg_string text)
{
    while (text.size > 0) {
        ssize_t written = write(file, text.data, text.size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return RG_ERROR_IO;
        }
        text.data += written;
        text.size -= (size_t)written;
    }
    return RG_OK;
}

/* Write a file that must not exist yet (`exclusive`) or may be replaced; on failure nothing remains of it. `*exists` is
 * set instead of failing when an exclusive name is taken. */
static rg_status write_file(const rg_pass_manager *manager, const char *path, rg_string text, bool exclusive,
                            bool *exists)
{
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (exclusive ? O_EXCL : O_TRUNC), 0666);
    if (file < 0) {
        if (exclusive && errno == EEXIST) {
            *exists = true;
            return RG_OK;
        }
        return io_error(manager, path, "write");
    }
    rg_status status = write_all(file, text);
    if (close(file) != 0 || status != RG_OK) {
        status = io_error(manager, path, "write");
        (void)unlink(path);
    }
    return status;
}

static rg_status dump_to_directory(const rg_pass_manager *manager, rg_string name, rg_string text)
{
    rg_buffer path;
    rg__buffer_init(&path, manager->allocator);
    rg__buffer_append_format(&path, "%s/%s.py", manager->dump_directory.data, name.data);
    rg_status status = path.failed ? RG_ERROR_MEMORY : make_directory(manager);
    if (status == RG_OK) {
        bool exists = false;
        status = write_file(manager, path.data, text, false, &exists);
    }
    rg__buffer_free(&path);
    return status;
}

rg_status rg__dump_graph(const rg_pass_manager *manager, const rg_graph *graph, size_t index,
                         const rg_managed_pass *pass, const char *stage)
{
    if (manager->options.dump == NULL && manager->dump_directory.data == NULL) {
        return RG_OK;
    }
    rg_buffer name;
    rg_buffer text;
    rg__buffer_init(&name, manager->allocator);
    rg__buffer_init(&text, manager->allocator);
    rg__buffer_append_format(&name, "post_grad.%zu.%s.%s", index, pass->dump_name.data, stage);
    rg_print_options print_options = RG_PRINT_OPTIONS_INIT;
    print_options.strip_log = true;
    rg_status status = rg_graph_print(graph, &print_options, rg__buffer_sink(&text));
    if (status == RG_OK && (name.failed || text.failed)) {
        status = RG_ERROR_MEMORY;
    }
    if (status == RG_OK && manager->options.dump != NULL) {
        status = manager->options.dump(manager->options.dump_user, rg__buffer_string(&name), rg__buffer_string(&text));
    }
    if (status == RG_OK && manager->dump_directory.data != NULL) {
        status = dump_to_directory(manager, rg__buffer_string(&name), rg__buffer_string(&text));
    }
    rg__buffer_free(&name);
    rg__buffer_free(&text);
    return status;
}

/* Try patterns.{pass}.0.py, .1.py, ... until a name is free. */
static rg_status write_numbered(const rg_pass_manager *manager, const rg_managed_pass *pass, rg_string text)
{
    rg_buffer path;
    rg__buffer_init(&path, manager->allocator);
    rg_status status = RG_OK;
    bool exists = true;
    for (unsigned number = 0; status == RG_OK && exists; number++) {
        rg__buffer_clear(&path);
        rg__buffer_append_format(&path, "%s/patterns.%s.%u.py", manager->dump_directory.data, pass->dump_name.data,
                                 number);
        exists = false;
        status = path.failed ? RG_ERROR_MEMORY : write_file(manager, path.data, text, true, &exists);
    }
    rg__buffer_free(&path);
    return status;
}

rg_status rg__dump_patterns(const rg_pass_manager *manager, const rg_managed_pass *pass)
{
    if (manager->dump_directory.data == NULL) {
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

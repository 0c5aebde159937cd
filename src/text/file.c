/*
 * file.c: documents in files.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system_error.h"
#include "ir/context_impl.h"
#include "text/document_impl.h"

enum { READ_BYTES = 1 << 16 };

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

rg_status rg__report_file(rg_context *context, const char *path, const char *what)
{
    return rg__report(context, RG_ERROR_IO, "%s %s: %s", what, path, rg__system_error(errno));
}

/* ---- reading ---- */

/* Read until the end of the file, or one byte more than the limit: the parser then says what is wrong. */
static rg_status read_all(rg_buffer *out, rg_context *context, int file, const char *path)
{
    char chunk[READ_BYTES];
    uint64_t limit = rg_context_limits(context).max_input_bytes;
    while (out->size <= limit) {
        ssize_t size = read(file, chunk, sizeof chunk);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            return rg__report_file(context, path, "cannot read");
        }
        if (size == 0) {
            break;
        }
        rg__buffer_append(out, (rg_string){chunk, (size_t)size});
        if (out->failed) {
            return rg__report_memory(context);
        }
    }
    return RG_OK;
}

rg_status rg__read_file(rg_buffer *out, rg_context *context, const char *path)
{
    int file = is_standard(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return rg__report_file(context, path, "cannot open");
    }
    rg_status status = read_all(out, context, file, path);
    if (file != STDIN_FILENO) {
        (void)close(file);
    }
    return status;
}

rg_status rg_document_read(rg_document **out, rg_context *context, const char *path)
{
    rg_buffer text;
    *out = NULL;
    rg__buffer_init(&text, &context->allocator);
    rg_status status = rg__read_file(&text, context, path);
    if (status == RG_OK) {
        rg_string file = rg_string_from(is_standard(path) ? "<stdin>" : path);
        status = rg_document_parse(out, context, rg__buffer_string(&text), file);
    }
    rg__buffer_free(&text);
    return status;
}

/* ---- writing ---- */

typedef struct file_writer {
    int file;
    int error; /* errno of the first failure */
} file_writer;

static rg_status write_file(void *user, const char *data, size_t size)
{
    file_writer *writer = user;
    while (size > 0) {
        ssize_t written = write(writer->file, data, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            writer->error = errno;
            return RG_ERROR_IO;
        }
        data += written;
        size -= (size_t)written;
    }
    return RG_OK;
}

/* What is to be written, and where to report. */
typedef struct print_job {
    rg_context *context;
    rg_print_function print;
    const void *user;
} print_job;

static rg_status print_job_to(const print_job *job, file_writer *writer)
{
    rg_sink sink = {write_file, writer};
    return job->print(job->user, sink);
}

/* Create a file beside `path` that did not exist before; its name goes to `temporary`. -1 with errno on failure. */
static int create_beside(rg_buffer *temporary, const char *path)
{
    int file = -1;
    for (unsigned attempt = 0; attempt < 1000 && file < 0; attempt++) {
        rg__buffer_clear(temporary);
        rg__buffer_append_format(temporary, "%s.%ld-%u.tmp", path, (long)getpid(), attempt);
        if (temporary->failed) {
            errno = ENOMEM;
            return -1;
        }
        file = open(temporary->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST) {
            return -1;
        }
    }
    return file;
}

/* Finish a file that has been written: with the permissions of the one that it replaces. */
static bool finish_file(int file, const char *path)
{
    struct stat old;
    bool permitted = stat(path, &old) != 0 || fchmod(file, old.st_mode & 07777) == 0;
    return permitted && fsync(file) == 0;
}

static rg_status write_beside(const print_job *job, const char *path, rg_buffer *temporary)
{
    file_writer writer = {create_beside(temporary, path), 0};
    if (writer.file < 0) {
        return rg__report_file(job->context, path, "cannot write");
    }
    rg_status status = print_job_to(job, &writer);
    if (status == RG_OK && !finish_file(writer.file, path)) {
        writer.error = errno;
        status = RG_ERROR_IO;
    }
    if (close(writer.file) != 0 && status == RG_OK) {
        writer.error = errno;
        status = RG_ERROR_IO;
    }
    if (status == RG_OK && rename(temporary->data, path) != 0) {
        writer.error = errno;
        status = RG_ERROR_IO;
    }
    if (status != RG_OK) {
        (void)unlink(temporary->data);
    }
    if (status == RG_ERROR_IO) {
        errno = writer.error;
        return rg__report_file(job->context, path, "cannot write");
    }
    return status;
}

rg_status rg__write_whole(rg_context *context, const char *path, rg_print_function print, const void *user)
{
    print_job job = {context, print, user};
    if (is_standard(path)) {
        file_writer writer = {STDOUT_FILENO, 0};
        rg_status status = print_job_to(&job, &writer);
        errno = writer.error;
        return status == RG_ERROR_IO ? rg__report_file(context, "<stdout>", "cannot write") : status;
    }
    rg_buffer temporary;
    rg__buffer_init(&temporary, &context->allocator);
    rg_status status = write_beside(&job, path, &temporary);
    rg__buffer_free(&temporary);
    return status;
}

/* What rg_document_write and rg_graph_write print: one of the two, with the options. */
typedef struct printable {
    const rg_document *document;
    const rg_graph *graph;
    const rg_print_options *options;
} printable;

static rg_status print_printable(const void *user, rg_sink sink)
{
    const printable *what = user;
    return what->document != NULL ? rg_document_print(what->document, what->options, sink)
                                  : rg_graph_print(what->graph, what->options, sink);
}

rg_status rg_document_write(const rg_document *document, const rg_print_options *options, const char *path)
{
    printable what = {document, NULL, options};
    return rg__write_whole(rg__document_context(document), path, print_printable, &what);
}

rg_status rg_graph_write(const rg_graph *graph, const rg_print_options *options, const char *path)
{
    printable what = {NULL, graph, options};
    return rg__write_whole(rg_graph_context(graph), path, print_printable, &what);
}

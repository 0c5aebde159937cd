/*
 * files.c: reading inputs, writing outputs whole or not at all, finding rule files.
 */
#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

bool read_input(cli_text *out, rg_context *context, const char *path)
{
    enum { CHUNK_BYTES = 1 << 16 };
    uint64_t limit = rg_context_limits(context).max_input_bytes;
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    char *chunk = allocate(CHUNK_BYTES);
    bool good = file != NULL;
    while (good && out->size <= limit) {
        size_t size = fread(chunk, 1, CHUNK_BYTES, file);
        text_add(out, chunk, size);
        if (size == 0) {
            good = !ferror(file);
            break;
        }
    }
    if (!good) {
        cli_text message = {0};
        const char *reason = strerror(errno);
        text_add(&message, "cannot read: ", strlen("cannot read: "));
        text_add(&message, reason, strlen(reason));
        rg_location location = {.file = rg_string_from(standard ? "<stdin>" : path)};
        (void)rg_context_report(context, RG_SEVERITY_ERROR, RG_ERROR_IO, rg_string_from(message.data), &location);
        text_free(&message);
    }
    if (file != NULL && !standard) {
        fclose(file);
    }
    free(chunk);
    return good;
}

/* Write all of the text to the descriptor, and have it reach the disk. */
static bool write_all(int descriptor, const cli_text *text)
{
    size_t written = 0;
    while (written < text->size) {
        ssize_t size = write(descriptor, text->data + written, text->size - written);
        if (size < 0 && errno != EINTR) {
            return false;
        }
        written += size > 0 ? (size_t)size : 0;
    }
    return fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS;
}

/* A new file made by mkstemp is private; give it the rights that the target has, or that a new file would get. */
static bool set_rights(int descriptor, const char *path)
{
    struct stat target;
    mode_t mode;
    if (stat(path, &target) == 0) {
        mode = target.st_mode & 07777;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        mode = 0666 & ~mask;
    }
    return fchmod(descriptor, mode) == 0;
}

static bool cannot_write(const char *path, const char *reason)
{
    complain("%s: cannot write: %s", path, reason);
    return false;
}

/* Write `file->temporary`, a name for mkstemp. */
static bool write_temporary(output_file *file)
{
    int descriptor = mkstemp(file->temporary);
    if (descriptor < 0) {
        return false;
    }
    bool good = write_all(descriptor, &file->text) && set_rights(descriptor, file->target);
    int error = errno;
    good = close(descriptor) == 0 && good;
    if (!good) {
        unlink(file->temporary);
        errno = error;
    }
    return good;
}

bool output_file_prepare(output_file *file)
{
    static const char suffix[] = ".XXXXXX";
    struct stat status;
    if (strcmp(file->path, "-") == 0) {
        return true;
    }
    /* A link stays one: what it leads to is replaced. */
    char *resolved = realpath(file->path, NULL);
    file->target = copy_text(resolved != NULL ? resolved : file->path);
    free(resolved);
    bool exists = stat(file->target, &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        return cannot_write(file->path, strerror(EISDIR));
    }
    if (exists && !S_ISREG(status.st_mode)) {
        return true; /* a device or a pipe cannot be replaced, only written to */
    }
    size_t size = strlen(file->target);
    file->temporary = allocate(size + sizeof(suffix));
    memcpy(file->temporary, file->target, size);
    memcpy(file->temporary + size, suffix, sizeof(suffix));
    if (!write_temporary(file)) {
        free(file->temporary);
        file->temporary = NULL;
        return cannot_write(file->path, strerror(errno));
    }
    return true;
}

static bool write_in_place(const output_file *file)
{
    int descriptor = open(file->target, O_WRONLY);
    bool good = descriptor >= 0 && write_all(descriptor, &file->text);
    int error = errno;
    good = (descriptor < 0 || close(descriptor) == 0) && good;
    return good || cannot_write(file->path, strerror(error));
}

bool output_file_commit(output_file *file)
{
    if (strcmp(file->path, "-") == 0) {
        if (file->text.size > 0) {
            (void)fwrite(file->text.data, 1, file->text.size, stdout); /* finish_output sees a failure */
        }
        return finish_output();
    }
    if (file->temporary == NULL) {
        return write_in_place(file);
    }
    if (rename(file->temporary, file->target) != 0) {
        return cannot_write(file->path, strerror(errno));
    }
    free(file->temporary);
    file->temporary = NULL;
    return true;
}

void output_file_end(output_file *file)
{
    if (file->temporary != NULL) {
        unlink(file->temporary);
        free(file->temporary);
    }
    free(file->target);
    text_free(&file->text);
    *file = (output_file){0};
}

static int is_wanted(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_rule_file(const char *path)
{
    size_t size = strlen(path);
    return size > 3 && strcmp(path + size - 3, ".py") == 0;
}

static char *join_path(const char *folder, const char *name)
{
    cli_text path = {0};
    text_add(&path, folder, strlen(folder));
    if (path.size == 0 || path.data[path.size - 1] != '/') {
        text_add(&path, "/", 1);
    }
    text_add(&path, name, strlen(name));
    return path.data;
}

/* Byte order, so that the locale has no say. */
static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The text of a file of pattern expressions; false for any other, and for what cannot be read, which the reader of
 * rules will say. Standard input can be read once only, and holds rules. */
static bool read_patterns(cli_text *out, rg_context *context, const char *path)
{
    bool readable = strcmp(path, "-") != 0 && access(path, R_OK) == 0 && !is_folder(path);
    return readable && read_input(out, context, path) && is_pattern_text(out);
}

static bool load_file(rg_rule_set *set, pattern_files *patterns, rg_context *context, const char *path)
{
    cli_text text = {NULL, 0, 0};
    bool good = true;
    if (!read_patterns(&text, context, path)) {
        good = rg_rule_set_load_file(set, path) == RG_OK;
    } else if (patterns != NULL) {
        good = add_patterns(patterns, context, path, &text);
    } else {
        complain("%s: pattern expressions do not say what to put in the place of what they match", path);
        good = false;
    }
    text_free(&text);
    return good;
}

static void add_file(rule_files *files, char *path)
{
    files->paths = reallocate(files->paths, (files->count + 1) * sizeof(*files->paths));
    files->paths[files->count++] = path;
}

static bool find_in_folder(rule_files *files, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_wanted, compare_names);
    bool good = count >= 0;
    if (!good) {
        complain("%s: cannot read: %s", folder, strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        char *path = join_path(folder, entries[i]->d_name);
        bool is_inner = good && is_folder(path);
        if (!is_inner && good && is_rule_file(path)) {
            add_file(files, path);
        } else {
            good = good && (!is_inner || find_in_folder(files, path));
            free(path);
        }
        free(entries[i]);
    }
    free(entries);
    return good;
}

bool find_rule_files(rule_files *out, const char *path)
{
    *out = (rule_files){NULL, 0};
    if (!is_folder(path)) {
        add_file(out, copy_text(path));
        return true;
    }
    bool good = find_in_folder(out, path);
    if (good && out->count == 0) {
        complain("%s: no rule files (*.py) in this folder", path);
        good = false;
    }
    if (!good) {
        free_rule_files(out);
    }
    return good;
}

void free_rule_files(rule_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->paths[i]);
    }
    free(files->paths);
    *files = (rule_files){NULL, 0};
}

bool load_rules(rg_rule_set *set, pattern_files *patterns, rg_context *context, const char *path)
{
    rule_files files;
    bool good = find_rule_files(&files, path);
    for (size_t i = 0; good && i < files.count; i++) {
        good = load_file(set, patterns, context, files.paths[i]);
    }
    free_rule_files(&files);
    return good;
}

/*
 * files.h: the files that commands read and write.
 */
#ifndef RG_CLI_FILES_H
#define RG_CLI_FILES_H

#include "cli/patterns.h"

/* Read a whole file, "-" for standard input, at most one byte more than the context's limit. False, with a diagnostic
 * on the context, when it cannot be read. */
bool read_input(cli_text *out, rg_context *context, const char *path);

/* A file that is written whole or not at all: text is collected, then written to a temporary beside the target, which
 * takes its place. "-" is standard output. */
typedef struct output_file {
    const char *path;
    cli_text text;
    char *target;    /* the path with links resolved; NULL until prepared */
    char *temporary; /* NULL when there is none: standard output, devices */
} output_file;

/* Write the temporary. False, with a message, when that fails; nothing is then left behind. */
bool output_file_prepare(output_file *file);
/* Put the temporary in its place. */
bool output_file_commit(output_file *file);
/* Remove the temporary if there is one, and free. */
void output_file_end(output_file *file);

/* Rule files by their paths. */
typedef struct rule_files {
    char **paths;
    size_t count;
} rule_files;

/* A file, or every .py file below a folder in the order of their names. False, with a message, when the folder cannot
 * be read or has none. */
bool find_rule_files(rule_files *out, const char *path);
void free_rule_files(rule_files *files);

/* Load a rule file, or every .py file below a folder in the order of their names. Files of pattern expressions go to
 * `patterns`; when that is NULL they are refused. False, with a message or a diagnostic, when one cannot be loaded or
 * there is none. */
bool load_rules(rg_rule_set *set, pattern_files *patterns, rg_context *context, const char *path);

#endif

/*
 * patterns.h: files of pattern expressions (Inductor's serialised patterns, vLLM's patterns.*.py) where a command takes
 * rule files. They say what to find and nothing of what to put there, so they are listed, matched and dumped, but not
 * applied.
 */
#ifndef RG_CLI_PATTERNS_H
#define RG_CLI_PATTERNS_H

#include "cli/output.h"

typedef struct pattern_file {
    char *path;
    char *name; /* the path without folder and endings */
    rg_expression_list *list;
} pattern_file;

/* The pattern files given to a command; zero-initialise. */
typedef struct pattern_files {
    pattern_file *files;
    size_t count;
    bool *matched; /* by pattern, file after file, once match_patterns has been called */
    size_t pattern_count;
} pattern_files;

/* Does the text hold pattern expressions, not rules? */
bool is_pattern_text(const cli_text *text);

/* Add the patterns of a text. False, with a diagnostic, when they cannot be read. */
bool add_patterns(pattern_files *patterns, rg_context *context, const char *path, const cli_text *text);
void free_patterns(pattern_files *patterns);

/* What a pattern is called: its own name, or the file's where it has Inductor's usual one, "output". */
rg_string pattern_name(const pattern_file *file, size_t index);

/* Show the matches of all patterns in the graph, from its end to its start: into `listing`, or as text when that is
 * NULL. False on failure. */
bool match_patterns(size_t *found, pattern_files *patterns, rg_graph *graph, void *listing);
/* What is to be explained of patterns. */
typedef struct pattern_question {
    const bool *asked; /* by pattern, file after file: explain it wherever it does not match; NULL: those that match
                        * nowhere */
    rg_node at;        /* only misses that this node takes part in; null: all */
    size_t most;       /* misses of each pattern; 0: the library's number */
} pattern_question;

/* Show why patterns do not match the graph: into `listing`, or as text when that is NULL. Adds how many misses were
 * shown to `found`. False on failure. */
bool explain_patterns(size_t *found, const pattern_files *patterns, rg_graph *graph, const pattern_question *question,
                      void *listing);
/* Set those of the patterns, file after file, that have this name; how many have it. */
size_t ask_pattern(bool *asked, const pattern_files *patterns, const char *name);

/* Name on standard error the patterns that have matched nothing, each with its nearest miss in the document's graphs.
 * False on failure. */
bool note_idle_patterns(const pattern_files *patterns, const rg_document *document);

/* The patterns of a file in the form of vLLM's patterns.*.py, which loads as it is. */
bool write_patterns(cli_text *out, const pattern_file *file);

#endif

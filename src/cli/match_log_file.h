/*
 * match_log_file.h: match logs as JSON: what `opt --matches` writes and `verify --matches` reads.
 */
#ifndef RG_CLI_MATCH_LOG_FILE_H
#define RG_CLI_MATCH_LOG_FILE_H

#include <jansson.h>

#include "cli/output.h"

/* The matches of a log, in their order: [{"pass", "rule", "graph", "root", "nodes", "outputs", "results", "made"}].
 * "graph" is left out unless the match lies in a submodule. Nodes that passes made without rules are not among them. */
json_t *json_from_match_log(const rg_match_log *log);

/* Read a file: {"passes": [{"pass", "made"}], "matches": ...}. False, with a message or a diagnostic, when it is none.
 * `*out` is the caller's to destroy even then. */
bool read_match_log(rg_match_log **out, rg_context *context, const char *path);

#endif

/*
 * match_output.h: how a match is shown: as text, and as the JSON that `match --json` and `opt --matches` share.
 */
#ifndef RG_CLI_MATCH_OUTPUT_H
#define RG_CLI_MATCH_OUTPUT_H

#include <jansson.h>

#include <regraft/regraft.h>

/* {"pass", "rule", "graph", "root", "nodes", "outputs"}; without "pass" when it is NULL, and without "graph" unless the
 * match lies in a submodule: it is the submodule's path. "rule" is the instance's name, a result that is a constant is
 * null. */
json_t *json_from_match(const char *pass, const rg_match *match, const rg_rule_set *rules);

/* "RULE at ROOT", with " in PATH" for a submodule, and a line each for nodes and outputs. */
void print_match(const rg_match *match, const rg_rule_set *rules);

/* Say that `count` attempts ran out of search steps; nothing for 0. `where` is the graph or the pass. */
void warn_gave_up(const char *where, uint64_t count);

#endif

/*
 * config_input.h: configuration from the command line: KEY=VALUE, and JSON files.
 */
#ifndef RG_CLI_CONFIG_INPUT_H
#define RG_CLI_CONFIG_INPUT_H

#include "cli/output.h"

/* Where settings go: the configuration of passes, and rule files given by --rules, which may read any name (NULL: there
 * are none; then an unknown key is an error). */
typedef struct config_target {
    rg_context *context;
    rg_pass_config *config;
    rg_rule_set *rules;
} config_target;

/* Apply "KEY=VALUE", where VALUE is JSON if it begins with [ or {, or "@FILE", a JSON object of keys and values. False,
 * with a message or a diagnostic, when something is wrong. */
bool apply_config(const config_target *target, const char *setting);

#endif

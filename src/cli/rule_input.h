/*
 * rule_input.h: the rules that a command is given: by --rules, and as arguments after it.
 */
#ifndef RG_CLI_RULE_INPUT_H
#define RG_CLI_RULE_INPUT_H

#include "cli/config_input.h"
#include "cli/patterns.h"

/* Options of commands that take rules, for their tables. */
#define OPTION_RULES                                                                                                   \
    {                                                                                                                  \
        "rules", 'r', "PATH",                                                                                          \
            "a file of rules or of pattern expressions, or a folder of such; may be given several times"               \
    }
#define OPTION_RULE_CONFIG                                                                                             \
    {                                                                                                                  \
        "config", 'c', "KEY=VALUE|@FILE", "a value that rules read as config.KEY, or those of a JSON file"             \
    }

/* Apply every --config, and load every --rules, in the order of the command line; `patterns` as for load_rules. False,
 * with a message or a diagnostic, when something is wrong. */
bool apply_config_options(const config_target *target, const cli_invocation *invocation);
bool load_rule_options(rg_rule_set *set, pattern_files *patterns, const cli_invocation *invocation);

/* Give the set what --config says, and what the passes' configuration says by default: as `regraft opt` does. Rules may
 * read any key; those that the passes do not know are theirs alone. */
bool configure_rules(rg_rule_set *set, const cli_invocation *invocation);

/* Configure a set and load --rules and the arguments from number `first` on, so that `match FILE --rules A B` reads as
 * it looks. Without --rules that is a complaint. False, with a message or a diagnostic, when something is wrong. */
bool load_given_rules(rg_rule_set *set, pattern_files *patterns, const cli_invocation *invocation, size_t first);

#endif

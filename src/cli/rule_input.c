/*
 * rule_input.c: see the header.
 */
#include "cli/rule_input.h"

#include "cli/files.h"

bool apply_config_options(const config_target *target, const cli_invocation *invocation)
{
    bool good = true;
    for (size_t i = 0; good && i < invocation->use_count; i++) {
        const cli_option_use *use = &invocation->uses[i];
        good = strcmp(use->option->name, "config") != 0 || apply_config(target, use->value);
    }
    return good;
}

bool load_rule_options(rg_rule_set *set, pattern_files *patterns, const cli_invocation *invocation)
{
    bool good = true;
    for (size_t i = 0; good && i < invocation->use_count; i++) {
        const cli_option_use *use = &invocation->uses[i];
        good = strcmp(use->option->name, "rules") != 0 || load_rules(set, patterns, invocation->context, use->value);
    }
    return good;
}

bool configure_rules(rg_rule_set *set, const cli_invocation *invocation)
{
    rg_pass_config *config = NULL;
    bool good = rg_pass_config_create(&config, invocation->context) == RG_OK;
    config_target target = {invocation->context, config, set};
    good = good && apply_config_options(&target, invocation) && rg_pass_config_apply(config, set) == RG_OK;
    rg_pass_config_destroy(config);
    return good;
}

bool load_given_rules(rg_rule_set *set, pattern_files *patterns, const cli_invocation *invocation, size_t first)
{
    rg_context *context = invocation->context;
    if (!option_given(invocation, "rules")) {
        complain("%s needs --rules PATH", invocation->command->name);
        return false;
    }
    bool good = configure_rules(set, invocation) && load_rule_options(set, patterns, invocation);
    for (size_t i = first; good && i < invocation->argument_count; i++) {
        good = load_rules(set, patterns, context, invocation->arguments[i]);
    }
    return good;
}

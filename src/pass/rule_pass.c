/*
 * rule_pass.c: adding passes to a manager: shipped ones, rule sets, and functions of the caller.
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

/* Append `pass`, whose names are copied; on failure the caller still owns what it holds. */
static rg_status append(rg_pass *out, rg_pass_manager *manager, rg_managed_pass pass)
{
    pass.name = rg__arena_copy(&manager->arena, pass.name);
    pass.dump_name = rg__arena_copy(&manager->arena, pass.dump_name);
    pass.meaning = rg__arena_copy(&manager->arena, pass.meaning);
    if (pass.name.data == NULL || pass.dump_name.data == NULL || pass.meaning.data == NULL) {
        return RG_ERROR_MEMORY;
    }
    pass.result.name = pass.name;
    pass.result.dump_name = pass.dump_name;
    if (!rg__vector_push(manager->allocator, &manager->passes, pass)) {
        return RG_ERROR_MEMORY;
    }
    out->id = manager->passes.count;
    return RG_OK;
}

static rg_status add_rules(rg_pass *out, rg_pass_manager *manager, rg_string name, rg_string dump_name,
                           const rg_rule_set *rules, rg_rule_set *owned)
{
    rg_managed_pass pass = {.name = name, .dump_name = dump_name, .rules = rules, .owned_rules = owned};
    rg_status status = rg_matcher_create(&pass.matcher, manager->context, rules);
    if (status == RG_OK) {
        status = rg__dump_patterns(manager, &pass);
    }
    if (status == RG_OK) {
        status = append(out, manager, pass);
    }
    if (status != RG_OK) {
        rg_matcher_destroy(pass.matcher);
    }
    return status;
}

rg_status rg_pass_manager_add_named(rg_pass *out, rg_pass_manager *manager, rg_string name)
{
    out->id = 0;
    const rg_pass_row *row = rg__find_pass(manager->context, name);
    if (row == NULL) {
        return RG_ERROR_NAME;
    }
    rg_string short_name = rg_string_from(row->name);
    rg_string dump_name = rg_string_from(row->dump_name);
    if (row->walk != NULL) {
        rg_managed_pass pass = {.name = short_name,
                                .dump_name = dump_name,
                                .run = row->walk,
                                .is_shipped = true,
                                .meaning = rg_string_from(row->class_name),
                                .log = row->log};
        return append(out, manager, pass);
    }
    rg_rule_set *rules = NULL;
    rg_status status = rg__load_pack(&rules, manager, row->pack);
    if (status == RG_OK) {
        status = add_rules(out, manager, short_name, dump_name, rules, rules);
    }
    if (status != RG_OK) {
        rg_rule_set_destroy(rules);
    }
    return status;
}

rg_status rg_pass_manager_add_rules(rg_pass *out, rg_pass_manager *manager, rg_string name, const rg_rule_set *rules)
{
    out->id = 0;
    return add_rules(out, manager, name, name, rules, NULL);
}

rg_status rg_pass_manager_add(rg_pass *out, rg_pass_manager *manager, const rg_pass_definition *definition)
{
    out->id = 0;
    if (definition->run == NULL || definition->name.size == 0) {
        return rg__report(manager->context, RG_ERROR_ARGUMENT, "a pass needs a name and a function");
    }
    rg_managed_pass pass = {.name = definition->name,
                            .dump_name = definition->name,
                            .run = definition->run,
                            .user = definition->user,
                            .meaning = definition->uuid,
                            .log = ""};
    return append(out, manager, pass);
}

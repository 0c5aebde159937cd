/*
 * rule_pass.c: adding passes to a manager: shipped ones, rule sets, and functions of the caller.
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

/* Append `pass`, whose names are copied; on failure the caller still owns what it holds. */
static rg_status append(rg_pass *out, rg_pass_manager *manager, rg_managed_pass pass)
{
    rg_string *const texts[] = {&pass.name, &pass.class_name, &pass.dump_name, &pass.stage, &pass.meaning};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        *texts[i] = rg__arena_copy(&manager->arena, *texts[i]);
        if (texts[i]->data == NULL) {
            return rg__report_memory(manager->context);
        }
    }
    pass.result.name = pass.name;
    pass.result.dump_name = pass.dump_name;
    if (!rg__vector_push(manager->allocator, &manager->passes, pass)) {
        return rg__report_memory(manager->context);
    }
    out->id = manager->passes.count;
    return RG_OK;
}

/* Append a pass that applies `pass.rules`. */
static rg_status append_rules(rg_pass *out, rg_pass_manager *manager, rg_managed_pass pass)
{
    rg_status status = rg_matcher_create(&pass.matcher, manager->context, pass.rules);
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

rg_status rg__add_row(rg_pass *out, rg_pass_manager *manager, const rg_pass_row *row, bool is_final)
{
    rg_managed_pass pass = {.name = rg_string_from(row->name),
                            .class_name = rg_string_from(row->class_name),
                            .dump_name = rg_string_from(rg__pass_dump_name(row)),
                            .row = row,
                            .meaning = rg_string_from(row->class_name),
                            .is_final = is_final};
    if (row->walk != NULL) {
        return append(out, manager, pass);
    }
    rg_status status = rg__load_pack(&pass.owned_rules, manager, row->pack);
    if (status == RG_OK) {
        pass.rules = pass.owned_rules;
        status = append_rules(out, manager, pass);
    }
    if (status != RG_OK) {
        rg_rule_set_destroy(pass.owned_rules);
    }
    return status;
}

rg_status rg_pass_manager_add_named(rg_pass *out, rg_pass_manager *manager, rg_string name)
{
    out->id = 0;
    const rg_pass_row *row = rg__find_pass(manager->context, name);
    return row == NULL ? RG_ERROR_NAME : rg__add_row(out, manager, row, false);
}

rg_status rg_pass_manager_add_rules(rg_pass *out, rg_pass_manager *manager, rg_string name, const rg_rule_set *rules)
{
    out->id = 0;
    return append_rules(out, manager,
                        (rg_managed_pass){.name = name, .class_name = name, .dump_name = name, .rules = rules});
}

rg_status rg_pass_manager_add(rg_pass *out, rg_pass_manager *manager, const rg_pass_definition *definition)
{
    out->id = 0;
    if (definition->run == NULL || definition->name.size == 0) {
        return rg__report(manager->context, RG_ERROR_ARGUMENT, "a pass needs a name and a function");
    }
    return append(out, manager,
                  (rg_managed_pass){.name = definition->name,
                                    .class_name = definition->name,
                                    .dump_name = definition->name,
                                    .run = definition->run,
                                    .user = definition->user,
                                    .meaning = definition->uuid});
}

rg_status rg_pass_manager_add_printer(rg_pass *out, rg_pass_manager *manager, rg_string stage)
{
    rg_string name = rg_string_from("PrinterInductorPass");
    out->id = 0;
    if (stage.size == 0) {
        return rg__report(manager->context, RG_ERROR_ARGUMENT, "a printer needs a name for its dumps");
    }
    return append(out, manager, (rg_managed_pass){.name = name, .class_name = name, .dump_name = name, .stage = stage});
}

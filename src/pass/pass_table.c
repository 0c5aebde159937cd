/*
 * pass_table.c: the shipped passes by name, and the packs of rules they load. The rows are in passes.def.
 */
#include "base/suggestion.h"
#include "ir/context_impl.h"
#include "pass/pass_impl.h"
#include "rule/rule_import.h"

const rg_pass_row rg__pass_rows[] = {
#define RG_PASS(...) {__VA_ARGS__},
#include "pass/passes.def"
#undef RG_PASS
};

const size_t rg__pass_row_count = sizeof(rg__pass_rows) / sizeof(rg__pass_rows[0]);

const char *rg__pass_dump_name(const rg_pass_row *row)
{
    return row->dump_name != NULL ? row->dump_name : row->class_name;
}

const rg_pass_row *rg__pass_row(const char *name)
{
    for (size_t i = 0; i < rg__pass_row_count; i++) {
        if (strcmp(rg__pass_rows[i].name, name) == 0) {
            return &rg__pass_rows[i];
        }
    }
    return NULL;
}

size_t rg_pass_count(void)
{
    return rg__pass_row_count;
}

rg_pass_info rg_pass_get_info(size_t index)
{
    rg_pass_info info = {.uses_rules = false};
    if (index < rg__pass_row_count) {
        const rg_pass_row *row = &rg__pass_rows[index];
        info.name = rg_string_from(row->name);
        info.class_name = rg_string_from(row->class_name);
        info.dump_name = rg_string_from(rg__pass_dump_name(row));
        info.flag = rg_string_from(row->flag == NULL ? "" : row->flag);
        info.description = rg_string_from(row->description);
        info.uses_rules = row->pack != NULL;
        info.by_default = row->by_default;
    }
    return info;
}

const rg_pass_row *rg__find_pass(rg_context *context, rg_string name)
{
    rg_suggestion suggestion = {.wanted = name};
    for (size_t i = 0; i < rg__pass_row_count; i++) {
        const rg_pass_row *row = &rg__pass_rows[i];
        if (rg_string_equal(name, rg_string_from(row->name)) ||
            rg_string_equal(name, rg_string_from(row->class_name))) {
            return row;
        }
        rg__suggestion_offer(&suggestion, rg_string_from(row->name));
        rg__suggestion_offer(&suggestion, rg_string_from(row->class_name));
    }
    rg_string closest = rg__suggestion_closest(&suggestion);
    if (closest.size > 0) {
        (void)rg__report(context, RG_ERROR_NAME, "there is no pass '%.*s'; did you mean '%s'?", (int)name.size,
                         name.data, closest.data);
    } else {
        (void)rg__report(context, RG_ERROR_NAME, "there is no pass '%.*s'", (int)name.size, name.data);
    }
    return NULL;
}

/* Packs are part of the library, and so is what they import from. */
static rg_status open_pack(rg_buffer *out, rg_context *context, const char *path, void *user)
{
    (void)user;
    for (size_t i = 0; i < rg__rule_pack_count; i++) {
        const rg_rule_pack *pack = &rg__rule_packs[i];
        if (strcmp(pack->path, path) == 0) {
            rg__buffer_append(out, (rg_string){pack->text, pack->size});
            return out->failed ? rg__report_memory(context) : RG_OK;
        }
    }
    return rg__report(context, RG_ERROR_NAME, "the library was built without the rule pack '%s'", path);
}

rg_status rg__load_pack(rg_rule_set **out, const rg_pass_manager *manager, const char *path)
{
    rg_rule_set *set = NULL;
    rg_buffer text;
    *out = NULL;
    rg__buffer_init(&text, &manager->context->allocator);
    rg_status status = open_pack(&text, manager->context, path, NULL);
    if (status == RG_OK) {
        status = rg_rule_set_create(&set, manager->context);
    }
    if (status == RG_OK) {
        status = rg_pass_config_apply(manager->config, set);
    }
    if (status == RG_OK) {
        status = rg__rule_set_load(set, rg__buffer_string(&text), rg_string_from(path), open_pack, NULL);
    }
    rg__buffer_free(&text);
    if (status != RG_OK) {
        rg_rule_set_destroy(set);
        return status;
    }
    *out = set;
    return RG_OK;
}

/*
 * uuid.c: what a pass means, hashed, for caches of compiled graphs.
 *
 * vLLM hashes the source text of classes, so that a comment changes the uuid and an epsilon does not. Here the
 * canonical form of the rules is hashed, with the configuration and the version of the engine: everything that decides
 * what the pass does to a graph, and nothing else.
 */
#include <stdio.h>

#include <regraft/document.h>

#include "ir/context_impl.h"
#include "pass/hash.h"
#include "pass/pass_impl.h"

/* Is the name one of those between commas? */
static bool is_listed(const char *names, rg_string name)
{
    for (const char *at = names; *at != '\0';) {
        size_t size = strcspn(at, ",");
        if (size == name.size && memcmp(at, name.data, size) == 0) {
            return true;
        }
        at += size + (at[size] == ',' ? 1 : 0);
    }
    return false;
}

/* A walk means its class, and the values of the keys that name it as a reader. Flags only say whether it runs. */
static rg_status hash_walk(SHA256_CTX *hash, const rg_pass_manager *manager, const rg_managed_pass *entry)
{
    rg_buffer text;
    rg_status status = RG_OK;
    rg__buffer_init(&text, manager->allocator);
    rg__hash_part(hash, entry->meaning);
    for (size_t i = 0; i < RG_CONFIG_KEY_COUNT && entry->row != NULL && status == RG_OK; i++) {
        bool is_flag = rg__config_rows[i].kind == RG_CONFIG_FLAG;
        if (!is_flag && is_listed(rg__config_rows[i].readers, entry->name)) {
            rg_value value = rg__config_value(manager->config, (rg_config_index)i);
            rg__buffer_clear(&text);
            status = rg_value_print(manager->context, NULL, value, rg__buffer_sink(&text));
            rg__hash_part(hash, rg_string_from(rg__config_rows[i].name));
            rg__hash_part(hash, rg__buffer_string(&text));
        }
    }
    if (status == RG_OK && text.failed) {
        status = rg__report_memory(manager->context);
    }
    rg__buffer_free(&text);
    return status;
}

rg_status rg_pass_manager_pass_uuid(rg_uuid *out, const rg_pass_manager *manager, rg_pass pass)
{
    out->text[0] = '\0';
    if (pass.id == 0 || pass.id > manager->passes.count) {
        return rg__report(manager->context, RG_ERROR_ARGUMENT, "the manager has no pass %u", pass.id);
    }
    const rg_managed_pass *entry = &manager->passes.items[pass.id - 1];
    SHA256_CTX hash;
    SHA256Init(&hash);
    rg__hash_part(&hash, rg_string_from("regraft pass"));
    rg__hash_part(&hash, rg_string_from(rg_version()));
    rg__hash_part(&hash, entry->dump_name);
    rg_status status = RG_OK;
    if (entry->rules != NULL) {
        rg_buffer text;
        rg__buffer_init(&text, manager->allocator);
        status = rg_rule_set_canonical(entry->rules, rg__buffer_sink(&text));
        if (status == RG_OK && text.failed) {
            status = RG_ERROR_MEMORY;
        }
        rg__hash_part(&hash, rg__buffer_string(&text));
        rg__buffer_free(&text);
        if (manager->options.max_sweeps > 1) {
            char sweeps[32];
            (void)snprintf(sweeps, sizeof(sweeps), "at most %u sweeps", manager->options.max_sweeps);
            rg__hash_part(&hash, rg_string_from(sweeps));
        }
    } else {
        status = hash_walk(&hash, manager, entry);
    }
    if (status == RG_OK) {
        rg__hash_finish(out, &hash);
    }
    return status;
}

/* "(1, 2048)"; empty without a range. */
static rg_string range_text(const rg_pass_manager *manager, char *text, size_t size)
{
    rg_compile_range range;
    text[0] = '\0';
    if (rg_pass_manager_range(manager, &range)) {
        (void)snprintf(text, size, "(%lld, %lld)", (long long)range.start, (long long)range.end);
    }
    return rg_string_from(text);
}

rg_status rg_pass_manager_uuid(rg_uuid *out, const rg_pass_manager *manager)
{
    char range[64];
    rg_uuid part;
    SHA256_CTX hash;
    out->text[0] = '\0';
    SHA256Init(&hash);
    rg__hash_part(&hash, rg_string_from("regraft pass manager"));
    for (uint32_t i = 0; i < manager->passes.count; i++) {
        rg_status status = rg_pass_manager_pass_uuid(&part, manager, rg_pass_manager_pass(manager, i));
        if (status != RG_OK) {
            return status;
        }
        rg__hash_part(&hash, rg_string_from(part.text));
    }
    rg_status status = rg_pass_config_hash(&part, manager->config);
    if (status != RG_OK) {
        return status;
    }
    rg__hash_part(&hash, rg_string_from(part.text));
    rg__hash_part(&hash, range_text(manager, range, sizeof(range)));
    rg__hash_finish(out, &hash);
    return RG_OK;
}

/*
 * uuid.c: what a pass means, hashed, for caches of compiled graphs.
 *
 * vLLM hashes the source text of classes, so that a comment changes the uuid and an epsilon does not. Here the
 * canonical form of the rules is hashed, with the configuration and the version of the engine: everything that decides
 * what the pass does to a graph, and nothing else.
 */
#include <sha256.h>
#include <stdio.h>

#include "ir/context_impl.h"
#include "pass/pass_impl.h"

/* Parts are hashed with their lengths before them, so that no two lists of parts run together to the same bytes. */
static void add_part(SHA256_CTX *hash, rg_string part)
{
    uint8_t length[8];
    for (size_t i = 0; i < sizeof(length); i++) {
        length[i] = (uint8_t)((uint64_t)part.size >> (8 * i));
    }
    SHA256Update(hash, length, sizeof(length));
    SHA256Update(hash, (const uint8_t *)part.data, part.size);
}

static void finish(rg_uuid *out, SHA256_CTX *hash)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, hash);
    for (size_t i = 0; i < sizeof(digest); i++) {
        out->text[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out->text[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out->text[2 * sizeof(digest)] = '\0';
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
    add_part(&hash, rg_string_from("regraft pass"));
    add_part(&hash, rg_string_from(rg_version()));
    add_part(&hash, entry->dump_name);
    rg_status status = RG_OK;
    if (entry->rules != NULL) {
        rg_buffer text;
        rg__buffer_init(&text, manager->allocator);
        status = rg_rule_set_canonical(entry->rules, rg__buffer_sink(&text));
        if (status == RG_OK && text.failed) {
            status = RG_ERROR_MEMORY;
        }
        add_part(&hash, rg__buffer_string(&text));
        rg__buffer_free(&text);
        if (manager->options.max_sweeps > 1) {
            char sweeps[32];
            (void)snprintf(sweeps, sizeof(sweeps), "at most %u sweeps", manager->options.max_sweeps);
            add_part(&hash, rg_string_from(sweeps));
        }
    } else {
        add_part(&hash, entry->meaning);
    }
    if (status == RG_OK) {
        finish(out, &hash);
    }
    return status;
}

rg_status rg_pass_manager_uuid(rg_uuid *out, const rg_pass_manager *manager)
{
    out->text[0] = '\0';
    SHA256_CTX hash;
    SHA256Init(&hash);
    add_part(&hash, rg_string_from("regraft pass manager"));
    for (uint32_t i = 0; i < manager->passes.count; i++) {
        rg_uuid pass;
        rg_status status = rg_pass_manager_pass_uuid(&pass, manager, (rg_pass){i + 1});
        if (status != RG_OK) {
            return status;
        }
        add_part(&hash, rg_string_from(pass.text));
    }
    for (size_t i = 0; i < rg__config_key_count; i++) {
        add_part(&hash, rg_string_from(rg__config_keys[i].name));
        add_part(&hash, rg__config_value(manager, i));
    }
    finish(out, &hash);
    return RG_OK;
}

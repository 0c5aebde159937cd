/*
 * manager.c: making and destroying a pass manager, and what it tells afterwards. run.c runs it.
 */
#include "ir/context_impl.h"
#include "pass/pass_impl.h"

rg_status rg_pass_manager_create(rg_pass_manager **out, rg_context *context, const rg_pass_manager_options *options)
{
    *out = NULL;
    const rg_allocator *allocator = &context->allocator;
    rg_pass_manager *manager = rg__allocate(allocator, sizeof(*manager));
    if (manager == NULL) {
        return RG_ERROR_MEMORY;
    }
    *manager = (rg_pass_manager){.context = context, .allocator = allocator};
    rg__arena_init(&manager->arena, allocator);
    if (rg_pass_config_create(&manager->config, context) != RG_OK) {
        goto failed;
    }
    if (options != NULL) {
        memcpy(&manager->options, options,
               options->struct_size < sizeof(*options) ? options->struct_size : sizeof(*options));
        if (options->dump_directory != NULL) {
            manager->dump_directory = rg__arena_copy(&manager->arena, rg_string_from(options->dump_directory));
            if (manager->dump_directory.data == NULL) {
                goto failed;
            }
        }
    }
    *out = manager;
    return RG_OK;

failed:
    rg_pass_manager_destroy(manager);
    return RG_ERROR_MEMORY;
}

void rg_pass_manager_destroy(rg_pass_manager *manager)
{
    if (manager == NULL) {
        return;
    }
    const rg_allocator *allocator = manager->allocator;
    for (uint32_t i = 0; i < manager->passes.count; i++) {
        rg_matcher_destroy(manager->passes.items[i].matcher);
        rg_rule_set_destroy(manager->passes.items[i].owned_rules);
    }
    rg__vector_free(allocator, &manager->passes);
    while (manager->scopes.count > 0) {
        rg_pass_manager_leave(manager);
    }
    rg__vector_free(allocator, &manager->scopes);
    rg__vector_free(allocator, &manager->outermost.donated);
    rg_pass_config_destroy(manager->config);
    rg__arena_free(&manager->arena);
    rg__free(allocator, manager, sizeof(*manager));
}

size_t rg_pass_manager_pass_count(const rg_pass_manager *manager)
{
    return manager->passes.count;
}

/* Passes that are not final come first; each kind in the order of adding. */
rg_pass rg_pass_manager_pass(const rg_pass_manager *manager, size_t index)
{
    for (int final = 0; final < 2; final++) {
        for (uint32_t i = 0; i < manager->passes.count; i++) {
            if (manager->passes.items[i].is_final == (final == 1) && index-- == 0) {
                return (rg_pass){i + 1};
            }
        }
    }
    return (rg_pass){0};
}

rg_pass rg_pass_manager_current(const rg_pass_manager *manager)
{
    return (rg_pass){manager->running};
}

static const rg_managed_pass *managed(const rg_pass_manager *manager, rg_pass pass)
{
    return pass.id >= 1 && pass.id <= manager->passes.count ? &manager->passes.items[pass.id - 1] : NULL;
}

rg_pass_result rg_pass_manager_result(const rg_pass_manager *manager, rg_pass pass)
{
    const rg_managed_pass *entry = managed(manager, pass);
    return entry == NULL ? (rg_pass_result){.matched = 0} : entry->result;
}

const rg_rule_set *rg_pass_manager_rules(const rg_pass_manager *manager, rg_pass pass)
{
    const rg_managed_pass *entry = managed(manager, pass);
    return entry == NULL ? NULL : entry->rules;
}

rg_pass_config *rg_pass_manager_config(rg_pass_manager *manager)
{
    return manager->config;
}

rg_status rg_pass_manager_set_config(rg_pass_manager *manager, rg_string key, rg_string value)
{
    return rg_pass_config_set(manager->config, key, value);
}

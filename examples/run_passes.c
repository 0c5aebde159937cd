/*
 * run_passes.c: run shipped passes with a pass manager, as `regraft opt` does, and read what they matched.
 *
 * usage: run_passes FILE PASS...
 */
#include <stdio.h>

#include <regraft/regraft.h>

static rg_status write_out(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

static rg_status add_passes(rg_pass_manager *manager, int count, char **names)
{
    rg_status status = RG_OK;
    for (int i = 0; i < count && status == RG_OK; i++) {
        rg_pass pass;
        status = rg_pass_manager_add_named(&pass, manager, rg_string_from(names[i]));
    }
    return status;
}

static void show_results(const rg_context *context, const rg_pass_manager *manager)
{
    for (size_t i = 0; i < rg_pass_manager_pass_count(manager); i++) {
        rg_pass_result result = rg_pass_manager_result(manager, rg_pass_manager_pass(manager, i));
        printf("%s: %llu matches\n", result.name.data, (unsigned long long)result.matched);
    }
    printf("match table:\n");
    for (size_t i = 0; i < rg_match_table_count(context); i++) {
        rg_match_table_entry entry = rg_match_table_get(context, i);
        printf("  %s %llu\n", entry.pass.data, (unsigned long long)entry.matched);
    }
}

static rg_status run(rg_context *context, const char *path, int count, char **names)
{
    rg_document *document = NULL;
    rg_pass_manager *manager = NULL;
    rg_status status = rg_document_read(&document, context, path);
    if (status == RG_OK) {
        status = rg_pass_manager_create(&manager, context, NULL);
    }
    if (status == RG_OK) {
        status = add_passes(manager, count, names);
    }
    if (status == RG_OK) {
        status = rg_pass_manager_run(manager, rg_document_graph(document, 0));
    }
    if (status == RG_OK) {
        show_results(context, manager);
    }
    rg_pass_manager_destroy(manager);
    rg_document_destroy(document);
    return status;
}

int main(int count, char **words)
{
    rg_context *context = NULL;
    if (count < 3) {
        fputs("usage: run_passes FILE PASS...\n", stderr);
        return 2;
    }
    rg_status status = rg_context_create(&context, NULL);
    if (status == RG_OK) {
        status = run(context, words[1], count - 2, words + 2);
    }
    for (size_t i = 0; context != NULL && i < rg_context_diagnostic_count(context); i++) {
        (void)rg_diagnostic_print(rg_context_diagnostic(context, i), (rg_sink){write_out, stderr});
    }
    rg_context_destroy(context);
    return status == RG_OK ? 0 : 2;
}

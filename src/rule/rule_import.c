/*
 * rule_import.c: `from .quantization import quantize, FP8`: functions and constants of another rule file, which lies in
 * the same directory or below it. Such a file holds constants, functions and op declarations, and no rules: what is
 * registered is what was asked for. It is read once, however many files import from it.
 */
#include "rule/rule_import.h"

#include "ir/context_impl.h"
#include "rule/import_statement.h"
#include "text/word.h"

void rg__rule_library_init(rg_rule_library *library, rg_context *context, rg_rule_open_function open, void *user)
{
    *library = (rg_rule_library){.open = open, .user = user};
    rg__arena_init(&library->arena, &context->allocator);
}

void rg__rule_library_free(rg_rule_library *library, rg_context *context)
{
    for (uint32_t i = 0; i < library->modules.count; i++) {
        rg__rule_file_close(&library->modules.items[i]->file);
        rg__buffer_free(&library->modules.items[i]->text);
    }
    rg__vector_free(&context->allocator, &library->modules);
    rg__arena_free(&library->arena);
}

bool rg__rule_import_is_relative(const rg_syntax *statement)
{
    return rg__starts_with(rg__import_statement_read(statement->text).module, ".");
}

/* ".a.b" in the file "x/y.py" is "x/a/b.py". NULL when memory is out. */
static const char *path_of(rg_rule_file *file, rg_string module)
{
    rg_string importer = file->source.file;
    size_t directory = importer.size;
    while (directory > 0 && importer.data[directory - 1] != '/') {
        directory--;
    }
    size_t size = directory + module.size - 1;
    char *path = rg__arena_allocate(&file->library->arena, size + sizeof(".py"));
    if (path == NULL) {
        return NULL;
    }
    memcpy(path, importer.data, directory);
    for (size_t i = 1; i < module.size; i++) {
        path[directory + i - 1] = module.data[i] == '.' ? '/' : module.data[i];
    }
    memcpy(path + size, ".py", sizeof(".py"));
    return path;
}

/* ---- modules ---- */

static rg_status read_module(rg_rule_module *module, rg_rule_file *importer)
{
    rg_context *context = importer->set->context;
    rg_rule_library *library = importer->library;
    rg_status status = library->open(&module->text, context, module->path, library->user);
    if (status == RG_OK) {
        status = rg__rule_file_read(&module->file, rg__buffer_string(&module->text), rg_string_from(module->path));
    }
    module->is_read = status == RG_OK;
    return status;
}

static rg_status find_module(rg_rule_module **out, rg_rule_file *file, const rg_syntax *statement, rg_string name)
{
    rg_context *context = file->set->context;
    rg_rule_library *library = file->library;
    if (name.size < 2 || name.data[1] == '.') {
        return rg__rule_file_fail(file, statement, RG_ERROR_UNSUPPORTED,
                                  "imports come from a file in the same directory, or below it: from .name import ...");
    }
    const char *path = path_of(file, name);
    if (path == NULL) {
        return rg__report_memory(context);
    }
    for (uint32_t i = 0; i < library->modules.count; i++) {
        *out = library->modules.items[i];
        if (strcmp((*out)->path, path) == 0) {
            return (*out)->is_read ? RG_OK
                                   : rg__rule_file_fail(file, statement, RG_ERROR_RULE,
                                                        "'%s' is being read: files import from each other", path);
        }
    }
    rg_rule_module *module = rg__arena_allocate_zero(&library->arena, sizeof(*module));
    if (module == NULL || !rg__vector_push(&context->allocator, &library->modules, module)) {
        return rg__report_memory(context);
    }
    module->path = path;
    rg__buffer_init(&module->text, &context->allocator);
    rg__rule_file_init(&module->file, file->set, library);
    module->file.is_module = true;
    *out = module;
    rg_status status = read_module(module, file);
    return status == RG_OK || status == RG_ERROR_MEMORY
               ? status
               : rg__rule_file_fail(file, statement, status, "'%s' cannot be imported from", path);
}

rg_status rg__rule_import(rg_rule_file *file, const rg_syntax *statement)
{
    rg_import_statement import = rg__import_statement_read(statement->text);
    rg_imported imported;
    rg_rule_module *module = NULL;
    rg_status status = find_module(&module, file, statement, import.module);
    while (status == RG_OK && module != NULL && rg__import_statement_next(&import, &imported)) {
        const rg_item *item = rg__frame_find(&module->file.names, imported.name);
        if (item == NULL) {
            return rg__rule_file_fail(file, statement, RG_ERROR_NAME, "'%s' has no '%.*s'", module->path,
                                      (int)imported.name.size, imported.name.data);
        }
        rg_string name = imported.as.size > 0 ? imported.as : imported.name;
        status = rg__frame_bind(&file->names, name, item) ? RG_OK : rg__report_memory(file->set->context);
    }
    return status;
}

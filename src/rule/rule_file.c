/*
 * rule_file.c: reading a rule file: its module, and which of its classes are rules and ops.
 */
#include "rule/rule_file.h"

#include "ir/context_impl.h"
#include "rule/function.h"
#include "rule/rule_import.h"
#include "text/document_impl.h"

/* ---- what the parts use ---- */

rg_evaluator rg__rule_file_evaluator(rg_rule_file *file, rg_tracer *tracer)
{
    rg_evaluator evaluator = {.tracer = tracer, .source = &file->source, .arena = &file->arena};
    evaluator.config = file->set->config.items;
    evaluator.config_count = file->set->config.count;
    return evaluator;
}

/* Constants are computed on a tracer of their own, whose graph must stay empty. */
rg_status rg__rule_file_assign(rg_rule_file *file, rg_frame *frame, const rg_syntax *statement)
{
    rg_tracer *tracer = NULL;
    rg_status status = rg_tracer_create(&tracer, file->set->context, rg_string_from("constants"));
    if (status != RG_OK) {
        return status;
    }
    rg_evaluator evaluator = rg__rule_file_evaluator(file, tracer);
    rg__function_assign(&evaluator, frame, statement);
    status = tracer->status;
    if (status == RG_OK && rg_graph_node_count(tracer->graph) > 0) {
        status = rg__rule_file_fail(file, statement, RG_ERROR_RULE,
                                    "a constant is computed when the file is read, it cannot call ops");
    }
    rg_tracer_destroy(tracer);
    return status;
}

rg_status rg__rule_file_annotation(rg_string *out, rg_rule_file *file, const rg_syntax *annotation)
{
    *out = (rg_string){"", 0};
    if (rg__syntax_is_absent(annotation)) {
        return RG_OK;
    }
    if (annotation->kind == RG_SYNTAX_STRING) {
        return rg__syntax_string(out, &file->arena, &file->source, annotation);
    }
    *out = rg__syntax_source(&file->source, annotation);
    return RG_OK;
}

/* ---- classes ---- */

static const rg_file_class *find_class(const rg_rule_file *file, rg_string name)
{
    for (uint32_t i = 0; i < file->classes.count; i++) {
        if (rg_string_equal(file->classes.items[i]->name, name)) {
            return file->classes.items[i];
        }
    }
    return NULL;
}

/* "Rule", "regraft.Rule" */
static bool is_named(rg_string path, const char *name)
{
    size_t size = strlen(name);
    return path.size >= size && memcmp(path.data + path.size - size, name, size) == 0 &&
           (path.size == size || path.data[path.size - size - 1] == '.');
}

/* What a class derives from: Rule, Op, or a class before it. */
static rg_status read_base(rg_file_class *class, rg_rule_file *file)
{
    const rg_syntax *bases = class->syntax->first;
    rg_string path;
    if (bases->count != 1 || !rg__syntax_dotted(&path, NULL, &file->arena, bases->first)) {
        return rg__rule_file_fail(file, class->syntax, RG_ERROR_RULE, "class '%.*s' must derive from Rule or from Op",
                                  (int)class->name.size, class->name.data);
    }
    if (path.data == NULL) {
        return rg__report_memory(file->set->context);
    }
    class->base = find_class(file, path);
    class->is_op = class->base != NULL ? class->base->is_op : is_named(path, "Op");
    if (class->base == NULL && !class->is_op && !is_named(path, "Rule")) {
        return rg__rule_file_fail(file, bases->first, RG_ERROR_NAME,
                                  "'%.*s' is neither Rule, nor Op, nor a class above", (int)path.size, path.data);
    }
    return RG_OK;
}

static rg_status load_class(rg_rule_file *file, const rg_syntax *statement)
{
    rg_file_class *class = rg__arena_allocate_zero(&file->arena, sizeof(*class));
    rg_status status = RG_OK;
    if (class == NULL || !rg__vector_push(&file->set->context->allocator, &file->classes, class)) {
        return rg__report_memory(file->set->context);
    }
    file->classes.count--; /* not yet */
    class->name = statement->text;
    class->syntax = statement;
    if (find_class(file, class->name) != NULL) {
        return rg__rule_file_fail(file, statement, RG_ERROR_NAME, "class '%.*s' is defined twice",
                                  (int)class->name.size, class->name.data);
    }
    status = read_base(class, file);
    if (status == RG_OK) {
        file->classes.items[file->classes.count++] = class;
        if (!class->is_op && file->is_module) {
            return rg__rule_file_fail(file, statement, RG_ERROR_RULE,
                                      "a file that others import from holds no rules: only constants, functions and "
                                      "ops");
        }
        status = class->is_op ? rg__op_class_load(file, class) : rg__rule_class_load(file, class);
    }
    return status;
}

/* ---- the module ---- */

static rg_status bind_function(rg_rule_file *file, const rg_syntax *statement)
{
    rg_item item = {.kind = RG_ITEM_FUNCTION, .value = rg_value_missing()};
    item.function = (rg_function){statement, &file->names, &file->source};
    return rg__frame_bind(&file->names, statement->text, &item) ? RG_OK : rg__report_memory(file->set->context);
}

static rg_status import_names(rg_rule_file *file, const rg_syntax *statement)
{
    if (rg__rule_import_is_relative(statement)) {
        return rg__rule_import(file, statement);
    }
    rg_tracer *tracer = NULL;
    rg_status status = rg_tracer_create(&tracer, file->set->context, rg_string_from("imports"));
    if (status == RG_OK) {
        rg_evaluator evaluator = rg__rule_file_evaluator(file, tracer);
        rg__evaluate_import(&evaluator, &file->names, statement);
        status = tracer->status;
    }
    rg_tracer_destroy(tracer);
    return status;
}

static rg_status read_statement(rg_rule_file *file, const rg_syntax *statement)
{
    switch (statement->kind) {
    case RG_SYNTAX_IMPORT:
        return import_names(file, statement);
    case RG_SYNTAX_ASSIGN:
    case RG_SYNTAX_DECLARE:
        return rg__rule_file_assign(file, &file->names, statement);
    case RG_SYNTAX_FUNCTION:
        return bind_function(file, statement);
    case RG_SYNTAX_CLASS:
        return load_class(file, statement);
    case RG_SYNTAX_PASS:
        return RG_OK;
    case RG_SYNTAX_EXPRESSION:
        if (statement->first->kind == RG_SYNTAX_STRING) {
            return RG_OK; /* a docstring */
        }
        break;
    default:
        break;
    }
    return rg__rule_file_fail(file, statement, RG_ERROR_UNSUPPORTED,
                              "a rule file holds imports, constants, functions and classes");
}

/* A failing class does not keep the others from being read, so that all their diagnostics are there. Any other failure
 * ends the reading: what follows may depend on it. */
static rg_status read_module(rg_rule_file *file, const rg_syntax *module)
{
    rg_status first = RG_OK;
    for (const rg_syntax *statement = module->first; statement != NULL; statement = statement->next) {
        rg_status status = read_statement(file, statement);
        first = first == RG_OK ? status : first;
        if (status != RG_OK && (statement->kind != RG_SYNTAX_CLASS || status == RG_ERROR_MEMORY)) {
            break;
        }
    }
    return first;
}

void rg__rule_file_init(rg_rule_file *file, rg_rule_set *set, rg_rule_library *library)
{
    *file = (rg_rule_file){.set = set, .library = library};
    rg__arena_init(&file->arena, &set->context->allocator);
    rg__frame_init(&file->names, NULL, &set->context->allocator);
}

rg_status rg__rule_file_read(rg_rule_file *file, rg_string text, rg_string file_name)
{
    rg_syntax *module = NULL;
    rg_status status = rg__source_init(&file->source, file->set->context, text, file_name);
    if (status == RG_OK) {
        status = rg__syntax_parse(&module, &file->arena, &file->source);
    }
    return status == RG_OK ? read_module(file, module) : status;
}

void rg__rule_file_close(rg_rule_file *file)
{
    rg__vector_free(&file->set->context->allocator, &file->classes);
    rg__frame_free(&file->names);
    rg__arena_free(&file->arena);
}

rg_status rg__rule_set_load(rg_rule_set *set, rg_string text, rg_string file_name, rg_rule_open_function open,
                            void *user)
{
    rg_rule_library library;
    rg_rule_file file;
    uint32_t first = set->rules.count;
    rg__rule_library_init(&library, set->context, open, user);
    rg__rule_file_init(&file, set, &library);
    rg_status status = rg__rule_file_read(&file, text, file_name);
    if (status == RG_OK) {
        rg__rule_set_sort(set);
    } else {
        rg__rule_set_truncate(set, first);
    }
    rg__places_loaded(set);
    rg__rule_library_free(&library, set->context);
    rg__rule_file_close(&file);
    return status;
}

static rg_status open_path(rg_buffer *out, rg_context *context, const char *path, void *user)
{
    (void)user;
    return rg__read_file(out, context, path);
}

rg_status rg_rule_set_load_text(rg_rule_set *set, rg_string text, rg_string file_name)
{
    return rg__rule_set_load(set, text, file_name, open_path, NULL);
}

rg_status rg_rule_set_load_file(rg_rule_set *set, const char *path)
{
    rg_buffer text;
    rg__buffer_init(&text, &set->context->allocator);
    rg_status status = rg__read_file(&text, set->context, path);
    if (status == RG_OK) {
        status = rg_rule_set_load_text(set, rg__buffer_string(&text), rg_string_from(path));
    }
    rg__buffer_free(&text);
    return status;
}

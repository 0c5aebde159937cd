/*
 * expression_read.c: expressions from text: Inductor's serialised patterns and vLLM's patterns.*.py.
 *
 * The text is a sequence of definitions, `name = CallFunction(...)`, at its top or in functions that return one. A name
 * means the last definition before it. What no definition reads is an expression; it is built with the definitions
 * that it needs, each of which is one part of it, however often it is read.
 */
#include "match/expression_impl.h"

#include <regraft/document.h>

#include "ir/context_impl.h"
#include "text/document_impl.h"
#include "text/reader.h"

/* Parts of all expressions of a text together: definitions that many expressions read are copied into each. */
enum { MAX_PARTS = 1 << 20 };

struct rg_expression_list {
    rg_context *context;
    RG_VECTOR(rg_expression *) expressions;
};

/* `name = value`, or a function's `return value`. */
typedef struct rg_definition {
    rg_string name;
    const rg_syntax *value;
    bool is_read;
    uint32_t built_for; /* number of the root that `part` belongs to */
    rg_expression_part part;
} rg_definition;

/* `aten = torch.ops.aten` */
typedef struct rg_path_alias {
    rg_string name;
    rg_string path;
} rg_path_alias;

typedef struct rg_expression_reader {
    rg_context *context;
    const rg_source *source;
    rg_arena arena;
    rg_reader *values; /* reads constants */
    RG_VECTOR(rg_definition) definitions;
    RG_VECTOR(rg_path_alias) aliases;
    rg_map module_names;   /* string id -> the last definition of that name */
    rg_map function_names; /* the same in the function being read */
    rg_map references;     /* NAME tree -> definition that it means */
    rg_expression_builder *builder;
    uint32_t root_number;
    uint32_t part_count;
    uint32_t depth;
    rg_expression_list *list;
} rg_expression_reader;

static rg_status read_part(rg_expression_part *out, rg_expression_reader *reader, const rg_syntax *syntax);

/* ---- paths and constants ---- */

static const rg_path_alias *find_alias(const rg_expression_reader *reader, rg_string name)
{
    for (uint32_t i = reader->aliases.count; i > 0; i--) {
        if (rg_string_equal(reader->aliases.items[i - 1].name, name)) {
            return &reader->aliases.items[i - 1];
        }
    }
    return NULL;
}

/* A dotted name with the alias that it starts with written out; .data NULL when memory is out. False if it is none. */
static bool read_path(rg_string *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    const rg_syntax *root;
    if (!rg__syntax_dotted(out, &root, &reader->arena, syntax)) {
        return false;
    }
    const rg_path_alias *alias = out->data == NULL ? NULL : find_alias(reader, root->text);
    if (alias == NULL) {
        return true;
    }
    rg_string rest = rg__skip(*out, root->text.size);
    char *text = rg__arena_allocate(&reader->arena, alias->path.size + rest.size + 1);
    if (text != NULL) {
        memcpy(text, alias->path.data, alias->path.size);
        memcpy(text + alias->path.size, rest.data, rest.size);
        text[alias->path.size + rest.size] = '\0';
    }
    *out = (rg_string){text, alias->path.size + rest.size};
    return true;
}

static rg_status read_constant(rg_expression_part *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    static const char ops[] = "torch.ops.";
    rg_string path = {"", 0};
    rg_value value;
    rg_status status;
    bool is_path = syntax->kind == RG_SYNTAX_ATTRIBUTE && read_path(&path, reader, syntax);
    if (path.data == NULL) {
        return rg__report_memory(reader->context);
    }
    if (is_path && rg__starts_with(path, ops)) {
        rg_op op;
        status = rg__read_torch_op(&op, reader->values, rg__skip(path, sizeof ops - 1));
        value = rg_value_op(op);
    } else {
        status = rg__read_value(&value, reader->values, syntax);
    }
    return status == RG_OK ? rg_expression_constant(out, reader->builder, value) : status;
}

/* ---- targets ---- */

static rg_status read_target(rg_string *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    if (syntax->kind == RG_SYNTAX_STRING) {
        return rg__syntax_string(out, &reader->arena, reader->source, syntax);
    }
    if (syntax->kind == RG_SYNTAX_ELLIPSIS) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_UNSUPPORTED, "the name of another target",
                                 "a list of targets that was cut short when it was printed");
    }
    if (!read_path(out, reader, syntax)) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_SYNTAX, "the name of a function, method or class",
                                 "a target that is no name");
    }
    return out->data == NULL ? rg__report_memory(reader->context) : RG_OK;
}

static rg_status read_targets(rg_expression_call_description *out, rg_expression_reader *reader,
                              const rg_syntax *syntax)
{
    bool is_list = syntax->kind == RG_SYNTAX_LIST || syntax->kind == RG_SYNTAX_TUPLE;
    size_t count = is_list ? syntax->count : 1;
    rg_string *targets = rg__arena_allocate(&reader->arena, count * sizeof *targets);
    if (targets == NULL) {
        return rg__report_memory(reader->context);
    }
    if (count == 0) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_SYNTAX, "the name of a function, method or class",
                                 "a call without a target");
    }
    out->targets = targets;
    for (const rg_syntax *item = is_list ? syntax->first : syntax; out->target_count < count; item = item->next) {
        rg_status status = read_target(&targets[out->target_count++], reader, item);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* ---- the forms ---- */

typedef struct rg_expression_form rg_expression_form;
typedef rg_status (*rg_form_function)(rg_expression_part *out, rg_expression_reader *reader,
                                      const rg_expression_form *form, const rg_syntax *call);

struct rg_expression_form {
    const char *name;
    rg_form_function read;
    rg_expression_kind kind;
    bool var_args;
};

static const rg_syntax *first_argument(const rg_syntax *call)
{
    return call->first->next;
}

static rg_status misfit(const rg_expression_reader *reader, const rg_expression_form *form, const rg_syntax *call,
                        const char *expected)
{
    return rg__syntax_report(reader->source, call, RG_ERROR_ARGUMENT, expected, "arguments that %s does not take",
                             form->name);
}

static rg_status read_leaf(rg_expression_part *out, rg_expression_reader *reader, const rg_expression_form *form,
                           const rg_syntax *call)
{
    if (call->count != 1) {
        return misfit(reader, form, call, "no argument");
    }
    return form->kind == RG_EXPRESSION_ARG ? rg_expression_arg(out, reader->builder)
                                           : rg_expression_ignored(out, reader->builder);
}

static rg_status read_named(rg_expression_part *out, rg_expression_reader *reader, const rg_expression_form *form,
                            const rg_syntax *call)
{
    rg_string name;
    const rg_syntax *argument = first_argument(call);
    if (call->count != 2 || argument->kind != RG_SYNTAX_STRING) {
        return misfit(reader, form, call, "one string");
    }
    rg_status status = rg__syntax_string(&name, &reader->arena, reader->source, argument);
    if (status != RG_OK) {
        return status;
    }
    return form->kind == RG_EXPRESSION_KEYWORD ? rg_expression_keyword(out, reader->builder, name)
                                               : rg_expression_exclusive(out, reader->builder, name);
}

static rg_status read_users(uint32_t *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    int64_t number = -1;
    if (syntax->kind == RG_SYNTAX_NAME && rg__is_word(syntax->text, "MULTIPLE")) {
        *out = RG_EXPRESSION_MULTIPLE;
        return RG_OK;
    }
    bool fits = syntax->kind == RG_SYNTAX_INTEGER && rg__syntax_integer(&number, NULL, &reader->arena, syntax) &&
                number >= 0 && number < RG_EXPRESSION_MULTIPLE;
    *out = (uint32_t)number;
    return fits ? RG_OK
                : rg__syntax_report(reader->source, syntax, RG_ERROR_SYNTAX, "a number or MULTIPLE",
                                    "a number of users that is none");
}

static rg_status read_call_arguments(rg_expression_call_description *out, rg_expression_reader *reader,
                                     const rg_syntax *call)
{
    rg_expression_argument *arguments = rg__arena_allocate(&reader->arena, call->count * sizeof *arguments);
    if (arguments == NULL) {
        return rg__report_memory(reader->context);
    }
    out->arguments = arguments;
    rg_status status = RG_OK;
    for (const rg_syntax *item = first_argument(call)->next; item != NULL && status == RG_OK; item = item->next) {
        bool is_keyword = item->kind == RG_SYNTAX_KEYWORD;
        if (is_keyword && rg__is_word(item->text, "_users")) {
            status = read_users(&out->users, reader, item->first);
            continue;
        }
        rg_expression_argument *argument = &arguments[out->argument_count++];
        argument->name = is_keyword ? item->text : (rg_string){"", 0};
        status = read_part(&argument->part, reader, is_keyword ? item->first : item);
    }
    return status;
}

static rg_status read_call(rg_expression_part *out, rg_expression_reader *reader, const rg_expression_form *form,
                           const rg_syntax *call)
{
    rg_expression_call_description description = RG_EXPRESSION_CALL_DESCRIPTION_INIT;
    const rg_syntax *target = first_argument(call);
    description.kind = form->kind;
    description.var_args = form->var_args;
    if (target == NULL || target->kind == RG_SYNTAX_KEYWORD || (form->var_args && call->count > 3)) {
        return misfit(reader, form, call, form->var_args ? "a target and users=" : "a target, then its arguments");
    }
    rg_status status = read_targets(&description, reader, target);
    if (status == RG_OK && form->var_args) {
        const rg_syntax *users = target->next;
        bool is_keyword = users != NULL && users->kind == RG_SYNTAX_KEYWORD;
        if (is_keyword && !rg__is_word(users->text, "users")) {
            return misfit(reader, form, call, "a target and users=");
        }
        status = users == NULL ? RG_OK : read_users(&description.users, reader, is_keyword ? users->first : users);
    } else if (status == RG_OK) {
        status = read_call_arguments(&description, reader, call);
    }
    return status == RG_OK ? rg_expression_call(out, reader->builder, &description) : status;
}

static rg_status read_list_of(rg_expression_part *out, rg_expression_reader *reader, const rg_expression_form *form,
                              const rg_syntax *call)
{
    const rg_syntax *inner = first_argument(call);
    const rg_syntax *partial = inner == NULL ? NULL : inner->next;
    if (partial != NULL && partial->kind == RG_SYNTAX_KEYWORD && rg__is_word(partial->text, "partial")) {
        partial = partial->first;
    }
    bool is_partial = partial != NULL && partial->kind == RG_SYNTAX_TRUE;
    if (inner == NULL || inner->kind == RG_SYNTAX_KEYWORD || call->count > 3 ||
        (partial != NULL && !is_partial && partial->kind != RG_SYNTAX_FALSE)) {
        return misfit(reader, form, call, "a pattern and partial=");
    }
    rg_expression_part part;
    rg_status status = read_part(&part, reader, inner);
    return status == RG_OK ? rg_expression_list_of(out, reader->builder, part, is_partial) : status;
}

static rg_status read_repeated(rg_expression_part *out, rg_expression_reader *reader, const rg_expression_form *form,
                               const rg_syntax *call)
{
    rg_expression_part part;
    if (call->count != 2 || first_argument(call)->kind == RG_SYNTAX_KEYWORD) {
        return misfit(reader, form, call, "one pattern");
    }
    rg_status status = read_part(&part, reader, first_argument(call));
    return status == RG_OK ? rg_expression_repeated(out, reader->builder, part) : status;
}

/* The parts of a list; None where `allow_none`, as a null part. */
static rg_status read_parts(rg_expression_part **out, rg_expression_reader *reader, const rg_syntax *list,
                            bool allow_none)
{
    rg_expression_part *parts = rg__arena_allocate_zero(&reader->arena, list->count * sizeof *parts);
    size_t count = 0;
    if (parts == NULL) {
        return rg__report_memory(reader->context);
    }
    *out = parts;
    for (const rg_syntax *item = list->first; item != NULL; item = item->next, count++) {
        bool is_none = allow_none && item->kind == RG_SYNTAX_NONE;
        rg_status status = is_none ? RG_OK : read_part(&parts[count], reader, item);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

static rg_status read_multi_output(rg_expression_part *out, rg_expression_reader *reader,
                                   const rg_expression_form *form, const rg_syntax *call)
{
    const rg_syntax *outputs = first_argument(call);
    rg_expression_part *parts = NULL;
    if (call->count != 2 || (outputs->kind != RG_SYNTAX_LIST && outputs->kind != RG_SYNTAX_TUPLE)) {
        return misfit(reader, form, call, "a list of outputs");
    }
    rg_status status = read_parts(&parts, reader, outputs, true);
    return status == RG_OK ? rg_expression_multi_output(out, reader->builder, parts, outputs->count) : status;
}

static const rg_expression_form forms[] = {
    {"Arg", read_leaf, RG_EXPRESSION_ARG, false},
    {"Ignored", read_leaf, RG_EXPRESSION_IGNORED, false},
    {"KeywordArg", read_named, RG_EXPRESSION_KEYWORD, false},
    {"ExclusiveKeywordArg", read_named, RG_EXPRESSION_EXCLUSIVE, false},
    {"CallFunction", read_call, RG_EXPRESSION_CALL_FUNCTION, false},
    {"CallMethod", read_call, RG_EXPRESSION_CALL_METHOD, false},
    {"CallModule", read_call, RG_EXPRESSION_CALL_MODULE, false},
    {"CallFunctionVarArgs", read_call, RG_EXPRESSION_CALL_FUNCTION, true},
    {"CallMethodVarArgs", read_call, RG_EXPRESSION_CALL_METHOD, true},
    {"CallModuleVarArgs", read_call, RG_EXPRESSION_CALL_MODULE, true},
    {"ListOf", read_list_of, RG_EXPRESSION_LIST_OF, false},
    {"MultiOutputPattern", read_multi_output, RG_EXPRESSION_MULTI_OUTPUT, false},
    {"RepeatedExpr", read_repeated, RG_EXPRESSION_REPEATED, false},
};

/* The form that a CALL is of; NULL for a constant such as device(type='cuda'). */
static const rg_expression_form *find_form(const rg_syntax *call)
{
    const rg_syntax *callee = call->first;
    for (size_t i = 0; callee->kind == RG_SYNTAX_NAME && i < sizeof forms / sizeof forms[0]; i++) {
        if (rg__is_word(callee->text, forms[i].name)) {
            return &forms[i];
        }
    }
    return NULL;
}

/* ---- parts ---- */

static rg_status read_definition(rg_expression_part *out, rg_expression_reader *reader, uint32_t index)
{
    rg_definition *definition = &reader->definitions.items[index];
    rg_status status = RG_OK;
    if (definition->built_for != reader->root_number) {
        status = read_part(out, reader, definition->value);
        definition->part = *out;
        definition->built_for = reader->root_number;
    }
    *out = definition->part;
    return status;
}

static rg_status read_items(rg_expression_part *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    rg_expression_part *parts = NULL;
    rg_value_kind kind = syntax->kind == RG_SYNTAX_LIST    ? RG_VALUE_LIST
                         : syntax->kind == RG_SYNTAX_TUPLE ? RG_VALUE_TUPLE
                                                           : RG_VALUE_DICT;
    rg_status status = read_parts(&parts, reader, syntax, false);
    return status == RG_OK ? rg_expression_items(out, reader->builder, kind, parts, syntax->count) : status;
}

static rg_status read_one_part(rg_expression_part *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    uint32_t index;
    const rg_expression_form *form = syntax->kind == RG_SYNTAX_CALL ? find_form(syntax) : NULL;
    if (form != NULL) {
        return form->read(out, reader, form, syntax);
    }
    switch ((rg_syntax_kind)syntax->kind) {
    case RG_SYNTAX_NAME:
        if (rg__map_find(&reader->references, (uint64_t)(uintptr_t)syntax, &index)) {
            return read_definition(out, reader, index);
        }
        return read_constant(out, reader, syntax);
    case RG_SYNTAX_STAR: /* `*` is how Inductor prints Ignored() inside lists */
        if (syntax->count == 0) {
            return rg_expression_ignored(out, reader->builder);
        }
        return read_constant(out, reader, syntax);
    case RG_SYNTAX_LIST:
    case RG_SYNTAX_TUPLE:
    case RG_SYNTAX_DICT:
        return read_items(out, reader, syntax);
    default:
        return read_constant(out, reader, syntax);
    }
}

static rg_status read_part(rg_expression_part *out, rg_expression_reader *reader, const rg_syntax *syntax)
{
    *out = (rg_expression_part){0};
    if (reader->depth >= RG_EXPRESSION_MAX_HEIGHT || reader->part_count >= MAX_PARTS) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_LIMIT, NULL, "an expression that is too %s",
                                 reader->part_count >= MAX_PARTS ? "large" : "deep");
    }
    reader->depth++;
    reader->part_count++;
    size_t before = rg_context_diagnostic_count(reader->context);
    rg_status status = read_one_part(out, reader, syntax);
    size_t after = rg_context_diagnostic_count(reader->context);
    if (status != RG_OK && after == before + 1 && rg_context_diagnostic(reader->context, before)->location.line == 0) {
        rg__source_note(reader->source, syntax->offset, syntax->end - syntax->offset, "in this expression");
    }
    reader->depth--;
    return status;
}

/* ---- definitions ---- */

/* Note what the names in a definition mean now. */
static rg_status resolve_names(rg_expression_reader *reader, const rg_syntax *syntax)
{
    const rg_allocator *allocator = &reader->context->allocator;
    const rg_syntax *child = syntax->first;
    uint32_t index;
    if (syntax->kind == RG_SYNTAX_NAME) {
        uint32_t id = rg__string_id(reader->context, syntax->text);
        bool found =
            rg__map_find(&reader->function_names, id, &index) || rg__map_find(&reader->module_names, id, &index);
        if (found) {
            reader->definitions.items[index].is_read = true;
        }
        bool kept = !found || rg__map_set(allocator, &reader->references, (uint64_t)(uintptr_t)syntax, index);
        return id != 0 && kept ? RG_OK : rg__report_memory(reader->context);
    }
    if (syntax->kind == RG_SYNTAX_CALL) {
        const rg_expression_form *form = find_form(syntax);
        child = child->next; /* behind the callee */
        child = form != NULL && form->read == read_call && child != NULL ? child->next : child;
    }
    for (; child != NULL; child = child->next) {
        rg_status status = resolve_names(reader, child);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* Build the expression of a definition. */
static rg_status finish_root(rg_expression_reader *reader, uint32_t index)
{
    rg_context *context = reader->context;
    rg_expression_part root;
    rg_expression *expression = NULL;
    rg_status status = rg_expression_builder_create(&reader->builder, context);
    if (status != RG_OK) {
        return status;
    }
    reader->root_number++;
    status = read_definition(&root, reader, index);
    const rg_definition *definition = &reader->definitions.items[index];
    if (status == RG_OK) {
        status = rg_expression_build(&expression, reader->builder, root, definition->name);
        if (status != RG_OK && status != RG_ERROR_MEMORY) {
            rg__source_note(reader->source, definition->value->offset,
                            definition->value->end - definition->value->offset, "it is this one");
        }
    }
    if (status == RG_OK && !rg__vector_push(&context->allocator, &reader->list->expressions, expression)) {
        rg_expression_destroy(expression);
        status = rg__report_memory(context);
    }
    rg_expression_builder_destroy(reader->builder);
    reader->builder = NULL;
    return status;
}

static rg_status add_definition(rg_expression_reader *reader, rg_map *names, rg_string name, const rg_syntax *value)
{
    const rg_allocator *allocator = &reader->context->allocator;
    rg_definition definition = {.name = name, .value = value};
    rg_status status = resolve_names(reader, value);
    if (status != RG_OK) {
        return status;
    }
    uint32_t id = rg__string_id(reader->context, name);
    bool added = id != 0 && rg__vector_push(allocator, &reader->definitions, definition) &&
                 (names == NULL || rg__map_set(allocator, names, id, reader->definitions.count - 1));
    return added ? RG_OK : rg__report_memory(reader->context);
}

/* Is the value a path, `torch.ops.aten`, and no definition? */
static bool is_path(const rg_expression_reader *reader, const rg_syntax *value)
{
    uint32_t ignored;
    while (value->kind == RG_SYNTAX_ATTRIBUTE) {
        value = value->first;
    }
    uint32_t id = value->kind == RG_SYNTAX_NAME ? rg__string_id(reader->context, value->text) : 0;
    return id != 0 && !rg__map_find(&reader->function_names, id, &ignored) &&
           !rg__map_find(&reader->module_names, id, &ignored);
}

static rg_status read_assignment(rg_expression_reader *reader, rg_map *names, const rg_syntax *statement)
{
    const rg_syntax *target = statement->first;
    const rg_syntax *value = statement->last;
    if (statement->count != 2 || target->kind != RG_SYNTAX_NAME) {
        return rg__syntax_report(reader->source, target, RG_ERROR_SYNTAX, "one name",
                                 "an assignment to something else");
    }
    if (!is_path(reader, value)) {
        return add_definition(reader, names, target->text, value);
    }
    rg_path_alias alias = {.name = target->text};
    (void)read_path(&alias.path, reader, value);
    bool added = alias.path.data != NULL && rg__vector_push(&reader->context->allocator, &reader->aliases, alias);
    return added ? RG_OK : rg__report_memory(reader->context);
}

static rg_status unexpected(const rg_expression_reader *reader, const rg_syntax *statement)
{
    return rg__syntax_report(reader->source, statement, RG_ERROR_SYNTAX, "'name = CallFunction(...)' or a function",
                             "a statement that is no pattern");
}

/* A string alone is a comment. */
static bool is_comment(const rg_syntax *statement)
{
    return statement->kind == RG_SYNTAX_EXPRESSION && statement->first->kind == RG_SYNTAX_STRING;
}

static rg_status read_function(rg_expression_reader *reader, const rg_syntax *function)
{
    rg_status status = RG_OK;
    bool returned = false;
    rg__map_clear(&reader->function_names);
    for (const rg_syntax *statement = function->last->first; statement != NULL && status == RG_OK && !returned;
         statement = statement->next) {
        if (statement->kind == RG_SYNTAX_ASSIGN) {
            status = read_assignment(reader, &reader->function_names, statement);
        } else if (statement->kind == RG_SYNTAX_RETURN && statement->count == 1) {
            status = add_definition(reader, NULL, function->text, statement->first);
            returned = true;
        } else if (!is_comment(statement)) {
            status = unexpected(reader, statement);
        }
    }
    rg__map_clear(&reader->function_names);
    if (status != RG_OK || returned) {
        return status == RG_OK ? finish_root(reader, reader->definitions.count - 1) : status;
    }
    return rg__syntax_report(reader->source, function, RG_ERROR_SYNTAX, "a 'return' of the pattern",
                             "a function that returns nothing");
}

static rg_status read_module(rg_expression_reader *reader, const rg_syntax *module)
{
    rg_status status = RG_OK;
    RG_VECTOR(uint32_t) candidates = {0}; /* the module's own definitions */
    for (const rg_syntax *statement = module->first; statement != NULL && status == RG_OK;
         statement = statement->next) {
        if (statement->kind == RG_SYNTAX_ASSIGN) {
            uint32_t before = reader->definitions.count;
            status = read_assignment(reader, &reader->module_names, statement);
            if (status == RG_OK && reader->definitions.count > before &&
                !rg__vector_push(&reader->context->allocator, &candidates, before)) {
                status = rg__report_memory(reader->context);
            }
        } else if (statement->kind == RG_SYNTAX_FUNCTION) {
            status = read_function(reader, statement);
        } else if (statement->kind != RG_SYNTAX_IMPORT && !is_comment(statement)) {
            status = unexpected(reader, statement);
        }
    }
    for (uint32_t i = 0; i < candidates.count && status == RG_OK; i++) {
        if (!reader->definitions.items[candidates.items[i]].is_read) {
            status = finish_root(reader, candidates.items[i]);
        }
    }
    rg__vector_free(&reader->context->allocator, &candidates);
    return status;
}

/* ---- texts and files ---- */

static rg_status open_reader(rg_expression_reader *reader, rg_context *context, const rg_source *source,
                             rg_expression_list *list)
{
    *reader = (rg_expression_reader){.context = context, .source = source, .list = list};
    rg__arena_init(&reader->arena, &context->allocator);
    reader->values = rg__arena_allocate_zero(&reader->arena, sizeof *reader->values);
    if (reader->values == NULL) {
        return rg__report_memory(context);
    }
    reader->values->context = context;
    reader->values->source = source;
    rg__arena_init(&reader->values->arena, &context->allocator);
    return rg_graph_create(&reader->values->graph, context, rg_string_from("constants"));
}

static void close_reader(rg_expression_reader *reader)
{
    const rg_allocator *allocator = &reader->context->allocator;
    if (reader->values != NULL) {
        rg_graph_destroy(reader->values->graph);
        rg__map_free(allocator, &reader->values->keywords);
        rg__arena_free(&reader->values->arena);
    }
    rg__vector_free(allocator, &reader->definitions);
    rg__vector_free(allocator, &reader->aliases);
    rg__map_free(allocator, &reader->module_names);
    rg__map_free(allocator, &reader->function_names);
    rg__map_free(allocator, &reader->references);
    rg__arena_free(&reader->arena);
}

rg_status rg_expression_list_parse(rg_expression_list **out, rg_context *context, rg_string text, rg_string file)
{
    rg_source source;
    rg_syntax *module;
    rg_expression_reader reader;
    *out = NULL;
    rg_expression_list *list = rg__allocate(&context->allocator, sizeof *list);
    if (list == NULL) {
        return rg__report_memory(context);
    }
    *list = (rg_expression_list){.context = context};
    rg_status status = open_reader(&reader, context, &source, list);
    if (status == RG_OK) {
        status = rg__source_init(&source, context, text, file);
    }
    if (status == RG_OK) {
        status = rg__syntax_parse(&module, &reader.arena, &source);
        status = status == RG_ERROR_MEMORY ? rg__report_memory(context) : status;
    }
    if (status == RG_OK) {
        status = read_module(&reader, module);
    }
    close_reader(&reader);
    if (status != RG_OK) {
        rg_expression_list_destroy(list);
        return status;
    }
    *out = list;
    return RG_OK;
}

rg_status rg_expression_list_read(rg_expression_list **out, rg_context *context, const char *path)
{
    rg_buffer text;
    *out = NULL;
    rg__buffer_init(&text, &context->allocator);
    rg_status status = rg__read_file(&text, context, path);
    if (status == RG_OK) {
        status = rg_expression_list_parse(out, context, rg__buffer_string(&text), rg_string_from(path));
    }
    rg__buffer_free(&text);
    return status;
}

void rg_expression_list_destroy(rg_expression_list *list)
{
    if (list == NULL) {
        return;
    }
    for (uint32_t i = 0; i < list->expressions.count; i++) {
        rg_expression_destroy(list->expressions.items[i]);
    }
    rg_allocator allocator = list->context->allocator;
    rg__vector_free(&allocator, &list->expressions);
    rg__free(&allocator, list, sizeof *list);
}

size_t rg_expression_list_count(const rg_expression_list *list)
{
    return list->expressions.count;
}

const rg_expression *rg_expression_list_get(const rg_expression_list *list, size_t index)
{
    return index < list->expressions.count ? list->expressions.items[index] : NULL;
}

/*
 * read_call.c: what a statement computes: which op or module, of which arguments.
 */
#include "ir/context_impl.h"
#include "text/reader.h"

/* ---- ops ---- */

static rg_status intern_op(rg_op *out, rg_reader *reader, rg_op_kind kind, rg_string name)
{
    *out = rg_context_find_op(reader->context, name);
    if (!rg_op_is_null(*out) && rg_op_get_kind(reader->context, *out) == kind) {
        return RG_OK;
    }
    return rg_context_intern_op(out, reader->context, kind, name);
}

rg_status rg__read_torch_op(rg_op *out, rg_reader *reader, rg_string name)
{
    rg_op_kind kind = rg__starts_with(name, "higher_order.") ? RG_OP_HIGHER_ORDER : RG_OP_OVERLOAD;
    return intern_op(out, reader, kind, name);
}

/* The op of a callee by its dotted name. */
static rg_status find_function(rg_op *out, rg_reader *reader, rg_string name)
{
    rg_cached_op *cached = &reader->ops[rg__hash_bytes(name.data, name.size, 0) % RG_READER_CACHE_SIZE];
    if (!rg_op_is_null(cached->op) && rg_string_equal(cached->text, name)) {
        *out = cached->op;
        return RG_OK;
    }
    rg_status status;
    if (rg__starts_with(name, "torch.ops.") && name.size > 10) {
        status = rg__read_torch_op(out, reader, (rg_string){name.data + 10, name.size - 10});
    } else {
        status = intern_op(out, reader, rg__starts_with(name, "operator.") ? RG_OP_OPERATOR : RG_OP_FUNCTION, name);
    }
    bool is_stable =
        name.data >= reader->source->text.data && name.data < reader->source->text.data + reader->source->text.size;
    if (status == RG_OK && is_stable) {
        *cached = (rg_cached_op){name, *out};
    }
    return status;
}

/* operator.NAME */
static rg_status find_operator(rg_op *out, rg_reader *reader, const char *name)
{
    char text[32] = "operator.";
    memcpy(text + 9, name, strlen(name) + 1); /* names of the operation table are short */
    return intern_op(out, reader, RG_OP_OPERATOR, rg_string_from(text));
}

/* A method by its name, which may have dots. */
static rg_status find_method(rg_op *out, rg_reader *reader, rg_string path)
{
    char *name = rg__arena_allocate(&reader->arena, path.size + 1);
    if (name == NULL) {
        return rg__report_memory(reader->context);
    }
    name[0] = '.';
    memcpy(name + 1, path.data, path.size);
    return intern_op(out, reader, RG_OP_METHOD, (rg_string){name, path.size + 1});
}

/* Modules whose functions appear under dotted names. Other callables are printed as one identifier. */
static bool is_module(rg_string name)
{
    static const char *const modules[] = {"torch", "operator", "_operator", "math", "builtins", "numpy", "np", "vllm"};
    for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++) {
        if (rg__is_word(name, modules[i])) {
            return true;
        }
    }
    return false;
}

/* ---- arguments ---- */

/* Room for `count` arguments in the arena. */
static rg_status make_arguments(rg_read_call *out, rg_reader *reader, size_t count)
{
    reader->calls++;
    out->arguments = rg__arena_allocate_zero(&reader->arena, count * sizeof *out->arguments);
    return out->arguments == NULL ? rg__report_memory(reader->context) : RG_OK;
}

/* Remember that the current call has this keyword; an error if it has it already. */
static rg_status note_keyword(rg_reader *reader, const rg_syntax *keyword)
{
    uint32_t id = rg__string_id(reader->context, keyword->text);
    uint32_t call = 0;
    if (id != 0 && rg__map_find(&reader->keywords, id, &call) && call == reader->calls) {
        return rg__syntax_report(reader->source, keyword, RG_ERROR_ARGUMENT, NULL, "the keyword '%.*s' is given twice",
                                 RG_SHOWN(keyword->text));
    }
    bool noted = id != 0 && rg__map_set(&reader->context->allocator, &reader->keywords, id, reader->calls);
    return noted ? RG_OK : rg__report_memory(reader->context);
}

/* One more argument, positional unless `syntax` is a KEYWORD. */
static rg_status add_argument(rg_read_call *out, rg_reader *reader, const rg_syntax *syntax)
{
    rg_argument *argument = &out->arguments[out->argument_count];
    if (syntax->kind == RG_SYNTAX_KEYWORD) {
        rg_status status = note_keyword(reader, syntax);
        if (status != RG_OK) {
            return status;
        }
        argument->name = syntax->text;
        syntax = syntax->first;
    } else if (out->argument_count > 0 && out->arguments[out->argument_count - 1].name.size > 0) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_SYNTAX, "a keyword argument",
                                 "a positional argument after a keyword argument");
    }
    out->argument_count++;
    return rg__read_value(&argument->value, reader, syntax);
}

static rg_status add_arguments(rg_read_call *out, rg_reader *reader, const rg_syntax *first)
{
    for (const rg_syntax *argument = first; argument != NULL; argument = argument->next) {
        rg_status status = add_argument(out, reader, argument);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

/* ---- paths: what stands before a call's parenthesis, or is read as an attribute ---- */

typedef struct access_path {
    const rg_syntax *base; /* a NAME, or another expression */
    rg_string text;        /* the names behind it, joined by dots; those of getattr included */
} access_path;

/* The step from `syntax` towards the base: `x.name` or getattr(x, "name"). NULL when there is none. */
static const rg_syntax *path_step(const rg_syntax *syntax)
{
    if (syntax->kind == RG_SYNTAX_ATTRIBUTE) {
        return syntax->first;
    }
    if (syntax->kind == RG_SYNTAX_CALL && syntax->count == 3 && syntax->first->kind == RG_SYNTAX_NAME &&
        rg__is_word(syntax->first->text, "getattr") && syntax->last->kind == RG_SYNTAX_STRING) {
        return syntax->first->next;
    }
    return NULL;
}

static rg_status step_name(rg_string *out, rg_reader *reader, const rg_syntax *syntax)
{
    *out = syntax->text;
    return syntax->kind == RG_SYNTAX_ATTRIBUTE ? RG_OK
                                               : rg__syntax_string(out, &reader->arena, reader->source, syntax->last);
}

/* Write the names of `count` steps from `syntax` on, the last step's first. */
static rg_string join_names(rg_arena *arena, const rg_string *names, size_t count)
{
    size_t size = count - 1;
    for (size_t i = 0; i < count; i++) {
        size += names[i].size;
    }
    char *joined = rg__arena_allocate(arena, size + 1);
    rg_string result = {joined, joined == NULL ? 0 : size};
    for (size_t i = count; joined != NULL && i-- > 0;) {
        memcpy(joined, names[i].data, names[i].size);
        joined += names[i].size;
        *joined++ = '.';
    }
    return result;
}

static rg_status read_path(access_path *out, rg_reader *reader, const rg_syntax *syntax)
{
    rg_string *names = rg__arena_allocate(&reader->arena, syntax->height * sizeof *names);
    size_t count = 0;
    *out = (access_path){syntax, {"", 0}};
    for (const rg_syntax *step; names != NULL && (step = path_step(out->base)) != NULL; out->base = step) {
        if (out->base->parenthesised && out->base != syntax) {
            break;
        }
        rg_status status = step_name(&names[count++], reader, out->base);
        if (status != RG_OK) {
            return status == RG_ERROR_MEMORY ? rg__report_memory(reader->context) : status;
        }
    }
    if (count > 0) {
        out->text = join_names(&reader->arena, names, count);
    }
    return names == NULL || out->text.data == NULL ? rg__report_memory(reader->context) : RG_OK;
}

/* Is the path's base the module itself? */
static bool is_self(rg_reader *reader, const access_path *path)
{
    return path->base->kind == RG_SYNTAX_NAME && rg__is_word(path->base->text, "self") && path->text.size > 0 &&
           rg_node_is_null(rg_graph_find(reader->graph, path->base->text));
}

/* ---- calls ---- */

static rg_status read_method(rg_read_call *out, rg_reader *reader, const rg_syntax *call, const access_path *path)
{
    rg_status status = find_method(&out->op, reader, path->text);
    if (status == RG_OK) {
        status = add_argument(out, reader, path->base);
    }
    return status == RG_OK ? add_arguments(out, reader, call->first->next) : status;
}

/* Is it the name of a node, other than a node that is itself named after the function? */
static bool names_other_value(rg_reader *reader, rg_string name)
{
    rg_node node = rg_graph_find(reader->graph, name);
    return !rg_node_is_null(node) &&
           !rg_string_equal(rg_op_name(reader->context, rg_node_op(reader->graph, node)), name);
}

/* A call of a dotted name: of a method if it starts with a node, else of a function. */
static rg_status read_dotted_call(rg_read_call *out, rg_reader *reader, const rg_syntax *call, rg_string name,
                                  const rg_syntax *root)
{
    rg_node node;
    rg_status status = RG_OK;
    bool has_dots = name.size > root->text.size;
    if (has_dots && !rg__is_word(root->text, "torch")) {
        status = rg__read_node_name(&node, reader, root);
        if (status == RG_OK && !rg_node_is_null(node)) {
            access_path path = {root, {name.data + root->text.size + 1, name.size - root->text.size - 1}};
            return read_method(out, reader, call, &path);
        }
        if (status == RG_OK && !is_module(root->text)) {
            status = rg__read_undefined(reader, root);
        }
    }
    if (!has_dots && names_other_value(reader, name)) {
        status = rg__syntax_report(reader->source, root, RG_ERROR_SYNTAX, "the name of a function, method or module",
                                   "a call of a value");
    }
    if (status == RG_OK) {
        status = find_function(&out->op, reader, name);
    }
    return status == RG_OK ? add_arguments(out, reader, call->first->next) : status;
}

static rg_status read_call(rg_read_call *out, rg_reader *reader, const rg_syntax *call)
{
    const rg_syntax *callee = call->first;
    rg_string name;
    const rg_syntax *root;
    rg_status status = make_arguments(out, reader, call->count);
    if (status != RG_OK) {
        return status;
    }
    bool dotted = rg__syntax_dotted(&name, &root, &reader->arena, callee);
    if (dotted && name.data == NULL) {
        return rg__report_memory(reader->context);
    }
    if (dotted && !rg__is_word(root->text, "self")) {
        return read_dotted_call(out, reader, call, name, root);
    }
    access_path path;
    status = read_path(&path, reader, callee);
    if (status != RG_OK) {
        return status;
    }
    if (is_self(reader, &path)) {
        out->op = rg__op_pseudo(RG_OP_CALL_MODULE);
        out->target = path.text;
        return add_arguments(out, reader, call->first->next);
    }
    if (path.text.size == 0) {
        return rg__syntax_report(reader->source, callee, RG_ERROR_SYNTAX, "the name of a function, method or module",
                                 "a call of something that is no name");
    }
    return read_method(out, reader, call, &path);
}

/* ---- other expressions ---- */

/* `self.a.b`, getattr(self, "0"), or `x.name`. */
static rg_status read_attribute(rg_read_call *out, rg_reader *reader, const rg_syntax *syntax)
{
    access_path path;
    rg_status status = read_path(&path, reader, syntax);
    if (status != RG_OK) {
        return status;
    }
    if (is_self(reader, &path)) {
        out->op = rg__op_pseudo(RG_OP_GET_ATTR);
        out->target = path.text;
        return RG_OK;
    }
    status = make_arguments(out, reader, 2);
    if (status == RG_OK) {
        status = find_function(&out->op, reader, rg_string_from("getattr"));
    }
    if (status == RG_OK) {
        status = add_argument(out, reader, syntax->first);
    }
    out->argument_count = 2;
    return status == RG_OK ? rg_value_string(&out->arguments[1].value, reader->context, syntax->text) : status;
}

static rg_status read_subscript(rg_read_call *out, rg_reader *reader, const rg_syntax *syntax)
{
    rg_status status = make_arguments(out, reader, 3);
    if (status == RG_OK) {
        status = find_operator(&out->op, reader, "getitem");
    }
    return status == RG_OK ? add_arguments(out, reader, syntax->first) : status;
}

/* `-1 ** x` is how FX prints pow(-1, x), although Python would read it otherwise: the power, or NULL. */
static const rg_syntax *power_of_negative(const rg_syntax *syntax)
{
    if (syntax->operation != RG_OPERATION_NEGATIVE || syntax->first->kind != RG_SYNTAX_BINARY ||
        syntax->first->operation != RG_OPERATION_POWER || syntax->first->parenthesised) {
        return NULL;
    }
    const rg_syntax *base = syntax->first->first;
    bool is_number = base->kind == RG_SYNTAX_INTEGER || base->kind == RG_SYNTAX_FLOAT ||
                     (base->kind == RG_SYNTAX_NAME && rg__is_word(base->text, "inf"));
    return is_number ? syntax->first : NULL;
}

static rg_status read_operator(rg_read_call *out, rg_reader *reader, const rg_syntax *syntax)
{
    const rg_syntax *first = syntax->first;
    const rg_syntax *power = syntax->kind == RG_SYNTAX_UNARY ? power_of_negative(syntax) : NULL;
    rg_syntax negative;
    if (power != NULL) {
        negative = *syntax;
        rg_syntax base = *power->first;
        negative.next = base.next;
        base.next = NULL;
        negative.first = negative.last = rg__arena_allocate(&reader->arena, sizeof base);
        if (negative.first == NULL) {
            return rg__report_memory(reader->context);
        }
        *negative.first = base;
        first = &negative;
        syntax = power;
    }
    const rg_operation_info *info = &rg__operations[syntax->operation];
    bool is_word_operator = info->spelling[0] >= 'a' && info->spelling[0] <= 'z';
    if (is_word_operator || info->function[0] == '\0') {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_UNSUPPORTED, NULL,
                                 "the operator '%s', which graphs do not have", info->spelling);
    }
    rg_status status = make_arguments(out, reader, 2);
    if (status == RG_OK) {
        status = find_operator(&out->op, reader, info->function);
    }
    return status == RG_OK ? add_arguments(out, reader, first) : status;
}

rg_status rg__read_call(rg_read_call *out, rg_reader *reader, const rg_syntax *expression)
{
    *out = (rg_read_call){0};
    switch (expression->kind) {
    case RG_SYNTAX_CALL: {
        const rg_syntax *callee = expression->first;
        bool reads_self = path_step(expression) != NULL;
        if (reads_self && callee->kind == RG_SYNTAX_NAME) {
            access_path path;
            rg_status status = read_path(&path, reader, expression);
            if (status != RG_OK || is_self(reader, &path)) {
                return status == RG_OK ? read_attribute(out, reader, expression) : status;
            }
        }
        return read_call(out, reader, expression);
    }
    case RG_SYNTAX_ATTRIBUTE:
        return read_attribute(out, reader, expression);
    case RG_SYNTAX_SUBSCRIPT:
        return read_subscript(out, reader, expression);
    case RG_SYNTAX_UNARY:
    case RG_SYNTAX_BINARY:
        return read_operator(out, reader, expression);
    default:
        return rg__syntax_report(reader->source, expression, RG_ERROR_SYNTAX,
                                 "a call, an operator, a subscript or an attribute", "a value that nothing computes");
    }
}

rg_status rg__read_in_place(rg_read_call *out, rg_reader *reader, const rg_syntax *target, rg_operation operation,
                            const rg_syntax *value)
{
    *out = (rg_read_call){0};
    rg_status status = make_arguments(out, reader, 3);
    if (status != RG_OK) {
        return status;
    }
    if (operation != RG_OPERATION_NONE) {
        status = find_operator(&out->op, reader, rg__operations[operation].in_place_function);
        status = status == RG_OK ? add_argument(out, reader, target) : status;
    } else {
        status = find_operator(&out->op, reader, "setitem");
        status = status == RG_OK ? add_arguments(out, reader, target->first) : status;
    }
    return status == RG_OK ? add_argument(out, reader, value) : status;
}

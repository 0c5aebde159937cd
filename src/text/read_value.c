/*
 * read_value.c: arguments (grammar: doc/grammar.md, values).
 */
#include "ir/context_impl.h"
#include "text/reader.h"

/* ---- names ---- */

rg_status rg__read_node_name(rg_node *out, rg_reader *reader, const rg_syntax *name)
{
    *out = rg_graph_find(reader->graph, name->text);
    if (out->id == 0 || out->id >= reader->deleted.count || reader->deleted.items[out->id] == 0) {
        return RG_OK;
    }
    rg_status status = rg__syntax_report(reader->source, name, RG_ERROR_NAME, NULL, "'%.*s' is used after its deletion",
                                         RG_SHOWN(name->text));
    rg__source_note(reader->source, reader->deleted.items[out->id] - 1, 1, "it is deleted here");
    *out = (rg_node){0};
    return status;
}

rg_status rg__read_undefined(rg_reader *reader, const rg_syntax *name)
{
    return rg__syntax_report(reader->source, name, RG_ERROR_NAME, "the name of a parameter or of a statement above",
                             "'%.*s' is not defined", RG_SHOWN(name->text));
}

/* `s0`, `u12`, `zf3`, `zuf1`: the symbols that PyTorch invents for sizes and floats. */
static bool is_symbol(rg_string name)
{
    static const char *const stems[] = {"s", "u", "zf", "zuf"};
    size_t letters = 0;
    while (letters < name.size && (name.data[letters] < '0' || name.data[letters] > '9')) {
        letters++;
    }
    for (size_t i = letters; i < name.size; i++) {
        if (name.data[i] < '0' || name.data[i] > '9') {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++) {
        if (letters < name.size && rg__is_word((rg_string){name.data, letters}, stems[i])) {
            return true;
        }
    }
    return false;
}

/* Could the expression be one over sizes: symbols, integers, operators, and sympy's functions of them? */
static bool is_size_expression(const rg_syntax *syntax)
{
    switch (syntax->kind) {
    case RG_SYNTAX_NAME:
        return is_symbol(syntax->text);
    case RG_SYNTAX_INTEGER:
    case RG_SYNTAX_FLOAT:
        return true;
    case RG_SYNTAX_CALL: /* Max(1, s0), FloorDiv(s0, 2) */
        if (syntax->first->kind != RG_SYNTAX_NAME || syntax->count < 2) {
            return false;
        }
        syntax = syntax->first;
        break;
    case RG_SYNTAX_UNARY:
    case RG_SYNTAX_BINARY:
        if (!is_size_expression(syntax->first)) {
            return false;
        }
        syntax = syntax->first;
        break;
    default:
        return false;
    }
    for (syntax = syntax->next; syntax != NULL; syntax = syntax->next) {
        if (!is_size_expression(syntax)) {
            return false;
        }
    }
    return true;
}

/* ---- numbers ---- */

static rg_status read_integer(rg_value *out, rg_reader *reader, const rg_syntax *syntax, bool negative)
{
    int64_t number;
    rg_string digits;
    if (rg__syntax_integer(&number, &digits, &reader->arena, syntax)) {
        return rg_value_int(out, reader->context, negative ? -number : number);
    }
    char *text = digits.data == NULL ? NULL : rg__arena_allocate(&reader->arena, digits.size + 1);
    if (digits.data == NULL) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_UNSUPPORTED, "decimal digits",
                                 "an integer of more than 64 bits that is not decimal");
    }
    if (text == NULL) {
        return rg__report_memory(reader->context);
    }
    text[0] = '-';
    memcpy(text + 1, digits.data, digits.size);
    rg_string all = {text, digits.size + 1};
    return rg_value_text(out, reader->context, RG_VALUE_INT, negative ? all : digits);
}

/* A number, or inf or nan, with the sign before it. False in `*is_number` when it is none. */
static rg_status read_number(rg_value *out, rg_reader *reader, const rg_syntax *syntax, bool negative, bool *is_number)
{
    double number = 0;
    *is_number = true;
    if (syntax->kind == RG_SYNTAX_INTEGER) {
        return read_integer(out, reader, syntax, negative);
    }
    if (syntax->kind == RG_SYNTAX_FLOAT ||
        (syntax->kind == RG_SYNTAX_NAME && (rg__is_word(syntax->text, "inf") || rg__is_word(syntax->text, "nan")))) {
        number = syntax->kind == RG_SYNTAX_FLOAT ? rg__syntax_float(syntax)
                 : syntax->text.data[0] == 'i'   ? __builtin_inf()
                                                 : __builtin_nan("");
        *out = rg_value_float(negative ? -number : number);
        return RG_OK;
    }
    *is_number = false;
    return RG_OK;
}

/* ---- objects: what is kept as text ---- */

/* A node, or the module, that the expression reads somewhere inside; NULL when it reads none. */
static const rg_syntax *find_node_inside(rg_reader *reader, const rg_syntax *syntax)
{
    if (syntax->kind == RG_SYNTAX_NAME) {
        bool is_node = !rg_node_is_null(rg_graph_find(reader->graph, syntax->text));
        return is_node || rg__is_word(syntax->text, "self") ? syntax : NULL;
    }
    /* The name of a function is not a value. */
    const rg_syntax *child =
        syntax->kind == RG_SYNTAX_CALL && syntax->first->kind == RG_SYNTAX_NAME ? syntax->first->next : syntax->first;
    for (; child != NULL; child = child->next) {
        const rg_syntax *found = find_node_inside(reader, child);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static rg_status read_object(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    const rg_syntax *node = find_node_inside(reader, syntax);
    if (node != NULL) {
        return rg__syntax_report(reader->source, syntax, RG_ERROR_UNSUPPORTED, "a name or a constant",
                                 "an argument that computes something from '%.*s'", RG_SHOWN(node->text));
    }
    rg_string text = rg__syntax_source(reader->source, syntax);
    if (syntax->parenthesised && (syntax->kind == RG_SYNTAX_BINARY || syntax->kind == RG_SYNTAX_UNARY)) { /* `(1+2j)` */
        char *enclosed = rg__arena_allocate(&reader->arena, text.size + 2);
        if (enclosed == NULL) {
            return rg__report_memory(reader->context);
        }
        enclosed[0] = '(';
        memcpy(enclosed + 1, text.data, text.size);
        enclosed[text.size + 1] = ')';
        text = (rg_string){enclosed, text.size + 2};
    }
    return rg_value_text(out, reader->context, RG_VALUE_OBJECT, text);
}

/* ---- names with dots: dtypes, layouts, ops ---- */

static bool is_among(rg_string name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rg__is_word(name, names[i])) {
            return true;
        }
    }
    return false;
}

static rg_status read_torch_name(rg_value *out, rg_reader *reader, const rg_syntax *syntax, rg_string name)
{
    static const char *const layouts[] = {"strided",    "sparse_coo", "sparse_csr", "sparse_csc",
                                          "sparse_bsr", "sparse_bsc", "jagged",     "_mkldnn"};
    static const char *const formats[] = {"contiguous_format", "preserve_format", "channels_last", "channels_last_3d"};
    static const char ops[] = "ops.";
    rg_dtype dtype = rg_dtype_from_name(name);
    if (dtype != RG_DTYPE_NONE) {
        *out = rg_value_dtype(dtype);
        return RG_OK;
    }
    if (is_among(name, layouts, sizeof layouts / sizeof layouts[0])) {
        return rg_value_text(out, reader->context, RG_VALUE_LAYOUT, name);
    }
    if (is_among(name, formats, sizeof formats / sizeof formats[0])) {
        return rg_value_text(out, reader->context, RG_VALUE_MEMORY_FORMAT, name);
    }
    if (name.size > sizeof ops - 1 && memcmp(name.data, ops, sizeof ops - 1) == 0) {
        rg_op op;
        rg_status status = rg__read_torch_op(&op, reader, (rg_string){name.data + 4, name.size - 4});
        *out = rg_value_op(op);
        return status;
    }
    return read_object(out, reader, syntax);
}

static rg_status read_attribute(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    static const char torch[] = "torch.";
    rg_string text;
    const rg_syntax *root;
    if (rg__syntax_dotted(&text, &root, &reader->arena, syntax)) {
        if (text.data == NULL) {
            return rg__report_memory(reader->context);
        }
        if (text.size > sizeof torch - 1 && memcmp(text.data, torch, sizeof torch - 1) == 0) {
            return read_torch_name(out, reader, syntax, (rg_string){text.data + 6, text.size - 6});
        }
    }
    return read_object(out, reader, syntax);
}

static rg_status read_name(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    rg_node node;
    bool is_number;
    rg_status status = rg__read_node_name(&node, reader, syntax);
    if (status != RG_OK) {
        return status;
    }
    if (!rg_node_is_null(node)) {
        *out = rg_value_node(node);
        return RG_OK;
    }
    status = read_number(out, reader, syntax, false, &is_number);
    if (status != RG_OK || is_number) {
        return status;
    }
    if (rg__is_word(syntax->text, "Ellipsis")) {
        *out = rg_value_ellipsis();
        return RG_OK;
    }
    return is_symbol(syntax->text) ? rg__read_size(out, reader, syntax) : rg__read_undefined(reader, syntax);
}

/* ---- calls that are values ---- */

/* `device(type='cuda', index=0)`, `device('cuda:0')`, `device('cuda', 0)`. */
static rg_status read_device(rg_value *out, rg_reader *reader, const rg_syntax *call)
{
    rg_string kind = {NULL, 0};
    int64_t index = -1;
    rg_status status = RG_OK;
    for (const rg_syntax *argument = call->first->next; argument != NULL && status == RG_OK;
         argument = argument->next) {
        const rg_syntax *value = argument->kind == RG_SYNTAX_KEYWORD ? argument->first : argument;
        bool is_first = argument == call->first->next;
        if (value->kind == RG_SYNTAX_STRING && is_first) {
            status = rg__syntax_string(&kind, &reader->arena, reader->source, value);
        } else if (value->kind != RG_SYNTAX_INTEGER || is_first ||
                   !rg__syntax_integer(&index, NULL, &reader->arena, value)) {
            return rg__syntax_report(reader->source, value, RG_ERROR_SYNTAX, "a device's type and index",
                                     "a malformed device");
        }
    }
    if (status != RG_OK) {
        return status;
    }
    const char *colon = kind.size == 0 ? NULL : memchr(kind.data, ':', kind.size);
    if (colon != NULL) {
        rg_string number = {colon + 1, kind.size - (size_t)(colon + 1 - kind.data)};
        kind.size = rg__parse_int(number, &index) ? (size_t)(colon - kind.data) : 0;
    }
    if (kind.size == 0 || index > INT16_MAX || index < -1) {
        return rg__syntax_report(reader->source, call, RG_ERROR_SYNTAX, "a device's type and index",
                                 "a malformed device");
    }
    rg_string interned = rg__intern_string(reader->context, kind);
    if (interned.data == NULL) {
        return rg__report_memory(reader->context);
    }
    return rg_value_device(out, reader->context, (rg_device){interned.data, (int32_t)index});
}

/* Items into an array of the arena. */
static rg_status read_items(rg_value *out, rg_reader *reader, rg_value_kind kind, const rg_syntax *first, size_t count)
{
    rg_value *items = rg__arena_allocate(&reader->arena, count * sizeof *items);
    if (items == NULL) {
        return rg__report_memory(reader->context);
    }
    size_t index = 0;
    for (const rg_syntax *item = first; item != NULL; item = item->next) {
        rg_status status = rg__read_value(&items[index++], reader, item);
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_value_items(out, reader->context, reader->graph, kind, items, count);
}

/* `slice(stop)`, `slice(start, stop)`, `slice(start, stop, step)`. */
static rg_status read_slice(rg_value *out, rg_reader *reader, const rg_syntax *call)
{
    rg_value parts[3] = {rg_value_none(), rg_value_none(), rg_value_none()};
    size_t count = call->count - 1;
    size_t index = count == 1 ? 1 : 0;
    if (count < 1 || count > 3) {
        return rg__syntax_report(reader->source, call, RG_ERROR_SYNTAX, "slice(start, stop, step)",
                                 "a slice of %zu parts", count);
    }
    for (const rg_syntax *part = call->first->next; part != NULL; part = part->next) {
        rg_status status = rg__read_value(&parts[index++], reader, part);
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_value_items(out, reader->context, reader->graph, RG_VALUE_SLICE, parts, 3);
}

/* `Name(a, b)`: a named tuple. FX prints its class as one identifier, or under torch.return_types. A call inside an
 * argument that reads nodes is nothing else: FX does not nest calls. */
static bool is_record(rg_reader *reader, const rg_syntax *call, rg_string name)
{
    bool is_class = memchr(name.data, '.', name.size) == NULL || rg__starts_with(name, "torch.return_types.");
    for (const rg_syntax *field = call->first->next; field != NULL; field = field->next) {
        is_class = is_class && field->kind != RG_SYNTAX_KEYWORD && field->kind != RG_SYNTAX_STAR;
    }
    return is_class && find_node_inside(reader, call) != NULL;
}

static rg_status read_record(rg_value *out, rg_reader *reader, const rg_syntax *call, rg_string name)
{
    rg_value *items = rg__arena_allocate(&reader->arena, call->count * sizeof *items);
    if (items == NULL) {
        return rg__report_memory(reader->context);
    }
    rg_status status = rg_value_string(&items[0], reader->context, name);
    size_t count = 1;
    for (const rg_syntax *field = call->first->next; field != NULL && status == RG_OK; field = field->next) {
        status = rg__read_value(&items[count++], reader, field);
    }
    return status == RG_OK ? rg_value_items(out, reader->context, reader->graph, RG_VALUE_RECORD, items, count)
                           : status;
}

static rg_status read_call_value(rg_value *out, rg_reader *reader, const rg_syntax *call)
{
    rg_string name;
    if (!rg__syntax_dotted(&name, NULL, &reader->arena, call->first)) {
        return read_object(out, reader, call);
    }
    if (name.data == NULL) {
        return rg__report_memory(reader->context);
    }
    if (rg__is_word(name, "slice")) {
        return read_slice(out, reader, call);
    }
    if (rg__is_word(name, "device") || rg__is_word(name, "torch.device")) {
        return read_device(out, reader, call);
    }
    if (is_size_expression(call)) {
        return rg__read_size(out, reader, call);
    }
    if (is_record(reader, call, name)) {
        return read_record(out, reader, call, name);
    }
    return read_object(out, reader, call);
}

/* ---- everything ---- */

rg_status rg__read_size(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    rg_size size;
    rg_string text = rg__syntax_source(reader->source, syntax);
    rg_status status = rg_size_parse(&size, reader->context, text);
    if (status != RG_OK) {
        return status;
    }
    rg_buffer printed;
    rg__buffer_init(&printed, &reader->context->allocator);
    (void)rg_size_print(reader->context, size, rg__buffer_sink(&printed));
    if (!rg_string_equal(rg__buffer_string(&printed), text)) {
        reader->has_unusual_size = true;
    }
    rg__buffer_free(&printed);
    *out = rg_value_size(size);
    return RG_OK;
}

static rg_status read_operation(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    bool is_number = false;
    if (syntax->kind == RG_SYNTAX_UNARY &&
        (syntax->operation == RG_OPERATION_NEGATIVE || syntax->operation == RG_OPERATION_POSITIVE)) {
        rg_status status =
            read_number(out, reader, syntax->first, syntax->operation == RG_OPERATION_NEGATIVE, &is_number);
        if (status != RG_OK || is_number) {
            return status;
        }
    }
    return is_size_expression(syntax) ? rg__read_size(out, reader, syntax) : read_object(out, reader, syntax);
}

static rg_status read_string(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    rg_string text;
    if (syntax->text.data[0] == 'b' || syntax->text.data[0] == 'B') {
        return read_object(out, reader, syntax);
    }
    rg_status status = rg__syntax_string(&text, &reader->arena, reader->source, syntax);
    if (status != RG_OK) {
        return status == RG_ERROR_MEMORY ? rg__report_memory(reader->context) : status;
    }
    return rg_value_string(out, reader->context, text);
}

rg_status rg__read_value(rg_value *out, rg_reader *reader, const rg_syntax *syntax)
{
    *out = rg_value_missing();
    switch ((rg_syntax_kind)syntax->kind) {
    case RG_SYNTAX_NAME:
        return read_name(out, reader, syntax);
    case RG_SYNTAX_NONE:
        *out = rg_value_none();
        return RG_OK;
    case RG_SYNTAX_TRUE:
    case RG_SYNTAX_FALSE:
        *out = rg_value_bool(syntax->kind == RG_SYNTAX_TRUE);
        return RG_OK;
    case RG_SYNTAX_ELLIPSIS:
        *out = rg_value_ellipsis();
        return RG_OK;
    case RG_SYNTAX_INTEGER:
        return read_integer(out, reader, syntax, false);
    case RG_SYNTAX_FLOAT:
        *out = rg_value_float(rg__syntax_float(syntax));
        return RG_OK;
    case RG_SYNTAX_STRING:
        return read_string(out, reader, syntax);
    case RG_SYNTAX_LIST:
        return read_items(out, reader, RG_VALUE_LIST, syntax->first, syntax->count);
    case RG_SYNTAX_TUPLE:
        return read_items(out, reader, RG_VALUE_TUPLE, syntax->first, syntax->count);
    case RG_SYNTAX_DICT:
        return read_items(out, reader, RG_VALUE_DICT, syntax->first, syntax->count);
    case RG_SYNTAX_SLICE:
        return read_items(out, reader, RG_VALUE_SLICE, syntax->first, syntax->count);
    case RG_SYNTAX_ATTRIBUTE:
        return read_attribute(out, reader, syntax);
    case RG_SYNTAX_CALL:
        return read_call_value(out, reader, syntax);
    case RG_SYNTAX_UNARY:
    case RG_SYNTAX_BINARY:
        return read_operation(out, reader, syntax);
    case RG_SYNTAX_STAR:
        if (syntax->count > 0) {
            break;
        }
        return read_object(out, reader, syntax);
    case RG_SYNTAX_IMAGINARY:
    case RG_SYNTAX_OBJECT:
        return read_object(out, reader, syntax);
    default:
        break;
    }
    return rg__syntax_report(reader->source, syntax, RG_ERROR_UNSUPPORTED, "a name or a constant",
                             "an expression that is no argument of a graph");
}

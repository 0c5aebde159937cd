/*
 * schema.c: the parser of PyTorch's schema notation, and of vLLM's shorthand `Tensor!`.
 *
 *   schema    := name ["." overload] "(" [argument {"," argument}] ")" "->" results
 *   argument  := "*" | type identifier ["=" default]
 *   results   := "(" [type [identifier] {"," type [identifier]}] ")" | type
 *   type      := identifier ["(" generic ")"] {"?" | "[" [number] "]" | "!" | alias}
 *   alias     := "(" set ["!"] ["->" set] ")"                     set: letters, "*" or "a|b"
 *   default   := number | string | "None" | "True" | "False" | "[" [default {"," default}] "]" | dotted identifier
 *
 * What a type says beyond marks is kept as text ("Tensor?[]"). Facts on the notation: native_functions.yaml's README.
 */
#include "base/buffer.h"
#include "ir/context_impl.h"
#include "ir/value_impl.h"

enum { MAX_ARGUMENTS = 512, MAX_LIST = 64, MAX_TYPE_BYTES = 120 };

typedef struct schema_reader {
    rg_context *context;
    rg_string text;
    size_t at;
} schema_reader;

typedef struct schema_type {
    char text[MAX_TYPE_BYTES]; /* without marks */
    size_t size;
    bool mutated;
    bool aliased;
    uint32_t sets; /* as in rg_schema_argument */
} schema_type;

static rg_status fail(const schema_reader *reader, const char *expected)
{
    int size = (int)(reader->text.size > 300 ? 300 : reader->text.size);
    return rg__report(reader->context, RG_ERROR_SYNTAX, "expected %s at column %zu of the schema '%.*s'", expected,
                      reader->at + 1, size, reader->text.data);
}

/* ---- tokens ---- */

static char peek(const schema_reader *reader)
{
    return reader->at < reader->text.size ? reader->text.data[reader->at] : '\0';
}

static void skip_space(schema_reader *reader)
{
    while (peek(reader) == ' ' || peek(reader) == '\t' || peek(reader) == '\n' || peek(reader) == '\r') {
        reader->at++;
    }
}

static bool accept(schema_reader *reader, const char *token)
{
    skip_space(reader);
    size_t size = strlen(token);
    if (reader->text.size - reader->at < size || memcmp(reader->text.data + reader->at, token, size) != 0) {
        return false;
    }
    reader->at += size;
    return true;
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* Letters, digits and underscores, with dots if `dotted`; empty when there are none. */
static rg_string read_word(schema_reader *reader, bool dotted)
{
    skip_space(reader);
    size_t start = reader->at;
    while (is_letter(peek(reader)) || is_digit(peek(reader)) || (dotted && peek(reader) == '.')) {
        reader->at++;
    }
    return (rg_string){reader->text.data + start, reader->at - start};
}

static bool word_is(rg_string word, const char *text)
{
    return rg_string_equal(word, rg_string_from(text));
}

/* ---- types ---- */

static bool type_append(schema_type *type, rg_string text)
{
    if (text.size > sizeof(type->text) - type->size) {
        return false;
    }
    memcpy(type->text + type->size, text.data, text.size);
    type->size += text.size;
    return true;
}

/* "a", "a|b", "*", each with an optional "!". The sets' bits are added to `sets`. */
static bool read_alias_set(schema_reader *reader, bool *mutated, uint32_t *sets)
{
    do {
        if (accept(reader, "*")) {
            *sets = UINT32_MAX;
            continue;
        }
        rg_string word = read_word(reader, false);
        if (word.size == 0) {
            return false;
        }
        bool is_letter = word.size == 1 && word.data[0] >= 'a' && word.data[0] <= 'z';
        *sets |= is_letter ? (uint32_t)1 << (word.data[0] - 'a') : UINT32_MAX;
    } while (accept(reader, "|"));
    *mutated = accept(reader, "!");
    return true;
}

/* "(a)", "(a!)", "(a|b -> *)", "(*)": what stands after "(". A mark behind the arrow says nothing of the argument. */
static rg_status read_alias(schema_reader *reader, schema_type *type)
{
    type->aliased = true;
    bool mutated = false;
    bool mutated_after = false;
    bool fits = read_alias_set(reader, &mutated, &type->sets) &&
                (!accept(reader, "->") || read_alias_set(reader, &mutated_after, &type->sets)) && accept(reader, ")");
    type->mutated = type->mutated || mutated;
    return fits ? RG_OK : fail(reader, "the end of an alias annotation");
}

/* "Dict(str, Tensor)", "Future(t)": copied as it stands, what follows "(". */
static rg_status read_generic(schema_reader *reader, schema_type *type)
{
    size_t start = reader->at - 1;
    for (uint32_t depth = 1; depth != 0; reader->at++) {
        if (peek(reader) == '\0') {
            return fail(reader, "')'");
        }
        depth += peek(reader) == '(' ? 1 : 0;
        depth -= peek(reader) == ')' ? 1 : 0;
    }
    rg_string inside = {reader->text.data + start, reader->at - start};
    return type_append(type, inside) ? RG_OK : fail(reader, "a shorter type");
}

static bool is_generic(rg_string word)
{
    return word_is(word, "Dict") || word_is(word, "Future") || word_is(word, "RRef") || word_is(word, "Await") ||
           word_is(word, "Optional") || word_is(word, "Union") || word_is(word, "List") || word_is(word, "Tuple");
}

static rg_status read_brackets(schema_reader *reader, schema_type *type)
{
    rg_string length = read_word(reader, false);
    if (!accept(reader, "]")) {
        return fail(reader, "']'");
    }
    bool fits =
        type_append(type, rg_string_from("[")) && type_append(type, length) && type_append(type, rg_string_from("]"));
    return fits ? RG_OK : fail(reader, "a shorter type");
}

static rg_status read_type(schema_reader *reader, schema_type *type)
{
    memset(type, 0, sizeof(*type));
    rg_string word = read_word(reader, true);
    if (word.size == 0 || !type_append(type, word)) {
        return fail(reader, "a type");
    }
    rg_status status = RG_OK;
    if (is_generic(word) && peek(reader) == '(') {
        reader->at++;
        status = read_generic(reader, type);
    }
    while (status == RG_OK) {
        if (accept(reader, "?")) {
            status = type_append(type, rg_string_from("?")) ? RG_OK : fail(reader, "a shorter type");
        } else if (accept(reader, "[")) {
            status = read_brackets(reader, type);
        } else if (accept(reader, "!")) {
            type->mutated = true;
            type->aliased = true;
        } else if (accept(reader, "(")) {
            status = read_alias(reader, type);
        } else {
            break;
        }
    }
    return status;
}

/* The innermost item type: "SymInt" of "SymInt[2]?". */
static bool base_type_is(const schema_type *type, const char *name)
{
    size_t size = strlen(name);
    return type->size >= size && memcmp(type->text, name, size) == 0 &&
           (type->size == size || type->text[size] == '[' || type->text[size] == '?');
}

/* N of a list type "T[N]", 0 for other types. */
static size_t fixed_length(const schema_type *type)
{
    size_t length = 0;
    const char *open = memchr(type->text, '[', type->size);
    for (size_t i = open == NULL ? type->size : (size_t)(open - type->text) + 1; i < type->size; i++) {
        if (!is_digit(type->text[i]) || length > MAX_LIST) {
            break;
        }
        length = length * 10 + (size_t)(type->text[i] - '0');
    }
    return length > MAX_LIST ? 0 : length;
}

/* rg_schema_argument.integers */
static uint8_t count_integers(const schema_type *type)
{
    static const char *const lists[] = {"int[", "SymInt["};
    size_t length = fixed_length(type);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        size_t size = strlen(lists[i]);
        if (type->size >= size && memcmp(type->text, lists[i], size) == 0) {
            return (uint8_t)(length == 0 ? 1 : length);
        }
    }
    return 0;
}

/* ---- defaults ---- */

static rg_status read_string(schema_reader *reader, rg_value *out)
{
    char quote = peek(reader);
    rg_buffer text;
    rg__buffer_init(&text, &reader->context->allocator);
    reader->at++;
    while (peek(reader) != quote && peek(reader) != '\0') {
        if (peek(reader) == '\\' && reader->at + 1 < reader->text.size) {
            reader->at++;
            char escaped = peek(reader);
            rg__buffer_append_char(&text, escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
        } else {
            rg__buffer_append_char(&text, peek(reader));
        }
        reader->at++;
    }
    rg_status status = RG_OK;
    if (!accept(reader, quote == '"' ? "\"" : "'")) {
        status = fail(reader, "the end of a string");
    } else if (text.failed) {
        status = rg__report_memory(reader->context);
    } else {
        status = rg_value_string(out, reader->context, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    return status;
}

static rg_status read_number(schema_reader *reader, const schema_type *type, rg_value *out)
{
    size_t start = reader->at;
    while (is_letter(peek(reader)) || is_digit(peek(reader)) || peek(reader) == '.' || peek(reader) == '-' ||
           peek(reader) == '+') {
        reader->at++;
    }
    rg_string word = {reader->text.data + start, reader->at - start};
    int64_t integer;
    double number;
    if (rg__parse_int(word, &integer) && !base_type_is(type, "float")) {
        return rg_value_int(out, reader->context, integer);
    }
    if (!rg__parse_float(word, &number)) {
        reader->at = start;
        return fail(reader, "a number");
    }
    *out = rg_value_float(number);
    return RG_OK;
}

/* Named constants. Reduction modes are at::Reduction's numbers. */
static rg_status read_name(schema_reader *reader, const schema_type *type, rg_value *out)
{
    static const struct {
        const char *name;
        int64_t value;
    } reductions[] = {{"Mean", 1}, {"Sum", 2}};
    rg_string word = read_word(reader, true);
    if (word.size > 6 && memcmp(word.data, "torch.", 6) == 0) {
        word = (rg_string){word.data + 6, word.size - 6};
    }
    if (word_is(word, "None")) {
        *out = rg_value_none();
        return RG_OK;
    }
    for (size_t i = 0; i < sizeof(reductions) / sizeof(reductions[0]); i++) {
        if (word_is(word, reductions[i].name)) {
            return rg_value_int(out, reader->context, reductions[i].value);
        }
    }
    if (word_is(word, "True") || word_is(word, "true") || word_is(word, "False") || word_is(word, "false")) {
        *out = rg_value_bool(word.data[0] == 'T' || word.data[0] == 't');
        return RG_OK;
    }
    if (word_is(word, "inf") || word_is(word, "nan")) {
        double number = 0;
        (void)rg__parse_float(word, &number);
        *out = rg_value_float(number);
        return RG_OK;
    }
    if (base_type_is(type, "ScalarType")) {
        rg_dtype dtype = rg_dtype_from_name(word);
        *out = rg_value_dtype(dtype);
        return dtype != RG_DTYPE_NONE ? RG_OK : fail(reader, "a dtype before this place");
    }
    if (base_type_is(type, "Device")) {
        rg_string kind = rg__intern_string(reader->context, word);
        return kind.data == NULL ? rg__report_memory(reader->context)
                                 : rg_value_device(out, reader->context, (rg_device){kind.data, -1});
    }
    bool is_format =
        base_type_is(type, "MemoryFormat") || (word.size > 7 && memcmp(word.data + word.size - 7, "_format", 7) == 0);
    bool is_layout = base_type_is(type, "Layout") || word_is(word, "strided");
    rg_value_kind kind = is_format ? RG_VALUE_MEMORY_FORMAT : is_layout ? RG_VALUE_LAYOUT : RG_VALUE_OBJECT;
    return rg_value_text(out, reader->context, kind, word);
}

static rg_status read_scalar_default(schema_reader *reader, const schema_type *type, rg_value *out)
{
    skip_space(reader);
    char first = peek(reader);
    if (first == '"' || first == '\'') {
        return read_string(reader, out);
    }
    if (is_digit(first) || first == '-' || first == '+' || first == '.') {
        return read_number(reader, type, out);
    }
    if (!is_letter(first)) {
        return fail(reader, "a default value");
    }
    return read_name(reader, type, out);
}

static rg_status read_default(schema_reader *reader, const schema_type *type, rg_value *out)
{
    rg_value items[MAX_LIST] = {rg_value_missing()};
    size_t count = 0;
    rg_status status = RG_OK;
    if (accept(reader, "[")) {
        while (status == RG_OK && !accept(reader, "]")) {
            if (count == MAX_LIST || (count != 0 && !accept(reader, ","))) {
                return fail(reader, "']'");
            }
            status = read_scalar_default(reader, type, &items[count++]);
        }
    } else {
        status = read_scalar_default(reader, type, &items[0]);
        /* `int[2] stride=1` means [1, 1]. */
        count = status == RG_OK && rg_value_get_kind(items[0]) != RG_VALUE_NONE ? fixed_length(type) : 0;
        if (count == 0) {
            *out = items[0];
            return status;
        }
        for (size_t i = 1; i < count; i++) {
            items[i] = items[0];
        }
    }
    return status != RG_OK ? status : rg_value_items(out, reader->context, NULL, RG_VALUE_LIST, items, count);
}

/* ---- arguments and results ---- */

static rg_status intern_into(rg_string *out, rg_context *context, rg_string text)
{
    *out = rg__intern_string(context, text);
    return out->data == NULL ? rg__report_memory(context) : RG_OK;
}

static rg_status read_argument(schema_reader *reader, rg_schema_argument *out, bool keyword_only)
{
    schema_type type;
    memset(out, 0, sizeof(*out));
    rg_status status = read_type(reader, &type);
    if (status != RG_OK) {
        return status;
    }
    rg_string name = read_word(reader, false);
    if (name.size == 0) {
        return fail(reader, "an argument's name");
    }
    out->keyword_only = keyword_only;
    out->mutated = type.mutated;
    out->aliased = type.aliased;
    out->sets = type.sets;
    out->role = RG_ROLE_PLAIN;
    out->integers = count_integers(&type);
    out->default_value = rg_value_missing();
    status = intern_into(&out->name, reader->context, name);
    if (status == RG_OK) {
        status = intern_into(&out->type, reader->context, (rg_string){type.text, type.size});
    }
    if (status == RG_OK && accept(reader, "=")) {
        status = read_default(reader, &type, &out->default_value);
    }
    return status;
}

static rg_status read_arguments(schema_reader *reader, rg_schema *out)
{
    RG_VECTOR(rg_schema_argument) arguments = {0};
    const rg_allocator *allocator = &reader->context->allocator;
    rg_status status = accept(reader, "(") ? RG_OK : fail(reader, "'('");
    bool keyword_only = false;
    bool first = true;
    while (status == RG_OK && !accept(reader, ")")) {
        if (!first && !accept(reader, ",")) {
            status = fail(reader, "',' or ')'");
            break;
        }
        first = false;
        if (accept(reader, "*")) {
            keyword_only = true;
            continue;
        }
        rg_schema_argument argument;
        status = read_argument(reader, &argument, keyword_only);
        if (status == RG_OK && arguments.count == MAX_ARGUMENTS) {
            status = rg__report(reader->context, RG_ERROR_LIMIT, "a schema has more than %d arguments", MAX_ARGUMENTS);
        }
        for (uint32_t i = 0; i < arguments.count && status == RG_OK; i++) {
            if (arguments.items[i].name.data == argument.name.data) {
                status = rg__report(reader->context, RG_ERROR_NAME, "a schema has two arguments named '%s'",
                                    argument.name.data);
            }
        }
        if (status == RG_OK && !rg__vector_push(allocator, &arguments, argument)) {
            status = rg__report_memory(reader->context);
        }
    }
    if (status == RG_OK) {
        rg_schema_argument *kept = rg__arena_allocate(&reader->context->arena, arguments.count * sizeof(*kept));
        if (kept == NULL) {
            status = rg__report_memory(reader->context);
        } else if (arguments.count != 0) {
            memcpy(kept, arguments.items, arguments.count * sizeof(*kept));
        }
        out->arguments = kept;
        out->argument_count = arguments.count;
        for (uint32_t i = 0; i < arguments.count; i++) {
            out->mutates = out->mutates || arguments.items[i].mutated;
        }
    }
    rg__vector_free(allocator, &arguments);
    return status;
}

static rg_status read_results(schema_reader *reader, rg_schema *out)
{
    rg_string types[MAX_LIST];
    bool aliased[MAX_LIST];
    uint32_t sets[MAX_LIST];
    uint32_t count = 0;
    if (!accept(reader, "->")) {
        return fail(reader, "'->'");
    }
    bool several = accept(reader, "(");
    bool more = !several || !accept(reader, ")");
    while (more) {
        schema_type type;
        rg_status status = read_type(reader, &type);
        if (status == RG_OK && count == MAX_LIST) {
            status = rg__report(reader->context, RG_ERROR_LIMIT, "a schema has more than %d results", MAX_LIST);
        }
        if (status == RG_OK) {
            aliased[count] = type.aliased;
            sets[count] = type.sets;
            status = intern_into(&types[count++], reader->context, (rg_string){type.text, type.size});
        }
        if (status != RG_OK) {
            return status;
        }
        if (several) {
            (void)read_word(reader, false); /* results may be named; nothing uses the names */
        }
        more = several && accept(reader, ",");
    }
    if (several && count != 0 && !accept(reader, ")")) {
        return fail(reader, "',' or ')'");
    }
    rg_string *kept_types = rg__arena_allocate(&reader->context->arena, count * sizeof(*kept_types));
    bool *kept_aliased = rg__arena_allocate(&reader->context->arena, count * sizeof(*kept_aliased));
    uint32_t *kept_sets = rg__arena_allocate(&reader->context->arena, count * sizeof(*kept_sets));
    if (kept_types == NULL || kept_aliased == NULL || kept_sets == NULL) {
        return rg__report_memory(reader->context);
    }
    if (count != 0) {
        memcpy(kept_types, types, count * sizeof(*kept_types));
        memcpy(kept_aliased, aliased, count * sizeof(*kept_aliased));
        memcpy(kept_sets, sets, count * sizeof(*kept_sets));
    }
    out->result_types = kept_types;
    out->result_aliased = kept_aliased;
    out->result_sets = kept_sets;
    out->result_count = count;
    return RG_OK;
}

/* "aten::add.Tensor" -> "aten.add.Tensor"; "_C::rms_norm" -> "_C.rms_norm.default". */
static rg_status read_op_name(schema_reader *reader, rg_string *out)
{
    rg_string name_space = read_word(reader, true);
    if (name_space.size == 0 || !accept(reader, "::")) {
        return fail(reader, "a name like 'namespace::name.overload'");
    }
    rg_string name = read_word(reader, false);
    if (name.size == 0) {
        return fail(reader, "an op's name");
    }
    rg_string overload = rg_string_from("default");
    if (accept(reader, ".")) {
        overload = read_word(reader, false);
        if (overload.size == 0) {
            return fail(reader, "an overload's name");
        }
    }
    rg_buffer dotted;
    rg__buffer_init(&dotted, &reader->context->allocator);
    rg__buffer_append(&dotted, name_space);
    rg__buffer_append_char(&dotted, '.');
    rg__buffer_append(&dotted, name);
    rg__buffer_append_char(&dotted, '.');
    rg__buffer_append(&dotted, overload);
    rg_status status = dotted.failed ? rg__report_memory(reader->context)
                                     : intern_into(out, reader->context, rg__buffer_string(&dotted));
    rg__buffer_free(&dotted);
    return status;
}

rg_status rg__schema_parse(rg_schema *out, rg_string *name, rg_context *context, rg_string text)
{
    schema_reader reader = {context, text, 0};
    rg_schema schema;
    memset(&schema, 0, sizeof(schema));
    rg_status status = read_op_name(&reader, name);
    if (status == RG_OK) {
        status = read_arguments(&reader, &schema);
    }
    if (status == RG_OK) {
        status = read_results(&reader, &schema);
    }
    skip_space(&reader);
    if (status == RG_OK && reader.at != text.size) {
        status = fail(&reader, "the end");
    }
    if (status == RG_OK) {
        status = intern_into(&schema.text, context, text);
    }
    if (status == RG_OK) {
        *out = schema;
    }
    return status;
}

bool rg__schema_equal(const rg_schema *a, const rg_schema *b)
{
    if (a->argument_count != b->argument_count || a->result_count != b->result_count) {
        return false;
    }
    for (uint32_t i = 0; i < a->argument_count; i++) {
        const rg_schema_argument *x = &a->arguments[i];
        const rg_schema_argument *y = &b->arguments[i];
        if (!rg_string_equal(x->name, y->name) || !rg_string_equal(x->type, y->type) ||
            x->default_value.bits != y->default_value.bits || x->keyword_only != y->keyword_only ||
            x->mutated != y->mutated || x->aliased != y->aliased) {
            return false;
        }
    }
    for (uint32_t i = 0; i < a->result_count; i++) {
        if (!rg_string_equal(a->result_types[i], b->result_types[i]) || a->result_aliased[i] != b->result_aliased[i]) {
            return false;
        }
    }
    return true;
}

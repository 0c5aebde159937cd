/*
 * size_parse.c: reading sizes back from text.
 *
 * The grammar is Python's for integers, floats, names, calls, brackets, `+ - * // % **` and comparisons. Whatever is
 * not in it, or cannot be computed (overflow, division by zero, too large), is kept as text: an atom that is equal
 * only to itself.
 */
#include "base/buffer.h"
#include "ir/size_impl.h"

/* Beyond these, text is not looked into. The effort is counted in pairs of terms multiplied or compared. */
#define MAX_TEXT_BYTES 16384
#define MAX_EFFORT     200000
#define MAX_POWER      1000

typedef struct parser {
    rg_context *context;
    const char *at;
    const char *end;
    uint32_t depth;
    uint64_t effort;
    rg_status status; /* RG_ERROR_SYNTAX stops everything and makes the whole text an atom */
} parser;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void skip_spaces(parser *state)
{
    while (state->at < state->end && *state->at == ' ') {
        state->at++;
    }
}

static bool take(parser *state, const char *token)
{
    size_t size = strlen(token);
    skip_spaces(state);
    if ((size_t)(state->end - state->at) < size || memcmp(state->at, token, size) != 0) {
        return false;
    }
    state->at += size;
    return true;
}

static rg_size fail(parser *state, rg_status status)
{
    if (state->status == RG_OK) {
        state->status = status;
    }
    return (rg_size){0};
}

static uint64_t count_terms(const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    return record == NULL || record->kind != RG_SIZE_KIND_SUM ? 1 : record->word_count / 3;
}

static void spend(parser *state, uint64_t effort)
{
    state->effort += effort;
    if (state->effort > MAX_EFFORT) {
        (void)fail(state, RG_ERROR_LIMIT);
    }
}

/* How much work combining these can be, roughly. */
static uint64_t estimate(const rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    uint64_t terms_a = count_terms(context, a);
    uint64_t terms_b = count_terms(context, b);
    const rg__size_record *record = rg__size_record_of(context, a);
    int64_t exponent = 1;

    switch (operation) {
    case RG_SIZE_ADD:
    case RG_SIZE_SUBTRACT:
        return terms_a + terms_b;
    case RG_SIZE_MAX:
    case RG_SIZE_MIN:
        return (record == NULL ? 1 : record->word_count + 1) * (terms_a + terms_b) * 16;
    case RG_SIZE_POWER:
        if (rg_size_as_int(context, b, &exponent) && terms_a > 1) {
            return exponent > MAX_POWER ? MAX_EFFORT + 1 : (uint64_t)exponent * terms_a * terms_a;
        }
        return 1;
    default:
        return terms_a * terms_b;
    }
}

static rg_size combine(parser *state, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_size result = {0};
    rg_status status;

    if (state->status == RG_OK) {
        spend(state, estimate(state->context, operation, a, b));
    }
    if (state->status != RG_OK) {
        return result;
    }
    status = operation >= RG_SIZE_LESS ? rg__size_make_relation(&result, state->context, operation, a, b)
                                       : rg__size_combine(&result, state->context, operation, a, b);
    return status == RG_OK ? result : fail(state, status);
}

static rg_size parse_relation(parser *state);
static rg_size parse_unary(parser *state);

/* ---- names and calls ---- */

/* Functions with two operands that are operations of ours. */
static const struct {
    const char *name;
    rg_size_operation operation;
} binary_calls[] = {
    {"FloorDiv", RG_SIZE_FLOOR_DIVIDE},
    {"CleanDiv", RG_SIZE_FLOOR_DIVIDE},
    {"Mod", RG_SIZE_MODULO},
    {"PythonMod", RG_SIZE_MODULO},
    {"PowByNatural", RG_SIZE_POWER},
    {"Eq", RG_SIZE_EQUAL},
    {"Ne", RG_SIZE_NOT_EQUAL},
    {"Max", RG_SIZE_MAX},
    {"Min", RG_SIZE_MIN},
};

static rg_size make_call(parser *state, rg_string name, const rg_size *operands, uint32_t count)
{
    rg_size result = {0};

    for (size_t i = 0; i < sizeof binary_calls / sizeof binary_calls[0]; i++) {
        rg_size_operation operation = binary_calls[i].operation;
        bool any_count = operation == RG_SIZE_MAX || operation == RG_SIZE_MIN;
        if (rg_string_equal(name, rg_string_from(binary_calls[i].name)) && (any_count ? count > 0 : count == 2)) {
            result = operands[0];
            for (uint32_t j = 1; j < count; j++) {
                result = combine(state, operation, result, operands[j]);
            }
            return result;
        }
    }
    uint32_t string = rg__intern(&state->context->strings, name.data, name.size);
    rg_status status = string == 0 ? RG_ERROR_MEMORY
                                   : rg__size_intern(&result, state->context, RG_SIZE_KIND_CALL, string,
                                                     (const uint32_t *)operands, count);
    return status == RG_OK ? result : fail(state, status);
}

/* After the opening bracket. */
static rg_size parse_call(parser *state, rg_string name)
{
    rg_size operands[RG_SIZE_MAX_OPERANDS];
    uint32_t count = 0;

    while (state->status == RG_OK && !take(state, ")")) {
        if (count == RG_SIZE_MAX_OPERANDS || (count > 0 && !take(state, ","))) {
            return fail(state, RG_ERROR_SYNTAX);
        }
        operands[count++] = parse_relation(state);
    }
    return state->status == RG_OK ? make_call(state, name, operands, count) : (rg_size){0};
}

/* Names that are no symbols. */
static bool is_constant_name(rg_string name)
{
    static const char *const names[] = {"True", "False", "None", "oo", "int_oo", "zoo",
                                        "nan",  "inf",   "and",  "or", "not"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (rg_string_equal(name, rg_string_from(names[i]))) {
            return true;
        }
    }
    return false;
}

static rg_size parse_name(parser *state)
{
    rg_string name = {state->at, 0};
    rg_size symbol;
    rg_status status;

    while (state->at < state->end && (is_name_start(*state->at) || is_digit(*state->at))) {
        state->at++;
        name.size++;
    }
    if (take(state, "(")) {
        return parse_call(state, name);
    }
    if (is_constant_name(name)) {
        return fail(state, RG_ERROR_SYNTAX);
    }
    status = rg__size_from_text(&symbol, state->context, RG_SIZE_KIND_SYMBOL, name);
    return status == RG_OK ? symbol : fail(state, status);
}

static rg_size parse_number(parser *state)
{
    rg_string text = {state->at, 0};
    bool is_float = false;
    int64_t integer;
    double value;
    rg_size size;
    rg_status status = RG_ERROR_SYNTAX;

    while (state->at < state->end) {
        char c = *state->at;
        bool exponent = c == 'e' || c == 'E';
        if (!is_digit(c) && c != '.' && !exponent) {
            break;
        }
        is_float = is_float || !is_digit(c);
        state->at++;
        if (exponent && state->at < state->end && (*state->at == '-' || *state->at == '+')) {
            state->at++;
        }
    }
    text.size = (size_t)(state->at - text.data);
    if (is_float && rg__parse_float(text, &value)) {
        status = rg__size_from_float(&size, state->context, value);
    } else if (!is_float && rg__parse_int(text, &integer)) {
        status = rg__size_from_int(&size, state->context, integer);
    }
    return status == RG_OK ? size : fail(state, status);
}

/* ---- operators, tightest last ---- */

static rg_size parse_primary(parser *state)
{
    rg_size size;

    skip_spaces(state);
    if (take(state, "(")) {
        size = parse_relation(state);
        return take(state, ")") ? size : fail(state, RG_ERROR_SYNTAX);
    }
    if (state->at < state->end && is_name_start(*state->at)) {
        return parse_name(state);
    }
    if (state->at < state->end && (is_digit(*state->at) || *state->at == '.')) {
        return parse_number(state);
    }
    return fail(state, RG_ERROR_SYNTAX);
}

static rg_size parse_power(parser *state)
{
    rg_size base = parse_primary(state);
    return state->status == RG_OK && take(state, "**") ? combine(state, RG_SIZE_POWER, base, parse_unary(state)) : base;
}

/* Every way round the grammar passes through here, so this is where nesting is bounded. */
static rg_size parse_unary(parser *state)
{
    rg_size size;

    if (state->status != RG_OK || state->depth >= rg__size_depth_limit(state->context)) {
        return fail(state, RG_ERROR_LIMIT);
    }
    state->depth++;
    if (take(state, "-")) {
        size = combine(state, RG_SIZE_SUBTRACT, (rg_size){RG_SIZE_IMMEDIATE}, parse_unary(state)); /* 0 - x */
    } else if (take(state, "+")) {
        size = parse_unary(state);
    } else {
        size = parse_power(state);
    }
    state->depth--;
    return size;
}

static rg_size parse_product(parser *state)
{
    rg_size product = parse_unary(state);

    while (state->status == RG_OK) {
        skip_spaces(state);
        if (take(state, "//")) {
            product = combine(state, RG_SIZE_FLOOR_DIVIDE, product, parse_unary(state));
        } else if (take(state, "*")) {
            product = combine(state, RG_SIZE_MULTIPLY, product, parse_unary(state));
        } else if (take(state, "%")) {
            product = combine(state, RG_SIZE_MODULO, product, parse_unary(state));
        } else {
            break;
        }
    }
    return product;
}

static rg_size parse_sum(parser *state)
{
    rg_size sum = parse_product(state);

    while (state->status == RG_OK) {
        if (take(state, "+")) {
            sum = combine(state, RG_SIZE_ADD, sum, parse_product(state));
        } else if (take(state, "-")) {
            sum = combine(state, RG_SIZE_SUBTRACT, sum, parse_product(state));
        } else {
            break;
        }
    }
    return sum;
}

static rg_size parse_relation(parser *state)
{
    static const struct {
        const char *sign;
        rg_size_operation operation;
    } signs[] = {
        {"<=", RG_SIZE_LESS_EQUAL}, {">=", RG_SIZE_GREATER_EQUAL}, {"==", RG_SIZE_EQUAL},
        {"!=", RG_SIZE_NOT_EQUAL},  {"<", RG_SIZE_LESS},           {">", RG_SIZE_GREATER},
    };
    rg_size left = parse_sum(state);

    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && state->status == RG_OK; i++) {
        if (take(state, signs[i].sign)) {
            return combine(state, signs[i].operation, left, parse_sum(state));
        }
    }
    return left;
}

/* ---- entry ---- */

static rg_status parse_expression(rg_size *out, rg_context *context, rg_string text)
{
    parser state = {context, text.data, text.data + text.size, 0, 0, RG_OK};

    if (text.size == 0 || text.size > MAX_TEXT_BYTES) {
        return RG_ERROR_SYNTAX;
    }
    *out = parse_relation(&state);
    skip_spaces(&state);
    if (state.status == RG_OK && state.at != state.end) {
        return RG_ERROR_SYNTAX;
    }
    return state.status;
}

rg_status rg__size_parse(rg_size *out, rg_context *context, rg_string text)
{
    rg_status status = parse_expression(out, context, text);

    if (status != RG_OK && status != RG_ERROR_MEMORY) {
        status = rg__size_from_text(out, context, RG_SIZE_KIND_TEXT, text);
    }
    if (status != RG_OK) {
        *out = (rg_size){0};
    }
    return status;
}

rg_status rg_size_parse(rg_size *out, rg_context *context, rg_string text)
{
    rg_status status = rg__size_parse(out, context, text);
    return status == RG_OK ? RG_OK : rg__report(context, status, "out of memory for a size");
}

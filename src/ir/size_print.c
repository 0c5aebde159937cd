/*
 * size_print.c: sizes as text, spelled and bracketed as sympy's str() does for the functions that PyTorch defines.
 *
 * The numbers below are sympy's precedences; PyTorch gives its own functions lower ones than sympy would, which is why
 * `2*((s0//2))` has two pairs of brackets.
 */
#include <math.h>
#include <stdio.h>

#include "base/buffer.h"
#include "ir/size_impl.h"

enum {
    PRECEDENCE_TEXT = 0,
    PRECEDENCE_RELATION = 35,
    PRECEDENCE_QUOTIENT = 35, /* PyTorch's FloorDiv, Mod, PythonMod and some more */
    PRECEDENCE_ADD = 40,
    PRECEDENCE_MULTIPLY = 50,
    PRECEDENCE_POWER = 60,
    PRECEDENCE_CALL = 70,
    PRECEDENCE_QUOTIENT_OPERAND = 999,
    PRECEDENCE_ATOM = 1000
};

static int call_precedence(rg_string name)
{
    static const struct {
        const char *name;
        int precedence;
    } calls[] = {
        {"FloatPow", PRECEDENCE_POWER},      {"FloatTrueDiv", PRECEDENCE_QUOTIENT},
        {"IntTrueDiv", PRECEDENCE_QUOTIENT}, {"ModularIndexing", PRECEDENCE_QUOTIENT},
        {"Where", PRECEDENCE_QUOTIENT},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (rg_string_equal(name, rg_string_from(calls[i].name))) {
            return calls[i].precedence;
        }
    }
    return PRECEDENCE_CALL;
}

static int atom_precedence(const rg_context *context, const rg__size_record *record)
{
    switch ((rg__size_kind)record->kind) {
    case RG_SIZE_KIND_FLOAT:
        return rg__size_float_value(record) < 0 ? PRECEDENCE_ADD : PRECEDENCE_ATOM;
    case RG_SIZE_KIND_FLOOR_DIVIDE:
    case RG_SIZE_KIND_MODULO:
        return PRECEDENCE_QUOTIENT;
    case RG_SIZE_KIND_POWER:
        return PRECEDENCE_MULTIPLY;
    case RG_SIZE_KIND_RELATION:
        return record->detail == RG_SIZE_EQUAL || record->detail == RG_SIZE_NOT_EQUAL ? PRECEDENCE_MULTIPLY
                                                                                      : PRECEDENCE_RELATION;
    case RG_SIZE_KIND_CALL:
        return call_precedence(rg__size_detail_text(context, record));
    case RG_SIZE_KIND_TEXT:
        return PRECEDENCE_TEXT;
    default:
        return PRECEDENCE_ATOM;
    }
}

static int size_precedence(const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    rg__term_walk walk;
    rg__term term;
    int64_t value;

    if (rg_size_as_int(context, size, &value)) {
        return value < 0 ? PRECEDENCE_ADD : PRECEDENCE_ATOM;
    }
    if (record->kind != RG_SIZE_KIND_SUM) {
        return atom_precedence(context, record);
    }
    rg__term_walk_start(&walk, context, size);
    (void)rg__term_walk_next(&walk, &term);
    if (walk.words != walk.end || term.coefficient < 0) {
        return PRECEDENCE_ADD;
    }
    return term.coefficient == 1 && term.factor_count == 1 ? PRECEDENCE_POWER : PRECEDENCE_MULTIPLY;
}

#define FLOAT_DIGITS 15 /* what sympy shows of a double */

/* The significant digits of a positive number, and its decimal exponent. */
static int decimal_digits(char digits[FLOAT_DIGITS], double value)
{
    char text[40];
    int64_t exponent = 0;
    size_t count = 0;

    (void)snprintf(text, sizeof text, "%.*e", FLOAT_DIGITS - 1, value);
    const char *mark = strchr(text, 'e');
    for (const char *c = text; c < mark && count < FLOAT_DIGITS; c++) {
        if (*c >= '0' && *c <= '9') { /* what lies between them is the locale's decimal point */
            digits[count++] = *c;
        }
    }
    (void)rg__parse_int(rg_string_from(mark + 1), &exponent);
    return (int)exponent;
}

/* A float on its own has passed through Python's Decimal on its way into a dump (`0.0000100000000000000`); inside an
 * expression trailing zeros are stripped (`0.5*s0`, `1.0e-5*s0`). */
static void append_float(rg_buffer *buffer, double value, bool alone)
{
    char digits[FLOAT_DIGITS];
    size_t count = FLOAT_DIGITS;

    if (!isfinite(value) || value == 0) {
        rg__buffer_append_float(buffer, value == 0 ? 0.0 : value);
        return;
    }
    int exponent = decimal_digits(digits, fabs(value));
    bool fixed = exponent < FLOAT_DIGITS && exponent > (alone ? -7 : -5);
    int point = fixed ? exponent : 0; /* the decimal point stands after this digit */
    while (!alone && count > 1 && digits[count - 1] == '0' && (int)count > point + 1) {
        count--;
    }
    if (value < 0) {
        rg__buffer_append_char(buffer, '-');
    }
    if (point < 0) {
        rg__buffer_append_text(buffer, "0.");
        rg__buffer_append_repeat(buffer, '0', (size_t)(-point - 1));
        rg__buffer_append(buffer, (rg_string){digits, count});
    } else {
        size_t whole = (size_t)point + 1;
        rg__buffer_append(buffer, (rg_string){digits, whole});
        if (count > whole || !alone) {
            rg__buffer_append_char(buffer, '.');
            rg__buffer_append(buffer, (rg_string){digits + whole, count - whole});
            rg__buffer_append_text(buffer, count == whole ? "0" : "");
        }
    }
    if (!fixed) {
        rg__buffer_append_format(buffer, "%s%s%d", alone ? "E" : "e", exponent > 0 ? "+" : "", exponent);
    }
}

static void append_size(rg_buffer *buffer, const rg_context *context, rg_size size, int level);

static void append_operands(rg_buffer *buffer, const rg_context *context, rg_string name, const rg__size_record *record)
{
    rg__buffer_append(buffer, name);
    rg__buffer_append_char(buffer, '(');
    for (uint32_t i = 0; i < record->word_count; i++) {
        rg__buffer_append_text(buffer, i == 0 ? "" : ", ");
        append_size(buffer, context, (rg_size){record->words[i]}, PRECEDENCE_TEXT - 1);
    }
    rg__buffer_append_char(buffer, ')');
}

static void append_relation(rg_buffer *buffer, const rg_context *context, const rg__size_record *record)
{
    static const char *const signs[] = {[RG_SIZE_LESS] = " < ",
                                        [RG_SIZE_LESS_EQUAL] = " <= ",
                                        [RG_SIZE_GREATER] = " > ",
                                        [RG_SIZE_GREATER_EQUAL] = " >= "};

    if (record->detail == RG_SIZE_EQUAL || record->detail == RG_SIZE_NOT_EQUAL) {
        append_operands(buffer, context, rg_string_from(record->detail == RG_SIZE_EQUAL ? "Eq" : "Ne"), record);
        return;
    }
    append_size(buffer, context, (rg_size){record->words[0]}, PRECEDENCE_RELATION);
    rg__buffer_append_text(buffer, signs[record->detail]);
    append_size(buffer, context, (rg_size){record->words[1]}, PRECEDENCE_RELATION);
}

static void append_atom(rg_buffer *buffer, const rg_context *context, const rg__size_record *record)
{
    switch ((rg__size_kind)record->kind) {
    case RG_SIZE_KIND_FLOAT:
        append_float(buffer, rg__size_float_value(record), false);
        break;
    case RG_SIZE_KIND_FLOOR_DIVIDE:
        rg__buffer_append_char(buffer, '(');
        append_size(buffer, context, (rg_size){record->words[0]}, PRECEDENCE_QUOTIENT_OPERAND);
        rg__buffer_append_text(buffer, "//");
        append_size(buffer, context, (rg_size){record->words[1]}, PRECEDENCE_QUOTIENT_OPERAND);
        rg__buffer_append_char(buffer, ')');
        break;
    case RG_SIZE_KIND_MODULO:
        append_operands(buffer, context, rg_string_from(record->detail != 0 ? "Mod" : "PythonMod"), record);
        break;
    case RG_SIZE_KIND_POWER:
        append_operands(buffer, context, rg_string_from("PowByNatural"), record);
        break;
    case RG_SIZE_KIND_MAX:
        append_operands(buffer, context, rg_string_from("Max"), record);
        break;
    case RG_SIZE_KIND_MIN:
        append_operands(buffer, context, rg_string_from("Min"), record);
        break;
    case RG_SIZE_KIND_RELATION:
        append_relation(buffer, context, record);
        break;
    case RG_SIZE_KIND_CALL:
        append_operands(buffer, context, rg__size_detail_text(context, record), record);
        break;
    default:
        rg__buffer_append(buffer, rg__size_detail_text(context, record));
        break;
    }
}

static void append_factor(rg_buffer *buffer, const rg_context *context, rg__factor factor, int level)
{
    const rg__size_record *record = rg__size_record_of(context, (rg_size){factor.atom});
    bool power = factor.exponent > 1;
    bool brackets = atom_precedence(context, record) <= (power ? PRECEDENCE_POWER : level);

    rg__buffer_append_text(buffer, brackets ? "(" : "");
    append_atom(buffer, context, record);
    rg__buffer_append_text(buffer, brackets ? ")" : "");
    if (power) {
        rg__buffer_append_text(buffer, "**");
        rg__buffer_append_int(buffer, factor.exponent);
    }
}

/* The precedence up to which factors of this term are bracketed. A lone summand is bracketed only when it binds less
 * than a sum; a negative product counts as a sum, unless one of PyTorch's quotients is in it. */
static int factor_level(const rg_context *context, const rg__term *term)
{
    if (term->coefficient == 1 && term->factor_count == 1) {
        return PRECEDENCE_ADD - 1;
    }
    for (uint32_t i = 0; i < term->factor_count; i++) {
        const rg__size_record *record = rg__size_record_of(context, (rg_size){term->factors[i].atom});
        if (term->factors[i].exponent == 1 && atom_precedence(context, record) < PRECEDENCE_MULTIPLY) {
            return PRECEDENCE_MULTIPLY;
        }
    }
    return term->coefficient < 0 ? PRECEDENCE_ADD : PRECEDENCE_MULTIPLY;
}

static void append_term(rg_buffer *buffer, const rg_context *context, const rg__term *term, bool first)
{
    uint64_t magnitude = term->coefficient < 0 ? 0 - (uint64_t)term->coefficient : (uint64_t)term->coefficient;
    int level = factor_level(context, term);

    if (!first) {
        rg__buffer_append_text(buffer, term->coefficient < 0 ? " - " : " + ");
    } else if (term->coefficient < 0) {
        rg__buffer_append_char(buffer, '-');
    }
    if (magnitude != 1 || term->factor_count == 0) {
        rg__buffer_append_format(buffer, "%llu", (unsigned long long)magnitude);
        rg__buffer_append_text(buffer, term->factor_count > 0 ? "*" : "");
    }
    for (uint32_t i = 0; i < term->factor_count; i++) {
        rg__buffer_append_text(buffer, i == 0 ? "" : "*");
        append_factor(buffer, context, term->factors[i], level);
    }
}

static void append_sum(rg_buffer *buffer, const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    rg__term_walk walk;
    rg__term term = {0, NULL, 0};
    rg__term constant;
    bool first = true;

    rg__term_walk_start(&walk, context, size);
    if (rg__size_prints_constant_first(record)) {
        (void)rg__term_walk_next(&walk, &term);
        (void)rg__term_walk_next(&walk, &constant);
        append_term(buffer, context, &constant, true);
        append_term(buffer, context, &term, false);
        return;
    }
    while (rg__term_walk_next(&walk, &term)) {
        append_term(buffer, context, &term, first);
        first = false;
    }
}

/* Append in brackets when the expression binds no tighter than `level`. */
static void append_size(rg_buffer *buffer, const rg_context *context, rg_size size, int level)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    bool brackets = size_precedence(context, size) <= level;
    int64_t value;

    rg__buffer_append_text(buffer, brackets ? "(" : "");
    if (rg_size_as_int(context, size, &value)) {
        rg__buffer_append_int(buffer, value);
    } else if (record->kind == RG_SIZE_KIND_SUM) {
        append_sum(buffer, context, size);
    } else {
        append_atom(buffer, context, record);
    }
    rg__buffer_append_text(buffer, brackets ? ")" : "");
}

void rg__size_append(rg_buffer *buffer, const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);

    if (record != NULL && record->kind == RG_SIZE_KIND_FLOAT) {
        append_float(buffer, rg__size_float_value(record), true);
    } else if (size.id != 0) {
        append_size(buffer, context, size, PRECEDENCE_TEXT - 1);
    }
}

rg_status rg_size_print(const rg_context *context, rg_size size, rg_sink sink)
{
    rg_buffer buffer;
    rg_status status = RG_ERROR_MEMORY;

    rg__buffer_init(&buffer, &context->allocator);
    rg__size_append(&buffer, context, size);
    if (!buffer.failed) {
        rg_string text = rg__buffer_string(&buffer);
        status = sink.write(sink.user, text.data, text.size);
    }
    rg__buffer_free(&buffer);
    return status;
}

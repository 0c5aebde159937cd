/*
 * size_example.c: evaluating sizes for made-up values of their symbols (size_example.h says why).
 */
#include "ir/size_example.h"

#include "ir/size_impl.h"

/* 720 is divisible by 2..6, 8, 9, 10, 12, 15, 16; a thousand symbols get different multiples unless hashes meet. */
enum { UNIT = 720, MULTIPLES = 1009 };

static int64_t symbol_value(rg_string name, uint32_t example)
{
    return UNIT * (int64_t)(1 + rg__hash_bytes(name.data, name.size, example) % MULTIPLES);
}

static bool floor_divide(int64_t a, int64_t b, int64_t *out)
{
    if (b == 0 || (a == INT64_MIN && b == -1)) {
        return false;
    }
    int64_t quotient = a / b;
    *out = a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
    return true;
}

static bool power(int64_t base, int64_t exponent, int64_t *out)
{
    int64_t result = 1;
    if (exponent < 0) {
        return false;
    }
    for (int64_t i = 0; i < exponent && result != 0 && (result != 1 || i == 0); i++) {
        if (__builtin_mul_overflow(result, base, &result)) {
            return false;
        }
    }
    /* The loop stops early where the base is 0, 1 or -1. */
    *out = base == -1 && exponent % 2 == 0 ? 1 : result;
    return true;
}

static bool compare(rg_size_operation operation, int64_t a, int64_t b)
{
    switch (operation) {
    case RG_SIZE_LESS:
        return a < b;
    case RG_SIZE_LESS_EQUAL:
        return a <= b;
    case RG_SIZE_GREATER:
        return a > b;
    case RG_SIZE_GREATER_EQUAL:
        return a >= b;
    case RG_SIZE_EQUAL:
        return a == b;
    default:
        return a != b;
    }
}

/* An operation on two values, or one step of a Max or Min over several. */
static bool apply(const rg__size_record *record, int64_t a, int64_t b, int64_t *out)
{
    int64_t quotient = 0;
    switch ((rg__size_kind)record->kind) {
    case RG_SIZE_KIND_FLOOR_DIVIDE:
        return floor_divide(a, b, out);
    case RG_SIZE_KIND_MODULO:
        if (!floor_divide(a, b, &quotient)) {
            return false;
        }
        *out = a - quotient * b;
        return true;
    case RG_SIZE_KIND_POWER:
        return power(a, b, out);
    case RG_SIZE_KIND_MAX:
        *out = a > b ? a : b;
        return true;
    case RG_SIZE_KIND_MIN:
        *out = a < b ? a : b;
        return true;
    case RG_SIZE_KIND_RELATION:
        *out = compare((rg_size_operation)record->detail, a, b) ? 1 : 0;
        return true;
    default:
        return false;
    }
}

static bool atom_value(const rg_context *context, uint32_t atom, uint32_t example, int64_t *out)
{
    const rg__size_record *record = rg__size_record_of(context, (rg_size){atom});
    int64_t value = 0;
    int64_t operand = 0;
    if (record->kind == RG_SIZE_KIND_SYMBOL) {
        *out = symbol_value(rg__size_detail_text(context, record), example);
        return true;
    }
    if (record->kind == RG_SIZE_KIND_FLOAT || record->kind == RG_SIZE_KIND_CALL || record->kind == RG_SIZE_KIND_TEXT ||
        record->word_count < 2 || !rg__size_example(context, (rg_size){record->words[0]}, example, &value)) {
        return false;
    }
    for (uint32_t i = 1; i < record->word_count; i++) {
        if (!rg__size_example(context, (rg_size){record->words[i]}, example, &operand) ||
            !apply(record, value, operand, &value)) {
            return false;
        }
    }
    *out = value;
    return true;
}

static bool term_value(const rg_context *context, const rg__term *term, uint32_t example, int64_t *out)
{
    int64_t value = term->coefficient;
    for (uint32_t i = 0; i < term->factor_count; i++) {
        int64_t factor = 0;
        if (!atom_value(context, term->factors[i].atom, example, &factor) ||
            !power(factor, term->factors[i].exponent, &factor) || __builtin_mul_overflow(value, factor, &value)) {
            return false;
        }
    }
    *out = value;
    return true;
}

/* Recursion is bounded by the depth of expressions (RG_SIZE_MAX_DEPTH). */
bool rg__size_example(const rg_context *context, rg_size size, uint32_t example, int64_t *out)
{
    rg__term_walk walk;
    rg__term term;
    int64_t sum = 0;
    if (rg_size_is_null(size)) {
        return false;
    }
    for (rg__term_walk_start(&walk, context, size); rg__term_walk_next(&walk, &term);) {
        int64_t value = 0;
        if (!term_value(context, &term, example, &value) || __builtin_add_overflow(sum, value, &sum)) {
            return false;
        }
    }
    *out = sum;
    return true;
}

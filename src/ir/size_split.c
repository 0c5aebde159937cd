/*
 * size_split.c: taking a size apart into the operation that makes it and that operation's operands, so that it can be
 * written as nodes that compute it.
 */
#include "ir/size_impl.h"

/* The size of one factor's base, or of a whole term. */
static rg_status size_of_term(rg_size *out, rg_context *context, const rg__term *term)
{
    rg_status status = rg__size_from_int(out, context, term->coefficient);
    for (uint32_t i = 0; i < term->factor_count && status == RG_OK; i++) {
        for (uint32_t j = 0; j < term->factors[i].exponent && status == RG_OK; j++) {
            status = rg__size_combine(out, context, RG_SIZE_MULTIPLY, *out, (rg_size){term->factors[i].atom});
        }
    }
    return status;
}

/* a + b + c is (a + b) + c. A term with a negative coefficient, if there is one, is what is subtracted. */
static rg_status split_sum(rg_size_split *out, rg_context *context, rg_size size)
{
    rg__term_walk walk;
    rg__term term;
    rg__term right = {0, NULL, 0};
    for (rg__term_walk_start(&walk, context, size); rg__term_walk_next(&walk, &term);) {
        if (right.coefficient >= 0 || term.coefficient < 0) {
            right = term;
        }
    }
    rg_status status = size_of_term(&out->right, context, &right);
    if (status == RG_OK) {
        status = rg__size_combine(&out->left, context, RG_SIZE_SUBTRACT, size, out->right);
    }
    out->operation = RG_SIZE_ADD;
    if (status == RG_OK && right.coefficient < 0) {
        rg_size zero = {RG_SIZE_IMMEDIATE};
        out->operation = RG_SIZE_SUBTRACT;
        status = rg__size_combine(&out->right, context, RG_SIZE_SUBTRACT, zero, out->right);
    }
    return status;
}

/* 2*a**2*b is 2 * (a * (a * b)). */
static rg_status split_product(rg_size_split *out, rg_context *context, const rg__term *term)
{
    rg__factor rest[2];
    rg_status status = RG_OK;
    out->operation = RG_SIZE_MULTIPLY;
    if (term->coefficient != 1) {
        rg__term monomial = {1, term->factors, term->factor_count};
        status = rg__size_from_int(&out->left, context, term->coefficient);
        return status == RG_OK ? size_of_term(&out->right, context, &monomial) : status;
    }
    out->left = (rg_size){term->factors[0].atom};
    if (term->factors[0].exponent == 1) {
        rg__term others = {1, term->factors + 1, term->factor_count - 1};
        return size_of_term(&out->right, context, &others);
    }
    rest[0] = (rg__factor){term->factors[0].atom, term->factors[0].exponent - 1};
    rg__term power = {1, rest, 1};
    rg__term others = {1, term->factors + 1, term->factor_count - 1};
    rg_size tail = {0};
    status = size_of_term(&out->right, context, &power);
    if (status == RG_OK) {
        status = size_of_term(&tail, context, &others);
    }
    return status == RG_OK ? rg__size_combine(&out->right, context, RG_SIZE_MULTIPLY, out->right, tail) : status;
}

/* Max(a, b, c) is Max(Max(a, b), c). */
static rg_status split_operation(rg_size_split *out, rg_context *context, const rg__size_record *record)
{
    static const rg_size_operation operations[] = {
        [RG_SIZE_KIND_FLOOR_DIVIDE] = RG_SIZE_FLOOR_DIVIDE,
        [RG_SIZE_KIND_MODULO] = RG_SIZE_MODULO,
        [RG_SIZE_KIND_POWER] = RG_SIZE_POWER,
        [RG_SIZE_KIND_MAX] = RG_SIZE_MAX,
        [RG_SIZE_KIND_MIN] = RG_SIZE_MIN,
    };
    bool is_relation = record->kind == RG_SIZE_KIND_RELATION;
    bool is_operation = record->kind >= RG_SIZE_KIND_FLOOR_DIVIDE && record->kind <= RG_SIZE_KIND_MIN;
    rg_status status = RG_OK;
    if ((!is_relation && !is_operation) || record->word_count < 2) {
        return RG_OK;
    }
    out->operation = is_relation ? (rg_size_operation)record->detail : operations[record->kind];
    out->left = (rg_size){record->words[0]};
    for (uint32_t i = 1; i + 1 < record->word_count && status == RG_OK; i++) {
        status = rg__size_combine(&out->left, context, out->operation, out->left, (rg_size){record->words[i]});
    }
    out->right = (rg_size){record->words[record->word_count - 1]};
    return status;
}

rg_status rg__size_split(rg_size_split *out, rg_context *context, rg_size size)
{
    rg__term_walk walk;
    rg__term term;
    rg__term second;
    rg_status status = RG_OK;
    *out = (rg_size_split){RG_SIZE_ADD, {0}, {0}};
    rg__size_kind kind = size.id == 0 ? RG_SIZE_KIND_INTEGER : rg__size_kind_of(context, size);
    if (kind == RG_SIZE_KIND_SUM) {
        rg__term_walk_start(&walk, context, size);
        (void)rg__term_walk_next(&walk, &term);
        bool is_sum = rg__term_walk_next(&walk, &second);
        status = is_sum ? split_sum(out, context, size) : split_product(out, context, &term);
    } else if (kind != RG_SIZE_KIND_INTEGER) {
        const rg__size_record *record = rg__size_record_of(context, size);
        status = split_operation(out, context, record);
    }
    if (status != RG_OK) {
        *out = (rg_size_split){RG_SIZE_ADD, {0}, {0}};
        return status == RG_ERROR_MEMORY ? rg__report_memory(context) : RG_OK;
    }
    return RG_OK;
}

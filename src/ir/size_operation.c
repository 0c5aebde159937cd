/*
 * size_operation.c: the operations on sizes, each giving canonical forms.
 *
 * Which simplifications are made follows what PyTorch prints (torch.utils._sympy.functions: FloorDiv, Mod, Max, Min,
 * PowByNatural), so that sizes inferred here read as its own do. None may change the value for any admissible binding
 * of the symbols for which the written expression is defined: a zero divisor makes it undefined.
 */
#include "ir/size_impl.h"

typedef rg_status (*combine_function)(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a,
                                      rg_size b);

static const rg_size zero = {RG_SIZE_IMMEDIATE};
static const rg_size one = {RG_SIZE_IMMEDIATE | 1};

static rg_status make_operation(rg_size *out, rg_context *context, rg__size_kind kind, uint32_t detail, rg_size a,
                                rg_size b)
{
    uint32_t operands[2] = {a.id, b.id};
    return rg__size_intern(out, context, kind, detail, operands, 2);
}

/* ---- sums and products ---- */

static rg_status combine_add(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg__sum sum = {0};
    rg_status status = rg__sum_add_scaled(context, &sum, 1, a);

    if (status == RG_OK) {
        status = rg__sum_add_scaled(context, &sum, operation == RG_SIZE_SUBTRACT ? -1 : 1, b);
    }
    if (status == RG_OK) {
        status = rg__sum_to_size(out, context, &sum);
    }
    rg__sum_free(context, &sum);
    return status;
}

static rg_status combine_multiply(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg__sum sum = {0};
    rg_status status = RG_OK;
    rg__term_walk walk;
    rg__term term;

    (void)operation;
    for (rg__term_walk_start(&walk, context, a); status == RG_OK && rg__term_walk_next(&walk, &term);) {
        status = rg__sum_add(context, &sum, &term, b);
    }
    if (status == RG_OK) {
        status = rg__sum_to_size(out, context, &sum);
    }
    rg__sum_free(context, &sum);
    return status;
}

/* ---- division ---- */

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static rg_status divide_by_term(rg_size *out, rg_context *context, rg_size size, const rg__term *divisor)
{
    rg__sum sum = {0};
    rg_status status = rg__sum_add_quotient(context, &sum, size, divisor);
    if (status == RG_OK) {
        status = rg__sum_to_size(out, context, &sum);
    }
    rg__sum_free(context, &sum);
    return status;
}

/* Divide both by all they have in common. */
static rg_status cancel_common_factor(rg_context *context, rg_size *a, rg_size *b)
{
    uint32_t capacity = rg__size_first_factor_count(context, *b) + 1;
    size_t bytes = capacity * sizeof(rg__factor);
    rg__factor *factors = rg__allocate(&context->allocator, bytes);
    rg__term common = {1, factors, 0};
    uint64_t divisor;
    rg_status status = RG_OK;

    if (factors == NULL) {
        return RG_ERROR_MEMORY;
    }
    rg__size_common_factor(context, *a, *b, factors, &common.factor_count, &divisor);
    common.coefficient = divisor > INT64_MAX ? 1 : (int64_t)divisor;
    if (common.coefficient != 1 || common.factor_count > 0) {
        rg_size divided_a;
        rg_size divided_b;
        status = divide_by_term(&divided_a, context, *a, &common);
        if (status == RG_OK) {
            status = divide_by_term(&divided_b, context, *b, &common);
        }
        if (status == RG_OK) {
            *a = divided_a;
            *b = divided_b;
        }
    }
    rg__free(&context->allocator, factors, bytes);
    return status;
}

static bool term_is_integral(const rg_context *context, const rg__term *term)
{
    for (uint32_t i = 0; i < term->factor_count; i++) {
        if (!rg__size_is_integral(context, (rg_size){term->factors[i].atom})) {
            return false;
        }
    }
    return true;
}

/* Split a = multiple + rest, where `multiple` has the terms that are integer multiples of `divisor`. */
static rg_status split_multiples(rg_size *quotient, rg_size *rest, rg_context *context, rg_size a, int64_t divisor)
{
    rg__sum quotients = {0};
    rg__sum rests = {0};
    rg_status status = RG_OK;
    rg__term_walk walk;
    rg__term term;

    for (rg__term_walk_start(&walk, context, a); status == RG_OK && rg__term_walk_next(&walk, &term);) {
        bool multiple = divisor != -1 && term.coefficient % divisor == 0 && term_is_integral(context, &term);
        if (multiple) {
            term.coefficient /= divisor;
        }
        status = rg__sum_add(context, multiple ? &quotients : &rests, &term, one);
    }
    if (status == RG_OK) {
        status = rg__sum_to_size(quotient, context, &quotients);
    }
    if (status == RG_OK) {
        status = rg__sum_to_size(rest, context, &rests);
    }
    rg__sum_free(context, &quotients);
    rg__sum_free(context, &rests);
    return status;
}

/* (x // y) // b is x // (y*b) for b >= 0; sets *nested when a has that form. */
static rg_status flatten_quotient(rg_context *context, rg_size *a, rg_size *b, bool *nested)
{
    const rg__size_record *record = rg__size_record_of(context, *a);
    rg_status status;
    rg_size product;

    *nested = record != NULL && record->kind == RG_SIZE_KIND_FLOOR_DIVIDE && rg__size_is_integral(context, *b) &&
              rg__size_range(context, *b).low >= 0;
    if (!*nested) {
        return RG_OK;
    }
    status = combine_multiply(&product, context, RG_SIZE_MULTIPLY, (rg_size){record->words[1]}, *b);
    if (status == RG_OK) {
        *a = (rg_size){record->words[0]};
        *b = product;
    } else if (status != RG_ERROR_MEMORY) {
        *nested = false;
        status = RG_OK;
    }
    return status;
}

/* Quotients that are known without an operation; null when there is none. */
static rg_status simple_quotient(rg_size *out, rg_context *context, rg_size a, rg_size b)
{
    int64_t x;
    int64_t y;
    bool exact;
    rg_status status;

    *out = (rg_size){0};
    if (rg_size_as_int(context, b, &y)) {
        if (rg_size_as_int(context, a, &x)) {
            return x == INT64_MIN && y == -1 ? RG_ERROR_TYPE : rg__size_from_int(out, context, floor_divide(x, y));
        }
        if (rg__size_is_integral(context, a) && (y == 1 || y == -1)) {
            return combine_add(out, context, y == 1 ? RG_SIZE_ADD : RG_SIZE_SUBTRACT, zero, a);
        }
        return RG_OK;
    }
    if (a.id == zero.id || a.id == b.id) {
        *out = a.id == zero.id ? zero : one;
        return RG_OK;
    }
    status = rg__size_divide_exactly(out, &exact, context, a, b);
    if (exact && !rg__size_is_integral(context, *out)) {
        *out = (rg_size){0};
    }
    if (status == RG_OK && out->id == 0) {
        rg__range dividend = rg__size_range(context, a);
        rg_truth less = RG_UNKNOWN;
        if (dividend.low >= 0) {
            status = rg__size_decide(&less, context, RG_SIZE_LESS, a, b);
        }
        if (less == RG_YES) {
            *out = zero;
        }
    }
    return status;
}

static rg_status combine_floor_divide(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a,
                                      rg_size b)
{
    rg_size quotient = zero;
    bool nested = true;
    int64_t divisor;
    rg_status status = RG_OK;

    *out = (rg_size){0};
    if (b.id == zero.id) {
        return RG_ERROR_TYPE;
    }
    while (nested && status == RG_OK) {
        status = cancel_common_factor(context, &a, &b);
        if (status == RG_OK) {
            status = simple_quotient(out, context, a, b);
        }
        if (status != RG_OK || out->id != 0) {
            return status;
        }
        status = flatten_quotient(context, &a, &b, &nested);
    }
    if (status == RG_OK && rg_size_as_int(context, b, &divisor)) {
        status = split_multiples(&quotient, &a, context, a, divisor);
        if (status == RG_OK && quotient.id != zero.id) {
            rg_size rest;
            status = combine_floor_divide(&rest, context, operation, a, b);
            return status == RG_OK ? combine_add(out, context, RG_SIZE_ADD, quotient, rest) : status;
        }
    }
    return status == RG_OK ? make_operation(out, context, RG_SIZE_KIND_FLOOR_DIVIDE, 0, a, b) : status;
}

static rg_status modulo_ints(rg_size *out, rg_context *context, int64_t a, int64_t b)
{
    int64_t rest = b == -1 ? 0 : a % b;
    return rg__size_from_int(out, context, rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
}

/* Remainders that are known without an operation; null when there is none. */
static rg_status simple_remainder(rg_size *out, rg_context *context, rg_size a, rg_size b)
{
    bool integral = rg__size_is_integral(context, a) && rg__size_is_integral(context, b);
    bool exact = false;
    rg_size quotient;
    rg_truth less = RG_UNKNOWN;
    rg_status status = RG_OK;

    *out = (rg_size){0};
    if (a.id == zero.id) {
        *out = zero;
        return RG_OK;
    }
    if (integral) {
        status = rg__size_divide_exactly(&quotient, &exact, context, a, b);
    }
    if (status == RG_OK && !exact && rg__size_range(context, a).low >= 0) {
        status = rg__size_decide(&less, context, RG_SIZE_LESS, a, b);
    }
    if (status == RG_OK && (exact || less == RG_YES)) {
        *out = exact ? zero : a;
    }
    return status;
}

static rg_status combine_modulo(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    int64_t x;
    int64_t y;
    rg_status status = RG_OK;

    (void)operation;
    *out = (rg_size){0};
    if (b.id == zero.id) {
        return RG_ERROR_TYPE;
    }
    if (rg_size_as_int(context, b, &y)) {
        rg_size quotient;
        if (rg_size_as_int(context, a, &x)) {
            return modulo_ints(out, context, x, y);
        }
        status = split_multiples(&quotient, &a, context, a, y);
    }
    if (status == RG_OK) {
        status = simple_remainder(out, context, a, b);
    }
    if (status != RG_OK || out->id != 0) {
        return status;
    }
    bool natural = rg__size_range(context, a).low >= 0 && rg__size_range(context, b).low >= 0;
    return make_operation(out, context, RG_SIZE_KIND_MODULO, natural, a, b);
}

/* ---- powers ---- */

static rg_status combine_power(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    int64_t exponent;
    rg_size square = a;
    rg_status status = RG_OK;

    (void)operation;
    if (!rg_size_as_int(context, b, &exponent)) {
        if (a.id == one.id) {
            *out = one;
            return RG_OK;
        }
        return make_operation(out, context, RG_SIZE_KIND_POWER, 0, a, b);
    }
    *out = (rg_size){0};
    if (exponent < 0) {
        return RG_ERROR_TYPE;
    }
    rg_size result = one;
    while (exponent > 0 && status == RG_OK) {
        if (exponent % 2 != 0) {
            status = combine_multiply(&result, context, RG_SIZE_MULTIPLY, result, square);
        }
        exponent /= 2;
        if (exponent > 0 && status == RG_OK) {
            status = combine_multiply(&square, context, RG_SIZE_MULTIPLY, square, square);
        }
    }
    if (status == RG_OK) {
        *out = result;
    }
    return status;
}

/* ---- Max and Min ---- */

/* The operands of a Max or Min under construction, in sympy's order, none of them known to be beyond another. */
typedef struct extremes {
    rg__size_kind kind;
    uint32_t count;
    uint32_t operands[RG_SIZE_MAX_OPERANDS];
} extremes;

/* Is it certain that `a` never counts beside `b`? */
static rg_status is_covered(bool *out, rg_context *context, rg__size_kind kind, rg_size a, rg_size b)
{
    rg_truth truth;
    rg_size_operation operation = kind == RG_SIZE_KIND_MAX ? RG_SIZE_LESS_EQUAL : RG_SIZE_GREATER_EQUAL;
    rg_status status = rg__size_decide(&truth, context, operation, a, b);
    *out = status == RG_OK && truth == RG_YES;
    return status;
}

static rg_status add_extreme(extremes *list, rg_context *context, rg_size size)
{
    rg_status status = RG_OK;
    bool covered = false;
    uint32_t kept = 0;
    uint32_t place = 0;

    for (uint32_t i = 0; i < list->count && status == RG_OK && !covered; i++) {
        status = is_covered(&covered, context, list->kind, size, (rg_size){list->operands[i]});
    }
    if (status != RG_OK || covered) {
        return status;
    }
    for (uint32_t i = 0; i < list->count && status == RG_OK; i++) {
        status = is_covered(&covered, context, list->kind, (rg_size){list->operands[i]}, size);
        if (!covered) {
            list->operands[kept++] = list->operands[i];
        }
    }
    list->count = kept;
    if (status != RG_OK || kept == RG_SIZE_MAX_OPERANDS) {
        return status != RG_OK ? status : RG_ERROR_LIMIT;
    }
    while (place < kept && rg__size_compare(context, (rg_size){list->operands[place]}, size) < 0) {
        place++;
    }
    memmove(list->operands + place + 1, list->operands + place, (kept - place) * sizeof list->operands[0]);
    list->operands[place] = size.id;
    list->count++;
    return RG_OK;
}

static rg_status combine_extreme(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    extremes list = {operation == RG_SIZE_MAX ? RG_SIZE_KIND_MAX : RG_SIZE_KIND_MIN, 0, {0}};
    rg_size sizes[2] = {a, b};
    rg_status status = RG_OK;

    *out = (rg_size){0};
    for (int i = 0; i < 2; i++) {
        const rg__size_record *record = rg__size_record_of(context, sizes[i]);
        bool nested = record != NULL && record->kind == list.kind;
        uint32_t count = nested ? record->word_count : 1;
        for (uint32_t j = 0; j < count && status == RG_OK; j++) {
            status = add_extreme(&list, context, nested ? (rg_size){record->words[j]} : sizes[i]);
        }
    }
    if (status == RG_OK && list.count == 1) {
        *out = (rg_size){list.operands[0]};
    } else if (status == RG_OK) {
        status = rg__size_intern(out, context, list.kind, 0, list.operands, list.count);
    }
    return status;
}

/* ---- comparisons ---- */

static rg_status combine_relation(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_truth truth;
    rg_status status = rg__size_decide(&truth, context, operation, a, b);

    *out = (rg_size){0};
    if (status != RG_OK) {
        return status;
    }
    if (truth != RG_UNKNOWN) {
        *out = truth == RG_YES ? one : zero;
        return RG_OK;
    }
    return make_operation(out, context, RG_SIZE_KIND_RELATION, (uint32_t)operation, a, b);
}

rg_status rg__size_make_relation(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    int64_t value;
    if (rg_size_as_int(context, a, &value) && rg_size_as_int(context, b, &value)) {
        return combine_relation(out, context, operation, a, b);
    }
    return make_operation(out, context, RG_SIZE_KIND_RELATION, (uint32_t)operation, a, b);
}

/* ---- entry points ---- */

static const combine_function combine_functions[] = {
    [RG_SIZE_ADD] = combine_add,           [RG_SIZE_SUBTRACT] = combine_add,
    [RG_SIZE_MULTIPLY] = combine_multiply, [RG_SIZE_FLOOR_DIVIDE] = combine_floor_divide,
    [RG_SIZE_MODULO] = combine_modulo,     [RG_SIZE_POWER] = combine_power,
    [RG_SIZE_MAX] = combine_extreme,       [RG_SIZE_MIN] = combine_extreme,
    [RG_SIZE_LESS] = combine_relation,     [RG_SIZE_LESS_EQUAL] = combine_relation,
    [RG_SIZE_GREATER] = combine_relation,  [RG_SIZE_GREATER_EQUAL] = combine_relation,
    [RG_SIZE_EQUAL] = combine_relation,    [RG_SIZE_NOT_EQUAL] = combine_relation,
};

/* The common case: two small integers, without touching memory. */
static bool combine_immediates(rg_size *out, rg_size_operation operation, rg_size a, rg_size b)
{
    if ((a.id & b.id & RG_SIZE_IMMEDIATE) == 0) {
        return false;
    }
    int64_t x = (int64_t)(a.id & ~RG_SIZE_IMMEDIATE);
    int64_t y = (int64_t)(b.id & ~RG_SIZE_IMMEDIATE);
    int64_t result;
    switch (operation) {
    case RG_SIZE_ADD:
        result = x + y;
        break;
    case RG_SIZE_SUBTRACT:
        result = x - y;
        break;
    case RG_SIZE_MULTIPLY:
        result = x * y;
        break;
    default:
        return false;
    }
    if (result < 0 || result >= (int64_t)RG_SIZE_IMMEDIATE) {
        return false;
    }
    out->id = RG_SIZE_IMMEDIATE | (uint32_t)result;
    return true;
}

rg_status rg__size_combine(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    if (combine_immediates(out, operation, a, b)) {
        return RG_OK;
    }
    rg_size_combination *row = context->combinations[rg__size_answer_row(operation, a, b)];
    for (int i = 0; i < RG_SIZE_ANSWERS_IN_ROW && row[i].result.id != 0; i++) {
        if (row[i].a.id == a.id && row[i].b.id == b.id && row[i].operation == (uint32_t)operation) {
            *out = row[i].result;
            return RG_OK;
        }
    }
    rg_status status = combine_functions[operation](out, context, operation, a, b);
    if (status == RG_OK) {
        memmove(row + 1, row, (RG_SIZE_ANSWERS_IN_ROW - 1) * sizeof(*row));
        row[0] = (rg_size_combination){a, b, *out, (uint32_t)operation};
    }
    return status;
}

rg_status rg__size_rebuild(rg_size *out, rg_context *context, const rg__size_record *record, const rg_size *operands)
{
    static const rg_size_operation operations[] = {
        [RG_SIZE_KIND_FLOOR_DIVIDE] = RG_SIZE_FLOOR_DIVIDE,
        [RG_SIZE_KIND_MODULO] = RG_SIZE_MODULO,
        [RG_SIZE_KIND_POWER] = RG_SIZE_POWER,
        [RG_SIZE_KIND_MAX] = RG_SIZE_MAX,
        [RG_SIZE_KIND_MIN] = RG_SIZE_MIN,
    };
    rg_status status = RG_OK;

    if (record->kind == RG_SIZE_KIND_CALL) {
        return rg__size_intern(out, context, RG_SIZE_KIND_CALL, record->detail, (const uint32_t *)operands,
                               record->word_count);
    }
    rg_size_operation operation =
        record->kind == RG_SIZE_KIND_RELATION ? (rg_size_operation)record->detail : operations[record->kind];
    *out = operands[0];
    for (uint32_t i = 1; i < record->word_count && status == RG_OK; i++) {
        status = rg__size_combine(out, context, operation, *out, operands[i]);
    }
    return status;
}

rg_status rg_size_combine(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_status status;

    *out = (rg_size){0};
    if (a.id == 0 || b.id == 0) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a size that is not known cannot be computed with");
    }
    if ((unsigned)operation >= sizeof combine_functions / sizeof combine_functions[0]) {
        return rg__report(context, RG_ERROR_ARGUMENT, "there is no size operation %u", (unsigned)operation);
    }
    status = rg__size_combine(out, context, operation, a, b);
    if (status == RG_OK) {
        return RG_OK;
    }
    *out = (rg_size){0};
    switch (status) {
    case RG_ERROR_MEMORY:
        return rg__report(context, status, "out of memory for a size");
    case RG_ERROR_LIMIT:
        return rg__report(context, status, "a size expression grows beyond the limits");
    default:
        if (b.id == zero.id && (operation == RG_SIZE_FLOOR_DIVIDE || operation == RG_SIZE_MODULO)) {
            return rg__report(context, status, "a size is divided by zero");
        }
        if (operation == RG_SIZE_POWER) {
            return rg__report(context, status, "a power of a size overflows or has a negative exponent");
        }
        return rg__report(context, status, "a size overflows 64 bits");
    }
}

/*
 * size_sum.c: arithmetic on sums of products.
 *
 * A sum is kept in canonical order at all times, so addition is a merge of two ordered lists. The order of monomials is
 * lexicographic, hence unchanged when all of them are multiplied by one monomial: a product is a run of such merges.
 */
#include <math.h>

#include "ir/size_impl.h"

void rg__term_walk_start(rg__term_walk *walk, const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);

    *walk = (rg__term_walk){.words = NULL, .end = NULL, .integer = 0, .atom = {0, 0}};
    if (rg_size_as_int(context, size, &walk->integer)) {
        return;
    }
    if (record != NULL && record->kind == RG_SIZE_KIND_SUM) {
        walk->words = record->words;
        walk->end = record->words + record->word_count;
    } else {
        walk->atom = (rg__factor){size.id, 1};
        walk->integer = 1;
    }
}

bool rg__term_walk_next(rg__term_walk *walk, rg__term *out)
{
    if (walk->integer != 0) {
        *out = (rg__term){walk->integer, &walk->atom, walk->atom.atom == 0 ? 0 : 1};
        walk->integer = 0;
        return true;
    }
    if (walk->words == walk->end) {
        return false;
    }
    out->coefficient = (int64_t)((uint64_t)walk->words[0] | (uint64_t)walk->words[1] << 32);
    out->factor_count = walk->words[2];
    out->factors = (const rg__factor *)(const void *)(walk->words + 3); /* pairs of words, as stored */
    walk->words += 3 + 2 * (size_t)out->factor_count;
    return true;
}

void rg__sum_free(const rg_context *context, rg__sum *sum)
{
    rg__vector_free(&context->allocator, &sum->terms);
    rg__vector_free(&context->allocator, &sum->factors);
}

rg__term rg__sum_get(const rg__sum *sum, uint32_t index)
{
    rg__sum_term term = sum->terms.items[index];
    if (sum->factors.items == NULL) {
        return (rg__term){term.coefficient, NULL, 0};
    }
    return (rg__term){term.coefficient, sum->factors.items + term.factor_start, term.factor_count};
}

/* Append a term that comes after all others. */
static rg_status append_term(const rg_context *context, rg__sum *sum, const rg__term *term)
{
    rg__sum_term stored = {term->coefficient, sum->factors.count, term->factor_count};

    if (term->coefficient == 0) {
        return RG_OK;
    }
    if (sum->terms.count >= RG_SIZE_MAX_TERMS) {
        return RG_ERROR_LIMIT;
    }
    if (!rg__vector_reserve(&context->allocator, &sum->factors, (uint64_t)sum->factors.count + term->factor_count) ||
        !rg__vector_push(&context->allocator, &sum->terms, stored)) {
        return RG_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < term->factor_count; i++) {
        sum->factors.items[sum->factors.count++] = term->factors[i];
    }
    return RG_OK;
}

/* Multiply a term by `scale` into `out`, whose factors must have room for those of both. */
static rg_status multiply_term(const rg_context *context, rg__term *out, rg__factor *factors, const rg__term *scale,
                               const rg__term *term)
{
    uint32_t count = 0;
    uint32_t i = 0;
    uint32_t j = 0;

    while (i < scale->factor_count || j < term->factor_count) {
        int order = i == scale->factor_count ? 1
                    : j == term->factor_count
                        ? -1
                        : rg__size_compare_atoms(context, scale->factors[i].atom, term->factors[j].atom);
        rg__factor factor = order <= 0 ? scale->factors[i++] : term->factors[j++];
        if (order == 0) {
            if (factor.exponent > INT32_MAX - term->factors[j].exponent) {
                return RG_ERROR_TYPE;
            }
            factor.exponent += term->factors[j++].exponent;
        }
        factors[count++] = factor;
    }
    out->factors = factors;
    out->factor_count = count;
    return __builtin_mul_overflow(scale->coefficient, term->coefficient, &out->coefficient) ? RG_ERROR_TYPE : RG_OK;
}

/* Divide a term by `divisor`, exactly; false if that leaves a remainder. `factors` has room for those of `term`. */
static bool divide_term(rg__term *out, rg__factor *factors, const rg__term *term, const rg__term *divisor)
{
    uint32_t count = 0;
    uint32_t j = 0;

    if (divisor->coefficient == 0 || (term->coefficient == INT64_MIN && divisor->coefficient == -1) ||
        term->coefficient % divisor->coefficient != 0) {
        return false;
    }
    for (uint32_t i = 0; i < term->factor_count; i++) {
        rg__factor factor = term->factors[i];
        if (j < divisor->factor_count && divisor->factors[j].atom == factor.atom) {
            if (divisor->factors[j].exponent > factor.exponent) {
                return false;
            }
            factor.exponent -= divisor->factors[j].exponent;
            j++;
        }
        if (factor.exponent > 0) {
            factors[count++] = factor;
        }
    }
    *out = (rg__term){term->coefficient / divisor->coefficient, factors, count};
    return j == divisor->factor_count;
}

/* Merge `sum` and one ordered run of terms into `merged`. */
typedef rg_status (*next_term)(void *run, rg__term *out, bool *end);

static rg_status merge(const rg_context *context, rg__sum *merged, const rg__sum *sum, next_term next, void *run)
{
    rg__term added = {0, NULL, 0};
    bool end = false;
    uint32_t i = 0;
    rg_status status = next(run, &added, &end);

    while (status == RG_OK && (i < sum->terms.count || !end)) {
        rg__term kept = i < sum->terms.count ? rg__sum_get(sum, i) : (rg__term){0, NULL, 0};
        int order = end ? -1 : i == sum->terms.count ? 1 : rg__monomial_compare(context, &kept, &added);
        rg__term term = order <= 0 ? kept : added;
        if (order == 0 && __builtin_add_overflow(kept.coefficient, added.coefficient, &term.coefficient)) {
            return RG_ERROR_TYPE;
        }
        status = append_term(context, merged, &term);
        if (order <= 0) {
            i++;
        }
        if (status == RG_OK && order >= 0) {
            status = next(run, &added, &end);
        }
    }
    return status;
}

/* Replace `sum` by its merger with a run; `sum` is unchanged on failure. */
static rg_status add_run(const rg_context *context, rg__sum *sum, next_term next, void *run)
{
    rg__sum merged = {0};
    rg_status status = merge(context, &merged, sum, next, run);

    if (status != RG_OK) {
        rg__sum_free(context, &merged);
        return status;
    }
    rg__sum_free(context, sum);
    *sum = merged;
    return RG_OK;
}

/* The run of a size's terms, each multiplied by `scale` or divided by it. */
typedef struct scaled_run {
    const rg_context *context;
    rg__term_walk walk;
    const rg__term *scale;
    bool divide;
    rg__factor *factors; /* of the term last given out */
    uint32_t capacity;
} scaled_run;

static rg_status next_scaled(void *user, rg__term *out, bool *end)
{
    scaled_run *run = user;
    const rg_allocator *allocator = &run->context->allocator;
    rg__term term;

    *end = !rg__term_walk_next(&run->walk, &term);
    if (*end) {
        return RG_OK;
    }
    uint32_t needed = term.factor_count + run->scale->factor_count;
    if (needed > run->capacity) {
        rg__factor *factors = rg__allocate(allocator, needed * sizeof *factors);
        if (factors == NULL) {
            return RG_ERROR_MEMORY;
        }
        rg__free(allocator, run->factors, run->capacity * sizeof *factors);
        run->factors = factors;
        run->capacity = needed;
    }
    if (run->divide) {
        return divide_term(out, run->factors, &term, run->scale) ? RG_OK : RG_ERROR_TYPE;
    }
    return multiply_term(run->context, out, run->factors, run->scale, &term);
}

static rg_status add_size(rg_context *context, rg__sum *sum, const rg__term *scale, bool divide, rg_size size)
{
    scaled_run run = {.context = context, .scale = scale, .divide = divide, .factors = NULL, .capacity = 0};
    rg_status status;

    if (scale->coefficient == 0) {
        return RG_OK;
    }
    rg__term_walk_start(&run.walk, context, size);
    status = add_run(context, sum, next_scaled, &run);
    rg__free(&context->allocator, run.factors, run.capacity * sizeof *run.factors);
    return status;
}

rg_status rg__sum_add(rg_context *context, rg__sum *sum, const rg__term *scale, rg_size size)
{
    return add_size(context, sum, scale, false, size);
}

rg_status rg__sum_add_scaled(rg_context *context, rg__sum *sum, int64_t coefficient, rg_size size)
{
    rg__term scale = {coefficient, NULL, 0};
    return add_size(context, sum, &scale, false, size);
}

rg_status rg__sum_add_quotient(rg_context *context, rg__sum *sum, rg_size size, const rg__term *divisor)
{
    return add_size(context, sum, divisor, true, size);
}

/* ---- floats ---- */

/* Floats stand first among the factors. */
static uint32_t count_floats(const rg_context *context, const rg__term *term)
{
    uint32_t count = 0;
    while (count < term->factor_count &&
           rg__size_kind_of(context, (rg_size){term->factors[count].atom}) == RG_SIZE_KIND_FLOAT) {
        count++;
    }
    return count;
}

static double number_of_term(const rg_context *context, const rg__term *term, uint32_t floats)
{
    double number = (double)term->coefficient;
    for (uint32_t i = 0; i < floats; i++) {
        const rg__size_record *record = rg__size_record_of(context, (rg_size){term->factors[i].atom});
        number *= pow(rg__size_float_value(record), term->factors[i].exponent);
    }
    return number;
}

static bool same_rest(const rg__term *a, uint32_t floats_a, const rg__term *b, uint32_t floats_b)
{
    if (a->factor_count - floats_a != b->factor_count - floats_b) {
        return false;
    }
    for (uint32_t i = floats_a, j = floats_b; i < a->factor_count; i++, j++) {
        if (a->factors[i].atom != b->factors[j].atom || a->factors[i].exponent != b->factors[j].exponent) {
            return false;
        }
    }
    return true;
}

/* Append `number` times the factors behind the floats of `like`; the sign goes into the coefficient. */
static rg_status append_float_term(rg_context *context, rg__sum *sum, double number, const rg__term *like,
                                   uint32_t floats)
{
    uint32_t rest = like->factor_count - floats;
    rg__term term = {number < 0 ? -1 : 1, NULL, rest + 1};
    rg_size atom;

    if (number == 0) {
        return RG_OK;
    }
    rg_status status = rg__size_from_float(&atom, context, fabs(number));
    if (status != RG_OK) {
        return status;
    }
    rg__factor *factors = rg__allocate(&context->allocator, (rest + 1) * sizeof(*factors));
    if (factors == NULL) {
        return RG_ERROR_MEMORY;
    }
    factors[0] = (rg__factor){atom.id, 1};
    if (rest > 0) {
        memcpy(factors + 1, like->factors + floats, rest * sizeof(*factors));
    }
    term.factors = factors;
    status = append_term(context, sum, &term);
    rg__free(&context->allocator, factors, (rest + 1) * sizeof(*factors));
    return status;
}

/* Terms that differ only in numbers, of which at least one is a float, become one. They are neighbours. */
static rg_status fold_floats(rg_context *context, rg__sum *out, const rg__sum *sum)
{
    rg_status status = RG_OK;

    for (uint32_t i = 0; i < sum->terms.count && status == RG_OK;) {
        rg__term first = rg__sum_get(sum, i);
        uint32_t floats = count_floats(context, &first);
        double number = number_of_term(context, &first, floats);
        bool has_float = floats > 0;
        for (i++; i < sum->terms.count; i++) {
            rg__term next = rg__sum_get(sum, i);
            uint32_t next_floats = count_floats(context, &next);
            if (!same_rest(&first, floats, &next, next_floats)) {
                break;
            }
            has_float = true; /* else it would be the same monomial */
            number += number_of_term(context, &next, next_floats);
        }
        status =
            has_float ? append_float_term(context, out, number, &first, floats) : append_term(context, out, &first);
    }
    return status;
}

static bool has_floats(const rg_context *context, const rg__sum *sum)
{
    for (uint32_t i = 0; i < sum->factors.count; i++) {
        if (rg__size_kind_of(context, (rg_size){sum->factors.items[i].atom}) == RG_SIZE_KIND_FLOAT) {
            return true;
        }
    }
    return false;
}

/* ---- records ---- */

/* A sum of one term that needs no record of a sum: a number, or a bare atom. */
static bool is_single(rg_status *status, rg_size *out, rg_context *context, const rg__sum *sum)
{
    rg__term term = rg__sum_get(sum, 0);

    if (term.factor_count == 0) {
        *status = rg__size_from_int(out, context, term.coefficient);
        return true;
    }
    const rg__size_record *record = rg__size_record_of(context, (rg_size){term.factors[0].atom});
    if (term.factor_count > 1 || term.factors[0].exponent > 1) {
        return false;
    }
    if (record->kind == RG_SIZE_KIND_FLOAT) {
        *status = rg__size_from_float(out, context, (double)term.coefficient * rg__size_float_value(record));
        return true;
    }
    *status = RG_OK;
    out->id = term.factors[0].atom;
    return term.coefficient == 1;
}

static rg_status intern_sum(rg_size *out, rg_context *context, const rg__sum *sum)
{
    uint64_t word_count = (uint64_t)sum->terms.count * 3 + (uint64_t)sum->factors.count * 2;
    uint32_t position = 0;
    rg_status status;

    if (word_count > RG_SIZE_MAX_WEIGHT) {
        return RG_ERROR_LIMIT;
    }
    uint32_t *words = rg__allocate(&context->allocator, word_count * sizeof *words);
    if (words == NULL) {
        return RG_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < sum->terms.count; i++) {
        rg__term term = rg__sum_get(sum, i);
        words[position++] = (uint32_t)(uint64_t)term.coefficient;
        words[position++] = (uint32_t)((uint64_t)term.coefficient >> 32);
        words[position++] = term.factor_count;
        for (uint32_t j = 0; j < term.factor_count; j++) {
            words[position++] = term.factors[j].atom;
            words[position++] = term.factors[j].exponent;
        }
    }
    status = rg__size_intern(out, context, RG_SIZE_KIND_SUM, 0, words, position);
    rg__free(&context->allocator, words, word_count * sizeof *words);
    return status;
}

rg_status rg__sum_to_size(rg_size *out, rg_context *context, const rg__sum *sum)
{
    rg__sum folded = {0};
    rg_status status = RG_OK;

    *out = (rg_size){0};
    if (has_floats(context, sum)) {
        status = fold_floats(context, &folded, sum);
        sum = &folded;
    }
    if (status == RG_OK && sum->terms.count == 0) {
        status = rg__size_from_int(out, context, 0);
    } else if (status == RG_OK && (sum->terms.count > 1 || !is_single(&status, out, context, sum))) {
        status = intern_sum(out, context, sum);
    }
    rg__sum_free(context, &folded);
    return status;
}

/* ---- division ---- */

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

uint32_t rg__size_first_factor_count(const rg_context *context, rg_size size)
{
    rg__term_walk walk;
    rg__term term;
    rg__term_walk_start(&walk, context, size);
    return rg__term_walk_next(&walk, &term) ? term.factor_count : 0;
}

/* Keep of `factors` what also divides `term`. */
static void intersect_factors(rg__factor *factors, uint32_t *count, const rg__term *term)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        for (uint32_t j = 0; j < term->factor_count; j++) {
            if (factors[i].atom == term->factors[j].atom) {
                uint32_t exponent = term->factors[j].exponent;
                factors[kept].atom = factors[i].atom;
                factors[kept].exponent = exponent < factors[i].exponent ? exponent : factors[i].exponent;
                kept++;
                break;
            }
        }
    }
    *count = kept;
}

void rg__size_common_factor(const rg_context *context, rg_size a, rg_size b, rg__factor *factors, uint32_t *count,
                            uint64_t *divisor)
{
    const rg_size sizes[2] = {b, a};
    bool first = true;

    *count = 0;
    *divisor = 0;
    for (int i = 0; i < 2; i++) {
        rg__term_walk walk;
        rg__term term;
        for (rg__term_walk_start(&walk, context, sizes[i]); rg__term_walk_next(&walk, &term);) {
            *divisor = greatest_common_divisor(*divisor, magnitude(term.coefficient));
            if (first) {
                *count = term.factor_count;
                if (term.factor_count > 0) {
                    memcpy(factors, term.factors, term.factor_count * sizeof *factors);
                }
                first = false;
            } else {
                intersect_factors(factors, count, &term);
            }
        }
    }
}

/* One step of the division: subtract the multiple of `divisor` that cancels the first term of `rest`. */
static rg_status divide_step(rg_context *context, rg__sum *rest, rg__sum *quotient, rg_size divisor,
                             const rg__term *divisor_first, bool *exact)
{
    rg__term first = rg__sum_get(rest, 0);
    rg__term step;
    rg_size one = {RG_SIZE_IMMEDIATE | 1};
    size_t bytes = (first.factor_count + 1) * sizeof(rg__factor);
    rg__factor *factors = rg__allocate(&context->allocator, bytes);
    rg_status status = RG_OK;

    if (factors == NULL) {
        return RG_ERROR_MEMORY;
    }
    *exact = divide_term(&step, factors, &first, divisor_first);
    if (*exact) {
        status = rg__sum_add(context, quotient, &step, one);
        if (status == RG_OK && __builtin_sub_overflow(0, step.coefficient, &step.coefficient)) {
            status = RG_ERROR_TYPE;
        }
        if (status == RG_OK) {
            status = rg__sum_add(context, rest, &step, divisor);
        }
    }
    rg__free(&context->allocator, factors, bytes);
    return status;
}

rg_status rg__size_divide_exactly(rg_size *out, bool *exact, rg_context *context, rg_size a, rg_size b)
{
    rg__sum rest = {0};
    rg__sum quotient = {0};
    rg__term_walk walk;
    rg__term first = {0, NULL, 0};
    rg_status status = rg__sum_add_scaled(context, &rest, 1, a);

    *out = (rg_size){0};
    rg__term_walk_start(&walk, context, b);
    *exact = rg__term_walk_next(&walk, &first);
    /* Each step removes the first monomial of the rest for good: the order of monomials is a well-order. */
    while (status == RG_OK && *exact && rest.terms.count > 0) {
        status = divide_step(context, &rest, &quotient, b, &first, exact);
    }
    if (status == RG_OK && *exact) {
        status = rg__sum_to_size(out, context, &quotient);
    }
    *exact = *exact && status == RG_OK;
    if (status != RG_ERROR_MEMORY) {
        status = RG_OK; /* a quotient that cannot be represented is no use to the caller */
    }
    rg__sum_free(context, &rest);
    rg__sum_free(context, &quotient);
    return status;
}

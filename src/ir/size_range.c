/*
 * size_range.c: bounds on the value of a size, and the decisions that follow from them.
 *
 * Interval arithmetic alone does not see that `s0*s1 - s0` is positive, that `2*(s0//2) <= s0`, or that
 * `u0 <= Max(1, u0)`. A difference is therefore also examined
 *   - with every atom x written as x' + low, so that terms of one sign bound the sum by its constant,
 *   - without the factors that all terms share,
 *   - with n*(x//n) written as x - r, 0 <= r < n,
 *   - with Max and Min replaced by each of their operands.
 * Every step gives bounds that hold for all admissible values; taken together they still do.
 */
#include "ir/size_impl.h"

#define NO_LOW  INT64_MIN
#define NO_HIGH INT64_MAX

/* Bounds on the effort for one difference. */
#define MAX_SHIFTED_TERMS  32
#define MAX_SHIFTED_POWER  8
#define MAX_EXCHANGE_DEPTH 4  /* quotients, Max and Min rewritten within one another */
#define MAX_EXCHANGES      16 /* in all */
#define MAX_COMMON_FACTORS 16

static const rg__range unbounded = {NO_LOW, NO_HIGH};
static const rg_size one = {RG_SIZE_IMMEDIATE | 1};

/* ---- interval arithmetic; ends saturate outwards ---- */

static rg__range clamp(__int128 low, __int128 high)
{
    rg__range range;
    range.low = low <= NO_LOW ? NO_LOW : low >= NO_HIGH ? NO_HIGH - 1 : (int64_t)low;
    range.high = high >= NO_HIGH ? NO_HIGH : high <= NO_LOW ? NO_LOW + 1 : (int64_t)high;
    return range;
}

static rg__range add_ranges(rg__range a, rg__range b)
{
    rg__range sum = clamp((__int128)a.low + b.low, (__int128)a.high + b.high);
    if (a.low == NO_LOW || b.low == NO_LOW) {
        sum.low = NO_LOW;
    }
    if (a.high == NO_HIGH || b.high == NO_HIGH) {
        sum.high = NO_HIGH;
    }
    return sum;
}

/* Infinite ends behave as numbers far beyond all products of finite ones. */
static __int128 multiply_ends(int64_t a, int64_t b)
{
    const __int128 infinity = (__int128)1 << 126;
    bool negative = (a < 0) != (b < 0);
    if (a == 0 || b == 0) {
        return 0;
    }
    if (a == NO_LOW || a == NO_HIGH || b == NO_LOW || b == NO_HIGH) {
        return negative ? -infinity : infinity;
    }
    return (__int128)a * b;
}

static rg__range multiply_ranges(rg__range a, rg__range b)
{
    const __int128 products[4] = {multiply_ends(a.low, b.low), multiply_ends(a.low, b.high),
                                  multiply_ends(a.high, b.low), multiply_ends(a.high, b.high)};
    __int128 low = products[0];
    __int128 high = products[0];
    for (int i = 1; i < 4; i++) {
        low = products[i] < low ? products[i] : low;
        high = products[i] > high ? products[i] : high;
    }
    return clamp(low, high);
}

static rg__range power_range(rg__range base, uint32_t exponent)
{
    rg__range result = {1, 1};
    /* After 64 factors every end is 0, 1 or -1, or has saturated, so that only the parity of the rest matters. */
    for (uint32_t i = 0; i < exponent && i < 64 + exponent % 2; i++) {
        result = multiply_ranges(result, base);
    }
    if (exponent % 2 == 0 && result.low < 0) {
        result.low = 0;
    }
    return result;
}

static int64_t divide_down(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

/* Bounds of value // divisor for divisors that are not negative. They are not 0 either, or there is no quotient. */
static rg__range divide_range(rg__range value, rg__range divisor)
{
    rg__range result = unbounded;
    if (divisor.low < 0 || divisor.high < 1) {
        return result;
    }
    divisor.low = divisor.low == 0 ? 1 : divisor.low;
    if (value.low != NO_LOW) {
        /* A negative value is most negative over the smallest divisor. */
        result.low = value.low < 0             ? divide_down(value.low, divisor.low)
                     : divisor.high == NO_HIGH ? 0
                                               : value.low / divisor.high;
    }
    if (value.high != NO_HIGH) {
        result.high = value.high >= 0           ? value.high / divisor.low
                      : divisor.high == NO_HIGH ? -1
                                                : divide_down(value.high, divisor.high);
    }
    return result;
}

static rg__range modulo_range(rg__range value, rg__range divisor)
{
    rg__range result = unbounded;
    if (divisor.low < 0 || divisor.high < 1) {
        return result;
    }
    result.low = 0;
    result.high = divisor.high == NO_HIGH ? NO_HIGH : divisor.high - 1;
    if (value.low >= 0 && value.high < result.high) {
        result.high = value.high;
    }
    return result;
}

static rg__range float_range(double value)
{
    const double limit = 4e18; /* well inside int64 */
    if (!(value > -limit && value < limit)) {
        return unbounded;
    }
    int64_t whole = (int64_t)value;
    return (rg__range){(double)whole > value ? whole - 1 : whole, (double)whole < value ? whole + 1 : whole};
}

/* `u` and digits: unbacked, at least 0. Floats: nothing is known. All others, backed sizes and variables of rules: at
 * least 2. */
static rg__range symbol_range(const rg_context *context, const rg__size_record *record)
{
    rg_string name = rg__size_detail_text(context, record);
    if (record->integral == 0) {
        return unbounded;
    }
    bool unbacked = name.size > 1 && name.data[0] == 'u';
    for (size_t i = 1; unbacked && i < name.size; i++) {
        unbacked = name.data[i] >= '0' && name.data[i] <= '9';
    }
    return (rg__range){unbacked ? 0 : 2, NO_HIGH};
}

static rg__range extreme_range(const rg_context *context, const rg__size_record *record)
{
    bool is_max = record->kind == RG_SIZE_KIND_MAX;
    rg__range result = rg__size_range(context, (rg_size){record->words[0]});
    for (uint32_t i = 1; i < record->word_count; i++) {
        rg__range operand = rg__size_range(context, (rg_size){record->words[i]});
        result.low = (operand.low > result.low) == is_max ? operand.low : result.low;
        result.high = (operand.high > result.high) == is_max ? operand.high : result.high;
    }
    return result;
}

static rg_truth decide_range(rg_size_operation operation, rg__range difference);

static rg__range atom_range(const rg_context *context, uint32_t atom)
{
    const rg__size_record *record = rg__size_record_of(context, (rg_size){atom});
    rg__range operands[2] = {unbounded, unbounded};

    for (uint32_t i = 0; i < record->word_count && i < 2 && record->kind != RG_SIZE_KIND_FLOAT; i++) {
        operands[i] = rg__size_range(context, (rg_size){record->words[i]});
    }
    switch ((rg__size_kind)record->kind) {
    case RG_SIZE_KIND_SYMBOL:
        return symbol_range(context, record);
    case RG_SIZE_KIND_FLOAT:
        return float_range(rg__size_float_value(record));
    case RG_SIZE_KIND_FLOOR_DIVIDE:
        return divide_range(operands[0], operands[1]);
    case RG_SIZE_KIND_MODULO:
        return modulo_range(operands[0], operands[1]);
    case RG_SIZE_KIND_POWER: /* of an exponent that is not negative; 0**0 is 1 */
        return operands[0].low >= 0 ? (rg__range){operands[0].low > 0, NO_HIGH} : unbounded;
    case RG_SIZE_KIND_MAX:
    case RG_SIZE_KIND_MIN:
        return extreme_range(context, record);
    case RG_SIZE_KIND_RELATION: {
        rg__range negated = {operands[1].high == NO_HIGH ? NO_LOW : -operands[1].high,
                             operands[1].low == NO_LOW ? NO_HIGH : -operands[1].low};
        rg_truth truth = decide_range((rg_size_operation)record->detail, add_ranges(operands[0], negated));
        return truth == RG_UNKNOWN ? (rg__range){0, 1} : (rg__range){truth == RG_YES, truth == RG_YES};
    }
    default:
        return unbounded;
    }
}

/* Factors that all terms of a sum have. */
typedef struct common_factors {
    rg__factor items[MAX_COMMON_FACTORS];
    uint32_t count;
} common_factors;

static const common_factors no_factors = {.count = 0};

static uint32_t exponent_in(const rg__factor *factors, uint32_t count, uint32_t atom)
{
    for (uint32_t i = 0; i < count; i++) {
        if (factors[i].atom == atom) {
            return factors[i].exponent;
        }
    }
    return 0;
}

/* Bounds of a term divided by the common factors. */
static rg__range term_range(const rg_context *context, const rg__term *term, const common_factors *common)
{
    rg__range range = {term->coefficient, term->coefficient};
    for (uint32_t i = 0; i < term->factor_count; i++) {
        rg__factor factor = term->factors[i];
        factor.exponent -= exponent_in(common->items, common->count, factor.atom);
        range = multiply_ranges(range, power_range(atom_range(context, factor.atom), factor.exponent));
    }
    return range;
}

rg__range rg__size_range(const rg_context *context, rg_size size)
{
    rg__range range = {0, 0};
    rg__term_walk walk;
    rg__term term;

    for (rg__term_walk_start(&walk, context, size); rg__term_walk_next(&walk, &term);) {
        range = add_ranges(range, term_range(context, &term, &no_factors));
    }
    return range;
}

/* ---- differences ---- */

/* The effort left, and whether the allocator failed: bounds are then only what was found until then. */
typedef struct search {
    rg_context *context;
    int exchanges;
    bool out_of_memory;
} search;

static bool succeeded(search *state, rg_status status)
{
    state->out_of_memory = state->out_of_memory || status == RG_ERROR_MEMORY;
    return status == RG_OK;
}

static rg__range intersect(rg__range a, rg__range b)
{
    return (rg__range){a.low > b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
}

/* Those that are at least 1. */
static common_factors find_common_factors(const rg_context *context, const rg__sum *sum)
{
    common_factors common = {.count = 0};
    rg__term first = rg__sum_get(sum, 0);
    for (uint32_t i = 0; i < first.factor_count && common.count < MAX_COMMON_FACTORS; i++) {
        rg__factor factor = first.factors[i];
        for (uint32_t j = 1; j < sum->terms.count && factor.exponent > 0; j++) {
            rg__term term = rg__sum_get(sum, j);
            uint32_t exponent = exponent_in(term.factors, term.factor_count, factor.atom);
            factor.exponent = exponent < factor.exponent ? exponent : factor.exponent;
        }
        if (factor.exponent > 0 && atom_range(context, factor.atom).low >= 1) {
            common.items[common.count++] = factor;
        }
    }
    return common;
}

/* Bounds of a sum divided by the common factors. */
static rg__range interval_of_sum(const rg_context *context, const rg__sum *sum, const common_factors *common)
{
    rg__range range = {0, 0};
    for (uint32_t i = 0; i < sum->terms.count; i++) {
        rg__term term = rg__sum_get(sum, i);
        range = add_ranges(range, term_range(context, &term, common));
    }
    return range;
}

/* Without common factors that are at least 1 a sum keeps its sign and comes nearer to 0: bounds on one side of 0 hold
 * for the sum too. */
static rg__range range_without_common(const rg_context *context, const rg__sum *sum)
{
    common_factors common = find_common_factors(context, sum);
    rg__range rest = common.count == 0 ? unbounded : interval_of_sum(context, sum, &common);
    return (rg__range){rest.low > 0 ? rest.low : NO_LOW, rest.high < 0 ? rest.high : NO_HIGH};
}

/* product *= (atom + low): `atom` then stands for what exceeds its lower bound. */
static rg_status multiply_by_shifted(rg_context *context, rg__sum *product, uint32_t atom, int64_t low)
{
    rg__sum result = {0};
    rg_status status = RG_OK;

    for (uint32_t i = 0; i < product->terms.count && status == RG_OK; i++) {
        rg__term term = rg__sum_get(product, i);
        status = rg__sum_add(context, &result, &term, (rg_size){atom});
        if (status == RG_OK) {
            status = __builtin_mul_overflow(term.coefficient, low, &term.coefficient)
                         ? RG_ERROR_TYPE
                         : rg__sum_add(context, &result, &term, one);
        }
    }
    if (status == RG_OK && result.terms.count > MAX_SHIFTED_TERMS) {
        status = RG_ERROR_LIMIT;
    }
    if (status == RG_OK) {
        rg__sum_free(context, product);
        *product = result;
    } else {
        rg__sum_free(context, &result);
    }
    return status;
}

static rg_status add_shifted_term(rg_context *context, rg__sum *shifted, const rg__term *term)
{
    rg__sum product = {0};
    rg_status status = rg__sum_add_scaled(context, &product, term->coefficient, one);

    for (uint32_t i = 0; i < term->factor_count && status == RG_OK; i++) {
        rg__range range = atom_range(context, term->factors[i].atom);
        if (range.low == NO_LOW || term->factors[i].exponent > MAX_SHIFTED_POWER) {
            status = RG_ERROR_LIMIT; /* nothing to count from, or a product too long to write out */
        }
        for (uint32_t j = 0; j < term->factors[i].exponent && status == RG_OK; j++) {
            status = multiply_by_shifted(context, &product, term->factors[i].atom, range.low);
        }
    }
    for (uint32_t i = 0; i < product.terms.count && status == RG_OK; i++) {
        rg__term part = rg__sum_get(&product, i);
        status = rg__sum_add(context, shifted, &part, one);
    }
    rg__sum_free(context, &product);
    return status;
}

/* Bounds of a sum by the signs of its terms, once every atom counts from its lower bound. */
static rg__range shifted_range(search *state, const rg__sum *sum)
{
    rg__sum shifted = {0};
    bool ok = sum->terms.count <= MAX_SHIFTED_TERMS;
    rg__range range = {0, 0};

    for (uint32_t i = 0; i < sum->terms.count && ok; i++) {
        rg__term term = rg__sum_get(sum, i);
        ok = succeeded(state, add_shifted_term(state->context, &shifted, &term));
    }
    for (uint32_t i = 0; i < shifted.terms.count && ok; i++) {
        rg__term term = rg__sum_get(&shifted, i);
        rg__range sign = {term.coefficient < 0 ? NO_LOW : 0, term.coefficient > 0 ? NO_HIGH : 0};
        if (term.factor_count == 0) {
            sign = (rg__range){term.coefficient, term.coefficient};
        }
        range = add_ranges(range, sign);
    }
    rg__sum_free(state->context, &shifted);
    return ok ? range : unbounded;
}

static rg__range sum_range(search *state, const rg__sum *sum, int depth);

/* Bounds of factor * (sum - exchanged) + scale * replacement, where `exchanged` is a term of the sum. */
static rg__range exchanged_range(search *state, const rg__sum *sum, uint32_t exchanged, int64_t factor, int64_t scale,
                                 rg_size replacement, int depth)
{
    rg__sum copy = {0};
    rg__range range = unbounded;
    rg_status status = RG_OK;

    for (uint32_t i = 0; i < sum->terms.count && status == RG_OK; i++) {
        rg__term term = rg__sum_get(sum, i);
        if (i != exchanged) {
            status = __builtin_mul_overflow(term.coefficient, factor, &term.coefficient)
                         ? RG_ERROR_TYPE
                         : rg__sum_add(state->context, &copy, &term, one);
        }
    }
    if (status == RG_OK) {
        status = rg__sum_add_scaled(state->context, &copy, scale, replacement);
    }
    if (succeeded(state, status)) {
        range = sum_range(state, &copy, depth);
    }
    rg__sum_free(state->context, &copy);
    return range;
}

/* divisor * sum, with coefficient * (x // divisor) written as coefficient * (x - r); the bounds divided by divisor. */
static rg__range range_without_quotient(search *state, const rg__sum *sum, uint32_t index,
                                        const rg__size_record *quotient, int depth)
{
    int64_t coefficient = rg__sum_get(sum, index).coefficient;
    int64_t divisor;
    rg__range range = unbounded;

    if (!rg_size_as_int(state->context, (rg_size){quotient->words[1]}, &divisor) || divisor < 1) {
        return range;
    }
    range = exchanged_range(state, sum, index, divisor, coefficient, (rg_size){quotient->words[0]}, depth);
    rg__range remainder = {0, divisor - 1};
    range = add_ranges(range, multiply_ranges(clamp(-(__int128)coefficient, -(__int128)coefficient), remainder));
    if (range.low != NO_LOW) {
        range.low = -divide_down(-range.low, divisor); /* rounded up: the sum is an integer */
    }
    if (range.high != NO_HIGH) {
        range.high = divide_down(range.high, divisor);
    }
    return range;
}

/* Max(x, y) with a positive coefficient makes the sum the greatest of what each operand makes it; and so on. */
static rg__range range_of_choices(search *state, const rg__sum *sum, uint32_t index, const rg__size_record *extreme,
                                  int depth)
{
    int64_t coefficient = rg__sum_get(sum, index).coefficient;
    bool greatest = (extreme->kind == RG_SIZE_KIND_MAX) == (coefficient > 0);
    rg__range result = unbounded;

    for (uint32_t i = 0; i < extreme->word_count; i++) {
        rg__range choice = exchanged_range(state, sum, index, 1, coefficient, (rg_size){extreme->words[i]}, depth);
        if (i == 0) {
            result = choice;
        }
        result.low = (choice.low > result.low) == greatest ? choice.low : result.low;
        result.high = (choice.high > result.high) == greatest ? choice.high : result.high;
    }
    return result;
}

static bool has_one_sign(rg__range range)
{
    return range.low > 0 || range.high < 0;
}

static bool sum_is_integral(const rg_context *context, const rg__sum *sum)
{
    for (uint32_t i = 0; i < sum->factors.count; i++) {
        if (!rg__size_is_integral(context, (rg_size){sum->factors.items[i].atom})) {
            return false;
        }
    }
    return true;
}

static rg__range sum_range(search *state, const rg__sum *sum, int depth)
{
    const rg_context *context = state->context;
    rg__range range = interval_of_sum(context, sum, &no_factors);

    if (has_one_sign(range) || sum->terms.count < 2 || !sum_is_integral(context, sum)) {
        return range;
    }
    if (depth == 0) { /* where all that matters is the sign */
        range = intersect(range, range_without_common(context, sum));
        if (has_one_sign(range)) {
            return range;
        }
    }
    range = intersect(range, shifted_range(state, sum));
    for (uint32_t i = 0; i < sum->terms.count && depth < MAX_EXCHANGE_DEPTH; i++) {
        rg__term term = rg__sum_get(sum, i);
        if (term.factor_count != 1 || term.factors[0].exponent != 1) {
            continue;
        }
        const rg__size_record *atom = rg__size_record_of(context, (rg_size){term.factors[0].atom});
        bool quotient = atom->kind == RG_SIZE_KIND_FLOOR_DIVIDE;
        bool extreme = atom->kind == RG_SIZE_KIND_MAX || atom->kind == RG_SIZE_KIND_MIN;
        if ((quotient || extreme) && state->exchanges-- > 0) {
            range = intersect(range, quotient ? range_without_quotient(state, sum, i, atom, depth + 1)
                                              : range_of_choices(state, sum, i, atom, depth + 1));
        }
    }
    return range;
}

/* ---- decisions ---- */

static rg_truth decide_range(rg_size_operation operation, rg__range difference)
{
    bool zero = difference.low == 0 && difference.high == 0;
    bool not_zero = difference.low > 0 || difference.high < 0;
    bool yes = false;
    bool no = false;

    switch (operation) {
    case RG_SIZE_LESS:
        yes = difference.high < 0;
        no = difference.low >= 0;
        break;
    case RG_SIZE_LESS_EQUAL:
        yes = difference.high <= 0;
        no = difference.low > 0;
        break;
    case RG_SIZE_GREATER:
        yes = difference.low > 0;
        no = difference.high <= 0;
        break;
    case RG_SIZE_GREATER_EQUAL:
        yes = difference.low >= 0;
        no = difference.high < 0;
        break;
    case RG_SIZE_EQUAL:
        yes = zero;
        no = not_zero;
        break;
    case RG_SIZE_NOT_EQUAL:
        yes = not_zero;
        no = zero;
        break;
    default:
        break;
    }
    return yes ? RG_YES : no ? RG_NO : RG_UNKNOWN;
}

/* `6*s0 - 4*s1 + 3` is never 0: all terms but the constant share a divisor that the constant lacks. */
static bool never_zero_by_divisor(const rg_context *context, const rg__sum *sum)
{
    uint64_t divisor = 0;
    int64_t constant = 0;

    for (uint32_t i = 0; i < sum->terms.count; i++) {
        rg__term term = rg__sum_get(sum, i);
        if (term.factor_count == 0) {
            constant = term.coefficient;
            continue;
        }
        uint64_t a = term.coefficient < 0 ? 0 - (uint64_t)term.coefficient : (uint64_t)term.coefficient;
        while (a != 0) {
            uint64_t rest = divisor % a;
            divisor = a;
            a = rest;
        }
    }
    return divisor > 1 && (constant < 0 ? 0 - (uint64_t)constant : (uint64_t)constant) % divisor != 0 &&
           sum_is_integral(context, sum);
}

/* The sign of a - b for two numbers, which as a difference might overflow. */
static bool compare_numbers(int *sign, const rg_context *context, rg_size a, rg_size b)
{
    const rg_size sizes[2] = {a, b};
    int64_t integers[2] = {0, 0};
    double values[2];
    bool floats = false;

    for (int i = 0; i < 2; i++) {
        const rg__size_record *record = rg__size_record_of(context, sizes[i]);
        if (record != NULL && record->kind == RG_SIZE_KIND_FLOAT) {
            values[i] = rg__size_float_value(record);
            floats = true;
        } else if (rg_size_as_int(context, sizes[i], &integers[i])) {
            values[i] = (double)integers[i];
        } else {
            return false;
        }
    }
    *sign = floats ? (values[0] > values[1]) - (values[0] < values[1])
                   : (integers[0] > integers[1]) - (integers[0] < integers[1]);
    return true;
}

static rg_status work_out(rg_truth *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    search state = {context, MAX_EXCHANGES, false};
    rg__sum sum = {0};
    rg__range range = unbounded;
    int sign;

    if (compare_numbers(&sign, context, a, b)) {
        range = (rg__range){sign, sign};
    } else if (succeeded(&state, rg__sum_add_scaled(context, &sum, 1, a)) &&
               succeeded(&state, rg__sum_add_scaled(context, &sum, -1, b))) {
        range = sum_range(&state, &sum, 0);
        if (range.low <= 0 && range.high >= 0 && never_zero_by_divisor(context, &sum)) {
            /* Not zero, on either side of it: only (in)equality follows. */
            if (operation == RG_SIZE_EQUAL || operation == RG_SIZE_NOT_EQUAL) {
                range = (rg__range){1, NO_HIGH};
            }
        }
    }
    *out = decide_range(operation, range);
    rg__sum_free(context, &sum);
    return state.out_of_memory ? RG_ERROR_MEMORY : RG_OK;
}

rg_status rg__size_decide(rg_truth *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_size_decision *row = context->decisions[rg__size_answer_row(operation, a, b)];
    for (int i = 0; i < RG_SIZE_ANSWERS_IN_ROW && row[i].is_known; i++) {
        if (row[i].a.id == a.id && row[i].b.id == b.id && row[i].operation == (uint8_t)operation) {
            *out = (rg_truth)row[i].truth;
            return RG_OK;
        }
    }
    rg_status status = work_out(out, context, operation, a, b);
    if (status == RG_OK) {
        memmove(row + 1, row, (RG_SIZE_ANSWERS_IN_ROW - 1) * sizeof(*row));
        row[0] = (rg_size_decision){a, b, (uint8_t)operation, (uint8_t)*out, true};
    }
    return status;
}

static rg_truth decide(rg_context *context, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_truth truth;
    return rg__size_decide(&truth, context, operation, a, b) == RG_OK ? truth : RG_UNKNOWN;
}

rg_truth rg_size_equal(rg_context *context, rg_size a, rg_size b)
{
    if (a.id == 0 || b.id == 0) {
        return RG_UNKNOWN;
    }
    if (a.id == b.id) {
        return RG_YES;
    }
    if ((a.id & b.id & RG_SIZE_IMMEDIATE) != 0) {
        return RG_NO;
    }
    return decide(context, RG_SIZE_EQUAL, a, b);
}

rg_truth rg_size_less_equal(rg_context *context, rg_size a, rg_size b)
{
    if (a.id == 0 || b.id == 0) {
        return RG_UNKNOWN;
    }
    if ((a.id & b.id & RG_SIZE_IMMEDIATE) != 0) {
        return a.id <= b.id ? RG_YES : RG_NO;
    }
    return decide(context, RG_SIZE_LESS_EQUAL, a, b);
}

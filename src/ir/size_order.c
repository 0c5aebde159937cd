/*
 * size_order.c: the order in which sympy prints terms and factors, which is also our canonical order.
 *
 * sympy sorts the terms of a sum lexicographically by exponent vectors over the bases, highest first; bases, factors
 * and the operands of Max and Min are sorted by a key of class, operands, exponent and coefficient (sympy 1.14:
 * Expr.sort_key, Expr.as_ordered_terms, StrPrinter). The class decides first: numbers, symbols, products, sums,
 * functions by name, then everything else by name.
 */
#include "ir/size_impl.h"

typedef struct class_key {
    int rank;
    rg_string name;
} class_key;

static class_key class_of(const rg_context *context, const rg__size_record *record)
{
    /* sympy's class_key numbers: Number 1, Symbol 2, Mul and Add 3, Function 4, other 5. */
    static const struct {
        uint8_t rank;
        const char *name;
    } classes[] = {
        [RG_SIZE_KIND_INTEGER] = {1, ""},   [RG_SIZE_KIND_FLOAT] = {1, ""},
        [RG_SIZE_KIND_SYMBOL] = {2, ""},    [RG_SIZE_KIND_FLOOR_DIVIDE] = {5, "FloorDiv"},
        [RG_SIZE_KIND_MODULO] = {5, "Mod"}, [RG_SIZE_KIND_POWER] = {5, "PowByNatural"},
        [RG_SIZE_KIND_CALL] = {5, ""},      [RG_SIZE_KIND_MAX] = {6, "Max"},
        [RG_SIZE_KIND_MIN] = {6, "Min"},    [RG_SIZE_KIND_RELATION] = {6, "Relation"},
        [RG_SIZE_KIND_TEXT] = {7, ""},
    };
    class_key key = {classes[record->kind].rank, rg_string_from(classes[record->kind].name)};
    if (record->kind == RG_SIZE_KIND_CALL) {
        key.name = rg__size_detail_text(context, record);
    } else if (record->kind == RG_SIZE_KIND_MODULO && record->detail == 0) {
        key.name = rg_string_from("PythonMod");
    }
    return key;
}

enum { RG_SIZE_RANK_NUMBER = 1, RG_SIZE_RANK_PRODUCT = 3, RG_SIZE_RANK_SUM = 4 };

static int compare_u64(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_i64(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_text(rg_string a, rg_string b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    return order != 0 ? order : compare_u64(a.size, b.size);
}

static int compare_floats(const rg__size_record *a, const rg__size_record *b)
{
    double x = rg__size_float_value(a);
    double y = rg__size_float_value(b);
    if (x < y || x > y) {
        return x < y ? -1 : 1;
    }
    return memcmp(a->words, b->words, 2 * sizeof(uint32_t));
}

int rg__size_compare_atoms(const rg_context *context, uint32_t a, uint32_t b)
{
    if (a == b) {
        return 0;
    }
    const rg__size_record *record_a = rg__size_record_of(context, (rg_size){a});
    const rg__size_record *record_b = rg__size_record_of(context, (rg_size){b});
    class_key class_a = class_of(context, record_a);
    class_key class_b = class_of(context, record_b);
    int order = class_a.rank - class_b.rank;

    if (order == 0) {
        order = compare_text(class_a.name, class_b.name);
    }
    if (order != 0) {
        return order;
    }
    if (record_a->kind == RG_SIZE_KIND_SYMBOL || record_a->kind == RG_SIZE_KIND_TEXT) {
        return compare_text(rg__size_detail_text(context, record_a), rg__size_detail_text(context, record_b));
    }
    if (record_a->kind == RG_SIZE_KIND_FLOAT) {
        return compare_floats(record_a, record_b);
    }
    order = compare_u64(record_a->word_count, record_b->word_count);
    for (uint32_t i = 0; order == 0 && i < record_a->word_count; i++) {
        order = rg__size_compare(context, (rg_size){record_a->words[i]}, (rg_size){record_b->words[i]});
    }
    return order != 0 ? order : compare_u64(record_a->detail, record_b->detail);
}

static int term_rank(const rg_context *context, const rg__term *term)
{
    if (term->factor_count == 0) {
        return RG_SIZE_RANK_NUMBER;
    }
    if (term->factor_count > 1) {
        return RG_SIZE_RANK_PRODUCT;
    }
    return class_of(context, rg__size_record_of(context, (rg_size){term->factors[0].atom})).rank;
}

static int compare_terms(const rg_context *context, const rg__term *a, const rg__term *b)
{
    int order = term_rank(context, a) - term_rank(context, b);

    if (order == 0) {
        order = compare_u64(a->factor_count, b->factor_count);
    }
    for (uint32_t i = 0; order == 0 && i < a->factor_count; i++) {
        order = rg__size_compare_atoms(context, a->factors[i].atom, b->factors[i].atom);
        if (order == 0) {
            order = compare_u64(a->factors[i].exponent, b->factors[i].exponent);
        }
    }
    return order != 0 ? order : compare_i64(a->coefficient, b->coefficient);
}

/* At least 1: zero counts as a number like any other. */
static uint32_t count_terms(const rg_context *context, rg_size size)
{
    rg__term_walk walk;
    rg__term term;
    uint32_t count = 0;
    for (rg__term_walk_start(&walk, context, size); rg__term_walk_next(&walk, &term);) {
        count++;
    }
    return count == 0 ? 1 : count;
}

bool rg__size_prints_constant_first(const rg__size_record *record)
{
    /* Two terms, a product of a negative number and one factor, then a positive number. */
    return record->kind == RG_SIZE_KIND_SUM && record->word_count == 8 && record->words[2] == 1 &&
           record->words[7] == 0 && (int32_t)record->words[1] < 0 && (int32_t)record->words[6] >= 0;
}

/* The first two terms as sympy prints them; sums of more than two terms are never reordered. */
static void printed_pair(const rg_context *context, rg_size size, rg__term_walk *walk, rg__term pair[2])
{
    const rg__size_record *record = rg__size_record_of(context, size);
    bool swap = record != NULL && rg__size_prints_constant_first(record);
    rg__term_walk_start(walk, context, size);
    (void)rg__term_walk_next(walk, &pair[swap ? 1 : 0]);
    (void)rg__term_walk_next(walk, &pair[swap ? 0 : 1]);
}

int rg__size_compare(const rg_context *context, rg_size a, rg_size b)
{
    if (a.id == b.id) {
        return 0;
    }
    uint32_t count_a = count_terms(context, a);
    uint32_t count_b = count_terms(context, b);
    rg__term_walk walk_a;
    rg__term_walk walk_b;
    rg__term terms_a[2] = {{0, NULL, 0}, {0, NULL, 0}};
    rg__term terms_b[2] = {{0, NULL, 0}, {0, NULL, 0}};

    printed_pair(context, a, &walk_a, terms_a);
    printed_pair(context, b, &walk_b, terms_b);
    int rank_a = count_a > 1 ? RG_SIZE_RANK_SUM : term_rank(context, &terms_a[0]);
    int rank_b = count_b > 1 ? RG_SIZE_RANK_SUM : term_rank(context, &terms_b[0]);
    int order = rank_a - rank_b;

    if (order == 0) {
        order = compare_u64(count_a, count_b);
    }
    for (uint32_t i = 0; order == 0 && i < count_a; i++) {
        if (i >= 2) {
            (void)rg__term_walk_next(&walk_a, &terms_a[1]);
            (void)rg__term_walk_next(&walk_b, &terms_b[1]);
        }
        order = compare_terms(context, &terms_a[i == 0 ? 0 : 1], &terms_b[i == 0 ? 0 : 1]);
    }
    return order;
}

/* Compare the factors in [start, end) of two terms. */
static int compare_factors(const rg_context *context, const rg__term *a, uint32_t start_a, uint32_t end_a,
                           const rg__term *b, uint32_t start_b, uint32_t end_b)
{
    uint32_t i = start_a;
    uint32_t j = start_b;

    for (; i < end_a && j < end_b; i++, j++) {
        int order = rg__size_compare_atoms(context, a->factors[i].atom, b->factors[j].atom);
        if (order == 0) {
            order = compare_u64(b->factors[j].exponent, a->factors[i].exponent);
        }
        if (order != 0) {
            return order;
        }
    }
    return compare_u64(end_b - j, end_a - i);
}

/* Numbers stand first in a product, but do not count in the order of a sum. */
static uint32_t count_floats(const rg_context *context, const rg__term *term)
{
    uint32_t count = 0;
    while (count < term->factor_count &&
           rg__size_kind_of(context, (rg_size){term->factors[count].atom}) == RG_SIZE_KIND_FLOAT) {
        count++;
    }
    return count;
}

int rg__monomial_compare(const rg_context *context, const rg__term *a, const rg__term *b)
{
    uint32_t floats_a = count_floats(context, a);
    uint32_t floats_b = count_floats(context, b);
    int order = compare_factors(context, a, floats_a, a->factor_count, b, floats_b, b->factor_count);
    return order != 0 ? order : compare_factors(context, a, 0, floats_a, b, 0, floats_b);
}

/*
 * size_impl.h: how sizes are stored and computed with; for size_*.c and nobody else.
 *
 * A handle is a small non-negative integer (immediate bit set) or the id of a record in `context->sizes`. A record is
 * an integer, an atom, or a sum. A sum has at least two terms, or one term that is not a bare atom. Terms stand in
 * the order in which sympy prints them and have non-zero coefficients and distinct monomials; the factors of a
 * monomial stand in sympy's order of their bases. So equal canonical forms are equal records, hence equal handles.
 *
 * Nothing here reports diagnostics; the statuses are RG_ERROR_MEMORY, RG_ERROR_TYPE (overflow, division by zero) and
 * RG_ERROR_LIMIT (an expression that has grown too large).
 */
#ifndef RG_IR_SIZE_IMPL_H
#define RG_IR_SIZE_IMPL_H

#include "ir/context_impl.h"

#define RG_SIZE_IMMEDIATE 0x80000000u
/* Bounds on one expression; real ones have a handful of terms. */
#define RG_SIZE_MAX_DEPTH    500 /* whatever rg_limits.max_depth allows: expressions are walked recursively */
#define RG_SIZE_MAX_TERMS    256
#define RG_SIZE_MAX_OPERANDS 64     /* of Max and Min */
#define RG_SIZE_MAX_WEIGHT   100000 /* nodes, written out as a tree */

typedef enum rg__size_kind {
    RG_SIZE_KIND_INTEGER, /* words: low, high half */
    RG_SIZE_KIND_SYMBOL,  /* detail: the name's string id */
    RG_SIZE_KIND_FLOAT,   /* words: low, high half of the double's bits */
    RG_SIZE_KIND_FLOOR_DIVIDE,
    RG_SIZE_KIND_MODULO, /* detail: 1 when both operands are known to be non-negative */
    RG_SIZE_KIND_POWER,  /* any base, exponent not an integer */
    RG_SIZE_KIND_MAX,    /* two operands or more, in sympy's order */
    RG_SIZE_KIND_MIN,
    RG_SIZE_KIND_RELATION, /* detail: the rg_size_operation */
    RG_SIZE_KIND_CALL,     /* detail: the function's name; any other function, of which only equality is known */
    RG_SIZE_KIND_TEXT,     /* detail: text that is no expression */
    RG_SIZE_KIND_SUM       /* words: per term low, high half of the coefficient, factor count, (atom, exponent)... */
} rg__size_kind;

/* Words of operations are handles of their operands. */
typedef struct rg__size_record {
    uint8_t kind;
    uint8_t integral; /* certainly an integer for every value of the symbols */
    uint16_t depth;
    uint32_t weight;
    uint32_t detail;
    uint32_t word_count;
    uint32_t words[];
} rg__size_record;

/* ---- records: size.c ---- */

/* The row in which the answer to a question about two sizes is kept. */
static inline uint32_t rg__size_answer_row(rg_size_operation operation, rg_size a, rg_size b)
{
    uint64_t hash = rg__hash_mix((uint64_t)a.id << 32 | b.id, (uint64_t)operation);
    return (uint32_t)(hash >> 32) % RG_SIZE_ANSWER_ROWS;
}

/* NULL for immediate and null handles. */
const rg__size_record *rg__size_record_of(const rg_context *context, rg_size size);
rg__size_kind rg__size_kind_of(const rg_context *context, rg_size size);
bool rg__size_is_integral(const rg_context *context, rg_size size);
rg_string rg__size_detail_text(const rg_context *context, const rg__size_record *record);
double rg__size_float_value(const rg__size_record *record);

/* How deep expressions may nest here. */
uint32_t rg__size_depth_limit(const rg_context *context);
rg_status rg__size_from_int(rg_size *out, rg_context *context, int64_t value);
rg_status rg__size_from_float(rg_size *out, rg_context *context, double value);
rg_status rg__size_from_text(rg_size *out, rg_context *context, rg__size_kind kind, rg_string text);
/* Intern a record; depth, weight and integrality follow from kind, detail and words. */
rg_status rg__size_intern(rg_size *out, rg_context *context, rg__size_kind kind, uint32_t detail, const uint32_t *words,
                          uint32_t word_count);

/* ---- sums: size_sum.c ---- */

typedef struct rg__factor {
    uint32_t atom; /* handle of a record that is neither an integer nor a sum */
    uint32_t exponent;
} rg__factor;

typedef struct rg__term {
    int64_t coefficient;
    const rg__factor *factors;
    uint32_t factor_count;
} rg__term;

/* Walks over the terms of any size; an integer is one term without factors, an atom one term with one factor. */
typedef struct rg__term_walk {
    const uint32_t *words;
    const uint32_t *end;
    int64_t integer;
    rg__factor atom;
} rg__term_walk;

void rg__term_walk_start(rg__term_walk *walk, const rg_context *context, rg_size size);
bool rg__term_walk_next(rg__term_walk *walk, rg__term *out);

/* A sum under construction, always in canonical order. Zero-initialise to create the sum 0. */
typedef struct rg__sum_term {
    int64_t coefficient;
    uint32_t factor_start;
    uint32_t factor_count;
} rg__sum_term;

typedef struct rg__sum {
    RG_VECTOR(rg__sum_term) terms;
    RG_VECTOR(rg__factor) factors;
} rg__sum;

void rg__sum_free(const rg_context *context, rg__sum *sum);
rg__term rg__sum_get(const rg__sum *sum, uint32_t index);
/* sum += coefficient * monomial * size; the monomial of no factors is 1. */
rg_status rg__sum_add(rg_context *context, rg__sum *sum, const rg__term *scale, rg_size size);
rg_status rg__sum_add_scaled(rg_context *context, rg__sum *sum, int64_t coefficient, rg_size size);
rg_status rg__sum_to_size(rg_size *out, rg_context *context, const rg__sum *sum);
/* The greatest monomial that divides all terms of both sizes, and the greatest common divisor of all coefficients.
 * `b` is not 0; `factors` has room for as many factors as its first term has. */
void rg__size_common_factor(const rg_context *context, rg_size a, rg_size b, rg__factor *factors, uint32_t *count,
                            uint64_t *divisor);
uint32_t rg__size_first_factor_count(const rg_context *context, rg_size size);
/* sum += size / (divisor * monomial), which must be exact. */
rg_status rg__sum_add_quotient(rg_context *context, rg__sum *sum, rg_size size, const rg__term *divisor);
/* Polynomial division; *exact is false, and *out is null, when there is a remainder. */
rg_status rg__size_divide_exactly(rg_size *out, bool *exact, rg_context *context, rg_size a, rg_size b);

/* ---- sympy's order: size_order.c ---- */

int rg__size_compare_atoms(const rg_context *context, uint32_t a, uint32_t b);
int rg__size_compare(const rg_context *context, rg_size a, rg_size b);
/* Negative when the monomial `a` is printed before `b`. */
int rg__monomial_compare(const rg_context *context, const rg__term *a, const rg__term *b);
/* Does sympy print this sum constant first (`5 - s0`), against its usual order? */
bool rg__size_prints_constant_first(const rg__size_record *record);

/* ---- operations: size_operation.c ---- */

rg_status rg__size_combine(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b);
/* A comparison that is kept as it is written, unless it is of two integers; for text, which says `u0 >= 0` of what is
 * always so. */
rg_status rg__size_make_relation(rg_size *out, rg_context *context, rg_size_operation operation, rg_size a, rg_size b);
/* Rebuild the operation of `record` on other operands. */
rg_status rg__size_rebuild(rg_size *out, rg_context *context, const rg__size_record *record, const rg_size *operands);

/* ---- what is known of the value: size_range.c ---- */

/* Bounds, both inclusive; the extreme int64 values mean "without bound". */
typedef struct rg__range {
    int64_t low;
    int64_t high;
} rg__range;

/* Interval arithmetic. */
rg__range rg__size_range(const rg_context *context, rg_size size);

/* ---- text: size_print.c, size_parse.c ---- */

/* The work of rg_size_parse, without a diagnostic. */
rg_status rg__size_parse(rg_size *out, rg_context *context, rg_string text);
void rg__size_append(rg_buffer *buffer, const rg_context *context, rg_size size);

/* Does the size contain this symbol? Needs no memory. */
bool rg__size_contains(const rg_context *context, rg_size size, rg_size symbol);

#endif

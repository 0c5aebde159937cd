/*
 * infer_compare.c: does an inferred type agree with an annotation?
 *
 * They agree when nothing that both know differs. Sizes that only a program's guards make equal are taken as equal:
 * where a dimension is dealt out to ranks, PyTorch has guarded that it divides, and graphs name it s0 in one place and
 * 2*(s0//2) in the next.
 */
#include "base/buffer.h"
#include "ir/context_impl.h"
#include "ops/infer.h"

enum { MAX_SYMBOLS = 16, SAMPLES = 2 };

/* ---- sizes ---- */

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* The symbols in a printed size, added to those found so far; false when there are too many. */
static bool collect_symbols(rg_context *context, rg_string text, rg_size *symbols, size_t *count)
{
    size_t i = 0;
    while (i < text.size) {
        if (!is_letter(text.data[i])) {
            i++;
            continue;
        }
        rg_string name = {text.data + i, 0};
        while (i < text.size && (is_letter(text.data[i]) || is_digit(text.data[i]))) {
            i++;
        }
        name.size = (size_t)(text.data + i - name.data);
        rg_size symbol = {0};
        bool is_function = i < text.size && text.data[i] == '(';
        if (is_function || rg_size_from_symbol(&symbol, context, name) != RG_OK) {
            continue;
        }
        size_t known = 0;
        while (known < *count && !rg_size_same(symbols[known], symbol)) {
            known++;
        }
        if (known == *count) {
            if (*count == MAX_SYMBOLS) {
                return false;
            }
            symbols[(*count)++] = symbol;
        }
    }
    return true;
}

static bool collect_symbols_of(rg_context *context, rg_size size, rg_size *symbols, size_t *count)
{
    rg_buffer text;
    rg__buffer_init(&text, &context->allocator);
    bool done = rg_size_print(context, size, rg__buffer_sink(&text)) == RG_OK && !text.failed &&
                collect_symbols(context, rg__buffer_string(&text), symbols, count);
    rg__buffer_free(&text);
    return done;
}

/* The integer that a size is for certain values of its symbols. */
static bool evaluate(rg_context *context, rg_size size, const rg_size *symbols, const rg_size *values, size_t count,
                     int64_t *out)
{
    rg_size result = {0};
    return rg_size_substitute(&result, context, size, symbols, values, count) == RG_OK &&
           rg_size_as_int(context, result, out);
}

/* Equal whenever all divisions in them are exact? Tried on values that small numbers divide. */
static bool equal_when_divisible(rg_context *context, rg_size a, rg_size b)
{
    static const int64_t primes[MAX_SYMBOLS + SAMPLES] = {11, 13, 17, 19, 23, 29, 31, 37, 41,
                                                          43, 47, 53, 59, 61, 67, 71, 73, 79};
    enum { DIVISIBLE = 720 };
    rg_size symbols[MAX_SYMBOLS];
    rg_size values[MAX_SYMBOLS];
    size_t count = 0;
    if (!collect_symbols_of(context, a, symbols, &count) || !collect_symbols_of(context, b, symbols, &count)) {
        return false;
    }
    for (size_t sample = 0; sample < SAMPLES; sample++) {
        int64_t left = 0;
        int64_t right = 0;
        for (size_t i = 0; i < count; i++) {
            if (rg_size_from_int(&values[i], context, DIVISIBLE * primes[i + sample]) != RG_OK) {
                return false;
            }
        }
        if (!evaluate(context, a, symbols, values, count, &left) ||
            !evaluate(context, b, symbols, values, count, &right) || left != right) {
            return false;
        }
    }
    return true;
}

static bool size_agrees(rg_context *context, rg_size a, rg_size b)
{
    if (rg_size_same(a, b)) {
        return true;
    }
    rg_truth equal = rg_size_equal(context, a, b);
    return equal == RG_YES || (equal == RG_UNKNOWN && equal_when_divisible(context, a, b));
}

static bool sizes_agree(rg_context *context, const rg_size *a, const rg_size *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!size_agrees(context, a[i], b[i])) {
            return false;
        }
    }
    return true;
}

/* ---- types ---- */

static bool device_agrees(rg_device a, rg_device b)
{
    if (a.kind == NULL || b.kind == NULL) {
        return true;
    }
    return strcmp(a.kind, b.kind) == 0 && (a.index == b.index || a.index < 0 || b.index < 0);
}

static bool tensor_agrees(rg_context *context, rg_type a, rg_type b)
{
    rg_tensor_type left = rg_type_get_tensor(context, a);
    rg_tensor_type right = rg_type_get_tensor(context, b);
    if (left.dtype != right.dtype || left.rank != right.rank || !device_agrees(left.device, right.device) ||
        !sizes_agree(context, left.sizes, right.sizes, left.rank)) {
        return false;
    }
    return left.strides == NULL || right.strides == NULL ||
           sizes_agree(context, left.strides, right.strides, left.rank);
}

bool rg__type_agrees(rg_context *context, rg_type a, rg_type b)
{
    rg_type_kind kind = rg_type_get_kind(context, a);
    if (rg_type_is_null(a) || rg_type_is_null(b) || kind != rg_type_get_kind(context, b)) {
        return false;
    }
    if (rg_type_same(a, b)) {
        return true;
    }
    if (kind == RG_TYPE_TENSOR) {
        return tensor_agrees(context, a, b);
    }
    if (kind == RG_TYPE_SIZE) {
        return size_agrees(context, rg_type_get_size(context, a), rg_type_get_size(context, b));
    }
    if (kind != RG_TYPE_TUPLE || rg_type_item_count(context, a) != rg_type_item_count(context, b)) {
        return kind == RG_TYPE_NOTHING;
    }
    for (size_t i = 0; i < rg_type_item_count(context, a); i++) {
        rg_type left = rg_type_item(context, a, i);
        rg_type right = rg_type_item(context, b, i);
        if (!rg_type_is_null(left) && !rg_type_is_null(right) && !rg__type_agrees(context, left, right)) {
            return false;
        }
    }
    return true;
}

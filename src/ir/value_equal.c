/*
 * value_equal.c: the two equalities of values: the same argument, and Python's ==.
 */
#include "ir/value_impl.h"

#include <math.h>
#include <stdio.h>

#include "ir/context_impl.h"

bool rg_value_equal(const rg_context *context, const rg_graph *graph, rg_value a, rg_value b)
{
    if (a.bits == b.bits) {
        return true;
    }
    size_t count = rg_value_count(context, graph, a);
    if (!rg__value_is_items(a) || !rg__value_is_items(b) || rg_value_get_kind(a) != rg_value_get_kind(b) ||
        count != rg_value_count(context, graph, b)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!rg_value_equal(context, graph, rg_value_item(context, graph, a, i), rg_value_item(context, graph, b, i))) {
            return false;
        }
    }
    return true;
}

/* ---- Python's == ---- */

static bool is_number(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_BOOL || kind == RG_VALUE_INT || kind == RG_VALUE_FLOAT;
}

/* A bool or an integer that fits. */
static bool small_integer(const rg_context *context, rg_value value, int64_t *out)
{
    if (rg_value_get_kind(value) == RG_VALUE_BOOL) {
        *out = rg_value_as_bool(value) ? 1 : 0;
        return true;
    }
    return rg_value_as_int(context, value, out);
}

/* Exact, unlike a comparison after conversion to double. */
static bool float_equals_int(double number, int64_t integer)
{
    return number >= -0x1p63 && number < 0x1p63 && number == trunc(number) && (int64_t)number == integer;
}

/* An integer beyond 64 bits against a float: the float's exact decimal digits. */
static bool float_equals_big(const rg_context *context, double number, rg_value big)
{
    if (!isfinite(number) || number != trunc(number)) {
        return false;
    }
    char digits[400]; /* the largest double has 309 digits */
    int size = snprintf(digits, sizeof(digits), "%.0f", number);
    /* For an integer beyond 64 bits the text is stored: nothing is interned behind the const. */
    rg_string text = rg_value_as_text((rg_context *)(uintptr_t)context, big);
    return rg_string_equal(text, (rg_string){digits, (size_t)size});
}

static bool numbers_equal(const rg_context *context, rg_value a, rg_value b)
{
    bool a_is_float = rg_value_get_kind(a) == RG_VALUE_FLOAT;
    bool b_is_float = rg_value_get_kind(b) == RG_VALUE_FLOAT;
    if (a_is_float && b_is_float) {
        return rg_value_as_float(a) == rg_value_as_float(b);
    }
    if (b_is_float) {
        return numbers_equal(context, b, a);
    }
    int64_t b_integer = 0;
    bool b_fits = small_integer(context, b, &b_integer);
    if (a_is_float) {
        double number = rg_value_as_float(a);
        return b_fits ? float_equals_int(number, b_integer) : float_equals_big(context, number, b);
    }
    int64_t a_integer = 0;
    bool a_fits = small_integer(context, a, &a_integer);
    return a_fits && b_fits ? a_integer == b_integer : a.bits == b.bits;
}

/* The value under a key; missing if there is none. Tried first at `guess`: equal dicts mostly have equal order. */
static rg_value dict_get(const rg_context *context, const rg_graph *graph, rg_value dict, rg_value key, size_t guess)
{
    if (rg_value_item(context, graph, dict, guess).bits == key.bits) {
        return rg_value_item(context, graph, dict, guess + 1);
    }
    size_t count = rg_value_count(context, graph, dict);
    for (size_t i = 0; i + 1 < count; i += 2) {
        if (rg_value_item(context, graph, dict, i).bits == key.bits) {
            return rg_value_item(context, graph, dict, i + 1);
        }
    }
    return rg_value_missing();
}

static bool items_equal(const rg_context *context, const rg_graph *graph, rg_value a, rg_value b)
{
    size_t count = rg_value_count(context, graph, a);
    bool is_dict = rg_value_get_kind(a) == RG_VALUE_DICT;
    if (count != rg_value_count(context, graph, b)) {
        return false;
    }
    for (size_t i = is_dict ? 1 : 0; i < count; i += is_dict ? 2 : 1) {
        rg_value other = is_dict ? dict_get(context, graph, b, rg_value_item(context, graph, a, i - 1), i - 1)
                                 : rg_value_item(context, graph, b, i);
        if (!rg_value_python_equal(context, graph, rg_value_item(context, graph, a, i), other)) {
            return false;
        }
    }
    return true;
}

bool rg_value_python_equal(const rg_context *context, const rg_graph *graph, rg_value a, rg_value b)
{
    if (is_number(a) && is_number(b)) {
        return numbers_equal(context, a, b);
    }
    rg_value_kind kind = rg_value_get_kind(a);
    if (kind != rg_value_get_kind(b)) {
        return false;
    }
    return kind >= RG_VALUE_LIST && kind <= RG_VALUE_RECORD ? items_equal(context, graph, a, b) : a.bits == b.bits;
}

/*
 * number.c: numbers to text and back, as Python does, whatever the locale.
 *
 * The C library converts correctly, but spells the decimal point as the locale says. So floats cross it without one:
 * as decimal digits with an exponent ("15e-1"), which every locale reads alike, and from "%e" output of which only the
 * digits are used.
 */
#include "base/buffer.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    REPR_DIGITS = 17, /* enough for every double */
    /* A double's halfway points have at most 767 significant digits; what lies beyond only matters as "not zero". */
    PARSE_DIGITS = 800
};

/* A decimal number: 0.d1d2d3... times 10^exponent. */
typedef struct decimal {
    char digits[PARSE_DIGITS + 1];
    size_t count;
    int64_t exponent;
} decimal;

static double decimal_to_double(const decimal *number)
{
    char text[PARSE_DIGITS + 32];
    if (number->count == 0) {
        return 0.0;
    }
    int64_t exponent = number->exponent - (int64_t)number->count;
    /* Clamped well outside the range of doubles, whatever the digits are. */
    int64_t bound = 2 * PARSE_DIGITS + 1000;
    exponent = exponent > bound ? bound : exponent < -bound ? -bound : exponent;
    (void)snprintf(text, sizeof(text), "%.*se%d", (int)number->count, number->digits, (int)exponent);
    return strtod(text, NULL);
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static char lower(char character)
{
    return character >= 'A' && character <= 'Z' ? (char)(character + ('a' - 'A')) : character;
}

static bool equals_ignoring_case(rg_string text, const char *word)
{
    if (text.size != strlen(word)) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (lower(text.data[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

/* Digits with single underscores between them, as Python allows. Returns how many bytes they take, 0 for none. */
static size_t scan_digits(rg_string text, size_t at, decimal *number, bool fraction)
{
    size_t start = at;
    for (; at < text.size; at++) {
        if (text.data[at] == '_' && at > start && at + 1 < text.size && is_digit(text.data[at + 1])) {
            continue;
        }
        if (!is_digit(text.data[at])) {
            break;
        }
        bool leading_zero = number->count == 0 && text.data[at] == '0';
        if (!fraction && !leading_zero) {
            number->exponent++;
        } else if (fraction && leading_zero) {
            number->exponent--;
        }
        if (leading_zero) {
            continue;
        }
        if (number->count < PARSE_DIGITS) {
            number->digits[number->count++] = text.data[at];
        } else if (text.data[at] != '0') {
            number->digits[PARSE_DIGITS - 1] = '1'; /* sticky: keeps a value just above a halfway point above it */
        }
    }
    return at - start;
}

/* "e-05": false when what follows the digits is not an exponent to the end of the text. */
static bool scan_exponent(rg_string text, size_t at, decimal *number)
{
    if (at == text.size) {
        return true;
    }
    if (lower(text.data[at]) != 'e') {
        return false;
    }
    at++;
    bool negative = at < text.size && text.data[at] == '-';
    if (at < text.size && (text.data[at] == '-' || text.data[at] == '+')) {
        at++;
    }
    if (at == text.size) {
        return false;
    }
    int64_t exponent = 0;
    for (; at < text.size; at++) {
        if (!is_digit(text.data[at])) {
            return false;
        }
        if (exponent < INT64_MAX / 100) {
            exponent = exponent * 10 + (text.data[at] - '0');
        }
    }
    number->exponent += negative ? -exponent : exponent;
    return true;
}

bool rg__parse_float(rg_string text, double *out)
{
    bool negative = text.size != 0 && text.data[0] == '-';
    if (text.size != 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        text.data++;
        text.size--;
    }
    double value;
    if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity")) {
        value = INFINITY;
    } else if (equals_ignoring_case(text, "nan")) {
        value = NAN;
    } else {
        decimal number;
        number.count = 0;
        number.exponent = 0;
        size_t at = scan_digits(text, 0, &number, false);
        size_t digits = at;
        if (at < text.size && text.data[at] == '.') {
            size_t after = scan_digits(text, at + 1, &number, true);
            at += 1 + after;
            digits += after;
        }
        if (digits == 0 || !scan_exponent(text, at, &number)) {
            return false;
        }
        value = decimal_to_double(&number);
    }
    *out = negative ? -value : value;
    return true;
}

bool rg__parse_int(rg_string text, int64_t *out)
{
    bool negative = text.size != 0 && text.data[0] == '-';
    size_t at = text.size != 0 && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    if (at == text.size) {
        return false;
    }
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value = 0;
    for (; at < text.size; at++) {
        if (!is_digit(text.data[at])) {
            return false;
        }
        uint64_t digit = (uint64_t)(text.data[at] - '0');
        if (value > (limit - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

/* ---- writing ---- */

void rg__buffer_append_int(rg_buffer *buffer, int64_t value)
{
    char text[24];
    char *end = text + sizeof(text);
    char *at = end;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--at = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude != 0);
    if (value < 0) {
        *--at = '-';
    }
    rg__buffer_append(buffer, (rg_string){at, (size_t)(end - at)});
}

/* `value` (positive, finite) rounded to `count` digits. */
static void round_to_digits(double value, int count, decimal *out)
{
    char text[REPR_DIGITS + 32];
    (void)snprintf(text, sizeof(text), "%.*e", count - 1, value);
    const char *at = text;
    for (out->count = 0; *at != 'e'; at++) {
        if (is_digit(*at)) {
            out->digits[out->count++] = *at;
        }
    }
    out->exponent = strtol(at + 1, NULL, 10) + 1;
}

/* Add one unit in the last digit. */
static void round_up(decimal *number)
{
    size_t at = number->count;
    while (at > 0 && number->digits[at - 1] == '9') {
        number->digits[--at] = '0';
    }
    if (at > 0) {
        number->digits[at - 1]++;
    } else {
        number->digits[0] = '1';
        number->exponent++;
    }
}

/* The fewest digits that read back as `value`, and among those the closest to it. */
static void shortest_digits(double value, decimal *out)
{
    /* 15 digits survive the way through a normal double, so fewer need no try: they are the 15 without their zeros. */
    int count = value < DBL_MIN ? 1 : DBL_DIG;
    for (; count < REPR_DIGITS; count++) {
        round_to_digits(value, count, out);
        if (decimal_to_double(out) == value) {
            break;
        }
        /* Below a power of two doubles lie twice as dense as above it. There the nearest decimal can be below and miss,
         * while the next one above still hits. */
        round_up(out);
        if (decimal_to_double(out) == value) {
            break;
        }
    }
    if (count == REPR_DIGITS) {
        round_to_digits(value, count, out);
    }
    while (out->count > 1 && out->digits[out->count - 1] == '0') {
        out->count--;
    }
}

void rg__buffer_append_float(rg_buffer *buffer, double value)
{
    if (isnan(value)) {
        rg__buffer_append_text(buffer, "nan");
        return;
    }
    if (signbit(value)) {
        rg__buffer_append_char(buffer, '-');
        value = -value;
    }
    if (isinf(value) || value == 0.0) {
        rg__buffer_append_text(buffer, value == 0.0 ? "0.0" : "inf");
        return;
    }
    decimal number = {.count = 0};
    shortest_digits(value, &number);
    int64_t point = number.exponent; /* digits before the decimal point */
    size_t count = number.count;
    if (point > 16 || point < -3) {
        rg__buffer_append_char(buffer, number.digits[0]);
        if (count > 1) {
            rg__buffer_append_char(buffer, '.');
            rg__buffer_append(buffer, (rg_string){number.digits + 1, count - 1});
        }
        int exponent = (int)point - 1;
        rg__buffer_append_format(buffer, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    } else if (point <= 0) {
        rg__buffer_append_text(buffer, "0.");
        rg__buffer_append_repeat(buffer, '0', (size_t)-point);
        rg__buffer_append(buffer, (rg_string){number.digits, count});
    } else {
        size_t whole = count < (size_t)point ? count : (size_t)point;
        rg__buffer_append(buffer, (rg_string){number.digits, whole});
        rg__buffer_append_repeat(buffer, '0', (size_t)point - whole);
        rg__buffer_append_char(buffer, '.');
        if (whole < count) {
            rg__buffer_append(buffer, (rg_string){number.digits + whole, count - whole});
        } else {
            rg__buffer_append_char(buffer, '0');
        }
    }
}

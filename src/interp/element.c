/*
 * element.c: the dtypes as bits: reading elements as numbers, and rounding numbers to elements.
 *
 * All the narrow floats are one scheme with different parameters. Their bits, moved to the place where float has its
 * exponent and mantissa, are the value times a power of two, subnormal numbers included; and adding a suitable float
 * makes the hardware round subnormal results to nearest even.
 */
#include <math.h>

#include "interp/interp_impl.h"

/* ---- narrow floats ---- */

typedef struct narrow_float {
    uint8_t bits; /* sign included; 0: no narrow float */
    uint8_t mantissa;
    uint8_t bias;
    bool infinite;     /* `overflow` is infinity */
    bool signed_zero;  /* false: the code of -0 is the only NaN, and NaN has no sign */
    uint32_t largest;  /* code of the largest finite number */
    uint32_t overflow; /* code of what is larger */
    uint32_t nan;
} narrow_float;

static const narrow_float narrow_floats[RG_DTYPE_COUNT] = {
    [RG_DTYPE_F16] = {16, 10, 15, true, true, 0x7bff, 0x7c00, 0x7e00},
    [RG_DTYPE_BF16] = {16, 7, 127, true, true, 0x7f7f, 0x7f80, 0x7fc0},
    [RG_DTYPE_F8E4M3FN] = {8, 3, 7, false, true, 0x7e, 0x7e,
                           0x7f}, /* saturates, infinities too, as PyTorch 2.13 has it */
    [RG_DTYPE_F8E5M2] = {8, 2, 15, true, true, 0x7b, 0x7c, 0x7f},
    [RG_DTYPE_F8E4M3FNUZ] = {8, 3, 8, false, false, 0x7f, 0x80, 0x80},
    [RG_DTYPE_F8E5M2FNUZ] = {8, 2, 16, false, false, 0x7f, 0x80, 0x80},
};

static inline float float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline uint32_t bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

static inline float decode_narrow(const narrow_float *format, uint32_t code)
{
    uint32_t sign_bit = 1u << (format->bits - 1);
    uint32_t magnitude = code & (sign_bit - 1);
    float sign = (code & sign_bit) != 0 ? -1.0F : 1.0F;
    if (!format->signed_zero && code == format->nan) {
        return NAN;
    }
    if (magnitude > format->largest) {
        return format->infinite && magnitude == format->overflow ? sign * INFINITY : NAN;
    }
    float scale = float_of_bits((uint32_t)(127 + 127 - format->bias) << 23);
    return sign * (float_of_bits(magnitude << (23 - format->mantissa)) * scale);
}

static inline uint32_t encode_narrow(const narrow_float *format, float value)
{
    uint32_t all = bits_of_float(value);
    uint32_t sign_bit = 1u << (format->bits - 1);
    uint32_t sign = (all >> 31) != 0 ? sign_bit : 0;
    uint32_t bits = all & 0x7fffffffu;
    uint32_t drop = 23u - format->mantissa;
    uint32_t code = 0;
    if (bits > 0x7f800000u) {
        return format->signed_zero ? (sign | format->nan) : format->nan;
    }
    if (bits >= (uint32_t)(128 - format->bias) << 23) {
        uint32_t odd = (bits >> drop) & 1;
        code = (bits - ((uint32_t)(127 - format->bias) << 23) + (1u << (drop - 1)) - 1 + odd) >> drop;
    } else {
        float magic = float_of_bits((uint32_t)(127 + 24 - format->bias - format->mantissa) << 23);
        code = bits_of_float(float_of_bits(bits) + magic) - bits_of_float(magic);
    }
    if (code > format->largest) {
        code = format->overflow;
    }
    if (!format->signed_zero && (code == 0 || code == format->nan)) {
        return code;
    }
    return sign | code;
}

/* Only powers of two, and NaN. */
static float decode_exponent(uint8_t code)
{
    return code == 0xff ? NAN : (float)ldexp(1.0, (int)code - 127);
}

/* To the nearest power of two by the mantissa; ties, and all of 0, round as PyTorch's bits do. */
static uint8_t encode_exponent(float value)
{
    uint32_t bits = bits_of_float(value);
    uint32_t exponent = (bits >> 23) & 0xff;
    if (exponent == 0xff) {
        return 0xff;
    }
    bool guard = (bits & 0x400000u) != 0;
    bool rest = (bits & 0x3fffffu) != 0;
    return (uint8_t)(exponent + (guard && (rest || exponent > 0)));
}

/* ---- reading ---- */

#define FOR_EACH(type, expression)                                                                                     \
    {                                                                                                                  \
        const type *items = data;                                                                                      \
        for (size_t i = 0; i < count; i++) {                                                                           \
            type item = items[(int64_t)i * stride];                                                                    \
            out[i] = (expression);                                                                                     \
        }                                                                                                              \
        break;                                                                                                         \
    }

/* Every dtype as `out`'s numbers: `real` converts floating items, `whole` integers. */
#define LOAD_CASES(real, whole)                                                                                        \
    case RG_DTYPE_BOOL:                                                                                                \
        FOR_EACH(uint8_t, whole(item != 0))                                                                            \
    case RG_DTYPE_U8:                                                                                                  \
    case RG_DTYPE_F4E2M1FN_X2:                                                                                         \
        FOR_EACH(uint8_t, whole(item))                                                                                 \
    case RG_DTYPE_U16:                                                                                                 \
        FOR_EACH(uint16_t, whole(item))                                                                                \
    case RG_DTYPE_U32:                                                                                                 \
        FOR_EACH(uint32_t, whole(item))                                                                                \
    case RG_DTYPE_U64:                                                                                                 \
        FOR_EACH(uint64_t, whole(item))                                                                                \
    case RG_DTYPE_I8:                                                                                                  \
        FOR_EACH(int8_t, whole(item))                                                                                  \
    case RG_DTYPE_I16:                                                                                                 \
        FOR_EACH(int16_t, whole(item))                                                                                 \
    case RG_DTYPE_I32:                                                                                                 \
        FOR_EACH(int32_t, whole(item))                                                                                 \
    case RG_DTYPE_I64:                                                                                                 \
        FOR_EACH(int64_t, whole(item))                                                                                 \
    case RG_DTYPE_F16:                                                                                                 \
    case RG_DTYPE_BF16:                                                                                                \
        FOR_EACH(uint16_t, real(decode_narrow(&narrow_floats[dtype], item)))                                           \
    case RG_DTYPE_F8E4M3FN:                                                                                            \
    case RG_DTYPE_F8E5M2:                                                                                              \
    case RG_DTYPE_F8E4M3FNUZ:                                                                                          \
    case RG_DTYPE_F8E5M2FNUZ:                                                                                          \
        FOR_EACH(uint8_t, real(decode_narrow(&narrow_floats[dtype], item)))                                            \
    case RG_DTYPE_F8E8M0FNU:                                                                                           \
        FOR_EACH(uint8_t, real(decode_exponent(item)))                                                                 \
    case RG_DTYPE_F32:                                                                                                 \
        FOR_EACH(float, real(item))                                                                                    \
    case RG_DTYPE_F64:                                                                                                 \
        FOR_EACH(double, real(item))

/* Complex numbers count as their real part: kernels that know more read them themselves. */
static bool is_complex_pair(rg_dtype *dtype, int64_t *stride)
{
    rg_dtype real = rg__dtype_real(*dtype);
    if (real == *dtype) {
        return false;
    }
    *dtype = real;
    *stride *= 2;
    return true;
}

void rg__load_real(double *out, const void *data, rg_dtype dtype, int64_t stride, size_t count)
{
    (void)is_complex_pair(&dtype, &stride);
    switch (dtype) {
        LOAD_CASES((double), (double))
    default:
        memset(out, 0, count * sizeof(*out));
    }
}

/* As x86 converts: what does not fit becomes the smallest integer. */
static inline int64_t integer_of(double value)
{
    return value >= -0x1p63 && value < 0x1p63 ? (int64_t)value : INT64_MIN;
}

void rg__load_integer(int64_t *out, const void *data, rg_dtype dtype, int64_t stride, size_t count)
{
    (void)is_complex_pair(&dtype, &stride);
    switch (dtype) {
        LOAD_CASES(integer_of, (int64_t))
    default:
        memset(out, 0, count * sizeof(*out));
    }
}

void rg__load_single(float *out, const void *data, rg_dtype dtype, int64_t stride, size_t count)
{
    switch (dtype) {
        LOAD_CASES((float), (float))
    default:
        memset(out, 0, count * sizeof(*out));
    }
}

/* ---- writing ---- */

#define STORE_EACH(type, expression)                                                                                   \
    {                                                                                                                  \
        type *items = data;                                                                                            \
        for (size_t i = 0; i < count; i++) {                                                                           \
            items[(int64_t)i * stride] = (type)(expression);                                                           \
        }                                                                                                              \
        break;                                                                                                         \
    }

#define STORE_CASES(whole, truth)                                                                                      \
    case RG_DTYPE_BOOL:                                                                                                \
        STORE_EACH(uint8_t, truth)                                                                                     \
    case RG_DTYPE_U8:                                                                                                  \
    case RG_DTYPE_I8:                                                                                                  \
    case RG_DTYPE_F4E2M1FN_X2:                                                                                         \
        STORE_EACH(uint8_t, whole)                                                                                     \
    case RG_DTYPE_U16:                                                                                                 \
    case RG_DTYPE_I16:                                                                                                 \
        STORE_EACH(uint16_t, whole)                                                                                    \
    case RG_DTYPE_U32:                                                                                                 \
    case RG_DTYPE_I32:                                                                                                 \
        STORE_EACH(uint32_t, whole)                                                                                    \
    case RG_DTYPE_U64:                                                                                                 \
    case RG_DTYPE_I64:                                                                                                 \
        STORE_EACH(uint64_t, whole)                                                                                    \
    case RG_DTYPE_F16:                                                                                                 \
    case RG_DTYPE_BF16:                                                                                                \
        STORE_EACH(uint16_t, encode_narrow(&narrow_floats[dtype], (float)values[i]))                                   \
    case RG_DTYPE_F8E4M3FN:                                                                                            \
    case RG_DTYPE_F8E5M2:                                                                                              \
    case RG_DTYPE_F8E4M3FNUZ:                                                                                          \
    case RG_DTYPE_F8E5M2FNUZ:                                                                                          \
        STORE_EACH(uint8_t, encode_narrow(&narrow_floats[dtype], (float)values[i]))                                    \
    case RG_DTYPE_F8E8M0FNU:                                                                                           \
        STORE_EACH(uint8_t, encode_exponent((float)values[i]))                                                         \
    case RG_DTYPE_F32:                                                                                                 \
        STORE_EACH(float, values[i])                                                                                   \
    case RG_DTYPE_F64:                                                                                                 \
        STORE_EACH(double, values[i])

/* The imaginary parts of what is written are 0. */
static void clear_imaginary(void *data, rg_dtype dtype, int64_t stride, size_t count)
{
    size_t bytes = rg_dtype_bytes(dtype);
    for (size_t i = 0; i < count; i++) {
        memset((uint8_t *)data + ((int64_t)i * stride + 1) * (int64_t)bytes, 0, bytes);
    }
}

void rg__store_real(void *data, rg_dtype dtype, int64_t stride, const double *values, size_t count)
{
    if (is_complex_pair(&dtype, &stride)) {
        clear_imaginary(data, dtype, stride, count);
    }
    switch (dtype) {
        STORE_CASES(integer_of(values[i]), values[i] != 0)
    default:
        break;
    }
}

void rg__store_integer(void *data, rg_dtype dtype, int64_t stride, const int64_t *values, size_t count)
{
    if (is_complex_pair(&dtype, &stride)) {
        clear_imaginary(data, dtype, stride, count);
    }
    switch (dtype) {
        STORE_CASES(values[i], values[i] != 0)
    default:
        break;
    }
}

/* ---- properties ---- */

double rg__round_to(rg_dtype dtype, double value)
{
    const narrow_float *format = &narrow_floats[dtype];
    if (format->bits != 0) {
        return (double)decode_narrow(format, encode_narrow(format, (float)value));
    }
    return dtype == RG_DTYPE_F32 || dtype == RG_DTYPE_C64 ? (double)(float)value : value;
}

bool rg__dtype_is_integral(rg_dtype dtype)
{
    return dtype == RG_DTYPE_BOOL || rg_dtype_is_integer(dtype);
}

double rg__dtype_epsilon(rg_dtype dtype)
{
    dtype = rg__dtype_real(dtype);
    if (narrow_floats[dtype].bits != 0) {
        return ldexp(1.0, -(int)narrow_floats[dtype].mantissa);
    }
    return dtype == RG_DTYPE_F32 ? 0x1p-23 : dtype == RG_DTYPE_F64 ? 0x1p-52 : dtype == RG_DTYPE_F8E8M0FNU ? 1 : 0;
}

double rg__dtype_smallest(rg_dtype dtype)
{
    dtype = rg__dtype_real(dtype);
    if (narrow_floats[dtype].bits != 0) {
        return ldexp(1.0, 1 - (int)narrow_floats[dtype].bias);
    }
    return dtype == RG_DTYPE_F32 ? 0x1p-126 : dtype == RG_DTYPE_F64 ? 0x1p-1022 : 0;
}

double rg__dtype_largest(rg_dtype dtype)
{
    dtype = rg__dtype_real(dtype);
    if (narrow_floats[dtype].bits != 0) {
        return (double)decode_narrow(&narrow_floats[dtype], narrow_floats[dtype].largest);
    }
    return dtype == RG_DTYPE_F32 ? (double)0x1.fffffep127F : dtype == RG_DTYPE_F64 ? 0x1.fffffffffffffp1023 : 0;
}

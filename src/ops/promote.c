/*
 * promote.c: dtypes: what Python numbers and symbolic values count as, which dtype two operands meet in, and how
 * dimensioned tensors outrank 0-d ones and those outrank numbers (torch.result_type).
 */
#include "ops/infer.h"

/* ---- numbers ---- */

/* Text of a size, cut to what tells its kind. */
typedef struct rg_size_text {
    char data[256];
    size_t size;
} rg_size_text;

static rg_status append_size_text(void *user, const char *data, size_t size)
{
    rg_size_text *text = user;
    size_t room = sizeof(text->data) - 1 - text->size;
    size = size < room ? size : room;
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
    return RG_OK;
}

/*
 * Symbolic values carry no kind; their printed form does. PyTorch names symbolic floats zf<n> and zuf<n>, prints float
 * literals with a point, and has functions of its own for arithmetic that leaves the integers; bools are relations.
 */
rg_dtype rg__size_dtype(const rg_inference *inference, rg_size size)
{
    static const char *const float_signs[] = {".", "zf", "zuf", "ToFloat", "TrueDiv", "FloatPow", "OpaqueUnaryFn"};
    static const char *const bool_signs[] = {"<", ">", "==", "!=", "Eq(", "Ne(", "&", "|", "~"};
    rg_size_text text = {{0}, 0};
    rg_sink sink = {append_size_text, &text};
    if (rg_size_print(inference->context, size, sink) != RG_OK) {
        return RG_DTYPE_I64;
    }
    for (size_t i = 0; i < sizeof(bool_signs) / sizeof(bool_signs[0]); i++) {
        if (strstr(text.data, bool_signs[i]) != NULL) {
            return RG_DTYPE_BOOL;
        }
    }
    for (size_t i = 0; i < sizeof(float_signs) / sizeof(float_signs[0]); i++) {
        if (strstr(text.data, float_signs[i]) != NULL) {
            return RG_DTYPE_F32;
        }
    }
    return RG_DTYPE_I64;
}

rg_dtype rg__number_dtype(const rg_inference *inference, rg_value value)
{
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_BOOL:
        return RG_DTYPE_BOOL;
    case RG_VALUE_INT:
        return RG_DTYPE_I64;
    case RG_VALUE_FLOAT:
        return RG_DTYPE_F32;
    case RG_VALUE_SIZE:
        return rg__size_dtype(inference, rg_value_as_size(value));
    case RG_VALUE_NODE: {
        rg_type type = rg__infer_node_type(inference, rg_value_as_node(value));
        bool is_size = rg_type_get_kind(inference->context, type) == RG_TYPE_SIZE;
        return is_size ? rg__size_dtype(inference, rg_type_get_size(inference->context, type)) : RG_DTYPE_NONE;
    }
    default:
        return RG_DTYPE_NONE;
    }
}

/* ---- promotion ---- */

static bool is_small_float(rg_dtype dtype)
{
    return rg_dtype_is_float(dtype) && dtype < RG_DTYPE_F16;
}

static bool is_wide_unsigned(rg_dtype dtype)
{
    return dtype == RG_DTYPE_U16 || dtype == RG_DTYPE_U32 || dtype == RG_DTYPE_U64;
}

rg_dtype rg__dtype_complex(rg_dtype dtype)
{
    switch (dtype) {
    case RG_DTYPE_F16:
        return RG_DTYPE_C32;
    case RG_DTYPE_F32:
        return RG_DTYPE_C64;
    case RG_DTYPE_F64:
        return RG_DTYPE_C128;
    default:
        return RG_DTYPE_NONE;
    }
}

/* The complex dtype that a real one joins: bfloat16, which has none of its own, joins complex64. */
static rg_dtype complex_of(rg_dtype dtype)
{
    rg_dtype complex = rg__dtype_complex(dtype);
    return complex == RG_DTYPE_NONE ? RG_DTYPE_C64 : complex;
}

rg_dtype rg__dtype_real(rg_dtype dtype)
{
    switch (dtype) {
    case RG_DTYPE_C32:
        return RG_DTYPE_F16;
    case RG_DTYPE_C64:
        return RG_DTYPE_F32;
    case RG_DTYPE_C128:
        return RG_DTYPE_F64;
    default:
        return dtype;
    }
}

/* bfloat16 has range that float16 lacks and float16 precision that bfloat16 lacks; their join is float32. Apart from
 * these two, floats and complex numbers are ordered by width, as their enumerators are. */
static rg_dtype promote_floating(rg_dtype a, rg_dtype b)
{
    if (rg_dtype_is_complex(a) != rg_dtype_is_complex(b)) {
        rg_dtype real = rg_dtype_is_complex(a) ? b : a;
        rg_dtype complex = rg_dtype_is_complex(a) ? a : b;
        rg_dtype widened = complex_of(real);
        return widened > complex ? widened : complex;
    }
    if ((a == RG_DTYPE_F16 && b == RG_DTYPE_BF16) || (a == RG_DTYPE_BF16 && b == RG_DTYPE_F16)) {
        return RG_DTYPE_F32;
    }
    return a > b ? a : b;
}

/* The source of the rules is torch.promote_types; tests/unit/test_infer.c holds its whole table. */
rg_dtype rg__dtype_promote(rg_dtype a, rg_dtype b)
{
    if (a == b) {
        return a;
    }
    if (a == RG_DTYPE_NONE || b == RG_DTYPE_NONE || is_small_float(a) || is_small_float(b)) {
        return RG_DTYPE_NONE;
    }
    if (is_wide_unsigned(a) || is_wide_unsigned(b)) {
        rg_dtype other = is_wide_unsigned(a) ? b : a;
        return rg_dtype_is_float(other) ? other : RG_DTYPE_NONE;
    }
    bool a_floating = rg_dtype_is_float(a) || rg_dtype_is_complex(a);
    bool b_floating = rg_dtype_is_float(b) || rg_dtype_is_complex(b);
    if (a_floating && b_floating) {
        return promote_floating(a, b);
    }
    if (a_floating || b_floating) {
        return a_floating ? a : b;
    }
    if ((a == RG_DTYPE_U8 && b == RG_DTYPE_I8) || (a == RG_DTYPE_I8 && b == RG_DTYPE_U8)) {
        return RG_DTYPE_I16;
    }
    return a > b ? a : b;
}

/* A dtype of lower rank (0-d below dimensioned, number below 0-d) only matters when it is of a higher category. */
static rg_dtype promote_across(rg_dtype higher, rg_dtype lower)
{
    if (lower == RG_DTYPE_NONE || rg_dtype_is_complex(higher)) {
        return higher;
    }
    if (higher == RG_DTYPE_NONE) {
        return lower;
    }
    if (rg_dtype_is_float(higher)) {
        return rg_dtype_is_complex(lower) ? complex_of(higher) : higher;
    }
    if (higher == RG_DTYPE_BOOL || rg_dtype_is_float(lower) || rg_dtype_is_complex(lower)) {
        return rg__dtype_promote(higher, lower);
    }
    return higher;
}

static void promote_into(rg_inference *inference, rg_promotion *promotion, rg_dtype *slot, rg_dtype dtype)
{
    rg_dtype promoted = *slot == RG_DTYPE_NONE ? dtype : rg__dtype_promote(*slot, dtype);
    if (promoted == RG_DTYPE_NONE) {
        promotion->failed = true;
        rg__infer_note_failure(inference, rg__infer_fail(inference, RG_ERROR_TYPE, "%s and %s have no common dtype",
                                                         rg_dtype_torch_name(*slot), rg_dtype_torch_name(dtype)));
        return;
    }
    *slot = promoted;
}

void rg__promotion_add(rg_inference *inference, rg_promotion *promotion, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    if (kind == RG_VALUE_NONE || kind == RG_VALUE_MISSING || promotion->failed) {
        return;
    }
    rg_dtype number = rg__number_dtype(inference, value);
    if (number == RG_DTYPE_NONE) {
        rg_type type = rg__infer_value_type(inference, value);
        if (rg_type_get_kind(inference->context, type) != RG_TYPE_TENSOR) {
            promotion->failed = true;
            inference->unknown = true;
            return;
        }
        rg_tensor_type tensor = rg_type_get_tensor(inference->context, type);
        promotion->unknown = promotion->unknown || tensor.dtype == RG_DTYPE_NONE;
        if (promotion->unknown) {
            return;
        }
        promote_into(inference, promotion, tensor.rank > 0 ? &promotion->dimensioned : &promotion->zero_dimensional,
                     tensor.dtype);
        return;
    }
    promote_into(inference, promotion, &promotion->number, number);
}

rg_dtype rg__promotion_result(rg_inference *inference, const rg_promotion *promotion)
{
    if (promotion->failed || promotion->unknown) {
        return RG_DTYPE_NONE;
    }
    rg_dtype lower = promote_across(promotion->zero_dimensional, promotion->number);
    rg_dtype result = promote_across(promotion->dimensioned, lower);
    if (result == RG_DTYPE_NONE) {
        rg__infer_note_failure(inference,
                               rg__infer_fail(inference, RG_ERROR_TYPE, "its arguments have no common dtype"));
    }
    return result;
}

rg_dtype rg__infer_promote(rg_inference *inference, const size_t *indices, size_t count)
{
    rg_promotion promotion = {RG_DTYPE_NONE, RG_DTYPE_NONE, RG_DTYPE_NONE, false, false};
    for (size_t i = 0; i < count; i++) {
        rg__promotion_add(inference, &promotion, rg__infer_argument(inference, indices[i]));
    }
    return rg__promotion_result(inference, &promotion);
}

/*
 * infer_pointwise.c: results of elementwise ops (rows: ops_pointwise.def, ops_inplace.def). Sizes broadcast; strides
 * follow TensorIterator (shape.c); the device is that of the operands, 0-d CPU tensors giving way; the dtype is the
 * promoted one, then changed by what the op computes.
 */
#include "ops/op_rows.h"

/* What an op makes of the promoted dtype of its operands. */
typedef enum rg_dtype_rule {
    DTYPE_PROMOTED,
    DTYPE_FLOATING, /* integers and bool become the default float */
    DTYPE_BOOL,
    DTYPE_REAL,   /* complex numbers become their parts' dtype */
    DTYPE_NO_BOOL /* bool becomes int64 */
} rg_dtype_rule;

enum { MAX_OPERANDS = 4 };

/* An elementwise op: which arguments are operands, which of them decide the dtype, and how the result is laid out. */
typedef struct rg_pointwise {
    const size_t *operands;
    size_t operand_count;
    const size_t *typed; /* indices whose dtypes are promoted */
    size_t typed_count;
    rg_dtype_rule rule;
    bool moves_only;    /* computes nothing, so float16 and bfloat16 need no float32 */
    bool makes_first;   /* the first operand is computed into a tensor of its own, already broadcast, before the rest */
    bool has_fast_path; /* on symbolic sizes PyTorch first tries a shortcut (set_fast_layout) */
    bool selects;       /* chooses between its operand and a number by a comparison made first */
} rg_pointwise;

/* The operands as tensors, numbers left out; set_layout fills the pointers. */
typedef struct rg_operands {
    rg_shape shapes[MAX_OPERANDS];
    const rg_shape *pointers[MAX_OPERANDS];
    size_t count;
} rg_operands;

static bool is_argument_tensor(const rg_inference *inference, size_t index)
{
    rg_value value = rg__infer_argument(inference, index);
    return rg_value_get_kind(value) == RG_VALUE_NODE &&
           rg_type_get_kind(inference->context, rg__infer_node_type(inference, rg_value_as_node(value))) ==
               RG_TYPE_TENSOR;
}

static bool is_cpu_scalar(const rg_shape *shape)
{
    return shape->rank == 0 && shape->device.kind != NULL && strcmp(shape->device.kind, "cpu") == 0;
}

static bool devices_clash(rg_device a, rg_device b)
{
    return strcmp(a.kind, b.kind) != 0 || (a.index >= 0 && b.index >= 0 && a.index != b.index);
}

/* The device all operands live on. One operand of unknown device leaves it unknown, unless another one decides. */
static rg_status common_device(rg_inference *inference, rg_shape *result, const rg_operands *operands)
{
    rg_device none = {NULL, -1};
    bool has_unknown = false;
    const rg_shape *decisive = NULL;
    const rg_shape *scalar = NULL;
    for (size_t i = 0; i < operands->count; i++) {
        if (operands->shapes[i].device.kind == NULL) {
            has_unknown = true;
        } else if (is_cpu_scalar(&operands->shapes[i])) {
            scalar = &operands->shapes[i];
        } else if (decisive == NULL) {
            decisive = &operands->shapes[i];
        } else if (devices_clash(decisive->device, operands->shapes[i].device)) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "tensors on devices %s and %s", decisive->device.kind,
                                  operands->shapes[i].device.kind);
        }
    }
    if (decisive != NULL) {
        result->device = decisive->device;
    } else if (scalar != NULL && !has_unknown) {
        result->device = scalar->device;
    } else {
        result->device = none;
    }
    return RG_OK;
}

static rg_dtype apply_rule(rg_dtype dtype, rg_dtype_rule rule)
{
    switch (rule) {
    case DTYPE_PROMOTED:
        return dtype;
    case DTYPE_FLOATING:
        return rg_dtype_is_integer(dtype) || dtype == RG_DTYPE_BOOL ? RG_DTYPE_F32 : dtype;
    case DTYPE_BOOL:
        return RG_DTYPE_BOOL;
    case DTYPE_REAL:
        return rg__dtype_real(dtype);
    case DTYPE_NO_BOOL:
        return dtype == RG_DTYPE_BOOL ? RG_DTYPE_I64 : dtype;
    }
    return dtype;
}

/* The dtype that refs of PyTorch compute in: float32 for the 16-bit floats. */
static rg_dtype computing_dtype(rg_dtype dtype)
{
    switch (dtype) {
    case RG_DTYPE_F16:
    case RG_DTYPE_BF16:
        return RG_DTYPE_F32;
    case RG_DTYPE_C32:
        return RG_DTYPE_C64;
    default:
        return dtype;
    }
}

/* Read the operands and the result's sizes. Check inference->unknown on RG_OK. */
static rg_status read_operands(rg_inference *inference, const rg_pointwise *op, rg_operands *operands, rg_shape *result)
{
    result->rank = 0;
    operands->count = 0;
    for (size_t i = 0; i < op->operand_count; i++) {
        rg_shape *shape = &operands->shapes[operands->count];
        if (rg__infer_is_none(inference, op->operands[i])) {
            continue;
        }
        if (!rg__infer_tensor(inference, op->operands[i], shape)) {
            return RG_OK;
        }
        rg_status status = rg__shape_broadcast(inference, result, result, shape);
        if (status != RG_OK) {
            return status;
        }
        operands->count += is_argument_tensor(inference, op->operands[i]) ? 1 : 0;
    }
    return common_device(inference, result, operands);
}

static bool is_symbolic(const rg_inference *inference, const rg_shape *shape)
{
    int64_t value = 0;
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (!rg_size_as_int(inference->context, shape->sizes[i], &value) ||
            (shape->has_strides && !rg_size_as_int(inference->context, shape->strides[i], &value))) {
            return true;
        }
    }
    return false;
}

static bool has_sizes(rg_inference *inference, const rg_shape *shape, const rg_shape *result)
{
    if (shape->rank != result->rank) {
        return false;
    }
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (!rg__infer_same(inference, shape->sizes[i], result->sizes[i])) {
            return false;
        }
    }
    return true;
}

/*
 * The shortcut of add, sub, mul and div: when operands that need no broadcasting exist and all operands, as they come,
 * are contiguous (or all channels-last), so is the result. It differs from the reference where dimensions of size 1
 * have odd strides. False when it does not apply.
 */
static bool set_fast_layout(rg_inference *inference, const rg_operands *operands, rg_shape *result)
{
    bool symbolic = false;
    bool complete = false;
    bool contiguous = true;
    bool channels_last = true;
    for (size_t i = 0; i < operands->count; i++) {
        const rg_shape *operand = &operands->shapes[i];
        symbolic = symbolic || is_symbolic(inference, operand);
        complete = complete || has_sizes(inference, operand, result);
        contiguous = contiguous && rg__shape_is_contiguous(inference, operand);
        channels_last = channels_last && operand->rank == 4 && rg__shape_is_channels_last(inference, operand);
    }
    if (!symbolic || !complete || (!contiguous && !channels_last)) {
        return false;
    }
    if (contiguous) {
        rg__shape_set_contiguous(inference, result);
    } else {
        rg__shape_set_channels_last(inference, result);
    }
    return true;
}

/* Lay the result out as PyTorch's reference does, step by step: it casts operands to the dtype it computes in, which
 * makes them dense, and broadcasts them; some ops make tensors of their own on the way. */
static void set_layout(rg_inference *inference, const rg_pointwise *op, rg_dtype computing, rg_operands *operands,
                       rg_shape *result)
{
    rg_shape made = *result;
    size_t count = 0;
    if (op->has_fast_path && set_fast_layout(inference, operands, result)) {
        return;
    }
    for (size_t i = 0; i < operands->count; i++) {
        rg_shape *operand = &operands->shapes[i];
        if (is_cpu_scalar(operand)) {
            continue; /* passed on as a number */
        }
        if (operand->dtype != computing && computing != RG_DTYPE_NONE) {
            rg_shape uncast = *operand;
            rg__shape_set_preserved(inference, operand, &uncast);
        }
        operands->pointers[count] = operand;
        if (i == 0 && op->makes_first) {
            rg__shape_set_elementwise(inference, &made, operands->pointers, 1);
            operands->pointers[0] = &made;
        }
        count++;
    }
    operands->count = count;
    if (op->selects && operands->count == 1) {
        rg_shape number = {.rank = 0, .has_strides = true};
        rg__shape_set_elementwise(inference, &made, operands->pointers, 1);
        const rg_shape *chosen[] = {&made, &number, operands->pointers[0]};
        rg__shape_set_elementwise(inference, result, chosen, 3);
        return;
    }
    rg__shape_set_elementwise(inference, result, operands->pointers, operands->count);
}

static rg_status pointwise(rg_inference *inference, const rg_pointwise *op)
{
    rg_operands operands;
    rg_shape result;
    rg_status status = read_operands(inference, op, &operands, &result);
    if (status != RG_OK || inference->unknown) {
        return status;
    }
    rg_dtype promoted = rg__infer_promote(inference, op->typed, op->typed_count);
    if (promoted == RG_DTYPE_NONE && (inference->failure != RG_OK || inference->unknown)) {
        return inference->failure; /* otherwise a rule leaves a dtype open, and the result's is open too */
    }
    rg_dtype unruled = op->rule == DTYPE_FLOATING ? apply_rule(promoted, DTYPE_FLOATING) : promoted;
    set_layout(inference, op, op->moves_only ? unruled : computing_dtype(unruled), &operands, &result);
    result.dtype = apply_rule(promoted, op->rule);
    return rg__infer_set_tensor(inference, &result);
}

static const size_t in_order[] = {0, 1, 2};

/* An op over its first arguments, all of which decide the dtype. */
static rg_status pointwise_first(rg_inference *inference, size_t count, rg_dtype_rule rule)
{
    rg_pointwise op = {
        .operands = in_order, .operand_count = count, .typed = in_order, .typed_count = count, .rule = rule};
    return pointwise(inference, &op);
}

/* ---- one tensor ---- */

rg_status rg__op_unary(rg_inference *inference)
{
    return pointwise_first(inference, 1, DTYPE_PROMOTED);
}

rg_status rg__op_unary_float(rg_inference *inference)
{
    return pointwise_first(inference, 1, DTYPE_FLOATING);
}

rg_status rg__op_unary_bool(rg_inference *inference)
{
    return pointwise_first(inference, 1, DTYPE_BOOL);
}

rg_status rg__op_unary_real(rg_inference *inference)
{
    return pointwise_first(inference, 1, DTYPE_REAL);
}

rg_status rg__op_unary_no_bool(rg_inference *inference)
{
    return pointwise_first(inference, 1, DTYPE_NO_BOOL);
}

/* relu, threshold and their kin: the input or a constant, as a comparison says. */
rg_status rg__op_unary_select(rg_inference *inference)
{
    rg_pointwise op = {.operands = in_order, .operand_count = 1, .typed = in_order, .typed_count = 1, .selects = true};
    return pointwise(inference, &op);
}

/* clamp with numbers: they take part in the dtype. */
rg_status rg__op_clamp(rg_inference *inference)
{
    rg_pointwise op = {.operands = in_order, .operand_count = 1, .typed = in_order, .typed_count = 3, .selects = true};
    if (op.typed_count > inference->argument_count) { /* clamp_min, clamp_max */
        op.typed_count = inference->argument_count;
    }
    return pointwise(inference, &op);
}

/* Does a call of dropout drop anything? Its arguments: the tensor, the probability, whether this is training. */
static bool drops(rg_inference *inference)
{
    bool train = false;
    rg_value probability = rg__infer_argument(inference, 1);
    int64_t integer = 1;
    bool is_zero = rg_value_get_kind(probability) == RG_VALUE_FLOAT
                       ? rg_value_as_float(probability) == 0.0
                       : rg__infer_int(inference, 1, &integer) && integer == 0;
    return rg__infer_bool(inference, 2, &train) && train && !is_zero;
}

/* dropout(input, p, train): the input itself when nothing is dropped. */
rg_status rg__op_dropout(rg_inference *inference)
{
    return drops(inference) ? rg__op_unary(inference) : rg__op_alias(inference);
}

/* native_dropout: the result and the mask of what was kept. */
rg_status rg__op_native_dropout(rg_inference *inference)
{
    rg_shape results[2];
    if (!rg__infer_tensor(inference, 0, &results[0])) {
        return RG_OK;
    }
    rg_shape input = results[0];
    const rg_shape *operand = &input;
    results[1] = input;
    results[1].dtype = RG_DTYPE_BOOL;
    rg__shape_set_elementwise(inference, &results[1], &operand, 1);
    if (drops(inference)) {
        rg__shape_set_elementwise(inference, &results[0], &operand, 1);
    }
    return rg__infer_set_tensors(inference, results, 2);
}

/* ---- two ---- */

rg_status rg__op_binary(rg_inference *inference)
{
    return pointwise_first(inference, 2, DTYPE_PROMOTED);
}

rg_status rg__op_binary_float(rg_inference *inference)
{
    return pointwise_first(inference, 2, DTYPE_FLOATING);
}

rg_status rg__op_binary_bool(rg_inference *inference)
{
    return pointwise_first(inference, 2, DTYPE_BOOL);
}

/* add, sub, mul */
rg_status rg__op_arithmetic(rg_inference *inference)
{
    rg_pointwise op = {
        .operands = in_order, .operand_count = 2, .typed = in_order, .typed_count = 2, .has_fast_path = true};
    return pointwise(inference, &op);
}

/* div */
rg_status rg__op_divide(rg_inference *inference)
{
    rg_pointwise op = {.operands = in_order,
                       .operand_count = 2,
                       .typed = in_order,
                       .typed_count = 2,
                       .rule = DTYPE_FLOATING,
                       .has_fast_path = true};
    return pointwise(inference, &op);
}

/* rsub: the operands are exchanged before anything else. */
rg_status rg__op_binary_reverse(rg_inference *inference)
{
    static const size_t reversed[] = {1, 0};
    rg_pointwise op = {.operands = reversed, .operand_count = 2, .typed = in_order, .typed_count = 2};
    return pointwise(inference, &op);
}

/* Ops whose reference begins with a function of the first operand alone: heaviside, logaddexp. */
rg_status rg__op_binary_composed(rg_inference *inference)
{
    rg_pointwise op = {
        .operands = in_order, .operand_count = 2, .typed = in_order, .typed_count = 2, .makes_first = true};
    return pointwise(inference, &op);
}

/* copysign begins with the sign of the second operand. */
rg_status rg__op_copysign(rg_inference *inference)
{
    static const size_t reversed[] = {1, 0};
    rg_pointwise op = {.operands = reversed,
                       .operand_count = 2,
                       .typed = in_order,
                       .typed_count = 2,
                       .rule = DTYPE_FLOATING,
                       .makes_first = true};
    return pointwise(inference, &op);
}

/* logical_and and its kin compare operands that are not bool with 0 first. */
rg_status rg__op_logical(rg_inference *inference)
{
    rg_shape first;
    rg_pointwise op = {
        .operands = in_order, .operand_count = 2, .typed = in_order, .typed_count = 2, .rule = DTYPE_BOOL};
    op.makes_first = rg__infer_tensor(inference, 0, &first) && first.dtype != RG_DTYPE_BOOL;
    op.moves_only = true;
    return pointwise(inference, &op);
}

/* Division that rounds keeps integers; without a rounding mode it is true division. Rounding down ends, for floats,
 * with copysign of the quotient. */
rg_status rg__op_divide_mode(rg_inference *inference)
{
    bool rounds = !rg__infer_is_none(inference, rg__infer_find(inference, "rounding_mode"));
    return pointwise_first(inference, 2, rounds ? DTYPE_PROMOTED : DTYPE_FLOATING);
}

/* ---- three ---- */

/* Every one of the first three arguments that is not None takes part. */
rg_status rg__op_promote_all(rg_inference *inference)
{
    return pointwise_first(inference, inference->argument_count < 3 ? inference->argument_count : 3, DTYPE_PROMOTED);
}

/* where(condition, self, other): the condition only broadcasts. */
rg_status rg__op_where(rg_inference *inference)
{
    rg_dtype condition = rg_type_get_tensor(inference->context, rg__infer_type(inference, 0)).dtype;
    if (condition != RG_DTYPE_NONE && condition != RG_DTYPE_BOOL && condition != RG_DTYPE_U8) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "the condition is %s and not bool",
                              rg_dtype_torch_name(condition));
    }
    rg_pointwise op = {
        .operands = in_order, .operand_count = 3, .typed = &in_order[1], .typed_count = 2, .moves_only = true};
    return pointwise(inference, &op);
}

/* masked_fill(self, mask, value): self and mask broadcast into a contiguous tensor of self's dtype. */
rg_status rg__op_masked_fill(rg_inference *inference)
{
    rg_pointwise op = {.operands = in_order, .operand_count = 2};
    rg_operands operands;
    rg_shape input;
    rg_shape result;
    rg_status status = read_operands(inference, &op, &operands, &result);
    if (status != RG_OK || inference->unknown || !rg__infer_tensor(inference, 0, &input)) {
        return status;
    }
    result.dtype = input.dtype;
    rg__shape_set_contiguous(inference, &result);
    return rg__infer_set_tensor(inference, &result);
}

/* ---- in place ---- */

rg_status rg__op_in_place(rg_inference *inference)
{
    return rg__infer_set_type(inference, rg__infer_type(inference, 0));
}

rg_status rg__op_written_out(rg_inference *inference)
{
    return rg__infer_set_type(inference, rg__infer_type(inference, rg__infer_find(inference, "out")));
}

/*
 * infer_sym.c: ops on sizes: sym_size and its kin, Python's operators and torch.sym_* on symbolic integers, and the
 * assertions that graphs with data-dependent sizes carry.
 *
 * A relation between sizes (`u0 >= 0`) is itself a size: 0 or 1 where it can be decided, else an opaque expression.
 * Python's operators on tensors are torch's elementwise functions and are passed on to these.
 */
#include "ops/op_rows.h"

/* ---- what is known of a tensor ---- */

static rg_status answer_dimension(rg_inference *inference, bool strides)
{
    rg_shape shape;
    int64_t dim = 0;
    uint32_t wrapped = 0;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    if (!rg__infer_int(inference, 1, &dim)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (shape.rank == 0) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "a 0-d tensor has no dimensions");
    }
    rg_status status = rg__infer_wrap_dim(inference, dim, shape.rank, &wrapped);
    if (status != RG_OK) {
        return status;
    }
    if (strides && !shape.has_strides) {
        inference->unknown = true;
        return RG_OK;
    }
    return rg__infer_set_size(inference, strides ? shape.strides[wrapped] : shape.sizes[wrapped]);
}

rg_status rg__op_sym_size(rg_inference *inference)
{
    return answer_dimension(inference, false);
}

rg_status rg__op_sym_stride(rg_inference *inference)
{
    return answer_dimension(inference, true);
}

/* sym_size.default and sym_stride.default: all of them. */
static rg_status answer_dimensions(rg_inference *inference, bool strides)
{
    rg_shape shape;
    rg_type items[RG_MAX_RANK];
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    if (strides && !shape.has_strides) {
        inference->unknown = true;
        return RG_OK;
    }
    for (uint32_t i = 0; i < shape.rank; i++) {
        rg_size size = strides ? shape.strides[i] : shape.sizes[i];
        rg_status status = rg_type_from_size(&items[i], inference->context, size);
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_type_from_items(&inference->result, inference->context, items, shape.rank);
}

rg_status rg__op_sym_sizes(rg_inference *inference)
{
    return answer_dimensions(inference, false);
}

rg_status rg__op_sym_strides(rg_inference *inference)
{
    return answer_dimensions(inference, true);
}

rg_status rg__op_sym_numel(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    return rg__infer_set_size(inference, rg__shape_element_count(inference, &shape));
}

/* Annotations do not print storage offsets, so the node's own is all there is. */
rg_status rg__op_sym_storage_offset(rg_inference *inference)
{
    rg_size offset;
    return rg__infer_annotated_symbol(inference, &offset) ? rg__infer_set_size(inference, offset) : RG_OK;
}

/* item and _local_scalar_dense: a fresh symbol. */
rg_status rg__op_item(rg_inference *inference)
{
    rg_size symbol;
    return rg__infer_annotated_symbol(inference, &symbol) ? rg__infer_set_size(inference, symbol) : RG_OK;
}

/* ---- arithmetic ---- */

/* Is an operand a tensor, so that the operator is torch's elementwise one? */
static bool is_on_tensors(const rg_inference *inference)
{
    for (size_t i = 0; i < inference->argument_count && i < 2; i++) {
        if (rg_value_get_kind(inference->arguments[i]) == RG_VALUE_NODE &&
            rg_type_get_kind(inference->context, rg__infer_type(inference, i)) == RG_TYPE_TENSOR) {
            return true;
        }
    }
    return false;
}

static rg_status combine(rg_inference *inference, rg_size_operation operation)
{
    rg_size a;
    rg_size b;
    rg_size result = {0};
    if (!rg__infer_size(inference, 0, &a) || !rg__infer_size(inference, 1, &b)) {
        return RG_OK;
    }
    rg_status status = rg_size_combine(&result, inference->context, operation, a, b);
    return status == RG_OK ? rg__infer_set_size(inference, result) : status;
}

static rg_status combine_or_promote(rg_inference *inference, rg_size_operation operation)
{
    return is_on_tensors(inference) ? rg__op_binary(inference) : combine(inference, operation);
}

static rg_status relate(rg_inference *inference, rg_size_operation operation)
{
    return is_on_tensors(inference) ? rg__op_binary_bool(inference) : combine(inference, operation);
}

rg_status rg__op_size_add(rg_inference *inference)
{
    return combine_or_promote(inference, RG_SIZE_ADD);
}

rg_status rg__op_size_subtract(rg_inference *inference)
{
    return combine_or_promote(inference, RG_SIZE_SUBTRACT);
}

rg_status rg__op_size_multiply(rg_inference *inference)
{
    return combine_or_promote(inference, RG_SIZE_MULTIPLY);
}

rg_status rg__op_size_floor_divide(rg_inference *inference)
{
    return combine_or_promote(inference, RG_SIZE_FLOOR_DIVIDE);
}

rg_status rg__op_size_modulo(rg_inference *inference)
{
    return combine_or_promote(inference, RG_SIZE_MODULO);
}

rg_status rg__op_size_power(rg_inference *inference)
{
    return combine_or_promote(inference, RG_SIZE_POWER);
}

rg_status rg__op_size_max(rg_inference *inference)
{
    return combine(inference, RG_SIZE_MAX);
}

rg_status rg__op_size_min(rg_inference *inference)
{
    return combine(inference, RG_SIZE_MIN);
}

rg_status rg__op_size_less(rg_inference *inference)
{
    return relate(inference, RG_SIZE_LESS);
}

rg_status rg__op_size_less_equal(rg_inference *inference)
{
    return relate(inference, RG_SIZE_LESS_EQUAL);
}

rg_status rg__op_size_greater(rg_inference *inference)
{
    return relate(inference, RG_SIZE_GREATER);
}

rg_status rg__op_size_greater_equal(rg_inference *inference)
{
    return relate(inference, RG_SIZE_GREATER_EQUAL);
}

rg_status rg__op_size_equal(rg_inference *inference)
{
    return relate(inference, RG_SIZE_EQUAL);
}

rg_status rg__op_size_not_equal(rg_inference *inference)
{
    return relate(inference, RG_SIZE_NOT_EQUAL);
}

rg_status rg__op_size_negate(rg_inference *inference)
{
    rg_size size;
    if (is_on_tensors(inference)) {
        return rg__op_unary(inference);
    }
    if (!rg__infer_size(inference, 0, &size)) {
        return RG_OK;
    }
    return rg__infer_set_size(inference, rg__infer_subtract(inference, rg__infer_int_size(inference, 0), size));
}

/* int(), +x and the like. */
rg_status rg__op_size_same(rg_inference *inference)
{
    rg_size size;
    return rg__infer_size(inference, 0, &size) ? rg__infer_set_size(inference, size) : RG_OK;
}

/* x / y of sizes is a float; it is a size again where it leaves no rest. */
rg_status rg__op_size_true_divide(rg_inference *inference)
{
    rg_size a;
    rg_size b;
    rg_size rest = {0};
    if (is_on_tensors(inference)) {
        return rg__op_binary_float(inference);
    }
    if (!rg__infer_size(inference, 0, &a) || !rg__infer_size(inference, 1, &b)) {
        return RG_OK;
    }
    rg_status status = rg_size_combine(&rest, inference->context, RG_SIZE_MODULO, a, b);
    if (status != RG_OK) {
        return status;
    }
    if (!rg__infer_is_int(inference, rest, 0)) {
        inference->unknown = true;
        return RG_OK;
    }
    return rg__infer_set_size(inference, rg__infer_floor_divide(inference, a, b));
}

/* torch.sym_sum([a, b, ...]) */
rg_status rg__op_sym_sum(rg_inference *inference)
{
    rg_size items[RG_MAX_RANK];
    uint32_t count = 0;
    if (!rg__infer_sizes(inference, 0, items, &count)) {
        return RG_OK;
    }
    rg_size sum = rg__infer_int_size(inference, 0);
    for (uint32_t i = 0; i < count; i++) {
        sum = rg__infer_add(inference, sum, items[i]);
    }
    return rg__infer_set_size(inference, sum);
}

/* torch.sym_not: only where the relation is decided. */
rg_status rg__op_sym_not(rg_inference *inference)
{
    rg_size size;
    int64_t value = 0;
    if (!rg__infer_size(inference, 0, &size)) {
        return RG_OK;
    }
    if (!rg_size_as_int(inference->context, size, &value)) {
        inference->unknown = true;
        return RG_OK;
    }
    return rg__infer_set_size(inference, rg__infer_int_size(inference, value == 0));
}

/* torch.sym_ite(condition, then, else) */
rg_status rg__op_sym_ite(rg_inference *inference)
{
    rg_size condition;
    rg_size chosen;
    int64_t value = 0;
    if (!rg__infer_size(inference, 0, &condition)) {
        return RG_OK;
    }
    if (!rg_size_as_int(inference->context, condition, &value)) {
        inference->unknown = true;
        return RG_OK;
    }
    return rg__infer_size(inference, value != 0 ? 1 : 2, &chosen) ? rg__infer_set_size(inference, chosen) : RG_OK;
}

/* ---- operators that only tensors have, and updates in place ---- */

/* &, | and ^: of bools that are decided they would be sizes, which no graph prints. */
rg_status rg__op_operator_binary(rg_inference *inference)
{
    if (is_on_tensors(inference)) {
        return rg__op_binary(inference);
    }
    inference->unknown = true;
    return RG_OK;
}

/* `a += b` gives `a` back if it is a tensor, and the sum if it is a size. */
static rg_status update(rg_inference *inference, rg_size_operation operation)
{
    bool in_place = rg_type_get_kind(inference->context, rg__infer_type(inference, 0)) == RG_TYPE_TENSOR;
    return in_place ? rg__op_in_place(inference) : combine_or_promote(inference, operation);
}

rg_status rg__op_update_add(rg_inference *inference)
{
    return update(inference, RG_SIZE_ADD);
}

rg_status rg__op_update_subtract(rg_inference *inference)
{
    return update(inference, RG_SIZE_SUBTRACT);
}

rg_status rg__op_update_multiply(rg_inference *inference)
{
    return update(inference, RG_SIZE_MULTIPLY);
}

/* ---- getitem ---- */

/* An item of a tuple of results. Indexing a tensor is not done here: at that level nothing is inferred. */
rg_status rg__op_getitem(rg_inference *inference)
{
    rg_type tuple = rg__infer_type(inference, 0);
    int64_t index = 0;
    if (rg_type_get_kind(inference->context, tuple) != RG_TYPE_TUPLE || !rg__infer_int(inference, 1, &index)) {
        inference->unknown = true;
        return RG_OK;
    }
    int64_t count = (int64_t)rg_type_item_count(inference->context, tuple);
    if (index < -count || index >= count) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "item %lld of %lld results", (long long)index,
                              (long long)count);
    }
    return rg__infer_set_type(inference,
                              rg_type_item(inference->context, tuple, (size_t)(index < 0 ? index + count : index)));
}

/* ---- ops without a result ---- */

rg_status rg__op_nothing(rg_inference *inference)
{
    return rg__infer_set_nothing(inference);
}

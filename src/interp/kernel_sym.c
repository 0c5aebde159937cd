/*
 * kernel_sym.c: sizes of tensors, Python's operators and functions on numbers, taking values out of tensors and tuples,
 * assertions. Where an operator is given a tensor it is torch's elementwise function.
 */
#include <math.h>

#include "interp/kernel_functions.h"

static rg_status answer_integer(rg_kernel_call *call, int64_t value)
{
    call->answer = (rg_datum){.kind = RG_DATUM_INT, .integer = value};
    return call->status;
}

static rg_status answer_truth(rg_kernel_call *call, bool value)
{
    call->answer = (rg_datum){.kind = RG_DATUM_BOOL, .truth = value};
    return call->status;
}

static rg_status answer_real(rg_kernel_call *call, double value)
{
    call->answer = (rg_datum){.kind = RG_DATUM_FLOAT, .real = value};
    return call->status;
}

/* ---- sizes of tensors ---- */

static rg_status answer_list(rg_kernel_call *call, const int64_t *values, uint32_t count)
{
    size_t bytes = count * sizeof(rg_datum);
    rg_datum *items = bytes == 0 ? NULL : rg__allocate(&call->run->context->allocator, bytes);
    if (bytes != 0 && items == NULL) {
        return rg__kernel_out_of_memory(call);
    }
    for (uint32_t i = 0; items != NULL && i < count; i++) {
        items[i] = (rg_datum){.kind = RG_DATUM_INT, .integer = values[i]};
    }
    call->answer = (rg_datum){.kind = RG_DATUM_TUPLE, .tuple = {items, count}};
    return call->status;
}

static rg_status answer_dim(rg_kernel_call *call, bool strides)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL) {
        return call->status;
    }
    uint32_t dim = rg__kernel_dim(call, 1, self->rank);
    if (call->status == RG_OK && dim >= self->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a 0-d tensor has no dimensions");
    }
    return call->status == RG_OK ? answer_integer(call, strides ? self->strides[dim] : self->sizes[dim]) : call->status;
}

rg_status rg__compute_sym_size(rg_kernel_call *call)
{
    return answer_dim(call, false);
}

rg_status rg__compute_sym_stride(rg_kernel_call *call)
{
    return answer_dim(call, true);
}

rg_status rg__compute_sym_sizes(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return self == NULL ? call->status : answer_list(call, self->sizes, self->rank);
}

rg_status rg__compute_sym_strides(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return self == NULL ? call->status : answer_list(call, self->strides, self->rank);
}

rg_status rg__compute_sym_numel(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return self == NULL ? call->status : answer_integer(call, rg__tensor_count(self));
}

rg_status rg__compute_sym_storage_offset(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    return self == NULL ? call->status : answer_integer(call, self->offset);
}

rg_status rg__compute_item(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    if (self == NULL || rg__tensor_count(self) != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a tensor of one element is needed");
    }
    if (self->dtype == RG_DTYPE_BOOL) {
        return answer_truth(call, rg__tensor_integer_at(self, self->offset) != 0);
    }
    return rg__dtype_is_integral(self->dtype) ? answer_integer(call, rg__tensor_integer_at(self, self->offset))
                                              : answer_real(call, rg__tensor_real_at(self, self->offset));
}

/* ---- operators ---- */

typedef enum number_operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    FLOOR_DIVIDE,
    MODULO,
    POWER,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    EQUAL,
    NOT_EQUAL,
    MAXIMUM,
    MINIMUM,
    TRUE_DIVIDE
} number_operator;

static double real_operator(number_operator what, double a, double b)
{
    switch (what) {
    case ADD:
        return a + b;
    case SUBTRACT:
        return a - b;
    case MULTIPLY:
        return a * b;
    case FLOOR_DIVIDE:
        return floor(a / b);
    case MODULO:
        return a - b * floor(a / b);
    case POWER:
        return pow(a, b);
    case LESS:
        return a < b;
    case LESS_EQUAL:
        return a <= b;
    case GREATER:
        return a > b;
    case GREATER_EQUAL:
        return a >= b;
    case EQUAL:
        return a == b;
    case NOT_EQUAL:
        return a != b;
    case MAXIMUM:
        return a > b ? a : b;
    case MINIMUM:
        return a < b ? a : b;
    default:
        return a / b;
    }
}

/* False on overflow and division by zero. */
static bool integer_operator(number_operator what, int64_t a, int64_t b, int64_t *out)
{
    switch (what) {
    case ADD:
        return !__builtin_add_overflow(a, b, out);
    case SUBTRACT:
        return !__builtin_sub_overflow(a, b, out);
    case MULTIPLY:
        return !__builtin_mul_overflow(a, b, out);
    case FLOOR_DIVIDE:
    case MODULO: {
        if (b == 0 || (a == INT64_MIN && b == -1)) {
            return false;
        }
        int64_t quotient = a / b - (a % b != 0 && (a < 0) != (b < 0));
        *out = what == FLOOR_DIVIDE ? quotient : a - quotient * b;
        return true;
    }
    case POWER:
        *out = 1;
        for (int64_t i = 0; i < b; i++) {
            if (i > 63 || __builtin_mul_overflow(*out, a, out)) {
                return false;
            }
        }
        return b >= 0;
    default:
        *out = (int64_t)(what == LESS            ? a < b
                         : what == LESS_EQUAL    ? a <= b
                         : what == GREATER       ? a > b
                         : what == GREATER_EQUAL ? a >= b
                         : what == EQUAL         ? a == b
                         : what == NOT_EQUAL     ? a != b
                         : what == MAXIMUM       ? (a > b ? a : b)
                                                 : (a < b ? a : b));
        return true;
    }
}

/* An operator of Python is the op of that name where an operand is a tensor. */
static rg_status on_tensors(rg_kernel_call *call, const char *name)
{
    rg_kernel_call inner;
    rg_status status = rg__kernel_begin(&inner, call, name);
    if (status == RG_OK) {
        status = rg__kernel_run(&inner, 1);
    }
    if (status == RG_OK) {
        status = rg__kernel_take(&call->answer, &inner);
    }
    rg__kernel_end(&inner);
    return call->status == RG_OK ? (call->status = status) : call->status;
}

static rg_status apply_operator(rg_kernel_call *call, number_operator what, const char *elementwise)
{
    bool compares = what >= LESS && what <= NOT_EQUAL;
    if (call->argument_count != 2) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "two arguments are needed");
    }
    const rg_datum *a = &call->arguments[0];
    const rg_datum *b = &call->arguments[1];
    if (a->kind == RG_DATUM_TENSOR || b->kind == RG_DATUM_TENSOR) {
        return on_tensors(call, elementwise);
    }
    if (a->kind == RG_DATUM_FLOAT || b->kind == RG_DATUM_FLOAT || what == TRUE_DIVIDE) {
        double value = real_operator(what, rg__kernel_real(call, 0), rg__kernel_real(call, 1));
        return compares ? answer_truth(call, value != 0) : answer_real(call, value);
    }
    int64_t value = 0;
    int64_t left = rg__kernel_integer(call, 0);
    int64_t right = rg__kernel_integer(call, 1);
    if (call->status == RG_OK && !integer_operator(what, left, right, &value)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the result is no integer of 64 bits");
    }
    return compares ? answer_truth(call, value != 0) : answer_integer(call, value);
}

#define OPERATOR(name, what, elementwise)                                                                              \
    rg_status rg__compute_##name(rg_kernel_call *call)                                                                 \
    {                                                                                                                  \
        return apply_operator(call, what, elementwise);                                                                \
    }

OPERATOR(number_add, ADD, "aten.add.Tensor")
OPERATOR(number_subtract, SUBTRACT, "aten.sub.Tensor")
OPERATOR(number_multiply, MULTIPLY, "aten.mul.Tensor")
OPERATOR(number_floor_divide, FLOOR_DIVIDE, "aten.floor_divide.default")
OPERATOR(number_true_divide, TRUE_DIVIDE, "aten.div.Tensor")
OPERATOR(number_modulo, MODULO, "aten.remainder.Tensor")
OPERATOR(number_power, POWER, "aten.pow.Tensor_Tensor")
OPERATOR(number_less, LESS, "aten.lt.Tensor")
OPERATOR(number_less_equal, LESS_EQUAL, "aten.le.Tensor")
OPERATOR(number_greater, GREATER, "aten.gt.Tensor")
OPERATOR(number_greater_equal, GREATER_EQUAL, "aten.ge.Tensor")
OPERATOR(number_equal, EQUAL, "aten.eq.Tensor")
OPERATOR(number_not_equal, NOT_EQUAL, "aten.ne.Tensor")
OPERATOR(number_maximum, MAXIMUM, "aten.maximum.default")
OPERATOR(number_minimum, MINIMUM, "aten.minimum.default")

/* `x += y`: into the tensor where `x` is one, else another number. */
static rg_status update(rg_kernel_call *call, number_operator what, const char *in_place, const char *elementwise)
{
    bool is_tensor = call->argument_count == 2 && call->arguments[0].kind == RG_DATUM_TENSOR;
    return is_tensor ? on_tensors(call, in_place) : apply_operator(call, what, elementwise);
}

rg_status rg__compute_number_add_in_place(rg_kernel_call *call)
{
    return update(call, ADD, "aten.add_.Tensor", "aten.add.Tensor");
}

rg_status rg__compute_number_subtract_in_place(rg_kernel_call *call)
{
    return update(call, SUBTRACT, "aten.sub_.Tensor", "aten.sub.Tensor");
}

rg_status rg__compute_number_multiply_in_place(rg_kernel_call *call)
{
    return update(call, MULTIPLY, "aten.mul_.Tensor", "aten.mul.Tensor");
}

rg_status rg__compute_number_matmul(rg_kernel_call *call)
{
    return on_tensors(call, "aten.matmul.default");
}

static rg_status bit_operator(rg_kernel_call *call, char what, const char *elementwise)
{
    if (call->argument_count == 2 &&
        (call->arguments[0].kind == RG_DATUM_TENSOR || call->arguments[1].kind == RG_DATUM_TENSOR)) {
        return on_tensors(call, elementwise);
    }
    int64_t a = rg__kernel_integer(call, 0);
    int64_t b = rg__kernel_integer(call, 1);
    int64_t value = what == '&' ? a & b : what == '|' ? a | b : a ^ b;
    bool truths =
        call->status == RG_OK && call->arguments[0].kind == RG_DATUM_BOOL && call->arguments[1].kind == RG_DATUM_BOOL;
    return truths ? answer_truth(call, value != 0) : answer_integer(call, value);
}

rg_status rg__compute_number_and(rg_kernel_call *call)
{
    return bit_operator(call, '&', "aten.bitwise_and.Tensor");
}

rg_status rg__compute_number_or(rg_kernel_call *call)
{
    return bit_operator(call, '|', "aten.bitwise_or.Tensor");
}

rg_status rg__compute_number_xor(rg_kernel_call *call)
{
    return bit_operator(call, '^', "aten.bitwise_xor.Tensor");
}

rg_status rg__compute_number_negate(rg_kernel_call *call)
{
    if (call->argument_count == 1 && call->arguments[0].kind == RG_DATUM_FLOAT) {
        return answer_real(call, -call->arguments[0].real);
    }
    int64_t value = rg__kernel_integer(call, 0);
    return answer_integer(call, value == INT64_MIN ? value : -value);
}

rg_status rg__compute_number_same(rg_kernel_call *call)
{
    return call->argument_count > 0 && call->arguments[0].kind == RG_DATUM_FLOAT
               ? answer_real(call, call->arguments[0].real)
               : answer_integer(call, rg__kernel_integer(call, 0));
}

rg_status rg__compute_number_not(rg_kernel_call *call)
{
    return answer_truth(call, !rg__kernel_truth(call, 0));
}

rg_status rg__compute_number_choose(rg_kernel_call *call)
{
    size_t index = rg__kernel_truth(call, 0) ? 1 : 2;
    if (call->argument_count != 3 || !rg__kernel_is_number(call, index)) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "a condition and two numbers are needed");
    }
    call->answer = call->arguments[index];
    return call->status;
}

rg_status rg__compute_number_sum(rg_kernel_call *call)
{
    int64_t items[RG_KERNEL_RESULTS];
    uint32_t count = 0;
    uint64_t sum = 0;
    rg__kernel_integers(call, 0, items, RG_KERNEL_RESULTS, &count);
    for (uint32_t i = 0; i < count; i++) {
        sum += (uint64_t)items[i];
    }
    return answer_integer(call, (int64_t)sum);
}

/* ---- parts of tuples ---- */

rg_status rg__compute_getitem(rg_kernel_call *call)
{
    if (call->argument_count != 2 || call->arguments[0].kind != RG_DATUM_TUPLE ||
        call->arguments[1].kind != RG_DATUM_INT) {
        return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "only tuples are taken apart, by integers");
    }
    const rg_datum *tuple = &call->arguments[0];
    int64_t index = call->arguments[1].integer;
    index += index < 0 ? (int64_t)tuple->tuple.count : 0;
    if (index < 0 || (size_t)index >= tuple->tuple.count) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "item %lld of a tuple of %zu", (long long)index,
                               tuple->tuple.count);
    }
    rg_status status = rg__datum_copy(&call->answer, call->run->context, &tuple->tuple.items[index]);
    return status;
}

/* ---- assertions ---- */

static rg_status answer_nothing(rg_kernel_call *call)
{
    call->answer = (rg_datum){.kind = RG_DATUM_NONE};
    return call->status;
}

rg_status rg__compute_assert_true(rg_kernel_call *call)
{
    if (!rg__kernel_truth(call, 0) && call->status == RG_OK) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "an assertion of the graph does not hold");
    }
    return answer_nothing(call);
}

rg_status rg__compute_assert_nothing(rg_kernel_call *call)
{
    return answer_nothing(call);
}

rg_status rg__compute_assert_range(rg_kernel_call *call)
{
    int64_t value = rg__kernel_integer(call, 0);
    if ((rg__kernel_has(call, 1) && value < rg__kernel_integer(call, 1)) ||
        (rg__kernel_has(call, 2) && value > rg__kernel_integer(call, 2))) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "%lld is outside the range that the graph demands",
                               (long long)value);
    }
    return answer_nothing(call);
}

/*
 * shape.c: layouts: contiguous and channels-last strides, strides of elementwise results and of copies that preserve
 * their input's layout, and broadcasting. Strides of views are in shape_view.c.
 *
 * The facts are those of PyTorch's fake tensors: the order of dimensions of elementwise results, is_contiguous and
 * is_non_overlapping_and_dense with their free pass for dimensions of size 1. Where PyTorch compares two sizes or
 * strides, so do we; a comparison that the symbols' bounds do not decide is made on typical examples, as PyTorch makes
 * it on the input it traces with.
 */
#include "base/memory.h"
#include "ops/infer.h"

static bool is_zero(rg_inference *inference, rg_size size)
{
    return rg__infer_is_int(inference, size, 0);
}

/* a < b for certain */
static bool is_less(rg_inference *inference, rg_size a, rg_size b)
{
    return !rg_size_same(a, b) && rg_size_less_equal(inference->context, b, a) == RG_NO;
}

/* Size 0 or 1, as far as it is known: such a dimension's stride is never used. */
static bool is_below_two(rg_inference *inference, rg_size size)
{
    int64_t value = 0;
    return rg_size_as_int(inference->context, size, &value) && value < 2;
}

/* Multiplying strides, a size of 0 counts as 1, so that the strides of an empty tensor are not all 0. */
static rg_size at_least_one(rg_inference *inference, rg_size size)
{
    rg_size one = rg__infer_int_size(inference, 1);
    if (rg_size_is_null(size) || rg_size_is_null(one) || rg_size_less_equal(inference->context, one, size) == RG_YES) {
        return size;
    }
    return rg__infer_max(inference, one, size);
}

/* ---- contiguous layouts ---- */

/* Strides for dimensions laid out densely, `order[0]` innermost. */
static void set_dense_strides(rg_inference *inference, rg_shape *shape, const uint32_t *order)
{
    rg_size stride = rg__infer_int_size(inference, 1);
    for (uint32_t i = 0; i < shape->rank; i++) {
        rg_size size = shape->sizes[order[i]];
        shape->strides[order[i]] = stride;
        if (i + 1 < shape->rank) {
            stride = rg__infer_multiply(inference, stride, at_least_one(inference, size));
        }
    }
    shape->has_strides = true;
}

void rg__shape_set_contiguous(rg_inference *inference, rg_shape *shape)
{
    uint32_t order[RG_MAX_RANK];
    for (uint32_t i = 0; i < shape->rank; i++) {
        order[i] = shape->rank - 1 - i;
    }
    set_dense_strides(inference, shape, order);
}

/* The order of channels-last dimensions, innermost first: channels, then the spatial ones, then the batch. */
static void channels_last_order(uint32_t rank, uint32_t *order)
{
    order[0] = 1;
    for (uint32_t i = 1; i + 1 < rank; i++) {
        order[i] = rank - i;
    }
    order[rank - 1] = 0;
}

void rg__shape_set_channels_last(rg_inference *inference, rg_shape *shape)
{
    uint32_t order[RG_MAX_RANK];
    if (shape->rank < 3) {
        rg__shape_set_contiguous(inference, shape);
        return;
    }
    channels_last_order(shape->rank, order);
    /* Unlike contiguous strides these are plain products, also where a size may be 0. */
    rg_size stride = rg__infer_int_size(inference, 1);
    for (uint32_t i = 0; i < shape->rank; i++) {
        shape->strides[order[i]] = stride;
        stride = i + 1 < shape->rank ? rg__infer_multiply(inference, stride, shape->sizes[order[i]]) : stride;
    }
    shape->has_strides = true;
}

rg_size rg__shape_element_count(rg_inference *inference, const rg_shape *shape)
{
    rg_size count = rg__infer_int_size(inference, 1);
    for (uint32_t i = 0; i < shape->rank; i++) {
        count = rg__infer_multiply(inference, count, shape->sizes[i]);
    }
    return count;
}

static bool has_zero_size(rg_inference *inference, const rg_shape *shape)
{
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (is_zero(inference, shape->sizes[i])) {
            return true;
        }
    }
    return false;
}

/* Are the strides those of a dense layout in this order of dimensions? Dimensions of size 1 may have any stride. */
static bool is_dense_in_order(rg_inference *inference, const rg_shape *shape, const uint32_t *order)
{
    rg_size expected = rg__infer_int_size(inference, 1);
    for (uint32_t i = 0; i < shape->rank; i++) {
        rg_size size = shape->sizes[order[i]];
        if (rg__infer_is_one(inference, size)) {
            continue;
        }
        if (!rg__infer_same(inference, shape->strides[order[i]], expected)) {
            return false;
        }
        expected = rg__infer_multiply(inference, expected, at_least_one(inference, size));
    }
    return true;
}

bool rg__shape_is_contiguous(rg_inference *inference, const rg_shape *shape)
{
    uint32_t order[RG_MAX_RANK];
    if (!shape->has_strides) {
        return false;
    }
    for (uint32_t i = 0; i < shape->rank; i++) {
        order[i] = shape->rank - 1 - i;
    }
    return is_dense_in_order(inference, shape, order) || has_zero_size(inference, shape);
}

bool rg__shape_is_channels_last(rg_inference *inference, const rg_shape *shape)
{
    uint32_t order[RG_MAX_RANK];
    if (!shape->has_strides || (shape->rank != 4 && shape->rank != 5)) {
        return false;
    }
    channels_last_order(shape->rank, order);
    return is_dense_in_order(inference, shape, order);
}

bool rg__shape_is_dense(rg_inference *inference, const rg_shape *shape)
{
    uint32_t order[RG_MAX_RANK];
    if (!shape->has_strides) {
        return false;
    }
    if (rg__shape_is_contiguous(inference, shape)) {
        return true;
    }
    for (uint32_t i = 0; i < shape->rank; i++) {
        uint32_t place = i;
        while (place > 0 && !is_below_two(inference, shape->sizes[i]) &&
               (is_below_two(inference, shape->sizes[order[place - 1]]) ||
                is_less(inference, shape->strides[i], shape->strides[order[place - 1]]))) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
    return is_dense_in_order(inference, shape, order);
}

/* ---- broadcasting ---- */

rg_status rg__shape_broadcast(rg_inference *inference, rg_shape *out, const rg_shape *a, const rg_shape *b)
{
    uint32_t rank = a->rank > b->rank ? a->rank : b->rank;
    rg_size sizes[RG_MAX_RANK];
    for (uint32_t i = 0; i < rank; i++) {
        uint32_t from_end = rank - i;
        bool in_a = from_end <= a->rank;
        bool in_b = from_end <= b->rank;
        rg_size of_a = in_a ? a->sizes[a->rank - from_end] : b->sizes[b->rank - from_end];
        rg_size of_b = in_b ? b->sizes[b->rank - from_end] : of_a;
        /* Two sizes that are not known to be equal have been guarded to be: the first one stands for both. */
        sizes[i] = rg__infer_is_one(inference, of_a) ? of_b : of_a;
        int64_t known_a = 0;
        int64_t known_b = 0;
        if (rg_size_as_int(inference->context, of_a, &known_a) && rg_size_as_int(inference->context, of_b, &known_b)) {
            if (known_a != known_b && known_a != 1 && known_b != 1) {
                return rg__infer_fail(inference, RG_ERROR_TYPE, "sizes %lld and %lld in dimension %u do not broadcast",
                                      (long long)known_a, (long long)known_b, i);
            }
        } else if (rg_size_as_int(inference->context, of_b, &known_b) && known_b != 1) {
            sizes[i] = of_b;
        }
    }
    out->rank = rank;
    memcpy(out->sizes, sizes, rank * sizeof(rg_size));
    return RG_OK;
}

/* ---- elementwise results ---- */

/* The stride of an operand in a dimension of the result, as if it had been expanded: 0 where it is broadcast. */
static rg_size broadcast_stride(rg_inference *inference, const rg_shape *shape, const rg_shape *operand, uint32_t dim)
{
    uint32_t from_end = shape->rank - dim;
    if (from_end > operand->rank) {
        if (operand->rank == 0 || !rg__infer_is_one(inference, shape->sizes[dim])) {
            return rg__infer_int_size(inference, 0);
        }
        return rg__infer_multiply(inference, operand->sizes[0], operand->strides[0]);
    }
    uint32_t own = operand->rank - from_end;
    if (rg__infer_is_one(inference, operand->sizes[own]) && !rg__infer_is_one(inference, shape->sizes[dim])) {
        return rg__infer_int_size(inference, 0);
    }
    return operand->strides[own];
}

static void expand_operand(rg_inference *inference, const rg_shape *shape, const rg_shape *operand, rg_shape *out)
{
    *out = *shape;
    for (uint32_t i = 0; i < shape->rank; i++) {
        out->strides[i] = broadcast_stride(inference, shape, operand, i);
    }
    out->has_strides = true;
}

/* a >= b, or a multiple of b, which decides between symbolic strides that bounds do not tell apart. */
static bool encloses(rg_inference *inference, rg_size a, rg_size b)
{
    return rg__infer_seems_at_most(inference, b, a) ||
           (rg_size_less_equal(inference->context, b, a) == RG_UNKNOWN && rg__infer_seems_divisible(inference, a, b));
}

/* Should `outer` be inside of `inner`? Positive yes, negative no, 0 when no operand tells. */
static int compare_dimensions(rg_inference *inference, const rg_shape *shape, const rg_shape *const *operands,
                              size_t count, uint32_t inner, uint32_t outer)
{
    for (size_t i = 0; i < count; i++) {
        rg_size inner_stride = broadcast_stride(inference, shape, operands[i], inner);
        rg_size outer_stride = broadcast_stride(inference, shape, operands[i], outer);
        if (is_zero(inference, inner_stride) || is_zero(inference, outer_stride)) {
            continue;
        }
        if (rg__infer_same(inference, inner_stride, outer_stride)) {
            if (encloses(inference, shape->sizes[outer], shape->sizes[inner])) {
                continue;
            }
            return 1;
        }
        if (encloses(inference, outer_stride, inner_stride)) {
            return -1;
        }
        if (encloses(inference, inner_stride, outer_stride)) {
            return 1;
        }
    }
    return 0;
}

/* Insertion sort of the dimensions, innermost first. The comparison is no order (0 is not transitive), so that the
 * result depends on the algorithm; this is the one of TensorIterator and of PyTorch's Python references. */
static void sort_dimensions(rg_inference *inference, const rg_shape *shape, const rg_shape *const *operands,
                            size_t count, uint32_t *order)
{
    for (uint32_t i = 0; i < shape->rank; i++) {
        order[i] = shape->rank - 1 - i;
    }
    for (uint32_t i = 1; i < shape->rank; i++) {
        uint32_t moving = i;
        for (uint32_t j = i; j-- > 0;) {
            int comparison = compare_dimensions(inference, shape, operands, count, order[j], order[moving]);
            if (comparison > 0) {
                uint32_t swap = order[j];
                order[j] = order[moving];
                order[moving] = swap;
                moving = j;
            } else if (comparison < 0) {
                break;
            }
        }
    }
}

/* The layout that all operands have, when it is contiguous or channels-last and not both, else sorted. */
static void set_joint_layout(rg_inference *inference, rg_shape *shape, const rg_shape *const *operands, size_t count)
{
    uint32_t order[RG_MAX_RANK];
    rg_shape expanded;
    bool contiguous = true;
    bool channels_last = shape->rank == 4;
    for (size_t i = 0; i < count && (contiguous || channels_last); i++) {
        expand_operand(inference, shape, operands[i], &expanded);
        contiguous = contiguous && rg__shape_is_contiguous(inference, &expanded);
        channels_last = channels_last && rg__shape_is_channels_last(inference, &expanded);
    }
    if (contiguous && !channels_last) {
        rg__shape_set_contiguous(inference, shape);
    } else if (channels_last && !contiguous) {
        rg__shape_set_channels_last(inference, shape);
    } else {
        sort_dimensions(inference, shape, operands, count, order);
        set_dense_strides(inference, shape, order);
    }
}

void rg__shape_set_elementwise(rg_inference *inference, rg_shape *shape, const rg_shape *const *operands, size_t count)
{
    if (shape->rank < 2 || count == 0) {
        rg__shape_set_contiguous(inference, shape);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!operands[i]->has_strides) {
            shape->has_strides = false;
            return;
        }
    }
    set_joint_layout(inference, shape, operands, count);
}

void rg__shape_set_preserved(rg_inference *inference, rg_shape *shape, const rg_shape *like)
{
    uint32_t order[RG_MAX_RANK];
    if (!like->has_strides && shape->rank > 1) {
        shape->has_strides = false;
        return;
    }
    if (rg__shape_is_dense(inference, like)) {
        memcpy(shape->strides, like->strides, shape->rank * sizeof(rg_size));
        shape->has_strides = true;
        return;
    }
    sort_dimensions(inference, shape, &like, 1, order);
    set_dense_strides(inference, shape, order);
}

rg_status rg__shape_resolve_sizes(rg_inference *inference, const rg_shape *input, rg_size *sizes, uint32_t count)
{
    rg_size known = rg__infer_int_size(inference, 1);
    rg_size elements = rg__shape_element_count(inference, input);
    uint32_t inferred = count;
    for (uint32_t i = 0; i < count; i++) {
        int64_t value = 0;
        if (rg_size_as_int(inference->context, sizes[i], &value) && value < 0) {
            if (value != -1 || inferred != count) {
                return rg__infer_fail(inference, RG_ERROR_TYPE,
                                      value != -1 ? "size %lld is negative" : "more than one size is %lld",
                                      (long long)value);
            }
            inferred = i;
        } else {
            known = rg__infer_multiply(inference, known, sizes[i]);
        }
    }
    if (rg_size_is_null(known) || rg_size_is_null(elements)) {
        return inference->failure;
    }
    if (inferred < count) {
        if (is_zero(inference, known)) {
            return rg__infer_fail(inference, RG_ERROR_TYPE, "the size -1 of an empty tensor can be anything");
        }
        sizes[inferred] = rg__infer_floor_divide(inference, elements, known);
        known = rg__infer_multiply(inference, known, sizes[inferred]);
    }
    int64_t wanted = 0;
    int64_t given = 0;
    if (rg_size_as_int(inference->context, known, &wanted) && rg_size_as_int(inference->context, elements, &given) &&
        wanted != given) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "%lld elements do not fit sizes with %lld elements",
                              (long long)given, (long long)wanted);
    }
    return RG_OK;
}

rg_status rg__infer_wrap_dim(rg_inference *inference, int64_t dim, uint32_t rank, uint32_t *out)
{
    int64_t span = rank == 0 ? 1 : (int64_t)rank; /* a 0-d tensor takes 0 and -1 */
    if (dim < -span || dim >= span) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "dimension %lld of a tensor of rank %u", (long long)dim, rank);
    }
    *out = (uint32_t)(dim < 0 ? dim + span : dim);
    return RG_OK;
}

static bool is_multiple(rg_inference *inference, rg_size size, rg_size divisor)
{
    rg_size whole = rg__infer_multiply(inference, rg__infer_floor_divide(inference, size, divisor), divisor);
    return rg__infer_same(inference, whole, size);
}

rg_size rg__infer_slice_bound(rg_inference *inference, rg_size bound, rg_size size)
{
    rg_size zero = rg__infer_int_size(inference, 0);
    if (rg_size_is_null(bound) || rg_size_is_null(size) || rg_size_is_null(zero)) {
        return bound;
    }
    if (is_less(inference, bound, zero)) {
        bound = rg__infer_add(inference, bound, size);
        if (!rg_size_is_null(bound) && is_less(inference, bound, zero)) {
            return zero;
        }
    }
    int64_t value = 0;
    bool to_the_end = rg_size_as_int(inference->context, bound, &value) && value == INT64_MAX;
    if (to_the_end || rg_size_less_equal(inference->context, size, bound) == RG_YES ||
        (rg_size_less_equal(inference->context, bound, size) == RG_UNKNOWN && is_multiple(inference, bound, size))) {
        return size;
    }
    return bound;
}

/*
 * shape_view.c: the strides of a tensor seen with other sizes.
 *
 * PyTorch has two answers. Its kernels (computeStride) cut both shapes into chunks and give a dimension of size 1 the
 * stride it would have in a contiguous chunk. Its fake tensors, whose strides are what graphs are annotated with, make
 * the wanted dimensions one by one from the left, joining and splitting the input's, and leave every stride that they
 * need not touch. Where both have an answer they differ in dimensions of size 1 only. Whether a view exists at all is
 * decided by the kernels' rule.
 */
#include "ops/infer.h"

/* ---- by chunks: does a view exist? ---- */

static bool is_less(rg_inference *inference, rg_size a, rg_size b)
{
    return !rg_size_same(a, b) && rg_size_less_equal(inference->context, b, a) == RG_NO;
}

/*
 * Both shapes are cut, from the right, into chunks with the same number of elements, such that a chunk of the input is
 * evenly strided; within a chunk the view's strides are those of a contiguous tensor times the chunk's base stride.
 */
static bool set_by_chunks(rg_inference *inference, const rg_shape *input, rg_shape *shape)
{
    rg_size one = rg__infer_int_size(inference, 1);
    uint32_t left = shape->rank; /* dimensions of the view that have no stride yet */
    rg_size base = input->strides[input->rank - 1];
    rg_size input_elements = one;
    rg_size view_elements = one;
    for (uint32_t dim = input->rank; dim-- > 0;) {
        input_elements = rg__infer_multiply(inference, input_elements, input->sizes[dim]);
        if (dim > 0 &&
            (rg__infer_is_one(inference, input->sizes[dim - 1]) ||
             rg__infer_same(inference, input->strides[dim - 1], rg__infer_multiply(inference, input_elements, base)))) {
            continue; /* the chunk goes on */
        }
        while (left > 0 && (!rg__infer_same(inference, view_elements, input_elements) ||
                            rg__infer_is_one(inference, shape->sizes[left - 1]))) {
            if (is_less(inference, input_elements, view_elements)) {
                return false;
            }
            left--;
            shape->strides[left] = rg__infer_multiply(inference, view_elements, base);
            view_elements = rg__infer_multiply(inference, view_elements, shape->sizes[left]);
        }
        if (!rg__infer_same(inference, view_elements, input_elements)) {
            return false;
        }
        if (dim > 0) {
            base = input->strides[dim - 1];
            input_elements = one;
            view_elements = one;
        }
    }
    return left == 0;
}

/* ---- by joining and splitting: which strides? ---- */

/* The input's dimensions as they are joined and split; every wanted dimension may add one. */
typedef struct rg_reshaping {
    uint32_t rank;
    rg_size sizes[2 * RG_MAX_RANK];
    rg_size strides[2 * RG_MAX_RANK];
} rg_reshaping;

/* Join dimensions first..last into one, if they are evenly strided. */
static bool join(rg_inference *inference, rg_reshaping *shape, uint32_t first, uint32_t last)
{
    rg_size stride = shape->strides[last];
    rg_size size = shape->sizes[last];
    for (uint32_t i = last; i-- > first;) {
        bool one = rg__infer_is_one(inference, shape->sizes[i]);
        if (!one && !rg__infer_is_one(inference, shape->sizes[i + 1]) &&
            !rg__infer_same(inference, shape->strides[i],
                            rg__infer_multiply(inference, shape->strides[i + 1], shape->sizes[i + 1]))) {
            return false;
        }
        if (!one && is_less(inference, shape->strides[i], stride)) {
            stride = shape->strides[i];
        }
        size = rg__infer_multiply(inference, size, shape->sizes[i]);
    }
    uint32_t joined = last - first;
    shape->sizes[first] = size;
    shape->strides[first] = stride;
    shape->rank -= joined;
    memmove(&shape->sizes[first + 1], &shape->sizes[last + 1], (shape->rank - first - 1) * sizeof(rg_size));
    memmove(&shape->strides[first + 1], &shape->strides[last + 1], (shape->rank - first - 1) * sizeof(rg_size));
    return true;
}

/* Split a dimension into one of size `outer` and the rest. */
static void split(rg_inference *inference, rg_reshaping *shape, uint32_t dim, rg_size outer)
{
    rg_size inner = rg__infer_floor_divide(inference, shape->sizes[dim], outer);
    memmove(&shape->sizes[dim + 1], &shape->sizes[dim], (shape->rank - dim) * sizeof(rg_size));
    memmove(&shape->strides[dim + 1], &shape->strides[dim], (shape->rank - dim) * sizeof(rg_size));
    shape->rank++;
    shape->sizes[dim] = outer;
    shape->sizes[dim + 1] = inner;
    shape->strides[dim] = rg__infer_multiply(inference, shape->strides[dim + 1], inner);
}

/* Make dimension `dim` of `shape` have the wanted size. */
static bool make_dimension(rg_inference *inference, rg_reshaping *shape, uint32_t dim, rg_size wanted)
{
    if (dim >= shape->rank) { /* trailing dimensions of size 1 are split off the last one */
        split(inference, shape, shape->rank - 1, shape->sizes[shape->rank - 1]);
        return true;
    }
    if (rg__infer_seems_same(inference, wanted, shape->sizes[dim])) {
        return true;
    }
    uint32_t last = dim;
    rg_size joined = shape->sizes[dim];
    while (!rg__infer_seems_divisible(inference, joined, wanted)) {
        last++;
        if (last == shape->rank) {
            return false;
        }
        joined = rg__infer_multiply(inference, joined, shape->sizes[last]);
    }
    if (last != dim && !join(inference, shape, dim, last)) {
        return false;
    }
    if (!rg__infer_seems_same(inference, joined, wanted)) {
        split(inference, shape, dim, wanted);
    }
    return true;
}

static bool set_by_joining(rg_inference *inference, const rg_shape *input, rg_shape *shape)
{
    rg_reshaping work;
    work.rank = input->rank;
    memcpy(work.sizes, input->sizes, input->rank * sizeof(rg_size));
    memcpy(work.strides, input->strides, input->rank * sizeof(rg_size));
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (work.rank + 1 >= 2 * RG_MAX_RANK || !make_dimension(inference, &work, i, shape->sizes[i])) {
            return false;
        }
    }
    for (uint32_t i = shape->rank; i < work.rank; i++) {
        if (!rg__infer_is_one(inference, work.sizes[i])) {
            return false;
        }
    }
    memcpy(shape->strides, work.strides, shape->rank * sizeof(rg_size));
    return true;
}

/* ---- both ---- */

static bool is_empty(rg_inference *inference, const rg_shape *shape)
{
    for (uint32_t i = 0; i < shape->rank; i++) {
        if (rg__infer_is_int(inference, shape->sizes[i], 0)) {
            return true;
        }
    }
    return false;
}

bool rg__shape_set_view(rg_inference *inference, const rg_shape *input, rg_shape *shape)
{
    if (!input->has_strides) {
        shape->has_strides = false;
        return true;
    }
    bool becomes_vector = shape->rank == 1 && input->rank > 1;
    bool becomes_matrix = shape->rank == 2 && input->rank == 1;
    if (input->rank == 0 || shape->rank == 0 || is_empty(inference, input) ||
        ((becomes_vector || becomes_matrix) && rg__shape_is_contiguous(inference, input))) {
        rg__shape_set_contiguous(inference, shape);
        return true;
    }
    shape->has_strides = true;
    rg_shape joined = *shape;
    bool by_joining = set_by_joining(inference, input, &joined);
    bool by_chunks = set_by_chunks(inference, input, shape);
    if (by_joining) {
        memcpy(shape->strides, joined.strides, shape->rank * sizeof(rg_size));
    }
    return by_joining || by_chunks;
}

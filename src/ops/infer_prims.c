/*
 * infer_prims.c: prims that survive into printed graphs: broadcasting, given strides, reductions, and
 * Inductor's random numbers and stride constraints.
 */
#include "ops/op_rows.h"

/* prims.broadcast_in_dim(a, shape, dims): dimension i of `a` becomes dimension dims[i] of the result. */
rg_status rg__op_broadcast_in_dim(rg_inference *inference)
{
    rg_shape input;
    rg_size sizes[RG_MAX_RANK];
    int64_t dims[RG_MAX_RANK];
    uint32_t rank = 0;
    uint32_t count = 0;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_sizes(inference, 1, sizes, &rank)) {
        return RG_OK;
    }
    if (!rg__infer_ints(inference, 2, dims, &count)) {
        inference->unknown = true;
        return RG_OK;
    }
    if (count != input.rank || rank < input.rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u broadcast dimensions for a tensor of rank %u", count,
                              input.rank);
    }
    rg_shape shape = input;
    shape.rank = rank;
    uint32_t next = 0; /* dimension of the input that is placed next */
    for (uint32_t i = 0; i < rank; i++) {
        shape.sizes[i] = sizes[i];
        if (next < count && dims[next] == (int64_t)i) {
            bool expanded = !rg__infer_same(inference, input.sizes[next], sizes[i]);
            shape.strides[i] = expanded ? rg__infer_int_size(inference, 0) : input.strides[next];
            next++;
        } else if (!rg__infer_is_one(inference, sizes[i])) {
            shape.strides[i] = rg__infer_int_size(inference, 0);
        } else if (next == count) {
            shape.strides[i] = rg__infer_int_size(inference, 1);
        } else {
            shape.strides[i] = input.has_strides ? rg__infer_multiply(inference, input.strides[next], input.sizes[next])
                                                 : (rg_size){0};
        }
    }
    if (next != count) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "the broadcast dimensions do not rise");
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* prims.copy_strided and inductor_force_stride_order: the strides are an argument. */
rg_status rg__op_given_strides(rg_inference *inference)
{
    rg_shape shape;
    uint32_t count = 0;
    rg_size strides[RG_MAX_RANK];
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_sizes(inference, 1, strides, &count)) {
        return RG_OK;
    }
    if (count != shape.rank) {
        return rg__infer_fail(inference, RG_ERROR_ARGUMENT, "%u strides for a tensor of rank %u", count, shape.rank);
    }
    memcpy(shape.strides, strides, count * sizeof(rg_size));
    shape.has_strides = true;
    return rg__infer_set_tensor(inference, &shape);
}

/* prims.sum, amax, ...(input, dims or None for all, ..., output_dtype=None); dimensions are dropped. */
rg_status rg__op_prims_reduce(rg_inference *inference)
{
    rg_shape input;
    int64_t dims[RG_MAX_RANK];
    uint32_t count = 0;
    bool all = rg__infer_is_none(inference, 1);
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    if (!all && !rg__infer_ints(inference, 1, dims, &count)) {
        inference->unknown = true;
        return RG_OK;
    }
    rg_shape shape = input;
    shape.rank = 0;
    for (uint32_t i = 0; !all && i < input.rank; i++) {
        bool kept = true;
        for (uint32_t j = 0; j < count; j++) {
            kept = kept && dims[j] != (int64_t)i;
        }
        if (kept) {
            shape.sizes[shape.rank++] = input.sizes[i];
        }
    }
    shape.dtype = rg__infer_dtype(inference, rg__infer_find(inference, "output_dtype"), input.dtype);
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* ---- Inductor's random numbers ---- */

/* A contiguous tensor on a device. */
static rg_status answer_fresh(rg_inference *inference, rg_dtype dtype, rg_device device, const rg_size *sizes,
                              uint32_t rank)
{
    rg_shape shape = {.dtype = dtype, .rank = rank, .device = device};
    for (uint32_t i = 0; i < rank; i++) {
        shape.sizes[i] = sizes[i];
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

rg_status rg__op_inductor_seed(rg_inference *inference)
{
    rg_device none = {NULL, -1};
    return answer_fresh(inference, RG_DTYPE_I64, rg__infer_device(inference, 0, none), NULL, 0);
}

rg_status rg__op_inductor_seeds(rg_inference *inference)
{
    rg_device none = {NULL, -1};
    rg_size count;
    if (!rg__infer_size(inference, 0, &count)) {
        return RG_OK;
    }
    return answer_fresh(inference, RG_DTYPE_I64, rg__infer_device(inference, 1, none), &count, 1);
}

rg_status rg__op_inductor_lookup_seed(rg_inference *inference)
{
    rg_shape seeds;
    if (!rg__infer_tensor(inference, 0, &seeds)) {
        return RG_OK;
    }
    if (seeds.rank != 1) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "seeds are a vector");
    }
    return answer_fresh(inference, seeds.dtype, seeds.device, NULL, 0);
}

/* Random numbers of given sizes on the device of the seed. */
static rg_status answer_random(rg_inference *inference, rg_dtype dtype, size_t sizes_index, size_t seed_index)
{
    rg_size sizes[RG_MAX_RANK];
    uint32_t rank = 0;
    rg_shape seed;
    if (!rg__infer_sizes(inference, sizes_index, sizes, &rank) || !rg__infer_tensor(inference, seed_index, &seed)) {
        return RG_OK;
    }
    return answer_fresh(inference, dtype, seed.device, sizes, rank);
}

rg_status rg__op_inductor_random(rg_inference *inference)
{
    return answer_random(inference, RG_DTYPE_F32, 0, 1);
}

rg_status rg__op_inductor_randint(rg_inference *inference)
{
    return answer_random(inference, RG_DTYPE_I64, 2, 3);
}

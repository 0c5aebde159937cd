/*
 * infer_scatter.c: writing into a copy: index_put, scatter, slice_scatter and their kin.
 *
 * The result has the sizes and dtype of the first argument. Which layout it has differs from op to op and has no
 * deeper reason than how PyTorch implements each.
 */
#include "ops/op_rows.h"

/* scatter, scatter_add, scatter_reduce: contiguous. */
rg_status rg__op_scatter(rg_inference *inference)
{
    rg_shape shape;
    rg_shape index;
    if (!rg__infer_tensor(inference, 0, &shape) || !rg__infer_tensor(inference, 2, &index)) {
        return RG_OK;
    }
    if ((shape.rank == 0 ? 1 : shape.rank) != (index.rank == 0 ? 1 : index.rank) &&
        !rg__shape_is_empty(inference, &index)) {
        return rg__infer_fail(inference, RG_ERROR_TYPE, "an index of rank %u for a tensor of rank %u", index.rank,
                              shape.rank);
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

/* index_add, index_copy: contiguous, where self is so already with its very strides. */
rg_status rg__op_write_contiguous(rg_inference *inference)
{
    rg_shape shape;
    if (!rg__infer_tensor(inference, 0, &shape)) {
        return RG_OK;
    }
    if (!rg__shape_is_contiguous(inference, &shape)) {
        rg__shape_set_contiguous(inference, &shape);
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* slice_scatter, select_scatter, diagonal_scatter: exactly the strides of self, gaps and overlaps included. */
rg_status rg__op_view_scatter(rg_inference *inference)
{
    rg_shape self;
    return rg__infer_tensor(inference, 0, &self) ? rg__infer_set_tensor(inference, &self) : RG_OK;
}

/* as_strided_scatter: the same, but where elements of self overlap it clones self first. */
rg_status rg__op_as_strided_scatter(rg_inference *inference)
{
    rg_shape self;
    if (!rg__infer_tensor(inference, 0, &self)) {
        return RG_OK;
    }
    rg_shape shape = self;
    for (uint32_t i = 0; self.has_strides && i < self.rank; i++) {
        if (rg__infer_is_int(inference, self.strides[i], 0) && !rg__infer_is_one(inference, self.sizes[i])) {
            rg__shape_set_preserved(inference, &shape, &self);
            break;
        }
    }
    return rg__infer_set_tensor(inference, &shape);
}

/* masked_scatter: self and mask broadcast together, contiguous. */
rg_status rg__op_masked_scatter(rg_inference *inference)
{
    rg_shape self;
    rg_shape mask;
    if (!rg__infer_tensor(inference, 0, &self) || !rg__infer_tensor(inference, 1, &mask)) {
        return RG_OK;
    }
    rg_shape shape = self;
    rg_status status = rg__shape_broadcast(inference, &shape, &self, &mask);
    if (status != RG_OK) {
        return status;
    }
    rg__shape_set_contiguous(inference, &shape);
    return rg__infer_set_tensor(inference, &shape);
}

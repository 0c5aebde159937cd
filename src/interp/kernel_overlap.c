/*
 * kernel_overlap.c: matrix products in one op with the collective beside them, as asynchronous tensor parallelism has
 * them. Each is by definition the product and the collective, one after the other: what would be stored in between is
 * rounded in between. How the parts overlap in time is all that real ones differ in.
 *
 * These kernels are called once for all ranks: `calls` is an array of call->peer_count calls. Sizes of results depend
 * on how many ranks there are, which the calls do not say, so that inference does not know them.
 */
#include "interp/collective.h"
#include "interp/kernel_functions.h"
#include "interp/product.h"

/* ---- products ---- */

/* A stack of rows as one matrix. */
static bool as_matrix(rg_kernel_call *call, const rg_tensor *tensor, rg_tensor *out)
{
    const rg_tensor *dense = tensor == NULL ? NULL : rg__kernel_contiguous(call, tensor, tensor->dtype);
    if (dense == NULL || dense->rank == 0) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "a stack of rows is needed");
        return false;
    }
    int64_t width = dense->sizes[dense->rank - 1];
    *out = *dense;
    out->rank = 2;
    out->sizes[0] = width == 0 ? 0 : rg__tensor_count(dense) / width;
    out->sizes[1] = width;
    out->strides[0] = width;
    out->strides[1] = 1;
    return true;
}

/* A matrix for the product of `a`, a stack of rows, with `b`. */
static rg_tensor *room_for_product(rg_kernel_call *call, const rg_tensor *a, const rg_tensor *b, rg_dtype dtype)
{
    if (b == NULL || b->rank != 2 || b->sizes[0] != a->sizes[1]) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the factors do not fit one another");
        return NULL;
    }
    int64_t sizes[2] = {a->sizes[0], b->sizes[1]};
    return rg__kernel_scratch(call, dtype, 2, sizes);
}

static const rg_tensor *plain_product(rg_kernel_call *call, const rg_tensor *a, const rg_tensor *b)
{
    rg_tensor rows;
    rg_tensor *out = as_matrix(call, a, &rows) ? room_for_product(call, &rows, b, a->dtype) : NULL;
    const double *product = out == NULL ? NULL : rg__matrix_product(call, &rows, b);
    if (product == NULL) {
        return NULL;
    }
    rg__tensor_write_real(out, product);
    return out;
}

static const rg_tensor *scaled_product(rg_kernel_call *call, rg_scaled_factors factors, rg_dtype dtype)
{
    rg_tensor rows;
    rg_tensor scales;
    rg_tensor *out = as_matrix(call, factors.a, &rows) ? room_for_product(call, &rows, factors.b, dtype) : NULL;
    factors.a = &rows;
    if (out != NULL && factors.scale_a != NULL && factors.scale_a->rank > 2 &&
        as_matrix(call, factors.scale_a, &scales)) {
        factors.scale_a = &scales;
    }
    return out != NULL && rg__scaled_product(call, out, &factors) == RG_OK ? out : NULL;
}

/* The sizes of `like`, the last of them that of the columns of `matrix`, which has as many elements. */
static rg_tensor shaped(const rg_tensor *matrix, const rg_tensor *like)
{
    rg_tensor out = *matrix;
    out.rank = like->rank;
    memcpy(out.sizes, like->sizes, sizeof(out.sizes));
    out.sizes[out.rank - 1] = matrix->sizes[1];
    rg__tensor_set_contiguous(&out);
    return out;
}

/* ---- a product, then scattering its sum ---- */

/* What the ranks have multiplied, with the sizes of the whole result, is combined and scattered along `dim`. */
static rg_status scatter_products(rg_kernel_call *calls, const rg_tensor *const *products, const rg_tensor *like,
                                  uint32_t dim)
{
    const double *sum = rg__collective_reduce(calls, products, "reduce_op");
    if (sum == NULL || like->rank == 0) {
        return rg__kernel_fail(calls, RG_ERROR_TYPE, "there is nothing to scatter");
    }
    int64_t sizes[RG_TENSOR_MAX_RANK];
    memcpy(sizes, like->sizes, sizeof(sizes));
    sizes[dim] /= calls->peer_count;
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        if (rg__kernel_add_result(&calls[rank], like->dtype, like->rank, sizes) == NULL) {
            return calls[rank].status;
        }
    }
    return rg__collective_scatter(calls, sum, like, dim);
}

static const rg_tensor **room_for_all(rg_kernel_call *calls)
{
    return RG_KERNEL_ARRAY(calls, const rg_tensor *, calls->peer_count);
}

/* fused_matmul_reduce_scatter(A, B, reduce_op, scatter_dim, group_name) */
rg_status rg__compute_matmul_reduce_scatter(rg_kernel_call *calls)
{
    const rg_tensor **products = room_for_all(calls);
    for (uint32_t rank = 0; rank < calls->peer_count && products != NULL; rank++) {
        rg_kernel_call *call = &calls[rank];
        const rg_tensor *a = rg__kernel_tensor(call, 0);
        products[rank] = plain_product(call, a, rg__kernel_tensor(call, 1));
        if (products[rank] == NULL) {
            return call->status;
        }
    }
    if (products == NULL) {
        return calls->status;
    }
    rg_tensor whole = shaped(products[0], rg__kernel_tensor(calls, 0));
    return scatter_products(calls, products, &whole, rg__kernel_dim(calls, 3, whole.rank));
}

/* The sizes that the whole result has before it is scattered are an argument. */
static bool shape_by_argument(rg_kernel_call *call, rg_tensor *whole, size_t index)
{
    int64_t count = rg__tensor_count(whole);
    int64_t columns = whole->sizes[1];
    rg__kernel_integers(call, index, whole->sizes, RG_TENSOR_MAX_RANK, &whole->rank);
    if (call->status != RG_OK || whole->rank == 0) {
        return false;
    }
    whole->sizes[whole->rank - 1] = columns;
    rg__tensor_set_contiguous(whole);
    if (rg__tensor_count(whole) != count) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "the product has not the sizes of output_shape");
        return false;
    }
    return true;
}

/* patched_fused_scaled_matmul_reduce_scatter(A, B, A_scale, B_scale, reduce_op, orig_scatter_dim,
 * scatter_dim_after_maybe_reshape, group_name, output_shape, bias?, result_scale?, out_dtype?, use_fast_accum) */
rg_status rg__compute_scaled_matmul_reduce_scatter(rg_kernel_call *calls)
{
    const rg_tensor **products = room_for_all(calls);
    for (uint32_t rank = 0; rank < calls->peer_count && products != NULL; rank++) {
        rg_kernel_call *call = &calls[rank];
        rg_scaled_factors factors = {.a = rg__kernel_tensor(call, 0),
                                     .b = rg__kernel_tensor(call, 1),
                                     .scale_a = rg__kernel_tensor(call, 2),
                                     .scale_b = rg__kernel_tensor(call, 3),
                                     .bias = rg__kernel_optional(call, 9),
                                     .result_scale = rg__kernel_optional(call, 10)};
        products[rank] =
            call->status != RG_OK ? NULL : scaled_product(call, factors, rg__kernel_dtype(call, 11, factors.a->dtype));
        if (products[rank] == NULL) {
            return call->status;
        }
    }
    if (products == NULL) {
        return calls->status;
    }
    rg_tensor whole = *products[0];
    return shape_by_argument(calls, &whole, 8)
               ? scatter_products(calls, products, &whole, rg__kernel_dim(calls, 5, whole.rank))
               : calls->status;
}

/* fused_bmm_fp8_reduce_scatter(A, B, A_scale, B_scale, group_name, world_size, out_dtype): matrices with a scale each
 */
rg_status rg__compute_bmm_fp8_reduce_scatter(rg_kernel_call *calls)
{
    const rg_tensor **products = room_for_all(calls);
    if (products == NULL || !rg__collective_check_size(calls, "world_size")) {
        return calls->status;
    }
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        rg_kernel_call *call = &calls[rank];
        const rg_tensor *a = rg__kernel_tensor(call, 0);
        const rg_tensor *b = rg__kernel_tensor(call, 1);
        double scale = rg__kernel_real(call, 2) * rg__kernel_real(call, 3);
        rg_tensor *out =
            call->status != RG_OK ? NULL : room_for_product(call, a, b, rg__kernel_dtype(call, 6, a->dtype));
        double *product = out == NULL ? NULL : rg__matrix_product(call, a, b);
        for (int64_t i = 0; product != NULL && i < rg__tensor_count(out); i++) {
            product[i] *= scale;
        }
        if (product == NULL) {
            return call->status;
        }
        rg__tensor_write_real(out, product);
        products[rank] = out;
    }
    return scatter_products(calls, products, products[0], 0);
}

/* ---- gathering, then products ---- */

/* Argument 0 of all ranks, one behind the other along the dimension that argument `index` says, becomes the first
 * result of each. */
static bool gather_first(rg_kernel_call *calls, size_t index)
{
    const rg_tensor **parts = rg__collective_arguments(calls, 0);
    if (parts == NULL || parts[0]->rank == 0) {
        (void)rg__kernel_fail(calls, RG_ERROR_TYPE, "there is nothing to gather");
        return false;
    }
    uint32_t dim = rg__kernel_dim(calls, index, parts[0]->rank);
    int64_t sizes[RG_TENSOR_MAX_RANK];
    memcpy(sizes, parts[0]->sizes, sizeof(sizes));
    sizes[dim] *= calls->peer_count;
    for (uint32_t rank = 0; rank < calls->peer_count && calls->status == RG_OK; rank++) {
        if (rg__kernel_add_result(&calls[rank], parts[0]->dtype, parts[0]->rank, sizes) == NULL) {
            return false;
        }
    }
    return calls->status == RG_OK && rg__collective_gather(calls, parts, dim, 0) == RG_OK;
}

/* A product becomes a result of the sizes of the gathered value. */
static bool add_product(rg_kernel_call *call, const rg_tensor *product)
{
    if (product == NULL) {
        return false;
    }
    rg_tensor whole = shaped(product, &call->results[0]);
    const rg_tensor *result = rg__kernel_add_result(call, whole.dtype, whole.rank, whole.sizes);
    return result != NULL && rg__tensor_copy(result, &whole);
}

/* The gathered value, or None, and the list of products. */
static rg_status answer_products(rg_kernel_call *call, bool with_gathered)
{
    rg_datum *answer = &call->answer;
    rg_status status = rg__datum_make_tuple(answer, call->run->context, 2);
    if (status == RG_OK) {
        answer->tuple.items[0] = (rg_datum){.kind = RG_DATUM_NONE};
        status = rg__datum_make_tuple(&answer->tuple.items[1], call->run->context, call->result_count - 1);
    }
    for (size_t i = with_gathered ? 0 : 1; i < call->result_count && status == RG_OK; i++) {
        rg_datum *item = i == 0 ? &answer->tuple.items[0] : &answer->tuple.items[1].tuple.items[i - 1];
        status = rg__tensor_to_heap(&item->tensor, &call->results[i]);
        item->kind = status == RG_OK ? RG_DATUM_TENSOR : RG_DATUM_NONE;
    }
    return call->status == RG_OK ? (call->status = status) : call->status;
}

/* fused_all_gather_matmul(A, Bs, gather_dim, group_name, *, return_A) */
rg_status rg__compute_all_gather_matmul(rg_kernel_call *calls)
{
    if (!gather_first(calls, 2)) {
        return calls->status;
    }
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        rg_kernel_call *call = &calls[rank];
        size_t count = rg__kernel_item_count(call, 1);
        size_t wanted = rg__kernel_find(call, "return_A");
        for (size_t i = 0; i < count; i++) {
            if (!add_product(call, plain_product(call, &call->results[0], rg__kernel_item(call, 1, i)))) {
                return call->status;
            }
        }
        if (answer_products(call, !rg__kernel_has(call, wanted) || rg__kernel_truth(call, wanted)) != RG_OK) {
            return call->status;
        }
    }
    return calls->status;
}

/* The scales of the gathered rows: those of all ranks where each has one for each of its rows, else its own. */
static const rg_tensor *gathered_scales(rg_kernel_call *calls, uint32_t rank)
{
    const rg_tensor **scales = rg__collective_arguments(calls, 2);
    if (scales == NULL) {
        return NULL;
    }
    const rg_tensor *part = rg__kernel_tensor(calls, 0);
    const rg_tensor *own = scales[rank];
    bool by_row = own->rank == part->rank && own->rank > 0 && rg__tensor_count(own) > 1;
    for (uint32_t i = 0; by_row && i + 1 < own->rank; i++) {
        by_row = own->sizes[i] == part->sizes[i];
    }
    if (!by_row || calls->peer_count == 1) {
        return own;
    }
    uint32_t dim = rg__kernel_dim(calls, 4, own->rank);
    int64_t sizes[RG_TENSOR_MAX_RANK];
    memcpy(sizes, own->sizes, sizeof(sizes));
    sizes[dim] *= calls->peer_count;
    rg_tensor *all = rg__kernel_scratch(&calls[rank], own->dtype, own->rank, sizes);
    for (uint32_t other = 0; other < calls->peer_count && all != NULL; other++) {
        rg_tensor to = *all;
        to.sizes[dim] = own->sizes[dim];
        to.offset += other * own->sizes[dim] * to.strides[dim];
        if (!rg__tensor_copy(&to, scales[other])) {
            (void)rg__kernel_fail(&calls[rank], RG_ERROR_TYPE, "the ranks have scales of different sizes");
            return NULL;
        }
    }
    return all;
}

/* Item `item` of a list of dtypes; `fallback` for None. */
static rg_dtype dtype_item(const rg_kernel_call *call, size_t index, size_t item, rg_dtype fallback)
{
    const rg_datum *list = &call->arguments[index];
    if (list->kind != RG_DATUM_TUPLE || item >= list->tuple.count ||
        list->tuple.items[item].kind != RG_DATUM_CONSTANT) {
        return fallback;
    }
    rg_dtype dtype = rg_value_as_dtype(list->tuple.items[item].constant);
    return dtype == RG_DTYPE_NONE ? fallback : dtype;
}

static const rg_tensor *tensor_item(rg_kernel_call *call, size_t index, size_t item)
{
    return rg__kernel_has(call, index) && item < rg__kernel_item_count(call, index) ? rg__kernel_item(call, index, item)
                                                                                    : NULL;
}

/* fused_all_gather_scaled_matmul(A, Bs, A_scale, B_scales, gather_dim, group_name, biases, result_scales, out_dtypes,
 * use_fast_accum) */
rg_status rg__compute_all_gather_scaled_matmul(rg_kernel_call *calls)
{
    if (!gather_first(calls, 4)) {
        return calls->status;
    }
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        rg_kernel_call *call = &calls[rank];
        size_t count = rg__kernel_item_count(call, 1);
        const rg_tensor *scales = gathered_scales(calls, rank);
        if (scales == NULL || rg__kernel_item_count(call, 3) != count) {
            return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "there is not a scale for each factor");
        }
        for (size_t i = 0; i < count; i++) {
            rg_scaled_factors factors = {.a = &call->results[0],
                                         .b = rg__kernel_item(call, 1, i),
                                         .scale_a = scales,
                                         .scale_b = rg__kernel_item(call, 3, i),
                                         .bias = tensor_item(call, 6, i),
                                         .result_scale = tensor_item(call, 7, i)};
            rg_dtype dtype = dtype_item(call, 8, i, call->results[0].dtype);
            if (!add_product(call, scaled_product(call, factors, dtype))) {
                return call->status;
            }
        }
        if (answer_products(call, true) != RG_OK) {
            return call->status;
        }
    }
    return calls->status;
}

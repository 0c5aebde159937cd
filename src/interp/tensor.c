/*
 * tensor.c: tensors that share storages. How elements are read and written is in element.c, walking over them in
 * loop.c.
 */
#include "interp/interp_impl.h"

/* ---- layouts ---- */

int64_t rg__tensor_count(const rg_tensor *tensor)
{
    int64_t count = 1;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        count *= tensor->sizes[i];
    }
    return count;
}

void rg__tensor_set_contiguous(rg_tensor *tensor)
{
    int64_t stride = 1;
    for (uint32_t i = tensor->rank; i-- > 0;) {
        tensor->strides[i] = stride;
        stride *= tensor->sizes[i] > 0 ? tensor->sizes[i] : 1;
    }
}

bool rg__tensor_is_contiguous(const rg_tensor *tensor)
{
    int64_t stride = 1;
    for (uint32_t i = tensor->rank; i-- > 0;) {
        if (tensor->sizes[i] != 1 && tensor->strides[i] != stride) {
            return false;
        }
        stride *= tensor->sizes[i];
    }
    return true;
}

void rg__tensor_init(rg_tensor *tensor, rg_context *context, rg_dtype dtype, uint32_t rank, const int64_t *sizes)
{
    memset(tensor, 0, sizeof(*tensor));
    tensor->context = context;
    tensor->dtype = dtype;
    tensor->rank = rank;
    for (uint32_t i = 0; i < rank; i++) {
        tensor->sizes[i] = sizes[i];
    }
    rg__tensor_set_contiguous(tensor);
}

/* How many elements, counted from the start of the storage, the layout reaches over. False when that is absurd. */
static bool reach_of(const rg_tensor *tensor, int64_t *out)
{
    int64_t last = tensor->offset;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        int64_t step;
        if (tensor->sizes[i] == 0) {
            *out = 0;
            return tensor->offset >= 0;
        }
        if (tensor->sizes[i] < 0 || tensor->strides[i] < 0 ||
            __builtin_mul_overflow(tensor->sizes[i] - 1, tensor->strides[i], &step) ||
            __builtin_add_overflow(last, step, &last)) {
            return false;
        }
    }
    *out = last + 1;
    return tensor->offset >= 0 && last < INT64_MAX / 64;
}

/* ---- storages ---- */

static void release_storage(rg_context *context, rg_storage *storage)
{
    if (storage == NULL || --storage->references > 0) {
        return;
    }
    if (storage->budget != NULL) {
        storage->budget->held -= storage->bytes;
    }
    rg__free(&context->allocator, storage->data, storage->bytes + 1);
    rg__free(&context->allocator, storage, sizeof(*storage));
}

static rg_status make_storage(rg_storage **out, rg_context *context, uint64_t bytes, rg_budget *budget)
{
    *out = NULL;
    if (bytes >= SIZE_MAX / 2 || (budget != NULL && bytes > budget->limit - budget->held)) {
        return rg__report(context, RG_ERROR_LIMIT, "the tensors of a run would hold more than %llu bytes",
                          (unsigned long long)(budget != NULL ? budget->limit : SIZE_MAX / 2));
    }
    rg_storage *storage = rg__allocate(&context->allocator, sizeof(*storage));
    uint8_t *data = storage == NULL ? NULL : rg__allocate(&context->allocator, (size_t)bytes + 1);
    if (data == NULL) {
        rg__free(&context->allocator, storage, sizeof(*storage));
        return rg__report_memory(context);
    }
    memset(data, 0, (size_t)bytes + 1);
    *storage = (rg_storage){1, (size_t)bytes, budget, data};
    if (budget != NULL) {
        budget->held += bytes;
    }
    *out = storage;
    return RG_OK;
}

rg_status rg__tensor_allocate(rg_tensor *tensor, rg_budget *budget)
{
    int64_t reach = 0;
    tensor->offset = 0;
    tensor->storage = NULL;
    if (!reach_of(tensor, &reach)) {
        return rg__report(tensor->context, RG_ERROR_LIMIT, "a tensor whose sizes are negative or too large");
    }
    return make_storage(&tensor->storage, tensor->context, (uint64_t)reach * rg_dtype_bytes(tensor->dtype), budget);
}

rg_status rg__tensor_share(rg_tensor *tensor, const rg_tensor *of)
{
    int64_t reach = 0;
    if (of->storage == NULL || !reach_of(tensor, &reach) ||
        (uint64_t)reach * rg_dtype_bytes(tensor->dtype) > of->storage->bytes) {
        return rg__report(tensor->context, RG_ERROR_ARGUMENT, "a view that reaches beyond the storage it is of");
    }
    tensor->storage = of->storage;
    tensor->storage->references++;
    return RG_OK;
}

void rg__tensor_release(rg_tensor *tensor)
{
    release_storage(tensor->context, tensor->storage);
    tensor->storage = NULL;
}

rg_status rg__tensor_to_heap(rg_tensor **out, rg_tensor *tensor)
{
    *out = rg__allocate(&tensor->context->allocator, sizeof(**out));
    if (*out == NULL) {
        return rg__report_memory(tensor->context);
    }
    **out = *tensor;
    tensor->storage = NULL;
    return RG_OK;
}

/* ---- the public side ---- */

static rg_status init_from_layout(rg_tensor *out, rg_context *context, const rg_tensor_layout *layout)
{
    *out = (rg_tensor){.context = context};
    if (layout->dtype == RG_DTYPE_NONE || layout->dtype >= RG_DTYPE_COUNT || layout->rank > RG_TENSOR_MAX_RANK) {
        return rg__report(context, RG_ERROR_ARGUMENT, "a tensor without a dtype, or of more than %d dimensions",
                          (int)RG_TENSOR_MAX_RANK);
    }
    rg__tensor_init(out, context, layout->dtype, layout->rank, layout->sizes);
    for (uint32_t i = 0; i < layout->rank && layout->strides != NULL; i++) {
        out->strides[i] = layout->strides[i];
    }
    out->offset = layout->offset;
    return RG_OK;
}

rg_status rg_tensor_create(rg_tensor **out, rg_context *context, const rg_tensor_layout *layout)
{
    rg_tensor tensor;
    *out = NULL;
    rg_status status = init_from_layout(&tensor, context, layout);
    if (status == RG_OK && layout->offset != 0) {
        status = rg__report(context, RG_ERROR_ARGUMENT, "a new tensor starts where its storage does");
    }
    if (status == RG_OK) {
        status = rg__tensor_allocate(&tensor, NULL);
    }
    if (status == RG_OK) {
        status = rg__tensor_to_heap(out, &tensor);
        rg__tensor_release(&tensor);
    }
    return status;
}

rg_status rg_tensor_create_view(rg_tensor **out, const rg_tensor *tensor, const rg_tensor_layout *layout)
{
    rg_tensor view;
    *out = NULL;
    rg_status status = init_from_layout(&view, tensor->context, layout);
    if (status == RG_OK) {
        status = rg__tensor_share(&view, tensor);
    }
    if (status == RG_OK) {
        status = rg__tensor_to_heap(out, &view);
        rg__tensor_release(&view);
    }
    return status;
}

rg_status rg_tensor_clone(rg_tensor **out, const rg_tensor *tensor)
{
    rg_tensor_layout layout = {tensor->dtype, tensor->rank, tensor->sizes, NULL, 0};
    rg_status status = rg_tensor_create(out, tensor->context, &layout);
    if (status == RG_OK) {
        (void)rg__tensor_copy(*out, tensor);
    }
    return status;
}

void rg_tensor_destroy(rg_tensor *tensor)
{
    if (tensor != NULL) {
        rg_context *context = tensor->context;
        rg__tensor_release(tensor);
        rg__free(&context->allocator, tensor, sizeof(*tensor));
    }
}

rg_tensor_layout rg_tensor_get_layout(const rg_tensor *tensor)
{
    return (rg_tensor_layout){tensor->dtype, tensor->rank, tensor->sizes, tensor->strides, tensor->offset};
}

uint64_t rg_tensor_count(const rg_tensor *tensor)
{
    return (uint64_t)rg__tensor_count(tensor);
}

void *rg_tensor_storage(const rg_tensor *tensor, size_t *bytes)
{
    *bytes = tensor->storage->bytes;
    return tensor->storage->data;
}

bool rg_tensor_shares_storage(const rg_tensor *a, const rg_tensor *b)
{
    return a->storage == b->storage;
}

/* Where in the storage element `index` of the row-major order is. */
static int64_t position_of(const rg_tensor *tensor, uint64_t index)
{
    int64_t position = tensor->offset;
    for (uint32_t i = tensor->rank; i-- > 0;) {
        position += (int64_t)(index % (uint64_t)tensor->sizes[i]) * tensor->strides[i];
        index /= (uint64_t)tensor->sizes[i];
    }
    return position;
}

double rg_tensor_get(const rg_tensor *tensor, uint64_t index)
{
    return index < rg_tensor_count(tensor) ? rg__tensor_real_at(tensor, position_of(tensor, index)) : 0;
}

void rg_tensor_set(rg_tensor *tensor, uint64_t index, double value)
{
    if (index < rg_tensor_count(tensor)) {
        rg__store_real(rg__element_at(tensor, position_of(tensor, index)), tensor->dtype, 1, &value, 1);
    }
}

rg_tensor rg__tensor_slice(const rg_tensor *tensor, uint32_t dim, int64_t index)
{
    rg_tensor slice = *tensor;
    if (tensor->rank == 0) {
        return slice;
    }
    slice.offset += index * tensor->strides[dim];
    for (uint32_t i = dim; i + 1 < tensor->rank; i++) {
        slice.sizes[i] = tensor->sizes[i + 1];
        slice.strides[i] = tensor->strides[i + 1];
    }
    slice.rank--;
    return slice;
}

/*
 * datum.c: what nodes come to: tensors, numbers, tuples of them; who owns them, and what type they have.
 */
#include "interp/interp_impl.h"

void rg__datum_release(rg_context *context, rg_datum *datum)
{
    if (datum->kind == RG_DATUM_TENSOR) {
        rg_tensor_destroy(datum->tensor);
    } else if (datum->kind == RG_DATUM_TUPLE) {
        for (size_t i = 0; i < datum->tuple.count; i++) {
            rg__datum_release(context, &datum->tuple.items[i]);
        }
        rg__free(&context->allocator, datum->tuple.items, datum->tuple.count * sizeof(rg_datum));
    }
    memset(datum, 0, sizeof(*datum));
}

rg_status rg__datum_make_tuple(rg_datum *out, rg_context *context, size_t count)
{
    size_t bytes = count * sizeof(rg_datum);
    memset(out, 0, sizeof(*out));
    out->tuple.items = bytes == 0 ? NULL : rg__allocate(&context->allocator, bytes);
    if (bytes != 0 && out->tuple.items == NULL) {
        return rg__report_memory(context);
    }
    if (bytes != 0) {
        memset(out->tuple.items, 0, bytes);
    }
    out->kind = RG_DATUM_TUPLE;
    out->tuple.count = count;
    return RG_OK;
}

/* Copies a datum; tensors share their storage unless `deep`. */
static rg_status copy(rg_datum *out, rg_context *context, const rg_datum *datum, bool deep, rg_budget *budget)
{
    rg_status status = RG_OK;
    memset(out, 0, sizeof(*out));
    if (datum->kind == RG_DATUM_TENSOR) {
        rg_tensor tensor = *datum->tensor;
        if (deep) {
            status = rg__tensor_allocate(&tensor, budget);
            if (status == RG_OK) {
                (void)rg__tensor_copy(&tensor, datum->tensor);
            }
        } else {
            tensor.storage->references++;
        }
        if (status == RG_OK) {
            status = rg__tensor_to_heap(&out->tensor, &tensor);
            rg__tensor_release(&tensor);
        }
        out->kind = status == RG_OK ? RG_DATUM_TENSOR : RG_DATUM_MISSING;
        return status;
    }
    if (datum->kind != RG_DATUM_TUPLE) {
        *out = *datum;
        return RG_OK;
    }
    status = rg__datum_make_tuple(out, context, datum->tuple.count);
    for (size_t i = 0; i < datum->tuple.count && status == RG_OK; i++) {
        status = copy(&out->tuple.items[i], context, &datum->tuple.items[i], deep, budget);
    }
    if (status != RG_OK) {
        rg__datum_release(context, out);
    }
    return status;
}

rg_status rg__datum_copy(rg_datum *out, rg_context *context, const rg_datum *datum)
{
    return copy(out, context, datum, false, NULL);
}

rg_status rg__datum_clone(rg_datum *out, rg_context *context, const rg_datum *datum, rg_budget *budget)
{
    return copy(out, context, datum, true, budget);
}

static rg_status type_of_tensor(rg_type *out, rg_context *context, const rg_tensor *tensor, rg_type like)
{
    rg_size sizes[RG_TENSOR_MAX_RANK];
    rg_size strides[RG_TENSOR_MAX_RANK];
    rg_tensor_type type = {.dtype = tensor->dtype, .rank = tensor->rank, .sizes = sizes, .strides = strides};
    type.device = rg_type_get_tensor(context, like).device;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        rg_status status = rg_size_from_int(&sizes[i], context, tensor->sizes[i]);
        if (status == RG_OK) {
            status = rg_size_from_int(&strides[i], context, tensor->strides[i]);
        }
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_type_from_tensor(out, context, &type);
}

rg_status rg__datum_type(rg_type *out, rg_context *context, const rg_datum *datum, rg_type like)
{
    rg_size size;
    rg_status status = RG_OK;
    *out = (rg_type){0};
    switch (datum->kind) {
    case RG_DATUM_TENSOR:
        return type_of_tensor(out, context, datum->tensor, like);
    case RG_DATUM_BOOL:
    case RG_DATUM_INT:
        status = rg_size_from_int(&size, context, datum->kind == RG_DATUM_INT ? datum->integer : datum->truth);
        return status == RG_OK ? rg_type_from_size(out, context, size) : status;
    case RG_DATUM_NONE:
        return rg_type_nothing(out, context);
    case RG_DATUM_TUPLE: {
        size_t bytes = (datum->tuple.count + 1) * sizeof(rg_type);
        rg_type *items = rg__allocate(&context->allocator, bytes);
        if (items == NULL) {
            return rg__report_memory(context);
        }
        for (size_t i = 0; i < datum->tuple.count && status == RG_OK; i++) {
            rg_type item = rg_type_get_kind(context, like) == RG_TYPE_TUPLE ? rg_type_item(context, like, i) : like;
            status = rg__datum_type(&items[i], context, &datum->tuple.items[i], item);
        }
        if (status == RG_OK) {
            status = rg_type_from_items(out, context, items, datum->tuple.count);
        }
        rg__free(&context->allocator, items, bytes);
        return status;
    }
    default: /* a float's value is part of no type: floats keep what the graph says of them */
        *out = like;
        return RG_OK;
    }
}

/*
 * infer_cast.c: the same values in another dtype, on another device or in another layout: casts, copies, fills.
 */
#include "ops/op_rows.h"

/* What a memory_format argument asks for. */
typedef enum rg_memory_format {
    FORMAT_PRESERVE, /* torch.preserve_format, which is also the meaning of None for most ops */
    FORMAT_CONTIGUOUS,
    FORMAT_CHANNELS_LAST
} rg_memory_format;

static rg_memory_format read_memory_format(const rg_inference *inference, rg_memory_format fallback)
{
    size_t index = rg__infer_find(inference, "memory_format");
    if (rg__infer_is_none(inference, index)) {
        return fallback;
    }
    rg_string text = rg_value_as_text(inference->context, inference->arguments[index]);
    if (rg_string_equal(text, rg_string_from("contiguous_format"))) {
        return FORMAT_CONTIGUOUS;
    }
    return rg_string_equal(text, rg_string_from("preserve_format")) ? FORMAT_PRESERVE : FORMAT_CHANNELS_LAST;
}

/* Lay `shape` out as a copy of `input` in a memory format. */
static void set_copied_layout(rg_inference *inference, rg_shape *shape, const rg_shape *input, rg_memory_format format)
{
    if (format == FORMAT_CONTIGUOUS) {
        rg__shape_set_contiguous(inference, shape);
    } else if (format == FORMAT_CHANNELS_LAST) {
        rg__shape_set_channels_last(inference, shape);
    } else {
        rg__shape_set_preserved(inference, shape, input);
    }
}

/* prims.convert_element_type(a, dtype) */
rg_status rg__op_convert(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape result = input;
    result.dtype = rg__infer_dtype(inference, 1, input.dtype);
    rg__shape_set_preserved(inference, &result, &input);
    return rg__infer_set_tensor(inference, &result);
}

/* prims.device_put(a, device) */
rg_status rg__op_device_put(rg_inference *inference)
{
    rg_shape result;
    if (!rg__infer_tensor(inference, 0, &result)) {
        return RG_OK;
    }
    rg_shape input = result;
    result.device = rg__infer_device(inference, 1, input.device);
    rg__shape_set_preserved(inference, &result, &input);
    return rg__infer_set_tensor(inference, &result);
}

static bool same_device(rg_device a, rg_device b)
{
    return a.kind != NULL && b.kind != NULL && strcmp(a.kind, b.kind) == 0 && a.index == b.index;
}

/* A conversion that changes nothing returns its input, layout included, unless a copy is asked for. */
static rg_status convert_to(rg_inference *inference, const rg_shape *input, rg_dtype dtype, rg_device device,
                            bool may_alias)
{
    rg_shape result = *input;
    rg_memory_format format = read_memory_format(inference, FORMAT_PRESERVE);
    result.dtype = dtype;
    result.device = device;
    bool unchanged = dtype == input->dtype && (device.kind == NULL || same_device(device, input->device));
    if (!(may_alias && unchanged && format == FORMAT_PRESERVE)) {
        set_copied_layout(inference, &result, input, format);
    }
    return rg__infer_set_tensor(inference, &result);
}

/* _to_copy and to.*: dtype, device and memory_format by name; `copy` only in to.*. */
rg_status rg__op_to(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    size_t copy_index = rg__infer_find(inference, "copy");
    bool copy = true;
    bool may_alias = copy_index < inference->argument_count && rg__infer_bool(inference, copy_index, &copy) && !copy;
    rg_dtype dtype = rg__infer_dtype(inference, rg__infer_find(inference, "dtype"), input.dtype);
    rg_device device = rg__infer_device(inference, rg__infer_find(inference, "device"), input.device);
    return convert_to(inference, &input, dtype, device, may_alias);
}

/* to.other and type_as: dtype and, for to.other, device of another tensor. */
rg_status rg__op_to_other(rg_inference *inference)
{
    rg_shape input;
    rg_shape other;
    if (!rg__infer_tensor(inference, 0, &input) || !rg__infer_tensor(inference, 1, &other)) {
        return RG_OK;
    }
    bool copy = false;
    size_t copy_index = rg__infer_find(inference, "copy");
    if (copy_index < inference->argument_count && !rg__infer_bool(inference, copy_index, &copy)) {
        copy = true;
    }
    return convert_to(inference, &input, other.dtype, other.device, !copy);
}

/* clone and its kin */
rg_status rg__op_clone(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape result = input;
    set_copied_layout(inference, &result, &input, read_memory_format(inference, FORMAT_PRESERVE));
    return rg__infer_set_tensor(inference, &result);
}

/* contiguous: the tensor itself where it has the wanted layout already */
rg_status rg__op_contiguous(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape result = input;
    rg_memory_format format = read_memory_format(inference, FORMAT_CONTIGUOUS);
    bool fits = format == FORMAT_CHANNELS_LAST ? rg__shape_is_channels_last(inference, &input)
                                               : rg__shape_is_contiguous(inference, &input);
    if (!fits) {
        set_copied_layout(inference, &result, &input, format);
    }
    return rg__infer_set_tensor(inference, &result);
}

/* A fresh tensor with the first argument's sizes and dtype, in its layout if that is dense. */
rg_status rg__op_like_first(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape result = input;
    rg__shape_set_preserved(inference, &result, &input);
    return rg__infer_set_tensor(inference, &result);
}

/* masked_fill(self, mask, value): self and mask broadcast, the dtype is self's. */
rg_status rg__op_masked_fill(rg_inference *inference)
{
    static const size_t operands[] = {0, 1};
    rg_shape input;
    rg_shape result;
    rg_status status = rg__infer_broadcast(inference, operands, 2, &result);
    if (status != RG_OK || inference->unknown || !rg__infer_tensor(inference, 0, &input)) {
        return status;
    }
    result.dtype = input.dtype;
    return rg__infer_set_tensor(inference, &result);
}

/* triu and tril */
rg_status rg__op_triangle(rg_inference *inference)
{
    rg_shape result;
    if (!rg__infer_tensor(inference, 0, &result)) {
        return RG_OK;
    }
    rg__shape_set_contiguous(inference, &result);
    return rg__infer_set_tensor(inference, &result);
}

/* flip and roll: the same elements elsewhere */
rg_status rg__op_like_contents(rg_inference *inference)
{
    return rg__op_like_first(inference);
}

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

/* prims.device_put(a, device): strides stay as they are. */
rg_status rg__op_device_put(rg_inference *inference)
{
    rg_shape result;
    if (!rg__infer_tensor(inference, 0, &result)) {
        return RG_OK;
    }
    result.device = rg__infer_device(inference, 1, result.device);
    return rg__infer_set_tensor(inference, &result);
}

static bool same_device(rg_device a, rg_device b)
{
    return a.kind != NULL && b.kind != NULL && strcmp(a.kind, b.kind) == 0 && a.index == b.index;
}

/* Does the layout already look like the wanted format? */
static bool suits(rg_inference *inference, const rg_shape *input, rg_memory_format format)
{
    return format == FORMAT_PRESERVE ||
           rg__shape_suggests_channels_last(inference, input) == (format == FORMAT_CHANNELS_LAST);
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
    if (!may_alias || !unchanged || !suits(inference, input, format)) {
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

/* A fresh tensor with the first argument's sizes and dtype, laid out as an elementwise result: fill, flip. */
rg_status rg__op_like_first(rg_inference *inference)
{
    rg_shape input;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    rg_shape result = input;
    const rg_shape *operand = &input;
    rg__shape_set_elementwise(inference, &result, &operand, 1);
    return rg__infer_set_tensor(inference, &result);
}

/* copy(self, src): self's own strides, gaps included, unless elements overlap. */
rg_status rg__op_copy(rg_inference *inference)
{
    rg_shape input;
    bool overlaps = false;
    if (!rg__infer_tensor(inference, 0, &input)) {
        return RG_OK;
    }
    for (uint32_t i = 0; i < input.rank && input.has_strides; i++) {
        overlaps = overlaps ||
                   (rg__infer_is_int(inference, input.strides[i], 0) && !rg__infer_is_one(inference, input.sizes[i]));
    }
    rg_shape result = input;
    if (overlaps) {
        rg__shape_set_preserved(inference, &result, &input);
    }
    return rg__infer_set_tensor(inference, &result);
}

/* Fresh and contiguous: tril, triu, roll, bernoulli, lift_fresh_copy. */
rg_status rg__op_contiguous_like_first(rg_inference *inference)
{
    rg_shape result;
    if (!rg__infer_tensor(inference, 0, &result)) {
        return RG_OK;
    }
    rg__shape_set_contiguous(inference, &result);
    return rg__infer_set_tensor(inference, &result);
}

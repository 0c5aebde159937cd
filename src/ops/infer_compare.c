/*
 * infer_compare.c: does an inferred type agree with an annotation?
 *
 * They agree when nothing that both know differs. Sizes that only a program's guards make equal are taken as equal.
 * PyTorch solves a guard between polynomials (8*s0 == 64) and writes the solution everywhere, so that two different
 * polynomials in one graph are different sizes. It cannot solve one over a division: a graph then holds both forms, s0
 * in one place and 2*(s0//2) in the next, or (s0//16)**2 and 16. Such sizes differ only where no value makes them
 * equal.
 */
#include "base/buffer.h"
#include "ir/context_impl.h"
#include "ops/infer.h"

/* ---- sizes ---- */

/* Is the size more than a polynomial in its symbols: does it divide, or choose a maximum? Out of memory counts as no.
 */
static bool has_division(rg_context *context, rg_size size)
{
    static const char *const signs[] = {"//", "Mod(", "Max(", "Min("};
    rg_buffer text;
    bool found = false;
    rg__buffer_init(&text, &context->allocator);
    if (rg_size_print(context, size, rg__buffer_sink(&text)) == RG_OK && !text.failed) {
        for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
            found = found || strstr(text.data, signs[i]) != NULL;
        }
    }
    rg__buffer_free(&text);
    return found;
}

static bool size_agrees(rg_context *context, rg_size a, rg_size b)
{
    if (rg_size_same(a, b)) {
        return true;
    }
    rg_truth equal = rg_size_equal(context, a, b);
    return equal == RG_YES || (equal == RG_UNKNOWN && (has_division(context, a) || has_division(context, b)));
}

static bool sizes_agree(rg_context *context, const rg_size *a, const rg_size *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!size_agrees(context, a[i], b[i])) {
            return false;
        }
    }
    return true;
}

/* ---- types ---- */

static bool device_agrees(rg_device a, rg_device b)
{
    if (a.kind == NULL || b.kind == NULL) {
        return true;
    }
    return strcmp(a.kind, b.kind) == 0 && (a.index == b.index || a.index < 0 || b.index < 0);
}

static bool tensor_agrees(rg_context *context, rg_type a, rg_type b)
{
    rg_tensor_type left = rg_type_get_tensor(context, a);
    rg_tensor_type right = rg_type_get_tensor(context, b);
    if (left.dtype != right.dtype || left.rank != right.rank || !device_agrees(left.device, right.device) ||
        !sizes_agree(context, left.sizes, right.sizes, left.rank)) {
        return false;
    }
    return left.strides == NULL || right.strides == NULL ||
           sizes_agree(context, left.strides, right.strides, left.rank);
}

bool rg__type_agrees(rg_context *context, rg_type a, rg_type b)
{
    rg_type_kind kind = rg_type_get_kind(context, a);
    if (rg_type_is_null(a) || rg_type_is_null(b) || kind != rg_type_get_kind(context, b)) {
        return false;
    }
    if (rg_type_same(a, b)) {
        return true;
    }
    if (kind == RG_TYPE_TENSOR) {
        return tensor_agrees(context, a, b);
    }
    if (kind == RG_TYPE_SIZE) {
        return size_agrees(context, rg_type_get_size(context, a), rg_type_get_size(context, b));
    }
    if (kind != RG_TYPE_TUPLE || rg_type_item_count(context, a) != rg_type_item_count(context, b)) {
        return kind == RG_TYPE_NOTHING;
    }
    for (size_t i = 0; i < rg_type_item_count(context, a); i++) {
        rg_type left = rg_type_item(context, a, i);
        rg_type right = rg_type_item(context, b, i);
        if (!rg_type_is_null(left) && !rg_type_is_null(right) && !rg__type_agrees(context, left, right)) {
            return false;
        }
    }
    return true;
}

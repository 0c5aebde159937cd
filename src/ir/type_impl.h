/*
 * type_impl.h: how types are stored; for type*.c.
 *
 * A type is a record in `context->types`, a kind and words that depend on it: ids of strings, sizes and types.
 */
#ifndef RG_IR_TYPE_IMPL_H
#define RG_IR_TYPE_IMPL_H

#include "ir/context_impl.h"

typedef struct rg__type_record {
    uint32_t kind; /* rg_type_kind */
    uint32_t word_count;
    uint32_t words[];
} rg__type_record;

/* The words of a tensor; its sizes and then, if known, its strides follow. */
enum {
    RG_TENSOR_WORD_DTYPE,
    RG_TENSOR_WORD_RANK,
    RG_TENSOR_WORD_HAS_STRIDES,
    RG_TENSOR_WORD_DEVICE, /* string id; 0: not known */
    RG_TENSOR_WORD_DEVICE_INDEX,
    RG_TENSOR_WORD_WRAPPER, /* string id; 0: a plain tensor */
    RG_TENSOR_WORD_COUNT
};

/* NULL for the null type. */
const rg__type_record *rg__type_record_of(const rg_context *context, rg_type type);

/* The makers of type.c, without a diagnostic. */
rg_status rg__type_from_tensor(rg_type *out, rg_context *context, const rg_tensor_type *tensor);
rg_status rg__type_from_words(rg_type *out, rg_context *context, rg_type_kind kind, const uint32_t *words,
                              size_t word_count);

#endif

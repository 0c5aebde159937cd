/*
 * size_example.h: what a size comes to for made-up values of its symbols.
 *
 * Where bounds leave a question about sizes open, PyTorch looks at the input it is tracing with. A printed graph has no
 * such input; a few typical ones stand in for it.
 */
#ifndef RG_IR_SIZE_EXAMPLE_H
#define RG_IR_SIZE_EXAMPLE_H

#include "ir/context_impl.h"

enum { RG_SIZE_EXAMPLES = 3 };

/* The size in example `example`, counted from 0. A symbol has the same value wherever it stands, different symbols
 * different ones; all are large and divisible by small numbers, as batch and sequence sizes are. False when the size is
 * no integer expression or leaves 64 bits. Nothing is allocated. */
bool rg__size_example(const rg_context *context, rg_size size, uint32_t example, int64_t *out);

#endif

/*
 * op_class.h: writing down again what a class of a rule file said about an op.
 */
#ifndef RG_RULE_OP_CLASS_H
#define RG_RULE_OP_CLASS_H

#include "base/buffer.h"
#include "ir/op_impl.h"

/* The traits of a declared op and, where a rule file gave it, its function `result`, as lines of its class. */
void rg__op_class_write(rg_buffer *out, const rg_op_descriptor *descriptor);

#endif

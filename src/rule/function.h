/*
 * function.h: calling functions of rule files.
 */
#ifndef RG_RULE_FUNCTION_H
#define RG_RULE_FUNCTION_H

#include "rule/evaluate.h"

/* Call with positional and keyword arguments, as Python binds them; defaults are evaluated where they are written. */
rg_value rg__function_call(rg_evaluator *evaluator, const rg_function *function, const rg_argument *arguments,
                           size_t count);

/* Evaluate one statement `target = value` (or `target: annotation = value`) into `frame`. */
void rg__function_assign(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *statement);

#endif

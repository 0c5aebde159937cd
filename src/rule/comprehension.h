/*
 * comprehension.h: going through lists in rule files.
 */
#ifndef RG_RULE_COMPREHENSION_H
#define RG_RULE_COMPREHENSION_H

#include "rule/evaluate.h"

/* RG_SYNTAX_COMPREHENSION: a list, or the node that stands for a list of any length (repetition.h). */
rg_value rg__evaluate_comprehension(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax);

/* `*list` in a call, where the length of the list is not known: an argument that stands for all its items. */
rg_value rg__evaluate_rest(rg_evaluator *evaluator, rg_value list);

/* Bind what a target names, a name or several, to a value (function.c). */
void rg__function_bind(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *target, rg_value value);

#endif

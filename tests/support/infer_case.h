/*
 * infer_case.h: tests of type inference written as text: a call, the types of what it names, and the type it gives.
 */
#ifndef RG_TESTS_INFER_CASE_H
#define RG_TESTS_INFER_CASE_H

#include <stddef.h>

typedef struct infer_case {
    const char *inputs;   /* parameters as a graph prints them: x: "f32[4][1]cpu" */
    const char *call;     /* without "torch.ops.": aten.sum.default(x) */
    const char *expected; /* the type as printed, "(a, b)" for several results, "None" for none; "?" when it cannot be
                             told; "error: text" when the call is wrong and the diagnostic contains `text` */
} infer_case;

/* Infer each call in a fresh context and compare; every difference fails the running cmocka test at its end. */
void check_infer_cases(const infer_case *cases, size_t count);

/* A whole graph's text: every annotated node must agree with what is inferred for it. */
void check_infer_graph(const char *text);

#endif

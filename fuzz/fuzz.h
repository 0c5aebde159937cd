/*
 * fuzz.h: what the fuzzers share. Each fuzz_<name>.c defines LLVMFuzzerTestOneInput; libFuzzer drives it under the
 * preset `fuzz`, replay.c drives it over the saved inputs in ordinary builds.
 */
#ifndef RG_FUZZ_FUZZ_H
#define RG_FUZZ_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include <regraft/context.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_REQUIRE(condition)                                                                                        \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                                  \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* A context with limits that keep one input short. */
static inline rg_context *fuzz_context(void)
{
    rg_context *context = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits = (rg_limits){.max_input_bytes = 1 << 20, .max_depth = 50, .max_nodes = 1 << 16};
    FUZZ_REQUIRE(rg_context_create(&context, &options) == RG_OK);
    return context;
}

#endif

/*
 * failing_allocator.h: an allocator for tests that counts, checks sizes, and can refuse.
 *
 * To test that a job survives every allocation failing once:
 *
 *     static rg_status job(const rg_allocator *allocator, void *user);   RG_OK, or RG_ERROR_MEMORY with all undone
 *     failing_allocator_exhaust(job, user);
 *
 * runs `job` with the first allocation failing, then the second, and so on until it succeeds. Each run must return
 * RG_ERROR_MEMORY or RG_OK, and leave nothing allocated.
 */
#ifndef RG_TESTS_FAILING_ALLOCATOR_H
#define RG_TESTS_FAILING_ALLOCATOR_H

#include <regraft/base.h>

typedef struct failing_allocator {
    rg_allocator allocator; /* hand out its address; `user` points back here */
    size_t live_blocks;
    size_t live_bytes;
    size_t allocations; /* requests for memory so far, refused ones included */
    size_t fail_at;     /* the request to refuse, counted from 1; 0 refuses none */
} failing_allocator;

void failing_allocator_init(failing_allocator *allocator);

/* Returns how many requests the successful run made. Fails the running cmocka test when the job misbehaves. */
size_t failing_allocator_exhaust(rg_status (*job)(const rg_allocator *allocator, void *user), void *user);

#endif

/*
 * failing_allocator.c: see the header. Every block carries its size in front, so that a wrong old_size is found.
 */
#include "support/failing_allocator.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct block_header {
    alignas(max_align_t) size_t size;
} block_header;

static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    failing_allocator *allocator = user;
    block_header *header = block == NULL ? NULL : (block_header *)block - 1;
    if (header != NULL && header->size != old_size) {
        fail_msg("a block of %zu bytes was said to have %zu", header->size, old_size);
    }
    if (header == NULL && old_size != 0) {
        fail_msg("no block was said to have %zu bytes", old_size);
    }
    if (new_size == 0) {
        if (header != NULL) {
            allocator->live_blocks--;
            allocator->live_bytes -= old_size;
            free(header);
        }
        return NULL;
    }
    allocator->allocations++;
    if (allocator->allocations == allocator->fail_at) {
        return NULL;
    }
    /* Always a new block: stale pointers into the old one are then found by the sanitizer. */
    block_header *grown = malloc(sizeof(block_header) + new_size);
    if (grown == NULL) {
        return NULL;
    }
    grown->size = new_size;
    memset(grown + 1, 0xa5, new_size);
    if (header != NULL) {
        memcpy(grown + 1, block, old_size < new_size ? old_size : new_size);
        free(header);
    } else {
        allocator->live_blocks++;
    }
    allocator->live_bytes += new_size - old_size;
    return grown + 1;
}

void failing_allocator_init(failing_allocator *allocator)
{
    memset(allocator, 0, sizeof(*allocator));
    allocator->allocator.resize = resize;
    allocator->allocator.user = allocator;
}

size_t failing_allocator_exhaust(rg_status (*job)(const rg_allocator *allocator, void *user), void *user)
{
    for (size_t fail_at = 1;; fail_at++) {
        failing_allocator allocator;
        failing_allocator_init(&allocator);
        allocator.fail_at = fail_at;
        rg_status status = job(&allocator.allocator, user);
        if (status != RG_OK && status != RG_ERROR_MEMORY) {
            fail_msg("allocation %zu failing gave status %s", fail_at, rg_status_name(status));
        }
        if (allocator.live_blocks != 0 || allocator.live_bytes != 0) {
            fail_msg("allocation %zu failing leaked %zu blocks, %zu bytes", fail_at, allocator.live_blocks,
                     allocator.live_bytes);
        }
        if (allocator.allocations < fail_at) {
            assert_int_equal(status, RG_OK);
            return allocator.allocations;
        }
    }
}

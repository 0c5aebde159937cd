/* Vectors, arenas, status names: base/memory.c and base/status.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/failing_allocator.h"

static void test_vector_grows_and_keeps_items(void **state)
{
    (void)state;
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    RG_VECTOR(uint32_t) numbers = {0};
    for (uint32_t i = 0; i < 1000; i++) {
        assert_true(rg__vector_push(&allocator.allocator, &numbers, i * 3));
    }
    assert_int_equal(numbers.count, 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(numbers.items[i], i * 3);
    }
    assert_true(rg__vector_reserve(&allocator.allocator, &numbers, 5000));
    assert_true(numbers.capacity >= 5000);
    assert_int_equal(numbers.count, 1000);
    rg__vector_free(&allocator.allocator, &numbers);
    assert_null(numbers.items);
    assert_int_equal(allocator.live_blocks, 0);
}

static void test_vector_unchanged_without_memory(void **state)
{
    (void)state;
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    RG_VECTOR(uint64_t) numbers = {0};
    assert_true(rg__vector_push(&allocator.allocator, &numbers, 7u));
    uint32_t capacity = numbers.capacity;
    allocator.fail_at = allocator.allocations + 1;
    assert_false(rg__vector_reserve(&allocator.allocator, &numbers, 100));
    assert_int_equal(numbers.count, 1);
    assert_int_equal(numbers.capacity, capacity);
    assert_int_equal(numbers.items[0], 7);
    assert_false(rg__vector_reserve(&allocator.allocator, &numbers, (uint64_t)UINT32_MAX + 1));
    rg__vector_free(&allocator.allocator, &numbers);
    assert_int_equal(allocator.live_blocks, 0);
}

static void test_arena_blocks_are_apart_and_aligned(void **state)
{
    (void)state;
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    rg_arena arena;
    rg__arena_init(&arena, &allocator.allocator);
    unsigned char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = rg__arena_allocate(&arena, i * 7);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], (int)i, i * 7);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t byte = 0; byte < i * 7; byte++) {
            assert_int_equal(blocks[i][byte], i);
        }
    }
    assert_ptr_not_equal(rg__arena_allocate(&arena, 0), rg__arena_allocate(&arena, 0));
    assert_int_equal(arena.total, allocator.live_bytes);
    unsigned char *zeros = rg__arena_allocate_zero(&arena, 3 << 20);
    assert_non_null(zeros);
    assert_int_equal(zeros[0] | zeros[(3 << 20) - 1], 0);
    assert_null(rg__arena_allocate(&arena, SIZE_MAX));
    rg_string copy = rg__arena_copy(&arena, (rg_string){"ab\0c", 4});
    assert_int_equal(copy.size, 4);
    assert_memory_equal(copy.data, "ab\0c", 5);
    rg__arena_free(&arena);
    assert_int_equal(allocator.live_blocks, 0);
    assert_int_equal(arena.total, 0);
}

static void test_arena_reset_reuses(void **state)
{
    (void)state;
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    rg_arena arena;
    rg__arena_init(&arena, &allocator.allocator);
    rg__arena_reset(&arena);
    for (size_t round = 0; round < 50; round++) {
        for (size_t i = 0; i < 100; i++) {
            assert_non_null(rg__arena_allocate(&arena, 100));
        }
        rg__arena_reset(&arena);
    }
    assert_true(arena.total < 100 * 100 * 4);
    allocator.fail_at = allocator.allocations + 1;
    assert_null(rg__arena_allocate(&arena, 1 << 20));
    assert_non_null(rg__arena_allocate(&arena, 1));
    rg__arena_free(&arena);
    assert_int_equal(allocator.live_blocks, 0);
}

static void test_default_allocator(void **state)
{
    (void)state;
    const rg_allocator *allocator = rg__default_allocator();
    char *block = rg__allocate(allocator, 4);
    assert_non_null(block);
    memcpy(block, "abc", 4);
    block = allocator->resize(allocator->user, block, 4, 4000);
    assert_non_null(block);
    assert_string_equal(block, "abc");
    rg__free(allocator, block, 4000);
    rg__free(allocator, NULL, 0);
}

static void test_status_names(void **state)
{
    (void)state;
    for (int status = RG_OK; status <= RG_ERROR_IO; status++) {
        assert_string_not_equal(rg_status_name((rg_status)status), "unknown");
        for (int other = RG_OK; other < status; other++) {
            assert_string_not_equal(rg_status_name((rg_status)status), rg_status_name((rg_status)other));
        }
    }
    assert_string_equal(rg_status_name(RG_ERROR_CYCLE), "cycle");
    assert_string_equal(rg_status_name((rg_status)1000), "unknown");
    unsigned major = 0;
    assert_true(strchr(rg_version(), '.') != NULL);
    assert_true(rg_version()[0] >= '0' + (char)major && rg_version()[0] <= '9');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vector_grows_and_keeps_items),
        cmocka_unit_test(test_vector_unchanged_without_memory),
        cmocka_unit_test(test_arena_blocks_are_apart_and_aligned),
        cmocka_unit_test(test_arena_reset_reuses),
        cmocka_unit_test(test_default_allocator),
        cmocka_unit_test(test_status_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Hashing, maps and interning tables: base/table.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/table.h"
#include "support/failing_allocator.h"

static void test_map_against_array(void **state)
{
    (void)state;
    enum { KEYS = 64, STEPS = 20000 };
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    rg_map map = {0};
    bool present[KEYS] = {false};
    uint32_t values[KEYS] = {0};
    uint32_t count = 0;
    uint64_t random = 12345;
    for (uint32_t step = 0; step < STEPS; step++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint32_t key = (uint32_t)(random >> 33) % KEYS;
        uint64_t word = (uint64_t)key << ((key % 5) * 13); /* clustered and spread keys, 0 among them */
        switch ((random >> 60) % 3) {
        case 0:
            assert_int_equal(rg__map_remove(&map, word), present[key]);
            count -= present[key];
            present[key] = false;
            break;
        default:
            assert_true(rg__map_set(&allocator.allocator, &map, word, step));
            count += !present[key];
            present[key] = true;
            values[key] = step;
        }
        assert_int_equal(map.count, count);
        for (uint32_t i = 0; i < KEYS; i++) {
            uint32_t found = UINT32_MAX;
            assert_int_equal(rg__map_find(&map, (uint64_t)i << ((i % 5) * 13), &found), present[i]);
            assert_true(!present[i] || found == values[i]);
        }
    }
    rg__map_clear(&map);
    assert_false(rg__map_find(&map, 1, &(uint32_t){0}));
    rg__map_free(&allocator.allocator, &map);
    assert_int_equal(allocator.live_blocks, 0);
}

static void test_map_without_memory(void **state)
{
    (void)state;
    failing_allocator allocator;
    failing_allocator_init(&allocator);
    rg_map map = {0};
    uint32_t inserted = 0;
    allocator.fail_at = 3;
    while (rg__map_set(&allocator.allocator, &map, inserted, inserted + 1)) {
        inserted++;
    }
    assert_true(inserted > 8);
    assert_true(rg__map_set(&allocator.allocator, &map, 0, 77)); /* a known key needs no room */
    for (uint32_t i = 0; i < inserted; i++) {
        uint32_t found = 0;
        assert_true(rg__map_find(&map, i, &found));
        assert_int_equal(found, i == 0 ? 77 : i + 1);
    }
    rg__map_free(&allocator.allocator, &map);
    assert_int_equal(allocator.live_blocks, 0);
}

static void test_intern_ids_are_dense_and_stable(void **state)
{
    (void)state;
    rg_arena arena;
    rg_intern_table table;
    rg__arena_init(&arena, rg__default_allocator());
    rg__intern_init(&table, &arena, NULL);
    assert_int_equal(rg__intern_count(&table), 0);
    assert_int_equal(rg__intern_find(&table, "x", 1), 0);
    char text[32];
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 3000; i++) {
            int size = snprintf(text, sizeof(text), "%u", i);
            assert_int_equal(rg__intern(&table, text, (size_t)size), i + 1);
        }
    }
    assert_int_equal(rg__intern_count(&table), 3000);
    rg_string item = rg__intern_get(&table, 1235);
    assert_int_equal(item.size, 4);
    assert_string_equal(item.data, "1234");
    uint32_t empty = rg__intern(&table, "", 0);
    assert_int_equal(empty, 3001);
    assert_int_equal(rg__intern_find(&table, NULL, 0), empty);
    assert_string_equal(rg__intern_get(&table, empty).data, "");
    assert_int_equal(rg__intern_get(&table, 0).size, 0);
    assert_int_equal(rg__intern_get(&table, 99999).size, 0);
    rg__intern_free(&table);
    rg__arena_free(&arena);
}

static void test_intern_reads_through_to_parent(void **state)
{
    (void)state;
    rg_arena arena;
    rg_arena child_arena;
    rg_intern_table parent;
    rg_intern_table child;
    rg_intern_table grandchild;
    rg__arena_init(&arena, rg__default_allocator());
    rg__arena_init(&child_arena, rg__default_allocator());
    rg__intern_init(&parent, &arena, NULL);
    assert_int_equal(rg__intern(&parent, "a", 1), 1);
    assert_int_equal(rg__intern(&parent, "b", 1), 2);
    rg__intern_init(&child, &child_arena, &parent);
    assert_int_equal(rg__intern(&child, "b", 1), 2);
    assert_int_equal(rg__intern(&child, "c", 1), 3);
    rg__intern_init(&grandchild, &child_arena, &child);
    assert_int_equal(rg__intern(&grandchild, "a", 1), 1);
    assert_int_equal(rg__intern(&grandchild, "c", 1), 3);
    assert_int_equal(rg__intern(&grandchild, "d", 1), 4);
    assert_int_equal(rg__intern_count(&parent), 2);
    assert_int_equal(rg__intern_find(&child, "d", 1), 0);
    assert_string_equal(rg__intern_get(&grandchild, 1).data, "a");
    assert_string_equal(rg__intern_get(&grandchild, 3).data, "c");
    assert_string_equal(rg__intern_get(&grandchild, 4).data, "d");
    rg__intern_free(&grandchild);
    rg__intern_free(&child);
    rg__intern_free(&parent);
    rg__arena_free(&child_arena);
    rg__arena_free(&arena);
}

static rg_status intern_job(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_arena arena;
    rg_intern_table table;
    rg__arena_init(&arena, allocator);
    rg__intern_init(&table, &arena, NULL);
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < 500 && status == RG_OK; i++) {
        uint32_t count = rg__intern_count(&table);
        uint32_t id = rg__intern(&table, &i, sizeof(i));
        status = id == 0 ? RG_ERROR_MEMORY : RG_OK;
        assert_int_equal(rg__intern_count(&table), id == 0 ? count : count + 1);
        assert_int_equal(rg__intern_find(&table, &i, sizeof(i)), id);
    }
    rg__intern_free(&table);
    rg__arena_free(&arena);
    return status;
}

static void test_intern_without_memory(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(intern_job, NULL) > 10);
}

static void test_hash_sees_every_byte(void **state)
{
    (void)state;
    unsigned char bytes[40] = {0};
    for (size_t size = 0; size <= sizeof(bytes); size++) {
        uint64_t plain = rg__hash_bytes(bytes, size, 0);
        assert_true(size == 0 || plain != rg__hash_bytes(bytes, size - 1, 0));
        assert_true(plain != rg__hash_bytes(bytes, size, 1));
        for (size_t i = 0; i < size; i++) {
            bytes[i] = 1;
            assert_true(plain != rg__hash_bytes(bytes, size, 0));
            bytes[i] = 0;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map_against_array),
        cmocka_unit_test(test_map_without_memory),
        cmocka_unit_test(test_intern_ids_are_dense_and_stable),
        cmocka_unit_test(test_intern_reads_through_to_parent),
        cmocka_unit_test(test_intern_without_memory),
        cmocka_unit_test(test_hash_sees_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * table.h: hashing, hash maps from 64-bit keys to 32-bit values, and interning tables.
 */
#ifndef RG_BASE_TABLE_H
#define RG_BASE_TABLE_H

#include "base/memory.h"

uint64_t rg__hash_bytes(const void *data, size_t size, uint64_t seed);

static inline uint64_t rg__hash_mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdu;
    return x ^ (x >> 32);
}

/* Open addressing, linear probing; keys are arbitrary 64-bit words. Zero-initialise to create. */
typedef struct rg_map {
    struct rg_map_entry *entries;
    uint32_t count;
    uint32_t capacity;
} rg_map;

bool rg__map_find(const rg_map *map, uint64_t key, uint32_t *out);
bool rg__map_set(const rg_allocator *allocator, rg_map *map, uint64_t key, uint32_t value);
bool rg__map_remove(rg_map *map, uint64_t key);
void rg__map_clear(rg_map *map); /* keeps the memory */
/* Make `*out`, so far empty, equal to `map`; false when memory is out. */
bool rg__map_copy(const rg_allocator *allocator, rg_map *out, const rg_map *map);
void rg__map_free(const rg_allocator *allocator, rg_map *map);
size_t rg__map_bytes(const rg_map *map); /* memory held */

/*
 * An interning table: equal byte strings get equal ids, dense from `first_id`. A table may have a parent, which is only
 * read: ids below first_id are the parent's. Bytes live in the table's arena, NUL-terminated, until it is freed.
 */
typedef struct rg_intern_table {
    const struct rg_intern_table *parent;
    rg_arena *arena;
    struct rg_intern_slot *slots; /* hash -> id, open addressing */
    uint32_t slot_count;
    RG_VECTOR(rg_string) items;
    RG_VECTOR(uint64_t) hashes;
    uint32_t first_id;
} rg_intern_table;

/* The first id is 1 without a parent; id 0 means "none". */
void rg__intern_init(rg_intern_table *table, rg_arena *arena, const rg_intern_table *parent);
void rg__intern_free(rg_intern_table *table);
/* 0 when memory is out. The bytes are copied with alignment for uint64_t, so records may be interned as bytes. */
uint32_t rg__intern(rg_intern_table *table, const void *data, size_t size);
/* 0 when not present. */
uint32_t rg__intern_find(const rg_intern_table *table, const void *data, size_t size);
rg_string rg__intern_get(const rg_intern_table *table, uint32_t id);
uint32_t rg__intern_count(const rg_intern_table *table); /* largest id in use */

#endif

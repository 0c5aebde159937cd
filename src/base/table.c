/*
 * table.c: hashing, maps and interning tables. All tables are open addressing with linear probing, at most half full.
 */
#include "base/table.h"

enum { FIRST_CAPACITY = 16 };

/* ---- hashing ---- */

static uint64_t read_word(const unsigned char *bytes, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, bytes, size);
    return word;
}

uint64_t rg__hash_bytes(const void *data, size_t size, uint64_t seed)
{
    const unsigned char *bytes = data;
    uint64_t hash = seed ^ (size * 0x9e3779b97f4a7c15u);
    size_t left = size;
    for (; left >= 8; left -= 8, bytes += 8) {
        hash = (hash ^ read_word(bytes, 8)) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 29;
    }
    if (left != 0) {
        hash = (hash ^ read_word(bytes, left)) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 29;
    }
    hash *= 0xc4ceb9fe1a85ec53u;
    return hash ^ (hash >> 32);
}

/* ---- maps ---- */

struct rg_map_entry {
    uint64_t key;
    uint32_t value;
    bool used;
};

static uint32_t map_home(const rg_map *map, uint64_t key)
{
    return (uint32_t)rg__hash_mix(key, 0) & (map->capacity - 1);
}

/* The slot of `key`, or the free slot where it belongs. The capacity is not 0. */
static uint32_t map_slot(const rg_map *map, uint64_t key)
{
    uint32_t slot = map_home(map, key);
    while (map->entries[slot].used && map->entries[slot].key != key) {
        slot = (slot + 1) & (map->capacity - 1);
    }
    return slot;
}

bool rg__map_find(const rg_map *map, uint64_t key, uint32_t *out)
{
    if (map->count == 0) {
        return false;
    }
    const struct rg_map_entry *entry = &map->entries[map_slot(map, key)];
    if (!entry->used) {
        return false;
    }
    *out = entry->value;
    return true;
}

static bool map_grow(const rg_allocator *allocator, rg_map *map)
{
    if (map->capacity > UINT32_MAX / 2) {
        return false;
    }
    rg_map grown = {NULL, map->count, map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2};
    size_t size = (size_t)grown.capacity * sizeof(struct rg_map_entry);
    grown.entries = rg__allocate(allocator, size);
    if (grown.entries == NULL) {
        return false;
    }
    memset(grown.entries, 0, size);
    for (uint32_t i = 0; i < map->capacity; i++) {
        if (map->entries[i].used) {
            grown.entries[map_slot(&grown, map->entries[i].key)] = map->entries[i];
        }
    }
    rg__map_free(allocator, map);
    *map = grown;
    return true;
}

bool rg__map_set(const rg_allocator *allocator, rg_map *map, uint64_t key, uint32_t value)
{
    if ((uint64_t)map->count * 2 >= map->capacity && !rg__map_find(map, key, &(uint32_t){0}) &&
        !map_grow(allocator, map)) {
        return false;
    }
    struct rg_map_entry *entry = &map->entries[map_slot(map, key)];
    if (!entry->used) {
        entry->used = true;
        entry->key = key;
        map->count++;
    }
    entry->value = value;
    return true;
}

bool rg__map_remove(rg_map *map, uint64_t key)
{
    if (map->count == 0) {
        return false;
    }
    uint32_t mask = map->capacity - 1;
    uint32_t hole = map_slot(map, key);
    if (!map->entries[hole].used) {
        return false;
    }
    /* Close the gap: an entry further along moves into the hole unless its home lies after the hole. */
    for (uint32_t next = (hole + 1) & mask; map->entries[next].used; next = (next + 1) & mask) {
        uint32_t home = map_home(map, map->entries[next].key);
        if (((next - home) & mask) >= ((next - hole) & mask)) {
            map->entries[hole] = map->entries[next];
            hole = next;
        }
    }
    map->entries[hole].used = false;
    map->count--;
    return true;
}

void rg__map_clear(rg_map *map)
{
    if (map->capacity != 0) {
        memset(map->entries, 0, (size_t)map->capacity * sizeof(struct rg_map_entry));
    }
    map->count = 0;
}

bool rg__map_copy(const rg_allocator *allocator, rg_map *out, const rg_map *map)
{
    *out = (rg_map){NULL, 0, 0};
    if (map->count == 0) {
        return true;
    }
    out->entries = rg__allocate(allocator, rg__map_bytes(map));
    if (out->entries == NULL) {
        return false;
    }
    memcpy(out->entries, map->entries, rg__map_bytes(map));
    out->count = map->count;
    out->capacity = map->capacity;
    return true;
}

void rg__map_free(const rg_allocator *allocator, rg_map *map)
{
    rg__free(allocator, map->entries, (size_t)map->capacity * sizeof(struct rg_map_entry));
    map->entries = NULL;
    map->count = 0;
    map->capacity = 0;
}

size_t rg__map_bytes(const rg_map *map)
{
    return (size_t)map->capacity * sizeof(struct rg_map_entry);
}

/* ---- interning ---- */

struct rg_intern_slot {
    uint32_t hash; /* the low half, to skip most comparisons */
    uint32_t id;   /* 0: free */
};

void rg__intern_init(rg_intern_table *table, rg_arena *arena, const rg_intern_table *parent)
{
    memset(table, 0, sizeof(*table));
    table->parent = parent;
    table->arena = arena;
    table->first_id = parent == NULL ? 1 : rg__intern_count(parent) + 1;
}

void rg__intern_free(rg_intern_table *table)
{
    const rg_allocator *allocator = table->arena->allocator;
    rg__free(allocator, table->slots, (size_t)table->slot_count * sizeof(struct rg_intern_slot));
    table->slots = NULL;
    table->slot_count = 0;
    rg__vector_free(allocator, &table->items);
    rg__vector_free(allocator, &table->hashes);
}

uint32_t rg__intern_count(const rg_intern_table *table)
{
    return table->first_id - 1 + table->items.count;
}

/* The slot that holds the bytes, or the free slot where they belong. */
static uint32_t intern_slot(const rg_intern_table *table, const void *data, size_t size, uint64_t hash)
{
    uint32_t mask = table->slot_count - 1;
    uint32_t slot = (uint32_t)(hash >> 32) & mask;
    for (; table->slots[slot].id != 0; slot = (slot + 1) & mask) {
        if (table->slots[slot].hash == (uint32_t)hash) {
            rg_string item = table->items.items[table->slots[slot].id - table->first_id];
            if (item.size == size && (size == 0 || memcmp(item.data, data, size) == 0)) {
                break;
            }
        }
    }
    return slot;
}

static uint32_t intern_find_hashed(const rg_intern_table *table, const void *data, size_t size, uint64_t hash)
{
    for (; table != NULL; table = table->parent) {
        if (table->slot_count != 0) {
            uint32_t id = table->slots[intern_slot(table, data, size, hash)].id;
            if (id != 0) {
                return id;
            }
        }
    }
    return 0;
}

uint32_t rg__intern_find(const rg_intern_table *table, const void *data, size_t size)
{
    return intern_find_hashed(table, data, size, rg__hash_bytes(data, size, 0));
}

static bool intern_grow_slots(rg_intern_table *table)
{
    const rg_allocator *allocator = table->arena->allocator;
    if (table->slot_count > UINT32_MAX / 2) {
        return false;
    }
    uint32_t count = table->slot_count == 0 ? FIRST_CAPACITY : table->slot_count * 2;
    size_t size = (size_t)count * sizeof(struct rg_intern_slot);
    struct rg_intern_slot *slots = rg__allocate(allocator, size);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0, size);
    for (uint32_t i = 0; i < table->hashes.count; i++) {
        uint64_t hash = table->hashes.items[i];
        uint32_t slot = (uint32_t)(hash >> 32) & (count - 1);
        while (slots[slot].id != 0) {
            slot = (slot + 1) & (count - 1);
        }
        slots[slot].hash = (uint32_t)hash;
        slots[slot].id = table->first_id + i;
    }
    rg__free(allocator, table->slots, (size_t)table->slot_count * sizeof(struct rg_intern_slot));
    table->slots = slots;
    table->slot_count = count;
    return true;
}

uint32_t rg__intern(rg_intern_table *table, const void *data, size_t size)
{
    const rg_allocator *allocator = table->arena->allocator;
    uint64_t hash = rg__hash_bytes(data, size, 0);
    uint32_t known = intern_find_hashed(table, data, size, hash);
    if (known != 0) {
        return known;
    }
    if (rg__intern_count(table) >= UINT32_MAX - 1 ||
        ((uint64_t)table->items.count * 2 >= table->slot_count && !intern_grow_slots(table)) ||
        !rg__vector_reserve(allocator, &table->items, (uint64_t)table->items.count + 1) ||
        !rg__vector_reserve(allocator, &table->hashes, (uint64_t)table->hashes.count + 1)) {
        return 0;
    }
    rg_string copy = rg__arena_copy(table->arena, (rg_string){data, size});
    if (copy.data == NULL) {
        return 0;
    }
    uint32_t id = rg__intern_count(table) + 1;
    struct rg_intern_slot *slot = &table->slots[intern_slot(table, data, size, hash)];
    slot->hash = (uint32_t)hash;
    slot->id = id;
    table->items.items[table->items.count++] = copy;
    table->hashes.items[table->hashes.count++] = hash;
    return id;
}

rg_string rg__intern_get(const rg_intern_table *table, uint32_t id)
{
    while (table != NULL && id < table->first_id) {
        table = table->parent;
    }
    if (table == NULL || id - table->first_id >= table->items.count) {
        return (rg_string){"", 0};
    }
    return table->items.items[id - table->first_id];
}

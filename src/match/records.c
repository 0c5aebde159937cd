/*
 * records.c: see records.h.
 */
#include "match/records.h"

#include "base/table.h"

enum { FIRST_SLOTS = 32 };

static void enter(rg_record_table *table, uint32_t id)
{
    uint32_t at = table->records[id - 1]->hash & (table->slot_count - 1);
    while (table->slots[at] != 0) {
        at = (at + 1) & (table->slot_count - 1);
    }
    table->slots[at] = id;
}

static bool grow(rg_record_table *table, rg_arena *arena)
{
    uint32_t slot_count = table->slot_count == 0 ? FIRST_SLOTS : table->slot_count * 2;
    uint32_t *slots = rg__arena_allocate_zero(arena, slot_count * sizeof(*slots));
    const rg_record **records = rg__arena_allocate(arena, slot_count / 2 * sizeof(*records));
    if (slots == NULL || records == NULL) {
        return false;
    }
    if (table->count != 0) {
        memcpy(records, table->records, table->count * sizeof(const rg_record *));
    }
    table->records = records;
    table->slots = slots;
    table->slot_count = slot_count;
    for (uint32_t id = 1; id <= table->count; id++) {
        enter(table, id);
    }
    return true;
}

uint32_t rg__record_intern(rg_record_table *table, rg_arena *arena, const uint32_t *words, uint32_t count)
{
    size_t size = count * sizeof(*words);
    uint32_t hash = (uint32_t)rg__hash_bytes(words, size, count);
    for (uint32_t at = hash; table->slot_count != 0 && table->slots[at & (table->slot_count - 1)] != 0; at++) {
        uint32_t id = table->slots[at & (table->slot_count - 1)];
        const rg_record *record = table->records[id - 1];
        if (record->hash == hash && record->count == count && memcmp(record->words, words, size) == 0) {
            return id;
        }
    }
    rg_record *record = rg__arena_allocate(arena, sizeof(*record) + size);
    if (record == NULL || (table->count >= table->slot_count / 2 && !grow(table, arena))) {
        return 0;
    }
    record->hash = hash;
    record->count = count;
    if (size != 0) {
        memcpy(record->words, words, size);
    }
    table->records[table->count++] = record;
    enter(table, table->count);
    return table->count;
}

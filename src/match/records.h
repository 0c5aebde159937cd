/*
 * records.h: interning runs of 32-bit words: equal runs get equal ids, dense from 1. The engine names tests, skeletons,
 * sets and states by such ids.
 *
 * All memory is the arena's, so a table is forgotten by zeroing it when its arena is reset.
 */
#ifndef RG_MATCH_RECORDS_H
#define RG_MATCH_RECORDS_H

#include "base/memory.h"

typedef struct rg_record {
    uint32_t hash;
    uint32_t count;
    uint32_t words[];
} rg_record;

typedef struct rg_record_table {
    const rg_record **records; /* by id - 1 */
    uint32_t *slots;           /* hash -> id, open addressing */
    uint32_t count;
    uint32_t slot_count; /* a power of two; there is room for half as many records */
} rg_record_table;

/* The id of the run; 0 when memory is out. `words` are copied. */
uint32_t rg__record_intern(rg_record_table *table, rg_arena *arena, const uint32_t *words, uint32_t count);

static inline const rg_record *rg__record_get(const rg_record_table *table, uint32_t id)
{
    return table->records[id - 1];
}

#endif

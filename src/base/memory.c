/*
 * memory.c: the default allocator, growing arrays, arenas.
 */
#include "base/memory.h"

#include <stdlib.h>

/* ---- the default allocator ---- */

static void *default_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

const rg_allocator *rg__default_allocator(void)
{
    static const rg_allocator allocator = {default_resize, NULL};
    return &allocator;
}

/* ---- growing arrays ---- */

bool rg__vector_grow(const rg_allocator *allocator, void **items, uint32_t *capacity, size_t item_size, uint64_t needed)
{
    uint64_t wanted = *capacity < 8 ? 8 : (uint64_t)*capacity * 2;
    if (wanted < needed) {
        wanted = needed;
    }
    if (wanted > UINT32_MAX) {
        wanted = UINT32_MAX;
    }
    if (wanted < needed || wanted > SIZE_MAX / item_size) {
        return false;
    }
    void *grown = allocator->resize(allocator->user, *items, (size_t)*capacity * item_size, (size_t)wanted * item_size);
    if (grown == NULL) {
        return false;
    }
    *items = grown;
    *capacity = (uint32_t)wanted;
    return true;
}

/* ---- arenas ---- */

enum {
    ARENA_ALIGNMENT = alignof(max_align_t),
    ARENA_FIRST_CHUNK = 1024, /* chunks double from here, so that small contexts stay small */
    ARENA_LARGEST_CHUNK = 1 << 20
};

/* All of the newest chunk is free. */
static void arena_use_chunk(rg_arena *arena)
{
    arena->free = NULL;
    arena->free_size = 0;
#ifndef RG_DEBUG_ARENA
    if (arena->chunk != NULL) {
        arena->free = arena->chunk->bytes;
        arena->free_size = (arena->chunk->size - sizeof(rg_arena_chunk)) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
    }
#endif
}

void rg__arena_init(rg_arena *arena, const rg_allocator *allocator)
{
    arena->allocator = allocator;
    arena->chunk = NULL;
    arena->total = 0;
    arena_use_chunk(arena);
}

static bool arena_add_chunk(rg_arena *arena, size_t payload)
{
    size_t size = sizeof(rg_arena_chunk) + payload;
#ifndef RG_DEBUG_ARENA
    size_t usual = arena->chunk == NULL ? ARENA_FIRST_CHUNK : arena->chunk->size * 2;
    if (usual > ARENA_LARGEST_CHUNK) {
        usual = ARENA_LARGEST_CHUNK;
    }
    if (size < usual) {
        size = usual;
    }
#endif
    rg_arena_chunk *chunk = rg__allocate(arena->allocator, size);
    if (chunk == NULL) {
        return false;
    }
    chunk->older = arena->chunk;
    chunk->size = size;
    arena->chunk = chunk;
    arena->total += size;
    arena_use_chunk(arena);
    return true;
}

void *rg__arena_allocate_more(rg_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    if (size == 0) { /* a block of its own all the same */
        return rg__arena_allocate(arena, 1);
    }
    size_t needed = size;
#ifndef RG_DEBUG_ARENA
    needed = (needed + (ARENA_ALIGNMENT - 1)) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
#endif
    if (!arena_add_chunk(arena, needed)) {
        return NULL;
    }
#ifndef RG_DEBUG_ARENA
    arena->free += needed;
    arena->free_size -= needed;
#endif
    return arena->chunk->bytes;
}

void *rg__arena_allocate_zero(rg_arena *arena, size_t size)
{
    void *result = rg__arena_allocate(arena, size);
    if (result != NULL) {
        memset(result, 0, size);
    }
    return result;
}

rg_string rg__arena_copy(rg_arena *arena, rg_string text)
{
    rg_string result = {NULL, 0};
    char *copy = text.size == SIZE_MAX ? NULL : rg__arena_allocate(arena, text.size + 1);
    if (copy != NULL) {
        if (text.size != 0) {
            memcpy(copy, text.data, text.size);
        }
        copy[text.size] = '\0';
        result.data = copy;
        result.size = text.size;
    }
    return result;
}

static void arena_free_from(rg_arena *arena, rg_arena_chunk *chunk)
{
    while (chunk != NULL) {
        rg_arena_chunk *older = chunk->older;
        arena->total -= chunk->size;
        rg__free(arena->allocator, chunk, chunk->size);
        chunk = older;
    }
}

void rg__arena_reset(rg_arena *arena)
{
#ifdef RG_DEBUG_ARENA
    rg__arena_free(arena);
#else
    if (arena->chunk != NULL) {
        arena_free_from(arena, arena->chunk->older);
        arena->chunk->older = NULL;
        arena_use_chunk(arena);
    }
#endif
}

void rg__arena_free(rg_arena *arena)
{
    arena_free_from(arena, arena->chunk);
    arena->chunk = NULL;
    arena_use_chunk(arena);
}

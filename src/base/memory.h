/*
 * memory.h: the only way to memory: the allocator of a context, growing arrays, and arenas.
 *
 * Every function here may fail for want of memory and says so by NULL or false; callers turn that into
 * RG_ERROR_MEMORY. Nothing here reports diagnostics.
 */
#ifndef RG_BASE_MEMORY_H
#define RG_BASE_MEMORY_H

#include <stdalign.h>

#include <regraft/base.h>

/* malloc, realloc and free behind an rg_allocator. */
const rg_allocator *rg__default_allocator(void);

static inline void *rg__allocate(const rg_allocator *allocator, size_t size)
{
    return allocator->resize(allocator->user, NULL, 0, size);
}
static inline void rg__free(const rg_allocator *allocator, void *block, size_t size)
{
    if (block != NULL) {
        (void)allocator->resize(allocator->user, block, size, 0);
    }
}

/*
 * Growing arrays. `RG_VECTOR(rg_node) nodes = {0};` declares one; items[0 .. count) are valid.
 * rg__vector_reserve and rg__vector_push evaluate to false when memory is out, leaving the vector unchanged.
 */
#define RG_VECTOR(type)                                                                                                \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        uint32_t count;                                                                                                \
        uint32_t capacity;                                                                                             \
    }

bool rg__vector_grow(const rg_allocator *allocator, void **items, uint32_t *capacity, size_t item_size,
                     uint64_t needed);

#define rg__vector_reserve(allocator, vector, needed)                                                                  \
    ((uint64_t)(needed) <= (vector)->capacity ||                                                                       \
     rg__vector_grow((allocator), (void **)(void *)&(vector)->items, &(vector)->capacity, sizeof(*(vector)->items),    \
                     (uint64_t)(needed)))

#define rg__vector_push(allocator, vector, item)                                                                       \
    (rg__vector_reserve((allocator), (vector), (uint64_t)(vector)->count + 1)                                          \
         ? ((vector)->items[(vector)->count++] = (item), true)                                                         \
         : false)

#define rg__vector_free(allocator, vector)                                                                             \
    do {                                                                                                               \
        rg__free((allocator), (vector)->items, (size_t)(vector)->capacity * sizeof(*(vector)->items));                 \
        (vector)->items = NULL;                                                                                        \
        (vector)->count = (vector)->capacity = 0;                                                                      \
    } while (0)

/*
 * An arena: many allocations, one release. With RG_DEBUG_ARENA each allocation is a block of its own, so that
 * sanitizers and valgrind see overruns.
 */
typedef struct rg_arena_chunk {
    struct rg_arena_chunk *older;
    size_t size; /* of the whole block, this header included */
    alignas(max_align_t) char bytes[];
} rg_arena_chunk;

typedef struct rg_arena {
    const rg_allocator *allocator;
    rg_arena_chunk *chunk; /* newest first */
    char *free;            /* of the newest */
    size_t free_size;      /* a multiple of max_align_t's alignment */
    size_t total;          /* bytes held from the allocator */
} rg_arena;

void rg__arena_init(rg_arena *arena, const rg_allocator *allocator);
/* rg__arena_allocate where the newest chunk has no room, or for nothing. */
void *rg__arena_allocate_more(rg_arena *arena, size_t size);

/* Uninitialised memory aligned for max_align_t; NULL when memory is out. size 0 gives a valid pointer. */
static inline void *rg__arena_allocate(rg_arena *arena, size_t size)
{
    if (size - 1 < arena->free_size) { /* there is room, and size is not 0 */
        void *result = arena->free;
        size_t needed = (size + (alignof(max_align_t) - 1)) & ~(alignof(max_align_t) - 1);
        arena->free += needed;
        arena->free_size -= needed;
        return result;
    }
    return rg__arena_allocate_more(arena, size);
}

void *rg__arena_allocate_zero(rg_arena *arena, size_t size);
/* A copy that ends in a NUL; .data is NULL when memory is out. */
rg_string rg__arena_copy(rg_arena *arena, rg_string text);
/* Forget all allocations but keep the newest chunk for reuse. */
void rg__arena_reset(rg_arena *arena);
void rg__arena_free(rg_arena *arena);

#endif

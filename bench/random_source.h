/* random_source.h: a small seeded generator, the same on every machine. */
#ifndef RG_BENCH_RANDOM_SOURCE_H
#define RG_BENCH_RANDOM_SOURCE_H

#include <stdint.h>

typedef struct random_source {
    uint64_t state;
} random_source;

/* A number from 0 to bound - 1. */
static inline uint32_t random_below(random_source *random, uint32_t bound)
{
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    uint64_t mixed = (random->state ^ (random->state >> 29)) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)((mixed >> 32) * bound >> 32);
}

#endif

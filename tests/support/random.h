/* random.h: a small seeded generator for tests, the same on every machine. */
#ifndef RG_TESTS_RANDOM_H
#define RG_TESTS_RANDOM_H

#include <stdint.h>

typedef struct test_random {
    uint64_t state;
} test_random;

static inline uint32_t random_next(test_random *random)
{
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    uint64_t mixed = (random->state ^ (random->state >> 29)) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)(mixed >> 32);
}

/* A number from 0 to bound - 1. */
static inline uint32_t random_below(test_random *random, uint32_t bound)
{
    return (uint32_t)((uint64_t)random_next(random) * bound >> 32);
}

#endif

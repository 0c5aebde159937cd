/*
 * spelling.h: "did you mean": the candidate that is closest to what was written.
 */
#ifndef RG_BASE_SPELLING_H
#define RG_BASE_SPELLING_H

#include <regraft/base.h>

/* Set `wanted`, offer every candidate, ask for the closest. The first of equally close candidates wins. */
typedef struct rg_spelling {
    rg_string wanted;
    rg_string best;
    size_t best_distance; /* meaningful while best.data is not NULL */
} rg_spelling;

void rg__spelling_offer(rg_spelling *spelling, rg_string candidate);

/* The closest candidate; empty when none is close enough to be a slip: more than a third of the letters differ. */
rg_string rg__spelling_closest(const rg_spelling *spelling);

#endif

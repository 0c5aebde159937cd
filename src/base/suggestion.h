/*
 * suggestion.h: "did you mean": the candidate that is closest to what was written.
 */
#ifndef RG_BASE_SUGGESTION_H
#define RG_BASE_SUGGESTION_H

#include <regraft/base.h>

/* Set `wanted`, offer every candidate, ask for the closest. The first of equally close candidates wins. */
typedef struct rg_suggestion {
    rg_string wanted;
    rg_string best;
    size_t best_distance; /* meaningful while best.data is not NULL */
} rg_suggestion;

void rg__suggestion_offer(rg_suggestion *suggestion, rg_string candidate);

/* The closest candidate; empty when none is close enough to be a slip: more than a third of the letters differ. */
rg_string rg__suggestion_closest(const rg_suggestion *suggestion);

#endif

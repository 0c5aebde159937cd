/*
 * effects.h: may a replacement stand for the match although both have memory: values that it makes share memory, or
 * stop sharing it, and values that it overwrites, or does not overwrite any more? (Laws 3 and 5 of doc/matching.md.)
 */
#ifndef RG_MATCH_EFFECTS_H
#define RG_MATCH_EFFECTS_H

#include "ir/graph_alias.h"
#include "match/match_impl.h"

/* What a rule's replacement does with the memory of its inputs. */
typedef struct rg_effects {
    uint64_t written;              /* inputs that it writes, a bit each */
    const uint64_t *result_inputs; /* by result: inputs whose memory it may be */
    const bool *result_pairs;      /* results * results: may they share memory? */
    bool is_fresh;                 /* it writes no input, and each result has memory of its own */
    bool is_ordered; /* some op of it writes, is random or has an effect, so that its nodes keep their order */
} rg_effects;

/* Does the match change what is seen of its inputs' memory, or of its results'? `may_write`: some op of the graph
 * writes its arguments; `is_shared`: nodes of the match that are no results may stay. `cause` is what is in the way.
 * Fails only for want of memory. */
rg_status rg__effects_judge(rg_refusal *out, rg_refusal_cause *cause, const rg_match *match, bool may_write,
                            bool is_shared);

/* Add the origins of everything that the match's nodes write. False when memory is out. */
bool rg__match_find_written(rg_alias_set *set, const rg_match *match);

#endif

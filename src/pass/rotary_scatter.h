/*
 * rotary_scatter.h: rotated queries and keys that are scattered back into the tensor they were split from:
 *
 *     s = split(qkv); a = rotary(query=s[0], key=s[1])
 *     c1 = slice_scatter(qkv, a[1], ...); c2 = slice_scatter(c1, a[2], ...)
 */
#ifndef RG_PASS_ROTARY_SCATTER_H
#define RG_PASS_ROTARY_SCATTER_H

#include "pass/pass_impl.h"

typedef struct rg_rotary_scatter {
    rg_node base; /* qkv */
    rg_node split;
    rg_node parts[2];    /* s[0], s[1] */
    rg_node rotated[2];  /* a[1], a[2] */
    rg_node scatters[2]; /* c1, c2; nothing else reads a[1], a[2] and c1 */
} rg_rotary_scatter;

/* The only reader of the node, if it calls the op; else null. */
rg_node rg__only_user(const rg_graph *graph, rg_node node, const char *op);

/* Is the functionalised call one whose results are scattered so? Where the scatters write is not asked. */
bool rg__find_rotary_scatter(rg_rotary_scatter *out, const rg_graph *graph, rg_node call);

/* Do the scatters write just the parts that were rotated? */
rg_status rg__rotary_scatter_fits(bool *out, rg_graph *graph, const rg_rotary_scatter *site);

/* They do, and nothing but they looks at the old parts behind the call, so that they may be overwritten. */
rg_status rg__rotary_scatter_is_sound(bool *out, rg_graph *graph, rg_node call, const rg_rotary_scatter *site);

#endif

/*
 * place_output.h: what `verify --matches` says of the places where rules put something: which of them came to something
 * else, and which rules are behind it.
 */
#ifndef RG_CLI_PLACE_OUTPUT_H
#define RG_CLI_PLACE_OUTPUT_H

#include <jansson.h>

#include "cli/output.h"

/* What is told of. */
typedef struct shown_places {
    rg_following *following;
    const rg_match_log *log;
    const rg_graph *graphs[2]; /* before and after */
    const char *paths[2];
    const char *inputs; /* an adjective: "normal" */
} shown_places;

/* How many places differ, and how many cannot be compared. */
size_t count_differing_places(const rg_following *following);
size_t count_incomparable_places(const rg_following *following);

/* The first place that differs, with the matches behind it, and how many places differ by rule; nothing if none does.
 */
void print_places(const shown_places *places);
/* {"compared", "differing", "incomparable", "rules": [{"pass", "rule", "differing"}], "first": ...}. */
json_t *json_from_places(const shown_places *places);

/* How two values differ, in two lines, and as JSON. */
void print_comparison(const rg_comparison *values);
json_t *json_from_comparison(const rg_comparison *values);

#endif

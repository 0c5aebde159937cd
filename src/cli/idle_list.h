/*
 * idle_list.h: what matches nowhere, rules and pattern expressions alike, each told in a line with its nearest miss.
 * idle_rules.c finds the misses of rules, pattern_explain.c those of expressions.
 */
#ifndef RG_CLI_IDLE_LIST_H
#define RG_CLI_IDLE_LIST_H

#include "cli/miss_output.h"

/* What is known of one of them. */
typedef struct idle_entry {
    rg_string name;
    uint32_t matched; /* of the nearest miss, and in all */
    uint32_t total;
    char *cause;   /* the nearest miss in words; NULL: none is known */
    char *absence; /* why there is none: "no graph here has aten.bmm.default"; NULL: it is not known, or there is one */
    bool is_reported;
} idle_entry;

/* Zero-initialise. */
typedef struct idle_list {
    idle_entry *items;
    size_t count;
} idle_list;

/* The entry of that name; NULL: there is none. */
idle_entry *idle_find(const idle_list *list, rg_string name);
/* A new entry at the end. */
idle_entry *idle_add(idle_list *list, rg_string name);
/* A miss of it was found: it is kept if it is nearer than those before. */
void idle_take(idle_entry *entry, const shown_miss *miss);
/* Say on standard error what is known: those with the same absence, or of which nothing is known, together. `unknown`
 * is what is said behind the names of the latter. */
void idle_note(idle_list *list, const char *unknown);
void idle_free(idle_list *list);

#endif

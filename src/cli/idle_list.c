/*
 * idle_list.c: see the header.
 */
#include "cli/idle_list.h"

#include <stdlib.h>

idle_entry *idle_find(const idle_list *list, rg_string name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (rg_string_equal(list->items[i].name, name)) {
            return &list->items[i];
        }
    }
    return NULL;
}

idle_entry *idle_add(idle_list *list, rg_string name)
{
    list->items = reallocate(list->items, (list->count + 1) * sizeof(*list->items));
    list->items[list->count] = (idle_entry){.name = name};
    return &list->items[list->count++];
}

/* "4 of 6 nodes at mul and elsewhere: ..." */
static char *line_of(const shown_miss *miss)
{
    cli_text text = {NULL, 0, 0};
    char place[160];
    rg_string example = miss->example_count > 0 ? rg_node_name(miss->graph, miss->examples[0]) : rg_string_from("");
    int size = snprintf(place, sizeof(place), "%u of %u %s%s%.*s%s: ", miss->matched, miss->total, miss->unit,
                        example.size > 0 ? " at " : "", (int)(example.size < 64 ? example.size : 64), example.data,
                        miss->count > 1 ? " and elsewhere" : "");
    text_add(&text, place, (size_t)size);
    text_add(&text, miss->sentence.data, miss->sentence.size);
    return text.data;
}

void idle_take(idle_entry *entry, const shown_miss *miss)
{
    bool is_nearer = (uint64_t)miss->matched * entry->total > (uint64_t)entry->matched * miss->total;
    if (miss->count > 0 && (entry->cause == NULL || is_nearer)) {
        free(entry->cause);
        entry->cause = line_of(miss);
        entry->matched = miss->matched;
        entry->total = miss->total;
    }
}

static bool same_absence(const idle_entry *a, const idle_entry *b)
{
    return a->cause == NULL && b->cause == NULL && (a->absence == NULL) == (b->absence == NULL) &&
           (a->absence == NULL || strcmp(a->absence, b->absence) == 0);
}

/* One line for the entry at `first` and all behind it that want the same, or of which nothing is known. */
static void note_together(idle_list *list, size_t first, const char *unknown)
{
    enum { MOST_NAMES = 8 };
    const idle_entry *entry = &list->items[first];
    cli_text names = {NULL, 0, 0};
    size_t named = 0;
    for (size_t i = first; i < list->count; i++) {
        idle_entry *other = &list->items[i];
        if (other->is_reported || !same_absence(entry, other)) {
            continue;
        }
        other->is_reported = true;
        if (named++ < MOST_NAMES) {
            text_add(&names, ", ", named == 1 ? 0 : 2);
            text_add(&names, other->name.data, other->name.size);
        }
    }
    char more[48] = "";
    if (named > MOST_NAMES) {
        (void)snprintf(more, sizeof(more), " and %zu more", named - MOST_NAMES);
    }
    note("no match of %s%s%s%s", names.data, more, entry->absence == NULL ? unknown : ": ",
         entry->absence == NULL ? "" : entry->absence);
    text_free(&names);
}

void idle_note(idle_list *list, const char *unknown)
{
    for (size_t i = 0; i < list->count; i++) {
        const idle_entry *entry = &list->items[i];
        if (entry->cause != NULL) {
            note("no match of %.*s: %s", (int)entry->name.size, entry->name.data, entry->cause);
        } else if (!entry->is_reported) {
            note_together(list, i, unknown);
        }
    }
}

void idle_free(idle_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].cause);
        free(list->items[i].absence);
    }
    free(list->items);
    *list = (idle_list){NULL, 0};
}

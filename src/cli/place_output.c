/*
 * place_output.c: see the header.
 */
#include "cli/place_output.h"

#include <math.h>
#include <stdlib.h>

#include "cli/json_output.h"

/* ---- two values ---- */

/* Some C libraries print the sign of a NaN. */
static double unsigned_nan(double value)
{
    return isnan(value) ? (double)NAN : value;
}

void print_comparison(const rg_comparison *values)
{
    if (!values->comparable) {
        printf("    the values are of different kinds, dtypes or sizes\n");
        return;
    }
    printf("    %llu of %llu elements differ; the first, element %llu, is %.9g and %.9g\n",
           (unsigned long long)values->differing, (unsigned long long)values->count,
           (unsigned long long)values->position, unsigned_nan(values->expected), unsigned_nan(values->actual));
    printf("    largest difference %.3g, %.3g of the value, %.3g steps of the dtype\n", values->max_absolute,
           values->max_relative, values->max_ulp);
}

/* JSON has no infinities and no NaN. */
static json_t *json_from_number(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

json_t *json_from_comparison(const rg_comparison *values)
{
    json_t *out = json_make_object();
    json_put(out, "comparable", json_boolean(values->comparable));
    json_put(out, "elements", json_integer((json_int_t)values->count));
    json_put(out, "differing", json_integer((json_int_t)values->differing));
    json_put(out, "position", json_integer((json_int_t)values->position));
    json_put(out, "expected", json_from_number(values->expected));
    json_put(out, "actual", json_from_number(values->actual));
    json_put(out, "max_absolute", json_from_number(values->max_absolute));
    return out;
}

/* ---- places ---- */

static bool differs(const rg_followed_value *value)
{
    return value->comparable && !value->equal;
}

size_t count_differing_places(const rg_following *following)
{
    size_t count = 0;
    for (size_t i = 0; i < rg_following_count(following); i++) {
        rg_followed_value value = rg_following_get(following, i);
        count += differs(&value) ? 1 : 0;
    }
    return count;
}

size_t count_incomparable_places(const rg_following *following)
{
    size_t count = 0;
    for (size_t i = 0; i < rg_following_count(following); i++) {
        count += rg_following_get(following, i).comparable ? 0 : 1;
    }
    return count;
}

/* The first place that differs; the count of places when there is none. */
static size_t first_differing(const rg_following *following)
{
    for (size_t i = 0; i < rg_following_count(following); i++) {
        rg_followed_value value = rg_following_get(following, i);
        if (differs(&value)) {
            return i;
        }
    }
    return rg_following_count(following);
}

/* Indices in the log, which the caller frees. */
static size_t *suspects_of(size_t *count, const shown_places *places, size_t index, bool earlier)
{
    *count = rg_following_suspects(places->following, index, earlier, NULL, 0);
    size_t *suspects = allocate((*count + 1) * sizeof(*suspects));
    (void)rg_following_suspects(places->following, index, earlier, suspects, *count);
    return suspects;
}

/* ---- counts by rule ---- */

typedef struct rule_count {
    const rg_logged_match *match; /* one of the rule's; NULL: no match is behind it */
    size_t differing;
} rule_count;

typedef struct rule_counts {
    rule_count *items;
    size_t count;
} rule_counts;

static bool is_same_rule(const rg_logged_match *a, const rg_logged_match *b)
{
    return a == b || (a != NULL && b != NULL && rg_string_equal(a->pass, b->pass) && rg_string_equal(a->rule, b->rule));
}

/* Of several matches behind a place the one applied last counts. In the order of the first place of each rule. */
static rule_counts count_by_rule(const shown_places *places)
{
    rule_counts counts = {NULL, 0};
    for (size_t i = 0; i < rg_following_count(places->following); i++) {
        rg_followed_value value = rg_following_get(places->following, i);
        if (!differs(&value)) {
            continue;
        }
        size_t suspect_count = 0;
        size_t *suspects = suspects_of(&suspect_count, places, i, false);
        const rg_logged_match *match =
            suspect_count == 0 ? NULL : rg_match_log_get(places->log, suspects[suspect_count - 1]);
        size_t at = 0;
        while (at < counts.count && !is_same_rule(counts.items[at].match, match)) {
            at++;
        }
        if (at == counts.count) {
            counts.items = reallocate(counts.items, (counts.count + 1) * sizeof(*counts.items));
            counts.items[counts.count++] = (rule_count){match, 0};
        }
        counts.items[at].differing++;
        free(suspects);
    }
    return counts;
}

/* ---- as text ---- */

static void print_match_name(const rg_logged_match *match)
{
    if (match == NULL) {
        printf("no match of the log");
    } else if (match->rule.size == 0) {
        printf("pass %.*s, without a rule", (int)match->pass.size, match->pass.data);
    } else {
        printf("rule %.*s of pass %.*s", (int)match->rule.size, match->rule.data, (int)match->pass.size,
               match->pass.data);
    }
}

static void print_suspects(const shown_places *places, size_t index, bool earlier)
{
    size_t count = 0;
    size_t *suspects = suspects_of(&count, places, index, earlier);
    if (count == 0 && !earlier) {
        printf("    no match of the log is behind it\n");
    }
    for (size_t i = 0; i < count; i++) {
        const rg_logged_match *match = rg_match_log_get(places->log, suspects[i]);
        printf(earlier ? "    out of what came from " : "    from ");
        print_match_name(match);
        if (match->root.size > 0) {
            printf(", at %.*s", (int)match->root.size, match->root.data);
        }
        if (match->graph.size > 0) {
            printf(" in %.*s", (int)match->graph.size, match->graph.data);
        }
        putchar('\n');
    }
    free(suspects);
}

static void print_first(const shown_places *places, size_t index)
{
    rg_followed_value value = rg_following_get(places->following, index);
    rg_string before = rg_node_name(places->graphs[0], value.before);
    rg_string after = rg_node_name(places->graphs[1], value.after);
    if (rg_string_equal(before, after)) {
        printf("`%.*s` is the first value that differs", (int)after.size, after.data);
    } else {
        printf("`%.*s`, in the place of `%.*s`, is the first value that differs", (int)after.size, after.data,
               (int)before.size, before.data);
    }
    printf(", given %s inputs\n", places->inputs);
    print_suspects(places, index, false);
    print_suspects(places, index, true);
    print_statement(places->paths[0], places->graphs[0], value.before);
    print_statement(places->paths[1], places->graphs[1], value.after);
    print_comparison(&value.values);
}

void print_places(const shown_places *places)
{
    size_t first = first_differing(places->following);
    size_t count = rg_following_count(places->following);
    if (first == count) {
        return;
    }
    print_first(places, first);
    printf("%zu of %zu corresponding values differ:\n", count_differing_places(places->following), count);
    rule_counts counts = count_by_rule(places);
    for (size_t i = 0; i < counts.count; i++) {
        printf("    %zu from ", counts.items[i].differing);
        print_match_name(counts.items[i].match);
        putchar('\n');
    }
    free(counts.items);
}

/* ---- as JSON ---- */

/* "pass" and "rule" of a match; null for nodes that were made without one. */
static void put_match(json_t *out, const rg_logged_match *match)
{
    bool has_rule = match != NULL && match->rule.size > 0;
    json_put(out, "pass", match == NULL ? json_null() : json_from(match->pass));
    json_put(out, "rule", has_rule ? json_from(match->rule) : json_null());
}

static json_t *json_from_suspects(const shown_places *places, size_t index, bool earlier)
{
    json_t *out = json_make_array();
    size_t count = 0;
    size_t *suspects = suspects_of(&count, places, index, earlier);
    for (size_t i = 0; i < count; i++) {
        const rg_logged_match *match = rg_match_log_get(places->log, suspects[i]);
        json_t *entry = json_make_object();
        put_match(entry, match);
        if (match->graph.size > 0) {
            json_put(entry, "graph", json_from(match->graph));
        }
        json_put(entry, "root", match->root.size > 0 ? json_from(match->root) : json_null());
        json_add(out, entry);
    }
    free(suspects);
    return out;
}

static json_t *json_from_place(const shown_places *places, size_t index)
{
    rg_followed_value value = rg_following_get(places->following, index);
    json_t *out = json_make_object();
    json_put(out, "before", json_from_node(places->graphs[0], value.before));
    json_put(out, "after", json_from_node(places->graphs[1], value.after));
    json_put(out, "rank", json_integer((json_int_t)value.rank));
    json_put(out, "matches", json_from_suspects(places, index, false));
    json_put(out, "earlier", json_from_suspects(places, index, true));
    json_put(out, "values", json_from_comparison(&value.values));
    return out;
}

json_t *json_from_places(const shown_places *places)
{
    json_t *out = json_make_object();
    json_t *rules = json_make_array();
    size_t first = first_differing(places->following);
    size_t count = rg_following_count(places->following);
    rule_counts counts = count_by_rule(places);
    for (size_t i = 0; i < counts.count; i++) {
        json_t *entry = json_make_object();
        put_match(entry, counts.items[i].match);
        json_put(entry, "differing", json_integer((json_int_t)counts.items[i].differing));
        json_add(rules, entry);
    }
    free(counts.items);
    json_put(out, "compared", json_integer((json_int_t)(count - count_incomparable_places(places->following))));
    json_put(out, "differing", json_integer((json_int_t)count_differing_places(places->following)));
    json_put(out, "incomparable", json_integer((json_int_t)count_incomparable_places(places->following)));
    json_put(out, "rules", rules);
    json_put(out, "first", first < count ? json_from_place(places, first) : json_null());
    return out;
}

/*
 * suggestion.c: Levenshtein distance with a bound on the length of words, which suffices for names of passes and
 * options.
 */
#include "base/suggestion.h"

enum { LONGEST_WORD = 64 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Letters to insert, delete or change; case does not count. Both words are at most LONGEST_WORD long. */
static size_t edit_distance(rg_string a, rg_string b)
{
    size_t row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= b.size; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t changed = diagonal + (lower(a.data[i - 1]) != lower(b.data[j - 1]) ? 1 : 0);
            diagonal = row[j];
            row[j] = smaller(changed, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.size];
}

void rg__suggestion_offer(rg_suggestion *suggestion, rg_string candidate)
{
    if (candidate.size > LONGEST_WORD || suggestion->wanted.size > LONGEST_WORD) {
        return;
    }
    size_t distance = edit_distance(suggestion->wanted, candidate);
    if (suggestion->best.data == NULL || distance < suggestion->best_distance) {
        suggestion->best = candidate;
        suggestion->best_distance = distance;
    }
}

rg_string rg__suggestion_closest(const rg_suggestion *suggestion)
{
    size_t length = suggestion->best.size > suggestion->wanted.size ? suggestion->best.size : suggestion->wanted.size;
    if (suggestion->best.data == NULL || suggestion->best_distance * 3 > length) {
        return (rg_string){NULL, 0};
    }
    return suggestion->best;
}

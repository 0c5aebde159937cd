/*
 * command_match.c: `regraft match`: where do rules match? Changes nothing.
 */
#include <stdlib.h>

#include "cli/files.h"
#include "cli/idle_rules.h"
#include "cli/json_output.h"
#include "cli/match_output.h"
#include "cli/rule_input.h"

/* Submodules first, as passes go. `matched` is by instance. */
static bool list_matches(rg_matcher *matcher, rg_graph *graph, json_t *listing, size_t *found, bool *matched)
{
    rg_match_list *list = NULL;
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!list_matches(matcher, rg_graph_child(graph, i), listing, found, matched)) {
            return false;
        }
    }
    if (rg_matcher_find_all(&list, matcher, graph) != RG_OK) {
        return false;
    }
    const rg_rule_set *rules = rg_matcher_rules(matcher);
    for (size_t i = 0; i < rg_match_list_count(list); i++) {
        matched[rg_match_rule(rg_match_list_get(list, i))] = true;
        if (listing != NULL) {
            json_add(listing, json_from_match(NULL, rg_match_list_get(list, i), rules));
        } else {
            print_match(rg_match_list_get(list, i), rules);
        }
    }
    *found += rg_match_list_count(list);
    warn_gave_up("match", rg_match_list_gave_up(list));
    rg_match_list_destroy(list);
    return true;
}

static int run_match(cli_invocation *invocation)
{
    rg_context *context = invocation->context;
    rg_rule_set *rules = NULL;
    rg_matcher *matcher = NULL;
    rg_document *document = NULL;
    json_t *listing = NULL;
    pattern_files patterns = {NULL, 0, NULL, 0};
    bool *matched = NULL;
    size_t found = 0;
    bool good = rg_rule_set_create(&rules, context) == RG_OK && load_given_rules(rules, &patterns, invocation, 1) &&
                rg_matcher_create(&matcher, context, rules) == RG_OK &&
                rg_document_read(&document, context, invocation->arguments[0]) == RG_OK;
    if (good && option_given(invocation, "json")) {
        listing = json_make_array();
    }
    if (good) {
        matched = allocate((rg_rule_set_count(rules) + 1) * sizeof(*matched));
        memset(matched, 0, (rg_rule_set_count(rules) + 1) * sizeof(*matched));
    }
    for (size_t i = 0; good && i < rg_document_graph_count(document); i++) {
        rg_graph *graph = rg_document_graph(document, i);
        good =
            list_matches(matcher, graph, listing, &found, matched) && match_patterns(&found, &patterns, graph, listing);
    }
    good = good && note_idle_rules(matcher, matched, document, SIZE_MAX) && note_idle_patterns(&patterns, document);
    if (good && listing != NULL) {
        print_json(listing);
    } else if (good) {
        printf("%zu %s\n", found, found == 1 ? "match" : "matches");
    } else {
        json_decref(listing);
    }
    free(matched);
    rg_document_destroy(document);
    rg_matcher_destroy(matcher);
    rg_rule_set_destroy(rules);
    free_patterns(&patterns);
    return !good ? EXIT_BAD : found > 0 ? EXIT_YES : EXIT_NO;
}

static const cli_option match_options[] = {
    OPTION_RULES,
    OPTION_RULE_CONFIG,
    {"json", 0, NULL, "print the matches as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_match = {
    .name = "match",
    .arguments = "FILE --rules PATH...",
    .min_arguments = 1,
    .max_arguments = SIZE_MAX,
    .summary = "list where rules match; change nothing",
    .details =
        "Lists every match of every rule, overlapping ones included, from the end of the graph to its start: the "
        "rule, the root, all matched nodes, and the nodes that the replacement's results would take the place "
        "of; submodules before the graph that has them. `regraft opt` applies matches; of those that overlap it takes "
        "the first in this order.\n\n"
        "Rules and patterns that match nowhere are named on standard error, with what was in their way where they came "
        "nearest, or "
        "with an op that they want and the graph does not have; `regraft explain` tells more.\n\n"
        "A file of pattern expressions, as Inductor serialises them (x = CallFunction(...)) or vLLM dumps them "
        "(patterns.*.py), is matched too, after the rules and as Inductor does it: its patterns in the order of the "
        "file, each from the end of the graph to its start.",
    .no_means = "nothing matches",
    .options = match_options,
    .run = run_match,
};

/*
 * match_log_file.c: see the header.
 *
 * Passes stand in one array and matches in another, so that whoever only wants matches finds them at once. Reading puts
 * together again what happened: after the matches of a pass comes what it made without rules.
 */
#include "cli/match_log_file.h"

#include <stdlib.h>

#include "cli/files.h"
#include "cli/json_output.h"

/* ---- writing ---- */

static json_t *json_from_names(const rg_string *names, size_t count)
{
    json_t *out = json_make_array();
    for (size_t i = 0; i < count; i++) {
        json_add(out, names[i].size > 0 ? json_from(names[i]) : json_null());
    }
    return out;
}

json_t *json_from_match_log(const rg_match_log *log)
{
    json_t *out = json_make_array();
    for (size_t i = 0; i < rg_match_log_count(log); i++) {
        const rg_logged_match *match = rg_match_log_get(log, i);
        if (match->rule.size == 0) {
            continue;
        }
        json_t *entry = json_make_object();
        json_put(entry, "pass", json_from(match->pass));
        json_put(entry, "rule", json_from(match->rule));
        if (match->graph.size > 0) {
            json_put(entry, "graph", json_from(match->graph));
        }
        json_put(entry, "root", json_from(match->root));
        json_put(entry, "nodes", json_from_names(match->nodes, match->node_count));
        json_put(entry, "outputs", json_from_names(match->outputs, match->output_count));
        json_put(entry, "results", json_from_names(match->results, match->output_count));
        json_put(entry, "made", json_from_names(match->made, match->made_count));
        json_add(out, entry);
    }
    return out;
}

/* ---- reading ---- */

typedef struct log_reader {
    rg_match_log *log;
    const char *path;
    json_t *matches;
    size_t next; /* of the matches: those before it have been added */
} log_reader;

static rg_string string_of(const json_t *json)
{
    return json_is_string(json) ? (rg_string){json_string_value(json), json_string_length(json)} : rg_string_from("");
}

/* The strings of an array; empty ones for null. The caller frees them. */
static rg_string *strings_of(const json_t *array)
{
    rg_string *strings = allocate((json_array_size(array) + 1) * sizeof(*strings));
    for (size_t i = 0; i < json_array_size(array); i++) {
        strings[i] = string_of(json_array_get(array, i));
    }
    return strings;
}

static bool check_match(const log_reader *reader, const json_t *entry)
{
    static const char *const lists[] = {"nodes", "outputs", "results", "made"};
    bool good = json_is_string(json_object_get(entry, "pass")) && json_is_string(json_object_get(entry, "rule"));
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && good; i++) {
        good = json_is_array(json_object_get(entry, lists[i]));
    }
    good = good &&
           json_array_size(json_object_get(entry, "outputs")) == json_array_size(json_object_get(entry, "results"));
    if (!good) {
        complain(
            "%s: match %zu has not all of pass, rule, nodes, outputs, results, made; `regraft opt --matches` writes "
            "them",
            reader->path, reader->next + 1);
    }
    return good;
}

static bool add_match(log_reader *reader)
{
    json_t *entry = json_array_get(reader->matches, reader->next);
    json_t *nodes = json_object_get(entry, "nodes");
    json_t *outputs = json_object_get(entry, "outputs");
    json_t *made = json_object_get(entry, "made");
    rg_logged_match match = RG_LOGGED_MATCH_INIT;
    if (!check_match(reader, entry)) {
        return false;
    }
    rg_string *node_names = strings_of(nodes);
    rg_string *output_names = strings_of(outputs);
    rg_string *result_names = strings_of(json_object_get(entry, "results"));
    rg_string *made_names = strings_of(made);
    match.pass = string_of(json_object_get(entry, "pass"));
    match.rule = string_of(json_object_get(entry, "rule"));
    match.graph = string_of(json_object_get(entry, "graph"));
    match.root = string_of(json_object_get(entry, "root"));
    match.nodes = node_names;
    match.node_count = json_array_size(nodes);
    match.outputs = output_names;
    match.results = result_names;
    match.output_count = json_array_size(outputs);
    match.made = made_names;
    match.made_count = json_array_size(made);
    bool good = rg_match_log_add(reader->log, &match) == RG_OK;
    free(node_names);
    free(output_names);
    free(result_names);
    free(made_names);
    reader->next++;
    return good;
}

static bool add_made(log_reader *reader, const json_t *pass)
{
    json_t *made = json_object_get(pass, "made");
    rg_logged_match entry = RG_LOGGED_MATCH_INIT;
    if (json_array_size(made) == 0) {
        return true;
    }
    rg_string *names = strings_of(made);
    entry.pass = string_of(json_object_get(pass, "pass"));
    entry.made = names;
    entry.made_count = json_array_size(made);
    bool good = rg_match_log_add(reader->log, &entry) == RG_OK;
    free(names);
    return good;
}

/* Is the next match one of this pass? */
static bool is_next(const log_reader *reader, const json_t *pass)
{
    const json_t *entry = json_array_get(reader->matches, reader->next);
    return entry != NULL &&
           rg_string_equal(string_of(json_object_get(entry, "pass")), string_of(json_object_get(pass, "pass")));
}

static bool add_passes(log_reader *reader, const json_t *passes)
{
    bool good = true;
    for (size_t i = 0; i < json_array_size(passes) && good; i++) {
        const json_t *pass = json_array_get(passes, i);
        while (good && is_next(reader, pass)) {
            good = add_match(reader);
        }
        good = good && add_made(reader, pass);
    }
    while (good && reader->next < json_array_size(reader->matches)) {
        good = add_match(reader);
    }
    return good;
}

bool read_match_log(rg_match_log **out, rg_context *context, const char *path)
{
    cli_text text = {NULL, 0, 0};
    if (rg_match_log_create(out, context) != RG_OK || !read_input(&text, context, path)) {
        return false;
    }
    json_t *json = parse_json(text.data, text.size, path);
    log_reader reader = {*out, path, json_object_get(json, "matches"), 0};
    bool good = json != NULL;
    if (good && !json_is_array(reader.matches)) {
        complain("%s: a match log is what `regraft opt --matches` writes, an object with \"matches\"", path);
        good = false;
    }
    good = good && add_passes(&reader, json_object_get(json, "passes"));
    json_decref(json);
    text_free(&text);
    return good;
}

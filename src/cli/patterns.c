/*
 * patterns.c: see the header.
 */
#include "cli/patterns.h"

#include <stdlib.h>

#include "cli/files.h"
#include "cli/match_output.h"

/* ---- reading ---- */

/* "attention" for "models/attention.pattern.txt" */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *stem = copy_text(slash == NULL ? path : slash + 1);
    char *dot = strchr(stem + (stem[0] != '\0' ? 1 : 0), '.');
    if (dot != NULL) {
        *dot = '\0';
    }
    return stem;
}

/* A call of one of these makes an expression; in a rule file they are no functions. */
bool is_pattern_text(const cli_text *text)
{
    static const char *const words[] = {"CallFunction(",        "CallMethod(",        "CallModule(",
                                        "CallFunctionVarArgs(", "CallMethodVarArgs(", "CallModuleVarArgs(",
                                        "MultiOutputPattern(",  "RepeatedExpr("};
    for (size_t i = 0; text->data != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strstr(text->data, words[i]) != NULL) {
            return strstr(text->data, "(Rule)") == NULL && strstr(text->data, "(Op)") == NULL;
        }
    }
    return false;
}

bool add_patterns(pattern_files *patterns, rg_context *context, const char *path, const cli_text *text)
{
    pattern_file file = {NULL, NULL, NULL};
    if (rg_expression_list_parse(&file.list, context, (rg_string){text->data, text->size}, rg_string_from(path)) !=
        RG_OK) {
        return false;
    }
    file.path = copy_text(path);
    file.name = stem_of(path);
    patterns->files = reallocate(patterns->files, (patterns->count + 1) * sizeof(*patterns->files));
    patterns->files[patterns->count++] = file;
    patterns->pattern_count += rg_expression_list_count(file.list);
    return true;
}

void free_patterns(pattern_files *patterns)
{
    for (size_t i = 0; i < patterns->count; i++) {
        rg_expression_list_destroy(patterns->files[i].list);
        free(patterns->files[i].path);
        free(patterns->files[i].name);
    }
    free(patterns->files);
    free(patterns->matched);
    *patterns = (pattern_files){NULL, 0, NULL, 0};
}

rg_string pattern_name(const pattern_file *file, size_t index)
{
    rg_string name = rg_expression_name(rg_expression_list_get(file->list, index));
    bool is_usual = rg_expression_list_count(file->list) == 1 && rg_string_equal(name, rg_string_from("output"));
    return is_usual ? rg_string_from(file->name) : name;
}

/* ---- matching ---- */

static rg_node match_node(const void *match, size_t index)
{
    return rg_expression_match_node(match, index);
}

static rg_node match_output(const void *match, size_t index)
{
    return rg_value_as_node(rg_expression_match_output(match, index));
}

static void show(void *listing, rg_string name, rg_node root, const rg_expression_match *match)
{
    const shown_match shown = {.rule = name,
                               .graph = rg_expression_match_graph(match),
                               .root = root,
                               .match = match,
                               .node_count = rg_expression_match_node_count(match),
                               .output_count = rg_expression_match_output_count(match),
                               .node = match_node,
                               .output = match_output};
    show_match(listing, &shown);
}

/* All matches of one pattern. */
static bool match_one(size_t *found, rg_graph *graph, const rg_expression *expression, rg_string name, void *listing)
{
    rg_expression_matcher *matcher = NULL;
    size_t gave_up = 0;
    bool good = rg_expression_matcher_create(&matcher, rg_graph_context(graph), expression, NULL) == RG_OK;
    for (rg_node node = rg_graph_last(graph); good && !rg_node_is_null(node); node = rg_graph_previous(graph, node)) {
        bool matched = false;
        good = rg_expression_matcher_try(&matched, matcher, graph, node) == RG_OK;
        if (good && matched) {
            show(listing, name, node, rg_expression_matcher_match(matcher));
            (*found)++;
        }
        gave_up += rg_expression_matcher_failure(matcher).reason == RG_EXPRESSION_REASON_GAVE_UP;
    }
    warn_gave_up(name.data, gave_up);
    rg_expression_matcher_destroy(matcher);
    return good;
}

static bool match_all(size_t *found, pattern_files *patterns, rg_graph *graph, void *listing)
{
    bool *matched = patterns->matched;
    for (size_t i = 0; i < patterns->count; i++) {
        const pattern_file *file = &patterns->files[i];
        for (size_t j = 0; j < rg_expression_list_count(file->list); j++, matched++) {
            size_t before = *found;
            if (!match_one(found, graph, rg_expression_list_get(file->list, j), pattern_name(file, j), listing)) {
                return false;
            }
            *matched = *matched || *found > before;
        }
    }
    return true;
}

/* Submodules first, as with rules. */
bool match_patterns(size_t *found, pattern_files *patterns, rg_graph *graph, void *listing)
{
    if (patterns->matched == NULL) {
        patterns->matched = allocate((patterns->pattern_count + 1) * sizeof(*patterns->matched));
        memset(patterns->matched, 0, (patterns->pattern_count + 1) * sizeof(*patterns->matched));
    }
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!match_patterns(found, patterns, rg_graph_child(graph, i), listing)) {
            return false;
        }
    }
    return match_all(found, patterns, graph, listing);
}

/* ---- writing ---- */

static void add(cli_text *out, const char *text)
{
    text_add(out, text, strlen(text));
}

/* A name that Python accepts for a function. */
static void add_identifier(cli_text *out, rg_string name)
{
    bool is_digit = name.size > 0 && name.data[0] >= '0' && name.data[0] <= '9';
    text_add(out, "_", name.size == 0 || is_digit ? 1 : 0);
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        text_add(out, fits ? &c : "_", 1);
    }
}

/* The printed form with each line indented, the last assignment, which names the expression, made a return. */
static void add_body(cli_text *out, const cli_text *printed, rg_string name)
{
    const char *last = printed->data;
    for (const char *at = printed->data; (at = strchr(at, '\n')) != NULL;) {
        at++;
        bool is_root = strncmp(at, name.data, name.size) == 0 && strncmp(at + name.size, " = ", 3) == 0;
        last = is_root ? at : last;
    }
    for (const char *line = printed->data; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        add(out, "    ");
        if (line == last) {
            add(out, "return ");
            text_add(out, line + name.size + 3, size - name.size - 3);
        } else {
            text_add(out, line, size);
        }
        add(out, "\n");
        line += size + (line[size] == '\n' ? 1 : 0);
    }
}

bool write_patterns(cli_text *out, const pattern_file *file)
{
    add(out, "# Pattern expressions. The file loads as it is.\n"
             "import operator\n\n"
             "import torch\n"
             "from torch._higher_order_ops.auto_functionalize import auto_functionalized\n"
             "from torch._inductor.pattern_matcher import *\n\n"
             "aten = torch.ops.aten\n"
             "prims = torch.ops.prims\n"
             "vllm = torch.ops.vllm\n");
    for (size_t i = 0; i < rg_expression_list_count(file->list); i++) {
        const rg_expression *expression = rg_expression_list_get(file->list, i);
        cli_text printed = {NULL, 0, 0};
        bool good = rg_expression_print(expression, text_sink(&printed)) == RG_OK;
        if (good) {
            add(out, "\n\ndef ");
            add_identifier(out, pattern_name(file, i));
            add(out, "():\n");
            add_body(out, &printed, rg_expression_name(expression));
        }
        text_free(&printed);
        if (!good) {
            return false;
        }
    }
    return true;
}

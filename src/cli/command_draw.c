/*
 * command_draw.c: `regraft draw`: pictures of graphs, matches, and two graphs side by side.
 */
#include <stdlib.h>

#include "cli/files.h"
#include "cli/match_output.h"
#include "cli/picture_output.h"
#include "cli/rule_input.h"

typedef struct draw_job {
    const cli_invocation *invocation;
    rg_context *context;
    rg_document *documents[2];
    rg_rule_set *rules; /* NULL without --rules */
    rg_matcher *matcher;
    rg_drawing *drawing;
    picture_sheets sheets;
} draw_job;

/* ---- options ---- */

/* --format, else what the name of the output ends in, else DOT. */
static bool choose_format(picture_format *out, const cli_invocation *invocation)
{
    const char *format = option_value(invocation, "format");
    const char *output = option_value(invocation, "output");
    *out = format != NULL ? picture_format_named(format) : output != NULL ? picture_format_of(output) : PICTURE_DOT;
    if (*out == PICTURE_UNKNOWN && format != NULL) {
        complain("--format wants dot, svg or html, not '%s'", format);
    } else if (*out == PICTURE_UNKNOWN) {
        complain("%s: the name does not end in .dot, .svg or .html; --format says which it is", output);
    }
    return *out != PICTURE_UNKNOWN;
}

static bool choose_count(uint32_t *out, const cli_invocation *invocation, const char *option, uint32_t usual)
{
    const char *text = option_value(invocation, option);
    uint64_t count = usual;
    if (text != NULL && !parse_count(text, UINT32_MAX, &count)) {
        complain("--%s wants a number from 1 on, not '%s'", option, text);
        return false;
    }
    *out = (uint32_t)count;
    return true;
}

/* ---- the drawing ---- */

static bool load_option_rules(draw_job *job)
{
    const cli_invocation *invocation = job->invocation;
    if (!option_given(invocation, "rules")) {
        return true;
    }
    bool good = rg_rule_set_create(&job->rules, job->context) == RG_OK &&
                load_given_rules(job->rules, NULL, invocation, SIZE_MAX);
    return good && rg_matcher_create(&job->matcher, job->context, job->rules) == RG_OK;
}

static bool read_documents(draw_job *job)
{
    const cli_invocation *invocation = job->invocation;
    for (size_t i = 0; i < invocation->argument_count; i++) {
        if (rg_document_read(&job->documents[i], job->context, invocation->arguments[i]) != RG_OK) {
            return false;
        }
    }
    if (invocation->argument_count == 2 &&
        rg_document_graph_count(job->documents[0]) != rg_document_graph_count(job->documents[1])) {
        complain("%s has %zu graphs and %s has %zu", invocation->arguments[0],
                 rg_document_graph_count(job->documents[0]), invocation->arguments[1],
                 rg_document_graph_count(job->documents[1]));
        return false;
    }
    return true;
}

static bool add_match(draw_job *job, size_t sheet, const rg_match *match)
{
    rg_rule_info info = rg_rule_set_info(job->rules, rg_match_rule(match));
    match_names names = names_of_match(match, rg_match_graph(match));
    rg_drawn_match drawn = RG_DRAWN_MATCH_INIT;
    drawn.sheet = sheet;
    drawn.rule = info.rule;
    drawn.instance = info.name;
    drawn.root = rg_node_name(rg_match_graph(match), rg_match_root(match));
    drawn.nodes = names.nodes;
    drawn.node_count = names.node_count;
    drawn.outputs = names.outputs;
    drawn.output_count = names.output_count;
    bool good = rg_drawing_add_match(job->drawing, &drawn) == RG_OK;
    free_names(&names);
    return good;
}

/* Submodules first, as with passes. */
static bool add_matches(draw_job *job, size_t index, rg_graph *graph)
{
    rg_match_list *list = NULL;
    cli_text path = {NULL, 0, 0};
    size_t sheet;
    for (size_t i = 0; i < rg_graph_child_count(graph); i++) {
        if (!add_matches(job, index, rg_graph_child(graph, i))) {
            return false;
        }
    }
    text_add(&path, "", 0);
    graph_path(&path, graph);
    bool good =
        find_sheet(&job->sheets, index, path.data, &sheet) && rg_matcher_find_all(&list, job->matcher, graph) == RG_OK;
    for (size_t i = 0; good && i < rg_match_list_count(list); i++) {
        good = add_match(job, sheet, rg_match_list_get(list, i));
    }
    rg_match_list_destroy(list);
    text_free(&path);
    return good;
}

static bool add_focus(draw_job *job)
{
    const cli_invocation *invocation = job->invocation;
    uint32_t depth;
    bool good = choose_count(&depth, invocation, "depth", 2);
    for (size_t i = 0; good && i < invocation->use_count; i++) {
        const cli_option_use *use = &invocation->uses[i];
        good = strcmp(use->option->name, "at") != 0 ||
               rg_drawing_focus(job->drawing, rg_string_from(use->value), depth) == RG_OK;
    }
    return good;
}

static bool make_drawing(draw_job *job)
{
    const char *title = file_name(job->invocation->arguments[0]);
    bool good = rg_drawing_create(&job->drawing, job->context, rg_string_from(title)) == RG_OK;
    for (size_t i = 0; good && i < rg_document_graph_count(job->documents[0]); i++) {
        rg_graph *graph = rg_document_graph(job->documents[0], i);
        const rg_graph *after = job->documents[1] == NULL ? NULL : rg_document_graph(job->documents[1], i);
        good = add_sheets(&job->sheets, job->drawing, i, graph, after, RG_SHEET_TWO_GRAPHS) &&
               (job->matcher == NULL || add_matches(job, i, graph));
    }
    return good && add_focus(job);
}

static bool write_drawing(draw_job *job, picture_format format, uint32_t max_nodes)
{
    const char *output = option_value(job->invocation, "output");
    output_file file = {.path = output != NULL ? output : "-"};
    bool good = render_picture(&file.text, job->drawing, format, max_nodes) && output_file_prepare(&file) &&
                output_file_commit(&file);
    output_file_end(&file);
    return good;
}

static int run_draw(cli_invocation *invocation)
{
    draw_job job = {.invocation = invocation, .context = invocation->context};
    picture_format format;
    uint32_t max_nodes;
    bool good = choose_format(&format, invocation) && choose_count(&max_nodes, invocation, "max-nodes", 400) &&
                load_option_rules(&job) && read_documents(&job) && make_drawing(&job) &&
                write_drawing(&job, format, max_nodes);
    rg_drawing_destroy(job.drawing);
    free_sheets(&job.sheets);
    rg_matcher_destroy(job.matcher);
    rg_rule_set_destroy(job.rules);
    rg_document_destroy(job.documents[0]);
    rg_document_destroy(job.documents[1]);
    return good ? EXIT_YES : EXIT_BAD;
}

static const cli_option draw_options[] = {
    {"output", 'o', "FILE", "write there; .html, .svg or .dot says what (default: DOT to standard output)"},
    {"format", 0, "FORMAT", "html, svg or dot, whatever the output is called"},
    {"rules", 'r', "PATH", "colour what the rules of a file or folder match; may be given several times"},
    OPTION_RULE_CONFIG,
    {"at", 0, "NODE", "draw only what is near this node; may be given several times"},
    {"depth", 0, "N", "with --at: how many steps away (default: 2)"},
    {"max-nodes", 0, "N", "the most nodes of one picture (default: 400)"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_draw = {
    .name = "draw",
    .arguments = "FILE [AFTER]",
    .min_arguments = 1,
    .max_arguments = 2,
    .summary = "draw a graph, what rules match in it, or two graphs side by side",
    .details =
        "Writes a picture of the graph (of each graph, if the file holds several, and of each submodule): as one HTML "
        "page that needs nothing else and works without network, as SVG, or as DOT, Graphviz's language. With AFTER "
        "the "
        "two are drawn side by side, and nodes that only one of them has, by name and op, are dashed. With --rules "
        "nodes that match are coloured by rule.\n\n"
        "The page has the picture, the whole program, and the matches. It can be searched, shows a node's statement, "
        "type, inputs and users, and works with the keyboard: / finds, arrows go from node to node.\n\n"
        "A picture of more than --max-nodes nodes would take Graphviz minutes, and nobody could read it. Of a larger "
        "graph repeated parts, such as the layers of a model, are drawn once; if that does not do, what matched or "
        "changed and what stands next to it is drawn; else the beginning. The picture says which. --at draws the "
        "surroundings of nodes instead.\n\n"
        "SVG and the pictures of pages need Graphviz's program dot (Debian: graphviz). Without it pages have no "
        "pictures, and say so.\n\n"
        "`regraft opt --report` draws what passes did.",
    .options = draw_options,
    .run = run_draw,
};

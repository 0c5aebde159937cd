/*
 * run_report.h: what a run of passes did, as a page or picture: `opt --report`.
 *
 * Matches are noted while the passes run, since their nodes go; graphs are kept as they were before.
 */
#ifndef RG_CLI_RUN_REPORT_H
#define RG_CLI_RUN_REPORT_H

#include "cli/picture_output.h"

typedef struct run_report run_report;

/* Keep copies of the document's graphs. NULL, with a diagnostic, on failure. */
run_report *start_report(const rg_document *document);
void end_report(run_report *report);

/* Note a match that is about to be applied, in the graph of this index or a submodule of it. */
void report_match(run_report *report, size_t graph, rg_string pass, const rg_match *match, const rg_rule_set *rules);

/* Note the graph of this index as the pass of this index has left it: the next pass gets it. False when memory is out.
 */
bool report_graph(run_report *report, size_t graph, size_t pass, const rg_graph *after);

/* Note what the next pass of the manager came to. `rules` is NULL for one that has none. */
void report_pass(run_report *report, rg_string pass, const rg_rule_set *rules, uint64_t matched, uint64_t nanoseconds);

/* Print the report; `document` is the one it was started with, changed since. False, with a message or a diagnostic, on
 * failure. */
bool render_report(cli_text *out, run_report *report, const rg_document *document, const char *title,
                   picture_format format);

#endif

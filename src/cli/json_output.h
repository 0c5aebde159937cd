/*
 * json_output.h: listings as JSON (--json), and reading it. All functions own what they make until it is handed to
 * json_put or json_add.
 */
#ifndef RG_CLI_JSON_OUTPUT_H
#define RG_CLI_JSON_OUTPUT_H

#include <jansson.h>

#include "cli/output.h"

/* A JSON string; bytes that are not UTF-8 become U+FFFD. */
json_t *json_from(rg_string string);
json_t *json_from_type(const rg_context *context, rg_type type); /* null when not known */
json_t *json_from_node(const rg_graph *graph, rg_node node);     /* its name; null for none */
json_t *json_make_object(void);
json_t *json_make_array(void);
/* Set a member, handing the value over. */
void json_put(json_t *object, const char *key, json_t *value);
void json_add(json_t *array, json_t *value);
/* Add the printed form to a text. */
void json_render(json_t *value, cli_text *out);
/* Print on standard output, and release. */
void print_json(json_t *value);

/* Read a text of any one value. NULL, with a message that begins with `where`, when it is none. */
json_t *parse_json(const char *text, size_t size, const char *where);

#endif

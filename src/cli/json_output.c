/*
 * json_output.c: from the library's values to jansson's, and texts to those.
 */
#include "cli/json_output.h"

#include <stdlib.h>

/* jansson returns NULL only when memory is out, or for text that is not UTF-8, which json_from settles before. */
static json_t *made(json_t *value)
{
    if (value == NULL) {
        complain("out of memory");
        exit(EXIT_BAD);
    }
    return value;
}

json_t *json_from(rg_string string)
{
    cli_text clean = {0};
    if (string.data == NULL) {
        return made(json_string(""));
    }
    json_t *value = json_stringn(string.data, string.size);
    if (value != NULL) {
        return value;
    }
    for (size_t i = 0; i < string.size; i++) {
        bool ascii = (unsigned char)string.data[i] < 0x80;
        text_add(&clean, ascii ? &string.data[i] : "\xef\xbf\xbd", ascii ? 1 : 3);
    }
    value = made(json_stringn(clean.data, clean.size));
    text_free(&clean);
    return value;
}

json_t *json_from_type(const rg_context *context, rg_type type)
{
    if (rg_type_is_null(type)) {
        return json_null();
    }
    char *printed = type_text(context, type);
    json_t *value = json_from(rg_string_from(printed));
    free(printed);
    return value;
}

json_t *json_from_node(const rg_graph *graph, rg_node node)
{
    return rg_node_is_null(node) ? json_null() : json_from(rg_node_name(graph, node));
}

void json_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, made(value)) != 0) {
        (void)made(NULL);
    }
}

void json_add(json_t *array, json_t *value)
{
    if (json_array_append_new(array, made(value)) != 0) {
        (void)made(NULL);
    }
}

json_t *json_make_object(void)
{
    return made(json_object());
}

json_t *json_make_array(void)
{
    return made(json_array());
}

void json_render(json_t *value, cli_text *out)
{
    char *printed = json_dumps(value, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    if (printed == NULL) {
        (void)made(NULL);
    }
    text_add(out, printed, strlen(printed));
    text_add(out, "\n", 1);
    free(printed);
}

void print_json(json_t *value)
{
    cli_text printed = {0};
    json_render(value, &printed);
    (void)fwrite(printed.data, 1, printed.size, stdout);
    text_free(&printed);
    json_decref(value);
}

json_t *parse_json(const char *text, size_t size, const char *where)
{
    json_error_t error;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (json == NULL) {
        complain("%s:%d:%d: %s", where, error.line, error.column, error.text);
    }
    return json;
}

/*
 * rule_import.h: rule files that take functions and constants from others: `from .quantization import quantize`.
 */
#ifndef RG_RULE_RULE_IMPORT_H
#define RG_RULE_RULE_IMPORT_H

#include "base/buffer.h"
#include "rule/rule_file.h"

/* Append the text of the file at `path`, which is that of the importing file with another name behind its last slash.
 */
typedef rg_status (*rg_rule_open_function)(rg_buffer *out, rg_context *context, const char *path, void *user);

/* A file that others import from. */
typedef struct rg_rule_module {
    rg_rule_file file;
    rg_buffer text;
    const char *path;
    bool is_read; /* false while it is being read: whoever imports from it then goes in a circle */
} rg_rule_module;

/* The files behind one that is loaded, each read once. They live until it is registered. */
typedef struct rg_rule_library {
    rg_rule_open_function open;
    void *user;
    rg_arena arena; /* of the modules, and their paths */
    RG_VECTOR(rg_rule_module *) modules;
} rg_rule_library;

void rg__rule_library_init(rg_rule_library *library, rg_context *context, rg_rule_open_function open, void *user);
void rg__rule_library_free(rg_rule_library *library, rg_context *context);

/* Is this import statement about a file beside the one that has it? */
bool rg__rule_import_is_relative(const rg_syntax *statement);
/* Bind the names that it imports. */
rg_status rg__rule_import(rg_rule_file *file, const rg_syntax *statement);

/* Load a rule file whose imports come from `open`. */
rg_status rg__rule_set_load(rg_rule_set *set, rg_string text, rg_string file_name, rg_rule_open_function open,
                            void *user);

#endif

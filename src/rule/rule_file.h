/*
 * rule_file.h: reading rule files (doc/rules.md): what its parts share. rule_file.c reads the module, rule_class.c its
 * rules, op_class.c its ops, rule_import.c the files that it imports from.
 */
#ifndef RG_RULE_RULE_FILE_H
#define RG_RULE_RULE_FILE_H

#include "rule/draft.h"
#include "rule/evaluate.h"

typedef struct rg_file_class {
    rg_string name;
    const rg_syntax *syntax;
    const struct rg_file_class *base; /* NULL: Rule or Op itself */
    bool is_op;
} rg_file_class;

/* A file under reading. */
typedef struct rg_rule_file {
    rg_rule_set *set;
    rg_source source;
    rg_arena arena; /* the tree, and texts made on the way */
    rg_frame names; /* constants, functions and imports of the module */
    RG_VECTOR(const rg_file_class *) classes;
    struct rg_rule_library *library; /* what it imports from */
    bool is_module;                  /* others import from it */
} rg_rule_file;

void rg__rule_file_init(rg_rule_file *file, rg_rule_set *set, struct rg_rule_library *library);
/* Run the module: bind its names, load its classes. `text` must live as long as the file. */
rg_status rg__rule_file_read(rg_rule_file *file, rg_string text, rg_string file_name);
void rg__rule_file_close(rg_rule_file *file);

/* An evaluator for the file on a tracer. */
rg_evaluator rg__rule_file_evaluator(rg_rule_file *file, rg_tracer *tracer);

/* Evaluate `target = value` now, into `frame`. What it computes must not need a graph. */
rg_status rg__rule_file_assign(rg_rule_file *file, rg_frame *frame, const rg_syntax *statement);

/* Register the rule, or declare the op, that a class describes. Failures are reported at their places. */
rg_status rg__rule_class_load(rg_rule_file *file, const rg_file_class *class);
rg_status rg__op_class_load(rg_rule_file *file, const rg_file_class *class);

/* The text of a parameter's annotation, the quotes taken off; empty when there is none. */
rg_status rg__rule_file_annotation(rg_string *out, rg_rule_file *file, const rg_syntax *annotation);

/* Report at a piece of syntax; returns `code`. */
#define rg__rule_file_fail(file, syntax, code, ...)                                                                    \
    rg__source_report(&(file)->source, (syntax)->offset, (syntax)->end - (syntax)->offset, (code), NULL, __VA_ARGS__)

#endif

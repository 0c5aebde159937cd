/*
 * function_reader.h: a function under reading: shared by read_function.c (statements) and read_input.c (what brings
 * the placeholders in).
 */
#ifndef RG_TEXT_FUNCTION_READER_H
#define RG_TEXT_FUNCTION_READER_H

#include "text/reader.h"

/* A placeholder that is known but not yet made: its name may still follow, `node = parameter`. */
typedef struct rg_pending_input {
    rg_string target; /* with its stars */
    rg_string name;
    rg_value default_value;
    rg_read_annotation annotation;
    uint32_t offset; /* in the text */
    uint32_t end;
} rg_pending_input;

/* What the line being read is for. */
typedef enum rg_line_role {
    RG_LINE_OTHER, /* metadata: belongs to the lines before the next node */
    RG_LINE_INPUT, /* brings placeholders in */
    RG_LINE_NODE,
    RG_LINE_PART /* belongs to the node of another line: deletions, the first part of an in-place statement */
} rg_line_role;

typedef struct rg_function_reader {
    rg_reader *reader;
    rg_layout_style *style;
    uint32_t body_column;
    uint32_t parameters_start; /* what stands in the parentheses of `def` */
    uint32_t parameters_end;
    RG_VECTOR(rg_pending_input) inputs;
    RG_VECTOR(rg_pending_input) declared; /* `x: "T"`: what the unpacking will define */
    rg_map inputs_by_name;                /* id of the parameter's name without stars -> index in inputs */
    rg_map declared_by_name;              /* id of a name -> index in declared */
    bool inputs_made;
    bool is_boxed;
    bool has_returned;
    bool is_in_place; /* the first part of an in-place statement has been read */
    rg_read_call in_place;
    rg_argument in_place_arguments[3];
    rg_string in_place_text; /* what it changes, as written */
    uint32_t in_place_line;  /* where its line starts */
    rg_node node;            /* of the last statement that made one */
    rg_line_role role;
    uint32_t line_nodes; /* nodes whose statements stand on it; a node of two lines counts twice */
    uint32_t line_start; /* of the line being read */
    uint32_t line_end;   /* where its last statement ended */
    uint32_t unread;     /* the first line that belongs to no statement yet */
    rg_buffer leading;   /* lines before the one being read that no node has yet */
} rg_function_reader;

static inline const rg_allocator *rg__function_allocator(const rg_function_reader *function)
{
    return &function->reader->context->allocator;
}

/* ---- read_input.c ---- */

/* The parameters of `def`. */
rg_status rg__read_signature(rg_function_reader *function, const rg_syntax *def);
/* Make the placeholders, once no line that names one can follow. Does nothing the second time. */
rg_status rg__read_make_inputs(rg_function_reader *function);
/* `x: "T"` */
rg_status rg__read_declaration(rg_function_reader *function, const rg_syntax *statement);
/* `a, b, = fx_pytree.tree_flatten_spec(...)` */
rg_status rg__read_unpacking(rg_function_reader *function, const rg_syntax *targets, const rg_syntax *value);
/* `args_iter = iter(args_list)`, then `x = next(args_iter)`. False in `*done` when it is neither. */
rg_status rg__read_unboxing(rg_function_reader *function, const rg_syntax *target, const rg_syntax *value, bool *done);
/* `args_list.clear()` */
bool rg__ends_unboxing(const rg_function_reader *function, const rg_syntax *expression);
/* `node = parameter` */
rg_status rg__read_renaming(rg_function_reader *function, const rg_syntax *target, const rg_syntax *value);

#endif

/*
 * evaluate.h: running the expressions and functions of rule files on a tracer. Language: doc/rules.md.
 *
 * A name in an expression means: a local, a module's constant or function, a parameter of the rule, a size variable, or
 * a path such as `torch.softmax`, which is resolved where it is used.
 */
#ifndef RG_RULE_EVALUATE_H
#define RG_RULE_EVALUATE_H

#include "rule/tracer.h"
#include "text/syntax.h"

/* A helper function of a rule file, run where it is called. */
typedef struct rg_function {
    const rg_syntax *syntax;      /* RG_SYNTAX_FUNCTION */
    const struct rg_frame *names; /* of the module or class that it is written in */
    const rg_source *source;      /* the file that it is written in */
} rg_function;

typedef enum rg_item_kind {
    RG_ITEM_NOTHING, /* an error, or a statement's end */
    RG_ITEM_VALUE,
    RG_ITEM_PATH,    /* a dotted name that is no value yet: torch.softmax, torch.ops.aten */
    RG_ITEM_METHOD,  /* `value`.`text`, to be called */
    RG_ITEM_FUNCTION /* `function` */
} rg_item_kind;

/* What an expression evaluates to. */
typedef struct rg_item {
    rg_item_kind kind;
    rg_value value;
    rg_string text;
    rg_function function;
} rg_item;

typedef struct rg_binding {
    rg_string name;
    rg_item item;
} rg_binding;

/* A scope: names looked up here, then in `outer`. */
typedef struct rg_frame {
    const struct rg_frame *outer;
    const rg_allocator *allocator;
    RG_VECTOR(rg_binding) bindings;
} rg_frame;

void rg__frame_init(rg_frame *frame, const rg_frame *outer, const rg_allocator *allocator);
void rg__frame_free(rg_frame *frame);
/* Bind or rebind; false when memory is out. The name must live as long as the frame. */
bool rg__frame_bind(rg_frame *frame, rg_string name, const rg_item *item);
const rg_item *rg__frame_find(const rg_frame *frame, rg_string name);

typedef struct rg_evaluator {
    rg_tracer *tracer;
    const rg_source *source;
    rg_arena *arena; /* for texts made on the way; as long-lived as the source's tree */
    const rg_argument *config;
    size_t config_count;
    uint32_t depth;      /* calls of helpers under way */
    uint32_t step_count; /* expressions evaluated so far, bounded so that helpers cannot explode */
} rg_evaluator;

/* Evaluate an expression in `frame`; RG_ITEM_NOTHING after an error, which is in the tracer's status. */
rg_item rg__evaluate(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *expression);
/* The same where only a value will do. */
rg_value rg__evaluate_value(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *expression);
/* Run a function with these positional arguments; gives what it returns. */
rg_value rg__evaluate_function(rg_evaluator *evaluator, const rg_function *function, const rg_value *arguments,
                               size_t count);
/* Bind what an import statement imports: a path under its name. */
void rg__evaluate_import(rg_evaluator *evaluator, rg_frame *frame, const rg_syntax *statement);

/* Evaluate a text for rg_tracer_evaluate. */
rg_value rg__evaluate_text(rg_tracer *tracer, rg_string text, const rg_argument *names, size_t count);
/* Evaluate a size in an annotation: integers, names of the tracer's scope, and size variables, which it may introduce.
 */
rg_size rg__evaluate_size(rg_tracer *tracer, rg_string text);

#endif

/*
 * annotation.h: types of inputs as rules write them: FX's notation with variables in it (doc/rules.md).
 */
#ifndef RG_RULE_ANNOTATION_H
#define RG_RULE_ANNOTATION_H

#include "ops/infer.h"
#include "rule/rule_impl.h"

/* An annotation taken apart; the strings point into its text. */
typedef struct rg_annotation {
    rg_rule_input_kind kind;
    bool is_optional; /* `| None` behind it */
    bool is_known;    /* false for "Tensor", and for scalars */
    rg_string dtype;  /* an FX abbreviation, or the name of a dtype parameter or variable */
    bool has_leading; /* `...` before the sizes */
    bool has_trailing;
    uint32_t rank; /* sizes written */
    rg_string sizes[RG_MAX_RANK];
    bool has_strides;
    rg_string strides[RG_MAX_RANK];
    rg_string device; /* "cuda:0"; empty: not pinned */
} rg_annotation;

/* What a first look at a rule's inputs finds: what its instances differ in besides its parameters. */
typedef struct rg_annotation_survey {
    RG_VECTOR(rg_string) dtypes;    /* names of dtype variables, interned, in order of first occurrence */
    RG_VECTOR(rg_string) optionals; /* names of optional inputs, interned, in order */
    bool has_ellipsis;
} rg_annotation_survey;

/* What names in annotations mean within one instance of a rule. */
typedef struct rg_annotation_scope {
    const rg_argument *names; /* parameters and dtype variables, with their values */
    size_t name_count;
    const rg_argument *constants; /* of the rule and its file */
    size_t constant_count;
    const rg_string *absent; /* optional inputs that the instance does without */
    size_t absent_count;
    int32_t ellipsis_rank; /* how many dimensions `...` is; -1: it must not occur */
    rg_annotation_survey
        *survey; /* NULL, or where dtype variables and `...` are noted; they mean f32 and nothing then */
} rg_annotation_scope;

/* The dimensions that `...` stands for are size variables of these names, from the left. */
#define RG_ELLIPSIS_PREFIX "ellipsis_"
enum { RG_ELLIPSIS_MAX_RANK = 4 };

/* Take an annotation apart; what is wrong is reported without a place. */
rg_status rg__annotation_parse(rg_annotation *out, rg_context *context, rg_string text);

/*
 * The types that a tensor annotation means in the tracer's scope: `declared` has what is pinned, `traced` what the
 * trace computes with: contiguous strides and the device RG_RULE_DEVICE where nothing is pinned. Both null for
 * "Tensor". Names in shapes that mean nothing else become size variables of the tracer.
 */
rg_status rg__annotation_resolve(rg_type *declared, rg_type *traced, rg_tracer *tracer,
                                 const rg_annotation *annotation);

/* The type the trace computes with for one that is declared. */
rg_status rg__annotation_complete(rg_type *traced, rg_tracer *tracer, rg_type declared);

#endif

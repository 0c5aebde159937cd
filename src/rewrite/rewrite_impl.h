/*
 * rewrite_impl.h: one rewrite in the making; its memory serves the next one.
 *
 * A rewrite is planned first: which nodes to make, with which operands and types, and where (plan.c, size_nodes.c).
 * Then it is carried out (apply.c): nodes are made and reversible moves done while anything can still fail; after that
 * comes only what cannot. So a rewrite that fails leaves the graph as it was.
 */
#ifndef RG_REWRITE_REWRITE_IMPL_H
#define RG_REWRITE_REWRITE_IMPL_H

#include <regraft/rewrite.h>

#include "ir/graph_impl.h"
#include "ir/layout.h"
#include "match/captured.h"
#include "match/match_impl.h"

/* A value of the graph, or a node that the rewrite will make. */
typedef struct rg_operand {
    bool is_new;
    uint32_t index; /* of rg_rewrite.new_nodes */
    rg_value value;
    const struct rg_operand *items; /* of a list that is made item by item (plan_list.c); else NULL */
    size_t item_count;
} rg_operand;

/* A node of the replacement, and what is the same of it for every match (template.c). */
typedef struct rg_template_node {
    rg_node node;
    rg_op op;
    uint32_t call; /* how calls of it are spelled; RG_CALL_UNKNOWN when that depends on the match */
    uint32_t argument_count;
    uint32_t rest; /* the argument that hands over a list as arguments; UINT32_MAX: none */
    bool is_list;  /* collects what is made for each item of a list */
    bool has_target;
    bool folds;      /* may be arithmetic on what the match knows */
    bool converts;   /* may convert to the dtype that there is */
    bool reads_item; /* reads an item of a captured list */
    bool has_sizes;  /* some argument holds a size that is no number */
} rg_template_node;

typedef struct rg_template {
    const rg_rule *rule;
    const rg_template_node *nodes; /* in order, inputs before users: all that are calls or compute something */
    uint32_t node_count;
    const rg_node *results;    /* by result: the node of the replacement; null for a constant */
    const uint32_t *locals;    /* by node id of the replacement: 0 unless it is made for each item of a list */
    const uint32_t *one_group; /* rg_rewrite.groups where there is one group */
} rg_template;

/* What has been worked out in this run (type_memory.c). Zero-initialise, then rg__type_memory_init. */
typedef struct rg_type_memory {
    rg_arena arena;
    rg_intern_table keys;      /* bindings and calls, as words */
    uint32_t bindings;         /* key of those of the match at hand; 0: not asked yet */
    rg_map sizes;              /* bindings << 32 | size of the rule -> size, 0 for one that is not known */
    rg_map types;              /* likewise types */
    rg_map inferred;           /* key of a call -> type */
    RG_VECTOR(uint64_t) words; /* the key that is being made */
} rg_type_memory;

/* A node to be made. */
typedef struct rg_new_node {
    rg_op op;
    const rg_template_node *source; /* what it copies; NULL: it computes a size */
    rg_operand operands[2];         /* of a node that computes a size */
    rg_type type;                   /* null: not known */
    rg_operand *images;             /* what its arguments come to, if it is made for one item of a list; else NULL */
    uint32_t group;                 /* of rg_match_order */
    rg_node node;                   /* once it is made */
    rg_node heir_of;                /* the node of the match whose name it takes, once it is made; null: none */
} rg_new_node;

/* What a size comes to in one group. */
typedef struct rg_planned_size {
    uint64_t key; /* group << 32 | id of the size, which is one of the graph */
    rg_operand operand;
} rg_planned_size;

/* The nodes of Sym type of a graph by what they stand for, the first of each. Built when first asked. */
typedef struct rg_size_index {
    rg_map nodes; /* size id -> node id */
    bool is_built;
} rg_size_index;

typedef struct rg_move {
    rg_node node;
    rg_node next; /* what followed it before the move */
} rg_move;

/* A node outside the match that asks for the size of a value inside it, and whom it will ask instead. */
typedef struct rg_size_question {
    rg_node node;
    rg_node tensor;
    rg_value dim;
} rg_size_question;

typedef struct rg_rewrite {
    rg_context *context;
    rg_graph *graph;
    const rg_match *match;
    const rg_rule *rule;
    rg_known_sizes sizes; /* the match's symbols and what they stand for */
    rg_size_index *index;
    rg_arena arena;
    rg_match_order order;

    /* Kept from one rewrite to the next. */
    rg_arena lasting;
    RG_VECTOR(const rg_template *) templates; /* by number of the rule; NULL: not made yet */
    rg_type_memory memory;
    const rg_template *template; /* of the rule at hand */

    RG_VECTOR(rg_new_node) new_nodes; /* group by group, operands before users */
    rg_operand *images;               /* by node id of the replacement: what it becomes */
    rg_operand *item_images;          /* the same while the nodes of one item are planned; else NULL */
    const uint32_t *groups;           /* by node id of the replacement */
    rg_value *known_scalars;          /* room for rg_scalar_scope */
    uint32_t group;                   /* the one being planned */
    bool has_limit;                   /* the next field is known */
    rg_node limit;                    /* nodes of the graph that precede it precede the new nodes; null: placeholders */
    rg_map size_numbers;              /* key -> index of planned_sizes */
    RG_VECTOR(rg_planned_size) planned_sizes;

    /* Carrying out. */
    RG_VECTOR(rg_move) moves;
    uint32_t made;        /* new nodes that exist */
    rg_node *new_results; /* by result: what it becomes; null when its readers stay as they are */
    RG_VECTOR(rg_size_question) questions;

    rg_rewrite_callback callback;
    void *user;
    bool stopped; /* the callback failed */
} rg_rewrite;

/* ---- template.c ---- */

/* Set rewrite->template to that of the match's rule. */
rg_status rg__rewrite_find_template(rg_rewrite *rewrite, const rg_match *match);

/* ---- type_memory.c ---- */

void rg__type_memory_init(rg_type_memory *memory, const rg_allocator *allocator);
void rg__type_memory_free(rg_type_memory *memory);
/* Another match is at hand. */
void rg__type_memory_begin(rg_type_memory *memory);
/* A size or type of the replacement under the match's bindings; null where it is not known. */
rg_status rg__rewrite_known_size(rg_size *out, rg_rewrite *rewrite, rg_size size);
rg_status rg__rewrite_known_type(rg_type *out, rg_rewrite *rewrite, rg_type type);
/* rg_node_infer. */
rg_status rg__rewrite_infer(rg_type *out, rg_rewrite *rewrite, rg_node node);

/* ---- plan.c ---- */

/* Decide everything that can be decided without touching the graph. */
rg_status rg__rewrite_plan(rg_rewrite *rewrite);

/* Plan one node of the replacement; its arguments have been planned. */
rg_status rg__rewrite_plan_node(rg_rewrite *rewrite, const rg_template_node *node);
/* Work out what rg__rewrite_known_type gives. */
rg_status rg__rewrite_substitute_type(rg_type *out, rg_rewrite *rewrite, rg_type type);
/* rewrite->limit. */
rg_node rg__rewrite_limit(rg_rewrite *rewrite);

/* ---- plan_list.c ---- */

/* Find the nodes of the replacement that are made for each item of a list: rg_template.locals. */
rg_status rg__rewrite_find_locals(uint32_t **out, const rg_rule *rule, rg_arena *arena);
/* Plan a list_of node: the nodes of all items. */
rg_status rg__rewrite_plan_list(rg_rewrite *rewrite, rg_node list);
/* For rg__graph_visit_nodes: note ids in an array of bools. */
rg_status rg__rewrite_mark(void *user, uint32_t id);

/* The value of the graph that a value of the replacement comes to; its new nodes must exist. */
rg_status rg__rewrite_value(rg_value *out, rg_rewrite *rewrite, rg_value value);
rg_value rg__operand_value(const rg_rewrite *rewrite, rg_operand operand);

/* ---- size_nodes.c ---- */

/* Plan an operand for a size of the replacement: an integer, a node that the graph has, or nodes to be made. */
rg_status rg__rewrite_plan_size(rg_operand *out, rg_rewrite *rewrite, rg_size size);
/* The operand planned for this size in rewrite->group. */
rg_status rg__rewrite_find_size(rg_operand *out, rg_rewrite *rewrite, rg_size size);

/* Keep the index true when nodes come and go. */
rg_status rg__size_index_add(rg_size_index *index, rg_graph *graph, rg_node node);
void rg__size_index_remove(rg_size_index *index, const rg_graph *graph, rg_node node);

/* ---- apply.c ---- */

/* `callback` and `user` are the caller's to set; `index` is always that of the graph of the match at hand. */
void rg__rewrite_init(rg_rewrite *rewrite, rg_context *context, rg_size_index *index);
/* Plan and carry out, again and again; new_nodes and questions stay for the caller to read until the next one. */
rg_status rg__rewrite_replace(rg_rewrite *rewrite, const rg_match *match);
void rg__rewrite_free(rg_rewrite *rewrite);

#endif

/*
 * graph.h: an ordered list of nodes, as torch.fx has it, and the edits that keep it true.
 *
 * List order is execution order. Every input of a node precedes it, every use is on its input's use list, names are
 * unique, the output node is last: rg_graph_verify checks all of that. Edits keep use lists true at once; they refuse
 * what would break the order, except where they say that rg_graph_sort must follow.
 *
 * A graph belongs to a context and owns its submodules (children). It is not thread-safe.
 */
#ifndef REGRAFT_GRAPH_H
#define REGRAFT_GRAPH_H

#include <regraft/op.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Create an empty graph. `name` is the class name it prints under ("GraphModule"). */
RG_API RG_NODISCARD rg_status rg_graph_create(rg_graph **out, rg_context *context, rg_string name);
/* Copy a graph with its children. Node ids of the copy are those of the original. */
RG_API RG_NODISCARD rg_status rg_graph_clone(rg_graph **out, const rg_graph *graph);
/* Destroy a graph with its children; NULL is allowed. A graph that has an owner is destroyed by it. */
RG_API void rg_graph_destroy(rg_graph *graph);

/* The context that the graph was created in; lent. */
RG_API rg_context *rg_graph_context(const rg_graph *graph);
/* The class name it prints under; for a child also the attribute that holds it. */
RG_API rg_string rg_graph_name(const rg_graph *graph);

/* ---- walking ---- */

/* How many nodes are in the graph now. */
RG_API size_t rg_graph_node_count(const rg_graph *graph);
/* The ends of the list, and the neighbours of a node; null where there is none. */
RG_API rg_node rg_graph_first(const rg_graph *graph);
RG_API rg_node rg_graph_last(const rg_graph *graph);
RG_API rg_node rg_graph_next(const rg_graph *graph, rg_node node);
RG_API rg_node rg_graph_previous(const rg_graph *graph, rg_node node);
/* The output node; null until there is one. */
RG_API rg_node rg_graph_output(const rg_graph *graph);
/* The node of that name, or null. */
RG_API rg_node rg_graph_find(const rg_graph *graph, rg_string name);
/* Does `a` come before `b`? Constant time. */
RG_API bool rg_graph_precedes(const rg_graph *graph, rg_node a, rg_node b);

/* ---- one node ---- */

/* What is asked of a node that is not in the graph is answered with null, 0 or an empty string. */

/* The op it calls; for placeholder, output, get_attr and call_module the op of that node kind. */
RG_API rg_op rg_node_op(const rg_graph *graph, rg_node node);
/* The kind of its op. */
RG_API rg_op_kind rg_node_kind(const rg_graph *graph, rg_node node);
/* Its name, unique in the graph. */
RG_API rg_string rg_node_name(const rg_graph *graph, rg_node node);
/* The path of get_attr and call_module ("layers.0.weight"), the printed parameter of a placeholder (it may differ from
 * the name: `L_x_` for `l_x_`), else the op's name. */
RG_API rg_string rg_node_target(const rg_graph *graph, rg_node node);
RG_API rg_type rg_node_type(const rg_graph *graph, rg_node node);

/* Arguments as written: positional ones first, then keyword arguments in their order. Indices run over both. */
RG_API size_t rg_node_argument_count(const rg_graph *graph, rg_node node);
RG_API size_t rg_node_positional_count(const rg_graph *graph, rg_node node);
RG_API rg_value rg_node_argument(const rg_graph *graph, rg_node node, size_t index);
RG_API rg_string rg_node_argument_name(const rg_graph *graph, rg_node node, size_t index); /* empty if positional */
RG_API rg_value rg_node_keyword(const rg_graph *graph, rg_node node, rg_string name);      /* missing if not written */

/* A use: `user` reads the node somewhere inside its argument `argument`. One per occurrence. The uses of one user stand
 * together; users stand in the order in which they began to read the node. */
typedef struct rg_use {
    rg_node user;
    uint32_t argument;
} rg_use;

RG_API size_t rg_node_use_count(const rg_graph *graph, rg_node node);  /* occurrences: x*x has two */
RG_API size_t rg_node_user_count(const rg_graph *graph, rg_node node); /* distinct nodes, as FX counts: x*x is one */
RG_API rg_use rg_node_use(const rg_graph *graph, rg_node node, size_t index);

/* ---- edits ---- */

typedef struct rg_argument {
    rg_string name; /* empty: positional */
    rg_value value;
} rg_argument;

/* What to insert. Positional arguments must come before keyword arguments. */
typedef struct rg_node_description {
    size_t struct_size;
    rg_op op;
    rg_string name;   /* empty: derived from the op as FX does, made unique */
    rg_string target; /* for placeholder (printed parameter), get_attr and call_module; else empty */
    const rg_argument *arguments;
    size_t argument_count;
    rg_type type; /* null: not known */
} rg_node_description;

#define RG_NODE_DESCRIPTION_INIT                                                                                       \
    {                                                                                                                  \
        sizeof(rg_node_description), {0}, {NULL, 0}, {NULL, 0}, NULL, 0,                                               \
        {                                                                                                              \
            0                                                                                                          \
        }                                                                                                              \
    }

/* Insert a node before `before`; a null `before` means at the end (before the output node, if there is one and the new
 * node is not it). Nodes in the arguments must precede the place. A taken name is made unique as FX does (`mul_1`)
 * when derived, and RG_ERROR_NAME when given. */
RG_API RG_NODISCARD rg_status rg_graph_insert(rg_node *out, rg_graph *graph, rg_node before,
                                              const rg_node_description *description);

/* Replace one argument. */
RG_API RG_NODISCARD rg_status rg_graph_set_argument(rg_graph *graph, rg_node node, size_t index, rg_value value);
/* Redirect every use of `from` to `to`, which need not be a node, except uses by the nodes of `except`. Users that come
 * before a node `to` make the order untrue; rg_graph_sort must follow then. Takes no memory where all uses go to a node
 * that has none. */
RG_API RG_NODISCARD rg_status rg_graph_replace_uses(rg_graph *graph, rg_node from, rg_value to, const rg_node *except,
                                                    size_t except_count);
/* Remove a node that has no users. */
RG_API RG_NODISCARD rg_status rg_graph_erase(rg_graph *graph, rg_node node);
/* Move a node before another; the order must stay true. */
RG_API RG_NODISCARD rg_status rg_graph_move_before(rg_graph *graph, rg_node node, rg_node before);
RG_API RG_NODISCARD rg_status rg_graph_set_name(rg_graph *graph, rg_node node, rg_string name);
RG_API void rg_graph_set_type(rg_graph *graph, rg_node node, rg_type type);

/* ---- whole graph ---- */

/* Check every invariant; the first breach is a diagnostic and RG_ERROR_GRAPH. Children included. */
RG_API RG_NODISCARD rg_status rg_graph_verify(const rg_graph *graph);
/* Stable topological sort: keeps the present order as far as dependencies allow, as Inductor's does.
 * RG_ERROR_CYCLE, with the graph unchanged, when there is no order. */
RG_API RG_NODISCARD rg_status rg_graph_sort(rg_graph *graph);
/* Remove nodes without readers, last to first, unless their op has RG_TRAIT_EFFECT, RG_TRAIT_MUTATES or
 * RG_TRAIT_RANDOM, or is opaque and not known to be pure; placeholders stay. Number removed behind `out` (may be NULL).
 */
RG_API RG_NODISCARD rg_status rg_graph_eliminate_dead(size_t *out, rg_graph *graph);
/* Give memory of erased nodes back and renumber ids in list order. All rg_node handles and node lists become invalid.
 */
RG_API RG_NODISCARD rg_status rg_graph_compact(rg_graph *graph);

typedef struct rg_graph_memory {
    size_t structure_bytes; /* allocated for op ids, arguments, uses, order, flags */
    size_t name_bytes;      /* allocated for names and types */
} rg_graph_memory;

/* What the graph holds from the allocator, children not counted. */
RG_API rg_graph_memory rg_graph_get_memory(const rg_graph *graph);

/* ---- submodules ---- */

RG_API size_t rg_graph_child_count(const rg_graph *graph);
RG_API rg_graph *rg_graph_child(const rg_graph *graph, size_t index); /* lent */
/* The graph whose child it is; NULL for one that has no owner. */
RG_API const rg_graph *rg_graph_parent(const rg_graph *graph);
RG_API rg_graph *rg_graph_find_child(const rg_graph *graph, rg_string name);
/* Hand `child` over; its name must be free among the children. On failure it stays the caller's. */
RG_API RG_NODISCARD rg_status rg_graph_add_owned_child(rg_graph *graph, rg_graph *child);

#ifdef __cplusplus
}
#endif
#endif

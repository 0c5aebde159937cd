/*
 * graph_impl.h: how a graph is stored.
 *
 * Structure of arrays, indexed by node id; id 0 is the sentinel of the list, so next[0] is the first node and
 * previous[0] the last. Nothing in the arrays is a pointer. Read graph.c first, then graph_edit.c.
 *
 * Invariants (checked by graph_verify.c):
 *   - order[] grows along the list; it has gaps, and graph_order.c renumbers a neighbourhood when a gap is used up;
 *   - a node's arguments are `hidden` stored words that are no arguments (the target of get_attr, call_module and
 *     placeholder), then the visible ones, positional before keyword;
 *   - for every occurrence of a node in a visible argument there is one use entry, and no other;
 *   - items (value_impl.h) in the pool belong to at most one argument, so an edit may change them in place.
 */
#ifndef RG_IR_GRAPH_IMPL_H
#define RG_IR_GRAPH_IMPL_H

#include <regraft/graph.h>

#include "base/table.h"
#include "ir/context_impl.h"
#include "ir/layout.h"
#include "ir/value_impl.h"

enum rg_node_flag {
    RG_NODE_ALIVE = 1 << 0 /* clear: never made, or erased */
};

enum { RG_CALL_NO_SLOT = UINT16_MAX, RG_USE_CLASSES = 33 };

#define RG_CALL_UNKNOWN UINT32_MAX

typedef struct rg_node_record {
    uint32_t arguments;      /* offset in the argument pool */
    uint16_t argument_count; /* stored words, hidden one included */
    uint8_t hidden;          /* 0 or 1 */
    uint8_t use_class;       /* 0: no block; else the use block has room for 1 << (use_class - 1) */
    uint32_t uses;           /* offset in the use pool */
    uint32_t use_count;
} rg_node_record;

_Static_assert(sizeof(rg_node_record) == 16, "four records fill a cache line");

typedef struct rg_use_entry {
    uint32_t user;
    uint16_t argument; /* visible index */
    uint16_t result;   /* which result of the used node; 0 for now: results are taken apart by getitem nodes */
} rg_use_entry;

/* The uses of a node of the graph: entries[0] .. entries[count - 1]. */
typedef struct rg_use_list {
    const rg_use_entry *entries;
    uint32_t count;
} rg_use_list;

struct rg_graph {
    rg_context *context;
    rg_graph *parent; /* the graph that owns this one as a child; lent */
    rg_string name;

    void *block; /* one allocation holds the arrays below */
    uint32_t capacity;
    uint32_t id_count;   /* ids given out so far; they are 1 .. id_count */
    uint32_t node_count; /* of those, alive */
    uint32_t output;     /* id, or 0 */
    uint32_t op_traits;  /* those of all ops that nodes had when they were made */
    rg_node_record *records;
    uint32_t *next;
    uint32_t *previous;
    uint32_t *order;
    uint32_t *region; /* mutation region; 0 until the matcher computes them */
    uint32_t *users;  /* distinct users */
    uint32_t *calls;  /* id of the call's spelling (call.c); 0: positional arguments only */
    uint32_t *types;  /* rg_type */
    uint32_t *names;  /* id in context->strings */
    uint16_t *op;
    uint16_t *label; /* for the matcher's automaton */
    uint16_t *flags; /* enum rg_node_flag; the other bits are the matcher's */

    RG_VECTOR(uint64_t) arguments;      /* arguments of nodes, and items */
    RG_VECTOR(rg_use_entry) uses;       /* blocks of 1, 2, 4, ... entries */
    uint32_t free_uses[RG_USE_CLASSES]; /* per class: 1 + offset of a free block, linked through `user`; 0: none */
    rg_map nodes_by_name;               /* name id -> node id */
    rg_map name_numbers;                /* id of a base name -> last number given to it (graph_name.c) */
    RG_VECTOR(rg_graph *) children;
    rg_map children_by_name; /* name id -> index in children */
    rg_layout layout; /* how it was written (layout.h): a clone copies it, erasing and renumbering keep it true */
};

/* The arrays of the block, those with the largest items first, so that each is aligned when the block is. */
#define RG_GRAPH_ARRAYS(X)                                                                                             \
    X(records) X(next) X(previous) X(order) X(region) X(users) X(calls) X(types) X(names) X(op) X(label) X(flags)

static inline bool rg__graph_alive(const rg_graph *graph, uint32_t id)
{
    return id != 0 && id <= graph->id_count && (graph->flags[id] & RG_NODE_ALIVE) != 0;
}

static inline uint32_t rg__node_visible_count(const rg_graph *graph, uint32_t id)
{
    return (uint32_t)graph->records[id].argument_count - graph->records[id].hidden;
}

/* Until the next edit. */
static inline rg_use_list rg__node_uses(const rg_graph *graph, rg_node node)
{
    rg_node_record record = graph->records[node.id];
    return (rg_use_list){record.use_count == 0 ? NULL : graph->uses.items + record.uses, record.use_count};
}

/* Does node `a` stand before `b`? Both are in the graph. */
static inline bool rg__graph_precedes(const rg_graph *graph, rg_node a, rg_node b)
{
    return graph->order[a.id] < graph->order[b.id];
}

/* Is there for certain no op in the graph that has one of these traits? */
static inline bool rg__graph_lacks_traits(const rg_graph *graph, uint32_t traits)
{
    return (graph->op_traits & traits) == 0 && !graph->context->traits_changed;
}

/* Where visible argument 0 of the node stands in the pool. */
static inline uint32_t rg__node_arguments(const rg_graph *graph, uint32_t id)
{
    return graph->records[id].arguments + graph->records[id].hidden;
}

static inline rg_value rg__node_argument(const rg_graph *graph, uint32_t id, uint32_t index)
{
    return (rg_value){graph->arguments.items[rg__node_arguments(graph, id) + index]};
}

/* ---- graph.c: storage ---- */

/* Bytes of a block for so many nodes. */
size_t rg__graph_block_size(const rg_graph *graph, uint32_t capacity);
/* Move the arrays to a block for exactly so many nodes, at least id_count. False when memory is out. */
bool rg__graph_resize_block(rg_graph *graph, uint32_t capacity);
/* Make room for `count` nodes in all (the sentinel not counted). False when memory is out. */
bool rg__graph_reserve_nodes(rg_graph *graph, uint64_t count);

/* ---- graph_items.c: values that hold nodes ---- */

/* Put items that hold a node into the pool. */
rg_status rg__graph_add_items(rg_value *out, rg_graph *graph, rg_value_kind kind, uint32_t depth, const rg_value *items,
                              size_t count);

/* Is the value, if it is or holds nodes, one that can belong to this graph? */
bool rg__graph_owns_value(const rg_graph *graph, rg_value value);

/* Make `*value` fit to stand in an argument: items that stand in one already are copied. */
rg_status rg__graph_attach_value(rg_graph *graph, rg_value *value);

typedef rg_status (*rg_node_visitor)(void *user, uint32_t id);
/* rg__graph_visit_nodes for items. */
rg_status rg__graph_visit_items(const rg_graph *graph, rg_value value, rg_node_visitor visit, void *user);

/* Call `visit` for every occurrence of a node in the value, in order; stops at the first status that is not RG_OK. */
static inline rg_status rg__graph_visit_nodes(const rg_graph *graph, rg_value value, rg_node_visitor visit, void *user)
{
    if (rg__value_is_node(value)) {
        return visit(user, rg__value_low(value));
    }
    return rg__value_is_items(value) ? rg__graph_visit_items(graph, value, visit, user) : RG_OK;
}

/* Replace every occurrence of node `from` in the value by node `to`, in place. */
void rg__graph_redirect_value(rg_graph *graph, rg_value *value, uint32_t from, uint32_t to);

/* The value with every occurrence of node `from` replaced by `to`: new items, not attached, constant where no node is
 * left. */
rg_status rg__graph_substitute_value(rg_value *out, rg_graph *graph, rg_value value, uint32_t from, rg_value to);

/* ---- graph_use.c: use lists ---- */

/* Add a use behind the others of that user; false when memory is out. `fresh`: those are at the end of the list, if
 * there are any, as when the user is being inserted. */
bool rg__graph_add_use(rg_graph *graph, uint32_t id, uint32_t user, uint32_t argument, bool fresh);
/* Make room for `extra` more uses. */
bool rg__graph_reserve_uses(rg_graph *graph, uint32_t id, uint64_t extra);
/* Remove one use: the newest of that user and argument, or the oldest. Nothing happens if there is none. */
void rg__graph_remove_use(rg_graph *graph, uint32_t id, uint32_t user, uint32_t argument, bool newest);
/* Give the block of a node without uses back. */
void rg__graph_free_uses(rg_graph *graph, uint32_t id);
/* Add the uses that `user` makes in `value`; on failure none is left. */
rg_status rg__graph_add_value_uses(rg_graph *graph, rg_value value, uint32_t user, uint32_t argument, bool fresh);
void rg__graph_remove_value_uses(rg_graph *graph, rg_value value, uint32_t user, uint32_t argument, bool newest);

/* ---- graph_order.c: the list ---- */

/* Link a node after `previous` (0: at the front) and give it an order key. */
void rg__graph_link_after(rg_graph *graph, uint32_t id, uint32_t previous);
void rg__graph_unlink(rg_graph *graph, uint32_t id);
/* Number the whole list anew, evenly. */
void rg__graph_renumber(rg_graph *graph);

/* ---- graph_sort.c ---- */

/* Does every input precede its users? */
bool rg__graph_is_sorted(const rg_graph *graph);

/* ---- graph_name.c: names ---- */

/* A name for a node, checked or made; holds until the next one is claimed. */
typedef struct rg_name_choice {
    uint32_t name;   /* id of the string */
    uint32_t base;   /* id of the name without its number */
    uint32_t number; /* last number of that base once the name is claimed */
} rg_name_choice;

/* A free name made from an op and target, as FX does. The graph is not changed. */
rg_status rg__graph_derive_name(rg_name_choice *out, rg_graph *graph, rg_op op, rg_string target);
/* Go on numbering names as if the graph had just been read, so that what is done to it next does not depend on names
 * that are gone: a pass gives the same names to a graph and to its dump. */
void rg__graph_forget_numbers(rg_graph *graph);
/* Is the name free and fit to be one? Reports and fails if not. */
rg_status rg__graph_check_name(rg_name_choice *out, rg_graph *graph, rg_string name);
/* Is it a word that FX gives to no name: a keyword or builtin of Python, or what generated code imports? */
bool rg__name_is_reserved(const char *name);
/* Enter a name; may be out of memory. */
rg_status rg__graph_claim_name(rg_graph *graph, rg_name_choice choice, uint32_t id);
/* Make `heir` the one that is found under the name of `id`, which it bears since rg__graph_insert_heir; `id` has none
 * then, and must be erased. Cannot fail. */
void rg__graph_hand_name_on(rg_graph *graph, uint32_t id, uint32_t heir);

/* ---- graph_edit.c ---- */

/*
 * rg_graph_insert for a node that will take the place of `heir_of`, and its name, once that one goes. So far two nodes
 * bear the name, of which the old one is found under it; then call rg__graph_hand_name_on, or erase the new node.
 * With a null `heir_of` it is rg_graph_insert. `call` is the id of the call's spelling, and then arguments need no
 * names, or RG_CALL_UNKNOWN.
 */
rg_status rg__graph_insert_heir(rg_node *out, rg_graph *graph, rg_node before, const rg_node_description *description,
                                rg_node heir_of, uint32_t call);

/* Can the value stand in an argument of a node at the place of `user`? 0: at the end. */
rg_status rg__graph_check_argument(const rg_graph *graph, uint32_t user, rg_value value);
/* The node that node `id`, moved before `before`, goes before; 0: the end. Placeholders stay first, the output last. */
rg_status rg__graph_resolve_place(uint32_t *out, const rg_graph *graph, uint32_t id, rg_node before);

/* ---- graph_dead.c ---- */

/* May the node go when nothing reads it? */
bool rg__node_is_removable(const rg_graph *graph, uint32_t id);

/* ---- call.c: how a call spells its arguments ---- */

/* The id of a call's spelling; keyword names are the `count - positional` last arguments' names. */
rg_status rg__call_intern(uint32_t *out, rg_context *context, rg_op op, const rg_argument *arguments, size_t count);
/* The same for a node whose first argument becomes `first` (the op of an auto_functionalized call). */
rg_status rg__call_respell(uint32_t *out, const rg_graph *graph, uint32_t id, rg_value first);
uint32_t rg__call_positional_count(const rg_context *context, uint32_t call, uint32_t argument_count);
uint32_t rg__call_keyword_count(const rg_context *context, uint32_t call);
rg_string rg__call_argument_name(const rg_context *context, uint32_t call, uint32_t index);
/* Which visible argument of a call with this spelling, not 0, has the name; RG_CALL_NO_SLOT: none. */
uint32_t rg__call_keyword_slot(const rg_context *context, uint32_t call, rg_string name);
/* Does a call with this spelling have an argument that names what auto_functionalized is to copy? */
bool rg__call_names_copies(const rg_context *context, uint32_t call);
/* Does the op wrap another one, whose schema its calls follow? */
bool rg__op_is_wrapper(const rg_context *context, rg_op op);
/* Is it the wrapper that lists bases: auto_functionalized_v2? And that op itself. */
bool rg__op_wraps_bases(const rg_context *context, rg_op op);
rg_op rg__op_second_wrapper(const rg_context *context);
/* The op whose schema a node's call follows: the wrapped one for auto_functionalized, else its own. */
rg_op rg__node_schema_op(const rg_graph *graph, uint32_t id);
/* The visible argument of a node that is argument `index` of that op's schema; RG_CALL_NO_SLOT when it is not written.
 */
uint32_t rg__node_schema_slot(const rg_graph *graph, uint32_t id, const rg_schema *schema, uint32_t index);

/* ---- call_wrapped.c ---- */

/* Is every argument that the call writes out one of the called op's schema? With a keyword of its own it is another
 * call, or a wrong one. A call of auto_functionalized_v2 fits when it says what one of version 1 says: each argument
 * that the wrapped op writes is a whole base, in order. */
bool rg__node_fits_schema(const rg_graph *graph, rg_node node);
/* The base that a call of auto_functionalized_v2 hands over as the written argument `name`: None if it is, missing when
 * the argument is only a part of its base. */
rg_value rg__node_written_base(const rg_graph *graph, rg_node node, rg_string name);

/* ---- graph_child.c ---- */

/* Exchange what two graphs of one context hold; each keeps its place in its parent. To undo an edit from a clone. */
void rg__graph_swap(rg_graph *a, rg_graph *b);
/* Give a graph back the nodes of a copy that rg__graph_clone_nodes has made of it; its submodules stay. The copy then
 * holds what the graph held, and is to be destroyed. Cannot fail. */
void rg__graph_restore_nodes(rg_graph *graph, rg_graph *copy);
/* Destroy the submodule that was added last, which no node may name. */
void rg__graph_drop_last_child(rg_graph *graph);

/* ---- graph_clone.c ---- */

/* A copy without submodules, ids and all. */
rg_status rg__graph_clone_nodes(rg_graph **out, const rg_graph *graph);

#endif

/*
 * diff_number.c: giving every node its class.
 *
 * What a node is made of is written down as a run of words, in which the nodes that it reads stand as their classes;
 * the number of that run in a table is the class. Both graphs and all submodules share the table. Nodes come after what
 * they read, so one pass over the list does.
 *
 * Writes are part of what a node reads: memory is followed through views back to the node that made it (its root), and
 * a reader names the class of the last writer of the root.
 *
 * Pure nodes of one class compute the same, so it does not matter which of them is read. Calls that are not known to be
 * pure may give something else each time: the first, second, ... of equal ones have classes of their own.
 */
#include <stdlib.h>

#include "ir/graph_impl.h"
#include "match/diff_impl.h"

/* First words of keys, and marks inside them. */
enum {
    KEY_FIXED = 1,
    KEY_GRAPH,
    KEY_PLACEHOLDER,
    KEY_ATTRIBUTE,
    KEY_SUBMODULE,
    KEY_CALL,
    KEY_EFFECT,
    KEY_NAME,
    KEY_SIZE,
    KEY_NODE,
    KEY_ITEMS,
    KEY_CONSTANT,
    KEY_REPEATED
};

/* The pass over one graph. */
typedef struct numbering {
    rg__differ *differ;
    rg__diff_side *side;
    uint32_t *roots;   /* by node id: whose memory it is */
    uint32_t *writers; /* by root: the last node that wrote it; 0: none */
    uint32_t last_effect;
    uint32_t placeholders; /* seen so far */
    rg_map impure;         /* class of a call that is not known to be pure -> how many so far */
} numbering;

static void add_word(rg__differ *differ, uint64_t word)
{
    if (!rg__vector_push(&differ->context->allocator, &differ->key, word)) {
        (void)rg__differ_out_of_memory(differ);
    }
}

static uint32_t finish_key(rg__differ *differ)
{
    uint32_t number = rg__intern(&differ->keys, differ->key.items, differ->key.count * sizeof(uint64_t));
    if (number == 0) {
        (void)rg__differ_out_of_memory(differ);
    }
    return number;
}

static void add_read(numbering *pass, uint32_t writer)
{
    if (!rg__vector_push(&pass->differ->context->allocator, &pass->side->reads, writer)) {
        (void)rg__differ_out_of_memory(pass->differ);
    }
}

static void add_text(rg__differ *differ, rg_string text)
{
    uint32_t id = rg__string_id(differ->context, text);
    if (id == 0) {
        (void)rg__differ_out_of_memory(differ);
    }
    add_word(differ, id);
}

static void add_value(numbering *pass, rg_value value)
{
    rg__differ *differ = pass->differ;
    const rg_graph *graph = pass->side->graph;
    size_t count;
    rg_size size;

    if (rg__diff_as_size(differ, &size, pass->side, value)) {
        add_word(differ, KEY_SIZE);
        add_word(differ, rg__diff_settle_size(differ, size).id);
    } else if (rg__value_is_node(value)) {
        uint32_t id = rg_value_as_node(value).id;
        uint32_t writer = pass->writers[pass->roots[id]];
        add_word(differ, KEY_NODE);
        add_word(differ, pass->side->classes[id]);
        add_word(differ, writer == 0 ? 0 : pass->side->classes[writer]);
        add_read(pass, writer);
    } else {
        switch (rg_value_get_kind(value)) {
        case RG_VALUE_LIST:
        case RG_VALUE_TUPLE:
        case RG_VALUE_DICT:
        case RG_VALUE_SLICE:
            count = rg_value_count(differ->context, graph, value);
            add_word(differ, KEY_ITEMS);
            add_word(differ, rg_value_get_kind(value));
            add_word(differ, count);
            for (size_t i = 0; i < count; i++) {
                add_value(pass, rg_value_item(differ->context, graph, value, i));
            }
            break;
        default:
            add_word(differ, KEY_CONSTANT);
            add_word(differ, value.bits);
            break;
        }
    }
}

static void add_arguments(numbering *pass, uint32_t id)
{
    rg__differ *differ = pass->differ;

    rg__diff_collect(differ, &differ->arguments_a, pass->side, id);
    add_word(differ, differ->arguments_a.count);
    for (uint32_t i = 0; i < differ->arguments_a.count; i++) {
        const rg__diff_argument *argument = &differ->arguments_a.items[i];
        if (argument->name.size > 0) {
            add_word(differ, KEY_NAME);
            add_text(differ, argument->name);
        }
        add_value(pass, argument->value);
    }
}

/* ---- memory ---- */

/* The root of the first node in a value; 0 for none. */
static uint32_t first_root(const numbering *pass, rg_value value)
{
    const rg_context *context = pass->differ->context;
    if (rg__value_is_node(value)) {
        return pass->roots[rg_value_as_node(value).id];
    }
    size_t count = rg_value_count(context, pass->side->graph, value);
    for (size_t i = 0; i < count; i++) {
        uint32_t root = first_root(pass, rg_value_item(context, pass->side->graph, value, i));
        if (root != 0) {
            return root;
        }
    }
    return 0;
}

/* Whose memory the node's result is: that of the argument it aliases, or its own. */
static uint32_t find_root(const numbering *pass, uint32_t id)
{
    const rg_graph *graph = pass->side->graph;
    const rg_op_descriptor *op = rg__op_descriptor(pass->differ->context, rg_node_op(graph, (rg_node){id}));
    bool aliases = (op->traits & (RG_TRAIT_VIEW | RG_TRAIT_INPLACE_VIEW)) != 0 ||
                   rg_string_equal(op->name, rg_string_from("operator.getitem")) ||
                   rg__diff_is_statement(pass->differ->context, rg_node_op(graph, (rg_node){id}));
    uint32_t root = 0;

    for (uint32_t i = 0; op->schema != NULL && i < op->schema->argument_count && root == 0; i++) {
        if (op->schema->arguments[i].aliased || op->schema->arguments[i].mutated) {
            root = first_root(pass, rg_node_schema_argument(graph, (rg_node){id}, i));
        }
    }
    if (root == 0 && aliases && rg_node_argument_count(graph, (rg_node){id}) > 0) {
        root = first_root(pass, rg_node_argument(graph, (rg_node){id}, 0));
    }
    return root == 0 ? id : root;
}

static void write_value(numbering *pass, rg_value value, uint32_t writer)
{
    const rg_context *context = pass->differ->context;
    if (rg__value_is_node(value)) {
        pass->writers[pass->roots[rg_value_as_node(value).id]] = writer;
        return;
    }
    size_t count = rg_value_count(context, pass->side->graph, value);
    for (size_t i = 0; i < count; i++) {
        write_value(pass, rg_value_item(context, pass->side->graph, value, i), writer);
    }
}

static void record_effects(numbering *pass, uint32_t id)
{
    const rg_graph *graph = pass->side->graph;
    rg_op op = rg_node_op(graph, (rg_node){id});
    const rg_op_descriptor *descriptor = rg__op_descriptor(pass->differ->context, op);

    pass->roots[id] = find_root(pass, id);
    for (uint32_t i = 0; descriptor->schema != NULL && i < descriptor->schema->argument_count; i++) {
        if (descriptor->schema->arguments[i].mutated) {
            write_value(pass, rg_node_schema_argument(graph, (rg_node){id}, i), id);
        }
    }
    if (rg__diff_is_statement(pass->differ->context, op) && rg_node_argument_count(graph, (rg_node){id}) > 0) {
        write_value(pass, rg_node_argument(graph, (rg_node){id}, 0), id);
    }
    if ((descriptor->traits & RG_TRAIT_EFFECT) != 0) {
        pass->last_effect = id;
    }
}

/* ---- nodes ---- */

static void add_named_graph(numbering *pass, uint32_t id, uint32_t otherwise)
{
    rg__differ *differ = pass->differ;
    const rg__diff_side *child = rg__diff_named_child(pass->side, id);
    add_word(differ, child != NULL ? KEY_SUBMODULE : otherwise);
    if (child != NULL) {
        add_word(differ, child->class_number);
    } else {
        add_text(differ, rg_node_target(pass->side->graph, (rg_node){id}));
    }
}

static void add_node(numbering *pass, uint32_t id)
{
    rg__differ *differ = pass->differ;
    rg_op op = rg_node_op(pass->side->graph, (rg_node){id});
    const rg_op_descriptor *descriptor = rg__op_descriptor(differ->context, op);
    bool effect = (descriptor->traits & RG_TRAIT_EFFECT) != 0;

    add_read(pass, effect ? pass->last_effect : 0);
    switch (descriptor->kind) {
    case RG_OP_PLACEHOLDER:
        add_word(differ, KEY_PLACEHOLDER);
        add_word(differ, pass->placeholders);
        return;
    case RG_OP_GET_ATTR:
        add_named_graph(pass, id, KEY_ATTRIBUTE);
        return;
    case RG_OP_CALL_MODULE:
        add_named_graph(pass, id, KEY_ATTRIBUTE);
        break;
    default:
        break;
    }
    add_word(differ, KEY_CALL);
    add_word(differ, op.id);
    if (effect) {
        add_word(differ, KEY_EFFECT);
        add_word(differ, pass->last_effect == 0 ? 0 : pass->side->classes[pass->last_effect]);
    }
    add_arguments(pass, id);
}

/* Tell an impure call from those before it that are made of the same. */
static void tell_repeated(numbering *pass, uint32_t id)
{
    rg__differ *differ = pass->differ;
    rg_op_kind kind = rg_node_kind(pass->side->graph, (rg_node){id});
    uint32_t number = pass->side->classes[id];
    uint32_t count = 0;

    if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_OUTPUT || pass->side->fixed_classes[id] != 0 ||
        rg__node_is_removable(pass->side->graph, id)) {
        return;
    }
    (void)rg__map_find(&pass->impure, number, &count);
    if (!rg__map_set(&differ->context->allocator, &pass->impure, number, count + 1)) {
        (void)rg__differ_out_of_memory(differ);
    }
    if (count > 0) {
        differ->key.count = 0;
        add_word(differ, KEY_REPEATED);
        add_word(differ, number);
        add_word(differ, count);
        pass->side->classes[id] = finish_key(differ);
    }
}

/* ---- graphs ---- */

static int compare_words(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t *words_from(rg__differ *differ, uint32_t start)
{
    return differ->key.items == NULL ? NULL : differ->key.items + start;
}

/* The class of a graph: what it returns, and how many nodes of which classes and which submodules it has. */
static void number_graph(rg__differ *differ, rg__diff_side *side)
{
    rg_node output = rg_graph_output(side->graph);
    uint32_t start;

    differ->key.count = 0;
    if (side->fixed_class != 0) {
        add_word(differ, KEY_FIXED);
        add_word(differ, side->fixed_class);
        side->class_number = finish_key(differ);
        return;
    }
    add_word(differ, KEY_GRAPH);
    add_word(differ, side->placeholder_count);
    add_word(differ, rg_node_is_null(output) ? 0 : side->classes[output.id]);
    add_word(differ, side->child_count);
    start = differ->key.count;
    for (uint32_t i = 0; i < side->child_count; i++) {
        add_word(differ, side->children[i].class_number);
    }
    if (differ->status == RG_OK && side->child_count > 1) {
        qsort(words_from(differ, start), side->child_count, sizeof(uint64_t), compare_words);
    }
    start = differ->key.count;
    for (uint32_t id = 1; id <= side->id_count; id++) {
        if (side->counts[id]) {
            add_word(differ, side->classes[id]);
        }
    }
    if (differ->status == RG_OK && differ->key.count > start) {
        qsort(words_from(differ, start), differ->key.count - start, sizeof(uint64_t), compare_words);
    }
    side->class_number = finish_key(differ);
}

void rg__diff_number(rg__differ *differ, rg__diff_side *side)
{
    size_t bytes = ((size_t)side->id_count + 1) * sizeof(uint32_t);
    numbering pass = {.differ = differ, .side = side};

    for (uint32_t i = 0; i < side->child_count; i++) {
        rg__diff_number(differ, &side->children[i]);
    }
    pass.roots = rg__arena_allocate_zero(&differ->arena, bytes);
    pass.writers = rg__arena_allocate_zero(&differ->arena, bytes);
    if (pass.roots == NULL || pass.writers == NULL) {
        (void)rg__differ_out_of_memory(differ);
    }
    side->reads.count = 0;
    for (rg_node node = rg_graph_first(side->graph); !rg_node_is_null(node) && differ->status == RG_OK;
         node = rg_graph_next(side->graph, node)) {
        differ->key.count = 0;
        side->read_starts[node.id] = side->reads.count;
        add_node(&pass, node.id);
        if (side->fixed_classes[node.id] != 0) {
            differ->key.count = 0; /* only its reads were wanted */
            add_word(differ, KEY_FIXED);
            add_word(differ, side->fixed_classes[node.id]);
        }
        side->classes[node.id] = finish_key(differ);
        tell_repeated(&pass, node.id);
        record_effects(&pass, node.id);
        if (rg_node_kind(side->graph, node) == RG_OP_PLACEHOLDER) {
            pass.placeholders++;
        }
    }
    rg__map_free(&differ->context->allocator, &pass.impure);
    if (differ->status == RG_OK) {
        number_graph(differ, side);
    }
}

/*
 * diff_call.c: what is compared of a call: its arguments in normal form, and sizes by their value.
 */
#include "ir/graph_impl.h"
#include "match/diff_impl.h"

/* Symbolic sizes of different spelling are looked at pairwise; beyond this many, only the first ones are. */
#define RG_DIFF_SIZE_CANDIDATES 256

rg_size rg__diff_settle_size(rg__differ *differ, rg_size size)
{
    int64_t integer;
    if (rg_size_as_int(differ->context, size, &integer)) {
        return size;
    }
    for (uint32_t i = 0; i < differ->sizes.count; i++) {
        if (rg_size_equal(differ->context, differ->sizes.items[i], size) == RG_YES) {
            return differ->sizes.items[i];
        }
    }
    if (differ->sizes.count < RG_DIFF_SIZE_CANDIDATES &&
        !rg__vector_push(&differ->context->allocator, &differ->sizes, size)) {
        (void)rg__differ_out_of_memory(differ);
    }
    return size;
}

bool rg__diff_as_size(rg__differ *differ, rg_size *out, const rg__diff_side *side, rg_value value)
{
    int64_t integer;

    switch (rg_value_get_kind(value)) {
    case RG_VALUE_INT:
        if (!rg_value_as_int(differ->context, value, &integer)) {
            return false;
        }
        return rg_size_from_int(out, differ->context, integer) == RG_OK || rg__differ_out_of_memory(differ);
    case RG_VALUE_SIZE:
        *out = rg_value_as_size(value);
        return true;
    case RG_VALUE_NODE:
        *out = rg_type_get_size(differ->context, rg_node_type(side->graph, rg_value_as_node(value)));
        return !rg_size_is_null(*out);
    default:
        return false;
    }
}

rg__diff_side *rg__diff_named_child(const rg__diff_side *side, uint32_t id)
{
    rg_string target = rg_node_target(side->graph, (rg_node){id});
    for (uint32_t i = 0; i < side->child_count; i++) {
        if (rg_string_equal(rg_graph_name(side->children[i].graph), target)) {
            return &side->children[i];
        }
    }
    return NULL;
}

bool rg__diff_is_statement(const rg_context *context, rg_op op)
{
    static const char *const names[] = {
        "operator.iadd", "operator.iand",    "operator.iconcat", "operator.ifloordiv", "operator.ilshift",
        "operator.imod", "operator.imul",    "operator.imatmul", "operator.ior",       "operator.ipow",
        "operator.isub", "operator.irshift", "operator.ixor",    "operator.itruediv",  "operator.setitem",
    };
    if (rg_op_get_kind(context, op) != RG_OP_OPERATOR) {
        return false;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (rg_string_equal(rg_op_name(context, op), rg_string_from(names[i]))) {
            return true;
        }
    }
    return false;
}

static void add_argument(rg__differ *differ, rg__diff_arguments *out, const rg__diff_argument *argument)
{
    if (!rg__vector_push(&differ->context->allocator, out, *argument)) {
        (void)rg__differ_out_of_memory(differ);
    }
}

/* As written: by position, then keyword arguments in the order of their names. */
static void collect_written(rg__differ *differ, rg__diff_arguments *out, const rg_graph *graph, rg_node node)
{
    size_t count = rg_node_argument_count(graph, node);
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg_node_argument(graph, node, i);
        rg__diff_argument argument = {.name = rg_node_argument_name(graph, node, i),
                                      .position = (uint32_t)i,
                                      .role = RG_ROLE_PLAIN,
                                      .value = value,
                                      .written = value};
        add_argument(differ, out, &argument);
        for (uint32_t j = out->count; j > 1 && argument.name.size > 0 && differ->status == RG_OK; j--) {
            rg__diff_argument *before = &out->items[j - 2];
            if (before->name.size == 0 || strcmp(before->name.data, argument.name.data) <= 0) {
                break;
            }
            out->items[j - 1] = *before;
            *before = argument;
        }
    }
}

/* Does every written argument have its place in the schema? */
static bool follows_schema(const rg_graph *graph, rg_node node, const rg_schema *schema)
{
    size_t count = rg_node_argument_count(graph, node);
    if (rg_node_positional_count(graph, node) > schema->argument_count) {
        return false;
    }
    for (size_t i = rg_node_positional_count(graph, node); i < count; i++) {
        bool known = false;
        for (uint32_t j = 0; j < schema->argument_count && !known; j++) {
            known = rg_string_equal(schema->arguments[j].name, rg_node_argument_name(graph, node, i));
        }
        if (!known) {
            return false;
        }
    }
    return true;
}

static void collect_by_schema(rg__differ *differ, rg__diff_arguments *out, rg_graph *graph, rg_node node,
                              const rg_schema *schema)
{
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        rg__diff_argument argument = {.name = schema->arguments[i].name,
                                      .position = i,
                                      .role = (rg_argument_role)schema->arguments[i].role,
                                      .written = rg_node_schema_argument(graph, node, i)};
        rg_status status = rg_node_normal_argument(&argument.value, graph, node, i);
        if (status == RG_ERROR_MEMORY) {
            (void)rg__differ_out_of_memory(differ);
        } else if (status != RG_OK) {
            argument.value = argument.written; /* a call that makes no sense has no normal form */
        }
        add_argument(differ, out, &argument);
    }
}

void rg__diff_collect(rg__differ *differ, rg__diff_arguments *out, const rg__diff_side *side, uint32_t id)
{
    rg_node node = {id};
    rg_op op = rg_node_op(side->graph, node);
    const rg_schema *schema = rg__op_descriptor(differ->context, op)->schema;

    out->count = 0;
    /* Wrapped calls (auto_functionalized) always name their arguments; they are compared as written. */
    if (schema != NULL && follows_schema(side->graph, node, schema)) {
        collect_by_schema(differ, out, side->graph, node, schema);
    } else {
        collect_written(differ, out, side->graph, node);
    }
}

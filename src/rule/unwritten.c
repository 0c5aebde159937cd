/*
 * unwritten.c: does a replacement read memory that nothing has written? Such a rule passes every other check, and what
 * it computes depends on what happened to be in that memory.
 *
 * Only what is certain counts: a new buffer that no call of the replacement writes, itself or through a view, and that
 * is an operand of an op that computes with its operands: a pointwise op, a reduction, or an op that is not PyTorch's
 * and does not mark it as written in its schema. (Of an operand that is marked the schema does not tell whether it is
 * read, too.)
 */
#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "rule/register.h"

static bool is_new_buffer(const rg_graph *graph, rg_node node)
{
    static const char *const names[] = {
        "aten.empty.memory_format", "aten.empty_strided.default", "aten.empty_permuted.default",
        "aten.empty_like.default",  "aten.new_empty.default",     "aten.new_empty_strided.default",
    };
    rg_string name = rg_op_name(rg_graph_context(graph), rg_node_op(graph, node));
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (rg_string_equal(name, rg_string_from(names[i]))) {
            return true;
        }
    }
    return false;
}

/* Position of the schema's argument that is `value`, with what is known of it; the count of arguments if none is. */
static rg_status find_argument(size_t *out, rg_argument_info *info, const rg_graph *graph, rg_node user, rg_node value)
{
    rg_context *context = rg_graph_context(graph);
    rg_op op = rg__node_schema_op(graph, user.id);
    size_t count = rg_op_argument_count(context, op);
    rg_status status = RG_OK;
    for (*out = 0; *out < count && status == RG_OK; (*out)++) {
        if (rg_node_same(rg_value_as_node(rg_node_schema_argument(graph, user, *out)), value)) {
            return rg_op_argument(info, context, op, *out);
        }
    }
    return status;
}

/* Is it written by one of its readers, itself or a view of it? What is not known counts as written. */
static rg_status is_written(bool *out, const rg_graph *graph, rg_node value, uint32_t depth)
{
    rg_context *context = rg_graph_context(graph);
    rg_status status = RG_OK;
    *out = depth >= context->limits.max_depth;
    for (size_t i = 0; i < rg_node_use_count(graph, value) && status == RG_OK && !*out; i++) {
        rg_node user = rg_node_use(graph, value, i).user;
        rg_op op = rg__node_schema_op(graph, user.id);
        size_t index = 0;
        rg_argument_info info = {.mutated = false};
        if (rg_node_kind(graph, user) == RG_OP_OUTPUT) {
            continue;
        }
        status = find_argument(&index, &info, graph, user, value);
        *out = !rg_op_has_schema(context, op) || index == rg_op_argument_count(context, op) || info.mutated;
        if (status == RG_OK && !*out && (rg_op_traits(context, op) & RG_TRAIT_VIEW) != 0) {
            status = is_written(out, graph, user, depth + 1);
        }
    }
    return status;
}

static bool is_of(rg_string name, const char *namespace)
{
    size_t size = strlen(namespace);
    return name.size > size && memcmp(name.data, namespace, size) == 0;
}

/* Does the op compute with the values of its tensors? PyTorch's own may choose among them, or look at sizes only. */
static bool computes_with_operands(const rg_context *context, rg_op op)
{
    uint32_t traits = rg_op_traits(context, op);
    rg_string name = rg_op_name(context, op);
    if (is_of(name, "aten.") || is_of(name, "prims.")) {
        return (traits & (RG_TRAIT_ELEMENTWISE | RG_TRAIT_REDUCTION)) != 0 && !is_of(name, "aten.where.");
    }
    return (traits & (RG_TRAIT_VIEW | RG_TRAIT_SHAPE_QUERY)) == 0;
}

rg_status rg__rule_check_written(const rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule)
{
    const rg_graph *graph = rule->replacement;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        bool written = true;
        rg_status status = is_new_buffer(graph, node) ? is_written(&written, graph, node, 0) : RG_OK;
        for (size_t i = 0; i < rg_node_use_count(graph, node) && status == RG_OK && !written; i++) {
            rg_node user = rg_node_use(graph, node, i).user;
            rg_op op = rg__node_schema_op(graph, user.id);
            rg_argument_info info = {.mutated = true};
            size_t index = 0;
            if (rg_node_kind(graph, user) == RG_OP_OUTPUT || !computes_with_operands(set->context, op)) {
                continue;
            }
            status = find_argument(&index, &info, graph, user, node);
            if (status == RG_OK) {
                rg_string name = rg_op_name(set->context, op);
                return rg__place_report(&draft->replacement_place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                        "the replacement reads memory that nothing has written, as '%.*s' of %.*s; if "
                                        "the op writes it, its schema must say so",
                                        (int)info.name.size, info.name.data, (int)name.size, name.data);
            }
        }
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

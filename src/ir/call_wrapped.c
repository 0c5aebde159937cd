/*
 * call_wrapped.c: how calls of auto_functionalized_v2 name what the op that they wrap writes, and whether a call is one
 * of its schema at all. How other arguments are found: call.c.
 *
 * Version 1 hands every argument over by its own name. Version 2 hands a written argument `x` over as `_x_base_index`,
 * an index into the list `_all_bases`; further `_x_...` keywords say which view of that base it is, or `_x_alias =
 * True` that it is one of the same sizes and strides. (Facts: torch/_higher_order_ops/auto_functionalize.py.)
 */
#include "ir/graph_impl.h"

/* What the keywords of a call say of one written argument. */
typedef struct rg_written_argument {
    rg_value base_index; /* missing: the call does not have the keyword */
    size_t views;        /* keywords that make it a part of its base */
    size_t keywords;     /* all that concern it */
} rg_written_argument;

static bool starts_with(rg_string text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size >= size && memcmp(text.data, prefix, size) == 0;
}

static rg_written_argument read_written(const rg_graph *graph, rg_node node, rg_string name)
{
    rg_written_argument written = {rg_value_missing(), 0, 0};
    size_t count = rg_node_argument_count(graph, node);
    for (size_t i = rg_node_positional_count(graph, node); i < count; i++) {
        rg_string keyword = rg_node_argument_name(graph, node, i);
        if (keyword.size <= name.size + 2 || keyword.data[0] != '_' ||
            memcmp(keyword.data + 1, name.data, name.size) != 0 || keyword.data[name.size + 1] != '_') {
            continue;
        }
        rg_string rest = {keyword.data + name.size + 2, keyword.size - name.size - 2};
        if (strcmp(rest.data, "base_index") == 0) {
            written.base_index = rg_node_argument(graph, node, i);
            written.keywords++;
        } else if (strcmp(rest.data, "alias") == 0) {
            written.keywords++;
        } else if (strcmp(rest.data, "size") == 0 || strcmp(rest.data, "stride") == 0 ||
                   strcmp(rest.data, "storage_offset") == 0 || starts_with(rest, "slice_")) {
            written.views++;
            written.keywords++;
        }
    }
    return written;
}

static rg_value all_bases(const rg_graph *graph, rg_node node)
{
    return rg_node_keyword(graph, node, rg_string_from("_all_bases"));
}

rg_value rg__node_written_base(const rg_graph *graph, rg_node node, rg_string name)
{
    rg_written_argument written = read_written(graph, node, name);
    int64_t index = 0;
    if (rg_value_get_kind(written.base_index) == RG_VALUE_NONE) {
        return written.base_index;
    }
    if (written.views != 0 || !rg_value_as_int(graph->context, written.base_index, &index) || index < 0) {
        return rg_value_missing();
    }
    return rg_value_item(graph->context, graph, all_bases(graph, node), (size_t)index);
}

/*
 * Does a call of version 2 say what one of version 1 can say? Each written argument is a whole base of its own, in the
 * schema's order, so that results have the same numbers; those that are None come last. `used` counts the keywords.
 */
static bool bases_are_arguments(const rg_graph *graph, rg_node node, const rg_schema *schema, size_t *used)
{
    rg_value bases = all_bases(graph, node);
    int64_t next = 0;
    bool is_end = false;
    *used = 1;
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        if (!schema->arguments[i].mutated) {
            continue;
        }
        rg_written_argument written = read_written(graph, node, schema->arguments[i].name);
        int64_t index = -1;
        bool is_none = rg_value_get_kind(written.base_index) == RG_VALUE_NONE;
        (void)rg_value_as_int(graph->context, written.base_index, &index);
        if (written.views != 0 || (is_none ? false : is_end || index != next)) {
            return false;
        }
        next += is_none ? 0 : 1;
        is_end = is_end || is_none;
        *used += written.keywords;
    }
    return !rg_value_is_missing(bases) && (size_t)next == rg_value_count(graph->context, graph, bases);
}

bool rg__node_fits_schema(const rg_graph *graph, rg_node node)
{
    const rg_context *context = graph->context;
    rg_op op = rg__node_schema_op(graph, node.id);
    const rg_schema *schema = rg__op_descriptor(context, op)->schema;
    size_t fitting = 0;
    if (schema == NULL) {
        return false;
    }
    if (graph->calls[node.id] == 0) { /* positional arguments only; those that need a keyword are the schema's last */
        uint32_t count = rg__node_visible_count(graph, node.id);
        return count <= schema->argument_count && (count == 0 || !schema->arguments[count - 1].keyword_only);
    }
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        fitting += rg__node_schema_slot(graph, node.id, schema, i) != RG_CALL_NO_SLOT ? 1 : 0;
    }
    if (op.id != graph->op[node.id]) {
        size_t used = 0;
        fitting++; /* the op itself */
        if (rg__op_wraps_bases(context, (rg_op){graph->op[node.id]})) {
            if (!bases_are_arguments(graph, node, schema, &used)) {
                return false;
            }
            fitting += used;
        }
    }
    return fitting == rg__node_visible_count(graph, node.id);
}

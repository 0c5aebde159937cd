/*
 * rotary_scatter.c: rotated queries and keys that are scattered back into the tensor they were split from.
 */
#include "pass/rotary_scatter.h"

#include "ir/context_impl.h"
#include "pass/overwrite.h"
#include "pass/walk_nodes.h"

/* Arguments of slice_scatter and of split_with_sizes. */
enum { SCATTER_BASE, SCATTER_SOURCE, SCATTER_DIM, SCATTER_START, SCATTER_END, SCATTER_STEP };
enum { SPLIT_INPUT, SPLIT_SIZES, SPLIT_DIM };

static rg_node node_argument(const rg_graph *graph, rg_node node, size_t index)
{
    return rg_value_as_node(rg_node_schema_argument(graph, node, index));
}

rg_node rg__only_user(const rg_graph *graph, rg_node node, const char *op)
{
    rg_op known = rg_context_find_op(rg_graph_context(graph), rg_string_from(op));
    rg_node user = rg_node_user_count(graph, node) == 1 ? rg_node_use(graph, node, 0).user : (rg_node){0};
    return rg__calls(graph, user, known) ? user : (rg_node){0};
}

/* Query and key are parts 0 and 1 of one split. */
static bool find_split(rg_rotary_scatter *site, const rg_graph *graph, rg_node call)
{
    static const char *const names[] = {"query", "key"};
    rg_op op = rg_context_find_op(rg_graph_context(graph), rg_string_from("aten.split_with_sizes.default"));
    rg_node splits[2];
    for (int64_t i = 0; i < 2; i++) {
        int64_t part = 0;
        site->parts[i] = rg_value_as_node(rg_node_keyword(graph, call, rg_string_from(names[i])));
        site->rotated[i] = rg__find_item(graph, call, i + 1);
        if (!rg__is_item(graph, site->parts[i], &splits[i], &part) || part != i || rg_node_is_null(site->rotated[i]) ||
            !rg__calls(graph, splits[i], op)) {
            return false;
        }
    }
    site->split = splits[0];
    site->base = node_argument(graph, splits[0], SPLIT_INPUT);
    return rg_node_same(splits[0], splits[1]) && !rg_node_is_null(site->base);
}

bool rg__find_rotary_scatter(rg_rotary_scatter *out, const rg_graph *graph, rg_node call)
{
    if (!find_split(out, graph, call)) {
        return false;
    }
    rg_node base = out->base;
    for (size_t i = 0; i < 2; i++) {
        rg_node scatter = rg__only_user(graph, out->rotated[i], "aten.slice_scatter.default");
        if (rg_node_is_null(scatter) || !rg_node_same(node_argument(graph, scatter, SCATTER_BASE), base) ||
            !rg_node_same(node_argument(graph, scatter, SCATTER_SOURCE), out->rotated[i])) {
            return false;
        }
        out->scatters[i] = base = scatter;
    }
    return rg_node_user_count(graph, out->scatters[0]) == 1;
}

/* The sizes of a split as integers, up to the one behind the key's. */
static bool part_size(int64_t *out, const rg_graph *graph, rg_node split, size_t index)
{
    const rg_context *context = rg_graph_context(graph);
    rg_value sizes = rg_node_schema_argument(graph, split, SPLIT_SIZES);
    return index < rg_value_count(context, graph, sizes) &&
           rg_value_as_int(context, rg_value_item(context, graph, sizes, index), out);
}

static bool is_number(const rg_context *context, rg_value value, int64_t number)
{
    int64_t given = 0;
    return rg_value_as_int(context, value, &given) && given == number;
}

/* Does the scatter write just the part from `start`, `size` long, along the dimension of the split? */
static rg_status writes_part(bool *out, rg_graph *graph, rg_node scatter, rg_value dim, int64_t start, int64_t size)
{
    static const size_t indices[] = {SCATTER_DIM, SCATTER_START, SCATTER_END, SCATTER_STEP};
    const rg_context *context = rg_graph_context(graph);
    rg_value values[4];
    rg_status status = RG_OK;
    for (size_t i = 0; i < 4 && status == RG_OK; i++) {
        status = rg__normal_argument(&values[i], graph, scatter, indices[i]);
    }
    if (status == RG_OK) {
        *out =
            rg_value_equal(context, graph, values[0], dim) &&
            (is_number(context, values[1], start) || (start == 0 && rg_value_get_kind(values[1]) == RG_VALUE_NONE)) &&
            is_number(context, values[2], start + size) && is_number(context, values[3], 1);
    }
    return status;
}

rg_status rg__rotary_scatter_fits(bool *out, rg_graph *graph, const rg_rotary_scatter *site)
{
    rg_value dim;
    int64_t start = 0;
    *out = true;
    rg_status status = rg__normal_argument(&dim, graph, site->split, SPLIT_DIM);
    for (size_t i = 0; i < 2 && status == RG_OK && *out; i++) {
        int64_t size = 0;
        *out = part_size(&size, graph, site->split, i);
        if (*out) {
            status = writes_part(out, graph, site->scatters[i], dim, start, size);
        }
        start += size;
    }
    return status;
}

rg_status rg__rotary_scatter_is_sound(bool *out, rg_graph *graph, rg_node call, const rg_rotary_scatter *site)
{
    rg_status status = rg__rotary_scatter_fits(out, graph, site);
    for (size_t i = 0; i < 2 && status == RG_OK && *out; i++) {
        rg_alias_set memory = {0};
        status = rg__memory_of(&memory, graph, site->parts[i]);
        if (status == RG_OK) {
            *out = rg_node_is_null(rg__first_use(&memory, graph, rg__use_looks, rg_graph_next(graph, call),
                                                 (rg_node){0}, site->scatters, 2));
        }
        rg__alias_set_free(&memory, graph);
    }
    return status;
}

/*
 * hidden_row.c: finding softmax rows of which everything is hidden.
 */
#include "check/check_impl.h"

/* Numbers that stand for minus infinity are at most this: the lowest of f16 is -65504. */
static const double hidden = -3e4;

static bool is_op(const rg_graph *graph, rg_node node, const char *const *names, size_t count)
{
    rg_string name = rg_op_name(rg_graph_context(graph), rg_node_op(graph, node));
    for (size_t i = 0; i < count; i++) {
        if (rg_string_equal(name, rg_string_from(names[i]))) {
            return true;
        }
    }
    return false;
}

/* The largest of a row is what a written-out softmax subtracts. */
static bool has_hidden_element(const rg_tensor *tensor)
{
    for (uint64_t i = 0; i < rg_tensor_count(tensor); i++) {
        if (rg_tensor_get(tensor, i) <= hidden) {
            return true;
        }
    }
    return false;
}

static bool has_hidden_row(const rg_tensor *tensor, int64_t dim)
{
    rg_tensor_layout layout = rg_tensor_get_layout(tensor);
    uint64_t inner = 1;
    dim = dim < 0 ? dim + layout.rank : dim;
    if (dim < 0 || dim >= layout.rank) {
        return false;
    }
    for (uint32_t i = (uint32_t)dim + 1; i < layout.rank; i++) {
        inner *= (uint64_t)layout.sizes[i];
    }
    uint64_t length = (uint64_t)layout.sizes[dim];
    for (uint64_t row = 0; length > 0 && row < rg_tensor_count(tensor) / length; row++) {
        uint64_t start = row / inner * inner * length + row % inner;
        bool is_hidden = true;
        for (uint64_t i = 0; i < length && is_hidden; i++) {
            is_hidden = rg_tensor_get(tensor, start + i * inner) <= hidden;
        }
        if (is_hidden) {
            return true;
        }
    }
    return false;
}

static bool hides_row_at(const rg_graph *graph, rg_node node, const rg_run *run, uint32_t rank)
{
    static const char *const reductions[] = {"aten.amax.default"};
    static const char *const softmaxes[] = {"aten._softmax.default", "aten.softmax.int", "aten._safe_softmax.default"};
    int64_t dim = 0;
    if (is_op(graph, node, reductions, 1)) {
        const rg_datum *datum = rg_run_value(run, rank, node);
        return datum->kind == RG_DATUM_TENSOR && has_hidden_element(datum->tensor);
    }
    if (!is_op(graph, node, softmaxes, 3) ||
        !rg_value_as_int(rg_graph_context(graph), rg_node_schema_argument(graph, node, 1), &dim)) {
        return false;
    }
    const rg_datum *datum = rg_run_value(run, rank, rg_value_as_node(rg_node_schema_argument(graph, node, 0)));
    return datum->kind == RG_DATUM_TENSOR && has_hidden_row(datum->tensor, dim);
}

bool rg__hides_row(const rg_graph *graph, const rg_run *run)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        for (uint32_t rank = 0; rank < rg_run_ranks(run); rank++) {
            if (hides_row_at(graph, node, run, rank)) {
                return true;
            }
        }
    }
    return false;
}

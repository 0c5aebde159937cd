/*
 * input_values.c: numbers for inputs that make a mistake visible. What the interpreter makes is of the order of 1,
 * where an epsilon of 1e-06 and a clamp at 448 do nothing.
 */
#include <math.h>

#include "check/check_impl.h"

/* Scales, divisors and variances are made positive, and stay as they are: what they are applied to changes. */
static bool is_signed(const rg_tensor *tensor)
{
    for (uint64_t i = 0; i < rg_tensor_count(tensor); i++) {
        if (rg_tensor_get(tensor, i) < 0) {
            return true;
        }
    }
    return false;
}

static double changed(double value, const rg_value_measure *measure)
{
    switch (measure->profile) {
    case RG_VALUES_SMALL:
        return value * sqrt(measure->smallest);
    case RG_VALUES_TINY:
        return value * measure->smallest;
    case RG_VALUES_LARGE:
        return value * measure->largest;
    case RG_VALUES_SHIFTED:
        return value * 0.5 + 8;
    default:
        return value;
    }
}

void rg__set_values(rg_run *run, const rg_graph *graph, const rg_value_measure *measure)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && measure->profile != RG_VALUES_PLAIN;
         node = rg_graph_next(graph, node)) {
        for (uint32_t rank = 0; rank < rg_run_ranks(run); rank++) {
            const rg_datum *datum = rg_run_value(run, rank, node);
            if (rg_node_kind(graph, node) != RG_OP_PLACEHOLDER || datum->kind != RG_DATUM_TENSOR ||
                !rg_dtype_is_float(rg_tensor_get_layout(datum->tensor).dtype) || !is_signed(datum->tensor)) {
                continue;
            }
            for (uint64_t i = 0; i < rg_tensor_count(datum->tensor); i++) {
                rg_tensor_set(datum->tensor, i, changed(rg_tensor_get(datum->tensor, i), measure));
            }
        }
    }
}

void rg__perturb_inputs(rg_run *run, const rg_graph *graph, rg_dtype dtype)
{
    double half = rg__dtype_epsilon(dtype) / 2;
    uint64_t stream = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node), stream++) {
        for (uint32_t rank = 0; rank < rg_run_ranks(run); rank++) {
            const rg_datum *datum = rg_run_value(run, rank, node);
            if (rg_node_kind(graph, node) != RG_OP_PLACEHOLDER || datum->kind != RG_DATUM_TENSOR ||
                rg_tensor_get_layout(datum->tensor).dtype != RG_DTYPE_F64) {
                continue;
            }
            for (uint64_t i = 0; i < rg_tensor_count(datum->tensor); i++) {
                double change = (rg__random_bits(stream, i) & 1) != 0 ? half : -half;
                rg_tensor_set(datum->tensor, i, rg_tensor_get(datum->tensor, i) * (1 + change));
            }
        }
    }
}

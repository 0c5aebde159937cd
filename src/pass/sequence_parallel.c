/*
 * sequence_parallel.c: what the rules of sequence parallelism (rules/vllm/sequence_parallel.py) cannot say.
 *
 * A number of tokens that the group cannot share is left alone. And since every rewritten norm gathers its residual,
 * and the next one takes this device's part of it, the two are taken away between them. vLLM has neither: it hands on
 * the part as if it were the whole, which is right where every norm along the residual is rewritten (`compatible`).
 */
#include "ir/context_impl.h"
#include "pass/walk_nodes.h"

typedef struct settle_ops {
    rg_op slice;
    rg_op gather;
    rg_op scatter;
    rg_op norm;
} settle_ops;

/* Arguments of aten.slice.Tensor. */
enum { SLICE_INPUT, SLICE_DIM, SLICE_START, SLICE_END, SLICE_STEP };
/* Arguments of vllm.all_gather. */
enum { GATHER_INPUT, GATHER_DIM };
/* Arguments of vllm_ir.fused_add_rms_norm. */
enum { NORM_INPUT, NORM_RESIDUAL };

/* As in the rules: a graph with collectives runs on two devices at least. */
static int64_t group_size(const rg_pass_manager *manager)
{
    return rg__config_int_or(manager->config, RG_CONFIG_KEY_tensor_parallel_size, 2);
}

static bool trusts(const rg_pass_manager *manager)
{
    return rg__config_flag(manager->config, RG_CONFIG_KEY_compatible);
}

/* Every device gets as many tokens: refused only where it is known not to be so. */
rg_status rg__sequence_parallel_accept(bool *accept, const rg_match *match, void *user)
{
    const rg_pass_manager *manager = user;
    rg_size tokens = rg_match_size(match, rg_string_from("t"));
    rg_size devices = {0};
    rg_size rest = {0};
    rg_size none = {0};
    *accept = true;
    if (trusts(manager) || rg_size_is_null(tokens)) {
        return RG_OK;
    }
    rg_status status = rg_size_from_int(&devices, manager->context, group_size(manager));
    if (status == RG_OK) {
        status = rg_size_from_int(&none, manager->context, 0);
    }
    if (status == RG_OK) {
        status = rg_size_combine(&rest, manager->context, RG_SIZE_MODULO, tokens, devices);
    }
    *accept = status == RG_OK && rg_size_equal(manager->context, rest, none) != RG_NO;
    return status;
}

bool rg__sequence_parallel_shares(const rg_pass_manager *manager, const rg_compile_range *range)
{
    int64_t devices = group_size(manager);
    return trusts(manager) || range->start != range->end || devices < 1 || range->start % devices == 0;
}

/* ---- parts of what was gathered ---- */

static bool is_int(const rg_context *context, rg_value value, int64_t wanted)
{
    int64_t number = 0;
    return rg_value_as_int(context, value, &number) && number == wanted;
}

/* The size that an argument is, as a number, a size or a node. Null: it is none. */
static rg_status size_of(rg_size *out, const rg_graph *graph, rg_value value)
{
    rg_context *context = rg_graph_context(graph);
    rg_node node = rg_value_as_node(value);
    int64_t number = 0;
    *out = rg_node_is_null(node) ? rg_value_as_size(value) : rg_type_get_size(context, rg_node_type(graph, node));
    return rg_value_as_int(context, value, &number) ? rg_size_from_int(out, context, number) : RG_OK;
}

/* Does the slice begin where this device's part of what `part` is gathered to begins? Its size says where it ends. */
static rg_status begins_at_part(bool *out, const rg_walk *walk, rg_node slice, rg_node part)
{
    rg_context *context = rg_graph_context(walk->graph);
    rg_tensor_type tensor = rg_type_get_tensor(context, rg_node_type(walk->graph, part));
    int64_t rank = rg__config_int_or(walk->manager->config, RG_CONFIG_KEY_tensor_parallel_rank, 0);
    rg_value arguments[SLICE_STEP + 1];
    rg_size start = {0};
    rg_size wanted = {0};
    rg_status status = RG_OK;
    *out = false;
    for (size_t i = SLICE_DIM; i <= SLICE_STEP && status == RG_OK; i++) {
        status = rg__normal_argument(&arguments[i], walk->graph, slice, i);
    }
    if (status != RG_OK || tensor.rank == 0 || !is_int(context, arguments[SLICE_DIM], 0) ||
        !is_int(context, arguments[SLICE_STEP], 1)) {
        return status;
    }
    status = size_of(&start, walk->graph, arguments[SLICE_START]);
    if (status == RG_OK) {
        status = rg_size_from_int(&wanted, context, rank);
    }
    if (status == RG_OK) {
        status = rg_size_combine(&wanted, context, RG_SIZE_MULTIPLY, wanted, tensor.sizes[0]);
    }
    *out = status == RG_OK && !rg_size_is_null(start) && rg_size_equal(context, start, wanted) == RG_YES;
    return status;
}

/* The slice reads all of the part; the sweep that follows takes it away. */
static rg_status read_part(const rg_walk *walk, rg_node slice, rg_node gather)
{
    rg_graph *graph = walk->graph;
    rg_node part = rg_value_as_node(rg_node_schema_argument(graph, gather, GATHER_INPUT));
    bool is_own = false;
    if (rg_node_is_null(part) || !rg__same_sizes(graph, slice, part) ||
        !is_int(rg_graph_context(graph), rg_node_schema_argument(graph, gather, GATHER_DIM), 0)) {
        return RG_OK;
    }
    rg_status status = begins_at_part(&is_own, walk, slice, part);
    if (status != RG_OK || !is_own) {
        return status;
    }
    rg_value start = rg_value_missing();
    status = rg_value_int(&start, rg_graph_context(graph), 0);
    if (status == RG_OK) {
        status = rg_graph_set_argument(graph, slice, SLICE_START, start);
    }
    if (status == RG_OK) {
        status = rg_graph_set_argument(graph, slice, SLICE_INPUT, rg_value_node(part));
    }
    return status == RG_OK && rg_node_use_count(graph, gather) == 0 ? rg_graph_erase(graph, gather) : status;
}

/* Does a norm of the rules take this slice of a residual that all devices have? */
static bool is_own_rows(const rg_graph *graph, rg_node slice, const settle_ops *ops)
{
    for (size_t i = 0; i < rg_node_use_count(graph, slice); i++) {
        rg_use use = rg_node_use(graph, slice, i);
        if (use.argument == NORM_RESIDUAL && rg__calls(graph, use.user, ops->norm)) {
            rg_node input = rg_value_as_node(rg_node_schema_argument(graph, use.user, NORM_INPUT));
            return !rg_node_is_null(input) && rg__calls(graph, input, ops->scatter) &&
                   rg__same_sizes(graph, input, slice);
        }
    }
    return false;
}

static void warn_of_rank(const rg_pass_manager *manager, size_t slices)
{
    if (slices > 0) {
        rg__log(manager, RG_SEVERITY_WARNING,
                "sequence_parallel: of %zu residual%s every device has all rows; this graph is for device %lld of the "
                "group (tensor_parallel_rank)",
                slices, slices == 1 ? "" : "s",
                (long long)rg__config_int_or(manager->config, RG_CONFIG_KEY_tensor_parallel_rank, 0));
    }
}

rg_status rg__sequence_parallel_settle(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    const rg_context *context = rg_graph_context(graph);
    const settle_ops ops = {
        .slice = rg_context_find_op(context, rg_string_from("aten.slice.Tensor")),
        .gather = rg_context_find_op(context, rg_string_from("vllm.all_gather.default")),
        .scatter = rg_context_find_op(context, rg_string_from("vllm.reduce_scatter.default")),
        .norm = rg_context_find_op(context, rg_string_from("vllm_ir.fused_add_rms_norm.default")),
    };
    rg_status status = RG_OK;
    size_t slices = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK && !trusts(walk->manager);
         node = rg_graph_next(graph, node)) {
        rg_node input = rg__calls(graph, node, ops.slice)
                            ? rg_value_as_node(rg_node_schema_argument(graph, node, SLICE_INPUT))
                            : (rg_node){0};
        if (!rg_node_is_null(input) && rg__calls(graph, input, ops.gather)) {
            status = read_part(walk, node, input);
        } else if (!rg_node_is_null(input) && is_own_rows(graph, node, &ops)) {
            slices++;
        }
    }
    if (status == RG_OK) {
        warn_of_rank(walk->manager, slices);
    }
    return status;
}

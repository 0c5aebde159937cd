/*
 * input_role.c: what an input of a graph is for. That follows from the ops that read it, directly or by way of views,
 * casts and copies. make_inputs.c makes numbers that suit the role.
 */
#include "interp/input_role.h"

enum { MAX_ROLE_DEPTH = 10, ARITHMETIC_MARGIN = 4 };

/* ---- what readers say ---- */

/* An argument that holds indices, and the argument and dimension that they index; `dim` -1: the dimension is argument
 * `dim_argument`, -2: the position in the list of indices. */
typedef struct index_use {
    const char *op;
    uint32_t argument;
    uint32_t indexed;
    int32_t dim;
    uint32_t dim_argument;
} index_use;

static const index_use index_uses[] = {
    {"aten.embedding.default", 1, 0, 0, 0},
    {"aten.index.Tensor", 1, 0, -2, 0},
    {"aten._unsafe_index.Tensor", 1, 0, -2, 0},
    {"aten.index_put.default", 1, 0, -2, 0},
    {"aten.index_put_.default", 1, 0, -2, 0},
    {"aten._unsafe_index_put.default", 1, 0, -2, 0},
    {"aten.index_select.default", 2, 0, -1, 1},
    {"aten.gather.default", 2, 0, -1, 1},
    {"aten.scatter.src", 2, 0, -1, 1},
    {"aten.scatter.value", 2, 0, -1, 1},
    {"aten.scatter_add.default", 2, 0, -1, 1},
    {"aten.scatter_reduce.two", 2, 0, -1, 1},
    {"aten.index_add.default", 2, 0, -1, 1},
    {"aten.index_copy.default", 2, 0, -1, 1},
    {"_C.rotary_embedding.default", 0, 4, 0, 0},
    {"_C.fused_qk_norm_rope.default", 10, 8, 0, 0},
    {"vllm.flashinfer_rotary_embedding.default", 0, 4, 0, 0},
    {"vllm.fused_rope_and_unified_kv_cache_update.default", 3, 4, 0, 0},
    {"vllm.fused_rope_unified_mla_kv_cache_update.default", 0, 4, 0, 0},
    {"vllm.fused_qk_norm_rope_and_unified_kv_cache_update.default", 3, 7, 0, 0},
    {"vllm.fused_gated_qk_norm_rope_and_unified_kv_cache_update.default", 1, 5, 0, 0},
};

typedef struct argument_use {
    const char *op;
    uint32_t argument;
} argument_use;

static const argument_use weight_uses[] = {
    {"aten.mm.default", 1},
    {"aten.bmm.default", 1},
    {"aten.addmm.default", 2},
    {"aten.baddbmm.default", 2},
    {"aten.matmul.default", 1},
    {"aten.linear.default", 1},
    {"aten.convolution.default", 1},
    {"aten.conv2d.default", 1},
    {"aten._scaled_mm.default", 1},
    {"aten.conv1d.default", 1},
    {"_C.cutlass_scaled_mm.default", 2},
    {"vllm.bmm_fp8.default", 1},
    {"vllm.fused_bmm_fp8_reduce_scatter.default", 1},
    {"vllm.patched_fused_scaled_matmul_reduce_scatter.default", 1},
    {"symm_mem.fused_matmul_reduce_scatter.default", 1},
    {"symm_mem.fused_all_gather_matmul.default", 1},
    {"symm_mem.fused_all_gather_scaled_matmul.default", 1},
};

static const argument_use bias_uses[] = {
    {"aten.addmm.default", 0},
    {"aten.baddbmm.default", 0},
};

static const argument_use positive_uses[] = {
    {"aten.rsqrt.default", 0}, {"aten.sqrt.default", 0}, {"aten.log.default", 0},   {"aten.reciprocal.default", 0},
    {"aten.div.Tensor", 1},    {"aten.log2.default", 0}, {"aten.log10.default", 0}, {"aten.pow.Tensor_Scalar", 0},
};

static bool is_listed(const argument_use *uses, size_t count, rg_string op, uint32_t argument)
{
    for (size_t i = 0; i < count; i++) {
        if (uses[i].argument == argument && rg_string_equal(op, rg_string_from(uses[i].op))) {
            return true;
        }
    }
    return false;
}
#define IS_LISTED(uses, op, argument) is_listed((uses), sizeof(uses) / sizeof((uses)[0]), (op), (argument))

/* `x` of a power that is not 2: 0.5 and -0.5 are roots. */
static bool is_square(const rg_graph *graph, rg_node user, rg_string op)
{
    int64_t exponent = 0;
    return rg_string_equal(op, rg_string_from("aten.pow.Tensor_Scalar")) &&
           rg_value_as_int(rg_graph_context(graph), rg_node_schema_argument(graph, user, 1), &exponent);
}

static bool contains(rg_string text, const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= text.size; at++) {
        if (memcmp(text.data + at, word, size) == 0) {
            return true;
        }
    }
    return false;
}

/* scale, a_scales, output_scale, running_var, ...: named for being positive. */
static bool is_named_positive(rg_string name)
{
    return contains(name, "scale") || contains(name, "running_var") || contains(name, "rstd");
}

static uint32_t rank_of(const rg_run *run, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    return rg_node_is_null(node) ? 0 : rg_type_get_tensor(run->context, rg_node_type(run->graph, node)).rank;
}

/* Is the argument a vector, and added to a tensor of more dimensions? */
static bool is_bias(const rg_run *run, rg_node user, rg_string op, uint32_t argument, rg_string argument_name)
{
    if (rank_of(run, rg_node_schema_argument(run->graph, user, argument)) != 1) {
        return false;
    }
    bool sum = rg_string_equal(op, rg_string_from("aten.add.Tensor")) && argument < 2;
    return (sum && rank_of(run, rg_node_schema_argument(run->graph, user, 1 - argument)) > 1) ||
           IS_LISTED(bias_uses, op, argument) || rg_string_equal(argument_name, rg_string_from("bias"));
}

/* The schema argument in which a value of this node stands; the count when it is none. `place` gets its place in a
 * list. */
static uint32_t argument_of(const rg_graph *graph, rg_node user, rg_node node, size_t *place)
{
    rg_context *context = rg_graph_context(graph);
    const rg_schema *schema = rg__op_descriptor(context, rg__node_schema_op(graph, user.id))->schema;
    uint32_t count = schema == NULL ? 0 : schema->argument_count;
    for (uint32_t i = 0; i < count; i++) {
        rg_value value = rg_node_schema_argument(graph, user, i);
        if (rg_node_same(rg_value_as_node(value), node)) {
            return i;
        }
        for (size_t k = 0; k < rg_value_count(context, graph, value); k++) {
            if (rg_node_same(rg_value_as_node(rg_value_item(context, graph, value, k)), node)) {
                *place = k;
                return i;
            }
        }
    }
    return UINT32_MAX;
}

/* The size of a dimension of a node's tensor. */
static bool size_of_dim(const rg_run *run, rg_value value, int64_t dim, int64_t *out)
{
    rg_node node = rg_value_as_node(value);
    rg_tensor_type tensor = rg_type_get_tensor(run->context, rg_node_type(run->graph, node));
    dim += dim < 0 ? tensor.rank : 0;
    return dim >= 0 && dim < tensor.rank && rg__run_evaluate(run, tensor.sizes[dim], out);
}

static input_role role_of_use(const rg_run *run, rg_node user, uint32_t argument, size_t place)
{
    const rg_graph *graph = run->graph;
    rg_op op = rg__node_schema_op(graph, user.id);
    rg_string name = rg_op_name(run->context, op);
    const rg_schema *schema = rg__op_descriptor(run->context, op)->schema;
    for (size_t i = 0; i < sizeof(index_uses) / sizeof(index_uses[0]); i++) {
        const index_use *use = &index_uses[i];
        int64_t dim = use->dim == -2 ? (int64_t)place : use->dim;
        int64_t bound = 0;
        if (use->argument != argument || !rg_string_equal(name, rg_string_from(use->op))) {
            continue;
        }
        if (use->dim == -1) {
            (void)rg_value_as_int(run->context, rg_node_schema_argument(graph, user, use->dim_argument), &dim);
        }
        if (size_of_dim(run, rg_node_schema_argument(graph, user, use->indexed), dim, &bound)) {
            return (input_role){RG_INPUT_INDEX, bound};
        }
    }
    if (IS_LISTED(weight_uses, name, argument)) {
        return (input_role){RG_INPUT_WEIGHT, 0};
    }
    if ((IS_LISTED(positive_uses, name, argument) && !is_square(graph, user, name)) ||
        (schema != NULL && argument < schema->argument_count && is_named_positive(schema->arguments[argument].name))) {
        return (input_role){RG_INPUT_POSITIVE, 0};
    }
    if (schema != NULL && argument < schema->argument_count &&
        is_bias(run, user, name, argument, schema->arguments[argument].name)) {
        return (input_role){RG_INPUT_BIAS, 0};
    }
    return (input_role){RG_INPUT_PLAIN, 0};
}

static bool is_product(const rg_run *run, rg_node user)
{
    return rg_string_equal(rg_op_name(run->context, rg_node_op(run->graph, user)), rg_string_from("aten.mul.Tensor"));
}

/* Whether the user hands on what it reads: as it is, or changed a little. */
static bool hands_on(const rg_run *run, rg_node user, uint32_t argument, bool *changed)
{
    uint32_t traits = rg_op_traits(run->context, rg_node_op(run->graph, user));
    rg_string name = rg_op_name(run->context, rg_node_op(run->graph, user));
    bool sum = rg_string_equal(name, rg_string_from("aten.add.Tensor"));
    bool scan = rg_string_equal(name, rg_string_from("aten.cumsum.default"));
    bool read = rg_string_equal(name, rg_string_from("aten.gather.default")) ||
                rg_string_equal(name, rg_string_from("aten.index.Tensor"));
    bool cast = rg_string_equal(name, rg_string_from("prims.convert_element_type.default")) ||
                rg_string_equal(name, rg_string_from("aten._to_copy.default")) ||
                rg_string_equal(name, rg_string_from("aten.clone.default"));
    *changed = sum || scan;
    return argument == 0 && ((traits & RG_TRAIT_VIEW) != 0 || cast || read || sum || scan);
}

/* A number that is added to a tensor, such as an epsilon: it counts if the sum must be positive. */
static bool is_small_addend(const rg_run *run, rg_node user, uint32_t argument)
{
    return argument == 1 && rank_of(run, rg_node_schema_argument(run->graph, user, 1)) == 0 &&
           rg_string_equal(rg_op_name(run->context, rg_node_op(run->graph, user)), rg_string_from("aten.add.Tensor"));
}

/* The strongest role that any reader gives; the smallest bound of indices. */
static input_role role_of(const rg_run *run, rg_node node, uint32_t depth)
{
    input_role best = {RG_INPUT_PLAIN, INT64_MAX};
    for (size_t i = 0; i < rg_node_use_count(run->graph, node) && depth > 0; i++) {
        rg_node user = rg_node_use(run->graph, node, i).user;
        size_t place = 0;
        bool changed = false;
        uint32_t argument = argument_of(run->graph, user, node, &place);
        input_role role = role_of_use(run, user, argument, place);
        if (role.kind == RG_INPUT_PLAIN && is_small_addend(run, user, argument)) {
            input_role sum = role_of(run, user, depth - 1);
            role = sum.kind == RG_INPUT_POSITIVE ? sum : role;
        } else if (role.kind == RG_INPUT_PLAIN && hands_on(run, user, argument, &changed)) {
            role = role_of(run, user, depth - 1);
            if (changed && role.kind == RG_INPUT_INDEX) {
                role.bound = role.bound > ARITHMETIC_MARGIN ? role.bound / ARITHMETIC_MARGIN : 1;
            } else if (changed && role.kind == RG_INPUT_WEIGHT) {
                role.kind = RG_INPUT_PLAIN;
            }
        }
        if (role.kind > best.kind || (role.kind == RG_INPUT_INDEX && role.bound < best.bound)) {
            best = role;
        }
        if (is_product(run, user) && role.kind == RG_INPUT_POSITIVE) {
            best.kind = RG_INPUT_POSITIVE;
        }
    }
    return best;
}

input_role rg__input_role_of(const rg_run *run, rg_node node)
{
    return role_of(run, node, MAX_ROLE_DEPTH);
}

/*
 * matmul_accept.c: which sums with a product become addmm.
 *
 * Inductor forms no addmm on a GPU where only pointwise ops read the sum: its code generator fuses the sum into them.
 * Who reads a result is not the rule's to say, so the condition is here; the configuration turns it on.
 */
#include "ir/context_impl.h"
#include "match/match_impl.h"
#include "pass/pass_impl.h"

static bool is_on_gpu(const rg_graph *graph, rg_node node)
{
    rg_context *context = rg_graph_context(graph);
    rg_type type = rg_node_type(graph, node);
    const char *kind =
        rg_type_get_kind(context, type) == RG_TYPE_TENSOR ? rg_type_get_tensor(context, type).device.kind : NULL;
    return kind != NULL && (strcmp(kind, "cuda") == 0 || strcmp(kind, "xpu") == 0);
}

/* Readers of views and items count for those. What nobody reads is read by pointwise ops only. */
static bool only_pointwise_read(const rg_graph *graph, rg_node node, uint32_t depth)
{
    const rg_context *context = rg_graph_context(graph);
    size_t count = rg_node_use_count(graph, node);
    bool only = depth < context->limits.max_depth;
    for (size_t i = 0; i < count && only; i++) {
        rg_node user = rg_node_use(graph, node, i).user;
        rg_op op = rg_node_op(graph, user);
        uint32_t traits = rg_op_traits(context, op);
        bool is_item = rg_node_kind(graph, user) == RG_OP_OPERATOR &&
                       rg_string_equal(rg_op_name(context, op), rg_string_from("operator.getitem"));
        only = (traits & RG_TRAIT_VIEW) != 0 || is_item
                   ? only_pointwise_read(graph, user, depth + 1)
                   : rg_node_kind(graph, user) == RG_OP_OVERLOAD && (traits & RG_TRAIT_ELEMENTWISE) != 0;
    }
    return only;
}

rg_status rg__matmul_accept(bool *accept, const rg_match *match, void *user)
{
    const rg_pass_manager *manager = user;
    const rg_graph *graph = rg_match_graph(match);
    rg_node root = rg_match_root(match);
    bool is_sum = rg_string_equal(match->rule->rule, rg_string_from("addmm"));
    *accept = !is_sum || !rg__config_flag(manager->config, RG_CONFIG_KEY_keep_fusible_sums) ||
              !is_on_gpu(graph, root) || !only_pointwise_read(graph, root, 0);
    return RG_OK;
}

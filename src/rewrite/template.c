/*
 * template.c: what of a rule's replacement is the same for every match: which nodes are made, in order, and what has to
 * be asked about each. Made when a rule is first applied. Read plan.c next.
 */
#include "rewrite/rewrite_impl.h"
#include "rule/repetition.h"

/* Does the value hold a size that is no number? */
static bool holds_size(const rg_context *context, const rg_graph *graph, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        return true;
    }
    size_t count = rg_value_count(context, graph, value);
    for (size_t i = 0; i < count; i++) {
        if (holds_size(context, graph, rg_value_item(context, graph, value, i))) {
            return true;
        }
    }
    return false;
}

/* An item of a captured list, which the list of a match may lack. */
static bool reads_item(const rg_rule *rule, rg_node node)
{
    const rg_graph *graph = rule->replacement;
    rg_node list = rg_value_as_node(rg_node_argument(graph, node, 0));
    for (size_t i = 0; i < rule->input_count && !rg_node_is_null(list); i++) {
        if (rule->inputs[i].kind == RG_RULE_INPUT_TENSOR_LIST && rg_node_same(rule->inputs[i].replacement, list)) {
            return rg_string_equal(rg_op_name(rg_graph_context(graph), rg_node_op(graph, node)),
                                   rg_string_from("operator.getitem"));
        }
    }
    return false;
}

/* A conversion of one value to a dtype that is written out, and no result: a result would then be the captured value
 * itself where there is nothing to convert. */
static bool converts(const rg_graph *graph, rg_node node)
{
    if ((rg_op_traits(rg_graph_context(graph), rg_node_op(graph, node)) & RG_TRAIT_CASTS) == 0 ||
        rg_node_argument_count(graph, node) != 2 ||
        rg_value_get_kind(rg_node_schema_argument(graph, node, 0)) != RG_VALUE_NODE ||
        rg_value_get_kind(rg_node_argument(graph, node, 1)) != RG_VALUE_DTYPE) {
        return false;
    }
    for (size_t i = 0; i < rg_node_use_count(graph, node); i++) {
        if (rg_node_kind(graph, rg_node_use(graph, node, i).user) == RG_OP_OUTPUT) {
            return false;
        }
    }
    return true;
}

static rg_template_node describe(const rg_rule *rule, rg_node node)
{
    const rg_graph *graph = rule->replacement;
    rg_op_kind kind = rg_node_kind(graph, node);
    rg_template_node described = {.node = node,
                                  .op = rg_node_op(graph, node),
                                  .argument_count = rg__node_visible_count(graph, node.id),
                                  .rest = UINT32_MAX,
                                  .call = graph->calls[node.id]};
    described.is_list = rg__node_is_marker(graph, node, RG_LIST_OF);
    described.has_target = kind == RG_OP_GET_ATTR || kind == RG_OP_CALL_MODULE;
    described.folds = kind == RG_OP_OPERATOR || kind == RG_OP_FUNCTION;
    described.converts = converts(graph, node);
    described.reads_item = reads_item(rule, node);
    for (uint32_t i = 0; i < described.argument_count; i++) {
        rg_value argument = rg__node_argument(graph, node.id, i);
        described.has_sizes = described.has_sizes || holds_size(rg_graph_context(graph), graph, argument);
        described.rest = rg_node_is_null(rg__rest_list(graph, argument)) ? described.rest : i;
    }
    /* A wrapper is spelled by the op that it wraps, too. */
    bool is_wrapper = rg__op_is_wrapper(rg_graph_context(graph), described.op);
    bool names_wrapped =
        described.argument_count != 0 && rg_value_get_kind(rg__node_argument(graph, node.id, 0)) == RG_VALUE_OP;
    if (described.rest != UINT32_MAX || (is_wrapper && !names_wrapped)) {
        described.call = RG_CALL_UNKNOWN;
    }
    return described;
}

/* The node that each result is; null for a constant. */
static void find_results(rg_node *results, const rg_rule *rule)
{
    for (uint32_t i = 0; i < rule->compiled->result_count; i++) {
        results[i] = rg_value_as_node(rg__output_item(rule->replacement, i));
    }
}

static rg_status make_template(rg_template **out, rg_rewrite *rewrite, const rg_rule *rule)
{
    const rg_graph *graph = rule->replacement;
    rg_arena *arena = &rewrite->lasting;
    size_t room = (size_t)graph->id_count + 1;
    rg_template *made = rg__arena_allocate_zero(arena, sizeof(*made));
    rg_template_node *nodes = rg__arena_allocate(arena, room * sizeof(*nodes));
    rg_node *results = rg__arena_allocate(arena, rule->compiled->result_count * sizeof(*results));
    uint32_t *zeros = rg__arena_allocate_zero(arena, room * sizeof(*zeros));
    uint32_t *locals = NULL;
    if (made == NULL || nodes == NULL || results == NULL || zeros == NULL) {
        return rg__report_memory(rewrite->context);
    }
    rg_status status = rg__rewrite_find_locals(&locals, rule, arena);
    if (status != RG_OK) {
        return status;
    }
    find_results(results, rule);
    *made = (rg_template){.rule = rule, .nodes = nodes, .results = results, .locals = locals, .one_group = zeros};
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_op_kind kind = rg_node_kind(graph, node);
        bool is_rest = rule->compiled->replaces_lists && rg__node_is_marker(graph, node, RG_REST_OF);
        if (kind != RG_OP_PLACEHOLDER && kind != RG_OP_OUTPUT && !is_rest) {
            nodes[made->node_count++] = describe(rule, node);
        }
    }
    *out = made;
    return RG_OK;
}

rg_status rg__rewrite_find_template(rg_rewrite *rewrite, const rg_match *match)
{
    const rg_allocator *allocator = &rewrite->context->allocator;
    size_t index = match->rule_index;
    if (index < rewrite->templates.count && rewrite->templates.items[index] != NULL) {
        rewrite->template = rewrite->templates.items[index];
        return RG_OK;
    }
    rg_template *made = NULL;
    rg_status status = make_template(&made, rewrite, match->rule);
    if (status != RG_OK) {
        return status;
    }
    if (!rg__vector_reserve(allocator, &rewrite->templates, (uint64_t)index + 1)) {
        return rg__report_memory(rewrite->context);
    }
    while (rewrite->templates.count <= index) {
        rewrite->templates.items[rewrite->templates.count++] = NULL;
    }
    rewrite->templates.items[index] = made;
    rewrite->template = made;
    return RG_OK;
}

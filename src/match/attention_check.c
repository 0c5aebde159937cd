/*
 * attention_check.c: the checks that Inductor's attention patterns are registered with: which devices, which scale,
 * which dtypes, which mask. They decide about matches that the expressions have made.
 */
#include <regraft/expression_explain.h>

#include "ir/context_impl.h"
#include "text/word.h"

/* One row for each pattern whose check is not the plain one. */
typedef struct rg_attention_check {
    uint32_t number;
    const char *variant;  /* must stand in the name; "": any */
    const char *scale_op; /* the first call of it has the scale as its second argument; NULL: nothing is asked */
    bool refuses_cuda;
    bool is_open; /* accepts whatever matches */
} rg_attention_check;

static const char div_tensor[] = "aten.div.Tensor";
static const char mul_tensor[] = "aten.mul.Tensor";
static const char mul_scalar[] = "aten.mul.Scalar";

static const rg_attention_check checks[] = {
    {1, "", div_tensor, false, false},
    {2, "", mul_tensor, false, false},
    {3, "", div_tensor, false, false},
    {4, "", mul_tensor, false, false},
    {11, "", div_tensor, false, false},
    {12, "", div_tensor, false, false},
    {14, "", div_tensor, false, false},
    {15, "", div_tensor, false, false},
    {16, "_mask_fp32", div_tensor, true, false}, /* in builds for CUDA, not for ROCm */
    {16, "", div_tensor, false, false},
    {17, "", div_tensor, false, false},
    {24, "", NULL, false, true}, /* registered with the function that makes checks, which answers yes */
    {25, "", NULL, true, false},
    {26, "", NULL, true, false},
    {27, "", NULL, true, false},
    {28, "", mul_tensor, false, false},
    {29, "", mul_scalar, false, false},
    {30, "", mul_scalar, false, false},
};

static const rg_attention_check plain_check = {0, "", NULL, false, false};

static bool contains(rg_string text, const char *word)
{
    for (size_t i = 0; i < text.size; i++) {
        if (rg__starts_with(rg__skip(text, i), word)) {
            return true;
        }
    }
    return false;
}

/* The check of the pattern with this name; NULL when it is none of Inductor's. */
static const rg_attention_check *find_check(rg_string name)
{
    static const char start[] = "_sfdp_pattern_";
    uint32_t number = 0;
    if (!rg__starts_with(name, start)) {
        return NULL;
    }
    for (size_t i = sizeof start - 1; i < name.size && name.data[i] >= '0' && name.data[i] <= '9' && number < 1000;
         i++) {
        number = 10 * number + (uint32_t)(name.data[i] - '0');
    }
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (checks[i].number == number && contains(name, checks[i].variant)) {
            return &checks[i];
        }
    }
    return &plain_check;
}

static void refuse(rg_expression_refusal *out, rg_node node, const char *sentence, const char *remedy)
{
    *out = (rg_expression_refusal){true, rg_string_from(sentence), rg_string_from(remedy), node};
}

/* The first matched node that calls the op; null: there is none. */
static rg_node find_call(const rg_expression_match *match, const char *op)
{
    const rg_graph *graph = rg_expression_match_graph(match);
    for (size_t i = 0; i < rg_expression_match_node_count(match); i++) {
        rg_node node = rg_expression_match_node(match, i);
        if (rg__is_word(rg_op_name(rg_graph_context(graph), rg_node_op(graph, node)), op)) {
            return node;
        }
    }
    return (rg_node){0};
}

static rg_tensor_type tensor_of(const rg_graph *graph, rg_node node)
{
    return rg_type_get_tensor(rg_graph_context(graph), rg_node_type(graph, node));
}

/* Two dtypes, or two devices, that are both known and not the same. */
static bool dtypes_differ(rg_tensor_type a, rg_tensor_type b)
{
    return a.dtype != RG_DTYPE_NONE && b.dtype != RG_DTYPE_NONE && a.dtype != b.dtype;
}

static bool devices_differ(rg_tensor_type a, rg_tensor_type b)
{
    return a.device.kind != NULL && b.device.kind != NULL &&
           (strcmp(a.device.kind, b.device.kind) != 0 || a.device.index != b.device.index);
}

static void judge_inputs(rg_expression_refusal *out, const rg_graph *graph, const rg_node *inputs,
                         bool allows_tensorfloat)
{
    rg_tensor_type query = tensor_of(graph, inputs[0]);
    for (size_t i = 1; i < 3; i++) {
        rg_tensor_type other = tensor_of(graph, inputs[i]);
        if (dtypes_differ(query, other)) {
            refuse(out, inputs[i], "Inductor's check wants query, key and value to be of one dtype", "");
            return;
        }
        if (devices_differ(query, other)) {
            refuse(out, inputs[i], "Inductor's check wants query, key and value to be on one device", "");
            return;
        }
    }
    bool is_cuda = query.device.kind != NULL && strcmp(query.device.kind, "cuda") == 0;
    if (is_cuda && query.dtype == RG_DTYPE_F32 && !allows_tensorfloat) {
        refuse(
            out, inputs[0],
            "query, key and value are float32 on CUDA: there Inductor's check refuses unless matrix products may use "
            "TF32, and by default they may not",
            "torch.set_float32_matmul_precision('high'), or compute in half precision");
    }
}

static void judge_mask(rg_expression_refusal *out, const rg_expression_match *match, rg_node query_node)
{
    const rg_graph *graph = rg_expression_match_graph(match);
    rg_node add = find_call(match, "aten.add.Tensor");
    rg_value value = rg_node_argument(graph, add, 1);
    rg_node node = rg_value_as_node(value);
    rg_tensor_type query = tensor_of(graph, query_node);
    rg_tensor_type mask = tensor_of(graph, node);
    if (rg_node_is_null(add)) {
        return;
    }
    if (rg_node_is_null(node)) {
        refuse(out, add, "Inductor's check wants the mask to be a tensor, and a number is added", "");
    } else if (mask.dtype != RG_DTYPE_BOOL && mask.dtype != RG_DTYPE_F32 && dtypes_differ(mask, query)) {
        refuse(out, node, "Inductor's check wants a mask of the query's dtype, of float32 or of bool",
               "cast the mask to the query's dtype");
    } else if (devices_differ(mask, query)) {
        refuse(out, node, "Inductor's check wants the mask to be on the query's device", "");
    } else if (mask.dtype != RG_DTYPE_NONE && mask.rank == 0) {
        refuse(out, node, "Inductor's check refuses a mask without dimensions", "");
    }
}

static bool is_number(rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    return kind == RG_VALUE_INT || kind == RG_VALUE_FLOAT || kind == RG_VALUE_BOOL;
}

rg_status rg_attention_judge_match(rg_expression_refusal *out, const rg_expression_match *match, void *user)
{
    static const char *const names[] = {"query", "key", "value"};
    const rg_attention_judge *given = user;
    const rg_attention_check *check = find_check(given->pattern);
    const rg_graph *graph = rg_expression_match_graph(match);
    rg_node inputs[3];
    *out = (rg_expression_refusal){.refused = false};
    for (size_t i = 0; i < 3; i++) {
        inputs[i] = rg_value_as_node(rg_expression_match_keyword(match, rg_string_from(names[i])));
    }
    if (check == NULL || check->is_open) {
        return RG_OK;
    }
    const char *device = tensor_of(graph, inputs[0]).device.kind;
    if (check->refuses_cuda && device != NULL && strcmp(device, "cuda") == 0) {
        refuse(out, inputs[0], "Inductor's check of this pattern refuses every match on CUDA",
               "the pass attention of regraft, whose rules hold on CUDA too");
        return RG_OK;
    }
    if (check->scale_op != NULL) {
        rg_node scale = find_call(match, check->scale_op);
        if (!rg_node_is_null(scale) && !is_number(rg_node_argument(graph, scale, 1))) {
            refuse(out, scale, "Inductor's check wants the scale to be a number, and it is a value of the graph",
                   "make the scale a number before the graph is traced");
            return RG_OK;
        }
    }
    judge_inputs(out, graph, inputs, given->allows_tensorfloat);
    if (!out->refused) {
        judge_mask(out, match, inputs[0]);
    }
    return RG_OK;
}

/*
 * expression_call.c: one call against one node: target, users, then the arguments, in the order of section 4 of
 * doc/expressions.md. The first test that fails decides.
 */
#include "match/expression_impl.h"

#include "ir/context_impl.h"
#include "text/word.h"

/* ---- targets (P6, P7) ---- */

static bool is_function(rg_op_kind kind)
{
    return kind == RG_OP_OVERLOAD || kind == RG_OP_HIGHER_ORDER || kind == RG_OP_OPERATOR || kind == RG_OP_FUNCTION;
}

/* "aten.add", or "aten.add." and one more word. */
static bool is_overload_of(rg_string name, rg_string packet)
{
    if (name.size < packet.size || memcmp(name.data, packet.data, packet.size) != 0) {
        return false;
    }
    rg_string rest = rg__skip(name, packet.size);
    return rest.size == 0 || (rest.data[0] == '.' && memchr(rest.data + 1, '.', rest.size - 1) == NULL);
}

static bool fits_name(const rg_expression_target *target, rg_string name)
{
    static const char higher_order[] = "higher_order.";
    switch (target->kind) {
    case RG_TARGET_PACKET:
        return is_overload_of(name, target->name);
    case RG_TARGET_BARE:
        if (rg__starts_with(name, higher_order)) {
            name = rg__skip(name, sizeof higher_order - 1);
        }
        return rg_string_equal(name, target->name);
    case RG_TARGET_OP: /* compared by handle */
    case RG_TARGET_CLASS:
        break;
    }
    return false;
}

static bool fits_function(const rg_expression_matcher *matcher, const rg_expression_node *call, rg_op op)
{
    rg_string name = {NULL, 0};
    for (uint32_t i = 0; i < call->target_count; i++) {
        const rg_expression_target *target = &call->targets[i];
        if (target->kind == RG_TARGET_OP && rg_op_same(op, target->op)) {
            return true;
        }
        if (target->kind != RG_TARGET_OP && name.data == NULL) {
            name = rg_op_name(matcher->context, op);
        }
        if (target->kind != RG_TARGET_OP && fits_name(target, name)) {
            return true;
        }
    }
    return false;
}

/* The class of the module that a call_module node calls; empty when nobody knows. */
static rg_string module_class(const rg_expression_matcher *matcher, rg_node node)
{
    rg_string nothing = {"", 0};
    return matcher->options.module_class == NULL
               ? nothing
               : matcher->options.module_class(matcher->options.user, matcher->graph, node);
}

static bool fits_class(const rg_expression_node *call, rg_string name)
{
    for (uint32_t i = 0; i < call->target_count; i++) {
        if (rg_string_equal(call->targets[i].name, name)) {
            return true;
        }
    }
    return false;
}

bool rg__expression_fits_target(const rg_expression_matcher *matcher, const rg_expression_node *call, rg_value value)
{
    rg_node node = rg_value_as_node(value);
    rg_op op = rg_node_op(matcher->graph, node);
    rg_op_kind kind = rg_node_kind(matcher->graph, node);
    if (rg_node_is_null(node)) {
        return false;
    }
    switch ((rg_expression_kind)call->kind) {
    case RG_EXPRESSION_CALL_FUNCTION:
        return is_function(kind) && fits_function(matcher, call, op);
    case RG_EXPRESSION_CALL_METHOD:
        return kind == RG_OP_METHOD && fits_function(matcher, call, op);
    case RG_EXPRESSION_CALL_MODULE:
        return kind == RG_OP_CALL_MODULE && fits_class(call, module_class(matcher, node));
    default:
        return false;
    }
}

static rg_expression_reason target_reason(const rg_expression_matcher *matcher, const rg_expression_node *call,
                                          rg_value value)
{
    rg_node node = rg_value_as_node(value);
    bool is_unknown = call->kind == RG_EXPRESSION_CALL_MODULE && !rg_node_is_null(node) &&
                      rg_node_kind(matcher->graph, node) == RG_OP_CALL_MODULE && module_class(matcher, node).size == 0;
    return is_unknown ? RG_EXPRESSION_REASON_MODULE_CLASS : RG_EXPRESSION_REASON_TARGET;
}

/* T2 */
static bool fits_users(const rg_expression_matcher *matcher, const rg_expression_scope *scope, uint32_t part,
                       rg_node node)
{
    uint32_t users = matcher->expression->nodes[part].users;
    return scope->outputs[part] || users == RG_EXPRESSION_MULTIPLE || rg_node_user_count(matcher->graph, node) == users;
}

/* ---- keywords (T3 to T6) ---- */

/* A call's arguments as they are compared. */
typedef struct rg_compared_arguments {
    rg_value *values; /* positional ones, then keywords */
    uint32_t count;
    bool keywords_fit; /* the keywords are those of the pattern, in its order */
} rg_compared_arguments;

static bool names_keyword(const rg_expression_node *call, rg_string name)
{
    for (uint32_t i = 0; i < call->keyword_count; i++) {
        if (rg_string_equal(call->keywords[i], name)) {
            return true;
        }
    }
    return false;
}

/* Take a keyword if the pattern names it. */
static void take_keyword(rg_compared_arguments *out, const rg_expression_node *call, rg_string name, rg_value value)
{
    if (!names_keyword(call, name)) {
        return;
    }
    uint32_t index = out->count - (call->child_count - call->keyword_count);
    out->keywords_fit = out->keywords_fit && rg_string_equal(call->keywords[index], name);
    out->values[out->count++] = value;
}

/* T3b: the keywords that are written. */
static void take_written(rg_compared_arguments *out, const rg_expression_matcher *matcher,
                         const rg_expression_node *call, rg_node node)
{
    size_t count = rg_node_argument_count(matcher->graph, node);
    for (size_t i = rg_node_positional_count(matcher->graph, node); i < count; i++) {
        take_keyword(out, call, rg_node_argument_name(matcher->graph, node, i),
                     rg_node_argument(matcher->graph, node, i));
    }
}

/* torch.fx calls an operator's `self` argument `input`. */
static rg_string signature_name(const rg_argument_info *info)
{
    return rg__is_word(info->name, "self") ? rg_string_from("input") : info->name;
}

typedef enum rg_signature { RG_SIGNATURE_FITS, RG_SIGNATURE_REFUSED, RG_SIGNATURE_ERROR } rg_signature;

/* `from` is a word of Python, so torch.fx takes no schema with such an argument, except the one of random_ and
 * uniform_. */
static bool is_refused_name(const rg_argument_info *info, size_t index, size_t count)
{
    return rg__is_word(info->name, "from") && !(index == 1 && count == 4);
}

/* T3a: a call's keywords by its op's schema: every argument behind the positional ones, in schema order, defaults
 * filled in. */
static rg_signature take_normalised(rg_compared_arguments *out, const rg_expression_matcher *matcher,
                                    const rg_expression_node *call, rg_node node)
{
    rg_context *context = matcher->context;
    rg_op op = rg_node_op(matcher->graph, node);
    size_t positional = rg_node_positional_count(matcher->graph, node);
    size_t written = rg_node_argument_count(matcher->graph, node) - positional;
    if (rg_node_kind(matcher->graph, node) != RG_OP_OVERLOAD || !rg_op_has_schema(context, op)) {
        return RG_SIGNATURE_REFUSED;
    }
    size_t count = rg_op_argument_count(context, op);
    size_t found = 0;
    if (positional > count || count - positional < call->keyword_count) {
        return RG_SIGNATURE_REFUSED;
    }
    for (size_t i = 0; i < count; i++) {
        rg_argument_info info;
        if (rg_op_argument(&info, context, op, i) != RG_OK) {
            return RG_SIGNATURE_ERROR;
        }
        if ((i < positional && info.keyword_only) || is_refused_name(&info, i, count)) {
            return RG_SIGNATURE_REFUSED;
        }
        if (i < positional) {
            continue;
        }
        rg_value value = rg_node_keyword(matcher->graph, node, signature_name(&info));
        found += rg_value_is_missing(value) ? 0 : 1;
        value = rg_value_is_missing(value) ? info.default_value : value;
        if (rg_value_is_missing(value)) {
            return RG_SIGNATURE_REFUSED;
        }
        take_keyword(out, call, signature_name(&info), value);
    }
    return found == written ? RG_SIGNATURE_FITS : RG_SIGNATURE_REFUSED;
}

static rg_outcome take_arguments(rg_compared_arguments *out, rg_expression_matcher *matcher, uint32_t part,
                                 rg_node node)
{
    const rg_expression_node *call = &matcher->expression->nodes[part];
    uint32_t positional = call->child_count - call->keyword_count;
    size_t written = rg_node_argument_count(matcher->graph, node) - positional;
    *out = (rg_compared_arguments){.count = positional, .keywords_fit = true};
    out->values = rg__arena_allocate(&matcher->arena, call->child_count * sizeof *out->values);
    if (out->values == NULL) {
        return rg__expression_out_of_memory(matcher);
    }
    for (uint32_t i = 0; i < positional; i++) {
        out->values[i] = rg_node_argument(matcher->graph, node, i);
    }
    if (matcher->observer != NULL && matcher->observer->swapped == part && positional >= 2) {
        out->values[0] = rg_node_argument(matcher->graph, node, 1);
        out->values[1] = rg_node_argument(matcher->graph, node, 0);
    }
    rg_signature signature = RG_SIGNATURE_FITS;
    if (written < call->keyword_count) {
        signature = take_normalised(out, matcher, call, node);
    } else {
        take_written(out, matcher, call, node);
    }
    if (signature == RG_SIGNATURE_ERROR) {
        return rg__expression_out_of_memory(matcher);
    }
    if (signature == RG_SIGNATURE_REFUSED) {
        return rg__expression_fail(matcher, RG_EXPRESSION_REASON_NO_SCHEMA, part, rg_value_node(node));
    }
    out->keywords_fit = out->keywords_fit && out->count == call->child_count;
    return out->keywords_fit ? RG_OUTCOME_MATCH
                             : rg__expression_fail(matcher, RG_EXPRESSION_REASON_STRUCTURE, part, rg_value_node(node));
}

/* ---- tree mode (T9) ---- */

/* What a value is in a tree: a sequence, another container, or a leaf. */
typedef enum rg_tree_class { RG_TREE_LEAF, RG_TREE_SEQUENCE, RG_TREE_DICT, RG_TREE_RECORD } rg_tree_class;

static rg_tree_class tree_class(rg_value_kind kind)
{
    switch (kind) {
    case RG_VALUE_LIST:
    case RG_VALUE_TUPLE:
        return RG_TREE_SEQUENCE;
    case RG_VALUE_DICT:
        return RG_TREE_DICT;
    case RG_VALUE_RECORD:
        return RG_TREE_RECORD;
    default:
        return RG_TREE_LEAF;
    }
}

/* Is item `index` of a container a key or a class's name, and no value? */
static bool is_key(rg_tree_class class, size_t index)
{
    return class == RG_TREE_DICT ? index % 2 == 0 : class == RG_TREE_RECORD && index == 0;
}

/* Append the value's leaves, if its tree has the shape of the part's. Recurses as deep as the part. */
static bool take_leaves(rg_value **leaves, const rg_expression_matcher *matcher, uint32_t part, rg_value value)
{
    const rg_expression *expression = matcher->expression;
    const rg_expression_node *node = &expression->nodes[part];
    rg_tree_class class = tree_class(rg_value_get_kind(value));
    if (node->kind != RG_EXPRESSION_ITEMS) {
        *(*leaves)++ = value;
        return class == RG_TREE_LEAF;
    }
    if (class != tree_class((rg_value_kind)node->item_kind) ||
        rg_value_count(matcher->context, matcher->graph, value) != node->child_count) {
        return false;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        rg_value item = rg_value_item(matcher->context, matcher->graph, value, i);
        const rg_expression_node *child = &expression->nodes[node->children[i]];
        bool fits = is_key(class, i) ? rg_value_python_equal(matcher->context, matcher->graph, child->constant, item)
                                     : take_leaves(leaves, matcher, node->children[i], item);
        if (!fits) {
            return false;
        }
    }
    return true;
}

/* The values that the pattern's leaves are compared with; NULL after a failure, which is in `outcome`. */
static rg_value *flatten(rg_outcome *outcome, rg_expression_matcher *matcher, uint32_t part, rg_node node,
                         const rg_compared_arguments *arguments)
{
    const rg_expression_node *call = &matcher->expression->nodes[part];
    if (!call->is_tree) {
        return arguments->values;
    }
    rg_value *leaves = rg__arena_allocate(&matcher->arena, ((size_t)call->leaf_count + 1) * sizeof *leaves);
    rg_value *end = leaves;
    if (leaves == NULL) {
        *outcome = rg__expression_out_of_memory(matcher);
        return NULL;
    }
    for (uint32_t i = 0; i < call->child_count; i++) {
        if (!take_leaves(&end, matcher, call->children[i], arguments->values[i])) {
            *outcome = rg__expression_fail(matcher, RG_EXPRESSION_REASON_STRUCTURE, part, rg_value_node(node));
            return NULL;
        }
    }
    return leaves;
}

/* ---- leaves (T10) ---- */

static rg_outcome match_leaf(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                             uint32_t part, uint32_t leaf, rg_node node, rg_value value)
{
    const rg_expression_node *child = &matcher->expression->nodes[leaf];
    if (rg__expression_is_pattern(child)) {
        rg_gathered gathered = {0};
        rg_outcome outcome = rg__expression_match(&gathered, matcher, scope, leaf, value);
        if (!rg__expression_goes_on(matcher, outcome)) {
            return outcome;
        }
        rg_outcome merged = rg__expression_merge(out, matcher, &gathered);
        if (merged == RG_OUTCOME_FAIL && matcher->observer != NULL) {
            rg__expression_observe_reader(matcher, part, node);
        }
        return rg__expression_worse(outcome, merged);
    }
    if (rg_value_get_kind(value) != RG_VALUE_NODE &&
        rg_value_python_equal(matcher->context, matcher->graph, child->constant, value)) {
        return RG_OUTCOME_MATCH;
    }
    rg_expression_failure failure = {.reason = RG_EXPRESSION_REASON_CONSTANT,
                                     .part = {part},
                                     .value = rg_value_node(node),
                                     .found = value,
                                     .constant = {leaf}};
    return rg__expression_refuse(matcher, &failure);
}

static rg_outcome match_arguments(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                  uint32_t part, rg_node node)
{
    const rg_expression_node *call = &matcher->expression->nodes[part];
    rg_compared_arguments arguments;
    rg_outcome outcome = take_arguments(&arguments, matcher, part, node);
    if (outcome != RG_OUTCOME_MATCH) {
        return matcher->observer == NULL ? outcome : rg__expression_observe_positions(out, matcher, scope, part, node);
    }
    const rg_value *leaves = flatten(&outcome, matcher, part, node, &arguments);
    if (leaves == NULL) {
        return matcher->observer == NULL ? outcome : rg__expression_observe_positions(out, matcher, scope, part, node);
    }
    for (uint32_t i = 0; i < call->leaf_count && rg__expression_goes_on(matcher, outcome); i++) {
        rg_outcome next = match_leaf(out, matcher, scope, part, call->leaves[i], node, leaves[i]);
        outcome = rg__expression_worse(outcome, next);
    }
    return outcome;
}

/* P8: every argument is captured as it is written. */
static rg_outcome capture_arguments(rg_gathered *out, rg_expression_matcher *matcher, rg_node node)
{
    size_t count = rg_node_argument_count(matcher->graph, node);
    size_t positional = rg_node_positional_count(matcher->graph, node);
    for (size_t i = 0; i < count; i++) {
        rg_value value = rg_node_argument(matcher->graph, node, i);
        rg_string name = rg_node_argument_name(matcher->graph, node, i);
        bool added = i < positional ? rg__expression_add_arg(out, matcher, value)
                                    : rg__expression_add_keyword(out, matcher, name, value);
        if (!added) {
            return rg__expression_out_of_memory(matcher);
        }
    }
    return RG_OUTCOME_MATCH;
}

rg_outcome rg__expression_match_call(rg_gathered *out, rg_expression_matcher *matcher, rg_expression_scope *scope,
                                     uint32_t part, rg_value value)
{
    const rg_expression_node *call = &matcher->expression->nodes[part];
    rg_node node = rg_value_as_node(value);
    rg_outcome outcome = RG_OUTCOME_MATCH;
    if (!rg__expression_fits_target(matcher, call, value)) {
        outcome = rg__expression_fail(matcher, target_reason(matcher, call, value), part, value);
        return matcher->observer == NULL ? outcome : rg__expression_observe_around(out, matcher, scope, part, node);
    }
    if (matcher->observer != NULL) {
        rg__expression_observe_call(matcher, part, node);
    }
    if (!call->var_args && rg_node_positional_count(matcher->graph, node) != call->child_count - call->keyword_count) {
        outcome = rg__expression_fail(matcher, RG_EXPRESSION_REASON_ARGUMENT_COUNT, part, value);
        return matcher->observer == NULL ? outcome : rg__expression_observe_positions(out, matcher, scope, part, node);
    }
    if (!fits_users(matcher, scope, part, node)) {
        outcome = rg__expression_fail(matcher, RG_EXPRESSION_REASON_USERS, part, value);
    }
    if (rg__expression_goes_on(matcher, outcome)) {
        rg_outcome next =
            call->var_args ? capture_arguments(out, matcher, node) : match_arguments(out, matcher, scope, part, node);
        outcome = rg__expression_worse(outcome, next);
    }
    if (outcome == RG_OUTCOME_MATCH && !rg__expression_add_node(out, matcher, node)) {
        return rg__expression_out_of_memory(matcher);
    }
    return outcome;
}

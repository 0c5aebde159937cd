/*
 * expression.c: building pattern expressions, and looking at them.
 *
 * A builder collects parts in order; a part's children were made before it, so an expression with root `r` consists of
 * the parts 1 .. r. Building it copies them.
 */
#include "match/expression_impl.h"

#include "ir/context_impl.h"
#include "text/word.h"

struct rg_expression_builder {
    rg_context *context;
    rg_arena arena;
    RG_VECTOR(rg_expression_node) nodes; /* nodes[0] is no part */
};

rg_status rg_expression_builder_create(rg_expression_builder **out, rg_context *context)
{
    const rg_allocator *allocator = &context->allocator;
    *out = NULL;
    rg_expression_builder *builder = rg__allocate(allocator, sizeof *builder);
    if (builder == NULL) {
        return rg__report_memory(context);
    }
    *builder = (rg_expression_builder){.context = context};
    rg__arena_init(&builder->arena, allocator);
    if (!rg__vector_push(allocator, &builder->nodes, (rg_expression_node){0})) {
        rg_expression_builder_destroy(builder);
        return rg__report_memory(context);
    }
    *out = builder;
    return RG_OK;
}

void rg_expression_builder_destroy(rg_expression_builder *builder)
{
    if (builder == NULL) {
        return;
    }
    rg_allocator allocator = builder->context->allocator;
    rg__vector_free(&allocator, &builder->nodes);
    rg__arena_free(&builder->arena);
    rg__free(&allocator, builder, sizeof *builder);
}

/* ---- parts ---- */

static rg_status add_part(rg_expression_part *out, rg_expression_builder *builder, const rg_expression_node *node)
{
    out->id = 0;
    if (node->height > RG_EXPRESSION_MAX_HEIGHT) {
        return rg__report(builder->context, RG_ERROR_LIMIT, "an expression of more than %d levels",
                          (int)RG_EXPRESSION_MAX_HEIGHT);
    }
    uint32_t id = builder->nodes.count;
    if (!rg__vector_push(&builder->context->allocator, &builder->nodes, *node)) {
        return rg__report_memory(builder->context);
    }
    out->id = id;
    return RG_OK;
}

static const rg_expression_node *part_node(const rg_expression_builder *builder, rg_expression_part part)
{
    return part.id != 0 && part.id < builder->nodes.count ? &builder->nodes.items[part.id] : NULL;
}

static rg_status refuse(rg_expression_builder *builder, const char *message)
{
    return rg__report(builder->context, RG_ERROR_ARGUMENT, "%s", message);
}

rg_status rg_expression_arg(rg_expression_part *out, rg_expression_builder *builder)
{
    return add_part(out, builder, &(rg_expression_node){.kind = RG_EXPRESSION_ARG, .height = 1});
}

rg_status rg_expression_ignored(rg_expression_part *out, rg_expression_builder *builder)
{
    return add_part(out, builder, &(rg_expression_node){.kind = RG_EXPRESSION_IGNORED, .height = 1});
}

static rg_status add_named(rg_expression_part *out, rg_expression_builder *builder, rg_expression_kind kind,
                           rg_string name)
{
    out->id = 0;
    if (name.size == 0) {
        return refuse(builder, "a captured argument needs a name");
    }
    rg_expression_node node = {.kind = (uint8_t)kind, .height = 1, .name = rg__intern_string(builder->context, name)};
    return node.name.data == NULL ? rg__report_memory(builder->context) : add_part(out, builder, &node);
}

rg_status rg_expression_keyword(rg_expression_part *out, rg_expression_builder *builder, rg_string name)
{
    return add_named(out, builder, RG_EXPRESSION_KEYWORD, name);
}

rg_status rg_expression_exclusive(rg_expression_part *out, rg_expression_builder *builder, rg_string name)
{
    return add_named(out, builder, RG_EXPRESSION_EXCLUSIVE, name);
}

/* Copy the children into the arena and check them; `allow_null`: None may stand among them. */
static rg_status set_children(rg_expression_node *node, rg_expression_builder *builder, const rg_expression_part *parts,
                              size_t count, bool allow_null)
{
    if (count >= UINT16_MAX) {
        return rg__report(builder->context, RG_ERROR_LIMIT, "a part with %zu parts in it", count);
    }
    uint32_t *children = rg__arena_allocate(&builder->arena, count * sizeof *children);
    if (children == NULL) {
        return rg__report_memory(builder->context);
    }
    uint32_t height = 0;
    for (size_t i = 0; i < count; i++) {
        const rg_expression_node *child = part_node(builder, parts[i]);
        if (child == NULL && !(allow_null && parts[i].id == 0)) {
            return refuse(builder, "a part that this builder has not made");
        }
        children[i] = parts[i].id;
        height = child != NULL && child->height > height ? child->height : height;
    }
    node->children = children;
    node->child_count = (uint32_t)count;
    node->height = height + 1;
    return RG_OK;
}

/* How many values a part is compared by in tree mode, keys counted too. */
static uint32_t leaf_count(const rg_expression_builder *builder, uint32_t id)
{
    const rg_expression_node *node = &builder->nodes.items[id];
    return node->kind == RG_EXPRESSION_ITEMS ? node->leaf_count : 1;
}

rg_status rg_expression_items(rg_expression_part *out, rg_expression_builder *builder, rg_value_kind kind,
                              const rg_expression_part *parts, size_t count)
{
    out->id = 0;
    if (kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE && kind != RG_VALUE_DICT && kind != RG_VALUE_RECORD) {
        return refuse(builder, "items are a list, a tuple, a dict or a named tuple");
    }
    rg_expression_node node = {.kind = RG_EXPRESSION_ITEMS, .item_kind = (uint8_t)kind};
    rg_status status = set_children(&node, builder, parts, count, false);
    if (status != RG_OK) {
        return status;
    }
    bool has_keys = kind == RG_VALUE_DICT || kind == RG_VALUE_RECORD;
    for (size_t i = 0; has_keys && i < count; i += kind == RG_VALUE_DICT ? 2 : count) {
        if (builder->nodes.items[parts[i].id].kind != RG_EXPRESSION_CONSTANT) {
            return refuse(builder, "the keys of a dict must be constants");
        }
    }
    if (kind == RG_VALUE_DICT && count % 2 != 0) {
        return refuse(builder, "a dict needs a value for every key");
    }
    for (size_t i = 0; i < count; i++) {
        node.leaf_count += leaf_count(builder, parts[i].id);
        if (node.leaf_count > UINT16_MAX) {
            return rg__report(builder->context, RG_ERROR_LIMIT, "lists of more than %d parts", UINT16_MAX);
        }
    }
    return add_part(out, builder, &node);
}

static bool is_container(rg_value_kind kind)
{
    return kind == RG_VALUE_LIST || kind == RG_VALUE_TUPLE || kind == RG_VALUE_DICT || kind == RG_VALUE_RECORD;
}

/* Recurses as deep as the value, which is limited. */
rg_status rg_expression_constant(rg_expression_part *out, rg_expression_builder *builder, rg_value value)
{
    rg_context *context = builder->context;
    rg_value_kind kind = rg_value_get_kind(value);
    out->id = 0;
    if (kind == RG_VALUE_NODE || kind == RG_VALUE_MISSING) {
        return refuse(builder, "a node cannot be a constant");
    }
    if (!is_container(kind)) {
        rg_expression_node node = {.kind = RG_EXPRESSION_CONSTANT, .height = 1, .constant = value};
        return add_part(out, builder, &node);
    }
    size_t count = rg_value_count(context, NULL, value);
    rg_expression_part *parts = rg__arena_allocate(&builder->arena, count * sizeof *parts);
    if (parts == NULL) {
        return rg__report_memory(context);
    }
    for (size_t i = 0; i < count; i++) {
        rg_status status = rg_expression_constant(&parts[i], builder, rg_value_item(context, NULL, value, i));
        if (status != RG_OK) {
            return status;
        }
    }
    return rg_expression_items(out, builder, kind, parts, count);
}

rg_status rg_expression_multi_output(rg_expression_part *out, rg_expression_builder *builder,
                                     const rg_expression_part *outputs, size_t count)
{
    rg_expression_node node = {.kind = RG_EXPRESSION_MULTI_OUTPUT};
    out->id = 0;
    rg_status status = set_children(&node, builder, outputs, count, true);
    if (status != RG_OK) {
        return status;
    }
    const rg_expression_node *first = count == 0 ? NULL : part_node(builder, outputs[0]);
    if (first == NULL || !rg__expression_is_call(first)) {
        return refuse(builder, "the first output must be a call");
    }
    for (size_t i = 1; i < count; i++) {
        if (outputs[i].id != 0 && !rg__expression_is_pattern(part_node(builder, outputs[i]))) {
            return refuse(builder, "an output must be a pattern or None");
        }
    }
    return add_part(out, builder, &node);
}

static rg_status add_wrapper(rg_expression_part *out, rg_expression_builder *builder, rg_expression_node *node,
                             rg_expression_part part, bool must_be_call)
{
    out->id = 0;
    rg_status status = set_children(node, builder, &part, 1, false);
    if (status != RG_OK) {
        return status;
    }
    const rg_expression_node *inner = part_node(builder, part);
    if (!rg__expression_is_pattern(inner) || (must_be_call && !rg__expression_is_call(inner))) {
        return refuse(builder, must_be_call ? "only a call can be repeated" : "ListOf needs a pattern");
    }
    return add_part(out, builder, node);
}

rg_status rg_expression_list_of(rg_expression_part *out, rg_expression_builder *builder, rg_expression_part part,
                                bool partial)
{
    rg_expression_node node = {.kind = RG_EXPRESSION_LIST_OF, .partial = partial};
    return add_wrapper(out, builder, &node, part, false);
}

rg_status rg_expression_repeated(rg_expression_part *out, rg_expression_builder *builder, rg_expression_part part)
{
    rg_expression_node node = {.kind = RG_EXPRESSION_REPEATED};
    return add_wrapper(out, builder, &node, part, true);
}

/* ---- calls ---- */

/* Namespaces of functions that are no operators of torch.ops. */
static bool is_function_path(rg_string name)
{
    static const char *const starts[] = {"torch.", "math.", "builtins.", "numpy.", "np."};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (rg__starts_with(name, starts[i])) {
            return true;
        }
    }
    return false;
}

static size_t count_dots(rg_string name)
{
    size_t count = 0;
    for (size_t i = 0; i < name.size; i++) {
        count += name.data[i] == '.';
    }
    return count;
}

static rg_status resolve_function(rg_expression_target *out, rg_context *context, rg_string name)
{
    rg_op known = rg_context_find_op(context, name);
    rg_op_kind kind = rg_op_is_null(known) ? RG_OP_OVERLOAD : rg_op_get_kind(context, known);
    size_t dots = count_dots(name);
    if (dots == 0) {
        out->kind = RG_TARGET_BARE;
        return RG_OK;
    }
    if (kind == RG_OP_OVERLOAD && dots == 1 && !is_function_path(name) && !rg__starts_with(name, "operator.") &&
        !rg__starts_with(name, "higher_order.")) {
        out->kind = RG_TARGET_PACKET;
        return RG_OK;
    }
    out->op = known;
    if (!rg_op_is_null(known)) {
        return RG_OK;
    }
    kind = rg__starts_with(name, "operator.")       ? RG_OP_OPERATOR
           : rg__starts_with(name, "higher_order.") ? RG_OP_HIGHER_ORDER
           : is_function_path(name)                 ? RG_OP_FUNCTION
                                                    : RG_OP_OVERLOAD;
    return rg_context_intern_op(&out->op, context, kind, name);
}

static rg_status resolve_target(rg_expression_target *out, rg_expression_builder *builder, rg_expression_kind kind,
                                rg_string name)
{
    static const char ops[] = "torch.ops.";
    rg_context *context = builder->context;
    *out = (rg_expression_target){.kind = RG_TARGET_OP};
    if (kind == RG_EXPRESSION_CALL_FUNCTION && rg__starts_with(name, ops)) {
        name = rg__skip(name, sizeof ops - 1);
    }
    for (size_t i = name.size; i > 0 && kind == RG_EXPRESSION_CALL_MODULE; i--) {
        if (name.data[i - 1] == '.') { /* classes are known by their own name */
            name = rg__skip(name, i);
            break;
        }
    }
    if (name.size == 0) {
        return refuse(builder, "a call without a target");
    }
    out->name = rg__intern_string(context, name);
    if (out->name.data == NULL) {
        return rg__report_memory(context);
    }
    if (kind == RG_EXPRESSION_CALL_MODULE) {
        out->kind = RG_TARGET_CLASS;
        return RG_OK;
    }
    if (kind == RG_EXPRESSION_CALL_FUNCTION) {
        return resolve_function(out, context, out->name);
    }
    char *method = rg__arena_allocate(&builder->arena, name.size + 1);
    if (method == NULL) {
        return rg__report_memory(context);
    }
    method[0] = '.';
    memcpy(method + 1, name.data, name.size);
    return rg_context_intern_op(&out->op, context, RG_OP_METHOD, (rg_string){method, name.size + 1});
}

static rg_status set_targets(rg_expression_node *node, rg_expression_builder *builder,
                             const rg_expression_call_description *description)
{
    size_t count = description->target_count;
    if (count == 0 || count >= UINT16_MAX) {
        return refuse(builder, "a call needs a target");
    }
    rg_expression_target *targets = rg__arena_allocate(&builder->arena, count * sizeof *targets);
    if (targets == NULL) {
        return rg__report_memory(builder->context);
    }
    for (size_t i = 0; i < count; i++) {
        rg_status status = resolve_target(&targets[i], builder, description->kind, description->targets[i]);
        if (status != RG_OK) {
            return status;
        }
    }
    node->targets = targets;
    node->target_count = (uint32_t)count;
    return RG_OK;
}

static rg_status set_arguments(rg_expression_node *node, rg_expression_builder *builder,
                               const rg_expression_call_description *description)
{
    size_t count = description->argument_count;
    rg_expression_part *parts = rg__arena_allocate(&builder->arena, count * sizeof *parts);
    rg_string *keywords = rg__arena_allocate(&builder->arena, count * sizeof *keywords);
    if (parts == NULL || keywords == NULL) {
        return rg__report_memory(builder->context);
    }
    for (size_t i = 0; i < count; i++) {
        rg_string name = description->arguments[i].name;
        parts[i] = description->arguments[i].part;
        if (name.size == 0 && node->keyword_count > 0) {
            return refuse(builder, "a positional argument after a keyword argument");
        }
        if (name.size == 0) {
            continue;
        }
        name = rg__intern_string(builder->context, name);
        if (name.data == NULL) {
            return rg__report_memory(builder->context);
        }
        for (uint32_t j = 0; j < node->keyword_count; j++) {
            if (keywords[j].data == name.data) {
                return rg__report(builder->context, RG_ERROR_ARGUMENT, "the keyword '%.*s' is given twice",
                                  RG_SHOWN(name));
            }
        }
        keywords[node->keyword_count++] = name;
    }
    node->keywords = keywords;
    return set_children(node, builder, parts, count, false);
}

/* The leaves of the tree below `id`, appended to `leaves` where that is not NULL; how many there are. Leaves of a dict
 * are its values, of a named tuple its fields. */
static uint32_t collect_leaves(uint32_t *leaves, const rg_expression_builder *builder, uint32_t id)
{
    const rg_expression_node *node = &builder->nodes.items[id];
    if (node->kind != RG_EXPRESSION_ITEMS) {
        if (leaves != NULL) {
            *leaves = id;
        }
        return 1;
    }
    uint32_t count = 0;
    bool has_keys = node->item_kind == RG_VALUE_DICT || node->item_kind == RG_VALUE_RECORD;
    for (uint32_t i = has_keys ? 1 : 0; i < node->child_count; i += node->item_kind == RG_VALUE_DICT ? 2 : 1) {
        count += collect_leaves(leaves == NULL ? NULL : leaves + count, builder, node->children[i]);
    }
    return count;
}

/* T7: which values a node's arguments are compared by. */
static rg_status set_leaves(rg_expression_node *node, rg_expression_builder *builder)
{
    for (uint32_t i = 0; i < node->child_count; i++) {
        node->is_tree = node->is_tree || builder->nodes.items[node->children[i]].kind == RG_EXPRESSION_ITEMS;
        node->leaf_count += collect_leaves(NULL, builder, node->children[i]);
    }
    uint32_t *leaves = rg__arena_allocate(&builder->arena, node->leaf_count * sizeof *leaves);
    if (leaves == NULL) {
        return rg__report_memory(builder->context);
    }
    node->leaves = leaves;
    for (uint32_t i = 0; i < node->child_count; i++) {
        leaves += collect_leaves(leaves, builder, node->children[i]);
    }
    return RG_OK;
}

rg_status rg_expression_call(rg_expression_part *out, rg_expression_builder *builder,
                             const rg_expression_call_description *description)
{
    rg_expression_node node = {.kind = (uint8_t)description->kind, .users = description->users};
    node.var_args = description->var_args;
    out->id = 0;
    if (!rg__expression_is_call(&node)) {
        return refuse(builder, "a call is CALL_FUNCTION, CALL_METHOD or CALL_MODULE");
    }
    if (node.var_args && description->argument_count != 0) {
        return refuse(builder, "a call that captures whatever its arguments are has none of its own");
    }
    rg_status status = set_targets(&node, builder, description);
    if (status == RG_OK) {
        status = set_arguments(&node, builder, description);
    }
    if (status == RG_OK) {
        status = set_leaves(&node, builder);
    }
    return status == RG_OK ? add_part(out, builder, &node) : status;
}

/* ---- expressions ---- */

bool rg__expression_can_be_root(const rg_expression_node *node)
{
    return rg__expression_is_call(node) || node->kind == RG_EXPRESSION_MULTI_OUTPUT ||
           node->kind == RG_EXPRESSION_REPEATED;
}

/* A copy of `count` items in the arena; NULL when memory is out. */
static void *copy_items(rg_arena *arena, const void *items, size_t count, size_t size)
{
    void *copy = rg__arena_allocate(arena, count * size);
    if (copy != NULL && count != 0) {
        memcpy(copy, items, count * size);
    }
    return copy;
}

static bool copy_node(rg_expression_node *out, rg_arena *arena, const rg_expression_node *node)
{
    *out = *node;
    out->targets = copy_items(arena, node->targets, node->target_count, sizeof *node->targets);
    out->children = copy_items(arena, node->children, node->child_count, sizeof *node->children);
    out->keywords = copy_items(arena, node->keywords, node->keyword_count, sizeof *node->keywords);
    out->leaves = copy_items(arena, node->leaves, node->leaves == NULL ? 0 : node->leaf_count, sizeof *node->leaves);
    return out->targets != NULL && out->children != NULL && out->keywords != NULL && out->leaves != NULL;
}

static bool copy_nodes(rg_expression *expression, const rg_expression_builder *builder)
{
    rg_expression_node *nodes =
        rg__arena_allocate_zero(&expression->arena, ((size_t)expression->node_count + 1) * sizeof *nodes);
    expression->nodes = nodes;
    for (uint32_t i = 1; nodes != NULL && i <= expression->node_count; i++) {
        if (!copy_node(&nodes[i], &expression->arena, &builder->nodes.items[i])) {
            return false;
        }
    }
    return nodes != NULL;
}

rg_status rg_expression_build(rg_expression **out, rg_expression_builder *builder, rg_expression_part root,
                              rg_string name)
{
    rg_context *context = builder->context;
    const rg_expression_node *node = part_node(builder, root);
    *out = NULL;
    if (node == NULL || !rg__expression_can_be_root(node)) {
        return refuse(builder, "the root of an expression must be a call, MultiOutputPattern or RepeatedExpr");
    }
    rg_expression *expression = rg__allocate(&context->allocator, sizeof *expression);
    if (expression == NULL) {
        return rg__report_memory(context);
    }
    *expression = (rg_expression){.context = context, .root = root.id, .node_count = root.id};
    rg__arena_init(&expression->arena, &context->allocator);
    expression->name = rg__intern_string(context, name.size == 0 ? rg_string_from("output") : name);
    if (expression->name.data == NULL || !copy_nodes(expression, builder)) {
        rg_expression_destroy(expression);
        return rg__report_memory(context);
    }
    *out = expression;
    return RG_OK;
}

void rg_expression_destroy(rg_expression *expression)
{
    if (expression != NULL) {
        rg_allocator allocator = expression->context->allocator;
        rg__arena_free(&expression->arena);
        rg__free(&allocator, expression, sizeof *expression);
    }
}

rg_string rg_expression_name(const rg_expression *expression)
{
    return expression->name;
}

rg_expression_part rg_expression_root(const rg_expression *expression)
{
    return (rg_expression_part){expression->root};
}

rg_expression_kind rg_expression_part_kind(const rg_expression *expression, rg_expression_part part)
{
    return part.id == 0 || part.id > expression->node_count ? RG_EXPRESSION_NONE
                                                            : (rg_expression_kind)expression->nodes[part.id].kind;
}

const rg_expression_node *rg__expression_anchor(const rg_expression *expression)
{
    const rg_expression_node *root = &expression->nodes[expression->root];
    return rg__expression_is_call(root) ? root : &expression->nodes[root->children[0]];
}

/* ---- P13 ---- */

typedef struct rg_expression_comparison {
    const rg_expression *a;
    const rg_expression *b;
    rg_map equal; /* pairs found equal, so that shared parts are compared once */
    bool failed;
} rg_expression_comparison;

static bool equal_targets(const rg_expression_node *a, const rg_expression_node *b)
{
    bool equal = a->target_count == b->target_count;
    for (uint32_t i = 0; equal && i < a->target_count; i++) {
        equal = a->targets[i].kind == b->targets[i].kind && rg_string_equal(a->targets[i].name, b->targets[i].name);
    }
    return equal;
}

static bool equal_keywords(const rg_expression_node *a, const rg_expression_node *b)
{
    bool equal = a->keyword_count == b->keyword_count;
    for (uint32_t i = 0; equal && i < a->keyword_count; i++) {
        equal = rg_string_equal(a->keywords[i], b->keywords[i]);
    }
    return equal;
}

static bool equal_heads(const rg_expression_node *a, const rg_expression_node *b)
{
    bool both_sequences = a->kind == RG_EXPRESSION_ITEMS && b->kind == RG_EXPRESSION_ITEMS &&
                          a->item_kind <= RG_VALUE_TUPLE && b->item_kind <= RG_VALUE_TUPLE;
    return a->kind == b->kind && a->child_count == b->child_count && a->users == b->users &&
           a->var_args == b->var_args && a->partial == b->partial && (a->item_kind == b->item_kind || both_sequences) &&
           rg_string_equal(a->name, b->name) && equal_targets(a, b) && equal_keywords(a, b);
}

static bool equal_parts(rg_expression_comparison *comparison, uint32_t a, uint32_t b)
{
    const rg_expression_node *left = &comparison->a->nodes[a];
    const rg_expression_node *right = &comparison->b->nodes[b];
    uint64_t pair = (uint64_t)a << 32 | b;
    uint32_t found;
    if (a == 0 || b == 0) {
        return a == b;
    }
    if (!equal_heads(left, right)) {
        return false;
    }
    if (left->kind == RG_EXPRESSION_CONSTANT) {
        return rg_value_python_equal(comparison->a->context, NULL, left->constant, right->constant);
    }
    if (left->child_count == 0 || rg__map_find(&comparison->equal, pair, &found)) {
        return true;
    }
    for (uint32_t i = 0; i < left->child_count; i++) {
        if (!equal_parts(comparison, left->children[i], right->children[i])) {
            return false;
        }
    }
    bool kept = rg__map_set(&comparison->a->context->allocator, &comparison->equal, pair, 1);
    comparison->failed = comparison->failed || !kept;
    return kept;
}

rg_status rg_expression_equal(bool *out, const rg_expression *a, const rg_expression *b)
{
    rg_expression_comparison comparison = {.a = a, .b = b};
    *out = equal_parts(&comparison, a->root, b->root);
    rg__map_free(&a->context->allocator, &comparison.equal);
    return comparison.failed ? rg__report_memory(a->context) : RG_OK;
}

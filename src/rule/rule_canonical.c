/*
 * rule_canonical.c: the text of what a rule means: its traced functions with names, spellings and the order of
 * independent nodes taken out. Two rules with one text do the same to every graph (checks in C aside, which have no
 * text). Pass uuids and duplicates are decided by it, so its form may only change with what it says.
 *
 *     rule priority 0 check no
 *     input tensor bf16[v0, v1]
 *     pattern
 *     %1 = aten.mul.Tensor(self=%0, other=2)
 *     return %1
 *     replacement
 *     ...
 *     check
 *     ...
 */
#include <regraft/document.h>

#include "ir/context_impl.h"
#include "rule/draft.h"

typedef RG_VECTOR(rg_node) node_list;

/* One function being written. */
typedef struct writer {
    rg_buffer *out;
    rg_context *context;
    const rg_rule *rule;
    rg_graph *graph;
    rg_map numbers; /* by node id: what stands after the % */
    const rg_size *names;
} writer;

/* ---- order ---- */

static bool push_operands(const writer *w, node_list *stack, rg_value value)
{
    const rg_allocator *allocator = &w->context->allocator;
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        return rg__vector_push(allocator, stack, rg_value_as_node(value));
    }
    for (size_t i = rg_value_count(w->context, w->graph, value); i-- > 0;) {
        if (!push_operands(w, stack, rg_value_item(w->context, w->graph, value, i))) {
            return false;
        }
    }
    return true;
}

/* Nodes that `root` needs, and root itself, in post-order, without those that have a number. They get theirs. */
static bool number_from(writer *w, node_list *order, node_list *stack, rg_node root)
{
    enum { OPEN = UINT32_MAX };
    const rg_allocator *allocator = &w->context->allocator;
    if (!rg__vector_push(allocator, stack, root)) {
        return false;
    }
    while (stack->count > 0) {
        rg_node node = stack->items[stack->count - 1];
        uint32_t number = 0;
        bool seen = rg__map_find(&w->numbers, node.id, &number);
        if (seen) {
            stack->count--;
            if (number == OPEN) {
                number = (uint32_t)w->rule->input_count + order->count;
                if (!rg__map_set(allocator, &w->numbers, node.id, number) || !rg__vector_push(allocator, order, node)) {
                    return false;
                }
            }
            continue;
        }
        if (!rg__map_set(allocator, &w->numbers, node.id, OPEN)) {
            return false;
        }
        for (size_t i = rg_node_argument_count(w->graph, node); i-- > 0;) {
            if (!push_operands(w, stack, rg_node_argument(w->graph, node, i))) {
                return false;
            }
        }
    }
    return true;
}

static bool has_writes(const writer *w)
{
    bool found = false;
    for (rg_node node = rg_graph_first(w->graph); !rg_node_is_null(node); node = rg_graph_next(w->graph, node)) {
        found = found || (rg_op_traits(w->context, rg_node_op(w->graph, node)) & RG_TRAIT_MUTATES) != 0;
    }
    return found;
}

/* The output's needs first; then what nothing reads but stays for its effect, in the graph's order. Where something is
 * written, everything is in that order, since what comes before a write and what behind it is part of the meaning. */
static bool number_nodes(writer *w, node_list *order)
{
    node_list stack = {0};
    bool done = true;
    rg_node output = rg_graph_output(w->graph);
    for (size_t i = 0; done && i < w->rule->input_count; i++) {
        const rg_rule_input *input = &w->rule->inputs[i];
        rg_node node = w->graph == w->rule->pattern       ? input->pattern
                       : w->graph == w->rule->replacement ? input->replacement
                                                          : input->guard;
        done = rg__map_set(&w->context->allocator, &w->numbers, node.id, (uint32_t)i);
    }
    done = done && (has_writes(w) || number_from(w, order, &stack, output));
    for (rg_node node = rg_graph_first(w->graph); done && !rg_node_is_null(node);
         node = rg_graph_next(w->graph, node)) {
        done = number_from(w, order, &stack, node);
    }
    rg__vector_free(&w->context->allocator, &stack);
    return done;
}

/* ---- values ---- */

static rg_status rename_size(rg_size *out, const writer *w, rg_size size)
{
    return rg_size_substitute(out, w->context, size, w->rule->symbols, w->names, w->rule->symbol_count);
}

static rg_status write_size(writer *w, rg_size size)
{
    rg_size renamed;
    rg_status status = rename_size(&renamed, w, size);
    return status == RG_OK ? rg_size_print(w->context, renamed, rg__buffer_sink(w->out)) : status;
}

static void write_number(writer *w, uint32_t number)
{
    rg__buffer_append_char(w->out, '%');
    rg__buffer_append_int(w->out, number);
}

static rg_status write_value(writer *w, rg_value value)
{
    uint32_t number = 0;
    rg_status status = RG_OK;
    size_t count = rg_value_count(w->context, w->graph, value);
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_NODE:
        (void)rg__map_find(&w->numbers, rg_value_as_node(value).id, &number);
        write_number(w, number);
        return RG_OK;
    case RG_VALUE_SIZE:
        return write_size(w, rg_value_as_size(value));
    case RG_VALUE_LIST:
    case RG_VALUE_TUPLE:
    case RG_VALUE_DICT:
    case RG_VALUE_SLICE:
        rg__buffer_append_char(w->out, "[({<"[rg_value_get_kind(value) - RG_VALUE_LIST]);
        for (size_t i = 0; i < count && status == RG_OK; i++) {
            rg__buffer_append_text(w->out, i == 0 ? "" : ", ");
            status = write_value(w, rg_value_item(w->context, w->graph, value, i));
        }
        rg__buffer_append_char(w->out, "])}>"[rg_value_get_kind(value) - RG_VALUE_LIST]);
        return status;
    default:
        return rg_value_print(w->context, w->graph, value, rg__buffer_sink(w->out));
    }
}

static rg_status write_sizes(writer *w, const rg_size *sizes, uint32_t count)
{
    rg_status status = RG_OK;
    rg__buffer_append_char(w->out, '[');
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        rg__buffer_append_text(w->out, i == 0 ? "" : ", ");
        status = write_size(w, sizes[i]);
    }
    rg__buffer_append_char(w->out, ']');
    return status;
}

/* What is known of a tensor: dtype, sizes, and strides and device where pinned. */
static rg_status write_type(writer *w, rg_type type)
{
    rg_tensor_type tensor = rg_type_get_tensor(w->context, type);
    if (rg_type_get_kind(w->context, type) != RG_TYPE_TENSOR) {
        rg__buffer_append_char(w->out, '?');
        return RG_OK;
    }
    rg__buffer_append_text(w->out, tensor.dtype == RG_DTYPE_NONE ? "_" : rg_dtype_abbreviation(tensor.dtype));
    rg_status status = write_sizes(w, tensor.sizes, tensor.rank);
    if (status == RG_OK && tensor.strides != NULL) {
        status = write_sizes(w, tensor.strides, tensor.rank);
    }
    if (tensor.device.kind != NULL) {
        rg__buffer_append_format(w->out, "%s:%d", tensor.device.kind, (int)tensor.device.index);
    }
    return status;
}

/* ---- nodes ---- */

/* Arguments by schema, in normal form, defaults included: positional or by keyword is all one. An argument that only
 * says what the result's shape is gives way to that shape. */
static rg_status write_schema_arguments(writer *w, rg_node node)
{
    rg_op op = rg_node_op(w->graph, node);
    rg_status status = RG_OK;
    bool first = true;
    for (size_t i = 0; i < rg_op_argument_count(w->context, op) && status == RG_OK; i++) {
        rg_argument_info info;
        rg_value value = rg_value_missing();
        rg_tensor_type result = rg_type_get_tensor(w->context, rg_node_type(w->graph, node));
        status = rg_op_argument(&info, w->context, op, i);
        if (status == RG_OK) {
            status = rg_node_normal_argument(&value, w->graph, node, i);
        }
        if (status != RG_OK || rg_value_is_missing(value)) {
            continue;
        }
        rg__buffer_append_text(w->out, first ? "" : ", ");
        rg__buffer_append(w->out, info.name);
        rg__buffer_append_char(w->out, '=');
        first = false;
        status = info.role == RG_ROLE_RESULT_SIZE && result.sizes != NULL ? write_sizes(w, result.sizes, result.rank)
                                                                          : write_value(w, value);
    }
    return status;
}

/* The keyword argument that comes `rank`-th by name among those from `first` on. */
static size_t keyword_by_name(const writer *w, rg_node node, size_t first, size_t rank)
{
    size_t count = rg_node_argument_count(w->graph, node);
    for (size_t i = first; i < count; i++) {
        rg_string name = rg_node_argument_name(w->graph, node, i);
        size_t before = 0;
        for (size_t j = first; j < count; j++) {
            rg_string other = rg_node_argument_name(w->graph, node, j);
            size_t size = name.size < other.size ? name.size : other.size;
            int order = memcmp(other.data, name.data, size);
            before += order < 0 || (order == 0 && other.size < name.size) ? 1 : 0;
        }
        if (before == rank) {
            return i;
        }
    }
    return first;
}

/* Arguments as written, keywords by name: for higher-order ops and operators. */
static rg_status write_written_arguments(writer *w, rg_node node)
{
    size_t count = rg_node_argument_count(w->graph, node);
    size_t positional = rg_node_positional_count(w->graph, node);
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        size_t index = i < positional ? i : keyword_by_name(w, node, positional, i - positional);
        rg__buffer_append_text(w->out, i == 0 ? "" : ", ");
        if (i >= positional) {
            rg__buffer_append(w->out, rg_node_argument_name(w->graph, node, index));
            rg__buffer_append_char(w->out, '=');
        }
        status = write_value(w, rg_node_argument(w->graph, node, index));
    }
    return status;
}

static rg_status write_node(writer *w, rg_node node)
{
    rg_op op = rg_node_op(w->graph, node);
    uint32_t number = 0;
    rg_status status;
    if (rg_node_same(node, rg_graph_output(w->graph))) {
        rg__buffer_append_text(w->out, "return ");
        status = write_value(w, rg_node_argument(w->graph, node, 0));
        rg__buffer_append_char(w->out, '\n');
        return status;
    }
    (void)rg__map_find(&w->numbers, node.id, &number);
    write_number(w, number);
    rg__buffer_append_text(w->out, " = ");
    rg__buffer_append(w->out, rg_op_name(w->context, op));
    rg__buffer_append_char(w->out, '(');
    status = rg_op_get_kind(w->context, op) == RG_OP_OVERLOAD && rg_op_has_schema(w->context, op)
                 ? write_schema_arguments(w, node)
                 : write_written_arguments(w, node);
    rg__buffer_append_text(w->out, ")\n");
    return status;
}

static rg_status write_function(writer *w, const char *heading)
{
    node_list order = {0};
    rg_status status = RG_OK;
    const rg_allocator *allocator = &w->context->allocator;
    rg__buffer_append_text(w->out, heading);
    memset(&w->numbers, 0, sizeof(w->numbers));
    if (!number_nodes(w, &order)) {
        status = rg__report_memory(w->context);
    }
    for (uint32_t i = 0; i < order.count && status == RG_OK; i++) {
        status = write_node(w, order.items[i]);
    }
    rg__vector_free(allocator, &order);
    rg__map_free(allocator, &w->numbers);
    return status;
}

/* ---- rules ---- */

static const char *const input_kinds[] = {[RG_RULE_INPUT_TENSOR] = "tensor",  [RG_RULE_INPUT_INT] = "int",
                                          [RG_RULE_INPUT_FLOAT] = "float",    [RG_RULE_INPUT_BOOL] = "bool",
                                          [RG_RULE_INPUT_STRING] = "str",     [RG_RULE_INPUT_DTYPE] = "dtype",
                                          [RG_RULE_INPUT_INT_LIST] = "int[]", [RG_RULE_INPUT_TENSOR_LIST] = "Tensor[]"};

/* v0, v1, ...: the names of the size variables, in the order of their first occurrence in the inputs. */
static rg_status make_names(rg_size **out, rg_arena *arena, rg_context *context, size_t count)
{
    rg_size *names = rg__arena_allocate(arena, (count + 1) * sizeof(*names));
    rg_status status = names == NULL ? rg__report_memory(context) : RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_buffer name;
        rg__buffer_init(&name, &context->allocator);
        rg__buffer_append_format(&name, "v%zu", i);
        status = name.failed ? rg__report_memory(context)
                             : rg_size_from_symbol(&names[i], context, rg__buffer_string(&name));
        rg__buffer_free(&name);
    }
    *out = names;
    return status;
}

rg_status rg__rule_canonical(rg_buffer *out, const rg_rule_set *set, const rg_rule *rule)
{
    rg_arena arena;
    rg_size *names = NULL;
    rg__arena_init(&arena, &set->context->allocator);
    rg_status status = make_names(&names, &arena, set->context, rule->symbol_count);
    writer w = {.out = out, .context = set->context, .rule = rule, .names = names};
    rg__buffer_append_format(out, "rule priority %d check %s\n", (int)rule->priority,
                             rule->check != NULL ? "yes" : "no");
    rg__buffer_append_text(out, rule->spelled ? "exact\n" : "");
    rg__buffer_append_text(out, rule->see_through || rule->spelled ? "" : "see_through no\n");
    rg__buffer_append_text(out, rule->commutative || rule->spelled ? "" : "commutative no\n");
    rg__buffer_append_text(out, rule->keep_shared ? "keep_shared\n" : "");
    for (size_t i = 0; i < rule->input_count && status == RG_OK; i++) {
        rg__buffer_append_format(out, "input %s ", input_kinds[rule->inputs[i].kind]);
        bool has_type =
            rule->inputs[i].kind == RG_RULE_INPUT_TENSOR || rule->inputs[i].kind == RG_RULE_INPUT_TENSOR_LIST;
        status = has_type ? write_type(&w, rule->inputs[i].type) : RG_OK;
        rg__buffer_append_char(out, '\n');
    }
    if (status == RG_OK) {
        w.graph = rule->pattern;
        status = write_function(&w, "pattern\n");
    }
    if (status == RG_OK) {
        w.graph = rule->replacement;
        status = write_function(&w, "replacement\n");
    }
    if (status == RG_OK && rule->guard != NULL) {
        w.graph = rule->guard;
        status = write_function(&w, "check\n");
    }
    rg__arena_free(&arena);
    return status == RG_OK && out->failed ? rg__report_memory(set->context) : status;
}

rg_status rg_rule_set_canonical(const rg_rule_set *set, rg_sink sink)
{
    for (uint32_t i = 0; i < set->rules.count; i++) {
        rg_string text = set->rules.items[i].canonical;
        rg_status status = sink.write(sink.user, text.data, text.size);
        if (status != RG_OK) {
            return status;
        }
    }
    return RG_OK;
}

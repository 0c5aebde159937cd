/*
 * draw_case.c: cases of a rule: values of its size variables, and types for the inputs that have none.
 *
 * Sizes come from small numbers, distinct ones first, and from the numbers that the pattern and the check name, because
 * a check such as `h % 128 == 0` would hardly ever hold otherwise. An input without type gets one that its readers
 * suggest: the sizes of what it is combined with, some of them 1 or left out as broadcasting allows.
 */
#include <math.h>

#include "check/check_impl.h"

enum {
    MAX_NAMED = 1 << 14, /* larger numbers of a rule are no sizes */
    USUAL_ELEMENTS = 1 << 14,
    MOST_ELEMENTS = 1 << 20,
    HINT_DEPTH = 4,
    MAX_HINTS = 16
};

/* ---- what a rule names ---- */

static void add_integer(rg_drawing *drawing, int64_t value)
{
    for (size_t i = 0; i < drawing->integer_count; i++) {
        if (drawing->integers[i] == value) {
            return;
        }
    }
    if (value > 1 && value <= MAX_NAMED && drawing->integer_count < RG_CHECK_MAX_NUMBERS) {
        drawing->integers[drawing->integer_count++] = value;
    }
}

/* Depth is bounded by that of values. */
static void add_numbers(rg_drawing *drawing, const rg_graph *graph, rg_value value)
{
    size_t count = rg_value_count(drawing->context, graph, value);
    int64_t integer = 0;
    for (size_t i = 0; i < count; i++) {
        add_numbers(drawing, graph, rg_value_item(drawing->context, graph, value, i));
    }
    if (rg_value_as_int(drawing->context, value, &integer)) {
        add_integer(drawing, integer);
    } else if (rg_value_get_kind(value) == RG_VALUE_FLOAT && fabs(rg_value_as_float(value)) < MAX_NAMED &&
               drawing->real_count < RG_CHECK_MAX_NUMBERS) {
        drawing->reals[drawing->real_count++] = rg_value_as_float(value);
    }
}

/* Ops that take rows of whole blocks only. */
static void add_block_size(rg_drawing *drawing, const rg_graph *graph, rg_node node)
{
    static const struct {
        const char *op;
        int64_t block;
    } blocks[] = {{"_C.scaled_fp4_quant.default", 16}, {"_C.scaled_fp4_quant.out", 16}};
    rg_string name = rg_op_name(drawing->context, rg__node_schema_op(graph, node.id));
    for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
        if (rg_string_equal(name, rg_string_from(blocks[i].op))) {
            add_integer(drawing, blocks[i].block);
        }
    }
}

static void add_numbers_of(rg_drawing *drawing, const rg_graph *graph)
{
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        add_block_size(drawing, graph, node);
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            add_numbers(drawing, graph, rg_node_argument(graph, node, i));
        }
    }
}

/* Numbers in sizes: the 2 of `t // 2`. */
static rg_status add_numbers_of_size(rg_drawing *drawing, rg_size size)
{
    rg_size_split split;
    int64_t value = 0;
    if (rg_size_is_null(size) || rg_size_as_int(drawing->context, size, &value)) {
        add_integer(drawing, value);
        return RG_OK;
    }
    rg_status status = rg__size_split(&split, drawing->context, size);
    if (status == RG_OK && !rg_size_is_null(split.left)) {
        status = add_numbers_of_size(drawing, split.left);
    }
    return status == RG_OK && !rg_size_is_null(split.left) ? add_numbers_of_size(drawing, split.right) : status;
}

static rg_status add_numbers_of_types(rg_drawing *drawing, const rg_graph *graph)
{
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        rg_tensor_type tensor = rg_type_get_tensor(drawing->context, rg_node_type(graph, node));
        for (uint32_t i = 0; i < tensor.rank && status == RG_OK; i++) {
            status = add_numbers_of_size(drawing, tensor.sizes[i]);
        }
    }
    return status;
}

static bool has_symbol(const rg_drawing *drawing, rg_size symbol)
{
    for (size_t i = 0; i < drawing->symbol_count; i++) {
        if (rg_size_same(drawing->symbols[i], symbol)) {
            return true;
        }
    }
    return false;
}

static rg_status add_symbols(rg_drawing *drawing, rg_arena *arena)
{
    const rg_rule *rule = drawing->rule;
    rg_status status = RG_OK;
    drawing->symbols = rg__arena_allocate(arena, (rule->symbol_count + rule->input_count + 1) * sizeof(rg_size));
    if (drawing->symbols == NULL) {
        return rg__report_memory(drawing->context);
    }
    for (size_t i = 0; i < rule->symbol_count; i++) {
        drawing->symbols[drawing->symbol_count++] = rule->symbols[i];
    }
    for (size_t i = 0; i < rule->input_count && status == RG_OK; i++) {
        rg_size symbol = {0};
        if (rule->inputs[i].kind == RG_RULE_INPUT_INT) {
            status = rg_size_from_symbol(&symbol, drawing->context, rule->inputs[i].name);
            if (status == RG_OK && !has_symbol(drawing, symbol)) {
                drawing->symbols[drawing->symbol_count++] = symbol;
            }
        }
    }
    return status;
}

rg_status rg__drawing_prepare(rg_drawing *out, rg_context *context, const rg_rule *rule, uint64_t seed, rg_arena *arena)
{
    *out = (rg_drawing){.context = context, .rule = rule, .pattern = rule->pattern, .max_elements = USUAL_ELEMENTS};
    out->draw.stream = rg__hash_mix(seed, rg__hash_bytes(rule->name.data, rule->name.size, 1));
    if (rule->guard != NULL) {
        add_numbers_of(out, rule->guard);
    }
    add_numbers_of(out, rule->pattern);
    rg_status status = add_numbers_of_types(out, rule->pattern);
    if (status == RG_OK) {
        status = add_numbers_of_types(out, rule->replacement);
    }
    return status == RG_OK ? add_symbols(out, arena) : status;
}

/* ---- sizes ---- */

int64_t rg__draw_integer(rg_drawing *drawing)
{
    static const int64_t usual[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 20};
    rg_draw *draw = &drawing->draw;
    if (drawing->integer_count > 0 && rg__draw_below(draw, 10) < 4) {
        int64_t named = drawing->integers[rg__draw_below(draw, drawing->integer_count)];
        static const int64_t factors[] = {1, 1, 1, 2, 2, 3, 4};
        return named * factors[rg__draw_below(draw, sizeof(factors) / sizeof(factors[0]))];
    }
    return usual[rg__draw_below(draw, sizeof(usual) / sizeof(usual[0]))];
}

static bool is_int_input(const rg_drawing *drawing, rg_size symbol)
{
    rg_string name = rg_size_as_symbol(drawing->context, symbol);
    for (size_t i = 0; i < drawing->rule->input_count; i++) {
        if (drawing->rule->inputs[i].kind == RG_RULE_INPUT_INT &&
            rg_string_equal(drawing->rule->inputs[i].name, name)) {
            return true;
        }
    }
    return false;
}

/* A captured int may also be a dimension to work along, and two sizes the same, or one twice the other. */
static int64_t draw_size(rg_drawing *drawing, const int64_t *before, size_t index)
{
    uint64_t way = rg__draw_below(&drawing->draw, 8);
    if (way < 4 && is_int_input(drawing, drawing->symbols[index])) {
        return (int64_t)rg__draw_below(&drawing->draw, 5) - 1;
    }
    if (way < 6 || index == 0) {
        return rg__draw_integer(drawing);
    }
    int64_t other = before[rg__draw_below(&drawing->draw, index)];
    return way == 7 ? other : other % 2 == 0 && rg__draw_below(&drawing->draw, 2) == 0 ? other / 2 : 2 * other;
}

static rg_status draw_sizes(rg_case *out, rg_drawing *drawing, const rg_case *like, rg_arena *arena)
{
    static const int64_t distinct[] = {3, 5, 7, 2, 11, 4, 6, 13, 8, 9};
    enum { DISTINCT = sizeof(distinct) / sizeof(distinct[0]) };
    size_t count = drawing->symbol_count;
    bool is_first = drawing->drawn++ == 0;
    rg_size *sizes = rg__arena_allocate(arena, (count + 1) * sizeof(*sizes));
    out->values = rg__arena_allocate(arena, (count + 1) * sizeof(*out->values));
    rg_status status = RG_OK;
    if (sizes == NULL || out->values == NULL) {
        return rg__report_memory(drawing->context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        bool stays = like != NULL && rg__draw_below(&drawing->draw, 5) < 3;
        out->values[i] = stays                      ? like->values[i]
                         : is_first && i < DISTINCT ? distinct[i]
                                                    : draw_size(drawing, out->values, i);
        status = rg_size_from_int(&sizes[i], drawing->context, out->values[i]);
    }
    out->sizes = (rg_known_sizes){drawing->symbols, sizes, count};
    return status;
}

/* ---- types ---- */

static rg_status known_sizes(bool *known, rg_size *out, const rg_case *drawn, const rg_size *sizes, uint32_t count)
{
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        int64_t value = 0;
        status = rg__known_size(&out[i], drawn->context, sizes[i], &drawn->sizes);
        *known = *known && status == RG_OK && !rg_size_is_null(out[i]) &&
                 rg_size_as_int(drawn->context, out[i], &value) && value >= 0;
    }
    return status;
}

rg_status rg__case_type(rg_type *out, const rg_case *drawn, rg_type type, rg_arena *arena)
{
    *out = (rg_type){0};
    if (rg_type_get_kind(drawn->context, type) != RG_TYPE_TENSOR) {
        return RG_OK;
    }
    rg_tensor_type tensor = rg_type_get_tensor(drawn->context, type);
    rg_size *sizes = rg__arena_allocate(arena, (tensor.rank + (size_t)1) * sizeof(*sizes));
    rg_size *strides = rg__arena_allocate(arena, (tensor.rank + (size_t)1) * sizeof(*strides));
    bool known = true;
    if (sizes == NULL || strides == NULL) {
        return rg__report_memory(drawn->context);
    }
    rg_status status = known_sizes(&known, sizes, drawn, tensor.sizes, tensor.rank);
    if (status == RG_OK && tensor.strides != NULL) {
        status = known_sizes(&known, strides, drawn, tensor.strides, tensor.rank);
    }
    if (status != RG_OK || !known) {
        return status;
    }
    tensor.sizes = sizes;
    tensor.strides = tensor.strides == NULL ? NULL : strides;
    if (tensor.device.kind == NULL || strcmp(tensor.device.kind, RG_RULE_DEVICE) == 0) {
        tensor.device = drawn->device;
    }
    return rg_type_from_tensor(out, drawn->context, &tensor);
}

bool rg__type_integers(int64_t *out, uint32_t *rank, const rg_context *context, rg_type type)
{
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    *rank = tensor.rank;
    if (rg_type_get_kind(context, type) != RG_TYPE_TENSOR || tensor.rank > RG_TENSOR_MAX_RANK) {
        return false;
    }
    for (uint32_t i = 0; i < tensor.rank; i++) {
        if (!rg_size_as_int(context, tensor.sizes[i], &out[i])) {
            return false;
        }
    }
    return true;
}

/* The type of an input: contiguous where nothing is said of strides. */
static rg_status input_type(rg_type *out, const rg_case *drawn, rg_dtype dtype, const int64_t *sizes, uint32_t rank)
{
    rg_size items[RG_TENSOR_MAX_RANK];
    rg_size strides[RG_TENSOR_MAX_RANK];
    int64_t stride = 1;
    rg_status status = RG_OK;
    for (uint32_t i = rank; i-- > 0 && status == RG_OK;) {
        status = rg_size_from_int(&items[i], drawn->context, sizes[i]);
        if (status == RG_OK) {
            status = rg_size_from_int(&strides[i], drawn->context, stride);
        }
        if (__builtin_mul_overflow(stride, sizes[i] > 1 ? sizes[i] : 1, &stride)) {
            stride = INT64_MAX; /* too large to be run, which is said where the elements are counted */
        }
    }
    rg_tensor_type tensor = {.dtype = dtype, .rank = rank, .sizes = items, .strides = strides, .device = drawn->device};
    return status == RG_OK ? rg_type_from_tensor(out, drawn->context, &tensor) : status;
}

/* ---- inputs without type ---- */

/* What readers of an input suggest. */
typedef struct hints {
    rg_type types[MAX_HINTS];
    size_t count;
} hints;

static void add_hint(hints *out, rg_type type)
{
    if (!rg_type_is_null(type) && out->count < MAX_HINTS) {
        out->types[out->count++] = type;
    }
}

/* The sizes that a call is given, as a type of no matter which dtype. */
static rg_status add_listed_sizes(hints *out, const rg_case *drawn, const rg_graph *graph, rg_value list)
{
    int64_t sizes[RG_TENSOR_MAX_RANK];
    size_t count = rg_value_count(drawn->context, graph, list);
    rg_type type = {0};
    if (rg_value_get_kind(list) != RG_VALUE_LIST || count == 0 || count > RG_TENSOR_MAX_RANK) {
        return RG_OK;
    }
    for (size_t i = 0; i < count; i++) {
        rg_value item = rg_value_item(drawn->context, graph, list, i);
        rg_size size = rg_value_as_size(item);
        bool known = rg_value_as_int(drawn->context, item, &sizes[i]);
        if (!known && !rg_size_is_null(size)) {
            rg_status status = rg__known_size(&size, drawn->context, size, &drawn->sizes);
            known = status == RG_OK && !rg_size_is_null(size) && rg_size_as_int(drawn->context, size, &sizes[i]);
            if (status != RG_OK) {
                return status;
            }
        }
        if (!known || sizes[i] < 0) {
            return RG_OK;
        }
    }
    rg_status status = input_type(&type, drawn, RG_DTYPE_F32, sizes, (uint32_t)count);
    add_hint(out, type);
    return status;
}

typedef struct operand_walk {
    hints *out;
    const rg_case *drawn;
    const rg_graph *graph;
    rg_node except;
    rg_arena *arena;
} operand_walk;

static rg_status add_operand(void *user, uint32_t id)
{
    operand_walk *walk = user;
    rg_type type = {0};
    if (id == walk->except.id) {
        return RG_OK;
    }
    rg_status status = rg__case_type(&type, walk->drawn, rg_node_type(walk->graph, (rg_node){id}), walk->arena);
    add_hint(walk->out, type);
    return status;
}

/* From the readers of `node`, and from theirs where they say nothing. */
static rg_status find_hints(hints *out, const rg_case *drawn, const rg_graph *graph, rg_node node, uint32_t depth,
                            rg_arena *arena)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_node_use_count(graph, node) && status == RG_OK && depth > 0; i++) {
        rg_node user = rg_node_use(graph, node, i).user;
        operand_walk walk = {out, drawn, graph, node, arena};
        size_t before = out->count;
        rg_type type = {0};
        for (size_t k = 0; k < rg_node_argument_count(graph, user) && status == RG_OK; k++) {
            rg_value argument = rg_node_argument(graph, user, k);
            status = rg__graph_visit_nodes(graph, argument, add_operand, &walk);
            if (status == RG_OK) {
                status = add_listed_sizes(out, drawn, graph, argument);
            }
        }
        if (status == RG_OK) {
            status = rg__case_type(&type, drawn, rg_node_type(graph, user), arena);
            add_hint(out, type);
        }
        if (status == RG_OK && out->count == before) {
            status = find_hints(out, drawn, graph, user, depth - 1, arena);
        }
    }
    return status;
}

static rg_dtype draw_dtype(rg_drawing *drawing, rg_dtype suggested)
{
    static const rg_dtype any[] = {RG_DTYPE_F32, RG_DTYPE_BF16, RG_DTYPE_F16,
                                   RG_DTYPE_F32, RG_DTYPE_I64,  RG_DTYPE_BOOL};
    uint64_t way = rg__draw_below(&drawing->draw, 4);
    if (way == 0) {
        return RG_DTYPE_F32;
    }
    return way < 3 && suggested != RG_DTYPE_NONE ? suggested
                                                 : any[rg__draw_below(&drawing->draw, sizeof(any) / sizeof(any[0]))];
}

/* Is the input what chooses in a where? */
static bool is_condition(const rg_drawing *drawing, const rg_rule_input *input)
{
    rg_op where = rg_context_find_op(drawing->context, rg_string_from("aten.where.self"));
    for (size_t i = 0; i < rg_node_use_count(drawing->pattern, input->pattern); i++) {
        rg_use use = rg_node_use(drawing->pattern, input->pattern, i);
        if (use.argument == 0 && rg_op_same(rg_node_op(drawing->pattern, use.user), where)) {
            return true;
        }
    }
    return false;
}

/* Into parts of a number of the rule that divides it. */
static void divide_size(rg_drawing *drawing, int64_t *size)
{
    size_t first = (size_t)rg__draw_below(&drawing->draw, drawing->integer_count);
    for (size_t i = 0; i < drawing->integer_count; i++) {
        int64_t number = drawing->integers[(first + i) % drawing->integer_count];
        if (*size % number == 0) {
            *size /= number;
            return;
        }
    }
}

/* Sizes that go with those given: broadcast to them, some being 1 and some of the first left out, or one for each group
 * of columns. */
static void broadcast_sizes(rg_drawing *drawing, int64_t *sizes, uint32_t *rank)
{
    uint64_t way = rg__draw_below(&drawing->draw, 7);
    if (way < 2) {
        return;
    }
    if (way == 6 && *rank > 0 && drawing->integer_count > 0) {
        divide_size(drawing, &sizes[*rank - 1]);
        return;
    }
    uint32_t dropped = way == 2 ? (uint32_t)rg__draw_below(&drawing->draw, *rank + 1) : 0;
    memmove(sizes, sizes + dropped, (*rank - dropped) * sizeof(*sizes));
    *rank -= dropped;
    for (uint32_t i = 0; i < *rank; i++) {
        bool is_one = way == 3 ? i + 1 == *rank : way > 3 && rg__draw_below(&drawing->draw, 2) == 0;
        sizes[i] = is_one ? 1 : sizes[i];
    }
}

/* Sizes from those that the rule's variables have, whole or in parts. */
static void random_sizes(rg_drawing *drawing, const rg_case *drawn, int64_t *sizes, uint32_t *rank)
{
    static const uint32_t ranks[] = {0, 1, 1, 2, 2, 2, 3, 3, 4};
    *rank = ranks[rg__draw_below(&drawing->draw, sizeof(ranks) / sizeof(ranks[0]))];
    for (uint32_t i = 0; i < *rank; i++) {
        uint64_t way = rg__draw_below(&drawing->draw, 4);
        int64_t size = drawing->symbol_count == 0 || way == 0
                           ? rg__draw_integer(drawing)
                           : drawn->values[rg__draw_below(&drawing->draw, drawing->symbol_count)];
        if (way == 1 && drawing->integer_count > 0) {
            size /= drawing->integers[rg__draw_below(&drawing->draw, drawing->integer_count)];
        }
        sizes[i] = size < 1 ? 1 : size;
    }
}

/* A type for an input that has none: that of a case that has fitted, or another one. */
static rg_status draw_type(rg_type *out, rg_drawing *drawing, const rg_case *drawn, const rg_case *like, size_t index,
                           rg_arena *arena)
{
    if (like != NULL && rg__draw_below(&drawing->draw, 3) > 0) {
        *out = like->types[index];
        return RG_OK;
    }
    const rg_rule_input *input = &drawing->rule->inputs[index];
    hints found = {.count = 0};
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint32_t rank = 0;
    rg_status status = find_hints(&found, drawn, drawing->pattern, input->pattern, HINT_DEPTH, arena);
    for (size_t i = 0; i < index; i++) {
        add_hint(&found, drawn->types[i]);
    }
    if (status != RG_OK) {
        return status;
    }
    rg_type hint = found.count == 0 ? (rg_type){0} : found.types[rg__draw_below(&drawing->draw, found.count)];
    rg_dtype dtype = is_condition(drawing, input) ? RG_DTYPE_BOOL
                                                  : draw_dtype(drawing, rg_type_get_tensor(drawn->context, hint).dtype);
    uint64_t way = rg__draw_below(&drawing->draw, 8);
    if (way == 0) { /* one number, such as a scale for everything */
        rank = (uint32_t)rg__draw_below(&drawing->draw, 3);
        sizes[0] = sizes[1] = 1;
    } else if (way > 2 && rg__type_integers(sizes, &rank, drawn->context, hint)) {
        broadcast_sizes(drawing, sizes, &rank);
    } else {
        random_sizes(drawing, drawn, sizes, &rank);
    }
    return input_type(out, drawn, dtype, sizes, rank);
}

/* ---- all inputs ---- */

static rg_status draw_input(bool *fits, rg_drawing *drawing, rg_case *drawn, const rg_case *like, size_t index,
                            rg_arena *arena)
{
    const rg_rule_input *input = &drawing->rule->inputs[index];
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint32_t rank = 0;
    rg_type *type = &drawn->types[index];
    rg_status status = rg__case_type(type, drawn, input->type, arena);
    bool is_declared = rg_type_get_kind(drawing->context, input->type) == RG_TYPE_TENSOR;
    if (status != RG_OK || (rg_type_is_null(*type) && is_declared)) {
        *fits = false;
        return status;
    }
    if (!is_declared) {
        return draw_type(type, drawing, drawn, like, index, arena);
    }
    rg_tensor_type tensor = rg_type_get_tensor(drawing->context, *type);
    if (tensor.dtype != RG_DTYPE_NONE && tensor.strides != NULL) {
        return RG_OK;
    }
    if (!rg__type_integers(sizes, &rank, drawing->context, *type)) {
        *fits = false;
        return RG_OK;
    }
    rg_dtype first = index == 0 ? RG_DTYPE_F32 : rg_type_get_tensor(drawing->context, drawn->types[0]).dtype;
    rg_dtype dtype = tensor.dtype != RG_DTYPE_NONE ? tensor.dtype : draw_dtype(drawing, first);
    rg_device device = drawn->device;
    drawn->device = tensor.device;
    status = input_type(type, drawn, dtype, sizes, rank);
    drawn->device = device;
    return status;
}

static bool are_small(const rg_drawing *drawing, const rg_case *drawn)
{
    uint64_t total = 0;
    for (size_t i = 0; i < drawing->rule->input_count; i++) {
        int64_t sizes[RG_TENSOR_MAX_RANK];
        uint32_t rank = 0;
        uint64_t count = 1;
        if (!rg__type_integers(sizes, &rank, drawing->context, drawn->types[i])) {
            continue;
        }
        for (uint32_t k = 0; k < rank; k++) {
            if (__builtin_mul_overflow(count, (uint64_t)sizes[k], &count)) {
                return false;
            }
        }
        total += count > MOST_ELEMENTS ? MOST_ELEMENTS : count;
    }
    return total <= drawing->max_elements;
}

static rg_status draw_inputs(rg_case *out, bool *fits, rg_drawing *drawing, const rg_case *like, rg_arena *arena)
{
    const rg_rule *rule = drawing->rule;
    rg_status status = RG_OK;
    for (size_t i = 0; i < rule->input_count; i++) {
        out->constants[i] = rg_value_missing();
        out->types[i] = (rg_type){0};
        out->item_counts[i] = 0;
    }
    for (size_t i = 0; i < rule->input_count && status == RG_OK && *fits; i++) {
        rg_rule_input_kind kind = rule->inputs[i].kind;
        if (kind == RG_RULE_INPUT_TENSOR || kind == RG_RULE_INPUT_TENSOR_LIST) {
            status = draw_input(fits, drawing, out, like, i, arena);
            out->item_counts[i] =
                kind == RG_RULE_INPUT_TENSOR ? 0 : 1 + rg__draw_below(&drawing->draw, RG_CHECK_MAX_ITEMS);
        }
    }
    for (size_t i = 0; i < rule->input_count && status == RG_OK && *fits; i++) {
        rg_rule_input_kind kind = rule->inputs[i].kind;
        if (kind != RG_RULE_INPUT_TENSOR && kind != RG_RULE_INPUT_TENSOR_LIST) {
            status = rg__draw_constant(&out->constants[i], drawing, out, i);
        }
    }
    return status;
}

rg_status rg__draw_case(rg_case *out, bool *fits, rg_drawing *drawing, const rg_case *like, rg_arena *arena)
{
    size_t room = drawing->rule->input_count + 1;
    rg_string kind = rg__intern_string(drawing->context, rg_string_from("cuda"));
    *out = (rg_case){.context = drawing->context, .rule = drawing->rule, .device = {kind.data, 0}};
    *fits = true;
    out->types = rg__arena_allocate(arena, room * sizeof(*out->types));
    out->item_counts = rg__arena_allocate(arena, room * sizeof(*out->item_counts));
    out->constants = rg__arena_allocate(arena, room * sizeof(*out->constants));
    if (out->types == NULL || out->item_counts == NULL || out->constants == NULL || kind.data == NULL) {
        return rg__report_memory(drawing->context);
    }
    rg_status status = draw_sizes(out, drawing, like, arena);
    if (status == RG_OK) {
        status = draw_inputs(out, fits, drawing, like, arena);
    }
    *fits = *fits && status == RG_OK && are_small(drawing, out);
    return status;
}

rg_status rg__case_part(bool *has_part, rg_case *drawn, size_t index, uint32_t ranks)
{
    int64_t sizes[RG_TENSOR_MAX_RANK];
    uint32_t rank = 0;
    *has_part = ranks > 1 && rg__type_integers(sizes, &rank, drawn->context, drawn->types[index]) && rank > 0 &&
                sizes[0] % ranks == 0;
    if (!*has_part) {
        return RG_OK;
    }
    sizes[0] /= ranks;
    return input_type(&drawn->types[index], drawn, rg_type_get_tensor(drawn->context, drawn->types[index]).dtype, sizes,
                      rank);
}

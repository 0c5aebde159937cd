/*
 * draw_constant.c: what stands for the captured constants of a rule, and how a case reads.
 */
#include <math.h>

#include <regraft/document.h>

#include "check/check_impl.h"

/* ---- floats ---- */

static bool starts_with(rg_string text, const char *start)
{
    size_t size = strlen(start);
    return text.size >= size && memcmp(text.data, start, size) == 0;
}

/* What the op that reads an input calls it; empty when its schema does not say. */
static rg_string argument_name(const rg_drawing *drawing, rg_use use)
{
    rg_op op = rg_node_op(drawing->pattern, use.user);
    rg_argument_info info = {.name = rg_node_argument_name(drawing->pattern, use.user, use.argument)};
    if (info.name.size == 0 && use.argument < rg_op_argument_count(drawing->context, op) &&
        rg_op_argument(&info, drawing->context, op, use.argument) != RG_OK) {
        return (rg_string){NULL, 0};
    }
    return info.name;
}

/* Is it added where a root or a quotient must not be of 0? Its own name or that of the argument it is given for says
 * so. */
static bool is_epsilon(const rg_drawing *drawing, const rg_rule_input *input)
{
    bool found = starts_with(input->name, "eps");
    for (size_t i = 0; i < rg_node_use_count(drawing->pattern, input->pattern); i++) {
        rg_string name = argument_name(drawing, rg_node_use(drawing->pattern, input->pattern, i));
        found = found || starts_with(name, "eps") || starts_with(name, "rms_eps");
    }
    return found;
}

/* The probability of a random op: only 0 can be compared. */
static bool is_probability(const rg_drawing *drawing, const rg_rule_input *input)
{
    for (size_t i = 0; i < rg_node_use_count(drawing->pattern, input->pattern); i++) {
        rg_use use = rg_node_use(drawing->pattern, input->pattern, i);
        rg_string name = argument_name(drawing, use);
        if ((rg_op_traits(drawing->context, rg_node_op(drawing->pattern, use.user)) & RG_TRAIT_RANDOM) != 0 &&
            rg__is_probability(name)) {
            return true;
        }
    }
    return false;
}

/* Does it fill a tensor? In a pattern that chooses, often only the lowest numbers of a dtype will do. */
static bool is_fill(const rg_drawing *drawing, const rg_rule_input *input)
{
    rg_string scalar = rg_string_from("aten.scalar_tensor.default");
    for (size_t i = 0; i < rg_node_use_count(drawing->pattern, input->pattern); i++) {
        rg_use use = rg_node_use(drawing->pattern, input->pattern, i);
        if (starts_with(argument_name(drawing, use), "fill") ||
            rg_string_equal(rg_op_name(drawing->context, rg_node_op(drawing->pattern, use.user)), scalar)) {
            return true;
        }
    }
    return false;
}

static double draw_real(rg_drawing *drawing, const rg_rule_input *input)
{
    static const double epsilons[] = {1e-6, 1e-5, 1e-3, 0.5};
    static const double fills[] = {-INFINITY, -65504.0, -3.3895313892515355e+38, -3.4028234663852886e+38};
    static const double usual[] = {0.5, 2.0, 0.125, 1.5, -0.75, 1.0, 3.0};
    if (is_probability(drawing, input)) {
        return 0;
    }
    if (is_epsilon(drawing, input)) {
        return epsilons[rg__draw_below(&drawing->draw, 4)];
    }
    if (is_fill(drawing, input) && rg__draw_below(&drawing->draw, 2) == 0) {
        return fills[rg__draw_below(&drawing->draw, 4)];
    }
    if (drawing->real_count > 0 && rg__draw_below(&drawing->draw, 3) == 0) {
        return drawing->reals[rg__draw_below(&drawing->draw, drawing->real_count)];
    }
    return usual[rg__draw_below(&drawing->draw, sizeof(usual) / sizeof(usual[0]))];
}

/* ---- lists of integers ---- */

/* The sizes of an input that is a tensor, any of them. */
static bool draw_shape(int64_t *out, uint32_t *rank, rg_drawing *drawing, const rg_case *drawn)
{
    size_t count = drawing->rule->input_count;
    size_t first = (size_t)rg__draw_below(&drawing->draw, count);
    for (size_t i = 0; i < count; i++) {
        if (rg__type_integers(out, rank, drawing->context, drawn->types[(first + i) % count])) {
            return true;
        }
    }
    return false;
}

static void shuffle(rg_drawing *drawing, int64_t *items, uint32_t count)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = (uint32_t)rg__draw_below(&drawing->draw, i);
        int64_t kept = items[i - 1];
        items[i - 1] = items[other];
        items[other] = kept;
    }
}

/* A list of integers that was drawn before. */
static bool find_list(int64_t *out, uint32_t *count, const rg_drawing *drawing, const rg_case *drawn, size_t index)
{
    for (size_t i = index; i-- > 0;) {
        size_t items = rg_value_count(drawing->context, NULL, drawn->constants[i]);
        if (drawing->rule->inputs[i].kind != RG_RULE_INPUT_INT_LIST || items == 0 || items > RG_TENSOR_MAX_RANK) {
            continue;
        }
        for (size_t k = 0; k < items; k++) {
            (void)rg_value_as_int(drawing->context, rg_value_item(drawing->context, NULL, drawn->constants[i], k),
                                  &out[k]);
        }
        *count = (uint32_t)items;
        return true;
    }
    return false;
}

/* If the items are an order of dimensions, the order that undoes it. */
static bool invert(int64_t *items, uint32_t count)
{
    int64_t inverse[RG_TENSOR_MAX_RANK];
    for (uint32_t i = 0; i < count; i++) {
        if (items[i] < 0 || items[i] >= count) {
            return false;
        }
        inverse[items[i]] = i;
    }
    memcpy(items, inverse, count * sizeof(*items));
    return true;
}

/* A size cut into parts. */
static void cut(rg_drawing *drawing, int64_t *items, uint32_t *count, int64_t size)
{
    *count = 0;
    while (size > 0 && *count < 3) {
        int64_t part = *count == 2 ? size : 1 + (int64_t)rg__draw_below(&drawing->draw, (uint64_t)size);
        items[(*count)++] = part;
        size -= part;
    }
    if (size > 0) {
        items[*count - 1] += size;
    }
}

typedef enum list_way { WAY_SHAPE, WAY_FLAT, WAY_MERGED, WAY_ORDER, WAY_CUT, WAY_INVERSE, LIST_WAYS } list_way;

/* The sizes of a tensor or what a view makes of them, an order of dimensions or what undoes one, a dimension in parts.
 */
static rg_status draw_list(rg_value *out, rg_drawing *drawing, const rg_case *drawn, size_t index)
{
    int64_t items[RG_TENSOR_MAX_RANK] = {1};
    rg_value values[RG_TENSOR_MAX_RANK];
    uint32_t count = 1;
    rg_status status = RG_OK;
    bool has_shape = draw_shape(items, &count, drawing, drawn);
    switch (has_shape ? (list_way)rg__draw_below(&drawing->draw, LIST_WAYS) : WAY_SHAPE) {
    case WAY_FLAT:
        items[0] = -1;
        count = 1;
        break;
    case WAY_MERGED: /* the first two dimensions */
        if (count > 1) {
            items[1] *= items[0];
            memmove(items, items + 1, --count * sizeof(*items));
        }
        break;
    case WAY_ORDER:
        for (uint32_t i = 0; i < count; i++) {
            items[i] = i;
        }
        shuffle(drawing, items, count);
        break;
    case WAY_CUT:
        cut(drawing, items, &count, count == 0 ? 1 : items[rg__draw_below(&drawing->draw, count)]);
        break;
    case WAY_INVERSE:
        if (find_list(items, &count, drawing, drawn, index)) {
            (void)invert(items, count);
        }
        break;
    default:
        break;
    }
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        status = rg_value_int(&values[i], drawing->context, items[i]);
    }
    return status == RG_OK ? rg_value_items(out, drawing->context, NULL, RG_VALUE_LIST, values, count) : status;
}

/* ---- any ---- */

static int64_t symbol_value(const rg_case *drawn, rg_string name)
{
    for (size_t i = 0; i < drawn->sizes.count; i++) {
        if (rg_string_equal(rg_size_as_symbol(drawn->context, drawn->sizes.symbols[i]), name)) {
            return drawn->values[i];
        }
    }
    return 1;
}

rg_status rg__draw_constant(rg_value *out, rg_drawing *drawing, const rg_case *drawn, size_t index)
{
    static const rg_dtype dtypes[] = {RG_DTYPE_F32, RG_DTYPE_BF16, RG_DTYPE_F16, RG_DTYPE_F64};
    const rg_rule_input *input = &drawing->rule->inputs[index];
    switch (input->kind) {
    case RG_RULE_INPUT_INT:
        return rg_value_int(out, drawing->context, symbol_value(drawn, input->name));
    case RG_RULE_INPUT_FLOAT:
        *out = rg_value_float(draw_real(drawing, input));
        return RG_OK;
    case RG_RULE_INPUT_BOOL:
        *out = rg_value_bool(rg__draw_below(&drawing->draw, 2) == 1);
        return RG_OK;
    case RG_RULE_INPUT_STRING:
        return rg_value_string(out, drawing->context, input->name);
    case RG_RULE_INPUT_DTYPE:
        *out = rg_value_dtype(dtypes[rg__draw_below(&drawing->draw, 4)]);
        return RG_OK;
    default:
        return draw_list(out, drawing, drawn, index);
    }
}

/* ---- as text ---- */

rg_status rg__case_print(const rg_case *drawn, rg_buffer *out)
{
    const char *separator = "";
    rg_status status = RG_OK;
    for (size_t i = 0; i < drawn->rule->symbol_count; i++) {
        rg_string name = rg_size_as_symbol(drawn->context, drawn->sizes.symbols[i]);
        rg__buffer_append_format(out, "%s%.*s=%lld", separator, (int)name.size, name.data, (long long)drawn->values[i]);
        separator = ", ";
    }
    for (size_t i = 0; i < drawn->rule->input_count && status == RG_OK; i++) {
        const rg_rule_input *input = &drawn->rule->inputs[i];
        bool is_tensor = input->kind == RG_RULE_INPUT_TENSOR || input->kind == RG_RULE_INPUT_TENSOR_LIST;
        bool is_told = is_tensor && rg_type_get_tensor(drawn->context, input->type).dtype != RG_DTYPE_NONE;
        if (is_told || input->kind == RG_RULE_INPUT_STRING) {
            continue;
        }
        rg__buffer_append_format(out, "%s%.*s=", separator, (int)input->name.size, input->name.data);
        status = is_tensor ? rg_type_print(drawn->context, drawn->types[i], (rg_type_print_options){false, false},
                                           rg__buffer_sink(out))
                           : rg_value_print(drawn->context, NULL, drawn->constants[i], rg__buffer_sink(out));
        separator = ", ";
    }
    return status;
}

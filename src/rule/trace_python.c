/*
 * trace_python.c: what is no tensor arithmetic: attributes and sizes of tensors, len, float, math, dtype limits.
 */
#include "rule/trace_table.h"

#include <float.h>
#include <stdio.h>

#include "ir/context_impl.h"
#include "rule/scalar.h"

/* ---- arithmetic on numbers ---- */

/* A node for the matcher to evaluate (rule_impl.h). Its type is a Sym of its own name. */
static rg_value record_node(rg_tracer *tracer, rg_op_kind kind, const char *op, const rg_value *values, size_t count)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument arguments[2];
    rg_node node = {0};
    rg_size symbol;
    rg_type type = {0};
    for (size_t i = 0; i < count; i++) {
        arguments[i] = RG_POSITION(values[i]);
    }
    if (!rg__trace_ok(tracer, rg_context_intern_op(&description.op, tracer->context, kind, rg_string_from(op)))) {
        return rg_value_missing();
    }
    description.arguments = arguments;
    description.argument_count = count;
    if (rg__trace_ok(tracer, rg_graph_insert(&node, tracer->graph, (rg_node){0}, &description)) &&
        rg__trace_ok(tracer, rg_size_from_symbol(&symbol, tracer->context, rg_node_name(tracer->graph, node))) &&
        rg__trace_ok(tracer, rg_type_from_size(&type, tracer->context, symbol))) {
        rg_graph_set_type(tracer->graph, node, type);
        rg__trace_note_place(tracer, node);
    }
    return rg_value_node(node);
}

rg_value rg__trace_record_scalar(rg_tracer *tracer, const char *op, const rg_value *values, size_t count)
{
    rg_op_kind kind = strncmp(op, "operator.", 9) == 0 ? RG_OP_OPERATOR : RG_OP_FUNCTION;
    return record_node(tracer, kind, op, values, count);
}

rg_value rg__trace_record_method(rg_tracer *tracer, const char *name, rg_value base)
{
    return record_node(tracer, RG_OP_METHOD, name, &base, 1);
}

rg_value rg__trace_scalar(rg_tracer *tracer, const char *op, const rg_value *values, size_t count)
{
    rg_value result = rg_value_missing();
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        if (!rg__trace_is_number(tracer, values[i])) {
            return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "operands of %s must be numbers", op);
        }
    }
    if (tracer->status != RG_OK) {
        return result;
    }
    /* A size variable may stand for 0 and 1 in a match, which its name as a symbol rules out. */
    for (size_t i = 0; i < count && rg__trace_is_check(tracer); i++) {
        if (rg_value_get_kind(values[i]) == RG_VALUE_SIZE) {
            return rg__trace_record_scalar(tracer, op, values, count);
        }
    }
    if (!rg__trace_ok(tracer, rg__scalar_compute(&result, tracer->context, rg_string_from(op), values, count))) {
        return rg_value_missing();
    }
    return rg_value_is_missing(result) ? rg__trace_record_scalar(tracer, op, values, count) : result;
}

/* Functions of one or two numbers: the row's op is the function's name in scalar.c. */
static rg_value trace_number(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    return rg__trace_scalar(tracer, row->op, a, rg_value_is_missing(a[1]) ? 1 : 2);
}

/* max and min of several numbers, or of a list of them */
static rg_value trace_extreme(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_value items[RG_MAX_RANK];
    uint32_t count = rg__trace_read_items(tracer, a[0], "values", items);
    if (tracer->status == RG_OK && count == 0) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs at least one number");
    }
    for (uint32_t i = 1; i < count; i++) {
        const rg_value pair[] = {items[0], items[i]};
        items[0] = rg__trace_scalar(tracer, row->op, pair, 2);
    }
    return tracer->status == RG_OK ? items[0] : rg_value_missing();
}

/* float("-inf") too */
static rg_value trace_float(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    double number = 0;
    if (rg_value_get_kind(a[0]) != RG_VALUE_STRING) {
        return rg__trace_scalar(tracer, row->op, a, 1);
    }
    rg_string text = rg_value_as_text(tracer->context, a[0]);
    return rg__parse_float(text, &number)
               ? rg_value_float(number)
               : rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%.*s' is no number", (int)text.size, text.data);
}

static rg_value trace_len(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    size_t count = 0;
    (void)row;
    if (rg__trace_is_scalar_node(tracer, a[0]) || rg__trace_is_open_list(tracer, a[0])) {
        return rg__trace_record_scalar(tracer, "len", a, 1);
    }
    if (!rg__trace_item_count(tracer, a[0], &count)) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs a list");
    }
    return rg__trace_int(tracer, (int64_t)count);
}

static rg_value trace_sequence(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_value items[RG_MAX_RANK];
    uint32_t count = rg__trace_is_list(a[0]) ? rg__trace_read_items(tracer, a[0], "sequence", items) : 0;
    if (!rg__trace_is_list(a[0])) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs a list");
    }
    return row->name[0] == 't' ? rg__trace_tuple(tracer, items, count) : rg__trace_list(tracer, items, count);
}

/* free(0.5): any number in this place of the pattern; an input of the rule that has no name of its own. */
static rg_value trace_free(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_rule_input_kind kind;
    char name[32];
    (void)row;
    if (tracer->role != RG_TRACE_PATTERN) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "stands in patterns only");
    }
    if (!rg__trace_scalar_kind(&kind, a[0])) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "takes a constant");
    }
    snprintf(name, sizeof(name), "free_%u", tracer->inputs.count);
    return rg__trace_input(tracer, rg_string_from(name), kind, (rg_type){0});
}

/* ---- a tensor's properties ---- */

static rg_value trace_shape(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_shape shape;
    bool strides = strcmp(row->name, "stride") == 0;
    if (rg__trace_is_check(tracer)) {
        return rg__check_property(tracer, a[0], strides ? "stride" : "shape", a[1]);
    }
    if (!rg__trace_read_shape(tracer, a[0], "self", &shape)) {
        return rg_value_missing();
    }
    const rg_size *sizes = strides ? shape.strides : shape.sizes;
    if (rg__trace_is_given(a[1])) {
        uint32_t dim = rg__trace_read_dim(tracer, a[1], "dim", shape.rank);
        return tracer->status == RG_OK ? rg__trace_size(tracer, sizes[dim]) : rg_value_missing();
    }
    rg_value items[RG_MAX_RANK];
    for (uint32_t i = 0; i < shape.rank; i++) {
        items[i] = rg__trace_size(tracer, sizes[i]);
    }
    return rg__trace_tuple(tracer, items, shape.rank);
}

static rg_value trace_dim(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (rg__trace_is_check(tracer)) {
        return rg__check_property(tracer, a[0], "ndim", rg_value_missing());
    }
    return rg__trace_read_shape(tracer, a[0], "self", &shape) ? rg__trace_int(tracer, shape.rank) : rg_value_missing();
}

static rg_value trace_numel(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (rg__trace_is_check(tracer)) {
        return rg__check_property(tracer, a[0], "numel", rg_value_missing());
    }
    if (!rg__trace_read_shape(tracer, a[0], "self", &shape)) {
        return rg_value_missing();
    }
    rg_inference inference = rg__trace_layout(tracer);
    rg_size count = rg__shape_element_count(&inference, &shape);
    return rg__trace_layout_ok(tracer, &inference) ? rg__trace_size(tracer, count) : rg_value_missing();
}

static rg_value trace_dtype(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (rg__trace_is_check(tracer)) {
        return rg__check_property(tracer, a[0], "dtype", rg_value_missing());
    }
    return rg__trace_read_shape(tracer, a[0], "self", &shape) ? rg_value_dtype(shape.dtype) : rg_value_missing();
}

static rg_value trace_device(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    rg_shape shape;
    if (rg__trace_is_check(tracer)) {
        return rg__check_property(tracer, a[0], "device", rg_value_missing());
    }
    if (!rg__trace_read_shape(tracer, a[0], "self", &shape)) {
        return rg_value_missing();
    }
    return shape.device.kind == NULL
               ? rg__trace_fail(tracer, RG_ERROR_TYPE, "the device is needed here and not known; declare it")
               : rg__trace_device(tracer, shape.device);
}

/* .values and .indices of max(dim), sort, topk */
static rg_value trace_named_result(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    return rg__trace_item(tracer, a[0], strcmp(row->name, "values") == 0 ? 0 : 1);
}

static rg_value trace_make_device(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    (void)row;
    if (rg_value_get_kind(a[0]) == RG_VALUE_DEVICE) {
        return a[0];
    }
    if (rg_value_get_kind(a[0]) != RG_VALUE_STRING) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs a name such as \"cuda:0\"");
    }
    rg_value result = rg__trace_parse_device(tracer, rg_value_as_text(tracer->context, a[0]));
    if (rg__trace_is_given(a[1]) && tracer->status == RG_OK) {
        rg_device device = rg_value_as_device(tracer->context, result);
        int64_t index = rg__trace_read_int(tracer, a[1], "index");
        device.index = index >= 0 && index <= INT32_MAX ? (int32_t)index : -1;
        result = rg__trace_device(tracer, device);
    }
    return result;
}

/* ---- limits of dtypes ---- */

typedef struct limits {
    rg_dtype dtype;
    double max;
    double min;
    double eps;
    double tiny;
} limits;

/* IEEE 754 and OFP8: the numbers of torch.finfo. */
static const limits float_limits[] = {
    {RG_DTYPE_F64, DBL_MAX, -DBL_MAX, DBL_EPSILON, DBL_MIN},
    {RG_DTYPE_F32, (double)FLT_MAX, -(double)FLT_MAX, (double)FLT_EPSILON, (double)FLT_MIN},
    {RG_DTYPE_F16, 65504.0, -65504.0, 0x1p-10, 0x1p-14},
    {RG_DTYPE_BF16, 0x1.fep+127, -0x1.fep+127, 0x1p-7, 0x1p-126},
    {RG_DTYPE_F8E4M3FN, 448.0, -448.0, 0x1p-3, 0x1p-6},
    {RG_DTYPE_F8E5M2, 57344.0, -57344.0, 0x1p-2, 0x1p-14},
    {RG_DTYPE_F8E4M3FNUZ, 240.0, -240.0, 0x1p-3, 0x1p-7},
    {RG_DTYPE_F8E5M2FNUZ, 57344.0, -57344.0, 0x1p-2, 0x1p-15},
};

/* torch.finfo(dtype) is an object whose text names the dtype; its attributes read that back. */
static rg_value trace_limits(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    rg_value result = rg_value_missing();
    rg_buffer text;
    rg_dtype dtype = rg_value_as_dtype(a[0]);
    bool is_float = strcmp(row->name, "finfo") == 0;
    if (dtype == RG_DTYPE_NONE || (is_float ? !rg_dtype_is_float(dtype) : !rg_dtype_is_integer(dtype))) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs a dtype of %s", is_float ? "floats" : "integers");
    }
    rg__buffer_init(&text, &tracer->context->allocator);
    rg__buffer_append_format(&text, "torch.%s(%s)", row->name, rg_dtype_torch_name(dtype));
    if (text.failed) {
        rg__trace_fail(tracer, RG_ERROR_MEMORY, "out of memory");
    } else {
        rg__trace_ok(tracer, rg_value_text(&result, tracer->context, RG_VALUE_OBJECT, rg__buffer_string(&text)));
    }
    rg__buffer_free(&text);
    return result;
}

/* The dtype in "torch.finfo(float16)"; NONE for other texts. */
static rg_dtype limits_dtype(rg_string text, bool *is_float)
{
    static const char *const heads[] = {"torch.finfo(", "torch.iinfo("};
    for (int i = 0; i < 2; i++) {
        size_t size = strlen(heads[i]);
        if (text.size > size + 1 && memcmp(text.data, heads[i], size) == 0) {
            *is_float = i == 0;
            return rg_dtype_from_name((rg_string){text.data + size, text.size - size - 1});
        }
    }
    return RG_DTYPE_NONE;
}

static rg_value integer_limit(rg_tracer *tracer, const char *name, rg_dtype dtype)
{
    bool is_unsigned = rg_dtype_torch_name(dtype)[0] == 'u';
    unsigned bits = (unsigned)(8 * rg_dtype_bytes(dtype));
    if (strcmp(name, "bits") == 0) {
        return rg__trace_int(tracer, bits);
    }
    if (is_unsigned && bits == 64 && strcmp(name, "max") == 0) {
        return rg__trace_word(tracer, RG_VALUE_INT, "18446744073709551615");
    }
    uint64_t largest = is_unsigned ? (UINT64_MAX >> (64 - bits)) : (UINT64_MAX >> (65 - bits));
    if (strcmp(name, "max") == 0) {
        return rg__trace_int(tracer, (int64_t)largest);
    }
    return rg__trace_int(tracer, is_unsigned ? 0 : -(int64_t)largest - 1);
}

static rg_value trace_limit(rg_tracer *tracer, const rg_trace_row *row, const rg_value *a)
{
    bool is_float = false;
    rg_dtype dtype = RG_DTYPE_NONE;
    if (rg_value_get_kind(a[0]) == RG_VALUE_OBJECT) {
        dtype = limits_dtype(rg_value_as_text(tracer->context, a[0]), &is_float);
    }
    if (dtype != RG_DTYPE_NONE && !is_float && (row->name[0] == 'm' || row->name[0] == 'b')) {
        return integer_limit(tracer, row->name, dtype);
    }
    for (size_t i = 0; is_float && i < sizeof(float_limits) / sizeof(float_limits[0]); i++) {
        const limits *entry = &float_limits[i];
        if (entry->dtype == dtype && strcmp(row->name, "bits") != 0) {
            return rg_value_float(strcmp(row->name, "max") == 0   ? entry->max
                                  : strcmp(row->name, "min") == 0 ? entry->min
                                  : strcmp(row->name, "eps") == 0 ? entry->eps
                                                                  : entry->tiny);
        }
    }
    return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "this value has no attribute '%s'", row->name);
}

static const rg_trace_row rows[] = {
    {"len", RG_IN_BUILTINS, "sequence", trace_len, NULL},
    {"list", RG_IN_BUILTINS, "sequence", trace_sequence, NULL},
    {"tuple", RG_IN_BUILTINS, "sequence", trace_sequence, NULL},
    {"Size", RG_IN_TORCH, "sequence", trace_sequence, NULL},
    {"float", RG_IN_BUILTINS, "value", trace_float, "float"},
    {"int", RG_IN_BUILTINS, "value, unused=", trace_number, "int"},
    {"max", RG_IN_BUILTINS, "*values", trace_extreme, "max"},
    {"min", RG_IN_BUILTINS, "*values", trace_extreme, "min"},
    {"Max", RG_IN_BUILTINS, "*values", trace_extreme, "max"}, /* as printed in shapes */
    {"Min", RG_IN_BUILTINS, "*values", trace_extreme, "min"},
    {"Mod", RG_IN_BUILTINS, "x, y", trace_number, "operator.mod"},
    {"device", RG_IN_BUILTINS, "type, index=", trace_make_device, NULL}, /* as printed in graphs */
    {"free", RG_IN_BUILTINS, "value", trace_free, NULL},
    {"sqrt", RG_IN_MATH, "x, unused=", trace_number, "math.sqrt"},
    {"exp", RG_IN_MATH, "x, unused=", trace_number, "math.exp"},
    {"log", RG_IN_MATH, "x, unused=", trace_number, "math.log"},
    {"log2", RG_IN_MATH, "x, unused=", trace_number, "math.log2"},
    {"floor", RG_IN_MATH, "x, unused=", trace_number, "math.floor"},
    {"ceil", RG_IN_MATH, "x, unused=", trace_number, "math.ceil"},
    {"pow", RG_IN_MATH, "x, y", trace_number, "math.pow"},
    {"shape", RG_IN_ATTRIBUTES, "self, unused=", trace_shape, NULL},
    {"size", RG_IN_METHODS, "self, dim=", trace_shape, NULL},
    {"stride", RG_IN_METHODS, "self, dim=", trace_shape, NULL},
    {"dim", RG_IN_METHODS, "self", trace_dim, NULL},
    {"ndim", RG_IN_ATTRIBUTES, "self", trace_dim, NULL},
    {"numel", RG_IN_BOTH, "input|self", trace_numel, NULL},
    {"dtype", RG_IN_ATTRIBUTES, "self", trace_dtype, NULL},
    {"device", RG_IN_ATTRIBUTES, "self", trace_device, NULL},
    {"values", RG_IN_ATTRIBUTES, "self", trace_named_result, NULL},
    {"indices", RG_IN_ATTRIBUTES, "self", trace_named_result, NULL},
    {"device", RG_IN_TORCH, "type|device, index=", trace_make_device, NULL},
    {"finfo", RG_IN_TORCH, "type", trace_limits, NULL},
    {"iinfo", RG_IN_TORCH, "type", trace_limits, NULL},
    {"max", RG_IN_LIMITS, "self", trace_limit, NULL},
    {"min", RG_IN_LIMITS, "self", trace_limit, NULL},
    {"eps", RG_IN_LIMITS, "self", trace_limit, NULL},
    {"tiny", RG_IN_LIMITS, "self", trace_limit, NULL},
    {"smallest_normal", RG_IN_LIMITS, "self", trace_limit, NULL},
    {"bits", RG_IN_LIMITS, "self", trace_limit, NULL},
};

const rg_trace_family rg__trace_python = {rows, sizeof(rows) / sizeof(rows[0]),
                                          RG_IN_BOTH | RG_IN_ATTRIBUTES | RG_IN_MATH | RG_IN_BUILTINS | RG_IN_LIMITS};

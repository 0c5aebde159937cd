/*
 * evaluate.c: expressions of rule files. Statements and functions: function.c.
 *
 * Everything here is sticky in the tracer's status: after an error each step gives RG_ITEM_NOTHING or the missing value
 * and does nothing. While an expression is at work the tracer's place is its place, so whatever fails below says where.
 */
#include "rule/evaluate.h"

#include "ir/context_impl.h"
#include "rule/comprehension.h"
#include "rule/function.h"
#include "rule/repetition.h"
#include "rule/trace_table.h"

/* Bounds what one text can make a trace do: helpers that call helpers double the work with every level. */
enum { MAX_STEPS = 1000000 };

static rg_item nothing(void)
{
    rg_item item = {.kind = RG_ITEM_NOTHING, .value = rg_value_missing()};
    return item;
}

static rg_item from_value(const rg_evaluator *evaluator, rg_value value)
{
    rg_item item = {.kind = RG_ITEM_VALUE, .value = value};
    return evaluator->tracer->status == RG_OK && !rg_value_is_missing(value) ? item : nothing();
}

static rg_item from_path(rg_string path)
{
    rg_item item = {.kind = RG_ITEM_PATH, .value = rg_value_missing(), .text = path};
    return item;
}

/* ---- frames ---- */

void rg__frame_init(rg_frame *frame, const rg_frame *outer, const rg_allocator *allocator)
{
    memset(frame, 0, sizeof(*frame));
    frame->outer = outer;
    frame->allocator = allocator;
}

void rg__frame_free(rg_frame *frame)
{
    rg__vector_free(frame->allocator, &frame->bindings);
}

bool rg__frame_bind(rg_frame *frame, rg_string name, const rg_item *item)
{
    for (uint32_t i = 0; i < frame->bindings.count; i++) {
        if (rg_string_equal(frame->bindings.items[i].name, name)) {
            frame->bindings.items[i].item = *item;
            return true;
        }
    }
    rg_binding binding = {name, *item};
    return rg__vector_push(frame->allocator, &frame->bindings, binding);
}

const rg_item *rg__frame_find(const rg_frame *frame, rg_string name)
{
    for (; frame != NULL; frame = frame->outer) {
        for (uint32_t i = 0; i < frame->bindings.count; i++) {
            if (rg_string_equal(frame->bindings.items[i].name, name)) {
                return &frame->bindings.items[i].item;
            }
        }
    }
    return NULL;
}

/* ---- paths ---- */

static bool starts_with(rg_string text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size > size && memcmp(text.data, prefix, size) == 0;
}

static bool is_one_of(rg_string text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rg_string_equal(text, rg_string_from(words[i]))) {
            return true;
        }
    }
    return false;
}

static const struct {
    const char *path;
    double value;
} numbers[] = {
    {"math.inf", (double)__builtin_inff()},
    {"torch.inf", (double)__builtin_inff()},
    {"inf", (double)__builtin_inff()},
    {"math.nan", (double)__builtin_nanf("")},
    {"torch.nan", (double)__builtin_nanf("")},
    {"nan", (double)__builtin_nanf("")},
    {"math.pi", 3.141592653589793},
    {"torch.pi", 3.141592653589793},
    {"math.e", 2.718281828459045},
};

/* What torch.NAME is when it is a constant: a dtype, a layout, a memory format. Missing for everything else. */
static rg_value torch_constant(rg_tracer *tracer, rg_string name)
{
    static const char *const layouts[] = {"strided", "sparse_coo", "sparse_csr"};
    static const char *const formats[] = {"contiguous_format", "preserve_format", "channels_last", "channels_last_3d"};
    rg_value result = rg_value_missing();
    rg_dtype dtype = rg_dtype_from_name(name);
    bool is_layout = is_one_of(name, layouts, 3);
    if (dtype != RG_DTYPE_NONE) {
        return rg_value_dtype(dtype);
    }
    if (is_layout || is_one_of(name, formats, 4)) {
        rg__trace_ok(tracer, rg_value_text(&result, tracer->context,
                                           is_layout ? RG_VALUE_LAYOUT : RG_VALUE_MEMORY_FORMAT, name));
    }
    return result;
}

/* config.NAME, as rg_rule_set_set_config has set it. */
static rg_value config_value(rg_evaluator *evaluator, rg_string name)
{
    for (size_t i = 0; i < evaluator->config_count; i++) {
        if (rg_string_equal(evaluator->config[i].name, name)) {
            return evaluator->config[i].value;
        }
    }
    return rg_value_missing();
}

/* The constant that a path names; missing when it names none. */
static rg_value path_constant(rg_evaluator *evaluator, rg_string path)
{
    const char *dot = memchr(path.data, '.', path.size);
    const char *member = dot == NULL ? NULL : dot + 1;
    if (starts_with(path, "config.")) {
        return config_value(evaluator, (rg_string){path.data + 7, path.size - 7});
    }
    if (member != NULL && memchr(member, '.', path.size - (size_t)(member - path.data)) != NULL) {
        return rg_value_missing(); /* as torch.ops.aten: constants are one level down */
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (rg_string_equal(path, rg_string_from(numbers[i].path))) {
            return rg_value_float(numbers[i].value);
        }
    }
    if (rg_string_equal(path, rg_string_from("Ellipsis"))) {
        return rg_value_ellipsis();
    }
    return starts_with(path, "torch.") ? torch_constant(evaluator->tracer, (rg_string){path.data + 6, path.size - 6})
                                       : rg_value_missing();
}

static rg_item resolve_path(rg_evaluator *evaluator, rg_string path)
{
    rg_value constant = path_constant(evaluator, path);
    if (!rg_value_is_missing(constant) || evaluator->tracer->status != RG_OK) {
        return from_value(evaluator, constant);
    }
    return from_path(path);
}

/* An item where a value is needed: the path of an op is the op. */
static rg_value as_value(rg_evaluator *evaluator, const rg_item *item)
{
    rg_tracer *tracer = evaluator->tracer;
    if (tracer->status != RG_OK) {
        return rg_value_missing();
    }
    switch (item->kind) {
    case RG_ITEM_VALUE:
        return item->value;
    case RG_ITEM_PATH: {
        rg_op op = rg__trace_find_op(tracer, item->text);
        if (!rg_op_is_null(op)) {
            return rg_value_op(op);
        }
        if (starts_with(item->text, "config.")) {
            return rg__trace_fail(tracer, RG_ERROR_NAME, "'%.*s' is not set", (int)item->text.size, item->text.data);
        }
        return rg__trace_fail(tracer, RG_ERROR_NAME, "'%.*s' is no value", (int)item->text.size, item->text.data);
    }
    case RG_ITEM_METHOD:
        return rg__trace_fail(tracer, RG_ERROR_NAME, "method '%.*s' is not called", (int)item->text.size,
                              item->text.data);
    default:
        return rg__trace_fail(tracer, RG_ERROR_NAME, "a function is no value");
    }
}

/* ---- names and attributes ---- */

/* Names that need no import: the modules, what graphs print bare, and Python's own functions. */
static bool is_root(rg_string name)
{
    static const char *const roots[] = {
        "torch", "math", "operator", "config", "auto_functionalized", "auto_functionalized_v2",
        "inf",   "nan",  "Ellipsis"};
    return is_one_of(name, roots, sizeof(roots) / sizeof(roots[0])) || rg__trace_find(RG_IN_BUILTINS, name) != NULL;
}

static rg_item evaluate_name(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_size variable;
    const rg_item *bound = rg__frame_find(frame, syntax->text);
    if (bound != NULL) {
        return bound->kind == RG_ITEM_PATH ? resolve_path(evaluator, bound->text) : *bound;
    }
    if (rg__trace_find_variable(evaluator->tracer, syntax->text, &variable)) {
        return from_value(evaluator, rg_value_size(variable));
    }
    if (is_root(syntax->text)) {
        return resolve_path(evaluator, syntax->text);
    }
    rg__trace_fail(evaluator->tracer, RG_ERROR_NAME, "'%.*s' is not defined", (int)syntax->text.size,
                   syntax->text.data);
    return nothing();
}

static rg_item join_path(rg_evaluator *evaluator, rg_string path, rg_string name)
{
    char *text = rg__arena_allocate(evaluator->arena, path.size + 1 + name.size);
    if (text == NULL) {
        rg__trace_ok(evaluator->tracer, rg__report_memory(evaluator->tracer->context));
        return nothing();
    }
    memcpy(text, path.data, path.size);
    text[path.size] = '.';
    memcpy(text + path.size + 1, name.data, name.size);
    return resolve_path(evaluator, (rg_string){text, path.size + 1 + name.size});
}

/* A record's field, as `layer.num_heads` of a layer that the configuration describes. */
static rg_item record_field(rg_evaluator *evaluator, rg_value record, rg_string name)
{
    rg_tracer *tracer = evaluator->tracer;
    for (size_t i = 0; i + 1 < rg_value_count(tracer->context, tracer->graph, record); i += 2) {
        rg_value key = rg_value_item(tracer->context, tracer->graph, record, i);
        if (rg_string_equal(rg_value_as_text(tracer->context, key), name)) {
            return from_value(evaluator, rg_value_item(tracer->context, tracer->graph, record, i + 1));
        }
    }
    rg__trace_fail(tracer, RG_ERROR_NAME, "the record has no field '%.*s'", (int)name.size, name.data);
    return nothing();
}

/* A property is computed at once, a method waits for its call. */
static rg_item value_attribute(rg_evaluator *evaluator, rg_value base, rg_string name)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_argument receiver = RG_POSITION(base);
    if (rg_value_get_kind(base) == RG_VALUE_DICT) {
        return record_field(evaluator, base, name);
    }
    uint32_t place = rg_value_get_kind(base) == RG_VALUE_OBJECT ? RG_IN_LIMITS : RG_IN_ATTRIBUTES;
    const rg_trace_row *row = rg__trace_find(place, name);
    bool is_device_part =
        rg_string_equal(name, rg_string_from("type")) || rg_string_equal(name, rg_string_from("index"));
    if (is_device_part && rg__trace_is_check(tracer) && rg__trace_is_scalar_node(tracer, base)) {
        const char *part = name.data[0] == 't' ? "type" : "index";
        return from_value(evaluator, rg__check_property(tracer, base, part, rg_value_missing()));
    }
    if (row != NULL) {
        return from_value(evaluator, rg__trace_call_row(tracer, row, &receiver, 1));
    }
    if (rg__trace_find(RG_IN_METHODS, name) == NULL) {
        rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'.%.*s' cannot be traced", (int)name.size, name.data);
        return nothing();
    }
    rg_item method = {.kind = RG_ITEM_METHOD, .value = base, .text = name};
    return method;
}

/* torch.ops.aten.mul.Tensor, the most frequent of all paths, at once: below torch.ops are no constants. Nothing for
 * other expressions. */
static rg_item evaluate_op_path(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    const rg_syntax *root = syntax;
    size_t size = 0;
    for (; root->kind == RG_SYNTAX_ATTRIBUTE; root = root->first) {
        size += 1 + root->text.size;
    }
    const rg_item *module = root->kind == RG_SYNTAX_NAME ? rg__frame_find(frame, root->text) : NULL;
    if (module == NULL || module->kind != RG_ITEM_PATH || !rg_string_equal(module->text, rg_string_from("torch"))) {
        return nothing();
    }
    size += module->text.size;
    char *text = rg__arena_allocate(evaluator->arena, size);
    if (text == NULL) {
        rg__trace_ok(evaluator->tracer, rg__report_memory(evaluator->tracer->context));
        return nothing();
    }
    char *end = text + size;
    for (const rg_syntax *at = syntax; at != root; at = at->first) {
        end -= at->text.size;
        memcpy(end, at->text.data, at->text.size);
        *--end = '.';
    }
    memcpy(text, module->text.data, module->text.size);
    rg_string path = {text, size};
    return starts_with(path, "torch.ops.") ? from_path(path) : nothing();
}

static rg_item evaluate_attribute(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_item base = syntax->first->kind == RG_SYNTAX_ATTRIBUTE ? evaluate_op_path(evaluator, frame, syntax) : nothing();
    if (base.kind == RG_ITEM_PATH || evaluator->tracer->status != RG_OK) {
        return base;
    }
    base = rg__evaluate(evaluator, frame, syntax->first);
    if (base.kind == RG_ITEM_PATH) {
        return join_path(evaluator, base.text, syntax->text);
    }
    rg_value value = as_value(evaluator, &base);
    return evaluator->tracer->status == RG_OK ? value_attribute(evaluator, value, syntax->text) : nothing();
}

/* ---- literals ---- */

static rg_item evaluate_integer(rg_evaluator *evaluator, const rg_syntax *syntax)
{
    int64_t number = 0;
    rg_string digits;
    rg_value value = rg_value_missing();
    rg_tracer *tracer = evaluator->tracer;
    if (rg__syntax_integer(&number, &digits, evaluator->arena, syntax)) {
        return from_value(evaluator, rg__trace_int(tracer, number));
    }
    if (digits.data == NULL) {
        rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "this integer is too large");
    } else {
        rg__trace_ok(tracer, rg_value_text(&value, tracer->context, RG_VALUE_INT, digits));
    }
    return from_value(evaluator, value);
}

static rg_item evaluate_string(rg_evaluator *evaluator, const rg_syntax *syntax)
{
    rg_string text;
    rg_value value = rg_value_missing();
    rg_tracer *tracer = evaluator->tracer;
    if (rg__trace_ok(tracer, rg__syntax_string(&text, evaluator->arena, evaluator->source, syntax))) {
        rg__trace_ok(tracer, rg_value_string(&value, tracer->context, text));
    }
    return from_value(evaluator, value);
}

/* A list, tuple or dict: its children are its items. Integer lists of a trace are short, so the bound is generous. */
static rg_item evaluate_items(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax,
                              rg_value_kind kind)
{
    rg_tracer *tracer = evaluator->tracer;
    const rg_allocator *allocator = &tracer->context->allocator;
    RG_VECTOR(rg_value) items = {0};
    rg_value value = rg_value_missing();
    for (const rg_syntax *child = syntax->first; child != NULL && tracer->status == RG_OK; child = child->next) {
        rg_value item = rg__evaluate_value(evaluator, frame, child);
        if (tracer->status == RG_OK && !rg__vector_push(allocator, &items, item)) {
            rg__trace_ok(tracer, rg__report_memory(tracer->context));
        }
    }
    if (tracer->status == RG_OK) {
        rg__trace_ok(tracer, rg_value_items(&value, tracer->context, tracer->graph, kind, items.items, items.count));
    }
    rg__vector_free(allocator, &items);
    return from_value(evaluator, value);
}

/* ---- subscripts ---- */

/* An integer index or a bound of a slice of a list: counted from the end when negative, clamped. */
static size_t list_bound(rg_evaluator *evaluator, rg_value bound, size_t count, size_t otherwise)
{
    if (!rg__trace_is_given(bound)) {
        return otherwise;
    }
    int64_t index = rg__trace_read_int(evaluator->tracer, bound, "slice");
    index += index < 0 ? (int64_t)count : 0;
    return index < 0 ? 0 : index > (int64_t)count ? count : (size_t)index;
}

static rg_value slice_list(rg_evaluator *evaluator, rg_value list, size_t count, rg_value slice)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_value items[RG_MAX_RANK];
    uint32_t kept = 0;
    rg_value step = rg_value_item(tracer->context, tracer->graph, slice, 2);
    if (rg__trace_is_given(step) && rg__trace_read_int(tracer, step, "step") != 1) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "slices of lists have step 1");
    }
    size_t start = list_bound(evaluator, rg_value_item(tracer->context, tracer->graph, slice, 0), count, 0);
    size_t stop = list_bound(evaluator, rg_value_item(tracer->context, tracer->graph, slice, 1), count, count);
    if (stop > start && stop - start > RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d items", RG_MAX_RANK);
    }
    for (size_t i = start; i < stop && tracer->status == RG_OK; i++) {
        items[kept++] = rg__trace_item(tracer, list, i);
    }
    return rg_value_get_kind(list) == RG_VALUE_LIST ? rg__trace_list(tracer, items, kept)
                                                    : rg__trace_tuple(tracer, items, kept);
}

/* One of several results or items, or a slice of them. */
static rg_value subscript_list(rg_evaluator *evaluator, rg_value list, size_t count, bool counted, rg_value index)
{
    rg_tracer *tracer = evaluator->tracer;
    if (rg_value_get_kind(index) == RG_VALUE_SLICE && counted) {
        return slice_list(evaluator, list, count, index);
    }
    int64_t at = rg__trace_read_int(tracer, index, "index");
    at += at < 0 && counted ? (int64_t)count : 0;
    if (tracer->status == RG_OK && (at < 0 || (counted && at >= (int64_t)count))) {
        return rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "there are %zu items, none at this index", count);
    }
    return rg__trace_item(tracer, list, (size_t)at);
}

static rg_item evaluate_subscript(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_tracer *tracer = evaluator->tracer;
    size_t count = 0;
    rg_value base = rg__evaluate_value(evaluator, frame, syntax->first);
    rg_value index = rg__evaluate_value(evaluator, frame, syntax->last);
    if (tracer->status != RG_OK) {
        return nothing();
    }
    if (rg__trace_is_open_list(tracer, base)) {
        return from_value(evaluator, rg__trace_list_item(tracer, base, rg__trace_read_int(tracer, index, "index")));
    }
    if (rg__trace_is_scalar_node(tracer, base)) { /* a list that a match captures */
        const rg_value operands[] = {base, rg__trace_int(tracer, rg__trace_read_int(tracer, index, "index"))};
        return from_value(evaluator, rg__trace_record_scalar(tracer, "operator.getitem", operands, 2));
    }
    bool counted = rg__trace_item_count(tracer, base, &count);
    if (counted || rg__trace_has_items(tracer, base)) {
        return from_value(evaluator, subscript_list(evaluator, base, count, counted, index));
    }
    return from_value(evaluator, rg__trace_index(tracer, base, index));
}

/* ---- operators ---- */

/* Is a value true? Sizes and tensors are known only when a graph is matched. */
static bool is_true(rg_evaluator *evaluator, rg_value value)
{
    rg_tracer *tracer = evaluator->tracer;
    int64_t number = 0;
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_MISSING:
    case RG_VALUE_NONE:
        return false;
    case RG_VALUE_BOOL:
        return rg_value_as_bool(value);
    case RG_VALUE_INT:
        return !rg_value_as_int(tracer->context, value, &number) || number != 0;
    case RG_VALUE_FLOAT:
        return rg_value_as_float(value) != 0;
    case RG_VALUE_STRING:
        return rg_value_as_text(tracer->context, value).size != 0;
    case RG_VALUE_LIST:
    case RG_VALUE_TUPLE:
    case RG_VALUE_DICT:
        return rg_value_count(tracer->context, tracer->graph, value) != 0;
    case RG_VALUE_NODE:
    case RG_VALUE_SIZE:
        rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "a condition on a size or a tensor; a trace has only one path");
        return false;
    default:
        return true;
    }
}

static bool contains(rg_evaluator *evaluator, rg_value list, rg_value value)
{
    rg_tracer *tracer = evaluator->tracer;
    if (tracer->status == RG_OK && !rg__trace_is_list(list)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'in' needs a list");
        return false;
    }
    for (size_t i = 0; i < rg_value_count(tracer->context, tracer->graph, list); i++) {
        rg_value item = rg_value_item(tracer->context, tracer->graph, list, i);
        if (rg_value_python_equal(tracer->context, tracer->graph, item, value)) {
            return true;
        }
    }
    return false;
}

/* `and`, `or`: the second operand is evaluated only when it decides. */
static rg_item evaluate_logic(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_value left = rg__evaluate_value(evaluator, frame, syntax->first);
    bool stop_when = syntax->operation == RG_OPERATION_OR;
    if (rg__check_is_open(evaluator->tracer, left)) {
        rg_value right = rg__evaluate_value(evaluator, frame, syntax->last);
        return from_value(evaluator, rg__check_logic(evaluator->tracer, stop_when ? "or_" : "and_", left, right));
    }
    if (evaluator->tracer->status == RG_OK && is_true(evaluator, left) == stop_when) {
        return from_value(evaluator, left);
    }
    return from_value(evaluator, rg__evaluate_value(evaluator, frame, syntax->last));
}

static rg_item call_operator(rg_evaluator *evaluator, const char *name, const rg_value *operands, size_t count)
{
    rg_argument arguments[2];
    rg_tracer *tracer = evaluator->tracer;
    const rg_trace_row *row = rg__trace_find(RG_IN_OPERATORS, rg_string_from(name));
    for (size_t i = 0; i < count; i++) {
        arguments[i] = RG_POSITION(operands[i]);
    }
    if (row == NULL) {
        rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "this operator cannot be traced");
        return nothing();
    }
    return from_value(evaluator, rg__trace_call_row(tracer, row, arguments, count));
}

static rg_item evaluate_binary(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_tracer *tracer = evaluator->tracer;
    if (syntax->operation == RG_OPERATION_AND || syntax->operation == RG_OPERATION_OR) {
        return evaluate_logic(evaluator, frame, syntax);
    }
    rg_value operands[2];
    operands[0] = rg__evaluate_value(evaluator, frame, syntax->first);
    operands[1] = rg__evaluate_value(evaluator, frame, syntax->last);
    if (tracer->status != RG_OK) {
        return nothing();
    }
    switch (syntax->operation) {
    case RG_OPERATION_IS:
    case RG_OPERATION_IS_NOT: {
        bool same = rg_value_equal(tracer->context, tracer->graph, operands[0], operands[1]);
        return from_value(evaluator, rg_value_bool(same == (syntax->operation == RG_OPERATION_IS)));
    }
    case RG_OPERATION_IN:
    case RG_OPERATION_NOT_IN: {
        if (rg__trace_is_check(tracer)) {
            rg_value holds = rg__check_contains(tracer, operands[1], operands[0]);
            bool is_in = syntax->operation == RG_OPERATION_IN;
            return from_value(evaluator, is_in ? holds : rg__check_not(tracer, holds));
        }
        bool found = contains(evaluator, operands[1], operands[0]);
        return from_value(evaluator, rg_value_bool(found == (syntax->operation == RG_OPERATION_IN)));
    }
    default:
        return call_operator(evaluator, rg__operations[syntax->operation].function, operands, 2);
    }
}

static rg_item evaluate_unary(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_value operand = rg__evaluate_value(evaluator, frame, syntax->first);
    if (evaluator->tracer->status != RG_OK) {
        return nothing();
    }
    if (syntax->operation == RG_OPERATION_NOT && rg__check_is_open(evaluator->tracer, operand)) {
        return from_value(evaluator, rg__check_not(evaluator->tracer, operand));
    }
    if (syntax->operation == RG_OPERATION_NOT) {
        return from_value(evaluator, rg_value_bool(!is_true(evaluator, operand)));
    }
    return call_operator(evaluator, rg__operations[syntax->operation].function, &operand, 1);
}

static rg_item evaluate_conditional(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_value condition = rg__evaluate_value(evaluator, frame, rg__syntax_child(syntax, 1));
    bool holds = evaluator->tracer->status == RG_OK && is_true(evaluator, condition);
    return evaluator->tracer->status == RG_OK ? rg__evaluate(evaluator, frame, holds ? syntax->first : syntax->last)
                                              : nothing();
}

/* ---- calls ---- */

/* config.get("name", default) */
static rg_item call_config_get(rg_evaluator *evaluator, const rg_argument *arguments, size_t count)
{
    rg_tracer *tracer = evaluator->tracer;
    if (count < 1 || count > 2 || rg_value_get_kind(arguments[0].value) != RG_VALUE_STRING) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "config.get takes a name and a default");
        return nothing();
    }
    rg_value value = config_value(evaluator, rg_value_as_text(tracer->context, arguments[0].value));
    if (rg_value_is_missing(value)) {
        value = count == 2 ? arguments[1].value : rg_value_none();
    }
    return from_value(evaluator, value);
}

/* A list of any length stands last among the arguments by position, in a call of which no schema says how many there
 * are. */
static void check_rest(rg_evaluator *evaluator, const rg_item *callee, const rg_argument *arguments, size_t count)
{
    rg_tracer *tracer = evaluator->tracer;
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        if (rg_node_is_null(rg__rest_list(tracer->graph, arguments[i].value))) {
            continue;
        }
        rg_op op = callee->kind == RG_ITEM_PATH ? rg__trace_find_op(tracer, callee->text) : (rg_op){0};
        if (rg_op_is_null(op) || rg_op_has_schema(tracer->context, op)) {
            rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED,
                           "'*' of a list of any length stands in calls of torch.ops without schema only");
        } else if (i + 1 < count && arguments[i + 1].name.size == 0) {
            rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'*' of a list of any length must be the last by position");
        }
    }
}

static rg_item call_item(rg_evaluator *evaluator, const rg_item *callee, rg_argument *arguments, size_t count)
{
    rg_tracer *tracer = evaluator->tracer;
    check_rest(evaluator, callee, arguments, count);
    if (tracer->status != RG_OK) {
        return nothing();
    }
    switch (callee->kind) {
    case RG_ITEM_PATH:
        if (rg_string_equal(callee->text, rg_string_from("config.get"))) {
            return call_config_get(evaluator, arguments, count);
        }
        return from_value(evaluator, rg__trace_call(tracer, callee->text, arguments, count));
    case RG_ITEM_METHOD:
        return from_value(evaluator,
                          rg__trace_call_row(tracer, rg__trace_find(RG_IN_METHODS, callee->text), arguments, count));
    case RG_ITEM_FUNCTION:
        return from_value(evaluator, rg__function_call(evaluator, &callee->function, arguments, count));
    default:
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "this value cannot be called");
        return nothing();
    }
}

typedef RG_VECTOR(rg_argument) argument_list;

static void add_argument(rg_evaluator *evaluator, argument_list *list, rg_string name, rg_value value)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_argument argument = {name, value};
    if (tracer->status == RG_OK && !rg__vector_push(&tracer->context->allocator, list, argument)) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
}

/* f(*list): the list's items as positional arguments. */
static void add_starred(rg_evaluator *evaluator, argument_list *list, rg_value items)
{
    rg_tracer *tracer = evaluator->tracer;
    size_t count = 0;
    if (tracer->status == RG_OK && rg__trace_is_open_list(tracer, items)) {
        add_argument(evaluator, list, (rg_string){NULL, 0}, rg__evaluate_rest(evaluator, items));
        return;
    }
    if (tracer->status == RG_OK && !rg__trace_item_count(tracer, items, &count)) {
        rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'*' needs a list");
    }
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        add_argument(evaluator, list, (rg_string){NULL, 0}, rg__trace_item(tracer, items, i));
    }
}

static rg_item evaluate_call(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    rg_tracer *tracer = evaluator->tracer;
    argument_list arguments = {0};
    rg_item result = nothing();
    rg_item callee = rg__evaluate(evaluator, frame, syntax->first);
    if (callee.kind == RG_ITEM_METHOD) {
        add_argument(evaluator, &arguments, (rg_string){NULL, 0}, callee.value);
    }
    for (const rg_syntax *child = syntax->first->next; child != NULL && tracer->status == RG_OK; child = child->next) {
        switch (child->kind) {
        case RG_SYNTAX_KEYWORD:
            add_argument(evaluator, &arguments, child->text, rg__evaluate_value(evaluator, frame, child->first));
            break;
        case RG_SYNTAX_STAR:
            add_starred(evaluator, &arguments, rg__evaluate_value(evaluator, frame, child->first));
            break;
        case RG_SYNTAX_DOUBLE_STAR:
            rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'**' in calls");
            break;
        default:
            add_argument(evaluator, &arguments, (rg_string){NULL, 0}, rg__evaluate_value(evaluator, frame, child));
        }
    }
    if (tracer->status == RG_OK) {
        result = call_item(evaluator, &callee, arguments.items, arguments.count);
    }
    rg__vector_free(&tracer->context->allocator, &arguments);
    return result;
}

/* ---- the walk ---- */

static rg_item dispatch(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *syntax)
{
    switch (syntax->kind) {
    case RG_SYNTAX_NAME:
        return evaluate_name(evaluator, frame, syntax);
    case RG_SYNTAX_NONE:
        return from_value(evaluator, rg_value_none());
    case RG_SYNTAX_TRUE:
    case RG_SYNTAX_FALSE:
        return from_value(evaluator, rg_value_bool(syntax->kind == RG_SYNTAX_TRUE));
    case RG_SYNTAX_ELLIPSIS:
        return from_value(evaluator, rg_value_ellipsis());
    case RG_SYNTAX_INTEGER:
        return evaluate_integer(evaluator, syntax);
    case RG_SYNTAX_FLOAT:
        return from_value(evaluator, rg_value_float(rg__syntax_float(syntax)));
    case RG_SYNTAX_STRING:
        return evaluate_string(evaluator, syntax);
    case RG_SYNTAX_ATTRIBUTE:
        return evaluate_attribute(evaluator, frame, syntax);
    case RG_SYNTAX_CALL:
        return evaluate_call(evaluator, frame, syntax);
    case RG_SYNTAX_SUBSCRIPT:
        return evaluate_subscript(evaluator, frame, syntax);
    case RG_SYNTAX_SLICE:
        return evaluate_items(evaluator, frame, syntax, RG_VALUE_SLICE);
    case RG_SYNTAX_TUPLE:
        return evaluate_items(evaluator, frame, syntax, RG_VALUE_TUPLE);
    case RG_SYNTAX_LIST:
        return evaluate_items(evaluator, frame, syntax, RG_VALUE_LIST);
    case RG_SYNTAX_COMPREHENSION:
        return from_value(evaluator, rg__evaluate_comprehension(evaluator, frame, syntax));
    case RG_SYNTAX_DICT:
        return evaluate_items(evaluator, frame, syntax, RG_VALUE_DICT);
    case RG_SYNTAX_UNARY:
        return evaluate_unary(evaluator, frame, syntax);
    case RG_SYNTAX_BINARY:
        return evaluate_binary(evaluator, frame, syntax);
    case RG_SYNTAX_CONDITIONAL:
        return evaluate_conditional(evaluator, frame, syntax);
    default:
        rg__trace_fail(evaluator->tracer, RG_ERROR_UNSUPPORTED, "this is not part of the rule language");
        return nothing();
    }
}

rg_item rg__evaluate(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *expression)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_place outer = tracer->place;
    if (tracer->status != RG_OK) {
        return nothing();
    }
    tracer->place = rg__place_of(evaluator->source, expression);
    if (++evaluator->step_count > MAX_STEPS) {
        rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d expressions are evaluated", MAX_STEPS);
    }
    rg_item item = tracer->status == RG_OK ? dispatch(evaluator, frame, expression) : nothing();
    tracer->place = outer;
    return tracer->status == RG_OK ? item : nothing();
}

rg_value rg__evaluate_value(rg_evaluator *evaluator, const rg_frame *frame, const rg_syntax *expression)
{
    rg_tracer *tracer = evaluator->tracer;
    rg_item item = rg__evaluate(evaluator, frame, expression);
    rg_place outer = tracer->place;
    tracer->place = rg__place_of(evaluator->source, expression);
    rg_value value = as_value(evaluator, &item);
    tracer->place = outer;
    return value;
}

/*
 * annotation.c: types of inputs as rules write them, "bf16[t, h]", "f32[..., 2*d][d, 1]cuda:0", "float".
 */
#include "rule/annotation.h"

#include "ir/context_impl.h"
#include "rule/evaluate.h"
#include "rule/tracer.h"

/* ---- taking apart ---- */

static rg_status wrong(rg_context *context, rg_string text, const char *why)
{
    return rg__report(context, RG_ERROR_SYNTAX, "'%.*s' is no type: %s", (int)text.size, text.data, why);
}

static rg_string trim(rg_string text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

static bool is_name(rg_string text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
            return false;
        }
    }
    return text.size > 0;
}

/* Split "a, b(c, d), e]..." at commas of depth 0 up to the closing bracket. False when it is not closed. */
static bool split_list(rg_string *rest, rg_string *items, uint32_t *count)
{
    const char *data = rest->data;
    size_t start = 1;
    uint32_t depth = 0;
    *count = 0;
    for (size_t i = 1; i < rest->size; i++) {
        char c = data[i];
        bool ends = depth == 0 && (c == ',' || c == ']');
        depth += c == '(' || c == '[' ? 1 : 0;
        depth -= (c == ')' || (c == ']' && !ends)) && depth > 0 ? 1 : 0;
        if (!ends) {
            continue;
        }
        rg_string item = trim((rg_string){data + start, i - start});
        start = i + 1;
        if (item.size > 0 || c == ',' || *count > 0) {
            if (*count == RG_MAX_RANK) {
                return false;
            }
            items[(*count)++] = item;
        }
        if (c == ']') {
            *rest = (rg_string){data + start, rest->size - start};
            return true;
        }
    }
    return false;
}

static const struct {
    const char *name;
    rg_rule_input_kind kind;
} scalar_kinds[] = {
    {"Tensor", RG_RULE_INPUT_TENSOR},        {"torch.Tensor", RG_RULE_INPUT_TENSOR}, {"int", RG_RULE_INPUT_INT},
    {"float", RG_RULE_INPUT_FLOAT},          {"bool", RG_RULE_INPUT_BOOL},           {"str", RG_RULE_INPUT_STRING},
    {"dtype", RG_RULE_INPUT_DTYPE},          {"torch.dtype", RG_RULE_INPUT_DTYPE},   {"int[]", RG_RULE_INPUT_INT_LIST},
    {"Tensor[]", RG_RULE_INPUT_TENSOR_LIST},
};

/* Take `...` off the ends of the sizes. False when it stands in between, or at both ends. */
static bool take_ellipsis(rg_annotation *annotation)
{
    static const rg_string dots = {"...", 3};
    annotation->has_leading = annotation->rank > 0 && rg_string_equal(annotation->sizes[0], dots);
    if (annotation->has_leading) {
        annotation->rank--;
        memmove(annotation->sizes, annotation->sizes + 1, annotation->rank * sizeof(annotation->sizes[0]));
    }
    annotation->has_trailing = annotation->rank > 0 && rg_string_equal(annotation->sizes[annotation->rank - 1], dots);
    annotation->rank -= annotation->has_trailing ? 1 : 0;
    for (uint32_t i = 0; i < annotation->rank; i++) {
        if (rg_string_equal(annotation->sizes[i], dots)) {
            return false;
        }
    }
    return !(annotation->has_leading && annotation->has_trailing);
}

/* Take `| None` off the end. */
static bool take_optional(rg_string *text)
{
    static const rg_string none = {"None", 4};
    const char *bar = text->size == 0 ? NULL : memchr(text->data, '|', text->size);
    if (bar == NULL) {
        return false;
    }
    size_t size = (size_t)(bar - text->data);
    if (!rg_string_equal(trim((rg_string){bar + 1, text->size - size - 1}), none)) {
        return false;
    }
    *text = trim((rg_string){text->data, size});
    return true;
}

/* `list[bf16[t, h]]`: what stands in the brackets; empty for anything else. */
static rg_string list_item(rg_string text)
{
    static const char head[] = "list[";
    size_t size = sizeof(head) - 1;
    bool is_list = text.size > size && memcmp(text.data, head, size) == 0 && text.data[text.size - 1] == ']';
    return is_list ? trim((rg_string){text.data + size, text.size - size - 1}) : (rg_string){NULL, 0};
}

static rg_status parse_list(rg_annotation *out, rg_context *context, rg_string text, rg_string item)
{
    bool is_optional = out->is_optional;
    rg_status status = rg__annotation_parse(out, context, item);
    if (status == RG_OK && (out->kind != RG_RULE_INPUT_TENSOR || out->is_optional)) {
        return wrong(context, text, "lists are of tensors, or int[]");
    }
    out->kind = RG_RULE_INPUT_TENSOR_LIST;
    out->is_optional = is_optional;
    return status;
}

rg_status rg__annotation_parse(rg_annotation *out, rg_context *context, rg_string text)
{
    rg_string rest = trim(text);
    uint32_t stride_count = 0;
    memset(out, 0, sizeof(*out));
    out->is_optional = take_optional(&rest);
    rg_string item = list_item(rest);
    if (item.size > 0) {
        return parse_list(out, context, text, item);
    }
    for (size_t i = 0; i < sizeof(scalar_kinds) / sizeof(scalar_kinds[0]); i++) {
        if (rg_string_equal(rest, rg_string_from(scalar_kinds[i].name))) {
            out->kind = scalar_kinds[i].kind;
            return RG_OK;
        }
    }
    const char *bracket = rest.size == 0 ? NULL : memchr(rest.data, '[', rest.size);
    out->kind = RG_RULE_INPUT_TENSOR;
    out->is_known = true;
    out->dtype = trim((rg_string){rest.data, bracket == NULL ? rest.size : (size_t)(bracket - rest.data)});
    if (bracket == NULL || !is_name(out->dtype)) {
        return wrong(context, text,
                     "expected a tensor such as bf16[t, h], Tensor, Tensor[], int, float, bool, str, dtype or int[]");
    }
    rest = (rg_string){bracket, rest.size - (size_t)(bracket - rest.data)};
    if (!split_list(&rest, out->sizes, &out->rank)) {
        return wrong(context, text, "its sizes do not end, or are more than 64");
    }
    if (!take_ellipsis(out)) {
        return wrong(context, text, "'...' stands first or last, once");
    }
    if (rest.size > 0 && rest.data[0] == '[') {
        out->has_strides = true;
        if (!split_list(&rest, out->strides, &stride_count)) {
            return wrong(context, text, "its strides do not end, or are more than 64");
        }
        if (stride_count != out->rank || out->has_leading || out->has_trailing) {
            return wrong(context, text, "as many strides as sizes are needed, and none beside '...'");
        }
    }
    out->device = trim(rest);
    for (size_t i = 0; i < out->device.size; i++) {
        char c = out->device.data[i];
        if (c != ':' && !(c >= '0' && c <= '9') && !is_name((rg_string){&c, 1})) {
            return wrong(context, text, "what follows the sizes is no device");
        }
    }
    return RG_OK;
}

/* ---- meaning ---- */

/* Undeclared names in capitals are dtype variables; small letters are abbreviations, rightly spelt or not. */
static rg_dtype note_variable(rg_tracer *tracer, rg_string name)
{
    rg_annotation_survey *survey = tracer->scope == NULL ? NULL : tracer->scope->survey;
    if (survey == NULL || name.data[0] < 'A' || name.data[0] > 'Z') {
        return RG_DTYPE_NONE;
    }
    for (uint32_t i = 0; i < survey->dtypes.count; i++) {
        if (rg_string_equal(survey->dtypes.items[i], name)) {
            return RG_DTYPE_F32;
        }
    }
    name = rg__intern_string(tracer->context, name);
    if (name.data == NULL || !rg__vector_push(&tracer->context->allocator, &survey->dtypes, name)) {
        rg__trace_ok(tracer, rg__report_memory(tracer->context));
    }
    return RG_DTYPE_F32;
}

static rg_dtype find_dtype(rg_tracer *tracer, rg_string name)
{
    const rg_annotation_scope *scope = tracer->scope;
    for (size_t i = 0; scope != NULL && i < scope->name_count; i++) {
        if (rg_string_equal(scope->names[i].name, name)) {
            return rg_value_as_dtype(scope->names[i].value);
        }
    }
    for (size_t i = 0; scope != NULL && i < scope->constant_count; i++) {
        if (rg_string_equal(scope->constants[i].name, name)) {
            return rg_value_as_dtype(scope->constants[i].value);
        }
    }
    rg_dtype dtype = rg_dtype_from_name(name);
    return dtype == RG_DTYPE_NONE ? note_variable(tracer, name) : dtype;
}

/* The sizes of `...`, appended to `shape`. */
static void add_ellipsis(rg_tracer *tracer, rg_shape *shape)
{
    int32_t rank = tracer->scope == NULL ? -1 : tracer->scope->ellipsis_rank;
    if (tracer->scope != NULL && tracer->scope->survey != NULL) {
        tracer->scope->survey->has_ellipsis = true;
        return;
    }
    if (rank < 0) {
        rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'...' means something in the inputs of a rule only");
    }
    for (int32_t i = 0; i < rank && tracer->status == RG_OK; i++) {
        char name[] = RG_ELLIPSIS_PREFIX "0";
        name[sizeof(name) - 2] = (char)('0' + i);
        shape->sizes[shape->rank++] = rg__trace_variable(tracer, rg_string_from(name));
    }
}

static rg_status make_type(rg_type *out, rg_tracer *tracer, const rg_shape *shape)
{
    rg_tensor_type tensor = {.dtype = shape->dtype, .rank = shape->rank, .sizes = shape->sizes};
    tensor.strides = shape->has_strides ? shape->strides : NULL;
    tensor.device = shape->device;
    return rg_type_from_tensor(out, tracer->context, &tensor);
}

rg_status rg__annotation_complete(rg_type *traced, rg_tracer *tracer, rg_type declared)
{
    rg_shape shape;
    rg_inference inference = rg__trace_layout(tracer);
    *traced = declared;
    if (!rg__shape_from_type(&inference, declared, &shape)) {
        return tracer->status;
    }
    if (!shape.has_strides) {
        rg__shape_set_contiguous(&inference, &shape);
    }
    if (shape.device.kind == NULL) {
        shape.device = (rg_device){rg__intern_string(tracer->context, rg_string_from(RG_RULE_DEVICE)).data, 0};
        if (shape.device.kind == NULL) {
            rg__trace_ok(tracer, rg__report_memory(tracer->context));
        }
    }
    if (rg__trace_layout_ok(tracer, &inference)) {
        rg__trace_ok(tracer, make_type(traced, tracer, &shape));
    }
    return tracer->status;
}

rg_status rg__annotation_resolve(rg_type *declared, rg_type *traced, rg_tracer *tracer, const rg_annotation *annotation)
{
    rg_shape shape;
    memset(&shape, 0, sizeof(shape));
    *declared = *traced = (rg_type){0};
    if (!annotation->is_known || tracer->status != RG_OK) {
        return tracer->status;
    }
    bool is_free = rg_string_equal(annotation->dtype, rg_string_from("_"));
    shape.dtype = is_free ? RG_DTYPE_NONE : find_dtype(tracer, annotation->dtype);
    if (shape.dtype == RG_DTYPE_NONE && !is_free) {
        rg__trace_fail(tracer, RG_ERROR_NAME, "'%.*s' is no dtype", (int)annotation->dtype.size,
                       annotation->dtype.data);
    }
    if (annotation->rank + RG_ELLIPSIS_MAX_RANK > RG_MAX_RANK) {
        rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d dimensions", RG_MAX_RANK - RG_ELLIPSIS_MAX_RANK);
    }
    if (annotation->has_leading) {
        add_ellipsis(tracer, &shape);
    }
    for (uint32_t i = 0; i < annotation->rank && tracer->status == RG_OK; i++) {
        shape.sizes[shape.rank++] = rg__evaluate_size(tracer, annotation->sizes[i]);
    }
    if (annotation->has_trailing) {
        add_ellipsis(tracer, &shape);
    }
    shape.has_strides = annotation->has_strides;
    for (uint32_t i = 0; i < annotation->rank && shape.has_strides && tracer->status == RG_OK; i++) {
        shape.strides[i] = rg__evaluate_size(tracer, annotation->strides[i]);
    }
    if (annotation->device.size > 0) {
        shape.device = rg_value_as_device(tracer->context, rg__trace_parse_device(tracer, annotation->device));
    }
    if (tracer->status == RG_OK && rg__trace_ok(tracer, make_type(declared, tracer, &shape))) {
        return rg__annotation_complete(traced, tracer, *declared);
    }
    return tracer->status;
}

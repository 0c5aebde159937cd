/*
 * op_class.c: a class of a rule file that declares an op: its schema, and the types of its results in the notation of
 * rule inputs.
 *
 *     class scale(Op):
 *         schema = "my::scale(Tensor x, float s=1.0) -> Tensor"
 *         def result(x: "T[..., n]") -> "T[..., n]": ...
 *
 * The types are kept in the context's arena, beside the op: inferring a call binds the names in the parameters'
 * annotations to the arguments' types and reads the results' annotations under these bindings.
 */
#include "rule/op_class.h"
#include "ir/context_impl.h"
#include "rule/function.h"
#include "rule/rule_file.h"

enum { MAX_NAMES = 32 };

/* An annotation of a parameter, with the schema argument it is about. */
typedef struct shaped_argument {
    size_t index;
    rg_annotation annotation;
    rg_string name; /* of the argument: an int binds the size of its name */
    rg_string text; /* of the annotation */
} shaped_argument;

/* What an op's inference goes by. Lives in the context. */
typedef struct op_shapes {
    rg_string op;
    const shaped_argument *arguments;
    size_t argument_count;
    const rg_annotation *results;
    const rg_string *result_texts;
    size_t result_count;
} op_shapes;

/* ---- inferring a call ---- */

typedef struct binding {
    rg_context *context;
    const op_shapes *shapes;
    rg_size names[MAX_NAMES]; /* symbols */
    rg_size values[MAX_NAMES];
    size_t count;
    rg_string dtype_names[MAX_NAMES];
    rg_dtype dtypes[MAX_NAMES];
    size_t dtype_count;
    rg_size dots[RG_MAX_RANK];
    uint32_t dots_rank;
    bool has_dots;
    rg_device device;
    bool unknown; /* an argument's type is not known: so is the result's */
} binding;

static rg_status misfit(const binding *b, const char *why)
{
    return rg__report(b->context, RG_ERROR_TYPE, "%.*s: %s", (int)b->shapes->op.size, b->shapes->op.data, why);
}

static rg_status substitute(rg_size *out, const binding *b, rg_size size)
{
    return rg_size_substitute(out, b->context, size, b->names, b->values, b->count);
}

/* Bind a name, or compare what it is bound to. */
static rg_status bind_size(binding *b, rg_size symbol, rg_size value)
{
    for (size_t i = 0; i < b->count; i++) {
        if (rg_size_same(b->names[i], symbol)) {
            return rg_size_equal(b->context, b->values[i], value) == RG_NO
                       ? misfit(b, "sizes that must be equal differ")
                       : RG_OK;
        }
    }
    if (b->count == MAX_NAMES) {
        return misfit(b, "more names than can be bound");
    }
    b->names[b->count] = symbol;
    b->values[b->count++] = value;
    return RG_OK;
}

static rg_status bind_dtype(binding *b, rg_string name, rg_dtype dtype)
{
    rg_dtype fixed = rg_dtype_from_name(name);
    if (fixed != RG_DTYPE_NONE) {
        return fixed == dtype ? RG_OK : misfit(b, "an argument has another dtype");
    }
    for (size_t i = 0; i < b->dtype_count; i++) {
        if (rg_string_equal(b->dtype_names[i], name)) {
            return b->dtypes[i] == dtype ? RG_OK : misfit(b, "dtypes that must be equal differ");
        }
    }
    if (b->dtype_count == MAX_NAMES) {
        return misfit(b, "more names than can be bound");
    }
    b->dtype_names[b->dtype_count] = name;
    b->dtypes[b->dtype_count++] = dtype;
    return RG_OK;
}

/* The same `...` everywhere stands for the same sizes. */
static rg_status bind_dots(binding *b, const rg_size *sizes, uint32_t count)
{
    if (b->has_dots && b->dots_rank != count) {
        return misfit(b, "'...' stands for different numbers of dimensions");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (b->has_dots && rg_size_equal(b->context, b->dots[i], sizes[i]) == RG_NO) {
            return misfit(b, "'...' stands for different sizes");
        }
        b->dots[i] = b->has_dots ? b->dots[i] : sizes[i];
    }
    b->dots_rank = count;
    b->has_dots = true;
    return RG_OK;
}

/* One size of an annotation against the argument's. Names are bound; what is composed is compared once it is known. */
static rg_status bind_dimension(binding *b, rg_string text, rg_size actual)
{
    rg_size size;
    rg_size known;
    rg_status status = rg_size_parse(&size, b->context, text);
    if (status != RG_OK) {
        return status;
    }
    if (rg_size_as_symbol(b->context, size).size > 0) {
        return bind_size(b, size, actual);
    }
    status = substitute(&known, b, size);
    if (status == RG_OK && rg_size_equal(b->context, known, actual) == RG_NO) {
        status = misfit(b, "an argument has another size");
    }
    return status;
}

static rg_status bind_tensor(binding *b, const rg_annotation *annotation, rg_type type)
{
    rg_tensor_type tensor = rg_type_get_tensor(b->context, type);
    bool has_dots = annotation->has_leading || annotation->has_trailing;
    if (rg_type_get_kind(b->context, type) != RG_TYPE_TENSOR) {
        b->unknown = true;
        return RG_OK;
    }
    if (tensor.rank < annotation->rank || (tensor.rank > annotation->rank && !has_dots)) {
        return misfit(b, "an argument has another number of dimensions");
    }
    b->device = b->device.kind == NULL ? tensor.device : b->device;
    rg_status status = bind_dtype(b, annotation->dtype, tensor.dtype);
    uint32_t extra = tensor.rank - annotation->rank;
    uint32_t offset = annotation->has_leading ? extra : 0;
    if (status == RG_OK && has_dots) {
        status = bind_dots(b, tensor.sizes + (annotation->has_leading ? 0 : annotation->rank), extra);
    }
    for (uint32_t i = 0; i < annotation->rank && status == RG_OK; i++) {
        status = bind_dimension(b, annotation->sizes[i], tensor.sizes[offset + i]);
    }
    return status;
}

/* An int argument is the size of its name. */
static rg_status bind_int(binding *b, const shaped_argument *argument, rg_value value)
{
    rg_size symbol;
    rg_size size = rg_value_as_size(value);
    int64_t number = 0;
    rg_status status = rg_size_from_symbol(&symbol, b->context, argument->name);
    if (status == RG_OK && rg_value_as_int(b->context, value, &number)) {
        status = rg_size_from_int(&size, b->context, number);
    }
    if (status == RG_OK && rg_size_is_null(size)) {
        b->unknown = true;
        return RG_OK;
    }
    return status == RG_OK ? bind_size(b, symbol, size) : status;
}

static rg_status result_type(rg_type *out, binding *b, const rg_annotation *annotation)
{
    rg_inference inference;
    rg_shape shape;
    rg_status status = RG_OK;
    memset(&inference, 0, sizeof(inference));
    memset(&shape, 0, sizeof(shape));
    inference.context = b->context;
    shape.dtype = rg_dtype_from_name(annotation->dtype);
    for (size_t i = 0; i < b->dtype_count; i++) {
        shape.dtype = rg_string_equal(b->dtype_names[i], annotation->dtype) ? b->dtypes[i] : shape.dtype;
    }
    uint32_t dots = annotation->has_leading || annotation->has_trailing ? b->dots_rank : 0;
    uint32_t offset = annotation->has_leading ? dots : 0;
    shape.rank = annotation->rank + dots;
    if (shape.rank > RG_MAX_RANK) {
        return misfit(b, "the result has too many dimensions");
    }
    memcpy(shape.sizes + (annotation->has_leading ? 0 : annotation->rank), b->dots, dots * sizeof(rg_size));
    for (uint32_t i = 0; i < annotation->rank && status == RG_OK; i++) {
        rg_size size;
        status = rg_size_parse(&size, b->context, annotation->sizes[i]);
        if (status == RG_OK) {
            status = substitute(&shape.sizes[offset + i], b, size);
        }
    }
    if (status != RG_OK) {
        return status;
    }
    rg__shape_set_contiguous(&inference, &shape);
    rg_tensor_type tensor = {.dtype = shape.dtype, .rank = shape.rank, .sizes = shape.sizes, .strides = shape.strides};
    tensor.device = b->device;
    return inference.failure != RG_OK ? inference.failure : rg_type_from_tensor(out, b->context, &tensor);
}

static rg_status infer_call(rg_type *out, rg_context *context, const rg_graph *graph, const rg_value *arguments,
                            size_t count, void *user)
{
    const op_shapes *shapes = user;
    binding b = {.context = context, .shapes = shapes};
    rg_type results[MAX_NAMES];
    rg_status status = RG_OK;
    *out = (rg_type){0};
    for (size_t i = 0; i < shapes->argument_count && status == RG_OK && !b.unknown; i++) {
        const shaped_argument *argument = &shapes->arguments[i];
        rg_value value = argument->index < count ? arguments[argument->index] : rg_value_missing();
        rg_node node = rg_value_as_node(value);
        if (argument->annotation.kind == RG_RULE_INPUT_INT) {
            status = bind_int(&b, argument, value);
        } else if (argument->annotation.is_known && rg_value_get_kind(value) != RG_VALUE_NONE) {
            rg_type type = graph == NULL || rg_node_is_null(node) ? (rg_type){0} : rg_node_type(graph, node);
            status = bind_tensor(&b, &argument->annotation, type);
        }
    }
    for (size_t i = 0; i < shapes->result_count && status == RG_OK && !b.unknown; i++) {
        status = result_type(&results[i], &b, &shapes->results[i]);
    }
    if (status != RG_OK || b.unknown) {
        return status;
    }
    if (shapes->result_count == 1) {
        *out = results[0];
        return RG_OK;
    }
    return rg_type_from_items(out, context, results, shapes->result_count);
}

/* ---- reading the class ---- */

typedef struct op_class {
    rg_rule_file *file;
    const rg_file_class *class;
    rg_frame names;
    const rg_syntax *result; /* NULL: result types are not known */
} op_class;

static const struct {
    const char *word;
    rg_op_trait trait;
} traits[] = {
    {"pure", RG_TRAIT_PURE},
    {"view", RG_TRAIT_VIEW},
    {"commutative", RG_TRAIT_COMMUTATIVE},
    {"elementwise", RG_TRAIT_ELEMENTWISE},
    {"reduction", RG_TRAIT_REDUCTION},
    {"random", RG_TRAIT_RANDOM},
    {"effect", RG_TRAIT_EFFECT},
    {"collective", RG_TRAIT_COLLECTIVE},
    {"copies", RG_TRAIT_COPIES},
    {"reshapes", RG_TRAIT_RESHAPES},
    {"resizes", RG_TRAIT_RESIZES},
    {"casts", RG_TRAIT_CASTS},
};

static rg_status read_trait(uint32_t *out, const op_class *op, rg_value value)
{
    rg_string word = rg_value_as_text(op->file->set->context, value);
    for (size_t i = 0; i < sizeof(traits) / sizeof(traits[0]); i++) {
        if (rg_string_equal(word, rg_string_from(traits[i].word))) {
            *out |= traits[i].trait;
            return RG_OK;
        }
    }
    return rg__rule_file_fail(op->file, op->class->syntax, RG_ERROR_NAME, "'%.*s' is no trait of an op", (int)word.size,
                              word.data);
}

/* traits = "elementwise", or several in a tuple */
static rg_status read_traits(uint32_t *out, const op_class *op)
{
    rg_context *context = op->file->set->context;
    const rg_item *item = rg__frame_find(&op->names, rg_string_from("traits"));
    rg_status status = RG_OK;
    *out = 0;
    if (item == NULL || item->kind != RG_ITEM_VALUE) {
        return RG_OK;
    }
    size_t count = rg_value_count(context, NULL, item->value);
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = read_trait(out, op, rg_value_item(context, NULL, item->value, i));
    }
    return count == 0 && status == RG_OK ? read_trait(out, op, item->value) : status;
}

static rg_status read_statement(op_class *op, const rg_syntax *statement)
{
    switch (statement->kind) {
    case RG_SYNTAX_ASSIGN:
    case RG_SYNTAX_DECLARE:
        return rg__rule_file_assign(op->file, &op->names, statement);
    case RG_SYNTAX_FUNCTION:
        if (rg_string_equal(statement->text, rg_string_from("result"))) {
            op->result = statement;
            return RG_OK;
        }
        break;
    case RG_SYNTAX_PASS:
        return RG_OK;
    case RG_SYNTAX_EXPRESSION:
        if (statement->first->kind == RG_SYNTAX_STRING) {
            return RG_OK;
        }
        break;
    default:
        break;
    }
    return rg__rule_file_fail(op->file, statement, RG_ERROR_UNSUPPORTED,
                              "an op has a schema, traits and a function 'result'");
}

/* An annotation whose texts live in the context; sizes must be sizes. */
static rg_status keep_annotation(rg_annotation *out, rg_string *kept, op_class *op, const rg_syntax *syntax)
{
    rg_context *context = op->file->set->context;
    rg_string text;
    uint32_t reported = context->diagnostics.count;
    rg_place place = rg__place_of(&op->file->source, syntax);
    rg_tracer *tracer = NULL;
    rg_status status = rg__rule_file_annotation(&text, op->file, syntax);
    if (status == RG_OK) {
        text = *kept = rg__intern_string(context, text);
        status = text.data == NULL ? rg__report_memory(context) : rg__annotation_parse(out, context, text);
    }
    if (status == RG_OK) {
        status = rg_tracer_create(&tracer, context, rg_string_from("op"));
    }
    for (uint32_t i = 0; i < out->rank && status == RG_OK && out->is_known; i++) {
        (void)rg__evaluate_size(tracer, out->sizes[i]);
        status = tracer->status;
    }
    rg_tracer_destroy(tracer);
    rg__place_diagnostics(&place, context, reported);
    return status;
}

static rg_status find_argument(size_t *out, const op_class *op, const rg_schema *schema, const rg_syntax *parameter)
{
    for (size_t i = 0; i < schema->argument_count; i++) {
        if (rg_string_equal(schema->arguments[i].name, parameter->text)) {
            *out = i;
            return RG_OK;
        }
    }
    return rg__rule_file_fail(op->file, parameter, RG_ERROR_NAME, "the schema has no argument '%.*s'",
                              (int)parameter->text.size, parameter->text.data);
}

static rg_status read_arguments(op_shapes *shapes, op_class *op, const rg_schema *schema)
{
    rg_context *context = op->file->set->context;
    const rg_syntax *parameters = op->result->first;
    const rg_syntax *parameter = parameters->first;
    shaped_argument *arguments = rg__arena_allocate_zero(&context->arena, (parameters->count + 1) * sizeof(*arguments));
    rg_status status = RG_OK;
    if (arguments == NULL) {
        return rg__report_memory(context);
    }
    for (; parameter != NULL && status == RG_OK; parameter = parameter->next) {
        shaped_argument *argument = &arguments[shapes->argument_count];
        if (rg__syntax_is_absent(parameter->first)) {
            continue;
        }
        status = find_argument(&argument->index, op, schema, parameter);
        if (status == RG_OK) {
            status = keep_annotation(&argument->annotation, &argument->text, op, parameter->first);
        }
        argument->name = rg__intern_string(context, parameter->text);
        shapes->argument_count++;
    }
    shapes->arguments = arguments;
    return status;
}

/* `-> "T[n]"`, or `-> ("T[n]", "f32[1]")` for several results */
static rg_status read_results(op_shapes *shapes, op_class *op, const rg_schema *schema)
{
    rg_context *context = op->file->set->context;
    const rg_syntax *returns = op->result->first->next;
    bool several = returns->kind == RG_SYNTAX_TUPLE;
    size_t count = several ? returns->count : 1;
    rg_annotation *results = rg__arena_allocate_zero(&context->arena, (count + 1) * sizeof(*results));
    rg_string *texts = rg__arena_allocate_zero(&context->arena, (count + 1) * sizeof(*texts));
    rg_status status = RG_OK;
    if (results == NULL || texts == NULL) {
        return rg__report_memory(context);
    }
    if (rg__syntax_is_absent(returns) || count > MAX_NAMES || count != schema->result_count) {
        return rg__rule_file_fail(op->file, op->result, RG_ERROR_RULE,
                                  "'result' must have one type for each result of the schema after '->'");
    }
    const rg_syntax *syntax = several ? returns->first : returns;
    for (size_t i = 0; i < count && status == RG_OK; i++, syntax = syntax->next) {
        status = keep_annotation(&results[i], &texts[i], op, syntax);
        if (status == RG_OK && !results[i].is_known) {
            status = rg__rule_file_fail(op->file, syntax, RG_ERROR_RULE, "a result is a tensor such as \"bf16[n]\"");
        }
    }
    shapes->results = results;
    shapes->result_texts = texts;
    shapes->result_count = count;
    return status;
}

/* What the function `result` says, checked against the schema. */
static rg_status read_shapes(op_shapes **out, op_class *op, rg_string text)
{
    rg_context *context = op->file->set->context;
    rg_schema schema;
    op_shapes *shapes = rg__arena_allocate_zero(&context->arena, sizeof(*shapes));
    if (shapes == NULL) {
        return rg__report_memory(context);
    }
    *out = shapes;
    rg_status status = rg__schema_parse(&schema, &shapes->op, context, text);
    if (status == RG_OK) {
        status = read_arguments(shapes, op, &schema);
    }
    return status == RG_OK ? read_results(shapes, op, &schema) : status;
}

static rg_status declare(op_class *op, rg_string schema, uint32_t flags)
{
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    op_shapes *shapes = NULL;
    rg_op known;
    rg_status status = op->result != NULL ? read_shapes(&shapes, op, schema) : RG_OK;
    declaration.schema = schema;
    declaration.traits = flags;
    declaration.infer = shapes != NULL ? infer_call : NULL;
    declaration.user = shapes;
    return status == RG_OK ? rg_context_declare_op(&known, op->file->set->context, &declaration) : status;
}

/* ---- writing ---- */

static void write_annotation(rg_buffer *out, rg_string text)
{
    rg__buffer_append_char(out, '"');
    rg__buffer_append(out, text);
    rg__buffer_append_char(out, '"');
}

static void write_result(rg_buffer *out, const op_shapes *shapes)
{
    rg__buffer_append_text(out, "\n    def result(");
    for (size_t i = 0; i < shapes->argument_count; i++) {
        rg__buffer_append_text(out, i == 0 ? "" : ", ");
        rg__buffer_append(out, shapes->arguments[i].name);
        rg__buffer_append_text(out, ": ");
        write_annotation(out, shapes->arguments[i].text);
    }
    rg__buffer_append_text(out, shapes->result_count == 1 ? ") -> " : ") -> (");
    for (size_t i = 0; i < shapes->result_count; i++) {
        rg__buffer_append_text(out, i == 0 ? "" : ", ");
        write_annotation(out, shapes->result_texts[i]);
    }
    rg__buffer_append_text(out, shapes->result_count == 1 ? ": ...\n" : "): ...\n");
}

void rg__op_class_write(rg_buffer *out, const rg_op_descriptor *descriptor)
{
    bool any = false;
    for (size_t i = 0; i < sizeof(traits) / sizeof(traits[0]); i++) {
        if ((descriptor->traits & traits[i].trait) != 0) {
            rg__buffer_append_text(out, any ? ", " : "    traits = (");
            rg__buffer_append_format(out, "\"%s\"", traits[i].word);
            any = true;
        }
    }
    rg__buffer_append_text(out, any ? ",)\n" : "");
    if (descriptor->infer == infer_call) {
        write_result(out, descriptor->infer_user);
    }
}

/* ---- loading ---- */

rg_status rg__op_class_load(rg_rule_file *file, const rg_file_class *class)
{
    rg_context *context = file->set->context;
    op_class op = {.file = file, .class = class};
    rg_place place = rg__place_of(&file->source, class->syntax);
    uint32_t reported = context->diagnostics.count;
    uint32_t flags = 0;
    rg_status status = RG_OK;
    rg__frame_init(&op.names, &file->names, &context->allocator);
    const rg_syntax *statement = class->syntax->last->first;
    for (; statement != NULL && status == RG_OK; statement = statement->next) {
        status = read_statement(&op, statement);
    }
    if (status == RG_OK) {
        status = read_traits(&flags, &op);
    }
    const rg_item *schema = rg__frame_find(&op.names, rg_string_from("schema"));
    if (status == RG_OK && schema != NULL && rg_value_get_kind(schema->value) == RG_VALUE_STRING) {
        status = declare(&op, rg_value_as_text(context, schema->value), flags);
    } else if (status == RG_OK) {
        status = rg__rule_file_fail(file, class->syntax, RG_ERROR_RULE,
                                    "op '%.*s' needs schema = \"namespace::name(...) -> ...\"", (int)class->name.size,
                                    class->name.data);
    }
    if (status != RG_OK) {
        rg__place_diagnostics(&place, context, reported);
    }
    rg__frame_free(&op.names);
    return status;
}

/*
 * kernel_call.c: what a kernel is given: arguments, results laid out by inference, scratch memory; and how a call is
 * prepared, run and taken apart.
 */
#include <stdarg.h>
#include <stdio.h>

#include "interp/interp_impl.h"

/* ---- failures and memory ---- */

rg_status rg__kernel_fail(rg_kernel_call *call, rg_status code, const char *format, ...)
{
    char message[300];
    va_list arguments;
    if (call->status != RG_OK) {
        return call->status;
    }
    va_start(arguments, format);
    if (vsnprintf(message, sizeof(message), format, arguments) < 0) {
        message[0] = '\0';
    }
    va_end(arguments);
    rg_string op = rg_op_name(call->run->context, call->op);
    rg_string node = rg_node_name(call->graph, call->node);
    call->status = rg__report(call->run->context, code, "%.*s, node %.*s: %s", (int)op.size, op.data, (int)node.size,
                              node.data, message);
    return call->status;
}

rg_status rg__kernel_out_of_memory(rg_kernel_call *call)
{
    if (call->status == RG_OK) {
        call->status = rg__report_memory(call->run->context);
    }
    return call->status;
}

void *rg__kernel_allocate(rg_kernel_call *call, uint64_t count, size_t item_size)
{
    if (count > call->run->budget.limit / item_size) {
        (void)rg__kernel_fail(call, RG_ERROR_LIMIT, "needs %llu numbers at a time", (unsigned long long)count);
        return NULL;
    }
    void *memory = rg__arena_allocate_zero(call->arena, (size_t)count * item_size);
    if (memory == NULL) {
        (void)rg__kernel_out_of_memory(call);
    }
    return memory;
}

/* Remember a tensor to release when the call ends. */
static rg_tensor *keep_scratch(rg_kernel_call *call, const rg_tensor *tensor)
{
    if (call->scratch_count == call->scratch_capacity) {
        uint32_t capacity = call->scratch_capacity * 2 + 8;
        rg_tensor **grown = RG_KERNEL_ARRAY(call, rg_tensor *, capacity);
        if (grown == NULL) {
            return NULL;
        }
        for (uint32_t i = 0; i < call->scratch_count; i++) {
            grown[i] = call->scratch[i];
        }
        call->scratch = grown;
        call->scratch_capacity = capacity;
    }
    rg_tensor *kept = RG_KERNEL_ARRAY(call, rg_tensor, 1);
    if (kept != NULL) {
        *kept = *tensor;
        call->scratch[call->scratch_count++] = kept;
    }
    return kept;
}

static bool allocate_tensor(rg_kernel_call *call, rg_tensor *tensor)
{
    uint64_t count = 1;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        if (tensor->sizes[i] < 0 || __builtin_mul_overflow(count, (uint64_t)tensor->sizes[i], &count)) {
            count = UINT64_MAX;
        }
    }
    if (count > call->run->options.max_elements) {
        (void)rg__kernel_fail(call, RG_ERROR_LIMIT, "a tensor of more than %llu elements",
                              (unsigned long long)call->run->options.max_elements);
        return false;
    }
    rg_status status = rg__tensor_allocate(tensor, &call->run->budget);
    if (status != RG_OK && call->status == RG_OK) {
        call->status = status;
    }
    return status == RG_OK;
}

rg_tensor *rg__kernel_scratch(rg_kernel_call *call, rg_dtype dtype, uint32_t rank, const int64_t *sizes)
{
    rg_tensor tensor;
    rg__tensor_init(&tensor, call->run->context, dtype, rank, sizes);
    rg_tensor *kept = keep_scratch(call, &tensor);
    return kept != NULL && allocate_tensor(call, kept) ? kept : NULL;
}

const rg_tensor *rg__kernel_contiguous(rg_kernel_call *call, const rg_tensor *tensor, rg_dtype dtype)
{
    if (tensor == NULL || (tensor->dtype == dtype && rg__tensor_is_contiguous(tensor))) {
        return tensor;
    }
    rg_tensor *copy = rg__kernel_scratch(call, dtype, tensor->rank, tensor->sizes);
    if (copy != NULL) {
        (void)rg__tensor_copy(copy, tensor);
    }
    return copy;
}

/* ---- arguments ---- */

static const rg_datum *argument(const rg_kernel_call *call, size_t index)
{
    static const rg_datum missing = {0};
    return index < call->argument_count ? &call->arguments[index] : &missing;
}

/* Note that an argument is not what is needed; its name where there is a schema. */
static void unfit(rg_kernel_call *call, size_t index, const char *wanted)
{
    const rg_schema *schema = call->descriptor->schema;
    if (schema != NULL && index < schema->argument_count) {
        rg_string name = schema->arguments[index].name;
        (void)rg__kernel_fail(call, RG_ERROR_ARGUMENT, "argument '%.*s' is not %s", (int)name.size, name.data, wanted);
    } else {
        (void)rg__kernel_fail(call, RG_ERROR_ARGUMENT, "argument %zu is not %s", index, wanted);
    }
}

bool rg__kernel_has(const rg_kernel_call *call, size_t index)
{
    return argument(call, index)->kind > RG_DATUM_NONE;
}

size_t rg__kernel_find(const rg_kernel_call *call, const char *name)
{
    const rg_schema *schema = call->descriptor->schema;
    for (uint32_t i = 0; schema != NULL && i < schema->argument_count; i++) {
        if (rg_string_equal(schema->arguments[i].name, rg_string_from(name))) {
            return i;
        }
    }
    return call->argument_count;
}

static const rg_tensor *tensor_of_number(rg_kernel_call *call, const rg_datum *datum)
{
    rg_dtype dtype = datum->kind == RG_DATUM_FLOAT  ? RG_DTYPE_F64
                     : datum->kind == RG_DATUM_BOOL ? RG_DTYPE_BOOL
                                                    : RG_DTYPE_I64;
    rg_tensor *tensor = rg__kernel_scratch(call, dtype, 0, NULL);
    if (tensor == NULL) {
        return NULL;
    }
    if (datum->kind == RG_DATUM_FLOAT) {
        rg__tensor_fill_real(tensor, datum->real);
    } else {
        rg__tensor_fill_integer(tensor, datum->kind == RG_DATUM_BOOL ? datum->truth : datum->integer);
    }
    return tensor;
}

static bool is_number(const rg_datum *datum)
{
    return datum->kind == RG_DATUM_BOOL || datum->kind == RG_DATUM_INT || datum->kind == RG_DATUM_FLOAT;
}

bool rg__kernel_is_number(const rg_kernel_call *call, size_t index)
{
    return is_number(argument(call, index));
}

static const rg_tensor *tensor_of(rg_kernel_call *call, size_t index, const rg_datum *datum)
{
    if (datum->kind == RG_DATUM_TENSOR) {
        return datum->tensor;
    }
    if (is_number(datum)) {
        return tensor_of_number(call, datum);
    }
    unfit(call, index, "a tensor");
    return NULL;
}

const rg_tensor *rg__kernel_tensor(rg_kernel_call *call, size_t index)
{
    return tensor_of(call, index, argument(call, index));
}

const rg_tensor *rg__kernel_optional(rg_kernel_call *call, size_t index)
{
    return rg__kernel_has(call, index) ? rg__kernel_tensor(call, index) : NULL;
}

static bool real_of(const rg_datum *datum, double *out)
{
    switch (datum->kind) {
    case RG_DATUM_BOOL:
        *out = datum->truth;
        return true;
    case RG_DATUM_INT:
        *out = (double)datum->integer;
        return true;
    case RG_DATUM_FLOAT:
        *out = datum->real;
        return true;
    case RG_DATUM_TENSOR:
        *out = rg_tensor_get(datum->tensor, 0);
        return rg__tensor_count(datum->tensor) == 1;
    default:
        return false;
    }
}

double rg__kernel_real(rg_kernel_call *call, size_t index)
{
    double value = 0;
    if (!real_of(argument(call, index), &value)) {
        unfit(call, index, "a number");
    }
    return value;
}

static bool integer_of(const rg_datum *datum, int64_t *out)
{
    switch (datum->kind) {
    case RG_DATUM_BOOL:
        *out = datum->truth;
        return true;
    case RG_DATUM_INT:
        *out = datum->integer;
        return true;
    case RG_DATUM_FLOAT:
        *out = (int64_t)datum->real;
        return datum->real >= -0x1p62 && datum->real <= 0x1p62;
    case RG_DATUM_TENSOR:
        if (rg__tensor_count(datum->tensor) != 1) {
            return false;
        }
        *out = rg__tensor_integer_at(datum->tensor, datum->tensor->offset);
        return true;
    default:
        return false;
    }
}

int64_t rg__kernel_integer(rg_kernel_call *call, size_t index)
{
    int64_t value = 0;
    if (!integer_of(argument(call, index), &value)) {
        unfit(call, index, "an integer");
    }
    return value;
}

bool rg__kernel_truth(rg_kernel_call *call, size_t index)
{
    return rg__kernel_integer(call, index) != 0;
}

rg_string rg__kernel_text(rg_kernel_call *call, size_t index)
{
    const rg_datum *datum = argument(call, index);
    if (datum->kind != RG_DATUM_CONSTANT || rg_value_get_kind(datum->constant) != RG_VALUE_STRING) {
        unfit(call, index, "a string");
        return rg_string_from("");
    }
    return rg_value_as_text(call->run->context, datum->constant);
}

rg_dtype rg__kernel_dtype(rg_kernel_call *call, size_t index, rg_dtype fallback)
{
    const rg_datum *datum = argument(call, index);
    rg_dtype dtype = datum->kind == RG_DATUM_CONSTANT ? rg_value_as_dtype(datum->constant) : RG_DTYPE_NONE;
    return dtype == RG_DTYPE_NONE ? fallback : dtype;
}

void rg__kernel_integers(rg_kernel_call *call, size_t index, int64_t *out, uint32_t room, uint32_t *count)
{
    const rg_datum *datum = argument(call, index);
    *count = 0;
    if (datum->kind <= RG_DATUM_NONE) {
        return;
    }
    size_t items = datum->kind == RG_DATUM_TUPLE ? datum->tuple.count : 1;
    if (items > room) {
        unfit(call, index, "a list as short as it should be");
        return;
    }
    for (size_t i = 0; i < items; i++) {
        if (!integer_of(datum->kind == RG_DATUM_TUPLE ? &datum->tuple.items[i] : datum, &out[i])) {
            unfit(call, index, "a list of integers");
            return;
        }
    }
    *count = (uint32_t)items;
}

size_t rg__kernel_item_count(rg_kernel_call *call, size_t index)
{
    const rg_datum *datum = argument(call, index);
    return datum->kind == RG_DATUM_TUPLE ? datum->tuple.count : 0;
}

const rg_tensor *rg__kernel_item(rg_kernel_call *call, size_t index, size_t item)
{
    const rg_datum *datum = argument(call, index);
    if (datum->kind != RG_DATUM_TUPLE || item >= datum->tuple.count || datum->tuple.items[item].kind <= RG_DATUM_NONE) {
        return NULL;
    }
    return tensor_of(call, index, &datum->tuple.items[item]);
}

uint32_t rg__kernel_wrap(rg_kernel_call *call, int64_t dim, uint32_t rank)
{
    int64_t limit = rank == 0 ? 1 : rank;
    if (dim < -limit || dim >= limit) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "no dimension %lld in a tensor of %u", (long long)dim, rank);
        return 0;
    }
    return (uint32_t)(dim < 0 ? dim + limit : dim);
}

uint32_t rg__kernel_dim(rg_kernel_call *call, size_t index, uint32_t rank)
{
    return rg__kernel_wrap(call, rg__kernel_integer(call, index), rank);
}

void rg__kernel_dims(rg_kernel_call *call, size_t index, uint32_t rank, bool *flags)
{
    int64_t dims[RG_TENSOR_MAX_RANK];
    uint32_t count = 0;
    rg__kernel_integers(call, index, dims, RG_TENSOR_MAX_RANK, &count);
    for (uint32_t i = 0; i < rank; i++) {
        flags[i] = count == 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t dim = rg__kernel_wrap(call, dims[i], rank);
        if (dim < rank) {
            flags[dim] = true;
        }
    }
}

/* ---- inference ---- */

static rg_inference inference_of(const rg_kernel_call *call)
{
    return (rg_inference){.context = call->run->context,
                          .graph = call->graph,
                          .node = call->node,
                          .op = call->op,
                          .schema = call->descriptor->schema,
                          .arguments = call->values,
                          .argument_count = call->argument_count};
}

rg_dtype rg__kernel_promote(rg_kernel_call *call, const size_t *indices, size_t count)
{
    rg_inference inference = inference_of(call);
    rg_dtype dtype = rg__infer_promote(&inference, indices, count);
    if (dtype == RG_DTYPE_NONE) {
        (void)rg__kernel_fail(call, RG_ERROR_TYPE, "no common dtype of the arguments");
        return RG_DTYPE_F32;
    }
    return dtype;
}

/* What inference, or else the annotation, says of the result. */
static rg_status infer_type(rg_kernel_call *call)
{
    const rg_op_descriptor *op = call->descriptor;
    rg_inference inference = inference_of(call);
    rg_status status = RG_OK;
    if (op->infer != NULL) {
        status = op->infer(&inference.result, inference.context, call->graph, call->values, call->argument_count,
                           op->infer_user);
    } else if (op->row != NULL && op->row->infer != NULL) {
        status = op->row->infer(&inference);
    }
    if (status == RG_OK) {
        status = inference.failure;
    }
    if (status == RG_OK && !inference.unknown) {
        call->type = inference.result;
    }
    if (rg_type_is_null(call->type)) {
        call->type = rg_node_type(call->graph, call->node);
    }
    return status;
}

static bool layout_of_type(rg_kernel_call *call, rg_type type, rg_tensor *out)
{
    rg_tensor_type tensor = rg_type_get_tensor(call->run->context, type);
    int64_t sizes[RG_TENSOR_MAX_RANK];
    if (tensor.rank > RG_TENSOR_MAX_RANK) {
        (void)rg__kernel_fail(call, RG_ERROR_LIMIT, "a result of more than %d dimensions", (int)RG_TENSOR_MAX_RANK);
        return false;
    }
    for (uint32_t i = 0; i < tensor.rank; i++) {
        if (!rg__run_evaluate(call->run, tensor.sizes[i], &sizes[i])) {
            (void)rg__kernel_fail(call, RG_ERROR_TYPE, "size %u of the result has no value", i);
            return false;
        }
    }
    rg__tensor_init(out, call->run->context, tensor.dtype, tensor.rank, sizes);
    for (uint32_t i = 0; i < tensor.rank && tensor.strides != NULL; i++) {
        int64_t stride = 0;
        if (rg__run_evaluate(call->run, tensor.strides[i], &stride)) {
            out->strides[i] = stride;
        }
    }
    return true;
}

/* Make layouts of results from the inferred type, with zeros in them unless the row is a view. */
rg_status rg__kernel_lay_out(rg_kernel_call *call)
{
    rg_context *context = call->run->context;
    rg_status status = infer_type(call);
    if (status != RG_OK) {
        call->status = status;
        return status;
    }
    rg_type_kind kind = rg_type_get_kind(context, call->type);
    size_t count = kind == RG_TYPE_TUPLE ? rg_type_item_count(context, call->type) : kind == RG_TYPE_TENSOR;
    call->results = RG_KERNEL_ARRAY(call, rg_tensor, count);
    if (call->results == NULL) {
        return call->status;
    }
    call->result_count = count;
    for (size_t i = 0; i < count; i++) {
        call->results[i].context = context;
    }
    for (size_t i = 0; i < count; i++) {
        rg_type type = kind == RG_TYPE_TUPLE ? rg_type_item(context, call->type, i) : call->type;
        if (rg_type_get_kind(context, type) == RG_TYPE_TENSOR &&
            (!layout_of_type(call, type, &call->results[i]) ||
             ((call->row->flags & RG_KERNEL_VIEW) == 0 && !allocate_tensor(call, &call->results[i])))) {
            return call->status;
        }
    }
    return RG_OK;
}

rg_tensor *rg__kernel_add_result(rg_kernel_call *call, rg_dtype dtype, uint32_t rank, const int64_t *sizes)
{
    rg_tensor *grown = RG_KERNEL_ARRAY(call, rg_tensor, call->result_count + 1);
    if (grown == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < call->result_count; i++) {
        grown[i] = call->results[i];
    }
    call->results = grown;
    rg_tensor *result = &grown[call->result_count++];
    rg__tensor_init(result, call->run->context, dtype, rank, sizes);
    return allocate_tensor(call, result) ? result : NULL;
}

rg_status rg__kernel_answer_alias(rg_kernel_call *call, const rg_tensor *tensor)
{
    rg_datum datum = {.kind = RG_DATUM_TENSOR, .tensor = (rg_tensor *)tensor};
    if (tensor == NULL) {
        return call->status;
    }
    rg_status status = rg__datum_copy(&call->answer, call->run->context, &datum);
    return call->status == RG_OK ? (call->status = status) : call->status;
}

/* ---- a call from beginning to end ---- */

rg_status rg__kernel_prepare(rg_kernel_call *calls, rg_frame *frame, rg_node node, rg_op op, rg_arena *arena,
                             const rg_value *values, size_t count)
{
    rg_run *run = frame->run;
    rg_status status = RG_OK;
    for (uint32_t rank = 0; rank < run->ranks; rank++) {
        rg_kernel_call *call = &calls[rank];
        *call = (rg_kernel_call){.frame = frame,
                                 .run = run,
                                 .graph = frame->graph,
                                 .node = node,
                                 .op = op,
                                 .descriptor = rg__op_descriptor(run->context, op),
                                 .row = rg__run_row(run, op),
                                 .rank = rank,
                                 .peers = calls,
                                 .peer_count = run->ranks,
                                 .arena = arena,
                                 .values = values,
                                 .argument_count = count};
    }
    for (uint32_t rank = 0; rank < run->ranks && status == RG_OK; rank++) {
        rg_kernel_call *call = &calls[rank];
        call->arguments = RG_KERNEL_ARRAY(call, rg_datum, count);
        status = call->status;
        for (size_t i = 0; i < count && status == RG_OK; i++) {
            status = rg__frame_value(&call->arguments[i], frame, rank, values[i], arena);
        }
    }
    return status;
}

static bool has_complex(const rg_kernel_call *call)
{
    for (size_t i = 0; i < call->argument_count; i++) {
        if (call->arguments[i].kind == RG_DATUM_TENSOR && rg_dtype_is_complex(call->arguments[i].tensor->dtype)) {
            return true;
        }
    }
    for (size_t i = 0; i < call->result_count; i++) {
        if (rg_dtype_is_complex(call->results[i].dtype)) {
            return true;
        }
    }
    return false;
}

static rg_status check_row(rg_kernel_call *call)
{
    if (call->row == NULL) {
        return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "there is no kernel for this op");
    }
    if (call->row->function == NULL) {
        return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "there is no kernel for this op: %s", call->row->reason);
    }
    return RG_OK;
}

rg_status rg__kernel_run(rg_kernel_call *calls, uint32_t count)
{
    rg_status status = check_row(&calls[0]);
    bool collective = status == RG_OK && (calls[0].row->flags & RG_KERNEL_COLLECTIVE) != 0;
    for (uint32_t i = 0; i < count && status == RG_OK; i++) {
        rg_kernel_call *call = &calls[i];
        if ((call->row->flags & RG_KERNEL_OWN_RESULTS) == 0) {
            status = rg__kernel_lay_out(call);
        }
        if (status == RG_OK && (call->row->flags & (RG_KERNEL_VIEW | RG_KERNEL_COMPLEX)) == 0 && has_complex(call)) {
            status = rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "its kernel does not know complex numbers");
        }
        if (status == RG_OK && !collective) {
            status = call->row->function(call);
            status = status == RG_OK ? call->status : status;
        }
    }
    if (collective && status == RG_OK) {
        status = calls[0].row->function(calls);
        for (uint32_t i = 0; i < count && status == RG_OK; i++) {
            status = calls[i].status;
        }
    }
    return status;
}

/* One result as a datum: a tensor that takes the result's storage over, or what its type says. */
static rg_status take_result(rg_datum *out, rg_kernel_call *call, size_t index)
{
    rg_context *context = call->run->context;
    rg_tensor *result = &call->results[index];
    rg_type type = rg_type_item(context, call->type, index);
    memset(out, 0, sizeof(*out));
    if (result->storage != NULL) {
        rg_status status = rg__tensor_to_heap(&out->tensor, result);
        out->kind = status == RG_OK ? RG_DATUM_TENSOR : RG_DATUM_MISSING;
        return status;
    }
    out->kind = RG_DATUM_NONE;
    if (rg_type_get_kind(context, type) == RG_TYPE_SIZE) {
        out->kind = RG_DATUM_INT;
        if (!rg__run_evaluate(call->run, rg_type_get_size(context, type), &out->integer)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "result %zu, a size, has no value", index);
        }
    }
    return RG_OK;
}

double *rg__kernel_read_real(rg_kernel_call *call, const rg_tensor *tensor)
{
    double *out = tensor == NULL ? NULL : RG_KERNEL_ARRAY(call, double, rg__tensor_count(tensor) + 1);
    if (out != NULL) {
        rg__tensor_read_real(out, tensor);
    }
    return out;
}

rg_status rg__kernel_take(rg_datum *out, rg_kernel_call *call)
{
    rg_context *context = call->run->context;
    rg_status status = RG_OK;
    if (call->answer.kind != RG_DATUM_MISSING) {
        *out = call->answer;
        memset(&call->answer, 0, sizeof(call->answer));
        return RG_OK;
    }
    memset(out, 0, sizeof(*out));
    bool tuple = rg_type_get_kind(context, call->type) == RG_TYPE_TUPLE || call->result_count > 1;
    if (!tuple) {
        out->kind = RG_DATUM_NONE;
        return call->result_count == 0 ? RG_OK : take_result(out, call, 0);
    }
    status = rg__datum_make_tuple(out, context, call->result_count);
    for (size_t i = 0; i < call->result_count && status == RG_OK; i++) {
        status = take_result(&out->tuple.items[i], call, i);
    }
    if (status != RG_OK) {
        rg__datum_release(context, out);
    }
    return status;
}

void rg__kernel_end(rg_kernel_call *call)
{
    for (size_t i = 0; i < call->result_count; i++) {
        rg__tensor_release(&call->results[i]);
    }
    for (uint32_t i = 0; i < call->scratch_count; i++) {
        rg__tensor_release(call->scratch[i]);
    }
    rg__datum_release(call->run->context, &call->answer);
    call->result_count = 0;
    call->scratch_count = 0;
}

/* Arguments behind those that are given get their defaults. */
static rg_status add_defaults(rg_kernel_call *call)
{
    const rg_schema *schema = call->descriptor->schema;
    size_t given = call->argument_count;
    if (schema == NULL || schema->argument_count <= given) {
        return call->status;
    }
    rg_value *values = RG_KERNEL_ARRAY(call, rg_value, schema->argument_count);
    rg_datum *arguments = RG_KERNEL_ARRAY(call, rg_datum, schema->argument_count);
    rg_status status = call->status;
    for (size_t i = 0; i < schema->argument_count && status == RG_OK; i++) {
        values[i] = i < given ? call->values[i] : schema->arguments[i].default_value;
        if (i < given) {
            arguments[i] = call->arguments[i];
        } else {
            status = rg__frame_value(&arguments[i], call->frame, call->rank, values[i], call->arena);
        }
    }
    call->values = values;
    call->arguments = arguments;
    call->argument_count = schema->argument_count;
    return status;
}

rg_status rg__kernel_begin(rg_kernel_call *inner, const rg_kernel_call *call, const char *name)
{
    rg_context *context = call->run->context;
    *inner = *call;
    inner->op = rg_context_find_op(context, rg_string_from(name));
    inner->descriptor = rg__op_descriptor(context, inner->op);
    inner->row = rg__run_row(call->run, inner->op);
    inner->peers = inner;
    inner->peer_count = 1;
    inner->type = (rg_type){0};
    inner->results = NULL;
    inner->result_count = 0;
    inner->scratch = NULL;
    inner->scratch_count = 0;
    inner->scratch_capacity = 0;
    memset(&inner->answer, 0, sizeof(inner->answer));
    rg_status status = rg__op_prepare(context, inner->op);
    return status == RG_OK ? add_defaults(inner) : status;
}

/* ---- random numbers ---- */

uint64_t rg__kernel_random_stream(rg_kernel_call *call)
{
    return rg__hash_mix(call->run->options.seed ^ 0x72616e646f6d0000u, ++call->run->random_calls[call->rank]);
}

/* Two rounds of a 64-bit mixer over counter and stream; passes for uniform wherever a test of a graph looks. */
uint64_t rg__random_bits(uint64_t stream, uint64_t counter)
{
    uint64_t x = stream + counter * 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

double rg__random_uniform(uint64_t stream, uint64_t counter)
{
    return (double)(rg__random_bits(stream, counter) >> 11) * 0x1p-53;
}

/*
 * kernel_higher_order.c: ops that call another op (auto_functionalized, both versions) or a submodule (cond,
 * while_loop, and the wrappers that mark a region). They are run on all ranks at once, so that there may be collectives
 * inside.
 */
#include "interp/kernel_functions.h"

/* ---- functionalised calls ---- */

/* The calls of the wrapped op on all ranks, prepared but not run; and the copies that they write to. */
typedef struct wrapped_calls {
    rg_kernel_call *calls;
    rg_datum **copies; /* by rank: what is written, `copy_count` each */
    uint32_t copy_count;
} wrapped_calls;

static const rg_schema *wrapped_schema(rg_kernel_call *call, rg_op *op)
{
    *op = rg__node_schema_op(call->graph, call->node.id);
    const rg_schema *schema = rg__op_descriptor(call->run->context, *op)->schema;
    if (schema == NULL) {
        (void)rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "the op that it wraps has no schema");
    }
    return schema;
}

static rg_status prepare_wrapped(wrapped_calls *out, rg_kernel_call *call)
{
    rg_op op;
    const rg_schema *schema = wrapped_schema(call, &op);
    if (schema == NULL) {
        return call->status;
    }
    rg_value *values = RG_KERNEL_ARRAY(call, rg_value, schema->argument_count + 1);
    out->calls = RG_KERNEL_ARRAY(call, rg_kernel_call, call->peer_count);
    out->copies = RG_KERNEL_ARRAY(call, rg_datum *, call->peer_count);
    if (values == NULL || out->calls == NULL || out->copies == NULL) {
        return call->status;
    }
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        values[i] = rg_node_schema_argument(call->graph, call->node, i);
    }
    return rg__kernel_prepare(out->calls, call->frame, call->node, op, call->arena, values, schema->argument_count);
}

/* Keep a copy that is written to, for the answer. */
static rg_status copy_written(rg_datum *out, rg_kernel_call *call, const rg_datum *datum)
{
    return rg__datum_clone(out, call->run->context, datum, &call->run->budget);
}

/* Does the op return its own results apart from what it writes? Otherwise the answer starts with None. */
static size_t own_count(const rg_kernel_call *call)
{
    uint32_t count = call->descriptor->schema->result_count;
    return count == 0 ? 1 : count;
}

/* The answer: the op's own results, then what it wrote. */
static rg_status answer_wrapped(rg_kernel_call *outer, rg_kernel_call *inner, rg_datum *written, uint32_t count)
{
    rg_context *context = outer->run->context;
    rg_datum own;
    size_t first = own_count(inner);
    rg_status status = rg__kernel_take(&own, inner);
    if (status != RG_OK) {
        return status;
    }
    size_t bytes = (first + count) * sizeof(rg_datum);
    rg_datum *items = rg__allocate(&context->allocator, bytes);
    if (items == NULL) {
        rg__datum_release(context, &own);
        return rg__kernel_out_of_memory(outer);
    }
    memset(items, 0, bytes);
    if (first == 1) {
        items[0] = own;
    } else {
        for (size_t i = 0; i < first && own.kind == RG_DATUM_TUPLE && i < own.tuple.count; i++) {
            items[i] = own.tuple.items[i];
            memset(&own.tuple.items[i], 0, sizeof(rg_datum));
        }
        rg__datum_release(context, &own);
    }
    for (uint32_t i = 0; i < count; i++) {
        items[first + i] = written[i];
        if (written[i].kind == RG_DATUM_MISSING) {
            items[first + i].kind = RG_DATUM_NONE;
        }
        memset(&written[i], 0, sizeof(rg_datum));
    }
    outer->answer = (rg_datum){.kind = RG_DATUM_TUPLE, .tuple = {items, first + count}};
    return RG_OK;
}

static rg_status finish_wrapped(rg_kernel_call *calls, wrapped_calls *job, rg_status status)
{
    rg_context *context = calls->run->context;
    if (status == RG_OK) {
        status = rg__kernel_run(job->calls, calls->peer_count);
    }
    for (uint32_t rank = 0; rank < calls->peer_count && status == RG_OK; rank++) {
        status = answer_wrapped(&calls[rank], &job->calls[rank], job->copies[rank], job->copy_count);
    }
    for (uint32_t rank = 0; rank < calls->peer_count && job->calls != NULL; rank++) {
        for (uint32_t i = 0; job->copies != NULL && job->copies[rank] != NULL && i < job->copy_count; i++) {
            rg__datum_release(context, &job->copies[rank][i]);
        }
        if (job->calls[rank].run != NULL) {
            rg__kernel_end(&job->calls[rank]);
        }
    }
    return status;
}

/* Version 1: each written argument is copied; its copy is written and returned. */
rg_status rg__compute_auto_functionalized(rg_kernel_call *call)
{
    wrapped_calls job = {0};
    rg_status status = prepare_wrapped(&job, call);
    if (job.calls == NULL || job.copies == NULL) {
        return call->status;
    }
    if (status != RG_OK) {
        return finish_wrapped(call, &job, status);
    }
    const rg_schema *schema = job.calls[0].descriptor->schema;
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        job.copy_count += schema->arguments[i].mutated;
    }
    for (uint32_t rank = 0; rank < call->peer_count && status == RG_OK; rank++) {
        uint32_t next = 0;
        job.copies[rank] = RG_KERNEL_ARRAY(call, rg_datum, job.copy_count + 1);
        if (job.copies[rank] == NULL) {
            status = call->status;
            break;
        }
        for (uint32_t i = 0; i < schema->argument_count && status == RG_OK; i++) {
            if (schema->arguments[i].mutated) {
                rg_datum *copy = &job.copies[rank][next++];
                status = copy_written(copy, call, &job.calls[rank].arguments[i]);
                job.calls[rank].arguments[i] = *copy;
            }
        }
    }
    return finish_wrapped(call, &job, status);
}

/* ---- version 2: written arguments are views of bases ---- */

/* A keyword of the node, `_<argument>_<suffix>` or `_<argument>_<item>_<suffix>`; missing if not written. */
static rg_value view_keyword(const rg_kernel_call *call, rg_string argument, int64_t item, const char *suffix)
{
    rg_buffer buffer;
    rg__buffer_init(&buffer, &call->run->context->allocator);
    if (item >= 0) {
        rg__buffer_append_format(&buffer, "_%.*s_%lld_%s", (int)argument.size, argument.data, (long long)item, suffix);
    } else {
        rg__buffer_append_format(&buffer, "_%.*s_%s", (int)argument.size, argument.data, suffix);
    }
    rg_value value =
        buffer.failed ? rg_value_missing() : rg_node_keyword(call->graph, call->node, rg__buffer_string(&buffer));
    rg__buffer_free(&buffer);
    return value;
}

static bool keyword_integer(rg_kernel_call *call, rg_string argument, int64_t item, const char *suffix, int64_t *out)
{
    rg_datum datum;
    rg_value value = view_keyword(call, argument, item, suffix);
    if (rg_value_is_missing(value) || rg__frame_value(&datum, call->frame, call->rank, value, call->arena) != RG_OK ||
        datum.kind != RG_DATUM_INT) {
        return false;
    }
    *out = datum.integer;
    return true;
}

static bool keyword_integers(rg_kernel_call *call, rg_string argument, int64_t item, const char *suffix, int64_t *out,
                             uint32_t *count)
{
    rg_datum datum;
    rg_value value = view_keyword(call, argument, item, suffix);
    if (rg_value_is_missing(value) || rg__frame_value(&datum, call->frame, call->rank, value, call->arena) != RG_OK ||
        datum.kind != RG_DATUM_TUPLE || datum.tuple.count > RG_TENSOR_MAX_RANK) {
        return false;
    }
    *count = (uint32_t)datum.tuple.count;
    for (uint32_t i = 0; i < *count; i++) {
        out[i] = datum.tuple.items[i].kind == RG_DATUM_INT ? datum.tuple.items[i].integer : 0;
    }
    return true;
}

/* Narrow `view`, so far the base itself, to what the keywords say: a slice, or sizes, strides and offset. */
static void apply_view(rg_kernel_call *call, rg_tensor *view, rg_string argument, int64_t item)
{
    int64_t dim = 0;
    int64_t start = 0;
    int64_t end = INT64_MAX;
    uint32_t count = 0;
    uint32_t stride_count = 0;
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t strides[RG_TENSOR_MAX_RANK];
    if (keyword_integer(call, argument, item, "slice_dim", &dim)) {
        uint32_t at = rg__kernel_wrap(call, dim, view->rank);
        (void)keyword_integer(call, argument, item, "slice_start", &start);
        (void)keyword_integer(call, argument, item, "slice_end", &end);
        int64_t size = view->sizes[at];
        start += start < 0 ? size : 0;
        end += end < 0 ? size : 0;
        start = start < 0 ? 0 : start > size ? size : start;
        end = end < start ? start : end > size ? size : end;
        view->offset += end > start ? start * view->strides[at] : 0;
        view->sizes[at] = end - start;
    } else if (keyword_integers(call, argument, item, "size", sizes, &count) &&
               keyword_integers(call, argument, item, "stride", strides, &stride_count) && count == stride_count) {
        view->rank = count;
        memcpy(view->sizes, sizes, count * sizeof(int64_t));
        memcpy(view->strides, strides, count * sizeof(int64_t));
        if (keyword_integer(call, argument, item, "storage_offset", &start)) {
            view->offset = start;
        }
    }
}

/* A written argument, or an item of one: a view of the copy of its base; None where there is none. */
static rg_status view_of_base(rg_datum *out, rg_kernel_call *call, rg_datum *bases, uint32_t base_count,
                              rg_string argument, int64_t item)
{
    int64_t base = 0;
    *out = (rg_datum){.kind = RG_DATUM_NONE};
    if (!keyword_integer(call, argument, item, "base_index", &base)) {
        return RG_OK;
    }
    if (base < 0 || base >= base_count || bases[base].kind != RG_DATUM_TENSOR) {
        return rg__kernel_fail(call, RG_ERROR_ARGUMENT, "'%.*s' names a base that is none", (int)argument.size,
                               argument.data);
    }
    rg_tensor *view = RG_KERNEL_ARRAY(call, rg_tensor, 1); /* borrows the storage of the base, which outlives it */
    if (view != NULL) {
        *view = *bases[base].tensor;
        apply_view(call, view, argument, item);
        *out = (rg_datum){.kind = RG_DATUM_TENSOR, .tensor = view};
    }
    rg_tensor check = view != NULL ? *view : (rg_tensor){0};
    rg_status status = view == NULL ? call->status : rg__tensor_share(&check, bases[base].tensor);
    if (status == RG_OK) {
        rg__tensor_release(&check);
    }
    return status;
}

static rg_status set_written_arguments(rg_kernel_call *call, rg_datum *bases, uint32_t base_count)
{
    const rg_schema *schema = call->descriptor->schema;
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < schema->argument_count && status == RG_OK; i++) {
        rg_string name = schema->arguments[i].name;
        int64_t length = 0;
        if (!schema->arguments[i].mutated) {
            continue;
        }
        if (!keyword_integer(call, name, -1, "length", &length)) {
            status = view_of_base(&call->arguments[i], call, bases, base_count, name, -1);
            continue;
        }
        rg_datum *items = RG_KERNEL_ARRAY(call, rg_datum, length < 0 ? 0 : length + 1);
        status = call->status;
        for (int64_t k = 0; k < length && status == RG_OK; k++) {
            status = view_of_base(&items[k], call, bases, base_count, name, k);
        }
        call->arguments[i] = (rg_datum){.kind = RG_DATUM_TUPLE, .tuple = {items, status == RG_OK ? (size_t)length : 0}};
    }
    return status;
}

rg_status rg__compute_auto_functionalized_v2(rg_kernel_call *call)
{
    wrapped_calls job = {0};
    rg_value list = rg_node_keyword(call->graph, call->node, rg_string_from("_all_bases"));
    rg_status status = prepare_wrapped(&job, call);
    if (job.calls == NULL || job.copies == NULL) {
        return call->status;
    }
    if (status != RG_OK) {
        return finish_wrapped(call, &job, status);
    }
    job.copy_count = (uint32_t)rg_value_count(call->run->context, call->graph, list);
    for (uint32_t rank = 0; rank < call->peer_count && status == RG_OK; rank++) {
        rg_kernel_call *inner = &job.calls[rank];
        rg_datum bases = {0};
        job.copies[rank] = RG_KERNEL_ARRAY(call, rg_datum, job.copy_count + 1);
        status = call->status == RG_OK ? rg__frame_value(&bases, call->frame, rank, list, call->arena) : call->status;
        for (uint32_t i = 0; i < job.copy_count && status == RG_OK; i++) {
            status = copy_written(&job.copies[rank][i], call, &bases.tuple.items[i]);
        }
        if (status == RG_OK) {
            status = set_written_arguments(inner, job.copies[rank], job.copy_count);
        }
    }
    return finish_wrapped(call, &job, status);
}

/* ---- submodules ---- */

/* The submodule that an argument stands for; NULL if it is none. */
static const rg_graph *child_of(const rg_kernel_call *call, size_t index)
{
    const rg_datum *datum = index < call->argument_count ? &call->arguments[index] : NULL;
    if (datum == NULL || datum->kind != RG_DATUM_CONSTANT || rg_value_get_kind(datum->constant) != RG_VALUE_NODE) {
        return NULL;
    }
    rg_string target = rg_node_target(call->graph, rg_value_as_node(datum->constant));
    return rg_graph_find_child(call->graph, target);
}

/* Call a submodule with the items of tuples and other arguments from `first` on; lists are spread if `spread`. The
 * results become the answers. */
static rg_status call_child(rg_kernel_call *calls, const rg_graph *child, const rg_datum *arguments, size_t count)
{
    rg_kernel_call *call = &calls[0];
    rg_datum *results = RG_KERNEL_ARRAY(call, rg_datum, call->peer_count);
    if (results == NULL) {
        return call->status;
    }
    rg_status status = rg__run_child(call->frame, child, arguments, count, results);
    for (uint32_t rank = 0; rank < call->peer_count; rank++) {
        if (status == RG_OK) {
            calls[rank].answer = results[rank];
        } else {
            rg__datum_release(call->run->context, &results[rank]);
        }
    }
    return status;
}

/* The operands of cond and while_loop: the items of the tuples at the indices. */
static rg_datum *spread(rg_kernel_call *calls, size_t first, size_t last, size_t *count)
{
    rg_kernel_call *call = &calls[0];
    *count = 0;
    for (size_t i = first; i <= last; i++) {
        *count += rg__kernel_item_count(call, i);
    }
    rg_datum *out = RG_KERNEL_ARRAY(call, rg_datum, *count * call->peer_count + 1);
    size_t next = 0;
    for (uint32_t rank = 0; rank < call->peer_count && out != NULL; rank++) {
        for (size_t i = first; i <= last; i++) {
            for (size_t k = 0; k < rg__kernel_item_count(&calls[rank], i); k++) {
                out[next++] = calls[rank].arguments[i].tuple.items[k];
            }
        }
    }
    return out;
}

rg_status rg__compute_cond(rg_kernel_call *call)
{
    size_t count = 0;
    bool truth = rg__kernel_truth(call, 0);
    for (uint32_t rank = 1; rank < call->peer_count; rank++) {
        if (rg__kernel_truth(&call[rank], 0) != truth) {
            return rg__kernel_fail(call, RG_ERROR_UNSUPPORTED, "ranks go different ways");
        }
    }
    const rg_graph *child = child_of(call, truth ? 1 : 2);
    rg_datum *arguments = spread(call, 3, 3, &count);
    if (child == NULL || arguments == NULL) {
        return rg__kernel_fail(call, RG_ERROR_GRAPH, "a branch is not a submodule of the graph");
    }
    return call_child(call, child, arguments, count);
}

enum { MAX_ITERATIONS = 100000 };

/* The condition's answer, the same on all ranks. */
static rg_status ask(rg_kernel_call *calls, const rg_graph *condition, const rg_datum *arguments, size_t count,
                     bool *out)
{
    rg_status status = call_child(calls, condition, arguments, count);
    for (uint32_t rank = 0; rank < calls->peer_count; rank++) {
        rg_datum *answer = &calls[rank].answer;
        rg_datum *value = answer->kind == RG_DATUM_TUPLE && answer->tuple.count == 1 ? &answer->tuple.items[0] : answer;
        bool truth = value->kind == RG_DATUM_TENSOR ? rg_tensor_get(value->tensor, 0) != 0
                                                    : value->kind == RG_DATUM_BOOL && value->truth;
        if (status == RG_OK && rank > 0 && truth != *out) {
            status = rg__kernel_fail(calls, RG_ERROR_UNSUPPORTED, "ranks go different ways");
        }
        *out = truth;
        rg__datum_release(calls->run->context, answer);
    }
    return status;
}

/* The carried values are the first operands; the body returns their next values. */
rg_status rg__compute_while_loop(rg_kernel_call *call)
{
    const rg_graph *condition = child_of(call, 0);
    const rg_graph *body = child_of(call, 1);
    rg_context *context = call->run->context;
    size_t count = 0;
    size_t carried = rg__kernel_item_count(call, 2);
    rg_datum *arguments = spread(call, 2, 3, &count);
    rg_datum *held = RG_KERNEL_ARRAY(call, rg_datum, call->peer_count); /* tuples of the carried values */
    rg_status status = RG_OK;
    bool again = true;
    if (condition == NULL || body == NULL || arguments == NULL || held == NULL) {
        return rg__kernel_fail(call, RG_ERROR_GRAPH, "the condition or the body is not a submodule of the graph");
    }
    for (uint32_t rank = 0; rank < call->peer_count && status == RG_OK; rank++) {
        status = rg__datum_copy(&held[rank], context, &call[rank].arguments[2]);
    }
    for (int i = 0; status == RG_OK && again; i++) {
        status = i < MAX_ITERATIONS ? ask(call, condition, arguments, count, &again)
                                    : rg__kernel_fail(call, RG_ERROR_LIMIT, "more than %d turns", (int)MAX_ITERATIONS);
        if (status == RG_OK && again) {
            status = call_child(call, body, arguments, count);
        }
        for (uint32_t rank = 0; rank < call->peer_count && status == RG_OK && again; rank++) {
            if (call[rank].answer.kind != RG_DATUM_TUPLE || call[rank].answer.tuple.count != carried) {
                status = rg__kernel_fail(call, RG_ERROR_GRAPH, "the body returns another number of values");
                break;
            }
            rg__datum_release(context, &held[rank]);
            held[rank] = call[rank].answer;
            memset(&call[rank].answer, 0, sizeof(rg_datum));
            for (size_t k = 0; k < carried; k++) {
                arguments[rank * count + k] = held[rank].tuple.items[k];
            }
        }
    }
    for (uint32_t rank = 0; rank < call->peer_count; rank++) {
        if (status == RG_OK) {
            call[rank].answer = held[rank];
        } else {
            rg__datum_release(context, &held[rank]);
        }
    }
    return status;
}

/* Wrappers that mark a region: the submodule is the first argument that is one, its operands follow. */
rg_status rg__compute_call_wrapped(rg_kernel_call *call)
{
    size_t at = 0;
    while (at < call->argument_count && child_of(call, at) == NULL) {
        at++;
    }
    if (at == call->argument_count) {
        return rg__kernel_fail(call, RG_ERROR_GRAPH, "it calls no submodule of the graph");
    }
    const rg_graph *child = child_of(call, at);
    size_t first = at + 1;
    size_t positional = rg_node_positional_count(call->graph, call->node);
    if (first < positional && call->arguments[first].kind == RG_DATUM_CONSTANT) {
        first++; /* invoke_subgraph: the name under which the subgraph is known */
    }
    size_t count = positional > first ? positional - first : 0;
    if (count == 1 && call->arguments[first].kind == RG_DATUM_TUPLE) {
        rg_datum *items = spread(call, first, first, &count);
        return items == NULL ? call->status : call_child(call, child, items, count);
    }
    rg_datum *arguments = RG_KERNEL_ARRAY(call, rg_datum, count * call->peer_count + 1);
    for (uint32_t rank = 0; rank < call->peer_count && arguments != NULL; rank++) {
        for (size_t i = 0; i < count; i++) {
            arguments[rank * count + i] = call[rank].arguments[first + i];
        }
    }
    return arguments == NULL ? call->status : call_child(call, child, arguments, count);
}

/* ---- example ops of the corpus: what they do is not written down, but their names say it ---- */

/* x += y, and z += y where there is a z. */
rg_status rg__compute_inplace_add(rg_kernel_call *call)
{
    const rg_tensor *addend = rg__kernel_tensor(call, 1);
    for (size_t i = 0; i <= 2 && addend != NULL; i += 2) {
        const rg_tensor *target = rg__kernel_optional(call, i);
        rg_loop loop;
        if (target == NULL) {
            continue;
        }
        rg__loop_init(&loop, target->rank, target->sizes);
        (void)rg__loop_add(&loop, target);
        if (!rg__loop_add(&loop, addend)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "the addend does not fit");
        }
        while (rg__loop_next_element(&loop)) {
            double sum = rg__tensor_real_at(target, loop.position[0]) + rg__tensor_real_at(addend, loop.position[1]);
            rg__store_real(rg__element_at(target, loop.position[0]), target->dtype, 1, &sum, 1);
        }
    }
    return call->status;
}

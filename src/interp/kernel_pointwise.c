/*
 * kernel_pointwise.c: the walk of elementwise kernels over their operands; the functions are in pointwise_*.c.
 */
#include <math.h>

#include "interp/kernel_functions.h"
#include "interp/pointwise.h"

typedef struct operand_row {
    const rg_tensor *tensor;
    bool number;
} operand_row;

typedef struct pointwise_job {
    const rg_pointwise *what;
    operand_row operands[RG_POINTWISE_OPERANDS];
    rg_pointwise_parameters parameters;
    rg_loop loop; /* the result, then the operands */
} pointwise_job;

static void read_parameters(rg_kernel_call *call, size_t first, rg_pointwise_parameters *out)
{
    for (size_t i = 0; i < RG_POINTWISE_PARAMETERS; i++) {
        const rg_datum *datum = first + i < call->argument_count ? &call->arguments[first + i] : NULL;
        out->real[i] = NAN;
        out->integer[i] = 0;
        if (datum == NULL || datum->kind <= RG_DATUM_NONE) {
            continue;
        }
        if (datum->kind == RG_DATUM_CONSTANT) {
            rg_string text = rg_value_get_kind(datum->constant) == RG_VALUE_STRING ? rg__kernel_text(call, first + i)
                                                                                   : (rg_string){NULL, 0};
            out->integer[i] = text.size > 0 ? text.data[0] : 0;
            out->real[i] = (double)out->integer[i];
        } else {
            out->real[i] = rg__kernel_real(call, first + i);
            out->integer[i] = isfinite(out->real[i]) ? rg__kernel_integer(call, first + i) : 0;
        }
    }
}

/* The dtype computed in: the operands' common one, unless the op makes floats of integers. */
static rg_dtype compute_dtype(rg_kernel_call *call, const rg_pointwise *what)
{
    static const size_t indices[RG_POINTWISE_OPERANDS] = {0, 1, 2};
    size_t first = what->has_condition ? 1 : 0;
    rg_dtype result = call->results[0].dtype;
    rg_dtype dtype = rg__kernel_promote(call, indices + first, what->operands - first);
    return rg__dtype_is_integral(dtype) && rg_dtype_is_float(result) ? result : dtype;
}

/* PyTorch computes with a number in float where its tensors are narrower. */
static void round_operand(double *values, size_t count, const operand_row *operand, const pointwise_job *job)
{
    rg_dtype dtype = job->parameters.dtype;
    if (operand->tensor->dtype == dtype || rg__dtype_is_integral(dtype) || dtype == RG_DTYPE_F64) {
        return;
    }
    bool to_single = operand->number && !job->what->rounds_numbers;
    for (size_t i = 0; i < count; i++) {
        values[i] = to_single ? (double)(float)values[i] : rg__round_to(dtype, values[i]);
    }
}

static void run_real(const pointwise_job *job, const rg_tensor *result)
{
    double buffers[RG_POINTWISE_OPERANDS][RG_LOOP_CHUNK];
    const double *rows[RG_POINTWISE_OPERANDS] = {buffers[0], buffers[1], buffers[2]};
    double out[RG_LOOP_CHUNK];
    const rg_loop *loop = &job->loop;
    for (size_t k = 0; k < job->what->operands; k++) {
        const rg_tensor *tensor = job->operands[k].tensor;
        rg__load_real(buffers[k], rg__element_at(tensor, loop->position[k + 1]), tensor->dtype, loop->step[k + 1],
                      loop->run);
        if (k > 0 || !job->what->has_condition) {
            round_operand(buffers[k], loop->run, &job->operands[k], job);
        }
    }
    job->what->real(out, rows, &job->parameters, loop->run);
    rg__store_real(rg__element_at(result, loop->position[0]), result->dtype, loop->step[0], out, loop->run);
}

static void run_integer(const pointwise_job *job, const rg_tensor *result)
{
    int64_t buffers[RG_POINTWISE_OPERANDS][RG_LOOP_CHUNK];
    const int64_t *rows[RG_POINTWISE_OPERANDS] = {buffers[0], buffers[1], buffers[2]};
    int64_t out[RG_LOOP_CHUNK];
    const rg_loop *loop = &job->loop;
    for (size_t k = 0; k < job->what->operands; k++) {
        const rg_tensor *tensor = job->operands[k].tensor;
        rg__load_integer(buffers[k], rg__element_at(tensor, loop->position[k + 1]), tensor->dtype, loop->step[k + 1],
                         loop->run);
    }
    job->what->integer(out, rows, &job->parameters, loop->run);
    rg__store_integer(rg__element_at(result, loop->position[0]), result->dtype, loop->step[0], out, loop->run);
}

rg_status rg__compute_pointwise(rg_kernel_call *call)
{
    pointwise_job job = {.what = call->row->detail};
    if (call->result_count != 1) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    const rg_tensor *result = &call->results[0];
    rg__loop_init(&job.loop, result->rank, result->sizes);
    (void)rg__loop_add(&job.loop, result);
    for (size_t k = 0; k < job.what->operands; k++) {
        job.operands[k] = (operand_row){rg__kernel_tensor(call, k), rg__kernel_is_number(call, k)};
        if (job.operands[k].tensor == NULL) {
            return call->status;
        }
        if (!rg__loop_add(&job.loop, job.operands[k].tensor)) {
            return rg__kernel_fail(call, RG_ERROR_TYPE, "operand %zu does not fit the result's sizes", k);
        }
    }
    job.parameters.dtype = compute_dtype(call, job.what);
    read_parameters(call, job.what->operands, &job.parameters);
    if (call->status != RG_OK) {
        return call->status;
    }
    bool integer = job.what->integer != NULL && !job.what->to_real && rg__dtype_is_integral(job.parameters.dtype);
    while (rg__loop_next(&job.loop)) {
        if (integer) {
            run_integer(&job, result);
        } else {
            run_real(&job, result);
        }
    }
    return call->status;
}

/*
 * kernel_lanes.c: the walk of reductions and scans over their lanes; the functions are in lanes_*.c.
 */
#include <math.h>

#include "interp/kernel_functions.h"
#include "interp/lanes.h"

/* A tensor seen as lanes: a walk over where they start, and where the elements of one are. */
typedef struct lane_view {
    const rg_tensor *tensor;
    int64_t *offsets; /* of the elements of a lane from its start */
    size_t count;
} lane_view;

typedef struct lanes_job {
    const rg_lanes *what;
    const rg_tensor *inputs[RG_LANE_INPUTS];
    bool dims[RG_TENSOR_MAX_RANK];
    uint32_t rank;
    lane_view in[RG_LANE_INPUTS];
    lane_view out[RG_LANE_RESULTS];
    rg_loop loop; /* over the starts of lanes: inputs, then results */
} lanes_job;

/* Where the elements of a lane are: the dimensions in `dims`, row-major. */
static bool set_view(rg_kernel_call *call, lane_view *view, const rg_tensor *tensor, const bool *dims)
{
    rg_loop loop;
    int64_t sizes[RG_TENSOR_MAX_RANK];
    int64_t strides[RG_TENSOR_MAX_RANK];
    uint32_t rank = 0;
    uint64_t count = 1;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        if (dims[i]) {
            sizes[rank] = tensor->sizes[i];
            strides[rank++] = tensor->strides[i];
            count *= (uint64_t)tensor->sizes[i];
        }
    }
    view->tensor = tensor;
    view->count = (size_t)count;
    view->offsets = RG_KERNEL_ARRAY(call, int64_t, count + 1);
    if (view->offsets == NULL) {
        return false;
    }
    rg__loop_init(&loop, rank, sizes);
    rg__loop_add_strides(&loop, 0, strides);
    for (size_t i = 0; rg__loop_next_element(&loop); i++) {
        view->offsets[i] = loop.position[0];
    }
    return true;
}

/* Add a tensor to the walk over lanes. A result without the reduced dimensions has its strides in order. */
static void add_starts(lanes_job *job, const rg_tensor *tensor)
{
    int64_t strides[RG_TENSOR_MAX_RANK] = {0};
    uint32_t outer = 0;
    uint32_t own = 0;
    bool all = tensor->rank == job->rank;
    for (uint32_t i = 0; i < job->rank; i++) {
        if (!job->dims[i]) {
            strides[outer++] = tensor->strides[all ? i : own];
            own++;
        }
    }
    rg__loop_add_strides(&job->loop, tensor->offset, strides);
}

static bool find_dims(rg_kernel_call *call, lanes_job *job)
{
    size_t index = rg__kernel_find(call, "dim");
    index = index == call->argument_count ? rg__kernel_find(call, "dims") : index;
    if (job->rank == 0) {
        return true;
    }
    if (job->what->scan && index < call->argument_count) {
        job->dims[rg__kernel_dim(call, index, job->rank)] = true;
    } else {
        rg__kernel_dims(call, index, job->rank, job->dims);
    }
    return call->status == RG_OK;
}

static bool prepare(rg_kernel_call *call, lanes_job *job)
{
    int64_t outer[RG_TENSOR_MAX_RANK];
    uint32_t outer_rank = 0;
    for (size_t k = 0; k < job->what->inputs; k++) {
        job->inputs[k] = rg__kernel_tensor(call, k);
        if (job->inputs[k] == NULL) {
            return false;
        }
    }
    if (job->inputs[0] == NULL) {
        return false;
    }
    job->rank = job->inputs[0]->rank;
    if (!find_dims(call, job)) {
        return false;
    }
    for (uint32_t i = 0; i < job->rank; i++) {
        if (!job->dims[i]) {
            outer[outer_rank++] = job->inputs[0]->sizes[i];
        }
    }
    rg__loop_init(&job->loop, outer_rank, outer);
    for (size_t k = 0; k < job->what->inputs; k++) {
        add_starts(job, job->inputs[k]);
        if (job->inputs[k]->rank != job->rank || !set_view(call, &job->in[k], job->inputs[k], job->dims)) {
            return false;
        }
    }
    for (size_t k = 0; k < call->result_count && k < RG_LANE_RESULTS; k++) {
        add_starts(job, &call->results[k]);
        if (job->what->scan && !set_view(call, &job->out[k], &call->results[k], job->dims)) {
            return false;
        }
    }
    return true;
}

static double parameter_of(rg_kernel_call *call, const rg_lanes *what)
{
    size_t index = what->parameter == NULL ? call->argument_count : rg__kernel_find(call, what->parameter);
    if (!rg__kernel_has(call, index)) {
        return what->fallback;
    }
    return rg__kernel_real(call, index);
}

static void run_real(rg_kernel_call *call, lanes_job *job)
{
    rg_lane lane = {.count = job->in[0].count};
    lane.parameter = parameter_of(call, job->what);
    lane.flag = job->what->flag != NULL && rg__kernel_has(call, rg__kernel_find(call, job->what->flag)) &&
                rg__kernel_truth(call, rg__kernel_find(call, job->what->flag));
    lane.out_count = job->what->scan && call->result_count > 0 ? job->out[0].count : 1;
    lane.scratch = RG_KERNEL_ARRAY(call, size_t, 2 * lane.count + 1);
    double *memory = RG_KERNEL_ARRAY(call, double, 2 * lane.count + 2 * lane.out_count + 1);
    if (lane.scratch == NULL || memory == NULL || call->status != RG_OK) {
        return;
    }
    double *in[RG_LANE_INPUTS] = {memory, memory + lane.count};
    for (size_t k = 0; k < RG_LANE_INPUTS; k++) {
        lane.in[k] = in[k];
        lane.out[k] = memory + 2 * lane.count + k * lane.out_count;
    }
    while (rg__loop_next_element(&job->loop)) {
        for (size_t k = 0; k < job->what->inputs && k < RG_LANE_INPUTS; k++) {
            const lane_view *view = &job->in[k];
            for (size_t i = 0; i < view->count; i++) {
                rg__load_real(&in[k][i], rg__element_at(view->tensor, job->loop.position[k] + view->offsets[i]),
                              view->tensor->dtype, 1, 1);
            }
        }
        job->what->real(&lane);
        for (size_t k = 0; k < call->result_count && k < RG_LANE_RESULTS; k++) {
            const rg_tensor *result = &call->results[k];
            int64_t start = job->loop.position[job->what->inputs + k];
            for (size_t i = 0; i < lane.out_count; i++) {
                int64_t offset = job->what->scan ? job->out[k].offsets[i] : 0;
                rg__store_real(rg__element_at(result, start + offset), result->dtype, 1, &lane.out[k][i], 1);
            }
        }
    }
}

static void run_integer(rg_kernel_call *call, lanes_job *job)
{
    const rg_tensor *result = &call->results[0];
    const lane_view *view = &job->in[0];
    size_t out_count = job->what->scan ? job->out[0].count : 1;
    int64_t *in = RG_KERNEL_ARRAY(call, int64_t, view->count + 1);
    int64_t *out = RG_KERNEL_ARRAY(call, int64_t, out_count + 1);
    if (in == NULL || out == NULL) {
        return;
    }
    rg_integer_lane lane = {in, out, view->count};
    while (rg__loop_next_element(&job->loop)) {
        for (size_t i = 0; i < view->count; i++) {
            in[i] = rg__tensor_integer_at(view->tensor, job->loop.position[0] + view->offsets[i]);
        }
        job->what->integer(&lane);
        for (size_t i = 0; i < out_count; i++) {
            int64_t offset = job->what->scan ? job->out[0].offsets[i] : 0;
            rg__store_integer(rg__element_at(result, job->loop.position[1] + offset), result->dtype, 1, &out[i], 1);
        }
    }
}

rg_status rg__compute_lanes(rg_kernel_call *call)
{
    lanes_job job = {.what = call->row->detail};
    if (call->result_count == 0) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "its result's type is not known");
    }
    if (!prepare(call, &job)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "arguments of different ranks");
    }
    if (job.what->integer != NULL && call->result_count == 1 && rg__dtype_is_integral(job.inputs[0]->dtype) &&
        rg__dtype_is_integral(call->results[0].dtype)) {
        run_integer(call, &job);
    } else {
        run_real(call, &job);
    }
    return call->status;
}

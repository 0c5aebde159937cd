/*
 * kernels.c: kernels.def expanded into the kernel table, and writing in place.
 */
#include "interp/kernel_functions.h"
#include "interp/lanes.h"
#include "interp/pointwise.h"

/* ---- what the rows name, functions apart ---- */

#define RG_KERNEL(name, function, accuracy, flags)
#define RG_POINTWISE(name, which, accuracy) extern const rg_pointwise rg__pointwise_##which;
#define RG_LANES(name, which, accuracy)     extern const rg_lanes rg__lanes_##which;
#define RG_IN_PLACE(name, other, accuracy)
#define RG_NO_KERNEL(name, reason)
#include "interp/kernels.def"
#undef RG_KERNEL
#undef RG_POINTWISE
#undef RG_LANES
#undef RG_IN_PLACE
#undef RG_NO_KERNEL

/* ---- writing in place ---- */

/* The result of the other op, brought to the dtype and layout of the first argument. */
static rg_status in_place(rg_kernel_call *call)
{
    rg_kernel_call inner;
    const rg_tensor *target = rg__kernel_tensor(call, 0);
    rg_status status = target == NULL ? call->status : rg__kernel_begin(&inner, call, call->row->detail);
    if (status != RG_OK) {
        return status;
    }
    status = rg__kernel_run(&inner, 1);
    if (status == RG_OK && (inner.result_count != 1 || !rg__tensor_copy(target, &inner.results[0]))) {
        status = rg__kernel_fail(call, RG_ERROR_TYPE, "the result does not fit into what it is written to");
    }
    rg__kernel_end(&inner);
    return status == RG_OK ? rg__kernel_answer_alias(call, target) : status;
}

/* ---- the table ---- */

#define VIEW        RG_KERNEL_VIEW
#define OWN_RESULTS RG_KERNEL_OWN_RESULTS
#define COLLECTIVE  RG_KERNEL_COLLECTIVE
#define COMPLEX     RG_KERNEL_COMPLEX

const rg_kernel_row rg__kernel_rows[] = {
#define RG_KERNEL(name, function, accuracy, flags)                                                                     \
    {name, rg__compute_##function, NULL, (flags), RG_ACCURACY_##accuracy, NULL},
#define RG_POINTWISE(name, which, accuracy)                                                                            \
    {name, rg__compute_pointwise, &rg__pointwise_##which, 0, RG_ACCURACY_##accuracy, NULL},
#define RG_LANES(name, which, accuracy)    {name, rg__compute_lanes, &rg__lanes_##which, 0, RG_ACCURACY_##accuracy, NULL},
#define RG_IN_PLACE(name, other, accuracy) {name, in_place, other, OWN_RESULTS, RG_ACCURACY_##accuracy, NULL},
#define RG_NO_KERNEL(name, reason)         {name, NULL, NULL, 0, RG_ACCURACY_NONE, reason},
#include "interp/kernels.def"
};

const size_t rg__kernel_row_count = sizeof(rg__kernel_rows) / sizeof(rg__kernel_rows[0]);

rg_accuracy rg_op_accuracy(const rg_context *context, rg_op op, const char **reason)
{
    rg_string name = rg_op_name(context, op);
    const char *why = "it is not one of the built-in ops";
    rg_accuracy accuracy = RG_ACCURACY_NONE;
    for (size_t i = 0; i < rg__kernel_row_count; i++) {
        if (rg_string_equal(name, rg_string_from(rg__kernel_rows[i].name))) {
            accuracy = rg__kernel_rows[i].accuracy;
            why = rg__kernel_rows[i].reason;
        }
    }
    if (reason != NULL) {
        *reason = why;
    }
    return accuracy;
}

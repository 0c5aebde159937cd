/*
 * kernel_upsample.c: images in other sizes, and images sampled at given places. An element of the result is a sum over
 * few elements of the input, the taps, in each of the last dimensions.
 *
 * Places in the input are computed in float unless the elements are double, as PyTorch does: which element is the
 * nearest depends on it.
 */
#include <math.h>

#include "interp/kernel_functions.h"
#include "interp/window.h"

enum { MOST_TAPS = 4 };

typedef enum interpolation { NEAREST, NEAREST_EXACT, LINEAR, CUBIC } interpolation;

/* The elements along one dimension that an element of the result is made of. */
typedef struct taps {
    uint32_t count;
    int64_t index[MOST_TAPS];
    double weight[MOST_TAPS];
} taps;

/* Weights of the elements at -1, 0, 1 and 2 for a place between those at 0 and 1. */
static void cubic_weights(double *out, double t)
{
    static const double a = -0.75;
    double far = t + 1;
    out[0] = ((a * far - 5 * a) * far + 8 * a) * far - 4 * a;
    out[1] = ((a + 2) * t - (a + 3)) * t * t + 1;
    double s = 1 - t;
    out[2] = ((a + 2) * s - (a + 3)) * s * s + 1;
    far = s + 1;
    out[3] = ((a * far - 5 * a) * far + 8 * a) * far - 4 * a;
}

static int64_t clamp_index(int64_t index, int64_t size)
{
    return index < 0 ? 0 : index >= size ? size - 1 : index;
}

/* ---- other sizes ---- */

/* One dimension of a resampling. */
typedef struct axis {
    interpolation kind;
    bool align_corners; /* the first and last elements stay where they are; else the borders do */
    bool single;        /* places are computed in float */
    int64_t in;
    int64_t out;
    double factor; /* that the caller has given; 0: out / in */
} axis;

static double rounded(const axis *of, double value)
{
    return of->single ? (double)(float)value : value;
}

static taps taps_at(const axis *of, int64_t place)
{
    bool corners = of->align_corners && of->kind >= LINEAR;
    double step = corners          ? (of->out > 1 ? (double)(of->in - 1) / (double)(of->out - 1) : 0)
                  : of->factor > 0 ? 1 / of->factor
                                   : (double)of->in / (double)of->out;
    step = rounded(of, step);
    if (of->kind < LINEAR) {
        double at = of->kind == NEAREST ? (double)place : (double)place + 0.5;
        int64_t index = (int64_t)floor(rounded(of, at * step));
        return (taps){1, {clamp_index(index, of->in)}, {1}};
    }
    double at =
        corners ? rounded(of, step * (double)place) : rounded(of, rounded(of, step * ((double)place + 0.5)) - 0.5);
    if (of->kind == LINEAR) {
        at = at < 0 ? 0 : at;
        int64_t low = clamp_index((int64_t)floor(at), of->in);
        double part = fmin(at - (double)low, 1);
        return (taps){2, {low, clamp_index(low + 1, of->in)}, {1 - part, part}};
    }
    taps result = {.count = 4};
    int64_t low = (int64_t)floor(at);
    cubic_weights(result.weight, at - (double)low);
    for (int64_t i = 0; i < 4; i++) {
        result.index[i] = clamp_index(low - 1 + i, of->in);
    }
    return result;
}

/* The op's name says it. */
static interpolation kind_of(const rg_kernel_call *call)
{
    const char *name = call->row->name;
    return strstr(name, "nearest_exact") != NULL ? NEAREST_EXACT
           : strstr(name, "nearest") != NULL     ? NEAREST
           : strstr(name, "cubic") != NULL       ? CUBIC
                                                 : LINEAR;
}

/* Number `item` of the factors: one list of them, or an argument for each dimension, which are the last ones. */
static double factor_of(rg_kernel_call *call, uint32_t dims, uint32_t item)
{
    size_t list = rg__kernel_find(call, "scale_factors");
    if (list == call->argument_count) {
        size_t first = call->descriptor->schema->argument_count - dims;
        return rg__kernel_has(call, first + item) ? rg__kernel_real(call, first + item) : 0;
    }
    if (!rg__kernel_has(call, list) || item >= rg__kernel_item_count(call, list)) {
        return 0;
    }
    const rg_datum *datum = &call->arguments[list].tuple.items[item];
    return datum->kind == RG_DATUM_FLOAT ? datum->real : datum->kind == RG_DATUM_INT ? (double)datum->integer : 0;
}

/* A sum over the taps of all dimensions. */
static double sum_of_taps(const double *plane, const int64_t *sizes, const taps *each)
{
    double sum = 0;
    for (uint32_t i = 0; i < each[0].count; i++) {
        for (uint32_t j = 0; j < each[1].count; j++) {
            for (uint32_t k = 0; k < each[2].count; k++) {
                int64_t index = (each[0].index[i] * sizes[1] + each[1].index[j]) * sizes[2] + each[2].index[k];
                sum += each[0].weight[i] * each[1].weight[j] * each[2].weight[k] * plane[index];
            }
        }
    }
    return sum;
}

rg_status rg__compute_upsample(rg_kernel_call *call)
{
    const rg_tensor *self = rg__kernel_tensor(call, 0);
    size_t corners = rg__kernel_find(call, "align_corners");
    axis axes[RG_WINDOW_DIMS] = {{0}};
    int64_t in[RG_WINDOW_DIMS];
    int64_t out[RG_WINDOW_DIMS];
    if (self == NULL || self->rank < 3 || self->rank > 5 || call->result_count != 1 ||
        call->results[0].rank != self->rank) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "batches of images are needed");
    }
    uint32_t dims = self->rank - 2;
    rg__window_sizes(self, dims, in);
    rg__window_sizes(&call->results[0], dims, out);
    bool align_corners = rg__kernel_has(call, corners) && rg__kernel_truth(call, corners);
    for (uint32_t i = 0; i < RG_WINDOW_DIMS; i++) {
        uint32_t first = RG_WINDOW_DIMS - dims;
        interpolation kind = i < first ? NEAREST : kind_of(call);
        double factor = i < first ? 0 : factor_of(call, dims, i - first);
        bool single = self->dtype != RG_DTYPE_F64 || kind < LINEAR;
        axes[i] = (axis){kind, align_corners, single, in[i], out[i], factor};
    }
    size_t in_pixels = rg__window_count(in);
    size_t out_pixels = rg__window_count(out);
    size_t planes = out_pixels == 0 ? 0 : (size_t)rg__tensor_count(&call->results[0]) / out_pixels;
    const double *from = rg__kernel_read_real(call, self);
    double *to = RG_KERNEL_ARRAY(call, double, planes *out_pixels + 1);
    if (call->status != RG_OK || (in_pixels == 0 && planes > 0)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "an image without elements has none to sample");
    }
    for (size_t i = 0; i < planes * out_pixels; i++) {
        int64_t pixel = (int64_t)(i % out_pixels);
        taps each[RG_WINDOW_DIMS] = {taps_at(&axes[0], pixel / (out[1] * out[2])),
                                     taps_at(&axes[1], pixel / out[2] % out[1]), taps_at(&axes[2], pixel % out[2])};
        to[i] = sum_of_taps(from + i / out_pixels * in_pixels, in, each);
    }
    rg__tensor_write_real(&call->results[0], to);
    return call->status;
}

/* ---- sampling at given places ---- */

typedef enum outside { ZEROS, BORDER, REFLECTION } outside;

typedef struct sampler {
    outside outside;
    bool align_corners;
    int64_t sizes[2];
} sampler;

/* Mirrored at both ends, between `low / 2` and `high / 2`, as often as it takes. */
static double reflect(double at, double low, double high)
{
    if (low == high) {
        return 0;
    }
    double span = (high - low) / 2;
    double distance = fabs(at - low / 2);
    double extra = fmod(distance, span);
    bool turned = fmod(floor(distance / span), 2) != 0;
    return (turned ? span - extra : extra) + low / 2;
}

/* A place that is inside where what is outside is not zeros. */
static double bring_inside(const sampler *how, double at, int64_t size)
{
    double last = (double)(size - 1);
    if (how->outside == REFLECTION) {
        at = how->align_corners ? reflect(at, 0, 2 * last) : reflect(at, -1, 2 * (double)size - 1);
    }
    return how->outside == ZEROS ? at : fmin(fmax(at, 0), last);
}

/* From [-1, 1] to places in the image. */
static double unnormalise(const sampler *how, double at, int64_t size)
{
    return how->align_corners ? (at + 1) / 2 * (double)(size - 1) : ((at + 1) * (double)size - 1) / 2;
}

static double element_at(const sampler *how, const double *plane, double row, double column)
{
    bool inside = row >= 0 && row < (double)how->sizes[0] && column >= 0 && column < (double)how->sizes[1];
    return inside ? plane[(int64_t)row * how->sizes[1] + (int64_t)column] : 0;
}

static double sample_linear(const sampler *how, const double *plane, const double *at)
{
    double low[2] = {floor(at[0]), floor(at[1])};
    double sum = 0;
    for (unsigned i = 0; i < 4; i++) {
        double row = low[0] + (double)(i >> 1);
        double column = low[1] + (double)(i & 1);
        sum += element_at(how, plane, row, column) * (1 - fabs(at[0] - row)) * (1 - fabs(at[1] - column));
    }
    return sum;
}

static double sample_cubic(const sampler *how, const double *plane, const double *at)
{
    double weights[2][4];
    double sum = 0;
    cubic_weights(weights[0], at[0] - floor(at[0]));
    cubic_weights(weights[1], at[1] - floor(at[1]));
    for (unsigned i = 0; i < 16; i++) {
        double row = bring_inside(how, floor(at[0]) - 1 + (double)(i >> 2), how->sizes[0]);
        double column = bring_inside(how, floor(at[1]) - 1 + (double)(i & 3), how->sizes[1]);
        sum += element_at(how, plane, row, column) * weights[0][i >> 2] * weights[1][i & 3];
    }
    return sum;
}

static double sample(const sampler *how, const double *plane, const double *place, int64_t mode)
{
    double at[2];
    for (int i = 0; i < 2; i++) { /* a place is a column and a row, in this order */
        at[i] = unnormalise(how, place[1 - i], how->sizes[i]);
        at[i] = mode == 2 ? at[i] : bring_inside(how, at[i], how->sizes[i]);
    }
    return mode == 0   ? sample_linear(how, plane, at)
           : mode == 1 ? element_at(how, plane, nearbyint(at[0]), nearbyint(at[1]))
                       : sample_cubic(how, plane, at);
}

/* input [N, C, H, W], grid [N, rows, columns, 2], interpolation_mode, padding_mode, align_corners */
rg_status rg__compute_grid_sampler(rg_kernel_call *call)
{
    const rg_tensor *input = rg__kernel_tensor(call, 0);
    const rg_tensor *grid = rg__kernel_tensor(call, 1);
    int64_t mode = rg__kernel_integer(call, 2);
    int64_t padding = rg__kernel_integer(call, 3);
    sampler how = {.align_corners = rg__kernel_truth(call, 4)};
    if (call->status != RG_OK || input->rank != 4 || grid->rank != 4 || grid->sizes[3] != 2 ||
        grid->sizes[0] != input->sizes[0] || mode < 0 || mode > 2 || padding < 0 || padding > 2) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "a batch of images and a batch of grids are needed");
    }
    how.outside = (outside)padding;
    memcpy(how.sizes, input->sizes + 2, sizeof(how.sizes));
    int64_t pixels = how.sizes[0] * how.sizes[1];
    int64_t places = grid->sizes[1] * grid->sizes[2];
    const double *planes = rg__kernel_read_real(call, input);
    const double *at = rg__kernel_read_real(call, grid);
    int64_t count = input->sizes[0] * input->sizes[1] * places;
    double *out = RG_KERNEL_ARRAY(call, double, count + 1);
    if (call->status != RG_OK || rg__tensor_count(&call->results[0]) != count || (pixels == 0 && count > 0)) {
        return rg__kernel_fail(call, RG_ERROR_TYPE, "the grid does not fit the images");
    }
    for (int64_t i = 0; i < count; i++) {
        int64_t plane = i / places;
        int64_t place = plane / input->sizes[1] * places + i % places;
        out[i] = sample(&how, planes + plane * pixels, at + 2 * place, mode);
    }
    rg__tensor_write_real(&call->results[0], out);
    return call->status;
}

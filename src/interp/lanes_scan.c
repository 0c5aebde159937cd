/*
 * lanes_scan.c: functions of a lane that give a lane: running sums, softmax, sorting; and what sorting gives besides,
 * medians and the like.
 */
#include <math.h>

#include "interp/lanes.h"

#define U(value) ((uint64_t)(value))
#define DEFINE(name, ...)                                                                                              \
    extern const rg_lanes rg__lanes_##name;                                                                            \
    const rg_lanes rg__lanes_##name = {.inputs = 1, __VA_ARGS__};

/* ---- running sums ---- */

static void cumsum_lane(rg_lane *lane)
{
    double sum = 0;
    for (size_t i = 0; i < lane->count; i++) {
        sum += lane->in[0][i];
        lane->out[0][i] = sum;
    }
}

static void cumsum_integer(rg_integer_lane *lane)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < lane->count; i++) {
        sum += U(lane->in[i]);
        lane->out[i] = (int64_t)sum;
    }
}

static void cumprod_lane(rg_lane *lane)
{
    double product = 1;
    for (size_t i = 0; i < lane->count; i++) {
        product *= lane->in[0][i];
        lane->out[0][i] = product;
    }
}

static void cumprod_integer(rg_integer_lane *lane)
{
    uint64_t product = 1;
    for (size_t i = 0; i < lane->count; i++) {
        product *= U(lane->in[i]);
        lane->out[i] = (int64_t)product;
    }
}

static void logcumsumexp_lane(rg_lane *lane)
{
    double sum = -INFINITY;
    for (size_t i = 0; i < lane->count; i++) {
        double x = lane->in[0][i];
        double larger = fmax(sum, x);
        if (isnan(x) || isnan(sum)) {
            sum = NAN;
        } else if (!isinf(larger)) {
            sum = larger + log1p(exp(-fabs(sum - x)));
        } else {
            sum = larger;
        }
        lane->out[0][i] = sum;
    }
}

/* The last of equals; once there was a NaN, it stays. */
static void running_extreme(rg_lane *lane, double sign)
{
    size_t best = 0;
    const double *x = lane->in[0];
    for (size_t i = 0; i < lane->count; i++) {
        if (isnan(x[i]) || (!isnan(x[best]) && sign * x[i] >= sign * x[best])) {
            best = i;
        }
        lane->out[0][i] = x[best];
        lane->out[1][i] = (double)best;
    }
}

static void cummax_lane(rg_lane *lane)
{
    running_extreme(lane, 1);
}

static void cummin_lane(rg_lane *lane)
{
    running_extreme(lane, -1);
}

DEFINE(cumsum, .scan = true, .real = cumsum_lane, .integer = cumsum_integer)
DEFINE(cumprod, .scan = true, .real = cumprod_lane, .integer = cumprod_integer)
DEFINE(logcumsumexp, .scan = true, .real = logcumsumexp_lane)
DEFINE(cummax, .scan = true, .real = cummax_lane)
DEFINE(cummin, .scan = true, .real = cummin_lane)

/* ---- softmax ---- */

static double exponentials(double *out, const double *x, size_t n, double *largest)
{
    double sum = 0;
    *largest = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        *largest = isnan(x[i]) ? x[i] : x[i] > *largest ? x[i] : *largest;
        if (isnan(*largest)) {
            break;
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = exp(x[i] - *largest);
        sum += out[i];
    }
    return sum;
}

static void softmax_lane(rg_lane *lane)
{
    double largest;
    double sum = exponentials(lane->out[0], lane->in[0], lane->count, &largest);
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0][i] /= sum;
    }
}

/* Zeros where everything is minus infinity, where softmax would give NaN. */
static void safe_softmax_lane(rg_lane *lane)
{
    double largest;
    double sum = exponentials(lane->out[0], lane->in[0], lane->count, &largest);
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0][i] = isinf(largest) && largest < 0 ? 0 : lane->out[0][i] / sum;
    }
}

static void log_softmax_lane(rg_lane *lane)
{
    double largest;
    double logarithm = log(exponentials(lane->out[0], lane->in[0], lane->count, &largest));
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0][i] = lane->in[0][i] - largest - logarithm;
    }
}

/* Inputs: the gradient and the output of the forward op. */
static void softmax_backward_lane(rg_lane *lane)
{
    double sum = 0;
    for (size_t i = 0; i < lane->count; i++) {
        sum += lane->in[0][i] * lane->in[1][i];
    }
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0][i] = lane->in[1][i] * (lane->in[0][i] - sum);
    }
}

static void log_softmax_backward_lane(rg_lane *lane)
{
    double sum = 0;
    for (size_t i = 0; i < lane->count; i++) {
        sum += lane->in[0][i];
    }
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0][i] = lane->in[0][i] - exp(lane->in[1][i]) * sum;
    }
}

DEFINE(softmax, .scan = true, .real = softmax_lane)
DEFINE(safe_softmax, .scan = true, .real = safe_softmax_lane)
DEFINE(log_softmax, .scan = true, .real = log_softmax_lane)

#define DEFINE_TWO(name, ...)                                                                                          \
    extern const rg_lanes rg__lanes_##name;                                                                            \
    const rg_lanes rg__lanes_##name = {.inputs = 2, .scan = true, __VA_ARGS__};
DEFINE_TWO(softmax_backward, .real = softmax_backward_lane)
DEFINE_TWO(log_softmax_backward, .real = log_softmax_backward_lane)

/* ---- sorting ---- */

/* Does x come after y? NaN is larger than everything. */
static bool comes_after(double x, double y, bool descending)
{
    if (isnan(x) || isnan(y)) {
        return descending ? isnan(y) && !isnan(x) : isnan(x) && !isnan(y);
    }
    return descending ? x < y : x > y;
}

/* A stable merge sort of indices; the sorted ones are in the first half of the scratch memory. */
static const size_t *sort_indices(rg_lane *lane, bool descending)
{
    size_t n = lane->count;
    size_t *from = lane->scratch;
    size_t *to = lane->scratch + n;
    for (size_t i = 0; i < n; i++) {
        from[i] = i;
    }
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            size_t middle = start + width < n ? start + width : n;
            size_t end = start + 2 * width < n ? start + 2 * width : n;
            size_t left = start;
            size_t right = middle;
            for (size_t i = start; i < end; i++) {
                bool take_right = left == middle || (right < end && comes_after(lane->in[0][from[left]],
                                                                                lane->in[0][from[right]], descending));
                to[i] = take_right ? from[right++] : from[left++];
            }
        }
        size_t *other = from;
        from = to;
        to = other;
    }
    return from;
}

static void put_sorted(rg_lane *lane, bool descending, double *values, double *indices)
{
    const size_t *order = sort_indices(lane, descending);
    for (size_t i = 0; i < lane->out_count; i++) {
        if (values != NULL) {
            values[i] = lane->in[0][order[i]];
        }
        indices[i] = (double)order[i];
    }
}

static void sort_lane(rg_lane *lane)
{
    put_sorted(lane, lane->flag, lane->out[0], lane->out[1]);
}

static void argsort_lane(rg_lane *lane)
{
    put_sorted(lane, lane->flag, NULL, lane->out[0]);
}

DEFINE(sort, .scan = true, .flag = "descending", .real = sort_lane)
DEFINE(topk, .scan = true, .flag = "largest", .real = sort_lane)
DEFINE(argsort, .scan = true, .flag = "descending", .real = argsort_lane)

/* ---- elements of the sorted lane ---- */

static void put_nth(rg_lane *lane, size_t nth)
{
    const size_t *order = sort_indices(lane, false);
    size_t at = lane->count == 0 ? 0 : order[nth < lane->count ? nth : lane->count - 1];
    lane->out[0][0] = lane->count == 0 ? NAN : lane->in[0][at];
    lane->out[1][0] = (double)at;
}

static size_t count_numbers(const rg_lane *lane)
{
    size_t count = 0;
    for (size_t i = 0; i < lane->count; i++) {
        count += !isnan(lane->in[0][i]);
    }
    return count;
}

/* The lower of the two in the middle; a NaN, which sorts last, is the median of whatever it is among. */
static void median_lane(rg_lane *lane)
{
    bool nan = count_numbers(lane) < lane->count;
    put_nth(lane, nan ? count_numbers(lane) : (lane->count - (lane->count > 0)) / 2);
}

static void nanmedian_lane(rg_lane *lane)
{
    size_t numbers = count_numbers(lane);
    put_nth(lane, (numbers - (numbers > 0)) / 2);
}

static void kthvalue_lane(rg_lane *lane)
{
    put_nth(lane, lane->parameter >= 1 ? (size_t)lane->parameter - 1 : 0);
}

/* The smallest of the most frequent, and where it stands last. */
static void mode_lane(rg_lane *lane)
{
    const size_t *order = sort_indices(lane, false);
    size_t best = 0;
    size_t best_length = 0;
    for (size_t start = 0; start < lane->count;) {
        size_t end = start + 1;
        while (end < lane->count && lane->in[0][order[end]] == lane->in[0][order[start]]) {
            end++;
        }
        if (end - start > best_length) {
            best_length = end - start;
            best = order[end - 1];
        }
        start = end;
    }
    lane->out[0][0] = lane->count == 0 ? NAN : lane->in[0][best];
    lane->out[1][0] = (double)best;
}

DEFINE(median, .real = median_lane)
DEFINE(nanmedian, .real = nanmedian_lane)
DEFINE(kthvalue, .parameter = "k", .real = kthvalue_lane)
DEFINE(mode, .real = mode_lane)

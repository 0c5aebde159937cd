/*
 * lanes_reduce.c: reductions of a lane to one element, or to two.
 */
#include <math.h>

#include "interp/lanes.h"

#define U(value) ((uint64_t)(value))
#define DEFINE(name, ...)                                                                                              \
    extern const rg_lanes rg__lanes_##name;                                                                            \
    const rg_lanes rg__lanes_##name = {.inputs = 1, __VA_ARGS__};
/* The lane function of a reduction to one number, <name>_of, of x[0 .. n). */
#define FUNCTION(name)                                                                                                 \
    static void name##_lane(rg_lane *lane)                                                                             \
    {                                                                                                                  \
        lane->out[0][0] = name##_of(lane->in[0], lane->count, lane);                                                   \
    }

/* ---- sums ---- */

static double sum_of(const double *x, size_t n, const rg_lane *lane)
{
    double sum = 0;
    (void)lane;
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
    }
    return sum;
}
FUNCTION(sum)

static void sum_integer(rg_integer_lane *lane)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < lane->count; i++) {
        sum += U(lane->in[i]);
    }
    lane->out[0] = (int64_t)sum;
}

static double nansum_of(const double *x, size_t n, const rg_lane *lane)
{
    double sum = 0;
    (void)lane;
    for (size_t i = 0; i < n; i++) {
        sum += isnan(x[i]) ? 0 : x[i];
    }
    return sum;
}
FUNCTION(nansum)

static double prod_of(const double *x, size_t n, const rg_lane *lane)
{
    double product = 1;
    (void)lane;
    for (size_t i = 0; i < n; i++) {
        product *= x[i];
    }
    return product;
}
FUNCTION(prod)

static void prod_integer(rg_integer_lane *lane)
{
    uint64_t product = 1;
    for (size_t i = 0; i < lane->count; i++) {
        product *= U(lane->in[i]);
    }
    lane->out[0] = (int64_t)product;
}

static void xor_integer(rg_integer_lane *lane)
{
    lane->out[0] = 0;
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0] ^= lane->in[i];
    }
}

static double mean_of(const double *x, size_t n, const rg_lane *lane)
{
    return sum_of(x, n, lane) / (double)n;
}
FUNCTION(mean)

DEFINE(sum, .real = sum_lane, .integer = sum_integer)
DEFINE(nansum, .real = nansum_lane, .integer = sum_integer)
DEFINE(prod, .real = prod_lane, .integer = prod_integer)
DEFINE(xor_sum, .real = sum_lane, .integer = xor_integer)
DEFINE(mean, .real = mean_lane)

/* ---- extremes ---- */

/* Where the largest (sign 1) or smallest (-1) element is: the first of equals; a NaN wins. */
static size_t extreme(const double *x, size_t n, double sign)
{
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) {
            return i;
        }
        if (sign * x[i] > sign * x[best]) {
            best = i;
        }
    }
    return best;
}

static double amax_of(const double *x, size_t n, const rg_lane *lane)
{
    (void)lane;
    return n == 0 ? NAN : x[extreme(x, n, 1)];
}
FUNCTION(amax)

static double amin_of(const double *x, size_t n, const rg_lane *lane)
{
    (void)lane;
    return n == 0 ? NAN : x[extreme(x, n, -1)];
}
FUNCTION(amin)

static void amax_integer(rg_integer_lane *lane)
{
    lane->out[0] = INT64_MIN;
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0] = lane->in[i] > lane->out[0] ? lane->in[i] : lane->out[0];
    }
}

static void amin_integer(rg_integer_lane *lane)
{
    lane->out[0] = INT64_MAX;
    for (size_t i = 0; i < lane->count; i++) {
        lane->out[0] = lane->in[i] < lane->out[0] ? lane->in[i] : lane->out[0];
    }
}

static double argmax_of(const double *x, size_t n, const rg_lane *lane)
{
    (void)lane;
    return (double)extreme(x, n, 1);
}
FUNCTION(argmax)

static double argmin_of(const double *x, size_t n, const rg_lane *lane)
{
    (void)lane;
    return (double)extreme(x, n, -1);
}
FUNCTION(argmin)

static void set_extreme(rg_lane *lane, double sign)
{
    size_t best = extreme(lane->in[0], lane->count, sign);
    lane->out[0][0] = lane->count == 0 ? NAN : lane->in[0][best];
    lane->out[1][0] = (double)best;
}

static void max_with_position(rg_lane *lane)
{
    set_extreme(lane, 1);
}

static void min_with_position(rg_lane *lane)
{
    set_extreme(lane, -1);
}

static void aminmax_lane(rg_lane *lane)
{
    lane->out[0][0] = amin_of(lane->in[0], lane->count, lane);
    lane->out[1][0] = amax_of(lane->in[0], lane->count, lane);
}

DEFINE(amax, .real = amax_lane, .integer = amax_integer)
DEFINE(amin, .real = amin_lane, .integer = amin_integer)
DEFINE(argmax, .real = argmax_lane)
DEFINE(argmin, .real = argmin_lane)
DEFINE(max_with_position, .real = max_with_position)
DEFINE(min_with_position, .real = min_with_position)
DEFINE(aminmax, .real = aminmax_lane)

/* ---- truth ---- */

static double count_nonzero_of(const double *x, size_t n, const rg_lane *lane)
{
    size_t count = 0;
    (void)lane;
    for (size_t i = 0; i < n; i++) {
        count += x[i] != 0;
    }
    return (double)count;
}
FUNCTION(count_nonzero)

static double any_of(const double *x, size_t n, const rg_lane *lane)
{
    return count_nonzero_of(x, n, lane) > 0;
}
FUNCTION(any)

static double all_of(const double *x, size_t n, const rg_lane *lane)
{
    return count_nonzero_of(x, n, lane) == (double)n;
}
FUNCTION(all)

DEFINE(count_nonzero, .real = count_nonzero_lane)
DEFINE(any, .real = any_lane)
DEFINE(all, .real = all_lane)

/* ---- spread; the parameter is the correction, or `unbiased`, which is a correction of 0 or 1 ---- */

static double var_of(const double *x, size_t n, const rg_lane *lane)
{
    double mean = mean_of(x, n, lane);
    double sum = 0;
    double degrees = (double)n - lane->parameter;
    for (size_t i = 0; i < n; i++) {
        sum += (x[i] - mean) * (x[i] - mean);
    }
    return sum / (degrees < 0 ? 0 : degrees);
}
FUNCTION(var)

static double std_of(const double *x, size_t n, const rg_lane *lane)
{
    return sqrt(var_of(x, n, lane));
}
FUNCTION(std)

static void var_mean_lane(rg_lane *lane)
{
    lane->out[0][0] = var_of(lane->in[0], lane->count, lane);
    lane->out[1][0] = mean_of(lane->in[0], lane->count, lane);
}

static void std_mean_lane(rg_lane *lane)
{
    lane->out[0][0] = std_of(lane->in[0], lane->count, lane);
    lane->out[1][0] = mean_of(lane->in[0], lane->count, lane);
}

DEFINE(var, .real = var_lane, .parameter = "correction", .fallback = 1)
DEFINE(std, .real = std_lane, .parameter = "correction", .fallback = 1)
DEFINE(var_mean, .real = var_mean_lane, .parameter = "correction", .fallback = 1)
DEFINE(std_mean, .real = std_mean_lane, .parameter = "correction", .fallback = 1)
DEFINE(var_unbiased, .real = var_lane, .parameter = "unbiased", .fallback = 1)
DEFINE(std_unbiased, .real = std_lane, .parameter = "unbiased", .fallback = 1)
DEFINE(var_mean_unbiased, .real = var_mean_lane, .parameter = "unbiased", .fallback = 1)
DEFINE(std_mean_unbiased, .real = std_mean_lane, .parameter = "unbiased", .fallback = 1)

/* ---- norms and exponentials ---- */

static double norm_of(const double *x, size_t n, const rg_lane *lane)
{
    double order = lane->parameter;
    double sum = 0;
    if (isinf(order)) {
        double best = order > 0 ? 0 : INFINITY;
        for (size_t i = 0; i < n; i++) {
            double magnitude = fabs(x[i]);
            best = isnan(magnitude) || (order > 0 ? magnitude > best : magnitude < best) ? magnitude : best;
        }
        return best;
    }
    if (order == 0) {
        return count_nonzero_of(x, n, lane);
    }
    for (size_t i = 0; i < n; i++) {
        sum += order == 2 ? x[i] * x[i] : pow(fabs(x[i]), order);
    }
    return order == 2 ? sqrt(sum) : pow(sum, 1 / order);
}
FUNCTION(norm)

/* The sum of exponentials of the distances from the largest element. */
static double exponential_sum(const double *x, size_t n, double largest)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += exp(x[i] - largest);
    }
    return sum;
}

static double logsumexp_of(const double *x, size_t n, const rg_lane *lane)
{
    double largest = n == 0 ? -INFINITY : amax_of(x, n, lane);
    return isinf(largest) ? largest : largest + log(exponential_sum(x, n, largest));
}
FUNCTION(logsumexp)

static void prepare_softmax_lane(rg_lane *lane)
{
    lane->out[0][0] = amax_of(lane->in[0], lane->count, lane);
    lane->out[1][0] = exponential_sum(lane->in[0], lane->count, lane->out[0][0]);
}

DEFINE(norm_p, .real = norm_lane, .parameter = "p", .fallback = 2)
DEFINE(norm_ord, .real = norm_lane, .parameter = "ord", .fallback = 2)
DEFINE(logsumexp, .real = logsumexp_lane)
DEFINE(prepare_softmax_online, .real = prepare_softmax_lane)

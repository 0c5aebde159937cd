/*
 * loop.c: walking over the elements of several tensors at once, and what follows from that: copies and fills.
 */
#include "interp/interp_impl.h"

void rg__loop_init(rg_loop *loop, uint32_t rank, const int64_t *sizes)
{
    memset(loop, 0, sizeof(*loop));
    loop->rank = rank;
    for (uint32_t i = 0; i < rank; i++) {
        loop->sizes[i] = sizes[i];
    }
}

void rg__loop_add_strides(rg_loop *loop, int64_t start, const int64_t *strides)
{
    uint32_t operand = loop->operand_count++;
    loop->position[operand] = start;
    for (uint32_t i = 0; i < loop->rank; i++) {
        loop->strides[operand][i] = strides[i];
    }
}

bool rg__loop_add(rg_loop *loop, const rg_tensor *tensor)
{
    int64_t strides[RG_TENSOR_MAX_RANK] = {0};
    if (tensor->rank > loop->rank) {
        return false;
    }
    uint32_t missing = loop->rank - tensor->rank;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        if (tensor->sizes[i] == loop->sizes[missing + i]) {
            strides[missing + i] = tensor->strides[i];
        } else if (tensor->sizes[i] != 1) {
            return false;
        }
    }
    rg__loop_add_strides(loop, tensor->offset, strides);
    return true;
}

static bool is_empty(const rg_loop *loop)
{
    for (uint32_t i = 0; i < loop->rank; i++) {
        if (loop->sizes[i] == 0) {
            return true;
        }
    }
    return false;
}

/* Go one further in dimension `dim`, or on to the dimensions before it. */
static bool advance(rg_loop *loop, uint32_t dim)
{
    for (uint32_t i = dim + 1; i-- > 0;) {
        if (++loop->index[i] < loop->sizes[i]) {
            for (uint32_t k = 0; k < loop->operand_count; k++) {
                loop->position[k] += loop->strides[k][i];
            }
            return true;
        }
        for (uint32_t k = 0; k < loop->operand_count; k++) {
            loop->position[k] -= loop->strides[k][i] * (loop->sizes[i] - 1);
        }
        loop->index[i] = 0;
    }
    return false;
}

static void start_run(rg_loop *loop)
{
    loop->run = loop->left < RG_LOOP_CHUNK ? loop->left : RG_LOOP_CHUNK;
    loop->left -= loop->run;
}

bool rg__loop_next(rg_loop *loop)
{
    uint32_t last = loop->rank - 1;
    if (!loop->started) {
        loop->started = true;
        if (is_empty(loop)) {
            return false;
        }
        for (uint32_t k = 0; k < loop->operand_count; k++) {
            loop->step[k] = loop->rank == 0 ? 0 : loop->strides[k][last];
        }
        loop->left = loop->rank == 0 ? 1 : (size_t)loop->sizes[last];
        start_run(loop);
        return true;
    }
    if (loop->rank == 0) {
        return false;
    }
    if (loop->left > 0) {
        for (uint32_t k = 0; k < loop->operand_count; k++) {
            loop->position[k] += loop->step[k] * (int64_t)loop->run;
        }
        loop->index[last] += (int64_t)loop->run;
        start_run(loop);
        return true;
    }
    for (uint32_t k = 0; k < loop->operand_count; k++) {
        loop->position[k] -= loop->step[k] * loop->index[last];
    }
    loop->index[last] = 0;
    if (last == 0 || !advance(loop, last - 1)) {
        return false;
    }
    loop->left = (size_t)loop->sizes[last];
    start_run(loop);
    return true;
}

bool rg__loop_next_element(rg_loop *loop)
{
    if (!loop->started) {
        loop->started = true;
        return !is_empty(loop);
    }
    return loop->rank > 0 && advance(loop, loop->rank - 1);
}

/* ---- single elements ---- */

double rg__tensor_real_at(const rg_tensor *tensor, int64_t position)
{
    double value = 0;
    rg__load_real(&value, rg__element_at(tensor, position), tensor->dtype, 1, 1);
    return value;
}

int64_t rg__tensor_integer_at(const rg_tensor *tensor, int64_t position)
{
    int64_t value = 0;
    rg__load_integer(&value, rg__element_at(tensor, position), tensor->dtype, 1, 1);
    return value;
}

/* ---- copies ---- */

static void copy_bytes(uint8_t *to, int64_t to_step, const uint8_t *from, int64_t from_step, size_t count, size_t bytes)
{
    if (to_step == 1 && from_step == 1) {
        memmove(to, from, count * bytes);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        memmove(to + (int64_t)i * to_step * (int64_t)bytes, from + (int64_t)i * from_step * (int64_t)bytes, bytes);
    }
}

bool rg__tensor_copy(const rg_tensor *to, const rg_tensor *from)
{
    rg_loop loop;
    rg__loop_init(&loop, to->rank, to->sizes);
    if (!rg__loop_add(&loop, to) || !rg__loop_add(&loop, from)) {
        return false;
    }
    size_t bytes = rg_dtype_bytes(to->dtype);
    while (rg__loop_next(&loop)) {
        void *target = rg__element_at(to, loop.position[0]);
        const void *source = rg__element_at(from, loop.position[1]);
        if (to->dtype == from->dtype) {
            copy_bytes(target, loop.step[0], source, loop.step[1], loop.run, bytes);
        } else if (rg__dtype_is_integral(from->dtype) && rg__dtype_is_integral(to->dtype)) {
            int64_t values[RG_LOOP_CHUNK];
            rg__load_integer(values, source, from->dtype, loop.step[1], loop.run);
            rg__store_integer(target, to->dtype, loop.step[0], values, loop.run);
        } else if (from->dtype == RG_DTYPE_I64 ||
                   from->dtype == RG_DTYPE_U64) { /* rounded once, not by way of double */
            float singles[RG_LOOP_CHUNK];
            double values[RG_LOOP_CHUNK];
            if (to->dtype == RG_DTYPE_F64 || to->dtype == RG_DTYPE_C128) {
                rg__load_real(values, source, from->dtype, loop.step[1], loop.run);
            } else {
                rg__load_single(singles, source, from->dtype, loop.step[1], loop.run);
                for (size_t i = 0; i < loop.run; i++) {
                    values[i] = (double)singles[i];
                }
            }
            rg__store_real(target, to->dtype, loop.step[0], values, loop.run);
        } else {
            double values[RG_LOOP_CHUNK];
            rg__load_real(values, source, from->dtype, loop.step[1], loop.run);
            rg__store_real(target, to->dtype, loop.step[0], values, loop.run);
        }
    }
    return true;
}

void rg__tensor_read_real(double *out, const rg_tensor *tensor)
{
    rg_loop loop;
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        rg__load_real(out, rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], loop.run);
        out += loop.run;
    }
}

void rg__tensor_write_real(const rg_tensor *tensor, const double *values)
{
    rg_loop loop;
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        rg__store_real(rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], values, loop.run);
        values += loop.run;
    }
}

void rg__tensor_fill_real(const rg_tensor *tensor, double value)
{
    rg_loop loop;
    double values[RG_LOOP_CHUNK];
    for (size_t i = 0; i < RG_LOOP_CHUNK; i++) {
        values[i] = value;
    }
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        rg__store_real(rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], values, loop.run);
    }
}

void rg__tensor_fill_integer(const rg_tensor *tensor, int64_t value)
{
    rg_loop loop;
    int64_t values[RG_LOOP_CHUNK];
    for (size_t i = 0; i < RG_LOOP_CHUNK; i++) {
        values[i] = value;
    }
    rg__loop_init(&loop, tensor->rank, tensor->sizes);
    (void)rg__loop_add(&loop, tensor);
    while (rg__loop_next(&loop)) {
        if (rg__dtype_is_integral(tensor->dtype)) {
            rg__store_integer(rg__element_at(tensor, loop.position[0]), tensor->dtype, loop.step[0], values, loop.run);
        } else {
            double real = (double)value;
            for (size_t i = 0; i < loop.run; i++) {
                rg__store_real(rg__element_at(tensor, loop.position[0] + (int64_t)i * loop.step[0]), tensor->dtype, 1,
                               &real, 1);
            }
        }
    }
}

/*
 * bind_sizes.c: giving the symbols of sizes values, so that a graph with symbolic sizes can be run.
 *
 * Values that the user does not give are chosen: the first candidate for which every size that the graph's annotations
 * mention is a positive integer and every division in one comes out even. Sizes that depend on data (`u0`) get their
 * values while the graph runs, and are not looked at here.
 */
#include "interp/interp_impl.h"

/* ---- evaluation ---- */

typedef struct evaluation {
    const rg_run *run;
    bool exact;   /* every division so far came out even */
    bool unbound; /* a symbol has no value */
} evaluation;

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static bool power(int64_t base, int64_t exponent, int64_t *out)
{
    *out = 1;
    for (int64_t i = 0; i < exponent; i++) {
        if (i >= 64 || __builtin_mul_overflow(*out, base, out)) {
            return false;
        }
    }
    return exponent >= 0;
}

static bool apply(evaluation *state, rg_size_operation operation, int64_t a, int64_t b, int64_t *out)
{
    switch (operation) {
    case RG_SIZE_ADD:
        return !__builtin_add_overflow(a, b, out);
    case RG_SIZE_SUBTRACT:
        return !__builtin_sub_overflow(a, b, out);
    case RG_SIZE_MULTIPLY:
        return !__builtin_mul_overflow(a, b, out);
    case RG_SIZE_FLOOR_DIVIDE:
    case RG_SIZE_MODULO:
        if (b == 0 || (a == INT64_MIN && b == -1)) {
            return false;
        }
        *out = operation == RG_SIZE_MODULO ? a - floor_divide(a, b) * b : floor_divide(a, b);
        state->exact = state->exact && (operation == RG_SIZE_MODULO || a % b == 0);
        return true;
    case RG_SIZE_POWER:
        return power(a, b, out);
    case RG_SIZE_MAX:
        *out = a > b ? a : b;
        return true;
    case RG_SIZE_MIN:
        *out = a < b ? a : b;
        return true;
    case RG_SIZE_LESS:
        *out = a < b;
        return true;
    case RG_SIZE_LESS_EQUAL:
        *out = a <= b;
        return true;
    case RG_SIZE_GREATER:
        *out = a > b;
        return true;
    case RG_SIZE_GREATER_EQUAL:
        *out = a >= b;
        return true;
    case RG_SIZE_EQUAL:
        *out = a == b;
        return true;
    default:
        *out = a != b;
        return true;
    }
}

static bool find_symbol(const rg_run *run, rg_size symbol, int64_t *out)
{
    for (uint32_t i = 0; i < run->symbols.count; i++) {
        if (rg_size_same(run->symbols.items[i].symbol, symbol)) {
            *out = run->symbols.items[i].value;
            return true;
        }
    }
    return false;
}

/* Depth is bounded by that of sizes. */
static bool evaluate(evaluation *state, rg_size size, int64_t *out)
{
    rg_context *context = state->run->context;
    rg_size_split split;
    int64_t left = 0;
    int64_t right = 0;
    if (rg_size_as_int(context, size, out)) {
        return true;
    }
    if (rg_size_as_symbol(context, size).size != 0) {
        bool found = find_symbol(state->run, size, out);
        state->unbound = state->unbound || !found;
        return found;
    }
    if (rg_size_is_null(size) || rg__size_split(&split, context, size) != RG_OK || rg_size_is_null(split.left)) {
        state->unbound = true;
        return false;
    }
    return evaluate(state, split.left, &left) && evaluate(state, split.right, &right) &&
           apply(state, split.operation, left, right, out);
}

bool rg__run_evaluate(const rg_run *run, rg_size size, int64_t *out)
{
    evaluation state = {run, true, false};
    return evaluate(&state, size, out);
}

/* ---- walking over sizes ---- */

typedef rg_status (*size_visitor)(void *user, rg_size size);

static rg_status visit_type(rg_context *context, rg_type type, size_visitor visit, void *user)
{
    rg_status status = RG_OK;
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    for (uint32_t i = 0; i < tensor.rank && status == RG_OK; i++) {
        status = visit(user, tensor.sizes[i]);
    }
    return status;
}

/* The sizes of all annotated nodes, submodules not included: theirs follow from what they are called with. */
static rg_status visit_annotations(const rg_run *run, size_visitor visit, void *user)
{
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(run->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(run->graph, node)) {
        status = visit_type(run->context, rg_node_type(run->graph, node), visit, user);
    }
    return status;
}

/* ---- symbols ---- */

static rg_status add_symbols(void *user, rg_size size)
{
    rg_run *run = user;
    rg_size_split split;
    int64_t value = 0;
    if (rg_size_is_null(size) || rg_size_as_int(run->context, size, &value)) {
        return RG_OK;
    }
    if (rg_size_as_symbol(run->context, size).size != 0) {
        rg_symbol_value symbol = {size, 0};
        if (find_symbol(run, size, &value)) {
            return RG_OK;
        }
        return rg__vector_push(&run->context->allocator, &run->symbols, symbol) ? RG_OK
                                                                                : rg__report_memory(run->context);
    }
    rg_status status = rg__size_split(&split, run->context, size);
    if (status == RG_OK && !rg_size_is_null(split.left)) {
        status = add_symbols(run, split.left);
    }
    return status == RG_OK && !rg_size_is_null(split.left) ? add_symbols(run, split.right) : status;
}

/* The symbols of a graph are those of its inputs. */
static rg_status collect_symbols(rg_run *run)
{
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(run->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(run->graph, node)) {
        rg_op_kind kind = rg_node_kind(run->graph, node);
        rg_type type = rg_node_type(run->graph, node);
        if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_GET_ATTR) {
            status = visit_type(run->context, type, add_symbols, run);
            if (status == RG_OK && rg_type_get_kind(run->context, type) == RG_TYPE_SIZE) {
                status = add_symbols(run, rg_type_get_size(run->context, type));
            }
        }
    }
    return status;
}

static bool given_value(const rg_run *run, rg_size symbol, int64_t *out)
{
    rg_string name = rg_size_as_symbol(run->context, symbol);
    if (run->options.like != NULL && rg_run_size(run->options.like, name, out)) {
        return true;
    }
    for (size_t i = 0; i < run->options.size_count; i++) {
        if (rg_string_equal(run->options.sizes[i].symbol, name)) {
            *out = run->options.sizes[i].value;
            return true;
        }
    }
    return false;
}

/* ---- choosing ---- */

typedef struct fitness {
    const rg_run *run;
    bool positive;
    bool exact;
} fitness;

static rg_status judge_size(void *user, rg_size size)
{
    fitness *result = user;
    evaluation state = {result->run, true, false};
    int64_t value = 0;
    if (rg_size_as_int(result->run->context, size, &value)) {
        return RG_OK; /* no choice of ours */
    }
    if (evaluate(&state, size, &value)) {
        result->positive = result->positive && value > 0;
        result->exact = result->exact && state.exact;
    } else if (!state.unbound) {
        result->positive = false;
    }
    return RG_OK;
}

static void set_symbols(rg_run *run, int64_t base)
{
    for (uint32_t i = 0; i < run->symbols.count; i++) {
        rg_symbol_value *symbol = &run->symbols.items[i];
        if (!given_value(run, symbol->symbol, &symbol->value)) {
            symbol->value = run->options.variant == 0 ? base : base * (int64_t)(1 + (i + run->options.variant) % 5);
        }
    }
}

/* Even divisions are wanted, positive sizes needed. */
static rg_status choose(rg_run *run)
{
    static const int64_t candidates[] = {8, 16, 12, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 6, 4, 3, 2};
    enum { CANDIDATES = sizeof(candidates) / sizeof(candidates[0]) };
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < CANDIDATES; i++) {
            fitness result = {run, true, true};
            set_symbols(run, candidates[i]);
            rg_status status = visit_annotations(run, judge_size, &result);
            if (status != RG_OK || (result.positive && (result.exact || pass > 0))) {
                return status;
            }
        }
    }
    return rg__report(run->context, RG_ERROR_TYPE,
                      "no values of the symbols were found that make all sizes positive; give them");
}

static rg_status check_given(const rg_run *run)
{
    for (size_t i = 0; run->options.like == NULL && i < run->options.size_count; i++) {
        int64_t ignored = 0;
        if (run->options.sizes[i].value < 0 || !rg_run_size(run, run->options.sizes[i].symbol, &ignored)) {
            return rg__report(run->context, RG_ERROR_NAME,
                              "no input of the graph has the size '%.*s', or its value is negative",
                              (int)run->options.sizes[i].symbol.size, run->options.sizes[i].symbol.data);
        }
    }
    return RG_OK;
}

bool rg_run_size(const rg_run *run, rg_string symbol, int64_t *out)
{
    for (uint32_t i = 0; i < run->symbols.count; i++) {
        if (rg_string_equal(rg_size_as_symbol(run->context, run->symbols.items[i].symbol), symbol)) {
            *out = run->symbols.items[i].value;
            return true;
        }
    }
    return false;
}

rg_status rg__run_bind_sizes(rg_run *run)
{
    rg_status status = collect_symbols(run);
    if (status == RG_OK) {
        status = check_given(run);
    }
    return status == RG_OK && run->symbols.count > 0 ? choose(run) : status;
}

/* ---- sizes that depend on data ---- */

static rg_status learn(rg_run *run, rg_size size, int64_t value)
{
    rg_symbol_value symbol = {size, value};
    int64_t known = 0;
    if (rg_size_is_null(size) || rg_size_as_symbol(run->context, size).size == 0 || find_symbol(run, size, &known)) {
        return RG_OK;
    }
    return rg__vector_push(&run->context->allocator, &run->symbols, symbol) ? RG_OK : rg__report_memory(run->context);
}

rg_status rg__run_learn_sizes(rg_run *run, rg_type annotation, const rg_datum *datum)
{
    rg_status status = RG_OK;
    if (rg_type_get_kind(run->context, annotation) == RG_TYPE_SIZE && datum->kind == RG_DATUM_INT) {
        return learn(run, rg_type_get_size(run->context, annotation), datum->integer);
    }
    rg_tensor_type type = rg_type_get_tensor(run->context, annotation);
    for (uint32_t i = 0;
         datum->kind == RG_DATUM_TENSOR && i < type.rank && type.rank == datum->tensor->rank && status == RG_OK; i++) {
        status = learn(run, type.sizes[i], datum->tensor->sizes[i]);
    }
    return status;
}

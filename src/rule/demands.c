/*
 * demands.c: which sizes of a call's arguments have to be equal.
 */
#include "rule/demands.h"

#include "ir/context_impl.h"

static rg_tensor_type argument_tensor(const rg_tracer *tracer, rg_node call, size_t index)
{
    return rg_type_get_tensor(tracer->context,
                              rg_tracer_type(tracer, rg_node_schema_argument(tracer->graph, call, index)));
}

/* Dimension `a_end` of `a`, counted from the end and from 1, and `b_end` of `b`. */
static rg_status demand(const rg_tensor_type *a, uint32_t a_end, const rg_tensor_type *b, uint32_t b_end,
                        rg_demand_function function, void *user)
{
    return a_end <= a->rank && b_end <= b->rank ? function(user, a->sizes[a->rank - a_end], b->sizes[b->rank - b_end])
                                                : RG_OK;
}

static rg_status visit_broadcast(const rg_tracer *tracer, rg_node call, rg_demand_function function, void *user)
{
    size_t count = rg_op_argument_count(tracer->context, rg_node_op(tracer->graph, call));
    rg_status status = RG_OK;
    for (size_t i = 0; i < count; i++) {
        rg_tensor_type a = argument_tensor(tracer, call, i);
        for (size_t j = i + 1; j < count; j++) {
            rg_tensor_type b = argument_tensor(tracer, call, j);
            for (uint32_t dim = 1; dim <= a.rank && dim <= b.rank && status == RG_OK; dim++) {
                status = demand(&a, dim, &b, dim, function, user);
            }
        }
    }
    return status;
}

/* Matrix products, and which of their arguments are the matrices. */
static const struct {
    const char *op;
    uint8_t left;
    uint8_t right;
} products[] = {
    {"aten.mm.default", 0, 1},
    {"aten.bmm.default", 0, 1},
    {"aten.addmm.default", 1, 2},
    {"aten.baddbmm.default", 1, 2},
};

rg_status rg__demands_visit(const rg_tracer *tracer, rg_node call, rg_demand_function function, void *user)
{
    rg_op op = rg_node_op(tracer->graph, call);
    rg_string name = rg_op_name(tracer->context, op);
    if ((rg_op_traits(tracer->context, op) & RG_TRAIT_ELEMENTWISE) != 0) {
        return visit_broadcast(tracer, call, function, user);
    }
    for (size_t i = 0; i < sizeof(products) / sizeof(products[0]); i++) {
        if (rg_string_equal(name, rg_string_from(products[i].op))) {
            rg_tensor_type left = argument_tensor(tracer, call, products[i].left);
            rg_tensor_type right = argument_tensor(tracer, call, products[i].right);
            rg_status status = demand(&left, 1, &right, 2, function, user);
            return status == RG_OK ? demand(&left, 3, &right, 3, function, user) : status;
        }
    }
    return RG_OK;
}

static rg_status check_equal(void *user, rg_size a, rg_size b)
{
    rg_tracer *tracer = user;
    rg_buffer text;
    if (rg__trace_size_is(tracer, a, 1) || rg__trace_size_is(tracer, b, 1) || rg_size_is_null(a) ||
        rg_size_is_null(b) || rg_size_equal(tracer->context, a, b) != RG_UNKNOWN) {
        return RG_OK; /* sizes that certainly differ are for the op's own inference to refuse */
    }
    rg__buffer_init(&text, &tracer->context->allocator);
    (void)!rg_size_print(tracer->context, a, rg__buffer_sink(&text));
    rg__buffer_append_text(&text, " and ");
    (void)!rg_size_print(tracer->context, b, rg__buffer_sink(&text));
    rg__trace_fail(tracer, RG_ERROR_TYPE, "sizes %s must be equal here; give them one name",
                   text.failed ? "of the operands" : text.data);
    rg__buffer_free(&text);
    return tracer->status;
}

rg_status rg__demands_check(rg_tracer *tracer, rg_node call)
{
    return rg__demands_visit(tracer, call, check_equal, tracer);
}

/*
 * unknowns.c: which sizes of example inputs must be equal, or must be what they are in the example.
 */
#include "rule/unknowns.h"

#include "ir/context_impl.h"
#include "rule/demands.h"

void rg__unknowns_free(rg_unknowns *unknowns)
{
    rg__vector_free(&unknowns->context->allocator, &unknowns->items);
}

static uint32_t find_root(const rg_unknowns *unknowns, uint32_t index)
{
    while (unknowns->items.items[index].same_as != index) {
        index = unknowns->items.items[index].same_as;
    }
    return index;
}

/* What variable `index` is by now: an integer, or the variable that stands for all that are equal to it. */
static rg_status current_size(rg_size *out, const rg_unknowns *unknowns, uint32_t index)
{
    const rg_unknown *root = &unknowns->items.items[find_root(unknowns, index)];
    if (root->is_pinned) {
        return rg_size_from_int(out, unknowns->context, root->hint);
    }
    *out = root->symbol;
    return RG_OK;
}

/* ---- examples ---- */

static bool is_open(const rg_unknowns *unknowns, rg_size size, int64_t *hint)
{
    return rg_size_as_int(unknowns->context, size, hint) && *hint >= 2;
}

rg_status rg__unknowns_add(rg_unknowns *unknowns, const rg_tensor_type *example)
{
    for (uint32_t i = 0; i < example->rank; i++) {
        rg_unknown unknown = {.same_as = unknowns->items.count};
        rg_buffer name;
        if (!is_open(unknowns, example->sizes[i], &unknown.hint)) {
            continue;
        }
        rg__buffer_init(&name, &unknowns->context->allocator);
        rg__buffer_append_format(&name, "d%u", unknowns->items.count);
        rg_status status = name.failed
                               ? rg__report_memory(unknowns->context)
                               : rg_size_from_symbol(&unknown.symbol, unknowns->context, rg__buffer_string(&name));
        rg__buffer_free(&name);
        if (status != RG_OK) {
            return status;
        }
        if (!rg__vector_push(&unknowns->context->allocator, &unknowns->items, unknown)) {
            return rg__report_memory(unknowns->context);
        }
    }
    return RG_OK;
}

rg_status rg__unknowns_declare(rg_type *out, const rg_unknowns *unknowns, const rg_tensor_type *example, uint32_t *next)
{
    rg_size sizes[RG_MAX_RANK];
    rg_tensor_type declared = {.dtype = example->dtype, .rank = example->rank, .sizes = sizes};
    int64_t hint = 0;
    for (uint32_t i = 0; i < example->rank; i++) {
        sizes[i] = example->sizes[i];
        if (is_open(unknowns, sizes[i], &hint)) {
            rg_status status = current_size(&sizes[i], unknowns, (*next)++);
            if (status != RG_OK) {
                return status;
            }
        }
    }
    return rg_type_from_tensor(out, unknowns->context, &declared);
}

/* ---- merging and pinning ---- */

/* The variable that a size is, as a root; false for other sizes. */
static bool find_unknown(const rg_unknowns *unknowns, rg_size size, uint32_t *out)
{
    for (uint32_t i = 0; i < unknowns->items.count; i++) {
        if (rg_size_same(unknowns->items.items[i].symbol, size)) {
            *out = find_root(unknowns, i);
            return !unknowns->items.items[*out].is_pinned;
        }
    }
    return false;
}

/* The later variable becomes the earlier one. */
static void merge(rg_unknowns *unknowns, uint32_t a, uint32_t b)
{
    uint32_t first = a < b ? a : b;
    uint32_t second = a < b ? b : a;
    unknowns->items.items[second].same_as = first;
    unknowns->changed = true;
}

static void pin(rg_unknowns *unknowns, uint32_t index)
{
    unknowns->items.items[index].is_pinned = true;
    unknowns->changed = true;
}

/* Two sizes must be equal: merge two variables, or pin one that faces its hint. Sizes 1 broadcast and ask nothing. */
static rg_status require_equal(void *user, rg_size a, rg_size b)
{
    rg_unknowns *unknowns = user;
    uint32_t left = 0;
    uint32_t right = 0;
    int64_t number = 0;
    bool is_left = find_unknown(unknowns, a, &left);
    bool is_right = find_unknown(unknowns, b, &right);
    if (is_left && is_right) {
        if (left != right && unknowns->items.items[left].hint == unknowns->items.items[right].hint) {
            merge(unknowns, left, right);
        }
    } else if (is_left && rg_size_as_int(unknowns->context, b, &number) && number == unknowns->items.items[left].hint) {
        pin(unknowns, left);
    } else if (is_right && rg_size_as_int(unknowns->context, a, &number) &&
               number == unknowns->items.items[right].hint) {
        pin(unknowns, right);
    }
    return RG_OK;
}

/* ---- what calls need ---- */

rg_status rg__unknowns_prepare(rg_unknowns *unknowns, const rg_tracer *tracer, rg_node call)
{
    rg_status status = rg__demands_visit(tracer, call, require_equal, unknowns);
    return unknowns->changed ? RG_ERROR_TYPE : status;
}

/* ---- repair ---- */

typedef void (*size_function)(rg_unknowns *unknowns, rg_size size, void *user);

static void for_each_size(rg_unknowns *unknowns, const rg_tracer *tracer, rg_value value, size_function function,
                          void *user)
{
    rg_tensor_type tensor = rg_type_get_tensor(tracer->context, rg_tracer_type(tracer, value));
    for (uint32_t i = 0; i < tensor.rank; i++) {
        function(unknowns, tensor.sizes[i], user);
    }
    for (size_t i = 0; i < rg_value_count(tracer->context, tracer->graph, value); i++) {
        rg_value item = rg_value_item(tracer->context, tracer->graph, value, i);
        if (rg_value_get_kind(item) == RG_VALUE_NODE) {
            for_each_size(unknowns, tracer, item, function, user);
        }
    }
}

/* Merge each variable with the first of the same hint in this call. */
static void merge_alike(rg_unknowns *unknowns, rg_size size, void *user)
{
    bool *seen = user; /* by variable */
    uint32_t index = 0;
    if (!find_unknown(unknowns, size, &index)) {
        return;
    }
    for (uint32_t i = 0; i < unknowns->items.count; i++) {
        if (seen[i] && i != index && find_root(unknowns, i) == i &&
            unknowns->items.items[i].hint == unknowns->items.items[index].hint) {
            merge(unknowns, i, index);
            return;
        }
    }
    seen[index] = true;
}

/* Pin every variable in the size. */
static void pin_all(rg_unknowns *unknowns, rg_size size, void *user)
{
    (void)user;
    for (uint32_t i = 0; i < unknowns->items.count; i++) {
        rg_size one;
        rg_size substituted;
        const rg_unknown *unknown = &unknowns->items.items[i];
        if (unknown->is_pinned || find_root(unknowns, i) != i ||
            rg_size_from_int(&one, unknowns->context, unknown->hint) != RG_OK ||
            rg_size_substitute(&substituted, unknowns->context, size, &unknown->symbol, &one, 1) != RG_OK) {
            continue;
        }
        if (!rg_size_same(substituted, size)) {
            pin(unknowns, i);
        }
    }
}

rg_status rg__unknowns_repair(rg_unknowns *unknowns, const rg_tracer *tracer, const rg_value *arguments, size_t count)
{
    const rg_allocator *allocator = &unknowns->context->allocator;
    size_t bytes = unknowns->items.count * sizeof(bool);
    bool *seen = bytes == 0 ? NULL : rg__allocate(allocator, bytes);
    if (seen == NULL) {
        return bytes == 0 ? RG_OK : rg__report_memory(unknowns->context);
    }
    memset(seen, 0, bytes);
    for (size_t i = 0; i < count; i++) {
        for_each_size(unknowns, tracer, arguments[i], merge_alike, seen);
    }
    rg__free(allocator, seen, bytes);
    for (size_t i = 0; i < count && !unknowns->changed; i++) {
        for_each_size(unknowns, tracer, arguments[i], pin_all, NULL);
    }
    return unknowns->changed ? RG_ERROR_TYPE : RG_OK;
}

/*
 * reduce_sizes.c: copies of graphs with smaller sizes, so that models can be run in a moment that take gigabytes.
 *
 * Every size of a model is some count of a few units: with a head of 128 numbers, 4096, 1024 and 14336 are 32, 8 and
 * 112 heads. A reduction makes the unit smaller (64 becomes 4, say) wherever a size is a multiple of it, or one or two
 * more: in the types of inputs, and in the integers of calls. That is a renaming, and sound for comparing graphs if
 * all get the same. Whether it keeps what the graph is, inference decides: every node of the copy must get the type
 * that its annotation becomes when renamed. Sizes that are no multiples, and floats, stay what they are.
 *
 * Of the reductions that inference accepts for all graphs the one is taken whose tensors have the fewest elements.
 */
#include "interp/interp_impl.h"

enum { MAX_VALUE_ITEMS = 1 << 16, SYMBOL_ESTIMATE = 8, MAX_REST = 2 };

static const int64_t largest_size = (int64_t)1 << 40; /* beyond are ends of slices */

typedef struct reducing {
    rg_context *context;
    rg_graph *original; /* not changed */
    rg_graph *copy;     /* node ids are those of the original */
    const rg_reduction *how;
} reducing;

/* What a reduction that does not suit answers; it is not reported. */
static const rg_status refused = RG_ERROR_TYPE;

/* ---- numbers, sizes, types ---- */

static int64_t reduce_integer(const rg_reduction *how, int64_t number)
{
    int64_t magnitude = number < 0 ? -number : number;
    if (number < -largest_size || number > largest_size || magnitude < how->from || magnitude % how->from > how->rest) {
        return number;
    }
    int64_t reduced = magnitude / how->from * how->to + magnitude % how->from;
    return number < 0 ? -reduced : reduced;
}

/* Depth is bounded by that of sizes. */
static rg_status reduce_size(rg_size *out, const reducing *job, rg_size size)
{
    rg_size_split split = {0};
    int64_t number = 0;
    *out = size;
    if (rg_size_is_null(size) || rg_size_as_symbol(job->context, size).size != 0) {
        return RG_OK;
    }
    if (rg_size_as_int(job->context, size, &number)) {
        return rg_size_from_int(out, job->context, reduce_integer(job->how, number));
    }
    rg_status status = rg__size_split(&split, job->context, size);
    if (status != RG_OK || rg_size_is_null(split.left)) {
        return status;
    }
    status = reduce_size(&split.left, job, split.left);
    if (status == RG_OK) {
        status = reduce_size(&split.right, job, split.right);
    }
    return status == RG_OK ? rg_size_combine(out, job->context, split.operation, split.left, split.right) : status;
}

static bool is_stride(const reducing *job, rg_size stride, rg_size expected)
{
    return rg_size_equal(job->context, stride, expected) == RG_YES;
}

/* Strides are products of sizes: those of a tensor whose elements lie densely are made anew, in the order of the
 * dimensions that it had. Others are renamed like sizes. */
static rg_status reduce_strides(rg_size *out, const reducing *job, const rg_tensor_type *type, const rg_size *sizes)
{
    bool done[RG_TENSOR_MAX_RANK] = {false};
    rg_size before;
    rg_size after;
    rg_status status = rg_size_from_int(&before, job->context, 1);
    after = before;
    for (uint32_t placed = 0; placed < type->rank && status == RG_OK; placed++) {
        uint32_t next = type->rank;
        for (uint32_t i = type->rank; i > 0; i--) { /* of equal strides the dimension of size 1 comes first */
            bool fits = !done[i - 1] && is_stride(job, type->strides[i - 1], before);
            int64_t size = 0;
            bool is_one = rg_size_as_int(job->context, type->sizes[i - 1], &size) && size == 1;
            next = fits && (next == type->rank || is_one) ? i - 1 : next;
        }
        if (next == type->rank) { /* gaps, or broadcast */
            for (uint32_t i = 0; i < type->rank && status == RG_OK; i++) {
                status = done[i] ? RG_OK : reduce_size(&out[i], job, type->strides[i]);
            }
            return status;
        }
        done[next] = true;
        out[next] = after;
        status = rg_size_combine(&before, job->context, RG_SIZE_MULTIPLY, before, type->sizes[next]);
        if (status == RG_OK) {
            status = rg_size_combine(&after, job->context, RG_SIZE_MULTIPLY, after, sizes[next]);
        }
    }
    return status;
}

static rg_status reduce_tensor_type(rg_type *out, const reducing *job, rg_type type)
{
    rg_tensor_type tensor = rg_type_get_tensor(job->context, type);
    rg_size sizes[RG_TENSOR_MAX_RANK];
    rg_size strides[RG_TENSOR_MAX_RANK];
    rg_status status = tensor.rank <= RG_TENSOR_MAX_RANK ? RG_OK : refused;
    for (uint32_t i = 0; i < tensor.rank && status == RG_OK; i++) {
        status = reduce_size(&sizes[i], job, tensor.sizes[i]);
    }
    if (status == RG_OK && tensor.strides != NULL) {
        status = reduce_strides(strides, job, &tensor, sizes);
        tensor.strides = strides;
    }
    tensor.sizes = sizes;
    return status == RG_OK ? rg_type_from_tensor(out, job->context, &tensor) : status;
}

/* Types of tuples are left: nodes have them from inference. */
static rg_status reduce_type(rg_type *out, const reducing *job, rg_type type)
{
    rg_size size;
    rg_status status = RG_OK;
    *out = type;
    switch (rg_type_get_kind(job->context, type)) {
    case RG_TYPE_TENSOR:
        return reduce_tensor_type(out, job, type);
    case RG_TYPE_SIZE:
        status = reduce_size(&size, job, rg_type_get_size(job->context, type));
        return status == RG_OK ? rg_type_from_size(out, job->context, size) : status;
    default:
        return RG_OK;
    }
}

/* ---- arguments ---- */

/* Depth is bounded by that of values. */
static rg_status reduce_value(rg_value *out, const reducing *job, rg_value value)
{
    rg_value_kind kind = rg_value_get_kind(value);
    size_t count = rg_value_count(job->context, job->copy, value);
    int64_t number = 0;
    rg_size size;
    *out = value;
    if (kind == RG_VALUE_INT && rg_value_as_int(job->context, value, &number)) {
        return rg_value_int(out, job->context, reduce_integer(job->how, number));
    }
    if (kind == RG_VALUE_SIZE) {
        rg_status status = reduce_size(&size, job, rg_value_as_size(value));
        *out = rg_value_size(size);
        return status;
    }
    if (count == 0) {
        return RG_OK;
    }
    rg_value *items = count <= MAX_VALUE_ITEMS ? rg__allocate(&job->context->allocator, count * sizeof(*items)) : NULL;
    if (items == NULL) {
        return count <= MAX_VALUE_ITEMS ? rg__report_memory(job->context) : refused;
    }
    bool changed = false;
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_value item = rg_value_item(job->context, job->copy, value, i);
        status = reduce_value(&items[i], job, item);
        changed = changed || items[i].bits != item.bits;
    }
    if (status == RG_OK && changed) {
        status = rg_value_items(out, job->context, job->copy, kind, items, count);
    }
    rg__free(&job->context->allocator, items, count * sizeof(*items));
    return status;
}

static const rg_schema_argument *schema_argument(const rg_schema *schema, size_t position, rg_string name)
{
    for (uint32_t i = 0; i < schema->argument_count; i++) {
        if (name.size != 0 ? rg_string_equal(schema->arguments[i].name, name) : i == position) {
            return &schema->arguments[i];
        }
    }
    return NULL;
}

/* Numbers that are no sizes: what tensors are computed with (a Scalar, but for the bounds of a range), and which item
 * of a tuple is meant. */
static bool stays(const reducing *job, rg_node node, size_t index)
{
    rg_string op = rg_op_name(job->context, rg_node_op(job->copy, node));
    const rg_schema *schema = rg__op_descriptor(job->context, rg__node_schema_op(job->copy, node.id))->schema;
    const rg_schema_argument *argument =
        schema == NULL ? NULL : schema_argument(schema, index, rg_node_argument_name(job->copy, node, index));
    if (rg_string_equal(op, rg_string_from("operator.getitem"))) {
        return true;
    }
    bool range = op.size > 11 && memcmp(op.data, "aten.arange", 11) == 0;
    return argument != NULL && argument->type.size >= 6 && !range &&
           (memcmp(argument->type.data, "Scalar", 6) == 0 || memcmp(argument->type.data, "Tensor", 6) == 0);
}

/* ---- graphs ---- */

/* Is the type inferred for the copy the renamed one? Strides follow from the inputs and are not asked for. */
static bool has_sizes(const reducing *job, rg_type inferred, rg_type renamed)
{
    rg_tensor_type a = rg_type_get_tensor(job->context, inferred);
    rg_tensor_type b = rg_type_get_tensor(job->context, renamed);
    rg_type_kind kind = rg_type_get_kind(job->context, renamed);
    if (kind == RG_TYPE_SIZE && rg_type_get_kind(job->context, inferred) == RG_TYPE_SIZE) {
        return rg_size_equal(job->context, rg_type_get_size(job->context, inferred),
                             rg_type_get_size(job->context, renamed)) != RG_NO;
    }
    if (kind != RG_TYPE_TENSOR) {
        return true;
    }
    bool same = a.rank == b.rank && a.dtype == b.dtype;
    for (uint32_t i = 0; i < b.rank && same; i++) {
        same = rg_size_equal(job->context, a.sizes[i], b.sizes[i]) != RG_NO;
    }
    return same;
}

/* Where a pass left an annotation that does not fit the call, the call is what counts. */
static bool has_sizes_of_call(const reducing *job, rg_node node, rg_type inferred)
{
    rg_type type = {0};
    return rg_node_infer(&type, job->original, node) == RG_OK && !rg_type_is_null(type) &&
           reduce_type(&type, job, type) == RG_OK && has_sizes(job, inferred, type);
}

/* Attention that is given no scale takes it from the size of its heads, while written out it stands there as a number:
 * heads stay as they are then. */
static bool takes_scale_from_sizes(const reducing *job, rg_node node)
{
    const rg_schema *schema = rg__op_descriptor(job->context, rg__node_schema_op(job->original, node.id))->schema;
    rg_node query = rg_value_as_node(rg_node_schema_argument(job->original, node, 0));
    for (uint32_t i = 0; schema != NULL && i < schema->argument_count && !rg_node_is_null(query); i++) {
        rg_value_kind kind = rg_value_get_kind(rg_node_schema_argument(job->original, node, i));
        if (rg_string_equal(schema->arguments[i].name, rg_string_from("scale")) &&
            rg_string_equal(schema->arguments[i].type, rg_string_from("float?")) &&
            (kind == RG_VALUE_NONE || kind == RG_VALUE_MISSING)) {
            rg_tensor_type before = rg_type_get_tensor(job->context, rg_node_type(job->original, query));
            rg_tensor_type after = rg_type_get_tensor(job->context, rg_node_type(job->copy, query));
            return before.rank == 0 || after.rank != before.rank ||
                   !rg_size_same(before.sizes[before.rank - 1], after.sizes[before.rank - 1]);
        }
    }
    return false;
}

static rg_status reduce_node(const reducing *job, rg_node node)
{
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_node_argument_count(job->copy, node) && status == RG_OK; i++) {
        rg_value value = rg_node_argument(job->copy, node, i);
        rg_value reduced = value;
        status = stays(job, node, i) ? RG_OK : reduce_value(&reduced, job, value);
        if (status == RG_OK && reduced.bits != value.bits) {
            status = rg_graph_set_argument(job->copy, node, i, reduced);
        }
    }
    rg_op_kind kind = rg_node_kind(job->copy, node);
    rg_type annotated = rg_node_type(job->original, node);
    rg_type renamed = annotated;
    if (status == RG_OK) {
        status = reduce_type(&renamed, job, annotated);
    }
    if (status != RG_OK) {
        return status;
    }
    rg_graph_set_type(job->copy, node, renamed);
    if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_GET_ATTR || kind == RG_OP_OUTPUT) {
        return RG_OK;
    }
    rg_type inferred = {0};
    status = takes_scale_from_sizes(job, node) ? refused : rg_node_infer(&inferred, job->copy, node);
    if (status != RG_OK) {
        return status;
    }
    if (rg_type_is_null(inferred)) {
        return rg_type_is_null(annotated) ? RG_OK : refused;
    }
    rg_graph_set_type(job->copy, node, inferred);
    return has_sizes(job, inferred, renamed) || has_sizes_of_call(job, node, inferred) ? RG_OK : refused;
}

/* Submodules first: calls of them ask for their types. Depth is bounded by that of submodules. */
static rg_status reduce_nodes(rg_graph *copy, rg_graph *original, const rg_reduction *how)
{
    reducing job = {rg_graph_context(copy), original, copy, how};
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_graph_child_count(copy) && status == RG_OK; i++) {
        status = reduce_nodes(rg_graph_child(copy, i), rg_graph_child(original, i), how);
    }
    for (rg_node node = rg_graph_first(copy); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(copy, node)) {
        status = reduce_node(&job, node);
    }
    return status;
}

/* The copies, or none and how->from 0 where the reduction does not suit one of the graphs. */
static rg_status try_reduction(rg_graph **out, rg_graph *const *graphs, size_t count, rg_reduction *how)
{
    rg_context *context = rg_graph_context(graphs[0]);
    uint32_t diagnostics = context->diagnostics.count;
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = rg_graph_clone(&out[i], graphs[i]);
        if (status == RG_OK) {
            status = reduce_nodes(out[i], graphs[i], how);
        }
    }
    for (size_t i = 0; i < count && status != RG_OK; i++) {
        rg_graph_destroy(out[i]);
        out[i] = NULL;
    }
    if (status == RG_OK || status == RG_ERROR_MEMORY) {
        return status;
    }
    context->diagnostics.count = diagnostics;
    how->from = 0;
    return RG_OK;
}

/* ---- which ---- */

/* How many elements all tensors would have. */
static double estimate(const rg_graph *graph, const rg_reduction *how)
{
    rg_context *context = rg_graph_context(graph);
    double total = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_tensor_type tensor = rg_type_get_tensor(context, rg_node_type(graph, node));
        double elements = 1;
        for (uint32_t i = 0; i < tensor.rank; i++) {
            int64_t size = 0;
            bool known = rg_size_as_int(context, tensor.sizes[i], &size);
            elements *= (double)(known ? reduce_integer(how, size) : SYMBOL_ESTIMATE);
        }
        total += elements;
    }
    return total;
}

typedef struct candidate {
    rg_reduction how;
    double elements;
} candidate;

/* Behind those of as many elements, or fewer. */
static void insert_candidate(candidate *out, size_t count, const candidate *next)
{
    size_t at = count;
    while (at > 0 && next->elements < out[at - 1].elements) {
        at--;
    }
    memmove(out + at + 1, out + at, (count - at) * sizeof(*out));
    out[at] = *next;
}

/* In order of their elements; those that make nothing smaller are left out. Returns how many. */
static size_t list_candidates(candidate *out, const rg_graph *graph)
{
    static const int64_t units[] = {8, 16, 32, 64, 128, 256, 24, 48, 96, 192};
    static const rg_reduction same = {1, 1, 0};
    double all = estimate(graph, &same);
    size_t count = 0;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        for (int64_t to = 4; to * 2 <= units[i]; to *= 2) {
            for (int64_t rest = 0; rest <= MAX_REST; rest++) {
                candidate next = {{units[i], to, rest}, 0};
                next.elements = estimate(graph, &next.how);
                if (next.elements < all) {
                    insert_candidate(out, count++, &next);
                }
            }
        }
    }
    return count;
}

static bool same_reduction(const rg_reduction *a, const rg_reduction *b)
{
    return a->from == b->from && a->to == b->to && a->rest == b->rest;
}

rg_status rg_graphs_reduce(rg_graph **out, rg_graph *const *graphs, size_t count, rg_reduction *how)
{
    enum { MAX_CANDIDATES = 256 };
    candidate candidates[MAX_CANDIDATES];
    rg_reduction after = *how;
    size_t candidate_count = count == 0 ? 0 : list_candidates(candidates, graphs[0]);
    size_t next = 0;
    rg_status status = RG_OK;
    for (size_t i = 0; i < candidate_count && after.from != 0; i++) {
        next = same_reduction(&candidates[i].how, &after) ? i + 1 : next;
    }
    *how = (rg_reduction){0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        out[i] = NULL;
    }
    for (size_t i = next; i < candidate_count && how->from == 0 && status == RG_OK; i++) {
        *how = candidates[i].how;
        status = try_reduction(out, graphs, count, how);
    }
    if (how->from == 0 || status != RG_OK) {
        *how = (rg_reduction){0, 0, 0};
    }
    return status;
}

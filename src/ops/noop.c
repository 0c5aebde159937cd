/*
 * noop.c: see noop.h. Equality of sizes is provable equality: "perhaps equal" is not equal.
 */
#include "ops/noop.h"

#include "ir/context_impl.h"
#include "ir/graph_alias.h"
#include "ops/op_rows.h"

enum { MAX_NESTING = 3 }; /* pairs that cancel inside of pairs that do */

rg_node rg__noop_data(const rg_graph *graph, rg_node node)
{
    bool may_be_noop = (rg__node_traits(graph, node) & RG_TRAITS_TRANSPARENT) != 0;
    return may_be_noop ? rg_value_as_node(rg_node_schema_argument(graph, node, 0)) : (rg_node){0};
}

/* ---- sizes ---- */

rg_status rg__decide_same_sizes(bool *out, const rg_graph *graph, rg_node a, rg_node b)
{
    rg_context *context = rg_graph_context(graph);
    rg_type type_a = rg_node_type(graph, a);
    rg_type type_b = rg_node_type(graph, b);
    rg_tensor_type tensor_a = rg_type_get_tensor(context, type_a);
    rg_tensor_type tensor_b = rg_type_get_tensor(context, type_b);
    *out = rg_type_get_kind(context, type_a) == RG_TYPE_TENSOR && rg_type_get_kind(context, type_b) == RG_TYPE_TENSOR &&
           tensor_a.rank == tensor_b.rank;
    for (uint32_t i = 0; *out && i < tensor_a.rank; i++) {
        rg_truth answer = RG_YES;
        if (!rg_size_same(tensor_a.sizes[i], tensor_b.sizes[i]) &&
            rg__size_decide(&answer, context, RG_SIZE_EQUAL, tensor_a.sizes[i], tensor_b.sizes[i]) != RG_OK) {
            return rg__report_memory(context);
        }
        *out = answer == RG_YES;
    }
    return RG_OK;
}

/* ---- permutations ---- */

/* A call that orders dimensions anew, and what its arguments are. */
typedef bool (*permutation_function)(uint8_t *dims, uint32_t rank, const rg_graph *graph, rg_node node);

static bool read_dim(uint32_t *out, const rg_graph *graph, rg_value value, uint32_t rank)
{
    int64_t dim = 0;
    if (!rg_value_as_int(rg_graph_context(graph), value, &dim)) {
        return false;
    }
    dim += dim < 0 ? (int64_t)rank : 0;
    *out = (uint32_t)dim;
    return dim >= 0 && dim < (int64_t)rank;
}

static bool permutation_of_permute(uint8_t *dims, uint32_t rank, const rg_graph *graph, rg_node node)
{
    rg_value list = rg_node_schema_argument(graph, node, 1);
    rg_value_kind kind = rg_value_get_kind(list);
    if ((kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE) ||
        rg_value_count(rg_graph_context(graph), graph, list) != rank) {
        return false;
    }
    for (uint32_t i = 0; i < rank; i++) {
        uint32_t dim = 0;
        if (!read_dim(&dim, graph, rg_value_item(rg_graph_context(graph), graph, list, i), rank)) {
            return false;
        }
        dims[i] = (uint8_t)dim;
    }
    return true;
}

static bool permutation_of_transpose(uint8_t *dims, uint32_t rank, const rg_graph *graph, rg_node node)
{
    uint32_t a = 0;
    uint32_t b = 0;
    if (rank == 0) {
        return true;
    }
    if (!read_dim(&a, graph, rg_node_schema_argument(graph, node, 1), rank) ||
        !read_dim(&b, graph, rg_node_schema_argument(graph, node, 2), rank)) {
        return false;
    }
    dims[a] = (uint8_t)b;
    dims[b] = (uint8_t)a;
    return true;
}

static bool permutation_of_reverse(uint8_t *dims, uint32_t rank, const rg_graph *graph, rg_node node)
{
    (void)graph;
    (void)node;
    for (uint32_t i = 0; i < rank; i++) {
        dims[i] = (uint8_t)(rank - 1 - i);
    }
    return true;
}

static bool permutation_of_matrix(uint8_t *dims, uint32_t rank, const rg_graph *graph, rg_node node)
{
    (void)graph;
    (void)node;
    if (rank < 2) {
        return false;
    }
    dims[rank - 1] = (uint8_t)(rank - 2);
    dims[rank - 2] = (uint8_t)(rank - 1);
    return true;
}

/* What an op's arguments say about the order goes with how it infers its result. */
static permutation_function find_permutation(const rg_op_descriptor *op)
{
    static const struct {
        rg_infer_row_function infer;
        permutation_function permutation;
    } functions[] = {
        {rg__op_permute, permutation_of_permute},
        {rg__op_transpose, permutation_of_transpose},
        {rg__op_reverse_dimensions, permutation_of_reverse},
        {rg__op_matrix_transpose, permutation_of_matrix},
    };
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]) && op->row != NULL; i++) {
        if (op->row->infer == functions[i].infer) {
            return functions[i].permutation;
        }
    }
    return NULL;
}

bool rg__node_permutation(uint8_t dims[RG_MAX_RANK], uint32_t *rank, rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_node data = rg__noop_data(graph, node);
    permutation_function permutation = find_permutation(rg__op_descriptor(context, rg_node_op(graph, node)));
    if (rg_node_is_null(data) || permutation == NULL) {
        return false;
    }
    rg_type type = rg_node_type(graph, data);
    if (rg_type_get_kind(context, type) == RG_TYPE_TENSOR) {
        *rank = rg_type_get_tensor(context, type).rank;
    } else if (permutation == permutation_of_permute) {
        *rank = (uint32_t)rg_value_count(context, graph, rg_node_schema_argument(graph, node, 1));
    } else {
        return false;
    }
    for (uint32_t i = 0; i < *rank && i < RG_MAX_RANK; i++) {
        dims[i] = (uint8_t)i;
    }
    return *rank <= RG_MAX_RANK && permutation(dims, *rank, graph, node);
}

/* Does `outer` undo `inner`? With inner null: does it keep the order? */
static bool permutes_back(rg_graph *graph, rg_node outer, rg_node inner)
{
    uint8_t outer_dims[RG_MAX_RANK];
    uint8_t inner_dims[RG_MAX_RANK];
    uint32_t rank = 0;
    uint32_t inner_rank = 0;
    if (!rg__node_permutation(outer_dims, &rank, graph, outer) ||
        (!rg_node_is_null(inner) &&
         (!rg__node_permutation(inner_dims, &inner_rank, graph, inner) || inner_rank != rank))) {
        return false;
    }
    for (uint32_t i = 0; i < rank; i++) {
        uint32_t dim = rg_node_is_null(inner) ? outer_dims[i] : inner_dims[outer_dims[i]];
        if (dim != i) {
            return false;
        }
    }
    return true;
}

/* ---- casts ---- */

static rg_dtype dtype_of(const rg_graph *graph, rg_node node)
{
    return rg_type_get_tensor(rg_graph_context(graph), rg_node_type(graph, node)).dtype;
}

static rg_device device_of(const rg_graph *graph, rg_node node)
{
    return rg_type_get_tensor(rg_graph_context(graph), rg_node_type(graph, node)).device;
}

/* Could the call move its data or change its layout? An argument that names a device, or another tensor, says so. */
static bool may_move(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    const rg_schema *schema = rg__op_descriptor(context, rg_node_op(graph, node))->schema;
    for (uint32_t i = 1; schema != NULL && i < schema->argument_count; i++) {
        rg_value_kind kind = rg_value_get_kind(rg_node_schema_argument(graph, node, i));
        if (kind == RG_VALUE_DEVICE || kind == RG_VALUE_NODE) {
            return true;
        }
    }
    return false;
}

static bool keeps_layout(const rg_graph *graph, rg_node node)
{
    rg_context *context = rg_graph_context(graph);
    const rg_schema *schema = rg__op_descriptor(context, rg_node_op(graph, node))->schema;
    for (uint32_t i = 1; schema != NULL && i < schema->argument_count; i++) {
        rg_value value = rg_node_schema_argument(graph, node, i);
        if (rg_value_get_kind(value) == RG_VALUE_LAYOUT &&
            !rg_string_equal(rg_value_as_text(context, value), rg_string_from("strided"))) {
            return false;
        }
    }
    return true;
}

static bool same_place(const rg_graph *graph, rg_node node, rg_node data)
{
    rg_device a = device_of(graph, node);
    rg_device b = device_of(graph, data);
    return !may_move(graph, node) ||
           (a.kind != NULL && b.kind != NULL && strcmp(a.kind, b.kind) == 0 && a.index == b.index);
}

/* Bits of precision, and bounds of the exponent, of the floating dtypes that hold every value of one another. */
typedef struct float_form {
    rg_dtype dtype;
    int precision;
    int lowest; /* exponent of the smallest subnormal */
    int highest;
} float_form;

static const float_form *find_float(rg_dtype dtype)
{
    static const float_form forms[] = {
        {RG_DTYPE_F16, 11, -24, 15},
        {RG_DTYPE_BF16, 8, -133, 127},
        {RG_DTYPE_F32, 24, -149, 127},
        {RG_DTYPE_F64, 53, -1074, 1023},
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (forms[i].dtype == dtype) {
            return &forms[i];
        }
    }
    return NULL;
}

/* Bits of an integer dtype and whether it is signed; 0 bits for others. */
static int integer_bits(rg_dtype dtype, bool *is_signed)
{
    static const struct {
        rg_dtype dtype;
        int bits;
        bool is_signed;
    } forms[] = {
        {RG_DTYPE_BOOL, 1, false}, {RG_DTYPE_U8, 8, false},  {RG_DTYPE_I8, 7, true},
        {RG_DTYPE_I16, 15, true},  {RG_DTYPE_I32, 31, true}, {RG_DTYPE_I64, 63, true},
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (forms[i].dtype == dtype) {
            *is_signed = forms[i].is_signed;
            return forms[i].bits;
        }
    }
    return 0;
}

/* Is every value of dtype `a` also one of dtype `b`, so that a cast there and back changes nothing? */
static bool holds_all(rg_dtype b, rg_dtype a)
{
    const float_form *float_a = find_float(a);
    const float_form *float_b = find_float(b);
    bool signed_a = false;
    bool signed_b = false;
    int bits_a = integer_bits(a, &signed_a);
    int bits_b = integer_bits(b, &signed_b);
    if (float_a != NULL && float_b != NULL) {
        return float_a->precision <= float_b->precision && float_a->lowest >= float_b->lowest &&
               float_a->highest <= float_b->highest;
    }
    if (bits_a != 0 && bits_b != 0) {
        return bits_a <= bits_b && (signed_b || !signed_a);
    }
    return bits_a != 0 && float_b != NULL && bits_a <= float_b->precision && bits_a <= float_b->highest;
}

/* ---- one node ---- */

static bool same_dtype(const rg_graph *graph, rg_node a, rg_node b)
{
    return dtype_of(graph, a) != RG_DTYPE_NONE && dtype_of(graph, a) == dtype_of(graph, b);
}

/* Is the node's value provably its data's? */
static rg_status changes_nothing(bool *out, rg_graph *graph, rg_node node, rg_node data)
{
    uint32_t traits = rg__node_traits(graph, node);
    if ((traits & RG_TRAIT_COPIES) != 0) {
        *out = true;
        return RG_OK;
    }
    if ((traits & RG_TRAIT_PERMUTES) != 0) {
        *out = permutes_back(graph, node, (rg_node){0});
        return RG_OK;
    }
    if ((traits & RG_TRAIT_CASTS) != 0) {
        *out = same_dtype(graph, node, data) && same_place(graph, node, data) && keeps_layout(graph, node);
        return RG_OK;
    }
    return rg__decide_same_sizes(out, graph, node, data);
}

/* Does `outer` take back what `inner` does to its data? Both have the trait; in between nothing is changed. */
static rg_status takes_back(bool *out, rg_graph *graph, rg_node outer, rg_node inner, rg_node data, uint32_t trait)
{
    *out = false;
    if (trait == RG_TRAIT_PERMUTES) {
        *out = permutes_back(graph, outer, inner);
    } else if (trait == RG_TRAIT_CASTS) {
        *out = same_dtype(graph, outer, data) && holds_all(dtype_of(graph, inner), dtype_of(graph, data)) &&
               same_place(graph, outer, inner) && same_place(graph, inner, data) && keeps_layout(graph, outer) &&
               keeps_layout(graph, inner);
    } else if (trait == RG_TRAIT_RESHAPES) {
        return rg__decide_same_sizes(out, graph, outer, data);
    }
    return RG_OK;
}

static rg_status find_source(rg_node *out, rg_graph *graph, rg_node node, uint32_t depth);

/*
 * Look below `node` for one that it takes back: through nodes that change nothing, and, since a chain of reshapes is
 * one reshape, through reshapes. Recursion: one level for each pair inside a pair, `depth` of them at most.
 */
static rg_status find_taken_back(rg_node *out, rg_graph *graph, rg_node node, rg_node data, uint32_t depth)
{
    static const uint32_t pairs = RG_TRAIT_PERMUTES | RG_TRAIT_CASTS | RG_TRAIT_RESHAPES;
    uint32_t trait = rg__node_traits(graph, node) & pairs;
    rg_status status = RG_OK;
    bool goes_on = trait != 0;
    *out = (rg_node){0};
    for (rg_node inner = data; goes_on && status == RG_OK; inner = data) {
        bool found = false;
        data = rg__noop_data(graph, inner);
        if (rg_node_is_null(data)) {
            break;
        }
        bool is_pair = (rg__node_traits(graph, inner) & trait) != 0;
        if (is_pair) {
            status = takes_back(&found, graph, node, inner, data, trait);
        }
        if (found) {
            *out = data;
            break;
        }
        goes_on = is_pair && trait == RG_TRAIT_RESHAPES;
        if (status == RG_OK && !goes_on) {
            status = find_source(&data, graph, inner, depth);
            goes_on = !rg_node_is_null(data);
        }
    }
    return status;
}

static rg_status find_source(rg_node *out, rg_graph *graph, rg_node node, uint32_t depth)
{
    bool is_noop = false;
    rg_node data = rg__noop_data(graph, node);
    *out = (rg_node){0};
    if (rg_node_is_null(data)) {
        return RG_OK;
    }
    rg_status status = changes_nothing(&is_noop, graph, node, data);
    if (status == RG_OK && is_noop) {
        *out = data;
        return RG_OK;
    }
    return status == RG_OK && depth > 0 ? find_taken_back(out, graph, node, data, depth - 1) : status;
}

rg_status rg__noop_source(rg_node *out, rg_graph *graph, rg_node node)
{
    return find_source(out, graph, node, MAX_NESTING);
}

/* ---- memory ---- */

/* Look at the readers of one node: true when one of them writes it; those that are made of it are added. */
static bool is_written_by_reader(bool *done, rg_alias_set *set, const rg_graph *graph, rg_node node)
{
    size_t count = rg_node_use_count(graph, node);
    for (size_t i = 0; i < count && *done; i++) {
        rg_use use = rg_node_use(graph, node, i);
        if (rg__use_writes(graph, use)) {
            return true;
        }
        if (rg__use_aliases(graph, use) || rg_node_same(rg__noop_data(graph, use.user), node)) {
            *done = rg__alias_add(set, graph, use.user);
        }
    }
    return false;
}

rg_status rg__written_memory(bool *out, const rg_graph *graph, rg_node node)
{
    rg_alias_set set = {0};
    bool done = true;
    *out = false;
    if (rg__graph_lacks_traits(graph, RG_TRAIT_MUTATES | RG_TRAIT_INPLACE_VIEW)) {
        return RG_OK;
    }
    for (rg_node data = node; !rg_node_is_null(data) && done; data = rg__noop_data(graph, data)) {
        done = rg__alias_add_origins(&set, graph, data);
    }
    for (uint32_t i = 0; i < set.nodes.count && done && !*out; i++) {
        *out = is_written_by_reader(&done, &set, graph, (rg_node){set.nodes.items[i]});
    }
    rg__alias_set_free(&set, graph);
    return done ? RG_OK : rg__report_memory(rg_graph_context(graph));
}

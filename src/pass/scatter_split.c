/*
 * scatter_split.c: rotated queries and keys that are scattered back into the tensor they were split from, which is then
 * split again, are used as they are.
 *
 * The counterpart of vLLM's ScatterSplitReplacementPass (spec: vllm-passes 6.14). For each functionalised rotary
 * embedding of two parts of one split:
 *
 *     s = split(qkv); a = rotary(query=s[0], key=s[1])
 *     c1 = slice_scatter(qkv, a[1], ...); c2 = slice_scatter(c1, a[2], ...); s2 = split(c2)
 *
 * readers of s2[0], s2[1] and s2[i] read a[1], a[2] and s[i]; s2, c2 and c1 go. vLLM takes the places of the scatters
 * and the sizes of the second split on trust; here they must be those of the first split, unless the configuration says
 * `compatible`. Requires a functional graph; the order stays true.
 */
#include "ir/context_impl.h"
#include "pass/walk_nodes.h"

/* Arguments of slice_scatter and of split_with_sizes. */
enum { SCATTER_BASE, SCATTER_SOURCE, SCATTER_DIM, SCATTER_START, SCATTER_END, SCATTER_STEP };
enum { SPLIT_INPUT, SPLIT_SIZES, SPLIT_DIM };

typedef struct rotary_site {
    rg_node first_split;
    rg_node base;       /* what it splits: qkv */
    rg_node rotated[2]; /* a[1], a[2] */
    int64_t parts[2];   /* which parts of the split query and key are: 0 and 1 where vLLM's models write it */
    rg_node scatters[2];
    rg_node second_split;
} rotary_site;

typedef struct site_ops {
    rg_op rotary;
    rg_op split;
    rg_op scatter;
} site_ops;

static rg_node node_argument(const rg_graph *graph, rg_node node, size_t index)
{
    return rg_value_as_node(rg_node_schema_argument(graph, node, index));
}

/* The only user, if it calls `op`; else null. */
static rg_node only_user(const rg_graph *graph, rg_node node, rg_op op)
{
    rg_node user = rg_node_user_count(graph, node) == 1 ? rg_node_use(graph, node, 0).user : (rg_node){0};
    return rg__calls(graph, user, op) ? user : (rg_node){0};
}

/* ---- finding ---- */

static bool find_split(rotary_site *site, const rg_graph *graph, rg_node call, const site_ops *ops)
{
    static const char *const names[] = {"query", "key"};
    rg_node splits[2];
    for (size_t i = 0; i < 2; i++) {
        rg_node part = rg_value_as_node(rg_node_keyword(graph, call, rg_string_from(names[i])));
        if (!rg__is_item(graph, part, &splits[i], &site->parts[i]) || !rg__calls(graph, splits[i], ops->split)) {
            return false;
        }
        site->rotated[i] = rg__find_item(graph, call, (int64_t)i + 1);
    }
    site->first_split = splits[0];
    site->base = node_argument(graph, splits[0], SPLIT_INPUT);
    return rg_node_same(splits[0], splits[1]) && site->parts[0] == 0 && site->parts[1] == 1 &&
           !rg_node_is_null(site->base) && !rg_node_is_null(site->rotated[0]) && !rg_node_is_null(site->rotated[1]);
}

/* qkv <- c1 <- c2 -> s2, each with no other reader. */
static bool find_scatters(rotary_site *site, const rg_graph *graph, const site_ops *ops)
{
    rg_node base = site->base;
    for (size_t i = 0; i < 2; i++) {
        rg_node scatter = only_user(graph, site->rotated[i], ops->scatter);
        if (rg_node_is_null(scatter) || !rg_node_same(node_argument(graph, scatter, SCATTER_BASE), base) ||
            !rg_node_same(node_argument(graph, scatter, SCATTER_SOURCE), site->rotated[i])) {
            return false;
        }
        site->scatters[i] = base = scatter;
    }
    site->second_split = only_user(graph, site->scatters[1], ops->split);
    return rg_node_user_count(graph, site->scatters[0]) == 1 && !rg_node_is_null(site->second_split) &&
           rg__has_only_items(graph, site->second_split);
}

/* ---- checking what vLLM trusts ---- */

/* The sizes of a split as integers, up to the one behind the key's. */
static bool part_size(int64_t *out, const rg_graph *graph, rg_node split, size_t index)
{
    const rg_context *context = rg_graph_context(graph);
    rg_value sizes = rg_node_schema_argument(graph, split, SPLIT_SIZES);
    return index < rg_value_count(context, graph, sizes) &&
           rg_value_as_int(context, rg_value_item(context, graph, sizes, index), out);
}

static bool is_number(const rg_context *context, rg_value value, int64_t number)
{
    int64_t given = 0;
    return rg_value_as_int(context, value, &given) && given == number;
}

/* Does the scatter write just the part from `start`, `size` long, along the dimension of the split? */
static rg_status writes_part(bool *out, rg_graph *graph, rg_node scatter, rg_value dim, int64_t start, int64_t size)
{
    static const size_t indices[] = {SCATTER_DIM, SCATTER_START, SCATTER_END, SCATTER_STEP};
    const rg_context *context = rg_graph_context(graph);
    rg_value values[4];
    rg_status status = RG_OK;
    for (size_t i = 0; i < 4 && status == RG_OK; i++) {
        status = rg__normal_argument(&values[i], graph, scatter, indices[i]);
    }
    if (status == RG_OK) {
        *out =
            rg_value_equal(context, graph, values[0], dim) &&
            (is_number(context, values[1], start) || (start == 0 && rg_value_get_kind(values[1]) == RG_VALUE_NONE)) &&
            is_number(context, values[2], start + size) && is_number(context, values[3], 1);
    }
    return status;
}

static rg_status is_sound(bool *out, rg_graph *graph, const rotary_site *site)
{
    rg_value dim;
    int64_t start = 0;
    *out = true;
    rg_status status = rg__same_argument(out, graph, site->first_split, site->second_split, SPLIT_SIZES);
    if (status == RG_OK && *out) {
        status = rg__same_argument(out, graph, site->first_split, site->second_split, SPLIT_DIM);
    }
    if (status == RG_OK) {
        status = rg__normal_argument(&dim, graph, site->first_split, SPLIT_DIM);
    }
    for (size_t i = 0; i < 2 && status == RG_OK && *out; i++) {
        int64_t size = 0;
        *out = part_size(&size, graph, site->first_split, i);
        if (*out) {
            status = writes_part(out, graph, site->scatters[i], dim, start, size);
        }
        start += size;
    }
    return status;
}

/* ---- replacing ---- */

/* What part `index` of the second split is: rotated, or a part of the first split, which may have to be taken. */
static rg_status part_of_first(rg_value *out, rg_graph *graph, const rotary_site *site, rg_node item, int64_t index)
{
    rg_context *context = rg_graph_context(graph);
    rg_node part = index < 2 ? site->rotated[index] : rg__find_item(graph, site->first_split, index);
    rg_status status = RG_OK;
    if (rg_node_is_null(part)) {
        rg_argument arguments[2] = {{.value = rg_value_node(site->first_split)}, {.value = rg_value_missing()}};
        rg_node_description description = RG_NODE_DESCRIPTION_INIT;
        status = rg_value_int(&arguments[1].value, context, index);
        description.op = rg_node_op(graph, item);
        description.arguments = arguments;
        description.argument_count = 2;
        description.type = rg_node_type(graph, item);
        if (status == RG_OK) {
            status = rg_graph_insert(&part, graph, rg_graph_next(graph, site->first_split), &description);
        }
    }
    *out = rg_value_node(part);
    return status;
}

static rg_status replace(rg_graph *graph, const rotary_site *site)
{
    rg_status status = RG_OK;
    while (rg_node_use_count(graph, site->second_split) > 0 && status == RG_OK) {
        rg_value value;
        rg_node source;
        int64_t index = 0;
        rg_node item = rg_node_use(graph, site->second_split, 0).user;
        (void)rg__is_item(graph, item, &source, &index);
        status = part_of_first(&value, graph, site, item, index);
        if (status == RG_OK) {
            status = rg__replace_and_erase(graph, item, value);
        }
    }
    const rg_node dead[] = {site->second_split, site->scatters[1], site->scatters[0]};
    for (size_t i = 0; i < 3 && status == RG_OK; i++) {
        status = rg_graph_erase(graph, dead[i]);
    }
    return status;
}

/* Negative indices would need the number of parts; nobody writes them. */
static bool has_plain_items(const rg_graph *graph, rg_node split)
{
    rg_node source;
    int64_t index = 0;
    for (size_t i = 0; i < rg_node_use_count(graph, split); i++) {
        if (!rg__is_item(graph, rg_node_use(graph, split, i).user, &source, &index) || index < 0) {
            return false;
        }
    }
    return true;
}

rg_status rg__scatter_split(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    const rg_context *context = rg_graph_context(graph);
    bool trusts = rg__config_flag(walk->manager->config, RG_CONFIG_KEY_compatible);
    site_ops ops = {
        .rotary = rg_context_find_op(context, rg_string_from("_C.rotary_embedding.default")),
        .split = rg_context_find_op(context, rg_string_from("aten.split_with_sizes.default")),
        .scatter = rg_context_find_op(context, rg_string_from("aten.slice_scatter.default")),
    };
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        rotary_site site;
        bool sound = trusts;
        if (rg_op_is_null(ops.rotary) || !rg_op_same(rg__wrapped_op(graph, node), ops.rotary) ||
            !find_split(&site, graph, node, &ops) || !find_scatters(&site, graph, &ops) ||
            !has_plain_items(graph, site.second_split)) {
            continue;
        }
        if (!trusts) {
            status = is_sound(&sound, graph, &site);
        }
        if (status == RG_OK && sound) {
            status = replace(graph, &site);
            walk->matched++;
        }
    }
    return status;
}

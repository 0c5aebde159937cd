/*
 * same_graph.c: comparing graphs node by node.
 */
#include "support/same_graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct comparison {
    const rg_graph *a;
    const rg_graph *b;
    rg_context *context;
    const same_graph_options *options;
    rg_node *partners; /* of b, by node id of a */
} comparison;

static rg_size replaced(const comparison *job, rg_size size)
{
    rg_size result = size;
    if (job->options->symbol_count > 0 && !rg_size_is_null(size)) {
        assert_int_equal(rg_size_substitute(&result, job->context, size, job->options->from, job->options->to,
                                            job->options->symbol_count),
                         RG_OK);
    }
    return result;
}

static bool same_device(rg_device a, rg_device b)
{
    return a.kind == b.kind && a.index == b.index;
}

static bool same_sizes(const comparison *job, const rg_size *a, const rg_size *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rg_size_equal(job->context, replaced(job, a[i]), b[i]) != RG_YES) {
            return false;
        }
    }
    return true;
}

static bool same_type(const comparison *job, rg_type a, rg_type b)
{
    rg_type_kind kind = rg_type_get_kind(job->context, a);
    if (kind == RG_TYPE_TUPLE) {
        return true; /* printed graphs do not say the types of tuples */
    }
    if (kind != rg_type_get_kind(job->context, b)) {
        return false;
    }
    if (kind != RG_TYPE_TENSOR) {
        return true;
    }
    rg_tensor_type left = rg_type_get_tensor(job->context, a);
    rg_tensor_type right = rg_type_get_tensor(job->context, b);
    return left.dtype == right.dtype && left.rank == right.rank &&
           same_sizes(job, left.sizes, right.sizes, left.rank) && (left.strides != NULL) == (right.strides != NULL) &&
           (left.strides == NULL || same_sizes(job, left.strides, right.strides, left.rank)) &&
           same_device(left.device, right.device);
}

static rg_size as_size(const comparison *job, rg_value value)
{
    int64_t number = 0;
    rg_size size = rg_value_as_size(value);
    if (rg_size_is_null(size) && rg_value_as_int(job->context, value, &number)) {
        assert_int_equal(rg_size_from_int(&size, job->context, number), RG_OK);
    }
    return size;
}

static bool same_value(const comparison *job, rg_value a, rg_value b)
{
    rg_value_kind kind = rg_value_get_kind(a);
    if (kind == RG_VALUE_SIZE) {
        rg_size size = as_size(job, b);
        rg_size own = rg_value_as_size(a);
        return !rg_size_is_null(size) && same_sizes(job, &own, &size, 1);
    }
    if (kind != rg_value_get_kind(b)) {
        return false;
    }
    if (kind == RG_VALUE_NODE) {
        return rg_node_same(job->partners[rg_value_as_node(a).id], rg_value_as_node(b));
    }
    if (kind == RG_VALUE_DEVICE) {
        return same_device(rg_value_as_device(job->context, a), rg_value_as_device(job->context, b));
    }
    if (kind != RG_VALUE_LIST && kind != RG_VALUE_TUPLE && kind != RG_VALUE_DICT && kind != RG_VALUE_SLICE) {
        return rg_value_equal(job->context, NULL, a, b);
    }
    size_t count = rg_value_count(job->context, job->a, a);
    if (count != rg_value_count(job->context, job->b, b)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!same_value(job, rg_value_item(job->context, job->a, a, i), rg_value_item(job->context, job->b, b, i))) {
            return false;
        }
    }
    return true;
}

static const char *difference(const comparison *job, rg_node a, rg_node b)
{
    size_t count = rg_node_argument_count(job->a, a);
    if (!rg_op_same(rg_node_op(job->a, a), rg_node_op(job->b, b))) {
        return "op";
    }
    if (count != rg_node_argument_count(job->b, b)) {
        return "number of arguments";
    }
    for (size_t i = 0; i < count; i++) {
        if (!rg_string_equal(rg_node_argument_name(job->a, a, i), rg_node_argument_name(job->b, b, i))) {
            return "argument name";
        }
        if (!same_value(job, rg_node_argument(job->a, a, i), rg_node_argument(job->b, b, i))) {
            return "argument";
        }
    }
    bool has_type = rg_node_kind(job->a, a) != RG_OP_OUTPUT;
    return has_type && !same_type(job, rg_node_type(job->a, a), rg_node_type(job->b, b)) ? "type" : NULL;
}

bool same_graph(const rg_graph *a, const rg_graph *b, const same_graph_options *options, char *why, size_t why_size)
{
    static const same_graph_options none = {0};
    rg_node left = rg_graph_first(a);
    rg_node right = rg_graph_first(b);
    uint32_t largest = 0;
    bool same = true;
    for (rg_node node = left; !rg_node_is_null(node); node = rg_graph_next(a, node)) {
        largest = node.id > largest ? node.id : largest;
    }
    comparison job = {a, b, rg_graph_context(a), options == NULL ? &none : options, NULL};
    job.partners = calloc(largest + 1, sizeof(rg_node));
    assert_non_null(job.partners);
    for (; same && !rg_node_is_null(left) && !rg_node_is_null(right);
         left = rg_graph_next(a, left), right = rg_graph_next(b, right)) {
        const char *what = difference(&job, left, right);
        job.partners[left.id] = right;
        if (what != NULL) {
            rg_string names[2] = {rg_node_name(a, left), rg_node_name(b, right)};
            snprintf(why, why_size, "%.*s and %.*s differ in their %s", (int)names[0].size, names[0].data,
                     (int)names[1].size, names[1].data, what);
            same = false;
        }
    }
    if (same && (!rg_node_is_null(left) || !rg_node_is_null(right))) {
        snprintf(why, why_size, "one graph has more nodes");
        same = false;
    }
    free(job.partners);
    return same;
}

char *read_test_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    if (file == NULL) {
        fail_msg("cannot read %s", path);
    }
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long end = ftell(file);
    assert_true(end >= 0);
    rewind(file);
    text = malloc((size_t)end + 1);
    assert_non_null(text);
    *size = fread(text, 1, (size_t)end, file);
    text[*size] = '\0';
    fclose(file);
    return text;
}

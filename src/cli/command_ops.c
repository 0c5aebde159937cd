/*
 * command_ops.c: `regraft ops`: the op table.
 */
#include <stdlib.h>

#include "cli/json_output.h"
#include "cli/output.h"

static const struct trait_row {
    uint32_t trait;
    const char *name;
} trait_rows[] = {
    {RG_TRAIT_PURE, "pure"},
    {RG_TRAIT_VIEW, "view"},
    {RG_TRAIT_COMMUTATIVE, "commutative"},
    {RG_TRAIT_ELEMENTWISE, "elementwise"},
    {RG_TRAIT_REDUCTION, "reduction"},
    {RG_TRAIT_RANDOM, "random"},
    {RG_TRAIT_EFFECT, "effect"},
    {RG_TRAIT_MUTATES, "mutates"},
    {RG_TRAIT_INPLACE_VIEW, "in-place view"},
    {RG_TRAIT_COLLECTIVE, "collective"},
    {RG_TRAIT_SHAPE_QUERY, "shape query"},
    {RG_TRAIT_COPIES, "copies"},
    {RG_TRAIT_RESHAPES, "reshapes"},
    {RG_TRAIT_PERMUTES, "permutes"},
    {RG_TRAIT_RESIZES, "resizes"},
    {RG_TRAIT_CASTS, "casts"},
};

static const size_t trait_row_count = sizeof(trait_rows) / sizeof(*trait_rows);

static rg_op op_at(size_t index)
{
    return (rg_op){(uint16_t)(index + 1)};
}

static bool contains(rg_string text, const char *part)
{
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= text.size; i++) {
        if (strncmp(text.data + i, part, size) == 0) {
            return true;
        }
    }
    return false;
}

static json_t *op_as_json(rg_context *context, rg_op op)
{
    json_t *entry = json_make_object();
    json_t *traits = json_make_array();
    for (size_t i = 0; i < trait_row_count; i++) {
        if (rg_op_traits(context, op) & trait_rows[i].trait) {
            json_add(traits, json_from(rg_string_from(trait_rows[i].name)));
        }
    }
    json_put(entry, "name", json_from(rg_op_name(context, op)));
    json_put(entry, "schema", json_from(rg_op_schema(context, op)));
    json_put(entry, "traits", traits);
    return entry;
}

/* "pure, view" */
static void print_traits(const rg_context *context, rg_op op)
{
    const char *separator = "";
    for (size_t i = 0; i < trait_row_count; i++) {
        if (rg_op_traits(context, op) & trait_rows[i].trait) {
            printf("%s%s", separator, trait_rows[i].name);
            separator = ", ";
        }
    }
}

/* Ops of the table in byte order of their names, so that the listing does not depend on the order of rows. */
static const rg_context *sorted_context; /* qsort hands no user pointer on */

static int compare_ops(const void *a, const void *b)
{
    rg_string left = rg_op_name(sorted_context, *(const rg_op *)a);
    rg_string right = rg_op_name(sorted_context, *(const rg_op *)b);
    return strcmp(left.data, right.data);
}

static size_t select_ops(rg_op *out, const cli_invocation *invocation)
{
    rg_context *context = invocation->context;
    size_t count = 0;
    for (size_t i = 0; i < rg_context_op_count(context); i++) {
        bool wanted = invocation->argument_count == 0;
        for (size_t j = 0; j < invocation->argument_count; j++) {
            wanted = wanted || contains(rg_op_name(context, op_at(i)), invocation->arguments[j]);
        }
        if (wanted && rg_op_has_schema(context, op_at(i))) {
            out[count++] = op_at(i);
        }
    }
    sorted_context = context;
    qsort(out, count, sizeof(*out), compare_ops);
    return count;
}

static int run_ops(cli_invocation *invocation)
{
    rg_context *context = invocation->context;
    rg_op *ops = allocate(rg_context_op_count(context) * sizeof(*ops));
    size_t count = select_ops(ops, invocation);
    json_t *listing = option_given(invocation, "json") ? json_make_array() : NULL;
    for (size_t i = 0; i < count; i++) {
        if (listing != NULL) {
            json_add(listing, op_as_json(context, ops[i]));
            continue;
        }
        rg_string schema = rg_op_schema(context, ops[i]);
        printf("%.*s\n    ", (int)schema.size, schema.data);
        print_traits(context, ops[i]);
        putchar('\n');
    }
    if (listing != NULL) {
        print_json(listing);
    }
    if (count == 0) {
        complain("no op has that in its name");
    }
    free(ops);
    return count > 0 ? EXIT_YES : EXIT_NO;
}

static const cli_option ops_options[] = {
    {"json", 0, NULL, "print the list as JSON"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_ops = {
    .name = "ops",
    .arguments = "[NAME...]",
    .min_arguments = 0,
    .max_arguments = SIZE_MAX,
    .summary = "list the ops that regraft knows, with schema and traits",
    .details =
        "Lists the ops whose schema is known, in order of their names: PyTorch's ATen and prims ops, higher-order "
        "ops, and those of vLLM. With NAME, those with NAME in their name ('mul', 'aten.mul', 'rms_norm'). Other "
        "ops may stand in graphs too; their calls are matched as they are written and their types are unknown.",
    .no_means = "no op has NAME in its name",
    .options = ops_options,
    .run = run_ops,
};

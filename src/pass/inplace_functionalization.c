/*
 * inplace_functionalization.c: IR calls that may work in place become calls that do not, and inputs of the graph that
 * they may overwrite are noted as donated.
 *
 * The counterpart of VllmIRInplaceFunctionalizationPass (spec: vllm-passes 6.17), which runs before the graph is traced
 * ahead of time and so is no part of the manager's run. What such a call may overwrite must not be read behind it; the
 * notes belong to the pass context and are read by clone_elimination.
 */
#include "ir/context_impl.h"
#include "pass/overwrite.h"
#include "pass/walk_nodes.h"

static bool starts_with(rg_string text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size > size && memcmp(text.data, prefix, size) == 0;
}

static bool ends_with(rg_string text, const char *end)
{
    size_t size = strlen(end);
    return text.size > size && memcmp(text.data + text.size - size, end, size) == 0;
}

static rg_status refuse(const rg_graph *graph, rg_node call, const char *why)
{
    rg_string name = rg_node_name(graph, call);
    return rg__report(rg_graph_context(graph), RG_ERROR_GRAPH, "'%.*s' %s", (int)name.size, name.data, why);
}

/* What may be overwritten must be free to be; an input is noted. */
static rg_status donate(rg_walk *walk, rg_node call, rg_node argument)
{
    const rg_graph *graph = walk->graph;
    for (size_t i = 0; i < rg_node_use_count(graph, argument); i++) {
        if (rg_graph_precedes(graph, call, rg_node_use(graph, argument, i).user)) {
            return refuse(graph, call, "may overwrite an argument that is read behind it");
        }
    }
    if (rg_node_kind(graph, argument) != RG_OP_PLACEHOLDER) {
        return RG_OK;
    }
    uint32_t place = 0;
    for (rg_node at = rg_graph_first(graph); !rg_node_same(at, argument); at = rg_graph_next(graph, at)) {
        place++;
    }
    return rg_pass_manager_donate(walk->manager, place);
}

static rg_status donate_written(rg_walk *walk, rg_node call)
{
    rg_context *context = rg_graph_context(walk->graph);
    rg_op op = rg_node_op(walk->graph, call);
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_op_argument_count(context, op) && status == RG_OK; i++) {
        rg_argument_info info;
        rg_node argument = rg_value_as_node(rg_node_schema_argument(walk->graph, call, i));
        status = rg_op_argument(&info, context, op, i);
        if (status == RG_OK && info.mutated && !rg_node_is_null(argument)) {
            status = donate(walk, call, argument);
        }
    }
    return status;
}

/* The same call of the default overload. */
static rg_status replace(rg_graph *graph, rg_node call)
{
    rg_context *context = rg_graph_context(graph);
    const rg_allocator *allocator = &context->allocator;
    size_t count = rg_node_argument_count(graph, call);
    rg_argument *arguments = rg__allocate(allocator, (count + 1) * sizeof(*arguments));
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_string name = rg_op_name(context, rg_node_op(graph, call));
    rg_buffer plain;
    rg_node made = {0};
    rg__buffer_init(&plain, allocator);
    rg__buffer_append_format(&plain, "%.*sdefault", (int)(name.size - strlen("maybe_inplace")), name.data);
    rg_status status = arguments == NULL || plain.failed ? rg__report_memory(context) : RG_OK;
    for (size_t i = 0; arguments != NULL && i < count; i++) {
        arguments[i] = (rg_argument){rg_node_argument_name(graph, call, i), rg_node_argument(graph, call, i)};
    }
    if (status == RG_OK) {
        status = rg_context_intern_op(&description.op, context, RG_OP_OVERLOAD, rg__buffer_string(&plain));
    }
    if (status == RG_OK) {
        description.arguments = arguments;
        description.argument_count = count;
        description.type = rg_node_type(graph, call);
        status = rg_graph_insert(&made, graph, call, &description);
    }
    rg__buffer_free(&plain);
    rg__free(allocator, arguments, (count + 1) * sizeof(*arguments));
    return status == RG_OK ? rg__replace_and_erase(graph, call, rg_value_node(made)) : status;
}

rg_status rg__inplace_functionalization(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    rg_status status = RG_OK;
    rg_node next;
    rg_pass_manager_clear_donated(walk->manager);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK; node = next) {
        rg_string name = rg_op_name(rg_graph_context(graph), rg_node_op(graph, node));
        next = rg_graph_next(graph, node);
        if (!starts_with(name, "vllm_ir.") || ends_with(name, ".default")) {
            continue;
        }
        status = ends_with(name, ".maybe_inplace") ? donate_written(walk, node)
                                                   : refuse(graph, node, "is an IR call of an unknown overload");
        if (status == RG_OK) {
            status = rg__pass_begin_change(walk->manager);
        }
        if (status == RG_OK) {
            status = replace(graph, node);
            walk->matched++;
        }
    }
    return status;
}

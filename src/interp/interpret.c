/*
 * interpret.c: runs: walking over a graph in order, node by node, on all ranks at once.
 *
 * Ranks are run in step: a node is computed on every rank before the next node is, so that a collective finds the
 * arguments of all of them. Each node that was run gets the type that it came to, in the run's own copy of the graph;
 * inference of the nodes after it then works with numbers instead of symbols.
 */
#include "interp/interp_impl.h"

enum { MAX_RANKS = 64, MAX_SUBMODULE_DEPTH = 50, DEFAULT_MAX_ELEMENTS = 1 << 28 };

static const uint64_t default_max_bytes = (uint64_t)8 << 30;

/* ---- values ---- */

static rg_status list_value(rg_datum *out, rg_frame *frame, uint32_t rank, rg_value value, rg_arena *arena)
{
    rg_context *context = frame->run->context;
    size_t count = rg_value_count(context, frame->graph, value);
    rg_datum *items = rg__arena_allocate_zero(arena, (count + 1) * sizeof(rg_datum));
    rg_status status = RG_OK;
    if (items == NULL) {
        return rg__report_memory(context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = rg__frame_value(&items[i], frame, rank, rg_value_item(context, frame->graph, value, i), arena);
    }
    out->kind = RG_DATUM_TUPLE;
    out->tuple.items = items;
    out->tuple.count = status == RG_OK ? count : 0;
    return status;
}

/* Depth is bounded by that of values. */
rg_status rg__frame_value(rg_datum *out, rg_frame *frame, uint32_t rank, rg_value value, rg_arena *arena)
{
    rg_context *context = frame->run->context;
    memset(out, 0, sizeof(*out));
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_MISSING:
        return RG_OK;
    case RG_VALUE_NONE:
        out->kind = RG_DATUM_NONE;
        return RG_OK;
    case RG_VALUE_BOOL:
        out->kind = RG_DATUM_BOOL;
        out->truth = rg_value_as_bool(value);
        return RG_OK;
    case RG_VALUE_FLOAT:
        out->kind = RG_DATUM_FLOAT;
        out->real = rg_value_as_float(value);
        return RG_OK;
    case RG_VALUE_INT:
        out->kind = rg_value_as_int(context, value, &out->integer) ? RG_DATUM_INT : RG_DATUM_CONSTANT;
        out->constant = out->kind == RG_DATUM_CONSTANT ? value : out->constant;
        return RG_OK;
    case RG_VALUE_SIZE:
        out->kind = RG_DATUM_INT;
        if (!rg__run_evaluate(frame->run, rg_value_as_size(value), &out->integer)) {
            return rg__report(context, RG_ERROR_TYPE, "a size in an argument has no value");
        }
        return RG_OK;
    case RG_VALUE_NODE: {
        const rg_datum *slot = rg__frame_slot(frame, rank, rg_value_as_node(value));
        rg_string name = rg_node_name(frame->graph, rg_value_as_node(value));
        *out = *slot;
        return slot->kind != RG_DATUM_MISSING
                   ? RG_OK
                   : rg__report(context, RG_ERROR_GRAPH, "node %.*s has no value", (int)name.size, name.data);
    }
    case RG_VALUE_LIST:
    case RG_VALUE_TUPLE:
    case RG_VALUE_RECORD:
    case RG_VALUE_SLICE:
    case RG_VALUE_DICT:
        return list_value(out, frame, rank, value, arena);
    default:
        out->kind = RG_DATUM_CONSTANT;
        out->constant = value;
        return RG_OK;
    }
}

/* ---- one node ---- */

/* What stands for a submodule: the get_attr node that names it. */
static bool names_child(const rg_graph *graph, rg_node node)
{
    return rg_graph_find_child(graph, rg_node_target(graph, node)) != NULL;
}

/* Keep what the calls of a node came to, and its type. */
static rg_status store_results(rg_frame *frame, rg_node node, rg_kernel_call *calls)
{
    rg_run *run = frame->run;
    rg_status status = RG_OK;
    rg_type type = {0};
    rg_type annotation = rg_node_type(frame->graph, node);
    for (uint32_t rank = 0; rank < run->ranks && status == RG_OK; rank++) {
        status = rg__kernel_take(rg__frame_slot(frame, rank, node), &calls[rank]);
    }
    if (status == RG_OK) {
        status = rg__run_learn_sizes(run, annotation, rg__frame_slot(frame, 0, node));
    }
    if (status == RG_OK) {
        rg_type like = rg_type_is_null(calls[0].type) ? annotation : calls[0].type;
        status = rg__datum_type(&type, run->context, rg__frame_slot(frame, 0, node), like);
    }
    if (status == RG_OK) {
        rg_graph_set_type(frame->graph, node, type);
    }
    return status;
}

static rg_status run_call(rg_frame *frame, rg_node node, rg_arena *arena)
{
    rg_run *run = frame->run;
    rg_op op = rg_node_op(frame->graph, node);
    const rg_op_descriptor *descriptor = rg__op_descriptor(run->context, op);
    bool wrapper = rg__op_is_wrapper(run->context, op);
    size_t count = descriptor->schema != NULL && !wrapper ? descriptor->schema->argument_count
                                                          : rg_node_argument_count(frame->graph, node);
    rg_value *values = rg__arena_allocate(arena, (count + 1) * sizeof(rg_value));
    rg_kernel_call *calls = rg__arena_allocate_zero(arena, run->ranks * sizeof(*calls));
    if (values == NULL || calls == NULL) {
        return rg__report_memory(run->context);
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = descriptor->schema != NULL && !wrapper ? rg_node_schema_argument(frame->graph, node, i)
                                                           : rg_node_argument(frame->graph, node, i);
    }
    rg_status status = rg__kernel_prepare(calls, frame, node, op, arena, values, count);
    if (status == RG_OK) {
        status = rg__kernel_run(calls, run->ranks);
    }
    if (status == RG_OK) {
        status = store_results(frame, node, calls);
    }
    for (uint32_t rank = 0; rank < run->ranks; rank++) {
        rg__kernel_end(&calls[rank]);
    }
    return status;
}

static rg_status run_node(rg_frame *frame, rg_node node, rg_arena *arena)
{
    switch (rg_node_kind(frame->graph, node)) {
    case RG_OP_PLACEHOLDER:
    case RG_OP_OUTPUT:
        return RG_OK;
    case RG_OP_GET_ATTR:
        for (uint32_t rank = 0; rank < frame->run->ranks; rank++) {
            rg_datum *slot = rg__frame_slot(frame, rank, node);
            if (names_child(frame->graph, node)) {
                slot->kind = RG_DATUM_CONSTANT;
                slot->constant = rg_value_node(node);
            } else if (slot->kind == RG_DATUM_MISSING) {
                rg_string target = rg_node_target(frame->graph, node);
                return rg__report(frame->run->context, RG_ERROR_UNSUPPORTED,
                                  "a submodule reads the attribute '%.*s'; only the outermost graph has attributes",
                                  (int)target.size, target.data);
            }
        }
        return RG_OK;
    default:
        return run_call(frame, node, arena);
    }
}

/* ---- a graph ---- */

static rg_status note_reader(void *user, uint32_t id)
{
    uint32_t **readers = user;
    (*readers)[id] = (*readers)[0];
    return RG_OK;
}

/* By node id: the id of the last node that reads it. Entry 0 is the node at hand. */
static rg_status find_last_readers(uint32_t *out, const rg_graph *graph)
{
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        out[0] = node.id;
        out[node.id] = node.id;
        for (size_t i = 0; i < rg_node_argument_count(graph, node) && status == RG_OK; i++) {
            status = rg__graph_visit_nodes(graph, rg_node_argument(graph, node, i), note_reader, &out);
        }
    }
    return status;
}

typedef struct dropping {
    rg_frame *frame;
    const uint32_t *last_readers;
    uint32_t reader;
} dropping;

/* Inputs stay: the caller may want to see what was written to them. */
static rg_status drop_value(void *user, uint32_t id)
{
    dropping *job = user;
    rg_node node = {id};
    rg_op_kind kind = rg_node_kind(job->frame->graph, node);
    if (job->last_readers[id] == job->reader && kind != RG_OP_PLACEHOLDER && kind != RG_OP_GET_ATTR) {
        for (uint32_t rank = 0; rank < job->frame->run->ranks; rank++) {
            rg__datum_release(job->frame->run->context, rg__frame_slot(job->frame, rank, node));
        }
    }
    return RG_OK;
}

static rg_status drop_unread(rg_frame *frame, rg_node node, const uint32_t *last_readers)
{
    dropping job = {frame, last_readers, node.id};
    rg_status status = drop_value(&job, node.id);
    for (size_t i = 0; i < rg_node_argument_count(frame->graph, node) && status == RG_OK; i++) {
        status = rg__graph_visit_nodes(frame->graph, rg_node_argument(frame->graph, node, i), drop_value, &job);
    }
    return status;
}

/* Run all nodes of a frame whose placeholders have values; `results`, one a rank, get copies of what it returns. */
static rg_status run_frame(rg_frame *frame, rg_datum *results)
{
    rg_run *run = frame->run;
    const rg_allocator *allocator = &run->context->allocator;
    rg_arena arena;
    rg_status status = RG_OK;
    size_t bytes = ((size_t)frame->value_count + 1) * sizeof(uint32_t);
    uint32_t *last_readers = rg__allocate(allocator, bytes);
    if (last_readers == NULL) {
        return rg__report_memory(run->context);
    }
    memset(last_readers, 0, bytes);
    rg__arena_init(&arena, allocator);
    status = find_last_readers(last_readers, frame->graph);
    for (rg_node node = rg_graph_first(frame->graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(frame->graph, node)) {
        status = run_node(frame, node, &arena);
        if (status == RG_OK && run->observer != NULL && frame->depth == 0) {
            status = run->observer(run->observer_user, run, node);
        }
        if (status == RG_OK && !run->options.keep_all && rg_node_kind(frame->graph, node) != RG_OP_OUTPUT) {
            status = drop_unread(frame, node, last_readers);
        }
        rg__arena_reset(&arena);
    }
    rg_node output = rg_graph_output(frame->graph);
    for (uint32_t rank = 0; rank < run->ranks && status == RG_OK; rank++) {
        rg_datum borrowed = {.kind = RG_DATUM_NONE};
        if (!rg_node_is_null(output) && rg_node_argument_count(frame->graph, output) > 0) {
            status = rg__frame_value(&borrowed, frame, rank, rg_node_argument(frame->graph, output, 0), &arena);
        }
        if (status == RG_OK) {
            status = rg__datum_copy(&results[rank], run->context, &borrowed);
        }
    }
    rg__arena_free(&arena);
    rg__free(allocator, last_readers, bytes);
    return status;
}

static void close_frame(rg_frame *frame)
{
    rg_context *context = frame->run->context;
    size_t count = (size_t)frame->value_count * frame->run->ranks;
    for (size_t i = 0; i < count && frame->values != NULL; i++) {
        rg__datum_release(context, &frame->values[i]);
    }
    rg__free(&context->allocator, frame->values, count * sizeof(rg_datum));
    rg_graph_destroy(frame->graph);
    memset(frame, 0, sizeof(*frame));
}

static rg_status open_frame(rg_frame *frame, rg_run *run, const rg_graph *graph)
{
    rg_context *context = run->context;
    *frame = (rg_frame){.run = run};
    rg_status status = rg_graph_clone(&frame->graph, graph);
    if (status != RG_OK) {
        return status;
    }
    frame->value_count = graph->id_count + 1;
    size_t bytes = (size_t)frame->value_count * run->ranks * sizeof(rg_datum);
    frame->values = rg__allocate(&context->allocator, bytes);
    if (frame->values == NULL) {
        frame->value_count = 0;
        return rg__report_memory(context);
    }
    memset(frame->values, 0, bytes);
    return RG_OK;
}

/* ---- submodules ---- */

rg_status rg__run_child(rg_frame *caller, const rg_graph *child, const rg_datum *arguments, size_t count,
                        rg_datum *results)
{
    rg_run *run = caller->run;
    rg_frame frame;
    size_t next = 0;
    if (caller->depth >= MAX_SUBMODULE_DEPTH) {
        return rg__report(run->context, RG_ERROR_LIMIT, "submodules call one another more than %d deep",
                          (int)MAX_SUBMODULE_DEPTH);
    }
    rg_status status = open_frame(&frame, run, child);
    frame.depth = caller->depth + 1;
    for (rg_node node = status == RG_OK ? rg_graph_first(child) : (rg_node){0};
         !rg_node_is_null(node) && status == RG_OK; node = rg_graph_next(child, node)) {
        if (rg_node_kind(child, node) != RG_OP_PLACEHOLDER) {
            continue;
        }
        if (next >= count) {
            status = rg__report(run->context, RG_ERROR_ARGUMENT, "a submodule is called with too few arguments");
        }
        for (uint32_t rank = 0; rank < run->ranks && status == RG_OK; rank++) {
            status = rg__datum_copy(rg__frame_slot(&frame, rank, node), run->context, &arguments[rank * count + next]);
        }
        rg_type type = rg_node_type(child, node);
        if (status == RG_OK) {
            status = rg__datum_type(&type, run->context, rg__frame_slot(&frame, 0, node), type);
        }
        rg_graph_set_type(frame.graph, node, type);
        next++;
    }
    if (status == RG_OK) {
        status = run_frame(&frame, results);
    }
    close_frame(&frame);
    return status;
}

/* ---- runs ---- */

static rg_status index_rows(rg_run *run)
{
    for (size_t i = 0; i < rg__kernel_row_count; i++) {
        rg_op op = rg_context_find_op(run->context, rg_string_from(rg__kernel_rows[i].name));
        if (!rg_op_is_null(op) && !rg__map_set(&run->context->allocator, &run->rows, op.id, (uint32_t)i)) {
            return rg__report_memory(run->context);
        }
    }
    return RG_OK;
}

const rg_kernel_row *rg__run_row(const rg_run *run, rg_op op)
{
    uint32_t index = 0;
    return rg__map_find(&run->rows, op.id, &index) ? &rg__kernel_rows[index] : NULL;
}

/* What a call says of the size of the group: an argument of that name. 0: nothing. */
static uint32_t ranks_of_call(const rg_graph *graph, rg_node node)
{
    static const char *const names[] = {"world_size", "group_size", "nranks"};
    rg_context *context = rg_graph_context(graph);
    const rg_op_descriptor *op = rg__op_descriptor(context, rg__node_schema_op(graph, node.id));
    if (op->schema == NULL || (op->traits & RG_TRAIT_COLLECTIVE) == 0) {
        return 0;
    }
    for (uint32_t i = 0; i < op->schema->argument_count; i++) {
        int64_t value = 0;
        for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
            if (rg_string_equal(op->schema->arguments[i].name, rg_string_from(names[k])) &&
                rg_value_as_int(context, rg_node_schema_argument(graph, node, i), &value) && value > 0 &&
                value <= MAX_RANKS) {
                return (uint32_t)value;
            }
        }
    }
    return 0;
}

uint32_t rg_graph_ranks(const rg_graph *graph)
{
    uint32_t ranks = 1;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        uint32_t named = ranks_of_call(graph, node);
        ranks = named > ranks ? named : ranks;
    }
    return ranks;
}

static rg_status create_parts(rg_run *run)
{
    const rg_allocator *allocator = &run->context->allocator;
    rg_status status = index_rows(run);
    run->outputs = rg__allocate(allocator, run->ranks * sizeof(rg_datum));
    run->random_calls = rg__allocate(allocator, run->ranks * sizeof(uint64_t));
    if (run->outputs == NULL || run->random_calls == NULL) {
        return rg__report_memory(run->context);
    }
    memset(run->outputs, 0, run->ranks * sizeof(rg_datum));
    memset(run->random_calls, 0, run->ranks * sizeof(uint64_t));
    if (status == RG_OK) {
        status = open_frame(&run->frame, run, run->graph);
    }
    if (status == RG_OK) {
        status = rg__run_bind_sizes(run);
    }
    return status == RG_OK ? rg__run_make_inputs(run) : status;
}

rg_status rg_run_create(rg_run **out, rg_graph *graph, const rg_run_options *options)
{
    static const rg_run_options defaults = RG_RUN_OPTIONS_INIT;
    rg_context *context = rg_graph_context(graph);
    *out = NULL;
    rg_run *run = rg__allocate(&context->allocator, sizeof(*run));
    if (run == NULL) {
        return rg__report_memory(context);
    }
    memset(run, 0, sizeof(*run));
    run->context = context;
    run->graph = graph;
    run->options = options != NULL ? *options : defaults;
    const rg_run *like = run->options.like;
    run->ranks = like != NULL ? like->ranks : run->options.ranks != 0 ? run->options.ranks : rg_graph_ranks(graph);
    if (run->options.max_elements == 0) {
        run->options.max_elements = DEFAULT_MAX_ELEMENTS;
    }
    run->budget.limit = run->options.max_bytes != 0 ? run->options.max_bytes : default_max_bytes;
    rg_status status = create_parts(run);
    if (status == RG_OK && like != NULL) {
        status = rg_run_take_inputs(run, like);
    }
    if (status != RG_OK) {
        rg_run_destroy(run);
        return status;
    }
    *out = run;
    return RG_OK;
}

void rg_run_destroy(rg_run *run)
{
    if (run == NULL) {
        return;
    }
    const rg_allocator *allocator = &run->context->allocator;
    if (run->frame.graph != NULL) {
        close_frame(&run->frame);
    }
    for (uint32_t rank = 0; rank < run->ranks && run->outputs != NULL; rank++) {
        rg__datum_release(run->context, &run->outputs[rank]);
    }
    rg__free(allocator, run->outputs, run->ranks * sizeof(rg_datum));
    rg__free(allocator, run->random_calls, run->ranks * sizeof(uint64_t));
    rg__map_free(allocator, &run->rows);
    rg__vector_free(allocator, &run->symbols);
    rg__free(allocator, run, sizeof(*run));
}

uint32_t rg_run_ranks(const rg_run *run)
{
    return run->ranks;
}

rg_status rg_run_execute(rg_run *run)
{
    if (run->executed) {
        return rg__report(run->context, RG_ERROR_ARGUMENT, "a run can be executed once");
    }
    run->executed = true;
    return run_frame(&run->frame, run->outputs);
}

const rg_datum *rg_run_value(const rg_run *run, uint32_t rank, rg_node node)
{
    static const rg_datum missing = {0};
    return rank < run->ranks && node.id < run->frame.value_count ? rg__frame_slot(&run->frame, rank, node) : &missing;
}

const rg_datum *rg_run_output(const rg_run *run, uint32_t rank)
{
    static const rg_datum missing = {0};
    return rank < run->ranks ? &run->outputs[rank] : &missing;
}

/*
 * instantiate.c: a graph of a rule with a case put in: numbers for sizes and captured constants, placeholders for
 * tensors. What is said of each item of a list (rule/repetition.h) is written out.
 */
#include "check/check_impl.h"

typedef struct instantiation {
    const rg_case *drawn;
    rg_context *context;
    const rg_graph *owner;
    rg_instance_kind kind;
    rg_graph *graph;
    rg_value *images; /* by node id of `owner` */
    bool *is_local;   /* by node id of `owner`: there is one for each item of a list */
    rg_value *inputs; /* by input of the rule: its placeholder, the list of them, or a constant */
    rg_value *known;  /* room for rg_scalar_scope */
    rg_arena *arena;
} instantiation;

/* ---- types ---- */

static rg_dtype widened(rg_dtype dtype, rg_instance_kind kind)
{
    bool is_rounded = dtype == RG_DTYPE_F16 || dtype == RG_DTYPE_BF16 || dtype == RG_DTYPE_F32;
    return kind == RG_INSTANCE_DOUBLE && is_rounded ? RG_DTYPE_F64 : dtype;
}

static rg_status widened_type(rg_type *out, const instantiation *job, rg_type type)
{
    *out = type;
    if (rg_type_get_kind(job->context, type) != RG_TYPE_TENSOR) {
        return RG_OK;
    }
    rg_tensor_type tensor = rg_type_get_tensor(job->context, type);
    tensor.dtype = widened(tensor.dtype, job->kind);
    return rg_type_from_tensor(out, job->context, &tensor);
}

/* ---- values ---- */

static rg_status image_of(rg_value *out, const instantiation *job, rg_value value);

static rg_status image_of_items(rg_value *out, const instantiation *job, rg_value value, size_t count)
{
    rg_value *items = rg__arena_allocate(job->arena, (count + 1) * sizeof(*items));
    rg_status status = RG_OK;
    if (items == NULL) {
        return rg__report_memory(job->context);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        status = image_of(&items[i], job, rg_value_item(job->context, job->owner, value, i));
    }
    return status == RG_OK ? rg_value_items(out, job->context, job->graph, rg_value_get_kind(value), items, count)
                           : status;
}

static rg_status image_of_size(rg_value *out, const instantiation *job, rg_size size)
{
    rg_size known = {0};
    int64_t integer = 0;
    rg_status status = rg__known_size(&known, job->context, size, &job->drawn->sizes);
    if (status != RG_OK) {
        return status;
    }
    if (rg_size_is_null(known) || !rg_size_as_int(job->context, known, &integer)) {
        return rg__report(job->context, RG_ERROR_TYPE, "a size is no number");
    }
    return rg_value_int(out, job->context, integer);
}

/* Depth is bounded by that of values. */
static rg_status image_of(rg_value *out, const instantiation *job, rg_value value)
{
    size_t count = rg_value_count(job->context, job->owner, value);
    *out = value;
    if (count > 0) {
        return image_of_items(out, job, value, count);
    }
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_NODE:
        *out = job->images[rg_value_as_node(value).id];
        return !rg_value_is_missing(*out) ? RG_OK
                                          : rg__report(job->context, RG_ERROR_UNSUPPORTED,
                                                       "something that is computed from what a match captures");
    case RG_VALUE_SIZE:
        return image_of_size(out, job, rg_value_as_size(value));
    case RG_VALUE_DTYPE:
        *out = rg_value_dtype(widened(rg_value_as_dtype(value), job->kind));
        return RG_OK;
    case RG_VALUE_DEVICE: {
        rg_device device = rg_value_as_device(job->context, value);
        bool is_open = device.kind != NULL && strcmp(device.kind, RG_RULE_DEVICE) == 0;
        return is_open ? rg_value_device(out, job->context, job->drawn->device) : RG_OK;
    }
    default:
        return RG_OK;
    }
}

/* ---- inputs ---- */

static rg_status insert(rg_node *out, instantiation *job, rg_op op, rg_string name, const rg_argument *arguments,
                        size_t count)
{
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.op = op;
    description.name = name;
    description.arguments = arguments;
    description.argument_count = count;
    return rg_graph_insert(out, job->graph, (rg_node){0}, &description);
}

static rg_status add_placeholder(rg_value *out, instantiation *job, rg_string name, rg_type type)
{
    rg_node node = {0};
    rg_type wide = {0};
    rg_op op = rg_context_find_op(job->context, rg_string_from("placeholder"));
    rg_status status = insert(&node, job, op, name, NULL, 0);
    if (status == RG_OK) {
        status = widened_type(&wide, job, type);
    }
    if (status == RG_OK) {
        rg_graph_set_type(job->graph, node, wide);
        *out = rg_value_node(node);
    }
    return status;
}

static rg_status add_list(rg_value *out, instantiation *job, const rg_rule_input *input, size_t index)
{
    rg_value items[RG_CHECK_MAX_ITEMS];
    size_t count = job->drawn->item_counts[index];
    rg_status status = RG_OK;
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_buffer name;
        rg__buffer_init(&name, &job->context->allocator);
        rg__buffer_append_format(&name, "%.*s_item_%zu", (int)input->name.size, input->name.data, i);
        status = name.failed ? rg__report_memory(job->context)
                             : add_placeholder(&items[i], job, rg__buffer_string(&name), job->drawn->types[index]);
        rg__buffer_free(&name);
    }
    return status == RG_OK ? rg_value_items(out, job->context, job->graph, RG_VALUE_LIST, items, count) : status;
}

static rg_node node_of_input(const instantiation *job, const rg_rule_input *input)
{
    return job->owner == job->drawn->rule->replacement ? input->replacement : input->pattern;
}

static rg_status add_inputs(instantiation *job)
{
    const rg_rule *rule = job->drawn->rule;
    rg_status status = RG_OK;
    for (size_t i = 0; i < rule->input_count && status == RG_OK; i++) {
        const rg_rule_input *input = &rule->inputs[i];
        if (input->kind == RG_RULE_INPUT_TENSOR) {
            status = add_placeholder(&job->inputs[i], job, input->name, job->drawn->types[i]);
        } else if (input->kind == RG_RULE_INPUT_TENSOR_LIST) {
            status = add_list(&job->inputs[i], job, input, i);
        } else {
            rg_value constant = job->drawn->constants[i];
            job->inputs[i] = rg_value_get_kind(constant) == RG_VALUE_DTYPE
                                 ? rg_value_dtype(widened(rg_value_as_dtype(constant), job->kind))
                                 : constant;
        }
        rg_node node = job->owner == NULL ? (rg_node){0} : node_of_input(job, input);
        if (status == RG_OK && !rg_node_is_null(node)) {
            job->images[node.id] = job->inputs[i];
        }
    }
    return status;
}

/* ---- nodes ---- */

static rg_scalar_scope scope_of(const instantiation *job)
{
    return (rg_scalar_scope){job->context, job->drawn->rule, job->graph, job->inputs, job->drawn->sizes, job->known};
}

/* The arguments of a node's copy; a list that is handed over as arguments becomes as many. */
static rg_status make_arguments(rg_argument **out, size_t *count, const instantiation *job, rg_node node)
{
    size_t written = rg_node_argument_count(job->owner, node);
    rg_status status = RG_OK;
    *count = 0;
    *out = rg__arena_allocate_zero(job->arena, (written + RG_CHECK_MAX_ITEMS + RG_KERNEL_RESULTS) * sizeof(**out));
    if (*out == NULL) {
        return rg__report_memory(job->context);
    }
    for (size_t i = 0; i < written && status == RG_OK; i++) {
        rg_value argument = rg_node_argument(job->owner, node, i);
        rg_node rest = rg__rest_list(job->owner, argument);
        rg_value list = rg_node_is_null(rest) ? rg_value_missing() : job->images[rest.id];
        size_t items = rg_node_is_null(rest) ? 0 : rg_value_count(job->context, job->graph, list);
        for (size_t k = 0; k < items && k < RG_KERNEL_RESULTS; k++) {
            (*out)[(*count)++].value = rg_value_item(job->context, job->graph, list, k);
        }
        if (rg_node_is_null(rest)) {
            (*out)[*count].name = rg_node_argument_name(job->owner, node, i);
            status = image_of(&(*out)[(*count)++].value, job, argument);
        }
    }
    return status;
}

static rg_status infer(rg_graph *graph, rg_node node)
{
    rg_type type = {0};
    rg_status status = rg_node_infer(&type, graph, node);
    if (status == RG_OK) {
        rg_graph_set_type(graph, node, type);
    }
    return status;
}

/* Arithmetic on constants becomes its result; anything else a call. */
static rg_status copy_node(instantiation *job, rg_node node)
{
    rg_op_kind kind = rg_node_kind(job->owner, node);
    rg_scalar_scope scope = scope_of(job);
    rg_value value = rg_value_missing();
    rg_argument *arguments = NULL;
    size_t count = 0;
    rg_node copy = {0};
    rg_status status = RG_OK;
    if (kind == RG_OP_OPERATOR || kind == RG_OP_FUNCTION) {
        status = rg__scalar_of_node(&value, &scope, job->owner, node);
    }
    if (status != RG_OK || !rg_value_is_missing(value)) {
        job->images[node.id] = value;
        return status;
    }
    status = make_arguments(&arguments, &count, job, node);
    if (status == RG_OK) {
        status = insert(&copy, job, rg_node_op(job->owner, node), (rg_string){NULL, 0}, arguments, count);
    }
    if (status == RG_OK) {
        status = infer(job->graph, copy);
        job->images[node.id] = rg_value_node(copy);
    }
    return status;
}

/* ---- lists ---- */

/* The items of what stands for a list: those of a captured one, or the results of a call. */
static rg_status items_of(rg_value *out, instantiation *job, rg_node source)
{
    rg_value list = job->images[source.id];
    rg_value items[RG_KERNEL_RESULTS];
    rg_op getitem = rg_context_find_op(job->context, rg_string_from("operator.getitem"));
    rg_status status = RG_OK;
    *out = list;
    if (rg_value_get_kind(list) != RG_VALUE_NODE) {
        return RG_OK;
    }
    size_t count = rg_type_item_count(job->context, rg_node_type(job->graph, rg_value_as_node(list)));
    if (count == 0 || count > RG_KERNEL_RESULTS) {
        return rg__report(job->context, RG_ERROR_UNSUPPORTED, "a list of %zu items", count);
    }
    for (size_t i = 0; i < count && status == RG_OK; i++) {
        rg_argument arguments[] = {{{NULL, 0}, list}, {{NULL, 0}, {0}}};
        rg_node node = {0};
        status = rg_value_int(&arguments[1].value, job->context, (int64_t)i);
        if (status == RG_OK) {
            status = insert(&node, job, getitem, (rg_string){NULL, 0}, arguments, 2);
        }
        if (status == RG_OK) {
            status = infer(job->graph, node);
        }
        items[i] = rg_value_node(node);
    }
    return status == RG_OK ? rg_value_items(out, job->context, job->graph, RG_VALUE_LIST, items, count) : status;
}

static rg_status mark_id(void *user, uint32_t id)
{
    bool *marks = user;
    marks[id] = true;
    return RG_OK;
}

/* Which local nodes this list's value needs. */
static void mark_needed(const instantiation *job, bool *needed, rg_node list)
{
    (void)rg__graph_visit_nodes(job->owner, rg_node_argument(job->owner, list, 0), mark_id, needed);
    for (rg_node node = rg_graph_previous(job->owner, list); !rg_node_is_null(node);
         node = rg_graph_previous(job->owner, node)) {
        needed[node.id] = needed[node.id] && job->is_local[node.id];
        for (size_t i = 0; needed[node.id] && i < rg_node_argument_count(job->owner, node); i++) {
            (void)rg__graph_visit_nodes(job->owner, rg_node_argument(job->owner, node, i), mark_id, needed);
        }
    }
}

/* Write out what a list_of node collects, item by item. */
static rg_status copy_list(instantiation *job, rg_node list)
{
    const rg_graph *owner = job->owner;
    bool *needed = rg__arena_allocate_zero(job->arena, ((size_t)owner->id_count + 1) * sizeof(*needed));
    rg_value collected[RG_KERNEL_RESULTS];
    rg_value sources[RG_CHECK_MAX_NUMBERS];
    size_t source_count = rg_node_argument_count(owner, list) - 1;
    size_t count = RG_KERNEL_RESULTS;
    rg_status status = RG_OK;
    if (needed == NULL) {
        return rg__report_memory(job->context);
    }
    if (source_count == 0 || source_count > RG_CHECK_MAX_NUMBERS) {
        return rg__report(job->context, RG_ERROR_UNSUPPORTED, "%zu lists in step", source_count);
    }
    for (size_t i = 0; i < source_count && status == RG_OK; i++) {
        rg_node item = rg_value_as_node(rg_node_argument(owner, list, i + 1));
        status = items_of(&sources[i], job, rg_value_as_node(rg_node_argument(owner, item, 0)));
        size_t items = status == RG_OK ? rg_value_count(job->context, job->graph, sources[i]) : 0;
        count = items < count ? items : count;
    }
    if (status == RG_OK) {
        mark_needed(job, needed, list);
    }
    for (size_t k = 0; k < count && status == RG_OK; k++) {
        for (size_t i = 0; i < source_count; i++) {
            rg_node item = rg_value_as_node(rg_node_argument(owner, list, i + 1));
            job->images[item.id] = rg_value_item(job->context, job->graph, sources[i], k);
        }
        for (rg_node node = rg_graph_first(owner); !rg_node_same(node, list) && status == RG_OK;
             node = rg_graph_next(owner, node)) {
            if (needed[node.id] && !rg__node_is_repetition(owner, node)) {
                status = copy_node(job, node);
            }
        }
        if (status == RG_OK) {
            status = image_of(&collected[k], job, rg_node_argument(owner, list, 0));
        }
    }
    return status == RG_OK
               ? rg_value_items(&job->images[list.id], job->context, job->graph, RG_VALUE_LIST, collected, count)
               : status;
}

static rg_status is_marked(void *user, uint32_t id)
{
    const bool *marks = user;
    return marks[id] ? RG_ERROR_GRAPH : RG_OK;
}

static void find_locals(instantiation *job)
{
    for (rg_node node = rg_graph_first(job->owner); !rg_node_is_null(node); node = rg_graph_next(job->owner, node)) {
        bool is_local = rg__node_is_marker(job->owner, node, RG_ITEM_OF);
        bool ends = rg__node_is_marker(job->owner, node, RG_LIST_OF);
        for (size_t i = 0; !is_local && !ends && i < rg_node_argument_count(job->owner, node); i++) {
            is_local = rg__graph_visit_nodes(job->owner, rg_node_argument(job->owner, node, i), is_marked,
                                             job->is_local) != RG_OK;
        }
        job->is_local[node.id] = is_local;
    }
}

/* ---- graphs ---- */

static rg_status copy_nodes(instantiation *job)
{
    rg_status status = RG_OK;
    for (rg_node node = rg_graph_first(job->owner); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(job->owner, node)) {
        if (rg_node_kind(job->owner, node) == RG_OP_PLACEHOLDER || job->is_local[node.id] ||
            rg__node_is_marker(job->owner, node, RG_REST_OF)) {
            continue;
        }
        if (rg__node_is_marker(job->owner, node, RG_LIST_OF)) {
            status = copy_list(job, node);
        } else if (rg_node_kind(job->owner, node) == RG_OP_OUTPUT) {
            rg_argument argument = {{NULL, 0}, {0}};
            rg_node output = {0};
            status = image_of(&argument.value, job, rg_node_argument(job->owner, node, 0));
            if (status == RG_OK) {
                status = insert(&output, job, rg_node_op(job->owner, node), (rg_string){NULL, 0}, &argument, 1);
            }
        } else {
            status = copy_node(job, node);
        }
    }
    return status;
}

/* An instantiation of `owner`, with its inputs. The graph is the caller's, also on failure. */
static rg_status begin(instantiation *out, const rg_case *drawn, const rg_graph *owner, rg_instance_kind kind,
                       rg_arena *arena)
{
    const rg_rule *rule = drawn->rule;
    size_t room = (size_t)(owner != NULL ? owner->id_count : 0) + 1;
    size_t known_room = rule->guard != NULL && rule->guard->id_count >= room ? (size_t)rule->guard->id_count + 1 : room;
    *out = (instantiation){.drawn = drawn, .context = drawn->context, .owner = owner, .kind = kind, .arena = arena};
    out->images = rg__arena_allocate(arena, room * sizeof(*out->images));
    out->is_local = rg__arena_allocate_zero(arena, room * sizeof(*out->is_local));
    out->inputs = rg__arena_allocate(arena, (rule->input_count + 1) * sizeof(*out->inputs));
    out->known = rg__arena_allocate(arena, known_room * sizeof(*out->known));
    if (out->images == NULL || out->is_local == NULL || out->inputs == NULL || out->known == NULL) {
        return rg__report_memory(drawn->context);
    }
    for (size_t i = 0; i < room; i++) {
        out->images[i] = rg_value_missing();
    }
    rg_status status = rg_graph_create(&out->graph, drawn->context, rg_string_from("GraphModule"));
    return status == RG_OK ? add_inputs(out) : status;
}

rg_status rg__instantiate(rg_graph **out, const rg_case *drawn, const rg_graph *owner, rg_instance_kind kind,
                          rg_arena *arena)
{
    instantiation job;
    rg_status status = begin(&job, drawn, owner, kind, arena);
    if (status == RG_OK) {
        find_locals(&job);
        status = copy_nodes(&job);
    }
    *out = job.graph;
    if (status != RG_OK) {
        rg_graph_destroy(job.graph);
        *out = NULL;
    }
    return status;
}

rg_status rg__case_is_accepted(bool *out, const rg_case *drawn, rg_arena *arena)
{
    instantiation job;
    *out = true;
    if (drawn->rule->guard == NULL) {
        return RG_OK;
    }
    rg_status status = begin(&job, drawn, NULL, RG_INSTANCE_AS_IT_IS, arena);
    if (status == RG_OK) {
        rg_scalar_scope scope = scope_of(&job);
        status = rg__guard_holds(out, &scope);
    }
    rg_graph_destroy(job.graph);
    return status;
}

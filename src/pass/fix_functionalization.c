/*
 * fix_functionalization.c: functionalised calls of kernels that write become plain calls that write in place.
 *
 * The counterpart of vLLM's FixFunctionalizationPass (spec: vllm-passes 6.16), the last step of its manager. Calls of
 * the ops of the table are inserted before their auto_functionalized node; its items i >= 1 become the arguments that
 * are written, item 0 the call. Other calls stay; the host decomposes them.
 *
 * vLLM takes it on trust that nobody looks at the old contents afterwards. Here an argument whose memory is read behind
 * the call, returned by the graph, or read by the call elsewhere is copied first (a clone), unless the configuration
 * says `compatible`; where a copy would be laid out otherwise, the call stays functionalised. Inputs of the graph are
 * overwritten as by vLLM. The graph is not functional afterwards: no removal of dead nodes by users alone may follow;
 * rg_graph_eliminate_dead keeps what writes.
 */
#include "ir/context_impl.h"
#include "pass/overwrite.h"
#include "pass/rotary_scatter.h"
#include "pass/walk_nodes.h"

enum { MAX_WRITTEN = 5, MAX_POSITIONAL = 12 };

/* Which arguments items 1, 2, ... of the functionalised call are, and how the plain call is written. */
typedef struct kernel_form {
    const char *op;
    const char *written[MAX_WRITTEN];
    const char *positional[MAX_POSITIONAL]; /* none: keywords, as they stand */
} kernel_form;

static const kernel_form kernels[] = {
    {"_C.rotary_embedding.default", {"query", "key"}, {NULL}},
    {"_C.fused_add_rms_norm.default", {"input", "residual"}, {NULL}},
    {"_C.fused_add_rms_norm_static_fp8_quant.default", {"result", "residual"}, {NULL}},
    {"_C.rms_norm_dynamic_per_token_quant.default", {"result", "scale", "residual"}, {NULL}},
    {"_C.rms_norm.default", {"result"}, {NULL}},
    {"_C.rms_norm_static_fp8_quant.default", {"result"}, {NULL}},
    {"vllm.flashinfer_trtllm_fused_allreduce_norm.default",
     {"allreduce_in", "residual", "norm_out", "quant_out", "scale_out"},
     {NULL}},
    {"_C.silu_and_mul.default", {"result"}, {"result", "input"}},
    {"_C.silu_and_mul_quant.default", {"result"}, {"result", "input", "scale"}},
    {"_C.silu_and_mul_nvfp4_quant.default",
     {"result", "result_block_scale"},
     {"result", "result_block_scale", "input", "input_global_scale"}},
    {"_C.fused_qk_norm_rope.default",
     {"qkv"},
     {"qkv", "num_heads_q", "num_heads_k", "num_heads_v", "head_dim", "eps", "q_weight", "k_weight", "cos_sin_cache",
      "is_neox", "position_ids", "forced_token_heads_per_warp"}},
    {"vllm.fused_rope_and_unified_kv_cache_update.default", {"query", "key"}, {NULL}},
    {"_C.fused_deepseek_v4_qnorm_rope_kv_rope_quant_insert.default", {"q", "k_cache"}, {NULL}},
    {"vllm.fused_rope_unified_mla_kv_cache_update.default", {"q_pe", "k_pe"}, {NULL}},
    {"vllm.function_with_mutated_args_and_return.default", {"x"}, {NULL}},
};

typedef RG_VECTOR(rg_node) node_list;

/* One functionalised call at work. */
typedef struct fix_site {
    rg_walk *walk;
    rg_node call;
    const kernel_form *form;
    rg_value written[MAX_WRITTEN]; /* what the plain call gets for them: the argument, or a copy */
    node_list *dead;               /* erased at the end, in this order */
} fix_site;

static const kernel_form *find_form(const rg_graph *graph, rg_node node)
{
    rg_op op = rg__wrapped_op(graph, node);
    rg_string name = rg_op_is_null(op) ? (rg_string){NULL, 0} : rg_op_name(rg_graph_context(graph), op);
    for (size_t i = 0; i < sizeof(kernels) / sizeof(kernels[0]) && name.size > 0; i++) {
        if (rg_string_equal(name, rg_string_from(kernels[i].op))) {
            return &kernels[i];
        }
    }
    return NULL;
}

static rg_value keyword(const fix_site *site, const char *name)
{
    return rg_node_keyword(site->walk->graph, site->call, rg_string_from(name));
}

static rg_status stage(const fix_site *site, rg_node node)
{
    const rg_context *context = site->walk->manager->context;
    return rg__vector_push(&context->allocator, site->dead, node) ? RG_OK
                                                                  : rg__report_memory(site->walk->manager->context);
}

/* ---- what may be overwritten ---- */

/* Does another argument of the call hold memory of the set? */
static bool is_read_beside(const fix_site *site, const rg_alias_set *memory, const char *name)
{
    const rg_graph *graph = site->walk->graph;
    for (size_t i = 1; i < rg_node_argument_count(graph, site->call); i++) {
        rg_node other = rg_value_as_node(rg_node_argument(graph, site->call, i));
        if (!rg_node_is_null(other) && rg__alias_holds(memory, other) &&
            !rg_string_equal(rg_node_argument_name(graph, site->call, i), rg_string_from(name))) {
            return true;
        }
    }
    return false;
}

/* Would somebody see the old contents go? What `except` looks at does not count. */
static rg_status is_missed(bool *out, const fix_site *site, const char *name, rg_node argument, const rg_node *except,
                           size_t except_count)
{
    rg_graph *graph = site->walk->graph;
    rg_alias_set memory = {0};
    rg_node next = rg_graph_next(graph, site->call);
    rg_status status = rg__memory_of(&memory, graph, argument);
    if (status == RG_OK) {
        *out = is_read_beside(site, &memory, name) ||
               !rg_node_is_null(rg__first_use(&memory, graph, rg__use_looks, next, (rg_node){0}, except, except_count));
    }
    rg__alias_set_free(&memory, graph);
    return status;
}

/* A copy in front of the call. Null when it could not stand for the argument: a copy of memory with holes has none. */
static rg_status copy_before(rg_node *out, const fix_site *site, rg_node argument)
{
    rg_graph *graph = site->walk->graph;
    rg_type type = {0};
    rg_argument source = {.value = rg_value_node(argument)};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    description.arguments = &source;
    description.argument_count = 1;
    description.type = rg_node_type(graph, argument);
    rg_status status = rg_context_intern_op(&description.op, rg_graph_context(graph), RG_OP_OVERLOAD,
                                            rg_string_from("aten.clone.default"));
    if (status == RG_OK) {
        status = rg_graph_insert(out, graph, site->call, &description);
    }
    if (status == RG_OK) {
        status = rg_node_infer(&type, graph, *out);
    }
    if (status == RG_OK && type.id != description.type.id) {
        status = rg_graph_erase(graph, *out);
        *out = (rg_node){0};
    }
    return status;
}

/* Decide what the plain call gets to write. False when there must be a copy and there can be none: then the call stays
 * functionalised. */
static rg_status choose_written(bool *possible, fix_site *site)
{
    bool trusts = rg__config_flag(site->walk->manager->config, RG_CONFIG_KEY_compatible);
    rg_node copies[MAX_WRITTEN] = {{0}};
    rg_status status = RG_OK;
    *possible = true;
    for (size_t i = 0; i < MAX_WRITTEN && site->form->written[i] != NULL && *possible && status == RG_OK; i++) {
        bool missed = false;
        rg_value given = keyword(site, site->form->written[i]);
        rg_node argument = rg_value_as_node(given);
        site->written[i] = rg_value_is_missing(given) ? rg_value_none() : given;
        if (!trusts && !rg_node_is_null(argument)) {
            status = is_missed(&missed, site, site->form->written[i], argument, NULL, 0);
        }
        if (status == RG_OK && missed) {
            status = copy_before(&copies[i], site, argument);
            *possible = !rg_node_is_null(copies[i]);
            site->written[i] = rg_value_node(copies[i]);
        }
    }
    for (size_t i = 0; i < MAX_WRITTEN && !*possible && status == RG_OK; i++) {
        status = rg_node_is_null(copies[i]) ? RG_OK : rg_graph_erase(site->walk->graph, copies[i]);
    }
    return status;
}

/* ---- the plain call ---- */

static rg_value plain_argument(const fix_site *site, rg_string name, rg_value given)
{
    for (size_t i = 0; i < MAX_WRITTEN && site->form->written[i] != NULL; i++) {
        if (rg_string_equal(name, rg_string_from(site->form->written[i]))) {
            return site->written[i];
        }
    }
    return given;
}

static rg_status insert_call(rg_node *out, const fix_site *site)
{
    const rg_allocator *allocator = site->walk->manager->allocator;
    rg_graph *graph = site->walk->graph;
    RG_VECTOR(rg_argument) arguments = {0};
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    bool done = true;
    for (size_t i = 0; i < MAX_POSITIONAL && site->form->positional[i] != NULL && done; i++) {
        rg_string name = rg_string_from(site->form->positional[i]);
        rg_value given = rg_node_keyword(graph, site->call, name);
        rg_argument argument = {.value = plain_argument(site, name, given)};
        done = rg_value_is_missing(given) || rg__vector_push(allocator, &arguments, argument);
    }
    for (size_t i = 1; site->form->positional[0] == NULL && i < rg_node_argument_count(graph, site->call) && done;
         i++) {
        rg_string name = rg_node_argument_name(graph, site->call, i);
        rg_argument argument = {name, plain_argument(site, name, rg_node_argument(graph, site->call, i))};
        done = rg__vector_push(allocator, &arguments, argument);
    }
    rg_node returned = rg__find_item(graph, site->call, 0);
    description.op = rg__wrapped_op(graph, site->call);
    description.arguments = arguments.items;
    description.argument_count = arguments.count;
    description.type = rg_node_is_null(returned) ? (rg_type){0} : rg_node_type(graph, returned);
    rg_status status =
        done ? rg_graph_insert(out, graph, site->call, &description) : rg__report_memory(site->walk->manager->context);
    rg__vector_free(allocator, &arguments);
    return status;
}

/* Readers of the items read what is written, or the call. */
static rg_status redirect_items(const fix_site *site, rg_node plain)
{
    rg_graph *graph = site->walk->graph;
    rg_status status = RG_OK;
    for (size_t i = 0; i < rg_node_use_count(graph, site->call) && status == RG_OK; i++) {
        rg_node source;
        int64_t index = 0;
        rg_node item = rg_node_use(graph, site->call, i).user;
        (void)rg__is_item(graph, item, &source, &index);
        rg_value value = index == 0 ? rg_value_node(plain) : site->written[index - 1];
        status = rg_graph_replace_uses(graph, item, value, NULL, 0);
        if (status == RG_OK) {
            status = stage(site, item);
        }
    }
    return status;
}

/* Are all readers items that the table knows? */
static bool has_known_items(const fix_site *site)
{
    const rg_graph *graph = site->walk->graph;
    int64_t count = 0;
    while (count < MAX_WRITTEN && site->form->written[count] != NULL) {
        count++;
    }
    for (size_t i = 0; i < rg_node_use_count(graph, site->call); i++) {
        rg_node source;
        int64_t index = 0;
        if (!rg__is_item(graph, rg_node_use(graph, site->call, i).user, &source, &index) || index < 0 ||
            index > count) {
            return false;
        }
    }
    return true;
}

/* ---- special places ---- */

/* Rotated parts of one split that are scattered back: the call writes into the tensor that was split, and the scatters
 * are that tensor. */
static rg_status fix_rotary(bool *done, fix_site *site)
{
    rg_graph *graph = site->walk->graph;
    rg_rotary_scatter scatter;
    rg_node plain = {0};
    bool trusts = rg__config_flag(site->walk->manager->config, RG_CONFIG_KEY_compatible);
    *done = false;
    if (!rg__find_rotary_scatter(&scatter, graph, site->call)) {
        return RG_OK;
    }
    *done = trusts;
    rg_status status = trusts ? RG_OK : rg__rotary_scatter_is_sound(done, graph, site->call, &scatter);
    if (status != RG_OK || !*done) {
        return status;
    }
    for (size_t i = 0; i < 2; i++) {
        site->written[i] = keyword(site, site->form->written[i]);
    }
    status = insert_call(&plain, site);
    for (size_t i = 0; i < 2 && status == RG_OK; i++) {
        status = rg_graph_replace_uses(graph, scatter.scatters[i], rg_value_node(scatter.base), NULL, 0);
        if (status == RG_OK) {
            status = stage(site, scatter.scatters[i]);
        }
    }
    return status == RG_OK ? redirect_items(site, plain) : status;
}

static rg_node argument_node(const rg_graph *graph, rg_node node, size_t index)
{
    return rg_node_is_null(node) ? node : rg_value_as_node(rg_node_schema_argument(graph, node, index));
}

static bool is_named(const rg_graph *graph, rg_node node, const char *op)
{
    return rg__calls(graph, node, rg_context_find_op(rg_graph_context(graph), rg_string_from(op)));
}

/* MLA's rotated query is copied into a slice, which is scattered into a view: the call writes into the slice, and the
 * scatter is what the slice was taken of. */
static rg_status fix_mla(bool *done, fix_site *site)
{
    rg_graph *graph = site->walk->graph;
    rg_node query = rg__find_item(graph, site->call, 1);
    rg_node copy = !rg_node_is_null(query) && rg_node_use_count(graph, query) == 1 ? rg_node_use(graph, query, 0).user
                                                                                   : (rg_node){0};
    rg_node slice = is_named(graph, copy, "aten.copy.default") ? argument_node(graph, copy, 0) : (rg_node){0};
    rg_node scatter = !rg_node_is_null(slice) && rg_node_use_count(graph, copy) == 1 ? rg_node_use(graph, copy, 0).user
                                                                                     : (rg_node){0};
    rg_node source = argument_node(graph, slice, 0);
    rg_node base = argument_node(graph, scatter, 0);
    bool trusts = rg__config_flag(site->walk->manager->config, RG_CONFIG_KEY_compatible);
    rg_node plain = {0};
    *done = is_named(graph, slice, "aten.slice.Tensor") && is_named(graph, scatter, "aten.slice_scatter.default") &&
            !rg_node_is_null(source) && !rg_node_is_null(base) &&
            rg_node_same(slice, rg_value_as_node(keyword(site, "q_pe"))) && rg__same_sizes(graph, scatter, source);
    const rg_node rewired[] = {copy, scatter};
    bool missed = false;
    rg_status status = RG_OK;
    for (size_t i = 0; i < 2 && *done && status == RG_OK; i++) {
        site->written[i] = keyword(site, site->form->written[i]);
        rg_node argument = rg_value_as_node(site->written[i]);
        if (!trusts && !rg_node_is_null(argument)) {
            status = is_missed(&missed, site, site->form->written[i], argument, rewired, 2);
        }
        *done = !missed;
    }
    if (status != RG_OK || !*done) {
        return status;
    }
    status = insert_call(&plain, site);
    if (status == RG_OK) {
        status = rg_graph_replace_uses(graph, scatter, rg_value_node(source), NULL, 0);
    }
    if (status == RG_OK) {
        status = stage(site, scatter);
    }
    if (status == RG_OK) {
        status = stage(site, copy);
    }
    if (status == RG_OK && rg_node_use_count(graph, base) == 1 && !rg_node_same(base, source)) {
        status = stage(site, base);
    }
    return status == RG_OK ? redirect_items(site, plain) : status;
}

/* ---- the walk ---- */

static rg_status fix(rg_walk *walk, rg_node call, const kernel_form *form, node_list *dead)
{
    fix_site site = {.walk = walk, .call = call, .form = form, .dead = dead};
    bool done = false;
    rg_node plain = {0};
    if (!has_known_items(&site)) {
        return RG_OK;
    }
    rg_status status = rg__pass_begin_change(walk->manager);
    if (status != RG_OK) {
        return status;
    }
    if (strcmp(form->op, "_C.rotary_embedding.default") == 0) {
        status = fix_rotary(&done, &site);
    } else if (strcmp(form->op, "vllm.fused_rope_unified_mla_kv_cache_update.default") == 0) {
        status = fix_mla(&done, &site);
    }
    if (status == RG_OK && !done) {
        status = choose_written(&done, &site);
        if (status == RG_OK && done) {
            status = insert_call(&plain, &site);
        }
        if (status == RG_OK && done) {
            status = redirect_items(&site, plain);
        }
    }
    if (status != RG_OK || !done) {
        return status;
    }
    walk->matched++;
    return stage(&site, call);
}

rg_status rg__fix_functionalization(rg_walk *walk)
{
    rg_graph *graph = walk->graph;
    const rg_pass_manager *manager = walk->manager;
    node_list dead = {0};
    rg_status status = RG_OK;
    if (rg__config_is(manager->config, RG_CONFIG_KEY_platform, "xpu")) {
        rg__log(manager, RG_SEVERITY_NOTE, "XPU keeps functionalised calls");
        return RG_OK;
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && status == RG_OK;
         node = rg_graph_next(graph, node)) {
        const kernel_form *form = find_form(graph, node);
        status = form == NULL ? RG_OK : fix(walk, node, form, &dead);
    }
    if (status == RG_OK && graph->parent == NULL) {
        status = rg__dump_graph(manager, graph, "FixFunctionalizationPass", "before_cleanup");
    }
    for (uint32_t i = 0; i < dead.count && status == RG_OK; i++) {
        status = rg_graph_erase(graph, dead.items[i]);
        walk->erased++;
    }
    rg__vector_free(&manager->context->allocator, &dead);
    return status;
}

rg_status rg__fix_functionalization_finish(rg_walk *walk, rg_status status)
{
    if (status == RG_OK) {
        rg__log(walk->manager, RG_SEVERITY_NOTE, "De-functionalized %zu nodes, removed %zu nodes", walk->matched,
                walk->erased);
    }
    return status;
}

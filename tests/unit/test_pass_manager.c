/* What the manager does around passes: contexts with compile ranges and donated inputs, passes that do not apply, the
 * printer, and the passes of a configuration. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "pass/pass_impl.h"
#include "support/failing_allocator.h"

static const char *const GRAPH = "class G(torch.nn.Module):\n"
                                 "    def forward(self, x: \"f32[4, 8][8, 1]cpu\"):\n"
                                 "        view: \"f32[4, 8][8, 1]cpu\" = torch.ops.aten.reshape.default(x, [4, 8]);"
                                 "  x = None\n"
                                 "        relu: \"f32[4, 8][8, 1]cpu\" = torch.ops.aten.relu.default(view);"
                                 "  view = None\n"
                                 "        return (relu,)\n";

typedef struct fixture {
    rg_context *context;
    rg_graph *graph;
    rg_pass_manager *manager;
    rg_buffer events; /* what was logged and dumped, a line each */
} fixture;

static void log_line(void *user, rg_severity severity, rg_string line)
{
    fixture *f = user;
    const char *end = strstr(line.data, " completed in "); /* times are not for tests */
    size_t size = end == NULL ? line.size : (size_t)(end - line.data) + strlen(" completed");
    rg__buffer_append_format(&f->events, "%s %.*s\n", severity == RG_SEVERITY_WARNING ? "warning" : "log", (int)size,
                             line.data);
}

static rg_status dump(void *user, rg_string name, rg_string text)
{
    fixture *f = user;
    (void)text;
    rg__buffer_append_format(&f->events, "dump %s\n", name.data);
    return RG_OK;
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof(*f));
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    assert_non_null(f);
    rg__buffer_init(&f->events, rg__default_allocator());
    options.log = log_line;
    options.log_user = f;
    options.dump = dump;
    options.dump_user = f;
    options.verify = true;
    assert_int_equal(rg_context_create(&f->context, NULL), RG_OK);
    assert_int_equal(rg_graph_parse(&f->graph, f->context, rg_string_from(GRAPH), rg_string_from("graph.py")), RG_OK);
    assert_int_equal(rg_pass_manager_create(&f->manager, f->context, &options), RG_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    rg__buffer_free(&f->events);
    rg_pass_manager_destroy(f->manager);
    rg_graph_destroy(f->graph);
    rg_context_destroy(f->context);
    free(f);
    return 0;
}

static void set(fixture *f, const char *key, const char *text)
{
    assert_int_equal(rg_pass_manager_set_config(f->manager, rg_string_from(key), rg_string_from(text)), RG_OK);
}

static const char *last_message(const fixture *f)
{
    size_t count = rg_context_diagnostic_count(f->context);
    return count == 0 ? "" : rg_context_diagnostic(f->context, count - 1)->message.data;
}

/* ---- contexts ---- */

static void test_contexts_nest(void **state)
{
    fixture *f = *state;
    rg_compile_range range;
    assert_false(rg_pass_manager_range(f->manager, &range));
    set(f, "compile_range", "1,4096");
    assert_true(rg_pass_manager_range(f->manager, &range));
    assert_int_equal(range.end, 4096);
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){1, 256}), RG_OK);
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){8, 8}), RG_OK);
    assert_true(rg_pass_manager_range(f->manager, &range));
    assert_true(range.start == 8 && range.end == 8);
    rg_pass_manager_leave(f->manager);
    assert_true(rg_pass_manager_range(f->manager, &range));
    assert_int_equal(range.end, 256);
    rg_pass_manager_leave(f->manager);
    assert_true(rg_pass_manager_range(f->manager, &range));
    assert_int_equal(range.end, 4096);
    rg_pass_manager_leave(f->manager); /* there is none left: nothing happens */
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){9, 8}), RG_ERROR_ARGUMENT);
}

static void test_donated_inputs_belong_to_the_context(void **state)
{
    fixture *f = *state;
    assert_int_equal(rg_pass_manager_donate(f->manager, 3), RG_OK);
    assert_int_equal(rg_pass_manager_donate(f->manager, 3), RG_OK);
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){1, 2}), RG_OK);
    assert_false(rg_pass_manager_is_donated(f->manager, 3));
    assert_int_equal(rg_pass_manager_donate(f->manager, 1), RG_OK);
    assert_true(rg_pass_manager_is_donated(f->manager, 1));
    rg_pass_manager_leave(f->manager);
    assert_true(rg_pass_manager_is_donated(f->manager, 3));
    assert_false(rg_pass_manager_is_donated(f->manager, 1));
    rg_pass_manager_clear_donated(f->manager);
    assert_false(rg_pass_manager_is_donated(f->manager, 3));
}

/* ---- which passes apply ---- */

static bool applies(fixture *f, rg_range_rule rule, int64_t start, int64_t end)
{
    bool answer = false;
    rg_compile_range range = {start, end};
    assert_int_equal(rule(&answer, f->manager, start == 0 ? NULL : &range), RG_OK);
    return answer;
}

static void test_fusions_apply_up_to_their_limits(void **state)
{
    fixture *f = *state;
    set(f, "allreduce_fusion_max_token_num", "128");
    assert_true(applies(f, rg__applies_allreduce, 1, 128));
    assert_false(applies(f, rg__applies_allreduce, 1, 129));
    assert_true(applies(f, rg__applies_minimax, 1, 2048));
    assert_false(applies(f, rg__applies_minimax, 1, 2049));
    assert_true(applies(f, rg__applies_rope_kvcache, 200, 256));
    assert_false(applies(f, rg__applies_rope_kvcache, 200, 257));
    assert_null(f->events.data);
}

static void test_without_range_limits_do_not_count(void **state)
{
    fixture *f = *state;
    assert_true(applies(f, rg__applies_allreduce, 0, 0));
    assert_true(applies(f, rg__applies_rope_kvcache, 0, 0));
    assert_true(applies(f, rg__applies_sequence_parallel, 0, 0));
    assert_null(f->events.data);
}

static void test_a_disabled_all_reduce_fusion_is_told_once(void **state)
{
    fixture *f = *state;
    assert_false(applies(f, rg__applies_allreduce, 1, 1));
    assert_false(applies(f, rg__applies_allreduce, 1, 1));
    assert_string_equal(f->events.data, "warning AllReduce fusion pass is disabled.\n");
}

static void test_sequence_parallelism_applies_from_its_threshold_on(void **state)
{
    fixture *f = *state;
    assert_false(applies(f, rg__applies_sequence_parallel, 1000, 2000)); /* no threshold is known */
    set(f, "sp_min_token_num", "1024");
    assert_false(applies(f, rg__applies_sequence_parallel, 1023, 2000));
    assert_true(applies(f, rg__applies_sequence_parallel, 1024, 2000));
    set(f, "max_num_batched_tokens", "512"); /* a threshold beyond it would never be reached */
    assert_true(applies(f, rg__applies_sequence_parallel, 512, 512));
    assert_true(applies(f, rg__applies_async_tp, 1, 2));
}

static void test_pieces_of_graphs_are_refused(void **state)
{
    fixture *f = *state;
    bool answer = true;
    rg_compile_range range = {8, 8};
    set(f, "splitting_ops", "vllm::unified_attention_with_output");
    assert_int_equal(rg__applies_sequence_parallel(&answer, f->manager, &range), RG_ERROR_ARGUMENT);
    assert_non_null(strstr(last_message(f), "SequenceParallelismPass requires full-graph compilation"));
    assert_int_equal(rg__applies_async_tp(&answer, f->manager, &range), RG_ERROR_ARGUMENT);
    assert_non_null(strstr(last_message(f), "AsyncTPPass requires full-graph compilation"));
    set(f, "use_inductor_graph_partition", "true");
    assert_int_equal(rg__applies_async_tp(&answer, f->manager, &range), RG_OK);
}

/* ---- the printer, and the passes of a configuration ---- */

static void test_the_printer_only_dumps(void **state)
{
    fixture *f = *state;
    rg_pass pass;
    assert_int_equal(rg_pass_manager_add_printer(&pass, f->manager, rg_string_from("early")), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&pass, f->manager, rg_string_from("noop")), RG_OK);
    assert_int_equal(rg_pass_manager_run(f->manager, f->graph), RG_OK);
    assert_string_equal(f->events.data, "dump post_grad.0.PrinterInductorPass.early\n"
                                        "dump post_grad.1.NoOpEliminationPass.before\n"
                                        "log Removed 1 no-op reshapes and slices\n"
                                        "dump post_grad.1.NoOpEliminationPass.after\n"
                                        "log NoOpEliminationPass completed\n"
                                        "log fusion pass matches: {'NoOpEliminationPass': 1}\n");
    assert_int_equal(rg_pass_manager_add_printer(&pass, f->manager, rg_string_from("")), RG_ERROR_ARGUMENT);
}

static void assert_passes(const fixture *f, const char *expected)
{
    rg_buffer names;
    rg__buffer_init(&names, rg__default_allocator());
    for (size_t i = 0; i < rg_pass_manager_pass_count(f->manager); i++) {
        rg_pass pass = rg_pass_manager_pass(f->manager, i);
        rg__buffer_append_format(&names, "%s ", rg_pass_manager_result(f->manager, pass).name.data);
    }
    assert_string_equal(names.data, expected);
    rg__buffer_free(&names);
}

static void test_the_configuration_decides_the_passes(void **state)
{
    fixture *f = *state;
    rg_pass pass;
    assert_int_equal(rg_pass_config_set(rg_pass_manager_config(f->manager), rg_string_from("fuse_norm_quant"),
                                        rg_string_from("true")),
                     RG_OK);
    set(f, "fuse_rope_kvcache_cat_mla", "false");
    set(f, "fuse_act_quant", "true");
    assert_int_equal(rg_pass_manager_add_configured(f->manager), RG_OK);
    assert_string_equal(f->events.data, "log Enabled custom fusions: norm_quant, act_quant\n");
    /* a pass that is added later still runs before the last steps */
    assert_int_equal(rg_pass_manager_add_printer(&pass, f->manager, rg_string_from("late")), RG_OK);
    assert_passes(f, "noop rms_quant act_quant PrinterInductorPass cleanup ir_lowering clone_elimination "
                     "cleanup fix_functionalization ");
    assert_int_equal(rg_pass_manager_add_configured(f->manager), RG_ERROR_ARGUMENT);
}

/* Only the names of dumps and what is said about skipping. */
static void assert_events(const fixture *f, const char *expected)
{
    rg_buffer kept;
    rg__buffer_init(&kept, rg__default_allocator());
    for (const char *line = f->events.data; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1) {
        size_t size = strcspn(line, "\n") + 1;
        if (strncmp(line, "dump ", 5) == 0 || strncmp(line, "log Skipping", 12) == 0) {
            rg__buffer_append(&kept, (rg_string){line, size});
        }
    }
    assert_string_equal(kept.data, expected);
    rg__buffer_free(&kept);
}

static void test_a_skipped_pass_takes_no_index(void **state)
{
    fixture *f = *state;
    set(f, "optimization_level", "0");
    set(f, "fuse_allreduce_rms", "true");
    set(f, "allreduce_fusion_max_token_num", "128");
    assert_int_equal(rg_pass_manager_add_configured(f->manager), RG_OK);
    rg_pass allreduce = rg_pass_manager_pass(f->manager, 1);
    assert_string_equal(rg_pass_manager_result(f->manager, allreduce).name.data, "allreduce_rms");
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){129, 8192}), RG_OK);
    assert_int_equal(rg_pass_manager_run(f->manager, f->graph), RG_OK);
    assert_true(rg_pass_manager_result(f->manager, allreduce).skipped);
    assert_events(f, "dump post_grad.0.NoOpEliminationPass.before\n"
                     "dump post_grad.0.NoOpEliminationPass.after\n"
                     "log Skipping AllReduceFusionPass with compile range (129, 8192)\n"
                     "dump post_grad.1.PostCleanupPass.before\n"
                     "dump post_grad.1.PostCleanupPass.after\n"
                     "dump post_grad.2.VllmIRLoweringPass.before\n"
                     "dump post_grad.2.VllmIRLoweringPass.after\n"
                     "dump post_grad.3.UnsafeCloneEliminationPass.before\n"
                     "dump post_grad.3.UnsafeCloneEliminationPass.after\n"
                     "dump post_grad.4.PostCleanupPass.before\n"
                     "dump post_grad.4.PostCleanupPass.after\n"
                     "dump post_grad.5.FixFunctionalizationPass.before\n"
                     "dump post_grad.5.FixFunctionalizationPass.before_cleanup\n"
                     "dump post_grad.5.FixFunctionalizationPass.after\n");
    rg_pass_manager_leave(f->manager);
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){1, 128}), RG_OK);
    assert_int_equal(rg_pass_manager_run(f->manager, f->graph), RG_OK);
    assert_false(rg_pass_manager_result(f->manager, allreduce).skipped);
    assert_non_null(strstr(f->events.data, "dump post_grad.1.AllReduceFusionPass.before\n"));
    assert_non_null(strstr(f->events.data, "dump post_grad.6.FixFunctionalizationPass.after\n"));
    rg_pass_manager_leave(f->manager);
}

/* Sequence parallelism sweeps up after itself, inside its own dumps and under its own index. */
static void test_a_nested_sweep_shares_the_index(void **state)
{
    fixture *f = *state;
    rg_pass pass;
    set(f, "tensor_parallel_size", "2");
    assert_int_equal(rg_pass_manager_add_named(&pass, f->manager, rg_string_from("sequence_parallel")), RG_OK);
    assert_int_equal(rg_pass_manager_run(f->manager, f->graph), RG_OK);
    assert_string_equal(f->events.data, "dump post_grad.0.SequenceParallelismPass.before\n"
                                        "log Replaced 0 patterns\n"
                                        "dump post_grad.0.SequenceParallelismPass.NoOpEliminationPass.before\n"
                                        "log Removed 1 no-op reshapes and slices\n"
                                        "dump post_grad.0.SequenceParallelismPass.NoOpEliminationPass.after\n"
                                        "log SequenceParallelismPass.NoOpEliminationPass completed\n"
                                        "dump post_grad.0.SequenceParallelismPass.after\n"
                                        "log SequenceParallelismPass completed\n"
                                        "log fusion pass matches: {'SequenceParallelismPass': 0}\n");
    assert_int_equal(rg_pass_manager_result(f->manager, pass).matched, 0); /* the sweep does not count */
}

/* ---- uuids ---- */

static void uuid_of(rg_uuid *out, fixture *f, const char *pass_name, const char *key, const char *value)
{
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
    assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from("tensor_parallel_size"), rg_string_from("2")),
                     RG_OK);
    if (key != NULL) {
        assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from(key), rg_string_from(value)), RG_OK);
    }
    assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from(pass_name)), RG_OK);
    assert_int_equal(rg_pass_manager_pass_uuid(out, manager, pass), RG_OK);
    rg_pass_manager_destroy(manager);
}

/* What a pass means decides its uuid: the parameters that its rules take from the configuration, and nothing else. */
static void test_uuids_feel_the_configuration_that_rules_read(void **state)
{
    fixture *f = *state;
    rg_uuid plain;
    rg_uuid other;
    uuid_of(&plain, f, "sequence_parallel", NULL, NULL);
    uuid_of(&other, f, "sequence_parallel", "tensor_parallel_group", "tp:7");
    assert_string_not_equal(plain.text, other.text);
    uuid_of(&other, f, "sequence_parallel", "num_speculative_tokens", "7");
    assert_string_equal(plain.text, other.text);
    uuid_of(&other, f, "sequence_parallel", "compatible", "true");
    assert_string_not_equal(plain.text, other.text);
    /* walks: the keys that name them as readers */
    uuid_of(&plain, f, "ir_lowering", NULL, NULL);
    uuid_of(&other, f, "ir_lowering", "rms_norm_priority", "vllm_c,native");
    assert_string_not_equal(plain.text, other.text);
    uuid_of(&other, f, "ir_lowering", "compatible", "true");
    assert_string_equal(plain.text, other.text);
    uuid_of(&plain, f, "split_coalescing", NULL, NULL);
    uuid_of(&other, f, "split_coalescing", "compatible", "true");
    assert_string_not_equal(plain.text, other.text);
}

static void uuid_of_layers(rg_uuid *out, fixture *f, rg_value layers)
{
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
    assert_int_equal(
        rg_pass_config_set_value(rg_pass_manager_config(manager), rg_string_from("attention_layers"), layers), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from("attn_quant")), RG_OK);
    assert_int_equal(rg_pass_manager_pass_uuid(out, manager, pass), RG_OK);
    rg_pass_manager_destroy(manager);
}

/* In vLLM one pattern a layer is hashed, by its class; here the layers' names and sizes are. */
static void test_uuids_feel_each_layer(void **state)
{
    static const char *const text = "class G(torch.nn.Module):\n"
                                    "    def forward(self, x):\n"
                                    "        y = torch.ops.my.op.default("
                                    "[{'name': 'a', 'num_heads': 4, 'head_size': 64}], "
                                    "[{'name': 'b', 'num_heads': 4, 'head_size': 64}], "
                                    "[{'name': 'a', 'num_heads': 8, 'head_size': 64}], "
                                    "[{'name': 'a', 'num_heads': 4, 'head_size': 64}, "
                                    "{'name': 'b', 'num_heads': 4, 'head_size': 64}])\n"
                                    "        return (y,)\n";
    enum { COUNT = 4 };
    fixture *f = *state;
    rg_graph *layers = NULL; /* the shortest way from text to values */
    rg_uuid uuids[COUNT];
    assert_int_equal(rg_graph_parse(&layers, f->context, rg_string_from(text), rg_string_from("layers")), RG_OK);
    for (size_t i = 0; i < COUNT; i++) {
        rg_uuid again;
        rg_value value = rg_node_argument(layers, rg_graph_find(layers, rg_string_from("y")), i);
        uuid_of_layers(&uuids[i], f, value);
        uuid_of_layers(&again, f, value);
        assert_string_equal(uuids[i].text, again.text);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(uuids[i].text, uuids[j].text);
        }
    }
    rg_graph_destroy(layers);
}

static void test_the_managers_uuid_feels_the_range(void **state)
{
    fixture *f = *state;
    rg_uuid uuids[3];
    assert_int_equal(rg_pass_manager_uuid(&uuids[0], f->manager), RG_OK);
    assert_int_equal(rg_pass_manager_enter(f->manager, (rg_compile_range){1, 8}), RG_OK);
    assert_int_equal(rg_pass_manager_uuid(&uuids[1], f->manager), RG_OK);
    rg_pass_manager_leave(f->manager);
    assert_int_equal(rg_pass_manager_uuid(&uuids[2], f->manager), RG_OK);
    assert_string_not_equal(uuids[0].text, uuids[1].text);
    assert_string_equal(uuids[0].text, uuids[2].text);
}

/* Something for every walk: repeated splits, scattered rotary embedding, IR ops, copies, kernels. */
static const char *const WALKED =
    "class G(torch.nn.Module):\n"
    "    def forward(self, n: \"Sym(s0)\", x: \"bf16[s0, 16][16, 1]cuda:0\", w: \"bf16[16][1]cuda:0\", "
    "p: \"i64[s0][1]cuda:0\", c: \"bf16[64, 4][4, 1]cuda:0\"):\n"
    "        rms_norm: \"bf16[s0, 16][16, 1]cuda:0\" = torch.ops.vllm_ir.rms_norm.default(x, w, 1e-05)\n"
    "        split = torch.ops.aten.split_with_sizes.default(rms_norm, [8, 4, 4], -1)\n"
    "        q: \"bf16[s0, 8][16, 1]cuda:0\" = split[0]\n"
    "        k: \"bf16[s0, 4][16, 1]cuda:0\" = split[1];  split = None\n"
    "        rope = torch.ops.higher_order.auto_functionalized(torch.ops._C.rotary_embedding.default, positions = p, "
    "query = q, key = k, head_size = 4, cos_sin_cache = c, is_neox = True);  q = k = p = c = None\n"
    "        q_1: \"bf16[s0, 8][16, 1]cuda:0\" = rope[1]\n"
    "        k_1: \"bf16[s0, 4][16, 1]cuda:0\" = rope[2];  rope = None\n"
    "        scatter: \"bf16[s0, 16][16, 1]cuda:0\" = torch.ops.aten.slice_scatter.default(rms_norm, q_1, 1, 0, 8);"
    "  rms_norm = q_1 = None\n"
    "        scatter_1: \"bf16[s0, 16][16, 1]cuda:0\" = torch.ops.aten.slice_scatter.default(scatter, k_1, 1, 8, 12);"
    "  scatter = k_1 = None\n"
    "        split_1 = torch.ops.aten.split_with_sizes.default(scatter_1, [8, 4, 4], -1)\n"
    "        q_2: \"bf16[s0, 8][16, 1]cuda:0\" = split_1[0];  split_1 = None\n"
    "        split_2 = torch.ops.aten.split_with_sizes.default(scatter_1, [8, 4, 4], 1);  scatter_1 = None\n"
    "        v_2: \"bf16[s0, 4][16, 1]cuda:0\" = split_2[2];  split_2 = None\n"
    "        clone: \"bf16[s0, 4][4, 1]cuda:0\" = torch.ops.aten.clone.default(v_2, memory_format = "
    "torch.contiguous_format);  v_2 = None\n"
    "        clone_1: \"bf16[s0, 4][4, 1]cuda:0\" = torch.ops.aten.clone.default(clone);  clone = None\n"
    "        fused = torch.ops.vllm_ir.fused_add_rms_norm.maybe_inplace(x, x, w, 1e-06);  x = w = None\n"
    "        getitem: \"bf16[s0, 16][16, 1]cuda:0\" = fused[0]\n"
    "        getitem_1: \"bf16[s0, 16][16, 1]cuda:0\" = fused[1];  fused = None\n"
    "        return (q_2, clone_1, getitem, getitem_1)\n";

/* What WALKED is before and after each of its passes. */
typedef struct walked_texts {
    rg_pass_manager *manager;
    rg_buffer texts[32];
    size_t count;
    size_t before; /* the one that the running pass began with */
} walked_texts;

/* A pass says that it has changed the graph exactly when it has. */
static rg_status keep_text(void *user, rg_string name, rg_string text)
{
    walked_texts *walked = user;
    rg_pass_result result = rg_pass_manager_result(walked->manager, rg_pass_manager_current(walked->manager));
    const char *stage = strstr(name.data, result.dump_name.data) + result.dump_name.size;
    assert_true(walked->count < 32);
    rg__buffer_init(&walked->texts[walked->count], rg__default_allocator());
    rg__buffer_append(&walked->texts[walked->count], text);
    if (strcmp(stage, ".before") == 0) {
        walked->before = walked->count;
    } else if (strcmp(stage, ".after") == 0 &&
               result.changed == (strcmp(walked->texts[walked->before].data, text.data) == 0)) {
        fail_msg("%s: the pass is wrong about having changed the graph", name.data);
    }
    walked->count++;
    return RG_OK;
}

/* The graph that a failed pass leaves is one that a pass got. */
static void assert_is_known(const walked_texts *walked, const rg_graph *graph)
{
    rg_print_options options = RG_PRINT_OPTIONS_INIT;
    rg_buffer text;
    bool known = false;
    rg__buffer_init(&text, rg__default_allocator());
    options.strip_log = true;
    assert_int_equal(rg_graph_print(graph, &options, rg__buffer_sink(&text)), RG_OK);
    for (size_t i = 0; i < walked->count; i++) {
        known = known || strcmp(walked->texts[i].data, text.data) == 0;
    }
    if (!known) {
        fail_msg("a failed pass leaves a graph that is none it was given:\n%s", text.data);
    }
    rg__buffer_free(&text);
    assert_int_equal(rg_graph_verify(graph), RG_OK);
}

/* `user`: where to keep the texts, at the first time; later those that were kept. */
static rg_status walk_everything(const rg_allocator *allocator, void *user)
{
    static const char *const names[] = {"inplace_functionalization", "split_coalescing", "scatter_split"};
    walked_texts *walked = user;
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    bool is_first = walked->count == 0;
    rg_context_options context_options = RG_CONTEXT_OPTIONS_INIT;
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    context_options.allocator = allocator;
    options.dump = is_first ? keep_text : NULL;
    options.dump_user = walked;
    options.verify = true;
    rg_status status = rg_context_create(&context, &context_options);
    if (status == RG_OK) {
        status = rg_graph_parse(&graph, context, rg_string_from(WALKED), rg_string_from("g.py"));
    }
    if (status == RG_OK) {
        status = rg_pass_manager_create(&manager, context, &options);
        walked->manager = manager;
    }
    if (status == RG_OK) {
        status = rg_pass_manager_set_config(manager, rg_string_from("optimization_level"), rg_string_from("0"));
    }
    if (status == RG_OK) {
        status = rg_pass_manager_set_config(manager, rg_string_from("fused_add_rms_norm_priority"),
                                            rg_string_from("vllm_c"));
    }
    for (size_t i = 0; i < 3 && status == RG_OK; i++) {
        status = rg_pass_manager_add_named(&pass, manager, rg_string_from(names[i]));
    }
    if (status == RG_OK) {
        status = rg_pass_manager_add_configured(manager);
    }
    if (status == RG_OK) {
        status = rg_pass_manager_run(manager, graph);
        if (status != RG_OK) {
            assert_is_known(walked, graph);
        }
    }
    static const uint64_t expected[] = {1, 1, 1, 0, 0, 2, 1, 0, 2};
    for (size_t i = 0; i < 9 && status == RG_OK; i++) {
        assert_int_equal(rg_pass_manager_result(manager, rg_pass_manager_pass(manager, i)).matched, expected[i]);
    }
    rg_pass_manager_destroy(manager);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status;
}

static void test_walks_survive_want_of_memory(void **state)
{
    (void)state;
    walked_texts walked = {.count = 0};
    assert_int_equal(walk_everything(rg__default_allocator(), &walked), RG_OK);
    assert_true(failing_allocator_exhaust(walk_everything, &walked) > 100);
    for (size_t i = 0; i < walked.count; i++) {
        rg__buffer_free(&walked.texts[i]);
    }
}

/* ---- telling of passes ---- */

static rg_status note_pass(void *user, rg_pass pass, const rg_graph *graph)
{
    fixture *f = user;
    bool has_view = !rg_node_is_null(rg_graph_find(graph, rg_string_from("view")));
    rg__buffer_append_format(&f->events, "%s%s", rg_pass_manager_result(f->manager, pass).name.data,
                             has_view ? " with view, " : " without, ");
    return RG_OK;
}

static rg_status refuse_pass(void *user, rg_pass pass, const rg_graph *graph)
{
    (void)user;
    (void)pass;
    (void)graph;
    return RG_ERROR_LIMIT;
}

static void test_each_pass_that_ran_is_told_of(void **state)
{
    fixture *f = *state;
    rg_pass pass;
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.on_pass = note_pass;
    options.on_pass_user = f;
    rg_pass_manager_destroy(f->manager);
    assert_int_equal(rg_pass_manager_create(&f->manager, f->context, &options), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&pass, f->manager, rg_string_from("cleanup")), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&pass, f->manager, rg_string_from("noop")), RG_OK);
    assert_int_equal(rg_pass_manager_run(f->manager, f->graph), RG_OK);
    assert_string_equal(f->events.data, "cleanup with view, noop without, ");
    rg_pass_manager_destroy(f->manager);
    options.on_pass = refuse_pass;
    assert_int_equal(rg_pass_manager_create(&f->manager, f->context, &options), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&pass, f->manager, rg_string_from("noop")), RG_OK);
    assert_int_equal(rg_pass_manager_run(f->manager, f->graph), RG_ERROR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_contexts_nest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_each_pass_that_ran_is_told_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_donated_inputs_belong_to_the_context, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fusions_apply_up_to_their_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_range_limits_do_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_disabled_all_reduce_fusion_is_told_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sequence_parallelism_applies_from_its_threshold_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pieces_of_graphs_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_printer_only_dumps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_configuration_decides_the_passes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_skipped_pass_takes_no_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_nested_sweep_shares_the_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_uuids_feel_the_configuration_that_rules_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_uuids_feel_each_layer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_managers_uuid_feels_the_range, set_up, tear_down),
        cmocka_unit_test(test_walks_survive_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The configuration of passes: keys, values, levels, conditions, derived limits, compile ranges, layers, its hash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"

typedef struct fixture {
    rg_context *context;
    rg_pass_config *config;
    rg_buffer lines;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof(*f));
    assert_non_null(f);
    assert_int_equal(rg_context_create(&f->context, NULL), RG_OK);
    assert_int_equal(rg_pass_config_create(&f->config, f->context), RG_OK);
    rg__buffer_init(&f->lines, rg__default_allocator());
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    rg__buffer_free(&f->lines);
    rg_pass_config_destroy(f->config);
    rg_context_destroy(f->context);
    free(f);
    return 0;
}

static void set(fixture *f, const char *key, const char *text)
{
    assert_int_equal(rg_pass_config_set(f->config, rg_string_from(key), rg_string_from(text)), RG_OK);
}

static bool flag(const fixture *f, const char *key)
{
    rg_value value = rg_pass_config_get(f->config, rg_string_from(key));
    assert_int_equal(rg_value_get_kind(value), RG_VALUE_BOOL);
    return rg_value_as_bool(value);
}

/* -1 when it is none. */
static int64_t number(const fixture *f, const char *key)
{
    int64_t value = -1;
    rg_value given = rg_pass_config_get(f->config, rg_string_from(key));
    assert_true(rg_value_as_int(f->context, given, &value) || rg_value_get_kind(given) == RG_VALUE_NONE);
    return value;
}

static void assert_printed(const fixture *f, const char *key, const char *expected)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    rg_value value = rg_pass_config_get(f->config, rg_string_from(key));
    assert_int_equal(rg_value_print(f->context, NULL, value, rg__buffer_sink(&text)), RG_OK);
    assert_string_equal(text.data, expected);
    rg__buffer_free(&text);
}

static const char *last_message(const fixture *f)
{
    size_t count = rg_context_diagnostic_count(f->context);
    return count == 0 ? "" : rg_context_diagnostic(f->context, count - 1)->message.data;
}

static void log_line(void *user, rg_severity severity, rg_string line)
{
    fixture *f = user;
    rg__buffer_append_format(&f->lines, "%s: %s\n", severity == RG_SEVERITY_WARNING ? "warning" : "note", line.data);
}

static const char *reported(fixture *f)
{
    rg__buffer_clear(&f->lines);
    rg__buffer_append_text(&f->lines, "");
    assert_int_equal(rg_pass_config_report(f->config, log_line, f), RG_OK);
    return f->lines.data == NULL ? "" : f->lines.data;
}

/* ---- keys and values ---- */

static void test_every_key_has_a_name_a_type_and_a_meaning(void **state)
{
    fixture *f = *state;
    assert_int_equal(rg_config_key_get_info(rg_config_key_count()).name.size, 0);
    for (size_t i = 0; i < rg_config_key_count(); i++) {
        rg_config_key_info info = rg_config_key_get_info(i);
        assert_true(info.name.size > 0 && info.type.size > 0 && info.description.size > 0);
        assert_false(rg_value_is_missing(rg_pass_config_get(f->config, info.name)));
        for (size_t j = 0; j < i; j++) {
            assert_false(rg_string_equal(info.name, rg_config_key_get_info(j).name));
        }
    }
    assert_true(rg_value_is_missing(rg_pass_config_get(f->config, rg_string_from("fuse_nothing"))));
}

static void test_text_is_read_by_the_keys_type(void **state)
{
    fixture *f = *state;
    set(f, "model_dtype", "torch.bfloat16");
    assert_printed(f, "model_dtype", "torch.bfloat16");
    set(f, "model_dtype", "none");
    assert_printed(f, "model_dtype", "None");
    set(f, "custom_ops", "none,+rms_norm");
    assert_printed(f, "custom_ops", "('none', '+rms_norm')");
    set(f, "compile_range", "1,2048");
    assert_printed(f, "compile_range", "(1, 2048)");
    set(f, "compile_sizes", "8,16,32");
    assert_printed(f, "compile_sizes", "(8, 16, 32)");
    set(f, "fi_allreduce_fusion_max_size_mb", "0.5");
    assert_printed(f, "fi_allreduce_fusion_max_size_mb", "0.5");
    set(f, "fuse_norm_quant", "True");
    assert_true(flag(f, "fuse_norm_quant"));
}

static void test_wrong_keys_and_values_are_refused(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *key, *value, *message;
    } cases[] = {
        {"fuse_norm_qant", "true", "there is no configuration key 'fuse_norm_qant'; did you mean 'fuse_norm_quant'?"},
        {"zzz", "1", "there is no configuration key 'zzz'"},
        {"fuse_norm_quant", "1", "'1' is no value for 'fuse_norm_quant': expected true, false or none"},
        {"compatible", "none", "'none' is no value for 'compatible': expected true or false"},
        {"hidden_size", "-1",
         "'-1' is no value for 'hidden_size': expected a whole number from 0 to 2147483647, or none"},
        {"hidden_size", "2147483648",
         "'2147483648' is no value for 'hidden_size': expected a whole number from 0 to 2147483647, or none"},
        {"rms_norm_eps", "0.0", "'0.0' is no value for 'rms_norm_eps': expected a number above 0, or none"},
        {"platform", "vulkan", "'vulkan' is no value for 'platform': expected one of cuda|rocm|xpu|cpu"},
        {"optimization_level", "4", "'4' is no value for 'optimization_level': expected one of 0|1|2|3"},
        {"compile_range", "5,4",
         "'5,4' is no value for 'compile_range': expected START,END with START <= END, or none"},
        {"compile_range", "5", "'5' is no value for 'compile_range': expected START,END with START <= END, or none"},
        {"compile_sizes", "1,,2",
         "'1,,2' is no value for 'compile_sizes': expected whole numbers with commas between them"},
        {"fp8_dtype", "none", "'none' is no value for 'fp8_dtype': expected a dtype such as float8_e4m3fn"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rg_status status = rg_pass_config_set(f->config, rg_string_from(cases[i].key), rg_string_from(cases[i].value));
        assert_int_equal(status, i < 2 ? RG_ERROR_NAME : RG_ERROR_ARGUMENT);
        assert_string_equal(last_message(f), cases[i].message);
    }
}

static void test_values_are_taken_as_text_is(void **state)
{
    fixture *f = *state;
    rg_value items[2];
    rg_value value;
    assert_int_equal(rg_value_string(&items[0], f->context, rg_string_from("+rms_norm")), RG_OK);
    assert_int_equal(rg_value_int(&items[1], f->context, 5), RG_OK);
    assert_int_equal(rg_value_items(&value, f->context, NULL, RG_VALUE_LIST, items, 1), RG_OK);
    assert_int_equal(rg_pass_config_set_value(f->config, rg_string_from("custom_ops"), value), RG_OK);
    assert_printed(f, "custom_ops", "('+rms_norm',)");
    assert_int_equal(rg_value_items(&value, f->context, NULL, RG_VALUE_LIST, items, 2), RG_OK);
    assert_int_equal(rg_pass_config_set_value(f->config, rg_string_from("custom_ops"), value), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_pass_config_set_value(f->config, rg_string_from("hidden_size"), items[1]), RG_OK);
    assert_int_equal(number(f, "hidden_size"), 5);
    assert_int_equal(rg_pass_config_set_value(f->config, rg_string_from("hidden_size"), rg_value_none()), RG_OK);
    assert_int_equal(number(f, "hidden_size"), -1);
    assert_int_equal(rg_pass_config_set_value(f->config, rg_string_from("model_dtype"), rg_value_dtype(RG_DTYPE_F16)),
                     RG_OK);
    assert_printed(f, "model_dtype", "torch.float16");
    assert_int_equal(rg_pass_config_set_value(f->config, rg_string_from("nothing"), items[1]), RG_ERROR_NAME);
}

/* ---- levels and conditions ---- */

static void test_levels_decide_flags_that_are_not_set(void **state)
{
    fixture *f = *state;
    assert_true(flag(f, "eliminate_noops"));
    assert_false(flag(f, "fuse_norm_quant")); /* the norm is native: Inductor fuses by itself */
    set(f, "custom_ops", "+quant_fp8");
    assert_true(flag(f, "fuse_norm_quant"));
    assert_true(flag(f, "fuse_act_quant"));
    set(f, "optimization_level", "0");
    assert_false(flag(f, "fuse_norm_quant"));
    set(f, "fuse_norm_quant", "true"); /* what is set wins */
    assert_true(flag(f, "fuse_norm_quant"));
    set(f, "fuse_norm_quant", "none");
    set(f, "optimization_level", "1");
    assert_true(flag(f, "fuse_norm_quant"));
    set(f, "custom_ops", "all,-quant_fp8,-rms_norm,-silu_and_mul");
    assert_false(flag(f, "fuse_norm_quant"));
    assert_false(flag(f, "fuse_act_quant"));
    set(f, "rms_norm_priority", "vllm_c,native");
    assert_true(flag(f, "fuse_norm_quant"));
    set(f, "quantization", "nvfp4");
    assert_true(flag(f, "fuse_act_quant"));
    assert_false(flag(f, "fuse_attn_quant"));
}

static void test_the_all_reduce_fusion_depends_on_the_machine(void **state)
{
    fixture *f = *state;
    set(f, "tensor_parallel_size", "2");
    set(f, "device_capability", "90");
    assert_true(flag(f, "fuse_allreduce_rms"));
    set(f, "device_capability", "103");
    assert_true(flag(f, "fuse_allreduce_rms"));
    set(f, "device_capability", "89");
    assert_false(flag(f, "fuse_allreduce_rms"));
    set(f, "device_capability", "90");
    set(f, "flashinfer", "false");
    assert_false(flag(f, "fuse_allreduce_rms"));
    set(f, "platform", "rocm");
    set(f, "aiter", "true");
    assert_true(flag(f, "fuse_allreduce_rms"));
    set(f, "tensor_parallel_size", "1");
    assert_false(flag(f, "fuse_allreduce_rms"));
}

static void test_flags_need_their_platform(void **state)
{
    fixture *f = *state;
    set(f, "fuse_rope_kvcache", "true");
    assert_false(flag(f, "fuse_rope_kvcache"));
    assert_string_equal(reported(f), "warning: fuse_rope_kvcache is turned off: it needs: ROCm\n"
                                     "note: Enabled custom fusions: rope_kvcache_cat_mla\n");
    set(f, "platform", "rocm");
    assert_true(flag(f, "fuse_rope_kvcache"));
    set(f, "platform", "cpu");
    set(f, "enable_qk_norm_rope_fusion", "true");
    assert_false(flag(f, "enable_qk_norm_rope_fusion"));
    set(f, "platform", "cuda");
    assert_true(flag(f, "enable_qk_norm_rope_fusion"));
    assert_true(flag(f, "fuse_rope_kvcache_cat_mla"));
    set(f, "splitting_ops", "vllm::unified_mla_kv_cache_update");
    assert_false(flag(f, "fuse_rope_kvcache_cat_mla"));
    set(f, "use_inductor_graph_partition", "true");
    assert_true(flag(f, "fuse_rope_kvcache_cat_mla"));
}

static void test_sequence_parallelism_needs_ranks_and_a_threshold(void **state)
{
    fixture *f = *state;
    set(f, "enable_sp", "true");
    assert_false(flag(f, "enable_sp"));
    set(f, "tensor_parallel_size", "2");
    assert_false(flag(f, "enable_sp")); /* no threshold is known */
    set(f, "model_dtype", "bfloat16");
    set(f, "hidden_size", "8192");
    set(f, "device_capability", "90");
    assert_true(flag(f, "enable_sp"));
    assert_int_equal(number(f, "sp_min_token_num"), 1024);
    set(f, "hidden_size", "4096");
    assert_false(flag(f, "enable_sp"));
    set(f, "sp_min_token_num", "1");
    assert_true(flag(f, "enable_sp"));
    set(f, "enable_sp", "none");
    assert_false(flag(f, "enable_sp"));
    set(f, "fuse_gemm_comms", "true"); /* turns it on */
    assert_true(flag(f, "enable_sp"));
    assert_true(flag(f, "fuse_gemm_comms"));
}

static void test_token_limits_of_the_all_reduce_follow_the_table(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *capability, *ranks;
        int64_t tokens; /* of 16,384 bytes */
    } cases[] = {
        {"90", "2", 4096},  {"90", "4", 128},   {"90", "8", 32},  {"90", "3", -1},   {"89", "2", -1},
        {"100", "2", 4096}, {"100", "4", 2048}, {"100", "8", 64}, {"100", "16", -1},
    };
    set(f, "model_dtype", "bfloat16");
    set(f, "hidden_size", "8192");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        set(f, "device_capability", cases[i].capability);
        set(f, "tensor_parallel_size", cases[i].ranks);
        assert_int_equal(number(f, "allreduce_fusion_max_token_num"), cases[i].tokens);
    }
    set(f, "tensor_parallel_size", "2");
    set(f, "max_num_batched_tokens", "100");
    assert_int_equal(number(f, "allreduce_fusion_max_token_num"), 100);
    set(f, "fi_allreduce_fusion_max_size_mb", "0.25");
    assert_int_equal(number(f, "allreduce_fusion_max_token_num"), 16);
    set(f, "flashinfer", "false");
    assert_int_equal(number(f, "allreduce_fusion_max_token_num"), -1);
    set(f, "flashinfer", "true");
    set(f, "platform", "rocm");
    assert_int_equal(number(f, "allreduce_fusion_max_token_num"), -1);
    assert_int_equal(number(f, "minimax_max_token_num"), 100);
    set(f, "max_num_batched_tokens", "8192");
    assert_int_equal(number(f, "minimax_max_token_num"), 2048);
    set(f, "max_num_seqs", "64");
    set(f, "num_speculative_tokens", "3");
    assert_int_equal(number(f, "aiter_qk_rope_kvcache_fusion_max_token_num"), 256);
}

static void test_the_report_warns_and_lists_fusions(void **state)
{
    fixture *f = *state;
    set(f, "optimization_level", "0");
    assert_string_equal(reported(f), "");
    set(f, "fuse_norm_quant", "true");
    set(f, "fuse_attn_quant", "true");
    set(f, "enable_qk_norm_rope_fusion", "true");
    assert_string_equal(reported(f), "note: Enabled custom fusions: norm_quant, attn_quant\n");
    set(f, "eliminate_noops", "false");
    assert_string_equal(reported(f),
                        "warning: eliminate_noops is off: fusions of RMSNorm or SiLU-and-multiply with quantisation "
                        "may find nothing\n"
                        "warning: eliminate_noops is off: the fusion of attention with quantisation may find nothing\n"
                        "note: Enabled custom fusions: norm_quant, attn_quant\n");
    assert_int_equal(rg_pass_config_report(f->config, NULL, NULL), RG_OK);
    set(f, "eliminate_noops", "true");
    set(f, "model_dtype", "float32");
    assert_string_equal(reported(f),
                        "warning: enable_qk_norm_rope_fusion finds nothing: it is for models in bfloat16 or float16\n"
                        "note: Enabled custom fusions: norm_quant, attn_quant\n");
}

/* ---- layers ---- */

static rg_value layer_value(fixture *f, const char *text)
{
    /* A graph is the shortest way from text to a value. */
    rg_buffer source;
    rg_graph *graph = NULL;
    rg__buffer_init(&source, rg__default_allocator());
    rg__buffer_append_format(
        &source,
        "class G(torch.nn.Module):\n    def forward(self, x):\n        y = torch.ops.my.op.default(x, %s)\n"
        "        return (y,)\n",
        text);
    assert_int_equal(rg_graph_parse(&graph, f->context, rg__buffer_string(&source), rg_string_from("g")), RG_OK);
    rg_value value = rg_node_argument(graph, rg_graph_find(graph, rg_string_from("y")), 1);
    rg_graph_destroy(graph);
    rg__buffer_free(&source);
    return value;
}

static rg_status set_layers(fixture *f, const char *key, const char *text)
{
    return rg_pass_config_set_value(f->config, rg_string_from(key), layer_value(f, text));
}

static void test_layers_have_every_field(void **state)
{
    fixture *f = *state;
    assert_printed(f, "attention_layers", "()");
    assert_int_equal(set_layers(f, "attention_layers",
                                "[{'name': 'layers.0.attn', 'num_heads': 8, 'head_size': 64, 'nvfp4': True}]"),
                     RG_OK);
    assert_printed(f, "attention_layers",
                   "({'name': 'layers.0.attn', 'num_heads': 8, 'num_kv_heads': 8, 'head_size': 64, 'head_size_v': 64, "
                   "'fp8': True, 'nvfp4': True, 'rope_kvcache': True, 'qk_norm_rope_kvcache': True, "
                   "'gated': False, 'rotary_dim': 64},)");
    /* from names to records, as vLLM's static forward context has them */
    assert_int_equal(set_layers(f, "mla_layers", "{'a': {'num_heads': 16}, 'b': {'kv_cache_dtype': 'fp8'}}"), RG_OK);
    assert_printed(f, "mla_layers",
                   "({'name': 'a', 'num_heads': 16, 'qk_nope_head_dim': None, 'qk_rope_head_dim': None, "
                   "'kv_lora_rank': None, 'v_head_dim': None, 'fp8': True, 'nvfp4': False, 'kv_cache_dtype': 'auto'}, "
                   "{'name': 'b', 'num_heads': None, 'qk_nope_head_dim': None, 'qk_rope_head_dim': None, "
                   "'kv_lora_rank': None, 'v_head_dim': None, 'fp8': True, 'nvfp4': False, 'kv_cache_dtype': 'fp8'})");
}

static void test_wrong_layers_are_refused(void **state)
{
    fixture *f = *state;
    assert_int_equal(set_layers(f, "attention_layers", "[{'name': 'a', 'num_head': 8}]"), RG_ERROR_NAME);
    assert_string_equal(last_message(f),
                        "a layer of 'attention_layers' has no field 'num_head'; did you mean 'num_heads'?");
    assert_int_equal(set_layers(f, "attention_layers", "[{'num_heads': 8}]"), RG_ERROR_ARGUMENT);
    assert_string_equal(last_message(f), "a layer of 'attention_layers' has no name");
    assert_int_equal(set_layers(f, "attention_layers", "[{'name': 'a', 'num_heads': 'many'}]"), RG_ERROR_ARGUMENT);
    assert_string_equal(last_message(f),
                        "field 'num_heads' of a layer of 'attention_layers' must be a whole number above 0");
    assert_int_equal(set_layers(f, "attention_layers", "['a']"), RG_ERROR_ARGUMENT);
    assert_int_equal(set_layers(f, "attention_layers", "5"), RG_ERROR_ARGUMENT);
    assert_printed(f, "attention_layers", "()");
}

/* Rules read the configuration; layers make instances. */
static void test_rule_sets_get_the_configuration(void **state)
{
    static const char *const rules = "class by_layer(Rule):\n"
                                     "    layer = config.attention_layers\n"
                                     "    enabled = config.fuse_attn_quant\n"
                                     "    def pattern(x: \"f32[t, layer.num_heads * layer.head_size]\"):\n"
                                     "        return torch.sin(x) + layer.num_heads\n"
                                     "    def replacement(x):\n"
                                     "        return torch.cos(x)\n";
    fixture *f = *state;
    assert_int_equal(set_layers(f, "attention_layers",
                                "[{'name': 'a', 'num_heads': 2, 'head_size': 4}, "
                                "{'name': 'c', 'num_heads': 3, 'head_size': 4}]"),
                     RG_OK);
    for (size_t i = 0; i < 2; i++) {
        rg_rule_set *set_of_rules = NULL;
        set(f, "fuse_attn_quant", i == 0 ? "true" : "false");
        assert_int_equal(rg_rule_set_create(&set_of_rules, f->context), RG_OK);
        assert_int_equal(rg_pass_config_apply(f->config, set_of_rules), RG_OK);
        assert_int_equal(rg_rule_set_load_text(set_of_rules, rg_string_from(rules), rg_string_from("r.py")), RG_OK);
        assert_int_equal(rg_rule_set_count(set_of_rules), i == 0 ? 2 : 0);
        if (i == 0) {
            assert_string_equal(rg_rule_set_info(set_of_rules, 0).name.data, "by_layer[layer='a']");
            assert_string_equal(rg_rule_set_info(set_of_rules, 1).name.data, "by_layer[layer='c']");
        }
        rg_rule_set_destroy(set_of_rules);
    }
}

/* ---- ranges and the hash ---- */

static void assert_ranges(const fixture *f, const char *expected)
{
    char text[256] = "";
    size_t size = 0;
    for (size_t i = 0; i < rg_pass_config_range_count(f->config); i++) {
        rg_compile_range range = rg_pass_config_range(f->config, i);
        size += (size_t)snprintf(text + size, sizeof(text) - size, "(%d, %d)", (int)range.start, (int)range.end);
    }
    assert_string_equal(text, expected);
    assert_int_equal(rg_pass_config_range(f->config, rg_pass_config_range_count(f->config)).end, 0);
}

static void test_ranges_are_cut_where_passes_begin_or_end(void **state)
{
    fixture *f = *state;
    assert_ranges(f, "(1, 8192)");
    set(f, "compile_ranges_endpoints", "512,64,9000,64");
    assert_ranges(f, "(1, 64)(65, 512)(513, 8192)");
    set(f, "compile_sizes", "8,4");
    assert_ranges(f, "(1, 64)(65, 512)(513, 8192)(8, 8)(4, 4)");
    set(f, "compile_sizes", "");
    set(f, "compile_ranges_endpoints", "");
    set(f, "model_dtype", "bfloat16");
    set(f, "hidden_size", "8192");
    set(f, "device_capability", "90");
    set(f, "tensor_parallel_size", "4");
    set(f, "enable_sp", "true");
    assert_int_equal(number(f, "sp_min_token_num"), 2048);
    assert_ranges(f, "(1, 128)(129, 2047)(2048, 8192)");
}

static void test_the_hash_covers_every_value_that_holds(void **state)
{
    fixture *f = *state;
    rg_uuid first;
    rg_uuid second;
    assert_int_equal(rg_pass_config_hash(&first, f->config), RG_OK);
    assert_int_equal(strlen(first.text), 64);
    set(f, "hidden_size", "none");
    assert_int_equal(rg_pass_config_hash(&second, f->config), RG_OK);
    assert_string_equal(first.text, second.text);
    set(f, "hidden_size", "64");
    assert_int_equal(rg_pass_config_hash(&second, f->config), RG_OK);
    assert_string_not_equal(first.text, second.text);
    set(f, "hidden_size", "none");
    assert_int_equal(set_layers(f, "attention_layers", "[{'name': 'a'}]"), RG_OK);
    assert_int_equal(rg_pass_config_hash(&second, f->config), RG_OK);
    assert_string_not_equal(first.text, second.text);
}

static rg_status configure(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_uuid uuid;
    rg_context *context = NULL;
    rg_pass_config *config = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_status status = rg_context_create(&context, &options);
    if (status == RG_OK) {
        status = rg_pass_config_create(&config, context);
    }
    if (status == RG_OK) {
        status = rg_pass_config_set(config, rg_string_from("custom_ops"), rg_string_from("all,-rms_norm"));
    }
    if (status == RG_OK) {
        status = rg_pass_config_hash(&uuid, config);
    }
    rg_pass_config_destroy(config);
    rg_context_destroy(context);
    return status;
}

static void test_want_of_memory_is_survived(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(configure, NULL) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_key_has_a_name_a_type_and_a_meaning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_text_is_read_by_the_keys_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_keys_and_values_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_values_are_taken_as_text_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_levels_decide_flags_that_are_not_set, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_all_reduce_fusion_depends_on_the_machine, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flags_need_their_platform, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sequence_parallelism_needs_ranks_and_a_threshold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_token_limits_of_the_all_reduce_follow_the_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_report_warns_and_lists_fusions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_layers_have_every_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_layers_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rule_sets_get_the_configuration, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ranges_are_cut_where_passes_begin_or_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_hash_covers_every_value_that_holds, set_up, tear_down),
        cmocka_unit_test(test_want_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

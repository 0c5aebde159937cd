#!/usr/bin/env python3
"""The parameters of vLLM's unit tests: each fusion in every form in which vLLM writes it, ops counted before and after.

usage: test_forms.py COMMAND [unittest's arguments]

As vLLM's tests do: the ops that a fusion takes away are there before and gone after (or fewer), those it brings are new,
and its count is as said. The graphs of one test are one file, since they differ only in what the graph says. Samples are
run on random numbers before and after.
"""
import itertools
import re
import sys
from collections import Counter
from dataclasses import dataclass

import command
import parts
import small_models

DTYPES = {"bf16": "bfloat16", "f16": "float16"}
EPSILONS = (1e-05, 1e-06)
FLAGS = (False, True)
SPLIT = "aten.split_with_sizes.default"
STATIC_QUANT = {"custom": "_C.static_scaled_fp8_quant.default", "native": "aten.reciprocal.default",
                "ir": "vllm_ir.static_quant_fp8.default"}
FP4_QUANT, GROUP_QUANT = "_C.scaled_fp4_quant.out", "_C.per_token_group_fp8_quant.default"
TOKEN_QUANT = {"custom": "_C.dynamic_per_token_scaled_fp8_quant.default", "native": "aten.reciprocal.default"}
ATTENTION, MLA_UPDATE = "vllm.unified_attention_with_output.default", "vllm.unified_mla_kv_cache_update.default"
KV_UPDATE, ROTARY = "vllm.unified_kv_cache_update.default", "_C.rotary_embedding.default"
RMS, ADD_RMS = "vllm_ir.rms_norm.default", "vllm_ir.fused_add_rms_norm.default"
ALL_REDUCE, FLASHINFER = "vllm.all_reduce.default", "vllm.flashinfer_trtllm_fused_allreduce_norm.default"
SCATTER, GATHER = "vllm.reduce_scatter.default", "vllm.all_gather.default"


@dataclass
class Case:
    """A graph; how often the pass fires; counts of ops afterwards. Ops with 0 must be there before, others not."""

    name: str
    graph: str
    count: int
    after: dict
    also: dict = None  # counts afterwards of ops that are there before and after


class FormTest(command.CommandTest):
    def run_cases(self, cases, passes, fusion, **config):
        """Run passes over all cases at once. Gives the text of each afterwards, by name."""
        named = [case.graph.replace("class GraphModule(", f"class Case{number}(") for number, case in enumerate(cases)]
        run = self.optimise("\n".join(named), passes, **config)
        self.assertEqual(run.counts[fusion], sum(case.count for case in cases))
        texts = dict(zip((case.name for case in cases), re.split(r"\n(?=class )", run.text), strict=True))
        for case in cases:
            with self.subTest(case=case.name):
                self.check_case(case, command.count_ops(case.graph), command.count_ops(texts[case.name]))
        self.regraft("infer", "--quiet", self.write("after.py", run.text), good=(0, 1))
        return texts

    def check_case(self, case, before, after):
        for op, wanted in case.after.items():
            if wanted == 0:
                self.assertGreater(before.get(op, 0), 0, f"{op} before")
            else:
                self.assertEqual(before.get(op, 0), 0, f"{op} before")
            self.assertEqual(after.get(op, 0), wanted, f"{op} after")
        for op, wanted in (case.also or {}).items():
            self.assertGreater(before.get(op, 0), 0, f"{op} before")
            self.assertEqual(after.get(op, 0), wanted, f"{op} after")

    def check_samples(self, cases, texts, names, *more):
        graphs = {case.name: case.graph for case in cases}
        for name in names:
            with self.subTest(sample=name):
                self.check_equivalent(graphs[name], texts[name], *more)

    def check_graphs(self, cases):
        """The types that are written are true."""
        self.check_types("\n".join(case.graph for case in cases),
                         unknown=("vllm.fp4_product.default", "vllm.block_scaled_product.default"))


def schemes():
    """Quantisation schemes of vLLM's RMSNorm test: name, scheme, op that goes, fused ops for a norm without residual and
    for one with."""
    for form, product in itertools.product(("custom", "native", "ir"), ("cutlass", "scaled", "hidden")):
        yield (f"tensor {form} {product}", parts.Static(form, product), STATIC_QUANT[form],
               "_C.rms_norm_static_fp8_quant.default", "_C.fused_add_rms_norm_static_fp8_quant.default")
    for form, product in itertools.product(("custom", "native"), ("cutlass", "hidden")):
        yield (f"token {form} {product}", parts.Token(form, product), TOKEN_QUANT[form],
               "_C.rms_norm_dynamic_per_token_quant.default", None)
    for size, transposed, ue8m0, tma in itertools.product((128, 64), FLAGS, FLAGS, FLAGS):
        yield (f"group {size} {transposed} {ue8m0} {tma}", parts.Group(size, transposed, ue8m0, tma), GROUP_QUANT,
               "_C.rms_norm_per_block_quant.default", None)


class NormAndQuantisation(FormTest):
    """1 norm without and 2 with residual feed a quantisation, the last one feeds none."""

    def cases(self, dtype, tokens):
        for (name, quant, gone, plain, added), epsilon in itertools.product(schemes(), EPSILONS):
            graph = small_models.norms(quant, tokens, dtype, epsilon=epsilon)
            yield Case(f"{name} {epsilon}", graph, 3, {gone: 0, RMS: 0, **({plain: 1, added: 2} if added else {plain: 3})},
                       {ADD_RMS: 1})

    def test_all_schemes(self):
        for dtype, tokens in itertools.product(DTYPES, ("s0", 257)):
            cases = list(self.cases(dtype, tokens))
            texts = self.run_cases(cases, "noop,rms_quant,cleanup", "rms_quant", model_dtype=DTYPES[dtype],
                                   compatible=True)
            if tokens != "s0":
                continue
            # The fused op does not round scales to powers of two, as UE8M0 wants: those values change.
            self.check_samples(cases, texts, [name for name in texts if "cutlass" in name or re.match(
                "group .* False (True|False) 1e", name)][::4])
        self.check_graphs(cases)

    def test_layout_of_group_scales(self):
        """The fused op is told of column-major scales, and not of UE8M0 and TMA; it keeps the caller's buffer. What is
        not told is lost, so that scales that are to be powers of two are left to their own op, unlike in vLLM."""
        for transposed, ue8m0, tma, compatible in itertools.product(FLAGS, FLAGS, FLAGS, FLAGS):
            graph = small_models.norms(parts.Group(128, transposed, ue8m0, tma))
            text = self.optimise(graph, "noop,rms_quant,cleanup", compatible=compatible).text
            calls = [line for line in text.splitlines() if "rms_norm_per_block_quant" in line]
            self.assertEqual(len(calls), 0 if ue8m0 and not compatible else 3)
            for call in calls:
                self.assertIn(f"group_size = 128, is_scale_transposed = {transposed})", call.split(";")[0])
                scale = re.search(r"scale = (\w+),", call).group(1)
                self.assertTrue(scale.startswith("permute" if transposed else "empty"), call)
                self.assertNotIn("ue8m0", call)

    def test_another_epsilon(self):
        """1e-07 is none of vLLM's; any is taken over by default."""
        case = Case("1e-07", small_models.norms(parts.Static(), epsilon=1e-07), 0, {}, {RMS: 1, ADD_RMS: 3})
        self.run_cases([case], "noop,rms_quant,cleanup", "rms_quant", compatible=True)
        texts = self.run_cases([Case("1e-07", case.graph, 3, {RMS: 0})], "noop,rms_quant,cleanup", "rms_quant")
        self.assertEqual(texts["1e-07"].count("epsilon = 1e-07"), 3)

    def test_what_has_no_fusion(self):
        """FP4, one computed scale for the tensor, groups of another size, and a norm weight of another dtype in front of
        a plain norm; norms with residual do not look at the weight."""
        none = {RMS: 1, ADD_RMS: 3}
        cases = [Case("fp4", small_models.norms(parts.Fp4()), 0, {}, {FP4_QUANT: 3, **none}),
                 Case("tensorwise", small_models.norms(parts.Tensorwise()), 0, {},
                      {"_C.dynamic_scaled_fp8_quant.default": 3, **none}),
                 Case("32 columns", small_models.norms(parts.Group(32)), 0, {}, {GROUP_QUANT: 3, **none}),
                 Case("f32 weight", small_models.norms(parts.Static(), weight_dtype="f32"), 2,
                      {"_C.fused_add_rms_norm_static_fp8_quant.default": 2}, {RMS: 1, ADD_RMS: 1})]
        self.run_cases(cases, "noop,rms_quant,cleanup", "rms_quant", compatible=True)
        weight = Case("f32 weight", cases[-1].graph, 0, {}, none)
        self.run_cases([weight], "noop,rms_quant,cleanup", "rms_quant")


class ActivationAndQuantisation(FormTest):
    def cases(self, dtype):
        for tokens, hidden, silu in itertools.product(("s0", 32, 64), (128, 256), ("custom", "native")):
            silu_op = "_C.silu_and_mul.default" if silu == "custom" else "aten.exp.default"
            where = f"{tokens} {hidden} {silu}"

            def case(name, quant, gone, fused):
                return Case(f"{name} {where}", small_models.activation(quant, tokens, dtype, hidden, silu), 1,
                            {silu_op: 0, gone: 0, fused: 1})

            for form, product in itertools.product(("custom", "native", "ir"), ("cutlass", "scaled", "hidden")):
                yield case(f"{form} {product}", parts.Static(form, product), STATIC_QUANT[form],
                           "_C.silu_and_mul_quant.default")
            yield case("fp4", parts.Fp4(), FP4_QUANT, "_C.silu_and_mul_nvfp4_quant.default")
            for size, transposed, ue8m0, tma in itertools.product((128, 64), FLAGS, FLAGS, FLAGS):
                yield case(f"group {size} {transposed} {ue8m0} {tma}", parts.Group(size, transposed, ue8m0, tma),
                           GROUP_QUANT, "_C.silu_and_mul_per_block_quant.default")

    def test_all_schemes(self):
        for dtype in DTYPES:
            cases = list(self.cases(dtype))
            texts = self.run_cases(cases, "noop,act_quant,cleanup", "act_quant", model_dtype=DTYPES[dtype],
                                   compatible=True)
            self.check_samples(cases, texts, [name for name in texts if "s0 128" in name and "cutlass" in name][::3])
            # Normal numbers only: vLLM's two ops for groups have another least scale.
            groups = [name for name in texts if re.match("group .* False (True|False) s0 128", name)]
            self.check_samples(cases, texts, groups[::3], "--cases", "1")
        self.check_graphs(cases)

    def test_group_scales(self):
        """The caller's buffer is kept, whatever its layout, and powers of two are left to their own op; in vLLM there is a
        new buffer, without either."""
        for transposed, ue8m0, tma, compatible in itertools.product(FLAGS, FLAGS, FLAGS, FLAGS):
            quant = parts.Group(128, transposed, ue8m0, tma)
            graph = small_models.activation(quant, hidden=256)
            text = self.optimise(graph, "noop,act_quant,cleanup", compatible=compatible).text
            calls = [line for line in text.splitlines() if "silu_and_mul_per_block_quant" in line]
            self.assertEqual(len(calls), 0 if ue8m0 and not compatible else 1)
            if calls and not compatible:
                scale = re.search(r"scales = (\w+),", calls[0]).group(1)
                made = re.compile(rf'^ *{scale}: "[^"]*" = (.*?)(?:;|$)', re.MULTILINE)
                self.assertEqual(made.search(text).group(1), made.search(graph).group(1))

    def test_what_has_no_fusion(self):
        """Scales for each token, and FP4 where it is not built."""
        cases = [Case("token", small_models.activation(parts.Token()), 0, {}, {"_C.silu_and_mul.default": 1}),
                 Case("fp4", small_models.activation(parts.Fp4()), 0, {}, {"_C.silu_and_mul.default": 1})]
        self.run_cases(cases, "noop,act_quant,cleanup", "act_quant", missing_ops="_C.scaled_fp4_quant")


class AttentionAndQuantisation(FormTest):
    def layer(self, heads, kv_heads, **more):
        return [{"name": "layers.0.attn", "num_heads": heads, "num_kv_heads": kv_heads, "head_size": 128, **more}]

    def case(self, name, quant, gone, count=1, **fields):
        """The calls of attention are as many as before."""
        return Case(name, small_models.attention(quant, **fields), count, {gone: 0} if count else {}, {ATTENTION: 1})

    def check_scales(self, text, fp4):
        call = next(line for line in text.splitlines() if ATTENTION in line)
        self.assertRegex(call, r"output_scale = \w*scale")
        self.assertEqual("output_block_scale = None" in call, not fp4)

    def test_declared_layers(self):
        for (heads, kv_heads), dtype in itertools.product(((64, 8), (40, 8)), DTYPES):
            shape = {"heads": heads, "kv_heads": kv_heads, "dtype": dtype, "written": "exact"}
            cases = [self.case(f"{form} {tokens} {update}", parts.Static(form), STATIC_QUANT[form], tokens=tokens,
                               kv_update=update, **shape)
                     for form, tokens, update in itertools.product(STATIC_QUANT, ("s0", 7, 256, 533), FLAGS)]
            texts = self.run_cases(cases, "noop,attn_quant,cleanup", "attn_quant", model_dtype=DTYPES[dtype],
                                   compatible=True, attention_layers=self.layer(heads, kv_heads))
            for text in texts.values():
                self.check_scales(text, fp4=False)
        self.check_graphs(cases)

    def test_fp4(self):
        for tokens, update in itertools.product((7, 256, "s0"), FLAGS):
            case = self.case("fp4", parts.Fp4(), FP4_QUANT, tokens=tokens, kv_update=update, written="exact")
            texts = self.run_cases([case], "noop,attn_quant,cleanup", "attn_quant", compatible=True,
                                   attention_layers=self.layer(8, 8, nvfp4=True))
            self.check_scales(texts["fp4"], fp4=True)

    def test_a_backend_that_cannot(self):
        """Nothing is fused, and the scale stays unset."""
        for quant, gone, layer in ((parts.Static(), STATIC_QUANT["custom"], {"fp8": False}), (parts.Fp4(), FP4_QUANT, {})):
            case = self.case("unsupported", quant, gone, count=0)
            texts = self.run_cases([case], "noop,attn_quant,cleanup", "attn_quant",
                                   attention_layers=self.layer(8, 8, **layer))
            self.assertIn("output_scale = None, output_block_scale = None", texts["unsupported"])

    def test_an_fp8_cache(self):
        """The quantisation of queries stays."""
        for form, tokens in itertools.product(("custom", "native"), (7, "s0")):
            quant = parts.Static(form)
            case = Case(form, small_models.attention(quant, tokens=tokens, query_quant=quant), 1, {},
                        {STATIC_QUANT[form]: 1, ATTENTION: 1})
            self.run_cases([case], "noop,attn_quant,cleanup", "attn_quant")

    def test_the_values_stay(self):
        for form in ("custom", "native"):
            graph = small_models.attention(parts.Static(form), heads=4, kv_heads=2, head_size=16)
            self.check_equivalent(graph, self.optimise(graph, "noop,attn_quant,cleanup").text)


class AllReduceAndNorm(FormTest):
    """4 norms, the first without residual, the last without quantisation."""

    PASSES = "noop,allreduce_rms,fix_functionalization,cleanup"

    def config(self, capability=90):
        return {"tensor_parallel_size": 2, "device_capability": capability, "allreduce_fusion_max_token_num": 64}

    def test_all_schemes(self):
        plain = {ALL_REDUCE: 0, FLASHINFER: 4, RMS: 0, ADD_RMS: 0}
        for tokens, epsilon in itertools.product((64, "s0"), EPSILONS):
            def norms(quant):
                return small_models.norms(quant, tokens, hidden=64, epsilon=epsilon, reduced=True)

            cases = [Case("plain", norms(parts.Unquantized()), 4, plain)]
            cases += [Case(form, norms(parts.Static(form)), 4, {gone: 0, **plain})
                      for form, gone in STATIC_QUANT.items()]
            texts = self.run_cases([*cases, Case("fp4", norms(parts.Fp4()), 4, plain, {FP4_QUANT: 3})], self.PASSES,
                                   "allreduce_rms", compatible=True, **self.config())
            self.check_codes(texts["plain"], {1: 4})
            self.check_codes(texts["custom"], {2: 3, 1: 1})
            texts = self.run_cases([*cases, Case("fp4", norms(parts.Fp4()), 4, {FP4_QUANT: 0, **plain})], self.PASSES,
                                   "allreduce_rms", compatible=True, **self.config(100))
            self.check_codes(texts["fp4"], {3: 3, 1: 1})

    def check_codes(self, text, wanted):
        codes = Counter(int(code) for code in re.findall(r"pattern_code = (\d)", text))
        self.assertEqual(codes, wanted)

    def test_the_values_stay(self):
        for quant in (parts.Unquantized(), parts.Static()):
            graph = small_models.norms(quant, hidden=64, reduced=True)
            run = self.optimise(graph, "noop,allreduce_rms,cleanup", **self.config())
            self.assertEqual(run.counts["allreduce_rms"], 4)
            self.check_equivalent(graph, run.text)


class SequenceParallelism(FormTest):
    """4 all-reduces become 4 reduce-scatters and 4 all-gathers."""

    def test_all_schemes(self):
        for dtype, tokens, epsilon in itertools.product(DTYPES, (128, "s0"), EPSILONS):
            def norms(quant):
                return small_models.norms(quant, tokens, dtype, hidden=16, epsilon=epsilon, reduced=True)

            after = {ALL_REDUCE: 0, SCATTER: 4, GATHER: 4}
            cases = [Case("plain", norms(parts.Unquantized()), 4, after)]
            cases += [Case(form, norms(parts.Static(form)), 4, after, {gone: 3}) for form, gone in STATIC_QUANT.items()]
            config = {"tensor_parallel_size": 2, "model_dtype": DTYPES[dtype], "compatible": True}
            texts = self.run_cases(cases, "noop,sequence_parallel,cleanup", "sequence_parallel", **config)
            self.check_samples(cases, texts, ["plain", "custom"] if dtype == "bf16" and tokens == 128 else [], "--ranks",
                               "2")
            fused = {**after, "_C.rms_norm_static_fp8_quant.default": 1, "_C.fused_add_rms_norm_static_fp8_quant.default": 2}
            cases = [Case(form, norms(parts.Static(form)), 4, {**fused, gone: 0}) for form, gone in STATIC_QUANT.items()]
            self.run_cases(cases, "noop,sequence_parallel,rms_quant,cleanup", "sequence_parallel", **config)

    def test_pieces_of_a_graph(self):
        graph = self.write("graph.py", small_models.norms(parts.Unquantized(), reduced=True))
        for name, title in (("sequence_parallel", "SequenceParallelismPass"), ("async_tp", "AsyncTPPass")):
            done = self.regraft("opt", graph, "--passes", name, "--config", f"splitting_ops={ATTENTION}",
                                "--config", "tensor_parallel_size=2", "--config", "compile_range=8,8", good=(2,))
            self.assertIn(f"{title} requires full-graph compilation", done.stderr)


class ProductsAndCollectives(FormTest):
    FUSED = {
        ("mm", "scatter"): "symm_mem.fused_matmul_reduce_scatter.default",
        ("mm", "gather"): "symm_mem.fused_all_gather_matmul.default",
        ("scaled", "scatter"): "vllm.patched_fused_scaled_matmul_reduce_scatter.default",
        ("scaled", "gather"): "symm_mem.fused_all_gather_scaled_matmul.default",
        ("cutlass", "scatter"): "vllm.patched_fused_scaled_matmul_reduce_scatter.default",
        ("cutlass", "gather"): "symm_mem.fused_all_gather_scaled_matmul.default",
        ("bmm", "scatter"): "vllm.fused_bmm_fp8_reduce_scatter.default",
    }

    def case(self, product, side, tokens, dtype, count=1):
        graph = small_models.product_and_collective(product, side, tokens, dtype)
        collective = SCATTER if side == "scatter" else GATHER
        fused = {self.FUSED[product, side]: 1, collective: 0}
        return Case(f"{product} {side} {tokens}", graph, count, fused if count else {}, None if count else {collective: 1})

    def test_all_products(self):
        for dtype in DTYPES:
            wanted = [(product, side) for product, side in self.FUSED if dtype == "bf16" or product == "mm"]
            cases = [self.case(product, side, tokens, dtype) for product, side in wanted for tokens in (128, "s0")]
            self.run_cases(cases, "noop,async_tp,cleanup", "async_tp", tensor_parallel_size=2, compatible=True,
                           model_dtype=DTYPES[dtype], tensor_parallel_device_group="group")
            self.check_graphs(cases)

    def test_the_values_stay(self):
        for product, side in self.FUSED:
            graph = small_models.product_and_collective(product, side, 16)
            run = self.optimise(graph, "async_tp,cleanup", tensor_parallel_size=2, model_dtype="bfloat16")
            self.assertEqual(run.counts["async_tp"], 1)
            self.check_equivalent(graph, run.text, "--ranks", "2", "--vary-ranks")

    def test_what_has_no_fusion(self):
        """Quantised products of a model that is not bf16, and FlashInfer's where it is not built."""
        cases = [self.case(product, side, 128, "bf16", count=0) for product, side in self.FUSED if product != "mm"]
        self.run_cases(cases, "async_tp,cleanup", "async_tp", tensor_parallel_size=2, model_dtype="float16")
        self.run_cases([self.case("bmm", "scatter", 128, "bf16", count=0)], "async_tp,cleanup", "async_tp",
                       tensor_parallel_size=2, missing_ops="vllm.bmm_fp8")

    def test_both_names_of_the_group(self):
        """Collectives have the group's unique name, fused ops that of its device group."""
        graph = small_models.product_and_collective("mm", "scatter")
        text = self.optimise(graph, "async_tp", tensor_parallel_size=2, tensor_parallel_device_group="devices").text
        self.assertIn("'sum', scatter_dim = 0, group_name = 'devices'", text)
        other = self.optimise(graph, "async_tp", tensor_parallel_size=2, tensor_parallel_group="tp:1")
        self.assertEqual(other.counts["async_tp"], 0)


class HeadNormsAndRotary(FormTest):
    FUSED = "_C.fused_qk_norm_rope.default"

    def test_all_forms(self):
        for dtype in DTYPES:
            cases = []
            for epsilon, is_neox, rotary, splits, tokens in itertools.product(EPSILONS, FLAGS, parts.ROTARY_OPS, (1, 3),
                                                                              ("s0", 5)):
                cache = "f32" if rotary == "flashinfer" else dtype
                graph = small_models.query_key_norms(tokens, dtype, epsilon=epsilon, is_neox=is_neox, rotary=rotary,
                                                     splits=splits, cache_dtype=cache)
                cases.append(Case(f"{epsilon} {is_neox} {rotary} {splits} {tokens}", graph, 1,
                                  {RMS: 0, parts.ROTARY_OPS[rotary]: 0, self.FUSED: 1}, {SPLIT: 1}))
            texts = self.run_cases(cases, "noop,split_coalescing,qk_norm_rope,cleanup", "qk_norm_rope",
                                   model_dtype=DTYPES[dtype], compatible=True)
            self.check_samples(cases, texts, list(texts)[::9])
        self.check_graphs(cases)

    def test_sizes_that_are_left_open(self):
        graph = small_models.query_key_norms(open_size=True)
        self.run_cases([Case("open", graph, 1, {self.FUSED: 1})], "qk_norm_rope,cleanup", "qk_norm_rope")
        self.run_cases([Case("open", graph, 0, {}, {RMS: 2})], "qk_norm_rope,cleanup", "qk_norm_rope", compatible=True)

    def test_another_geometry(self):
        """vLLM takes the numbers of heads from the first layer; here they come from the match, unless it is asked for."""
        layers = [{"name": "layers.0.attn", "num_heads": 8, "num_kv_heads": 2, "head_size": 64}]
        graph = small_models.query_key_norms()
        self.run_cases([Case("4 heads", graph, 1, {self.FUSED: 1})], "qk_norm_rope,cleanup", "qk_norm_rope",
                       attention_layers=layers)
        self.run_cases([Case("4 heads", graph, 0, {}, {RMS: 2})], "qk_norm_rope,cleanup", "qk_norm_rope",
                       attention_layers=layers, compatible=True)

    def test_another_dtype(self):
        case = Case("f32", small_models.query_key_norms(dtype="f32"), 0, {}, {RMS: 2})
        self.run_cases([case], "qk_norm_rope,cleanup", "qk_norm_rope")


class RotaryAndCache(FormTest):
    LAYERS = [{"name": "layers.0.attn", "num_heads": 4, "num_kv_heads": 2, "head_size": 64}]

    def test_attention(self):
        """The cache is updated once, in front of the attention that waits for it."""
        for dtype in DTYPES:
            cases = []
            for is_neox, rotary, scatters, tokens in itertools.product(FLAGS, parts.ROTARY_OPS, FLAGS, ("s0", 5)):
                if scatters and rotary != "custom":
                    continue
                graph = small_models.rotary_and_update(tokens, dtype, is_neox=is_neox, rotary=rotary, scatters=scatters)
                cases.append(Case(f"{is_neox} {rotary} {scatters} {tokens}", graph, 1, {
                    KV_UPDATE: 0, parts.ROTARY_OPS[rotary]: 0,
                    "vllm.fused_rope_and_unified_kv_cache_update.default": 1}, {ATTENTION: 1}))
            self.run_cases(cases, "noop,split_coalescing,scatter_split,rope_kvcache,cleanup", "rope_kvcache",
                           model_dtype=DTYPES[dtype], attention_layers=self.LAYERS)
        self.check_graphs(cases)

    def test_a_backend_that_cannot(self):
        case = Case("unsupported", small_models.rotary_and_update(), 0, {}, {KV_UPDATE: 1})
        self.run_cases([case], "rope_kvcache", "rope_kvcache",
                       attention_layers=[{**self.LAYERS[0], "rope_kvcache": False}])

    def test_latent_attention(self):
        layers = [{"name": "layers.0.mla", "num_heads": 4, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64,
                   "kv_lora_rank": 512, "v_head_dim": 128, "kv_cache_dtype": "auto"}]
        fused = "vllm.fused_rope_unified_mla_kv_cache_update.default"
        for dtype, kind in itertools.product(DTYPES, ("auto", "fp8")):
            cases = [Case(f"{is_neox} {rotary} {tokens}", small_models.latent_rotary_and_update(
                          tokens, dtype, is_neox=is_neox, rotary=rotary, kind=kind), 1,
                          {MLA_UPDATE: 0, parts.ROTARY_OPS[rotary]: 0, fused: 1})
                     for is_neox, rotary, tokens in itertools.product(FLAGS, parts.ROTARY_OPS, ("s0", 5))]
            texts = self.run_cases(cases, "noop,mla_rope_kvcache,cleanup", "mla_rope_kvcache",
                                   mla_layers=[{**layers[0], "kv_cache_dtype": kind}])
            for text in texts.values():
                self.assertIn(f"kv_cache_dtype = '{kind}'", text)
            self.run_cases([Case("another kind", cases[0].graph, 0, {}, {MLA_UPDATE: 1})], "mla_rope_kvcache",
                           "mla_rope_kvcache", mla_layers=[{**layers[0], "kv_cache_dtype": "other"}])
        self.check_graphs(cases)


class OtherDtypes(FormTest):
    """Where dtypes are not the model's: `compatible` counts are those of Inductor's matcher with vLLM's patterns. By default
    kernels get what they want, and sequence parallelism, which has no kernels, takes everything."""

    def check_counts(self, graph, passes, compatible, default, **config):
        for is_compatible, count in ((True, compatible), (False, default)):
            run = self.optimise(graph, passes, compatible=is_compatible, model_dtype="bfloat16", **config)
            self.assertEqual(run.counts[passes], count)

    def test_norms_behind_all_reduces(self):
        group = {"tensor_parallel_size": 2, "allreduce_fusion_max_token_num": 64}
        for fields in ({"dtype": "f16"}, {"dtype": "f32"}, {"weight_dtype": "f32"}):
            graph = small_models.norms(parts.Static(), 16, hidden=64, reduced=True, **fields)
            self.check_counts(graph, "allreduce_rms", 4, 0, **group)
            self.check_counts(graph, "sequence_parallel", 4, 4, **group)

    def test_attention(self):
        for dtype in ("f16", "f32"):
            self.check_counts(small_models.attention(parts.Static(), 16, dtype, written="exact"), "attn_quant", 1, 0)

    def test_head_norms(self):
        for fields in ({"dtype": "f16"}, {"dtype": "f32"}, {"weight_dtype": "f32"}):
            self.check_counts(small_models.query_key_norms(16, **fields), "qk_norm_rope", 1, 0)
        self.check_counts(small_models.query_key_norms(16, cache_dtype="f32"), "qk_norm_rope", 1, 1)

    def test_a_cache_for_some_columns(self):
        """The op of the embedding turns as many columns as the cache has; the fused one is not known to."""
        graph = small_models.query_key_norms(16).replace('cache: "bf16[128, 64][64, 1]', 'cache: "bf16[128, 32][32, 1]')
        self.check_counts(graph, "qk_norm_rope", 1, 0)


class NoOps(FormTest):
    """One reshape pair and one whole slice go; a slice_scatter of everything is what it writes."""

    def test_all_sizes(self):
        for dtype, (tokens, rows), hidden in itertools.product(
                ("bf16", "f16", "f32"), ((256, 256), (256, 512), (1024, 1024), (1024, 1025)), (64, 4096)):
            graph = small_models.buffer_of(tokens, rows, dtype, hidden)
            self.check_types(graph)
            run = self.optimise(graph, "noop,cleanup")
            whole = tokens == rows
            self.assertEqual((run.ops.get("aten.reshape.default", 0), run.ops.get("aten.slice.Tensor", 0),
                              run.ops.get("aten.slice_scatter.default", 0)), (0, 1 if whole else 2, 0 if whole else 1))
            self.assertEqual(run.text.count("-1)"), 1, "a slice to -1 is shorter, and stays")


if __name__ == "__main__":
    command.run(sys.argv)

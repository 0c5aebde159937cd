"""The parts that vLLM's models are made of, as calls in a printed graph: quantisation, activation, rotary embedding,
norms. Each has the forms in which vLLM writes it, by its configuration."""
from graph_writer import DTYPES, contiguous

FP8 = "f8e4m3fn"
FP8_MAX = 448.0


def round_up(number, multiple):
    return (number + multiple - 1) // multiple * multiple


# ---- quantisation ----

class Unquantized:
    """A product of matrices of the model's dtype."""

    def weight(self, graph, rows, columns):
        return graph.input("weight", [rows, columns])

    def prepare(self, graph):
        """What a product needs beside its weight, an input of the graph."""
        return None

    def quantize(self, graph, x, prepared):
        return (x,)

    def product(self, graph, quantized, prepared, weight):
        x = quantized[0]
        turned = graph.transpose(weight)
        return graph.call("aten.mm.default", x, turned, result=(graph.dtype, [x.sizes[0], turned.sizes[1]]))


class Fp8(Unquantized):
    """What FP8 schemes share: `form` is "custom" (vLLM's op), "native" (written out) or, for static scales, "ir".
    `product_form` is "scaled" (PyTorch's product), "cutlass" (vLLM's), or "hidden" (an op that no pass knows)."""

    def __init__(self, form="custom", product_form="cutlass"):
        self.form, self.product_form = form, product_form

    def weight(self, graph, rows, columns):
        return graph.input("weight", [rows, columns], FP8)

    def weight_scale(self, graph, weight):
        return graph.input("weight_scale", [1, weight.sizes[0]], "f32")

    def product(self, graph, quantized, prepared, weight):
        x, scale = quantized
        turned, weight_scale = graph.transpose(weight), self.weight_scale(graph, weight)
        result = (graph.dtype, [x.sizes[0], turned.sizes[1]])
        if self.product_form == "scaled":
            return graph.call("aten._scaled_mm.default", x, turned, scale, weight_scale, None, None,
                              DTYPES[graph.dtype], result=result)
        if self.product_form == "hidden":
            return graph.call("vllm.block_scaled_product.default", x, turned, scale, weight_scale, result=result)
        out = graph.empty(result[1])
        call = graph.functionalized("_C.cutlass_scaled_mm.default", out=out, a=x, b=turned, a_scales=scale,
                                    b_scales=weight_scale, bias=None)
        return graph.item(call, 1, out)


def scale_natively(graph, x, scale):
    """x / scale as FP8."""
    wide = graph.convert(x, "f32")
    inverse = graph.pointwise("aten.reciprocal.default", scale)
    scaled = graph.pointwise("aten.mul.Tensor", wide, inverse)
    least = graph.pointwise("aten.clamp_min.default", scaled, -FP8_MAX)
    return graph.convert(graph.pointwise("aten.clamp_max.default", least, FP8_MAX), FP8)


class Static(Fp8):
    """One scale, which is known."""

    def prepare(self, graph):
        return graph.input("input_scale", [1, 1], "f32")

    def quantize(self, graph, x, prepared):
        if self.form == "native":
            return scale_natively(graph, x, prepared), prepared
        if self.form == "ir":
            made = graph.call("vllm_ir.static_quant_fp8.default", x, prepared, "torch.float8_e4m3fn",
                              result=(FP8, x.sizes))
            return made, prepared
        result = graph.empty(x.sizes, FP8)
        call = graph.functionalized("_C.static_scaled_fp8_quant.default", result=result, input=x, scale=prepared)
        return graph.item(call, 1, result), prepared


class Tensorwise(Fp8):
    """One scale, which is computed. vLLM has no fusion for it."""

    def quantize(self, graph, x, prepared):
        result, scale = graph.empty(x.sizes, FP8), graph.empty([1], "f32")
        call = graph.functionalized("_C.dynamic_scaled_fp8_quant.default", result=result, input=x, scale=scale)
        return graph.item(call, 1, result), graph.item(call, 2, scale)


class Token(Fp8):
    """A scale for each token."""

    def quantize(self, graph, x, prepared):
        rows = [x.sizes[0], 1]
        if self.form == "native":
            largest = graph.call("aten.max.dim", graph.pointwise("aten.abs.default", x), -1)
            values = graph.item(largest, 0, result=(x.dtype, [x.sizes[0]]))
            column = graph.call("aten.unsqueeze.default", values, -1, result=(x.dtype, rows))
            share = graph.pointwise("aten.div.Tensor", graph.convert(column, "f32"), FP8_MAX)
            scale = graph.pointwise("aten.clamp_min.default", share, 1.0 / (FP8_MAX * 512.0))
            return scale_natively(graph, x, scale), scale
        result, scale = graph.empty(x.sizes, FP8), graph.empty(rows, "f32")
        call = graph.functionalized("_C.dynamic_per_token_scaled_fp8_quant.default", result=result, input=x,
                                    scale=scale, scale_ub=None)
        return graph.item(call, 1, result), graph.item(call, 2, scale)


class Group(Fp8):
    """A scale for each group of columns of a token. Column-major scales are rows of their own, seen as columns."""

    def __init__(self, size=128, transposed=False, ue8m0=False, tma_aligned=False, product_form="cutlass"):
        super().__init__("custom", product_form)
        self.size, self.transposed, self.ue8m0, self.tma_aligned = size, transposed, ue8m0, tma_aligned

    def weight_scale(self, graph, weight):
        return graph.input("weight_scale", [weight.sizes[1] // self.size, max(1, weight.sizes[0] // self.size)], "f32")

    def scales(self, graph, x):
        sizes = [x.sizes[0], x.sizes[1] // self.size]
        if not self.transposed:
            return graph.empty(sizes, "f32")
        rows = graph.empty(sizes[::-1], "f32")
        return graph.call("aten.permute.default", rows, [-1, -2], result=("f32", sizes, contiguous(rows.sizes)[::-1]))

    def quantize(self, graph, x, prepared):
        result, scales = graph.empty(x.sizes, FP8), self.scales(graph, x)
        call = graph.functionalized(
            "_C.per_token_group_fp8_quant.default", input=x, output_q=result, output_s=scales, group_size=self.size,
            eps=1e-10, fp8_min=-FP8_MAX, fp8_max=FP8_MAX, scale_ue8m0=self.ue8m0,
            dummy_is_scale_transposed=self.transposed, dummy_is_tma_aligned=self.tma_aligned)
        return graph.item(call, 1, result), graph.item(call, 2, scales)


class Fp4(Unquantized):
    """NVFP4: two values in a byte, a scale for 16 values; products that no pass knows."""

    def __init__(self, rows=128):
        self.rows = rows  # of the scales: tokens, rounded up

    def weight(self, graph, rows, columns):
        return graph.input("weight", [rows, columns // 2], "u8")

    def prepare(self, graph):
        return graph.input("global_scale", [1, 1], "f32")

    def buffers(self, graph, x):
        return graph.empty([x.sizes[0], x.sizes[1] // 2], "u8"), \
            graph.empty([self.rows, round_up(x.sizes[1] // 16, 4) // 4], "i32")

    def quantize(self, graph, x, prepared):
        packed, scales = self.buffers(graph, x)
        call = graph.functionalized("_C.scaled_fp4_quant.out", input=x, input_scale=prepared,
                                    is_sf_swizzled_layout=True, output=packed, output_scale=scales)
        out, words = graph.item(call, 1, packed), graph.item(call, 2, scales)
        seen = graph.call("aten.view.dtype", words, "torch.float8_e4m3fn",
                          result=(FP8, [words.sizes[0], words.sizes[1] * 4]))
        return out, seen

    def product(self, graph, quantized, prepared, weight):
        x, scales = quantized
        return graph.call("vllm.fp4_product.default", x, weight, scales, prepared,
                          result=(graph.dtype, [x.sizes[0], weight.sizes[0]]))


# ---- norms, activation ----

def rms_norm(graph, x, weight, epsilon):
    return graph.call("vllm_ir.rms_norm.default", x, weight, epsilon, result=(x.dtype, x.sizes))


def add_rms_norm(graph, x, residual, weight, epsilon, is_last=False):
    """The normed sum, and the sum. Nobody reads the last norm's sum, and so it is not taken out."""
    call = graph.call("vllm_ir.fused_add_rms_norm.default", x, residual, weight, epsilon)
    return graph.item(call, 0, x), None if is_last else graph.item(call, 1, x)


def silu_and_mul(graph, x, form="custom"):
    half = x.sizes[1] // 2
    sizes = [x.sizes[0], half]
    if form == "custom":
        result = graph.empty(sizes)
        call = graph.functionalized("_C.silu_and_mul.default", result=result, input=x)
        return graph.item(call, 1, result)
    left = graph.call("aten.slice.Tensor", x, 1, 0, half, result=(x.dtype, sizes, x.strides))
    wide = left if x.dtype == "f32" else graph.convert(left, "f32")
    power = graph.pointwise("aten.exp.default", graph.pointwise("aten.neg.default", wide))
    silu = graph.pointwise("aten.div.Tensor", wide, graph.pointwise("aten.add.Tensor", power, 1))
    narrow = silu if x.dtype == "f32" else graph.convert(silu, x.dtype)
    right = graph.call("aten.slice.Tensor", x, 1, half, 9223372036854775807, result=(x.dtype, sizes, x.strides))
    return graph.pointwise("aten.mul.Tensor", narrow, right)


# ---- rotary embedding ----

ROTARY_OPS = {"custom": "_C.rotary_embedding.default", "flashinfer": "vllm.flashinfer_rotary_embedding.default"}


def rotate(graph, positions, query, key, cache, head_size, is_neox, form="custom"):
    if form == "native":
        return rotate_natively(graph, positions, (query, key), cache, head_size, is_neox)
    call = graph.functionalized(ROTARY_OPS[form], positions=positions, query=query, key=key, head_size=head_size,
                                cos_sin_cache=cache, is_neox=is_neox)
    return graph.item(call, 1, query), graph.item(call, 2, key)


def rotate_natively(graph, positions, parts, cache, head_size, is_neox, shared=True):
    """As PyTorch calls. Of each head as many columns turn as the cache has, the others stay. `shared`: cosines and sines
    of heads are made once for all parts, as where calls that are alike have been merged."""
    tokens, width = parts[0].sizes[0], cache.sizes[1]
    rows = graph.call("aten.index.Tensor", cache, [positions], result=(cache.dtype, [tokens, width]))
    halved = graph.call("aten.split.Tensor", rows, width // 2, -1)
    waves = [graph.item(halved, index, result=(cache.dtype, [tokens, width // 2], [width, 1])) for index in range(2)]
    by_head, turned = None, []
    for part in parts:
        if by_head is None or not shared:
            by_head = [graph.call("aten.unsqueeze.default", wave, -2,
                                  result=(wave.dtype, [tokens, 1, width // 2], [width, width // 2, 1])) for wave in waves]
        turned.append(rotate_part(graph, part, by_head, head_size, width, is_neox))
    return turned


def rotate_part(graph, part, waves, head_size, width, is_neox):
    """Flat or in heads, as it comes."""
    tokens, heads = part.sizes[0], part.sizes[1] if len(part.sizes) == 3 else part.sizes[1] // head_size
    x = part if len(part.sizes) == 3 else graph.reshape(part, [tokens, heads, head_size],
                                                        strides=[part.strides[0], head_size, 1])
    kept = None
    if width < head_size:
        kept = graph.call("aten.slice.Tensor", x, 2, width, 9223372036854775807,
                          result=(x.dtype, [tokens, heads, head_size - width], x.strides))
        x = graph.call("aten.slice.Tensor", x, 2, 0, width, result=(x.dtype, [tokens, heads, width], x.strides))
    half, (cos, sin) = [tokens, heads, width // 2], waves
    if is_neox:
        split = graph.call("aten.split.Tensor", x, width // 2, -1)
        left, right = (graph.item(split, index, result=(x.dtype, half, x.strides)) for index in range(2))
    else:
        left, right = (graph.call("aten.slice.Tensor", x, 2, start, 9223372036854775807, 2,
                                  result=(x.dtype, half, [*x.strides[:2], 2])) for start in range(2))

    def times(a, b):
        return graph.pointwise("aten.mul.Tensor", a, b, result=(x.dtype, half))

    first = graph.pointwise("aten.sub.Tensor", times(left, cos), times(right, sin))
    second = graph.pointwise("aten.add.Tensor", times(right, cos), times(left, sin))
    if is_neox:
        made = graph.call("aten.cat.default", [first, second], -1, result=(x.dtype, [tokens, heads, width]))
    else:
        columns = [graph.call("aten.unsqueeze.default", each, 3, result=(x.dtype, [*half, 1])) for each in (first, second)]
        pairs = graph.call("aten.cat.default", columns, -1, result=(x.dtype, [*half, 2]))
        made = graph.reshape(pairs, [tokens, heads, width], open_size=False)
    if kept is not None:
        made = graph.call("aten.cat.default", [made, kept], -1, result=(x.dtype, [tokens, heads, head_size]))
    return made if len(part.sizes) == 3 else graph.reshape(made, part.sizes)

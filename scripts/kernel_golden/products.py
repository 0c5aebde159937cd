"""Products of matrices, and attention."""
import torch

from kernel_golden.cases import BF16, BOOL, F16, F32, F64, F8, FLOATS, I32, I64, I8, Op, aten, positive, tensor


def products(writer):
    for dtype in FLOATS + [I64, I32]:
        for m, n, k in ((3, 4, 5), (1, 9, 130), (5, 8, 64), (6, 17, 1)):
            a, b = tensor((m, k), dtype), tensor((n, k), dtype).t()
            writer.add(aten.mm.default, a, b)
        writer.add(aten.mm.default, tensor((5, 3), dtype).t(), tensor((5, 4), dtype))
        writer.add(aten.mm.default, tensor((2, 0), dtype), tensor((0, 3), dtype))
        writer.add(aten.bmm.default, tensor((2, 3, 4), dtype), tensor((2, 5, 4), dtype).transpose(1, 2))
        writer.add(aten.addmm.default, tensor((5,), dtype), tensor((3, 4), dtype), tensor((4, 5), dtype))
        writer.add(aten.addmm.default, tensor((3, 5), dtype), tensor((3, 4), dtype), tensor((4, 5), dtype), beta=2, alpha=3)
        writer.add(aten.baddbmm.default, tensor((1, 3, 5), dtype), tensor((2, 3, 4), dtype), tensor((2, 4, 5), dtype), beta=0)
        writer.add(aten.baddbmm.default, tensor((2, 3, 5), dtype), tensor((2, 3, 4), dtype), tensor((2, 4, 5), dtype), alpha=2)
        writer.add(aten.addbmm.default, tensor((3, 5), dtype), tensor((2, 3, 4), dtype), tensor((2, 4, 5), dtype))
        writer.add(aten.mv.default, tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.addmv.default, tensor((3,), dtype), tensor((3, 4), dtype), tensor((4,), dtype))
        writer.add(aten.dot.default, tensor((7,), dtype), tensor((7,), dtype))
        writer.add(aten.outer.default, tensor((3,), dtype), tensor((4,), dtype))
        writer.add(aten.addr.default, tensor((3, 4), dtype), tensor((3,), dtype), tensor((4,), dtype))
        for left, right in (((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 3)), ((2, 3, 4), (4, 5)), ((2, 1, 3, 4), (5, 4, 2)),
                            ((4,), (2, 4, 3)), ((2, 3, 4), (4,))):
            writer.add(aten.matmul.default, tensor(left, dtype), tensor(right, dtype))
        writer.add(aten.linear.default, tensor((2, 3, 4), dtype), tensor((5, 4), dtype), tensor((5,), dtype))
        writer.add(aten.linear.default, tensor((3, 4), dtype), tensor((5, 4), dtype))
    writer.add(aten._int_mm.default, tensor((17, 8), I8), tensor((8, 8), I8))
    for order in (2.0, 1.0, 0.0, 3.0, float("inf")):
        writer.add(aten._cdist_forward.default, tensor((2, 3, 4)), tensor((2, 5, 4)), order, None)
        writer.add(aten._pdist_forward.default, tensor((5, 3)), order)

    def scaled_mm(a, b, scale_a, scale_b, bias=None, scale_result=None, out_dtype=None, use_fast_accum=False):
        product = (a.to(F64) * scale_a.to(F64)) @ (b.to(F64) * scale_b.to(F64))
        return (product + (0 if bias is None else bias.to(F64))).to(out_dtype or a.dtype)

    for out in (BF16, F32, F16):
        op = Op("aten._scaled_mm.default", scaled_mm)
        writer.add(op, tensor((4, 16)).to(F8), tensor((8, 16)).to(F8).t(), positive((1, 1)), positive((1, 1)), out_dtype=out)
        writer.add(op, tensor((4, 16)).to(F8), tensor((8, 16)).to(F8).t(), positive((4, 1)), positive((1, 8)),
                   tensor((8,), out), out_dtype=out)


def attention(writer):
    for dtype in FLOATS:
        q, k, v = tensor((2, 3, 4, 8), dtype), tensor((2, 3, 6, 8), dtype), tensor((2, 3, 6, 5), dtype)
        sdpa = aten.scaled_dot_product_attention.default
        writer.add(sdpa, q, k, v)
        writer.add(sdpa, q, k, v, None, 0.0, True)
        writer.add(sdpa, q, k, v, scale=0.3)
        writer.add(sdpa, q, k, v, tensor((4, 6), dtype))
        mask = tensor((2, 1, 4, 6), BOOL)
        mask[..., 0] = True
        writer.add(sdpa, q, k, v, mask)
        writer.add(sdpa, tensor((1, 4, 5, 8), dtype), tensor((1, 2, 5, 8), dtype), tensor((1, 2, 5, 8), dtype), None, 0.0,
                   True, enable_gqa=True)
        writer.add(aten._scaled_dot_product_attention_math.default, q, k, v)
        writer.add(sdpa, tensor((3, 4, 8), dtype), tensor((3, 6, 8), dtype), tensor((3, 6, 8), dtype))
    q = tensor((1, 2, 4, 8))
    writer.add(aten._scaled_dot_product_flash_attention_for_cpu.default, q, tensor((1, 2, 4, 8)), tensor((1, 2, 4, 8)))

    def unified(query, key, value, output, layer_name, output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None):
        heads = [x.reshape(x.shape[0], -1, 8).transpose(0, 1).to(F64) for x in (query, key, value)]
        groups = heads[0].shape[0] // heads[1].shape[0]
        heads[1:] = [x.repeat_interleave(groups, 0) for x in heads[1:]]
        scores = heads[0] @ heads[1].transpose(1, 2) / 8**0.5
        seen = torch.ones(scores.shape[-2:], dtype=BOOL).tril()
        weights = torch.softmax(scores.masked_fill(~seen, float("-inf")), -1)
        output.copy_((weights @ heads[2]).transpose(0, 1).reshape(output.shape).to(output.dtype))

    for dtype in (F32, BF16, F16):
        writer.add(Op("vllm.unified_attention_with_output.default", unified), query=tensor((5, 4, 8), dtype),
                   key=tensor((5, 2, 8), dtype), value=tensor((5, 2, 8), dtype), output=torch.zeros((5, 4, 8), dtype=dtype),
                   layer_name="layers.0.attn", output_scale=None, output_block_scale=None, kv_cache_dummy_dep=None,
                   _written=["output", "output_block_scale"][:1])

"""Collectives over two and three ranks, alone and in one op with a product of matrices."""
import itertools

import torch

from kernel_golden.cases import BF16, F16, F32, F8, Op, positive, tensor


def groups(writer):
    def both(keywords, *names):
        return [[k[name] for k in keywords] for name in names]

    def total(parts):
        return sum(part.double() for part in parts).to(parts[0].dtype)

    def scatter(parts, dim):
        return [(part,) for part in total(parts).chunk(len(parts), dim)]

    def product(a, b):
        return (a.double() @ b.double()).to(a.dtype)

    def scaled(a, b, scale_a, scale_b, dtype, bias=None):
        return ((a.double() * scale_a.double()) @ (b.double() * scale_b.double())
                + (0 if bias is None else bias.double())).to(dtype)

    for ranks, dtype in itertools.product((2, 3), (F32, BF16, F16)):
        def x(*shape):
            return tensor(shape, dtype)

        def narrow(*shape):
            return tensor(shape).to(F8)

        def every(make):
            return [make() for _ in range(ranks)]

        rows = 2 * ranks
        writer.add_group(Op("vllm.all_reduce.default", lambda k: [(total(both(k, "tensor")[0]),)] * len(k)),
                         every(lambda: dict(tensor=x(3, 4), group_name="tp:0")))
        for dim in (0, 1):
            writer.add_group(Op("vllm.reduce_scatter.default", lambda k, dim=dim: scatter(both(k, "tensor")[0], dim)),
                             every(lambda dim=dim: dict(tensor=x(rows, rows), dim=dim, world_size=ranks, group_name="tp:0")))
            writer.add_group(Op("vllm.all_gather.default", lambda k, dim=dim: [(torch.cat(both(k, "tensor")[0], dim),)] * len(k)),
                             every(lambda dim=dim: dict(tensor=x(3, 4), dim=dim, world_size=ranks, group_name="tp:0")))

        op = Op("symm_mem.fused_matmul_reduce_scatter.default",
                lambda k: scatter([product(each["A"], each["B"]) for each in k], k[0]["scatter_dim"]))
        writer.add_group(op, every(lambda: dict(A=x(rows, 5), B=x(5, 4), reduce_op="sum", scatter_dim=0, group_name="0")))
        writer.add_group(op, every(lambda: dict(A=x(2, rows, 5), B=x(5, 4), reduce_op="sum", scatter_dim=1, group_name="0")))

        def gather_mm(k):
            whole = torch.cat([each["A"] for each in k], k[0]["gather_dim"])
            return [(whole, *[product(whole, b) for b in each["Bs"]]) for each in k]

        for dim, shape in ((0, (3, 5)), (1, (2, 3, 5))):
            writer.add_group(Op("symm_mem.fused_all_gather_matmul.default", gather_mm),
                             every(lambda: dict(A=x(*shape), Bs=[x(5, 4), x(5, 2)], gather_dim=dim, group_name="0")),
                             outputs=(0, (1, 0), (1, 1)))

        def gather_scaled(k):
            whole = torch.cat([each["A"] for each in k])
            is_part = k[0]["A_scale"].shape[0] == k[0]["A"].shape[0]
            scales = [torch.cat([each["A_scale"] for each in k]) if is_part else each["A_scale"] for each in k]
            return [(whole, *[scaled(whole, b, own, s, dtype, bias) for b, s, bias in
                              zip(each["Bs"], each["B_scales"], each["biases"])]) for each, own in zip(k, scales)]

        for scale_rows in (1, 3, 3 * ranks):
            writer.add_group(
                Op("symm_mem.fused_all_gather_scaled_matmul.default", gather_scaled),
                every(lambda: dict(A=narrow(3, 8), Bs=[narrow(4, 8).t(), narrow(2, 8).t()], A_scale=positive((scale_rows, 1)),
                                   B_scales=[positive((1, 1)), positive((1, 2))], gather_dim=0, group_name="0",
                                   biases=[None, x(2)], result_scales=[None, None], out_dtypes=[dtype, dtype],
                                   use_fast_accum=[False, False])),
                outputs=(0, (1, 0), (1, 1)))

        def scaled_scatter(k):
            parts = [scaled(each["A"], each["B"], each["A_scale"], each["B_scale"], dtype).reshape(each["output_shape"])
                     for each in k]
            return scatter(parts, k[0]["orig_scatter_dim"])

        for shape, dim in (([rows, 4], 0), ([2, ranks, 4], 1)):
            writer.add_group(
                Op("vllm.patched_fused_scaled_matmul_reduce_scatter.default", scaled_scatter),
                every(lambda: dict(A=narrow(rows, 8), B=narrow(4, 8).t(), A_scale=positive((rows, 1)), B_scale=positive((1, 4)),
                                   reduce_op="sum", orig_scatter_dim=dim, scatter_dim_after_maybe_reshape=dim, group_name="0",
                                   output_shape=shape, bias=None, result_scale=None, out_dtype=dtype, use_fast_accum=False)))
        writer.add_group(
            Op("vllm.fused_bmm_fp8_reduce_scatter.default",
               lambda k: scatter([scaled(each["A"], each["B"], each["A_scale"], each["B_scale"], dtype) for each in k], 0)),
            every(lambda: dict(A=narrow(rows, 8), B=narrow(4, 8).t(), A_scale=positive((1,)), B_scale=positive((1,)),
                               group_name="tp:0", world_size=ranks, out_dtype=dtype)))

        def minimax(k):
            q_size, kv_size, eps = k[0]["q_size"], k[0]["kv_size"], k[0]["eps"]
            parts = [each["qkv"][:, :q_size + kv_size].float().split([q_size, kv_size], 1) for each in k]
            means = [sum(own[i].pow(2).mean(-1, keepdim=True) for own in parts) / len(k) for i in range(2)]
            return [tuple((own[i] * torch.rsqrt(means[i] + eps) * each[name]).to(dtype)
                          for i, name in enumerate(("norm_weight_q", "norm_weight_k"))) for own, each in zip(parts, k)]

        weights = x(8), x(4)
        for name, last in (("vllm.minimax_qk_norm_fused.default", True), ("_C.minimax_allreduce_rms_qk.default", False)):
            def keywords(rank):
                middle = {} if last else dict(workspace=torch.zeros(4))
                end = dict(max_tokens=2048) if last else {}
                return dict(qkv=x(3, 16), norm_weight_q=weights[0], norm_weight_k=weights[1], **middle, q_size=8, kv_size=4,
                            rank=0, nranks=ranks, eps=1e-6, **end)

            writer.add_group(Op(name, minimax), [keywords(rank) for rank in range(ranks)], outputs=(0, 1))

"""Ops along dimensions: reductions, norms, sorting and searching."""
import torch

from kernel_golden.cases import BF16, BOOL, F16, F32, F64, FLOATS, I32, INTS, aten, edges, positive, tensor


def reductions(writer):
    for dtype in FLOATS:
        x = tensor((3, 4, 5), dtype)
        for name in ("sum", "mean"):
            writer.add(getattr(aten, name).default, x)
            for dims, keep in (([1], False), ([0, 2], True), ([-1], False)):
                op = aten.sum.dim_IntList if name == "sum" else aten.mean.dim
                writer.add(op, x, dims, keep)
        writer.add(aten.sum.dim_IntList, x.permute(2, 0, 1), [1])
        writer.add(aten.prod.default, positive((3, 4), dtype))
        writer.add(aten.prod.dim_int, positive((3, 4), dtype), 1, True)
        for name in ("amax", "amin"):
            writer.add(getattr(aten, name).default, x, [1], True)
            writer.add(getattr(aten, name).default, x)
        for name in ("max", "min"):
            writer.add(getattr(aten, name).default, x)
            writer.add(getattr(aten, name).dim, x, 1)
            writer.add(getattr(aten, name).dim, x, -1, True)
        for name in ("argmax", "argmin"):
            writer.add(getattr(aten, name).default, x)
            writer.add(getattr(aten, name).default, x, 1, True)
        for name in ("var", "std", "var_mean", "std_mean"):
            packet = getattr(aten, name)
            writer.add(packet.correction, x, [1], correction=0)
            writer.add(packet.correction, x, [0, 2], correction=1, keepdim=True)
            writer.add(packet.correction, x)
            writer.add(packet.dim, x, [2], False, True)
            writer.add(packet.default, x, False)
        for order in (2, 1, 0, float("inf"), float("-inf"), 3):
            writer.add(aten.linalg_vector_norm.default, x, order, [1])
        writer.add(aten.norm.Scalar, x)
        writer.add(aten.norm.ScalarOpt_dim, x, 1, [0], True)
        writer.add(aten.logsumexp.default, x, [1])
        writer.add(aten.logsumexp.default, x, [0, 1], True)
        writer.add(aten.nansum.default, edges(dtype)[4:].clone())
        writer.add(aten.aminmax.default, x, dim=1)
        writer.add(aten.median.dim, x, 2)
        writer.add(aten.median.default, x)
        writer.add(aten.kthvalue.default, x, 2, 1)
        for name in ("_softmax", "_log_softmax"):
            writer.add(getattr(aten, name).default, x, 1, False)
        writer.add(aten.softmax.int, x, -1)
        writer.add(aten.log_softmax.int, x, 0, F32)
        writer.add(aten.cumsum.default, x, 1)
        writer.add(aten.cumprod.default, x, 0)
        writer.add(aten.logcumsumexp.default, x, 2)
        writer.add(aten.cummax.default, x, 1)
        writer.add(aten.cummin.default, x, 1)
        writer.add(aten.sort.default, x, 1)
        writer.add(aten.sort.stable, x, stable=True, dim=0, descending=True)
        writer.add(aten.topk.default, x, 2, -1)
        writer.add(aten.topk.default, x, 2, 1, False)
        writer.add(aten.argsort.default, x, 2)
        writer.add(aten._softmax_backward_data.default, tensor((3, 4), dtype), torch.softmax(tensor((3, 4), dtype), 1), 1, dtype)
        writer.add(aten._log_softmax_backward_data.default, tensor((3, 4), dtype), torch.log_softmax(tensor((3, 4), dtype), 1),
                   1, dtype)
    masked = torch.tensor([[0.5, float("-inf")], [float("-inf"), float("-inf")]])
    writer.add(aten._safe_softmax.default, masked, 1)
    writer.add(aten._softmax.default, masked, 1, False)
    for name in ("amax", "max", "sum", "mean", "argmax"):
        writer.add(getattr(aten, name).default, edges()[2:6].clone())
    writer.add(aten.max.dim, torch.stack([edges()[:6].clone(), edges()[4:10].clone()]), 1)
    writer.add(aten.sort.default, edges())
    writer.add(aten.sort.default, edges(), 0, True)
    writer.add(aten.sum.default, torch.zeros(0))
    writer.add(aten.sum.dim_IntList, torch.zeros(2, 0), [1])
    writer.add(aten.prod.default, torch.zeros(0))
    writer.add(aten.sum.default, tensor(()))
    writer.add(aten._softmax.default, tensor(()), 0, False)
    for dtype in INTS + [BOOL]:
        x = tensor((3, 4), dtype)
        writer.add(aten.sum.default, x)
        writer.add(aten.sum.dim_IntList, x, [1])
        writer.add(aten.prod.dim_int, x, 0)
        writer.add(aten.amax.default, x, [0])
        writer.add(aten.any.dim, x, 1)
        writer.add(aten.all.dim, x, 0, True)
        writer.add(aten.any.default, x)
        writer.add(aten.all.default, x)
        writer.add(aten.any.dims, x, [0, 1])
        writer.add(aten.count_nonzero.default, x)
        writer.add(aten.count_nonzero.dim_IntList, x, [1])
        writer.add(aten.cumsum.default, x, 1)
        writer.add(aten.sort.stable, x, stable=True, dim=1)
    big = torch.tensor([2**62, 2**62, 2**62, 5])
    writer.add(aten.sum.default, big)
    writer.add(aten.cumsum.default, big, 0)
    writer.add(aten.sum.default, tensor((5,), I32), dtype=F32)
    writer.add(aten.mode.default, torch.tensor([[1, 2, 2], [3, 3, 1]]))
    writer.add(aten.nanmedian.default, edges()[4:].clone())
    writer.add(aten.sum.dim_IntList, tensor((64, 40), BF16), [0])
    writer.add(aten.mean.dim, tensor((16, 100), F16), [1])


def norms(writer):
    for dtype in FLOATS:
        x = tensor((2, 3, 8), dtype)
        weight, bias = tensor((8,), dtype), tensor((8,), dtype)
        writer.add(aten.native_layer_norm.default, x, [8], weight, bias, 1e-5)
        writer.add(aten.native_layer_norm.default, x, [3, 8], None, None, 1e-5)
        writer.add(aten.layer_norm.default, x, [8], weight)
        writer.add(aten.rms_norm.default, x, [8], weight, 1e-6)
        writer.add(aten.rms_norm.default, x, [8])
        image = tensor((2, 4, 3, 3), dtype)
        channels = [tensor((4,), dtype), tensor((4,), dtype)]
        writer.add(aten.native_group_norm.default, image, *channels, 2, 4, 9, 2, 1e-5)
        writer.add(aten.group_norm.default, image, 4, *channels)
        statistics = [tensor((4,), dtype), positive((4,), dtype)]
        if dtype in (F32, F64):
            writer.add(aten.native_batch_norm.default, image, *channels, *statistics, False, 0.1, 1e-5)
            writer.add(aten._native_batch_norm_legit.no_stats, image, *channels, True, 0.1, 1e-5)
            writer.add(aten._native_batch_norm_legit_functional.default, image, *channels, *statistics, True, 0.1, 1e-5)
            writer.add(aten._native_batch_norm_legit_no_training.default, image, *channels, *statistics, 0.1, 1e-5)
            writer.add(aten.batch_norm.default, image, *channels, *statistics, False, 0.1, 1e-5, False)
            writer.add(aten.instance_norm.default, image, *channels, None, None, True, 0.1, 1e-5, False)


def searching(writer):
    ordered = torch.tensor([-1.0, 0.0, 0.5, 0.5, 2.0])
    values = torch.tensor([[-2.0, 0.5], [2.0, 3.0]])
    for right in (False, True):
        writer.add(aten.searchsorted.Tensor, ordered, values, right=right)
        writer.add(aten.searchsorted.Scalar, ordered, 0.5, right=right)
        writer.add(aten.bucketize.Tensor, values, ordered, right=right, out_int32=True)
        writer.add(aten.bucketize.Scalar, 0.5, ordered, right=right)
    rows = torch.sort(tensor((3, 6)), 1)[0]
    writer.add(aten.searchsorted.Tensor, rows, tensor((3, 2)), side="right")
    writer.add(aten.searchsorted.Tensor, torch.tensor([3.0, 1.0, 2.0]), tensor((4,)), sorter=torch.tensor([1, 2, 0]))
    writer.add(aten.histc.default, tensor((50,)), 6, -2.0, 2.0)
    writer.add(aten.histc.default, tensor((50,)), 4)

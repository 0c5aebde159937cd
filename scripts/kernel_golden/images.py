"""Convolutions, pooling and other sizes of images; backward ops; bags of embeddings."""
import itertools

import torch

from kernel_golden.cases import BF16, F32, F64, FLOATS, I64, I8, Op, aten, integers, positive, tensor


def images(writer):
    for dtype in FLOATS:
        x = tensor((2, 4, 6, 5), dtype)
        convolution = aten.convolution.default
        for groups, channels in ((1, 4), (2, 2), (4, 1)):
            weight = tensor((8, channels, 3, 2), dtype)
            writer.add(convolution, x, weight, tensor((8,), dtype), [2, 1], [1, 0], [1, 2], False, [0, 0], groups)
            back = tensor((4, 3, 3, 2), dtype)
            writer.add(convolution, x, back, None, [2, 1], [1, 0], [1, 1], True, [1, 0], groups)
        writer.add(aten.conv1d.default, tensor((2, 3, 7), dtype), tensor((4, 3, 3), dtype), tensor((4,), dtype), [2], [1])
        writer.add(aten.conv1d.padding, tensor((2, 3, 7), dtype), tensor((4, 3, 3), dtype), None, [1], "same")
        writer.add(aten.conv2d.default, tensor((3, 5, 5), dtype), tensor((2, 3, 2, 2), dtype))
        writer.add(aten.conv3d.default, tensor((1, 2, 4, 4, 4), dtype), tensor((3, 2, 2, 2, 2), dtype))
        writer.add(aten.conv_transpose2d.input, x, tensor((4, 2, 3, 3), dtype), tensor((4,), dtype), [2, 2], [1, 1], [1, 1], 2)
        for arguments in (([2, 2],), ([3, 2], [2, 1], [1, 1]), ([3, 3], [2, 2], [1, 1], True)):
            writer.add(aten.avg_pool2d.default, x, *arguments)
        writer.add(aten.avg_pool2d.default, x, [3, 3], [2, 2], [1, 1], True, False)
        writer.add(aten.avg_pool2d.default, x, [3, 3], [2, 2], [1, 1], False, True, 5)
        writer.add(aten.avg_pool1d.default, tensor((2, 3, 7), dtype), [3], [2], [1])
        writer.add(aten.avg_pool3d.default, tensor((1, 2, 4, 4, 4), dtype), [2, 2, 2])
        writer.add(aten.max_pool2d.default, x, [3, 2], [2, 1], [1, 1])
        writer.add(aten.max_pool2d_with_indices.default, x, [3, 2], [2, 1], [1, 0], [1, 2], True)
        writer.add(aten.max_pool3d_with_indices.default, tensor((1, 2, 4, 4, 4), dtype), [2, 2, 2])
        writer.add(aten._adaptive_avg_pool2d.default, x, [4, 2])
        writer.add(aten.adaptive_avg_pool1d.default, tensor((2, 3, 7), dtype), [3])
        writer.add(aten.adaptive_max_pool2d.default, x, [4, 2])
    x = tensor((2, 4, 6, 5))

    def with_offsets(x, kernel, stride, padding, dilation, ceil_mode):
        values, indices = aten.max_pool2d_with_indices.default(x, kernel, stride, padding, dilation, ceil_mode)
        rows = indices // x.shape[-1] - (torch.arange(values.shape[-2]) * stride[0] - padding[0])[:, None]
        columns = indices % x.shape[-1] - (torch.arange(values.shape[-1]) * stride[1] - padding[1])
        return values, (rows * kernel[1] + columns).to(I8)

    op = Op("prims._low_memory_max_pool_with_offsets.default", with_offsets)
    writer.add(op, x, [3, 3], [2, 2], [1, 1], [1, 1], False)


def gradients(writer):
    for dtype in (F32, F64, BF16):
        x = tensor((2, 4, 6, 5), dtype)
        for groups, channels in ((1, 4), (2, 2)):
            weight = tensor((8, channels, 3, 2), dtype)
            out = aten.convolution.default(x, weight, None, [2, 1], [1, 0], [1, 1], False, [0, 0], groups)
            writer.add(aten.convolution_backward.default, tensor(out.shape, dtype), x, weight, [8], [2, 1], [1, 0], [1, 1], False,
                       [0, 0], groups, [True, True, True])
        rows = tensor((2, 3, 8), dtype)
        _, mean, scale = aten.native_layer_norm.default(rows, [8], None, None, 1e-5)
        for weight in (None, tensor((8,), dtype)):
            if weight is not None:
                writer.add(aten.native_layer_norm_backward.default, tensor((2, 3, 8), dtype), rows, [8], mean, scale, weight,
                           tensor((8,), dtype), [True, True, True])
        image = tensor((2, 4, 3, 3), dtype)
        _, mean, scale = aten.native_group_norm.default(image, None, None, 2, 4, 9, 2, 1e-5)
        writer.add(aten.native_group_norm_backward.default, tensor((2, 4, 3, 3), dtype), image, mean, scale, tensor((4,), dtype),
                   2, 4, 9, 2, [True, True, True])
        writer.add(aten.avg_pool2d_backward.default, tensor((2, 4, 3, 3), dtype), x, [3, 3], [2, 2], [1, 1], False, False, None)
        maxima, indices = aten.max_pool2d_with_indices.default(x, [3, 2], [2, 1], [1, 0])
        writer.add(aten.max_pool2d_with_indices_backward.default, tensor(maxima.shape, dtype), x, [3, 2], [2, 1], [1, 0], [1, 1],
                   False, indices)
        writer.add(aten._adaptive_avg_pool2d_backward.default, tensor((2, 4, 4, 2), dtype), x)
        for by_frequency in (False, True):
            writer.add(aten.embedding_dense_backward.default, tensor((3, 2, 4), dtype), integers((3, 2), 0, 5), 5, 1, by_frequency)


def resampling(writer):
    """Images in other sizes, taken apart, put together, transformed; bags of embeddings."""
    def every_size(name, x, sizes, factors, *align):
        packet = getattr(aten, name)
        for size in sizes:
            writer.add(packet.default, x, size, *align)
            writer.add(packet.vec, x, size, *align, None)
        for factor in factors:
            size = [int(n * f) for n, f in zip(x.shape[2:], factor)]
            writer.add(packet.default, x, size, *align, *factor)
            writer.add(packet.vec, x, None, *align, factor)

    for dtype in FLOATS:
        line, image, block = tensor((2, 2, 7), dtype), tensor((1, 2, 5, 6), dtype), tensor((1, 1, 3, 4, 2), dtype)
        for kind in ("upsample_nearest", "_upsample_nearest_exact"):
            every_size(f"{kind}1d", line, ([14], [10], [3]), ([2.0], [1.7]))
            every_size(f"{kind}2d", image, ([10, 12], [7, 4]), ([2.0, 2.0], [1.3, 0.6]))
            every_size(f"{kind}3d", block, ([6, 8, 4], [2, 5, 3]), ([1.5, 2.0, 0.7],))
        for align in (False, True):
            every_size("upsample_linear1d", line, ([14], [10], [3], [1]), ([2.0], [1.7]), align)
            every_size("upsample_bilinear2d", image, ([10, 12], [7, 4]), ([2.0, 2.0], [1.3, 0.6]), align)
            every_size("upsample_bicubic2d", image, ([10, 12], [7, 4]), ([2.0, 2.0], [1.3, 0.6]), align)
            every_size("upsample_trilinear3d", block, ([6, 8, 4], [2, 5, 3]), ([1.5, 2.0, 0.7],), align)
    for dtype, mode, padding, align in itertools.product((F32, F64), (0, 1, 2), (0, 1, 2), (False, True)):
        writer.add(aten.grid_sampler_2d.default, tensor((2, 1, 4, 5), dtype), tensor((2, 4, 2, 2), dtype), mode, padding, align)
    for dtype in (F32, BF16, I64):
        writer.add(aten.pixel_shuffle.default, tensor((2, 12, 3, 4), dtype), 2)
        writer.add(aten.pixel_shuffle.default, tensor((9, 2, 3), dtype), 3)
        writer.add(aten.pixel_unshuffle.default, tensor((2, 3, 4, 6), dtype), 2)
        writer.add(aten.pixel_unshuffle.default, tensor((4, 3, 6, 9), dtype)[::2].contiguous(), 3)
    for dtype in FLOATS:
        for window in (([2, 3], [1, 1], [0, 0], [1, 1]), ([3, 2], [1, 2], [1, 1], [2, 1])):
            image = tensor((2, 2, 6, 7), dtype)
            columns = aten.im2col.default(image, *window)
            writer.add(aten.im2col.default, image, *window)
            writer.add(aten.im2col.default, image[0].clone(), *window)
            writer.add(aten.col2im.default, tensor(columns.shape, dtype), [6, 7], *window)
            writer.add(aten.col2im.default, tensor(columns.shape[1:], dtype), [6, 7], *window)

    def to_indices(offsets, kernel, size, stride, padding, dilation):
        rows = offsets // kernel[1] * dilation[0] + (torch.arange(offsets.shape[-2]) * stride[0] - padding[0])[:, None]
        columns = offsets % kernel[1] * dilation[1] + torch.arange(offsets.shape[-1]) * stride[1] - padding[1]
        return rows * size[1] + columns

    writer.add(Op("prims._low_memory_max_pool_offsets_to_indices.default", to_indices), integers((2, 3, 3, 4), 4, 6, I8),
               [3, 2], [7, 9], [2, 2], [1, 0], [1, 1])
    for dtype in (F32, F64):
        real = tensor((2, 3, 4), dtype)
        number = tensor((2, 3, 4, 2), dtype)
        for normalisation in (0, 1, 2):
            for dims in ([2], [1], [0, 2]):
                for onesided in (True, False):
                    writer.add(aten._fft_r2c.default, real, dims, normalisation, onesided)
                if dtype == F32:
                    for forward in (True, False):
                        writer.add(aten._fft_c2c.default, torch.view_as_complex(number), dims, normalisation, forward)
                    last = number.shape[dims[-1]]
                    for size in (2 * last - 2, 2 * last - 1):
                        writer.add(aten._fft_c2r.default, torch.view_as_complex(number), dims, normalisation, size)
    for dtype in (F32, F64):
        writer.add(aten.mH.default, tensor((3, 4), dtype))
        writer.add(aten.adjoint.default, tensor((2, 3, 4), dtype))
    bags(writer)


def bags(writer):
    def embedding_bag(weight, indices, offsets, by_frequency, mode, sparse, factors, last_is_end, padding_idx):
        """As on a device that is no CPU, which leaves nothing out."""
        ends = offsets[1:] if last_is_end else torch.cat([offsets[1:], torch.tensor([len(indices)])])
        starts = offsets[:-1] if last_is_end else offsets
        rows, sizes, chosen, owner = [], [], [], torch.zeros_like(indices)
        for bag, (start, end) in enumerate(zip(starts.tolist(), ends.tolist())):
            kept = torch.arange(start, end)
            owner[start:end] = bag
            kept = kept[indices[start:end] != padding_idx]
            each = weight[indices[kept]].double() * (1 if factors is None else factors[kept].double()[:, None])
            sizes.append(len(kept))
            empty = torch.zeros(weight.shape[1], dtype=F64)
            if mode == 2:
                best = each.max(0) if len(kept) else None
                rows.append(empty if best is None else best.values)
                chosen.append(empty.long() - 1 if best is None else indices[kept][best.indices])
            else:
                rows.append(each.sum(0) / (max(len(kept), 1) if mode == 1 else 1))
        return (torch.stack(rows).to(weight.dtype), owner, torch.tensor(sizes).to(indices.dtype),
                torch.stack(chosen) if mode == 2 else indices.new_zeros(0))

    for name in ("_embedding_bag", "_embedding_bag_forward_only"):
        for dtype, mode, padding in itertools.product((F32, BF16), (0, 1, 2), (-1, 2)):
            indices, factors = integers((7,), 0, 5), positive((7,), dtype) if mode == 0 and padding < 0 else None
            for last_is_end, offsets in ((False, torch.tensor([0, 3, 3])), (True, torch.tensor([0, 2, 7]))):
                writer.add(Op(f"aten.{name}.default", embedding_bag), tensor((5, 4), dtype), indices, offsets, False, mode, False,
                           factors, last_is_end, padding)

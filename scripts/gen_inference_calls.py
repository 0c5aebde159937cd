#!/usr/bin/env python3
"""Generate tests/data/inference/*_calls.py: calls whose arguments must fit one another, with the types PyTorch gives.

    python scripts/gen_inference_calls.py [FAMILY ...]     (needs a CUDA build of PyTorch 2.11; no GPU)

gen_inference_golden.py calls ops with random arguments; for products, convolutions, attention or indexing such calls
are refused or senseless. Here a family is a function that returns its tensors and its calls. A tensor is (sizes,
layout, dtype, device) as in that script's POOL; a call is written as it is printed, without "torch.ops.", and may name
the tensors. Letters in sizes are symbols: a family with `_symbolic` in its name has them.

A build without CUDA lays convolutions and other ops on "cuda" out as no GPU would; use one with CUDA.
"""

import itertools
import logging
import re
import sys
import warnings

import torch
import torch._inductor.inductor_prims

from gen_inference_golden import HINTS, OUT, ROOT, World

NHWC = (0, 2, 3, 1)
NDHWC = (0, 2, 3, 4, 1)
CUDA = "cuda:0"


def layouts(name, sizes, orders, dtype="f32", device=CUDA):
    """One tensor for each layout: name_0, name_1, ..."""
    return {f"{name}_{i}": (sizes, order, dtype, device) for i, order in enumerate(orders)}


def matmul():
    pool = {}
    pool |= layouts("left", (6, 5), [None, (1, 0), "strides 10 2"])
    pool |= layouts("right", (5, 7), [None, (1, 0)])
    pool |= layouts("batch_left", (3, 6, 5), [None, (2, 0, 1), (1, 0, 2)])
    pool |= layouts("batch_right", (3, 5, 7), [None, (0, 2, 1)])
    pool |= layouts("heads_left", (2, 3, 6, 5), [None, (0, 2, 1, 3)])
    pool |= layouts("heads_right", (2, 3, 5, 7), [None, (0, 3, 1, 2)])
    pool |= layouts("points", (2, 6, 5), [None, (1, 0, 2)])
    pool |= {
        "row": ((7,), None, "f32", CUDA), "column": ((6, 1), None, "f32", CUDA), "full": ((6, 7), (1, 0), "f32", CUDA),
        "batch_full": ((3, 6, 7), (2, 0, 1), "f32", CUDA), "scalar": ((), None, "f32", CUDA),
        "one_batch_right": ((1, 5, 7), None, "f32", CUDA), "vector": ((5,), None, "f32", CUDA),
        "long_vector": ((6,), None, "f32", CUDA), "weight": ((7, 5), None, "f32", CUDA),
        "half_left": ((6, 5), None, "f16", CUDA), "half_right": ((5, 7), (1, 0), "f16", CUDA),
        "int_left": ((32, 16), None, "i8", CUDA), "int_right": ((16, 24), (1, 0), "i8", CUDA),
        "fp8_left": ((32, 16), None, "f8e4m3fn", CUDA), "fp8_right": ((16, 48), (1, 0), "f8e4m3fn", CUDA),
        "scale": ((), None, "f32", CUDA), "others": ((4, 5), None, "f32", CUDA),
    }
    names = lambda stem: [name for name in pool if name.startswith(stem + "_") and name[len(stem) + 1:].isdigit()]
    calls = []
    for a, b in itertools.product(names("left"), names("right")):
        calls += [f"aten.mm.default({a}, {b})", f"aten.matmul.default({a}, {b})"]
        calls += [f"aten.addmm.default({c}, {a}, {b})" for c in ("row", "column", "full", "scalar")]
    for a, b in itertools.product(names("batch_left"), names("batch_right")):
        calls += [f"aten.bmm.default({a}, {b})", f"aten.matmul.default({a}, {b})"]
        calls += [f"aten.baddbmm.default({c}, {a}, {b}, beta = 1, alpha = 0.5)" for c in ("row", "column", "batch_full")]
        calls += [f"aten.addbmm.default(full, {a}, {b})"]
    for a, b in itertools.product(names("heads_left"), names("heads_right") + names("right") + ["one_batch_right"]):
        calls.append(f"aten.matmul.default({a}, {b})")
    for a, b in itertools.product(names("points") + names("left"), ["vector", "one_batch_right"]):
        calls.append(f"aten.matmul.default({a}, {b})")
    calls += [f"aten.matmul.default(vector, {b})" for b in ["vector", "one_batch_right"] + names("right")]
    for a in ["vector"] + names("left") + names("points") + names("heads_left"):
        calls += [f"aten.linear.default({a}, weight)", f"aten.linear.default({a}, weight, row)"]
        calls += [f"aten.linear.default({a}, vector)"]
    calls += [f"aten.mv.default({a}, vector)" for a in names("left")]
    calls += [f"aten.addmv.default(long_vector, {a}, vector)" for a in names("left")]
    calls += ["aten.dot.default(vector, vector)", "aten.vdot.default(vector, vector)",
              "aten.outer.default(long_vector, row)", "aten.addr.default(full, long_vector, row)",
              "aten.mm.default(half_left, half_right)", "aten.mm.dtype(half_left, half_right, torch.float32)",
              "aten._int_mm.default(int_left, int_right)",
              "aten._cdist_forward.default(points_1, others, 2.0, None)", "aten._pdist_forward.default(left_0)"]
    scaled = "aten._scaled_mm.default(fp8_left, fp8_right, scale, scale"
    calls += [scaled + ")", scaled + ", None, None, torch.bfloat16)", scaled + ", out_dtype = torch.float16)"]
    return pool, calls


def convolution():
    pool, calls = {}, []
    orders = [None, NHWC, (1, 0, 2, 3), (0, 3, 1, 2)]
    pool |= layouts("image", (2, 8, 10, 12), orders)
    pool |= layouts("half_image", (2, 8, 10, 12), [None, NHWC], "f16")
    pool |= layouts("double_image", (2, 8, 10, 12), [None, NHWC], "f64")
    pool |= layouts("host_image", (2, 8, 10, 12), orders, "f32", "cpu")
    pool |= layouts("weight", (16, 8, 3, 3), [None, NHWC])
    pool |= layouts("half_weight", (16, 8, 3, 3), [None, NHWC], "f16")
    pool |= layouts("double_weight", (16, 8, 3, 3), [None, NHWC], "f64")
    pool |= layouts("host_weight", (16, 8, 3, 3), [None, NHWC], "f32", "cpu")
    pool |= layouts("back_weight", (8, 16, 3, 3), [None, NHWC])
    pool |= layouts("depth_weight", (8, 1, 3, 3), [None, NHWC])
    pool |= layouts("point_weight", (16, 8, 1, 1), [None, NHWC])
    pool |= layouts("signal", (2, 8, 10), [None, (0, 2, 1), (1, 0, 2)])
    pool |= layouts("signal_weight", (16, 8, 3), [None, (0, 2, 1)])
    pool |= layouts("host_signal", (2, 8, 10), [None, (0, 2, 1), (1, 0, 2)], "f32", "cpu")
    pool |= layouts("host_signal_weight", (16, 8, 3), [None, (0, 2, 1)], "f32", "cpu")
    pool |= layouts("volume", (2, 8, 6, 6, 6), [None, NDHWC])
    pool |= layouts("volume_weight", (16, 8, 3, 3, 3), [None, NDHWC])
    pool |= {"bias": ((16,), None, "f32", CUDA), "gray": ((2, 1, 10, 12), None, "f32", CUDA),
             "gray_weight": ((4, 1, 3, 3), None, "f32", CUDA), "pixel": ((2, 8, 1, 1), None, "f32", CUDA),
             "single": ((8, 10, 12), None, "f32", CUDA), "gradient": ((2, 16, 10, 12), None, "f32", CUDA)}
    settings = ["[1, 1], [1, 1], [1, 1], False, [0, 0], 1", "[2, 2], [0, 1], [1, 2], False, [0, 0], 1"]
    for kind in ("", "half_", "double_", "host_"):
        for a, b in itertools.product([n for n in pool if n.startswith(kind + "image_")],
                                      [n for n in pool if n.startswith(kind + "weight_")]):
            calls += [f"aten.convolution.default({a}, {b}, None, {s})" for s in settings]
    for i, j in itertools.product(range(4), range(2)):
        calls += [f"aten.convolution.default(image_{i}, back_weight_{j}, None, [2, 2], [1, 1], [1, 1], True, [1, 1], 1)",
                  f"aten.convolution.default(image_{i}, depth_weight_{j}, None, [2, 2], [1, 1], [1, 1], False, [0, 0], 8)",
                  f"aten.convolution.default(image_{i}, point_weight_{j}, bias, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
                  f"aten.conv2d.default(image_{i}, weight_{j}, bias, [2, 2], [1, 1])",
                  f"aten.conv2d.padding(image_{i}, weight_{j}, None, [1, 1], 'same')",
                  f"aten.conv_transpose2d.input(image_{i}, back_weight_{j}, None, [2, 2], [1, 1], [1, 1], 1, [1, 1])",
                  f"aten.convolution_backward.default(gradient, image_{i}, weight_{j}, [16], [1, 1], [1, 1], [1, 1], "
                  "False, [0, 0], 1, [True, True, False])"]
    for kind in ("", "host_"):
        for i, j in itertools.product(range(3), range(2)):
            calls += [f"aten.convolution.default({kind}signal_{i}, {kind}signal_weight_{j}, None, [1], [1], [1], False, "
                      "[0], 1)", f"aten.conv1d.default({kind}signal_{i}, {kind}signal_weight_{j})"]
    for i, j in itertools.product(range(2), range(2)):
        calls.append(f"aten.convolution.default(volume_{i}, volume_weight_{j}, None, [1, 1, 1], [1, 1, 1], [1, 1, 1], "
                     "False, [0, 0, 0], 1)")
    calls += ["aten.convolution.default(gray, gray_weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1)",
              "aten.convolution.default(pixel, point_weight_0, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
              "aten.convolution.default(pixel, point_weight_1, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
              "aten.conv2d.default(single, weight_0)"]
    return pool, calls


def convolution_symbolic():
    pool = {"image": (("A", 8, 10, 12), None, "f32", CUDA), "image_last": (("A", 8, 10, 12), NHWC, "f32", CUDA),
            "free": (("A", 8, "B", "B"), None, "f32", CUDA), "free_last": (("A", 8, "B", "B"), NHWC, "f32", CUDA),
            "weight": ((16, 8, 3, 3), None, "f32", CUDA), "signal": (("A", 8, "B"), None, "f32", CUDA),
            "signal_weight": ((16, 8, 3), None, "f32", CUDA)}
    calls = []
    for image in ("image", "image_last", "free", "free_last"):
        calls += [f"aten.convolution.default({image}, weight, None, {s})" for s in
                  ("[1, 1], [1, 1], [1, 1], False, [0, 0], 1", "[2, 2], [1, 0], [1, 1], False, [0, 0], 1")]
        calls += [f"aten.max_pool2d_with_indices.default({image}, [3, 3], [2, 2], [1, 1])",
                  f"aten.avg_pool2d.default({image}, [2, 2], [2, 2])",
                  f"aten._adaptive_avg_pool2d.default({image}, [5, 5])",
                  f"aten.upsample_nearest2d.vec({image}, None, [2.0, 2.0])",
                  f"aten.constant_pad_nd.default({image}, [1, 2, 0, 3], 0.0)"]
    calls += ["aten.convolution.default(signal, signal_weight, None, [1], [2], [1], False, [0], 1)"]
    return pool, calls


def pool():
    tensors, calls = {}, []
    for device, kind in ((CUDA, ""), ("cpu", "host_")):
        tensors |= layouts(kind + "image", (2, 8, 10, 12), [None, NHWC, (1, 0, 2, 3), (0, 3, 1, 2)], "f32", device)
        tensors |= layouts(kind + "wide", (2, 16, 5, 7), [None, NHWC], "f16", device)
        tensors |= layouts(kind + "volume", (2, 3, 6, 8, 10), [None, NDHWC], "f32", device)
        tensors |= layouts(kind + "signal", (2, 8, 10), [None, (0, 2, 1)], "f32", device)
        tensors |= {kind + "gray": ((2, 1, 10, 12), None, "f32", device),
                    kind + "pixel": ((2, 8, 1, 1), None, "f32", device),
                    kind + "rgb": ((2, 3, 10, 12), NHWC, "f32", device),
                    kind + "single": ((8, 10, 12), (1, 2, 0), "f32", device)}
    windows = ["[3, 3], [2, 2], [1, 1]", "[2, 2]", "[3, 2], [2, 3], [1, 0]", "[3, 3], [2, 2], [0, 0]"]
    images = [n for n in tensors if "image" in n or "wide" in n or n.endswith(("gray", "rgb", "single"))]
    for image in images:
        for window in windows:
            calls.append(f"aten.max_pool2d_with_indices.default({image}, {window})")
            calls.append(f"aten.avg_pool2d.default({image}, {window})")
        calls += [f"aten.max_pool2d_with_indices.default({image}, [3, 3], [2, 2], [0, 0], [2, 1], True)",
                  f"aten.avg_pool2d.default({image}, [3, 3], [2, 2], [1, 1], True)",
                  f"aten.max_pool2d.default({image}, [3, 3], [2, 2], [1, 1])",
                  f"prims._low_memory_max_pool_with_offsets.default({image}, [3, 3], [2, 2], [1, 1], [1, 1], False)"]
        calls += [f"aten.{op}.default({image}, {size})" for size in ("[1, 1]", "[5, 7]", "[2, 3]")
                  for op in ("_adaptive_avg_pool2d", "adaptive_avg_pool2d", "adaptive_max_pool2d")]
        calls += [f"aten.reflection_pad2d.default({image}, [1, 2, 3, 1])",
                  f"aten.replication_pad2d.default({image}, [1, 2, 3, 1])",
                  f"aten.constant_pad_nd.default({image}, [1, 2, 3, 1], 0.5)",
                  f"aten.constant_pad_nd.default({image}, [-1, 0])", f"aten.constant_pad_nd.default({image}, [0, 0])",
                  f"aten.constant_pad_nd.default({image}, [1, -1])"]
        if "single" in image:
            continue
        calls += [f"aten.{op}.default({image}, [20, 23])" for op in ("upsample_nearest2d", "_upsample_nearest_exact2d")]
        calls += [f"aten.{op}.default({image}, [20, 23], False)" for op in ("upsample_bilinear2d", "upsample_bicubic2d")]
        calls += [f"aten.upsample_nearest2d.vec({image}, None, [2.0, 1.5])",
                  f"aten.upsample_bilinear2d.vec({image}, None, True, [2.0, 2.0])",
                  f"aten.upsample_bilinear2d.vec({image}, [7, 9], False, None)",
                  f"aten.pixel_shuffle.default({image}, 2)", f"aten.pixel_unshuffle.default({image}, 2)",
                  f"aten.im2col.default({image}, [3, 2], [1, 1], [1, 0], [2, 1])"]
    for volume in [n for n in tensors if "volume" in n]:
        calls += [f"aten.max_pool3d_with_indices.default({volume}, [2, 2, 2])",
                  f"aten.avg_pool3d.default({volume}, [2, 2, 2], [2, 1, 2], [1, 0, 1])",
                  f"aten._adaptive_avg_pool3d.default({volume}, [2, 2, 2])",
                  f"aten.upsample_nearest3d.vec({volume}, None, [2.0, 2.0, 2.0])",
                  f"aten.upsample_trilinear3d.vec({volume}, None, False, [2.0, 2.0, 2.0])",
                  f"aten.replication_pad3d.default({volume}, [1, 1, 2, 2, 0, 1])",
                  f"aten.reflection_pad3d.default({volume}, [1, 1, 2, 2, 0, 1])"]
    for signal in [n for n in tensors if "signal" in n]:
        calls += [f"aten.avg_pool1d.default({signal}, [2])", f"aten.max_pool1d.default({signal}, [3], [2], [1])",
                  f"aten.adaptive_avg_pool1d.default({signal}, [3])", f"aten.upsample_nearest1d.vec({signal}, None, [2.0])",
                  f"aten.upsample_linear1d.vec({signal}, [15], False, None)",
                  f"aten.reflection_pad1d.default({signal}, [1, 2])", f"aten.replication_pad1d.default({signal}, [2, 0])"]
    return tensors, calls


def attention():
    pool, calls = {}, []
    orders = [None, (0, 2, 1, 3), (2, 0, 3, 1), (0, 2, 3, 1), (1, 0, 2, 3)]
    for dtype in ("f16", "f32"):
        pool |= layouts(f"query_{dtype}", (2, 8, 16, 64), orders, dtype)
        pool |= layouts(f"key_{dtype}", (2, 8, 24, 64), orders[:2], dtype)
        pool |= layouts(f"value_{dtype}", (2, 8, 24, 32), orders[:2], dtype)
        pool |= layouts(f"host_query_{dtype}", (2, 8, 16, 64), orders, dtype, "cpu")
        pool |= layouts(f"host_key_{dtype}", (2, 8, 24, 64), orders[:2], dtype, "cpu")
        pool |= layouts(f"host_value_{dtype}", (2, 8, 24, 32), orders[:2], dtype, "cpu")
        pool |= {f"mask_{dtype}": ((2, 1, 16, 24), None, dtype, CUDA)}
    pool |= {"flat": ((8, 16, 64), None, "f32", CUDA), "one_head_0": ((1, 1, 16, 64), None, "f16", CUDA)}
    for dtype, i, j in [(d, i, j) for d in ("f16", "f32") for i in range(5) for j in range(2) if i < 2 or j == 0]:
        query = f"query_{dtype}_{i}"
        for key, value in ((f"key_{dtype}_{j}", f"key_{dtype}_{j}"), (f"key_{dtype}_{j}", f"value_{dtype}_{j}")):
            calls += [f"aten._scaled_dot_product_efficient_attention.default({query}, {key}, {value}, None, {flag})"
                      for flag in (True, False)]
            calls += [f"aten._scaled_dot_product_cudnn_attention.default({query}, {key}, {value}, None, False, "
                      "scale = 0.125)",
                      f"aten._scaled_dot_product_flash_attention.default({query}, {key}, {value})",
                      f"aten._scaled_dot_product_flash_attention.default({query}, {key}, {value}, 0.1, False, True)",
                      f"aten._scaled_dot_product_fused_attention_overrideable.default({query}, {key}, {value})",
                      f"aten._scaled_dot_product_attention_math.default({query}, {key}, {value})",
                      f"aten.scaled_dot_product_attention.default({query}, {key}, {value})",
                      f"aten.scaled_dot_product_attention.default({query}, {key}, {value}, mask_{dtype})",
                      f"aten.scaled_dot_product_attention.default(host_{query}, host_{key}, host_{value})",
                      f"aten.scaled_dot_product_attention.default(host_{query}, host_{key}, host_{value}, None, 0.1)",
                      f"aten._scaled_dot_product_flash_attention_for_cpu.default(host_{query}, host_{key}, host_{value})"]
    calls += ["aten.scaled_dot_product_attention.default(flat, flat, flat)",
              "aten._scaled_dot_product_cudnn_attention.default(one_head_0, one_head_0, one_head_0, None, False)"]
    return pool, calls


def index():
    pool, calls = {}, []
    orders = [None, (2, 0, 1), (0, 2, 1), "strides 5 0 1", "strides 60 10 1"]
    pool |= layouts("cube", (4, 3, 5), orders)
    pool |= layouts("image", (2, 3, 4, 5), [None, NHWC])
    pool |= layouts("table", (10, 7), [None, (1, 0)], "f16")
    pool |= layouts("grid", (2, 3), [None, (1, 0)], "i64")
    pool |= {"few": ((2,), None, "i64", CUDA), "three": ((3,), None, "i64", CUDA), "one": ((1,), None, "i64", CUDA),
             "which": ((), None, "i64", CUDA), "counts": ((3,), None, "i32", CUDA),
             "places": ((4, 2, 5), (2, 1, 0), "i64", CUDA), "source": ((4, 2, 5), None, "f32", CUDA),
             "plane": ((3, 5), None, "f32", CUDA), "slab": ((2, 3, 5), None, "f32", CUDA),
             "line": ((3,), None, "f32", CUDA), "whole": ((4, 3), (1, 0), "f32", CUDA), "zero": ((), None, "f32", CUDA),
             "mask": ((4, 3, 5), None, "b8", CUDA), "row_mask": ((5,), None, "b8", CUDA),
             "empty": ((0,), None, "f32", CUDA), "integers": ((4, 3, 5), (2, 0, 1), "i64", CUDA),
             "nothing": ((0, 3, 5), None, "f32", CUDA), "sorted": ((9,), None, "f32", CUDA)}
    indices = ["[few]", "[None, few]", "[few, None, few]", "[grid_0, three]", "[None, None, grid_1]", "[which]",
               "[None, grid_1]", "[one]", "[grid_1]", "[None, one, one]", "[few, few, few]"]
    for cube in [n for n in pool if n.startswith("cube")] + ["integers", "nothing"]:
        if cube != "nothing":
            calls += [f"aten.index.Tensor({cube}, {i})" for i in indices]
        calls += [f"aten.index_select.default({cube}, {dim}, few)" for dim in (1, -1)]
        calls += [f"aten.index_put.default({cube}, [few], zero)", f"aten.index_put.default({cube}, [None, few], zero, True)",
                  f"aten.gather.default({cube}, 1, places)", f"aten.scatter.src({cube}, 1, places, source)",
                  f"aten.scatter.value({cube}, -2, places, 1.0)", f"aten.scatter_add.default({cube}, 1, places, source)",
                  f"aten.scatter_reduce.two({cube}, 1, places, source, 'sum')",
                  f"aten.take.default({cube}, grid_1)", f"aten.masked_scatter.default({cube}, row_mask, cube_0)",
                  f"aten.index_add.default({cube}, 1, few, source)", f"aten.index_copy.default({cube}, 1, few, source)",
                  f"aten.index_fill.int_Scalar({cube}, 1, few, 0)",
                  f"aten.slice_scatter.default({cube}, slab, 0, 0, 2)", f"aten.select_scatter.default({cube}, plane, 0, 1)",
                  f"aten.as_strided_scatter.default({cube}, slab, [2, 3, 5], [15, 5, 1], 0)",
                  f"aten.cat.default([{cube}, {cube}], 1)", f"aten.cat.default([{cube}, cube_1, empty], -1)",
                  f"aten.cat.default([empty, {cube}])", f"aten.cat.default([{cube}, integers])",
                  f"aten.stack.default([{cube}, {cube}], -1)", f"aten.stack.default([{cube}, {cube}], 1)",
                  f"aten.constant_pad_nd.default({cube}, [1, 1])",
                  f"aten.repeat_interleave.self_int({cube}, 2, 1)", f"aten.repeat_interleave.self_int({cube}, 3)",
                  f"aten.repeat_interleave.self_Tensor({cube}, three, 1, output_size = 7)",
                  f"aten.searchsorted.Tensor(sorted, {cube}, out_int32 = True)",
                  f"aten.bucketize.Tensor({cube}, sorted)",
                  f"aten.diff.default({cube})", f"aten.diff.default({cube}, 2, 1)",
                  f"aten.diff.default({cube}, 1, -1, {cube})", f"aten.diff.default({cube}, 0)"]
    for image in ("image_0", "image_1"):
        calls += [f"aten.cat.default([{image}, {image}], {dim})" for dim in (0, 1, 3)]
        calls += [f"aten.cat.default([{image}, image_0])", f"aten.stack.default([{image}, {image}])",
                  f"aten.index.Tensor({image}, [None, None, few, few])", f"aten.index.Tensor({image}, [None, None, None, few])",
                  f"aten.index.Tensor({image}, [few, None, grid_0])"]
    for table, grid in itertools.product(("table_0", "table_1"), ("grid_0", "grid_1", "few", "which")):
        calls += [f"aten.embedding.default({table}, {grid})", f"aten.embedding.default({table}, {grid}, 0)"]
        calls += [f"aten._embedding_bag.default({table}, few, few)",
                  f"aten._embedding_bag.default({table}, three, few, False, 2)",
                  f"aten._embedding_bag.default({table}, three, few, False, 0, False, None, True)"]
    calls += [f"aten.one_hot.default({grid}, 10)" for grid in ("grid_0", "grid_1", "few", "which")]
    calls += ["aten.diagonal_scatter.default(whole, line)", "aten.repeat_interleave.Tensor(three, output_size = 7)",
              "aten.searchsorted.Scalar(sorted, 1.5)", "aten.bucketize.Scalar(1.5, sorted)",
              "aten.embedding_dense_backward.default(slab, grid_0, 10, -1, False)"]
    return pool, calls


def index_symbolic():
    pool = {"tokens": (("A", "B", 8), None, "f32", CUDA), "tokens_swapped": (("A", "B", 8), (1, 0, 2), "f32", CUDA),
            "ids": (("A", "B"), None, "i64", CUDA), "rows": (("A",), None, "i64", CUDA),
            "columns": (("B",), None, "i64", CUDA), "column": (("A", 1), None, "i64", CUDA),
            "table": ((100, 16), None, "f16", CUDA), "narrow": (("A", "B", 2), None, "f32", CUDA)}
    calls = []
    for tokens in ("tokens", "tokens_swapped"):
        calls += [f"aten.index.Tensor({tokens}, {i})" for i in
                  ("[rows]", "[None, columns]", "[column, columns]", "[rows, None, rows]", "[ids, ids]")]
        calls += [f"aten.index_select.default({tokens}, 1, rows)", f"aten.cat.default([{tokens}, narrow], -1)",
                  f"aten.cat.default([{tokens}, tokens], 1)", f"aten.stack.default([{tokens}, tokens], 1)",
                  f"aten.slice_scatter.default({tokens}, narrow, 2, 0, 2)", f"aten.constant_pad_nd.default({tokens}, [0, 1])",
                  f"aten.repeat_interleave.self_int({tokens}, 3, 1)", f"aten.diff.default({tokens}, 1, 1)"]
    calls += ["aten.embedding.default(table, ids)", "aten.one_hot.default(ids, 9)", "aten.take.default(tokens, ids)"]
    return pool, calls


def matmul_symbolic():
    pool = {"tokens": (("A", 6), None, "bf16", CUDA), "wide": ((6, 12), None, "bf16", CUDA),
            "wide_t": ((6, 12), (1, 0), "bf16", CUDA), "batch": (("A", "B", 6), None, "bf16", CUDA),
            "heads": (("A", 4, "B", 8), (0, 2, 1, 3), "bf16", CUDA), "keys": (("A", 4, 8, "B"), (0, 3, 1, 2), "bf16", CUDA),
            "flat": ((4, "B", 8), None, "bf16", CUDA), "flat_keys": ((4, 8, "B"), (0, 2, 1), "bf16", CUDA),
            "bias": ((12,), None, "bf16", CUDA), "weight": ((12, 6), None, "bf16", CUDA),
            "values": (("A", 4, "B", 8), None, "bf16", CUDA), "scale": ((), None, "f32", CUDA),
            "fp8": (("A", 16), None, "f8e4m3fn", CUDA), "fp8_weight": ((16, 32), (1, 0), "f8e4m3fn", CUDA)}
    calls = ["aten.mm.default(tokens, wide)", "aten.mm.default(tokens, wide_t)", "aten.addmm.default(bias, tokens, wide_t)",
             "aten.matmul.default(batch, wide)", "aten.matmul.default(heads, keys)", "aten.bmm.default(flat, flat_keys)",
             "aten.linear.default(batch, weight, bias)", "aten.linear.default(tokens, weight)",
             "aten._scaled_mm.default(fp8, fp8_weight, scale, scale, out_dtype = torch.bfloat16)",
             "aten._scaled_dot_product_efficient_attention.default(heads, values, values, None, True)",
             "aten._scaled_dot_product_cudnn_attention.default(heads, values, values, None, False)",
             "aten._scaled_dot_product_flash_attention.default(heads, values, values)",
             "aten.layer_norm.default(batch, [6])", "aten.native_layer_norm.default(batch, [6], None, None, 1e-05)"]
    return pool, calls


def norm():
    pool, calls = {}, []
    for dtype, device, kind in (("f32", CUDA, ""), ("f16", CUDA, "half_"), ("f16", "cpu", "host_")):
        pool |= layouts(kind + "cube", (2, 8, 6), [None, (1, 0, 2), "strides 200 20 2", "strides 0 6 1"], dtype, device)
        pool |= layouts(kind + "image", (2, 8, 3, 4), [None, NHWC, (3, 1, 0, 2)], dtype, device)
        pool |= {kind + "scale": ((8,), None, dtype, device), kind + "last": ((6,), None, dtype, device),
                 kind + "flat": ((2, 8), (1, 0), dtype, device), kind + "statistics": ((8,), None, "f32", device)}
        cubes = [n for n in pool if n.startswith(kind + "cube")]
        images = [n for n in pool if n.startswith(kind + "image")]
        last, scale, statistics = kind + "last", kind + "scale", kind + "statistics"
        for x in cubes:
            calls += [f"aten.layer_norm.default({x}, [6], {last}, {last})", f"aten.layer_norm.default({x}, [8, 6])",
                      f"aten.native_layer_norm.default({x}, [6], {last}, {last}, 1e-05)",
                      f"aten.native_layer_norm.default({x}, [8, 6], None, None, 1e-05)",
                      f"aten.rms_norm.default({x}, [6], {last})",
                      f"aten._fused_rms_norm.default({x}, [6], {last}, 1e-06)"]
        for x in cubes + images:
            rest = "6" if x in cubes else "12"
            calls += [f"aten.native_group_norm.default({x}, {scale}, {scale}, 2, 8, {rest}, 4, 1e-05)",
                      f"aten.group_norm.default({x}, 4, {scale}, {scale})"]
        for x in cubes + images + [kind + "flat"]:
            calls += [f"aten._native_batch_norm_legit_no_training.default({x}, {scale}, {scale}, {statistics}, "
                      f"{statistics}, 0.1, 1e-05)",
                      f"aten._native_batch_norm_legit_functional.default({x}, {scale}, {scale}, {statistics}, "
                      f"{statistics}, True, 0.1, 1e-05)",
                      f"aten._native_batch_norm_legit.no_stats({x}, {scale}, {scale}, True, 0.1, 1e-05)",
                      f"aten._batch_norm_no_update.default({x}, {scale}, {scale}, {statistics}, {statistics}, 0.1, 1e-05)",
                      f"aten.batch_norm.default({x}, {scale}, {scale}, {statistics}, {statistics}, False, 0.1, 1e-05, True)"]
    return pool, calls


def fft():
    pool, calls = {}, []
    for device, kind in ((CUDA, ""), ("cpu", "host_")):
        pool |= layouts(kind + "real", (4, 6, 8), [None, (2, 0, 1), (0, 2, 1)], "f32", device)
        pool |= layouts(kind + "complex", (4, 6, 5), [None, (2, 0, 1), (1, 0, 2)], "c64", device)
    for name in [n for n in pool if "real" in n]:
        calls += [f"aten._fft_r2c.default({name}, {dims}, 0, {onesided})" for onesided in (True, False)
                  for dims in ("[2]", "[0]", "[1, 2]", "[0, 2]", "[2, 1]")]
    for name in [n for n in pool if "complex" in n]:
        calls += [f"aten._fft_c2c.default({name}, {dims}, 0, True)" for dims in ("[2]", "[0]", "[1, 2]", "[0, 1, 2]")]
        calls += [f"aten._fft_c2r.default({name}, {dims}, 2, 8)" for dims in ("[2]", "[0]", "[1, 2]")]
    return pool, calls


FAMILIES = {"matmul": matmul, "matmul_symbolic": matmul_symbolic, "convolution": convolution,
            "convolution_symbolic": convolution_symbolic, "pool": pool, "fft": fft, "attention": attention, "norm": norm,
            "index": index, "index_symbolic": index_symbolic}


class CallWorld(World):
    """Fake tensors of a family's own."""

    def __init__(self, pool, symbolic, hints=None):
        super().__init__(symbolic, hints)
        self.pool = pool


def evaluate(call, stem, pool, symbolic, hints=None):
    """The lines that print a call and its results; None when PyTorch refuses it or has to specialise a symbol."""
    world = CallWorld(pool, symbolic, hints)
    words = {"torch": torch, "aten": torch.ops.aten, "prims": torch.ops.prims, "device": torch.device}
    words |= {name: world.tensor(name) for name in pool if re.search(rf"\b{name}\b", call)}
    try:
        with world.mode:
            result = eval(call, words)
    except Exception as problem:
        print(f"{call}: {problem}".splitlines()[0], file=sys.stderr)
        return None
    if world.specialised():
        return None
    if isinstance(result, torch.Tensor):
        return [f'{stem}: "{world.type_of(result)}" = torch.ops.{call}']
    lines = [f"{stem} = torch.ops.{call}"]
    lines += [f'{stem}_{index}: "{world.type_of(item)}" = {stem}[{index}]' for index, item in enumerate(result)
              if isinstance(item, torch.Tensor)]
    return lines


def write_family(family):
    pool, calls = FAMILIES[family]()
    symbolic = family.endswith("_symbolic")
    world = CallWorld(pool, symbolic)
    placeholders = [f'{name}: "{world.type_of(world.tensor(name))}"' for name in pool]
    lines = []
    for number, call in enumerate(dict.fromkeys(calls)):
        op_name = call.split(".")[1].strip("_")
        stem = f"{op_name}_{number}"
        made = evaluate(call, stem, pool, symbolic)
        for hints in HINTS[1:] if symbolic and made else []:  # what depends on the example sizes is left out
            if evaluate(call, stem, pool, symbolic, hints) not in (made, None):
                made = None
                break
        lines += made or []
    path = OUT / f"{family}_calls.py"
    path.write_text("class GraphModule(torch.nn.Module):\n    def forward(self, " + ", ".join(placeholders) + "):\n" +
                    "".join(f"        {line}\n" for line in lines) + "        return ()\n")
    print(f"{path.relative_to(ROOT)}: {len(lines)} statements")


def main():
    if not torch.backends.cuda.is_built():
        sys.exit("a PyTorch built with CUDA is needed")
    OUT.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    for family in sys.argv[1:] or FAMILIES:
        write_family(family)


if __name__ == "__main__":
    main()

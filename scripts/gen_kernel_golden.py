#!/usr/bin/env python3
"""Write tests/data/kernels.tar.xz: calls of single ops with what PyTorch's CPU kernels give for them.

    python3 scripts/gen_kernel_golden.py        needs torch 2.13 (CPU); always writes the same bytes

Each case is a printed graph with one call, the bytes of its inputs' storages (`> name hex`) and of its results, row-major
(`< position hex`). Of a collective there are those of each rank (`>1 name hex`, `<1 position hex`; `@ 2` says how many ranks
there are). tests/unit/test_kernel_golden.c runs the graphs and compares. The ops of vLLM, which PyTorch does not
have, are defined for it, from what they are for, by PyTorch's own ops. The cases are in scripts/kernel_golden/.
"""
import io
import lzma
import pathlib
import tarfile

import torch

from kernel_golden.along import norms, reductions, searching
from kernel_golden.cases import GENERATOR, Writer
from kernel_golden.collectives import groups
from kernel_golden.images import gradients, images, resampling
from kernel_golden.movement import factories, indexing, joining, views
from kernel_golden.pointwise import binary, casts, elementwise, in_place, ternary
from kernel_golden.products import attention, products
from kernel_golden.vllm import caches, vllm

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "data" / "kernels.tar.xz"

# A family's place in this list is the seed of its random numbers.
FAMILIES = [elementwise, binary, ternary, casts, in_place, views, factories, indexing, joining, reductions, norms, searching,
            products, attention, vllm, images, gradients, caches, groups, resampling]


def main():
    archive, total, refused = io.BytesIO(), 0, []
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for number, family in enumerate(FAMILIES):
            GENERATOR.manual_seed(number)
            writer = Writer()
            family(writer)
            data = ("\n".join(writer.lines) + "\n").encode()
            entry = tarfile.TarInfo(f"{family.__name__}.txt")
            entry.size, entry.mode = len(data), 0o644
            tar.addfile(entry, io.BytesIO(data))
            total += writer.count
            refused += writer.refused
            print(f"{family.__name__}: {writer.count} cases, {len(data)} bytes")
    TARGET.write_bytes(lzma.compress(archive.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{total} cases, {TARGET.stat().st_size} bytes packed; PyTorch refused {len(refused)} calls")
    for name, error in refused:
        print(f"  {name}: {error}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()

#!/bin/sh
# Build the benchmarks and run them on generated graphs and on real ones of tests/data. The table goes to standard
# output, the figures also to build/bench.json.
# usage: run_bench.sh [--quick]
set -eu
cd "$(dirname "$0")/.."
corpus=build/bench/corpus
mkdir -p "$corpus"
{
    cmake --preset bench && cmake --build --preset bench -j2
} >build/bench.log 2>&1 || {
    cat build/bench.log
    exit 1
}
tar -C "$corpus" -xf tests/data/corpus.tar.xz
build/bench/bench/regraft_bench "$@" --json build/bench.json \
    "$corpus/models/llama8b-bf16-eager/post.before.py" \
    "$corpus/models/mamba-fp32-eager/joint.before.py" \
    "$corpus/models/bertlarge-fp16-eager/post.before.py" \
    "$corpus/vllm/llama-group-32/0.input.py"

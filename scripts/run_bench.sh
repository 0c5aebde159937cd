#!/bin/sh
# Build the benchmarks and run them: on generated graphs, on real ones of tests/data, and beside other engines. Tables go to
# standard output, all figures to build/bench.json, a plot of the engines to build/bench.svg.
# usage: run_bench.sh [--quick | --huge] [--no-peers | --only-peers]
set -eu
cd "$(dirname "$0")/.."
size=
peers=yes
own=yes
for option in "$@"; do
    case $option in
    --quick | --huge) size=$option ;;
    --no-peers) peers= ;;
    --only-peers) own= ;;
    *)
        echo "usage: run_bench.sh [--quick | --huge] [--no-peers | --only-peers]" >&2
        exit 2
        ;;
    esac
done

# The command as it is released.
build_command() {
    cmake --preset release >>build/bench.log 2>&1 &&
        cmake --build --preset release -j2 --target regraft_command >>build/bench.log 2>&1
}

corpus=build/bench/corpus
figures=build/bench/figures
shared=build/bench/shared
program=build/bench/bench/regraft_bench
rm -rf "$figures" "$shared"
mkdir -p "$corpus" "$figures"
{
    cmake --preset bench && cmake --build --preset bench -j2
} >build/bench.log 2>&1 || {
    cat build/bench.log
    exit 1
}
archive=$PWD/tests/data/corpus.tar.xz
(cd "$corpus" && cmake -E tar xf "$archive") # tar itself would need xz
if [ -n "$own" ]; then
    # shellcheck disable=SC2086  # empty or one word
    "$program" $size --json "$figures/regraft.json" \
        "$corpus/models/llama8b-bf16-eager/post.before.py" \
        "$corpus/models/mamba-fp32-eager/joint.before.py" \
        "$corpus/models/bertlarge-fp16-eager/post.before.py" \
        "$corpus/vllm/llama-group-32/0.input.py"
    if build_command; then
        python3 bench/vllm_models.py "$figures/vllm_models.json" build/release/bin/regraft
    fi
fi
if [ -n "$peers" ]; then
    peer_python=
    peer_mlir=
    eval "$(scripts/setup_peers.sh)"
    "$program" --write "$shared"
    if [ -n "$peer_mlir" ]; then
        REGRAFT_BENCH_MLIR_OPT=$peer_mlir python3 bench/peers/mlir_pdl.py "$shared" "$figures/mlir_pdl.json" "$program"
    fi
    for engine in torchscript inductor; do
        [ -z "$peer_python" ] || "$peer_python" bench/peers/$engine.py "$shared" "$figures/$engine.json" "$program"
    done
    [ -z "$peer_python" ] || "$peer_python" bench/peers/inductor_passes.py "$corpus/models/llama8b-bf16-eager" \
        "$figures/inductor_passes.json" "$program"
    if [ -n "$peer_python" ] && build_command; then
        "$peer_python" bench/peers/vllm_passes.py "$figures/vllm_passes.json" build/release/bin/regraft
    fi
fi
set -- "$figures"/*.json
[ ! -e "$1" ] || python3 bench/peers/report.py build/bench.json build/bench.svg "$@"

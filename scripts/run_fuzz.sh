#!/bin/sh
# Run each fuzzer for some seconds, starting from its saved inputs. New inputs collect in build/fuzz/found-<name>; one
# that breaks something is left in the current folder, and belongs into fuzz/corpus/<name> once it is fixed.
# usage: run_fuzz.sh SECONDS
set -eu
cd "$(dirname "$0")/.."
seconds=$1
cmake --preset fuzz >build/fuzz.configure.log || {
    cat build/fuzz.configure.log
    exit 1
}
cmake --build --preset fuzz -j"$(nproc)"
for folder in fuzz/corpus/*/; do
    name=$(basename "$folder")
    found=build/fuzz/found-$name
    mkdir -p "$found"
    seeds=$folder
    [ "$name" != rules ] || seeds="$folder rules/vllm"
    echo "== fuzz_$name, $seconds s"
    # shellcheck disable=SC2086  # several folders
    build/fuzz/fuzz/fuzz_"$name" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 "$found" $seeds
done

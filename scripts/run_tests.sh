#!/bin/sh
# Configure and build a preset, then run its tests.
# usage: run_tests.sh PRESET -jJOBS [CTEST_OPTION...]
set -eu
cd "$(dirname "$0")/.."
preset=$1 jobs=$2
shift 2
mkdir -p build
cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
    cat "build/$preset.configure.log"
    exit 1
}
cmake --build --preset "$preset" "$jobs" >"build/$preset.build.log" 2>&1 || {
    cat "build/$preset.build.log"
    exit 1
}
exec ctest --preset "$preset" "$jobs" "$@"

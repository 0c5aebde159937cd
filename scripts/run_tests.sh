#!/bin/sh
# Configure and build a preset, then run its tests. The last line is ctest's count.
# usage: run_tests.sh PRESET -jJOBS [CTEST_OPTION...]
set -eu
cd "$(dirname "$0")/.."
preset=$1 jobs=$2
shift 2
log=build/$preset
mkdir -p build
cmake --preset "$preset" >"$log.configure.log" 2>&1 || {
    cat "$log.configure.log"
    exit 1
}
cmake --build --preset "$preset" "$jobs" >"$log.build.log" 2>&1 || {
    cat "$log.build.log"
    exit 1
}
status=0
{ ctest --preset "$preset" "$jobs" "$@" --no-label-summary 2>&1 || echo $? >"$log.status"; } | tee "$log.test.log"
if [ -f "$log.status" ]; then
    status=$(cat "$log.status")
    rm "$log.status"
fi
grep 'tests passed.* out of [0-9]' "$log.test.log" | tail -n 1
exit "$status"

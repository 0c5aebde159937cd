#!/bin/sh
# Run all tests with line counts and print the line coverage of src/.
# usage: run_coverage.sh -jJOBS
set -eu
cd "$(dirname "$0")/.."
find build/coverage -name '*.gcda' -delete 2>/dev/null || true
scripts/run_tests.sh coverage "$1" -LE 'check|install'
gcovr --root . --filter 'src/' --object-directory build/coverage --exclude-unreachable-branches \
    --html-details build/coverage/coverage.html --txt build/coverage/coverage.txt --print-summary | grep '^lines'
echo "Details: build/coverage/coverage.txt, build/coverage/coverage.html"

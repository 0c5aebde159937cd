#!/bin/sh
# Format all C files, or with --check say which would change.
set -eu
cd "$(dirname "$0")/.."
if [ "${1:-}" = --check ]; then
    set -- --dry-run -Werror
else
    set -- -i
fi
find include src tests fuzz bench examples python -name '*.[ch]' 2>/dev/null | LC_ALL=C sort | xargs clang-format-14 "$@"

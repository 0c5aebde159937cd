#!/bin/sh
# Install the Debian packages that a job needs and this machine lacks. Says what it installs; silent when nothing is
# missing. Runs apt-get directly as root, through sudo otherwise.
#
# usage: setup.sh GROUP...     groups: build, test, pictures, check, coverage, fuzz, bench, peers,
# instructions (doc/dependencies.md says why each)
set -eu

packages_of() {
    case $1 in
    build) echo gcc make cmake libc6-dev libjansson-dev libmd-dev ;;
    test) echo g++ libcmocka-dev pkg-config python3 groff-base graphviz ;;
    pictures) echo graphviz chromium ;;
    check) echo clang-format-14 clang-tidy-14 ;;
    coverage) echo gcovr ;;
    fuzz) echo clang-14 libclang-rt-14-dev ;;
    bench) echo python3 ;;
    peers) echo python3-venv ;;
    instructions) echo valgrind python3 ;;
    *)
        echo "setup.sh: unknown group '$1'" >&2
        exit 2
        ;;
    esac
}

# What a package is needed for is there, whoever installed it.
present() {
    case $1 in
    gcc | g++ | make | cmake | python3 | gcovr | pkg-config | valgrind | chromium | clang-format-14 | clang-tidy-14 | clang-14)
        command -v "$1" >/dev/null
        ;;
    graphviz) command -v dot >/dev/null ;;
    groff-base) command -v groff >/dev/null ;;
    *) [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
    esac
}

missing=
for group in "$@"; do
    for package in $(packages_of "$group"); do
        present "$package" || missing="$missing $package"
    done
done
mkdir -p build
[ -n "$missing" ] || exit 0

echo "Installing Debian packages:$missing"
if ! command -v apt-get >/dev/null; then
    echo "setup.sh: no apt-get here; please install what corresponds to these packages" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "setup.sh: needs root or sudo to install them" >&2
        exit 1
    fi
    as_root=sudo
fi

log=build/setup.log
install_missing() {
    # shellcheck disable=SC2086  # the list is split on purpose
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>"$log" 2>&1
}
: >"$log"
# The package lists may be absent or old: fetch them only if the installation fails without.
if ! install_missing; then
    $as_root apt-get update >>"$log" 2>&1 || true
    if ! install_missing; then
        tail -n 20 "$log" >&2
        echo "setup.sh: installing failed (all of apt's output: $log)" >&2
        exit 1
    fi
fi

#!/bin/sh
# Fetch the engines that regraft is compared with into build/peers: MLIR's tools from Debian, unpacked and not installed,
# and PyTorch (CPU) from pip in a virtual environment. Prints a shell assignment for each that can be had, for `eval`;
# says on standard error what cannot, and why.
#
# REGRAFT_BENCH_PYTHON: a Python that has PyTorch already.  REGRAFT_BENCH_MLIR_OPT: an mlir-opt that is there already.
set -u
cd "$(dirname "$0")/.."
torch=2.13.0
peers=$PWD/build/peers
log=$peers/setup.log
mkdir -p "$peers/mlir"
: >"$log"

missing() {
    echo "setup_peers.sh: $1 is not compared with: $2 (build/peers/setup.log)" >&2
}

has_torch() {
    [ -n "$1" ] && "$1" -c 'import torch._inductor.pattern_matcher' >>"$log" 2>&1
}

python=${REGRAFT_BENCH_PYTHON:-$peers/venv/bin/python}
if ! has_torch "$python" && [ -z "${REGRAFT_BENCH_PYTHON:-}" ]; then
    scripts/setup.sh peers >&2 &&
        python3 -m venv "$peers/venv" >>"$log" 2>&1 &&
        "$peers/venv/bin/pip" install --no-cache-dir "torch==$torch" numpy \
            --index-url https://download.pytorch.org/whl/cpu >>"$log" 2>&1
fi
if has_torch "$python"; then
    echo "peer_python=$python"
else
    missing PyTorch "no Python with torch $torch"
fi

# Unpacked where it is: Debian's packages need no installation to run.
unpack_mlir() {
    cd "$peers/mlir" &&
        { apt-get download mlir-16-tools libllvm16 libz3-4 || { apt-get update && apt-get download mlir-16-tools libllvm16 libz3-4; }; } &&
        for package in *.deb; do dpkg -x "$package" . || return 1; done &&
        rm -f ./*.deb
}

mlir=${REGRAFT_BENCH_MLIR_OPT:-$(command -v mlir-opt-16 || echo "$peers/mlir/usr/bin/mlir-opt-16")}
if [ ! -x "$mlir" ] && [ -z "${REGRAFT_BENCH_MLIR_OPT:-}" ]; then
    (unpack_mlir) >>"$log" 2>&1
fi
if REGRAFT_BENCH_MLIR_OPT=$mlir python3 bench/peers/mlir_pdl.py --check >>"$log" 2>&1; then
    echo "peer_mlir=$mlir"
else
    missing MLIR "mlir-opt-16 does not run"
fi

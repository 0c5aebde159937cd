#!/bin/sh
# Install PyTorch (CPU) into build/venv, for the tests that compare with it. Quick when it is there.
set -eu
cd "$(dirname "$0")/.."
[ -x build/venv/bin/python3 ] && build/venv/bin/python3 -c 'import torch' 2>/dev/null && exit 0
python3 -m venv build/venv 2>/dev/null || {
    "$(dirname "$0")/setup.sh" pytorch
    python3 -m venv build/venv
}
build/venv/bin/pip install --quiet --index-url https://download.pytorch.org/whl/cpu torch==2.11.0 ||
    build/venv/bin/pip install --quiet torch numpy

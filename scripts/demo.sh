#!/bin/sh
# The main job on a real graph: fuse RMSNorm with quantisation and SiLU with quantisation in a 32-layer Llama.
# usage: demo.sh BUILD_FOLDER
set -eu
cd "$(dirname "$0")/.."
build=$1
folder=build/demo
mkdir -p $folder
(cd $folder && cmake -E tar xf ../../tests/data/corpus.tar.xz vllm/llama-static-32/0.input.py)
input=$folder/vllm/llama-static-32/0.input.py
output=$folder/llama-static-32.fused.py
echo "A Llama graph of 32 layers with vLLM's ops, as PyTorch 2.11 printed it: $(wc -l <$input) lines"
echo "\$ $build/bin/regraft opt $input -o $output --passes noop,rms_quant,act_quant,cleanup"
"$build/bin/regraft" opt $input -o $output --passes noop,rms_quant,act_quant,cleanup
echo "The fused graph, $(wc -l <$output) lines: $output"

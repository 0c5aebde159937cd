#!/usr/bin/env python3
"""Write doc/config.md, the keys of a pass configuration, from what the command says of its table (src/pass/config.def).

    scripts/gen_config_doc.py REGRAFT           write it
    scripts/gen_config_doc.py REGRAFT --check   exit 1 when the file is not what the table says
"""
import json
import pathlib
import subprocess
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "doc" / "config.md"

INTRODUCTION = """\
# Configuration of passes

The keys of a pass configuration, generated from `src/pass/config.def` by `scripts/gen_config_doc.py`; `regraft passes
--config` lists them too. They are vLLM's `PassConfig`, and what its passes look at besides.

| from | how |
|---|---|
| the command | `--config KEY=VALUE`, several times; a value that begins with `[` or `{` is JSON |
| a file | `--config @FILE`: a JSON object of keys and values. What stands in `pass_config` or `compilation_config` is taken as if it stood at the top |
| C | `rg_pass_config_set` (text) and `rg_pass_config_set_value` (values) on `rg_pass_manager_config(manager)` |
| rule files | they read the values that hold as `config.KEY` |

An unknown key is an error that suggests the closest one. Values are `true`, `false`, `none`, numbers, dtypes
(`bfloat16`), words, or lists with commas between their items.

## Which passes run

Flags decide which passes `regraft opt --passes vllm` and `rg_pass_manager_add_configured` run. A flag that is not set is
decided by the optimisation level: the columns say when it is on. A flag that is set wins, except that it is off, with a
warning, without what it needs.
"""

LAYERS = """\

## Layers

`attention_layers` and `mla_layers` stand for vLLM's static forward context: which attention layers the model has. Each is
a list of records with a `name`, or an object from names to records. What is left out gets the value behind `=`.

| field of `attention_layers` | meaning |
|---|---|
| `name` | the layer's name, as in the graph: `model.layers.0.self_attn.attn` |
| `num_heads`, `num_kv_heads = num_heads` | heads on this GPU |
| `head_size`, `head_size_v = head_size`, `rotary_dim = head_size` | sizes |
| `fp8 = true`, `nvfp4 = false` | the backend can write its output so quantised |
| `rope_kvcache = true` | the backend has rotary embedding fused with the update of the KV cache |
| `qk_norm_rope_kvcache = rope_kvcache` | and with the norms of queries and keys |
| `gated = false` | the query projection has a gate beside each head |

| field of `mla_layers` | meaning |
|---|---|
| `name`, `num_heads` | as above |
| `qk_nope_head_dim`, `qk_rope_head_dim`, `kv_lora_rank`, `v_head_dim` | sizes |
| `fp8 = true`, `nvfp4 = false` | as above |
| `kv_cache_dtype = "auto"` | a literal of the cache's update |

Without layers the passes over layers take any layer of the graph, and its sizes from the graph's types.
"""

EXAMPLE = """\

## An example

```json
{
  "optimization_level": 2,
  "pass_config": {"fuse_norm_quant": true, "fuse_attn_quant": true},
  "custom_ops": ["+quant_fp8"],
  "tensor_parallel_size": 2,
  "device_capability": 90,
  "model_dtype": "bfloat16",
  "hidden_size": 4096,
  "attention_layers": [{"name": "layers.0.attn", "num_heads": 16, "num_kv_heads": 4, "head_size": 128}]
}
```
"""


def cell(text):
    return text.replace("|", "\\|")


def page(keys):
    text = INTRODUCTION
    text += "\n| flag | at O0 | at O1 | at O2 and O3 | needs | passes | what it does |\n|---|---|---|---|---|---|---|\n"
    for key in keys:
        if key["type"] == "flag":
            first, second, third, _ = (key["initial"] or level for level in key["levels"])
            passes = key["readers"].replace(",", ", ")
            text += f"| `{key['name']}` | {first} | {second} | {third} | {key['needs']} | {passes} | {key['description']} |\n"
    text += "\n## Everything else\n\n| key | values | default | read by | meaning |\n|---|---|---|---|---|\n"
    for key in keys:
        if key["type"] != "flag":
            text += (f"| `{key['name']}` | {cell(key['type'])} | {key['initial']} | {key['readers'].replace(',', ', ')} | "
                     f"{key['description']} |\n")
    return text + LAYERS + EXAMPLE


def main():
    listing = subprocess.run([sys.argv[1], "passes", "--config", "--json"], check=True, capture_output=True).stdout
    text = page(json.loads(listing))
    if sys.argv[2:] != ["--check"]:
        TARGET.write_text(text)
    elif TARGET.read_text() != text:
        sys.exit("doc/config.md is not what the table says: run scripts/gen_config_doc.py build/dev/bin/regraft")


if __name__ == "__main__":
    main()

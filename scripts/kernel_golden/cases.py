"""What the cases are made of and written with: dtypes, random tensors, ops that PyTorch does not have, one file's lines."""
import torch

aten = torch.ops.aten
prims = torch.ops.prims
SHORT = {torch.float32: "f32", torch.float64: "f64", torch.bfloat16: "bf16", torch.float16: "f16", torch.int64: "i64",
         torch.int32: "i32", torch.int16: "i16", torch.int8: "i8", torch.uint8: "u8", torch.bool: "b8",
         torch.float8_e4m3fn: "f8e4m3fn", torch.float8_e5m2: "f8e5m2", torch.float8_e4m3fnuz: "f8e4m3fnuz",
         torch.float8_e5m2fnuz: "f8e5m2fnuz", torch.float8_e8m0fnu: "f8e8m0fnu", torch.complex64: "c64"}
F32, F64, BF16, F16 = torch.float32, torch.float64, torch.bfloat16, torch.float16
I64, I32, I16, I8, U8, BOOL = torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool
F8 = torch.float8_e4m3fn
NARROW = [F8, torch.float8_e5m2, torch.float8_e4m3fnuz, torch.float8_e5m2fnuz]
FLOATS = [F32, F64, BF16, F16]
INTS = [I64, I32, U8]


class Op:
    """An op that PyTorch does not have: its printed name and what it computes."""

    def __init__(self, name, function):
        self.name, self.function = name, function


# ---- values ----

GENERATOR = torch.Generator()


def tensor(shape, dtype=F32, scale=1.0, low=-4, high=5):
    """Random numbers: normal for floats, uniform integers otherwise."""
    if dtype == BOOL:
        return torch.randint(0, 2, shape, generator=GENERATOR).bool()
    if not dtype.is_floating_point:
        return torch.randint(max(low, 0) if dtype == U8 else low, high, shape, generator=GENERATOR).to(dtype)
    return (torch.randn(shape, generator=GENERATOR, dtype=F64) * scale).to(F32).to(dtype)


def positive(shape, dtype=F32, low=0.1, high=2.0):
    return (torch.rand(shape, generator=GENERATOR, dtype=F64) * (high - low) + low).to(F32).to(dtype)


def integers(shape, low, high, dtype=I64):
    return torch.randint(low, high, shape, generator=GENERATOR).to(dtype)


def edges(dtype=F32):
    return torch.tensor([0.0, -0.0, float("inf"), -float("inf"), float("nan"), 1.0, -1.0, 0.5, -0.5, 2.5, 1e-3, -3.0, 100.0,
                         1e-30], dtype=F64).to(dtype)


# ---- writing cases ----

def layout(value):
    sizes = ", ".join(map(str, value.shape))
    strides = ", ".join(map(str, value.stride()))
    return f"{SHORT[value.dtype]}[{sizes}][{strides}]cpu"


def storage_bytes(value):
    return bytes(value.untyped_storage().tolist())


def row_major_bytes(value):
    value = value.detach().contiguous()
    return bytes(value.reshape(-1).view(torch.uint8).tolist()) if value.numel() else b""


class Writer:
    def __init__(self):
        self.lines, self.count, self.refused = [], 0, []

    def text(self, value, names):
        if isinstance(value, torch.Tensor):
            for name, known in names:
                if known is value:
                    return name
            names.append((f"arg{len(names)}_1", value))
            return names[-1][0]
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(self.text(item, names) for item in value) + "]"
        if isinstance(value, torch.device):
            return "device(type='cpu')"
        if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))):
            return "nan" if value != value else "inf" if value > 0 else "-inf"
        return repr(value)

    def add(self, op, *args, **kwargs):
        """One case. Arguments that the op writes come back as further results. `_written` names those of an Op."""
        written = kwargs.pop("_written", None)
        own = isinstance(op, Op)
        names = []
        shown = [self.text(a, names) for a in args] + [f"{k} = {self.text(v, names)}" for k, v in kwargs.items()]
        inputs = [(name, layout(value), storage_bytes(value)) for name, value in names]
        for name, value in names:
            if value.storage_offset() != 0:
                raise ValueError("inputs start where their storage does")
        try:
            result = op.function(*args, **kwargs) if own else op(*args, **kwargs)
        except (RuntimeError, NotImplementedError, IndexError, ValueError, TypeError) as error:
            self.refused.append((op.name if own else str(op), str(error).splitlines()[0]))
            return
        name = op.name if own else str(op)
        results = list(result) if isinstance(result, (list, tuple)) else [] if result is None else [result]
        if own and written is not None:  # by way of auto_functionalized, as the graphs have it
            body = [f"functional = torch.ops.higher_order.auto_functionalized(torch.ops.{name}, {', '.join(shown)})"]
            results = [kwargs[argument] for argument in written]
            outputs = [f"getitem_{i + 1}" for i in range(len(results))]
            body += [f"{output} = functional[{i + 1}]" for i, output in enumerate(outputs)]
        else:
            body = [f"result = torch.ops.{name}({', '.join(shown)})"]
            outputs = ["result"] if not isinstance(result, (list, tuple)) else \
                [f"getitem_{i}" for i in range(len(results))]
            body += [f"{output} = result[{i}]" for i, output in enumerate(outputs) if output != "result"]
            if not own and name.rsplit(".", 1)[0].endswith("_") and args and isinstance(args[0], torch.Tensor):
                results.append(args[0])
                outputs.append(names[0][0])
        for i, value in enumerate(results):  # complex numbers are compared as pairs
            if isinstance(value, torch.Tensor) and value.is_complex() and not name.startswith("aten.view_as"):
                body.append(f"pairs_{i} = torch.ops.aten.view_as_real.default({outputs[i]})")
                outputs[i], results[i] = f"pairs_{i}", torch.view_as_real(value)
        keep = [(o, r) for o, r in zip(outputs, results) if isinstance(r, (torch.Tensor, int, float, bool))]
        parameters = ", ".join(f'{n}: "{l}"' for n, l, _ in inputs)
        self.lines.append("---")
        self.lines.append("class GraphModule(torch.nn.Module):")
        self.lines.append(f"    def forward(self{', ' if parameters else ''}{parameters}):")
        self.lines += ["        " + line for line in body]
        self.lines.append(f"        return ({', '.join(o for o, _ in keep)},)")
        self.lines += [f"> {n} {data.hex()}" for n, _, data in inputs]
        for position, (_, value) in enumerate(keep):
            if isinstance(value, torch.Tensor):
                sizes = ",".join(map(str, value.shape))
                self.lines.append(f"< {position} {SHORT[value.dtype]} [{sizes}] {row_major_bytes(value).hex()}")
            else:
                self.lines.append(f"= {position} {float(value)!r}")
        self.count += 1

    def add_group(self, op, calls, outputs=("result",)):
        """One case of a collective: the keywords of each rank; the op's function gives all their results, in order. An
        output that is a number is an item of the call's result, a pair an item of that."""
        names = []
        shown = [f"{k} = {self.text(v, names)}" for k, v in calls[0].items()]
        others = [[] for _ in calls]
        for rank, keywords in enumerate(calls):
            for value in keywords.values():
                self.text(value, others[rank])
        inputs = [(rank, names[i][0], layout(value), storage_bytes(value))
                  for rank, own in enumerate(others) for i, (_, value) in enumerate(own)]
        results = op.function(calls)
        body = [f"result = torch.ops.{op.name}({', '.join(shown)})"]
        for output in outputs:
            if isinstance(output, tuple):
                body += [f"list_{output[0]} = result[{output[0]}]", f"item_{output[1]} = list_{output[0]}[{output[1]}]"]
            elif output != "result":
                body.append(f"getitem_{output} = result[{output}]")
        shown = [o if o == "result" else f"item_{o[1]}" if isinstance(o, tuple) else f"getitem_{o}" for o in outputs]
        parameters = ", ".join(f'{n}: "{kind}"' for rank, n, kind, _ in inputs if rank == 0)
        self.lines += ["---", "class GraphModule(torch.nn.Module):", f"    def forward(self, {parameters}):"]
        self.lines += ["        " + line for line in dict.fromkeys(body)]
        self.lines += [f"        return ({', '.join(shown)},)", f"@ {len(calls)}"]
        self.lines += [f">{rank} {n} {data.hex()}" for rank, n, _, data in inputs]
        for rank, values in enumerate(results):
            for position, value in enumerate(values):
                sizes = ",".join(map(str, value.shape))
                self.lines.append(f"<{rank} {position} {SHORT[value.dtype]} [{sizes}] {row_major_bytes(value).hex()}")
        self.count += 1

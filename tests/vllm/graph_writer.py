"""Writing printed FX graphs: a call a statement, each result with its type. models.py builds models of it.

The types are computed here, apart from regraft's inference, which the tests compare them with.
"""

DTYPES = {"bf16": "torch.bfloat16", "f16": "torch.float16", "f32": "torch.float32", "f8e4m3fn": "torch.float8_e4m3fn",
          "u8": "torch.uint8", "i32": "torch.int32", "i64": "torch.int64"}
DEVICE = "cuda:0"


def contiguous(sizes):
    """Strides of a tensor without gaps. At most one size behind the first is a symbol, and only ones follow it."""
    strides, product = [], 1
    for size in reversed(sizes):
        strides.append(product)
        product = size if product == 1 else product if size == 1 else f"{product}*{size}" if isinstance(size, str) \
            else product * size
    return strides[::-1]


class Tensor:
    def __init__(self, name, dtype, sizes, strides=None):
        self.name, self.dtype, self.sizes = name, dtype, list(sizes)
        self.strides = contiguous(self.sizes) if strides is None else list(strides)

    def __str__(self):
        return self.name

    def annotation(self):
        return f'"{self.dtype}{join(self.sizes)}{join(self.strides)}{DEVICE}"'


def join(items):
    return f"[{', '.join(map(str, items))}]"


def literal(value):
    """An argument as FX prints it: tensors by name, and strings that are no names of dtypes in quotes."""
    if isinstance(value, (list, tuple)):
        return join(map(literal, value))
    if isinstance(value, str):
        return value if value.startswith("torch.") else repr(value)
    return str(value)


class GraphWriter:
    """One graph. `tokens` is a number, or a symbol; then the graph has it as an input, for the sizes of allocations."""

    def __init__(self, tokens="s0", dtype="bf16"):
        self.tokens, self.dtype = tokens, dtype
        self.parameters, self.statements, self.names = [], [], {}
        if isinstance(tokens, str):
            self.parameters.append(f'tokens: "Sym({tokens})"')

    def name(self, stem):
        number = self.names[stem] = self.names.get(stem, -1) + 1
        return f"{stem}_{number}" if number else stem

    def input(self, stem, sizes, dtype=None, strides=None):
        made = Tensor(self.name(stem), dtype or self.dtype, sizes, strides)
        self.parameters.append(f"{made.name}: {made.annotation()}")
        return made

    def text(self, results):
        lines = ["class GraphModule(torch.nn.Module):", f"    def forward(self, {', '.join(self.parameters)}):",
                 *(f"        {line}" for line in self.statements), f"        return ({', '.join(map(str, results))},)"]
        return "\n".join(lines) + "\n"

    # ---- calls ----

    def _statement(self, stem, expression, result):
        made = Tensor(self.name(stem), *result) if result else self.name(stem)
        annotation = f": {made.annotation()}" if result else ""
        self.statements.append(f"{made}{annotation} = {expression}")
        return made

    def call(self, op, *arguments, result=None, **keywords):
        """`result` is (dtype, sizes) or (dtype, sizes, strides); without, the call has several results, see item."""
        listed = [literal(part) for part in arguments] + [f"{key} = {literal(part)}" for key, part in keywords.items()]
        return self._statement(op.split(".")[1], f"torch.ops.{op}({', '.join(listed)})", result)

    def functionalized(self, op, **keywords):
        listed = [f"torch.ops.{op}", *(f"{key} = {literal(part)}" for key, part in keywords.items())]
        return self._statement("auto_functionalized", f"torch.ops.higher_order.auto_functionalized({', '.join(listed)})",
                               None)

    def item(self, call, index, like=None, result=None):
        result = result or (like.dtype, like.sizes, like.strides)
        return self._statement("getitem", f"{call}[{index}]", result)

    # ---- ATen ----

    def written(self, sizes):
        """Sizes as arguments: the symbol is the graph's input."""
        return "[" + ", ".join("tokens" if isinstance(size, str) else str(size) for size in sizes) + "]"

    def empty(self, sizes, dtype=None):
        dtype = dtype or self.dtype
        expression = (f"torch.ops.aten.empty.memory_format({self.written(sizes)}, dtype = {DTYPES[dtype]}, "
                      "device = device(type='cuda', index=0), pin_memory = False)")
        return self._statement("empty", expression, (dtype, sizes))

    def reshape(self, x, sizes, open_size=True, strides=None):
        """`open_size`: the number of tokens is written as -1."""
        listed = join([-1, *sizes[1:]]) if open_size and sizes[0] == x.sizes[0] else self.written(sizes)
        return self._statement("view", f"torch.ops.aten.reshape.default({x}, {listed})", (x.dtype, sizes, strides))

    def transpose(self, x):
        return self.call("aten.permute.default", x, [1, 0], result=(x.dtype, x.sizes[::-1], x.strides[::-1]))

    def split(self, x, widths, only=None):
        """Of the last dimension, and those parts of it that are wanted."""
        call = self.call("aten.split_with_sizes.default", x, widths, -1)
        return [self.item(call, index, result=(x.dtype, [*x.sizes[:-1], widths[index]], x.strides))
                for index in only or range(len(widths))]

    def pointwise(self, op, *operands, result=None):
        first = operands[0]
        return self.call(op, *operands, result=result or (first.dtype, first.sizes))

    def convert(self, x, dtype):
        return self.call("prims.convert_element_type.default", x, DTYPES[dtype], result=(dtype, x.sizes))

#!/usr/bin/env python3
"""Make size_expressions.inc: random size expressions and how PyTorch prints them.

Needs torch (its own FloorDiv, Mod, Max, ... and sympy). Run: size_expressions.py > size_expressions.inc
Forms that we simplify further than PyTorch does are left out here; test_size.c has a table of its own for those.
"""
import random

import sympy
from torch.utils._sympy.functions import CeilToInt, FloorDiv, Max, Min, Mod, PowByNatural, ToFloat

COUNT = 400
NAMES = ["s0", "s1", "s2", "s10", "s27", "u0", "u1"]
SYMBOLS = {
    name: sympy.Symbol(name, integer=True, **({"positive": True} if name[0] == "s" else {"nonnegative": True}))
    for name in NAMES
}


def symbol(prefix=""):
    name = random.choice([name for name in NAMES if name.startswith(prefix)])
    return SYMBOLS[name], name


def number():
    value = random.choice([1, 2, 3, 5, 8, 64, 512])
    return sympy.Integer(value), str(value)


def extreme():
    """Max or Min of operands that no bound decides between."""
    function = random.choice([Max, Min])
    a, text_a = symbol("u")
    b, text_b = random.choice([symbol("s"), number()])
    if random.random() < 0.3:
        c, text_c = symbol("s")
        b, text_b = b + c, f"{text_b} + {text_c}"
    return function(a, b), f"{function.__name__}({text_a}, {text_b})"


def quotient(depth):
    a, text_a = expression(depth - 1)
    b, text_b = random.choice([symbol("s"), number()])
    if a.is_number or b in a.free_symbols:
        b, text_b = number()  # bounds might decide `1//s0`, and common factors might cancel
    return FloorDiv(a, b), f"({text_a})//({text_b})"


def remainder():
    a, text_a = symbol()
    b, text_b = symbol()
    modulus = random.choice([3, 7, 16])
    return Mod(a * b + 1, sympy.Integer(modulus)), f"Mod({text_a}*{text_b} + 1, {modulus})"


def call():
    a, text_a = symbol("s")
    b, text_b = symbol("u")
    return random.choice(
        [
            (PowByNatural(a, b), f"PowByNatural({text_a}, {text_b})"),
            (CeilToInt(ToFloat(a)), f"CeilToInt(ToFloat({text_a}))"),
        ]
    )


def expression(depth):
    kind = random.random()
    if depth == 0 or kind < 0.15:
        return random.choice([symbol(), symbol(), number()])
    if kind < 0.3:
        return quotient(depth)
    if kind < 0.4:
        return random.choice([extreme, remainder, call])()
    if kind < 0.45:
        a, text_a = expression(depth - 1)
        power = random.choice([2, 3])
        return a**power, f"({text_a})**{power}"
    a, text_a = expression(depth - 1)
    b, text_b = expression(depth - 1)
    if kind < 0.7:
        return a + b, f"{text_a} + {text_b}"
    if kind < 0.8:
        return a - b, f"{text_a} - ({text_b})"
    return a * b, f"({text_a})*({text_b})"


def main():
    random.seed(20240517)
    seen = set()
    print("/* Made by size_expressions.py: text, and what sympy prints for it once expanded. */")
    while len(seen) < COUNT:
        value, text = expression(random.choice([1, 2, 3, 3]))
        printed = str(sympy.expand(value))
        if "//0" in text or len(text) > 100 or printed in seen:
            continue
        seen.add(printed)
        print(f'{{"{text}", "{printed}"}},')


main()

class GraphModule(torch.nn.Module):
    def forward(self, L_x_: "f32[4, 4]"):
        l_x_ = L_x_

        # File: models.py:78 in in_place, code: x = x.clone()
        x: "f32[4, 4]" = l_x_.clone();  l_x_ = None

        # File: models.py:79 in in_place, code: x += 1
        x += 1;  x_1: "f32[4, 4]" = x;  x = None

        # File: models.py:80 in in_place, code: x -= 2
        x_1 -= 2;  x_2: "f32[4, 4]" = x_1;  x_1 = None

        # File: models.py:81 in in_place, code: x //= 3
        x_2 //= 3;  x_3: "f32[4, 4]" = x_2;  x_2 = None

        # File: models.py:82 in in_place, code: x %= 7
        x_3 %= 7;  x_4: "f32[4, 4]" = x_3;  x_3 = None

        # File: models.py:83 in in_place, code: x **= 2
        x_4 **= 2;  x_5: "f32[4, 4]" = x_4;  x_4 = None

        # File: models.py:84 in in_place, code: x[0] = 1
        x_5[0] = 1;  setitem = x_5;  setitem = None

        # File: models.py:85 in in_place, code: x[1:2, None] = 3
        x_5[(slice(1, 2, None), None)] = 3;  setitem_1 = x_5;  setitem_1 = None

        # File: models.py:86 in in_place, code: x @= x
        x_5 @= x_5;  x_6: "f32[4, 4]" = x_5;  x_5 = None

        # File: models.py:87 in in_place, code: y = x.int()
        y: "i32[4, 4]" = x_6.int()

        # File: models.py:88 in in_place, code: y &= 3
        y &= 3;  y_1: "i32[4, 4]" = y;  y = None

        # File: models.py:89 in in_place, code: y |= 1
        y_1 |= 1;  y_2: "i32[4, 4]" = y_1;  y_1 = None

        # File: models.py:90 in in_place, code: y ^= 2
        y_2 ^= 2;  y_3: "i32[4, 4]" = y_2;  y_2 = None

        # File: models.py:91 in in_place, code: y <<= 1
        y_3 <<= 1;  y_4: "i32[4, 4]" = y_3;  y_3 = None

        # File: models.py:92 in in_place, code: y >>= 1
        y_4 >>= 1;  y_5: "i32[4, 4]" = y_4;  y_4 = None

        # File: models.py:93 in in_place, code: return x, y, -x, +x, ~y, 1 - x, 2**x, (x != 0) & (x < 2) | (x >= 1)
        neg: "f32[4, 4]" = -x_6
        pos: "f32[4, 4]" = +x_6
        invert: "i32[4, 4]" = ~y_5
        sub: "f32[4, 4]" = 1 - x_6
        pow_1: "f32[4, 4]" = 2 ** x_6
        ne: "b8[4, 4]" = x_6 != 0
        lt: "b8[4, 4]" = x_6 < 2
        and_: "b8[4, 4]" = ne & lt;  ne = lt = None
        ge: "b8[4, 4]" = x_6 >= 1
        or_: "b8[4, 4]" = and_ | ge;  and_ = ge = None
        return (x_6, y_5, neg, pos, invert, sub, pow_1, or_)


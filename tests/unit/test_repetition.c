/*
 * test_repetition.c: rules with comprehensions and `*xs` see through nodes that change nothing, as all rules do: the
 * nodes of each match, written by hand, what its inputs capture, and what rewriting leaves. test_language.c has what
 * else such rules say; test_engine_features.c compares them with the rules written out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "match/match_impl.h"
#include "support/failing_allocator.h"
#include "support/rule_file_case.h"

#define HEAD                                                                                                           \
    "import torch\nfrom regraft import Op, Rule\n"                                                                     \
    "class pack(Op):\n    schema = 'my::pack(Tensor[] xs) -> Tensor'\n"                                                \
    "class pair(Op):\n    schema = 'my::pair(Tensor x, Tensor[] xs) -> Tensor'\n"

/* relu of each item times `s`, all behind each other */
#define SCALED                                                                                                         \
    HEAD "class r(Rule):\n"                                                                                            \
         "    def pattern(xs: 'Tensor[]', s: 'Tensor'):\n"                                                             \
         "        return torch.cat([torch.relu(torch.ops.aten.mul.Tensor(x, s)) for x in xs], 1)\n"                    \
         "    def replacement(xs, s):\n"                                                                               \
         "        return torch.cat([torch.ops.aten.mul.Tensor(torch.relu(x), s) for x in xs], 1)\n"

#define PQS "p: 'f32[2, 4]', q: 'f32[2, 4]', s: 'f32[2, 4]'"

static void put_value(rg_buffer *out, const rg_graph *graph, rg_value value)
{
    const rg_context *of = rg_graph_context(graph);
    size_t count = rg_value_count(of, graph, value);
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        rg__buffer_append(out, rg_node_name(graph, rg_value_as_node(value)));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        rg__buffer_append_text(out, i == 0 ? "[" : " ");
        put_value(out, graph, rg_value_item(of, graph, value, i));
    }
    rg__buffer_append_text(out, count == 0 ? "?" : "]");
}

/* "nodes -> outputs (inputs)" */
static void put_match(rg_buffer *out, const rg_graph *graph, const rg_match *match)
{
    for (size_t i = 0; i < rg_match_node_count(match); i++) {
        rg__buffer_append(out, rg_node_name(graph, rg_match_node(match, i)));
        rg__buffer_append_char(out, ' ');
    }
    rg__buffer_append_text(out, "->");
    for (size_t i = 0; i < rg_match_output_count(match); i++) {
        rg__buffer_append_char(out, ' ');
        rg__buffer_append(out, rg_node_name(graph, rg_match_output(match, i)));
    }
    rg__buffer_append_text(out, " (");
    for (size_t i = 0; i < match->rule->input_count; i++) {
        rg__buffer_append_text(out, i == 0 ? "" : " ");
        put_value(out, graph, match->inputs[i]);
    }
    rg__buffer_append_char(out, ')');
}

/* The matches in this graph, one a line. */
static void expect_matches(const char *rules, const char *parameters, const char *statements, const char *expected)
{
    expect_matches_as(put_match, "\n", rules, parameters, statements, expected);
}

/* ---- where a node is passed over ---- */

static void around_items(void **state)
{
    (void)state;
    /* above an item, inside of one, below it */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.view.default(b, [2, 4])\n"
                   "c = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([v, d], 1)\nreturn e",
                   "a b v c d e -> e ([p q] s)");
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nv = @aten.clone.default(a)\nb = @aten.relu.default(v)\n"
                   "c = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([b, d], 1)\nreturn e",
                   "a v b c d e -> e ([p q] s)");
    expect_matches(SCALED, PQS,
                   "v = @aten.view.default(p, [2, 4])\na = @aten.mul.Tensor(v, s)\nb = @aten.relu.default(a)\n"
                   "c = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([b, d], 1)\nreturn e",
                   "a b c d e -> e ([v q] s)");
    /* above the list's call nothing is: a result is found as it is */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\n"
                   "e = @aten.cat.default([b], 1)\nv = @aten.clone.default(e)\nreturn v",
                   "a b e -> e ([p] s)");
    /* each item behind another chain, one of several nodes */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.clone.default(b)\n"
                   "w = @aten.permute.default(v, [1, 0])\nx = @aten.permute.default(w, [1, 0])\n"
                   "c = @aten.mul.Tensor(q, s)\nt = @aten.to.dtype(c, torch.float32)\nd = @aten.relu.default(t)\n"
                   "u = @aten.view.default(d, [8])\ny = @aten.view.default(u, [2, 4])\n"
                   "e = @aten.cat.default((x, y), 1)\nreturn e",
                   "a b v w x c t d u y e -> e ([p q] s)");
    /* what changes something is not passed over */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.permute.default(b, [1, 0])\n"
                   "c = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\nw = @aten.permute.default(d, [1, 0])\n"
                   "e = @aten.cat.default([v, w], 1)\n"
                   "f = @aten.mul.Tensor(p, s)\ng = @aten.to.dtype(f, torch.float16)\nh = @aten.relu.default(g)\n"
                   "i = @aten.cat.default([h], 1)\nreturn (e, i)",
                   "");
}

/* What all items read is one value, whichever way each of them comes to it. */
static void shared_between_items(void **state)
{
    (void)state;
    expect_matches(SCALED, PQS,
                   "t = @aten.clone.default(s)\nu = @aten.view.default(s, [2, 4])\n"
                   "a = @aten.mul.Tensor(p, t)\nb = @aten.relu.default(a)\n"
                   "c = @aten.mul.Tensor(q, u)\nd = @aten.relu.default(c)\n"
                   "f = @aten.mul.Tensor(q, s)\ng = @aten.relu.default(f)\n"
                   "e = @aten.cat.default([b, d, g], 1)\nreturn e",
                   "u a b c d f g e -> e ([p q q] t)");
    /* the same node before two items: both read what they share through it */
    expect_matches(SCALED, PQS,
                   "t = @aten.clone.default(s)\na = @aten.mul.Tensor(p, t)\nb = @aten.relu.default(a)\n"
                   "c = @aten.mul.Tensor(q, t)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([b, d], 1)\nreturn e",
                   "a b c d e -> e ([p q] t)");
    /* a node of the pattern that all items read */
    expect_matches(HEAD "class r(Rule):\n"
                        "    def pattern(xs: 'Tensor[]', s: 'Tensor'):\n"
                        "        g = torch.ops.aten.neg.default(s)\n"
                        "        return torch.ops.my.pack.default([torch.ops.aten.sub.Tensor(x, g) for x in xs])\n"
                        "    def replacement(xs, s):\n"
                        "        return torch.ops.my.pair.default(s, xs)\n",
                   PQS,
                   "n = @aten.neg.default(s)\nt = @aten.clone.default(n)\nu = @aten.clone.default(n)\n"
                   "a = @aten.sub.Tensor(p, t)\nb = @aten.sub.Tensor(q, u)\nc = @aten.sub.Tensor(s, n)\n"
                   "e = @my.pack.default([a, b, c])\nreturn e",
                   "n t u a b c e -> e ([p q s] s)");
    /* two items are two nodes: one behind a node that changes nothing is still the same */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.clone.default(b)\n"
                   "e = @aten.cat.default([b, v], 1)\nreturn e",
                   "");
    /* another factor behind the same kind of node */
    expect_matches(SCALED, PQS,
                   "t = @aten.clone.default(s)\na = @aten.mul.Tensor(p, t)\nb = @aten.relu.default(a)\n"
                   "u = @aten.clone.default(q)\nc = @aten.mul.Tensor(q, u)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([b, d], 1)\nreturn e",
                   "");
}

/* ---- readers outside ---- */

static void read_outside(void **state)
{
    (void)state;
    /* above a value inside the match nothing outside may read what is passed over */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.view.default(b, [2, 4])\n"
                   "e = @aten.cat.default([v], 1)\nreturn (e, v)",
                   "");
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nv = @aten.clone.default(a)\nb = @aten.relu.default(v)\n"
                   "n = @aten.neg.default(v)\nc = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([b, d], 1)\nreturn (e, n)",
                   "");
    /* above an input it stays for its readers; otherwise it goes */
    static const char named[] = HEAD "class r(Rule):\n"
                                     "    def pattern(xs: 'Tensor[]'):\n"
                                     "        return torch.cat([torch.relu(torch.clone(x)) for x in xs], 1)\n"
                                     "    def replacement(xs):\n"
                                     "        return torch.relu(torch.cat(xs, 1))\n";
    expect_rewrite(named, PQS,
                   "v = @aten.clone.default(p)\na = @aten.relu.default(v)\nw = @aten.clone.default(q)\n"
                   "b = @aten.relu.default(w)\nc = @aten.relu.default(s)\ne = @aten.cat.default([a, b, c], 1)\n"
                   "return (e, w)",
                   "w = @aten.clone.default(q)\ncat_default = @aten.cat.default([p, q, s], 1)\n"
                   "e = @aten.relu.default(cat_default)\nreturn (e, w)");
    /* a pair that cancels stands in the pattern, and the graph has none, or another */
    expect_matches(HEAD "class r(Rule):\n"
                        "    def pattern(xs: 'list[f32[a, b]]'):\n"
                        "        return torch.cat([torch.relu(x.t()).t().t() for x in xs], 1)\n"
                        "    def replacement(xs):\n"
                        "        return torch.ops.my.pack.default(xs)\n",
                   PQS,
                   "v = @aten.permute.default(p, [1, 0])\na = @aten.relu.default(v)\n"
                   "w = @aten.transpose.int(q, 0, 1)\nx = @aten.clone.default(w)\nb = @aten.relu.default(x)\n"
                   "e = @aten.cat.default([a, b], 1)\nreturn e",
                   "v a w x b e -> e ([p q])");
}

/* ---- lists that are read more than once ---- */

static void lists_read_again(void **state)
{
    static const char both[] = HEAD "class r(Rule):\n"
                                    "    def pattern(xs: 'Tensor[]'):\n"
                                    "        a = torch.ops.my.pack.default([torch.relu(x) for x in xs])\n"
                                    "        return torch.ops.aten.sub.Tensor(a, torch.ops.my.pack.default(xs))\n"
                                    "    def replacement(xs):\n        return torch.ops.my.pair.default(xs[0], xs)\n";
    static const char made[] = HEAD "class r(Rule):\n"
                                    "    def pattern(xs: 'Tensor[]', s: 'Tensor'):\n"
                                    "        ys = [torch.relu(x) for x in xs]\n"
                                    "        a = torch.ops.my.pack.default(ys)\n"
                                    "        return torch.ops.aten.sub.Tensor(a, torch.ops.my.pair.default(s, ys))\n"
                                    "    def replacement(xs, s):\n        return torch.ops.my.pair.default(s, xs)\n";
    (void)state;
    /* the captured list */
    expect_matches(both, PQS,
                   "a = @aten.relu.default(p)\nv = @aten.clone.default(q)\nb = @aten.relu.default(v)\n"
                   "c = @my.pack.default([a, b])\nw = @aten.view.default(p, [2, 4])\n"
                   "d = @my.pack.default([w, q])\ne = @aten.sub.Tensor(c, d)\nreturn e",
                   "a v b c d e -> e ([w q])");
    expect_matches(both, PQS,
                   "a = @aten.relu.default(p)\nb = @aten.relu.default(q)\nc = @my.pack.default([a, b])\n"
                   "v = @aten.clone.default(p)\nd = @my.pack.default([q, v])\ne = @aten.sub.Tensor(c, d)\n"
                   "f = @aten.relu.default(p)\ng = @aten.relu.default(q)\nh = @my.pack.default([f, g])\n"
                   "i = @my.pack.default([p, q, s])\nj = @aten.sub.Tensor(h, i)\nreturn (e, j)",
                   "");
    /* the list that is made */
    expect_matches(made, PQS,
                   "a = @aten.relu.default(p)\nb = @aten.relu.default(q)\nv = @aten.clone.default(b)\n"
                   "w = @aten.clone.default(a)\nc = @my.pack.default([a, v])\nd = @my.pair.default(s, (w, b))\n"
                   "e = @aten.sub.Tensor(c, d)\nreturn e",
                   "a b v w c d e -> e ([p q] s)");
    expect_matches(made, PQS,
                   "a = @aten.relu.default(p)\nb = @aten.relu.default(q)\nv = @aten.clone.default(b)\n"
                   "c = @my.pack.default([a, b])\nd = @my.pair.default(s, [v, a])\ne = @aten.sub.Tensor(c, d)\n"
                   "f = @aten.relu.default(p)\ng = @my.pack.default([f])\nh = @my.pair.default(s, [f, f])\n"
                   "i = @aten.sub.Tensor(g, h)\nreturn (e, i)",
                   "");
}

/* A captured list without repetition, and its items by number. */
static void captured_lists(void **state)
{
    static const char twice[] =
        HEAD "class r(Rule):\n"
             "    def pattern(xs: 'Tensor[]', x: 'Tensor'):\n"
             "        a = torch.ops.aten.sub.Tensor(torch.ops.my.pair.default(x, xs), torch.ops.my.pack.default(xs))\n"
             "        return torch.ops.aten.sub.Tensor(a, xs[0])\n"
             "    def replacement(xs, x):\n        return torch.ops.my.pair.default(x, xs)\n";
    static const char strided[] =
        HEAD "class r(Rule):\n"
             "    def pattern(xs: 'list[f32[a, b][1, a]]'):\n"
             "        return torch.ops.my.pack.default(xs)\n"
             "    def replacement(xs):\n        return torch.ops.my.pair.default(xs[0], xs)\n";
    (void)state;
    expect_matches(twice, PQS,
                   "v = @aten.clone.default(p)\na = @my.pair.default(s, [p, q])\nb = @my.pack.default([v, q])\n"
                   "c = @aten.sub.Tensor(a, b)\nw = @aten.view.default(p, [2, 4])\nd = @aten.sub.Tensor(c, w)\n"
                   "return d",
                   "a b c w d -> d ([v q] s)");
    /* the other item */
    expect_matches(twice, PQS,
                   "v = @aten.clone.default(p)\na = @my.pair.default(s, [p, q])\nb = @my.pack.default([v, q])\n"
                   "c = @aten.sub.Tensor(a, b)\nw = @aten.view.default(q, [2, 4])\nd = @aten.sub.Tensor(c, w)\n"
                   "return d",
                   "");
    /* of a chain, the one that has the strides */
    expect_matches(strided, "p: 'f32[2, 4][1, 2]cpu', q: 'f32[2, 4][1, 2]cpu'",
                   "v = @aten.clone.default(p, memory_format = torch.contiguous_format)\n"
                   "a = @my.pack.default([v, q])\nreturn a",
                   "v a -> a ([p q])");
}

/* What an item captures where the nearest value cannot be. */
static void captured_further_down(void **state)
{
    static const char two[] = HEAD "class r(Rule):\n"
                                   "    def pattern(xs: 'Tensor[]', y: 'Tensor'):\n"
                                   "        a = torch.ops.my.pack.default([torch.neg(x) for x in xs])\n"
                                   "        return a, torch.relu(y)\n"
                                   "    def replacement(xs, y):\n"
                                   "        return torch.ops.my.pair.default(y, xs), torch.ops.my.pack.default([y])\n";
    static const char cloned[] =
        HEAD "class r(Rule):\n"
             "    def pattern(xs: 'Tensor[]', y: 'Tensor'):\n"
             "        a = torch.ops.my.pack.default([torch.neg(x) for x in xs])\n"
             "        return a, torch.ops.aten.clone.default(y)\n"
             "    def replacement(xs, y):\n"
             "        return torch.ops.my.pair.default(y, xs), torch.ops.aten.clone.default(y)\n";
    (void)state;
    /* the replacement must stand before random numbers that keep their order, and `v` behind them */
    expect_matches(two, PQS,
                   "b = @aten.relu.default(p)\nr = @aten.rand_like.default(b)\nt = @aten.rand_like.default(b)\n"
                   "v = @aten.clone.default(q)\nn = @aten.neg.default(v)\nm = @aten.neg.default(s)\n"
                   "a = @my.pack.default([n, m])\nreturn (a, r, t)",
                   "b v n m a -> a b ([q s] p)");
    /* the copy is a node of the match */
    expect_matches(cloned, PQS,
                   "v = @aten.clone.default(p)\nn = @aten.neg.default(v)\nm = @aten.neg.default(q)\n"
                   "a = @my.pack.default([m, n])\nreturn (a, v)",
                   "v n m a -> a v ([q p] p)");
}

/* ---- results of a call ---- */

static void results_of_calls(void **state)
{
    static const char split[] = HEAD "class r(Rule):\n"
                                     "    def pattern(x: 'Tensor', n: 'int'):\n"
                                     "        parts = torch.ops.aten.split.Tensor(x, n, 1)\n"
                                     "        return torch.cat([torch.relu(p) for p in parts], 1)\n"
                                     "    def replacement(x, n):\n        return torch.relu(x)\n"
                                     "    dropped = ['n']\n";
    static const char chunk[] =
        HEAD "class r(Rule):\n"
             "    def pattern(x: 'Tensor', s: 'Tensor'):\n"
             "        parts = torch.ops.aten.chunk.default(x, free(2), 1)\n"
             "        return torch.ops.my.pack.default([torch.ops.aten.mul.Tensor(p, s) for p in parts])\n"
             "    def replacement(x, s):\n        return torch.ops.my.pair.default(s, [x])\n";
    (void)state;
    expect_matches(split, "x: 'f32[2, 6]'",
                   "y = @aten.clone.default(x)\ns = @aten.split.Tensor(y, 2, 1)\ng = s[0]\nh = s[1]\ni = s[2]\n"
                   "v = @aten.clone.default(g)\na = @aten.relu.default(v)\nb = @aten.relu.default(h)\n"
                   "c = @aten.relu.default(i)\nw = @aten.view.default(c, [2, 2])\n"
                   "d = @aten.cat.default([a, b, w], 1)\nreturn d",
                   "s g h i v a b c w d -> d (y ?)");
    /* a chain above a result that is read outside; another order; a result behind the other's */
    expect_matches(split, "x: 'f32[2, 4]'",
                   "s = @aten.split.Tensor(x, 2, 1)\ng = s[0]\nh = s[1]\nv = @aten.clone.default(g)\n"
                   "a = @aten.relu.default(v)\nb = @aten.relu.default(h)\nd = @aten.cat.default([a, b], 1)\n"
                   "t = @aten.split.Tensor(x, 2, 1)\nj = t[0]\nk = t[1]\nw = @aten.clone.default(k)\n"
                   "l = @aten.relu.default(w)\nm = @aten.relu.default(j)\ne = @aten.cat.default([l, m], 1)\n"
                   "return (d, v, e)",
                   "");
    expect_rewrite(chunk, "x: 'f32[2, 4]', s: 'f32[2, 2]'",
                   "c = @aten.chunk.default(x, 2, 1)\ng = c[0]\nh = c[1]\nt = @aten.clone.default(s)\n"
                   "v = @aten.clone.default(h)\na = @aten.mul.Tensor(g, t)\nb = @aten.mul.Tensor(s, v)\n"
                   "w = @aten.view.default(a, [2, 2])\nd = @my.pack.default([w, b])\nreturn (d, t)",
                   "t = @aten.clone.default(s)\nd = @my.pair.default(t, [x])\nreturn (d, t)");
}

/* ---- any number of arguments ---- */

static void arguments(void **state)
{
    static const char rules[] = HEAD "class r(Rule):\n"
                                     "    def pattern(f: 'Tensor', xs: 'Tensor[]'):\n"
                                     "        return torch.ops.higher_order.wrap(f, *[torch.relu(x) for x in xs])\n"
                                     "    def replacement(f, xs):\n        return torch.ops.my.pair.default(f, xs)\n"
                                     "class s(Rule):\n"
                                     "    def pattern(f: 'Tensor', xs: 'Tensor[]'):\n"
                                     "        a = torch.ops.higher_order.wrap(torch.relu(f), *xs)\n"
                                     "        return torch.ops.higher_order.wrap(a, *xs, tag=1)\n"
                                     "    def replacement(f, xs):\n        return torch.ops.my.pair.default(f, xs)\n";
    (void)state;
    expect_rewrite(rules, "f, p: 'f32[2, 4]', q: 'f32[2, 4]'",
                   "a = @aten.relu.default(p)\nv = @aten.clone.default(a)\nb = @aten.relu.default(q)\n"
                   "w = @aten.clone.default(q)\nc = @higher_order.wrap(f, v, b)\nreturn (c, w)",
                   "w = @aten.clone.default(q)\nc = @my.pair.default(f, [p, q])\nreturn (c, w)");
    expect_matches(rules, "f, p: 'f32[2, 4]', q: 'f32[2, 4]'",
                   "a = @aten.relu.default(f)\nv = @aten.clone.default(a)\nw = @aten.clone.default(p)\n"
                   "b = @higher_order.wrap(v, w, q)\nx = @aten.view.default(q, [2, 4])\n"
                   "c = @higher_order.wrap(b, p, x, tag = 1)\nreturn c",
                   "a v w b c -> c (f [p x])");
}

/* ---- writes ---- */

static void writes(void **state)
{
    (void)state;
    /* between the items; and of memory that a copy in the chain was made of: that is another value */
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.clone.default(b)\n"
                   "w = @aten.add_.Tensor(p, 1)\nc = @aten.mul.Tensor(q, s)\nd = @aten.relu.default(c)\n"
                   "e = @aten.cat.default([v, d], 1)\nreturn e",
                   "");
    expect_matches(SCALED, PQS,
                   "a = @aten.mul.Tensor(p, s)\nb = @aten.relu.default(a)\nv = @aten.clone.default(b)\n"
                   "w = @aten.add_.Tensor(v, 1)\ne = @aten.cat.default([v], 1)\nreturn e",
                   "");
    /* nodes that are passed over may stand among writes of other memory */
    expect_matches(SCALED, PQS,
                   "v = @aten.clone.default(p)\nw = @aten.add_.Tensor(q, 1)\na = @aten.mul.Tensor(v, s)\n"
                   "b = @aten.relu.default(a)\ne = @aten.cat.default([b], 1)\nreturn e",
                   "a b e -> e ([v] s)");
    static const char named[] = HEAD "class r(Rule):\n"
                                     "    def pattern(xs: 'Tensor[]'):\n"
                                     "        return torch.cat([torch.relu(torch.clone(x)) for x in xs], 1)\n"
                                     "    def replacement(xs):\n        return torch.relu(torch.cat(xs, 1))\n";
    expect_matches(named, PQS,
                   "v = @aten.clone.default(p)\nw = @aten.add_.Tensor(q, 1)\na = @aten.relu.default(v)\n"
                   "e = @aten.cat.default([a], 1)\nreturn e",
                   "v a e -> e ([p])");
    /* a write of the pattern itself stands behind all items, not only the last one */
    static const char written[] = HEAD "class r(Rule):\n"
                                       "    def pattern(xs: 'Tensor[]', y: 'Tensor'):\n"
                                       "        a = torch.ops.my.pack.default([torch.relu(x) for x in xs])\n"
                                       "        b = torch.ops.aten.add_.Tensor(y, 1)\n"
                                       "        return a, b\n"
                                       "    def replacement(xs, y):\n"
                                       "        b = torch.ops.aten.add_.Tensor(y, 1)\n"
                                       "        return torch.ops.my.pair.default(xs[0], xs), b\n";
    expect_matches(written, PQS,
                   "a = @aten.relu.default(p)\nv = @aten.clone.default(a)\nb = @aten.relu.default(q)\n"
                   "c = @my.pack.default([v, b])\nd = @aten.add_.Tensor(s, 1)\nreturn (c, d)",
                   "a v b c d -> c d ([p q] s)");
    expect_matches(written, PQS,
                   "b = @aten.relu.default(q)\nd = @aten.add_.Tensor(s, 1)\na = @aten.relu.default(p)\n"
                   "c = @my.pack.default([a, b])\nreturn (c, d)",
                   "");
}

/* ---- as the author says ---- */

static void turned_off(void **state)
{
    static const char spelled[] = HEAD "class r(Rule):\n"
                                       "    see_through = False\n"
                                       "    def pattern(xs: 'Tensor[]'):\n"
                                       "        return torch.ops.my.pack.default([torch.relu(x) for x in xs])\n"
                                       "    def replacement(xs):\n"
                                       "        return torch.ops.my.pair.default(xs[0], xs)\n";
    (void)state;
    expect_matches(spelled, PQS,
                   "a = @aten.relu.default(p)\nv = @aten.clone.default(a)\nb = @my.pack.default([v])\n"
                   "c = @aten.relu.default(p)\nd = @my.pack.default([c])\nreturn (b, d)",
                   "c d -> d ([p])");
}

/* ---- want of memory ---- */

/* Items behind chains, results of a call, lists that are captured and read again, one whose strides choose. */
static const char everything[] =
    HEAD "class r(Rule):\n"
         "    def pattern(xs: 'list[f32[a, b]]', s: 'Tensor'):\n"
         "        ys = [torch.relu(torch.ops.aten.mul.Tensor(x.view([b, a]), torch.clone(s))) for x in xs]\n"
         "        a = torch.ops.my.pair.default(s, ys)\n"
         "        return torch.ops.my.pair.default(torch.ops.aten.sub.Tensor(a, xs[0]), ys)\n"
         "    def replacement(xs, s):\n"
         "        return torch.ops.my.pair.default(s, [torch.relu(x) for x in xs])\n"
         "class t(Rule):\n"
         "    def pattern(x: 'Tensor', ws: 'list[f32[c, d][1, c]]'):\n"
         "        parts = torch.ops.aten.split.Tensor(x, free(2), 1)\n"
         "        b = torch.ops.my.pack.default([torch.neg(p) for p in parts])\n"
         "        return torch.ops.my.pair.default(b, ws)\n"
         "    def replacement(x, ws):\n"
         "        return torch.ops.my.pair.default(x, ws)\n";

static void out_of_memory(void **state)
{
    (void)state;
    sweep_job job = {everything, "p: 'f32[2, 4]', q: 'f32[2, 4]', s: 'f32[4, 2]', w: 'f32[2, 4][1, 2]cpu'",
                     "a = @aten.view.default(p, [8])\nb = @aten.view.default(a, [4, 2])\n"
                     "c = @aten.clone.default(s)\nd = @aten.mul.Tensor(c, b)\ne = @aten.relu.default(d)\n"
                     "f = @aten.reshape.default(q, [4, 2])\ng = @aten.mul.Tensor(s, f)\n"
                     "h = @aten.relu.default(g)\ni = @aten.clone.default(h)\nj = @my.pair.default(c, [e, i])\n"
                     "k = @aten.clone.default(p)\nl = @aten.sub.Tensor(j, k)\nm = @my.pair.default(l, (e, h))\n"
                     "n = @aten.split.Tensor(q, 2, 1)\no = n[0]\nr = n[1]\nt = @aten.clone.default(r)\n"
                     "u = @aten.neg.default(o)\nv = @aten.neg.default(t)\nx = @my.pack.default([u, v])\n"
                     "y = @aten.clone.default(w, memory_format = torch.contiguous_format)\n"
                     "z = @my.pair.default(x, [y, w])\nreturn (m, z)",
                     2};
    assert_true(failing_allocator_exhaust(sweep_with, &job) > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(around_items),   cmocka_unit_test(shared_between_items),
        cmocka_unit_test(read_outside),   cmocka_unit_test(lists_read_again),
        cmocka_unit_test(captured_lists), cmocka_unit_test(results_of_calls),
        cmocka_unit_test(arguments),      cmocka_unit_test(writes),
        cmocka_unit_test(turned_off),     cmocka_unit_test(captured_further_down),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Tests of rewriting a graph: sweeps, rules that feed each other, what fails, writes, the same bytes.
 * Names such as A1 and (d)9 are cases of the field reports that the project collected; doc/matching.md states the laws.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/rewrite.h>

#include "support/graph_building.h"
#include "support/rewrite_case.h"

/* ---- sweeps ---- */

static void touching_matches_all_apply(void **state)
{
    (void)state;
    /* (d)9, A9: the list element is remapped */
    add_rule("r", "x, y, d: 'int'", "c = @aten.cat.default([x, y], d)\nreturn c",
             "c = @my.cat.default([x, y], d)\nreturn c");
    expect_rewritten("a: " F44 ", b: " F44 ", c: " F44,
                     "u = @aten.cat.default([a, b], 1)\nv = @aten.cat.default([u, c], 1)\nreturn v", 2,
                     "u = @my.cat.default([a, b], 1)\nv = @my.cat.default([u, c], 1)\nreturn v");
}

static void chains_are_rewritten_whole(void **state)
{
    (void)state;
    /* A10 */
    add_rule("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    expect_rewritten(
        "p: " F4, "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.sigmoid.default(b)\nreturn c",
        3, "a = @aten.exp.default(p)\nb = @aten.exp.default(a)\nc = @aten.exp.default(b)\nreturn c");
}

static void rules_follow_each_other_in_one_sweep(void **state)
{
    (void)state;
    /* A13 */
    add_rule("ab", "x", "a = @my.A.default(x)\nb = @my.B.default(a)\nreturn b", "r = @my.AB.default(x)\nreturn r");
    add_rule("cd", "x", "a = @my.C.default(x)\nb = @my.D.default(a)\nreturn b", "r = @my.CD.default(x)\nreturn r");
    expect_rewritten("p",
                     "a = @my.A.default(p)\nb = @my.B.default(a)\nc = @my.C.default(b)\nd = @my.D.default(c)\nreturn d",
                     2, "b = @my.AB.default(p)\nd = @my.CD.default(b)\nreturn d");
}

static void new_nodes_wait_for_the_next_sweep(void **state)
{
    (void)state;
    /* A17, A15: what a replacement makes is not visited, but earlier nodes may match on it. */
    add_rule("half", "x", "a = @my.four.default(x)\nreturn a",
             "b = @my.two.default(x)\nc = @my.two.default(b)\nreturn c");
    add_rule("one", "x", "a = @my.two.default(x)\nreturn a", "b = @my.one.default(x)\nreturn b");
    expect_rewritten("p", "a = @my.four.default(p)\nreturn a", 1,
                     "two_default = @my.two.default(p)\na = @my.two.default(two_default)\nreturn a");
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    rg_graph *graph = graph_of(context, "p", "a = @my.four.default(p)\nreturn a");
    assert_int_equal(run_rules(graph, &options, RG_OK).applied, 3);
    assert_string_equal(statements_of(graph),
                        "two_default = @my.one.default(p)\na = @my.one.default(two_default)\nreturn a");
    rg_graph_destroy(graph);
}

static void a_rewrite_can_make_an_earlier_root_match(void **state)
{
    (void)state;
    /* The op that `up` looks for is in no graph before `down` has made it. */
    add_rule("down", "x", "a = @my.late.default(x)\nreturn a", "b = @my.made.default(x)\nreturn b");
    add_rule("up", "x", "a = @my.early.default(x)\nb = @my.made.default(a)\nreturn (a, b)",
             "f = @my.both.default(x)\na = f[0]\nb = f[1]\nreturn (a, b)");
    expect_rewritten("p", "a = @my.early.default(p)\nb = @my.late.default(a)\nreturn b", 2,
                     "both_default = @my.both.default(p)\na = both_default[0]\nb = both_default[1]\nreturn b");
}

static void larger_rules_go_first_in_any_order(void **state)
{
    (void)state;
    /* (d)10, E15: whatever the order of registration. */
    static const graph_rule rules[] = {
        {"small", "x", "n = @my.norm.default(x)\nreturn n", "n = @my.small.default(x)\nreturn n", 0, NULL, NULL},
        {"large", "x", "a = @my.ar.default(x)\nn = @my.norm.default(a)\nreturn n", "n = @my.large.default(x)\nreturn n",
         0, NULL, NULL},
    };
    for (size_t first = 0; first < 2; first++) {
        graph_rules_destroy(set);
        set = graph_rules_create(context);
        assert_int_equal(graph_rules_add(set, &rules[first]), RG_OK);
        assert_int_equal(graph_rules_add(set, &rules[1 - first]), RG_OK);
        expect_rewritten("p", "a = @my.ar.default(p)\nn = @my.norm.default(a)\nreturn n", 1,
                         "n = @my.large.default(p)\nreturn n");
    }
}

static void a_replacement_that_is_the_pattern_changes_nothing(void **state)
{
    (void)state;
    /* (d)12, G3 */
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    add_rule("r", "x, y", "a = @aten.add.Tensor(x, y)\nb = @aten.cat.default([a, x])\nreturn b",
             "a = @aten.add.Tensor(x, y)\nb = @aten.cat.default([a, x])\nreturn b");
    rg_graph *graph = graph_of(context, PQ, "a = @aten.add.Tensor(p, q)\nb = @aten.cat.default([a, p])\nreturn b");
    assert_int_equal(run_rules(graph, &options, RG_OK).applied, 0);
    rg_graph_destroy(graph);
}

static void rules_that_undo_each_other_are_named(void **state)
{
    (void)state;
    /* (d)12, G1 */
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    options.max_sweeps = 9;
    add_rule("form", "a, b, c", "m = @aten.mm.default(a, b)\nr = @aten.add.Tensor(m, c)\nreturn r",
             "r = @aten.addmm.default(c, a, b)\nreturn r");
    add_rule("split", "a, b, c", "r = @aten.addmm.default(c, a, b)\nreturn r",
             "m = @aten.mm.default(a, b)\nr = @aten.add.Tensor(m, c)\nreturn r");
    add_rule("other", "a", "r = @aten.neg.default(a)\nreturn r", "r = @my.neg.default(a)\nreturn r");
    rg_graph *graph = graph_of(context, "a: " F44 ", b: " F44 ", c: " F44,
                               "m = @aten.mm.default(a, b)\nn = @aten.neg.default(m)\nr = @aten.add.Tensor(m, c)\n"
                               "t = @aten.mm.default(b, a)\ns = @aten.add.Tensor(t, c)\nreturn (r, n, s)");
    rg_rewrite_report report = run_rules(graph, &options, RG_ERROR_LIMIT);
    assert_int_equal(report.applied, 10);
    assert_string_is(rg_context_diagnostic(context, 0)->message,
                     "no end after 9 sweeps; the rules that keep feeding each other: 'form', 'split'");
    rg_graph_destroy(graph);
}

static void a_rule_that_feeds_itself_is_stopped(void **state)
{
    (void)state;
    /* (d)12 self, G2 */
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = RG_REWRITE_FIXPOINT;
    options.max_sweeps = 5;
    add_rule("r", "x", "c = @my.cvt.default(x)\nf = @my.f.default(c)\nreturn f",
             "c = @my.cvt.default(x)\nf = @my.f.default(c)\nd = @my.cvt.default(f)\nreturn d");
    rg_graph *graph = graph_of(context, "x", "c = @my.cvt.default(x)\nf = @my.f.default(c)\nreturn f");
    assert_int_equal(run_rules(graph, &options, RG_ERROR_LIMIT).applied, 5);
    assert_int_equal(rg_graph_node_count(graph), 4 + 5);
    rg_graph_destroy(graph);
}

typedef struct told {
    char text[256];
    size_t left; /* matches until the callback fails */
} told;

static rg_status tell(void *user, const rg_match *match)
{
    told *record = user;
    if (record->left-- == 0) {
        return RG_ERROR_UNSUPPORTED;
    }
    const rg_graph *graph = rg_match_graph(match);
    strcat(record->text, rg_node_name(graph, rg_match_root(match)).data);
    strcat(record->text, " ");
    return RG_OK;
}

static void the_callback_is_told_and_can_stop(void **state)
{
    (void)state;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    told record = {"", 100};
    options.callback = tell;
    options.user = &record;
    add_rule("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    const char *statements =
        "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.sigmoid.default(b)\nreturn c";
    rg_graph *graph = graph_of(context, "p: " F4, statements);
    assert_int_equal(run_rules(graph, &options, RG_OK).applied, 3);
    assert_string_equal(record.text, "c b a ");
    rg_graph_destroy(graph);
    record = (told){"", 1};
    graph = graph_of(context, "p: " F4, statements);
    assert_int_equal(run_rules(graph, &options, RG_ERROR_UNSUPPORTED).applied, 1);
    assert_string_equal(record.text, "c ");
    assert_string_equal(
        statements_of(graph),
        "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nc = @aten.exp.default(b)\nreturn c");
    rg_graph_destroy(graph);
}

/* ---- law 11: what fails leaves the graph ---- */

static rg_status failing_check(bool *accept, const rg_match *match, void *user)
{
    (void)match;
    *accept = true;
    return rg_context_report(user, RG_SEVERITY_ERROR, RG_ERROR_RULE, rg_string_from("the check is broken"), NULL);
}

static void a_failing_rule_is_passed_over(void **state)
{
    (void)state;
    graph_rule broken = {
        "broken",      "x",    "n = @aten.neg.default(x)\nreturn n", "n = @my.bad.default(x)\nreturn n", 5,
        failing_check, context};
    assert_int_equal(graph_rules_add(set, &broken), RG_OK);
    add_rule("fits", "x", "n = @aten.neg.default(x)\nreturn n", "n = @my.good.default(x)\nreturn n");
    rg_graph *graph = graph_of(context, "p: " F4, "n = @aten.neg.default(p)\nreturn n");
    rg_rewrite_report report = run_rules(graph, NULL, RG_OK);
    assert_int_equal(report.applied, 1);
    assert_int_equal(report.failed, 1);
    assert_string_equal(statements_of(graph), "n = @my.good.default(p)\nreturn n");
    rg_graph_destroy(graph);
}

/* Accept what several nodes read, which no rule can say. */
static rg_status accept_read_twice(bool *accept, const rg_match *match, void *user)
{
    size_t *asked = user;
    (*asked)++;
    *accept = rg_node_user_count(rg_match_graph(match), rg_match_root(match)) > 1;
    return RG_OK;
}

static void the_caller_may_decline_matches(void **state)
{
    (void)state;
    size_t asked = 0;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.accept = accept_read_twice;
    options.accept_user = &asked;
    add_rule("r", "x", "n = @aten.neg.default(x)\nreturn n", "n = @my.minus.default(x)\nreturn n");
    rg_graph *graph =
        graph_of(context, "p", "n = @aten.neg.default(p)\nm = @aten.neg.default(n)\ns = @my.f.default(n, m)\nreturn s");
    rg_rewrite_report report = run_rules(graph, &options, RG_OK);
    assert_int_equal(report.applied, 1);
    assert_int_equal(report.failed, 0);
    assert_int_equal(asked, 2);
    assert_string_equal(statements_of(graph),
                        "n = @my.minus.default(p)\nm = @aten.neg.default(n)\ns = @my.f.default(n, m)\nreturn s");
    rg_graph_destroy(graph);
}

static void a_call_that_does_not_fit_is_undone(void **state)
{
    (void)state;
    /* The replacement is wrong for this match: the product has no such shapes. */
    static const char statements[] = "r = @aten.exp.default(b)\nn = @my.pair.default(a, b)\nreturn (n, r)";
    add_rule("r", "x, y", "n = @my.pair.default(x, y)\nreturn n",
             "s = @aten.sin.default(x)\nn = @aten.mm.default(s, y)\nreturn n");
    rg_graph *graph = graph_of(context, "a: 'f32[2, 3]', b: 'f32[4, 5]'", statements);
    rg_rewrite_report report = run_rules(graph, NULL, RG_OK);
    assert_int_equal(report.failed, 1);
    assert_string_equal(statements_of(graph), statements);
    rg_graph_destroy(graph);
}

static void moves_are_undone_too(void **state)
{
    (void)state;
    static const char statements[] = "x = @my.f.default(a, b)\nu = @aten.relu.default(x)\nv = @aten.sin.default(u)\n"
                                     "c = @aten.exp.default(d)\ny = @my.f.default(x, c)\nreturn (v, y)";
    add_rule("r", "a, b, c", "x = @my.f.default(a, b)\ny = @my.f.default(x, c)\nreturn (x, y)",
             "x = @aten.mm.default(b, c)\ny = @aten.mm.default(a, x)\nreturn (x, y)");
    rg_graph *graph = graph_of(context, "a: 'f32[2, 3]', b: 'f32[4, 5]', d: 'f32[6]'", statements);
    assert_int_equal(run_rules(graph, NULL, RG_OK).failed, 1);
    assert_string_equal(statements_of(graph), statements);
    rg_graph_destroy(graph);
}

static void one_match_can_be_applied(void **state)
{
    (void)state;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    add_rule("r", "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e");
    rg_graph *graph =
        graph_of(context, "p: " F4, "a = @aten.sigmoid.default(p)\nb = @aten.sigmoid.default(a)\nreturn b");
    rg_graph *other = graph_of(context, "p: " F4, "a = @aten.sigmoid.default(p)\nreturn a");
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, graph), RG_OK);
    assert_int_equal(rg_match_list_count(list), 2);
    assert_int_equal(rg_rewrite_apply(other, rg_match_list_get(list, 1)), RG_ERROR_ARGUMENT);
    assert_int_equal(rg_rewrite_apply(graph, rg_match_list_get(list, 1)), RG_OK);
    assert_string_equal(statements_of(graph), "a = @aten.exp.default(p)\nb = @aten.sigmoid.default(a)\nreturn b");
    assert_int_equal(rg_rewrite_apply(graph, rg_match_list_get(list, 1)), RG_ERROR_ARGUMENT);
    assert_graph_holds(graph);
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    rg_graph_destroy(other);
}

/* ---- law 5: writes that rules make ---- */

static void a_write_that_a_rule_inserts_counts(void **state)
{
    (void)state;
    /* (d)4 twin b, C3: a later root is replaced by a write; the earlier match spans it. */
    add_rule("writes", "y, z", "k = @my.k.default(y, z)\nreturn k", "c = @aten.copy_.default(y, z)\nreturn c");
    add_rule("reads", "x", "s = @aten.sin.default(x)\nc = @aten.cos.default(s)\nreturn (s, c)",
             "f = @my.sc.default(x)\ns = f[0]\nc = f[1]\nreturn (s, c)");
    expect_rewritten(PQ, "s = @aten.sin.default(p)\nc = @aten.cos.default(s)\nk = @my.k.default(s, q)\nreturn (c, k)",
                     2,
                     "sc_default = @my.sc.default(p)\ns = sc_default[0]\nc = sc_default[1]\nk = @aten.copy_.default(s, "
                     "q)\nreturn (c, k)");
    expect_rewritten(
        PQ,
        "n = @aten.neg.default(q)\ns = @aten.sin.default(p)\nk = @my.k.default(n, q)\nc = @aten.cos.default(s)\n"
        "d = @aten.add.Tensor(c, k)\nreturn d",
        1,
        "n = @aten.neg.default(q)\ns = @aten.sin.default(p)\nk = @aten.copy_.default(n, q)\n"
        "c = @aten.cos.default(s)\nd = @aten.add.Tensor(c, k)\nreturn d");
    /* What is read later is not overwritten at all. */
    expect_rewritten(
        PQ,
        "s = @aten.sin.default(p)\nk = @my.k.default(s, q)\nc = @aten.cos.default(s)\nd = @aten.add.Tensor(c, "
        "k)\nreturn d",
        1,
        "sc_default = @my.sc.default(p)\ns = sc_default[0]\nc = sc_default[1]\nk = @my.k.default(s, q)\n"
        "d = @aten.add.Tensor(c, k)\nreturn d");
}

static void writes_are_replaced_in_place(void **state)
{
    (void)state;
    /* (d)5 graph2 */
    rg_op both = {0};
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    declaration.schema = rg_string_from("my::both_(Tensor(a!) x, Tensor y, Tensor(b!) o) -> ()");
    assert_int_equal(rg_context_declare_op(&both, context, &declaration), RG_OK);
    add_rule("r", "x, y, o", "i = @aten.add_.Tensor(x, y)\ns = @aten.copy_.default(o, x)\nreturn None",
             "b = @my.both_.default(x, y, o)\nreturn None");
    expect_rewritten(
        "p: " F4 ", q: " F4 ", o: " F4,
        "a = @aten.sin.default(p)\ni = @aten.add_.Tensor(p, q)\ns = @aten.copy_.default(o, p)\n"
        "r = @aten.sin.default(p)\nreturn (a, r)",
        1,
        "a = @aten.sin.default(p)\nboth__default = @my.both_.default(p, q, o)\nr = @aten.sin.default(p)\nreturn (a, "
        "r)");
}

/* ---- law 10: the same bytes ---- */

static void results_are_deterministic(void **state)
{
    (void)state;
    static char first[1 << 16];
    add_rule("a", "x, y", "a = @aten.add.Tensor(x, y)\nb = @aten.mul.Tensor(x, y)\nreturn (a, b)",
             "f = @my.both.default(x, y)\na = f[0]\nb = f[1]\nreturn (a, b)");
    add_rule("b", "x", "a = @aten.neg.default(x)\nreturn a",
             "a = @aten.abs.default(x)\nb = @aten.sin.default(a)\nreturn b");
    char statements[4096] = "";
    for (int i = 0; i < 20; i++) {
        sprintf(statements + strlen(statements),
                "a%d = @aten.add.Tensor(p, q)\nm%d = @aten.mul.Tensor(p, q)\nn%d = @aten.neg.default(a%d)\n", i, i, i,
                i);
    }
    strcat(statements, "return (n3, m7, n19, m0)");
    for (int round = 0; round < 2; round++) {
        rg_graph *graph = graph_of(context, PQ, statements);
        (void)run_rules(graph, NULL, RG_OK);
        if (round == 0) {
            strcpy(first, statements_of(graph));
        }
        assert_string_equal(statements_of(graph), first);
        rg_graph_destroy(graph);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE_TEST(touching_matches_all_apply),
        RULE_TEST(chains_are_rewritten_whole),
        RULE_TEST(rules_follow_each_other_in_one_sweep),
        RULE_TEST(new_nodes_wait_for_the_next_sweep),
        RULE_TEST(a_rewrite_can_make_an_earlier_root_match),
        RULE_TEST(larger_rules_go_first_in_any_order),
        RULE_TEST(a_replacement_that_is_the_pattern_changes_nothing),
        RULE_TEST(rules_that_undo_each_other_are_named),
        RULE_TEST(a_rule_that_feeds_itself_is_stopped),
        RULE_TEST(the_callback_is_told_and_can_stop),
        RULE_TEST(a_failing_rule_is_passed_over),
        RULE_TEST(the_caller_may_decline_matches),
        RULE_TEST(a_call_that_does_not_fit_is_undone),
        RULE_TEST(moves_are_undone_too),
        RULE_TEST(one_match_can_be_applied),
        RULE_TEST(a_write_that_a_rule_inserts_counts),
        RULE_TEST(writes_are_replaced_in_place),
        RULE_TEST(results_are_deterministic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

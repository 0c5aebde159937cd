/*
 * Tests of match logs, and of runs that follow one another by them: which values correspond over several passes, which
 * rule is named when one is wrong, what is said of results that become inputs, constants or one node; logs of other
 * graphs; want of memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/document.h>
#include <regraft/match_log.h>
#include <regraft/rewrite.h>

#include "support/failing_allocator.h"
#include "support/graph_rules.h"

#define F4 "'f32[4][1]cpu'"

typedef struct fixture {
    rg_context *context;
    rg_graph *before;
    rg_graph *after;
    rg_match_log *log;
    rg_run *runs[2];
    rg_following *following;
    rg_string pass; /* that is running */
} fixture;

static void set_up(fixture *f, const char *parameters, const char *statements)
{
    memset(f, 0, sizeof(*f));
    assert_int_equal(rg_context_create(&f->context, NULL), RG_OK);
    f->after = graph_of(f->context, parameters, statements);
    assert_int_equal(rg_graph_clone(&f->before, f->after), RG_OK);
    assert_int_equal(rg_match_log_create(&f->log, f->context), RG_OK);
}

static void tear_down(fixture *f)
{
    rg_following_destroy(f->following);
    rg_run_destroy(f->runs[1]);
    rg_run_destroy(f->runs[0]);
    rg_match_log_destroy(f->log);
    rg_graph_destroy(f->before);
    rg_graph_destroy(f->after);
    rg_context_destroy(f->context);
}

static rg_status record(void *user, const rg_match *match)
{
    fixture *f = user;
    return rg_match_log_record(f->log, f->pass, match);
}

/* One pass of one or two rules; all have the inputs x and, if they want it, y. */
static void run_pass(fixture *f, const char *name, size_t expected, size_t count, const char *const (*rules)[3])
{
    rg_rule_set *set = graph_rules_create(f->context);
    rg_matcher *matcher = NULL;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    rg_rewrite_report report;
    for (size_t i = 0; i < count; i++) {
        bool has_y = strchr(rules[i][1], 'y') != NULL;
        graph_rule rule = {rules[i][0], has_y ? "x, y" : "x", rules[i][1], rules[i][2], 0, NULL, NULL};
        assert_int_equal(graph_rules_add(set, &rule), RG_OK);
    }
    f->pass = rg_string_from(name);
    options.callback = record;
    options.user = f;
    assert_int_equal(rg_matcher_create(&matcher, f->context, set), RG_OK);
    assert_int_equal(rg_rewrite_run(&report, matcher, f->after, &options), RG_OK);
    assert_int_equal(report.applied, expected);
    rg_matcher_destroy(matcher);
    graph_rules_destroy(set);
}

static rg_status follow(fixture *f)
{
    rg_run_options options = RG_RUN_OPTIONS_INIT;
    assert_int_equal(rg_run_create(&f->runs[0], f->before, &options), RG_OK);
    options.like = f->runs[0];
    assert_int_equal(rg_run_create(&f->runs[1], f->after, &options), RG_OK);
    return rg_run_follow(&f->following, f->runs[1], f->runs[0], f->log, 1);
}

/* "before=after" of all pairs, those that differ with a "!", those that cannot be compared with a "?". */
static const char *pairs(const fixture *f)
{
    static char text[1000];
    size_t size = 0;
    text[0] = '\0';
    for (size_t i = 0; i < rg_following_count(f->following); i++) {
        rg_followed_value value = rg_following_get(f->following, i);
        size += (size_t)snprintf(text + size, sizeof(text) - size, "%s%s=%s%s", i == 0 ? "" : " ",
                                 rg_node_name(f->before, value.before).data, rg_node_name(f->after, value.after).data,
                                 !value.comparable ? "?"
                                 : value.equal     ? ""
                                                   : "!");
    }
    return text;
}

/* The rules behind the first value that differs, with their passes. */
static const char *suspects(const fixture *f, bool earlier)
{
    static char text[1000];
    size_t found[8];
    size_t size = 0;
    size_t index = 0;
    text[0] = '\0';
    while (rg_following_get(f->following, index).equal) {
        index++;
    }
    size_t count = rg_following_suspects(f->following, index, earlier, found, 8);
    for (size_t i = 0; i < count && i < 8; i++) {
        const rg_logged_match *match = rg_match_log_get(f->log, found[i]);
        size += (size_t)snprintf(text + size, sizeof(text) - size, "%s%s:%s", i == 0 ? "" : " ", match->pass.data,
                                 match->rule.data);
    }
    return text;
}

static rg_run_comparison compare_outputs(const fixture *f)
{
    rg_run_comparison result;
    assert_int_equal(rg_run_compare(&result, f->runs[1], f->runs[0], 1), RG_OK);
    return result;
}

/* ---- what is recorded ---- */

static void a_match_is_recorded_with_what_came_in_its_place(void **state)
{
    (void)state;
    fixture f;
    static const char *const rules[][3] = {{"fuse",
                                            "s = @aten.sigmoid.default(x)\nm = @aten.mul.Tensor(x, s)\nreturn m",
                                            "n = @aten.neg.default(x)\ne = @aten.exp.default(n)\n"
                                            "a = @aten.add.Scalar(e, 1)\nd = @aten.div.Tensor(x, a)\nreturn d"}};
    set_up(&f, "p: " F4, "s = @aten.sigmoid.default(p)\nout = @aten.mul.Tensor(p, s)\nreturn out");
    run_pass(&f, "first", 1, 1, rules);
    assert_int_equal(rg_match_log_count(f.log), 1);
    assert_null(rg_match_log_get(f.log, 1));
    const rg_logged_match *match = rg_match_log_get(f.log, 0);
    assert_string_equal(match->pass.data, "first");
    assert_string_equal(match->rule.data, "fuse");
    assert_string_equal(match->root.data, "out");
    assert_int_equal(match->graph.size, 0);
    assert_int_equal(match->node_count, 2);
    assert_string_equal(match->nodes[0].data, "s");
    assert_int_equal(match->output_count, 1);
    assert_string_equal(match->results[0].data, "out");
    assert_int_equal(match->made_count, 4);
    assert_string_equal(match->made[0].data, "neg_default");
    assert_string_equal(match->made[3].data, "out");
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "out=out");
    assert_true(compare_outputs(&f).equal);
    tear_down(&f);
}

static rg_status look_at_match(void *user, const rg_match *match)
{
    size_t *made = user;
    *made = rg_match_made_count(match);
    assert_true(rg_node_same(rg_match_result(match, 0), rg_match_made(match, 0)));
    assert_true(rg_node_is_null(rg_match_result(match, 1)));
    assert_true(rg_node_is_null(rg_match_made(match, *made)));
    return RG_OK;
}

static void a_match_that_is_not_being_applied_has_made_nothing(void **state)
{
    (void)state;
    fixture f;
    size_t made = 0;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    rg_rewrite_report report;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    set_up(&f, "p: " F4, "s = @aten.sigmoid.default(p)\nreturn s");
    rg_rule_set *set = graph_rules_create(f.context);
    graph_rule rule = {"r",  "x", "s = @aten.sigmoid.default(x)\nreturn s", "e = @aten.exp.default(x)\nreturn e", 0,
                       NULL, NULL};
    assert_int_equal(graph_rules_add(set, &rule), RG_OK);
    assert_int_equal(rg_matcher_create(&matcher, f.context, set), RG_OK);
    assert_int_equal(rg_matcher_find_all(&list, matcher, f.after), RG_OK);
    assert_int_equal(rg_match_made_count(rg_match_list_get(list, 0)), 0);
    assert_true(rg_node_is_null(rg_match_made(rg_match_list_get(list, 0), 0)));
    assert_true(rg_node_is_null(rg_match_result(rg_match_list_get(list, 0), 0)));
    options.callback = look_at_match;
    options.user = &made;
    assert_int_equal(rg_rewrite_run(&report, matcher, f.after, &options), RG_OK);
    assert_int_equal(made, 1);
    rg_match_list_destroy(list);
    rg_matcher_destroy(matcher);
    graph_rules_destroy(set);
    tear_down(&f);
}

/* ---- which rule is wrong ---- */

static const char *const right[][3] = {
    {"double", "m = @aten.mul.Tensor(x, 2)\nreturn m", "a = @aten.add.Tensor(x, x)\nreturn a"},
    {"negate", "n = @aten.neg.default(x)\nreturn n", "m = @aten.mul.Tensor(x, -1)\nreturn m"}};
static const char *const wrong[][3] = {
    {"swap", "s = @aten.sub.Tensor(x, y)\nreturn s", "s = @aten.sub.Tensor(y, x)\nreturn s"}};

static void a_wrong_rule_is_named_and_the_others_are_not(void **state)
{
    (void)state;
    fixture f;
    set_up(&f, "p: " F4 ", q: " F4,
           "a = @aten.mul.Tensor(p, 2)\nb = @aten.neg.default(a)\nc = @aten.sub.Tensor(b, q)\n"
           "d = @aten.mul.Tensor(c, 2)\ne = @aten.sub.Tensor(d, a)\nf = @aten.neg.default(e)\nreturn (d, f)");
    run_pass(&f, "first", 4, 2, right);
    run_pass(&f, "second", 2, 1, wrong);
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "a=a b=b c=c! d=d e=e! f=f");
    assert_string_equal(suspects(&f, false), "second:swap");
    assert_string_equal(suspects(&f, true), "");
    /* Each value being computed from right ones, the results are right. */
    assert_true(compare_outputs(&f).equal);
    tear_down(&f);
}

static void what_a_later_pass_took_up_is_named_too(void **state)
{
    (void)state;
    fixture f;
    static const char *const fuse[][3] = {
        {"fuse", "a = @aten.sub.Tensor(x, y)\nb = @aten.exp.default(a)\nreturn b",
         "a = @aten.exp.default(x)\nc = @aten.exp.default(y)\nd = @aten.div.Tensor(a, c)\nreturn d"}};
    set_up(&f, "p: " F4 ", q: " F4,
           "a = @aten.mul.Tensor(p, 2)\nb = @aten.sub.Tensor(a, q)\nc = @aten.exp.default(b)\nreturn c");
    run_pass(&f, "first", 1, 1, wrong);
    run_pass(&f, "second", 1, 2, right);
    run_pass(&f, "third", 1, 1, fuse);
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "a=a c=c!");
    assert_string_equal(suspects(&f, false), "third:fuse");
    assert_string_equal(suspects(&f, true), "first:swap");
    tear_down(&f);
}

/* `b` is what the rule puts in the place of `c`: nothing new. */
static void a_result_that_becomes_an_input_is_compared_with_it(void **state)
{
    (void)state;
    fixture f;
    static const char *const drop[][3] = {{"drop", "m = @aten.mul.Tensor(x, 3)\nreturn m", "return x"}};
    set_up(&f, "p: " F4, "b = @aten.exp.default(p)\nc = @aten.mul.Tensor(b, 3)\nd = @aten.neg.default(c)\nreturn d");
    run_pass(&f, "first", 1, 1, drop);
    run_pass(&f, "second", 1, 2, right);
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "b=b c=b! d=d!");
    assert_string_equal(suspects(&f, false), "first:drop");
    tear_down(&f);
}

/* The name `mul` goes with its node, and is given again to what stands for something else. */
static void a_name_means_what_it_stood_for_last(void **state)
{
    (void)state;
    fixture f;
    static const char *const drop[][3] = {{"drop", "m = @aten.mul.Tensor(x, 1)\nn = @aten.exp.default(m)\nreturn n",
                                           "n = @aten.exp.default(x)\nreturn n"}};
    static const char *const make[][3] = {
        {"make", "a = @aten.sigmoid.default(x)\nreturn a",
         "m = @aten.neg.default(x)\ne = @aten.exp.default(m)\nb = @aten.add.Scalar(e, 1)\n"
         "r = @aten.reciprocal.default(b)\nreturn r"}};
    set_up(&f, "p: " F4,
           "neg_default = @aten.mul.Tensor(p, 1)\nb = @aten.exp.default(neg_default)\nc = @aten.sigmoid.default(b)\n"
           "return c");
    run_pass(&f, "first", 1, 1, drop);
    run_pass(&f, "second", 1, 1, make);
    assert_false(rg_node_is_null(rg_graph_find(f.after, rg_string_from("neg_default"))));
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "b=b c=c");
    tear_down(&f);
}

static void values_of_other_sizes_are_left_alone(void **state)
{
    (void)state;
    fixture f;
    static const char *const half[][3] = {{"half", "e = @aten.exp.default(x)\nreturn e",
                                           "s = @aten.slice.Tensor(x, 0, 0, 2)\ne = @aten.exp.default(s)\nreturn e"}};
    set_up(&f, "p: " F4, "a = @aten.exp.default(p)\nb = @aten.sum.default(a)\nreturn b");
    run_pass(&f, "first", 1, 1, half);
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "a=a? b=b!");
    assert_string_equal(suspects(&f, false), "first:half");
    tear_down(&f);
}

/* Nodes that a pass made without rules, under a name that was free. */
static void nodes_made_without_rules_stand_for_nothing(void **state)
{
    (void)state;
    fixture f;
    rg_logged_match made = RG_LOGGED_MATCH_INIT;
    rg_string name = rg_string_from("a");
    set_up(&f, "p: " F4, "a = @aten.exp.default(p)\nb = @aten.neg.default(a)\nreturn b");
    rg_graph_destroy(f.after);
    f.after = graph_of(f.context, "p: " F4,
                       "c = @aten.neg.default(p)\na = @aten.exp.default(c)\n"
                       "b = @aten.neg.default(a)\nreturn b");
    made.pass = rg_string_from("walk");
    made.made = &name;
    made.made_count = 1;
    assert_int_equal(rg_match_log_add(f.log, &made), RG_OK);
    assert_int_equal(follow(&f), RG_OK);
    assert_string_equal(pairs(&f), "b=b!");
    assert_string_equal(suspects(&f, false), "walk:");
    tear_down(&f);
}

/* ---- what cannot be ---- */

static void the_log_of_another_graph_is_refused(void **state)
{
    (void)state;
    fixture f;
    rg_string name = rg_string_from("nowhere");
    rg_logged_match match = RG_LOGGED_MATCH_INIT;
    set_up(&f, "p: " F4, "a = @aten.exp.default(p)\nreturn a");
    match.rule = rg_string_from("r");
    match.nodes = &name;
    match.node_count = 1;
    assert_int_equal(rg_match_log_add(f.log, &match), RG_OK);
    assert_int_equal(follow(&f), RG_ERROR_ARGUMENT);
    assert_non_null(strstr(rg_context_diagnostic(f.context, 0)->message.data, "'nowhere'"));
    tear_down(&f);
}

static void a_run_follows_once(void **state)
{
    (void)state;
    fixture f;
    rg_following *again = NULL;
    set_up(&f, "p: " F4, "a = @aten.exp.default(p)\nreturn a");
    assert_int_equal(follow(&f), RG_OK);
    assert_int_equal(rg_run_follow(&again, f.runs[1], f.runs[0], f.log, 1), RG_ERROR_ARGUMENT);
    assert_null(again);
    assert_int_equal(rg_following_suspects(f.following, 99, false, NULL, 0), 0);
    assert_true(rg_node_is_null(rg_following_get(f.following, 99).after));
    tear_down(&f);
}

/* ---- memory ---- */

static rg_status follow_once(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    rg_run_options run_options = RG_RUN_OPTIONS_INIT;
    rg_logged_match match = RG_LOGGED_MATCH_INIT;
    rg_string names[] = {rg_string_from("s"), rg_string_from("m")};
    rg_context *context = NULL;
    rg_graph *graphs[2] = {NULL, NULL};
    rg_run *runs[2] = {NULL, NULL};
    rg_match_log *log = NULL;
    rg_following *following = NULL;
    options.allocator = allocator;
    match.rule = rg_string_from("r");
    match.nodes = names;
    match.node_count = 2;
    match.outputs = match.results = match.made = names + 1;
    match.output_count = match.made_count = 1;
    rg_status status = rg_context_create(&context, &options);
    static const char before[] = "class G(torch.nn.Module):\n    def forward(self, p: \"f32[4][1]cpu\"):\n"
                                 "        s = torch.ops.aten.sigmoid.default(p)\n"
                                 "        m = torch.ops.aten.mul.Tensor(p, s)\n        return (m,)\n";
    static const char after[] = "class G(torch.nn.Module):\n    def forward(self, p: \"f32[4][1]cpu\"):\n"
                                "        m = torch.ops.aten.silu.default(p)\n        return (m,)\n";
    if (status == RG_OK) {
        status = rg_graph_parse(&graphs[0], context, rg_string_from(before), rg_string_from("before"));
    }
    if (status == RG_OK) {
        status = rg_graph_parse(&graphs[1], context, rg_string_from(after), rg_string_from("after"));
    }
    if (status == RG_OK) {
        status = rg_match_log_create(&log, context);
    }
    if (status == RG_OK) {
        status = rg_match_log_add(log, &match);
    }
    for (size_t i = 0; i < 2 && status == RG_OK; i++) {
        run_options.like = runs[0];
        status = rg_run_create(&runs[i], graphs[i], &run_options);
    }
    if (status == RG_OK) {
        status = rg_run_follow(&following, runs[1], runs[0], log, 1);
    }
    if (status == RG_OK) {
        assert_int_equal(rg_following_count(following), 1);
        assert_true(rg_following_get(following, 0).equal);
    }
    rg_following_destroy(following);
    rg_run_destroy(runs[1]);
    rg_run_destroy(runs[0]);
    rg_match_log_destroy(log);
    rg_graph_destroy(graphs[1]);
    rg_graph_destroy(graphs[0]);
    rg_context_destroy(context);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    (void)failing_allocator_exhaust(follow_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_is_recorded_with_what_came_in_its_place),
        cmocka_unit_test(a_match_that_is_not_being_applied_has_made_nothing),
        cmocka_unit_test(a_wrong_rule_is_named_and_the_others_are_not),
        cmocka_unit_test(what_a_later_pass_took_up_is_named_too),
        cmocka_unit_test(a_result_that_becomes_an_input_is_compared_with_it),
        cmocka_unit_test(a_name_means_what_it_stood_for_last),
        cmocka_unit_test(values_of_other_sizes_are_left_alone),
        cmocka_unit_test(nodes_made_without_rules_stand_for_nothing),
        cmocka_unit_test(the_log_of_another_graph_is_refused),
        cmocka_unit_test(a_run_follows_once),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

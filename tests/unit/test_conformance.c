/*
 * Cases of doc/conformance.md that a graph file and a rule file cannot show: rules with checks, hashes, failures. The
 * comments before the tests go into that page (scripts/gen_conformance_doc.py); the other cases are in
 * tests/conformance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "ir/context_impl.h"
#include "support/text_reading.h"

static rg_context *new_context(void)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

/* ---- rules with checks ---- */

/* A rule of one or two inputs, as expressions over a and b. */
typedef struct small_rule {
    const char *name;
    size_t input_count;
    const char *pattern;
    const char *replacement;
    int32_t priority;
    /* the check: whether the mode is the wanted one; what it was shown */
    const bool *mode;
    bool wanted;
    size_t asked;
    char root[32];
    size_t node_count;
} small_rule;

static rg_status inputs(rg_tracer *tracer, void *user)
{
    static const char *const names[] = {"a", "b"};
    const small_rule *rule = user;
    rg_status status = RG_OK;
    for (size_t i = 0; i < rule->input_count && status == RG_OK; i++) {
        rg_value input;
        status = rg_tracer_input(&input, tracer, rg_string_from(names[i]), rg_string_from("f32[n]"));
    }
    return status;
}

static rg_status evaluate(rg_tracer *tracer, const rg_value *values, size_t count, const char *expression)
{
    rg_argument names[2] = {{rg_string_from("a"), rg_value_missing()}, {rg_string_from("b"), rg_value_missing()}};
    rg_value result;
    for (size_t i = 0; i < count; i++) {
        names[i].value = values[i];
    }
    rg_status status = rg_tracer_evaluate(&result, tracer, rg_string_from(expression), names, count);
    return status == RG_OK ? rg_tracer_return(tracer, &result, 1) : status;
}

static rg_status pattern(rg_tracer *tracer, const rg_value *values, size_t count, void *user)
{
    return evaluate(tracer, values, count, ((const small_rule *)user)->pattern);
}

static rg_status replacement(rg_tracer *tracer, const rg_value *values, size_t count, void *user)
{
    return evaluate(tracer, values, count, ((const small_rule *)user)->replacement);
}

static rg_status check(bool *accept, const rg_match *match, void *user)
{
    small_rule *rule = user;
    rg_string root = rg_node_name(rg_match_graph(match), rg_match_root(match));
    *accept = *rule->mode == rule->wanted;
    rule->asked++;
    rule->node_count = rg_match_node_count(match);
    assert_true(root.size < sizeof(rule->root));
    memcpy(rule->root, root.data, root.size);
    rule->root[root.size] = '\0';
    return RG_OK;
}

static rg_status add(rg_rule_set *set, small_rule *rule)
{
    rg_rule_definition definition = RG_RULE_DEFINITION_INIT;
    definition.name = rg_string_from(rule->name);
    definition.inputs = inputs;
    definition.pattern = pattern;
    definition.replacement = replacement;
    definition.check = rule->mode != NULL ? check : NULL;
    definition.user = rule;
    definition.priority = rule->priority;
    return rg_rule_set_add(set, &definition);
}

static size_t run(rg_rule_set *set, rg_graph *graph)
{
    rg_matcher *matcher = NULL;
    rg_rewrite_report report;
    assert_int_equal(rg_matcher_create(&matcher, rg_graph_context(graph), set), RG_OK);
    assert_int_equal(rg_rewrite_run(&report, matcher, graph, NULL), RG_OK);
    assert_int_equal(report.failed, 0);
    assert_int_equal(rg_graph_verify(graph), RG_OK);
    rg_matcher_destroy(matcher);
    return report.applied;
}

static const char *const RELU = "class G(torch.nn.Module):\n"
                                "    def forward(self, x: \"f32[8]\"):\n"
                                "        relu: \"f32[8]\" = torch.ops.aten.relu.default(x);  x = None\n"
                                "        return (relu,)\n";

/*
 * F4: pytorch PR 120301, vllm PR 24542, PR 36823
 * Elsewhere: The registry refused a rule for inference because one for training has the same pattern; people emptied
 *     its set of known patterns to get round that.
 * Here: Both are registered, told apart by their checks; each mode gets its rule.
 */
static void rules_of_one_pattern_with_different_checks(void **state)
{
    (void)state;
    for (int training = 0; training < 2; training++) {
        rg_context *context = new_context();
        rg_rule_set *set = NULL;
        bool mode = training == 1;
        small_rule when_training = {"training", 1, "torch.relu(a)", "torch.sigmoid(a)", 0, &mode, true, 0, "", 0};
        small_rule when_not = {"inference", 1, "torch.relu(a)", "torch.tanh(a)", 0, &mode, false, 0, "", 0};
        assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
        assert_int_equal(add(set, &when_training), RG_OK);
        assert_int_equal(add(set, &when_not), RG_OK);
        assert_int_equal(rg_rule_set_count(set), 2);
        rg_graph *graph = read_graph(context, RELU);
        assert_int_equal(run(set, graph), 1);
        assert_non_null(strstr(printed_graph(graph), mode ? "aten.sigmoid.default(x)" : "aten.tanh.default(x)"));
        rg_graph_destroy(graph);
        rg_rule_set_destroy(set);
        rg_context_destroy(context);
    }
}

/*
 * F4, twin
 * Twin: two rules without checks mean the same under two names.
 * Here: The second is refused, and the first is named.
 */
static void the_same_rule_twice(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_rule_set *set = NULL;
    small_rule first = {.name = "first", .input_count = 1, .pattern = "torch.relu(a)", .replacement = "torch.tanh(a)"};
    small_rule second = first;
    second.name = "second";
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    assert_int_equal(add(set, &first), RG_OK);
    assert_int_equal(add(set, &second), RG_ERROR_RULE);
    assert_non_null(strstr(printed_diagnostics(context), "'first'"));
    assert_int_equal(rg_rule_set_count(set), 1);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
}

/*
 * F12: apache/tvm PR 16828
 * Elsewhere: When a callback declined, the next one for the same place was shown a variable in place of the call, and
 *     was asked more often than there are matches.
 * Here: Declining leaves nothing behind: the second rule is shown the call itself, once, and fires.
 */
static void declining_has_no_effect(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_rule_set *set = NULL;
    bool mode = true;
    small_rule declines = {"declines", 2, "a - b", "a + b", 1, &mode, false, 0, "", 0};
    small_rule accepts = {"accepts", 2, "a - b", "a * b", 0, &mode, true, 0, "", 0};
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    assert_int_equal(add(set, &declines), RG_OK);
    assert_int_equal(add(set, &accepts), RG_OK);
    rg_graph *graph = read_graph(context, "class G(torch.nn.Module):\n"
                                          "    def forward(self, a: \"f32[8]\", b: \"f32[8]\"):\n"
                                          "        sub: \"f32[8]\" = torch.ops.aten.sub.Tensor(a, b);  a = b = None\n"
                                          "        return (sub,)\n");
    assert_int_equal(run(set, graph), 1);
    assert_int_equal(declines.asked, 1);
    assert_int_equal(accepts.asked, 1);
    assert_string_equal(accepts.root, "sub");
    assert_int_equal(accepts.node_count, 1);
    assert_non_null(strstr(printed_graph(graph), "aten.mul.Tensor(a, b)"));
    rg_graph_destroy(graph);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
}

/* ---- hashes ---- */

/* The uuid of a pass with one rule for a - b. */
static rg_uuid uuid_of(const char *returned, const char *comment)
{
    rg_context *context = new_context();
    rg_rule_set *set = NULL;
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    rg_uuid uuid;
    char text[512];
    assert_int_equal(rg_rule_set_create(&set, context), RG_OK);
    assert_in_range(snprintf(text, sizeof(text),
                             "%s"
                             "class difference(Rule):\n"
                             "    def pattern(a: \"f32[n]\", b: \"f32[n]\"):\n"
                             "        return a - b\n"
                             "    def replacement(a, b):\n"
                             "        return %s\n",
                             comment, returned),
                    1, sizeof(text) - 1);
    assert_int_equal(rg_rule_set_load_text(set, rg_string_from(text), rg_string_from("rules.py")), RG_OK);
    assert_int_equal(rg_pass_manager_create(&manager, context, NULL), RG_OK);
    assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("rules"), set), RG_OK);
    assert_int_equal(rg_pass_manager_uuid(&uuid, manager), RG_OK);
    rg_pass_manager_destroy(manager);
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    return uuid;
}

/*
 * F5: pytorch#136883, PR 137298, PR 177403
 * Elsewhere: A cache of compiled graphs did not know of the custom pass: the replacement was changed, and the old
 *     result came back.
 * Here: The uuid of a pass changes with the replacement.
 */
static void another_replacement_has_another_uuid(void **state)
{
    (void)state;
    rg_uuid sum = uuid_of("a + b", "");
    rg_uuid product = uuid_of("a * b", "");
    assert_string_not_equal(sum.text, product.text);
}

/*
 * F5, twin
 * Twin: only a comment is changed.
 * Here: The uuid stays.
 */
static void a_comment_leaves_the_uuid(void **state)
{
    (void)state;
    rg_uuid plain = uuid_of("a + b", "");
    rg_uuid commented = uuid_of("a + b", "# another remark\n");
    assert_string_equal(plain.text, commented.text);
}

/* ---- why an attempt failed ---- */

/*
 * F9: pytorch#169440, PR 177032
 * Elsewhere: It could not be printed why a pattern does not match; the object that says so raised an error itself.
 * Here: The failure tells the call, the argument, what is there and what was wanted, and prints.
 */
static void a_failure_tells_what_differs(void **state)
{
    (void)state;
    rg_context *context = new_context();
    rg_expression_list *list = NULL;
    rg_expression_matcher *matcher = NULL;
    bool matched = true;
    rg_string text = rg_string_from("f = CallFunction(aten.add.Tensor, KeywordArg('x'), 2)");
    assert_int_equal(rg_expression_list_parse(&list, context, text, rg_string_from("pattern")), RG_OK);
    assert_int_equal(rg_expression_matcher_create(&matcher, context, rg_expression_list_get(list, 0), NULL), RG_OK);
    rg_graph *graph = read_graph(context, "class G(torch.nn.Module):\n"
                                          "    def forward(self, x: \"f32[8]\"):\n"
                                          "        add: \"f32[8]\" = torch.ops.aten.add.Tensor(x, 3);  x = None\n"
                                          "        return (add,)\n");
    rg_node node = rg_graph_find(graph, rg_string_from("add"));
    assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, node), RG_OK);
    assert_false(matched);
    rg_expression_failure failure = rg_expression_matcher_failure(matcher);
    assert_int_equal(failure.reason, RG_EXPRESSION_REASON_CONSTANT);
    assert_true(rg_node_same(rg_value_as_node(failure.value), node));
    int64_t found = 0;
    assert_true(rg_value_as_int(context, failure.found, &found));
    assert_int_equal(found, 3);
    rg_buffer printed;
    rg__buffer_init(&printed, &context->allocator);
    assert_int_equal(rg_expression_matcher_print_failure(matcher, rg__buffer_sink(&printed)), RG_OK);
    assert_string_equal(printed.data, "constant_args: add 3!=2");
    rg__buffer_free(&printed);
    rg_graph_destroy(graph);
    rg_expression_matcher_destroy(matcher);
    rg_expression_list_destroy(list);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_of_one_pattern_with_different_checks),
        cmocka_unit_test(the_same_rule_twice),
        cmocka_unit_test(declining_has_no_effect),
        cmocka_unit_test(another_replacement_has_another_uuid),
        cmocka_unit_test(a_comment_leaves_the_uuid),
        cmocka_unit_test(a_failure_tells_what_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

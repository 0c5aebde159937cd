/*
 * The answers of rg_check: what is compared, what differs, and why something is not compared. Wrong replacements by
 * the dozen are in tests/check.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/check.h>

#include "support/failing_allocator.h"

static const char head[] = "import torch\nfrom regraft import Op, Rule\naten = torch.ops.aten\n\n";

/* A set of rules and its check. */
typedef struct checked {
    rg_context *context;
    rg_rule_set *set;
    rg_check *check;
} checked;

static rg_status load(checked *job, const rg_allocator *allocator, const char *rules)
{
    char text[4096];
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    memset(job, 0, sizeof(*job));
    (void)snprintf(text, sizeof(text), "%s%s", head, rules);
    rg_status status = rg_context_create(&job->context, &options);
    if (status == RG_OK) {
        status = rg_rule_set_create(&job->set, job->context);
    }
    return status == RG_OK ? rg_rule_set_load_text(job->set, rg_string_from(text), rg_string_from("rules.py")) : status;
}

static void end(checked *job)
{
    rg_check_destroy(job->check);
    rg_rule_set_destroy(job->set);
    rg_context_destroy(job->context);
}

static void begin(checked *job, const char *rules, const rg_check_options *options)
{
    rg_status status = load(job, NULL, rules);
    if (status != RG_OK) {
        const rg_diagnostic *diagnostic = rg_context_diagnostic(job->context, 0);
        fail_msg("%s", diagnostic == NULL ? "" : diagnostic->message.data);
    }
    assert_int_equal(rg_check_create(&job->check, job->set, options), RG_OK);
}

static const char right[] = "class right(Rule):\n"
                            "    def pattern(x: \"bf16[n, m]\", w: \"bf16[m]\", eps: \"float\"):\n"
                            "        y = x.float()\n"
                            "        return (y * torch.rsqrt(y.pow(2).mean(-1, True) + eps)).to(torch.bfloat16) * w\n"
                            "    def replacement(x, w, eps):\n"
                            "        y = x.float()\n"
                            "        return (torch.rsqrt(eps + (y * y).mean(1, True)) * y).to(torch.bfloat16) * w\n";

static const char wrong[] = "class wrong(Rule):\n"
                            "    def pattern(x: \"f32[n, m]\"):\n"
                            "        return torch.relu(x) * 2\n"
                            "    def replacement(x):\n"
                            "        return torch.relu(x) * 3\n";

static void test_right_rule(void **state)
{
    (void)state;
    checked job;
    begin(&job, right, NULL);
    rg_check_result result = rg_check_get_result(job.check, 0);
    assert_int_equal(result.outcome, RG_CHECK_OK);
    assert_int_equal(result.cases, 8);
    assert_true(result.drawn >= result.cases);
    assert_true(result.error <= 1);
    assert_true(result.precision <= rg_check_precision());
    assert_int_equal(result.dtype, RG_DTYPE_BF16);
    assert_int_equal(result.reason.size, 0);
    assert_true(rg_check_passes(job.check));
    assert_int_equal(rg_check_count(job.check, RG_CHECK_OK), 1);
    assert_int_equal(rg_check_finding_count(job.check), 0);
    end(&job);
}

static void test_wrong_rule(void **state)
{
    (void)state;
    checked job;
    begin(&job, wrong, NULL);
    rg_check_result result = rg_check_get_result(job.check, 0);
    assert_int_equal(result.outcome, RG_CHECK_FAILED);
    assert_true(result.error > 1);
    assert_true(result.max_absolute > 0);
    assert_non_null(strstr(result.reason.data, "result 1 differs"));
    assert_non_null(strstr(result.inputs.data, "n=3, m=5"));
    assert_false(rg_check_passes(job.check));
    assert_int_equal(rg_check_report(job.check, job.context), RG_OK);
    assert_int_equal(rg_context_diagnostic_count(job.context), 1);
    const rg_diagnostic *diagnostic = rg_context_diagnostic(job.context, 0);
    assert_int_equal(diagnostic->severity, RG_SEVERITY_ERROR);
    assert_int_equal(diagnostic->location.line, 8);
    assert_non_null(strstr(diagnostic->location.source_line.data, "def replacement"));
    end(&job);
}

/* Beyond the last there is nothing. */
static void test_beyond_the_last(void **state)
{
    (void)state;
    checked job;
    begin(&job, right, NULL);
    assert_int_equal(rg_check_get_result(job.check, 1).cases, 0);
    assert_int_equal(rg_check_get_finding(job.check, 7).text.size, 0);
    end(&job);
}

static void test_options(void **state)
{
    (void)state;
    checked job;
    rg_check_options options = RG_CHECK_OPTIONS_INIT;
    options.cases = 3;
    begin(&job, right, &options);
    assert_int_equal(rg_check_get_result(job.check, 0).cases, 3);
    end(&job);
    options.tolerance_factor = 0; /* the order of a product of three numbers shows */
    begin(&job,
          "class reordered(Rule):\n"
          "    def pattern(x: \"f32[n]\", y: \"f32[n]\", z: \"f32[n]\"):\n"
          "        return x * y * z\n"
          "    def replacement(x, y, z):\n"
          "        return x * (y * z)\n",
          &options);
    assert_int_equal(rg_check_get_result(job.check, 0).outcome, RG_CHECK_FAILED);
    end(&job);
}

/* The same seed gives the same numbers, another one others. */
static void test_seed(void **state)
{
    (void)state;
    double errors[3];
    const uint64_t seeds[] = {5, 5, 6};
    for (size_t i = 0; i < 3; i++) {
        checked job;
        rg_check_options options = RG_CHECK_OPTIONS_INIT;
        options.seed = seeds[i];
        begin(&job, wrong, &options);
        errors[i] = rg_check_get_result(job.check, 0).max_absolute;
        end(&job);
    }
    assert_true(errors[0] == errors[1]);
    assert_true(errors[0] != errors[2]);
}

static void test_not_compared(void **state)
{
    (void)state;
    checked job;
    begin(&job,
          "class mystery(Op):\n"
          "    schema = \"my::mystery(Tensor x) -> Tensor\"\n"
          "class to_mystery(Rule):\n"
          "    def pattern(x: \"f32[n]\"):\n"
          "        return torch.relu(x)\n"
          "    def replacement(x):\n"
          "        return torch.ops.my.mystery.default(x)\n",
          NULL);
    rg_check_result result = rg_check_get_result(job.check, 0);
    assert_int_equal(result.outcome, RG_CHECK_NOT_COMPARED);
    assert_non_null(strstr(result.reason.data, "no kernel"));
    assert_true(rg_check_passes(job.check));
    end(&job);
}

/* With probability 0 nothing is random; with another one nothing can be compared. */
static void test_random(void **state)
{
    (void)state;
    checked job;
    begin(&job,
          "class captured(Rule):\n"
          "    def pattern(x: \"f32[n]\", p: \"float\"):\n"
          "        return -aten.dropout.default(x, p, True)\n"
          "    def replacement(x, p):\n"
          "        return aten.dropout.default(-x, p, True)\n"
          "class fixed(Rule):\n"
          "    def pattern(x: \"f32[n]\"):\n"
          "        return -aten.dropout.default(x, 0.5, True)\n"
          "    def replacement(x):\n"
          "        return aten.dropout.default(-x, 0.5, True)\n",
          NULL);
    assert_int_equal(rg_check_get_result(job.check, 0).outcome, RG_CHECK_OK);
    rg_check_result fixed = rg_check_get_result(job.check, 1);
    assert_int_equal(fixed.outcome, RG_CHECK_NOT_COMPARED);
    assert_non_null(strstr(fixed.reason.data, "random"));
    end(&job);
}

/* Cases keep to the rule's check; one that never holds is said to never match. */
static void test_guard(void **state)
{
    (void)state;
    checked job;
    begin(&job,
          "class demanding(Rule):\n"
          "    def pattern(x: \"f32[n, m]\", k: \"float\"):\n"
          "        return torch.relu(x) * k\n"
          "    def replacement(x, k):\n"
          "        return torch.relu(x * k)\n"
          "    def check(x, k):\n"
          "        return k > 0 and x.shape[1] % 96 == 0\n"
          "class impossible(Rule):\n"
          "    def pattern(x: \"f32[n, m]\"):\n"
          "        return torch.relu(torch.relu(x))\n"
          "    def replacement(x):\n"
          "        return torch.relu(x)\n"
          "    def check(x):\n"
          "        return x.shape[0] < 1\n",
          NULL);
    assert_int_equal(rg_check_get_result(job.check, 0).outcome, RG_CHECK_OK);
    assert_int_equal(rg_check_get_result(job.check, 0).cases, 8);
    assert_int_equal(rg_check_get_result(job.check, 1).outcome, RG_CHECK_NOT_COMPARED);
    assert_int_equal(rg_check_finding_count(job.check), 1);
    rg_check_finding finding = rg_check_get_finding(job.check, 0);
    assert_int_equal(finding.kind, RG_CHECK_NEVER_FIRES);
    assert_int_equal(finding.severity, RG_SEVERITY_ERROR);
    assert_int_equal(finding.rule, 1);
    assert_false(rg_check_passes(job.check));
    end(&job);
}

/* Where the pattern can be computed and the replacement cannot. */
static void test_partial(void **state)
{
    (void)state;
    checked job;
    begin(&job,
          "class halves(Rule):\n"
          "    def pattern(x: \"f32[n, m]\"):\n"
          "        return torch.relu(x)\n"
          "    def replacement(x):\n"
          "        return torch.relu(x.view(2, n // 2, m)).view(n, m)\n",
          NULL);
    assert_int_equal(rg_check_get_result(job.check, 0).outcome, RG_CHECK_OK);
    assert_int_equal(rg_check_finding_count(job.check), 1);
    assert_int_equal(rg_check_get_finding(job.check, 0).kind, RG_CHECK_IS_PARTIAL);
    assert_int_equal(rg_check_get_finding(job.check, 0).severity, RG_SEVERITY_WARNING);
    assert_true(rg_check_passes(job.check));
    end(&job);
}

/* What a rule says of its values is an answer of its own. */
static void test_stated(void **state)
{
    (void)state;
    checked job;
    begin(&job,
          "class rough(Rule):\n"
          "    differs = \"rounded to bf16\"\n"
          "    def pattern(x: \"f32[n]\"):\n"
          "        return torch.tanh(x)\n"
          "    def replacement(x):\n"
          "        return torch.tanh(x).to(torch.bfloat16).to(torch.float32)\n",
          NULL);
    assert_int_equal(rg_check_get_result(job.check, 0).outcome, RG_CHECK_STATED);
    assert_string_equal(rg_check_get_result(job.check, 0).reason.data, "rounded to bf16");
    assert_string_equal(rg_rule_set_info(job.set, 0).differs.data, "rounded to bf16");
    assert_true(rg_check_passes(job.check));
    end(&job);
}

/* A rule may state that it rounds more; that excuses no other values. */
static void test_rounds(void **state)
{
    (void)state;
    checked job;
    begin(&job,
          "class rough(Rule):\n"
          "    rounds = \"sums in f16\"\n"
          "    def pattern(x: \"f16[n, m]\"):\n"
          "        y = x.to(torch.float32)\n"
          "        return (y * y * 0.3 + y * 1.7 - y * y * y * 0.1).to(torch.float16)\n"
          "    def replacement(x):\n"
          "        return x * x * 0.3 + x * 1.7 - x * x * x * 0.1\n"
          "class wrong(Rule):\n"
          "    rounds = \"sums in f16\"\n"
          "    def pattern(x: \"f16[n, m]\"):\n"
          "        return torch.tanh(x) * 2\n"
          "    def replacement(x):\n"
          "        return torch.tanh(x) * 2.1\n",
          NULL);
    for (size_t i = 0; i < 2; i++) {
        rg_rule_info info = rg_rule_set_info(job.set, i);
        rg_check_result result = rg_check_get_result(job.check, i);
        bool is_wrong = strcmp(info.rule.data, "wrong") == 0;
        assert_string_equal(info.rounds.data, "sums in f16");
        assert_int_equal(result.outcome, is_wrong ? RG_CHECK_FAILED : RG_CHECK_STATED);
        if (!is_wrong) {
            assert_string_equal(result.reason.data, "sums in f16");
        }
    }
    assert_false(rg_check_passes(job.check));
    end(&job);
}

static const char rivals[] = "class doubled(Rule):\n"
                             "    def pattern(x: \"f32[n]\"):\n"
                             "        return torch.tanh(x * 2)\n"
                             "    def replacement(x):\n"
                             "        return torch.tanh(x + x)\n"
                             "class summed(Rule):\n"
                             "    def pattern(x: \"f32[n]\"):\n"
                             "        return torch.tanh(x + x)\n"
                             "    def replacement(x):\n"
                             "        return torch.tanh(x * 2)\n"
                             "class summed_too(Rule):\n"
                             "    def pattern(y: \"f32[n]\"):\n"
                             "        return torch.tanh(y + y)\n"
                             "    def replacement(y):\n"
                             "        return torch.sinh(y * 2) / torch.cosh(y * 2)\n";

static size_t count_findings(const rg_check *check, rg_check_finding_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < rg_check_finding_count(check); i++) {
        count += rg_check_get_finding(check, i).kind == kind;
    }
    return count;
}

static void test_relations(void **state)
{
    (void)state;
    checked job;
    rg_check_options options = RG_CHECK_OPTIONS_INIT;
    begin(&job, rivals, &options);
    assert_int_equal(count_findings(job.check, RG_CHECK_UNDONE), 1);
    assert_int_equal(count_findings(job.check, RG_CHECK_DUPLICATE), 1);
    assert_false(rg_check_passes(job.check));
    end(&job);
    options.skip_relations = true;
    begin(&job, rivals, &options);
    assert_int_equal(rg_check_finding_count(job.check), 0);
    end(&job);
}

static rg_status check_with(const rg_allocator *allocator, void *user)
{
    failing_allocator *failing = allocator->user;
    checked job;
    rg_check_options options = RG_CHECK_OPTIONS_INIT;
    size_t fail_at = failing->fail_at;
    options.cases = 1;
    failing->fail_at = 0; /* loading is tested elsewhere */
    assert_int_equal(load(&job, allocator, user), RG_OK);
    failing->allocations = 0;
    failing->fail_at = fail_at;
    rg_status status = rg_check_create(&job.check, job.set, &options);
    if (status == RG_OK) {
        status = rg_check_report(job.check, job.context);
    }
    end(&job);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(check_with, (void *)(uintptr_t)wrong) > 0);
    assert_true(failing_allocator_exhaust(check_with, (void *)(uintptr_t)rivals) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right_rule), cmocka_unit_test(test_wrong_rule), cmocka_unit_test(test_beyond_the_last),
        cmocka_unit_test(test_options),    cmocka_unit_test(test_seed),       cmocka_unit_test(test_not_compared),
        cmocka_unit_test(test_random),     cmocka_unit_test(test_guard),      cmocka_unit_test(test_partial),
        cmocka_unit_test(test_stated),     cmocka_unit_test(test_rounds),     cmocka_unit_test(test_relations),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

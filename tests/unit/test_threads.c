/*
 * One rule set, compiled once, and many threads that match and rewrite with it, each in a context of its own
 * (context.h). Under ThreadSanitizer (make tsan) this shows that nothing of the parent is written.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

enum { THREADS = 4, ROUNDS = 20 };

static const char rules_text[] = "import torch\n"
                                 "from regraft import Rule\n"
                                 "\n"
                                 "\n"
                                 "class silu(Rule):\n"
                                 "    \"\"\"x * sigmoid(x) as one op.\"\"\"\n"
                                 "\n"
                                 "    def pattern(x: \"bf16[t, h]\"):\n"
                                 "        return torch.ops.aten.mul.Tensor(x, torch.ops.aten.sigmoid.default(x))\n"
                                 "\n"
                                 "    def replacement(x):\n"
                                 "        return torch.ops.aten.silu.default(x)\n";

static const char graph_text[] =
    "class GraphModule(torch.nn.Module):\n"
    "    def forward(self, a: \"bf16[s0, 512]\", b: \"bf16[s0, 512]\"):\n"
    "        sigmoid: \"bf16[s0, 512]\" = torch.ops.aten.sigmoid.default(a)\n"
    "        mul: \"bf16[s0, 512]\" = torch.ops.aten.mul.Tensor(a, sigmoid);  a = sigmoid = None\n"
    "        sigmoid_1: \"bf16[s0, 512]\" = torch.ops.aten.sigmoid.default(b)\n"
    "        mul_1: \"bf16[s0, 512]\" = torch.ops.aten.mul.Tensor(b, sigmoid_1);  b = sigmoid_1 = None\n"
    "        return (mul, mul_1)\n";

typedef struct thread_job {
    const rg_context *parent;
    const rg_rule_set *rules;
    size_t applied; /* over all rounds */
    rg_status status;
} thread_job;

static rg_status rewrite_once(thread_job *job, rg_context *context)
{
    rg_graph *graph = NULL;
    rg_matcher *matcher = NULL;
    rg_rewrite_report report = {0};
    rg_status status = rg_graph_parse(&graph, context, rg_string_from(graph_text), rg_string_from("graph"));
    if (status == RG_OK) {
        status = rg_matcher_create(&matcher, context, job->rules);
    }
    if (status == RG_OK) {
        status = rg_rewrite_run(&report, matcher, graph, NULL);
    }
    job->applied += report.applied;
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    return status;
}

static void *run(void *user)
{
    thread_job *job = user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.parent = job->parent;
    for (size_t i = 0; i < ROUNDS && job->status == RG_OK; i++) {
        rg_context *context = NULL;
        job->status = rg_context_create(&context, &options);
        if (job->status == RG_OK) {
            job->status = rewrite_once(job, context);
        }
        rg_context_destroy(context);
    }
    return NULL;
}

static void test_shared_rules(void **state)
{
    rg_context *context;
    rg_rule_set *rules;
    pthread_t threads[THREADS];
    thread_job jobs[THREADS];
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    assert_int_equal(rg_rule_set_create(&rules, context), RG_OK);
    assert_int_equal(rg_rule_set_load_text(rules, rg_string_from(rules_text), rg_string_from("silu.py")), RG_OK);
    for (size_t i = 0; i < THREADS; i++) {
        jobs[i] = (thread_job){context, rules, 0, RG_OK};
        assert_int_equal(pthread_create(&threads[i], NULL, run, &jobs[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(jobs[i].status, RG_OK);
        assert_int_equal(jobs[i].applied, 2 * ROUNDS);
    }
    rg_rule_set_destroy(rules);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shared_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Every allocation of matching and rewriting fails once: the answer is RG_ERROR_MEMORY and the graph is what it was, or
 * the rewrite is done; nothing leaks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/rewrite.h>

#include "support/failing_allocator.h"
#include "support/graph_rules.h"

typedef struct job_text {
    graph_rule rule;
    const char *parameters;
    const char *before;
    const char *after;
} job_text;

/* What a job has made, to be taken down whatever happened. */
typedef struct job_state {
    rg_context *context;
    rg_rule_set *set;
    rg_graph *graph;
    rg_matcher *matcher;
    rg_match_list *list;
} job_state;

static void tear_down(job_state *job)
{
    rg_match_list_destroy(job->list);
    rg_matcher_destroy(job->matcher);
    rg_graph_destroy(job->graph);
    graph_rules_destroy(job->set);
    rg_context_destroy(job->context);
}

static rg_status set_up(job_state *job, const rg_allocator *allocator, const job_text *text)
{
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    memset(job, 0, sizeof(*job));
    rg_status status = rg_context_create(&job->context, &options);
    if (status == RG_OK) {
        job->set = graph_rules_create(job->context);
        status = job->set == NULL ? RG_ERROR_MEMORY : graph_rules_add(job->set, &text->rule);
    }
    if (status == RG_OK) {
        job->graph = graph_of(job->context, text->parameters, text->before);
        status = job->graph == NULL ? RG_ERROR_MEMORY : rg_matcher_create(&job->matcher, job->context, job->set);
    }
    return status;
}

/* The check itself has all the memory it wants. */
static void check_graph(const job_state *job, const rg_allocator *allocator, const job_text *text, rg_status status)
{
    failing_allocator *failing = allocator->user;
    size_t fail_at = failing->fail_at;
    failing->fail_at = 0;
    assert_int_equal(rg_graph_verify(job->graph), RG_OK);
    assert_string_equal(statements_of(job->graph), status == RG_OK ? text->after : text->before);
    failing->fail_at = fail_at;
}

static rg_status apply_job(const rg_allocator *allocator, void *user)
{
    const job_text *text = user;
    job_state job;
    rg_status status = set_up(&job, allocator, text);
    if (status == RG_OK) {
        status = rg_matcher_find_all(&job.list, job.matcher, job.graph);
    }
    if (status == RG_OK) {
        assert_int_equal(rg_match_list_count(job.list), 1);
        status = rg_rewrite_apply(job.graph, rg_match_list_get(job.list, 0));
        check_graph(&job, allocator, text, status);
    }
    tear_down(&job);
    return status;
}

static rg_status run_job(const rg_allocator *allocator, void *user)
{
    const job_text *text = user;
    rg_rewrite_report report;
    job_state job;
    rg_status status = set_up(&job, allocator, text);
    if (status == RG_OK) {
        status = rg_rewrite_run(&report, job.matcher, job.graph, NULL);
        assert_true(status != RG_OK || report.applied == 1);
        /* Memory may run out when the rewrite is done; it then stays. */
        check_graph(&job, allocator, text, report.applied == 1 ? RG_OK : status);
    }
    tear_down(&job);
    return status;
}

static job_text texts[] = {
    /* sizes from several places, scalars, a type that is inferred */
    {{"sizes", "x: 'f32[u0, 2*u1]', p: 'float'", "n = @aten.neg.default(x)\ns = @my.half.default(n, u1, p)\nreturn s",
      "q = 1 - p\ne = @aten.empty.memory_format([u0 + 1, u1], dtype = torch.float16)\n"
      "f = @my.fill.default(e, x, q)\nreturn f",
      0, NULL, NULL},
     "a: 'f32[s0, 8]'",
     "n = @aten.neg.default(a)\ns = @my.half.default(n, 4, 0.25)\nr = @aten.cat.default([s, s])\nreturn [r, s]",
     "sym_size_int = @aten.sym_size.int(a, 0)\nadd = sym_size_int + 1\n"
     "empty_memory_format = @aten.empty.memory_format([add, 4], dtype = torch.float16)\n"
     "s = @my.fill.default(empty_memory_format, a, 0.75)\nr = @aten.cat.default([s, s])\nreturn [r, s]"},
    /* readers that move, an input that becomes a result */
    {{"moves", "a, b, c", "x = @aten.add.Tensor(a, b)\ny = @aten.add.Tensor(x, c)\nreturn (x, y, a)",
      "f = @my.fused3.default([a, b], c)\nx = f[0]\ny = f[1]\nz = f[2]\nreturn (x, y, z)", 0, NULL, NULL},
     "a: 'f32[4]', b: 'f32[4]', d: 'f32[4]'",
     "x = @aten.add.Tensor(a, b)\nu = @aten.relu.default(x)\nv = @aten.sin.default(u)\nc = @aten.exp.default(d)\n"
     "y = @aten.add.Tensor(x, c)\nw = @aten.cos.default(a)\nreturn (v, y, w)",
     "c = @aten.exp.default(d)\nfused3_default = @my.fused3.default([a, b], c)\nx = fused3_default[0]\n"
     "y = fused3_default[1]\ngetitem = fused3_default[2]\nu = @aten.relu.default(x)\nv = @aten.sin.default(u)\n"
     "w = @aten.cos.default(getitem)\nreturn (v, y, w)"},
    /* sizes that are asked of a value inside the match */
    {{"asked", "x: 'f32[u0, u1]'", "n = @aten.neg.default(x)\ns = @aten.sin.default(n)\nreturn s",
      "s = @my.neg_sin.default(x)\nreturn s", 0, NULL, NULL},
     "a: 'f32[s0, s1]'",
     "n = @aten.neg.default(a)\ny = @aten.sym_size.int(n, 0)\nz = @aten.sym_size.int(n, -1)\n"
     "s = @aten.sin.default(n)\nv = @aten.sym_size.int(s, 0)\nreturn [s, y, z, v]",
     "y = @aten.sym_size.int(a, 0)\nz = @aten.sym_size.int(a, 1)\ns = @my.neg_sin.default(a)\n"
     "v = @aten.sym_size.int(s, 0)\nreturn [s, y, z, v]"},
    /* results replaced one after the other, a search with choices */
    {{"apart", "x, y", "a = @aten.relu.default(x)\nb = @aten.abs.default(y)\nreturn (a, b)",
      "a = @aten.gelu.default(x)\nb = @aten.neg.default(y)\nreturn (a, b)", 0, NULL, NULL},
     "p: 'f32[4]'",
     "a = @aten.relu.default(p)\nm = @aten.sin.default(a)\nb = @aten.abs.default(m)\nreturn b",
     "a = @aten.gelu.default(p)\nm = @aten.sin.default(a)\nb = @aten.neg.default(m)\nreturn b"},
};

static void every_allocation_can_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_true(failing_allocator_exhaust(apply_job, &texts[i]) > 50);
        assert_true(failing_allocator_exhaust(run_job, &texts[i]) > 50);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_can_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Tests of the engine: what it finds and what comes of rewriting with it is what the reference matcher gives, on random
 * graphs and rules, with its tables built, full and forced to overflow.
 *
 * REGRAFT_ENGINE_PAIRS=100000 in the environment compares that many pairs of graph and rule set instead of 2,000.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/document.h>
#include <regraft/rewrite.h>

#include "ir/graph_impl.h"
#include "match/automaton.h"
#include "match/match_impl.h"
#include "support/graph_rules.h"
#include "support/random.h"

enum { QUICK_PAIRS = 2000, GRAPHS_PER_SET = 5, MAX_STATEMENTS = 90, MAX_INPUTS = 10, MAX_RULE_STATEMENTS = 8 };

/* ---- random programs ---- */

/* `$0` .. `$2` are operands. */
typedef struct form {
    const char *text;
    uint32_t operands;
    bool typed; /* keeps shapes such that any two results of typed forms broadcast */
} form;

static const form forms[] = {
    {"@aten.neg.default($0)", 1, true},
    {"@aten.relu.default($0)", 1, true},
    {"@aten.sigmoid.default($0)", 1, true},
    {"@aten.mul.Tensor($0, 2)", 1, true},
    {"@aten.mul.Tensor($0, 2.0)", 1, true},
    {"@aten.mul.Tensor($0, 3)", 1, true},
    {"@aten.mul.Tensor($0, -0.0)", 1, true},
    {"@aten.add.Tensor($0, 1, alpha = 2)", 1, true},
    {"@aten.permute.default($0, [1, 0])", 1, true},
    {"@aten.permute.default($0, [-1, 0])", 1, true},
    {"@aten.permute.default($0, (0, 1))", 1, true},
    {"@aten.sum.dim_IntList($0, [1], True)", 1, true},
    {"@aten.sum.dim_IntList($0, [-1], True)", 1, true},
    {"@aten.sum.dim_IntList($0, [0], keepdim = True)", 1, true},
    {"@aten.softmax.int($0, -1)", 1, true},
    {"@aten.softmax.int($0, 1)", 1, true},
    {"@aten._softmax.default($0, 1, False)", 1, true},
    {"@aten._softmax.default($0, -1, False)", 1, true},
    {"@prims.convert_element_type.default($0, torch.float16)", 1, true},
    {"@prims.convert_element_type.default($0, torch.float32)", 1, true},
    {"@aten.clamp.default($0, 0)", 1, true},
    {"@aten.clamp.default($0, min = 0)", 1, true},
    {"@aten.clamp.default($0, None, 1)", 1, true},
    {"@aten.gelu.default($0)", 1, true},
    {"@aten.gelu.default($0, approximate = 'tanh')", 1, true},
    {"@aten.add.Tensor($0, $1)", 2, true},
    {"@aten.add.Tensor($0, $1, alpha = 1)", 2, true},
    {"@aten.add.Tensor($0, $1, alpha = 2)", 2, true},
    {"@aten.add.Tensor(self = $0, other = $1)", 2, true},
    {"@aten.mul.Tensor($0, $1)", 2, true},
    {"@aten.mul.Tensor(other = $0, self = $1)", 2, true},
    {"@aten.sub.Tensor($0, $1)", 2, true},
    {"@aten.maximum.default($0, $1)", 2, true},
    {"@aten.where.self($0, $1, $2)", 3, false},
    {"@aten.add_.Tensor($0, $1)", 2, false},
    {"@my.op.default($0, 1, scale = 2.0)", 1, false},
    {"@my.op.default($0, 1, scale = 3.0)", 1, false},
    {"@my.op.default($0, scale = 2.0)", 1, false},
    {"@my.op.default($0, 1, extra = $1)", 2, false},
    {"@my.op.default($0, $1)", 2, false},
    {"@my.list.default([[$0, 1], $1])", 2, false},
    {"@aten.cat.default([$0, $1], 1)", 2, false},
    {"@aten.cat.default([$0, $1], -1)", 2, false},
    {"@aten.cat.default(($0, $1))", 2, false},
    {"@aten.cat.default([$0, $1, $0], 1)", 2, false},
    {"@aten.slice.Tensor($0, 0, 0, 2)", 1, false},
    {"@aten.split.Tensor($0, 2)", 1, false},
    {"$0[0]", 1, false},
    {"$0[1]", 1, false},
    {"@higher_order.auto_functionalized(@_C.rms_norm.default, result = $0, input = $1, weight = $2, epsilon = 1e-06)",
     3, false},
    {"@higher_order.auto_functionalized(@_C.rms_norm.default, result = $0, input = $1, weight = $2, epsilon = 1e-05)",
     3, false},
    {"@higher_order.auto_functionalized(@_C.silu_and_mul.default, result = $0, input = $1)", 2, false},
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };

/* Values are inputs, then statements; operands name earlier values. */
typedef struct statement {
    uint32_t form;
    uint32_t operands[3];
} statement;

typedef struct test_program {
    const char *annotation; /* of every input */
    uint32_t inputs;
    uint32_t count;
    statement statements[MAX_STATEMENTS];
    uint32_t result_count;
    uint32_t results[4];
} test_program;

typedef struct text {
    char data[1 << 14];
    size_t size;
} text;

static void put(text *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    out->size += (size_t)vsnprintf(out->data + out->size, sizeof(out->data) - out->size, format, arguments);
    va_end(arguments);
    assert_true(out->size < sizeof(out->data));
}

static void put_value(text *out, const test_program *program, uint32_t value)
{
    put(out, value < program->inputs ? "p%u" : "n%u", value);
}

static void put_statements(text *out, const test_program *program)
{
    out->size = 0;
    for (uint32_t i = 0; i < program->count; i++) {
        put(out, "n%u = ", program->inputs + i);
        for (const char *at = forms[program->statements[i].form].text; *at != '\0'; at++) {
            if (*at == '$') {
                put_value(out, program, program->statements[i].operands[*++at - '0']);
            } else {
                put(out, "%c", *at);
            }
        }
        put(out, "\n");
    }
    put(out, program->result_count == 1 ? "return " : "return (");
    for (uint32_t i = 0; i < program->result_count; i++) {
        put(out, i == 0 ? "" : ", ");
        put_value(out, program, program->results[i]);
    }
    put(out, program->result_count == 1 ? "" : ")");
}

static void put_parameters(text *out, const test_program *program)
{
    out->size = 0;
    for (uint32_t i = 0; i < program->inputs; i++) {
        put(out, "%sp%u%s%s", i == 0 ? "" : ", ", i, program->annotation == NULL ? "" : ": ",
            program->annotation == NULL ? "" : program->annotation);
    }
}

static uint32_t random_form(test_random *random, bool typed)
{
    uint32_t index = random_below(random, FORM_COUNT);
    while (typed && !forms[index].typed) {
        index = random_below(random, FORM_COUNT);
    }
    return index;
}

/* Operands among the last `window` values. */
static statement random_statement(test_random *random, bool typed, uint32_t values, uint32_t window)
{
    statement result = {random_form(random, typed), {0, 0, 0}};
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t reach = window < values ? window : values;
        result.operands[i] = values - 1 - random_below(random, reach);
    }
    return result;
}

/* Wide or deep, with or without types; or one block of statements many times over, on its own last value or, as
 * siblings, on the inputs. */
static void random_graph(test_program *out, test_random *random)
{
    bool typed = random_below(random, 2) == 0;
    uint32_t window = random_below(random, 3) == 0 ? 2 : 1 + random_below(random, 12);
    uint32_t block = random_below(random, 2) == 0 ? MAX_STATEMENTS : 3 + random_below(random, 6);
    bool siblings = random_below(random, 3) == 0;
    out->annotation = typed ? "'f32[4, 4]'" : NULL;
    out->inputs = 1 + random_below(random, 3);
    out->count = 3 + random_below(random, MAX_STATEMENTS - 3);
    for (uint32_t i = 0; i < out->count; i++) {
        uint32_t values = out->inputs + i;
        if (i < block) {
            out->statements[i] = random_statement(random, typed, values, window);
            continue;
        }
        out->statements[i] = out->statements[i - block];
        for (uint32_t j = 0; j < 3; j++) {
            uint32_t *operand = &out->statements[i].operands[j];
            *operand = *operand < out->inputs && (siblings || i >= 2 * block) ? *operand
                       : *operand < out->inputs                               ? out->inputs + block - 1
                                                                              : *operand + block;
        }
    }
    out->result_count = 1 + random_below(random, 4);
    for (uint32_t i = 0; i < out->result_count; i++) {
        out->results[i] = out->inputs + out->count - 1 - random_below(random, out->count);
    }
    out->results[0] = out->inputs + out->count - 1;
}

/* ---- rules taken from a graph ---- */

typedef struct mining {
    const test_program *from;
    test_program *out;
    uint32_t images[MAX_STATEMENTS + MAX_INPUTS]; /* what a value became, once it has: chosen statements, inputs */
    bool chosen[MAX_STATEMENTS + MAX_INPUTS];
    uint32_t chosen_count;
} mining;

static void choose(mining *mined, test_random *random, uint32_t value, uint32_t depth)
{
    if (value < mined->from->inputs || mined->chosen[value] || mined->chosen_count == MAX_RULE_STATEMENTS) {
        return;
    }
    mined->chosen[value] = true;
    mined->chosen_count++;
    const statement *from = &mined->from->statements[value - mined->from->inputs];
    for (uint32_t i = 0; i < forms[from->form].operands; i++) {
        if (depth > 0 && random_below(random, 4) != 0) {
            choose(mined, random, from->operands[i], depth - 1);
        }
    }
}

/* The values that chosen statements read and that are not chosen become inputs. False when there are too many. */
static bool number_inputs(mining *mined)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < mined->from->count; i++) {
        const statement *from = &mined->from->statements[i];
        for (uint32_t j = 0; j < forms[from->form].operands && mined->chosen[mined->from->inputs + i]; j++) {
            uint32_t value = from->operands[j];
            if (!mined->chosen[value] && mined->images[value] == UINT32_MAX) {
                mined->images[value] = count++;
            }
        }
    }
    mined->out->inputs = count;
    return count > 0 && count <= MAX_INPUTS;
}

static bool is_read_in_pattern(const test_program *pattern, uint32_t value)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const statement *at = &pattern->statements[i];
        for (uint32_t j = 0; j < forms[at->form].operands; j++) {
            if (at->operands[j] == value) {
                return true;
            }
        }
    }
    return false;
}

/* A part of the graph as a pattern, perhaps changed so that it nearly matches. Its results are what nothing inside
 * reads, and perhaps one value more. */
static bool mine(test_program *out, test_random *random, const test_program *from)
{
    static const char *const annotations[] = {NULL, "'f32[4, 4]'", "'f32[u0, u0]'"};
    mining mined = {.from = from, .out = out};
    memset(mined.images, 0xff, sizeof(mined.images));
    bool typed = from->annotation != NULL;
    out->annotation = typed ? annotations[random_below(random, 3)] : NULL;
    uint32_t roots = 1 + random_below(random, 3) / 2;
    for (uint32_t i = 0; i < roots; i++) {
        choose(&mined, random, from->inputs + random_below(random, from->count), 1 + random_below(random, 4));
    }
    if (!number_inputs(&mined)) {
        return false;
    }
    out->count = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        if (mined.chosen[from->inputs + i]) {
            statement *at = &out->statements[out->count];
            *at = from->statements[i];
            for (uint32_t j = 0; j < forms[at->form].operands; j++) {
                at->operands[j] = mined.images[at->operands[j]];
            }
            mined.images[from->inputs + i] = out->inputs + out->count++;
        }
    }
    if (random_below(random, 3) == 0) { /* a near miss, or another rule altogether */
        statement *at = &out->statements[random_below(random, out->count)];
        uint32_t operands = forms[at->form].operands;
        do {
            at->form = random_form(random, typed);
        } while (forms[at->form].operands > operands);
    }
    out->result_count = 0;
    for (uint32_t i = out->count; i > 0 && out->result_count < 4; i--) {
        uint32_t value = out->inputs + i - 1;
        if (!is_read_in_pattern(out, value) || random_below(random, 8) == 0) {
            out->results[out->result_count++] = value;
        }
    }
    for (uint32_t i = 0; i < out->inputs; i++) {
        if (!is_read_in_pattern(out, i)) {
            return false;
        }
    }
    return true;
}

/* One new op on all inputs, taken apart for several results; or, for one result, a random statement, which other rules
 * may match again. */
static void put_replacement(text *out, test_random *random, const test_program *pattern)
{
    out->size = 0;
    if (pattern->result_count == 1 && random_below(random, 3) != 0) {
        test_program single = *pattern;
        single.count = 1;
        single.statements[0] = random_statement(random, pattern->annotation != NULL, pattern->inputs, pattern->inputs);
        single.results[0] = pattern->inputs;
        put_statements(out, &single);
        return;
    }
    put(out, "f = @my.fused.default(");
    for (uint32_t i = 0; i < pattern->inputs; i++) {
        put(out, "%sp%u", i == 0 ? "" : ", ", i);
    }
    put(out, ")\n");
    for (uint32_t i = 0; i < pattern->result_count && pattern->result_count > 1; i++) {
        put(out, "g%u = f[%u]\n", i, i);
    }
    put(out, "return ");
    for (uint32_t i = 0; i < pattern->result_count; i++) {
        if (pattern->result_count > 1) {
            put(out, "%sg%u", i == 0 ? "(" : ", ", i);
        }
    }
    put(out, pattern->result_count > 1 ? ")" : "f");
}

static text parameters;
static text statements;
static text replacement;

static void add_random_rule(rg_rule_set *set, test_random *random, const test_program *from, uint32_t number)
{
    test_program pattern = {0};
    char name[16];
    if (!mine(&pattern, random, from)) {
        return;
    }
    put_parameters(&parameters, &pattern);
    put_statements(&statements, &pattern);
    put_replacement(&replacement, random, &pattern);
    (void)snprintf(name, sizeof(name), "rule%u", number);
    graph_rule rule = {name, parameters.data, statements.data, replacement.data, 0, NULL, NULL};
    rg_status status = graph_rules_add(set, &rule);
    assert_true(status == RG_OK || status == RG_ERROR_RULE);
    rg_context_clear_diagnostics(set->context);
}

/* ---- comparing ---- */

/* How a matcher of the tests works. */
typedef enum test_engine { PLAIN, LABELS, CRAMPED, ENGINES } test_engine;

typedef struct totals {
    size_t pairs;
    size_t matches;
    size_t several; /* matches of several results */
    size_t rewrites;
    size_t gave_up;
    size_t overflows;
    size_t spared; /* attempts that labels spared */
} totals;

static totals total;

static rg_matcher *make_matcher(rg_context *context, const rg_rule_set *set, test_engine which, test_random *random)
{
    rg_matcher *matcher = NULL;
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    matcher->plain = which == PLAIN;
    if (which == CRAMPED) {
        matcher->automaton->limits.states = random_below(random, 24);
        matcher->automaton->limits.labels = 1 + random_below(random, 24);
    }
    return matcher;
}

static void expect_same_match(const rg_match *a, const rg_match *b)
{
    assert_int_equal(a->rule_index, b->rule_index);
    assert_int_equal(a->root.id, b->root.id);
    assert_int_equal(a->node_count, b->node_count);
    assert_int_equal(a->output_count, b->output_count);
    assert_memory_equal(a->nodes, b->nodes, a->node_count * sizeof(*a->nodes));
    assert_memory_equal(a->outputs, b->outputs, a->output_count * sizeof(*a->outputs));
    assert_memory_equal(a->inputs, b->inputs, a->rule->input_count * sizeof(*a->inputs));
    assert_memory_equal(a->symbols, b->symbols, a->rule->symbol_count * sizeof(*a->symbols));
}

static void compare_matches(rg_matcher *const matchers[], rg_graph *graph)
{
    rg_match_list *lists[ENGINES];
    for (test_engine i = PLAIN; i < ENGINES; i++) {
        assert_int_equal(rg_matcher_find_all(&lists[i], matchers[i], graph), RG_OK);
        total.overflows += i == CRAMPED && matchers[i]->labelled == NULL;
    }
    size_t count = rg_match_list_count(lists[PLAIN]);
    for (test_engine i = LABELS; i < ENGINES; i++) {
        assert_int_equal(rg_match_list_count(lists[i]), count);
        for (size_t j = 0; j < count; j++) {
            expect_same_match(rg_match_list_get(lists[PLAIN], j), rg_match_list_get(lists[i], j));
        }
        /* An attempt that is spared cannot run out of fuel. */
        assert_true(rg_match_list_gave_up(lists[i]) <= rg_match_list_gave_up(lists[PLAIN]));
    }
    total.matches += count;
    for (size_t j = 0; j < count; j++) {
        total.several += rg_match_list_get(lists[PLAIN], j)->output_count > 1;
    }
    total.gave_up += rg_match_list_gave_up(lists[PLAIN]);
    for (test_engine i = PLAIN; i < ENGINES; i++) {
        rg_match_list_destroy(lists[i]);
    }
}

/* After incremental re-labelling every label is what labelling the whole graph gives. */
static void expect_true_labels(rg_matcher *matcher, rg_graph *graph)
{
    if (matcher->labelled != graph) {
        return;
    }
    size_t size = ((size_t)graph->id_count + 1) * sizeof(uint16_t);
    uint16_t *labels = malloc(size);
    assert_non_null(labels);
    memcpy(labels, graph->label, size);
    assert_int_equal(rg__matcher_label(matcher, graph), RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node) && matcher->labelled == graph;
         node = rg_graph_next(graph, node)) {
        assert_int_equal(labels[node.id], graph->label[node.id]);
    }
    free(labels);
}

static void rewrite_and_print(rg_buffer *out, rg_rewrite_report *report, rg_matcher *matcher, const rg_graph *graph,
                              const rg_rewrite_options *options)
{
    rg_graph *copy = NULL;
    assert_int_equal(rg_graph_clone(&copy, graph), RG_OK);
    rg_status status = rg_rewrite_run(report, matcher, copy, options);
    assert_true(status == RG_OK || status == RG_ERROR_LIMIT);
    rg_context_clear_diagnostics(matcher->context);
    assert_int_equal(rg_graph_verify(copy), RG_OK);
    expect_true_labels(matcher, copy);
    rg__buffer_init(out, rg__default_allocator());
    assert_int_equal(rg_graph_print(copy, NULL, rg__buffer_sink(out)), RG_OK);
    rg_graph_destroy(copy);
}

static void compare_rewrites(rg_matcher *const matchers[], const rg_graph *graph, rg_rewrite_mode mode)
{
    rg_buffer texts[ENGINES];
    rg_rewrite_report reports[ENGINES];
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    options.mode = mode;
    options.max_sweeps = 3;
    for (test_engine i = PLAIN; i < ENGINES; i++) {
        rewrite_and_print(&texts[i], &reports[i], matchers[i], graph, &options);
        assert_string_equal(texts[i].data, texts[PLAIN].data);
        assert_int_equal(reports[i].applied, reports[PLAIN].applied);
        assert_int_equal(reports[i].failed, reports[PLAIN].failed);
        assert_true(reports[i].gave_up <= reports[PLAIN].gave_up);
    }
    total.rewrites += reports[PLAIN].applied;
    for (test_engine i = PLAIN; i < ENGINES; i++) {
        rg__buffer_free(&texts[i]);
    }
}

static size_t count_attempts(rg_matcher *matcher, rg_graph *graph)
{
    size_t attempts = 0;
    assert_int_equal(rg__matcher_begin(matcher, graph), RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        const uint32_t *rules = NULL;
        size_t count = 0;
        rg__matcher_rules_at(matcher, graph, node, &rules, &count);
        attempts += count;
    }
    return attempts;
}

/* One rule set, a few graphs, all engines. */
static void compare_on(uint64_t seed)
{
    test_random random = {seed};
    rg_context *context = NULL;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.limits.max_search_steps = random_below(&random, 8) == 0 ? 1 + random_below(&random, 16) : 0;
    assert_int_equal(rg_context_create(&context, &options), RG_OK);
    rg_rule_set *set = graph_rules_create(context);
    static test_program graphs[GRAPHS_PER_SET];
    uint32_t rule_count = 1 + random_below(&random, 12);
    for (uint32_t i = 0; i < GRAPHS_PER_SET; i++) {
        random_graph(&graphs[i], &random);
    }
    for (uint32_t i = 0; i < rule_count; i++) {
        add_random_rule(set, &random, &graphs[random_below(&random, GRAPHS_PER_SET)], i);
    }
    rg_matcher *matchers[ENGINES];
    for (test_engine i = PLAIN; i < ENGINES; i++) {
        matchers[i] = make_matcher(context, set, i, &random);
    }
    for (uint32_t i = 0; i < GRAPHS_PER_SET; i++) {
        put_parameters(&parameters, &graphs[i]);
        put_statements(&statements, &graphs[i]);
        rg_graph *graph = graph_of(context, parameters.data, statements.data);
        compare_matches(matchers, graph);
        compare_rewrites(matchers, graph, random_below(&random, 2) == 0 ? RG_REWRITE_SWEEP : RG_REWRITE_FIXPOINT);
        total.spared += count_attempts(matchers[PLAIN], graph) - count_attempts(matchers[LABELS], graph);
        rg_graph_destroy(graph);
        total.pairs++;
    }
    for (test_engine i = PLAIN; i < ENGINES; i++) {
        rg_matcher_destroy(matchers[i]);
    }
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

static void random_pairs_agree(void **state)
{
    (void)state;
    const char *wanted = getenv("REGRAFT_ENGINE_PAIRS");
    size_t pairs = wanted == NULL ? QUICK_PAIRS : (size_t)strtoul(wanted, NULL, 10);
    for (uint64_t seed = 1; total.pairs < pairs; seed++) {
        compare_on(seed * 7919);
    }
    print_message("%zu pairs: %zu matches (%zu of several results), %zu rewrites, %zu gave up, %zu overflows, "
                  "%zu attempts spared\n",
                  total.pairs, total.matches, total.several, total.rewrites, total.gave_up, total.overflows,
                  total.spared);
    /* The comparison must have had something to compare. */
    assert_true(total.matches > total.pairs / 2);
    assert_true(total.several > total.pairs / 20);
    assert_true(total.rewrites > total.pairs / 2);
    assert_true(total.gave_up > 0 && total.overflows > total.pairs / 10 && total.spared > total.pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_pairs_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

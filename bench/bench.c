/*
 * bench.c: how long matching takes: graphs and rules of workload.h and real graphs, phases timed apart.
 *
 * usage: regraft_bench [--quick | --huge] [--json FILE] [GRAPH.py...]
 *        regraft_bench --write FOLDER
 *        regraft_bench --shared RULES.py [--json FILE] GRAPH.py...
 *        regraft_bench --expressions PATTERNS.py [--json FILE] GRAPH.py
 *
 * The first form measures the plans below, and rules cut out of each GRAPH.py. --write writes the workloads that other
 * engines are measured on (shared.c); --shared measures one of them. --expressions measures Inductor's patterns
 * (expressions.c).
 *
 * Each figure is taken `measure_runs` times; the runs of all cases of a plan are interleaved, since clocks drift.
 * "warm" walks over all graphs of the case with one matcher that has just seen them, so that neither the graph nor the
 * branch predictor is still warm from the last time; "cold" makes a matcher for each graph, and counts its first
 * answer. doc/performance.md says what the figures were.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "shared.h"

enum { MAX_CASES = 8 };

typedef enum plan_level { LEVEL_QUICK, LEVEL_USUAL, LEVEL_HUGE } plan_level;

/* One case for each number of rules, all on the same graphs. Numbers of rules end with 0. */
typedef struct bench_plan {
    const char *name;
    plan_level level; /* the least one that runs it */
    workload_shape shape;
    uint32_t graphs;
    uint32_t rules[MAX_CASES];
    uint32_t hits; /* of each 100 rules so many match */
    uint32_t smallest;
    uint32_t largest; /* nodes of a pattern */
    bool free;        /* rules with the default freedoms; else exact ones */
} bench_plan;

static const bench_plan plans[] = {
    /* The number of rules; nothing matches. */
    {"layered", LEVEL_QUICK, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 64, {1, 3, 10, 30, 100, 300, 1000}, 0, 2, 8, false},
    {"layered", LEVEL_QUICK, {WORKLOAD_LAYERED, 10000, 0, 0, 0}, 16, {1, 3, 10, 30, 100, 300, 1000}, 0, 2, 8, false},
    {"layered, free rules", LEVEL_QUICK, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 64, {10, 100, 300, 1000}, 0, 2, 8, true},
    /* The size of patterns. */
    {"layered, patterns of 2", LEVEL_USUAL, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 64, {100}, 0, 2, 2, false},
    {"layered, patterns of 4", LEVEL_USUAL, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 64, {100}, 0, 4, 4, false},
    {"layered, patterns of 8", LEVEL_USUAL, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 64, {100}, 0, 8, 8, false},
    /* Rules that match. */
    {"layered, one graph", LEVEL_QUICK, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 1, {100}, 0, 2, 8, false},
    {"layered, one graph", LEVEL_QUICK, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 1, {100}, 1, 2, 8, false},
    {"layered, one graph", LEVEL_QUICK, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 1, {100}, 10, 2, 8, false},
    {"layered, one graph", LEVEL_QUICK, {WORKLOAD_LAYERED, 3000, 0, 0, 0}, 1, {100}, 50, 2, 8, false},
    {"random", LEVEL_USUAL, {WORKLOAD_RANDOM, 100000, 0, 0, 0}, 1, {100}, 10, 2, 8, false},
    /* The size of graphs. */
    {"layered", LEVEL_USUAL, {WORKLOAD_LAYERED, 1000, 0, 0, 0}, 64, {100}, 0, 2, 8, false},
    {"layered", LEVEL_USUAL, {WORKLOAD_LAYERED, 100000, 0, 0, 0}, 4, {100}, 0, 2, 8, false},
    {"layered", LEVEL_USUAL, {WORKLOAD_LAYERED, 1000000, 0, 0, 0}, 1, {100}, 0, 2, 8, false},
    {"random", LEVEL_QUICK, {WORKLOAD_RANDOM, 100000, 0, 0, 0}, 1, {100, 1000}, 0, 2, 8, false},
    {"random", LEVEL_USUAL, {WORKLOAD_RANDOM, 1000000, 0, 0, 0}, 1, {100, 1000}, 0, 2, 8, false},
    {"random", LEVEL_HUGE, {WORKLOAD_RANDOM, 10000000, 0, 0, 0}, 1, {100}, 0, 2, 8, false},
    /* The shape of graphs. */
    {"spread", LEVEL_USUAL, {WORKLOAD_SPREAD, 1000000, 0, 0, 0}, 1, {100}, 0, 2, 8, false},
    {"chain", LEVEL_USUAL, {WORKLOAD_CHAIN, 1000000, 0, 0, 0}, 1, {100}, 0, 2, 8, false},
    {"fan", LEVEL_USUAL, {WORKLOAD_FAN, 1000000, 0, 0, 0}, 1, {100}, 0, 2, 8, false},
    {"layered, ids shuffled", LEVEL_QUICK, {WORKLOAD_LAYERED, 10000, 0, 1, 0}, 16, {100}, 0, 2, 8, false},
    {"random, ids shuffled", LEVEL_USUAL, {WORKLOAD_RANDOM, 1000000, 0, 1, 0}, 1, {100}, 0, 2, 8, false},
};

enum { PLAN_COUNT = sizeof(plans) / sizeof(plans[0]), RULES_SEED = 4242 };

static workload_rules rules_of(const bench_plan *plan, uint32_t count)
{
    return (workload_rules){.count = count,
                            .hits = plan->hits * count / 100,
                            .smallest = plan->smallest,
                            .largest = plan->largest,
                            .free = plan->free,
                            .seed = RULES_SEED};
}

static void run_plan(const bench_plan *plan)
{
    static bench_case cases[MAX_CASES];
    uint32_t usual = measure_runs;
    uint32_t count = 0;
    if (plan->shape.nodes > 100000 && measure_runs > 11) {
        measure_runs = 11;
    }
    for (; count < MAX_CASES && plan->rules[count] != 0; count++) {
        workload_rules rules = rules_of(plan, plan->rules[count]);
        if (count == 0) {
            case_generate(&cases[0], plan->name, &plan->shape, plan->graphs);
        } else {
            case_borrow(&cases[count], &cases[0]);
        }
        case_add_rules(&cases[count], &rules);
    }
    measure_warm(cases, count);
    for (uint32_t i = count; i > 0; i--) { /* the owner of the graphs last */
        measure_cold(&cases[i - 1]);
        measure_compile(&cases[i - 1]);
        print_tables(&cases[i - 1]);
        if (plan->hits > 0) {
            measure_rewrites(&cases[i - 1]);
        }
        if (plan->rules[i - 1] == 100) {
            measure_edit(&cases[i - 1]);
        }
        if (i == 1) {
            measure_text(&cases[0]);
            measure_memory(&cases[0]);
        }
        case_finish(&cases[i - 1]);
    }
    measure_runs = usual;
}

/* One rule with two results, of which each of many siblings can be either: all pairs match, or none. */
static void run_siblings(uint32_t siblings)
{
    static const char rule_text[] = "class Siblings(Rule):\n"
                                    "    def pattern(x: 'Tensor', a: 'Tensor', b: 'Tensor'):\n"
                                    "        p = torch.ops.aten.sigmoid.default(torch.ops.aten.sub.Tensor(x, a))\n"
                                    "        q = torch.ops.aten.%s.default(torch.ops.aten.sub.Tensor(x, b))\n"
                                    "        return p, q\n"
                                    "    def replacement(x, a, b):\n"
                                    "        both = torch.ops.aten.add.Tensor(torch.ops.aten.mul.Tensor(a, b), x)\n"
                                    "        return both, torch.ops.aten.neg.default(both)\n";
    static const char *const second[] = {"sigmoid", "tanh"}; /* all pairs; none, since no tanh reads a difference */
    static bench_case cases[2];
    workload_shape shape = {.kind = WORKLOAD_SIBLINGS, .nodes = 3000, .siblings = siblings};
    char name[64];
    uint32_t usual = measure_runs;
    measure_runs = 5; /* the square of the number of siblings takes its time */
    (void)snprintf(name, sizeof(name), "%u siblings", siblings);
    for (uint32_t i = 0; i < 2; i++) {
        char text[sizeof(rule_text) + 16];
        (void)snprintf(text, sizeof(text), rule_text, second[i]);
        case_generate(&cases[i], name, &shape, 1);
        case_add_rule_text(&cases[i], text);
    }
    measure_warm(cases, 2);
    case_finish(&cases[0]);
    case_finish(&cases[1]);
    measure_runs = usual;
}

/* Rules cut out of a printed graph, none or a tenth of which match. */
static void run_real(const char *path)
{
    static const uint32_t hits[] = {0, 10};
    static bench_case cases[2];
    for (uint32_t i = 0; i < 2; i++) {
        workload_rules rules = {.count = 100, .hits = hits[i], .smallest = 2, .largest = 8, .seed = RULES_SEED};
        if (!case_load(&cases[i], path)) {
            fprintf(stderr, "regraft_bench: cannot read %s\n", path);
            return;
        }
        case_add_rules(&cases[i], &rules);
    }
    measure_warm(cases, 2);
    for (uint32_t i = 0; i < 2; i++) {
        measure_cold(&cases[i]);
        measure_compile(&cases[i]);
        print_tables(&cases[i]);
        measure_rewrites(&cases[i]);
        if (i == 0) {
            measure_edit(&cases[i]);
            measure_text(&cases[i]);
            measure_memory(&cases[i]);
        }
        case_finish(&cases[i]);
    }
}

typedef struct bench_options {
    plan_level level;
    const char *json;
    const char *write;
    const char *shared;
    const char *expressions;
    char **files;
    uint32_t file_count;
} bench_options;

static bool read_options(bench_options *out, int argc, char **argv)
{
    int at = 1;
    *out = (bench_options){.level = LEVEL_USUAL};
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        const char **text = strcmp(argv[at], "--json") == 0          ? &out->json
                            : strcmp(argv[at], "--write") == 0       ? &out->write
                            : strcmp(argv[at], "--shared") == 0      ? &out->shared
                            : strcmp(argv[at], "--expressions") == 0 ? &out->expressions
                                                                     : NULL;
        if (text != NULL && at + 1 < argc) {
            *text = argv[++at];
        } else if (strcmp(argv[at], "--quick") == 0) {
            out->level = LEVEL_QUICK;
        } else if (strcmp(argv[at], "--huge") == 0) {
            out->level = LEVEL_HUGE;
        } else {
            return false;
        }
    }
    out->files = argv + at;
    out->file_count = (uint32_t)(argc - at);
    return (out->shared == NULL && out->expressions == NULL) || out->file_count > 0;
}

int main(int argc, char **argv)
{
    bench_options options;
    if (!read_options(&options, argc, argv)) {
        fprintf(stderr, "usage: regraft_bench [--quick | --huge] [--json FILE] [GRAPH.py...]\n"
                        "       regraft_bench --write FOLDER\n"
                        "       regraft_bench --shared RULES.py [--json FILE] GRAPH.py...\n"
                        "       regraft_bench --expressions PATTERNS.py [--json FILE] GRAPH.py\n");
        return 2;
    }
    if (options.write != NULL) {
        shared_write(options.write);
        return 0;
    }
    measure_runs = options.level == LEVEL_QUICK ? 5 : 31;
    print_heading();
    if (options.shared != NULL) {
        shared_measure(options.shared, options.files, options.file_count);
    } else if (options.expressions != NULL) {
        shared_measure_expressions(options.expressions, options.files[0]);
    } else {
        for (uint32_t i = 0; i < PLAN_COUNT; i++) {
            if (plans[i].level <= options.level) {
                run_plan(&plans[i]);
            }
        }
        run_siblings(10);
        run_siblings(100);
        for (uint32_t i = 0; i < options.file_count; i++) {
            run_real(options.files[i]);
        }
    }
    if (options.json != NULL) {
        write_json(options.json);
    }
    return 0;
}

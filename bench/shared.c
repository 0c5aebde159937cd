/*
 * shared.c: the workloads for several engines; see shared.h. bench/peers/ has the other engines.
 *
 * All of them read the same files. Ops have no arguments but nodes, patterns have one result, no two matches overlap:
 * that much every engine can express, and then all must find the same matches.
 */
#include "shared.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <regraft/document.h>

#include "measure.h"

typedef struct shared_workload {
    const char *name;
    workload_shape shape;
    uint32_t graphs;
    uint32_t rules;
    uint32_t hits; /* rules that match */
} shared_workload;

static const shared_workload workloads[] = {
    {"layered-3000-rules-1", {WORKLOAD_LAYERED, 3000, 1, 0, 0}, 16, 1, 0},
    {"layered-3000-rules-10", {WORKLOAD_LAYERED, 3000, 1, 0, 0}, 16, 10, 0},
    {"layered-3000-rules-100", {WORKLOAD_LAYERED, 3000, 1, 0, 0}, 16, 100, 0},
    {"layered-3000-rules-1000", {WORKLOAD_LAYERED, 3000, 1, 0, 0}, 16, 1000, 0},
    {"layered-3000-hits-10", {WORKLOAD_LAYERED, 3000, 1, 0, 0}, 16, 100, 10},
    {"layered-10000-rules-100", {WORKLOAD_LAYERED, 10000, 1, 0, 0}, 4, 100, 0},
    {"random-10000-rules-100", {WORKLOAD_RANDOM, 10000, 1, 0, 0}, 4, 100, 0},
};

static void make_folder(const char *path)
{
    require(mkdir(path, 0777) == 0 || errno == EEXIST, "making a folder");
}

void shared_write(const char *folder)
{
    enum { MAX_PATH = 1024 };
    char path[MAX_PATH];
    make_folder(folder);
    for (uint32_t i = 0; i < sizeof(workloads) / sizeof(workloads[0]); i++) {
        static bench_case at;
        const shared_workload *from = &workloads[i];
        workload_rules rules = {from->rules, from->hits, 2, 8, true, false, 4242};
        case_generate(&at, from->name, &from->shape, from->graphs);
        case_add_rules(&at, &rules);
        (void)snprintf(path, sizeof(path), "%s/%s", folder, from->name);
        make_folder(path);
        for (uint32_t j = 0; j < at.graph_count; j++) {
            (void)snprintf(path, sizeof(path), "%s/%s/graph%02u.py", folder, from->name, j);
            require(rg_graph_write(at.graphs[j], NULL, path) == RG_OK, "writing a graph");
        }
        (void)snprintf(path, sizeof(path), "%s/%s/rules.py", folder, from->name);
        FILE *file = fopen(path, "w");
        require(file != NULL && rg_rule_set_dump(at.set, (rg_sink){write_text, file}) == RG_OK && fclose(file) == 0,
                "writing rules");
        case_finish(&at);
    }
}

void shared_measure(const char *rules, char *const *graphs, uint32_t graph_count)
{
    static bench_case at;
    case_load_shared(&at, rules, graphs, graph_count);
    measure_warm(&at, 1);
    measure_cold(&at);
    measure_load(&at);
    measure_rewrites(&at);
    measure_text(&at);
    case_finish(&at);
}

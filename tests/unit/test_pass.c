/* Passes and their manager: names, configuration, order of events, counts, dumps, uuids, failures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "support/failing_allocator.h"

/* x + x, relu'd; and a reshape that changes nothing. */
static const char *const GRAPH = "class G(torch.nn.Module):\n"
                                 "    def forward(self, x: \"f32[4, 8][8, 1]cpu\"):\n"
                                 "        add: \"f32[4, 8][8, 1]cpu\" = torch.ops.aten.add.Tensor(x, x);  x = None\n"
                                 "        view: \"f32[4, 8][8, 1]cpu\" = torch.ops.aten.reshape.default(add, [4, 8]);"
                                 "  add = None\n"
                                 "        relu: \"f32[4, 8][8, 1]cpu\" = torch.ops.aten.relu.default(view);"
                                 "  view = None\n"
                                 "        return (relu,)\n";

static const char *const RULES = "class double_relu(Rule):\n"
                                 "    \"\"\"relu(x + x) is relu(x * 2).\"\"\"\n"
                                 "    def pattern(x: \"f32[a, b]\"):\n"
                                 "        return torch.relu(x + x)\n"
                                 "    def replacement(x):\n"
                                 "        return torch.relu(x * 2)\n";

typedef struct fixture {
    rg_context *context;
    rg_graph *graph;
    rg_rule_set *rules;
    rg_buffer events; /* what was logged and dumped, a line each */
} fixture;

static void log_line(void *user, rg_severity severity, rg_string line)
{
    fixture *f = user;
    assert_int_equal(severity, RG_SEVERITY_NOTE);
    const char *end = strstr(line.data, " completed in "); /* times are not for tests */
    size_t size = end == NULL ? line.size : (size_t)(end - line.data) + strlen(" completed");
    rg__buffer_append_format(&f->events, "log %.*s\n", (int)size, line.data);
}

/* Which pass is running is known to callbacks. */
static rg_status note_match(void *user, const rg_match *match)
{
    rg_pass_manager **manager = user;
    rg_pass pass = rg_pass_manager_current(*manager);
    assert_string_equal(rg_pass_manager_result(*manager, pass).name.data, "fuse");
    assert_int_equal(rg_match_node_count(match), 2);
    return RG_OK;
}

static rg_status dump(void *user, rg_string name, rg_string text)
{
    fixture *f = user;
    rg_graph *again = NULL;
    assert_int_equal(rg_graph_parse(&again, f->context, text, name), RG_OK); /* what is dumped can be read */
    rg_graph_destroy(again);
    rg__buffer_append_format(&f->events, "dump %s\n", name.data);
    return RG_OK;
}

static rg_pass_manager_options observed(fixture *f)
{
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.log = log_line;
    options.log_user = f;
    options.dump = dump;
    options.dump_user = f;
    options.verify = true;
    return options;
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof(*f));
    assert_non_null(f);
    assert_int_equal(rg_context_create(&f->context, NULL), RG_OK);
    assert_int_equal(rg_graph_parse(&f->graph, f->context, rg_string_from(GRAPH), rg_string_from("graph.py")), RG_OK);
    assert_int_equal(rg_rule_set_create(&f->rules, f->context), RG_OK);
    assert_int_equal(rg_rule_set_load_text(f->rules, rg_string_from(RULES), rg_string_from("rules.py")), RG_OK);
    rg__buffer_init(&f->events, rg__default_allocator());
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    rg__buffer_free(&f->events);
    rg_rule_set_destroy(f->rules);
    rg_graph_destroy(f->graph);
    rg_context_destroy(f->context);
    free(f);
    return 0;
}

static const char *last_message(const fixture *f)
{
    size_t count = rg_context_diagnostic_count(f->context);
    return count == 0 ? "" : rg_context_diagnostic(f->context, count - 1)->message.data;
}

static char *printed(const rg_graph *graph)
{
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    assert_int_equal(rg_graph_print(graph, NULL, rg__buffer_sink(&text)), RG_OK);
    char *copy = strdup(text.data);
    rg__buffer_free(&text);
    return copy;
}

static void test_shipped_passes_are_listed(void **state)
{
    (void)state;
    assert_true(rg_pass_count() >= 4);
    for (size_t i = 0; i < rg_pass_count(); i++) {
        rg_pass_info info = rg_pass_get_info(i);
        assert_true(info.name.size > 0 && info.class_name.size > 0 && info.dump_name.size > 0);
        assert_true(info.description.size > 0);
        for (size_t j = 0; j < i; j++) {
            assert_false(rg_string_equal(info.name, rg_pass_get_info(j).name));
            assert_false(rg_string_equal(info.class_name, rg_pass_get_info(j).class_name));
        }
    }
    assert_int_equal(rg_pass_get_info(rg_pass_count()).name.size, 0);
}

static void test_a_run_dumps_counts_and_logs_in_order(void **state)
{
    fixture *f = *state;
    rg_pass_manager_options options = observed(f);
    rg_pass_manager *manager = NULL;
    options.on_match = note_match;
    options.on_match_user = &manager;
    rg_pass noop;
    rg_pass fuse;
    rg_pass cleanup;
    assert_int_equal(rg_pass_manager_create(&manager, f->context, &options), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&noop, manager, rg_string_from("NoOpEliminationPass")), RG_OK);
    assert_int_equal(rg_pass_manager_add_rules(&fuse, manager, rg_string_from("fuse"), f->rules), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&cleanup, manager, rg_string_from("cleanup")), RG_OK);
    assert_int_equal(rg_pass_manager_pass_count(manager), 3);
    assert_int_equal(rg_pass_manager_pass(manager, 1).id, fuse.id);
    assert_int_equal(rg_pass_manager_pass(manager, 3).id, 0);
    assert_ptr_equal(rg_pass_manager_rules(manager, fuse), f->rules);
    assert_null(rg_pass_manager_rules(manager, noop));

    assert_int_equal(rg_pass_manager_run(manager, f->graph), RG_OK);
    assert_string_equal(f->events.data, "dump post_grad.0.NoOpEliminationPass.before\n"
                                        "log Removed 1 no-op reshapes and slices\n"
                                        "dump post_grad.0.NoOpEliminationPass.after\n"
                                        "log NoOpEliminationPass completed\n"
                                        "dump post_grad.1.fuse.before\n"
                                        "log Replaced 1 patterns\n"
                                        "dump post_grad.1.fuse.after\n"
                                        "log fuse completed\n"
                                        "dump post_grad.2.PostCleanupPass.before\n"
                                        "dump post_grad.2.PostCleanupPass.after\n"
                                        "log PostCleanupPass completed\n"
                                        "log fusion pass matches: {'NoOpEliminationPass': 1, 'fuse': 1, "
                                        "'PostCleanupPass': 0}\n");
    assert_int_equal(rg_pass_manager_current(manager).id, 0);
    assert_int_equal(rg_pass_manager_result(manager, fuse).matched, 1);
    assert_int_equal(rg_pass_manager_result(manager, fuse).gave_up, 0);
    assert_true(rg_pass_manager_result(manager, fuse).nanoseconds > 0);

    /* A second run finds nothing; the table keeps its sums until it is reset. */
    assert_int_equal(rg_pass_manager_run(manager, f->graph), RG_OK);
    assert_int_equal(rg_pass_manager_result(manager, fuse).matched, 0);
    assert_int_equal(rg_match_table_count(f->context), 3);
    rg_match_table_entry entry = rg_match_table_get(f->context, 1);
    assert_string_equal(entry.pass.data, "fuse");
    assert_int_equal(entry.matched, 1);
    assert_int_equal(rg_match_table_get(f->context, 3).pass.size, 0);
    rg_pass_manager_destroy(manager);
}

/* The table belongs to the context: managers that come and go add to it. */
static void test_the_match_table_outlives_managers(void **state)
{
    fixture *f = *state;
    rg_match_table_entry before[2];
    for (size_t i = 0; i < 2; i++) {
        rg_pass_manager *manager = NULL;
        rg_graph *graph = NULL;
        rg_pass pass;
        assert_int_equal(rg_match_table_find(f->context, rg_string_from("fuse")), i);
        assert_int_equal(rg_graph_clone(&graph, f->graph), RG_OK);
        assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
        assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from("noop")), RG_OK);
        assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("fuse"), f->rules), RG_OK);
        assert_int_equal(rg_pass_manager_run(manager, graph), RG_OK);
        rg_pass_manager_destroy(manager);
        rg_graph_destroy(graph);
        if (i == 0) {
            assert_int_equal(rg_match_table_snapshot(f->context, before, 1), 2); /* no room for the second */
            assert_int_equal(rg_match_table_snapshot(f->context, before, 2), 2);
        }
    }
    assert_string_equal(before[1].pass.data, "fuse");
    assert_int_equal(before[1].matched, 1);
    assert_int_equal(rg_match_table_find(f->context, before[1].pass) - before[1].matched, 1);
    rg_match_table_reset(f->context);
    assert_int_equal(rg_match_table_count(f->context), 0);
    assert_int_equal(rg_match_table_find(f->context, rg_string_from("fuse")), 0);
}

static void test_unknown_names_get_a_suggestion(void **state)
{
    fixture *f = *state;
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
    assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from("rms_qant")), RG_ERROR_NAME);
    assert_string_equal(last_message(f), "there is no pass 'rms_qant'; did you mean 'rms_quant'?");
    assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from("zzz")), RG_ERROR_NAME);
    assert_string_equal(last_message(f), "there is no pass 'zzz'");
    assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from("model_type"), rg_string_from("none")),
                     RG_ERROR_NAME);
    assert_string_equal(last_message(f), "there is no configuration key 'model_type'; did you mean 'model_dtype'?");
    assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from("zzz"), rg_string_from("1")), RG_ERROR_NAME);
    assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from("fp8_dtype"), rg_string_from("none")),
                     RG_ERROR_ARGUMENT);
    assert_int_equal(rg_pass_manager_set_config(manager, rg_string_from("fp8_dtype"), rg_string_from("float9")),
                     RG_ERROR_ARGUMENT);
    assert_int_equal(
        rg_pass_manager_set_config(manager, rg_string_from("model_dtype"), rg_string_from("torch.bfloat16")), RG_OK);
    assert_int_equal(rg_pass_manager_pass_count(manager), 0);
    rg_pass_manager_destroy(manager);
}

/* Renames the output's input and then fails: the manager must undo it. */
static rg_status spoil(rg_graph *graph, size_t *matched, void *user)
{
    (void)user;
    *matched = 7;
    assert_int_equal(rg_graph_set_name(graph, rg_graph_find(graph, rg_string_from("relu")), rg_string_from("spoiled")),
                     RG_OK);
    return RG_ERROR_UNSUPPORTED;
}

static void test_a_failed_pass_leaves_the_graph(void **state)
{
    fixture *f = *state;
    rg_pass_manager_options options = observed(f);
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    rg_pass_definition definition = RG_PASS_DEFINITION_INIT;
    definition.name = rg_string_from("spoil");
    definition.run = spoil;
    char *before = printed(f->graph);
    assert_int_equal(rg_pass_manager_create(&manager, f->context, &options), RG_OK);
    assert_int_equal(rg_pass_manager_add(&pass, manager, &definition), RG_OK);
    assert_int_equal(rg_pass_manager_run(manager, f->graph), RG_ERROR_UNSUPPORTED);
    assert_string_equal(last_message(f), "the pass 'spoil' failed; the graph is as it was before it");
    assert_string_equal(f->events.data, "dump post_grad.0.spoil.before\n");
    char *after = printed(f->graph);
    assert_string_equal(before, after);
    assert_int_equal(rg_graph_verify(f->graph), RG_OK);
    free(before);
    free(after);
    rg_pass_manager_destroy(manager);
}

static void test_a_pass_needs_a_name_and_a_function(void **state)
{
    fixture *f = *state;
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    rg_pass_definition definition = RG_PASS_DEFINITION_INIT;
    definition.name = rg_string_from("nothing");
    assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
    assert_int_equal(rg_pass_manager_add(&pass, manager, &definition), RG_ERROR_ARGUMENT);
    assert_int_equal(pass.id, 0);
    rg_pass_manager_destroy(manager);
}

static void uuid_of(rg_uuid *out, fixture *f, const char *rules)
{
    rg_rule_set *set = NULL;
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    assert_int_equal(rg_rule_set_create(&set, f->context), RG_OK);
    assert_int_equal(rg_rule_set_load_text(set, rg_string_from(rules), rg_string_from("r.py")), RG_OK);
    assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
    assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("p"), set), RG_OK);
    assert_int_equal(rg_pass_manager_pass_uuid(out, manager, pass), RG_OK);
    rg_pass_manager_destroy(manager);
    rg_rule_set_destroy(set);
}

static void test_uuids_hash_what_rules_mean(void **state)
{
    fixture *f = *state;
    rg_uuid uuid;
    rg_uuid same;
    rg_uuid other;
    uuid_of(&uuid, f, RULES);
    assert_int_equal(strlen(uuid.text), 64);
    assert_int_equal(strspn(uuid.text, "0123456789abcdef"), 64);
    /* a comment and a local name change nothing; a constant does */
    uuid_of(&same, f,
            "class double_relu(Rule):\n"
            "    \"\"\"relu(x + x) is relu(x * 2).\"\"\"\n"
            "    # by hand\n"
            "    def pattern(x: \"f32[a, b]\"):\n"
            "        twice = x + x\n"
            "        return torch.relu(twice)\n"
            "    def replacement(x):\n"
            "        return torch.relu(x * 2)\n");
    uuid_of(&other, f,
            "class double_relu(Rule):\n"
            "    def pattern(x: \"f32[a, b]\"):\n"
            "        return torch.relu(x + x)\n"
            "    def replacement(x):\n"
            "        return torch.relu(x * 3)\n");
    assert_string_equal(uuid.text, same.text);
    assert_string_not_equal(uuid.text, other.text);
}

/* relu(relu(x)) loses one relu a sweep; how often a pass may sweep is part of what it means. */
static void test_sweeps_until_nothing_matches(void **state)
{
    fixture *f = *state;
    static const char *const rules = "class shorter(Rule):\n"
                                     "    def pattern(x: \"f32[a]\"):\n"
                                     "        return torch.relu(torch.relu(x))\n"
                                     "    def replacement(x):\n"
                                     "        return torch.relu(x)\n";
    static const char *const text = "class G(torch.nn.Module):\n"
                                    "    def forward(self, x: \"f32[4]\"):\n"
                                    "        a: \"f32[4]\" = torch.ops.aten.relu.default(x)\n"
                                    "        b: \"f32[4]\" = torch.ops.aten.relu.default(a)\n"
                                    "        c: \"f32[4]\" = torch.ops.aten.relu.default(b)\n"
                                    "        d: \"f32[4]\" = torch.ops.aten.relu.default(c)\n"
                                    "        return (d,)\n";
    static const struct {
        uint32_t max_sweeps;
        rg_status status;
        size_t nodes; /* afterwards */
    } cases[] = {{0, RG_OK, 4}, {1, RG_OK, 4}, {2, RG_ERROR_LIMIT, 6}, {3, RG_OK, 3}, {9, RG_OK, 3}};
    rg_uuid uuids[sizeof(cases) / sizeof(*cases)];
    assert_int_equal(rg_rule_set_load_text(f->rules, rg_string_from(rules), rg_string_from("rules.py")), RG_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
        rg_pass_manager *manager = NULL;
        rg_pass pass;
        rg_graph *graph = NULL;
        options.max_sweeps = cases[i].max_sweeps;
        assert_int_equal(rg_graph_parse(&graph, f->context, rg_string_from(text), rg_string_from("graph.py")), RG_OK);
        assert_int_equal(rg_pass_manager_create(&manager, f->context, &options), RG_OK);
        assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("rules"), f->rules), RG_OK);
        assert_int_equal(rg_pass_manager_run(manager, graph), cases[i].status);
        assert_int_equal(rg_graph_node_count(graph), cases[i].nodes);
        assert_int_equal(rg_pass_manager_uuid(&uuids[i], manager), RG_OK);
        rg_pass_manager_destroy(manager);
        rg_graph_destroy(graph);
    }
    assert_string_equal(uuids[0].text, uuids[1].text);
    assert_string_not_equal(uuids[1].text, uuids[2].text);
    assert_string_not_equal(uuids[2].text, uuids[3].text);
}

static void test_the_managers_uuid_covers_passes_order_and_configuration(void **state)
{
    fixture *f = *state;
    static const char *const orders[][2] = {{"noop", "cleanup"}, {"cleanup", "noop"}, {"noop", "cleanup"}};
    rg_uuid uuids[3];
    for (size_t i = 0; i < 3; i++) {
        rg_pass_manager *manager = NULL;
        rg_pass pass;
        assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
        if (i == 2) {
            assert_int_equal(
                rg_pass_manager_set_config(manager, rg_string_from("model_dtype"), rg_string_from("float16")), RG_OK);
        }
        for (size_t j = 0; j < 2; j++) {
            assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from(orders[i][j])), RG_OK);
        }
        assert_int_equal(rg_pass_manager_uuid(&uuids[i], manager), RG_OK);
        assert_int_equal(rg_pass_manager_pass_uuid(&(rg_uuid){{0}}, manager, (rg_pass){9}), RG_ERROR_ARGUMENT);
        rg_pass_manager_destroy(manager);
    }
    assert_string_not_equal(uuids[0].text, uuids[1].text);
    assert_string_not_equal(uuids[0].text, uuids[2].text);
}

/* The first rule erases the node with the highest number, the second makes one that would get the next. */
static const char *const NUMBERED =
    "class G(torch.nn.Module):\n"
    "    def forward(self, x: \"f32[8, 4]\"):\n"
    "        add_tensor: \"f32[8, 4]\" = torch.ops.aten.add.Tensor(x, 1)\n"
    "        mul: \"f32[8, 4]\" = torch.ops.aten.mul.Tensor(add_tensor, 3)\n"
    "        add_tensor_7: \"f32[8, 4]\" = torch.ops.aten.add.Tensor(x, 2);  x = None\n"
    "        sin: \"f32[8, 4]\" = torch.ops.aten.sin.default(add_tensor_7);  add_tensor_7 = None\n"
    "        return (sin, mul, add_tensor)\n";
static const char *const ERASING = "class erasing(Rule):\n"
                                   "    def pattern(x: \"f32[t, h]\"):\n"
                                   "        return torch.sin(torch.ops.aten.add.Tensor(x, 2))\n"
                                   "    def replacement(x):\n"
                                   "        return torch.sin(x)\n";
static const char *const MAKING = "class making(Rule):\n"
                                  "    def pattern(x: \"f32[t, h]\"):\n"
                                  "        return torch.ops.aten.mul.Tensor(x, 3)\n"
                                  "    def replacement(x):\n"
                                  "        return torch.ops.aten.mul.Tensor(torch.ops.aten.add.Tensor(x, x), x)\n";

static rg_status keep_dump(void *user, rg_string name, rg_string text)
{
    char **dumps = user; /* before and after of the second pass */
    if (strstr(name.data, ".1.") != NULL) {
        dumps[strstr(name.data, ".after") != NULL] = strdup(text.data);
    }
    return RG_OK;
}

/* What a pass does to a dump is what it did to the graph: names that are gone leave no trace. */
static void test_a_dump_can_be_replayed(void **state)
{
    fixture *f = *state;
    char *dumps[2] = {NULL, NULL};
    rg_rule_set *sets[2];
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    rg_pass_manager *manager = NULL;
    rg_graph *graph = NULL;
    rg_pass pass;
    options.dump = keep_dump;
    options.dump_user = dumps;
    assert_int_equal(rg_graph_parse(&graph, f->context, rg_string_from(NUMBERED), rg_string_from("g.py")), RG_OK);
    assert_int_equal(rg_pass_manager_create(&manager, f->context, &options), RG_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(rg_rule_set_create(&sets[i], f->context), RG_OK);
        assert_int_equal(
            rg_rule_set_load_text(sets[i], rg_string_from(i == 0 ? ERASING : MAKING), rg_string_from("r.py")), RG_OK);
        assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from(i == 0 ? "erase" : "make"), sets[i]),
                         RG_OK);
    }
    assert_int_equal(rg_pass_manager_run(manager, graph), RG_OK);
    rg_pass_manager_destroy(manager);
    rg_graph_destroy(graph);

    assert_int_equal(rg_graph_parse(&graph, f->context, rg_string_from(dumps[0]), rg_string_from("g.py")), RG_OK);
    assert_int_equal(rg_pass_manager_create(&manager, f->context, NULL), RG_OK);
    assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("make"), sets[1]), RG_OK);
    assert_int_equal(rg_pass_manager_run(manager, graph), RG_OK);
    char *replayed = printed(graph);
    assert_string_equal(replayed, dumps[1]);
    assert_non_null(strstr(replayed, "add_tensor_1"));
    free(replayed);
    free(dumps[0]);
    free(dumps[1]);
    rg_pass_manager_destroy(manager);
    rg_graph_destroy(graph);
    rg_rule_set_destroy(sets[0]);
    rg_rule_set_destroy(sets[1]);
}

static rg_string file_text(rg_buffer *buffer, const char *directory, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    rg__buffer_clear(buffer);
    for (int c = fgetc(file); c != EOF; c = fgetc(file)) {
        rg__buffer_append_char(buffer, (char)c);
    }
    (void)fclose(file);
    (void)unlink(path);
    return rg__buffer_string(buffer);
}

static void test_dumps_are_files_that_load(void **state)
{
    fixture *f = *state;
    char base[] = "/tmp/regraft-test-XXXXXX";
    assert_non_null(mkdtemp(base));
    char directory[64];
    (void)snprintf(directory, sizeof(directory), "%s/a/b", base);
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.dump_directory = directory;
    rg_buffer text;
    rg__buffer_init(&text, rg__default_allocator());
    char *before = printed(f->graph);
    for (int run = 0; run < 2; run++) {
        rg_pass_manager *manager = NULL;
        rg_pass pass;
        assert_int_equal(rg_pass_manager_create(&manager, f->context, &options), RG_OK);
        assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("fuse"), f->rules), RG_OK);
        if (run == 0) {
            assert_int_equal(rg_pass_manager_run(manager, f->graph), RG_OK);
        }
        rg_pass_manager_destroy(manager);
    }
    assert_string_equal(file_text(&text, directory, "post_grad.0.fuse.before.py").data, before);
    char *after = printed(f->graph);
    assert_string_equal(file_text(&text, directory, "post_grad.0.fuse.after.py").data, after);
    static const char *const patterns[] = {"patterns.fuse.0.py", "patterns.fuse.1.py"}; /* numbers are not reused */
    for (size_t i = 0; i < 2; i++) {
        rg_rule_set *set = NULL;
        assert_int_equal(rg_rule_set_create(&set, f->context), RG_OK);
        assert_int_equal(
            rg_rule_set_load_text(set, file_text(&text, directory, patterns[i]), rg_string_from(patterns[i])), RG_OK);
        assert_int_equal(rg_rule_set_count(set), 1);
        rg_rule_set_destroy(set);
    }
    free(before);
    free(after);
    rg__buffer_free(&text);
    assert_int_equal(rmdir(directory), 0); /* nothing else was written */
    (void)snprintf(directory, sizeof(directory), "%s/a", base);
    assert_int_equal(rmdir(directory), 0);
    assert_int_equal(rmdir(base), 0);
}

static void test_an_unwritable_dump_folder_is_an_error(void **state)
{
    fixture *f = *state;
    rg_pass_manager_options options = RG_PASS_MANAGER_OPTIONS_INIT;
    options.dump_directory = "/dev/null/dumps";
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    assert_int_equal(rg_pass_manager_create(&manager, f->context, &options), RG_OK);
    assert_int_equal(rg_pass_manager_add_rules(&pass, manager, rg_string_from("fuse"), f->rules), RG_ERROR_IO);
    assert_int_equal(rg_pass_manager_add_named(&pass, manager, rg_string_from("noop")), RG_OK);
    assert_int_equal(rg_pass_manager_run(manager, f->graph), RG_ERROR_IO);
    rg_pass_manager_destroy(manager);
}

static rg_status run_everything(const rg_allocator *allocator, void *user)
{
    (void)user;
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = allocator;
    rg_context *context = NULL;
    rg_graph *graph = NULL;
    rg_rule_set *rules = NULL;
    rg_pass_manager *manager = NULL;
    rg_pass pass;
    rg_uuid uuid;
    rg_status status = rg_context_create(&context, &options);
    if (status == RG_OK) {
        status = rg_graph_parse(&graph, context, rg_string_from(GRAPH), rg_string_from("g.py"));
    }
    if (status == RG_OK) {
        status = rg_rule_set_create(&rules, context);
    }
    if (status == RG_OK) {
        status = rg_rule_set_load_text(rules, rg_string_from(RULES), rg_string_from("r.py"));
    }
    if (status == RG_OK) {
        status = rg_pass_manager_create(&manager, context, NULL);
    }
    if (status == RG_OK) {
        status = rg_pass_manager_add_named(&pass, manager, rg_string_from("noop"));
    }
    if (status == RG_OK) {
        status = rg_pass_manager_add_rules(&pass, manager, rg_string_from("fuse"), rules);
    }
    if (status == RG_OK) {
        status = rg_pass_manager_add_named(&pass, manager, rg_string_from("cleanup"));
    }
    if (status == RG_OK) {
        status = rg_pass_manager_run(manager, graph);
    }
    if (status == RG_OK) {
        status = rg_graph_verify(graph);
    }
    if (status == RG_OK) {
        status = rg_pass_manager_uuid(&uuid, manager);
    }
    rg_pass_manager_destroy(manager);
    rg_rule_set_destroy(rules);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return status;
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(failing_allocator_exhaust(run_everything, NULL) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_passes_are_listed),
        cmocka_unit_test_setup_teardown(test_a_run_dumps_counts_and_logs_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_match_table_outlives_managers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_names_get_a_suggestion, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_failed_pass_leaves_the_graph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_dump_can_be_replayed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_pass_needs_a_name_and_a_function, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_uuids_hash_what_rules_mean, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sweeps_until_nothing_matches, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_managers_uuid_covers_passes_order_and_configuration, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_dumps_are_files_that_load, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_unwritable_dump_folder_is_an_error, set_up, tear_down),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Pattern expressions against what PyTorch's own matcher does: the files of tests/data/expressions, which
 * scripts/gen_expression_golden.py writes, and the serialised attention patterns of the corpus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <regraft/regraft.h>

#include "base/buffer.h"
#include "base/table.h"
#include "match/expression_impl.h"
#include "match/expression_screen.h"
#include "support/expression_case.h"
#include "support/text_reading.h"

static rg_context *new_context(void)
{
    rg_context *context = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

/* ---- random.txt ---- */

/* One case: the texts of its sections. */
typedef struct random_case {
    rg_buffer pattern;
    rg_buffer printed; /* empty: Inductor's print would not read back */
    rg_buffer graph;
    rg_buffer results;
} random_case;

static rg_buffer *section_of(random_case *one, const char *line)
{
    static const char *const marks[] = {"--- pattern\n", "--- printed\n", "--- graph\n", "--- results\n"};
    rg_buffer *sections[] = {&one->pattern, &one->printed, &one->graph, &one->results};
    for (size_t i = 0; i < 4; i++) {
        if (strncmp(line, marks[i], strlen(marks[i])) == 0) {
            return sections[i];
        }
    }
    return NULL;
}

static void start_case(random_case *one)
{
    rg__buffer_init(&one->pattern, rg__default_allocator());
    rg__buffer_init(&one->printed, rg__default_allocator());
    rg__buffer_init(&one->graph, rg__default_allocator());
    rg__buffer_init(&one->results, rg__default_allocator());
}

static void end_case(random_case *one)
{
    rg__buffer_free(&one->pattern);
    rg__buffer_free(&one->printed);
    rg__buffer_free(&one->graph);
    rg__buffer_free(&one->results);
}

/* The result that the file gives for a node. */
static const char *expected_result(const char *results, rg_string name, size_t *listed)
{
    static char line[4096];
    while (results != NULL && *results != '\0') {
        const char *end = strchr(results, '\n');
        size_t size = end == NULL ? strlen(results) : (size_t)(end - results);
        if (size > name.size && results[name.size] == ' ' && memcmp(results, name.data, name.size) == 0) {
            (void)snprintf(line, sizeof line, "%.*s", (int)(size - name.size - 1), results + name.size + 1);
            (*listed)++;
            return line;
        }
        results = end == NULL ? NULL : end + 1;
    }
    return "no: function_mismatch";
}

/* What is printed reads back as the same, and prints the same again. */
static void check_reads_back(rg_context *context, const rg_expression *expression)
{
    char *text = strdup(printed_expression(expression));
    rg_expression_list *again = read_expressions(context, text, 1);
    bool equal = false;
    assert_int_equal(rg_expression_equal(&equal, expression, rg_expression_list_get(again, 0)), RG_OK);
    if (!equal) {
        fail_msg("this reads back as something else:\n%s", text);
    }
    assert_string_equal(printed_expression(rg_expression_list_get(again, 0)), text);
    free(text);
    rg_expression_list_destroy(again);
}

/* What a pass leaves out by surroundings does not match, and equal surroundings give equal answers. */
static void check_screen(rg_context *context, const rg_expression *expression, rg_graph *graph)
{
    rg_map answers = {0}; /* hash of the surroundings -> answer */
    rg_surroundings words = {0};
    rg_expression_matcher *matcher = NULL;
    const rg_allocator *allocator = rg__default_allocator();
    assert_int_equal(rg_expression_matcher_create(&matcher, context, expression, NULL), RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        bool matched = false;
        uint32_t known = 0;
        assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, node), RG_OK);
        bool answer = rg__expression_may_match(matcher, graph, node);
        assert_true(answer || !matched);
        assert_true(rg__expression_surroundings(&words, graph, node));
        uint64_t hash = rg__hash_bytes(words.items, words.count * sizeof *words.items, 0);
        if (rg__map_find(&answers, hash, &known)) {
            assert_int_equal(known, answer);
        }
        assert_true(rg__map_set(allocator, &answers, hash, answer));
    }
    rg_expression_matcher_destroy(matcher);
    rg__map_free(allocator, &answers);
    rg__vector_free(allocator, &words);
}

/* An observed attempt comes to the same as an ordinary one. Of several candidates for an output it tells the nearest,
 * which need not be the last. */
static void check_observed(rg_context *context, const rg_expression *expression, rg_graph *graph)
{
    size_t parts = (size_t)expression->node_count + 1;
    bool has_candidates = expression->nodes[expression->root].kind == RG_EXPRESSION_MULTI_OUTPUT;
    rg_expression_observer observer = {.found = calloc(parts, sizeof(rg_node)), .refused = calloc(parts, 1)};
    rg_expression_matcher *matcher = NULL;
    assert_int_equal(rg_expression_matcher_create(&matcher, context, expression, NULL), RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        bool matched = false;
        uint32_t root = expression->root;
        assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, node), RG_OK);
        rg_expression_failure failure = rg_expression_matcher_failure(matcher);
        assert_int_equal(rg__expression_observe(matcher, &observer, graph, root, node), RG_OK);
        assert_int_equal(observer.count == 0, matched);
        if (!matched && !has_candidates) {
            const rg_expression_failure *first = &observer.first.failure;
            assert_int_equal(first->reason, failure.reason);
            assert_true(first->value.bits == failure.value.bits && first->found.bits == failure.found.bits);
            assert_true(first->part.id == failure.part.id || failure.reason == RG_EXPRESSION_REASON_KEYWORD);
            assert_int_equal(first->constant.id, failure.constant.id);
        }
    }
    rg_expression_matcher_destroy(matcher);
    free(observer.found);
    free(observer.refused);
}

static void check_random_case(int number, const random_case *one)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, one->graph.data);
    rg_expression_list *list = read_expressions(context, one->pattern.data, 1);
    const rg_expression *expression = rg_expression_list_get(list, 0);
    size_t listed = 0;
    size_t lines = 0;
    for (const char *at = one->results.data; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_same(node, rg_graph_output(graph));
         node = rg_graph_next(graph, node)) {
        rg_string name = rg_node_name(graph, node);
        const char *expected = expected_result(one->results.data, name, &listed);
        const char *result = expression_result(context, expression, graph, node);
        if (strcmp(result, expected) != 0) {
            fail_msg("case %d at %s:\n%sPyTorch: %s\nregraft: %s", number, name.data, one->pattern.data, expected,
                     result);
        }
    }
    assert_int_equal(listed, lines);
    if (one->printed.size > 0) {
        char *printed = strndup(one->printed.data, one->printed.size - 1); /* without the last line break */
        assert_string_equal(printed_expression(expression), printed);
        free(printed);
    }
    check_reads_back(context, expression);
    check_screen(context, expression, graph);
    check_observed(context, expression, graph);
    rg_expression_list_destroy(list);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* REGRAFT_EXPRESSION_CASES in the environment names a file of other cases (scripts/gen_expression_golden.py --cases).
 */
static void test_random(void **state)
{
    (void)state;
    const char *other = getenv("REGRAFT_EXPRESSION_CASES");
    rg_string file = read_file(other != NULL ? other : REGRAFT_TEST_DATA_DIR "/expressions/random.txt");
    random_case one;
    rg_buffer *section = NULL;
    int count = 0;
    start_case(&one);
    for (const char *line = strchr(file.data, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        if (strncmp(line, "=== ", 4) == 0) {
            if (count++ > 0) {
                check_random_case(count - 1, &one);
            }
            end_case(&one);
            start_case(&one);
        } else if (strncmp(line, "--- ", 4) == 0) {
            section = section_of(&one, line);
            assert_non_null(section);
        } else {
            rg__buffer_append(section, (rg_string){line, (size_t)(strchr(line, '\n') + 1 - line)});
        }
    }
    check_random_case(count, &one);
    end_case(&one);
    assert_true(count >= 400);
    free((void *)file.data);
}

/* ---- attention ---- */

enum { PATTERN_COUNT = 72, GRAPH_COUNT = 47 };

typedef struct attention {
    rg_context *context;
    size_t pattern_count;
    char *names[PATTERN_COUNT];
    rg_expression_list *lists[PATTERN_COUNT];
} attention;

/* The name of a file without folder and ending. */
static char *stem_of(const char *path, const char *ending)
{
    const char *name = strrchr(path, '/') + 1;
    return strndup(name, strlen(name) - strlen(ending));
}

static void load_pattern(const char *path, void *user)
{
    attention *all = user;
    rg_string file = read_file(path);
    char *text = strndup(file.data, file.size);
    assert_true(all->pattern_count < PATTERN_COUNT);
    rg_expression_list *list = read_expressions(all->context, text, 1);
    all->names[all->pattern_count] = stem_of(path, ".pattern.txt");
    all->lists[all->pattern_count++] = list;
    /* Byte for byte, but for the line break at the end of a file. */
    size_t size = strlen(text);
    text[size - 1] = text[size - 1] == '\n' ? '\0' : text[size - 1];
    assert_string_equal(printed_expression(rg_expression_list_get(list, 0)), text);
    free(text);
    free((void *)file.data);
}

static void load_patterns(attention *all)
{
    *all = (attention){.context = new_context()};
    visit_files(REGRAFT_CORPUS_DIR "/sdpa-patterns", ".pattern.txt", load_pattern, all);
    assert_int_equal(all->pattern_count, PATTERN_COUNT);
}

static void free_patterns(attention *all)
{
    for (size_t i = 0; i < all->pattern_count; i++) {
        free(all->names[i]);
        rg_expression_list_destroy(all->lists[i]);
    }
    rg_context_destroy(all->context);
}

/* The nodes that the graph's results are computed by. */
static size_t count_calls(const rg_graph *graph)
{
    size_t count = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        count += rg_node_kind(graph, node) >= RG_OP_OVERLOAD;
    }
    return count;
}

/* What the graph returns first. */
static rg_node first_result(const rg_graph *graph)
{
    rg_value value = rg_node_argument(graph, rg_graph_output(graph), 0);
    while (rg_value_get_kind(value) != RG_VALUE_NODE) {
        value = rg_value_item(rg_graph_context(graph), graph, value, 0);
    }
    return rg_value_as_node(value);
}

/* Each serialised pattern matches, whole, the trace that it was made of. */
static void test_own_graphs(void **state)
{
    (void)state;
    attention all;
    load_patterns(&all);
    for (size_t i = 0; i < all.pattern_count; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/sdpa-patterns/%s.search.py", REGRAFT_CORPUS_DIR, all.names[i]);
        rg_string file = read_file(path);
        rg_graph *graph = NULL;
        assert_int_equal(rg_graph_parse(&graph, all.context, file, rg_string_from(path)), RG_OK);
        rg_expression_matcher *matcher = NULL;
        bool matched = false;
        const rg_expression *expression = rg_expression_list_get(all.lists[i], 0);
        assert_int_equal(rg_expression_matcher_create(&matcher, all.context, expression, NULL), RG_OK);
        assert_int_equal(rg_expression_matcher_try(&matched, matcher, graph, first_result(graph)), RG_OK);
        if (!matched) {
            fail_msg("%s does not match its own graph", all.names[i]);
        }
        assert_int_equal(rg_expression_match_node_count(rg_expression_matcher_match(matcher)), count_calls(graph));
        rg_expression_matcher_destroy(matcher);
        rg_graph_destroy(graph);
        free((void *)file.data);
    }
    free_patterns(&all);
}

/* Where a pattern matches a graph of sdpa-self, line by line as attention.txt has it. */
static void append_matches(rg_buffer *out, const attention *all, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/sdpa-self/%s/joint.before.py", REGRAFT_CORPUS_DIR, name);
    rg_string file = read_file(path);
    rg_graph *graph = NULL;
    assert_int_equal(rg_graph_parse(&graph, all->context, file, rg_string_from(path)), RG_OK);
    for (size_t i = 0; i < all->pattern_count; i++) {
        for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
            const rg_expression *expression = rg_expression_list_get(all->lists[i], 0);
            const char *result = expression_result(all->context, expression, graph, node);
            if (result[0] == 'y') {
                rg__buffer_append_format(out, "%s %s %s\n", all->names[i], rg_node_name(graph, node).data, result);
            }
        }
    }
    rg_graph_destroy(graph);
    free((void *)file.data);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The patterns in the order of the file. */
static void sort_patterns(attention *all)
{
    char *names[PATTERN_COUNT];
    rg_expression_list *lists[PATTERN_COUNT];
    memcpy(names, all->names, sizeof names);
    memcpy(lists, all->lists, sizeof lists);
    qsort(all->names, PATTERN_COUNT, sizeof *all->names, compare_names);
    for (size_t i = 0; i < PATTERN_COUNT; i++) {
        for (size_t j = 0; j < PATTERN_COUNT; j++) {
            if (all->names[i] == names[j]) {
                all->lists[i] = lists[j];
            }
        }
    }
}

static void test_attention(void **state)
{
    (void)state;
    attention all;
    load_patterns(&all);
    sort_patterns(&all);
    rg_string file = read_file(REGRAFT_TEST_DATA_DIR "/expressions/attention.txt");
    char *text = strndup(file.data, file.size);
    char *rest = strstr(text, "=== ");
    size_t graphs = 0;
    free((void *)file.data);
    while (rest != NULL && *rest != '\0') {
        char *name = rest + 4;
        char *lines = strchr(name, '\n') + 1;
        lines[-1] = '\0';
        char *next = lines[0] == '=' ? lines : strstr(lines, "\n===");
        rest = next == NULL ? lines + strlen(lines) : next == lines ? lines : next + 1;
        char *expected = strndup(lines, (size_t)(rest - lines));
        rg_buffer found;
        rg__buffer_init(&found, rg__default_allocator());
        append_matches(&found, &all, name);
        assert_string_equal(found.size == 0 ? "" : found.data, expected);
        rg__buffer_free(&found);
        free(expected);
        graphs++;
    }
    assert_true(graphs >= GRAPH_COUNT);
    free(text);
    free_patterns(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_own_graphs),
        cmocka_unit_test(test_attention),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

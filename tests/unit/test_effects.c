/*
 * A property of laws 3 to 5 and 7 (doc/matching.md): a rewrite changes nothing that can be seen, whatever is written in
 * the graph, before, within or behind the match.
 *
 * Random graphs of a few ops, some of which give views and some of which write, are rewritten by random subsets of a
 * fixed list of rules; each rule keeps values as long as nobody looks at memory. Graphs are interpreted: a cell of
 * memory holds a number, a call hashes what it reads, a write changes the cell, a view reads and writes the cell of
 * what it is a view of. Seen are: the outputs when the graph ends; what the caller's own tensors hold then; what was
 * logged, in order; and which outputs are the same memory as one another or as a tensor of the caller, of which there
 * must not be more than before. Some rules see through copies and views, some leave shared nodes to their other
 * readers.
 *
 * The seed is printed; REGRAFT_SEED=n in the environment repeats a run, REGRAFT_ROUNDS=n makes it longer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <regraft/rewrite.h>

#include "base/table.h"
#include "ir/graph_impl.h"
#include "match/match_impl.h"
#include "support/graph_building.h"
#include "support/graph_rules.h"
#include "support/random.h"

enum { ROUNDS = 6000, MAX_NODES = 64, MAX_CELLS = 128, MAX_LOG = 32, MAX_OUTPUTS = 4 };

static const char *const schemas[] = {
    "my::f(Tensor x) -> Tensor",
    "my::g(Tensor x) -> Tensor",
    "my::fg(Tensor x) -> Tensor",
    "my::p(Tensor x, Tensor y) -> Tensor",
    "my::copy(Tensor x) -> Tensor",
    "my::view(Tensor(a) x) -> Tensor(a)",
    "my::view_copy(Tensor x) -> Tensor",
    "my::halves(Tensor(a) x) -> (Tensor(a), Tensor(a))",
    "my::two(Tensor x) -> (Tensor, Tensor)",
    "my::f_and_p(Tensor x, Tensor y) -> (Tensor, Tensor)",
    "my::write(Tensor x, Tensor y) -> Tensor",
    "my::write_(Tensor(a!) x, Tensor y) -> Tensor(a!)",
    "my::set(Tensor x, Tensor y) -> Tensor",
    "my::set_(Tensor(a!) x, Tensor y) -> ()",
    "my::fp_(Tensor(a!) y, Tensor x) -> Tensor(a!)",
    "my::write_f_(Tensor(a!) x, Tensor y) -> Tensor",
};

/* Each is right for values; what it does with memory differs between its sides. */
static const struct {
    const char *name;
    const char *inputs;
    const char *pattern;
    const char *replacement;
} rules[] = {
    {"fuse", "x", "a = @my.f.default(x)\nb = @my.g.default(a)\nreturn b", "b = @my.fg.default(x)\nreturn b"},
    {"drop_copy", "x", "a = @my.copy.default(x)\nreturn a", "return x"},
    {"drop_clone", "x", "a = @aten.clone.default(x)\nreturn a", "return x"},
    {"fuse_clone", "x", "a = @my.f.default(x)\nb = @aten.clone.default(a)\nc = @my.g.default(b)\nreturn c",
     "c = @my.fg.default(x)\nreturn c"},
    {"copy_view", "x", "a = @my.view.default(x)\nreturn a", "a = @my.view_copy.default(x)\nreturn a"},
    {"view_for_copy", "x", "a = @my.view_copy.default(x)\nreturn a", "a = @my.view.default(x)\nreturn a"},
    {"accumulate", "x, y", "a = @my.f.default(x)\nb = @my.p.default(a, y)\nreturn b",
     "b = @my.fp_.default(y, x)\nreturn b"},
    {"functional", "x, y", "a = @my.write_.default(x, y)\nreturn a", "a = @my.write.default(x, y)\nreturn a"},
    {"in_place", "x, y", "a = @my.write.default(x, y)\nreturn a", "a = @my.write_.default(x, y)\nreturn a"},
    {"two", "x", "a = @my.f.default(x)\nb = @my.g.default(x)\nreturn (a, b)",
     "t = @my.two.default(x)\na = t[0]\nb = t[1]\nreturn (a, b)"},
    {"split_two", "x", "t = @my.two.default(x)\na = t[0]\nb = t[1]\nreturn (a, b)",
     "a = @my.f.default(x)\nb = @my.g.default(x)\nreturn (a, b)"},
    {"late", "x, y", "a = @my.f.default(x)\nb = @my.p.default(a, y)\nreturn (a, b)",
     "t = @my.f_and_p.default(x, y)\na = t[0]\nb = t[1]\nreturn (a, b)"},
    {"merge", "x", "a = @my.f.default(x)\nb = @my.f.default(x)\nreturn (a, b)", "a = @my.f.default(x)\nreturn (a, a)"},
    {"write_and_read", "x, y", "a = @my.write_.default(x, y)\nb = @my.f.default(x)\nreturn b",
     "b = @my.write_f_.default(x, y)\nreturn b"},
    {"read_result", "x, y", "a = @my.write_.default(x, y)\nb = @my.f.default(a)\nreturn b",
     "b = @my.write_f_.default(x, y)\nreturn b"},
    {"read_before", "x, y", "a = @my.f.default(x)\nb = @my.write_.default(x, y)\nreturn (a, b)",
     "a = @my.f.default(x)\nb = @my.write_.default(x, y)\nc = @my.view.default(b)\nreturn (a, b)"},
    {"other_order", "x, y", "a = @my.write_.default(x, y)\nb = @my.f.default(y)\nreturn (a, b)",
     "b = @my.f.default(y)\na = @my.write_.default(x, y)\nreturn (a, b)"},
    {"set", "x, y", "s = @my.set_.default(x, y)\nreturn x", "a = @my.set.default(x, y)\nreturn a"},
    {"only_write", "x, y", "s = @my.set_.default(x, y)\nreturn x",
     "s = @my.set_.default(x, y)\nc = @my.f.default(y)\nreturn x"},
    {"buffer", "x, y", "a = @my.copy.default(x)\nb = @my.write_.default(a, y)\nreturn a",
     "a = @my.write.default(x, y)\nreturn a"},
    {"to_buffer", "x, y", "a = @my.write.default(x, y)\nreturn a",
     "a = @my.copy.default(x)\nb = @my.write_.default(a, y)\nreturn a"},
    {"view_first", "x, y", "a = @my.view.default(x)\nb = @my.p.default(a, y)\nreturn (a, b)",
     "a = @my.view.default(x)\nc = @my.view_copy.default(x)\nb = @my.p.default(c, y)\nreturn (a, b)"},
};

enum { RULE_COUNT = sizeof(rules) / sizeof(rules[0]), SCHEMA_COUNT = sizeof(schemas) / sizeof(schemas[0]) };

static rg_context *context;
static test_random source;

/* ---- interpreting ---- */

/* A cell as it is seen through views, which show all of it in another form, as a transposition does. */
typedef struct tensor {
    uint32_t cell;
    uint64_t form; /* what the views add to the cell's number */
} tensor;

typedef struct machine {
    const rg_graph *graph;
    uint64_t cells[MAX_CELLS];
    uint32_t cell_count;
    uint32_t given; /* the first so many cells are the caller's */
    tensor *items;  /* two for each node id */
    uint64_t log[MAX_LOG];
    uint32_t log_count;
    tensor outputs[MAX_OUTPUTS];
    uint32_t output_count;
} machine;

static uint64_t mix(uint64_t a, uint64_t b)
{
    return rg__hash_mix(a * 31 + 7, b);
}

static uint64_t read_tensor(const machine *m, tensor t)
{
    return m->cells[t.cell] + t.form;
}

static void write_tensor(machine *m, tensor t, uint64_t value)
{
    m->cells[t.cell] = value - t.form;
}

static tensor new_tensor(machine *m, uint64_t value)
{
    assert_true(m->cell_count < MAX_CELLS);
    m->cells[m->cell_count] = value;
    return (tensor){m->cell_count++, 0};
}

static tensor argument(const machine *m, rg_node node, size_t index)
{
    return m->items[2 * rg_value_as_node(rg_node_argument(m->graph, node, index)).id];
}

static uint64_t f_of(uint64_t x)
{
    return mix(101, x);
}

static uint64_t g_of(uint64_t x)
{
    return mix(102, x);
}

static uint64_t p_of(uint64_t x, uint64_t y)
{
    return mix(mix(103, x), y);
}

static uint64_t write_of(uint64_t x, uint64_t y)
{
    return mix(mix(104, x), y);
}

static tensor view_of(tensor x, uint64_t kind)
{
    return (tensor){x.cell, x.form + mix(105, kind)};
}

typedef struct operation {
    const char *name;
    void (*run)(machine *m, tensor *results, tensor x, tensor y);
} operation;

static void run_f(machine *m, tensor *results, tensor x, tensor y)
{
    (void)y;
    results[0] = new_tensor(m, f_of(read_tensor(m, x)));
}

static void run_g(machine *m, tensor *results, tensor x, tensor y)
{
    (void)y;
    results[0] = new_tensor(m, g_of(read_tensor(m, x)));
}

static void run_fg(machine *m, tensor *results, tensor x, tensor y)
{
    (void)y;
    results[0] = new_tensor(m, g_of(f_of(read_tensor(m, x))));
}

static void run_p(machine *m, tensor *results, tensor x, tensor y)
{
    results[0] = new_tensor(m, p_of(read_tensor(m, x), read_tensor(m, y)));
}

static void run_copy(machine *m, tensor *results, tensor x, tensor y)
{
    (void)y;
    results[0] = new_tensor(m, read_tensor(m, x));
}

static void run_view(machine *m, tensor *results, tensor x, tensor y)
{
    (void)m;
    (void)y;
    results[0] = view_of(x, 0);
}

static void run_same(machine *m, tensor *results, tensor x, tensor y)
{
    (void)m;
    (void)y;
    results[0] = x;
}

static void run_view_copy(machine *m, tensor *results, tensor x, tensor y)
{
    (void)y;
    results[0] = new_tensor(m, read_tensor(m, view_of(x, 0)));
}

static void run_halves(machine *m, tensor *results, tensor x, tensor y)
{
    (void)m;
    (void)y;
    results[0] = view_of(x, 1);
    results[1] = view_of(x, 2);
}

static void run_two(machine *m, tensor *results, tensor x, tensor y)
{
    (void)y;
    results[0] = new_tensor(m, f_of(read_tensor(m, x)));
    results[1] = new_tensor(m, g_of(read_tensor(m, x)));
}

static void run_f_and_p(machine *m, tensor *results, tensor x, tensor y)
{
    results[0] = new_tensor(m, f_of(read_tensor(m, x)));
    results[1] = new_tensor(m, p_of(f_of(read_tensor(m, x)), read_tensor(m, y)));
}

static void run_write(machine *m, tensor *results, tensor x, tensor y)
{
    results[0] = new_tensor(m, write_of(read_tensor(m, x), read_tensor(m, y)));
}

static void run_write_in_place(machine *m, tensor *results, tensor x, tensor y)
{
    write_tensor(m, x, write_of(read_tensor(m, x), read_tensor(m, y)));
    results[0] = x;
}

static void run_set(machine *m, tensor *results, tensor x, tensor y)
{
    (void)x;
    results[0] = new_tensor(m, read_tensor(m, y));
}

static void run_set_in_place(machine *m, tensor *results, tensor x, tensor y)
{
    (void)results;
    write_tensor(m, x, read_tensor(m, y));
}

static void run_fp(machine *m, tensor *results, tensor y, tensor x)
{
    write_tensor(m, y, p_of(f_of(read_tensor(m, x)), read_tensor(m, y)));
    results[0] = y;
}

static void run_write_f(machine *m, tensor *results, tensor x, tensor y)
{
    write_tensor(m, x, write_of(read_tensor(m, x), read_tensor(m, y)));
    results[0] = new_tensor(m, f_of(read_tensor(m, x)));
}

static void run_note(machine *m, tensor *results, tensor x, tensor y)
{
    (void)results;
    (void)y;
    assert_true(m->log_count < MAX_LOG);
    m->log[m->log_count++] = read_tensor(m, x);
}

static const operation operations[] = {
    {"my.f.default", run_f},
    {"my.g.default", run_g},
    {"my.fg.default", run_fg},
    {"my.p.default", run_p},
    {"my.copy.default", run_copy},
    {"my.view.default", run_view},
    {"my.view_copy.default", run_view_copy},
    {"aten.clone.default", run_copy},
    {"aten.view.default", run_same},
    {"my.halves.default", run_halves},
    {"my.two.default", run_two},
    {"my.f_and_p.default", run_f_and_p},
    {"my.write.default", run_write},
    {"my.write_.default", run_write_in_place},
    {"my.set.default", run_set},
    {"my.set_.default", run_set_in_place},
    {"my.fp_.default", run_fp},
    {"my.write_f_.default", run_write_f},
    {"my.note.default", run_note},
};

static void run_call(machine *m, rg_node node)
{
    rg_string name = rg_op_name(context, rg_node_op(m->graph, node));
    size_t count = rg_node_argument_count(m->graph, node);
    tensor *results = &m->items[2 * (size_t)node.id];
    if (rg_string_equal(name, rg_string_from("operator.getitem"))) {
        int64_t item = 0;
        assert_true(rg_value_as_int(context, rg_node_argument(m->graph, node, 1), &item));
        results[0] = m->items[2 * (size_t)rg_value_as_node(rg_node_argument(m->graph, node, 0)).id + (size_t)item];
        return;
    }
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        if (rg_string_equal(name, rg_string_from(operations[i].name))) {
            tensor x = argument(m, node, 0);
            bool has_second = count > 1 && rg_value_get_kind(rg_node_argument(m->graph, node, 1)) == RG_VALUE_NODE;
            operations[i].run(m, results, x, has_second ? argument(m, node, 1) : x);
            return;
        }
    }
    fail_msg("the machine does not know %.*s", (int)name.size, name.data);
}

static void run_graph(machine *m, const rg_graph *graph)
{
    memset(m, 0, sizeof(*m));
    m->graph = graph;
    uint32_t largest = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        largest = node.id > largest ? node.id : largest;
    }
    m->items = calloc(2 * ((size_t)largest + 1), sizeof(*m->items));
    assert_non_null(m->items);
    /* The attribute is the caller's too, and one memory however often it is named. */
    tensor attribute = new_tensor(m, 1);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_op_kind kind = rg_node_kind(graph, node);
        if (kind == RG_OP_PLACEHOLDER) {
            m->items[2 * (size_t)node.id] = new_tensor(m, 1 + m->cell_count);
            m->given = m->cell_count;
        } else if (kind == RG_OP_GET_ATTR) {
            m->items[2 * (size_t)node.id] = attribute;
        } else if (kind == RG_OP_OUTPUT) {
            rg_value list = rg_node_argument(graph, node, 0);
            m->output_count = (uint32_t)rg_value_count(context, graph, list);
            for (uint32_t i = 0; i < m->output_count; i++) {
                rg_node output = rg_value_as_node(rg_value_item(context, graph, list, i));
                m->outputs[i] = m->items[2 * (size_t)output.id];
            }
        } else {
            run_call(m, node);
        }
    }
    free(m->items);
}

/* What is wrong with the second run; NULL when nothing can be seen. */
static const char *difference(const machine *before, const machine *after)
{
    if (before->log_count != after->log_count ||
        memcmp(before->log, after->log, before->log_count * sizeof(before->log[0])) != 0) {
        return "the log differs";
    }
    if (memcmp(before->cells, after->cells, before->given * sizeof(before->cells[0])) != 0) {
        return "a tensor of the caller differs";
    }
    for (uint32_t i = 0; i < before->output_count; i++) {
        const tensor *old = before->outputs;
        const tensor *new = after->outputs;
        if (read_tensor(before, old[i]) != read_tensor(after, new[i])) {
            return "an output differs";
        }
        if (new[i].cell < after->given && old[i].cell != new[i].cell) {
            return "an output has become memory of the caller";
        }
        for (uint32_t j = 0; j < i; j++) {
            if (new[i].cell == new[j].cell && old[i].cell != old[j].cell) {
                return "two outputs have become the same memory";
            }
        }
    }
    return NULL;
}

/* ---- random graphs ---- */

static uint32_t below(uint32_t bound)
{
    return random_below(&source, bound);
}

typedef struct choice {
    const char *op;
    uint32_t weight;
    uint32_t arguments;
    uint32_t results;
} choice;

static const choice choices[] = {
    {"aten.clone.default", 4, 1, 1}, {"aten.view.default", 3, 1, 1},    {"my.f.default", 5, 1, 1},
    {"my.g.default", 4, 1, 1},       {"my.p.default", 3, 2, 1},         {"my.copy.default", 4, 1, 1},
    {"my.view.default", 3, 1, 1},    {"my.view_copy.default", 2, 1, 1}, {"my.halves.default", 1, 1, 2},
    {"my.two.default", 1, 1, 2},     {"my.write.default", 3, 2, 1},     {"my.write_.default", 3, 2, 1},
    {"my.set_.default", 2, 2, 0},    {"my.note.default", 1, 1, 0},
};

static const choice *random_choice(void)
{
    uint32_t total = 0;
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        total += choices[i].weight;
    }
    uint32_t at = below(total);
    size_t i = 0;
    while (at >= choices[i].weight) {
        at -= choices[i++].weight;
    }
    return &choices[i];
}

/* Every tensor is an f32[4]. */
static rg_type vector_type(void)
{
    rg_type type = {0};
    rg_size size = {0};
    rg_size stride = {0};
    assert_int_equal(rg_size_from_int(&size, context, 4), RG_OK);
    assert_int_equal(rg_size_from_int(&stride, context, 1), RG_OK);
    rg_tensor_type described = {.dtype = RG_DTYPE_F32, .rank = 1, .sizes = &size, .strides = &stride};
    described.device.kind = "cpu";
    described.device.index = -1;
    assert_int_equal(rg_type_from_tensor(&type, context, &described), RG_OK);
    return type;
}

static rg_status infer_vector(rg_type *out, rg_context *owner, const rg_graph *graph, const rg_value *arguments,
                              size_t count, void *user)
{
    (void)owner;
    (void)graph;
    (void)arguments;
    (void)count;
    (void)user;
    *out = vector_type();
    return RG_OK;
}

static rg_status infer_two_vectors(rg_type *out, rg_context *owner, const rg_graph *graph, const rg_value *arguments,
                                   size_t count, void *user)
{
    rg_type items[] = {vector_type(), vector_type()};
    (void)graph;
    (void)arguments;
    (void)count;
    (void)user;
    return rg_type_from_items(out, owner, items, 2);
}

/* A graph in the making, and the tensors that it has so far. */
typedef struct builder {
    rg_graph *graph;
    rg_node values[MAX_NODES];
    uint32_t count;
} builder;

static void add_value(builder *b, rg_node node)
{
    assert_true(b->count < MAX_NODES);
    b->values[b->count++] = node;
}

/* Near values more often, so that there is something to match. */
static rg_node near_value(const builder *b)
{
    uint32_t span = b->count > 4 && below(3) != 0 ? 4 : b->count;
    return b->values[b->count - 1 - below(span)];
}

static void add_random_call(builder *b)
{
    const choice *chosen = random_choice();
    rg_value x = rg_value_node(near_value(b));
    rg_value y = rg_value_node(b->values[below(b->count)]);
    if (strcmp(chosen->op, "aten.view.default") == 0) {
        rg_value size = build_int(context, 4);
        rg_value sizes = build_items(b->graph, RG_VALUE_LIST, &size, 1);
        add_value(b, build_call(b->graph, chosen->op, NULL, VALUES(x, sizes)));
        return;
    }
    rg_node node = build_call(b->graph, chosen->op, NULL, (const rg_value[]){x, y}, chosen->arguments);
    if (chosen->results == 1) {
        add_value(b, node);
    }
    for (uint32_t i = 0; i < chosen->results && chosen->results == 2; i++) {
        add_value(b, build_call(b->graph, "operator.getitem", NULL,
                                VALUES(rg_value_node(node), build_int(context, (int64_t)i))));
    }
}

/* What a rule looks for, on random values, perhaps with something in between. */
static void add_pattern(builder *b, const char *inputs, const char *statements)
{
    rg_graph *pattern = graph_of(context, inputs, statements);
    rg_node made[MAX_NODES] = {{0}};
    for (rg_node node = rg_graph_first(pattern); !rg_node_is_null(node); node = rg_graph_next(pattern, node)) {
        rg_value arguments[2];
        size_t count = rg_node_argument_count(pattern, node);
        assert_true(node.id < MAX_NODES && count <= 2);
        if (rg_node_kind(pattern, node) == RG_OP_PLACEHOLDER) {
            made[node.id] = near_value(b);
            continue;
        }
        if (rg_node_kind(pattern, node) == RG_OP_OUTPUT) {
            break;
        }
        for (size_t i = 0; i < count; i++) {
            rg_value value = rg_node_argument(pattern, node, i);
            arguments[i] =
                rg_value_get_kind(value) == RG_VALUE_NODE ? rg_value_node(made[rg_value_as_node(value).id]) : value;
        }
        rg_string name = rg_op_name(context, rg_node_op(pattern, node));
        made[node.id] = build_call(b->graph, name.data, NULL, arguments, count);
        /* A tuple, and what gives nothing, is no tensor. */
        if (!rg_string_equal(name, rg_string_from("my.two.default")) &&
            !rg_string_equal(name, rg_string_from("my.set_.default"))) {
            add_value(b, made[node.id]);
        }
        if (below(5) == 0) {
            add_random_call(b);
        }
    }
    rg_graph_destroy(pattern);
}

static rg_graph *random_graph(void)
{
    builder b = {.graph = build_graph(context)};
    uint32_t size = 3 + below(5);
    add_value(&b, build_placeholder(b.graph, "a"));
    add_value(&b, build_placeholder(b.graph, "b"));
    for (uint32_t i = 0; i < 2; i++) {
        if (below(4) == 0) {
            add_value(&b, build_get_attr(b.graph, "weight"));
        }
    }
    for (uint32_t i = 0; i < size; i++) {
        uint32_t rule = below(RULE_COUNT);
        if (below(2) == 0) {
            add_pattern(&b, rules[rule].inputs, rules[rule].pattern);
        } else {
            add_random_call(&b);
        }
    }
    rg_value outputs[MAX_OUTPUTS];
    uint32_t output_count = 1 + below(3);
    for (uint32_t i = 0; i < output_count; i++) {
        outputs[i] = rg_value_node(near_value(&b));
    }
    build_output(b.graph, build_items(b.graph, RG_VALUE_TUPLE, outputs, output_count));
    for (rg_node node = rg_graph_first(b.graph); !rg_node_is_null(node); node = rg_graph_next(b.graph, node)) {
        rg_op_kind kind = rg_node_kind(b.graph, node);
        if (kind == RG_OP_PLACEHOLDER || kind == RG_OP_GET_ATTR) {
            rg_graph_set_type(b.graph, node, vector_type());
        }
    }
    assert_int_equal(rg_graph_infer_missing(b.graph), RG_OK);
    return b.graph;
}

/* ---- the property ---- */

typedef struct tally {
    const rg_rule_set *set;
    const rg_matcher *matcher;
    size_t regions_checked;
    size_t applied[RULE_COUNT];
    size_t refused[RG_REFUSAL_COUNT];
} tally;

/* Do regions change where something is written, and only there? Nodes just made have none yet. */
static void check_regions(const rg_graph *graph)
{
    uint32_t last = 0;
    bool is_written = false;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        uint32_t region = graph->region[node.id];
        if (region != 0) {
            is_written = is_written || rg__op_writes(context, rg_node_op(graph, node));
            assert_true(last == 0 || (region != last) == is_written);
            last = region;
            is_written = false;
        }
    }
}

static rg_status note_applied(void *user, const rg_match *match)
{
    tally *t = user;
    if (t->matcher->may_write) {
        check_regions(rg_match_graph(match));
        t->regions_checked++;
    }
    rg_string name = rg_rule_set_info(t->set, rg_match_rule(match)).name;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        t->applied[i] += rg_string_equal(name, rg_string_from(rules[i].name)) ? 1 : 0;
    }
    return RG_OK;
}

static void declare_ops(void)
{
    rg_op op;
    rg_op_declaration declaration = RG_OP_DECLARATION_INIT;
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        const char *results = strstr(schemas[i], "-> ");
        declaration.schema = rg_string_from(schemas[i]);
        declaration.infer = strcmp(results, "-> ()") == 0 ? NULL : results[3] == '(' ? infer_two_vectors : infer_vector;
        assert_int_equal(rg_context_declare_op(&op, context, &declaration), RG_OK);
    }
    declaration.schema = rg_string_from("my::note(Tensor x) -> ()");
    declaration.infer = NULL;
    declaration.traits = RG_TRAIT_EFFECT;
    assert_int_equal(rg_context_declare_op(&op, context, &declaration), RG_OK);
}

/* Regions are looked at while searching; without that, and without labels, the matches are the same. */
static void check_early(const rg_rule_set *set, rg_graph *graph)
{
    rg_matcher *early = NULL;
    rg_matcher *late = NULL;
    rg_match_list *lists[2];
    assert_int_equal(rg_matcher_create(&early, context, set), RG_OK);
    assert_int_equal(rg_matcher_create(&late, context, set), RG_OK);
    late->plain = true;
    assert_int_equal(rg_matcher_find_all(&lists[0], early, graph), RG_OK);
    assert_int_equal(rg_matcher_find_all(&lists[1], late, graph), RG_OK);
    assert_int_equal(rg_match_list_count(lists[0]), rg_match_list_count(lists[1]));
    for (size_t i = 0; i < rg_match_list_count(lists[0]); i++) {
        const rg_match *a = rg_match_list_get(lists[0], i);
        const rg_match *b = rg_match_list_get(lists[1], i);
        assert_int_equal(rg_match_rule(a), rg_match_rule(b));
        assert_int_equal(rg_match_node_count(a), rg_match_node_count(b));
        for (size_t j = 0; j < rg_match_node_count(a); j++) {
            assert_true(rg_node_same(rg_match_node(a, j), rg_match_node(b, j)));
        }
    }
    rg_match_list_destroy(lists[0]);
    rg_match_list_destroy(lists[1]);
    rg_matcher_destroy(early);
    rg_matcher_destroy(late);
}

static void check_round(tally *t, uint64_t seed)
{
    machine before;
    machine after;
    rg_matcher *matcher = NULL;
    rg_rewrite_report report;
    rg_rewrite_options options = RG_REWRITE_OPTIONS_INIT;
    source.state = seed;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    declare_ops();
    rg_rule_set *set = graph_rules_create(context);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        graph_rule rule = {rules[i].name, rules[i].inputs, rules[i].pattern, rules[i].replacement, 0, NULL, NULL};
        if (below(4) == 0) {
            uint32_t kind = below(4);
            rg_status status = kind == 0   ? graph_rules_add_sharing(set, &rule)
                               : kind == 1 ? graph_rules_add_by_meaning(set, &rule, true, false)
                                           : graph_rules_add(set, &rule);
            assert_int_equal(status, RG_OK);
        }
    }
    rg_graph *graph = random_graph();
    check_early(set, graph);
    run_graph(&before, graph);
    char text[1 << 14];
    (void)snprintf(text, sizeof(text), "%s", statements_of(graph));
    t->set = set;
    options.callback = note_applied;
    options.user = t;
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    t->matcher = matcher;
    assert_int_equal(rg_rewrite_run(&report, matcher, graph, &options), RG_OK);
    assert_int_equal(report.failed, 0);
    assert_graph_holds(graph);
    run_graph(&after, graph);
    const char *problem = difference(&before, &after);
    if (problem != NULL) {
        for (uint32_t i = 0; i < rg_rule_set_count(set); i++) {
            print_message("rule %s\n", rg_rule_set_info(set, i).name.data);
        }
        fail_msg("REGRAFT_SEED=%llu: %s\n%s\nhas become\n%s", (unsigned long long)seed, problem, text,
                 statements_of(graph));
    }
    for (size_t i = 0; i < RG_REFUSAL_COUNT; i++) {
        t->refused[i] += matcher->refused[i];
    }
    rg_matcher_destroy(matcher);
    rg_graph_destroy(graph);
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

static void the_last_refusal_is_told(void **state)
{
    (void)state;
    rg_matcher *matcher = NULL;
    rg_match_list *list = NULL;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    declare_ops();
    rg_rule_set *set = graph_rules_create(context);
    graph_rule rule = {"r", "x", "a = @my.copy.default(x)\nreturn a", "return x", 0, NULL, NULL};
    assert_int_equal(graph_rules_add(set, &rule), RG_OK);
    rg_graph *returned = graph_of(context, "p", "a = @my.copy.default(p)\nreturn a");
    rg_graph *read = graph_of(context, "p", "a = @my.copy.default(p)\nb = @my.f.default(a)\nreturn b");
    assert_int_equal(rg_matcher_create(&matcher, context, set), RG_OK);
    assert_string_equal(rg_matcher_refusal(matcher, 0).data, "");
    assert_int_equal(rg_matcher_find_all(&list, matcher, returned), RG_OK);
    assert_int_equal(rg_match_list_count(list), 0);
    rg_match_list_destroy(list);
    assert_string_equal(rg_matcher_refusal(matcher, 0).data, rg__refusal_text(RG_REFUSAL_RETURNS_ALIAS));
    assert_string_equal(rg_matcher_refusal(matcher, 1).data, "");
    assert_int_equal(rg_matcher_find_all(&list, matcher, read), RG_OK);
    assert_int_equal(rg_match_list_count(list), 1);
    rg_match_list_destroy(list);
    assert_string_equal(rg_matcher_refusal(matcher, 0).data, "");
    rg_matcher_destroy(matcher);
    rg_graph_destroy(returned);
    rg_graph_destroy(read);
    graph_rules_destroy(set);
    rg_context_destroy(context);
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *given = getenv(name);
    return given == NULL ? otherwise : strtoull(given, NULL, 10);
}

static void rewrites_keep_what_is_seen(void **state)
{
    (void)state;
    uint64_t seed = number_from("REGRAFT_SEED", 1);
    uint64_t rounds = getenv("REGRAFT_SEED") != NULL ? 1 : number_from("REGRAFT_ROUNDS", ROUNDS);
    tally t = {0};
    print_message("seeds from %llu\n", (unsigned long long)seed);
    for (uint64_t i = 0; i < rounds; i++) {
        check_round(&t, seed + i);
    }
    assert_true(rounds < ROUNDS || t.regions_checked > 1000);
    /* A rule that never fires, and a reason that never occurs, prove nothing. */
    for (size_t i = 0; i < RULE_COUNT && rounds >= ROUNDS; i++) {
        print_message("%6zu %s\n", t.applied[i], rules[i].name);
        assert_true(t.applied[i] > 10);
    }
    for (size_t i = 1; i < RG_REFUSAL_COUNT && rounds >= ROUNDS; i++) {
        print_message("%6zu refused: %s\n", t.refused[i], rg__refusal_text((rg_refusal)i));
        assert_true(t.refused[i] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_last_refusal_is_told),
                                       cmocka_unit_test(rewrites_keep_what_is_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

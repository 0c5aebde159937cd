/*
 * pattern_inputs.c: which inputs each result of a rule depends on, in the pattern or in the replacement. order.c
 * decides with it whether a match can be replaced without a cycle.
 */
#include "match/pattern_impl.h"

#include "ir/size_impl.h"

enum { WORD_BITS = 64 };

typedef struct rg_dependencies {
    rg_compilation *compilation;
    rg_context *context;
    const rg_rule *rule;
    const rg_graph *graph; /* the one at work */
    uint64_t *nodes;       /* by node id of `graph`: a set of inputs */
    uint64_t *symbols;     /* by symbol: the inputs that its value would be computed from */
    uint32_t words;        /* of a set */
} rg_dependencies;

static void add_input(uint64_t *set, size_t input)
{
    set[input / WORD_BITS] |= (uint64_t)1 << (input % WORD_BITS);
}

static void add_set(uint64_t *set, const uint64_t *other, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        set[i] |= other[i];
    }
}

/* Does the size have symbols that the rule does not know? Such a one may stand for any. */
static bool has_foreign_symbols(const rg_dependencies *d, rg_size size)
{
    return rg_size_has_other_symbols(d->context, size, d->rule->symbols, d->rule->symbol_count);
}

static bool has_dimension(const rg_dependencies *d, const rg_rule_input *input, rg_size size)
{
    rg_tensor_type tensor = rg_type_get_tensor(d->context, input->type);
    for (uint32_t i = 0; i < tensor.rank; i++) {
        if (rg_size_same(tensor.sizes[i], size)) {
            return true;
        }
    }
    return false;
}

/* Where the value of a symbol is taken from when the replacement needs it as a node: the int input of its name, else
 * the first input with that dimension, else whatever mentions it. rewrite/size_nodes.c looks in the same places. */
static void find_symbol_source(const rg_dependencies *d, size_t symbol)
{
    uint64_t *set = d->symbols + symbol * d->words;
    rg_string name = rg_size_as_symbol(d->context, d->rule->symbols[symbol]);
    for (size_t i = 0; i < d->rule->input_count; i++) {
        if (d->rule->inputs[i].kind == RG_RULE_INPUT_INT && rg_string_equal(d->rule->inputs[i].name, name)) {
            add_input(set, i);
            return;
        }
    }
    for (size_t i = 0; i < d->rule->input_count; i++) {
        bool is_list = d->rule->inputs[i].kind == RG_RULE_INPUT_TENSOR_LIST;
        if (!is_list && has_dimension(d, &d->rule->inputs[i], d->rule->symbols[symbol])) {
            add_input(set, i);
            return;
        }
    }
    for (size_t i = 0; i < d->rule->input_count; i++) {
        rg_tensor_type tensor = rg_type_get_tensor(d->context, d->rule->inputs[i].type);
        for (uint32_t j = 0; j < tensor.rank; j++) {
            rg_size size = tensor.sizes[j];
            if (rg__size_contains(d->context, size, d->rule->symbols[symbol]) || has_foreign_symbols(d, size)) {
                add_input(set, i);
            }
        }
    }
}

static void add_value(const rg_dependencies *d, uint64_t *set, rg_value value)
{
    if (rg_value_get_kind(value) == RG_VALUE_NODE) {
        add_set(set, d->nodes + (size_t)rg_value_as_node(value).id * d->words, d->words);
    } else if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        rg_size size = rg_value_as_size(value);
        bool any = has_foreign_symbols(d, size);
        for (size_t i = 0; i < d->rule->symbol_count; i++) {
            if (any || rg__size_contains(d->context, size, d->rule->symbols[i])) {
                add_set(set, d->symbols + i * d->words, d->words);
            }
        }
    }
    size_t count = rg_value_count(d->context, d->graph, value);
    for (size_t i = 0; i < count; i++) {
        add_value(d, set, rg_value_item(d->context, d->graph, value, i));
    }
}

/* Add what the results of `graph` depend on to `results`. What an effect without readers depends on, all of them do. */
static rg_status add_graph(rg_dependencies *d, const rg_graph *graph, bool is_replacement, uint64_t *results)
{
    rg_arena *scratch = &d->compilation->scratch;
    uint64_t *effects = rg__arena_allocate_zero(scratch, d->words * sizeof(uint64_t));
    d->graph = graph;
    d->nodes = rg__arena_allocate_zero(scratch, ((size_t)rg__largest_node_id(graph) + 1) * d->words * sizeof(uint64_t));
    if (d->nodes == NULL || effects == NULL) {
        return rg__report_memory(d->context);
    }
    for (size_t i = 0; i < d->rule->input_count; i++) {
        rg_node node = is_replacement ? d->rule->inputs[i].replacement : d->rule->inputs[i].pattern;
        add_input(d->nodes + (size_t)node.id * d->words, i);
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        uint64_t *set = d->nodes + (size_t)node.id * d->words;
        rg_op_kind kind = rg_node_kind(graph, node);
        if (kind == RG_OP_OUTPUT || kind == RG_OP_PLACEHOLDER) {
            continue;
        }
        size_t count = rg_node_argument_count(graph, node);
        for (size_t i = 0; i < count; i++) {
            add_value(d, set, rg_node_argument(graph, node, i));
        }
        if (is_replacement && rg_node_use_count(graph, node) == 0) {
            add_set(effects, set, d->words);
        }
    }
    size_t count = rg__output_count(graph);
    for (size_t i = 0; i < count && i < d->compilation->pattern->result_count; i++) {
        add_value(d, results + i * d->words, rg__output_item(graph, i));
        add_set(results + i * d->words, effects, d->words);
    }
    return RG_OK;
}

rg_status rg__pattern_find_inputs(rg_compilation *compilation)
{
    const rg_rule *rule = compilation->rule;
    uint32_t words = (uint32_t)(rule->input_count / WORD_BITS + 1);
    rg_dependencies d = {compilation, compilation->context, rule, NULL, NULL, NULL, words};
    size_t result_count = compilation->pattern->result_count;
    uint64_t *results = rg__arena_allocate_zero(compilation->arena, result_count * words * sizeof(uint64_t));
    d.symbols = rg__arena_allocate_zero(&compilation->scratch, rule->symbol_count * words * sizeof(uint64_t));
    if (results == NULL || d.symbols == NULL) {
        return rg__report_memory(compilation->context);
    }
    for (size_t i = 0; i < rule->symbol_count; i++) {
        find_symbol_source(&d, i);
    }
    compilation->pattern->result_inputs = results;
    compilation->pattern->input_words = words;
    rg_status status = add_graph(&d, rule->pattern, false, results);
    return status == RG_OK ? add_graph(&d, rule->replacement, true, results) : status;
}

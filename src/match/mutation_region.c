/*
 * mutation_region.c: see mutation_region.h; the rules are U1 to U6 of doc/expressions.md.
 */
#include "match/mutation_region.h"

#include "ir/context_impl.h"
#include "ir/graph_impl.h"
#include "text/word.h"

/* ---- names ---- */

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_underscore(rg_string name, size_t at)
{
    return at < name.size && name.data[at] == '_';
}

/* Does a word begin or end at this place? */
static bool is_boundary(rg_string name, size_t at)
{
    bool before = at > 0 && is_word_character(name.data[at - 1]);
    bool after = at < name.size && is_word_character(name.data[at]);
    return before != after;
}

/* set, enter, exit or seed at this place, between underscores or word boundaries, and no further underscore behind. */
static bool has_word(rg_string name, size_t at)
{
    static const char *const words[] = {"set", "enter", "exit", "seed"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t end = at + strlen(words[i]);
        if (!rg__starts_with(rg__skip(name, at), words[i])) {
            continue;
        }
        if ((is_boundary(name, end) && !is_underscore(name, end)) ||
            (is_underscore(name, end) && !is_underscore(name, end + 1))) {
            return true;
        }
    }
    return false;
}

bool rg__is_mutation_name(rg_string name)
{
    for (size_t i = 0; i < name.size; i++) {
        bool underscore = name.data[i] == '_';
        if (i > 0 && name.data[i - 1] == '_') {
            continue;
        }
        if (underscore && (i + 1 == name.size || (name.data[i + 1] == '.' && !is_underscore(name, i + 2)))) {
            return true;
        }
        if ((is_boundary(name, i) && has_word(name, i)) || (underscore && has_word(name, i + 1))) {
            return true;
        }
    }
    return false;
}

/* ---- nodes ---- */

/* What Python has as the function's __name__: without the namespaces it is found in. */
static rg_string function_name(rg_op_kind kind, rg_string name)
{
    const char *dot = NULL;
    if (kind == RG_OP_OVERLOAD || kind == RG_OP_METHOD) {
        dot = memchr(name.data, '.', name.size);
    } else {
        for (size_t i = name.size; i > 0 && dot == NULL; i--) {
            dot = name.data[i - 1] == '.' ? name.data + i - 1 : NULL;
        }
    }
    return dot == NULL ? name : rg__skip(name, (size_t)(dot + 1 - name.data));
}

bool rg__node_mutates(const rg_graph *graph, rg_node node)
{
    const rg_context *context = rg_graph_context(graph);
    rg_op op = rg_node_op(graph, node);
    const rg_op_descriptor *descriptor = rg__op_descriptor(context, op);
    rg_op_kind kind = descriptor->kind;
    rg_string name = descriptor->name;
    /* The schema of this one says that it does not write, which is not so. */
    bool lies = rg__is_word(name, "inductor.resize_storage_bytes_.default");
    if (kind == RG_OP_OVERLOAD && descriptor->schema != NULL && !lies) {
        return (descriptor->traits & RG_TRAIT_MUTATES) != 0;
    }
    if (rg__is_word(name, "higher_order.auto_functionalized")) {
        return false;
    }
    bool is_call = kind == RG_OP_OVERLOAD || kind == RG_OP_HIGHER_ORDER || kind == RG_OP_OPERATOR ||
                   kind == RG_OP_FUNCTION || kind == RG_OP_METHOD;
    if (is_call && rg__is_mutation_name(function_name(kind, name))) {
        return true;
    }
    rg_value_kind out = rg_value_get_kind(rg_node_keyword(graph, node, rg_string_from("out")));
    return out != RG_VALUE_MISSING && out != RG_VALUE_NONE;
}

/* ---- regions ---- */

void rg__mutation_regions_free(rg_mutation_regions *regions, const rg_allocator *allocator)
{
    rg__vector_free(allocator, &regions->ids);
    rg__vector_free(allocator, &regions->mutations);
}

/* Make room for every id of the graph; new ones are not known. */
static bool reserve(rg_mutation_regions *regions, const rg_graph *graph)
{
    uint32_t count = graph->id_count + 1;
    if (!rg__vector_reserve(&graph->context->allocator, &regions->ids, count)) {
        return false;
    }
    while (regions->ids.count < count) {
        regions->ids.items[regions->ids.count++] = 0;
    }
    return true;
}

/* Number a node that comes behind region `id`. */
static bool number_node(rg_mutation_regions *regions, const rg_graph *graph, rg_node node, uint32_t *id)
{
    bool kept = true;
    if (rg__node_mutates(graph, node)) {
        (*id)++;
        kept = rg__vector_push(&graph->context->allocator, &regions->mutations, node);
    }
    regions->ids.items[node.id] = *id + 1;
    return kept;
}

rg_status rg__mutation_regions_compute(rg_mutation_regions *regions, rg_graph *graph)
{
    uint32_t id = 0;
    bool kept = reserve(regions, graph);
    regions->mutations.count = 0;
    for (rg_node node = rg_graph_first(graph); kept && !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        kept = number_node(regions, graph, node, &id);
    }
    return kept ? RG_OK : rg__report_memory(graph->context);
}

rg_status rg__mutation_region(uint32_t *out, rg_mutation_regions *regions, rg_graph *graph, rg_node node)
{
    *out = 0;
    if (!reserve(regions, graph)) {
        return rg__report_memory(graph->context);
    }
    rg_node known = node;
    while (!rg_node_is_null(known) && regions->ids.items[known.id] == 0) {
        known = rg_graph_previous(graph, known);
    }
    uint32_t id = rg_node_is_null(known) ? 0 : regions->ids.items[known.id] - 1;
    bool kept = true;
    while (kept && !rg_node_same(known, node)) {
        known = rg_node_is_null(known) ? rg_graph_first(graph) : rg_graph_next(graph, known);
        kept = number_node(regions, graph, known, &id);
    }
    *out = id;
    return kept ? RG_OK : rg__report_memory(graph->context);
}

rg_status rg__mutation_regions_refresh(rg_mutation_regions *regions, rg_graph *graph, uint32_t last_id)
{
    bool changed = false;
    for (uint32_t i = 0; !changed && i < regions->mutations.count; i++) {
        changed = !rg__graph_alive(graph, regions->mutations.items[i].id);
    }
    for (uint32_t id = last_id + 1; !changed && id <= graph->id_count; id++) {
        changed = rg__graph_alive(graph, id) && rg__node_mutates(graph, (rg_node){id});
    }
    return changed ? rg__mutation_regions_compute(regions, graph) : RG_OK;
}

/*
 * label_repeat.c: see label_repeat.h. Called by label.c.
 */
#include "match/label_repeat.h"

void rg__repeats_skip(rg_repeats *repeats, const rg_graph *graph, uint32_t id)
{
    uint32_t ops[RG_REPEAT_OPS];
    uint32_t count = 0;
    for (; count < RG_REPEAT_OPS && id != 0; id = graph->previous[id]) {
        ops[count++] = graph->op[id];
    }
    for (; count > 0; count--) {
        repeats->hash = rg__repeat_hash(repeats->hash, ops[count - 1]);
    }
}

/* The value of a node, without these bits, is its id. */
#define NODE_BITS ((uint64_t)RG_TAG_NODE << 48)

/* Are the values one to all tests: equal, or nodes with one label? */
static inline bool is_same(const uint16_t *label, uint64_t value, uint64_t other)
{
    uint64_t first = value ^ NODE_BITS;
    uint64_t second = other ^ NODE_BITS;
    return first == second || ((first | second) >> 32 == 0 && label[first] == label[second]);
}

static bool are_same_items(const rg_graph *graph, rg_value value, rg_value other)
{
    if (!rg__value_is_items(value) || !rg__value_is_items(other)) {
        return false;
    }
    const uint64_t *items = &graph->arguments.items[rg__value_low(value)];
    const uint64_t *others = &graph->arguments.items[rg__value_low(other)];
    rg_items_header header;
    rg_items_header other_header;
    memcpy(&header, items, sizeof(header));
    memcpy(&other_header, others, sizeof(other_header));
    bool is_like = header.kind == other_header.kind && header.count == other_header.count;
    for (uint32_t i = 1; is_like && i <= header.count; i++) {
        is_like = is_same(graph->label, items[i], others[i]);
    }
    return is_like;
}

bool rg__node_repeats(const rg_graph *graph, uint32_t id, uint32_t twin)
{
    uint32_t count = rg__node_visible_count(graph, id);
    bool is_like = graph->op[id] == graph->op[twin] && graph->calls[id] == graph->calls[twin] &&
                   count == rg__node_visible_count(graph, twin);
    for (uint32_t i = 0; is_like && i < count; i++) {
        rg_value value = rg__node_argument(graph, id, i);
        rg_value other = rg__node_argument(graph, twin, i);
        is_like = is_same(graph->label, value.bits, other.bits) || are_same_items(graph, value, other);
    }
    return is_like;
}

/* Out of line and without calls, so that all it needs is in registers: the loop that the time for a graph of layers is
 * spent in. Values in lists, and ops with a target of their own, are left to rg__node_repeats. */
bool rg__repeats_label(rg_repeat_walk *walk, const rg_graph *graph, const uint8_t *notes)
{
    const uint64_t *pool = graph->arguments.items;
    const rg_node_record *records = graph->records;
    const uint32_t *calls = graph->calls;
    const uint32_t *next = graph->next;
    const uint16_t *ops = graph->op;
    uint16_t *label = graph->label;
    uint32_t id = walk->id;
    uint32_t twin = walk->twin;
    uint32_t noted = 0;
    while (id != 0 && noted < RG_REPEAT_NOTES) {
        uint32_t count = records[id].argument_count; /* the hidden one counts */
        if (ops[id] != ops[twin] || calls[id] != calls[twin] || count != records[twin].argument_count) {
            break;
        }
        const uint64_t *arguments = pool + records[id].arguments;
        const uint64_t *others = pool + records[twin].arguments;
        for (; count != 0 && is_same(label, *arguments, *others); arguments++, others++) {
            count--;
        }
        if (count != 0) {
            break;
        }
        label[id] = label[twin];
        if (notes[label[id]] != 0) {
            walk->noted[noted++] = id;
        }
        id = next[id];
        twin = next[twin];
    }
    walk->id = id;
    walk->twin = twin;
    walk->noted_count = noted;
    return noted == RG_REPEAT_NOTES;
}

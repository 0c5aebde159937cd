/*
 * repeat.c: finding the layers of a model: parts of the node list that are the same nodes again and again.
 *
 * A period is guessed and then checked. The guess: how far nodes are from the next one of the same op and type; in a
 * model with layers the commonest such distance is the length of a layer. The check compares whole calls: node i with
 * node i + period, for as long as they are alike. Takes time linear in the number of nodes.
 */
#include "draw/draw_impl.h"

#include "base/table.h"

enum {
    GUESSES = 16,   /* periods that are checked for each part */
    LEAST_SIZE = 4, /* nodes of what is called repeated */
    LEAST_GAIN = 16 /* nodes that a fold must stand for */
};

typedef struct repeat_search {
    rg_picture *picture;
    const rg_drawing *drawing;
    const rg_draw_side *side;
    uint32_t *distances; /* by distance: how many nodes have their next like there */
} repeat_search;

/* A node that is read: the same node, the one a period further on, or any value from outside. */
static bool reads_alike(const rg_draw_side *side, rg_value a, rg_value b, uint32_t period)
{
    uint32_t place_a = rg__draw_place(side, rg_value_as_node(a));
    uint32_t place_b = rg__draw_place(side, rg_value_as_node(b));
    if (place_a == RG_DRAW_NOWHERE || place_b == RG_DRAW_NOWHERE) {
        return false;
    }
    return place_a == place_b || place_b - place_a == period ||
           (rg__draw_is_input(side, place_a) && rg__draw_is_input(side, place_b));
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* The same but for numbers: 'model.layers.3.attn' and 'model.layers.12.attn' name the same part of two layers. */
static bool texts_alike(rg_string a, rg_string b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a.size && j < b.size) {
        if (is_digit(a.data[i]) && is_digit(b.data[j])) {
            for (i++; i < a.size && is_digit(a.data[i]); i++) {
            }
            for (j++; j < b.size && is_digit(b.data[j]); j++) {
            }
        } else if (a.data[i++] != b.data[j++]) {
            return false;
        }
    }
    return i == a.size && j == b.size;
}

static bool values_alike(const rg_draw_side *side, rg_value a, rg_value b, uint32_t period)
{
    rg_context *context = rg_graph_context(side->graph);
    rg_value_kind kind = rg_value_get_kind(a);
    if (rg_value_get_kind(b) != kind) {
        return false;
    }
    if (kind == RG_VALUE_NODE) {
        return reads_alike(side, a, b, period);
    }
    if (kind == RG_VALUE_STRING) {
        return texts_alike(rg_value_as_text(context, a), rg_value_as_text(context, b));
    }
    size_t count = rg_value_count(context, side->graph, a);
    if (count == 0 || a.bits == b.bits) {
        return a.bits == b.bits;
    }
    bool alike = rg_value_count(context, side->graph, b) == count;
    for (size_t i = 0; alike && i < count; i++) {
        alike = values_alike(side, rg_value_item(context, side->graph, a, i), rg_value_item(context, side->graph, b, i),
                             period);
    }
    return alike;
}

/* Is the node at `place` the same as the one a period further on? */
static bool repeats(const repeat_search *search, uint32_t place, uint32_t period)
{
    const rg_draw_side *side = search->side;
    const rg_graph *graph = side->graph;
    rg_node a = side->nodes[place];
    rg_node b = side->nodes[place + period];
    if (!rg_op_same(rg_node_op(graph, a), rg_node_op(graph, b)) ||
        !rg_type_same(rg_node_type(graph, a), rg_node_type(graph, b)) ||
        rg__draw_rule_at(search->drawing, side, place) != rg__draw_rule_at(search->drawing, side, place + period) ||
        side->changed[place] != side->changed[place + period] ||
        rg_node_argument_count(graph, a) != rg_node_argument_count(graph, b) ||
        rg_node_positional_count(graph, a) != rg_node_positional_count(graph, b)) {
        return false;
    }
    bool alike = true;
    for (size_t i = 0; alike && i < rg_node_argument_count(graph, a); i++) {
        alike = rg_string_equal(rg_node_argument_name(graph, a, i), rg_node_argument_name(graph, b, i)) &&
                values_alike(side, rg_node_argument(graph, a, i), rg_node_argument(graph, b, i), period);
    }
    return alike;
}

/* Count the distances of [begin, end); false when memory is out. */
static bool count_distances(repeat_search *search, uint32_t begin, uint32_t end)
{
    const rg_draw_side *side = search->side;
    const rg_allocator *allocator = search->drawing->allocator;
    rg_map last = {0};
    bool good = true;
    memset(search->distances, 0, (end - begin) * sizeof(*search->distances));
    for (uint32_t place = begin; good && place < end; place++) {
        rg_op op = rg_node_op(side->graph, side->nodes[place]);
        uint64_t key = (uint64_t)op.id << 32 | rg_node_type(side->graph, side->nodes[place]).id;
        uint32_t before;
        if (rg__map_find(&last, key, &before)) {
            search->distances[place - before]++;
        }
        good = rg__map_set(allocator, &last, key, place);
    }
    rg__map_free(allocator, &last);
    return good;
}

/* The commonest distance, which is then taken out; 0 when there is none. */
static uint32_t next_guess(repeat_search *search, uint32_t length)
{
    uint32_t best = 0;
    for (uint32_t distance = LEAST_SIZE; distance < length; distance++) {
        if (search->distances[distance] > (best == 0 ? 0 : search->distances[best])) {
            best = distance;
        }
    }
    if (best != 0) {
        search->distances[best] = 0;
    }
    return best;
}

static uint32_t gain(const rg_draw_fold *fold)
{
    return fold->size * fold->copies;
}

/* The longest stretch of [begin, end) with this period, if it beats `best`. */
static void try_period(const repeat_search *search, uint32_t begin, uint32_t end, uint32_t period, rg_draw_fold *best)
{
    uint32_t start = begin;
    for (uint32_t place = begin; place + period <= end; place++) {
        if (place + period < end && repeats(search, place, period)) {
            continue;
        }
        rg_draw_fold fold = {start + period, period, (place - start) / period};
        if (gain(&fold) > gain(best) || (gain(&fold) == gain(best) && period < best->size)) {
            *best = fold;
        }
        start = place + 1;
    }
}

/* The best fold of [begin, end), then those on both sides of it. */
static bool search_part(repeat_search *search, uint32_t begin, uint32_t end)
{
    rg_picture *picture = search->picture;
    rg_draw_fold best = {0, 0, 0};
    if (end - begin < LEAST_GAIN + LEAST_SIZE) {
        return true;
    }
    if (!count_distances(search, begin, end)) {
        return false;
    }
    for (uint32_t i = 0; i < GUESSES; i++) {
        uint32_t period = next_guess(search, end - begin);
        if (period == 0) {
            break;
        }
        try_period(search, begin, end, period, &best);
    }
    if (gain(&best) < LEAST_GAIN) {
        return true;
    }
    if (!rg__vector_push(search->drawing->allocator, &picture->folds, best)) {
        return false;
    }
    for (uint32_t i = 0; i < gain(&best); i++) {
        picture->vertices[best.first + i] = RG_DRAW_FIRST_FOLD + picture->folds.count - 1;
    }
    return search_part(search, begin, best.first - best.size) && search_part(search, best.first + gain(&best), end);
}

bool rg__draw_find_folds(rg_picture *picture, const rg_drawing *drawing)
{
    const rg_draw_side *side = picture->side;
    const rg_allocator *allocator = drawing->allocator;
    size_t size = (side->count + 1) * sizeof(uint32_t);
    repeat_search search = {picture, drawing, side, rg__allocate(allocator, size)};
    uint32_t begin = 0;
    while (begin < side->count && rg__draw_is_input(side, begin)) {
        begin++; /* inputs are drawn where they are read */
    }
    bool good = search.distances != NULL && search_part(&search, begin, side->count);
    rg__free(allocator, search.distances, size);
    return good;
}

/*
 * picture.c: choosing what of a graph is drawn. Graphviz needs seconds for a thousand nodes and minutes for four
 * thousand, and nobody could read that; so a picture has a bound, and of larger graphs the part that says most is
 * drawn:
 *
 *   1. what was asked for, with rg_drawing_focus;
 *   2. all of a graph within the bound;
 *   3. a graph that fits when its repeated parts are drawn once (repeat.c);
 *   4. what matched or changed, with what stands next to it;
 *   5. the first nodes.
 *
 * What the bound still cuts off is said beside the picture (rg__draw_describe). Values from outside are drawn only
 * where a node that reads them is.
 */
#include "draw/draw_impl.h"

#include "ir/context_impl.h"

enum { DEFAULT_MAX_NODES = 400 };

static bool is_read_by_shown(const rg_picture *picture, uint32_t place)
{
    const rg_draw_side *side = picture->side;
    rg_node node = side->nodes[place];
    for (size_t i = 0; i < rg_node_use_count(side->graph, node); i++) {
        uint32_t user = rg__draw_place(side, rg_node_use(side->graph, node, i).user);
        if (user != RG_DRAW_NOWHERE && picture->vertices[user] == RG_DRAW_SHOWN) {
            return true;
        }
    }
    return false;
}

/* Show the inputs that a node of the picture reads, and no others. */
static void settle_inputs(rg_picture *picture)
{
    for (uint32_t place = 0; place < picture->side->count; place++) {
        if (rg__draw_is_input(picture->side, place)) {
            picture->vertices[place] = is_read_by_shown(picture, place) ? RG_DRAW_SHOWN : RG_DRAW_HIDDEN;
        }
    }
}

static void count_shown(rg_picture *picture)
{
    picture->shown = picture->folds.count;
    for (uint32_t place = 0; place < picture->side->count; place++) {
        picture->shown += picture->vertices[place] == RG_DRAW_SHOWN;
    }
}

/* Leave out what is beyond the bound, from the end of the list. */
static void cut(rg_picture *picture, uint32_t max_nodes)
{
    uint32_t shown = 0;
    for (uint32_t place = 0; place < picture->side->count; place++) {
        if (picture->vertices[place] == RG_DRAW_SHOWN && shown++ >= max_nodes) {
            picture->vertices[place] = RG_DRAW_HIDDEN;
            picture->is_cut = true;
        }
    }
}

/* Show these, without values from outside that the bound should not be spent on. */
static void show_marked(rg_picture *picture, const bool *marks, uint32_t max_nodes, bool inputs_too)
{
    for (uint32_t place = 0; place < picture->side->count; place++) {
        bool stays = marks[place] && (inputs_too || !rg__draw_is_input(picture->side, place));
        picture->vertices[place] = stays ? RG_DRAW_SHOWN : RG_DRAW_HIDDEN;
    }
    cut(picture, max_nodes);
}

static bool choose_regions(rg_picture *picture, const rg_drawing *drawing, uint32_t max_nodes)
{
    const rg_draw_side *side = picture->side;
    size_t size = side->count * sizeof(bool) + 1;
    bool *marks = rg__allocate(drawing->allocator, size);
    bool any = false;
    if (marks == NULL) {
        return false;
    }
    for (uint32_t place = 0; place < side->count; place++) {
        marks[place] = (side->matches[place] != 0 || side->changed[place]) && !rg__draw_is_input(side, place);
        any = any || marks[place];
    }
    picture->extent = any ? RG_DRAW_REGIONS : RG_DRAW_FIRST;
    bool good = !any || rg__draw_widen(side, marks, false, drawing->allocator);
    for (uint32_t place = 0; !any && place < side->count; place++) {
        marks[place] = true;
    }
    if (good) {
        show_marked(picture, marks, max_nodes, false);
        settle_inputs(picture);
    }
    rg__free(drawing->allocator, marks, size);
    return good;
}

static bool choose(rg_picture *picture, const rg_drawing *drawing, uint32_t max_nodes)
{
    const rg_draw_side *side = picture->side;
    for (uint32_t place = 0; place < side->count; place++) {
        picture->vertices[place] = RG_DRAW_SHOWN;
    }
    picture->shown = side->count;
    if (side->focus != NULL) {
        picture->extent = RG_DRAW_FOCUS;
        show_marked(picture, side->focus, max_nodes, true);
        count_shown(picture);
        return true;
    }
    picture->extent = RG_DRAW_ALL;
    if (side->count <= max_nodes) {
        return true;
    }
    if (!rg__draw_find_folds(picture, drawing)) {
        return false;
    }
    picture->extent = RG_DRAW_FOLDED;
    settle_inputs(picture);
    count_shown(picture);
    if (picture->shown <= max_nodes) {
        return true;
    }
    picture->folds.count = 0;
    bool good = choose_regions(picture, drawing, max_nodes);
    count_shown(picture);
    return good;
}

rg_status rg__picture_choose(rg_picture *out, const rg_drawing *drawing, const rg_draw_side *side, uint32_t max_nodes)
{
    *out = (rg_picture){.side = side};
    out->vertices = rg__allocate(drawing->allocator, side->count * sizeof(*out->vertices) + 1);
    if (out->vertices == NULL || !choose(out, drawing, max_nodes == 0 ? DEFAULT_MAX_NODES : max_nodes)) {
        rg__picture_free(out, drawing);
        return rg__report_memory(drawing->context);
    }
    return RG_OK;
}

void rg__picture_free(rg_picture *picture, const rg_drawing *drawing)
{
    rg__free(drawing->allocator, picture->vertices, picture->side->count * sizeof(*picture->vertices) + 1);
    rg__vector_free(drawing->allocator, &picture->folds);
    picture->vertices = NULL;
}

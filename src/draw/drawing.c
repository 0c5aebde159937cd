/*
 * drawing.c: making a drawing: sheets, and the marks that matches leave on their nodes. picture.c then chooses what is
 * drawn; print_dot.c and print_page.c write it.
 */
#include "draw/draw_impl.h"

#include "ir/context_impl.h"

rg_status rg_drawing_create(rg_drawing **out, rg_context *context, rg_string title)
{
    *out = NULL;
    rg_drawing *drawing = rg__allocate(&context->allocator, sizeof(*drawing));
    if (drawing == NULL) {
        return rg__report_memory(context);
    }
    memset(drawing, 0, sizeof(*drawing));
    drawing->context = context;
    drawing->allocator = &context->allocator;
    rg__arena_init(&drawing->arena, drawing->allocator);
    drawing->title = rg__arena_copy(&drawing->arena, title);
    if (drawing->title.data == NULL) {
        rg_drawing_destroy(drawing);
        return rg__report_memory(context);
    }
    *out = drawing;
    return RG_OK;
}

void rg_drawing_destroy(rg_drawing *drawing)
{
    if (drawing == NULL) {
        return;
    }
    const rg_allocator *allocator = drawing->allocator;
    rg__vector_free(allocator, &drawing->sheets);
    rg__vector_free(allocator, &drawing->matches);
    rg__vector_free(allocator, &drawing->rules);
    rg__vector_free(allocator, &drawing->passes);
    rg__vector_free(allocator, &drawing->misses);
    rg__arena_free(&drawing->arena);
    rg__free(allocator, drawing, sizeof(*drawing));
}

/* ---- nodes ---- */

uint32_t rg__draw_place(const rg_draw_side *side, rg_node node)
{
    return node.id == 0 || node.id >= side->place_limit ? RG_DRAW_NOWHERE : side->places[node.id];
}

uint32_t rg__draw_place_of_name(const rg_draw_side *side, rg_string name)
{
    return rg__draw_place(side, rg_graph_find(side->graph, name));
}

bool rg__draw_is_input(const rg_draw_side *side, uint32_t place)
{
    rg_op_kind kind = rg_node_kind(side->graph, side->nodes[place]);
    return kind == RG_OP_PLACEHOLDER || kind == RG_OP_GET_ATTR;
}

uint32_t rg__draw_rule_at(const rg_drawing *drawing, const rg_draw_side *side, uint32_t place)
{
    uint32_t match = side->matches[place];
    return match == 0 ? 0 : drawing->matches.items[match - 1].rule + 1;
}

/* ---- sheets ---- */

static bool fill_side(rg_drawing *drawing, rg_draw_side *side, const rg_graph *graph, const char *title)
{
    rg_arena *arena = &drawing->arena;
    uint32_t limit = 1;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        limit = node.id >= limit ? node.id + 1 : limit;
    }
    side->graph = graph;
    side->title = title;
    side->place_limit = limit;
    side->count = (uint32_t)rg_graph_node_count(graph);
    side->nodes = rg__arena_allocate(arena, side->count * sizeof(*side->nodes));
    side->places = rg__arena_allocate(arena, limit * sizeof(*side->places));
    side->matches = rg__arena_allocate_zero(arena, side->count * sizeof(*side->matches));
    side->changed = rg__arena_allocate_zero(arena, side->count * sizeof(*side->changed));
    if (side->nodes == NULL || side->places == NULL || side->matches == NULL || side->changed == NULL) {
        return false;
    }
    memset(side->places, 0xff, limit * sizeof(*side->places)); /* RG_DRAW_NOWHERE */
    uint32_t place = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        side->nodes[place] = node;
        side->places[node.id] = place++;
    }
    return true;
}

static void note_changes(rg_draw_side *side, const rg_draw_side *other, rg_sheet_kind kind)
{
    for (uint32_t place = 0; place < side->count; place++) {
        rg_node node = side->nodes[place];
        rg_node twin = rg_graph_find(other->graph, rg_node_name(side->graph, node));
        bool is_same = !rg_node_is_null(twin) && (kind == RG_SHEET_TWO_GRAPHS || rg_node_same(node, twin)) &&
                       rg_op_same(rg_node_op(side->graph, node), rg_node_op(other->graph, twin));
        side->changed[place] = !is_same;
    }
}

rg_status rg_drawing_add_sheet(size_t *out, rg_drawing *drawing, rg_string title, const rg_graph *before,
                               const rg_graph *after, rg_sheet_kind kind)
{
    rg_draw_sheet sheet = {.title = rg__arena_copy(&drawing->arena, title), .side_count = after == NULL ? 1 : 2};
    bool good = sheet.title.data != NULL && fill_side(drawing, &sheet.sides[0], before, after == NULL ? "" : "before");
    if (good && after != NULL) {
        good = fill_side(drawing, &sheet.sides[1], after, "after");
    }
    *out = drawing->sheets.count;
    if (!good || !rg__vector_push(drawing->allocator, &drawing->sheets, sheet)) {
        return rg__report_memory(drawing->context);
    }
    rg_draw_side *sides = drawing->sheets.items[*out].sides;
    for (uint32_t i = 0; i < sheet.side_count; i++) {
        sides[i].number = drawing->side_count++;
        if (after != NULL) {
            note_changes(&sides[i], &sides[1 - i], kind);
        }
    }
    return RG_OK;
}

/* ---- matches ---- */

/* The number of a rule; RG_DRAW_NOWHERE when memory is out. */
static uint32_t rule_number(rg_drawing *drawing, rg_string name)
{
    for (uint32_t i = 0; i < drawing->rules.count; i++) {
        if (rg_string_equal(drawing->rules.items[i].name, name)) {
            return i;
        }
    }
    rg_draw_rule rule = {rg__arena_copy(&drawing->arena, name), 0};
    if (rule.name.data == NULL || !rg__vector_push(drawing->allocator, &drawing->rules, rule)) {
        return RG_DRAW_NOWHERE;
    }
    return drawing->rules.count - 1;
}

static void claim(rg_draw_sheet *sheet, const rg_drawn_match *match, uint32_t number)
{
    rg_draw_side *before = &sheet->sides[0];
    for (size_t i = 0; i < match->node_count; i++) {
        uint32_t place = rg__draw_place_of_name(before, match->nodes[i]);
        if (place != RG_DRAW_NOWHERE && before->matches[place] == 0) {
            before->matches[place] = number;
        }
    }
    rg_draw_side *after = &sheet->sides[1];
    for (size_t i = 0; sheet->side_count == 2 && i < match->output_count; i++) {
        uint32_t place = rg__draw_place_of_name(after, match->outputs[i]);
        if (place != RG_DRAW_NOWHERE && !rg__draw_is_input(after, place)) {
            after->matches[place] = number;
        }
    }
}

/* Copies of strings in the arena; NULL when memory is out. */
static rg_string *copy_strings(rg_arena *arena, const rg_string *strings, size_t count)
{
    rg_string *copies = rg__arena_allocate(arena, count * sizeof(*copies));
    for (size_t i = 0; copies != NULL && i < count; i++) {
        copies[i] = rg__arena_copy(arena, strings[i]);
        copies = copies[i].data == NULL ? NULL : copies;
    }
    return copies;
}

static bool copy_match(rg_draw_match *out, rg_drawing *drawing, const rg_drawn_match *match)
{
    rg_arena *arena = &drawing->arena;
    *out = (rg_draw_match){.sheet = match->sheet,
                           .rule = rule_number(drawing, match->rule),
                           .pass = rg__arena_copy(arena, match->pass),
                           .instance = rg__arena_copy(arena, match->instance),
                           .root = rg__arena_copy(arena, match->root),
                           .nodes = copy_strings(arena, match->nodes, match->node_count),
                           .node_count = match->node_count,
                           .made = copy_strings(arena, match->made, match->made_count),
                           .made_count = match->made_count};
    return out->rule != RG_DRAW_NOWHERE && out->pass.data != NULL && out->instance.data != NULL &&
           out->root.data != NULL && out->nodes != NULL && out->made != NULL;
}

static rg_status check_sheet(const rg_drawing *drawing, size_t sheet)
{
    return sheet < drawing->sheets.count
               ? RG_OK
               : rg__report(drawing->context, RG_ERROR_ARGUMENT, "the drawing has no sheet %zu", sheet);
}

rg_status rg_drawing_add_match(rg_drawing *drawing, const rg_drawn_match *match)
{
    rg_draw_match copy;
    rg_status status = check_sheet(drawing, match->sheet);
    if (status != RG_OK) {
        return status;
    }
    if (!copy_match(&copy, drawing, match) || !rg__vector_push(drawing->allocator, &drawing->matches, copy)) {
        return rg__report_memory(drawing->context);
    }
    drawing->rules.items[copy.rule].count++;
    claim(&drawing->sheets.items[match->sheet], match, drawing->matches.count);
    return RG_OK;
}

rg_status rg_drawing_add_miss(rg_drawing *drawing, const rg_drawn_miss *miss)
{
    rg_draw_miss copy = *miss;
    rg_string *const strings[] = {&copy.pass,   &copy.rule,       &copy.reason,     &copy.sentence,
                                  &copy.remedy, &copy.rule_place, &copy.graph_place};
    rg_status status = check_sheet(drawing, miss->sheet);
    bool good = status == RG_OK;
    for (size_t i = 0; good && i < sizeof(strings) / sizeof(strings[0]); i++) {
        *strings[i] = rg__arena_copy(&drawing->arena, *strings[i]);
        good = strings[i]->data != NULL;
    }
    if (good) {
        copy.examples = copy_strings(&drawing->arena, miss->examples, miss->example_count);
        good = copy.examples != NULL && rg__vector_push(drawing->allocator, &drawing->misses, copy);
    }
    return good || status != RG_OK ? status : rg__report_memory(drawing->context);
}

rg_status rg_drawing_add_pass(rg_drawing *drawing, rg_string name, uint64_t matched, uint64_t nanoseconds)
{
    rg_draw_pass pass = {rg__arena_copy(&drawing->arena, name), matched, nanoseconds};
    if (pass.name.data == NULL || !rg__vector_push(drawing->allocator, &drawing->passes, pass)) {
        return rg__report_memory(drawing->context);
    }
    return RG_OK;
}

/* From readers to what they read, so from the end to the start. */
static void spread_on_side(rg_draw_side *side)
{
    for (uint32_t place = side->count; place-- > 0;) {
        rg_node node = side->nodes[place];
        size_t uses = rg_node_use_count(side->graph, node);
        bool is_open = side->changed[place] && side->matches[place] == 0 && !rg__draw_is_input(side, place);
        for (size_t i = 0; is_open && i < uses; i++) {
            uint32_t user = rg__draw_place(side, rg_node_use(side->graph, node, i).user);
            side->matches[place] = user == RG_DRAW_NOWHERE ? 0 : side->matches[user];
            is_open = side->matches[place] == 0;
        }
    }
}

void rg__draw_spread_colours(rg_drawing *drawing)
{
    for (uint32_t i = 0; i < drawing->sheets.count; i++) {
        if (drawing->sheets.items[i].side_count == 2) {
            spread_on_side(&drawing->sheets.items[i].sides[1]);
        }
    }
}

/* ---- focus ---- */

/* One step from every marked node. A value from outside is often read by nodes that have nothing else in common, so
 * that one leads to its readers only where `from_inputs` says. */
bool rg__draw_widen(const rg_draw_side *side, bool *marks, bool from_inputs, const rg_allocator *allocator)
{
    size_t size = side->count * sizeof(*marks);
    bool *old = rg__allocate(allocator, size + 1);
    if (old == NULL) {
        return false;
    }
    memcpy(old, marks, size);
    for (uint32_t place = 0; place < side->count; place++) {
        rg_node node = side->nodes[place];
        bool leads = old[place] && (from_inputs || !rg__draw_is_input(side, place));
        for (size_t i = 0; i < rg_node_use_count(side->graph, node); i++) {
            uint32_t user = rg__draw_place(side, rg_node_use(side->graph, node, i).user);
            if (user != RG_DRAW_NOWHERE) {
                marks[place] = marks[place] || old[user];
                marks[user] = marks[user] || leads;
            }
        }
    }
    rg__free(allocator, old, size + 1);
    return true;
}

/* Add what is near the node of this name, if there is one. */
static rg_status focus_side(rg_drawing *drawing, rg_draw_side *side, rg_string name, uint32_t depth)
{
    uint32_t place = rg__draw_place_of_name(side, name);
    bool *marks = rg__arena_allocate_zero(&drawing->arena, side->count * sizeof(*marks));
    bool good = marks != NULL;
    if (good && side->focus == NULL) {
        side->focus = rg__arena_allocate_zero(&drawing->arena, side->count * sizeof(*marks));
        good = side->focus != NULL;
    }
    if (good && place != RG_DRAW_NOWHERE) {
        marks[place] = true;
    }
    for (uint32_t step = 0; good && place != RG_DRAW_NOWHERE && step < depth && step < side->count; step++) {
        good = rg__draw_widen(side, marks, step == 0, drawing->allocator);
    }
    for (uint32_t i = 0; good && i < side->count; i++) {
        side->focus[i] = side->focus[i] || marks[i];
    }
    return good ? RG_OK : rg__report_memory(drawing->context);
}

rg_status rg_drawing_focus(rg_drawing *drawing, rg_string name, uint32_t depth)
{
    bool found = false;
    rg_status status = RG_OK;
    for (uint32_t i = 0; i < drawing->sheets.count; i++) {
        for (uint32_t j = 0; j < drawing->sheets.items[i].side_count; j++) {
            found = found || rg__draw_place_of_name(&drawing->sheets.items[i].sides[j], name) != RG_DRAW_NOWHERE;
        }
    }
    if (!found) {
        return rg__report(drawing->context, RG_ERROR_NAME, "no graph that is drawn has a node '%.*s'", (int)name.size,
                          name.data);
    }
    for (uint32_t i = 0; status == RG_OK && i < drawing->sheets.count; i++) {
        rg_draw_sheet *sheet = &drawing->sheets.items[i];
        for (uint32_t j = 0; status == RG_OK && j < sheet->side_count; j++) {
            status = focus_side(drawing, &sheet->sides[j], name, depth);
        }
    }
    return status;
}

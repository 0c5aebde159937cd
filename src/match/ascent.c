/*
 * ascent.c: see ascent.h.
 */
#include "match/ascent.h"

#include "match/automaton.h"
#include "ops/noop.h"

bool rg__ascent_allows(const rg_ascending *ascending, const rg_ascent_step *step, uint32_t id)
{
    const rg_graph *graph = ascending->graph;
    return rg__automaton_label_holds(ascending->labels, graph->label[id], step->skeleton) &&
           !rg__screen_refuses_users(ascending->sees_through, graph, id, step->users);
}

static bool is_found(rg_ascending *ascending, uint32_t id)
{
    for (uint32_t i = 0; i < ascending->found_count; i++) {
        if (ascending->found[i] == id) {
            ascending->met_found = true;
            return true;
        }
    }
    return false;
}

/* Recursion: a level for each step, and for each node that may be passed over. Both are counted as readers. */
bool rg__ascent_leads_up(rg_ascending *ascending, uint32_t id, const rg_ascent_step *steps, uint32_t count)
{
    const rg_graph *graph = ascending->graph;
    if (count == 0) {
        return true;
    }
    rg_node_record record = graph->records[id];
    for (uint32_t i = 0; i < record.use_count; i++) {
        uint32_t user = graph->uses.items[record.uses + i].user;
        if (ascending->left == 0) {
            return true;
        }
        ascending->left--;
        if (rg__ascent_allows(ascending, steps, user) && !is_found(ascending, user) &&
            rg__ascent_leads_up(ascending, user, steps + 1, count - 1)) {
            return true;
        }
        if (rg__may_be_passed(ascending->sees_through, graph, user) && rg__noop_data(graph, (rg_node){user}).id == id &&
            rg__ascent_leads_up(ascending, user, steps, count)) {
            return true;
        }
    }
    return false;
}

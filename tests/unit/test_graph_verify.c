/* rg_graph_verify finds every breach: each is planted in turn into a graph that holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ir/graph_impl.h"
#include "support/failing_allocator.h"
#include "support/graph_building.h"

typedef struct sample {
    rg_context *context;
    rg_graph *graph;
    rg_node x, weight, a, b, output;
} sample;

static void make_sample(sample *out)
{
    assert_int_equal(rg_context_create(&out->context, NULL), RG_OK);
    out->graph = build_graph(out->context);
    out->x = build_placeholder(out->graph, "x");
    out->weight = build_get_attr(out->graph, "w");
    const char *names[] = {NULL, NULL, "k"};
    rg_value list = build_items(out->graph, RG_VALUE_LIST, VALUES(value_of(out->x), rg_value_none()));
    rg_value values[] = {value_of(out->x), value_of(out->weight), list};
    out->a = build_call_named(out->graph, "f.f.f", names, values, 3);
    rg_value pair = build_items(out->graph, RG_VALUE_TUPLE, VALUES(value_of(out->x), value_of(out->a)));
    out->b = build_call(out->graph, "f.f.f", "b", VALUES(value_of(out->a), pair, value_of(out->x)));
    out->output = build_output(out->graph, value_of(out->b));
    assert_graph_holds(out->graph);
}

static rg_value *argument(const sample *at, rg_node node, uint32_t index)
{
    return (rg_value *)&at->graph->arguments.items[rg__node_arguments(at->graph, node.id) + index];
}

static rg_items_header *header(const sample *at, rg_node node, uint32_t index)
{
    return (rg_items_header *)&at->graph->arguments.items[rg__value_low(*argument(at, node, index))];
}

static rg_use_entry *use(const sample *at, rg_node node, uint32_t index)
{
    return &at->graph->uses.items[at->graph->records[node.id].uses + index];
}

/* ---- the breaches ---- */

static void break_link(sample *at)
{
    at->graph->previous[at->b.id] = at->x.id;
}
static void lose_node(sample *at)
{
    at->graph->next[at->a.id] = at->output.id;
    at->graph->previous[at->output.id] = at->a.id;
}
static void make_ring(sample *at)
{
    at->graph->next[at->output.id] = at->x.id;
}
static void link_dead_node(sample *at)
{
    at->graph->flags[at->a.id] = 0;
}
static void swap_keys(sample *at)
{
    uint32_t key = at->graph->order[at->a.id];
    at->graph->order[at->a.id] = at->graph->order[at->b.id];
    at->graph->order[at->b.id] = key;
}
static void miscount_nodes(sample *at)
{
    at->graph->node_count++;
}
static void lose_name(sample *at)
{
    (void)rg__map_remove(&at->graph->nodes_by_name, at->graph->names[at->b.id]);
}
static void add_name(sample *at)
{
    (void)rg__map_set(&at->context->allocator, &at->graph->nodes_by_name, 1000000, at->b.id);
}
static void share_name(sample *at)
{
    at->graph->names[at->b.id] = at->graph->names[at->a.id];
}
static void forge_op(sample *at)
{
    at->graph->op[at->b.id] = 65535;
}
static void forge_type(sample *at)
{
    at->graph->types[at->b.id] = 4711;
}
static void forge_spelling(sample *at)
{
    at->graph->calls[at->b.id] = 4711;
}
static void exchange_spelling(sample *at)
{
    at->graph->calls[at->output.id] = at->graph->calls[at->a.id];
}
static void grow_arguments(sample *at)
{
    at->graph->records[at->output.id].argument_count = 60000;
}
static void grow_uses(sample *at)
{
    at->graph->records[at->b.id].use_count = 2;
}
static void lose_target(sample *at)
{
    at->graph->records[at->weight.id].hidden = 0;
    at->graph->records[at->weight.id].argument_count = 0;
}
static void lose_output(sample *at)
{
    at->graph->output = 0;
}
static void second_output(sample *at)
{
    at->graph->op[at->b.id] = rg__op_pseudo(RG_OP_OUTPUT).id;
}
static void late_placeholder(sample *at)
{
    at->graph->op[at->b.id] = rg__op_pseudo(RG_OP_PLACEHOLDER).id;
}
static void read_later(sample *at)
{
    *argument(at, at->a, 0) = value_of(at->b);
}
static void read_nothing(sample *at)
{
    *argument(at, at->a, 0) = value_of((rg_node){0});
}
static void lose_argument(sample *at)
{
    *argument(at, at->a, 0) = rg_value_missing();
}
static void detach_items(sample *at)
{
    header(at, at->a, 2)->attached = 0;
}
static void share_items(sample *at)
{
    *argument(at, at->b, 1) = *argument(at, at->a, 2);
}
static void forge_items(sample *at)
{
    header(at, at->a, 2)->count = 100000;
}
static void empty_items(sample *at)
{
    uint32_t offset = rg__value_low(*argument(at, at->a, 2));
    at->graph->arguments.items[offset + 1] = rg_value_none().bits;
}
static void change_argument(sample *at)
{
    *argument(at, at->a, 0) = value_of(at->weight);
}
static void change_use_user(sample *at)
{
    use(at, at->a, 0)->user = at->output.id;
}
static void change_use_argument(sample *at)
{
    use(at, at->a, 1)->argument = 0;
}
static void part_uses_of_one_user(sample *at)
{
    rg_use_entry entry = *use(at, at->x, 1);
    *use(at, at->x, 1) = *use(at, at->x, 2);
    *use(at, at->x, 2) = entry;
}
static void miscount_users(sample *at)
{
    at->graph->users[at->x.id]++;
}
static void lose_use(sample *at)
{
    at->graph->records[at->x.id].use_count--;
}
static void repeat_use(sample *at)
{
    *use(at, at->a, 1) = *use(at, at->a, 0);
}
static void reorder_and_miscount_users(sample *at)
{
    rg_use_entry entry = *use(at, at->a, 0);
    *use(at, at->a, 0) = *use(at, at->a, 1);
    *use(at, at->a, 1) = entry;
    at->graph->users[at->a.id]++;
}
/* Each list lies in a block; together they have more entries than there are arguments. */
static void grow_all_uses(sample *at)
{
    for (uint32_t id = 1; id <= at->graph->id_count; id++) {
        rg_node_record *record = &at->graph->records[id];
        record->uses = 0;
        record->use_count = at->graph->uses.count;
        record->use_class = 10;
    }
}

static void test_every_breach_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*plant)(sample *at);
        const char *message;
    } breaches[] = {
        {"break_link", break_link, "its links are broken"},
        {"lose_node", lose_node, "the list does not hold all nodes"},
        {"make_ring", make_ring, "its links are broken"},
        {"link_dead_node", link_dead_node, "it is linked but not in the graph"},
        {"swap_keys", swap_keys, "its order key is not above that of the node before it"},
        {"miscount_nodes", miscount_nodes, "the list does not hold all nodes"},
        {"lose_name", lose_name, "its name does not lead to it"},
        {"add_name", add_name, "a name leads to no node"},
        {"share_name", share_name, "its name does not lead to it"},
        {"forge_op", forge_op, "its op is not one of the context"},
        {"forge_type", forge_type, "its type or spelling is not one of the context"},
        {"forge_spelling", forge_spelling, "its type or spelling is not one of the context"},
        {"exchange_spelling", exchange_spelling, "its spelling does not fit the number of its arguments"},
        {"grow_arguments", grow_arguments, "its arguments lie outside the pool"},
        {"grow_uses", grow_uses, "its use list lies outside its block"},
        {"lose_target", lose_target, "it has no target"},
        {"lose_output", lose_output, "the graph's output is another node"},
        {"second_output", second_output, "a graph has one output, which is its last node"},
        {"late_placeholder", late_placeholder, "placeholders come before all other nodes"},
        {"read_later", read_later, "it reads a node that does not come before it"},
        {"read_nothing", read_nothing, "it reads a node that is not in the graph"},
        {"lose_argument", lose_argument, "an argument is missing"},
        {"detach_items", detach_items, "the items of an argument are broken"},
        {"share_items", share_items, "belong to another one too"},
        {"forge_items", forge_items, "the items of an argument are broken"},
        {"empty_items", empty_items, "items without nodes are not interned"},
        {"change_argument", change_argument, "its use list is too long or too short"},
        {"change_use_user", change_use_user, "its use list names a node that does not read it, or one twice"},
        {"change_use_argument", change_use_argument, "its use list names an argument that does not read it"},
        {"part_uses", part_uses_of_one_user, "its use list names a node that does not read it, or one twice"},
        {"miscount_users", miscount_users, "its number of users is wrong"},
        {"lose_use", lose_use, "its use list is too long or too short"},
        {"repeat_use", repeat_use, "its use list names an argument that does not read it"},
        {"reorder_and_miscount", reorder_and_miscount_users, "its number of users is wrong"},
        {"grow_all_uses", grow_all_uses, "its use lists hold more than its arguments"},
    };
    for (size_t i = 0; i < sizeof(breaches) / sizeof(breaches[0]); i++) {
        sample at;
        make_sample(&at);
        breaches[i].plant(&at);
        assert_int_equal(rg_graph_verify(at.graph), RG_ERROR_GRAPH);
        assert_int_equal(rg_context_diagnostic_count(at.context), 1);
        const char *message = rg_context_diagnostic(at.context, 0)->message.data;
        if (strstr(message, breaches[i].message) == NULL) {
            fail_msg("%s: '%s' does not say '%s'", breaches[i].name, message, breaches[i].message);
        }
        rg_graph_destroy(at.graph);
        rg_context_destroy(at.context);
    }
}

/* Use entries of one user may stand in another order than the arguments, as edits leave them. */
static void test_order_within_a_user_is_free(void **state)
{
    (void)state;
    sample at;
    make_sample(&at);
    assert_string_equal(use_names(at.graph, at.a), "b.0 b.1");
    assert_int_equal(rg_graph_set_argument(at.graph, at.b, 0, value_of(at.x)), RG_OK);
    assert_int_equal(rg_graph_set_argument(at.graph, at.b, 0, value_of(at.a)), RG_OK);
    assert_string_equal(use_names(at.graph, at.a), "b.1 b.0");
    assert_graph_holds(at.graph);
    rg_graph_destroy(at.graph);
    rg_context_destroy(at.context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_breach_is_found),
        cmocka_unit_test(test_order_within_a_user_is_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * apply.c: carrying a planned rewrite out, and rg_rewrite_apply. Many of them: sweep.c.
 *
 * First what can fail and can be undone: readers are moved behind late inputs, nodes are made, memory for their readers
 * is reserved, comments are copied. Then what cannot fail: readers are redirected, the match's nodes erased, names
 * kept.
 */
#include "match/size_query.h"
#include "rewrite/rewrite_impl.h"
#include "rule/repetition.h"

/* An edit that cannot fail, because room was made for it, or because it only takes away. */
static void certain(rg_status status)
{
    (void)status;
}

/* ---- where ---- */

/* The later of two nodes, either of which may be null. */
static rg_node later(const rg_graph *graph, rg_node a, rg_node b)
{
    if (rg_node_is_null(a) || rg_node_is_null(b)) {
        return rg_node_is_null(a) ? b : a;
    }
    return rg__graph_precedes(graph, a, b) ? b : a;
}

/* The latest node met so far. */
typedef struct rg_following {
    const rg_rewrite *rewrite;
    rg_node latest;
} rg_following;

/* `id` is a node of the replacement. */
static rg_status follow_earlier_group(void *user, uint32_t id)
{
    rg_following *following = user;
    const rg_rewrite *rewrite = following->rewrite;
    const rg_operand *operand = &rewrite->images[id];
    size_t count = operand->items == NULL ? 1 : operand->item_count;
    for (size_t i = 0; i < count; i++) {
        const rg_operand *one = operand->items == NULL ? operand : &operand->items[i];
        if (one->is_new && rewrite->new_nodes.items[one->index].group != rewrite->group) {
            rg_node node = rewrite->new_nodes.items[one->index].node;
            following->latest = later(rewrite->graph, following->latest, node);
        }
    }
    return RG_OK;
}

/* The node behind which the group's nodes must stand: its latest input, or a node made for an earlier group that this
 * one reads or gives back. */
static rg_node must_follow(const rg_rewrite *rewrite)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    const rg_match_group *group = &rewrite->order.groups[rewrite->group];
    if (rewrite->order.group_count == 1) {
        return rewrite->order.latest_input;
    }
    rg_following following = {rewrite, rg__match_latest_input(rewrite->match, group)};
    for (uint32_t i = 0; i < group->result_count; i++) {
        rg_value result = rg__output_item(replacement, group->results[i]);
        (void)rg__graph_visit_nodes(replacement, result, follow_earlier_group, &following);
    }
    for (uint32_t i = 0; i < rewrite->new_nodes.count; i++) {
        const rg_new_node *new_node = &rewrite->new_nodes.items[i];
        if (new_node->group != rewrite->group || new_node->source == NULL) {
            continue;
        }
        for (uint32_t j = 0; j < new_node->source->argument_count; j++) {
            rg_value argument = rg__node_argument(replacement, new_node->source->node.id, j);
            (void)rg__graph_visit_nodes(replacement, argument, follow_earlier_group, &following);
        }
    }
    return following.latest;
}

/* The first computed result of the group, in graph order; the root when it has none. */
static rg_node first_result(const rg_rewrite *rewrite)
{
    const rg_match_group *group = &rewrite->order.groups[rewrite->group];
    rg_node first = {0};
    for (uint32_t i = 0; i < group->result_count; i++) {
        rg_node output = rewrite->match->outputs[group->results[i]];
        if (rewrite->rule->compiled->results[group->results[i]].kind == RG_PATTERN_NODE &&
            (rg_node_is_null(first) || rg__graph_precedes(rewrite->graph, output, first))) {
            first = output;
        }
    }
    return rg_node_is_null(first) ? rewrite->match->root : first;
}

static rg_status move_before(rg_rewrite *rewrite, rg_node node, rg_node before)
{
    rg_move move = {node, rg_graph_next(rewrite->graph, node)};
    if (rg_node_same(move.next, before)) {
        return RG_OK;
    }
    if (!rg__vector_push(&rewrite->context->allocator, &rewrite->moves, move)) {
        return rg__report_memory(rewrite->context);
    }
    rg_status status = rg_graph_move_before(rewrite->graph, node, before);
    rewrite->moves.count -= status == RG_OK ? 0 : 1;
    return status;
}

/* Move what depends on the group's results and stands before `last` behind it, keeping its order. */
static rg_status move_dependents(rg_node *before, rg_rewrite *rewrite, rg_node last)
{
    const rg_match_group *group = &rewrite->order.groups[rewrite->group];
    const rg_node *dependents = NULL;
    size_t count = 0;
    rg_node place = rg_graph_next(rewrite->graph, last);
    rg_status status = rg__match_dependents(&dependents, &count, rewrite->match, group->results, group->result_count,
                                            last, rewrite->order.group_count > 1, &rewrite->arena);
    for (size_t i = count; i > 0 && status == RG_OK; i--) {
        status = move_before(rewrite, dependents[i - 1], place);
        place = dependents[i - 1];
    }
    *before = place;
    return status;
}

/* The node before which the group's nodes go, with all their readers behind it. */
static rg_status find_place(rg_node *before, rg_rewrite *rewrite)
{
    const rg_match_group *group = &rewrite->order.groups[rewrite->group];
    rg_node last = must_follow(rewrite);
    *before = first_result(rewrite);
    if (rg_node_is_null(last) || rg__graph_precedes(rewrite->graph, last, *before)) {
        return RG_OK;
    }
    rg_node reader =
        rewrite->order.group_count == 1 ? rewrite->order.first_reader : rg__match_first_reader(rewrite->match, group);
    if (!rg_node_is_null(reader) && !rg__graph_precedes(rewrite->graph, last, reader)) {
        return move_dependents(before, rewrite, last);
    }
    *before = rg_graph_next(rewrite->graph, last);
    return RG_OK;
}

/* ---- results ---- */

static bool is_input_result(const rg_rewrite *rewrite, uint32_t index)
{
    return rewrite->rule->compiled->results[index].kind == RG_PATTERN_INPUT;
}

/* Has an earlier result of the same node taken its readers already? */
static bool is_repeated(const rg_rewrite *rewrite, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++) {
        if (rg_node_same(rewrite->match->outputs[i], rewrite->match->outputs[index]) &&
            is_input_result(rewrite, i) == is_input_result(rewrite, index)) {
            return true;
        }
    }
    return false;
}

/* The node whose name new node `index` takes: the first result that it takes the place of. All readers of a result that
 * the match computes are redirected, so that node will go. */
static rg_node heir_of(const rg_rewrite *rewrite, uint32_t index)
{
    for (uint32_t i = 0; i < rewrite->match->output_count; i++) {
        const rg_operand *operand = &rewrite->images[rewrite->template->results[i].id];
        if (operand->is_new && operand->index == index && !rg_node_is_null(rewrite->match->outputs[i]) &&
            !is_input_result(rewrite, i) && !is_repeated(rewrite, i)) {
            return rewrite->match->outputs[i];
        }
    }
    return (rg_node){0};
}

/* ---- making nodes ---- */

/* A list that is handed over as arguments becomes as many, by position. */
static rg_status spread_rest(rg_argument **arguments, size_t *count, rg_rewrite *rewrite, size_t rest)
{
    rg_value list = (*arguments)[rest].value;
    size_t items = rg_value_count(rewrite->context, rewrite->graph, list);
    rg_argument *spread = rg__arena_allocate_zero(&rewrite->arena, (*count + items) * sizeof(*spread));
    if (spread == NULL) {
        return rg__report_memory(rewrite->context);
    }
    memcpy(spread, *arguments, rest * sizeof(*spread));
    for (size_t i = 0; i < items; i++) {
        spread[rest + i].value = rg_value_item(rewrite->context, rewrite->graph, list, i);
    }
    memcpy(spread + rest + items, *arguments + rest + 1, (*count - rest - 1) * sizeof(*spread));
    *arguments = spread;
    *count += items - 1;
    return RG_OK;
}

/* The arguments of a new node, as values of the graph. */
static rg_status make_arguments(rg_argument **out, size_t *count, rg_rewrite *rewrite, const rg_new_node *new_node)
{
    const rg_graph *replacement = rewrite->rule->replacement;
    const rg_template_node *source = new_node->source;
    rg_operand *shared = rewrite->images;
    *count = source == NULL ? 2 : source->argument_count;
    rg_argument *arguments = rg__arena_allocate_zero(&rewrite->arena, *count * sizeof(*arguments));
    rg_status status = RG_OK;
    if (arguments == NULL) {
        return rg__report_memory(rewrite->context);
    }
    rewrite->images = new_node->images != NULL ? new_node->images : shared;
    for (size_t i = 0; i < *count && status == RG_OK; i++) {
        if (source == NULL) {
            arguments[i].value = rg__operand_value(rewrite, new_node->operands[i]);
            continue;
        }
        rg_value value = rg__node_argument(replacement, source->node.id, (uint32_t)i);
        if (source->call == RG_CALL_UNKNOWN) {
            arguments[i].name = rg_node_argument_name(replacement, source->node, i);
        }
        status = rg__rewrite_value(&arguments[i].value, rewrite,
                                   i == source->rest ? rg_value_node(rg__rest_list(replacement, value)) : value);
    }
    rewrite->images = shared;
    *out = arguments;
    return status == RG_OK && source != NULL && source->rest < *count ? spread_rest(out, count, rewrite, source->rest)
                                                                      : status;
}

static rg_status make_node(rg_rewrite *rewrite, uint32_t index, rg_node before)
{
    rg_new_node *new_node = &rewrite->new_nodes.items[index];
    rg_node_description description = RG_NODE_DESCRIPTION_INIT;
    rg_argument *arguments = NULL;
    rg_type inferred = {0};
    uint32_t call = new_node->source == NULL ? RG_CALL_UNKNOWN : new_node->source->call;
    rg_status status = make_arguments(&arguments, &description.argument_count, rewrite, new_node);
    description.op = new_node->op;
    description.arguments = arguments;
    description.type = new_node->type;
    if (new_node->source != NULL && new_node->source->has_target) {
        description.target = rg_node_target(rewrite->rule->replacement, new_node->source->node);
    }
    if (status == RG_OK) {
        new_node->heir_of = heir_of(rewrite, index);
        status = rg__graph_insert_heir(&new_node->node, rewrite->graph, before, &description, new_node->heir_of, call);
    }
    if (status != RG_OK) {
        return status;
    }
    rewrite->made++;
    status = rg__rewrite_infer(&inferred, rewrite, new_node->node);
    if (status == RG_OK && !rg_type_is_null(inferred)) {
        rg_graph_set_type(rewrite->graph, new_node->node, inferred);
    }
    return status;
}

static rg_status make_nodes(rg_rewrite *rewrite)
{
    rg_status status = RG_OK;
    uint32_t next = 0;
    for (rewrite->group = 0; rewrite->group < rewrite->order.group_count && status == RG_OK; rewrite->group++) {
        rg_node before = {0};
        status = find_place(&before, rewrite);
        while (status == RG_OK && next < rewrite->new_nodes.count &&
               rewrite->new_nodes.items[next].group == rewrite->group) {
            status = make_node(rewrite, next++, before);
        }
    }
    return status;
}

/* ---- readers ---- */

/* What result `index` becomes; null when its readers stay as they are. */
static rg_node find_new_result(const rg_rewrite *rewrite, uint32_t index)
{
    rg_node result = rewrite->template->results[index];
    if (rg_node_is_null(result) || rg_node_is_null(rewrite->match->outputs[index])) {
        return (rg_node){0};
    }
    rg_node node = rg_value_as_node(rg__operand_value(rewrite, rewrite->images[result.id]));
    return rg_node_same(node, rewrite->match->outputs[index]) ? (rg_node){0} : node;
}

static rg_node new_result(const rg_rewrite *rewrite, uint32_t index)
{
    return rewrite->new_results[index];
}

/* Will result `index` hand its readers over whole, to a node that has none? Then rg_graph_replace_uses needs no room.
 */
static bool hands_all_over(const rg_rewrite *rewrite, uint32_t index)
{
    rg_node node = new_result(rewrite, index);
    bool is_only = rg_node_use_count(rewrite->graph, node) == 0 && !is_input_result(rewrite, index);
    for (uint32_t i = 0; i < rewrite->match->output_count && is_only; i++) {
        is_only = i == index || !rg_node_same(new_result(rewrite, i), node);
    }
    return is_only;
}

/* Make room for all readers that each new result will get, so that redirecting cannot fail. A result may be named
 * several times, and an input that becomes a result keeps readers of its own, hence the sum over all. */
static rg_status reserve_readers(rg_rewrite *rewrite)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < rewrite->match->output_count; i++) {
        if (!rg_node_is_null(rewrite->match->outputs[i])) {
            total += rg_node_use_count(rewrite->graph, rewrite->match->outputs[i]);
        }
    }
    for (uint32_t i = 0; i < rewrite->match->output_count; i++) {
        rg_node node = new_result(rewrite, i);
        if (!rg_node_is_null(node) && !hands_all_over(rewrite, i) &&
            !rg__graph_reserve_uses(rewrite->graph, node.id, total)) {
            return rg__report_memory(rewrite->context);
        }
    }
    return RG_OK;
}

/* Readers of a captured input that the pattern gives back read the replacement's version if they come behind it. The
 * others, and the replacement itself, keep reading the input. */
typedef struct rg_kept_readers {
    const rg_node *nodes;
    size_t count;
} rg_kept_readers;

static rg_status find_kept_readers(rg_kept_readers *out, rg_rewrite *rewrite, uint32_t index)
{
    rg_node input = rewrite->match->outputs[index];
    rg_node node = new_result(rewrite, index);
    size_t use_count = rg_node_use_count(rewrite->graph, input);
    rg_node *nodes = rg__arena_allocate(&rewrite->arena, (use_count + rewrite->made) * sizeof(*nodes));
    if (nodes == NULL) {
        return rg__report_memory(rewrite->context);
    }
    size_t count = 0;
    for (uint32_t i = 0; i < rewrite->made; i++) {
        nodes[count++] = rewrite->new_nodes.items[i].node;
    }
    for (size_t i = 0; i < use_count; i++) {
        rg_node user = rg_node_use(rewrite->graph, input, i).user;
        if (rg__graph_precedes(rewrite->graph, user, node)) {
            nodes[count++] = user;
        }
    }
    *out = (rg_kept_readers){nodes, count};
    return RG_OK;
}

/* Inputs first: their readers are those of the graph as it was, not those that a computed result hands to an input. */
static void redirect_readers(rg_rewrite *rewrite, const rg_kept_readers *kept)
{
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < rewrite->match->output_count; i++) {
            rg_node node = new_result(rewrite, i);
            if (rg_node_is_null(node) || is_input_result(rewrite, i) != (pass == 0) || is_repeated(rewrite, i)) {
                continue;
            }
            /* There is room, so this cannot fail. */
            certain(rg_graph_replace_uses(rewrite->graph, rewrite->match->outputs[i], rg_value_node(node),
                                          kept[i].nodes, kept[i].count));
        }
    }
}

/* ---- comments, names, erasing ---- */

static bool is_result(const rg_match *match, rg_node node)
{
    for (size_t i = 0; i < match->output_count; i++) {
        if (rg_node_same(match->outputs[i], node)) {
            return true;
        }
    }
    return false;
}

/* Leave those of the match's nodes, which are in graph order, that will go: not what others read and is no result, nor
 * what that reads (rg_rule.keep_shared). Gives how many are left. */
static size_t leave_going(const rg_rewrite *rewrite, rg_node *nodes, size_t count)
{
    size_t kept = count; /* nodes[kept ..] go */
    for (size_t i = count; i > 0; i--) {
        size_t use_count = rg_node_use_count(rewrite->graph, nodes[i - 1]);
        bool stays = false;
        for (size_t j = 0; j < use_count && !stays && !is_result(rewrite->match, nodes[i - 1]); j++) {
            rg_node user = rg_node_use(rewrite->graph, nodes[i - 1], j).user;
            stays = !rg__node_asks_size(rewrite->graph, user);
            for (size_t k = kept; k < count && stays; k++) {
                stays = !rg_node_same(nodes[k], user);
            }
        }
        if (!stays) {
            nodes[--kept] = nodes[i - 1];
        }
    }
    memmove(nodes, nodes + kept, (count - kept) * sizeof(*nodes));
    return count - kept;
}

static bool has_comments(const rg_rewrite *rewrite)
{
    bool has = false;
    bool may_have = rewrite->graph->layout.parts.count != 0;
    for (size_t i = 0; i < rewrite->match->node_count && may_have && !has; i++) {
        has = rg__layout_number(rewrite->graph, rewrite->match->nodes[i], RG_LAYOUT_LEADING) != 0;
    }
    return has;
}

/* Text before the match's nodes goes before the first new node, or before the node that then stands in its place. */
static rg_status move_comments(rg_rewrite *rewrite)
{
    rg_graph *graph = rewrite->graph;
    rg_buffer text;
    rg_status status = RG_OK;
    if (!has_comments(rewrite)) {
        return RG_OK;
    }
    rg_node *nodes = rg__arena_allocate(&rewrite->arena, rewrite->match->node_count * sizeof(*nodes));
    if (nodes == NULL) {
        return rg__report_memory(rewrite->context);
    }
    memcpy(nodes, rewrite->match->nodes, rewrite->match->node_count * sizeof(*nodes));
    size_t count = rg__sort_nodes(graph, nodes, rewrite->match->node_count);
    count = leave_going(rewrite, nodes, count);
    rg__buffer_init(&text, &rewrite->context->allocator);
    for (size_t i = 0; i < count; i++) {
        rg__buffer_append(&text, rg__layout_text(graph, nodes[i], RG_LAYOUT_LEADING));
    }
    rg_node heir = rewrite->made > 0 ? rewrite->new_nodes.items[0].node
                   : count > 0       ? rg_graph_next(graph, nodes[count - 1])
                                     : (rg_node){0};
    bool has_text = text.size != 0 && !rg_node_is_null(heir);
    if (has_text) {
        rg__buffer_append(&text, rg__layout_text(graph, heir, RG_LAYOUT_LEADING));
    }
    if (text.failed) {
        status = rg__report_memory(rewrite->context);
    } else if (has_text) {
        status = rg__layout_set_text(graph, heir, RG_LAYOUT_LEADING, rg__buffer_string(&text));
    }
    rg__buffer_free(&text);
    return status;
}

/* Its text has been copied, so it must not be handed to the next node when the node goes. */
static void forget_comment(rg_rewrite *rewrite, rg_node node)
{
    if (rewrite->graph->layout.parts.count != 0 && rg__layout_number(rewrite->graph, node, RG_LAYOUT_LEADING) != 0) {
        certain(rg__layout_set_number(rewrite->graph, node, RG_LAYOUT_LEADING, 0));
    }
}

/* Nodes of the match that nothing reads any more go; users stand behind what they read, so from the last to the first.
 */
static void erase_match(rg_rewrite *rewrite, rg_node *nodes)
{
    size_t count = rg__sort_nodes(rewrite->graph, nodes, rewrite->match->node_count);
    for (size_t i = count; i > 0; i--) {
        if (rg_node_use_count(rewrite->graph, nodes[i - 1]) == 0) {
            rg__size_index_remove(rewrite->index, rewrite->graph, nodes[i - 1]);
            forget_comment(rewrite, nodes[i - 1]);
            certain(rg_graph_erase(rewrite->graph, nodes[i - 1]));
        }
    }
}

static bool is_output(const rg_match *match, rg_node node)
{
    for (size_t i = 0; i < match->output_count; i++) {
        if (rg_node_same(match->outputs[i], node)) {
            return true;
        }
    }
    return false;
}

/* Whoever asks for the size of a value that goes will ask a captured tensor; make room for that. Who asks for that of a
 * result will ask the new one. */
static rg_status find_questions(rg_rewrite *rewrite)
{
    const rg_match *match = rewrite->match;
    rg_status status = RG_OK;
    if (rg__graph_lacks_traits(rewrite->graph, RG_TRAIT_SHAPE_QUERY)) {
        return RG_OK;
    }
    for (size_t i = 0; i < match->node_count; i++) {
        bool goes_on = is_output(match, match->nodes[i]);
        size_t use_count = goes_on ? 0 : rg_node_use_count(rewrite->graph, match->nodes[i]);
        for (size_t j = 0; j < use_count && status == RG_OK; j++) {
            rg_size_question question = {rg_node_use(rewrite->graph, match->nodes[i], j).user, {0}, {0}};
            rg_size_source source;
            if (rg__match_holds(match, question.node) || !rg__size_query_source(&source, match, question.node)) {
                continue;
            }
            question.tensor = source.tensor;
            status = rg_value_int(&question.dim, rewrite->context, source.dim);
            if (status == RG_OK && !rg__vector_push(&rewrite->context->allocator, &rewrite->questions, question)) {
                status = rg__report_memory(rewrite->context);
            }
        }
    }
    for (uint32_t i = 0; i < rewrite->questions.count && status == RG_OK; i++) {
        uint32_t tensor = rewrite->questions.items[i].tensor.id;
        if (!rg__graph_reserve_uses(rewrite->graph, tensor, rewrite->questions.count)) {
            status = rg__report_memory(rewrite->context);
        }
    }
    return status;
}

static void ask_elsewhere(rg_rewrite *rewrite)
{
    for (uint32_t i = 0; i < rewrite->questions.count; i++) {
        const rg_size_question *question = &rewrite->questions.items[i];
        certain(rg_graph_set_argument(rewrite->graph, question->node, 0, rg_value_node(question->tensor)));
        certain(rg_graph_set_argument(rewrite->graph, question->node, 1, question->dim));
    }
}

static void hand_names_on(rg_rewrite *rewrite)
{
    for (uint32_t i = 0; i < rewrite->made; i++) {
        const rg_new_node *new_node = &rewrite->new_nodes.items[i];
        if (!rg_node_is_null(new_node->heir_of)) {
            rg__graph_hand_name_on(rewrite->graph, new_node->heir_of.id, new_node->node.id);
        }
    }
}

/* ---- all of it ---- */

/* What the part that cannot fail needs. */
typedef struct rg_commitment {
    rg_kept_readers *kept; /* by result */
    rg_node *nodes;        /* the match's, to be sorted */
} rg_commitment;

static rg_status prepare(rg_commitment *out, rg_rewrite *rewrite)
{
    const rg_match *match = rewrite->match;
    out->kept = rg__arena_allocate_zero(&rewrite->arena, match->output_count * sizeof(*out->kept));
    out->nodes = rg__arena_allocate(&rewrite->arena, match->node_count * sizeof(*out->nodes));
    rewrite->new_results = rg__arena_allocate(&rewrite->arena, match->output_count * sizeof(*rewrite->new_results));
    if (out->kept == NULL || out->nodes == NULL || rewrite->new_results == NULL) {
        return rg__report_memory(rewrite->context);
    }
    memcpy(out->nodes, match->nodes, match->node_count * sizeof(*out->nodes));
    for (uint32_t i = 0; i < match->output_count; i++) {
        rewrite->new_results[i] = find_new_result(rewrite, i);
    }
    rg_status status = reserve_readers(rewrite);
    if (status == RG_OK) {
        status = find_questions(rewrite);
    }
    for (uint32_t i = 0; i < match->output_count && status == RG_OK; i++) {
        if (!rg_node_is_null(match->outputs[i]) && is_input_result(rewrite, i) &&
            !rg_node_is_null(new_result(rewrite, i))) {
            status = find_kept_readers(&out->kept[i], rewrite, i);
        }
    }
    for (uint32_t i = 0; i < rewrite->made && status == RG_OK; i++) {
        status = rg__size_index_add(rewrite->index, rewrite->graph, rewrite->new_nodes.items[i].node);
    }
    return status;
}

/* A result of unknown type is taken to have the type of what it replaces. */
static void keep_types(rg_rewrite *rewrite)
{
    for (uint32_t i = 0; i < rewrite->match->output_count; i++) {
        rg_node node = new_result(rewrite, i);
        if (!rg_node_is_null(node) && rg_type_is_null(rg_node_type(rewrite->graph, node))) {
            rg_graph_set_type(rewrite->graph, node, rg_node_type(rewrite->graph, rewrite->match->outputs[i]));
        }
    }
}

static void undo(rg_rewrite *rewrite)
{
    for (uint32_t i = rewrite->made; i > 0; i--) {
        rg_node node = rewrite->new_nodes.items[i - 1].node;
        rg__size_index_remove(rewrite->index, rewrite->graph, node);
        certain(rg_graph_erase(rewrite->graph, node));
    }
    rewrite->made = 0;
    for (uint32_t i = rewrite->moves.count; i > 0; i--) {
        rg_move move = rewrite->moves.items[i - 1];
        certain(rg_graph_move_before(rewrite->graph, move.node, move.next));
    }
}

void rg__rewrite_init(rg_rewrite *rewrite, rg_context *context, rg_size_index *index)
{
    *rewrite = (rg_rewrite){.context = context, .index = index};
    rg__arena_init(&rewrite->arena, &context->allocator);
    rg__arena_init(&rewrite->lasting, &context->allocator);
    rg__type_memory_init(&rewrite->memory, &context->allocator);
}

/* Forget the last rewrite, but keep the memory. */
static void begin(rg_rewrite *rewrite, const rg_match *match)
{
    rg__arena_reset(&rewrite->arena);
    rewrite->graph = match->graph;
    rewrite->match = match;
    rewrite->rule = match->rule;
    rewrite->new_nodes.count = 0;
    rewrite->moves.count = 0;
    rewrite->questions.count = 0;
    rewrite->made = 0;
    rewrite->stopped = false;
    rewrite->has_limit = false;
    rewrite->planned_sizes.count = 0;
    rg__type_memory_begin(&rewrite->memory);
    if (rewrite->size_numbers.count != 0) {
        rg__map_clear(&rewrite->size_numbers);
    }
}

rg_status rg__rewrite_replace(rg_rewrite *rewrite, const rg_match *match)
{
    rg_commitment commitment = {NULL, NULL};
    begin(rewrite, match);
    rg_status status = rg__rewrite_plan(rewrite);
    if (status == RG_OK) {
        status = make_nodes(rewrite);
    }
    if (status == RG_OK) {
        status = prepare(&commitment, rewrite);
    }
    if (status == RG_OK && rewrite->callback != NULL) {
        rg_match told = *match;
        told.rewrite = rewrite;
        status = rewrite->callback(rewrite->user, &told);
        rewrite->stopped = status != RG_OK;
    }
    if (status == RG_OK) {
        status = move_comments(rewrite);
    }
    if (status != RG_OK) {
        undo(rewrite);
        return status;
    }
    keep_types(rewrite);
    redirect_readers(rewrite, commitment.kept);
    hand_names_on(rewrite);
    ask_elsewhere(rewrite);
    erase_match(rewrite, commitment.nodes);
    return RG_OK;
}

void rg__rewrite_free(rg_rewrite *rewrite)
{
    const rg_allocator *allocator = &rewrite->context->allocator;
    rg__vector_free(allocator, &rewrite->new_nodes);
    rg__vector_free(allocator, &rewrite->planned_sizes);
    rg__vector_free(allocator, &rewrite->moves);
    rg__vector_free(allocator, &rewrite->questions);
    rg__map_free(allocator, &rewrite->size_numbers);
    rg__vector_free(allocator, &rewrite->templates);
    rg__type_memory_free(&rewrite->memory);
    rg__arena_free(&rewrite->lasting);
    rg__arena_free(&rewrite->arena);
}

size_t rg_match_made_count(const rg_match *match)
{
    return match->rewrite == NULL ? 0 : match->rewrite->made;
}

rg_node rg_match_made(const rg_match *match, size_t index)
{
    return index < rg_match_made_count(match) ? match->rewrite->new_nodes.items[index].node : (rg_node){0};
}

rg_node rg_match_result(const rg_match *match, size_t index)
{
    bool is_known = match->rewrite != NULL && index < match->output_count;
    return is_known ? new_result(match->rewrite, (uint32_t)index) : (rg_node){0};
}

rg_status rg_rewrite_apply(rg_graph *graph, const rg_match *match)
{
    rg_size_index index = {{0}, false};
    if (match->graph != graph) {
        return rg__report(graph->context, RG_ERROR_ARGUMENT, "the match was found in another graph");
    }
    for (size_t i = 0; i < match->node_count; i++) {
        if (!rg__graph_alive(graph, match->nodes[i].id)) {
            return rg__report(graph->context, RG_ERROR_ARGUMENT,
                              "a node of the match is gone; the graph has changed since it was found");
        }
    }
    rg_rewrite rewrite;
    rg__rewrite_init(&rewrite, graph->context, &index);
    rg_status status = rg__rewrite_replace(&rewrite, match);
    rg__rewrite_free(&rewrite);
    rg__map_free(&graph->context->allocator, &index.nodes);
    return status;
}

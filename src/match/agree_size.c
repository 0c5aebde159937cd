/*
 * agree_size.c: sizes under the bindings: binding a symbol by what it meets, waiting for those that are not bound yet,
 * and solving for those that never stand alone.
 */
#include "match/observer.h"

bool rg__search_fail(rg_search *search, rg_status status)
{
    if (search->status == RG_OK) {
        search->status = status;
    }
    return false;
}

bool rg__size_of_value(rg_size *out, rg_search *search, rg_value value)
{
    int64_t integer = 0;
    rg_status status = RG_OK;
    *out = (rg_size){0};
    switch (rg_value_get_kind(value)) {
    case RG_VALUE_INT:
        if (rg_value_as_int(search->context, value, &integer)) {
            status = rg_size_from_int(out, search->context, integer);
        }
        break;
    case RG_VALUE_SIZE:
        *out = rg_value_as_size(value);
        break;
    case RG_VALUE_NODE:
        *out = rg_type_get_size(search->context, rg_node_type(search->graph, rg_value_as_node(value)));
        break;
    default:
        break;
    }
    return status == RG_OK ? !rg_size_is_null(*out) : rg__search_fail(search, status);
}

bool rg__same_size(rg_search *search, rg_size a, rg_size b)
{
    rg_truth answer = RG_NO;
    if (rg_size_same(a, b)) {
        return true;
    }
    rg_status status = rg__size_decide(&answer, search->context, RG_SIZE_EQUAL, a, b);
    return status == RG_OK ? answer == RG_YES : rg__search_fail(search, rg__report_memory(search->context));
}

rg_known_sizes rg__search_known(rg_search *search)
{
    rg_known_sizes known = {search->known_symbols, search->known_sizes, 0};
    for (uint32_t i = 0; i < search->pattern->symbol_count; i++) {
        if (!rg_size_is_null(search->now->symbols[i])) {
            search->known_symbols[known.count] = search->rule->symbols[i];
            search->known_sizes[known.count++] = search->now->symbols[i];
        }
    }
    return known;
}

/* The pattern's size under `known`. False when another symbol occurs, or there is no such size. */
static bool substitute(rg_size *out, rg_search *search, rg_size size, const rg_known_sizes *known)
{
    rg_status status = rg__known_size(out, search->context, size, known);
    return status == RG_OK ? !rg_size_is_null(*out) : rg__search_fail(search, status);
}

/* ---- binding ---- */

static uint32_t symbol_index(const rg_search *search, rg_size size)
{
    uint32_t i = 0;
    while (i < search->pattern->symbol_count && !rg_size_same(search->rule->symbols[i], size)) {
        i++;
    }
    return i;
}

/* The int input that is also this symbol; input_count when there is none. */
static uint32_t input_of_symbol(const rg_search *search, uint32_t symbol)
{
    rg_string name = rg_size_as_symbol(search->context, search->rule->symbols[symbol]);
    uint32_t i = 0;
    while (i < search->pattern->input_count && !(search->rule->inputs[i].kind == RG_RULE_INPUT_INT &&
                                                 rg_string_equal(search->rule->inputs[i].name, name))) {
        i++;
    }
    return i;
}

/* Sizes are not negative, whatever is written; captured integers may be. */
static bool bind_symbol(rg_search *search, uint32_t symbol, rg_size size)
{
    int64_t integer = 0;
    if (rg_size_as_int(search->context, size, &integer) && integer < 0 &&
        input_of_symbol(search, symbol) == search->pattern->input_count) {
        return false;
    }
    search->now->symbols[symbol] = size;
    return true;
}

void rg__search_wait(rg_search *search, rg_pending item)
{
    rg_bindings *now = search->now;
    if (now->pending_count < search->pattern->pending_limit) {
        now->pending[now->pending_count++] = item;
        return;
    }
    rg_waiting *waiting = rg__arena_allocate(search->arena, sizeof(*waiting));
    if (waiting == NULL) {
        rg__search_fail(search, rg__report_memory(search->context));
        return;
    }
    *waiting = (rg_waiting){item, now->waiting};
    now->waiting = waiting;
}

/* Of a dimension, which nothing reads, the caller knows more. */
static bool disagree(rg_search *search, rg_value pattern, rg_value graph, rg_node reader)
{
    return !rg_node_is_null(reader) && rg__disagree_value(search, pattern, graph, reader);
}

bool rg__agree_size(rg_search *search, rg_value pattern, rg_value graph, rg_node reader, rg_number_rule numbers)
{
    rg_size expected = rg_value_as_size(pattern);
    rg_size size = {0};
    if (!rg__size_of_value(&size, search, graph)) {
        return disagree(search, pattern, graph, reader);
    }
    uint32_t symbol = symbol_index(search, expected);
    if (symbol < search->pattern->symbol_count) {
        if (!rg_size_is_null(search->now->symbols[symbol])) {
            return rg__same_size(search, search->now->symbols[symbol], size) ||
                   disagree(search, pattern, graph, reader);
        }
        /* A dimension of a type, unlike an argument, is no value that an int input could have captured. */
        uint32_t input = rg_node_is_null(reader) ? search->pattern->input_count : input_of_symbol(search, symbol);
        if (input < search->pattern->input_count && rg_value_is_missing(search->now->inputs[input])) {
            search->now->inputs[input] = graph;
        }
        return bind_symbol(search, symbol, size) || disagree(search, pattern, graph, reader);
    }
    rg_known_sizes known = rg__search_known(search);
    rg_size value = {0};
    if (rg_size_has_other_symbols(search->context, expected, known.symbols, known.count)) {
        rg__search_wait(search, (rg_pending){pattern, graph, reader, numbers, false});
        return true;
    }
    return (substitute(&value, search, expected, &known) && rg__same_size(search, value, size)) ||
           disagree(search, pattern, graph, reader);
}

bool rg__agree_dimension(rg_search *search, rg_size pattern, rg_size graph)
{
    return rg__agree_size(search, rg_value_size(pattern), rg_value_size(graph), (rg_node){0}, RG_NUMBER_EXACT);
}

bool rg__agree_int_input(rg_search *search, uint32_t input, rg_value value)
{
    rg_size size = {0};
    if (!rg__size_of_value(&size, search, value)) {
        return false;
    }
    for (uint32_t i = 0; i < search->pattern->symbol_count; i++) {
        if (input_of_symbol(search, i) == input) {
            return rg__agree_dimension(search, search->rule->symbols[i], size);
        }
    }
    return true;
}

/* ---- what had to wait ---- */

static bool retry(rg_search *search, const rg_pending *item)
{
    search->under_reshape = item->under_reshape;
    bool agrees = rg__agree(search, item->pattern, item->graph, item->reader, item->numbers) ||
                  rg__disagree_value(search, item->pattern, item->graph, item->reader);
    search->under_reshape = false;
    return agrees;
}

/* Compare each waiting pair again; those that still have to wait are queued anew, in order. */
static bool retry_pending(rg_search *search)
{
    rg_bindings *now = search->now;
    uint32_t count = now->pending_count;
    now->pending_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        rg_pending item = now->pending[i];
        if (!retry(search, &item)) {
            return false;
        }
    }
    const rg_waiting *waiting = now->waiting;
    now->waiting = NULL;
    for (; waiting != NULL; waiting = waiting->next) {
        if (!retry(search, &waiting->item)) {
            return false;
        }
    }
    return search->status == RG_OK;
}

static size_t count_waiting(const rg_bindings *now)
{
    size_t count = now->pending_count;
    for (const rg_waiting *waiting = now->waiting; waiting != NULL; waiting = waiting->next) {
        count++;
    }
    return count;
}

/* `known` with one more symbol; there is room, since that symbol is not bound. */
static rg_known_sizes with_symbol(rg_search *search, rg_known_sizes known, uint32_t symbol, rg_size size)
{
    search->known_symbols[known.count] = search->rule->symbols[symbol];
    search->known_sizes[known.count] = size;
    known.count++;
    return known;
}

/* The only unbound symbol of a size; symbol_count when there are several. */
static uint32_t only_unbound(rg_search *search, rg_size size)
{
    for (uint32_t i = 0; i < search->pattern->symbol_count; i++) {
        rg_known_sizes known = rg__search_known(search);
        if (rg_size_is_null(search->now->symbols[i])) {
            known = with_symbol(search, known, i, search->rule->symbols[i]);
            if (!rg_size_has_other_symbols(search->context, size, known.symbols, known.count)) {
                return i;
            }
        }
    }
    return search->pattern->symbol_count;
}

static bool combine(rg_size *out, rg_search *search, rg_size_operation operation, rg_size a, rg_size b)
{
    rg_status status = rg__combine_quietly(out, search->context, operation, a, b);
    return status == RG_OK ? !rg_size_is_null(*out) : rg__search_fail(search, status);
}

/* The size with `symbol` replaced by an integer. */
static bool value_at(rg_size *out, rg_search *search, rg_size size, uint32_t symbol, int64_t integer)
{
    rg_size at = {0};
    rg_status status = rg_size_from_int(&at, search->context, integer);
    if (status != RG_OK) {
        return rg__search_fail(search, status);
    }
    rg_known_sizes known = with_symbol(search, rg__search_known(search), symbol, at);
    return substitute(out, search, size, &known);
}

/*
 * A symbol that never stands alone: `bf16[t, 2*d]` with nothing that has a dimension d. The size is taken for a linear
 * function of the symbol, whose values at 1 and 2 give it; the solution counts only if putting it in gives the graph's
 * size for certain.
 */
static bool solve_for(rg_search *search, rg_size size, rg_size wanted, uint32_t symbol)
{
    rg_size at_one = {0};
    rg_size at_two = {0};
    rg_size slope = {0};
    rg_size rest = {0};
    rg_size solution = {0};
    rg_size back = {0};
    int64_t integer = 0;
    if (!value_at(&at_one, search, size, symbol, 1) || !value_at(&at_two, search, size, symbol, 2) ||
        !combine(&slope, search, RG_SIZE_SUBTRACT, at_two, at_one) ||
        (rg_size_as_int(search->context, slope, &integer) && integer == 0)) {
        return false;
    }
    /* wanted = at_one + slope * (symbol - 1) */
    if (!combine(&rest, search, RG_SIZE_SUBTRACT, wanted, at_one) ||
        !combine(&rest, search, RG_SIZE_ADD, rest, slope) ||
        !combine(&solution, search, RG_SIZE_FLOOR_DIVIDE, rest, slope)) {
        return false;
    }
    rg_known_sizes known = with_symbol(search, rg__search_known(search), symbol, solution);
    return substitute(&back, search, size, &known) && rg__same_size(search, back, wanted) &&
           bind_symbol(search, symbol, solution);
}

/* Bind one symbol by solving one of the waiting sizes. */
static bool solve_one(rg_search *search)
{
    for (uint32_t i = 0; i < search->now->pending_count && search->status == RG_OK; i++) {
        rg_pending item = search->now->pending[i];
        rg_size wanted = {0};
        if (rg_value_get_kind(item.pattern) == RG_VALUE_SIZE && rg__size_of_value(&wanted, search, item.graph)) {
            rg_size size = rg_value_as_size(item.pattern);
            uint32_t symbol = only_unbound(search, size);
            if (symbol < search->pattern->symbol_count && solve_for(search, size, wanted, symbol)) {
                return true;
            }
        }
    }
    return false;
}

/* What waits cannot be decided. When other things disagree, that is why. */
static bool give_up_waiting(rg_search *search)
{
    rg_bindings *now = search->now;
    if (search->observer == NULL || now->pending_count == 0) {
        return false;
    }
    rg_pending item = now->pending[0];
    now->pending_count = 0;
    now->waiting = NULL;
    return now->disagreement_count > 0 || rg__disagree_value(search, item.pattern, item.graph, item.reader);
}

bool rg__agree_pending(rg_search *search, bool last)
{
    if (!retry_pending(search)) {
        return false;
    }
    while (last && search->now->pending_count > 0) {
        size_t before = count_waiting(search->now);
        bool solved = solve_one(search);
        if (!retry_pending(search)) {
            return false;
        }
        if (!solved && count_waiting(search->now) == before) {
            return give_up_waiting(search);
        }
    }
    return true;
}

/* ---- completing ---- */

/* An int input that only occurs as a size has that size for its value. */
static bool complete_int(rg_search *search, uint32_t symbol)
{
    uint32_t input = input_of_symbol(search, symbol);
    rg_size size = search->now->symbols[symbol];
    int64_t integer = 0;
    if (input == search->pattern->input_count || rg_size_is_null(size) ||
        !rg_value_is_missing(search->now->inputs[input])) {
        return true;
    }
    if (!rg_size_as_int(search->context, size, &integer)) {
        search->now->inputs[input] = rg_value_size(size);
        return true;
    }
    rg_status status = rg_value_int(&search->now->inputs[input], search->context, integer);
    return status == RG_OK || rg__search_fail(search, status);
}

bool rg__agree_complete(rg_search *search)
{
    rg_bindings *now = search->now;
    for (uint32_t i = 0; i < search->pattern->symbol_count; i++) {
        if (!complete_int(search, i)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < search->pattern->input_count; i++) {
        if (rg_value_is_missing(now->inputs[i])) {
            return now->disagreement_count > 0; /* it is read where the pattern does not fit */
        }
        if (now->device.kind == NULL && search->rule->inputs[i].kind == RG_RULE_INPUT_TENSOR) {
            rg_type type = rg_node_type(search->graph, rg_value_as_node(now->inputs[i]));
            now->device = rg_type_get_tensor(search->context, type).device;
        }
    }
    return true;
}

/*
 * register_check.c: what is asked of an instance of a rule before it is registered. Each answer "no" is a diagnostic
 * at the rule, its pattern or its replacement.
 */
#include "rule/register.h"

#include "ir/context_impl.h"
#include "ir/size_impl.h"
#include "rule/repetition.h"

/* ---- inputs ---- */

/* The input that a function gets for a parameter. */
static size_t input_of(const rg_tracer *tracer, rg_value argument)
{
    for (uint32_t i = 0; i < tracer->inputs.count; i++) {
        if (tracer->inputs.items[i].value.bits == argument.bits) {
            return i;
        }
    }
    return RG_NO_INPUT;
}

rg_status rg__traced_inputs_take(rg_traced_inputs *out, rg_rule_set *set, const rg_tracer *tracer)
{
    size_t count = tracer->inputs.count;
    size_t symbol_count = tracer->variables.count;
    size_t parameter_count = tracer->arguments.count;
    rg_rule_input *inputs = rg__arena_allocate_zero(&set->arena, (count + 1) * sizeof(*inputs));
    rg_place *places = rg__arena_allocate_zero(&set->arena, (count + 1) * sizeof(*places));
    rg_size *symbols = rg__arena_allocate(&set->arena, (symbol_count + 1) * sizeof(*symbols));
    size_t *parameters = rg__arena_allocate(&set->arena, (parameter_count + 1) * sizeof(*parameters));
    if (inputs == NULL || places == NULL || symbols == NULL || parameters == NULL) {
        return rg__report_memory(set->context);
    }
    for (size_t i = 0; i < count; i++) {
        const rg_trace_input *input = &tracer->inputs.items[i];
        inputs[i].name = input->name;
        inputs[i].kind = input->kind;
        inputs[i].type = input->declared;
        if (input->node.id < tracer->places.count) {
            places[i] = tracer->places.items[input->node.id];
        }
    }
    for (size_t i = 0; i < parameter_count; i++) {
        parameters[i] = input_of(tracer, tracer->arguments.items[i]);
    }
    if (symbol_count > 0) {
        memcpy(symbols, tracer->variables.items, symbol_count * sizeof(*symbols));
    }
    *out = (rg_traced_inputs){.inputs = inputs,
                              .places = places,
                              .count = count,
                              .declared_count = count,
                              .parameters = parameters,
                              .parameter_count = parameter_count,
                              .symbols = symbols,
                              .symbol_count = symbol_count};
    return RG_OK;
}

rg_status rg__traced_inputs_declare(const rg_traced_inputs *traced, rg_tracer *tracer)
{
    rg_place outer = tracer->place;
    for (size_t i = 0; i < traced->symbol_count; i++) {
        (void)rg__trace_variable(tracer, rg_size_as_symbol(tracer->context, traced->symbols[i]));
    }
    for (size_t i = 0; i < traced->count; i++) {
        tracer->place = traced->places[i];
        (void)rg__trace_input(tracer, traced->inputs[i].name, traced->inputs[i].kind, traced->inputs[i].type);
    }
    for (size_t i = 0; i < traced->parameter_count && tracer->status == RG_OK; i++) {
        bool given = traced->parameters[i] != RG_NO_INPUT;
        rg__trace_argument(tracer, given ? tracer->inputs.items[traced->parameters[i]].value : rg_value_none());
    }
    tracer->place = outer;
    return tracer->status;
}

/* Does the rule say of an input that it is dropped? */
static bool is_marked(const rg_rule_definition *definition, rg_string name)
{
    for (size_t i = 0; i < definition->dropped_count; i++) {
        if (rg_string_equal(definition->dropped[i], name)) {
            return true;
        }
    }
    return false;
}

/* A check looks at what is captured; it cannot compute with tensors. */
static rg_status check_guard(const rg_rule_set *set, const rg_graph *guard)
{
    for (rg_node node = rg_graph_first(guard); !rg_node_is_null(node); node = rg_graph_next(guard, node)) {
        rg_op_kind kind = rg_node_kind(guard, node);
        if (kind != RG_OP_PLACEHOLDER && kind != RG_OP_OUTPUT &&
            rg_type_get_kind(set->context, rg_node_type(guard, node)) != RG_TYPE_SIZE) {
            return rg__report(set->context, RG_ERROR_RULE,
                              "the check computes with tensors; it can only look at types, sizes and captured scalars");
        }
    }
    return RG_OK;
}

rg_status rg__traced_inputs_give(const rg_traced_inputs *traced, rg_rule_set *set, const rg_rule_draft *draft,
                                 rg_rule *rule)
{
    rg_node guard = rule->guard == NULL ? (rg_node){0} : rg_graph_first(rule->guard);
    rg_node pattern = rg_graph_first(rule->pattern);
    rg_node replacement = rg_graph_first(rule->replacement);
    for (size_t i = 0; i < traced->count; i++) {
        rg_rule_input *input = &traced->inputs[i];
        if (rg_node_kind(rule->replacement, replacement) != RG_OP_PLACEHOLDER ||
            !rg_string_equal(rg_node_name(rule->replacement, replacement), input->name)) {
            return rg__report(set->context, RG_ERROR_RULE, "the inputs of pattern and replacement differ");
        }
        input->pattern = pattern;
        input->replacement = replacement;
        /* what stands for a literal marked free is not meant to be used */
        input->dropped = i >= traced->declared_count || is_marked(draft->definition, input->name);
        input->guard = guard;
        pattern = rg_graph_next(rule->pattern, pattern);
        replacement = rg_graph_next(rule->replacement, replacement);
        guard = rule->guard == NULL ? (rg_node){0} : rg_graph_next(rule->guard, guard);
    }
    rule->inputs = traced->inputs;
    rule->input_count = traced->count;
    rule->symbols = traced->symbols;
    rule->symbol_count = traced->symbol_count;
    return rule->guard == NULL ? RG_OK : check_guard(set, rule->guard);
}

static bool value_contains_symbol(const rg_rule_set *set, const rg_graph *graph, rg_value value, rg_size symbol)
{
    if (rg_value_get_kind(value) == RG_VALUE_SIZE) {
        return rg__size_contains(set->context, rg_value_as_size(value), symbol);
    }
    for (size_t i = 0; i < rg_value_count(set->context, graph, value); i++) {
        if (value_contains_symbol(set, graph, rg_value_item(set->context, graph, value, i), symbol)) {
            return true;
        }
    }
    return false;
}

/* Does the symbol of an int input occur in a call of the graph or in the shape of another input? */
static bool int_is_used(const rg_rule_set *set, const rg_rule *rule, const rg_graph *graph, rg_size symbol)
{
    for (size_t i = 0; i < rule->input_count; i++) {
        rg_tensor_type tensor = rg_type_get_tensor(set->context, rule->inputs[i].type);
        for (uint32_t j = 0; j < tensor.rank; j++) {
            if (rg__size_contains(set->context, tensor.sizes[j], symbol)) {
                return true;
            }
        }
    }
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        for (size_t i = 0; i < rg_node_argument_count(graph, node); i++) {
            if (value_contains_symbol(set, graph, rg_node_argument(graph, node, i), symbol)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_arithmetic(const rg_graph *graph, rg_node node)
{
    return rg_type_get_kind(rg_graph_context(graph), rg_node_type(graph, node)) == RG_TYPE_SIZE;
}

/* A scalar is told by a call that has it as an argument; arithmetic on it cannot be undone. */
static bool is_captured(const rg_graph *graph, rg_node input)
{
    for (size_t i = 0; i < rg_node_use_count(graph, input); i++) {
        if (!is_arithmetic(graph, rg_node_use(graph, input, i).user)) {
            return true;
        }
    }
    return false;
}

static rg_status check_inputs_used(rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule)
{
    for (size_t i = 0; i < rule->input_count; i++) {
        const rg_rule_input *input = &rule->inputs[i];
        bool used = rg_node_use_count(rule->pattern, input->pattern) > 0;
        bool captured = used && is_captured(rule->pattern, input->pattern);
        rg_size symbol;
        if (input->kind == RG_RULE_INPUT_INT && !captured &&
            rg_size_from_symbol(&symbol, set->context, input->name) == RG_OK) {
            used = captured = int_is_used(set, rule, rule->pattern, symbol);
        }
        if (!captured) {
            const char *problem =
                used ? "occurs only in arithmetic, so that no match can tell it" : "is not used by the pattern";
            return rg__place_report(&draft->pattern_place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "input '%.*s' %s", (int)input->name.size, input->name.data, problem);
        }
    }
    return RG_OK;
}

static const rg_rule_input *find_input(const rg_rule *rule, rg_string name)
{
    for (size_t i = 0; i < rule->input_count; i++) {
        if (rg_string_equal(rule->inputs[i].name, name)) {
            return &rule->inputs[i];
        }
    }
    return NULL;
}

static bool reaches_replacement(const rg_rule_set *set, const rg_rule *rule, const rg_rule_input *input)
{
    rg_size symbol;
    return rg_node_use_count(rule->replacement, input->replacement) > 0 ||
           (input->kind == RG_RULE_INPUT_INT && rg_size_from_symbol(&symbol, set->context, input->name) == RG_OK &&
            int_is_used(set, rule, rule->replacement, symbol));
}

static bool is_absent(const rg_rule_draft *draft, rg_string name)
{
    for (size_t i = 0; i < draft->absent_count; i++) {
        if (rg_string_equal(draft->absent[i], name)) {
            return true;
        }
    }
    return false;
}

/* What the check looks at is not forgotten. */
static bool reaches_check(const rg_rule_set *set, const rg_rule *rule, const rg_rule_input *input)
{
    rg_size symbol;
    return rule->guard != NULL &&
           (rg_node_use_count(rule->guard, input->guard) > 0 ||
            (input->kind == RG_RULE_INPUT_INT && rg_size_from_symbol(&symbol, set->context, input->name) == RG_OK &&
             int_is_used(set, rule, rule->guard, symbol)));
}

/* What a match captures must not get lost: an input reaches the replacement, or is marked as dropped. */
static rg_status check_inputs_kept(rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule)
{
    const rg_rule_definition *definition = draft->definition;
    for (size_t i = 0; i < definition->dropped_count; i++) {
        rg_string name = definition->dropped[i];
        const rg_rule_input *input = find_input(rule, name);
        if (is_absent(draft, name)) {
            continue;
        }
        if (input == NULL || reaches_replacement(set, rule, input)) {
            return rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "'%.*s' is said to be dropped, but %s", (int)name.size, name.data,
                                    input == NULL ? "is no input" : "the replacement uses it");
        }
    }
    for (size_t i = 0; i < rule->input_count; i++) {
        rg_string name = rule->inputs[i].name;
        if (!rule->inputs[i].dropped && !reaches_replacement(set, rule, &rule->inputs[i]) &&
            !reaches_check(set, rule, &rule->inputs[i])) {
            return rg__place_report(&draft->replacement_place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "input '%.*s' is not used by the replacement; if that is meant, say dropped = "
                                    "[\"%.*s\"]",
                                    (int)name.size, name.data, (int)name.size, name.data);
        }
    }
    return RG_OK;
}

/* ---- size variables ---- */

/* How many of the symbols not yet `known` a size has; the last of them goes to `which`. */
static size_t count_open(const rg_rule_set *set, const rg_rule *rule, const bool *known, rg_size size, size_t *which)
{
    size_t count = 0;
    for (size_t i = 0; i < rule->symbol_count; i++) {
        if (!known[i] && rg__size_contains(set->context, size, rule->symbols[i])) {
            *which = i;
            count++;
        }
    }
    return count;
}

static bool learn_from(const rg_rule_set *set, const rg_rule *rule, bool *known, const rg_size *sizes, uint32_t count)
{
    bool learnt = false;
    for (uint32_t i = 0; sizes != NULL && i < count; i++) {
        size_t which = 0;
        if (count_open(set, rule, known, sizes[i], &which) == 1) {
            known[which] = learnt = true;
        }
    }
    return learnt;
}

/* One round: a dimension or stride with one open symbol gives it. True when something was learnt. */
static bool learn_symbols(const rg_rule_set *set, const rg_rule *rule, bool *known)
{
    bool learnt = false;
    for (size_t i = 0; i < rule->input_count; i++) {
        rg_tensor_type tensor = rg_type_get_tensor(set->context, rule->inputs[i].type);
        bool by_sizes = learn_from(set, rule, known, tensor.sizes, tensor.rank);
        bool by_strides = learn_from(set, rule, known, tensor.strides, tensor.rank);
        learnt = learnt || by_sizes || by_strides;
    }
    return learnt;
}

static rg_status check_symbols(rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule)
{
    bool *known = rg__arena_allocate_zero(&set->arena, rule->symbol_count + 1);
    if (known == NULL) {
        return rg__report_memory(set->context);
    }
    for (size_t i = 0; i < rule->input_count; i++) {
        for (size_t j = 0; j < rule->symbol_count; j++) {
            known[j] =
                known[j] || (rule->inputs[i].kind == RG_RULE_INPUT_INT &&
                             rg_string_equal(rg_size_as_symbol(set->context, rule->symbols[j]), rule->inputs[i].name));
        }
    }
    while (learn_symbols(set, rule, known)) {
    }
    for (size_t i = 0; i < rule->symbol_count; i++) {
        if (!known[i]) {
            rg_string name = rg_size_as_symbol(set->context, rule->symbols[i]);
            return rg__place_report(&draft->pattern_place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "size '%.*s' cannot be told from the inputs: it never stands alone in a dimension",
                                    (int)name.size, name.data);
        }
    }
    return RG_OK;
}

/* ---- results ---- */

static size_t result_count(const rg_graph *graph)
{
    rg_value value = rg_node_argument(graph, rg_graph_output(graph), 0);
    return rg_value_get_kind(value) == RG_VALUE_NODE ? 1 : rg_value_count(rg_graph_context(graph), graph, value);
}

static rg_node result(const rg_graph *graph, size_t index)
{
    rg_value value = rg_node_argument(graph, rg_graph_output(graph), 0);
    return rg_value_as_node(rg_value_get_kind(value) == RG_VALUE_NODE
                                ? value
                                : rg_value_item(rg_graph_context(graph), graph, value, index));
}

static bool is_rule_device(rg_device device)
{
    return device.kind == NULL || strcmp(device.kind, RG_RULE_DEVICE) == 0;
}

/* Could these be the same device? What a rule leaves open may be anything, and "cuda" any of them. */
static bool devices_agree(rg_device a, rg_device b)
{
    return is_rule_device(a) || is_rule_device(b) ||
           (strcmp(a.kind, b.kind) == 0 && (a.index == b.index || a.index < 0 || b.index < 0));
}

/* Strides need not agree: the rewriter keeps layouts in order. Sizes may differ in a rule that says so. */
static bool tensors_agree(rg_context *context, rg_tensor_type a, rg_tensor_type b, bool resizes)
{
    if (a.dtype != b.dtype || a.rank != b.rank || !devices_agree(a.device, b.device)) {
        return false;
    }
    for (uint32_t i = 0; i < a.rank && !resizes; i++) {
        if (rg_size_equal(context, a.sizes[i], b.sizes[i]) != RG_YES) {
            return false;
        }
    }
    return true;
}

static rg_status report_types(rg_rule_set *set, const rg_rule_draft *draft, size_t index, rg_type pattern,
                              rg_type replacement)
{
    rg_buffer text;
    rg_device device = rg_type_get_tensor(set->context, pattern).device;
    rg_device other = rg_type_get_tensor(set->context, replacement).device;
    rg_type_print_options options = {false, !devices_agree(device, other)};
    rg__buffer_init(&text, &set->context->allocator);
    rg__buffer_append_format(&text, "result %zu is ", index + 1);
    rg_status status = rg_type_print(set->context, replacement, options, rg__buffer_sink(&text));
    rg__buffer_append_text(&text, ", the pattern's is ");
    if (status == RG_OK) {
        status = rg_type_print(set->context, pattern, options, rg__buffer_sink(&text));
    }
    if (status == RG_OK) {
        status = text.failed ? rg__report_memory(set->context)
                             : rg__place_report(&draft->replacement_place, set->context, RG_SEVERITY_ERROR,
                                                RG_ERROR_RULE, "%s", text.data);
    }
    rg__buffer_free(&text);
    return status;
}

static rg_status check_results(rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule)
{
    size_t count = result_count(rule->pattern);
    size_t other = result_count(rule->replacement);
    if (count != other) {
        return rg__place_report(&draft->replacement_place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                "the replacement has %zu result%s, the pattern %zu", other, other == 1 ? "" : "s",
                                count);
    }
    for (size_t i = 0; i < count; i++) {
        rg_type a = rg_node_type(rule->pattern, result(rule->pattern, i));
        rg_type b = rg_node_type(rule->replacement, result(rule->replacement, i));
        bool known =
            rg_type_get_kind(set->context, a) == RG_TYPE_TENSOR && rg_type_get_kind(set->context, b) == RG_TYPE_TENSOR;
        if (known && !tensors_agree(set->context, rg_type_get_tensor(set->context, a),
                                    rg_type_get_tensor(set->context, b), draft->definition->resizes)) {
            return report_types(set, draft, i, a, b);
        }
    }
    return RG_OK;
}

/* ---- the pattern as a whole ---- */

static rg_status measure_pattern(rg_rule_set *set, const rg_rule_draft *draft, rg_rule *rule)
{
    const rg_graph *graph = rule->pattern;
    rule->pattern_size = 0;
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_op_kind kind = rg_node_kind(graph, node);
        bool counts = kind != RG_OP_PLACEHOLDER && kind != RG_OP_OUTPUT && !is_arithmetic(graph, node) &&
                      !rg__node_is_repetition(graph, node);
        rule->pattern_size += counts ? 1 : 0;
    }
    return rule->pattern_size > 0 ? RG_OK
                                  : rg__place_report(&draft->pattern_place, set->context, RG_SEVERITY_ERROR,
                                                     RG_ERROR_RULE, "the pattern computes nothing");
}

static rg_status check_match(rg_rule_set *set, const rg_rule_draft *draft, rg_rule *rule)
{
    bool matches = false;
    rg_status status = rg__rule_compile(set, rule);
    if (status == RG_OK) {
        status = rg__rule_matches_itself(&matches, set, rule);
    }
    if (status == RG_OK && !matches) {
        status = rg__place_report(&draft->pattern_place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                  "the pattern does not match itself");
    }
    return status;
}

/* ---- duplicates ---- */

/* The canonical text is kept with the rule, so that a set is compared with a new rule in one pass. */
static rg_status keep_canonical(rg_rule_set *set, rg_rule *rule)
{
    rg_buffer text;
    rg__buffer_init(&text, &set->context->allocator);
    rg_status status = rg__rule_canonical(&text, set, rule);
    if (status == RG_OK) {
        rule->canonical = text.failed ? (rg_string){NULL, 0} : rg__arena_copy(&set->arena, rg__buffer_string(&text));
        status = rule->canonical.data == NULL ? rg__report_memory(set->context) : RG_OK;
    }
    rg__buffer_free(&text);
    return status;
}

/* A spelling of the pattern need not use all that its instances differ in. */
static bool is_same_spelling(const rg_rule_draft *draft, const rg_rule *other, const rg_rule *rule)
{
    return draft->alternative_count > 1 && rg_string_equal(other->rule, rule->rule);
}

static rg_status check_duplicates(bool *repeats, rg_rule_set *set, const rg_rule_draft *draft, const rg_rule *rule)
{
    *repeats = false;
    for (uint32_t i = 0; i < set->rules.count; i++) {
        const rg_rule *other = &set->rules.items[i];
        if (rg_string_equal(other->name, rule->name)) {
            return rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "instance '%s' is registered already", rule->name.data);
        }
        bool is_same = other->check == rule->check && rg_string_equal(other->canonical, rule->canonical);
        if (is_same && is_same_spelling(draft, other, rule)) {
            *repeats = true;
            return RG_OK;
        }
        if (is_same) {
            return rg__place_report(&draft->place, set->context, RG_SEVERITY_ERROR, RG_ERROR_RULE,
                                    "'%s' means the same as '%s'", rule->name.data, other->name.data);
        }
    }
    return RG_OK;
}

rg_status rg__rule_check_instance(bool *repeats, rg_rule_set *set, const rg_rule_draft *draft, rg_rule *rule)
{
    *repeats = false;
    rg_status status = measure_pattern(set, draft, rule);
    if (status == RG_OK) {
        status = check_inputs_used(set, draft, rule);
    }
    if (status == RG_OK) {
        status = check_inputs_kept(set, draft, rule);
    }
    if (status == RG_OK) {
        status = check_symbols(set, draft, rule);
    }
    if (status == RG_OK) {
        status = check_results(set, draft, rule);
    }
    if (status == RG_OK) {
        status = rg__rule_check_written(set, draft, rule);
    }
    if (status == RG_OK) {
        status = keep_canonical(set, rule);
    }
    if (status == RG_OK) {
        status = check_duplicates(repeats, set, draft, rule);
    }
    return status == RG_OK && !*repeats ? check_match(set, draft, rule) : status;
}

/*
 * graph_rules.c: see the header.
 */
#include "support/graph_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <regraft/document.h>

#include "ir/context_impl.h"

enum { VARIABLE_COUNT = 10 };

/* ---- graphs ---- */

static void expand(rg_buffer *out, const char *text, bool is_parameters)
{
    for (; *text != '\0'; text++) {
        if (*text == '@') {
            rg__buffer_append_text(out, "torch.ops.");
        } else if (*text == '\'' && is_parameters) {
            rg__buffer_append_char(out, '"');
        } else {
            rg__buffer_append_char(out, *text);
            rg__buffer_append_text(out, *text == '\n' ? "        " : "");
        }
    }
}

rg_graph *graph_of(rg_context *context, const char *parameters, const char *statements)
{
    rg_buffer text;
    rg_graph *graph = NULL;
    rg__buffer_init(&text, rg__default_allocator());
    rg__buffer_append_text(&text, "class G(torch.nn.Module):\n    def forward(self, ");
    expand(&text, parameters, true);
    rg__buffer_append_text(&text, "):\n        ");
    expand(&text, statements, false);
    rg__buffer_append_char(&text, '\n');
    rg_status status = rg_graph_parse(&graph, context, rg__buffer_string(&text), rg_string_from("test"));
    if (status == RG_OK) {
        status = rg_graph_infer_missing(graph);
    }
    if (status != RG_OK && status != RG_ERROR_MEMORY) {
        size_t count = rg_context_diagnostic_count(context);
        fail_msg("%s\nin\n%s", count == 0 ? "?" : rg_context_diagnostic(context, count - 1)->message.data, text.data);
    }
    rg__buffer_free(&text);
    if (status != RG_OK) {
        rg_graph_destroy(graph);
        return NULL;
    }
    return graph;
}

/* Copy a statement without its annotation, and with `@`. */
static void shorten(rg_buffer *out, const char *text)
{
    const char *annotation = strstr(text, ": \"");
    const char *equals = strstr(text, " = ");
    bool has_annotation = annotation != NULL && equals != NULL && annotation < equals;
    for (const char *at = text; *at != '\0';) {
        if (has_annotation && at == annotation) {
            at = strstr(annotation + 3, "\" = ") + 1;
        } else if (strncmp(at, "torch.ops.", 10) == 0) {
            rg__buffer_append_char(out, '@');
            at += 10;
        } else {
            rg__buffer_append_char(out, *at++);
        }
    }
}

const char *statements_of(const rg_graph *graph)
{
    static char result[1 << 16];
    rg_buffer all;
    rg__buffer_init(&all, rg__default_allocator());
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        rg_buffer one;
        if (rg_node_kind(graph, node) == RG_OP_PLACEHOLDER) {
            continue;
        }
        rg__buffer_init(&one, rg__default_allocator());
        assert_int_equal(rg_node_print(graph, node, rg__buffer_sink(&one)), RG_OK);
        rg__buffer_append_text(&all, all.size == 0 ? "" : "\n");
        shorten(&all, one.data);
        rg__buffer_free(&one);
    }
    assert_true(all.size < sizeof(result));
    memcpy(result, all.size == 0 ? "" : all.data, all.size + 1);
    rg__buffer_free(&all);
    return result;
}

/* ---- rules ---- */

rg_rule_set *graph_rules_create(rg_context *context)
{
    rg_rule_set *set = rg__allocate(&context->allocator, sizeof(*set));
    if (set != NULL) {
        memset(set, 0, sizeof(*set));
        set->context = context;
        rg__arena_init(&set->arena, &context->allocator);
    }
    return set;
}

void graph_rules_destroy(rg_rule_set *set)
{
    if (set != NULL) {
        const rg_allocator *allocator = &set->context->allocator;
        for (uint32_t i = 0; i < set->rules.count; i++) {
            rg_graph_destroy(set->rules.items[i].pattern);
            rg_graph_destroy(set->rules.items[i].replacement);
        }
        rg__vector_free(allocator, &set->rules);
        rg__arena_free(&set->arena);
        rg__free(allocator, set, sizeof(*set));
    }
}

/* What a parameter's annotation makes it. A parameter without annotation is any tensor. */
static rg_status input_kind(rg_rule_input_kind *out, rg_context *context, rg_type type)
{
    static const struct {
        const char *annotation;
        rg_rule_input_kind kind;
    } scalars[] = {{"int", RG_RULE_INPUT_INT},    {"float", RG_RULE_INPUT_FLOAT}, {"bool", RG_RULE_INPUT_BOOL},
                   {"str", RG_RULE_INPUT_STRING}, {"dtype", RG_RULE_INPUT_DTYPE}, {"int[]", RG_RULE_INPUT_INT_LIST}};
    rg_buffer text;
    *out = RG_RULE_INPUT_TENSOR;
    rg__buffer_init(&text, rg__default_allocator());
    rg_status status = rg_type_print(context, type, (rg_type_print_options){true, true}, rg__buffer_sink(&text));
    for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++) {
        if (rg_string_equal(rg__buffer_string(&text), rg_string_from(scalars[i].annotation))) {
            *out = scalars[i].kind;
        }
    }
    rg__buffer_free(&text);
    return status;
}

/* The declared type of a tensor input; null for none. The device `xla` stands for the rule's own, which has no printed
 * form in a type. */
static rg_status declared_type(rg_type *out, rg_context *context, rg_type type)
{
    rg_tensor_type tensor = rg_type_get_tensor(context, type);
    *out = (rg_type){0};
    if (rg_type_get_kind(context, type) != RG_TYPE_TENSOR) {
        return RG_OK;
    }
    if (tensor.device.kind != NULL && strcmp(tensor.device.kind, "xla") == 0) {
        tensor.device.kind = rg__intern_string(context, rg_string_from(RG_RULE_DEVICE)).data;
        if (tensor.device.kind == NULL) {
            return RG_ERROR_MEMORY;
        }
    }
    return rg_type_from_tensor(out, context, &tensor);
}

static rg_status describe_inputs(rg_rule_set *set, rg_rule *rule)
{
    rg_context *context = set->context;
    size_t count = 0;
    rg_rule_input *inputs = rg__arena_allocate_zero(&set->arena, rg_graph_node_count(rule->pattern) * sizeof(*inputs));
    if (inputs == NULL) {
        return RG_ERROR_MEMORY;
    }
    rg_node other = rg_graph_first(rule->replacement);
    for (rg_node node = rg_graph_first(rule->pattern); rg_node_kind(rule->pattern, node) == RG_OP_PLACEHOLDER;
         node = rg_graph_next(rule->pattern, node)) {
        rg_type type = rg_node_type(rule->pattern, node);
        rg_rule_input *input = &inputs[count++];
        input->name = rg_node_name(rule->pattern, node);
        rg_status status = input_kind(&input->kind, context, type);
        if (status == RG_OK) {
            status = declared_type(&input->type, context, type);
        }
        if (status != RG_OK) {
            return status;
        }
        rg_graph_set_type(rule->pattern, node, rg_type_is_null(input->type) ? type : input->type);
        input->pattern = node;
        input->replacement = other;
        other = rg_graph_next(rule->replacement, other);
    }
    rule->inputs = inputs;
    rule->input_count = count;
    return RG_OK;
}

/* Does the variable occur in the type of an input? It does if replacing it makes a difference. */
static rg_status find_variable(bool *out, const rg_rule_set *set, const rg_rule *rule, rg_size variable)
{
    rg_size other = {0};
    *out = false;
    rg_status status = rg_size_from_symbol(&other, set->context, rg_string_from("other"));
    for (size_t i = 0; i < rule->input_count; i++) {
        rg_tensor_type tensor = rg_type_get_tensor(set->context, rule->inputs[i].type);
        for (uint32_t j = 0; j < tensor.rank && status == RG_OK; j++) {
            rg_size replaced = {0};
            status = rg_size_substitute(&replaced, set->context, tensor.sizes[j], &variable, &other, 1);
            *out = *out || !rg_size_same(replaced, tensor.sizes[j]);
        }
    }
    return status;
}

static rg_status describe_symbols(rg_rule_set *set, rg_rule *rule)
{
    rg_status status = RG_OK;
    size_t count = 0;
    rg_size *symbols = rg__arena_allocate(&set->arena, (VARIABLE_COUNT + rule->input_count) * sizeof(*symbols));
    if (symbols == NULL) {
        return RG_ERROR_MEMORY;
    }
    for (size_t i = 0; i < VARIABLE_COUNT && status == RG_OK; i++) {
        char name[] = {'u', (char)('0' + i), '\0'};
        bool occurs = false;
        status = rg_size_from_symbol(&symbols[count], set->context, rg_string_from(name));
        if (status == RG_OK) {
            status = find_variable(&occurs, set, rule, symbols[count]);
        }
        count += occurs ? 1 : 0;
    }
    for (size_t i = 0; i < rule->input_count && status == RG_OK; i++) {
        if (rule->inputs[i].kind == RG_RULE_INPUT_INT) {
            status = rg_size_from_symbol(&symbols[count++], set->context, rule->inputs[i].name);
        }
    }
    rule->symbols = symbols;
    rule->symbol_count = count;
    return status;
}

static bool comes_before(const rg_rule *a, const rg_rule *b)
{
    if (a->priority != b->priority) {
        return a->priority > b->priority;
    }
    if (a->pattern_size != b->pattern_size) {
        return a->pattern_size > b->pattern_size;
    }
    return strcmp(a->name.data, b->name.data) < 0;
}

static rg_status enter(rg_rule_set *set, rg_rule rule)
{
    if (!rg__vector_push(&set->context->allocator, &set->rules, rule)) {
        return RG_ERROR_MEMORY;
    }
    for (uint32_t i = set->rules.count - 1; i > 0 && comes_before(&set->rules.items[i], &set->rules.items[i - 1]);
         i--) {
        rg_rule swapped = set->rules.items[i];
        set->rules.items[i] = set->rules.items[i - 1];
        set->rules.items[i - 1] = swapped;
    }
    return RG_OK;
}

static rg_status add_rule(rg_rule_set *set, rg_rule rule, const char *name)
{
    bool matches_itself = false;
    rg_status status = rule.pattern == NULL || rule.replacement == NULL ? RG_ERROR_MEMORY : RG_OK;
    if (status == RG_OK) {
        rule.name = rg__intern_string(set->context, rg_string_from(name));
        status = rule.name.data == NULL ? RG_ERROR_MEMORY : describe_inputs(set, &rule);
    }
    if (status == RG_OK) {
        status = describe_symbols(set, &rule);
    }
    if (status == RG_OK) {
        rule.pattern_size = (uint32_t)(rg_graph_node_count(rule.pattern) - rule.input_count - 1);
        status = rg__rule_compile(set, &rule);
    }
    if (status == RG_OK) {
        status = rg__rule_matches_itself(&matches_itself, set, &rule);
    }
    if (status == RG_OK && !matches_itself) {
        status = RG_ERROR_RULE;
    }
    if (status == RG_OK) {
        status = enter(set, rule);
    }
    if (status != RG_OK) {
        rg_graph_destroy(rule.pattern);
        rg_graph_destroy(rule.replacement);
    }
    return status;
}

static rg_status add_texts(rg_rule_set *set, const graph_rule *rule, rg_rule made)
{
    made.priority = rule->priority;
    made.check = rule->check;
    made.user = rule->user;
    made.pattern = graph_of(set->context, rule->parameters, rule->pattern);
    made.replacement = graph_of(set->context, rule->parameters, rule->replacement);
    return add_rule(set, made, rule->name);
}

rg_status graph_rules_add(rg_rule_set *set, const graph_rule *rule)
{
    return add_texts(set, rule, (rg_rule){.see_through = false});
}

rg_status graph_rules_add_by_meaning(rg_rule_set *set, const graph_rule *rule, bool see_through, bool commutative)
{
    return add_texts(set, rule, (rg_rule){.see_through = see_through, .commutative = commutative});
}

rg_status graph_rules_add_sharing(rg_rule_set *set, const graph_rule *rule)
{
    return add_texts(set, rule, (rg_rule){.keep_shared = true});
}

rg_status graph_rules_add_graphs(rg_rule_set *set, const char *name, rg_graph *pattern, rg_graph *replacement)
{
    return add_rule(set, (rg_rule){.pattern = pattern, .replacement = replacement}, name);
}

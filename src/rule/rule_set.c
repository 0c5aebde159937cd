/*
 * rule_set.c: the life of a rule set, its order, rules from C, and what it tells of itself.
 */
#include "ir/context_impl.h"
#include "rule/draft.h"

rg_status rg_rule_set_create(rg_rule_set **out, rg_context *context)
{
    rg_rule_set *set = rg__allocate(&context->allocator, sizeof(*set));
    *out = set;
    if (set == NULL) {
        return rg__report_memory(context);
    }
    memset(set, 0, sizeof(*set));
    set->context = context;
    rg__arena_init(&set->arena, &context->allocator);
    return RG_OK;
}

void rg__rule_set_truncate(rg_rule_set *set, uint32_t first)
{
    for (uint32_t i = first; i < set->rules.count; i++) {
        rg_graph_destroy(set->rules.items[i].pattern);
        rg_graph_destroy(set->rules.items[i].replacement);
        rg_graph_destroy(set->rules.items[i].guard);
    }
    set->rules.count = first < set->rules.count ? first : set->rules.count;
}

void rg_rule_set_destroy(rg_rule_set *set)
{
    if (set == NULL) {
        return;
    }
    const rg_allocator *allocator = &set->context->allocator;
    rg__rule_set_truncate(set, 0);
    rg__vector_free(allocator, &set->rules);
    rg__vector_free(allocator, &set->config);
    rg__arena_free(&set->arena);
    rg__free(allocator, set, sizeof(*set));
}

rg_status rg_rule_set_set_config(rg_rule_set *set, rg_string name, rg_value value)
{
    rg_argument entry = {rg__intern_string(set->context, name), value};
    if (entry.name.data == NULL) {
        return rg__report_memory(set->context);
    }
    for (uint32_t i = 0; i < set->config.count; i++) {
        if (rg_string_equal(set->config.items[i].name, name)) {
            set->config.items[i].value = value;
            return RG_OK;
        }
    }
    return rg__vector_push(&set->context->allocator, &set->config, entry) ? RG_OK : rg__report_memory(set->context);
}

void rg_rule_set_set_exact(rg_rule_set *set, bool exact)
{
    set->exact = exact;
}

/* ---- order ---- */

static int compare_names(rg_string a, rg_string b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = memcmp(a.data, b.data, size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static bool comes_before(const rg_rule *a, const rg_rule *b)
{
    if (a->priority != b->priority) {
        return a->priority > b->priority;
    }
    if (a->pattern_size != b->pattern_size) {
        return a->pattern_size > b->pattern_size;
    }
    return compare_names(a->name, b->name) < 0;
}

/* Names are unique, so the order is total. Insertion keeps it simple; sets are small and grow by few rules at a time.
 */
void rg__rule_set_sort(rg_rule_set *set)
{
    for (uint32_t i = 1; i < set->rules.count; i++) {
        rg_rule rule = set->rules.items[i];
        uint32_t at = i;
        while (at > 0 && comes_before(&rule, &set->rules.items[at - 1])) {
            set->rules.items[at] = set->rules.items[at - 1];
            at--;
        }
        set->rules.items[at] = rule;
    }
}

/* ---- rules from C ---- */

rg_status rg_rule_set_add(rg_rule_set *set, const rg_rule_definition *definition)
{
    rg_rule_definition complete = RG_RULE_DEFINITION_INIT;
    rg_rule_draft draft = {.definition = &complete};
    memcpy(&complete, definition,
           definition->struct_size < sizeof(complete) ? definition->struct_size : sizeof(complete));
    if (definition->inputs == NULL || definition->pattern == NULL || definition->replacement == NULL ||
        definition->name.size == 0) {
        return rg__report(set->context, RG_ERROR_ARGUMENT,
                          "a rule needs a name and the functions inputs, pattern and replacement");
    }
    rg_status status = rg__draft_register(set, &draft);
    if (status == RG_OK) {
        rg__rule_set_sort(set);
    }
    return status;
}

/* ---- what it holds ---- */

size_t rg_rule_set_count(const rg_rule_set *set)
{
    return set->rules.count;
}

rg_rule_info rg_rule_set_info(const rg_rule_set *set, size_t index)
{
    static const rg_string empty = {"", 0};
    rg_rule_info info = {empty, empty, empty, empty, 0, 0, NULL, NULL, NULL, empty, empty};
    if (index < set->rules.count) {
        const rg_rule *rule = &set->rules.items[index];
        info = (rg_rule_info){rule->name,  rule->rule,     rule->description, rule->file,
                              rule->line,  rule->priority, rule->pattern,     rule->replacement,
                              rule->guard, rule->differs,  rule->rounds};
    }
    return info;
}

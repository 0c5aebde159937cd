/*
 * random_program.c: see the header.
 */
#include "support/random_program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_RULE_STATEMENTS = 8 };

/* ---- random programs ---- */

/* `$0` .. `$2` are operands. */
typedef struct form {
    const char *text;
    uint32_t operands;
    bool typed; /* keeps shapes such that any two results of typed forms broadcast */
    bool commutes;
} form;

static const form forms[] = {
    {"@aten.neg.default($0)", 1, true, false},
    {"@aten.relu.default($0)", 1, true, false},
    {"@aten.sigmoid.default($0)", 1, true, false},
    {"@aten.mul.Tensor($0, 2)", 1, true, false},
    {"@aten.mul.Tensor($0, 2.0)", 1, true, false},
    {"@aten.mul.Tensor($0, 3)", 1, true, false},
    {"@aten.mul.Tensor($0, -0.0)", 1, true, false},
    {"@aten.add.Tensor($0, 1, alpha = 2)", 1, true, false},
    {"@aten.permute.default($0, [1, 0])", 1, true, false},
    {"@aten.permute.default($0, [-1, 0])", 1, true, false},
    {"@aten.permute.default($0, (0, 1))", 1, true, false},
    {"@aten.sum.dim_IntList($0, [1], True)", 1, true, false},
    {"@aten.sum.dim_IntList($0, [-1], True)", 1, true, false},
    {"@aten.sum.dim_IntList($0, [0], keepdim = True)", 1, true, false},
    {"@aten.softmax.int($0, -1)", 1, true, false},
    {"@aten.softmax.int($0, 1)", 1, true, false},
    {"@aten._softmax.default($0, 1, False)", 1, true, false},
    {"@aten._softmax.default($0, -1, False)", 1, true, false},
    {"@prims.convert_element_type.default($0, torch.float16)", 1, true, false},
    {"@prims.convert_element_type.default($0, torch.float32)", 1, true, false},
    {"@aten.clamp.default($0, 0)", 1, true, false},
    {"@aten.clamp.default($0, min = 0)", 1, true, false},
    {"@aten.clamp.default($0, None, 1)", 1, true, false},
    {"@aten.gelu.default($0)", 1, true, false},
    {"@aten.gelu.default($0, approximate = 'tanh')", 1, true, false},
    {"@aten.add.Tensor($0, $1)", 2, true, true},
    {"@aten.add.Tensor($0, $1, alpha = 1)", 2, true, true},
    {"@aten.add.Tensor($0, $1, alpha = 2)", 2, true, false},
    {"@aten.add.Tensor(self = $0, other = $1)", 2, true, true},
    {"@aten.mul.Tensor($0, $1)", 2, true, true},
    {"@aten.mul.Tensor(other = $0, self = $1)", 2, true, true},
    {"@aten.sub.Tensor($0, $1)", 2, true, false},
    {"@aten.maximum.default($0, $1)", 2, true, true},
    {"@aten.where.self($0, $1, $2)", 3, false, false},
    {"@aten.add_.Tensor($0, $1)", 2, false, false},
    {"@my.op.default($0, 1, scale = 2.0)", 1, false, false},
    {"@my.op.default($0, 1, scale = 3.0)", 1, false, false},
    {"@my.op.default($0, scale = 2.0)", 1, false, false},
    {"@my.op.default($0, 1, extra = $1)", 2, false, false},
    {"@my.op.default($0, $1)", 2, false, false},
    {"@my.list.default([[$0, 1], $1])", 2, false, false},
    {"@aten.cat.default([$0, $1], 1)", 2, false, false},
    {"@aten.cat.default([$0, $1], -1)", 2, false, false},
    {"@aten.cat.default(($0, $1))", 2, false, false},
    {"@aten.cat.default([$0, $1, $0], 1)", 2, false, false},
    {"@aten.slice.Tensor($0, 0, 0, 2)", 1, false, false},
    {"@aten.split.Tensor($0, 2)", 1, false, false},
    {"$0[0]", 1, false, false},
    {"$0[1]", 1, false, false},
    {"@higher_order.auto_functionalized(@_C.rms_norm.default, result = $0, input = $1, weight = $2, epsilon = 1e-06)",
     3, false, false},
    {"@higher_order.auto_functionalized(@_C.rms_norm.default, result = $0, input = $1, weight = $2, epsilon = 1e-05)",
     3, false, false},
    {"@higher_order.auto_functionalized(@_C.silu_and_mul.default, result = $0, input = $1)", 2, false, false},
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };

/* Ways from a value, `$`, to the same value, `@d`; `@e` is one more node. They change nothing whatever its shape. */
static const char *const detours[] = {
    "@d = @aten.clone.default($)\n",
    "@d = @aten.clone.default($, memory_format = torch.contiguous_format)\n",
    "@e = @aten.detach.default($)\n@d = @aten.alias.default(@e)\n",
    "@d = @aten.expand.default($, [-1, -1])\n",
    "@e = @aten.unsqueeze.default($, 0)\n@d = @aten.squeeze.dim(@e, 0)\n",
    "@e = @aten.permute.default($, [1, 0])\n@d = @aten.permute.default(@e, [1, 0])\n",
    "@e = @aten.transpose.int($, 0, -1)\n@d = @aten.permute.default(@e, [-1, 0])\n",
    "@d = @aten.permute.default($, [0, 1])\n",
    "@d = @aten._to_copy.default($)\n",
    "@d = @aten.slice.Tensor($, 0, 0, 9223372036854775807)\n",
    "@e = @aten.view_as.default($, $)\n@d = @aten.reshape_as.default(@e, $)\n",
};

/* And ways to another value, which look much like them. */
static const char *const strange_detours[] = {
    "@d = @aten.permute.default($, [1, 0])\n",
    "@e = @aten.clone.default($)\n@d = @aten.transpose.int(@e, 0, 1)\n",
    "@e = @prims.convert_element_type.default($, torch.float16)\n@d = @prims.convert_element_type.default(@e, "
    "torch.float32)\n",
    "@d = @aten.clone.default($)\n@e = @my.reader.default(@d)\n",
};

enum {
    DETOURS = sizeof(detours) / sizeof(detours[0]),
    STRANGE_DETOURS = sizeof(strange_detours) / sizeof(strange_detours[0])
};

void put_text(test_text *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    out->size += (size_t)vsnprintf(out->data + out->size, sizeof(out->data) - out->size, format, arguments);
    va_end(arguments);
    assert_true(out->size < sizeof(out->data));
}

static void put_value(test_text *out, const test_program *program, uint32_t value)
{
    put_text(out, value < program->inputs ? "p%u" : "n%u", value);
}

/* Operand `number` of statement `index` as it is read: a value, or the end of a detour from it. */
static void put_operand(test_text *out, const test_program *program, uint32_t index, uint32_t number)
{
    const test_statement *statement = &program->statements[index];
    if (statement->detours[number] != 0) {
        put_text(out, "d%u_%u", program->inputs + index, number);
    } else {
        put_value(out, program, statement->operands[number]);
    }
}

static void put_detour(test_text *out, const test_program *program, uint32_t index, uint32_t number)
{
    const test_statement *statement = &program->statements[index];
    uint32_t detour = statement->detours[number] - 1u;
    const char *at = detour < DETOURS ? detours[detour] : strange_detours[detour - DETOURS];
    for (; *at != '\0'; at++) {
        if (*at == '$') {
            put_value(out, program, statement->operands[number]);
        } else if (*at == '@' && (at[1] == 'd' || at[1] == 'e') && (at[2] == ' ' || at[2] == ')' || at[2] == ',')) {
            put_text(out, "%c%u_%u", *++at, program->inputs + index, number);
        } else {
            put_text(out, "%c", *at);
        }
    }
}

void put_program_statements(test_text *out, const test_program *program)
{
    out->size = 0;
    for (uint32_t i = 0; i < program->count; i++) {
        const test_statement *statement = &program->statements[i];
        for (uint32_t j = 0; j < forms[statement->form].operands; j++) {
            if (statement->detours[j] != 0) {
                put_detour(out, program, i, j);
            }
        }
        put_text(out, "n%u = ", program->inputs + i);
        for (const char *at = forms[statement->form].text; *at != '\0'; at++) {
            if (*at == '$') {
                uint32_t number = (uint32_t)(*++at - '0');
                put_operand(out, program, i, statement->exchanged && number < 2 ? 1 - number : number);
            } else {
                put_text(out, "%c", *at);
            }
        }
        put_text(out, "\n");
    }
    put_text(out, program->result_count == 1 ? "return " : "return (");
    for (uint32_t i = 0; i < program->result_count; i++) {
        put_text(out, i == 0 ? "" : ", ");
        put_value(out, program, program->results[i]);
    }
    put_text(out, program->result_count == 1 ? "" : ")");
}

void put_program_parameters(test_text *out, const test_program *program)
{
    out->size = 0;
    for (uint32_t i = 0; i < program->inputs; i++) {
        put_text(out, "%sp%u%s%s", i == 0 ? "" : ", ", i, program->annotation == NULL ? "" : ": ",
                 program->annotation == NULL ? "" : program->annotation);
    }
}

static uint32_t random_form(test_random *random, bool typed)
{
    uint32_t index = random_below(random, FORM_COUNT);
    while (typed && !forms[index].typed) {
        index = random_below(random, FORM_COUNT);
    }
    return index;
}

/* Operands among the last `window` values. */
static test_statement random_statement(test_random *random, bool typed, uint32_t values, uint32_t window)
{
    test_statement result = {.form = random_form(random, typed)};
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t reach = window < values ? window : values;
        result.operands[i] = values - 1 - random_below(random, reach);
    }
    return result;
}

/* Wide or deep, with or without types; or one block of statements many times over, on its own last value or, as
 * siblings, on the inputs. */
void random_program(test_program *out, test_random *random)
{
    bool typed = random_below(random, 2) == 0;
    uint32_t window = random_below(random, 3) == 0 ? 2 : 1 + random_below(random, 12);
    uint32_t block = random_below(random, 2) == 0 ? MAX_STATEMENTS : 3 + random_below(random, 6);
    bool siblings = random_below(random, 3) == 0;
    out->annotation = typed ? "'f32[4, 4]'" : NULL;
    out->inputs = 1 + random_below(random, 3);
    out->count = 3 + random_below(random, MAX_STATEMENTS - 3);
    for (uint32_t i = 0; i < out->count; i++) {
        uint32_t values = out->inputs + i;
        if (i < block) {
            out->statements[i] = random_statement(random, typed, values, window);
            continue;
        }
        out->statements[i] = out->statements[i - block];
        for (uint32_t j = 0; j < 3; j++) {
            uint32_t *operand = &out->statements[i].operands[j];
            *operand = *operand < out->inputs && (siblings || i >= 2 * block) ? *operand
                       : *operand < out->inputs                               ? out->inputs + block - 1
                                                                              : *operand + block;
        }
    }
    out->result_count = 1 + random_below(random, 4);
    for (uint32_t i = 0; i < out->result_count; i++) {
        out->results[i] = out->inputs + out->count - 1 - random_below(random, out->count);
    }
    out->results[0] = out->inputs + out->count - 1;
}

void random_detours(test_program *program, test_random *random, bool strange)
{
    uint32_t kinds = DETOURS + (strange ? STRANGE_DETOURS : 0);
    for (uint32_t i = 0; i < program->count; i++) {
        test_statement *statement = &program->statements[i];
        statement->exchanged = forms[statement->form].commutes && random_below(random, 2) == 0;
        for (uint32_t j = 0; j < 3; j++) {
            bool has_detour = random_below(random, 4) == 0;
            statement->detours[j] = (uint8_t)(has_detour ? 1 + random_below(random, kinds) : 0);
        }
    }
}

/* ---- rules taken from a graph ---- */

typedef struct mining {
    const test_program *from;
    test_program *out;
    uint32_t images[MAX_STATEMENTS + MAX_INPUTS]; /* what a value became, once it has: chosen statements, inputs */
    bool chosen[MAX_STATEMENTS + MAX_INPUTS];
    uint32_t chosen_count;
} mining;

static void choose(mining *mined, test_random *random, uint32_t value, uint32_t depth)
{
    if (value < mined->from->inputs || mined->chosen[value] || mined->chosen_count == MAX_RULE_STATEMENTS) {
        return;
    }
    mined->chosen[value] = true;
    mined->chosen_count++;
    const test_statement *from = &mined->from->statements[value - mined->from->inputs];
    for (uint32_t i = 0; i < forms[from->form].operands; i++) {
        if (depth > 0 && random_below(random, 4) != 0) {
            choose(mined, random, from->operands[i], depth - 1);
        }
    }
}

/* The values that chosen statements read and that are not chosen become inputs. False when there are too many. */
static bool number_inputs(mining *mined)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < mined->from->count; i++) {
        const test_statement *from = &mined->from->statements[i];
        for (uint32_t j = 0; j < forms[from->form].operands && mined->chosen[mined->from->inputs + i]; j++) {
            uint32_t value = from->operands[j];
            if (!mined->chosen[value] && mined->images[value] == UINT32_MAX) {
                mined->images[value] = count++;
            }
        }
    }
    mined->out->inputs = count;
    return count > 0 && count <= MAX_INPUTS;
}

static bool is_read_in_pattern(const test_program *pattern, uint32_t value)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const test_statement *at = &pattern->statements[i];
        for (uint32_t j = 0; j < forms[at->form].operands; j++) {
            if (at->operands[j] == value) {
                return true;
            }
        }
    }
    return false;
}

/* A part of the graph as a pattern, perhaps changed so that it nearly matches. Its results are what nothing inside
 * reads, and perhaps one value more. */
static bool mine(test_program *out, test_random *random, const test_program *from)
{
    static const char *const annotations[] = {NULL, "'f32[4, 4]'", "'f32[u0, u0]'"};
    mining mined = {.from = from, .out = out};
    memset(mined.images, 0xff, sizeof(mined.images));
    bool typed = from->annotation != NULL;
    out->annotation = typed ? annotations[random_below(random, 3)] : NULL;
    uint32_t roots = 1 + random_below(random, 3) / 2;
    for (uint32_t i = 0; i < roots; i++) {
        choose(&mined, random, from->inputs + random_below(random, from->count), 1 + random_below(random, 4));
    }
    if (!number_inputs(&mined)) {
        return false;
    }
    out->count = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        if (mined.chosen[from->inputs + i]) {
            test_statement *at = &out->statements[out->count];
            *at = from->statements[i];
            for (uint32_t j = 0; j < forms[at->form].operands; j++) {
                at->operands[j] = mined.images[at->operands[j]];
            }
            mined.images[from->inputs + i] = out->inputs + out->count++;
        }
    }
    if (random_below(random, 3) == 0) { /* a near miss, or another rule altogether */
        test_statement *at = &out->statements[random_below(random, out->count)];
        uint32_t operands = forms[at->form].operands;
        do {
            at->form = random_form(random, typed);
            at->exchanged = false;
        } while (forms[at->form].operands > operands);
    }
    out->result_count = 0;
    for (uint32_t i = out->count; i > 0 && out->result_count < 4; i--) {
        uint32_t value = out->inputs + i - 1;
        if (!is_read_in_pattern(out, value) || random_below(random, 8) == 0) {
            out->results[out->result_count++] = value;
        }
    }
    for (uint32_t i = 0; i < out->inputs; i++) {
        if (!is_read_in_pattern(out, i)) {
            return false;
        }
    }
    return true;
}

/* One new op on all inputs, taken apart for several results; or, for one result, a random statement, which other rules
 * may match again. */
static void put_replacement(test_text *out, test_random *random, const test_program *pattern)
{
    out->size = 0;
    if (pattern->result_count == 1 && random_below(random, 3) != 0) {
        test_program single = *pattern;
        single.count = 1;
        single.statements[0] = random_statement(random, pattern->annotation != NULL, pattern->inputs, pattern->inputs);
        single.results[0] = pattern->inputs;
        put_program_statements(out, &single);
        return;
    }
    put_text(out, "f = @my.fused.default(");
    for (uint32_t i = 0; i < pattern->inputs; i++) {
        put_text(out, "%sp%u", i == 0 ? "" : ", ", i);
    }
    put_text(out, ")\n");
    for (uint32_t i = 0; i < pattern->result_count && pattern->result_count > 1; i++) {
        put_text(out, "g%u = f[%u]\n", i, i);
    }
    put_text(out, "return ");
    for (uint32_t i = 0; i < pattern->result_count; i++) {
        if (pattern->result_count > 1) {
            put_text(out, "%sg%u", i == 0 ? "(" : ", ", i);
        }
    }
    put_text(out, pattern->result_count > 1 ? ")" : "f");
}

void add_random_rule(rg_rule_set *set, test_random *random, const test_program *from, uint32_t number,
                     test_freedom freedom)
{
    static test_text parameters;
    static test_text statements;
    static test_text replacement;
    test_program pattern = {0};
    char name[16];
    if (!mine(&pattern, random, from)) {
        return;
    }
    if (freedom.see_through && random_below(random, 2) == 0) {
        random_detours(&pattern, random, false);
    }
    put_program_parameters(&parameters, &pattern);
    put_program_statements(&statements, &pattern);
    put_replacement(&replacement, random, &pattern);
    (void)snprintf(name, sizeof(name), "rule%u", number);
    graph_rule rule = {name, parameters.data, statements.data, replacement.data, 0, NULL, NULL};
    rg_status status = graph_rules_add_by_meaning(set, &rule, freedom.see_through, freedom.commutative);
    assert_true(status == RG_OK || status == RG_ERROR_RULE);
    rg_context_clear_diagnostics(set->context);
}

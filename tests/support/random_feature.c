/*
 * random_feature.c: see the header.
 */
#include "support/random_feature.h"

#include <stdio.h>
#include <string.h>

enum { UNARY, BINARY, SCALED, CLAMPED, MASKED, LIST_CAT, EACH_CAT, RESULT_CAT };
enum { BODY_UNARY, BODY_SHARED, BODY_SHARED_FIRST, BODY_ITEM, BODY_OTHER, BODY_PERMUTED };
enum { ANY_LENGTH = 0 };

static const char *const unary[] = {"relu.default", "neg.default", "sigmoid.default", "exp.default"};
static const char *const binary[] = {"add.Tensor", "sub.Tensor", "mul.Tensor"};
enum { UNARIES = 4, BINARIES = 3 };

static bool has(const test_template *template, uint32_t features)
{
    return (template->features & features) != 0;
}

/* ---- templates ---- */

static void random_body(test_template *out, test_random *random)
{
    out->body_count = 1 + random_below(random, MAX_BODY);
    out->zips = has(out, FEATURE_REPETITION) && random_below(random, 3) == 0;
    out->spreads = random_below(random, 4) == 0;
    for (uint32_t i = 0; i < out->body_count; i++) {
        out->body[i].form = (uint8_t)random_below(random, i == 0 && !out->zips ? 4 : 3);
        out->body[i].op = (uint8_t)random_below(random, out->body[i].form == BODY_UNARY ? UNARIES : BINARIES);
        out->body[i].a = (uint8_t)random_below(random, 2);
    }
    if (out->zips) {
        out->body[0].form = BODY_OTHER;
        out->body[0].op = (uint8_t)random_below(random, BINARIES);
    }
    if (has(out, FEATURE_THROUGH)) {
        out->clones = random_below(random, 4) == 0;
        out->body[out->body_count - 1].form =
            out->body_count > 1 && random_below(random, 3) == 0 ? BODY_PERMUTED : out->body[out->body_count - 1].form;
    }
}

static void add_step(test_template *out, test_random *random, uint8_t form)
{
    test_step *step = &out->steps[out->count];
    uint32_t values = 2 + out->count;
    step->form = form;
    step->op = (uint8_t)random_below(random, form == UNARY ? UNARIES : BINARIES);
    /* Mostly the last value, so that little is left unused. */
    step->a = (uint8_t)(random_below(random, 4) == 0 ? random_below(random, values) : values - 1);
    step->b = (uint8_t)random_below(random, values);
    if (form == LIST_CAT || form == EACH_CAT || form == RESULT_CAT) {
        step->a = 0; /* whose results are gone through */
    }
    out->count++;
}

void random_template(test_template *out, test_random *random, uint32_t features)
{
    memset(out, 0, sizeof(*out));
    out->features = features;
    random_body(out, random);
    out->zips = out->zips && (features & FEATURE_RESULTS) == 0;
    if (!out->zips && out->body[0].form == BODY_OTHER) {
        out->body[0].form = BODY_ITEM;
    }
    add_step(out, random, BINARY); /* reads both inputs, which a rule must */
    out->steps[0].a = 0;
    out->steps[0].b = 1;
    if (random_below(random, 2) == 0) {
        add_step(out, random, random_below(random, 2) == 0 ? UNARY : BINARY);
    }
    static const struct {
        uint32_t feature;
        uint8_t form;
    } special[] = {{FEATURE_LIST, LIST_CAT},   {FEATURE_REPETITION, EACH_CAT}, {FEATURE_RESULTS, RESULT_CAT},
                   {FEATURE_OPTIONAL, MASKED}, {FEATURE_GUARD, SCALED},        {FEATURE_FREE, CLAMPED}};
    for (size_t i = 0; i < sizeof(special) / sizeof(special[0]) && out->count + 2 < MAX_STEPS; i++) {
        bool joins = special[i].form == LIST_CAT || special[i].form == EACH_CAT || special[i].form == RESULT_CAT;
        /* With all of them, rules would be as large as no graph is: some are left out. */
        if (!has(out, special[i].feature) || (features == FEATURE_ALL && random_below(random, 2) == 0)) {
            out->features &= ~special[i].feature;
            continue;
        }
        uint8_t before = (uint8_t)(out->count + 1);
        add_step(out, random, special[i].form);
        if (joins) {
            add_step(out, random, BINARY);
            out->steps[out->count - 1].b = before;
        }
    }
    for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
        bool used = false;
        for (uint32_t j = 0; j < out->count; j++) {
            used = used || out->steps[j].form == special[i].form;
        }
        out->features &= used ? ~0u : ~special[i].feature;
    }
    out->zips = out->zips && has(out, FEATURE_REPETITION);
    out->features |= features & (FEATURE_ALTERNATIVES | FEATURE_DROPPED | FEATURE_THROUGH);
    add_step(out, random, UNARY);
    out->other = (uint8_t)((out->steps[out->count - 1].op + 1) % UNARIES);
    out->second = has(out, FEATURE_DROPPED) ? (uint8_t)(1 + random_below(random, out->count)) : 0;
    out->drops = random_below(random, 2) == 0;
    out->bound = random_below(random, 3);
}

/* ---- as a rule ---- */

void put_template_head(test_text *out)
{
    put_text(out, "import torch\nfrom regraft import Op, Rule\n"
                  "class one(Op):\n    schema = 'my::one(Tensor[] xs, float p=0.0) -> Tensor'\n"
                  "class pack(Op):\n    schema = 'my::pack(Tensor[] xs, int n) -> Tensor'\n"
                  "class join(Op):\n    schema = 'my::join(Tensor x, Tensor y) -> Tensor'\n");
}

static const char *value_name(char buffer[8], uint32_t value)
{
    (void)snprintf(buffer, 8, value == 0 ? "x" : value == 1 ? "y" : "v%u", value - 2);
    return buffer;
}

/* What is made of an item, `t` (and `u`) with this suffix, as one expression. */
static void put_body(test_text *out, const test_template *template, uint32_t count, const char *suffix)
{
    char name[8];
    if (count == 0) {
        put_text(out, template->clones ? "torch.ops.aten.clone.default(t%s)" : "t%s", suffix);
        return;
    }
    const test_step *step = &template->body[count - 1];
    put_text(out, "torch.ops.aten.%s(",
             step->form == BODY_UNARY      ? unary[step->op]
             : step->form == BODY_PERMUTED ? "permute.default"
                                           : binary[step->op]);
    if (step->form == BODY_SHARED_FIRST) {
        put_text(out, "%s, ", value_name(name, step->a));
    }
    put_body(out, template, count - 1, suffix);
    put_text(out,
             step->form == BODY_SHARED     ? ", %s)"
             : step->form == BODY_ITEM     ? ", t%s)"
             : step->form == BODY_OTHER    ? ", u%s)"
             : step->form == BODY_PERMUTED ? ", [1, 0])"
                                           : ")",
             step->form == BODY_SHARED ? value_name(name, step->a) : suffix);
}

/* The items of a list of this length, separated by commas. */
static void put_items(test_text *out, const test_template *template, uint8_t form, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        char suffix[16];
        (void)snprintf(suffix, sizeof(suffix), form == RESULT_CAT ? "[%u]" : "%u", i);
        put_text(out, i == 0 ? "" : ", ");
        if (form == LIST_CAT) {
            put_text(out, "w%s", suffix);
        } else {
            put_body(out, template, template->body_count, suffix);
        }
    }
}

/* A call that takes a list, or any number of arguments. */
static void put_list_call(test_text *out, const test_template *template, uint8_t form, uint32_t length)
{
    put_text(out, template->spreads ? "torch.ops.higher_order.wrap(x, " : "torch.ops.my.pack.default(");
    if (length != ANY_LENGTH) {
        put_text(out, template->spreads ? "" : "[");
        put_items(out, template, form, length);
        put_text(out, template->spreads ? "" : "]");
    } else if (form == LIST_CAT) {
        put_text(out, template->spreads ? "*ws" : "ws");
    } else {
        put_text(out, template->spreads ? "*[" : "[");
        put_body(out, template, template->body_count, "");
        put_text(out, form == RESULT_CAT ? " for t in torch.ops.aten.split.Tensor(x, free(2), 0)]"
                      : template->zips   ? " for t, u in zip(xs, ys)]"
                                         : " for t in xs]");
    }
    put_text(out, template->spreads ? ")\n" : ", 0)\n");
}

static void put_step(test_text *out, const test_template *template, uint32_t index, bool other, uint32_t length)
{
    char a[8];
    char b[8];
    const test_step *step = &template->steps[index];
    value_name(a, step->a);
    value_name(b, step->b);
    if (step->form == RESULT_CAT && length != ANY_LENGTH) {
        put_text(out, "        t = torch.ops.aten.split.Tensor(x, free(2), 0)\n");
    }
    put_text(out, "        v%u = ", index);
    switch (step->form) {
    case UNARY:
        put_text(out, "torch.ops.aten.%s(%s)\n", unary[other ? template->other : step->op], a);
        break;
    case BINARY:
        put_text(out, "torch.ops.aten.%s(%s, %s)\n", binary[step->op], a, b);
        break;
    case SCALED:
        put_text(out, "torch.ops.aten.mul.Tensor(%s, p)\n", a);
        break;
    case CLAMPED:
        put_text(out, "torch.ops.aten.clamp.default(%s, free(0.5))\n", a);
        break;
    case MASKED:
        put_text(out, "%s if m is None else torch.ops.aten.sub.Tensor(%s, m)\n", a, a);
        break;
    default:
        put_list_call(out, template, step->form, length);
        break;
    }
}

static void put_inputs(test_text *out, const test_template *template, bool types)
{
    static const struct {
        uint32_t feature;
        const char *name;
        const char *type;
    } inputs[] = {{FEATURE_LIST, "ws", "Tensor[]"},
                  {FEATURE_REPETITION, "xs", "Tensor[]"},
                  {FEATURE_OPTIONAL, "m", "Tensor | None"},
                  {FEATURE_GUARD, "p", "float"}};
    put_text(out, types ? "x: 'Tensor', y: 'Tensor'" : "x, y");
    for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
        if (has(template, inputs[i].feature)) {
            put_text(out, types ? ", %s: '%s'" : ", %s", inputs[i].name, inputs[i].type);
        }
    }
    put_text(out, !template->zips ? "" : types ? ", ys: 'Tensor[]'" : ", ys");
}

static void put_pattern(test_text *out, const test_template *template, bool other)
{
    put_text(out, "    def pattern%s(", other ? "_other" : "");
    put_inputs(out, template, !other);
    put_text(out, "):\n");
    for (uint32_t i = 0; i < template->count; i++) {
        put_step(out, template, i, other && i + 1 == template->count, ANY_LENGTH);
    }
    put_text(out, "        return v%u", template->count - 1);
    put_text(out, template->second == 0 ? "\n" : ", v%u\n", template->second - 1u);
}

void put_template_rule(test_text *out, const test_template *template, uint32_t number)
{
    put_text(out, "class rule_%u(Rule):\n", number);
    put_pattern(out, template, false);
    if (has(template, FEATURE_ALTERNATIVES)) {
        put_pattern(out, template, true);
    }
    put_text(out, "    def replacement(");
    put_inputs(out, template, false);
    put_text(out, "):\n        r = torch.ops.my.one.default([x, y]%s)\n", has(template, FEATURE_GUARD) ? ", p" : "");
    if (has(template, FEATURE_OPTIONAL)) {
        put_text(out, "        r = r if m is None else torch.ops.aten.relu.default(torch.ops.my.join.default(r, m))\n");
    }
    if (has(template, FEATURE_LIST)) {
        put_text(out, "        r = torch.ops.my.join.default(torch.ops.my.one.default(ws), r)\n");
    }
    if (has(template, FEATURE_REPETITION)) {
        put_text(out,
                 template->zips
                     ? "        r = torch.ops.my.join.default(torch.ops.my.pack.default("
                       "[torch.ops.my.join.default(torch.ops.aten.neg.default(t), u) for t, u in zip(xs, ys)], 0), r)\n"
                     : "        r = torch.ops.my.join.default(torch.ops.my.pack.default("
                       "[torch.ops.aten.neg.default(t) for t in xs], 0), xs[0])\n"
                       "        r = torch.ops.my.join.default(r, torch.ops.my.one.default([x, y]))\n");
    }
    put_text(out, template->second == 0 ? "        return r\n"
                  : template->drops     ? "        return r, None\n"
                                        : "        return r, torch.ops.my.join.default(x, r)\n");
    if (has(template, FEATURE_GUARD)) {
        put_text(out, "    def check(p%s):\n        return p > %u and p != 3%s\n",
                 has(template, FEATURE_REPETITION) ? ", xs" : "", template->bound,
                 has(template, FEATURE_REPETITION) ? " or len(xs) == 2" : "");
    }
}

void put_template_written_out(test_text *out, const test_template *template, uint32_t length)
{
    static const struct {
        uint32_t feature;
        const char *name;
    } lists[] = {{FEATURE_LIST, "w"}, {FEATURE_REPETITION, "t"}, {FEATURE_REPETITION, "u"}};
    static test_text typed;
    static test_text plain;
    typed.size = plain.size = 0;
    put_text(&typed, "x: 'Tensor', y: 'Tensor'");
    put_text(&plain, "x, y");
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        bool is_there = has(template, lists[i].feature) && (template->zips || i != 2);
        for (uint32_t j = 0; j < length && is_there; j++) {
            put_text(&typed, ", %s%u: 'Tensor'", lists[i].name, j);
            put_text(&plain, ", %s%u", lists[i].name, j);
        }
    }
    put_text(out, "class written_out_%u(Rule):\n    def pattern(%s):\n", length, typed.data);
    for (uint32_t i = 0; i < template->count; i++) {
        put_step(out, template, i, false, length);
    }
    put_text(out, "        return v%u\n    def replacement(%s):\n", template->count - 1, plain.data);
    put_text(out, "        return torch.ops.my.one.default([%s])\n", plain.data);
}

/* ---- in a graph ---- */

/* A graph in the making; values are p0 .. and n0 .., by number. */
typedef struct writer {
    test_text *out;
    test_random *random;
    uint32_t inputs;
    uint32_t count;    /* of values */
    uint32_t change;   /* statements until one is changed; 0: none is */
    uint32_t tops[16]; /* what instances came to */
    uint32_t top_count;
    uint32_t scale; /* what is captured as p; 0: anything */
    bool sole;      /* the only instance of the graph, unchanged */
    bool chains;    /* values are read through nodes that change nothing, now and then */
    uint32_t below; /* the value that was last read so, and the end of its chain */
    uint32_t above;
} writer;

/* Mostly what no instance computes inside, so that most of them can match. */
static uint32_t any_value(writer *w)
{
    if (w->sole || random_below(w->random, 8) != 0) {
        uint32_t choice = random_below(w->random, w->inputs + w->top_count);
        return choice < w->inputs ? choice : w->tops[choice - w->inputs];
    }
    uint32_t reach = w->count < 10 ? w->count : 10;
    return w->count - 1 - random_below(w->random, reach);
}

static uint32_t begin(writer *w)
{
    put_text(w->out, "n%u = ", w->count);
    return w->count++;
}

static void put_value(writer *w, uint32_t value)
{
    put_text(w->out, value < w->inputs ? "p%u" : "n%u", value);
}

/* One node that changes nothing (or, in the last places, perhaps something); the values' types may not be known. */
enum { CLONE, PERMUTES, SURE_KINDS = 3, KINDS = 6 };

static uint32_t put_unchanged(writer *w, uint32_t value, uint32_t kind)
{
    static const char *const calls[] = {"@aten.clone.default(", "@aten.permute.default(", "@aten.detach.default(",
                                        "@aten.view.default(",  "@aten.to.dtype(",        "@aten.permute.default("};
    static const char *const rest[] = {")", ", [1, 0])", ")", ", [-1, 2])", ", torch.float32)", ", [1, 0])"};
    uint32_t above = begin(w);
    put_text(w->out, "%s", calls[kind]);
    put_value(w, value);
    put_text(w->out, "%s\n", rest[kind]);
    if (kind == PERMUTES) { /* and back again */
        uint32_t back = begin(w);
        put_text(w->out, "@aten.permute.default(");
        put_value(w, above);
        put_text(w->out, ", [1, 0])\n");
        above = back;
    }
    return above;
}

/* The value, or what it is read through: a chain of its own, or one that is there already. */
static uint32_t reach(writer *w, uint32_t value)
{
    if (!w->chains || random_below(w->random, 3) != 0) {
        return value;
    }
    if (w->above != 0 && w->below == value && random_below(w->random, 2) == 0) {
        return w->above;
    }
    uint32_t length = 1 + (random_below(w->random, 4) == 0 ? 1 : 0);
    w->below = value;
    for (w->above = value; length > 0; length--) {
        w->above = put_unchanged(w, w->above, random_below(w->random, w->sole ? SURE_KINDS : KINDS));
    }
    return w->above;
}

/* Is this the statement that is to differ? */
static bool is_changed(writer *w)
{
    return w->change != 0 && --w->change == 0;
}

static uint32_t put_unary(writer *w, uint32_t op, uint32_t a)
{
    bool changed = is_changed(w);
    bool another = changed && random_below(w->random, 2) == 0;
    uint32_t operand = reach(w, changed && !another ? any_value(w) : a);
    uint32_t value = begin(w);
    put_text(w->out, "@aten.%s(", unary[another ? (op + 1) % UNARIES : op]);
    put_value(w, operand);
    put_text(w->out, ")\n");
    return value;
}

static uint32_t put_binary(writer *w, uint32_t op, uint32_t a, uint32_t b)
{
    bool changed = is_changed(w);
    uint32_t how = random_below(w->random, 3);
    uint32_t operand = reach(w, changed && how == 1 ? any_value(w) : b);
    bool swap = (changed && how == 2) || (op != 1 && random_below(w->random, 3) == 0);
    a = reach(w, a);
    uint32_t value = begin(w);
    put_text(w->out, "@aten.%s(", binary[changed && how == 0 ? (op + 1) % BINARIES : op]);
    put_value(w, swap ? operand : a);
    put_text(w->out, ", ");
    put_value(w, swap ? a : operand);
    put_text(w->out, ")\n");
    return value;
}

/* The items as a list, or as arguments behind `first`. */
static uint32_t put_cat(writer *w, const test_template *template, uint32_t first, uint32_t *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        items[i] = reach(w, items[i]);
    }
    first = template->spreads ? reach(w, first) : first;
    bool changed = is_changed(w);
    uint32_t kept = changed && random_below(w->random, 2) == 0 && count > 1 ? count - 1 : count;
    bool extra = changed && kept == count;
    uint32_t other = any_value(w);
    uint32_t value = begin(w);
    bool tuple = random_below(w->random, 4) == 0;
    if (template->spreads) {
        put_text(w->out, "@higher_order.wrap(");
        put_value(w, first);
        put_text(w->out, ", ");
    } else {
        put_text(w->out, tuple ? "@my.pack.default((" : "@my.pack.default([");
    }
    for (uint32_t i = 0; i < kept; i++) {
        put_text(w->out, i == 0 ? "" : ", ");
        put_value(w, items[i]);
    }
    if (extra) {
        put_text(w->out, ", ");
        put_value(w, other);
    }
    put_text(w->out, template->spreads ? ")\n" : tuple ? ",), 0)\n" : "], 0)\n");
    return value;
}

static uint32_t put_permuted(writer *w, uint32_t a)
{
    a = reach(w, a);
    bool is_permute = w->sole || random_below(w->random, 3) != 0;
    uint32_t value = begin(w);
    put_text(w->out, is_permute ? "@aten.permute.default(" : "@aten.transpose.int(");
    put_value(w, a);
    put_text(w->out, is_permute ? ", [1, 0])\n" : ", 0, 1)\n");
    return value;
}

static uint32_t put_item(writer *w, const test_template *template, const uint32_t *values, uint32_t item,
                         uint32_t second)
{
    uint32_t value = item;
    if (template->clones && (w->sole || random_below(w->random, 2) == 0)) { /* with int inputs it must be there */
        value = put_unchanged(w, item, w->sole ? CLONE : random_below(w->random, KINDS));
    }
    for (uint32_t i = 0; i < template->body_count; i++) {
        const test_step *step = &template->body[i];
        uint32_t shared = values[step->a];
        value = step->form == BODY_UNARY          ? put_unary(w, step->op, value)
                : step->form == BODY_SHARED       ? put_binary(w, step->op, value, shared)
                : step->form == BODY_SHARED_FIRST ? put_binary(w, step->op, shared, value)
                : step->form == BODY_ITEM         ? put_binary(w, step->op, value, item)
                : step->form == BODY_PERMUTED     ? put_permuted(w, value)
                                                  : put_binary(w, step->op, value, second);
    }
    return value;
}

static uint32_t put_list(writer *w, const test_template *template, const uint32_t *values, uint32_t form)
{
    uint32_t items[4];
    uint32_t count = 1 + random_below(w->random, 4);
    uint32_t call = 0;
    if (form == RESULT_CAT) {
        uint32_t data = reach(w, values[0]);
        count = 2;
        call = begin(w);
        put_text(w->out, "@aten.split.Tensor(");
        put_value(w, data);
        put_text(w->out, ", 1, 0)\n");
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t item = any_value(w);
        if (form == RESULT_CAT) {
            bool changed = is_changed(w);
            item = begin(w);
            put_value(w, call);
            put_text(w->out, "[%u]\n", changed ? 1 - i : i);
        }
        uint32_t second = any_value(w);
        items[i] = form == LIST_CAT ? item : put_item(w, template, values, item, second);
    }
    return put_cat(w, template, values[0], items, count);
}

static uint32_t put_step_instance(writer *w, const test_template *template, const uint32_t *values, uint32_t index)
{
    const test_step *step = &template->steps[index];
    bool other = has(template, FEATURE_ALTERNATIVES) && index + 1 == template->count && random_below(w->random, 2) == 0;
    uint32_t a = values[step->a];
    uint32_t value;
    switch (step->form) {
    case UNARY:
        return put_unary(w, other ? template->other : step->op, a);
    case BINARY:
        return put_binary(w, step->op, a, values[step->b]);
    case SCALED:
    case CLAMPED:
        a = reach(w, a);
        value = begin(w);
        put_text(w->out, step->form == SCALED ? "@aten.mul.Tensor(" : "@aten.clamp.default(");
        put_value(w, a);
        put_text(w->out, ", %u.0)\n", step->form == SCALED && w->scale != 0 ? w->scale : random_below(w->random, 4));
        return value;
    case MASKED:
        return random_below(w->random, 2) == 0 ? a : put_binary(w, 1, a, any_value(w));
    default:
        return put_list(w, template, values, step->form);
    }
}

/* Steps that nothing reads are no part of the traced rule. */
static void find_used(bool *used, const test_template *template)
{
    memset(used, 0, (MAX_STEPS + 2) * sizeof(*used));
    used[1 + template->count] = true;
    if (template->second != 0) {
        used[1 + template->second] = true;
    }
    for (uint32_t i = template->count; i > 0; i--) {
        const test_step *step = &template->steps[i - 1];
        bool reads_body = step->form == EACH_CAT || step->form == RESULT_CAT;
        bool stays = template->spreads && (step->form == LIST_CAT || reads_body); /* a call of which nothing is known */
        used[1 + i] = used[1 + i] || stays;
        if (!used[1 + i]) {
            continue;
        }
        used[step->a] = used[step->a] || step->form != LIST_CAT || template->spreads;
        used[step->b] = used[step->b] || step->form == BINARY;
        for (uint32_t j = 0; j < template->body_count && reads_body; j++) {
            used[template->body[j].a] = true;
        }
    }
}

static void put_instance(writer *w, const test_template *template)
{
    uint32_t values[MAX_STEPS + 2];
    bool used[MAX_STEPS + 2];
    find_used(used, template);
    values[0] = has(template, FEATURE_RESULTS) ? random_below(w->random, w->inputs) : any_value(w);
    values[1] = any_value(w);
    w->change = !w->sole && random_below(w->random, 3) == 0 ? 1 + random_below(w->random, template->count + 2) : 0;
    /* k identical siblings, now and then */
    uint32_t copies = !w->sole && random_below(w->random, 6) == 0 ? 2 + random_below(w->random, 2) : 1;
    for (uint32_t copy = 0; copy < copies && w->out->size + 2048 < sizeof(w->out->data); copy++) {
        for (uint32_t i = 0; i < template->count; i++) {
            values[2 + i] = used[2 + i] ? put_step_instance(w, template, values, i) : values[0];
        }
        if (w->top_count < sizeof(w->tops) / sizeof(w->tops[0])) {
            w->tops[w->top_count++] = values[1 + template->count];
        }
    }
    w->change = 0;
}

void put_template_sole(test_text *parameters, test_text *statements, const test_template *template, test_random *random)
{
    writer w = {.out = statements, .random = random, .inputs = 6, .count = 6, .scale = 4, .sole = true};
    parameters->size = statements->size = 0;
    w.chains = has(template, FEATURE_THROUGH);
    for (uint32_t i = 0; i < w.inputs; i++) {
        put_text(parameters, "%sp%u: 'f32[2, 2]'", i == 0 ? "" : ", ", i);
    }
    put_instance(&w, template);
    put_text(statements, "return (");
    put_value(&w, w.tops[0]);
    put_text(statements, ",)");
}

void put_template_graph(test_text *parameters, test_text *statements, const test_template *templates, uint32_t count,
                        test_random *random)
{
    writer w = {.out = statements, .random = random, .inputs = 2 + random_below(random, 4)};
    bool typed = random_below(random, 4) != 0;
    parameters->size = statements->size = 0;
    w.count = w.inputs;
    w.chains = has(&templates[0], FEATURE_THROUGH) && random_below(random, 8) != 0;
    for (uint32_t i = 0; i < w.inputs; i++) {
        put_text(parameters, "%sp%u%s", i == 0 ? "" : ", ", i, typed ? ": 'f32[2, 2]'" : "");
    }
    uint32_t instances = 1 + random_below(random, 6);
    for (uint32_t i = 0; i < instances && statements->size + 4096 < sizeof(statements->data); i++) {
        if (w.chains && random_below(random, 16) == 0) {
            put_text(statements, "n%u = @aten.add_.Tensor(p%u, 1)\n", w.count++, random_below(random, w.inputs));
        }
        if (random_below(random, 4) == 0) {
            (void)put_unary(&w, random_below(random, UNARIES), any_value(&w));
        }
        put_instance(&w, &templates[random_below(random, count)]);
    }
    put_text(statements, "return (");
    put_value(&w, w.count - 1);
    for (uint32_t i = random_below(random, 3); i > 0; i--) {
        put_text(statements, ", ");
        put_value(&w, any_value(&w));
    }
    put_text(statements, ",)");
}

/*
 * size_substitute.c: replacing symbols by sizes, and asking which symbols occur.
 */
#include "base/buffer.h"
#include "ir/size_impl.h"

typedef struct substitution {
    rg_context *context;
    const rg_size *from;
    const rg_size *to;
    size_t count;
} substitution;

static bool find_symbol(const rg_size *symbols, size_t count, uint32_t id, size_t *index)
{
    for (size_t i = 0; i < count; i++) {
        if (symbols[i].id == id) {
            *index = i;
            return true;
        }
    }
    return false;
}

static rg_status substitute(rg_size *out, const substitution *job, rg_size size);

/* ---- text that is no expression: its names are its symbols ---- */

static bool is_name_char(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (!first && c >= '0' && c <= '9');
}

/* The next name in `text` from `*at` on, which is moved behind it; what a call calls is no symbol. */
static rg_string next_name(rg_string text, size_t *at)
{
    while (*at < text.size) {
        size_t start = *at;
        if (!is_name_char(text.data[start], true)) {
            /* A digit starts a number, whose letters (`1e5`) are not names. */
            bool number = is_name_char(text.data[start], false);
            while (++*at < text.size && number && is_name_char(text.data[*at], false)) {
            }
            continue;
        }
        while (*at < text.size && is_name_char(text.data[*at], false)) {
            ++*at;
        }
        if (*at == text.size || text.data[*at] != '(') {
            return (rg_string){text.data + start, *at - start};
        }
    }
    return (rg_string){NULL, 0};
}

static rg_status substitute_text(rg_size *out, const substitution *job, rg_size size, const rg__size_record *record)
{
    rg_context *context = job->context;
    rg_string text = rg__size_detail_text(context, record);
    rg_buffer buffer;
    rg_string name;
    size_t at = 0;
    size_t copied = 0;
    rg_status status = RG_OK;

    rg__buffer_init(&buffer, &context->allocator);
    while ((name = next_name(text, &at)).size > 0 && status == RG_OK) {
        rg_size symbol;
        size_t index;
        status = rg__size_from_text(&symbol, context, RG_SIZE_KIND_SYMBOL, name);
        if (status == RG_OK && find_symbol(job->from, job->count, symbol.id, &index)) {
            rg__buffer_append(&buffer, (rg_string){text.data + copied, (size_t)(name.data - text.data) - copied});
            rg__buffer_append_char(&buffer, '(');
            rg__size_append(&buffer, context, job->to[index]);
            rg__buffer_append_char(&buffer, ')');
            copied = at;
        }
    }
    rg__buffer_append(&buffer, (rg_string){text.data + copied, text.size - copied});
    if (status == RG_OK && buffer.failed) {
        status = RG_ERROR_MEMORY;
    }
    *out = size;
    if (status == RG_OK && copied > 0) {
        status = rg__size_parse(out, context, rg__buffer_string(&buffer));
    }
    rg__buffer_free(&buffer);
    return status;
}

/* ---- expressions ---- */

static rg_status substitute_operation(rg_size *out, const substitution *job, rg_size size,
                                      const rg__size_record *record)
{
    const rg_allocator *allocator = &job->context->allocator;
    size_t bytes = record->word_count * sizeof(rg_size);
    rg_size *operands = rg__allocate(allocator, bytes + sizeof(rg_size));
    bool changed = false;
    rg_status status = RG_OK;

    if (operands == NULL) {
        return RG_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < record->word_count && status == RG_OK; i++) {
        status = substitute(&operands[i], job, (rg_size){record->words[i]});
        changed = changed || operands[i].id != record->words[i];
    }
    *out = size;
    if (status == RG_OK && changed) {
        status = rg__size_rebuild(out, job->context, record, operands);
    }
    rg__free(allocator, operands, bytes + sizeof(rg_size));
    return status;
}

static rg_status substitute_atom(rg_size *out, const substitution *job, rg_size atom)
{
    const rg__size_record *record = rg__size_record_of(job->context, atom);
    size_t index;

    *out = atom;
    switch ((rg__size_kind)record->kind) {
    case RG_SIZE_KIND_SYMBOL:
        if (find_symbol(job->from, job->count, atom.id, &index)) {
            *out = job->to[index];
        }
        return RG_OK;
    case RG_SIZE_KIND_FLOAT:
        return RG_OK;
    case RG_SIZE_KIND_TEXT:
        return substitute_text(out, job, atom, record);
    default:
        return substitute_operation(out, job, atom, record);
    }
}

static rg_status substitute_term(rg_size *out, const substitution *job, const rg__term *term)
{
    rg_context *context = job->context;
    rg_status status = rg__size_from_int(out, context, term->coefficient);

    for (uint32_t i = 0; i < term->factor_count && status == RG_OK; i++) {
        rg_size base;
        rg_size exponent;
        rg_size power;
        status = substitute_atom(&base, job, (rg_size){term->factors[i].atom});
        if (status == RG_OK) {
            status = rg__size_from_int(&exponent, context, term->factors[i].exponent);
        }
        if (status == RG_OK) {
            status = rg__size_combine(&power, context, RG_SIZE_POWER, base, exponent);
        }
        if (status == RG_OK) {
            status = rg__size_combine(out, context, RG_SIZE_MULTIPLY, *out, power);
        }
    }
    return status;
}

/* Recursion is bounded by the depth of the expression, and that by rg_limits.max_depth. */
static rg_status substitute(rg_size *out, const substitution *job, rg_size size)
{
    rg_context *context = job->context;
    rg__size_kind kind = rg__size_kind_of(context, size);
    rg_size sum = {RG_SIZE_IMMEDIATE};
    rg_status status = RG_OK;
    rg__term_walk walk;
    rg__term term;

    *out = size;
    if (kind == RG_SIZE_KIND_INTEGER) {
        return RG_OK;
    }
    if (kind != RG_SIZE_KIND_SUM) {
        return substitute_atom(out, job, size);
    }
    for (rg__term_walk_start(&walk, context, size); status == RG_OK && rg__term_walk_next(&walk, &term);) {
        rg_size replaced;
        status = substitute_term(&replaced, job, &term);
        if (status == RG_OK) {
            status = rg__size_combine(&sum, context, RG_SIZE_ADD, sum, replaced);
        }
    }
    *out = sum;
    return status;
}

rg_status rg_size_substitute(rg_size *out, rg_context *context, rg_size size, const rg_size *from, const rg_size *to,
                             size_t count)
{
    substitution job = {context, from, to, count};
    rg_status status;

    *out = (rg_size){0};
    if (size.id == 0) {
        return RG_OK;
    }
    for (size_t i = 0; i < count; i++) {
        if (rg__size_kind_of(context, from[i]) != RG_SIZE_KIND_SYMBOL || from[i].id == 0 || to[i].id == 0) {
            return rg__report(context, RG_ERROR_ARGUMENT, "only symbols can be replaced, and only by known sizes");
        }
    }
    status = substitute(out, &job, size);
    if (status != RG_OK) {
        *out = (rg_size){0};
        return rg__report(context, status, "%s",
                          status == RG_ERROR_MEMORY  ? "out of memory for a size"
                          : status == RG_ERROR_LIMIT ? "a size expression grows beyond the limits"
                                                     : "a size overflows 64 bits or is divided by zero");
    }
    return RG_OK;
}

/* ---- symbols ---- */

/* Which symbols are looked for: those of a list, or all others. */
typedef struct symbol_query {
    const rg_context *context;
    const rg_size *symbols;
    size_t count;
    bool listed;
} symbol_query;

static bool is_listed_name(const symbol_query *query, rg_string name)
{
    for (size_t i = 0; i < query->count; i++) {
        if (rg_string_equal(rg_size_as_symbol(query->context, query->symbols[i]), name)) {
            return true;
        }
    }
    return false;
}

static bool occurs(const symbol_query *query, rg_size size);

static bool occurs_in_atom(const symbol_query *query, uint32_t atom)
{
    const rg__size_record *record = rg__size_record_of(query->context, (rg_size){atom});
    size_t index;
    size_t at = 0;

    switch ((rg__size_kind)record->kind) {
    case RG_SIZE_KIND_SYMBOL:
        return find_symbol(query->symbols, query->count, atom, &index) == query->listed;
    case RG_SIZE_KIND_FLOAT:
        return false;
    case RG_SIZE_KIND_TEXT:
        for (rg_string text = rg__size_detail_text(query->context, record), name;
             (name = next_name(text, &at)).size > 0;) {
            if (is_listed_name(query, name) == query->listed) {
                return true;
            }
        }
        return false;
    default:
        for (uint32_t i = 0; i < record->word_count; i++) {
            if (occurs(query, (rg_size){record->words[i]})) {
                return true;
            }
        }
        return false;
    }
}

static bool occurs(const symbol_query *query, rg_size size)
{
    rg__term_walk walk;
    rg__term term;

    if (size.id == 0) {
        return false;
    }
    for (rg__term_walk_start(&walk, query->context, size); rg__term_walk_next(&walk, &term);) {
        for (uint32_t i = 0; i < term.factor_count; i++) {
            if (occurs_in_atom(query, term.factors[i].atom)) {
                return true;
            }
        }
    }
    return false;
}

bool rg_size_has_other_symbols(const rg_context *context, rg_size size, const rg_size *known, size_t count)
{
    return occurs(&(symbol_query){context, known, count, false}, size);
}

bool rg__size_contains(const rg_context *context, rg_size size, rg_size symbol)
{
    return occurs(&(symbol_query){context, &symbol, 1, true}, size);
}

/*
 * size.c: sizes as interned records, and the questions that need no arithmetic. Read size_impl.h first; the
 * arithmetic starts in size_operation.c.
 */
#include "ir/size_impl.h"

/* Enough for most records without asking for memory. */
#define RG_SIZE_INLINE_WORDS 32

const rg__size_record *rg__size_record_of(const rg_context *context, rg_size size)
{
    if (size.id == 0 || (size.id & RG_SIZE_IMMEDIATE) != 0) {
        return NULL;
    }
    /* The table aligns its bytes for uint64_t. */
    return (const rg__size_record *)(const void *)rg__intern_get(&context->sizes, size.id).data;
}

rg__size_kind rg__size_kind_of(const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    return record == NULL ? RG_SIZE_KIND_INTEGER : (rg__size_kind)record->kind;
}

bool rg__size_is_integral(const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    return record == NULL || record->integral != 0;
}

rg_string rg__size_detail_text(const rg_context *context, const rg__size_record *record)
{
    return rg__intern_get(&context->strings, record->detail);
}

static uint64_t first_two_words(const rg__size_record *record)
{
    return (uint64_t)record->words[0] | (uint64_t)record->words[1] << 32;
}

double rg__size_float_value(const rg__size_record *record)
{
    uint64_t bits = first_two_words(record);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Symbols of PyTorch whose name starts with `z` stand for floats: `zf82`, `zuf0`. */
static bool names_a_float(rg_string name)
{
    size_t i = 1;
    if (name.size < 3 || name.data[0] != 'z') {
        return false;
    }
    while (i < name.size && (name.data[i] == 'f' || name.data[i] == 'u')) {
        i++;
    }
    if (i == 1 || i == name.size) {
        return false;
    }
    for (; i < name.size; i++) {
        if (name.data[i] < '0' || name.data[i] > '9') {
            return false;
        }
    }
    return true;
}

/* Functions whose result is an integer whatever they are given, by sympy's declaration of them in PyTorch. */
static bool call_is_integral(rg_string name)
{
    static const char *const names[] = {"CeilToInt", "FloorToInt", "RoundToInt", "TruncToInt", "ModularIndexing"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (rg_string_equal(name, rg_string_from(names[i]))) {
            return true;
        }
    }
    return false;
}

static bool record_is_integral(const rg_context *context, rg__size_kind kind, uint32_t detail, bool operands_are)
{
    switch (kind) {
    case RG_SIZE_KIND_FLOAT:
    case RG_SIZE_KIND_TEXT:
        return false;
    case RG_SIZE_KIND_SYMBOL:
        return !names_a_float(rg__intern_get(&context->strings, detail));
    case RG_SIZE_KIND_CALL:
        return call_is_integral(rg__intern_get(&context->strings, detail));
    case RG_SIZE_KIND_RELATION:
        return true;
    default:
        return operands_are;
    }
}

typedef struct operand_summary {
    uint32_t depth;
    uint64_t weight;
    bool integral;
} operand_summary;

static void summarise(operand_summary *summary, const rg_context *context, uint32_t operand)
{
    const rg__size_record *record = rg__size_record_of(context, (rg_size){operand});
    if (record == NULL) {
        summary->weight++;
        return;
    }
    summary->weight += record->weight;
    summary->integral = summary->integral && record->integral != 0;
    if (record->depth > summary->depth) {
        summary->depth = record->depth;
    }
}

static operand_summary summarise_words(const rg_context *context, rg__size_kind kind, const uint32_t *words,
                                       uint32_t word_count)
{
    operand_summary summary = {.depth = 0, .weight = 1, .integral = true};
    uint32_t i = 0;

    if (kind == RG_SIZE_KIND_SUM) {
        while (i < word_count) {
            uint32_t factor_end = i + 3 + 2 * words[i + 2];
            summary.weight++;
            for (i += 3; i < factor_end; i += 2) {
                summarise(&summary, context, words[i]);
            }
        }
    } else if (kind != RG_SIZE_KIND_INTEGER && kind != RG_SIZE_KIND_FLOAT) {
        for (i = 0; i < word_count; i++) {
            summarise(&summary, context, words[i]);
        }
    }
    return summary;
}

uint32_t rg__size_depth_limit(const rg_context *context)
{
    return context->limits.max_depth < RG_SIZE_MAX_DEPTH ? context->limits.max_depth : RG_SIZE_MAX_DEPTH;
}

rg_status rg__size_intern(rg_size *out, rg_context *context, rg__size_kind kind, uint32_t detail, const uint32_t *words,
                          uint32_t word_count)
{
    union {
        rg__size_record record;
        uint32_t words[sizeof(rg__size_record) / sizeof(uint32_t) + RG_SIZE_INLINE_WORDS];
    } small;
    size_t bytes = sizeof(rg__size_record) + (size_t)word_count * sizeof(uint32_t);
    operand_summary summary = summarise_words(context, kind, words, word_count);
    rg__size_record *record = &small.record;

    *out = (rg_size){0};
    if (summary.depth >= rg__size_depth_limit(context) || summary.weight > RG_SIZE_MAX_WEIGHT) {
        return RG_ERROR_LIMIT;
    }
    if (bytes > sizeof small) {
        record = rg__allocate(&context->allocator, bytes);
        if (record == NULL) {
            return RG_ERROR_MEMORY;
        }
    }
    record->kind = (uint8_t)kind;
    record->integral = record_is_integral(context, kind, detail, summary.integral);
    record->depth = (uint16_t)(summary.depth + 1);
    record->weight = (uint32_t)summary.weight;
    record->detail = detail;
    record->word_count = word_count;
    if (word_count > 0) {
        memcpy(record->words, words, (size_t)word_count * sizeof(uint32_t));
    }
    out->id = rg__intern(&context->sizes, record, bytes);
    if (record != &small.record) {
        rg__free(&context->allocator, record, bytes);
    }
    return out->id == 0 ? RG_ERROR_MEMORY : RG_OK;
}

rg_status rg__size_from_int(rg_size *out, rg_context *context, int64_t value)
{
    uint32_t words[2] = {(uint32_t)(uint64_t)value, (uint32_t)((uint64_t)value >> 32)};

    if (value >= 0 && value < (int64_t)RG_SIZE_IMMEDIATE) {
        out->id = RG_SIZE_IMMEDIATE | (uint32_t)value;
        return RG_OK;
    }
    return rg__size_intern(out, context, RG_SIZE_KIND_INTEGER, 0, words, 2);
}

rg_status rg__size_from_float(rg_size *out, rg_context *context, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint32_t words[2] = {(uint32_t)bits, (uint32_t)(bits >> 32)};
    return rg__size_intern(out, context, RG_SIZE_KIND_FLOAT, 0, words, 2);
}

rg_status rg__size_from_text(rg_size *out, rg_context *context, rg__size_kind kind, rg_string text)
{
    uint32_t string = rg__intern(&context->strings, text.data, text.size);
    if (string == 0) {
        *out = (rg_size){0};
        return RG_ERROR_MEMORY;
    }
    return rg__size_intern(out, context, kind, string, NULL, 0);
}

rg_status rg_size_from_int(rg_size *out, rg_context *context, int64_t value)
{
    rg_status status = rg__size_from_int(out, context, value);
    return status == RG_OK ? RG_OK : rg__report(context, status, "out of memory for a size");
}

rg_status rg_size_from_symbol(rg_size *out, rg_context *context, rg_string name)
{
    rg_status status = rg__size_from_text(out, context, RG_SIZE_KIND_SYMBOL, name);
    return status == RG_OK ? RG_OK : rg__report(context, status, "out of memory for a size");
}

bool rg_size_as_int(const rg_context *context, rg_size size, int64_t *out)
{
    if ((size.id & RG_SIZE_IMMEDIATE) != 0) {
        *out = (int64_t)(size.id & ~RG_SIZE_IMMEDIATE);
        return true;
    }
    const rg__size_record *record = rg__size_record_of(context, size);
    if (record == NULL || record->kind != RG_SIZE_KIND_INTEGER) {
        return false;
    }
    *out = (int64_t)first_two_words(record);
    return true;
}

rg_string rg_size_as_symbol(const rg_context *context, rg_size size)
{
    const rg__size_record *record = rg__size_record_of(context, size);
    if (record == NULL || record->kind != RG_SIZE_KIND_SYMBOL) {
        return (rg_string){NULL, 0};
    }
    return rg__size_detail_text(context, record);
}

/*
 * syntax.c: building trees, and reading what their leaves spell.
 */
#include "base/buffer.h"
#include "text/parser.h"

const rg_operation_info rg__operations[RG_OPERATION_COUNT] = {{"", 0, "", "", ""},
#define OPERATION(name, spelling, precedence, function, in_place, in_place_function)                                   \
    {spelling, precedence, function, in_place, in_place_function},
                                                              RG_OPERATION_LIST(OPERATION)
#undef OPERATION
};

/* ---- the parser's tools ---- */

rg_status rg__parser_init(rg_parser *parser, rg_arena *arena, const rg_source *source)
{
    uint32_t max_depth = rg_context_limits(source->context).max_depth;
    *parser = (rg_parser){
        .source = source,
        .arena = arena,
        .max_depth = max_depth < RG_SYNTAX_MAX_DEPTH ? max_depth : RG_SYNTAX_MAX_DEPTH,
    };
    rg__lexer_init(&parser->lexer, source);
    rg__parser_advance(parser);
    return parser->status;
}

void rg__parser_advance(rg_parser *parser)
{
    if (parser->status != RG_OK) {
        parser->token = (rg_token){.kind = RG_TOKEN_END, .offset = parser->token.offset, .end = parser->token.end};
        return;
    }
    parser->last_end = parser->token.end;
    parser->token = rg__lexer_next(&parser->lexer);
    if (parser->token.kind == RG_TOKEN_ERROR) {
        rg__parser_fail(parser, RG_ERROR_SYNTAX);
    }
}

rg_syntax *rg__parser_fail(rg_parser *parser, rg_status status)
{
    if (parser->status == RG_OK) {
        parser->status = status;
    }
    return NULL;
}

rg_syntax *rg__parser_expected(rg_parser *parser, const char *expected)
{
    const rg_token *token = &parser->token;
    const char *what = token->kind == RG_TOKEN_END       ? "the end of the text"
                       : token->kind == RG_TOKEN_NEWLINE ? "the end of the line"
                       : token->kind == RG_TOKEN_STRING  ? "a string"
                                                         : NULL;
    if (parser->status != RG_OK) {
        return NULL; /* the lexer has said what is wrong */
    }
    uint32_t width = token->end - token->offset;
    rg_status status;
    if (what != NULL) {
        status = rg__source_report(parser->source, token->offset, token->kind == RG_TOKEN_STRING ? width : 1,
                                   RG_ERROR_SYNTAX, expected, "expected %s, found %s", expected, what);
    } else {
        status = rg__source_report(parser->source, token->offset, width, RG_ERROR_SYNTAX, expected,
                                   "expected %s, found '%.*s'", expected, width > 60 ? 60 : (int)width,
                                   parser->source->text.data + token->offset);
    }
    return rg__parser_fail(parser, status);
}

rg_syntax *rg__parser_node(rg_parser *parser, rg_syntax_kind kind)
{
    rg_syntax *node = rg__arena_allocate_zero(parser->arena, sizeof *node);
    if (node == NULL) {
        return rg__parser_fail(parser, RG_ERROR_MEMORY);
    }
    node->kind = (uint8_t)kind;
    node->height = 1;
    node->line = parser->token.line;
    node->offset = node->end = parser->token.offset;
    return node;
}

rg_syntax *rg__parser_absent(rg_parser *parser)
{
    return rg__parser_node(parser, RG_SYNTAX_NONE);
}

bool rg__parser_append(rg_parser *parser, rg_syntax *parent, rg_syntax *child)
{
    if (parent == NULL || child == NULL) {
        return false;
    }
    if (child->height >= parent->height) {
        if (child->height >= parser->max_depth) {
            rg__parser_fail(parser,
                            rg__source_report(parser->source, child->offset, child->end - child->offset, RG_ERROR_LIMIT,
                                              NULL, "an expression nested more than %u deep", parser->max_depth));
            return false;
        }
        parent->height = (uint16_t)(child->height + 1);
    }
    *(parent->first == NULL ? &parent->first : &parent->last->next) = child;
    parent->last = child;
    parent->count++;
    return true;
}

rg_syntax *rg__parser_finish(rg_parser *parser, rg_syntax *syntax)
{
    syntax->end = parser->last_end;
    return syntax;
}

bool rg__parser_accept(rg_parser *parser, rg_punctuation punctuation)
{
    if (!rg__parser_at(parser, punctuation)) {
        return false;
    }
    rg__parser_advance(parser);
    return true;
}

bool rg__parser_close(rg_parser *parser, rg_punctuation punctuation, uint32_t opening)
{
    if (rg__parser_accept(parser, punctuation)) {
        return true;
    }
    if (parser->status == RG_OK) {
        char expected[16] = "',' or ' '";
        expected[8] = rg__punctuation_spelling(punctuation)[0];
        rg__parser_expected(parser, expected);
        rg__source_note(parser->source, opening, 1, "the '%c' to be closed", parser->source->text.data[opening]);
    }
    return false;
}

bool rg__parser_at_word(const rg_parser *parser, const char *word)
{
    size_t size = strlen(word);
    return parser->token.kind == RG_TOKEN_NAME && parser->token.end - parser->token.offset == size &&
           memcmp(parser->source->text.data + parser->token.offset, word, size) == 0;
}

bool rg__parser_at_reserved(const rg_parser *parser)
{
    static const char *const words[] = {
        "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield",
    };
    /* First letters of the words above: most names are decided here. */
    static const char initials[] = "FNTabcdefgilnoprtwy";
    const char *name = parser->source->text.data + parser->token.offset;
    if (parser->token.kind != RG_TOKEN_NAME || parser->token.end - parser->token.offset > 8 ||
        strchr(initials, name[0]) == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i][0] == name[0] && rg__parser_at_word(parser, words[i])) {
            return true;
        }
    }
    return false;
}

/* ---- trees ---- */

const rg_syntax *rg__syntax_child(const rg_syntax *syntax, size_t index)
{
    const rg_syntax *child = syntax->first;
    while (child != NULL && index-- > 0) {
        child = child->next;
    }
    return child;
}

bool rg__syntax_dotted(rg_string *out, const rg_syntax **root, rg_arena *arena, const rg_syntax *syntax)
{
    const rg_syntax *base = syntax;
    size_t size = syntax->text.size;
    while (base->kind == RG_SYNTAX_ATTRIBUTE && (base == syntax || !base->parenthesised)) {
        base = base->first;
        size += base->text.size + 1;
    }
    if (base->kind != RG_SYNTAX_NAME || (base != syntax && base->parenthesised)) {
        return false;
    }
    if (root != NULL) {
        *root = base;
    }
    if (size == syntax->end - syntax->offset) { /* written without blanks: the spelling itself */
        *out = (rg_string){base->text.data, size};
        return true;
    }
    char *text = rg__arena_allocate(arena, size);
    *out = (rg_string){text, text == NULL ? 0 : size};
    while (text != NULL) {
        size -= syntax->text.size;
        memcpy(text + size, syntax->text.data, syntax->text.size);
        if (syntax == base) {
            break;
        }
        text[--size] = '.';
        syntax = syntax->first;
    }
    return true;
}

/* ---- literals ---- */

/* Copy without the underscores that Python allows between digits. */
static rg_string without_underscores(char *buffer, size_t capacity, rg_string text)
{
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < capacity; i++) {
        if (text.data[i] != '_') {
            buffer[size++] = text.data[i];
        }
    }
    return (rg_string){buffer, size};
}

bool rg__syntax_integer(int64_t *out, rg_string *digits, rg_arena *arena, const rg_syntax *syntax)
{
    rg_string text = syntax->text;
    bool fits = false;
    if (text.size > 2 && text.data[0] == '0' && strchr("xXoObB", text.data[1]) != NULL) {
        unsigned base = strchr("xX", text.data[1]) != NULL ? 16 : strchr("oO", text.data[1]) != NULL ? 8 : 2;
        uint64_t value = 0;
        fits = true;
        for (size_t i = 2; i < text.size && fits; i++) {
            char c = text.data[i];
            unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                             : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                             : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                                    : 99;
            if (c != '_') {
                fits = digit < base && value <= (uint64_t)INT64_MAX / base;
                value = value * base + digit;
            }
        }
        fits = fits && value <= (uint64_t)INT64_MAX;
        *out = (int64_t)value;
        text = (rg_string){NULL, 0};
    } else {
        char *copy = memchr(text.data, '_', text.size) == NULL ? NULL : rg__arena_allocate(arena, text.size);
        text = copy == NULL ? text : without_underscores(copy, text.size, text);
        fits = rg__parse_int(text, out);
    }
    if (digits != NULL) {
        *digits = text;
    }
    return fits;
}

double rg__syntax_float(const rg_syntax *syntax)
{
    char buffer[512]; /* more digits than decide any double's value are not written in practice */
    double value = 0;
    rg_string text = syntax->text;
    if (memchr(text.data, '_', text.size) != NULL) {
        text = without_underscores(buffer, sizeof buffer, text);
    }
    (void)rg__parse_float(text, &value);
    return value;
}

static char *put_utf8(char *at, uint32_t code_point)
{
    if (code_point < 0x80) {
        *at++ = (char)code_point;
        return at;
    }
    unsigned more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const uint8_t leads[] = {0, 0xc0, 0xe0, 0xf0};
    *at++ = (char)(leads[more] | code_point >> (6 * more));
    while (more-- > 0) {
        *at++ = (char)(0x80 | (code_point >> (6 * more) & 0x3f));
    }
    return at;
}

/* Up to `count` digits of a base that is a power of two; stops at the first byte that is none. */
static const char *read_digits(uint32_t *value, const char *at, const char *end, unsigned bits, unsigned count)
{
    *value = 0;
    for (; count > 0 && at < end; count--, at++) {
        unsigned digit = *at >= '0' && *at <= '9'   ? (unsigned)(*at - '0')
                         : *at >= 'a' && *at <= 'f' ? (unsigned)(*at - 'a' + 10)
                         : *at >= 'A' && *at <= 'F' ? (unsigned)(*at - 'A' + 10)
                                                    : 99;
        if (digit >= 1u << bits) {
            break;
        }
        *value = *value << bits | digit;
    }
    return at;
}

/* Decode the escape that follows a backslash at `*in`, writing to `*out`. False when it is malformed. */
static bool decode_escape(const char **in, const char *end, char **out)
{
    static const char letters[] = "abfnrtv\\'\"";
    static const char meanings[] = "\a\b\f\n\r\t\v\\'\"";
    const char *at = *in;
    const char *letter = strchr(letters, *at);
    uint32_t value;
    if (letter != NULL && *at != '\0') {
        *(*out)++ = meanings[letter - letters];
        *in = at + 1;
        return true;
    }
    if (*at == '\n' || (*at == '\r' && at[1] == '\n')) {
        *in = at + (*at == '\n' ? 1 : 2);
        return true;
    }
    if (*at >= '0' && *at <= '7') {
        *in = read_digits(&value, at, end, 3, 3);
        *out = put_utf8(*out, value);
        return true;
    }
    unsigned count = *at == 'x' ? 2 : *at == 'u' ? 4 : *at == 'U' ? 8 : 0;
    if (count == 0) { /* Python keeps the backslash of an escape that is none */
        *(*out)++ = '\\';
        return true;
    }
    const char *stop = read_digits(&value, at + 1, end, 4, count);
    if (stop != at + 1 + count || value > 0x10ffff) {
        return false;
    }
    *in = stop;
    *out = put_utf8(*out, value);
    return true;
}

/* Decode the literal at `*in`, which moves behind it. */
static rg_status decode_literal(const rg_source *source, const char **in, const char *end, char **out)
{
    const char *at = *in;
    bool raw = false;
    for (; *at != '"' && *at != '\''; at++) {
        if (strchr("bBfF", *at) != NULL) {
            return rg__source_report(source, (size_t)(at - source->text.data), 1, RG_ERROR_UNSUPPORTED, NULL,
                                     "a string with the prefix '%c'", *at);
        }
        raw = raw || *at == 'r' || *at == 'R';
    }
    char mark = *at;
    size_t quotes = end - at >= 6 && at[1] == mark && at[2] == mark ? 3 : 1;
    at += quotes;
    /* The lexer has found the closing quotes, so they are there. */
    while (*at != mark || (quotes == 3 && (at[1] != mark || at[2] != mark))) {
        if (*at != '\\') {
            *(*out)++ = *at++;
            continue;
        }
        const char *escape = at++;
        if (raw) {
            *(*out)++ = '\\';
            *(*out)++ = *at++;
        } else if (!decode_escape(&at, end, out)) {
            return rg__source_report(source, (size_t)(escape - source->text.data), 2, RG_ERROR_SYNTAX,
                                     "hexadecimal digits of a character", "a malformed escape sequence");
        }
    }
    *in = at + quotes;
    return RG_OK;
}

rg_status rg__syntax_string(rg_string *out, rg_arena *arena, const rg_source *source, const rg_syntax *syntax)
{
    const char *at = syntax->text.data;
    const char *end = at + syntax->text.size;
    *out = (rg_string){NULL, 0};
    /* A decoded string is never longer than its spelling: \x80 gives two bytes for four. */
    char *text = rg__arena_allocate(arena, syntax->text.size + 1);
    char *write = text;
    if (text == NULL) {
        return RG_ERROR_MEMORY;
    }
    while (at < end) {
        if (strchr("\"'rRuUbBfF", *at) == NULL) {
            /* Between adjacent literals: blanks, line ends and comments. */
            const char *newline = *at == '#' ? memchr(at, '\n', (size_t)(end - at)) : at;
            at = newline == NULL ? end : newline + 1;
            continue;
        }
        rg_status status = decode_literal(source, &at, end, &write);
        if (status != RG_OK) {
            return status;
        }
    }
    *write = '\0';
    *out = (rg_string){text, (size_t)(write - text)};
    return RG_OK;
}

/*
 * lexer.c: see lexer.h. One table classifies bytes; one function per kind of token finds its end.
 */
#include "text/lexer.h"

enum byte_class { OTHER, BLANK, LETTER, DIGIT, QUOTE, PUNCTUATION, LINE_END, COMMENT, CONTINUATION, WIDE };

/* clang-format off */
static const uint8_t byte_classes[256] = {
    [' '] = BLANK, ['\t'] = BLANK, ['\f'] = BLANK, ['\r'] = BLANK,
    ['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, ['_'] = LETTER, ['0' ... '9'] = DIGIT,
    ['"'] = QUOTE, ['\''] = QUOTE,
    ['!'] = PUNCTUATION, ['%'] = PUNCTUATION, ['&'] = PUNCTUATION, ['('] = PUNCTUATION, [')'] = PUNCTUATION,
    ['*'] = PUNCTUATION, ['+'] = PUNCTUATION, [','] = PUNCTUATION, ['-'] = PUNCTUATION, ['.'] = PUNCTUATION,
    ['/'] = PUNCTUATION, [':'] = PUNCTUATION, [';'] = PUNCTUATION, ['<'] = PUNCTUATION, ['='] = PUNCTUATION,
    ['>'] = PUNCTUATION, ['@'] = PUNCTUATION, ['['] = PUNCTUATION, [']'] = PUNCTUATION, ['^'] = PUNCTUATION,
    ['{'] = PUNCTUATION, ['|'] = PUNCTUATION, ['}'] = PUNCTUATION, ['~'] = PUNCTUATION,
    ['\n'] = LINE_END, ['#'] = COMMENT, ['\\'] = CONTINUATION,
    [0x80 ... 0xff] = WIDE,
};
/* clang-format on */

static const char *const spellings[RG_PUNCTUATION_COUNT] = {"",
#define SPELLING(name, spelling) spelling,
                                                            RG_PUNCTUATION_LIST(SPELLING)
#undef SPELLING
};

const char *rg__punctuation_spelling(rg_punctuation punctuation)
{
    return spellings[punctuation];
}

void rg__lexer_init(rg_lexer *lexer, const rg_source *source)
{
    *lexer = (rg_lexer){.source = source, .line = 1, .at_line_start = true};
}

static uint8_t class_at(const rg_source *source, uint32_t position)
{
    return position < source->text.size ? byte_classes[(unsigned char)source->text.data[position]] : (uint8_t)OTHER;
}

static char byte_at(const rg_source *source, uint32_t position)
{
    return position < source->text.size ? source->text.data[position] : '\0';
}

/* Blocks of code points that letters of today's scripts come from. Coarse on purpose: punctuation must stay outside,
 * so that a typographic quote is an unknown character and not a name. */
static bool is_letter(uint32_t code_point)
{
    static const uint32_t blocks[][2] = {{0xc0, 0x24f},    {0x370, 0x1fff},  {0x3041, 0x318f},   {0x3400, 0x9fff},
                                         {0xac00, 0xd7a3}, {0xf900, 0xfdff}, {0x10000, 0x1efff}, {0x20000, 0x323af}};
    if (code_point == 0xd7 || code_point == 0xf7) {
        return false;
    }
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (code_point >= blocks[i][0] && code_point <= blocks[i][1]) {
            return true;
        }
    }
    return code_point == 0xaa || code_point == 0xb5 || code_point == 0xba;
}

/* The bytes of the letter beyond ASCII at `position`; 0 when there is none. */
static uint32_t wide_letter(const rg_source *source, uint32_t position)
{
    unsigned char first = (unsigned char)byte_at(source, position);
    uint32_t size = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    if (size == 0 || first > 0xf4) {
        return 0;
    }
    uint32_t code_point = first & (0x7fu >> size);
    for (uint32_t i = 1; i < size; i++) {
        unsigned char next = (unsigned char)byte_at(source, position + i);
        if ((next & 0xc0) != 0x80) {
            return 0;
        }
        code_point = code_point << 6 | (next & 0x3f);
    }
    return is_letter(code_point) ? size : 0;
}

static uint32_t name_end(const rg_source *source, uint32_t position)
{
    for (;;) {
        uint8_t byte_class = class_at(source, position);
        uint32_t size = byte_class == LETTER || byte_class == DIGIT ? 1
                        : byte_class == WIDE                        ? wide_letter(source, position)
                                                                    : 0;
        if (size == 0) {
            return position;
        }
        position += size;
    }
}

bool rg__is_identifier(rg_string text)
{
    const rg_source source = {.text = text};
    return text.size > 0 && class_at(&source, 0) != DIGIT && name_end(&source, 0) == text.size;
}

static uint32_t digits_end(const rg_source *source, uint32_t position)
{
    while (class_at(source, position) == DIGIT || byte_at(source, position) == '_') {
        position++;
    }
    return position;
}

/* Decimal and based integers, floats, and either with a `j`. Letters that follow at once are left to the parser, which
 * finds two operands in a row. */
static void lex_number(const rg_source *source, rg_token *token)
{
    uint32_t at = token->offset;
    char second = byte_at(source, at + 1);
    token->kind = RG_TOKEN_INTEGER;
    if (byte_at(source, at) == '0' &&
        (second == 'x' || second == 'X' || second == 'o' || second == 'O' || second == 'b' || second == 'B')) {
        token->end = name_end(source, at);
        return;
    }
    at = digits_end(source, at);
    if (byte_at(source, at) == '.') {
        token->kind = RG_TOKEN_FLOAT;
        at = digits_end(source, at + 1);
    }
    if (byte_at(source, at) == 'e' || byte_at(source, at) == 'E') {
        char sign = byte_at(source, at + 1);
        uint32_t exponent = at + (sign == '+' || sign == '-' ? 2 : 1);
        if (class_at(source, exponent) == DIGIT) {
            token->kind = RG_TOKEN_FLOAT;
            at = digits_end(source, exponent);
        }
    }
    if (byte_at(source, at) == 'j' || byte_at(source, at) == 'J') {
        token->kind = RG_TOKEN_IMAGINARY;
        at++;
    }
    token->end = at;
}

/* A string literal whose opening quote is at `quote`. Triple-quoted strings may span lines. */
static void lex_string(rg_lexer *lexer, rg_token *token, uint32_t quote)
{
    const rg_source *source = lexer->source;
    char mark = byte_at(source, quote);
    bool triple = byte_at(source, quote + 1) == mark && byte_at(source, quote + 2) == mark;
    uint32_t at = quote + (triple ? 3 : 1);
    token->kind = RG_TOKEN_STRING;
    while (at < source->text.size) {
        char c = source->text.data[at];
        if (c == mark && (!triple || (byte_at(source, at + 1) == mark && byte_at(source, at + 2) == mark))) {
            token->end = at + (triple ? 3 : 1);
            return;
        }
        if (c == '\n') {
            if (!triple) {
                break;
            }
            lexer->line++;
        }
        if (c == '\\' && at + 1 < source->text.size) {
            at++;
            if (source->text.data[at] == '\r' && byte_at(source, at + 1) == '\n') {
                at++;
            }
            lexer->line += source->text.data[at] == '\n';
        }
        at++;
    }
    token->kind = RG_TOKEN_ERROR;
    token->end = at;
    (void)rg__source_report(source, token->offset, quote + 1 - token->offset, RG_ERROR_SYNTAX,
                            triple        ? "three closing quotes"
                            : mark == '"' ? "a closing \""
                                          : "a closing '",
                            "a string without end");
}

static void lex_name(rg_lexer *lexer, rg_token *token)
{
    const rg_source *source = lexer->source;
    token->kind = RG_TOKEN_NAME;
    token->end = name_end(source, token->offset);
    uint32_t size = token->end - token->offset;
    const char *name = source->text.data + token->offset;
    if (size <= 2 && class_at(source, token->end) == QUOTE) {
        bool prefix = true;
        for (uint32_t i = 0; i < size; i++) {
            prefix = prefix && strchr("rRuUbBfF", name[i]) != NULL;
        }
        if (prefix) {
            lex_string(lexer, token, token->end);
            return;
        }
    }
    if (size == 4 && (memcmp(name, "infj", 4) == 0 || memcmp(name, "nanj", 4) == 0)) {
        token->kind = RG_TOKEN_IMAGINARY;
    }
}

/* By first byte, the operator of that byte alone. */
static const uint8_t single_punctuation[256] = {
    ['+'] = RG_PUNCTUATION_ADD,
    ['-'] = RG_PUNCTUATION_SUBTRACT,
    ['*'] = RG_PUNCTUATION_MULTIPLY,
    ['/'] = RG_PUNCTUATION_DIVIDE,
    ['%'] = RG_PUNCTUATION_MODULO,
    ['@'] = RG_PUNCTUATION_MATRIX,
    ['&'] = RG_PUNCTUATION_AND,
    ['|'] = RG_PUNCTUATION_OR,
    ['^'] = RG_PUNCTUATION_XOR,
    ['~'] = RG_PUNCTUATION_INVERT,
    ['<'] = RG_PUNCTUATION_LESS,
    ['>'] = RG_PUNCTUATION_GREATER,
    ['('] = RG_PUNCTUATION_LEFT_PARENTHESIS,
    [')'] = RG_PUNCTUATION_RIGHT_PARENTHESIS,
    ['['] = RG_PUNCTUATION_LEFT_BRACKET,
    [']'] = RG_PUNCTUATION_RIGHT_BRACKET,
    ['{'] = RG_PUNCTUATION_LEFT_BRACE,
    ['}'] = RG_PUNCTUATION_RIGHT_BRACE,
    [','] = RG_PUNCTUATION_COMMA,
    [':'] = RG_PUNCTUATION_COLON,
    [';'] = RG_PUNCTUATION_SEMICOLON,
    ['.'] = RG_PUNCTUATION_DOT,
    ['='] = RG_PUNCTUATION_ASSIGN,
};

/* Can the byte be the second one of an operator? */
static bool continues_operator(char c)
{
    return c == '=' || c == '*' || c == '/' || c == '<' || c == '>' || c == '.';
}

static void lex_punctuation(const rg_source *source, rg_token *token)
{
    size_t left = source->text.size - token->offset;
    const char *at = source->text.data + token->offset;
    token->punctuation = single_punctuation[(unsigned char)at[0]];
    token->end = token->offset + 1;
    for (unsigned i = 1; left > 1 && continues_operator(at[1]) && i < RG_PUNCTUATION_ADD; i++) {
        size_t size = strlen(spellings[i]);
        if (spellings[i][0] == at[0] && size <= left && memcmp(at, spellings[i], size) == 0) {
            token->punctuation = (uint8_t)i;
            token->end = token->offset + (uint32_t)size;
            break;
        }
    }
    token->kind = token->punctuation == RG_PUNCTUATION_NONE ? RG_TOKEN_ERROR : RG_TOKEN_OPERATOR;
}

static void report_character(const rg_source *source, const rg_token *token)
{
    unsigned char c = (unsigned char)byte_at(source, token->offset);
    uint32_t width = 1;
    while (c >= 0xc0 && ((unsigned char)byte_at(source, token->offset + width) & 0xc0) == 0x80 && width < 4) {
        width++;
    }
    if (c > 0x20 && c < 0x7f) {
        (void)rg__source_report(source, token->offset, 1, RG_ERROR_SYNTAX, NULL, "unknown character '%c'", c);
    } else if (width > 1) {
        (void)rg__source_report(source, token->offset, width, RG_ERROR_SYNTAX, NULL, "unknown character '%.*s'",
                                (int)width, source->text.data + token->offset);
    } else {
        (void)rg__source_report(source, token->offset, 1, RG_ERROR_SYNTAX, NULL, "unknown byte 0x%02x", c);
    }
}

/* Skip blanks, comments, and the line ends that do not end a statement. True when a NEWLINE is due at the position. */
static bool skip_blanks(rg_lexer *lexer, rg_token *token)
{
    const rg_source *source = lexer->source;
    for (;;) {
        switch (class_at(source, lexer->position)) {
        case BLANK:
            if (lexer->at_line_start) {
                token->column = byte_at(source, lexer->position) == '\t' ? (token->column | 7) + 1 : token->column + 1;
            }
            lexer->position++;
            break;
        case COMMENT: {
            const char *start = source->text.data + lexer->position;
            const char *newline = memchr(start, '\n', source->text.size - lexer->position);
            lexer->position =
                newline == NULL ? (uint32_t)source->text.size : lexer->position + (uint32_t)(newline - start);
            break;
        }
        case CONTINUATION: {
            uint32_t next = lexer->position + (byte_at(source, lexer->position + 1) == '\r' ? 2 : 1);
            if (byte_at(source, next) != '\n') {
                return false;
            }
            lexer->position = next + 1;
            lexer->line++;
            break;
        }
        case LINE_END:
            if (lexer->line_has_token && lexer->brackets == 0) {
                return true;
            }
            lexer->position++;
            lexer->line++;
            lexer->at_line_start = true;
            token->column = 0;
            break;
        default:
            return false;
        }
    }
}

/* The token that starts at its offset: neither a blank nor an end. */
static void lex_token(rg_lexer *lexer, rg_token *token)
{
    const rg_source *source = lexer->source;
    token->kind = RG_TOKEN_ERROR;
    token->end = token->offset + 1;
    switch (class_at(source, token->offset)) {
    case LETTER:
        lex_name(lexer, token);
        break;
    case WIDE:
        if (wide_letter(source, token->offset) != 0) {
            lex_name(lexer, token);
            return;
        }
        report_character(source, token);
        break;
    case DIGIT:
        lex_number(source, token);
        break;
    case QUOTE:
        lex_string(lexer, token, token->offset);
        break;
    case PUNCTUATION:
        if (byte_at(source, token->offset) == '.' && class_at(source, token->offset + 1) == DIGIT) {
            lex_number(source, token);
            return;
        }
        lex_punctuation(source, token);
        if (token->kind == RG_TOKEN_ERROR) {
            report_character(source, token);
        }
        break;
    default:
        report_character(source, token);
        break;
    }
}

static void count_bracket(rg_lexer *lexer, rg_punctuation punctuation)
{
    switch (punctuation) {
    case RG_PUNCTUATION_LEFT_PARENTHESIS:
    case RG_PUNCTUATION_LEFT_BRACKET:
    case RG_PUNCTUATION_LEFT_BRACE:
        lexer->brackets++;
        break;
    case RG_PUNCTUATION_RIGHT_PARENTHESIS:
    case RG_PUNCTUATION_RIGHT_BRACKET:
    case RG_PUNCTUATION_RIGHT_BRACE:
        lexer->brackets -= lexer->brackets > 0;
        break;
    default:
        break;
    }
}

rg_token rg__lexer_next(rg_lexer *lexer)
{
    const rg_source *source = lexer->source;
    rg_token token = {0};
    bool newline = skip_blanks(lexer, &token);
    token.offset = token.end = lexer->position;
    token.line = lexer->line;
    bool at_end = lexer->position >= source->text.size;
    if (newline || (at_end && lexer->line_has_token && lexer->brackets == 0)) {
        token.kind = RG_TOKEN_NEWLINE;
        lexer->line_has_token = false;
        lexer->at_line_start = true;
        if (newline) {
            token.end = ++lexer->position;
            lexer->line++;
        }
        return token;
    }
    if (at_end) {
        token.kind = RG_TOKEN_END;
        return token;
    }
    token.starts_line = lexer->at_line_start;
    lexer->at_line_start = false;
    lexer->line_has_token = true;
    lex_token(lexer, &token);
    lexer->position = token.end;
    count_bracket(lexer, (rg_punctuation)token.punctuation);
    return token;
}

uint32_t rg__lexer_skip_object(rg_lexer *lexer, uint32_t offset)
{
    const rg_source *source = lexer->source;
    uint32_t depth = 0;
    char quote = '\0';
    for (uint32_t at = offset; at < source->text.size && source->text.data[at] != '\n'; at++) {
        char c = source->text.data[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '<') {
            depth++;
        } else if (c == '>' && source->text.data[at - 1] != '-' && --depth == 0) {
            lexer->position = at + 1;
            return at + 1;
        }
    }
    return offset;
}

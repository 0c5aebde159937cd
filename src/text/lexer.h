/*
 * lexer.h: bytes to Python tokens, and where a byte of a text stands in its file. Used by the parser only (syntax.h).
 *
 * Lines are significant outside brackets: the lexer gives a NEWLINE after each statement line and tells the indentation
 * of a line's first token. There are no INDENT and DEDENT tokens; the parser compares columns.
 */
#ifndef RG_TEXT_LEXER_H
#define RG_TEXT_LEXER_H

#include "text/source.h"

typedef enum rg_token_kind {
    RG_TOKEN_END,     /* end of text */
    RG_TOKEN_NEWLINE, /* end of a logical line */
    RG_TOKEN_NAME,    /* identifiers and keywords */
    RG_TOKEN_INTEGER,
    RG_TOKEN_FLOAT,
    RG_TOKEN_IMAGINARY, /* 2j, 1e5j, infj */
    RG_TOKEN_STRING,    /* one literal with its prefix and quotes */
    RG_TOKEN_OPERATOR,  /* see rg_token.operation */
    RG_TOKEN_ERROR      /* reported already */
} rg_token_kind;

/* Operators and punctuation: enumerator and spelling. Longer spellings stand before their beginnings. */
#define RG_PUNCTUATION_LIST(X)                                                                                         \
    X(POWER_ASSIGN, "**=")                                                                                             \
    X(FLOOR_ASSIGN, "//=")                                                                                             \
    X(LEFT_ASSIGN, "<<=")                                                                                              \
    X(RIGHT_ASSIGN, ">>=")                                                                                             \
    X(ELLIPSIS, "...")                                                                                                 \
    X(POWER, "**")                                                                                                     \
    X(FLOOR_DIVIDE, "//")                                                                                              \
    X(LEFT_SHIFT, "<<")                                                                                                \
    X(RIGHT_SHIFT, ">>")                                                                                               \
    X(LESS_EQUAL, "<=")                                                                                                \
    X(GREATER_EQUAL, ">=")                                                                                             \
    X(EQUAL, "==")                                                                                                     \
    X(NOT_EQUAL, "!=")                                                                                                 \
    X(ARROW, "->")                                                                                                     \
    X(WALRUS, ":=")                                                                                                    \
    X(ADD_ASSIGN, "+=")                                                                                                \
    X(SUBTRACT_ASSIGN, "-=")                                                                                           \
    X(MULTIPLY_ASSIGN, "*=")                                                                                           \
    X(DIVIDE_ASSIGN, "/=")                                                                                             \
    X(MODULO_ASSIGN, "%=")                                                                                             \
    X(MATRIX_ASSIGN, "@=")                                                                                             \
    X(AND_ASSIGN, "&=")                                                                                                \
    X(OR_ASSIGN, "|=")                                                                                                 \
    X(XOR_ASSIGN, "^=")                                                                                                \
    X(ADD, "+")                                                                                                        \
    X(SUBTRACT, "-")                                                                                                   \
    X(MULTIPLY, "*")                                                                                                   \
    X(DIVIDE, "/")                                                                                                     \
    X(MODULO, "%")                                                                                                     \
    X(MATRIX, "@")                                                                                                     \
    X(AND, "&")                                                                                                        \
    X(OR, "|")                                                                                                         \
    X(XOR, "^")                                                                                                        \
    X(INVERT, "~")                                                                                                     \
    X(LESS, "<")                                                                                                       \
    X(GREATER, ">")                                                                                                    \
    X(LEFT_PARENTHESIS, "(")                                                                                           \
    X(RIGHT_PARENTHESIS, ")")                                                                                          \
    X(LEFT_BRACKET, "[")                                                                                               \
    X(RIGHT_BRACKET, "]")                                                                                              \
    X(LEFT_BRACE, "{")                                                                                                 \
    X(RIGHT_BRACE, "}")                                                                                                \
    X(COMMA, ",")                                                                                                      \
    X(COLON, ":")                                                                                                      \
    X(SEMICOLON, ";")                                                                                                  \
    X(DOT, ".")                                                                                                        \
    X(ASSIGN, "=")

typedef enum rg_punctuation {
    RG_PUNCTUATION_NONE,
#define RG_PUNCTUATION_ENUM(name, spelling) RG_PUNCTUATION_##name,
    RG_PUNCTUATION_LIST(RG_PUNCTUATION_ENUM)
#undef RG_PUNCTUATION_ENUM
        RG_PUNCTUATION_COUNT
} rg_punctuation;

const char *rg__punctuation_spelling(rg_punctuation punctuation);

typedef struct rg_token {
    uint8_t kind;        /* rg_token_kind */
    uint8_t punctuation; /* rg_punctuation of an OPERATOR */
    bool starts_line;    /* first token of a physical line */
    uint32_t column; /* indentation of the line, for a token that starts one; a tab goes to the next multiple of 8 */
    uint32_t line;   /* in the source's text, from 1 */
    uint32_t offset; /* the token is text[offset .. end) */
    uint32_t end;
} rg_token;

typedef struct rg_lexer {
    const rg_source *source;
    uint32_t position;
    uint32_t line;
    uint32_t brackets; /* open ( [ {: inside, line ends are blanks */
    bool at_line_start;
    bool line_has_token; /* a NEWLINE is due at the end of this line */
} rg_lexer;

void rg__lexer_init(rg_lexer *lexer, const rg_source *source);

/* Is the text, as a whole, what the lexer takes for one name? Keywords count. */
bool rg__is_identifier(rg_string text);

/* The next token. A byte that starts no token, or a string without end, is reported and gives RG_TOKEN_ERROR. */
rg_token rg__lexer_next(rg_lexer *lexer);

/*
 * The end of a printed Python object such as `<function f at 0x7f>` that starts with the `<` at `offset`: the offset
 * after its `>`, or `offset` when the line has none. The lexer then goes on from there.
 */
uint32_t rg__lexer_skip_object(rg_lexer *lexer, uint32_t offset);

static inline rg_string rg__token_text(const rg_source *source, const rg_token *token)
{
    rg_string result = {source->text.data + token->offset, token->end - token->offset};
    return result;
}

#endif

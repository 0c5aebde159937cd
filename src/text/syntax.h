/*
 * syntax.h: the syntax tree of the one language: the small part of Python that graphs, rules and patterns are written
 * in. Grammar: doc/grammar.md. Read lexer.h for tokens, reader.h for how a tree becomes a graph.
 *
 * A tree lives in an arena and points into the source's text; both must outlive it. Every tree is at most
 * rg_limits.max_depth high, whatever its shape, so walking it by recursion is safe.
 */
#ifndef RG_TEXT_SYNTAX_H
#define RG_TEXT_SYNTAX_H

#include "base/memory.h"
#include "text/lexer.h"

/* rg_limits.max_depth beyond this does not count: the parser and the walks over its trees recurse. */
enum { RG_SYNTAX_MAX_DEPTH = 1000 };

typedef enum rg_syntax_kind {
    /* expressions; children in parentheses */
    RG_SYNTAX_NAME,          /* text: the identifier */
    RG_SYNTAX_NONE,          /* None */
    RG_SYNTAX_TRUE,          /* True */
    RG_SYNTAX_FALSE,         /* False */
    RG_SYNTAX_ELLIPSIS,      /* `...`; the word Ellipsis is a NAME */
    RG_SYNTAX_INTEGER,       /* text: as written; see rg__syntax_integer */
    RG_SYNTAX_FLOAT,         /* text: as written; see rg__syntax_float */
    RG_SYNTAX_IMAGINARY,     /* text: as written */
    RG_SYNTAX_STRING,        /* text: one or more literals, as written; see rg__syntax_string */
    RG_SYNTAX_ATTRIBUTE,     /* (base) text: the attribute's name */
    RG_SYNTAX_CALL,          /* (callee, arguments ...): an argument is an expression, a KEYWORD or a STAR */
    RG_SYNTAX_KEYWORD,       /* (value) text: the name, in `name = value` */
    RG_SYNTAX_STAR,          /* (value) `*value`; without child a bare `*` */
    RG_SYNTAX_DOUBLE_STAR,   /* (value) `**value` */
    RG_SYNTAX_SUBSCRIPT,     /* (base, index): the index of `x[a, b]` is a TUPLE */
    RG_SYNTAX_SLICE,         /* (start, stop, step) `a:b:c` in a subscript; parts left out are NONE of no width */
    RG_SYNTAX_TUPLE,         /* (items ...) with or without parentheses */
    RG_SYNTAX_LIST,          /* (items ...) */
    RG_SYNTAX_DICT,          /* (key, value, key, value ...) */
    RG_SYNTAX_UNARY,         /* (operand) operation */
    RG_SYNTAX_BINARY,        /* (left, right) operation; comparisons, `and` and `or` too */
    RG_SYNTAX_CONDITIONAL,   /* (value, condition, other) `value if condition else other` */
    RG_SYNTAX_COMPREHENSION, /* (value, target, iterable) `[value for target in iterable]`: a NAME or a TUPLE of them */
    RG_SYNTAX_OBJECT,        /* text: Python's print of an object that has no literal, `<function f at 0x7f>` */
    /* statements */
    RG_SYNTAX_EXPRESSION, /* (expression) standing alone */
    RG_SYNTAX_ASSIGN,     /* (target, value) or, chained, (target, target ..., value) */
    RG_SYNTAX_DECLARE,    /* (target, annotation [, value]): `x: "f32[2]" = value`, `x : T` */
    RG_SYNTAX_AUGMENTED,  /* (target, value) operation: `a += b` */
    RG_SYNTAX_RETURN,     /* ([value]) */
    RG_SYNTAX_PASS,
    RG_SYNTAX_IMPORT,    /* text: the whole statement, `import a.b` or `from a import b`; not looked into */
    RG_SYNTAX_FUNCTION,  /* (PARAMETERS, annotation of the result or NONE of no width, BODY) text: name */
    RG_SYNTAX_CLASS,     /* (BASES, BODY) text: name, "<lambda>" included */
    RG_SYNTAX_DECORATOR, /* (expression) a statement before its FUNCTION or CLASS */
    /* parts of statements */
    RG_SYNTAX_PARAMETERS, /* (PARAMETER ...) */
    RG_SYNTAX_PARAMETER,  /* (annotation or NONE of no width, default or NONE of no width) text: name with its stars,
                             or "*" or "/" alone */
    RG_SYNTAX_BASES,      /* (argument ...) as in a call */
    RG_SYNTAX_BODY        /* (statement ...) also the whole module */
} rg_syntax_kind;

/* Operators of the language: enumerator, spelling, precedence (higher binds closer), name in Python's operator module
 * ("" for those that are no functions there), spelling and name of the in-place form ("" for those that have none). */
#define RG_OPERATION_LIST(X)                                                                                           \
    X(OR, "or", 1, "", "", "")                                                                                         \
    X(AND, "and", 2, "", "", "")                                                                                       \
    X(NOT, "not", 3, "not_", "", "")                                                                                   \
    X(EQUAL, "==", 4, "eq", "", "")                                                                                    \
    X(NOT_EQUAL, "!=", 4, "ne", "", "")                                                                                \
    X(LESS, "<", 4, "lt", "", "")                                                                                      \
    X(GREATER, ">", 4, "gt", "", "")                                                                                   \
    X(LESS_EQUAL, "<=", 4, "le", "", "")                                                                               \
    X(GREATER_EQUAL, ">=", 4, "ge", "", "")                                                                            \
    X(IN, "in", 4, "", "", "")                                                                                         \
    X(NOT_IN, "not in", 4, "", "", "")                                                                                 \
    X(IS, "is", 4, "is_", "", "")                                                                                      \
    X(IS_NOT, "is not", 4, "is_not", "", "")                                                                           \
    X(BIT_OR, "|", 5, "or_", "|=", "ior")                                                                              \
    X(BIT_XOR, "^", 6, "xor", "^=", "ixor")                                                                            \
    X(BIT_AND, "&", 7, "and_", "&=", "iand")                                                                           \
    X(LEFT_SHIFT, "<<", 8, "lshift", "<<=", "ilshift")                                                                 \
    X(RIGHT_SHIFT, ">>", 8, "rshift", ">>=", "irshift")                                                                \
    X(ADD, "+", 9, "add", "+=", "iadd")                                                                                \
    X(SUBTRACT, "-", 9, "sub", "-=", "isub")                                                                           \
    X(MULTIPLY, "*", 10, "mul", "*=", "imul")                                                                          \
    X(DIVIDE, "/", 10, "truediv", "/=", "itruediv")                                                                    \
    X(FLOOR_DIVIDE, "//", 10, "floordiv", "//=", "ifloordiv")                                                          \
    X(MODULO, "%", 10, "mod", "%=", "imod")                                                                            \
    X(MATRIX_MULTIPLY, "@", 10, "matmul", "@=", "imatmul")                                                             \
    X(POSITIVE, "+", 11, "pos", "", "")                                                                                \
    X(NEGATIVE, "-", 11, "neg", "", "")                                                                                \
    X(INVERT, "~", 11, "invert", "", "")                                                                               \
    X(POWER, "**", 12, "pow", "**=", "ipow")

typedef enum rg_operation {
    RG_OPERATION_NONE,
#define RG_OPERATION_ENUM(name, spelling, precedence, function, in_place, in_place_function) RG_OPERATION_##name,
    RG_OPERATION_LIST(RG_OPERATION_ENUM)
#undef RG_OPERATION_ENUM
        RG_OPERATION_COUNT
} rg_operation;

typedef struct rg_operation_info {
    const char *spelling;
    uint8_t precedence;
    const char *function; /* "add": operator.add */
    const char *in_place; /* "+=" */
    const char *in_place_function;
} rg_operation_info;

extern const rg_operation_info rg__operations[RG_OPERATION_COUNT];

typedef struct rg_syntax rg_syntax;
struct rg_syntax {
    uint8_t kind;      /* rg_syntax_kind */
    uint8_t operation; /* rg_operation of UNARY, BINARY, AUGMENTED */
    bool starts_line;  /* statements: the first on its line; false after a `;` */
    bool parenthesised;
    uint16_t height; /* of the tree below; 1 for a leaf */
    uint32_t count;  /* children */
    uint32_t line;   /* in the source's text, from 1 */
    uint32_t column; /* statements that start a line: its indentation */
    uint32_t offset; /* the tree spells text[offset .. end), without enclosing parentheses other than a tuple's */
    uint32_t end;
    rg_string text; /* see the kinds */
    rg_syntax *first;
    rg_syntax *last;
    rg_syntax *next; /* sibling */
};

/* Read a whole text: a BODY. The first error is reported and ends the reading. */
rg_status rg__syntax_parse(rg_syntax **out, rg_arena *arena, const rg_source *source);

/* Read a text that is one expression. */
rg_status rg__syntax_parse_expression(rg_syntax **out, rg_arena *arena, const rg_source *source);

/* The child at `index`; NULL when there is none. Walk long lists by `first` and `next`. */
const rg_syntax *rg__syntax_child(const rg_syntax *syntax, size_t index);

/* Was this optional part left out? */
static inline bool rg__syntax_is_absent(const rg_syntax *syntax)
{
    return syntax->kind == RG_SYNTAX_NONE && syntax->offset == syntax->end;
}

/* The bytes that the tree was read from. */
static inline rg_string rg__syntax_source(const rg_source *source, const rg_syntax *syntax)
{
    rg_string result = {source->text.data + syntax->offset, syntax->end - syntax->offset};
    return result;
}

/* `a.b.c` as one string, when `syntax` is a NAME or a chain of ATTRIBUTEs down to a NAME; false otherwise. .data is
 * NULL when memory is out. The root NAME goes to `root`, which may be NULL. */
bool rg__syntax_dotted(rg_string *out, const rg_syntax **root, rg_arena *arena, const rg_syntax *syntax);

/* What a STRING spells, literals joined and escapes decoded, as UTF-8. Errors are reported. */
rg_status rg__syntax_string(rg_string *out, rg_arena *arena, const rg_source *source, const rg_syntax *syntax);

/* The value of an INTEGER: false when it does not fit. The decimal digits of one of any size go to `digits` (may be
 * NULL): .data NULL for an integer that is neither decimal nor within 64 bits. */
bool rg__syntax_integer(int64_t *out, rg_string *digits, rg_arena *arena, const rg_syntax *syntax);

/* The value of a FLOAT. */
double rg__syntax_float(const rg_syntax *syntax);

/* Report an error at a tree; `expected` may be NULL. Returns `code`. */
#define rg__syntax_report(source, syntax, code, expected, ...)                                                         \
    rg__source_report((source), (syntax)->offset, (syntax)->end - (syntax)->offset, (code), (expected), __VA_ARGS__)

/*
 * ---- reading piece by piece, for texts too long to hold as one tree ----
 *
 * A parser stands before a token. Statements are read one by one into the arena, which the caller may reset between
 * them. After an error the parser must not be used again.
 */
typedef struct rg_parser {
    const rg_source *source;
    rg_arena *arena;
    rg_lexer lexer;
    rg_token token;    /* the next token */
    uint32_t last_end; /* where the token before it ended */
    uint32_t depth;
    uint32_t max_depth;
    bool started; /* a statement has been read: a `;` or line end must come before the next */
    rg_status status;
} rg_parser;

rg_status rg__parser_init(rg_parser *parser, rg_arena *arena, const rg_source *source);

/* The next simple statement, NULL at the end of the text. A CLASS or FUNCTION comes without BODY, and the parser stands
 * before the body's first statement; nesting follows from the statements' columns. */
rg_status rg__parser_statement(rg_syntax **out, rg_parser *parser);

#endif

/*
 * parser.h: what the two halves of the parser share: syntax_expression.c and syntax_statement.c.
 *
 * Functions that read a tree return NULL after an error, which has been reported and is in parser->status.
 */
#ifndef RG_TEXT_PARSER_H
#define RG_TEXT_PARSER_H

#include "text/syntax.h"

void rg__parser_advance(rg_parser *parser);
/* Report "expected X, found Y" at the next token. Always NULL. */
rg_syntax *rg__parser_expected(rg_parser *parser, const char *expected);
/* Put the status of a report, or RG_ERROR_MEMORY, into the parser. Always NULL. */
rg_syntax *rg__parser_fail(rg_parser *parser, rg_status status);

/* A tree of no children that starts at the next token. */
rg_syntax *rg__parser_node(rg_parser *parser, rg_syntax_kind kind);
/* A NONE of no width, for an optional part left out. */
rg_syntax *rg__parser_absent(rg_parser *parser);
/* Append a child. False, reported, when the tree becomes too high or `child` is NULL. */
bool rg__parser_append(rg_parser *parser, rg_syntax *parent, rg_syntax *child);
/* End a tree where the last token ended. */
rg_syntax *rg__parser_finish(rg_parser *parser, rg_syntax *syntax);

static inline bool rg__parser_at(const rg_parser *parser, rg_punctuation punctuation)
{
    return parser->token.punctuation == punctuation;
}
bool rg__parser_accept(rg_parser *parser, rg_punctuation punctuation);
/* Accept the closing bracket of the one at `opening`. */
bool rg__parser_close(rg_parser *parser, rg_punctuation punctuation, uint32_t opening);
bool rg__parser_at_word(const rg_parser *parser, const char *word);
/* Is the next token a word that cannot be a name? */
bool rg__parser_at_reserved(const rg_parser *parser);

/* One expression, without commas outside brackets. */
rg_syntax *rg__parser_expression(rg_parser *parser);
/* One expression, or a TUPLE of several with commas between them. */
rg_syntax *rg__parser_expression_list(rg_parser *parser);
/* The arguments of a call up to the closing parenthesis, appended to `call`; `opening` is where its `(` stands. */
bool rg__parser_arguments(rg_parser *parser, rg_syntax *call, uint32_t opening);

#endif

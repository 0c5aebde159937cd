/*
 * syntax_expression.c: the expressions, by precedence climbing. Depth is counted at each operand, which every way of
 * nesting passes through.
 */
#include "text/parser.h"

static rg_syntax *parse_operand(rg_parser *parser, unsigned minimum);
static rg_syntax *parse_leaf(rg_parser *parser, rg_syntax_kind kind);

static const uint8_t binary_operations[RG_PUNCTUATION_COUNT] = {
    [RG_PUNCTUATION_EQUAL] = RG_OPERATION_EQUAL,
    [RG_PUNCTUATION_NOT_EQUAL] = RG_OPERATION_NOT_EQUAL,
    [RG_PUNCTUATION_LESS] = RG_OPERATION_LESS,
    [RG_PUNCTUATION_GREATER] = RG_OPERATION_GREATER,
    [RG_PUNCTUATION_LESS_EQUAL] = RG_OPERATION_LESS_EQUAL,
    [RG_PUNCTUATION_GREATER_EQUAL] = RG_OPERATION_GREATER_EQUAL,
    [RG_PUNCTUATION_OR] = RG_OPERATION_BIT_OR,
    [RG_PUNCTUATION_XOR] = RG_OPERATION_BIT_XOR,
    [RG_PUNCTUATION_AND] = RG_OPERATION_BIT_AND,
    [RG_PUNCTUATION_LEFT_SHIFT] = RG_OPERATION_LEFT_SHIFT,
    [RG_PUNCTUATION_RIGHT_SHIFT] = RG_OPERATION_RIGHT_SHIFT,
    [RG_PUNCTUATION_ADD] = RG_OPERATION_ADD,
    [RG_PUNCTUATION_SUBTRACT] = RG_OPERATION_SUBTRACT,
    [RG_PUNCTUATION_MULTIPLY] = RG_OPERATION_MULTIPLY,
    [RG_PUNCTUATION_DIVIDE] = RG_OPERATION_DIVIDE,
    [RG_PUNCTUATION_FLOOR_DIVIDE] = RG_OPERATION_FLOOR_DIVIDE,
    [RG_PUNCTUATION_MODULO] = RG_OPERATION_MODULO,
    [RG_PUNCTUATION_MATRIX] = RG_OPERATION_MATRIX_MULTIPLY,
};

/* Go one level deeper; the caller leaves it with parser->depth--. False, reported, when the limit is reached. */
static bool enter(rg_parser *parser)
{
    if (parser->depth >= parser->max_depth) {
        rg__parser_fail(parser, rg__source_report(parser->source, parser->token.offset, 1, RG_ERROR_LIMIT, NULL,
                                                  "an expression nested more than %u deep", parser->max_depth));
        return false;
    }
    parser->depth++;
    return true;
}

static bool ends_argument(const rg_token *token)
{
    return token->punctuation == RG_PUNCTUATION_COMMA || token->punctuation == RG_PUNCTUATION_RIGHT_PARENTHESIS ||
           token->punctuation == RG_PUNCTUATION_RIGHT_BRACKET;
}

/* `*value`, `**value`, or the bare `*` that pytree prints for a leaf. */
static rg_syntax *parse_star(rg_parser *parser)
{
    bool twice = rg__parser_at(parser, RG_PUNCTUATION_POWER);
    rg_syntax *star = rg__parser_node(parser, twice ? RG_SYNTAX_DOUBLE_STAR : RG_SYNTAX_STAR);
    if (star == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!twice && ends_argument(&parser->token)) {
        return rg__parser_finish(parser, star);
    }
    return rg__parser_append(parser, star, rg__parser_expression(parser)) ? rg__parser_finish(parser, star) : NULL;
}

static bool at_star(const rg_parser *parser)
{
    return rg__parser_at(parser, RG_PUNCTUATION_MULTIPLY) || rg__parser_at(parser, RG_PUNCTUATION_POWER);
}

/* `name = value`, once the name has been read as an expression. */
static rg_syntax *parse_keyword(rg_parser *parser, rg_syntax *name)
{
    if (name->kind != RG_SYNTAX_NAME || name->parenthesised) {
        return rg__parser_expected(parser, "',' or ')'");
    }
    rg_syntax *keyword = rg__parser_node(parser, RG_SYNTAX_KEYWORD);
    if (keyword == NULL) {
        return NULL;
    }
    keyword->offset = name->offset;
    keyword->line = name->line;
    keyword->text = name->text;
    rg__parser_advance(parser);
    return rg__parser_append(parser, keyword, rg__parser_expression(parser)) ? rg__parser_finish(parser, keyword)
                                                                             : NULL;
}

bool rg__parser_arguments(rg_parser *parser, rg_syntax *call, uint32_t opening)
{
    while (!rg__parser_at(parser, RG_PUNCTUATION_RIGHT_PARENTHESIS)) {
        rg_syntax *argument = at_star(parser) ? parse_star(parser) : rg__parser_expression(parser);
        if (argument != NULL && rg__parser_at(parser, RG_PUNCTUATION_ASSIGN)) {
            argument = parse_keyword(parser, argument);
        }
        if (!rg__parser_append(parser, call, argument)) {
            return false;
        }
        if (!rg__parser_accept(parser, RG_PUNCTUATION_COMMA)) {
            break;
        }
    }
    return rg__parser_close(parser, RG_PUNCTUATION_RIGHT_PARENTHESIS, opening);
}

/* The items of a list, or of a tuple whose parenthesis has been read, appended to `items`. True in `*comma` when one
 * was seen. */
static bool parse_items(rg_parser *parser, rg_syntax *items, rg_punctuation closing, uint32_t opening, bool *comma)
{
    *comma = false;
    while (!rg__parser_at(parser, closing)) {
        if (!rg__parser_append(parser, items, at_star(parser) ? parse_star(parser) : rg__parser_expression(parser))) {
            return false;
        }
        if (!rg__parser_accept(parser, RG_PUNCTUATION_COMMA)) {
            break;
        }
        *comma = true;
    }
    return rg__parser_close(parser, closing, opening);
}

static rg_syntax *parse_parentheses(rg_parser *parser)
{
    uint32_t opening = parser->token.offset;
    rg_syntax *tuple = rg__parser_node(parser, RG_SYNTAX_TUPLE);
    bool comma;
    if (tuple == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!parse_items(parser, tuple, RG_PUNCTUATION_RIGHT_PARENTHESIS, opening, &comma)) {
        return NULL;
    }
    if (!comma && tuple->count == 1 && tuple->first->kind != RG_SYNTAX_STAR) {
        tuple->first->parenthesised = true;
        return tuple->first;
    }
    tuple->parenthesised = true;
    return rg__parser_finish(parser, tuple);
}

/* `x` or `x, y` between `for` and `in`. */
static rg_syntax *parse_for_target(rg_parser *parser)
{
    rg_syntax *tuple = rg__parser_node(parser, RG_SYNTAX_TUPLE);
    bool parenthesised = rg__parser_accept(parser, RG_PUNCTUATION_LEFT_PARENTHESIS);
    bool goes_on = tuple != NULL;
    while (goes_on) {
        bool is_name = parser->token.kind == RG_TOKEN_NAME && !rg__parser_at_reserved(parser);
        if (!rg__parser_append(parser, tuple,
                               is_name ? parse_leaf(parser, RG_SYNTAX_NAME) : rg__parser_expected(parser, "a name"))) {
            return NULL;
        }
        goes_on = rg__parser_accept(parser, RG_PUNCTUATION_COMMA);
    }
    if (tuple == NULL) {
        return NULL;
    }
    if (parenthesised && !rg__parser_accept(parser, RG_PUNCTUATION_RIGHT_PARENTHESIS)) {
        return rg__parser_expected(parser, "')'");
    }
    return tuple->count == 1 ? tuple->first : rg__parser_finish(parser, tuple);
}

/* `value for target in iterable`, once the value has been read. */
static rg_syntax *parse_comprehension(rg_parser *parser, rg_syntax *value)
{
    rg_syntax *node = rg__parser_node(parser, RG_SYNTAX_COMPREHENSION);
    if (node == NULL || !rg__parser_append(parser, node, value)) {
        return NULL;
    }
    node->offset = value->offset;
    node->line = value->line;
    rg__parser_advance(parser);
    if (!rg__parser_append(parser, node, parse_for_target(parser))) {
        return NULL;
    }
    if (!rg__parser_at_word(parser, "in")) {
        return rg__parser_expected(parser, "'in'");
    }
    rg__parser_advance(parser);
    return rg__parser_append(parser, node, rg__parser_expression(parser)) ? rg__parser_finish(parser, node) : NULL;
}

/* The one item of a list that is a comprehension. */
static rg_syntax *finish_comprehension(rg_parser *parser, rg_syntax *list, uint32_t opening)
{
    rg_syntax *node = parse_comprehension(parser, list->first);
    if (node == NULL || !rg__parser_close(parser, RG_PUNCTUATION_RIGHT_BRACKET, opening)) {
        return NULL;
    }
    node->offset = opening;
    return rg__parser_finish(parser, node);
}

static rg_syntax *parse_list(rg_parser *parser)
{
    uint32_t opening = parser->token.offset;
    rg_syntax *list = rg__parser_node(parser, RG_SYNTAX_LIST);
    bool comma;
    if (list == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!rg__parser_at(parser, RG_PUNCTUATION_RIGHT_BRACKET) && !at_star(parser)) {
        rg_syntax *first = rg__parser_expression(parser);
        if (!rg__parser_append(parser, list, first)) {
            return NULL;
        }
        if (rg__parser_at_word(parser, "for")) {
            return finish_comprehension(parser, list, opening);
        }
        if (!rg__parser_accept(parser, RG_PUNCTUATION_COMMA)) {
            return rg__parser_close(parser, RG_PUNCTUATION_RIGHT_BRACKET, opening) ? rg__parser_finish(parser, list)
                                                                                   : NULL;
        }
    }
    return parse_items(parser, list, RG_PUNCTUATION_RIGHT_BRACKET, opening, &comma) ? rg__parser_finish(parser, list)
                                                                                    : NULL;
}

static rg_syntax *parse_dict(rg_parser *parser)
{
    uint32_t opening = parser->token.offset;
    rg_syntax *dict = rg__parser_node(parser, RG_SYNTAX_DICT);
    if (dict == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    while (!rg__parser_at(parser, RG_PUNCTUATION_RIGHT_BRACE)) {
        if (!rg__parser_append(parser, dict, rg__parser_expression(parser))) {
            return NULL;
        }
        if (!rg__parser_accept(parser, RG_PUNCTUATION_COLON)) {
            return rg__parser_expected(parser, "':'");
        }
        if (!rg__parser_append(parser, dict, rg__parser_expression(parser))) {
            return NULL;
        }
        if (!rg__parser_accept(parser, RG_PUNCTUATION_COMMA)) {
            break;
        }
    }
    return rg__parser_close(parser, RG_PUNCTUATION_RIGHT_BRACE, opening) ? rg__parser_finish(parser, dict) : NULL;
}

/* Adjacent literals are one string. */
static rg_syntax *parse_string(rg_parser *parser)
{
    rg_syntax *string = rg__parser_node(parser, RG_SYNTAX_STRING);
    if (string == NULL) {
        return NULL;
    }
    while (parser->token.kind == RG_TOKEN_STRING) {
        rg__parser_advance(parser);
    }
    rg__parser_finish(parser, string);
    string->text = rg__syntax_source(parser->source, string);
    return string;
}

static rg_syntax *parse_object(rg_parser *parser)
{
    rg_syntax *object = rg__parser_node(parser, RG_SYNTAX_OBJECT);
    if (object == NULL) {
        return NULL;
    }
    uint32_t end = rg__lexer_skip_object(&parser->lexer, parser->token.offset);
    if (end == parser->token.offset) {
        return rg__parser_expected(parser, "an expression");
    }
    parser->token.end = end;
    rg__parser_advance(parser);
    rg__parser_finish(parser, object);
    object->text = rg__syntax_source(parser->source, object);
    return object;
}

static rg_syntax *parse_leaf(rg_parser *parser, rg_syntax_kind kind)
{
    rg_syntax *leaf = rg__parser_node(parser, kind);
    if (leaf != NULL) {
        leaf->text = rg__token_text(parser->source, &parser->token);
        leaf->end = parser->token.end;
        rg__parser_advance(parser);
    }
    return leaf;
}

static rg_syntax *parse_name(rg_parser *parser)
{
    static const struct {
        const char *word;
        rg_syntax_kind kind;
    } constants[] = {{"None", RG_SYNTAX_NONE}, {"True", RG_SYNTAX_TRUE}, {"False", RG_SYNTAX_FALSE}};
    if (!rg__parser_at_reserved(parser)) {
        return parse_leaf(parser, RG_SYNTAX_NAME);
    }
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
        if (rg__parser_at_word(parser, constants[i].word)) {
            return parse_leaf(parser, constants[i].kind);
        }
    }
    return rg__parser_expected(parser, "an expression");
}

static rg_syntax *parse_atom(rg_parser *parser)
{
    switch (parser->token.kind) {
    case RG_TOKEN_NAME:
        return parse_name(parser);
    case RG_TOKEN_INTEGER:
        return parse_leaf(parser, RG_SYNTAX_INTEGER);
    case RG_TOKEN_FLOAT:
        return parse_leaf(parser, RG_SYNTAX_FLOAT);
    case RG_TOKEN_IMAGINARY:
        return parse_leaf(parser, RG_SYNTAX_IMAGINARY);
    case RG_TOKEN_STRING:
        return parse_string(parser);
    case RG_TOKEN_ERROR:
        return rg__parser_fail(parser, RG_ERROR_SYNTAX);
    default:
        break;
    }
    switch (parser->token.punctuation) {
    case RG_PUNCTUATION_LEFT_PARENTHESIS:
        return parse_parentheses(parser);
    case RG_PUNCTUATION_LEFT_BRACKET:
        return parse_list(parser);
    case RG_PUNCTUATION_LEFT_BRACE:
        return parse_dict(parser);
    case RG_PUNCTUATION_ELLIPSIS:
        return parse_leaf(parser, RG_SYNTAX_ELLIPSIS);
    case RG_PUNCTUATION_LESS:
        return parse_object(parser);
    default:
        return rg__parser_expected(parser, "an expression");
    }
}

/* One part of `a:b:c`, or a plain index when no colon follows. */
static rg_syntax *parse_subscript_item(rg_parser *parser)
{
    rg_syntax *first =
        rg__parser_at(parser, RG_PUNCTUATION_COLON) ? rg__parser_absent(parser) : rg__parser_expression(parser);
    if (first == NULL || !rg__parser_at(parser, RG_PUNCTUATION_COLON)) {
        return first;
    }
    rg_syntax *slice = rg__parser_node(parser, RG_SYNTAX_SLICE);
    if (slice == NULL) {
        return NULL;
    }
    slice->offset = first->offset;
    if (!rg__parser_append(parser, slice, first)) {
        return NULL;
    }
    while (slice->count < 3) {
        bool given = rg__parser_accept(parser, RG_PUNCTUATION_COLON) && !rg__parser_at(parser, RG_PUNCTUATION_COLON) &&
                     !ends_argument(&parser->token);
        if (!rg__parser_append(parser, slice, given ? rg__parser_expression(parser) : rg__parser_absent(parser))) {
            return NULL;
        }
    }
    return rg__parser_finish(parser, slice);
}

static rg_syntax *parse_subscript(rg_parser *parser, rg_syntax *base)
{
    uint32_t opening = parser->token.offset;
    rg_syntax *subscript = rg__parser_node(parser, RG_SYNTAX_SUBSCRIPT);
    if (subscript == NULL || !rg__parser_append(parser, subscript, base)) {
        return NULL;
    }
    rg__parser_advance(parser);
    rg_syntax *index = parse_subscript_item(parser);
    if (index != NULL && rg__parser_at(parser, RG_PUNCTUATION_COMMA)) {
        rg_syntax *tuple = rg__parser_node(parser, RG_SYNTAX_TUPLE);
        if (tuple == NULL) {
            return NULL;
        }
        tuple->offset = index->offset;
        if (!rg__parser_append(parser, tuple, index)) {
            return NULL;
        }
        while (rg__parser_accept(parser, RG_PUNCTUATION_COMMA) &&
               !rg__parser_at(parser, RG_PUNCTUATION_RIGHT_BRACKET)) {
            if (!rg__parser_append(parser, tuple, parse_subscript_item(parser))) {
                return NULL;
            }
        }
        index = rg__parser_finish(parser, tuple);
    }
    if (!rg__parser_append(parser, subscript, index) ||
        !rg__parser_close(parser, RG_PUNCTUATION_RIGHT_BRACKET, opening)) {
        return NULL;
    }
    return subscript;
}

static rg_syntax *parse_attribute(rg_parser *parser, rg_syntax *base)
{
    rg_syntax *attribute = rg__parser_node(parser, RG_SYNTAX_ATTRIBUTE);
    if (attribute == NULL || !rg__parser_append(parser, attribute, base)) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (parser->token.kind != RG_TOKEN_NAME) {
        return rg__parser_expected(parser, "the name of an attribute");
    }
    attribute->text = rg__token_text(parser->source, &parser->token);
    rg__parser_advance(parser);
    return attribute;
}

/* An atom with its calls, subscripts and attributes. */
static rg_syntax *parse_primary(rg_parser *parser)
{
    uint32_t start = parser->token.offset;
    rg_syntax *primary = parse_atom(parser);
    while (primary != NULL) {
        uint32_t line = primary->line;
        uint32_t opening = parser->token.offset;
        switch (parser->token.punctuation) {
        case RG_PUNCTUATION_DOT:
            primary = parse_attribute(parser, primary);
            break;
        case RG_PUNCTUATION_LEFT_BRACKET:
            primary = parse_subscript(parser, primary);
            break;
        case RG_PUNCTUATION_LEFT_PARENTHESIS: {
            rg_syntax *call = rg__parser_node(parser, RG_SYNTAX_CALL);
            if (call == NULL || !rg__parser_append(parser, call, primary)) {
                return NULL;
            }
            rg__parser_advance(parser);
            primary = rg__parser_arguments(parser, call, opening) ? call : NULL;
            break;
        }
        default:
            return primary;
        }
        if (primary != NULL) {
            primary->offset = start;
            primary->line = line;
            rg__parser_finish(parser, primary);
        }
    }
    return NULL;
}

static rg_syntax *binary(rg_parser *parser, rg_operation operation, rg_syntax *left, rg_syntax *right, uint32_t start)
{
    rg_syntax *node = rg__parser_node(parser, RG_SYNTAX_BINARY);
    if (node == NULL || !rg__parser_append(parser, node, left) || !rg__parser_append(parser, node, right)) {
        return NULL;
    }
    node->operation = (uint8_t)operation;
    node->offset = start;
    node->line = left->line;
    return rg__parser_finish(parser, node);
}

/* A primary, perhaps to a power, perhaps with operators in front. */
static rg_syntax *parse_unary(rg_parser *parser)
{
    static const uint8_t operations[RG_PUNCTUATION_COUNT] = {
        [RG_PUNCTUATION_ADD] = RG_OPERATION_POSITIVE,
        [RG_PUNCTUATION_SUBTRACT] = RG_OPERATION_NEGATIVE,
        [RG_PUNCTUATION_INVERT] = RG_OPERATION_INVERT,
    };
    uint32_t start = parser->token.offset;
    rg_operation operation =
        rg__parser_at_word(parser, "not") ? RG_OPERATION_NOT : operations[parser->token.punctuation];
    if (operation != RG_OPERATION_NONE) {
        rg_syntax *node = rg__parser_node(parser, RG_SYNTAX_UNARY);
        if (node == NULL) {
            return NULL;
        }
        node->operation = (uint8_t)operation;
        rg__parser_advance(parser);
        return rg__parser_append(parser, node, parse_operand(parser, rg__operations[operation].precedence))
                   ? rg__parser_finish(parser, node)
                   : NULL;
    }
    rg_syntax *base = parse_primary(parser);
    if (base != NULL && rg__parser_accept(parser, RG_PUNCTUATION_POWER)) {
        rg_syntax *exponent = parse_operand(parser, rg__operations[RG_OPERATION_POSITIVE].precedence);
        return exponent == NULL ? NULL : binary(parser, RG_OPERATION_POWER, base, exponent, start);
    }
    return base;
}

/* The binary operator that the next token is; words included. */
static rg_operation peek_binary(rg_parser *parser)
{
    if (parser->token.kind == RG_TOKEN_NAME) {
        return rg__parser_at_word(parser, "and")   ? RG_OPERATION_AND
               : rg__parser_at_word(parser, "or")  ? RG_OPERATION_OR
               : rg__parser_at_word(parser, "in")  ? RG_OPERATION_IN
               : rg__parser_at_word(parser, "is")  ? RG_OPERATION_IS
               : rg__parser_at_word(parser, "not") ? RG_OPERATION_NOT_IN
                                                   : RG_OPERATION_NONE;
    }
    return binary_operations[parser->token.punctuation];
}

/* Operands joined by operators that bind at least as closely as `minimum`. */
static rg_syntax *parse_operand(rg_parser *parser, unsigned minimum)
{
    if (!enter(parser)) {
        return NULL;
    }
    uint32_t start = parser->token.offset;
    rg_syntax *left = parse_unary(parser);
    while (left != NULL) {
        rg_operation operation = peek_binary(parser);
        unsigned precedence = rg__operations[operation].precedence;
        if (operation == RG_OPERATION_NONE || precedence < minimum) {
            break;
        }
        if (precedence == rg__operations[RG_OPERATION_EQUAL].precedence && left->kind == RG_SYNTAX_BINARY &&
            !left->parenthesised && rg__operations[left->operation].precedence == precedence) {
            left = rg__parser_expected(parser, "parentheses around one of two comparisons in a row");
            break;
        }
        rg__parser_advance(parser);
        if (operation == RG_OPERATION_IS && rg__parser_at_word(parser, "not")) {
            operation = RG_OPERATION_IS_NOT;
            rg__parser_advance(parser);
        }
        if (operation == RG_OPERATION_NOT_IN) {
            if (!rg__parser_at_word(parser, "in")) {
                left = rg__parser_expected(parser, "'in'");
                break;
            }
            rg__parser_advance(parser);
        }
        rg_syntax *right = parse_operand(parser, precedence + 1);
        left = right == NULL ? NULL : binary(parser, operation, left, right, start);
    }
    parser->depth--;
    return left;
}

rg_syntax *rg__parser_expression(rg_parser *parser)
{
    uint32_t start = parser->token.offset;
    rg_syntax *value = parse_operand(parser, 1);
    if (value == NULL || !rg__parser_at_word(parser, "if")) {
        return value;
    }
    rg_syntax *conditional = rg__parser_node(parser, RG_SYNTAX_CONDITIONAL);
    if (conditional == NULL || !rg__parser_append(parser, conditional, value)) {
        return NULL;
    }
    conditional->offset = start;
    rg__parser_advance(parser);
    if (!rg__parser_append(parser, conditional, parse_operand(parser, 1))) {
        return NULL;
    }
    if (!rg__parser_at_word(parser, "else")) {
        return rg__parser_expected(parser, "'else'");
    }
    rg__parser_advance(parser);
    if (!enter(parser)) {
        return NULL;
    }
    bool appended = rg__parser_append(parser, conditional, rg__parser_expression(parser));
    parser->depth--;
    return appended ? rg__parser_finish(parser, conditional) : NULL;
}

static bool ends_list(const rg_parser *parser)
{
    return parser->token.kind == RG_TOKEN_NEWLINE || parser->token.kind == RG_TOKEN_END ||
           rg__parser_at(parser, RG_PUNCTUATION_ASSIGN) || rg__parser_at(parser, RG_PUNCTUATION_SEMICOLON);
}

rg_syntax *rg__parser_expression_list(rg_parser *parser)
{
    rg_syntax *first = at_star(parser) ? parse_star(parser) : rg__parser_expression(parser);
    if (first == NULL || !rg__parser_at(parser, RG_PUNCTUATION_COMMA)) {
        return first;
    }
    rg_syntax *tuple = rg__parser_node(parser, RG_SYNTAX_TUPLE);
    if (tuple == NULL || !rg__parser_append(parser, tuple, first)) {
        return NULL;
    }
    tuple->offset = first->offset;
    tuple->line = first->line;
    while (rg__parser_accept(parser, RG_PUNCTUATION_COMMA) && !ends_list(parser)) {
        if (!rg__parser_append(parser, tuple, at_star(parser) ? parse_star(parser) : rg__parser_expression(parser))) {
            return NULL;
        }
    }
    return rg__parser_finish(parser, tuple);
}

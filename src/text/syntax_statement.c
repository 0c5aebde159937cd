/*
 * syntax_statement.c: statements, and the nesting of classes and functions by indentation.
 */
#include "text/parser.h"

static bool ends_statement(const rg_parser *parser)
{
    return parser->token.kind == RG_TOKEN_NEWLINE || parser->token.kind == RG_TOKEN_END ||
           rg__parser_at(parser, RG_PUNCTUATION_SEMICOLON);
}

/* ---- assignments ---- */

static bool is_target(const rg_syntax *syntax)
{
    if (syntax->kind == RG_SYNTAX_TUPLE || syntax->kind == RG_SYNTAX_LIST) {
        for (const rg_syntax *item = syntax->first; item != NULL; item = item->next) {
            if (!is_target(item)) {
                return false;
            }
        }
        return syntax->count > 0;
    }
    return syntax->kind == RG_SYNTAX_NAME || syntax->kind == RG_SYNTAX_ATTRIBUTE || syntax->kind == RG_SYNTAX_SUBSCRIPT;
}

static bool check_target(rg_parser *parser, const rg_syntax *target)
{
    if (is_target(target)) {
        return true;
    }
    rg__parser_fail(
        parser, rg__syntax_report(parser->source, target, RG_ERROR_SYNTAX, "a name", "expected a name to assign to"));
    return false;
}

/* `: annotation [= value]` after its target. */
static rg_syntax *parse_declare(rg_parser *parser, rg_syntax *target)
{
    rg_syntax *declare = rg__parser_node(parser, RG_SYNTAX_DECLARE);
    if (!check_target(parser, target) || !rg__parser_append(parser, declare, target)) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!rg__parser_append(parser, declare, rg__parser_expression(parser))) {
        return NULL;
    }
    if (rg__parser_accept(parser, RG_PUNCTUATION_ASSIGN) &&
        !rg__parser_append(parser, declare, rg__parser_expression_list(parser))) {
        return NULL;
    }
    return declare;
}

static rg_syntax *parse_assign(rg_parser *parser, rg_syntax *target)
{
    rg_syntax *assign = rg__parser_node(parser, RG_SYNTAX_ASSIGN);
    if (!rg__parser_append(parser, assign, target)) {
        return NULL;
    }
    while (rg__parser_at(parser, RG_PUNCTUATION_ASSIGN)) {
        if (!check_target(parser, assign->last)) {
            return NULL;
        }
        rg__parser_advance(parser);
        if (!rg__parser_append(parser, assign, rg__parser_expression_list(parser))) {
            return NULL;
        }
    }
    return assign;
}

/* The operation of the in-place operator that the next token is. */
static rg_operation peek_in_place(const rg_parser *parser)
{
    const char *spelling = rg__punctuation_spelling(parser->token.punctuation);
    size_t size = strlen(spelling);
    if (size < 2 || spelling[size - 1] != '=') {
        return RG_OPERATION_NONE;
    }
    for (unsigned i = 1; i < RG_OPERATION_COUNT; i++) {
        if (strcmp(rg__operations[i].in_place, spelling) == 0) {
            return (rg_operation)i;
        }
    }
    return RG_OPERATION_NONE;
}

static rg_syntax *parse_augmented(rg_parser *parser, rg_syntax *target, rg_operation operation)
{
    rg_syntax *augmented = rg__parser_node(parser, RG_SYNTAX_AUGMENTED);
    if (!check_target(parser, target) || !rg__parser_append(parser, augmented, target)) {
        return NULL;
    }
    augmented->operation = (uint8_t)operation;
    rg__parser_advance(parser);
    return rg__parser_append(parser, augmented, rg__parser_expression_list(parser)) ? augmented : NULL;
}

static rg_syntax *parse_expression_statement(rg_parser *parser)
{
    uint32_t start = parser->token.offset;
    uint32_t line = parser->token.line;
    rg_syntax *first = rg__parser_expression_list(parser);
    if (first == NULL) {
        return NULL;
    }
    rg_operation in_place = peek_in_place(parser);
    rg_syntax *statement;
    if (rg__parser_at(parser, RG_PUNCTUATION_ASSIGN)) {
        statement = parse_assign(parser, first);
    } else if (rg__parser_at(parser, RG_PUNCTUATION_COLON)) {
        statement = parse_declare(parser, first);
    } else if (in_place != RG_OPERATION_NONE) {
        statement = parse_augmented(parser, first, in_place);
    } else {
        statement = rg__parser_node(parser, RG_SYNTAX_EXPRESSION);
        statement = rg__parser_append(parser, statement, first) ? statement : NULL;
    }
    if (statement != NULL) {
        statement->offset = start;
        statement->line = line;
    }
    return statement;
}

/* ---- definitions ---- */

static bool parse_name(rg_parser *parser, rg_syntax *statement, const char *expected)
{
    if (parser->token.kind != RG_TOKEN_NAME || rg__parser_at_reserved(parser)) {
        rg__parser_expected(parser, expected);
        return false;
    }
    statement->text = rg__token_text(parser->source, &parser->token);
    rg__parser_advance(parser);
    return true;
}

/* An optional expression behind `mark`, appended to `parent`. */
static bool parse_optional(rg_parser *parser, rg_syntax *parent, rg_punctuation mark)
{
    rg_syntax *part = rg__parser_accept(parser, mark) ? rg__parser_expression(parser) : rg__parser_absent(parser);
    return rg__parser_append(parser, parent, part);
}

static rg_syntax *parse_parameter(rg_parser *parser)
{
    rg_syntax *parameter = rg__parser_node(parser, RG_SYNTAX_PARAMETER);
    uint32_t start = parser->token.offset;
    if (parameter == NULL) {
        return NULL;
    }
    bool star = rg__parser_accept(parser, RG_PUNCTUATION_MULTIPLY);
    bool marked =
        star || rg__parser_accept(parser, RG_PUNCTUATION_POWER) || rg__parser_accept(parser, RG_PUNCTUATION_DIVIDE);
    bool alone = marked && (rg__parser_at(parser, RG_PUNCTUATION_COMMA) ||
                            rg__parser_at(parser, RG_PUNCTUATION_RIGHT_PARENTHESIS));
    if (!alone && !parse_name(parser, parameter, "a parameter")) {
        return NULL;
    }
    parameter->text = (rg_string){parser->source->text.data + start, parser->last_end - start};
    if (!parse_optional(parser, parameter, RG_PUNCTUATION_COLON) ||
        !parse_optional(parser, parameter, RG_PUNCTUATION_ASSIGN)) {
        return NULL;
    }
    return rg__parser_finish(parser, parameter);
}

static rg_syntax *parse_parameters(rg_parser *parser)
{
    uint32_t opening = parser->token.offset;
    rg_syntax *parameters = rg__parser_node(parser, RG_SYNTAX_PARAMETERS);
    if (parameters == NULL) {
        return NULL;
    }
    if (!rg__parser_accept(parser, RG_PUNCTUATION_LEFT_PARENTHESIS)) {
        return rg__parser_expected(parser, "'('");
    }
    while (!rg__parser_at(parser, RG_PUNCTUATION_RIGHT_PARENTHESIS)) {
        if (!rg__parser_append(parser, parameters, parse_parameter(parser))) {
            return NULL;
        }
        if (!rg__parser_accept(parser, RG_PUNCTUATION_COMMA)) {
            break;
        }
    }
    return rg__parser_close(parser, RG_PUNCTUATION_RIGHT_PARENTHESIS, opening) ? rg__parser_finish(parser, parameters)
                                                                               : NULL;
}

static rg_syntax *parse_function(rg_parser *parser)
{
    rg_syntax *function = rg__parser_node(parser, RG_SYNTAX_FUNCTION);
    if (function == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!parse_name(parser, function, "the name of a function") ||
        !rg__parser_append(parser, function, parse_parameters(parser)) ||
        !parse_optional(parser, function, RG_PUNCTUATION_ARROW)) {
        return NULL;
    }
    return rg__parser_accept(parser, RG_PUNCTUATION_COLON) ? function : rg__parser_expected(parser, "':'");
}

/* The name of a class. Inductor prints its graphs as `class <lambda>`. */
static bool parse_class_name(rg_parser *parser, rg_syntax *statement)
{
    uint32_t start = parser->token.offset;
    if (!rg__parser_accept(parser, RG_PUNCTUATION_LESS)) {
        return parse_name(parser, statement, "the name of a class");
    }
    if (rg__parser_at_word(parser, "lambda")) {
        rg__parser_advance(parser);
        if (rg__parser_accept(parser, RG_PUNCTUATION_GREATER)) {
            statement->text = (rg_string){parser->source->text.data + start, parser->last_end - start};
            return true;
        }
    }
    rg__parser_expected(parser, "<lambda>");
    return false;
}

static rg_syntax *parse_class(rg_parser *parser)
{
    rg_syntax *class = rg__parser_node(parser, RG_SYNTAX_CLASS);
    if (class == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!parse_class_name(parser, class)) {
        return NULL;
    }
    rg_syntax *bases = rg__parser_node(parser, RG_SYNTAX_BASES);
    if (bases == NULL) {
        return NULL;
    }
    if (rg__parser_accept(parser, RG_PUNCTUATION_LEFT_PARENTHESIS) &&
        !rg__parser_arguments(parser, bases, bases->offset)) {
        return NULL;
    }
    rg__parser_finish(parser, bases);
    if (!rg__parser_append(parser, class, bases)) {
        return NULL;
    }
    return rg__parser_accept(parser, RG_PUNCTUATION_COLON) ? class : rg__parser_expected(parser, "':'");
}

/* ---- simple statements ---- */

static rg_syntax *parse_return(rg_parser *parser)
{
    rg_syntax *statement = rg__parser_node(parser, RG_SYNTAX_RETURN);
    if (statement == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    if (!ends_statement(parser) && !rg__parser_append(parser, statement, rg__parser_expression_list(parser))) {
        return NULL;
    }
    return statement;
}

static rg_syntax *parse_pass(rg_parser *parser)
{
    rg_syntax *statement = rg__parser_node(parser, RG_SYNTAX_PASS);
    rg__parser_advance(parser);
    return statement;
}

static rg_syntax *parse_import(rg_parser *parser)
{
    rg_syntax *statement = rg__parser_node(parser, RG_SYNTAX_IMPORT);
    if (statement == NULL) {
        return NULL;
    }
    while (!ends_statement(parser) && parser->status == RG_OK) {
        rg__parser_advance(parser);
    }
    rg__parser_finish(parser, statement);
    statement->text = rg__syntax_source(parser->source, statement);
    return statement;
}

static rg_syntax *parse_decorator(rg_parser *parser)
{
    rg_syntax *decorator = rg__parser_node(parser, RG_SYNTAX_DECORATOR);
    if (decorator == NULL) {
        return NULL;
    }
    rg__parser_advance(parser);
    return rg__parser_append(parser, decorator, rg__parser_expression(parser)) ? decorator : NULL;
}

static rg_syntax *parse_statement(rg_parser *parser)
{
    static const struct {
        const char *word;
        rg_syntax *(*parse)(rg_parser *parser);
    } statements[] = {
        {"return", parse_return}, {"def", parse_function},  {"class", parse_class},
        {"pass", parse_pass},     {"import", parse_import}, {"from", parse_import},
    };
    if (rg__parser_at(parser, RG_PUNCTUATION_MATRIX)) {
        return parse_decorator(parser);
    }
    if (parser->token.kind != RG_TOKEN_NAME || !rg__parser_at_reserved(parser)) {
        return parse_expression_statement(parser);
    }
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        if (rg__parser_at_word(parser, statements[i].word)) {
            return statements[i].parse(parser);
        }
    }
    if (rg__parser_at_word(parser, "not") || rg__parser_at_word(parser, "None") || rg__parser_at_word(parser, "True") ||
        rg__parser_at_word(parser, "False")) {
        return parse_expression_statement(parser);
    }
    return rg__parser_expected(parser, "a statement");
}

/* Move to the next statement: past the end of the last one. */
static void separate(rg_parser *parser)
{
    bool separated = !parser->started || rg__parser_accept(parser, RG_PUNCTUATION_SEMICOLON);
    while (parser->token.kind == RG_TOKEN_NEWLINE) {
        separated = true;
        rg__parser_advance(parser);
    }
    if (!separated && parser->token.kind != RG_TOKEN_END) {
        rg__parser_expected(parser, "';' or the end of the line");
    }
    parser->started = true;
}

rg_status rg__parser_statement(rg_syntax **out, rg_parser *parser)
{
    *out = NULL;
    separate(parser);
    if (parser->status != RG_OK || parser->token.kind == RG_TOKEN_END) {
        return parser->status;
    }
    rg_token token = parser->token;
    rg_syntax *statement = parse_statement(parser);
    if (parser->status != RG_OK || statement == NULL) {
        return rg__parser_fail(parser, RG_ERROR_MEMORY), parser->status;
    }
    statement->starts_line = token.starts_line;
    statement->column = token.column;
    /* What follows the colon of a definition need not be separated from it. */
    parser->started = statement->kind != RG_SYNTAX_CLASS && statement->kind != RG_SYNTAX_FUNCTION;
    *out = rg__parser_finish(parser, statement);
    return RG_OK;
}

/* ---- whole texts ---- */

/* A BODY under construction. */
typedef struct open_body {
    struct open_body *outer; /* NULL for the module */
    rg_syntax *owner;        /* CLASS or FUNCTION; NULL for the module */
    rg_syntax *body;
    uint32_t depth;
    uint32_t column;  /* of its statements; UINT32_MAX until the first one */
    bool inline_body; /* `class A: pass`: the statements stand on the line of the definition */
} open_body;

/* Open the body of `owner` inside `outer`. NULL, reported, when that is too deep. */
static open_body *open_definition(rg_parser *parser, open_body *outer, rg_syntax *owner)
{
    if (outer->depth + 1 >= parser->max_depth) {
        rg__parser_fail(parser, rg__syntax_report(parser->source, owner, RG_ERROR_LIMIT, NULL,
                                                  "definitions nested more than %u deep", parser->max_depth));
        return NULL;
    }
    open_body *body = rg__arena_allocate(parser->arena, sizeof *body);
    rg_syntax *tree = rg__parser_node(parser, RG_SYNTAX_BODY);
    if (body == NULL || tree == NULL) {
        rg__parser_fail(parser, RG_ERROR_MEMORY);
        return NULL;
    }
    *body = (open_body){outer, owner, tree, outer->depth + 1, UINT32_MAX, false};
    return body;
}

static void add_statement(rg_syntax *body, rg_syntax *statement)
{
    *(body->first == NULL ? &body->first : &body->last->next) = statement;
    body->last = statement;
    body->count++;
}

/* Close a body, which is not the module's: it becomes its owner's last child. Returns the one around it; NULL,
 * reported, when it is empty. Heights end here: bodies are counted by their own depth. */
static open_body *close_definition(rg_parser *parser, const open_body *body)
{
    if (body->body->count == 0) {
        rg__parser_fail(parser, rg__syntax_report(parser->source, body->owner, RG_ERROR_SYNTAX, "an indented statement",
                                                  "a definition without body"));
        return NULL;
    }
    body->body->end = body->body->last->end;
    add_statement(body->owner, body->body);
    body->owner->end = body->body->end;
    return body->outer;
}

/* The body that a statement at the start of a line belongs to, by its column. NULL after an error. */
static open_body *find_body(rg_parser *parser, open_body *body, const rg_syntax *statement)
{
    while (body != NULL && body->owner != NULL && (body->inline_body || statement->column <= body->owner->column)) {
        body = close_definition(parser, body);
    }
    if (body == NULL) {
        return NULL;
    }
    if (body->column == UINT32_MAX) {
        body->column = statement->column;
    }
    if (statement->column != body->column) {
        rg__parser_fail(parser, rg__syntax_report(parser->source, statement, RG_ERROR_SYNTAX, NULL,
                                                  "wrong indentation: %u columns, the statements beside it have %u",
                                                  statement->column, body->column));
        return NULL;
    }
    return body;
}

/* Put a statement where it belongs. Returns the body that the next one may stand in; NULL after an error. */
static open_body *place(rg_parser *parser, open_body *body, rg_syntax *statement)
{
    if (statement->starts_line) {
        body = find_body(parser, body, statement);
    } else if (body->column == UINT32_MAX) {
        body->inline_body = true;
        body->column = 0;
    }
    if (body == NULL) {
        return NULL;
    }
    add_statement(body->body, statement);
    if (statement->kind != RG_SYNTAX_CLASS && statement->kind != RG_SYNTAX_FUNCTION) {
        return body;
    }
    if (body->inline_body) {
        rg__parser_fail(parser, rg__syntax_report(parser->source, statement, RG_ERROR_SYNTAX, "a new line",
                                                  "a definition on the line of another one"));
        return NULL;
    }
    return open_definition(parser, body, statement);
}

rg_status rg__syntax_parse(rg_syntax **out, rg_arena *arena, const rg_source *source)
{
    rg_parser parser;
    rg_syntax *statement;
    *out = NULL;
    if (rg__parser_init(&parser, arena, source) != RG_OK) {
        return parser.status;
    }
    open_body module = {.body = rg__parser_node(&parser, RG_SYNTAX_BODY)};
    open_body *body = &module;
    while (rg__parser_statement(&statement, &parser) == RG_OK && statement != NULL) {
        body = place(&parser, body, statement);
        if (body == NULL) {
            return parser.status;
        }
    }
    while (parser.status == RG_OK && body != NULL && body->owner != NULL) {
        body = close_definition(&parser, body);
    }
    if (parser.status == RG_OK) {
        module.body->end = (uint32_t)source->text.size;
        *out = module.body;
    }
    return parser.status;
}

rg_status rg__syntax_parse_expression(rg_syntax **out, rg_arena *arena, const rg_source *source)
{
    rg_parser parser;
    *out = NULL;
    if (rg__parser_init(&parser, arena, source) != RG_OK) {
        return parser.status;
    }
    rg_syntax *expression = rg__parser_expression(&parser);
    while (parser.token.kind == RG_TOKEN_NEWLINE) {
        rg__parser_advance(&parser);
    }
    if (parser.status == RG_OK && parser.token.kind != RG_TOKEN_END) {
        rg__parser_expected(&parser, "the end of the expression");
    }
    if (parser.status == RG_OK) {
        *out = expression;
    }
    return parser.status;
}

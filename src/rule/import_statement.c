/*
 * import_statement.c: the words of `import a.b as c, d` and `from .m import (x, y as z)`.
 */
#include "rule/import_statement.h"

#include "text/word.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\\';
}

static bool is_mark(char c)
{
    return c == ',' || c == '(' || c == ')' || c == '*';
}

/* The next dotted name, comma, bracket or star; empty at the end. */
static rg_string next_word(rg_string *rest)
{
    size_t start = 0;
    while (start < rest->size && is_space(rest->data[start])) {
        start++;
    }
    size_t end = start;
    while (end < rest->size && !is_space(rest->data[end]) && !is_mark(rest->data[end])) {
        end++;
    }
    end += end == start && end < rest->size ? 1 : 0;
    rg_string word = {rest->data + start, end - start};
    *rest = rg__skip(*rest, end);
    return word;
}

rg_import_statement rg__import_statement_read(rg_string text)
{
    rg_import_statement statement = {.rest = text, .module = {"", 0}};
    statement.is_from = rg__is_word(next_word(&statement.rest), "from");
    if (statement.is_from) {
        statement.module = next_word(&statement.rest);
        (void)next_word(&statement.rest); /* import */
    }
    statement.word = next_word(&statement.rest);
    return statement;
}

bool rg__import_statement_next(rg_import_statement *statement, rg_imported *out)
{
    while (statement->word.size == 1 && is_mark(statement->word.data[0]) && statement->word.data[0] != '*') {
        statement->word = next_word(&statement->rest);
    }
    if (statement->word.size == 0) {
        return false;
    }
    *out = (rg_imported){statement->word, {"", 0}};
    statement->word = next_word(&statement->rest);
    if (rg__is_word(statement->word, "as")) {
        out->as = next_word(&statement->rest);
        statement->word = next_word(&statement->rest);
    }
    return true;
}

/*
 * import_statement.h: what an import statement says, name by name. The parser keeps such statements as text: what they
 * bind matters, not their tree.
 */
#ifndef RG_RULE_IMPORT_STATEMENT_H
#define RG_RULE_IMPORT_STATEMENT_H

#include <regraft/base.h>

typedef struct rg_import_statement {
    bool is_from;     /* `from MODULE import ...`, else `import ...` */
    rg_string module; /* ".parts"; empty without `from` */
    rg_string rest;   /* what has not been read */
    rg_string word;   /* the next word of it */
} rg_import_statement;

/* One name that is imported: "a.b", or "*"; `as` is empty when it keeps its name. */
typedef struct rg_imported {
    rg_string name;
    rg_string as;
} rg_imported;

/* Begin to read a statement that the parser takes for an import. */
rg_import_statement rg__import_statement_read(rg_string text);
/* The next name; false behind the last. */
bool rg__import_statement_next(rg_import_statement *statement, rg_imported *out);

#endif

/*
 * random_program.h: random graphs and rules taken from them, as texts of graph_rules.h: wide and deep, with and without
 * types, blocks many times over, siblings, near misses, several results. The same for a seed on every machine.
 */
#ifndef RG_TESTS_RANDOM_PROGRAM_H
#define RG_TESTS_RANDOM_PROGRAM_H

#include "support/graph_rules.h"
#include "support/random.h"

enum { MAX_STATEMENTS = 90, MAX_INPUTS = 10 };

/* Values are inputs, then statements; operands name earlier values. */
typedef struct test_statement {
    uint32_t form;
    uint32_t operands[3];
    uint8_t detours[3]; /* by operand: 0, or nodes that change nothing which it is read through */
    bool exchanged;     /* operands of a commutative op are written in the other order */
} test_statement;

typedef struct test_program {
    const char *annotation; /* of every input */
    uint32_t inputs;
    uint32_t count;
    test_statement statements[MAX_STATEMENTS];
    uint32_t result_count;
    uint32_t results[4];
} test_program;

typedef struct test_text {
    char data[1 << 14];
    size_t size;
} test_text;

/* Append; fails the running test when the text is full. */
void put_text(test_text *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

void random_program(test_program *out, test_random *random);

void put_program_parameters(test_text *out, const test_program *program);
void put_program_statements(test_text *out, const test_program *program);

/* Write the program in another way: operands are read through nodes that change nothing, and exchanged, here and there.
 * With `strange`, some of those nodes do change something. */
void random_detours(test_program *program, test_random *random, bool strange);

/* Which spellings a rule's author does not care about. */
typedef struct test_freedom {
    bool see_through;
    bool commutative;
} test_freedom;

/* Add a rule taken from the program, perhaps changed. Nothing happens when the place does not make a rule. */
void add_random_rule(rg_rule_set *set, test_random *random, const test_program *from, uint32_t number,
                     test_freedom freedom);

#endif

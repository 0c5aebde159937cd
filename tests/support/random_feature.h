/*
 * random_feature.h: random rules written in the rule language, with what plain patterns do not have (lists, repetition,
 * optional inputs, several spellings, checks, free literals, dropped results), and random graphs in which they match or
 * nearly match, perhaps through nodes that change nothing. The same for a seed on every machine.
 */
#ifndef RG_TESTS_RANDOM_FEATURE_H
#define RG_TESTS_RANDOM_FEATURE_H

#include "support/random_program.h"

typedef enum test_feature {
    FEATURE_LIST = 1 << 0,         /* a captured list */
    FEATURE_REPETITION = 1 << 1,   /* [f(t) for t in xs], of one list or two in step */
    FEATURE_RESULTS = 1 << 2,      /* the same over the results of a call */
    FEATURE_OPTIONAL = 1 << 3,     /* an input that may be None */
    FEATURE_ALTERNATIVES = 1 << 4, /* two spellings */
    FEATURE_GUARD = 1 << 5,        /* a captured scalar, a check on it and on the length of a list */
    FEATURE_FREE = 1 << 6,         /* a literal marked free */
    FEATURE_DROPPED = 1 << 7,      /* a second result, which the replacement drops or keeps */
    FEATURE_THROUGH = 1 << 8,      /* graphs with nodes that change nothing, and rules that name such */
    FEATURE_ALL = (1 << 9) - 1
} test_feature;

/* What stands in a rule and, with values for its inputs, in a graph. */
typedef struct test_step {
    uint8_t form;
    uint8_t op;
    uint8_t a; /* values: inputs x and y are 0 and 1, step i is 2 + i */
    uint8_t b;
} test_step;

enum { MAX_STEPS = 8, MAX_BODY = 3 };

typedef struct test_template {
    uint32_t features;
    uint32_t count;
    test_step steps[MAX_STEPS];
    uint32_t body_count; /* of what is repeated */
    test_step body[MAX_BODY];
    bool zips;
    bool clones;    /* items are read through a clone */
    bool spreads;   /* lists are handed over as arguments */
    uint8_t other;  /* op of the last step in the second spelling */
    uint8_t second; /* the second result; 0: none */
    bool drops;
    uint32_t bound; /* of the check */
} test_template;

void random_template(test_template *out, test_random *random, uint32_t features);

/* The rule as the text of a class. */
void put_template_rule(test_text *out, const test_template *template, uint32_t number);
/* The same for lists of `length` items: written out, with an input for each item. The template has no optional inputs,
 * checks or second spelling. */
void put_template_written_out(test_text *out, const test_template *template, uint32_t length);
/* What must stand before the rules: imports and ops. */
void put_template_head(test_text *out);

/* A graph that has instances of the templates, some of them changed in one place. */
void put_template_graph(test_text *parameters, test_text *statements, const test_template *templates, uint32_t count,
                        test_random *random);

/* A graph that is one instance of the template, unchanged, with everything that its check wants. */
void put_template_sole(test_text *parameters, test_text *statements, const test_template *template,
                       test_random *random);

#endif

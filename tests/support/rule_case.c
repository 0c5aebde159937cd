/*
 * rule_case.c: see the header.
 */
#include "support/rule_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

rg_context *context;
rg_rule_set *set;

int set_up_rules(void **state)
{
    (void)state;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    set = graph_rules_create(context);
    return 0;
}

int tear_down_rules(void **state)
{
    (void)state;
    graph_rules_destroy(set);
    rg_context_destroy(context);
    return 0;
}

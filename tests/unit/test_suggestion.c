/* "Did you mean": which candidate is offered, and when none is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/suggestion.h"

static const char *closest(const char *wanted)
{
    rg_suggestion suggestion = {.wanted = rg_string_from(wanted)};
    const char *const candidates[] = {"noop", "rms_quant", "act_quant", "cleanup", "RMSNormQuantFusionPass"};
    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        rg__suggestion_offer(&suggestion, rg_string_from(candidates[i]));
    }
    rg_string best = rg__suggestion_closest(&suggestion);
    return best.size == 0 ? "" : best.data;
}

static void test_slips_are_mended(void **state)
{
    (void)state;
    assert_string_equal(closest("rms_quan"), "rms_quant");
    assert_string_equal(closest("rns_quant"), "rms_quant");
    assert_string_equal(closest("act-quant"), "act_quant");
    assert_string_equal(closest("clean_up"), "cleanup");
    assert_string_equal(closest("rmsnormquantfusionpass"), "RMSNormQuantFusionPass");
}

static void test_other_words_are_not(void **state)
{
    (void)state;
    assert_string_equal(closest("attention"), "");
    assert_string_equal(closest(""), "");
    assert_string_equal(closest("a_word_of_more_than_sixty_four_letters_is_never_a_slip_of_the_pen_but_something_else"),
                        "");
}

static void test_the_first_of_equals_wins(void **state)
{
    (void)state;
    rg_suggestion suggestion = {.wanted = rg_string_from("pass_x")};
    rg__suggestion_offer(&suggestion, rg_string_from("pass_a"));
    rg__suggestion_offer(&suggestion, rg_string_from("pass_b"));
    assert_string_equal(rg__suggestion_closest(&suggestion).data, "pass_a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips_are_mended),
        cmocka_unit_test(test_other_words_are_not),
        cmocka_unit_test(test_the_first_of_equals_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

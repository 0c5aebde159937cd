/*
 * root_test.c: how many users a root's arguments may have; see screen.h.
 */
#include "match/screen.h"

/* Arguments of a commutative root may be looked at in either order, so both get the milder limit. */
rg_root_test rg__root_test_make(const rg_screen *screen)
{
    rg_root_test test = {{0, 0}, {UINT16_MAX, UINT16_MAX}, screen->sees_through};
    uint32_t count = 0;
    bool commutes = false;
    for (uint32_t i = 0; i < screen->follow_count && count < 2; i++) {
        const rg_screen_step *step = &screen->steps[i];
        if (step->from == screen->root && step->kind == RG_SCREEN_NODE && step->item == 0 &&
            (step->commutes || !commutes)) {
            commutes = commutes || step->commutes;
            test.arguments[count] = step->slot;
            test.users[count++] = step->users;
        }
    }
    if (commutes) {
        uint16_t milder = count == 2 && test.users[0] < test.users[1] ? test.users[1] : test.users[0];
        test.users[0] = test.users[1] = count == 2 ? milder : UINT16_MAX;
    }
    return test;
}

rg_root_test rg__root_test_join(rg_root_test test, const rg_screen *screen)
{
    for (uint32_t i = 0; i < 2; i++) {
        bool is_known = screen != NULL && screen->root_test.arguments[i] == test.arguments[i];
        uint16_t users = is_known ? screen->root_test.users[i] : UINT16_MAX;
        test.users[i] = users > test.users[i] ? users : test.users[i];
    }
    test.sees_through = test.sees_through || screen == NULL || screen->sees_through;
    return test;
}

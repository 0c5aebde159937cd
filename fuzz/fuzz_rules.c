/*
 * fuzz_rules.c: any bytes are a rule file or diagnostics; what loads can be dumped, and the dump loads again and means
 * the same.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include <regraft/regraft.h>

static rg_status append(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

typedef rg_status (*print_function)(const rg_rule_set *set, rg_sink sink);

static char *printed(const rg_rule_set *set, print_function print, size_t *size)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, size);
    FUZZ_REQUIRE(stream != NULL);
    FUZZ_REQUIRE(print(set, (rg_sink){append, stream}) == RG_OK);
    FUZZ_REQUIRE(fclose(stream) == 0);
    return text;
}

static void check_dump(rg_context *context, const rg_rule_set *set)
{
    size_t dump_size;
    size_t size;
    size_t again_size;
    rg_rule_set *again = NULL;
    char *dump = printed(set, rg_rule_set_dump, &dump_size);
    char *canonical = printed(set, rg_rule_set_canonical, &size);
    FUZZ_REQUIRE(rg_rule_set_create(&again, context) == RG_OK);
    FUZZ_REQUIRE(rg_rule_set_load_text(again, (rg_string){dump, dump_size}, rg_string_from("dump.py")) == RG_OK);
    char *canonical_again = printed(again, rg_rule_set_canonical, &again_size);
    FUZZ_REQUIRE(size == again_size && memcmp(canonical, canonical_again, size) == 0);
    rg_rule_set_destroy(again);
    free(canonical_again);
    free(canonical);
    free(dump);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rg_context *context = fuzz_context();
    rg_rule_set *set = NULL;
    rg_string text = {(const char *)data, size};
    FUZZ_REQUIRE(rg_rule_set_create(&set, context) == RG_OK);
    if (rg_rule_set_load_text(set, text, rg_string_from("rules.py")) == RG_OK) {
        check_dump(context, set);
    } else {
        FUZZ_REQUIRE(rg_rule_set_count(set) == 0);
        FUZZ_REQUIRE(rg_context_diagnostic_count(context) > 0);
    }
    rg_rule_set_destroy(set);
    rg_context_destroy(context);
    return 0;
}

/*
 * fuzz_document.c: any bytes are a document or a diagnostic. A document prints as it was read, its graphs are valid,
 * and their types can be recomputed.
 */
#include "fuzz.h"

#include <regraft/regraft.h>

typedef struct comparison {
    const uint8_t *expected;
    size_t size;
    size_t at;
} comparison;

static rg_status compare(void *user, const char *data, size_t size)
{
    comparison *printed = user;
    FUZZ_REQUIRE(size <= printed->size - printed->at);
    FUZZ_REQUIRE(memcmp(printed->expected + printed->at, data, size) == 0);
    printed->at += size;
    return RG_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rg_context *context = fuzz_context();
    rg_document *document = NULL;
    rg_string text = {(const char *)data, size};
    rg_status status = rg_document_parse(&document, context, text, rg_string_from("input.py"));
    if (status == RG_OK) {
        comparison printed = {data, size, 0};
        FUZZ_REQUIRE(rg_document_print(document, NULL, (rg_sink){compare, &printed}) == RG_OK);
        FUZZ_REQUIRE(printed.at == size);
        for (size_t i = 0; i < rg_document_graph_count(document); i++) {
            rg_graph *graph = rg_document_graph(document, i);
            rg_infer_report report;
            FUZZ_REQUIRE(rg_graph_verify(graph) == RG_OK);
            (void)!rg_graph_infer_check(&report, graph, NULL, NULL);
        }
        rg_document_destroy(document);
    } else {
        FUZZ_REQUIRE(document == NULL);
        FUZZ_REQUIRE(rg_context_diagnostic_count(context) > 0);
    }
    rg_context_destroy(context);
    return 0;
}

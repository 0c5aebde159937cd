/*
 * fuzz_document.c: any bytes are a document or a diagnostic. What a document prints is a document again, which prints
 * the same; its graphs are valid, and their types can be recomputed. Without comments and log prefixes it still reads.
 */
#include "fuzz.h"

#include <regraft/regraft.h>

#include "base/buffer.h"

static rg_document *parse(rg_context *context, rg_string text)
{
    rg_document *document = NULL;
    rg_status status = rg_document_parse(&document, context, text, rg_string_from("input.py"));
    FUZZ_REQUIRE((status == RG_OK) == (document != NULL));
    FUZZ_REQUIRE(status == RG_OK || rg_context_diagnostic_count(context) > 0);
    return document;
}

static void print(rg_buffer *out, const rg_document *document, const rg_print_options *options)
{
    rg__buffer_init(out, rg__default_allocator());
    FUZZ_REQUIRE(rg_document_print(document, options, rg__buffer_sink(out)) == RG_OK);
}

static void check_graphs(const rg_document *document)
{
    for (size_t i = 0; i < rg_document_graph_count(document); i++) {
        rg_graph *graph = rg_document_graph(document, i);
        rg_infer_report report;
        FUZZ_REQUIRE(rg_graph_verify(graph) == RG_OK);
        (void)!rg_graph_infer_check(&report, graph, NULL, NULL);
    }
}

/* Print with `options`, read that, and print it again: the same bytes. */
static void check_printing(rg_context *context, const rg_document *document, const rg_print_options *options)
{
    rg_buffer first;
    rg_buffer second;
    print(&first, document, options);
    rg_document *again = parse(context, rg__buffer_string(&first));
    FUZZ_REQUIRE(again != NULL);
    FUZZ_REQUIRE(rg_document_graph_count(again) == rg_document_graph_count(document));
    print(&second, again, options);
    FUZZ_REQUIRE(rg_string_equal(rg__buffer_string(&first), rg__buffer_string(&second)));
    rg_document_destroy(again);
    rg__buffer_free(&first);
    rg__buffer_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rg_context *context = fuzz_context();
    rg_document *document = parse(context, (rg_string){(const char *)data, size});
    if (document != NULL) {
        rg_print_options bare = RG_PRINT_OPTIONS_INIT;
        bare.strip_log = true;
        bare.strip_comments = true;
        check_graphs(document);
        check_printing(context, document, NULL);
        check_printing(context, document, &bare);
        rg_document_destroy(document);
    }
    rg_context_destroy(context);
    return 0;
}

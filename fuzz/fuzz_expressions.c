/*
 * fuzz_expressions.c: any bytes are pattern expressions or diagnostics; what is read can be tried on a graph and
 * printed, and what is printed reads back as the same and prints the same.
 */
#include "fuzz.h"

#include <regraft/regraft.h>

static const char graph_text[] = "class G(torch.nn.Module):\n"
                                 "    def forward(self, a, b):\n"
                                 "        neg = torch.ops.aten.neg.default(a)\n"
                                 "        add = torch.ops.aten.add.Tensor(neg, b, alpha = 2)\n"
                                 "        split = torch.ops.aten.split.Tensor(add, 4, 1)\n"
                                 "        getitem = split[0]\n"
                                 "        getitem_1 = split[1]\n"
                                 "        cat = torch.ops.aten.cat.default([getitem, getitem_1, neg], 1)\n"
                                 "        relu = cat.relu()\n"
                                 "        return (relu, add)\n";

static rg_status append(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? RG_OK : RG_ERROR_IO;
}

static char *printed(const rg_expression *expression, size_t *size)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, size);
    FUZZ_REQUIRE(stream != NULL);
    FUZZ_REQUIRE(rg_expression_print(expression, (rg_sink){append, stream}) == RG_OK);
    FUZZ_REQUIRE(fclose(stream) == 0);
    return text;
}

static void check_printed(rg_context *context, const rg_expression *expression)
{
    size_t size;
    size_t again_size;
    char *text = printed(expression, &size);
    rg_expression_list *list = NULL;
    bool equal = false;
    FUZZ_REQUIRE(rg_expression_list_parse(&list, context, (rg_string){text, size}, rg_string_from("p.py")) == RG_OK);
    FUZZ_REQUIRE(rg_expression_list_count(list) == 1);
    const rg_expression *again = rg_expression_list_get(list, 0);
    FUZZ_REQUIRE(rg_expression_equal(&equal, expression, again) == RG_OK);
    char *text_again = printed(again, &again_size);
    FUZZ_REQUIRE(size == again_size && memcmp(text, text_again, size) == 0);
    free(text_again);
    free(text);
    rg_expression_list_destroy(list);
}

static void try_everywhere(rg_context *context, const rg_expression *expression, rg_graph *graph)
{
    rg_expression_matcher *matcher = NULL;
    FUZZ_REQUIRE(rg_expression_matcher_create(&matcher, context, expression, NULL) == RG_OK);
    for (rg_node node = rg_graph_first(graph); !rg_node_is_null(node); node = rg_graph_next(graph, node)) {
        bool matched = false;
        FUZZ_REQUIRE(rg_expression_matcher_try(&matched, matcher, graph, node) == RG_OK);
        FUZZ_REQUIRE(matched == (rg_expression_matcher_failure(matcher).reason == RG_EXPRESSION_REASON_NONE));
    }
    rg_expression_matcher_destroy(matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rg_context *context = fuzz_context();
    rg_expression_list *list = NULL;
    rg_graph *graph = NULL;
    rg_string text = {(const char *)data, size};
    FUZZ_REQUIRE(rg_graph_parse(&graph, context, rg_string_from(graph_text), rg_string_from("g.py")) == RG_OK);
    if (rg_expression_list_parse(&list, context, text, rg_string_from("patterns.py")) == RG_OK) {
        for (size_t i = 0; i < rg_expression_list_count(list); i++) {
            try_everywhere(context, rg_expression_list_get(list, i), graph);
            check_printed(context, rg_expression_list_get(list, i));
        }
    } else {
        FUZZ_REQUIRE(list == NULL);
        FUZZ_REQUIRE(rg_context_diagnostic_count(context) > 0);
    }
    rg_expression_list_destroy(list);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
    return 0;
}

/* Files: several graphs, text around them, logs, line ends, colours, reading and writing: text/document.c, excerpt.c,
 * file.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "support/text_reading.h"

#define CLASS  "class GraphModule(torch.nn.Module):\n"
#define BODY   "    def forward(self, x):\n        y = x.relu();  x = None\n        return y\n"
#define GRAPH  CLASS BODY
#define PREFIX "V1121 20:00:00.123000 77 torch/a.py:12] [0/0] [__graph_code] "

static rg_context *new_context(void)
{
    rg_context *context;
    assert_int_equal(rg_context_create(&context, NULL), RG_OK);
    return context;
}

static void assert_document(const char *text, size_t graphs, const char *stripped)
{
    rg_context *context = new_context();
    rg_document *document = read_document(context, text);
    rg_print_options options = RG_PRINT_OPTIONS_INIT;
    assert_int_equal(rg_document_graph_count(document), graphs);
    assert_string_equal(printed_document(document, NULL), text);
    options.strip_log = true;
    assert_string_equal(printed_document(document, &options), stripped);
    for (size_t i = 0; i < graphs; i++) {
        assert_int_equal(rg_graph_verify(rg_document_graph(document, i)), RG_OK);
    }
    assert_null(rg_document_graph(document, graphs));
    rg_document_destroy(document);
    rg_context_destroy(context);
}

static void test_several_graphs(void **state)
{
    (void)state;
    assert_document(GRAPH, 1, GRAPH);
    assert_document(GRAPH GRAPH, 2, GRAPH GRAPH);
    assert_document("some output\n" GRAPH "\n\nmore: class A\n" GRAPH "end", 2, GRAPH GRAPH);
    assert_document("\n\n" GRAPH "\n   \n", 1, GRAPH);
    assert_document("class Runner:\n    def call(self): pass\n" GRAPH, 1, GRAPH);
    assert_document("\xef\xbb\xbf" GRAPH, 1, GRAPH);
    /* no line end at the end of the file */
    assert_document(CLASS "    def forward(self, x):\n        return x", 1,
                    CLASS "    def forward(self, x):\n        return x");
    /* indented as a whole */
    assert_document("ExportedProgram:\n    class A(torch.nn.Module):\n        def forward(self, x):\n"
                    "            # why\n    \n            return x\n    \nGraph signature:\n    # inputs\n",
                    1, "class A(torch.nn.Module):\n    def forward(self, x):\n        # why\n\n        return x\n");
}

static void test_logs(void **state)
{
    (void)state;
    assert_document(PREFIX "TRACED GRAPH\n" PREFIX " ===== __compiled_fn_1 =====\n" PREFIX
                           " /usr/lib/a.py class GraphModule(torch.nn.Module):\n" PREFIX
                           "    def forward(self, x):\n" PREFIX "        # File: a.py:1\n" PREFIX
                           "        y = x.relu();  x = None\n" PREFIX "        return y\n" PREFIX "        \n" PREFIX
                           "\n",
                    1,
                    CLASS "    def forward(self, x):\n        # File: a.py:1\n"
                          "        y = x.relu();  x = None\n        return y\n");
    /* a class line without heading, another record between, lines without prefix after */
    assert_document(
        PREFIX "class <lambda>(torch.nn.Module):\n" PREFIX "    def forward(self, x):\n" PREFIX "        return x\n"
               "I1121 20:00:01.000000 77 torch/b.py:3] other\n" PREFIX "class GraphModule(torch.nn.Module):\n" PREFIX
               "    def forward(self):\n" PREFIX "        return None\nplain\n",
        2,
        "class <lambda>(torch.nn.Module):\n    def forward(self, x):\n        return x\n" CLASS
        "    def forward(self):\n        return None\n");
    /* blank lines whose trailing blank an editor has removed */
    assert_document("[rank0]: class A(torch.nn.Module):\n[rank0]:     def forward(self, x):\n[rank0]:\n"
                    "[rank0]:         return x\n",
                    1, "class A(torch.nn.Module):\n    def forward(self, x):\n\n        return x\n");
    /* a structured trace */
    assert_document("V1121 {\"graph\": {}}\n\tclass A(torch.nn.Module):\n\t    def forward(self, x):\n\t\n"
                    "\t        return x\n\t\nV1121 {}\n",
                    1, "class A(torch.nn.Module):\n    def forward(self, x):\n\n        return x\n");
    /* a class line in a log that no function follows is text, as is one of another base */
    assert_document(PREFIX "see class A(torch.nn.Module):\n" PREFIX "nothing\n" GRAPH PREFIX "class B(Rule):\n", 1,
                    GRAPH);
}

static void test_line_ends(void **state)
{
    (void)state;
    assert_document("class A(torch.nn.Module):\r\n    def forward(self, x):\r\n        # why\r\n"
                    "        y = f(x);  x = None\r\n        return y\r\n",
                    1,
                    "class A(torch.nn.Module):\r\n    def forward(self, x):\r\n        # why\r\n"
                    "        y = f(x);  x = None\r\n        return y\r\n");
    /* mixed */
    assert_document("class A(torch.nn.Module):\n    def forward(self, x):\r\n        # why\r\n\n"
                    "        y = f(x);  x = None\r\n        return y\n",
                    1,
                    "class A(torch.nn.Module):\n    def forward(self, x):\r\n        # why\r\n\n"
                    "        y = f(x);  x = None\r\n        return y\n");
}

#define RED   "\x1b[31m"
#define DIM   "\x1b[2m"
#define RESET "\x1b[0m"

static const char coloured[] = CLASS "    def forward(self, x: \"" RED "f32" RESET "[2]\"):\n"
                                     "        " DIM "# File: a.py:1" RESET "\n"
                                     "        y: \"" RED "f32" RESET "[2]\" = f(x);  " DIM "x = None" RESET "\n"
                                     "        z: \"" RED "f32" RESET "[2]\" = g(y);  " DIM "y = None" RESET "\n"
                                     "        return z\n";

static void test_colours(void **state)
{
    rg_context *context = new_context();
    rg_document *document = read_document(context, coloured);
    rg_graph *graph = rg_document_graph(document, 0);
    (void)state;
    assert_document(coloured, 1,
                    CLASS "    def forward(self, x: \"f32[2]\"):\n"
                          "        # File: a.py:1\n"
                          "        y: \"f32[2]\" = f(x);  x = None\n"
                          "        z: \"f32[2]\" = g(y);  y = None\n"
                          "        return z\n");
    /* a line that changes loses its colours, others keep them */
    rg_node z = rg_graph_find(graph, rg_string_from("z"));
    assert_int_equal(rg_graph_set_argument(graph, z, 0, rg_value_none()), RG_OK);
    assert_string_equal(printed_graph(graph), CLASS "    def forward(self, x: \"" RED "f32" RESET "[2]\"):\n"
                                                    "        " DIM "# File: a.py:1" RESET "\n"
                                                    "        y: \"f32[2]\" = f(x);  x = y = None\n"
                                                    "        z: \"f32[2]\" = g(None)\n"
                                                    "        return z\n");
    rg_document_destroy(document);
    rg_context_destroy(context);
}

/* Where the indentation is another one, whole lines are not kept: they would not go together with printed ones. */
static void test_other_indentation(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, "class A(torch.nn.Module):\n"
                                          "  wrap('f')\n"
                                          "  def __init__(self):\n"
                                          "\tpass\n"
                                          "\n"
                                          "  def forward(self, X):  # why\n"
                                          "    x = X\n"
                                          "    # a comment\n"
                                          "    \"\"\"\n"
                                          "    metadata\n"
                                          "    \"\"\"\n"
                                          "    a = f(" RED "x" RESET ", Max(1, s1))\n"
                                          "    return (\n"
                                          "      a,  # first\n"
                                          "    )\n"
                                          "  class inner(torch.nn.Module):\n"
                                          "   def forward(self):\n"
                                          "    return 1\n");
    (void)state;
    static const char printed[] = "class A(torch.nn.Module):\n"
                                  "    wrap('f')\n"
                                  "    def __init__(self):\n"
                                  "          pass\n"
                                  "\n"
                                  "    def forward(self, X):\n"
                                  "        x = X\n"
                                  "        # a comment\n"
                                  "        \"\"\"\n"
                                  "        metadata\n"
                                  "        \"\"\"\n"
                                  "        a = f(x, s1)\n"
                                  "        return (a,)\n"
                                  "    class inner(torch.nn.Module):\n"
                                  "        def forward(self):\n"
                                  "            return 1\n";
    assert_string_equal(printed_graph(graph), printed);
    rg_graph *again = read_graph(context, printed);
    assert_string_equal(printed_graph(again), printed);
    rg_graph_destroy(again);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* Statements that share a line, or take two, are not kept by their lines. */
static void test_coloured_parts(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, CLASS "    def forward(self, x):\n"
                                                "        a = f(" RED "1" RESET "); b = g(" RED "2" RESET ")\n"
                                                "        x += " RED "1" RESET "\n"
                                                "        c = x\n"
                                                "        return (a, b, c)\n");
    (void)state;
    assert_string_equal(printed_graph(graph), CLASS "    def forward(self, x):\n"
                                                    "        a = f(1)\n"
                                                    "        b = g(2)\n"
                                                    "        x += 1;  c = x\n"
                                                    "        return (a, b, c)\n");
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

static void test_without_comments(void **state)
{
    static const char text[] = CLASS "    torch.fx._symbolic_trace.wrap(\"f\")\n"
                                     "    # about the function\n"
                                     "\n"
                                     "    def forward(self, x):  # here\n"
                                     "        # before\n"
                                     "        \"\"\"\n"
                                     "        stack: 'f'\n"
                                     "        \"\"\"\n"
                                     "        y = f(x);  x = None  # behind\n"
                                     "\n"
                                     "        return y  # last\n"
                                     "        \n"
                                     "    class inner(torch.nn.Module):\n"
                                     "        def forward(\n"
                                     "            self,\n"
                                     "            x,  # an input\n"
                                     "        ):\n"
                                     "            return (\n"
                                     "                x,  # a result\n"
                                     "            )\n";
    rg_context *context = new_context();
    rg_document *document = read_document(context, text);
    rg_print_options options = RG_PRINT_OPTIONS_INIT;
    (void)state;
    assert_string_equal(printed_document(document, NULL), text);
    options.strip_comments = true;
    assert_string_equal(printed_document(document, &options), CLASS "    torch.fx._symbolic_trace.wrap(\"f\")\n"
                                                                    "    def forward(self, x):\n"
                                                                    "        y = f(x);  x = None\n"
                                                                    "        return y\n"
                                                                    "    class inner(torch.nn.Module):\n"
                                                                    "        def forward(\n"
                                                                    "            self,\n"
                                                                    "            x,\n"
                                                                    "        ):\n"
                                                                    "            return (x,)\n");
    rg_document_destroy(document);
    rg_context_destroy(context);
}

/* What black makes of a dump is read, and printed as FX prints. */
static void test_black(void **state)
{
    static const char text[] = "class GraphModule(torch.nn.Module):\n"
                               "    def forward(\n"
                               "        self,\n"
                               "        arg0_1: \"f32[2, 4][4, 1]cpu\",\n"
                               "    ):\n"
                               "        empty: \"f32[2][1]cpu\" = torch.ops.aten.empty.memory_format(\n"
                               "            [2],\n"
                               "            dtype=torch.float32,\n"
                               "            device=device(type=\"cpu\"),\n"
                               "        )\n"
                               "        mul: \"f32[2, 4][4, 1]cpu\" = torch.ops.aten.mul.Tensor(arg0_1, empty)\n"
                               "        arg0_1 = empty = None\n"
                               "        return (\n"
                               "            mul,\n"
                               "            [None],\n"
                               "        )\n";
    static const char printed[] =
        "class GraphModule(torch.nn.Module):\n"
        "    def forward(\n"
        "        self,\n"
        "        arg0_1: \"f32[2, 4][4, 1]cpu\",\n"
        "    ):\n"
        "        empty: \"f32[2][1]cpu\" = torch.ops.aten.empty.memory_format([2], dtype = torch.float32, device = "
        "device(type='cpu'))\n"
        "        mul: \"f32[2, 4][4, 1]cpu\" = torch.ops.aten.mul.Tensor(arg0_1, empty)\n"
        "        arg0_1 = empty = None\n"
        "        return (mul, [None])\n";
    rg_context *context = new_context();
    rg_graph *graph = read_graph(context, text);
    (void)state;
    assert_string_equal(printed_graph(graph), printed);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* ---- ownership ---- */

static void test_taking_graphs(void **state)
{
    rg_context *context = new_context();
    rg_document *document = read_document(context, "before\n" GRAPH "between\n" GRAPH "after\n");
    (void)state;
    rg_graph *graph = rg_document_take_graph(document, 0);
    assert_non_null(graph);
    assert_null(rg_document_graph(document, 0));
    assert_null(rg_document_take_graph(document, 0));
    assert_null(rg_document_take_graph(document, 2));
    assert_int_equal(rg_document_graph_count(document), 2);
    assert_string_equal(printed_document(document, NULL), "before\nbetween\n" GRAPH "after\n");
    rg_document_destroy(document);
    assert_string_equal(printed_graph(graph), GRAPH);
    rg_graph_destroy(graph);
    rg_document_destroy(NULL);
    rg_context_destroy(context);
}

static void test_one_graph(void **state)
{
    rg_context *context = new_context();
    rg_graph *graph;
    (void)state;
    assert_int_equal(rg_graph_parse(&graph, context, rg_string_from(GRAPH GRAPH), rg_string_from("two.py")),
                     RG_ERROR_SYNTAX);
    assert_null(graph);
    assert_string_equal(printed_diagnostics(context), "error: a text of 2 graphs, where one is expected\n");
    rg_context_destroy(context);
}

/* The text need not outlive the call. */
static void test_text_is_copied(void **state)
{
    rg_context *context = new_context();
    char text[] =
        "before\n" PREFIX "class A(torch.nn.Module):\n" PREFIX "    def forward(self, x: \"what[ever]\"):\n" PREFIX
        "        # why\n" PREFIX "        y = f(x, 'text', k = s0);  x = None\n" PREFIX "        return y\n";
    char copy[sizeof(text)];
    rg_document *document;
    (void)state;
    memcpy(copy, text, sizeof(text));
    assert_int_equal(rg_document_parse(&document, context, rg_string_from(text), rg_string_from("test.py")), RG_OK);
    memset(text, 'x', sizeof(text) - 1);
    assert_string_equal(printed_document(document, NULL), copy);
    rg_document_destroy(document);
    rg_context_destroy(context);
}

/* ---- files ---- */

static void make_folder(char *folder)
{
    assert_non_null(mkdtemp(folder));
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void count_file(const char *path, void *user)
{
    (void)path;
    ++*(size_t *)user;
}

static void test_files(void **state)
{
    char folder[] = "/tmp/regraft-test-XXXXXX";
    char path[256];
    char other[256];
    rg_context *context = new_context();
    rg_document *document;
    size_t files = 0;
    struct stat status;
    (void)state;
    make_folder(folder);
    (void)snprintf(path, sizeof(path), "%s/in.py", folder);
    (void)snprintf(other, sizeof(other), "%s/out.py", folder);
    write_text(path, "text\n" GRAPH);
    assert_int_equal(rg_document_read(&document, context, path), RG_OK);
    assert_int_equal(rg_document_write(document, NULL, other), RG_OK);
    rg_string text = read_file(other);
    assert_string_equal(text.data, "text\n" GRAPH);
    free((char *)(uintptr_t)text.data);

    /* over an existing file, whose permissions stay */
    assert_int_equal(chmod(other, 0640), 0);
    assert_int_equal(rg_graph_write(rg_document_graph(document, 0), NULL, other), RG_OK);
    text = read_file(other);
    assert_string_equal(text.data, GRAPH);
    free((char *)(uintptr_t)text.data);
    assert_int_equal(stat(other, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);

    /* nothing is left beside it */
    (void)visit_files(folder, "", count_file, &files);
    assert_int_equal(files, 2);
    rg_document_destroy(document);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(unlink(other), 0);
    assert_int_equal(rmdir(folder), 0);
    rg_context_destroy(context);
}

static void test_file_errors(void **state)
{
    char folder[] = "/tmp/regraft-test-XXXXXX";
    char path[256];
    rg_context *context = new_context();
    rg_document *document;
    rg_graph *graph = read_graph(context, GRAPH);
    (void)state;
    make_folder(folder);
    (void)snprintf(path, sizeof(path), "%s/missing/in.py", folder);
    assert_int_equal(rg_document_read(&document, context, path), RG_ERROR_IO);
    assert_null(document);
    assert_int_equal(rg_document_read(&document, context, folder), RG_ERROR_IO);
    assert_int_equal(rg_graph_write(graph, NULL, path), RG_ERROR_IO);
    /* a folder cannot be replaced by a file; the temporary goes */
    assert_int_equal(rg_graph_write(graph, NULL, folder), RG_ERROR_IO);
    assert_int_equal(rg_context_diagnostic_count(context), 4);
    assert_non_null(strstr(rg_context_diagnostic(context, 0)->message.data, "cannot open"));
    assert_non_null(strstr(rg_context_diagnostic(context, 2)->message.data, "cannot write"));
    assert_int_equal(rmdir(folder), 0);
    rg_graph_destroy(graph);
    rg_context_destroy(context);
}

/* "-" is standard input and output. */
static void test_standard_streams(void **state)
{
    char path[] = "/tmp/regraft-test-XXXXXX";
    rg_context *context = new_context();
    rg_document *document;
    (void)state;
    int file = mkstemp(path);
    assert_true(file >= 0);
    write_text(path, GRAPH);
    int input = dup(STDIN_FILENO);
    int output = dup(STDOUT_FILENO);
    assert_int_equal(dup2(file, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(rg_document_read(&document, context, "-"), RG_OK);
    assert_int_equal(ftruncate(file, 0), 0);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    (void)fflush(stdout);
    assert_int_equal(dup2(file, STDOUT_FILENO), STDOUT_FILENO);
    rg_status status = rg_document_write(document, NULL, "-");
    assert_int_equal(dup2(output, STDOUT_FILENO), STDOUT_FILENO);
    assert_int_equal(dup2(input, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(status, RG_OK);
    rg_string text = read_file(path);
    assert_string_equal(text.data, GRAPH);
    free((char *)(uintptr_t)text.data);
    (void)close(input);
    (void)close(output);
    (void)close(file);
    assert_int_equal(unlink(path), 0);
    rg_document_destroy(document);
    rg_context_destroy(context);
}

/* ---- sizes ---- */

/* A graph of many nodes, children and graphs takes time in proportion. */
static void test_large_documents(void **state)
{
    rg_context *context = new_context();
    rg_buffer text;
    (void)state;
    rg__buffer_init(&text, rg__default_allocator());
    for (int graph = 0; graph < 300; graph++) {
        rg__buffer_append_text(&text, "line\n" PREFIX "class A(torch.nn.Module):\n" PREFIX
                                      "    def forward(self, x0: \"f32[2]\"):\n");
        for (int i = 1; i < 50; i++) {
            rg__buffer_append_format(&text, PREFIX "        # %d\n" PREFIX "        x%d = f(x%d);  x%d = None\n", i, i,
                                     i - 1, i - 1);
        }
        rg__buffer_append_text(&text, PREFIX "        return x49\n");
    }
    rg_document *document = read_document(context, rg__buffer_string(&text).data);
    assert_int_equal(rg_document_graph_count(document), 300);
    assert_string_equal(printed_document(document, NULL), rg__buffer_string(&text).data);
    rg_document_destroy(document);
    rg__buffer_free(&text);
    rg_context_destroy(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several_graphs),    cmocka_unit_test(test_logs),
        cmocka_unit_test(test_line_ends),         cmocka_unit_test(test_colours),
        cmocka_unit_test(test_other_indentation), cmocka_unit_test(test_coloured_parts),
        cmocka_unit_test(test_without_comments),  cmocka_unit_test(test_black),
        cmocka_unit_test(test_taking_graphs),     cmocka_unit_test(test_one_graph),
        cmocka_unit_test(test_text_is_copied),    cmocka_unit_test(test_files),
        cmocka_unit_test(test_file_errors),       cmocka_unit_test(test_standard_streams),
        cmocka_unit_test(test_large_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * graph_name.c: names of nodes: checking given ones, deriving the others as torch.fx does.
 *
 * FX's rule: take the op's own name, put an underscore before capitals that follow small letters and make them small,
 * turn every run of other characters into one underscore. A taken or reserved name gets a number: one more than the
 * last number given for the same base, where `relu_1` has base `relu` (torch.fx.graph, _Namespace).
 */
#include "ir/graph_impl.h"

#include <stdlib.h>

/* Names that FX does not give to a node: Python's keywords, its builtins, and what generated code imports. Sorted. */
static const char *const reserved[] = {"ArithmeticError",
                                       "AssertionError",
                                       "AttributeError",
                                       "BaseException",
                                       "BaseExceptionGroup",
                                       "BlockingIOError",
                                       "BrokenPipeError",
                                       "BufferError",
                                       "BytesWarning",
                                       "ChildProcessError",
                                       "ConnectionAbortedError",
                                       "ConnectionError",
                                       "ConnectionRefusedError",
                                       "ConnectionResetError",
                                       "DeprecationWarning",
                                       "EOFError",
                                       "Ellipsis",
                                       "EncodingWarning",
                                       "EnvironmentError",
                                       "Exception",
                                       "ExceptionGroup",
                                       "False",
                                       "FileExistsError",
                                       "FileNotFoundError",
                                       "FloatingPointError",
                                       "FutureWarning",
                                       "GeneratorExit",
                                       "IOError",
                                       "ImportError",
                                       "ImportWarning",
                                       "IndentationError",
                                       "IndexError",
                                       "InterruptedError",
                                       "IsADirectoryError",
                                       "KeyError",
                                       "KeyboardInterrupt",
                                       "LookupError",
                                       "MemoryError",
                                       "ModuleNotFoundError",
                                       "NameError",
                                       "None",
                                       "NoneType",
                                       "NotADirectoryError",
                                       "NotImplemented",
                                       "NotImplementedError",
                                       "OSError",
                                       "OverflowError",
                                       "PendingDeprecationWarning",
                                       "PermissionError",
                                       "ProcessLookupError",
                                       "RecursionError",
                                       "ReferenceError",
                                       "ResourceWarning",
                                       "RuntimeError",
                                       "RuntimeWarning",
                                       "StopAsyncIteration",
                                       "StopIteration",
                                       "SyntaxError",
                                       "SyntaxWarning",
                                       "SystemError",
                                       "SystemExit",
                                       "TabError",
                                       "TimeoutError",
                                       "True",
                                       "TypeError",
                                       "UnboundLocalError",
                                       "UnicodeDecodeError",
                                       "UnicodeEncodeError",
                                       "UnicodeError",
                                       "UnicodeTranslateError",
                                       "UnicodeWarning",
                                       "UserWarning",
                                       "ValueError",
                                       "Warning",
                                       "ZeroDivisionError",
                                       "__build_class__",
                                       "__debug__",
                                       "__doc__",
                                       "__import__",
                                       "__loader__",
                                       "__name__",
                                       "__package__",
                                       "__spec__",
                                       "abs",
                                       "aiter",
                                       "all",
                                       "and",
                                       "anext",
                                       "any",
                                       "as",
                                       "ascii",
                                       "assert",
                                       "async",
                                       "await",
                                       "bin",
                                       "bool",
                                       "break",
                                       "breakpoint",
                                       "bytearray",
                                       "bytes",
                                       "callable",
                                       "chr",
                                       "class",
                                       "classmethod",
                                       "compile",
                                       "complex",
                                       "continue",
                                       "copyright",
                                       "credits",
                                       "def",
                                       "del",
                                       "delattr",
                                       "device",
                                       "dict",
                                       "dir",
                                       "divmod",
                                       "elif",
                                       "else",
                                       "enumerate",
                                       "eval",
                                       "except",
                                       "exec",
                                       "exit",
                                       "filter",
                                       "finally",
                                       "float",
                                       "for",
                                       "format",
                                       "from",
                                       "frozenset",
                                       "fx_pytree",
                                       "getattr",
                                       "global",
                                       "globals",
                                       "hasattr",
                                       "hash",
                                       "help",
                                       "hex",
                                       "id",
                                       "if",
                                       "import",
                                       "in",
                                       "inf",
                                       "input",
                                       "int",
                                       "is",
                                       "isinstance",
                                       "issubclass",
                                       "iter",
                                       "lambda",
                                       "len",
                                       "license",
                                       "list",
                                       "locals",
                                       "map",
                                       "max",
                                       "memoryview",
                                       "min",
                                       "nan",
                                       "next",
                                       "nonlocal",
                                       "not",
                                       "object",
                                       "oct",
                                       "open",
                                       "or",
                                       "ord",
                                       "pass",
                                       "pow",
                                       "print",
                                       "property",
                                       "pytree",
                                       "quit",
                                       "raise",
                                       "range",
                                       "repr",
                                       "return",
                                       "reversed",
                                       "round",
                                       "set",
                                       "setattr",
                                       "slice",
                                       "sorted",
                                       "staticmethod",
                                       "str",
                                       "sum",
                                       "super",
                                       "torch",
                                       "try",
                                       "tuple",
                                       "type",
                                       "vars",
                                       "while",
                                       "with",
                                       "yield",
                                       "zip"};

static const char *const keywords[] = {"False",  "None",   "True",    "and",      "as",       "assert", "async",
                                       "await",  "break",  "class",   "continue", "def",      "del",    "elif",
                                       "else",   "except", "finally", "for",      "from",     "global", "if",
                                       "import", "in",     "is",      "lambda",   "nonlocal", "not",    "or",
                                       "pass",   "raise",  "return",  "try",      "while",    "with",   "yield"};

/* A name under construction: `size` bytes of it are the base, when it has a number. */
typedef struct split_name {
    rg_string base;
    bool has_number;
    uint32_t number;
} split_name;

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static bool is_listed(const char *name, const char *const *list, size_t count)
{
    return bsearch(name, list, count, sizeof(*list), compare_names) != NULL;
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* "relu_12" -> "relu", 12. A number that does not fit is part of the base. */
static split_name split(rg_string name)
{
    split_name result = {name, false, 0};
    size_t at = name.size;
    while (at > 0 && is_digit(name.data[at - 1])) {
        at--;
    }
    int64_t number = 0;
    if (at >= 2 && at < name.size && name.data[at - 1] == '_' &&
        rg__parse_int((rg_string){name.data + at, name.size - at}, &number) && number < UINT32_MAX / 2) {
        result.base.size = at - 1;
        result.has_number = true;
        result.number = (uint32_t)number;
    }
    return result;
}

bool rg__name_is_reserved(const char *name)
{
    return is_listed(name, reserved, sizeof(reserved) / sizeof(reserved[0]));
}

/* The part of an op's name that FX uses. */
static rg_string op_base(const rg_context *context, rg_op op, rg_string target)
{
    rg_op_kind kind = rg_op_get_kind(context, op);
    rg_string name = kind <= RG_OP_CALL_MODULE && kind != RG_OP_OUTPUT ? target : rg_op_name(context, op);
    if (kind <= RG_OP_CALL_MODULE) {
        return name;
    }
    const char *dot = kind == RG_OP_OVERLOAD ? memchr(name.data, '.', name.size) : NULL;
    for (size_t i = name.size; i > 0 && dot == NULL; i--) {
        dot = name.data[i - 1] == '.' ? name.data + i - 1 : NULL;
    }
    if (dot != NULL) {
        name = (rg_string){dot + 1, name.size - (size_t)(dot + 1 - name.data)};
    }
    bool is_magic = name.size > 4 && memcmp(name.data, "__", 2) == 0 && memcmp(name.data + name.size - 2, "__", 2) == 0;
    return is_magic ? (rg_string){name.data + 2, name.size - 4} : name;
}

static void append_sanitised(rg_buffer *out, rg_string text)
{
    for (size_t i = 0; i < text.size; i++) {
        char character = text.data[i];
        bool is_capital = character >= 'A' && character <= 'Z';
        if (is_capital && i > 0 && text.data[i - 1] >= 'a' && text.data[i - 1] <= 'z') {
            rg__buffer_append_char(out, '_');
        }
        if (is_letter(character) || is_digit(character)) {
            rg__buffer_append_char(out, is_capital ? (char)(character + ('a' - 'A')) : character);
        } else if (i == 0 || is_letter(text.data[i - 1]) || is_digit(text.data[i - 1])) {
            rg__buffer_append_char(out, '_');
        }
    }
}

static bool is_taken(const rg_graph *graph, uint32_t name)
{
    uint32_t ignored;
    return rg__map_find(&graph->nodes_by_name, name, &ignored);
}

/* The number of the last node in the list whose name is the base with a number; 0: there is none. It is what the map
 * would hold if the graph had been read. */
static uint32_t last_number(const rg_graph *graph, rg_string base)
{
    uint32_t number = 0;
    for (uint32_t id = graph->next[0]; id != 0; id = graph->next[id]) {
        rg_string name = rg__string_get(graph->context, graph->names[id]);
        if (name.size > base.size && name.data[base.size] == '_' && memcmp(name.data, base.data, base.size) == 0) {
            split_name parts = split(name);
            number = parts.has_number && parts.base.size == base.size ? parts.number : number;
        }
    }
    return number;
}

void rg__graph_forget_numbers(rg_graph *graph)
{
    rg__map_clear(&graph->name_numbers);
    for (uint32_t i = 0; i < graph->children.count; i++) {
        rg__graph_forget_numbers(graph->children.items[i]);
    }
}

/* ---- deriving ---- */

/* Intern what an op or target gives for a name, before it is numbered; 0 when memory is out. */
static uint32_t intern_sanitised(rg_context *context, rg_string base)
{
    rg_buffer text;
    rg__buffer_init(&text, &context->allocator);
    if (base.size != 0 && is_digit(base.data[0])) {
        rg__buffer_append_char(&text, '_');
    }
    append_sanitised(&text, base);
    if (base.size == 0) {
        rg__buffer_append_text(&text, "_unnamed");
    }
    uint32_t id = text.failed ? 0 : rg__string_id(context, rg__buffer_string(&text));
    rg__buffer_free(&text);
    return id;
}

/* The same, asked once for each op that has no target. */
static uint32_t find_stem(rg_context *context, rg_op op, rg_string target)
{
    uint32_t stem = 0;
    if (target.size != 0 || rg__map_find(&context->name_stems, op.id, &stem)) {
        return target.size != 0 ? intern_sanitised(context, op_base(context, op, target)) : stem;
    }
    stem = intern_sanitised(context, op_base(context, op, target));
    return stem != 0 && rg__map_set(&context->allocator, &context->name_stems, op.id, stem) ? stem : 0;
}

/* Number a name until it is free. */
static rg_status make_unique(rg_name_choice *choice, const rg_graph *graph, uint32_t number)
{
    rg_context *context = graph->context;
    rg_buffer candidate;
    rg__buffer_init(&candidate, &context->allocator);
    rg__buffer_append(&candidate, rg__string_get(context, choice->base));
    size_t base_size = candidate.size;
    do {
        number++;
        candidate.size = base_size;
        rg__buffer_append_char(&candidate, '_');
        rg__buffer_append_int(&candidate, number);
        choice->name = candidate.failed ? 0 : rg__string_id(context, rg__buffer_string(&candidate));
    } while (choice->name != 0 && is_taken(graph, choice->name));
    choice->number = number;
    rg__buffer_free(&candidate);
    return choice->name == 0 ? rg__report_memory(context) : RG_OK;
}

/* The last number given for the base of a name, if any was since the numbers were forgotten. */
static bool find_number(uint32_t *out, const rg_graph *graph, uint32_t base)
{
    *out = 0;
    return rg__map_find(&graph->name_numbers, base, out);
}

/* Take a name apart. */
static rg_status choose(rg_name_choice *out, bool *has_number, rg_graph *graph, uint32_t name)
{
    split_name parts = split(rg__string_get(graph->context, name));
    *has_number = parts.has_number;
    *out = (rg_name_choice){.name = name, .base = name, .number = parts.number};
    if (parts.has_number) {
        out->base = rg__string_id(graph->context, parts.base);
        return out->base == 0 ? rg__report_memory(graph->context) : RG_OK;
    }
    (void)find_number(&out->number, graph, name);
    return RG_OK;
}

rg_status rg__graph_derive_name(rg_name_choice *out, rg_graph *graph, rg_op op, rg_string target)
{
    rg_context *context = graph->context;
    bool has_number = false;
    uint32_t number = 0;
    uint32_t stem = find_stem(context, op, target);
    rg_status status = stem == 0 ? rg__report_memory(context) : choose(out, &has_number, graph, stem);
    if (status != RG_OK) {
        return status;
    }
    bool taken = is_taken(graph, stem);
    if (!taken && (has_number || !rg__name_is_reserved(rg__string_get(context, stem).data))) {
        return RG_OK;
    }
    if (!find_number(&number, graph, out->base)) {
        number = last_number(graph, rg__string_get(context, out->base));
    }
    return make_unique(out, graph, number);
}

/* ---- given names ---- */

rg_status rg__graph_check_name(rg_name_choice *out, rg_graph *graph, rg_string name)
{
    rg_context *context = graph->context;
    int shown = (int)(name.size > 200 ? 200 : name.size);
    bool has_number = false;
    bool fits = name.size != 0 && !is_digit(name.data[0]);
    for (size_t i = 0; i < name.size && fits; i++) {
        fits = is_letter(name.data[i]) || is_digit(name.data[i]) || (unsigned char)name.data[i] >= 0x80;
    }
    uint32_t id = rg__string_id(context, name);
    if (id == 0) {
        return rg__report_memory(context);
    }
    if (!fits || is_listed(rg__string_get(context, id).data, keywords, sizeof(keywords) / sizeof(keywords[0]))) {
        return rg__report(context, RG_ERROR_NAME, "'%.*s' cannot be a node's name", shown, name.data);
    }
    if (is_taken(graph, id)) {
        return rg__report(context, RG_ERROR_NAME, "there is already a node named '%.*s'", shown, name.data);
    }
    return choose(out, &has_number, graph, id);
}

void rg__graph_hand_name_on(rg_graph *graph, uint32_t id, uint32_t heir)
{
    /* The name is in the map, so no room is needed. */
    (void)rg__map_set(&graph->context->allocator, &graph->nodes_by_name, graph->names[id], heir);
    graph->names[id] = 0;
}

rg_status rg__graph_claim_name(rg_graph *graph, rg_name_choice choice, uint32_t id)
{
    rg_context *context = graph->context;
    if (!rg__map_set(&context->allocator, &graph->nodes_by_name, choice.name, id)) {
        return rg__report_memory(context);
    }
    if (!rg__map_set(&context->allocator, &graph->name_numbers, choice.base, choice.number)) {
        (void)rg__map_remove(&graph->nodes_by_name, choice.name);
        return rg__report_memory(context);
    }
    return RG_OK;
}

/*
 * trace_table.c: the table of torch-level functions, binding of arguments to parameters, and calls of torch.ops.
 */
#include "rule/trace_table.h"

#include "ir/context_impl.h"

static const rg_trace_family *const families[] = {
    &rg__trace_arithmetic, &rg__trace_activation,    &rg__trace_conversion, &rg__trace_reduction, &rg__trace_matmul,
    &rg__trace_view,       &rg__trace_normalization, &rg__trace_join,       &rg__trace_creation,  &rg__trace_lookup,
    &rg__trace_python,     &rg__trace_check,         &rg__trace_repetition,
};

const rg_trace_row *rg__trace_find(uint32_t place, rg_string name)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        size_t count = (families[i]->places & place) != 0 ? families[i]->count : 0;
        for (size_t j = 0; j < count; j++) {
            const rg_trace_row *row = &families[i]->rows[j];
            if ((row->places & place) != 0 && rg_string_equal(rg_string_from(row->name), name)) {
                return row;
            }
        }
    }
    return NULL;
}

/* ---- arguments to parameters ---- */

typedef struct parameter {
    rg_string name;
    rg_string alias;
    bool optional;
    bool takes_rest;
} parameter;

static uint32_t parse_signature(const char *signature, parameter *parameters)
{
    uint32_t count = 0;
    for (const char *at = signature; *at != '\0'; count++) {
        size_t size = strcspn(at, ",");
        parameter *next = &parameters[count];
        memset(next, 0, sizeof(*next));
        next->takes_rest = at[0] == '*';
        next->optional = at[size - 1] == '=';
        const char *start = at + (next->takes_rest ? 1 : 0);
        size_t length = size - (next->takes_rest ? 1 : 0) - (next->optional ? 1 : 0);
        const char *bar = memchr(start, '|', length);
        next->name = (rg_string){start, bar == NULL ? length : (size_t)(bar - start)};
        if (bar != NULL) {
            next->alias = (rg_string){bar + 1, length - next->name.size - 1};
        }
        at += size + strspn(at + size, ", ");
    }
    return count;
}

/* All positional values from `first` on as one list; a single list stands for itself. */
static rg_value collect_rest(rg_tracer *tracer, const rg_argument *arguments, size_t first, size_t end)
{
    rg_value items[RG_MAX_RANK];
    if (end - first == 1 && rg__trace_is_list(arguments[first].value)) {
        uint32_t count = rg__trace_read_items(tracer, arguments[first].value, "list", items);
        return rg__trace_list(tracer, items, count);
    }
    if (end - first > RG_MAX_RANK) {
        return rg__trace_fail(tracer, RG_ERROR_LIMIT, "more than %d arguments", RG_MAX_RANK);
    }
    for (size_t i = first; i < end; i++) {
        items[i - first] = arguments[i].value;
    }
    return rg__trace_list(tracer, items, end - first);
}

static uint32_t find_parameter(const parameter *parameters, uint32_t count, rg_string name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rg_string_equal(parameters[i].name, name) ||
            (parameters[i].alias.size != 0 && rg_string_equal(parameters[i].alias, name))) {
            return i;
        }
    }
    return count;
}

static void bind_positional(rg_tracer *tracer, const parameter *parameters, uint32_t parameter_count,
                            const rg_argument *arguments, size_t count, rg_value *bound)
{
    size_t end = 0;
    while (end < count && arguments[end].name.size == 0) {
        end++;
    }
    for (size_t i = 0; i < end && tracer->status == RG_OK; i++) {
        if (i >= parameter_count) {
            rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "takes at most %u arguments, not %zu", parameter_count, end);
        } else if (parameters[i].takes_rest) {
            bound[i] = collect_rest(tracer, arguments, i, end);
            return;
        } else {
            bound[i] = arguments[i].value;
        }
    }
}

static void bind_keywords(rg_tracer *tracer, const parameter *parameters, uint32_t parameter_count,
                          const rg_argument *arguments, size_t count, rg_value *bound)
{
    for (size_t i = 0; i < count && tracer->status == RG_OK; i++) {
        rg_string name = arguments[i].name;
        if (name.size == 0) {
            continue;
        }
        uint32_t index = find_parameter(parameters, parameter_count, name);
        if (index == parameter_count) {
            rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "has no parameter '%.*s'", (int)name.size, name.data);
        } else if (!rg_value_is_missing(bound[index])) {
            rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "'%.*s' is given twice", (int)name.size, name.data);
        } else if (parameters[index].takes_rest) {
            rg_argument single = RG_POSITION(arguments[i].value);
            bound[index] = collect_rest(tracer, &single, 0, 1);
        } else {
            bound[index] = arguments[i].value;
        }
    }
}

rg_value rg__trace_call_row(rg_tracer *tracer, const rg_trace_row *row, const rg_argument *arguments, size_t count)
{
    parameter parameters[RG_TRACE_MAX_PARAMETERS];
    rg_value bound[RG_TRACE_MAX_PARAMETERS];
    uint32_t parameter_count = parse_signature(row->signature, parameters);
    const char *outer = tracer->callee;
    uint32_t reported = tracer->context->diagnostics.count;
    rg_value result = rg_value_missing();
    tracer->callee = row->name;
    for (uint32_t i = 0; i < RG_TRACE_MAX_PARAMETERS; i++) {
        bound[i] = rg_value_missing();
    }
    bind_positional(tracer, parameters, parameter_count, arguments, count, bound);
    bind_keywords(tracer, parameters, parameter_count, arguments, count, bound);
    for (uint32_t i = 0; i < parameter_count && tracer->status == RG_OK; i++) {
        if (!parameters[i].optional && !parameters[i].takes_rest && rg_value_is_missing(bound[i])) {
            rg__trace_fail(tracer, RG_ERROR_ARGUMENT, "needs '%.*s'", (int)parameters[i].name.size,
                           parameters[i].name.data);
        }
    }
    if (tracer->status == RG_OK) {
        bool in_check = rg__trace_is_check(tracer) && (row->places & RG_IN_OPERATORS) != 0;
        result =
            in_check ? rg__check_operator(tracer, row->name, bound[0], bound[1]) : row->function(tracer, row, bound);
    }
    tracer->callee = outer;
    rg__trace_repair(tracer, bound, parameter_count, reported);
    return tracer->status == RG_OK ? result : rg_value_missing();
}

/* ---- torch.ops ---- */

/* Does a value fit a schema type? Good enough to tell overloads apart. */
static bool fits(const rg_tracer *tracer, rg_value value, rg_string type)
{
    bool optional = type.size > 0 && type.data[type.size - 1] == '?';
    bool list = memchr(type.data, '[', type.size) != NULL;
    if (rg_value_get_kind(value) == RG_VALUE_NONE) {
        return optional;
    }
    if (list || rg__trace_is_list(value) || rg__trace_is_open_list(tracer, value)) {
        return list && (rg__trace_is_list(value) || rg__trace_is_open_list(tracer, value));
    }
    if (type.size >= 6 && memcmp(type.data, "Tensor", 6) == 0) {
        return rg__trace_is_tensor(tracer, value);
    }
    return !rg__trace_is_tensor(tracer, value);
}

static bool accepts(rg_tracer *tracer, rg_op op, const rg_argument *arguments, size_t count)
{
    size_t parameter_count = rg_op_argument_count(tracer->context, op);
    size_t given = 0;
    for (size_t i = 0; i < parameter_count; i++) {
        rg_argument_info info;
        rg_value value = rg_value_missing();
        if (!rg__trace_ok(tracer, rg_op_argument(&info, tracer->context, op, i))) {
            return false;
        }
        for (size_t j = 0; j < count; j++) {
            bool named = rg_string_equal(arguments[j].name, info.name);
            if (named || (arguments[j].name.size == 0 && i == j && !info.keyword_only)) {
                value = arguments[j].value;
                given++;
                break;
            }
        }
        if (rg_value_is_missing(value) ? rg_value_is_missing(info.default_value) : !fits(tracer, value, info.type)) {
            return false;
        }
    }
    return given == count;
}

/* The first overload of a packet ("aten.add") that accepts the arguments. */
static rg_op choose_overload(rg_tracer *tracer, rg_string packet, const rg_argument *arguments, size_t count)
{
    size_t op_count = rg_context_op_count(tracer->context);
    for (size_t i = 1; i <= op_count; i++) {
        rg_op op = {(uint16_t)i};
        rg_string name = rg_op_name(tracer->context, op);
        if (name.size > packet.size + 1 && memcmp(name.data, packet.data, packet.size) == 0 &&
            name.data[packet.size] == '.' && rg_op_has_schema(tracer->context, op) &&
            accepts(tracer, op, arguments, count)) {
            return op;
        }
    }
    return (rg_op){0};
}

static bool cut_prefix(rg_string *text, const char *prefix)
{
    size_t size = strlen(prefix);
    if (text->size <= size || memcmp(text->data, prefix, size) != 0) {
        return false;
    }
    text->data += size;
    text->size -= size;
    return true;
}

static size_t count_dots(rg_string text)
{
    size_t dots = 0;
    for (size_t i = 0; i < text.size; i++) {
        dots += text.data[i] == '.' ? 1 : 0;
    }
    return dots;
}

/* `higher_order.auto_functionalized` under any of the paths that it is imported by. */
static rg_op find_auto_functionalized(const rg_tracer *tracer, rg_string path)
{
    static const char *const names[] = {"auto_functionalized", "auto_functionalized_v2"};
    for (size_t i = 0; i < 2; i++) {
        rg_string name = rg_string_from(names[i]);
        if (path.size >= name.size && memcmp(path.data + path.size - name.size, name.data, name.size) == 0 &&
            (path.size == name.size || path.data[path.size - name.size - 1] == '.')) {
            return rg_context_find_op(tracer->context, rg_string_from(i == 0 ? "higher_order.auto_functionalized"
                                                                             : "higher_order.auto_functionalized_v2"));
        }
    }
    return (rg_op){0};
}

rg_op rg__trace_find_op(rg_tracer *tracer, rg_string path)
{
    rg_op op = find_auto_functionalized(tracer, path);
    rg_string name = path;
    if (!rg_op_is_null(op) || !cut_prefix(&name, "torch.ops.")) {
        return op;
    }
    op = rg_context_find_op(tracer->context, name);
    if (rg_op_is_null(op) && count_dots(name) == 1) {
        char full[256];
        if (name.size + sizeof(".default") <= sizeof(full)) {
            memcpy(full, name.data, name.size);
            memcpy(full + name.size, ".default", sizeof(".default"));
            op = rg_context_find_op(tracer->context, rg_string_from(full));
        }
    }
    return op;
}

static rg_value call_op(rg_tracer *tracer, rg_string path, const rg_argument *arguments, size_t count)
{
    rg_op op = rg__trace_find_op(tracer, path);
    rg_string name = path;
    bool is_packet = cut_prefix(&name, "torch.ops.") && count_dots(name) == 1;
    if (rg_op_is_null(op) && is_packet) {
        op = choose_overload(tracer, name, arguments, count);
    }
    bool known = !rg_op_is_null(op) &&
                 (rg_op_get_kind(tracer->context, op) == RG_OP_HIGHER_ORDER || rg_op_has_schema(tracer->context, op));
    if (!known) {
        return rg__trace_fail(tracer, RG_ERROR_UNKNOWN_OP,
                              is_packet ? "no overload of '%.*s' is known that takes these arguments"
                                        : "'%.*s' is not known; declare ops of your own with class NAME(Op)",
                              (int)path.size, path.data);
    }
    return rg__trace_record_as_written(tracer, op, arguments, count);
}

/* ---- calls by target ---- */

rg_value rg__trace_call(rg_tracer *tracer, rg_string target, const rg_argument *arguments, size_t count)
{
    static const struct {
        const char *prefix;
        uint32_t place;
    } prefixes[] = {
        {"torch.nn.functional.", RG_IN_FUNCTIONAL},
        {"torch._C._nn.", RG_IN_FUNCTIONAL},
        {"torch.Tensor.", RG_IN_METHODS},
        {"torch.", RG_IN_TORCH},
        {"operator.", RG_IN_OPERATORS},
        {"math.", RG_IN_MATH},
        {".", RG_IN_METHODS},
    };
    rg_string name = target;
    uint32_t place = RG_IN_BUILTINS;
    if (!rg_op_is_null(find_auto_functionalized(tracer, target)) ||
        (target.size > 10 && memcmp(target.data, "torch.ops.", 10) == 0)) {
        return call_op(tracer, target, arguments, count);
    }
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (cut_prefix(&name, prefixes[i].prefix)) {
            place = prefixes[i].place;
            break;
        }
    }
    const rg_trace_row *row = rg__trace_find(place, name);
    if (row == NULL) {
        return rg__trace_fail(tracer, RG_ERROR_UNSUPPORTED, "'%.*s' is no function that can be traced",
                              (int)target.size, target.data);
    }
    return rg__trace_call_row(tracer, row, arguments, count);
}

/*
 * op.c: the ops of a context: the built-in rows (src/ops/ops.def), ops declared by the user, ops only seen in graphs.
 *
 * Ids: 1-4 are the pseudo-ops of FX's node kinds, then come the built-in rows in table order, then everything else in
 * order of appearance (context->op_names). So a built-in op has the same id in every context, and creating a context
 * costs one small hash table; a row's schema is parsed when the op is first asked for.
 */
#include "ir/context_impl.h"

enum { PSEUDO_COUNT = 4, FIRST_ROW_ID = PSEUDO_COUNT + 1, LARGEST_OP_ID = UINT16_MAX };

static const char *const pseudo_names[PSEUDO_COUNT] = {"placeholder", "output", "get_attr", "call_module"};

_Static_assert(RG_OP_PLACEHOLDER == 0 && RG_OP_CALL_MODULE == PSEUDO_COUNT - 1, "rg__op_pseudo counts on this order");

/* Traits of ops that have no row: module and attribute reads have no row because they have no name of their own. */
static const uint32_t pseudo_traits[PSEUDO_COUNT] = {0, 0, RG_TRAIT_PURE, 0};

static const rg_op_descriptor unknown_descriptor = {.name = {"", 0}, .kind = RG_OP_FUNCTION, .traits = RG_TRAIT_EFFECT};

/* ---- the hash of row names ---- */

static uint32_t first_dynamic_id(void)
{
    return FIRST_ROW_ID + (uint32_t)rg__op_row_count;
}

static bool hash_rows(rg_context *context)
{
    uint32_t count = 16;
    while (count < rg__op_row_count * 2) {
        count *= 2;
    }
    context->row_slots = rg__allocate(&context->allocator, count * sizeof(*context->row_slots));
    if (context->row_slots == NULL) {
        return false;
    }
    memset(context->row_slots, 0, count * sizeof(*context->row_slots));
    context->row_slot_count = count;
    for (size_t row = 0; row < rg__op_row_count; row++) {
        const char *name = rg__op_rows[row].name;
        uint32_t slot = (uint32_t)rg__hash_bytes(name, strlen(name), 0) & (count - 1);
        while (context->row_slots[slot] != 0) {
            slot = (slot + 1) & (count - 1);
        }
        context->row_slots[slot] = (uint16_t)(row + 1);
    }
    return true;
}

/* The id of a built-in row or pseudo-op, 0 for other names. */
static uint32_t find_builtin(const rg_context *context, rg_string name)
{
    uint32_t mask = context->row_slot_count - 1;
    for (uint32_t slot = (uint32_t)rg__hash_bytes(name.data, name.size, 0) & mask; context->row_slots[slot] != 0;
         slot = (slot + 1) & mask) {
        uint32_t row = context->row_slots[slot] - 1u;
        if (rg_string_equal(name, rg_string_from(rg__op_rows[row].name))) {
            return FIRST_ROW_ID + row;
        }
    }
    return 0;
}

bool rg__ops_init(rg_context *context)
{
    if (context->parent != NULL) {
        context->row_slots = context->parent->row_slots;
        context->row_slot_count = context->parent->row_slot_count;
        return true;
    }
    context->op_names.first_id = first_dynamic_id();
    return hash_rows(context);
}

void rg__ops_free(rg_context *context)
{
    if (context->parent == NULL) {
        rg__free(&context->allocator, context->row_slots, context->row_slot_count * sizeof(*context->row_slots));
    }
    rg__vector_free(&context->allocator, &context->ops);
}

/* ---- descriptors ---- */

static bool starts_with(rg_string text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size >= size && memcmp(text.data, prefix, size) == 0;
}

/* What kind of callable a built-in row is; its name says. */
static rg_op_kind kind_of_name(rg_string name)
{
    static const struct {
        const char *prefix;
        rg_op_kind kind;
    } prefixes[] = {
        {".", RG_OP_METHOD},        {"operator.", RG_OP_OPERATOR}, {"higher_order.", RG_OP_HIGHER_ORDER},
        {"torch.", RG_OP_FUNCTION}, {"math.", RG_OP_FUNCTION},     {"builtins.", RG_OP_FUNCTION},
    };
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (starts_with(name, prefixes[i].prefix)) {
            return prefixes[i].kind;
        }
    }
    size_t dots = 0;
    for (size_t i = 0; i < name.size; i++) {
        dots += name.data[i] == '.';
    }
    return dots >= 2 ? RG_OP_OVERLOAD : RG_OP_FUNCTION;
}

static bool is_known(const rg_context *context, rg_op op)
{
    return op.id != 0 && op.id <= rg__intern_count(&context->op_names);
}

/* The descriptor if some context of the chain has made it. */
static const rg_op_descriptor *made_descriptor(const rg_context *context, rg_op op)
{
    for (; context != NULL; context = context->parent) {
        if (op.id < context->ops.count && context->ops.items[op.id] != NULL) {
            return context->ops.items[op.id];
        }
    }
    return NULL;
}

/* Make room for the descriptor of `id` in this context's list. */
static bool reserve_descriptor(rg_context *context, uint32_t id)
{
    if (!rg__vector_reserve(&context->allocator, &context->ops, (uint64_t)id + 1)) {
        return false;
    }
    while (context->ops.count <= id) {
        context->ops.items[context->ops.count++] = NULL;
    }
    return true;
}

/* Traits that follow from a schema. */
static uint32_t schema_traits(const rg_schema *schema)
{
    if (schema->mutates) {
        return RG_TRAIT_MUTATES;
    }
    for (uint32_t i = 0; i < schema->result_count; i++) {
        if (schema->result_aliased[i]) {
            return RG_TRAIT_VIEW;
        }
    }
    return 0;
}

/* Set the roles that a row's text gives: "dim=DIM size=RESULT_SIZE". */
static rg_status apply_roles(rg_context *context, rg_schema_argument *arguments, uint32_t count, const rg_op_row *row)
{
    static const char *const names[] = {"PLAIN", "DIM", "DIM_RESULT", "RESULT_SIZE", "END"};
    const char *at = row->roles == NULL ? "" : row->roles;
    for (at += strspn(at, " "); *at != '\0'; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        const char *equals = memchr(at, '=', size);
        bool applied = false;
        for (uint32_t i = 0; equals != NULL && i < count; i++) {
            rg_string role = {equals + 1, size - (size_t)(equals + 1 - at)};
            if (!rg_string_equal(arguments[i].name, (rg_string){at, (size_t)(equals - at)})) {
                continue;
            }
            for (size_t known = 0; known < sizeof(names) / sizeof(names[0]); known++) {
                if (rg_string_equal(role, rg_string_from(names[known]))) {
                    arguments[i].role = (uint8_t)known;
                    applied = true;
                }
            }
        }
        if (!applied) {
            return rg__report(context, RG_ERROR_ARGUMENT, "the role '%.*s' of %s is none", (int)size, at, row->name);
        }
        at += size;
    }
    return RG_OK;
}

static rg_status add_row_schema(rg_context *context, rg_op_descriptor *descriptor, const rg_op_row *row)
{
    rg_schema *schema = rg__arena_allocate(&context->arena, sizeof(*schema));
    if (schema == NULL) {
        return rg__report_memory(context);
    }
    rg_string name;
    rg_status status = rg__schema_parse(schema, &name, context, rg_string_from(row->schema));
    if (status == RG_OK) {
        /* The parser's own arguments, not yet seen by anyone. */
        status = apply_roles(context, (rg_schema_argument *)(uintptr_t)schema->arguments, schema->argument_count, row);
    }
    if (status == RG_OK) {
        descriptor->schema = schema;
        descriptor->traits |= schema_traits(schema);
    }
    return status;
}

rg_status rg__op_prepare(rg_context *context, rg_op op)
{
    if (!is_known(context, op)) {
        return rg__report(context, RG_ERROR_ARGUMENT, "an op handle that is not of this context");
    }
    if (made_descriptor(context, op) != NULL) {
        return RG_OK;
    }
    /* Ops seen in graphs get theirs when interned: this one is a row or a pseudo-op. */
    rg_op_descriptor *descriptor = rg__arena_allocate_zero(&context->arena, sizeof(*descriptor));
    if (descriptor == NULL || !reserve_descriptor(context, op.id)) {
        return rg__report_memory(context);
    }
    rg_status status = RG_OK;
    if (op.id <= PSEUDO_COUNT) {
        descriptor->kind = (rg_op_kind)(op.id - 1);
        descriptor->traits = pseudo_traits[op.id - 1];
        descriptor->name = rg__intern_string(context, rg_string_from(pseudo_names[op.id - 1]));
    } else {
        const rg_op_row *row = &rg__op_rows[op.id - FIRST_ROW_ID];
        descriptor->name = rg__intern_string(context, rg_string_from(row->name));
        descriptor->kind = kind_of_name(rg_string_from(row->name));
        descriptor->traits = row->traits;
        descriptor->row = row;
        status = row->schema == NULL ? RG_OK : add_row_schema(context, descriptor, row);
    }
    if (descriptor->name.data == NULL) {
        return rg__report_memory(context);
    }
    if (status == RG_OK) {
        context->ops.items[op.id] = descriptor;
    }
    return status;
}

const rg_op_descriptor *rg__op_descriptor(const rg_context *context, rg_op op)
{
    const rg_op_descriptor *made = made_descriptor(context, op);
    if (made == NULL && is_known(context, op) && rg__op_prepare((rg_context *)(uintptr_t)context, op) == RG_OK) {
        made = context->ops.items[op.id];
    }
    return made == NULL ? &unknown_descriptor : made;
}

/* ---- finding and interning ---- */

static rg_string strip_torch_ops(rg_string name)
{
    static const char prefix[] = "torch.ops.";
    size_t size = sizeof(prefix) - 1;
    return name.size > size && memcmp(name.data, prefix, size) == 0 ? (rg_string){name.data + size, name.size - size}
                                                                    : name;
}

rg_op rg_context_find_op(const rg_context *context, rg_string name)
{
    for (uint32_t i = 0; i < PSEUDO_COUNT; i++) {
        if (rg_string_equal(name, rg_string_from(pseudo_names[i]))) {
            return rg__op_pseudo((rg_op_kind)i);
        }
    }
    name = strip_torch_ops(name);
    uint32_t id = find_builtin(context, name);
    return (rg_op){(uint16_t)(id != 0 ? id : rg__intern_find(&context->op_names, name.data, name.size))};
}

/*
 * The key of an op in op_names. It is the name, unless an op of another kind has taken that already: `output` and
 * `my.own.function` are legal names of Python functions. Those get a key that no name can be.
 */
static rg_status make_key(rg_buffer *key, rg_context *context, rg_op_kind kind, rg_string name)
{
    rg_op taken = rg_context_find_op(context, name);
    if (!rg_op_is_null(taken)) {
        rg_status status = rg__op_prepare(context, taken);
        if (status != RG_OK) {
            return status;
        }
    }
    rg__buffer_append(key, name);
    if (!rg_op_is_null(taken) && rg_op_get_kind(context, taken) != kind) {
        rg__buffer_append_char(key, '\0');
        rg__buffer_append_int(key, kind);
    }
    return key->failed ? rg__report_memory(context) : RG_OK;
}

/*
 * What is known of an op from its kind and name alone: Python's operators compute and do nothing else, except the
 * statements that FX prints as operators (`a += b` is operator.iadd, `a[i] = v` operator.setitem).
 */
static uint32_t opaque_traits(rg_op_kind kind, rg_string name)
{
    static const char *const statements[] = {
        "iadd", "iand", "iconcat", "ifloordiv", "ilshift",  "imatmul", "imod",    "imul",
        "ior",  "ipow", "irshift", "isub",      "itruediv", "ixor",    "setitem", "delitem",
    };
    if (kind != RG_OP_OPERATOR) {
        return 0;
    }
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        size_t size = strlen(statements[i]);
        if (name.size > size && name.data[name.size - size - 1] == '.' &&
            memcmp(name.data + name.size - size, statements[i], size) == 0) {
            return RG_TRAIT_MUTATES;
        }
    }
    return RG_TRAIT_PURE;
}

/* Add an op that the tables do not have under `key`. */
static rg_status add_op(rg_op *out, rg_context *context, rg_string key, const rg_op_descriptor *description)
{
    uint32_t id = rg__intern_count(&context->op_names) + 1;
    if (id > LARGEST_OP_ID) {
        return rg__report(context, RG_ERROR_LIMIT, "a context holds at most %d ops", LARGEST_OP_ID);
    }
    rg_op_descriptor *descriptor = rg__arena_allocate(&context->arena, sizeof(*descriptor));
    if (descriptor == NULL || !reserve_descriptor(context, id)) {
        return rg__report_memory(context);
    }
    *descriptor = *description;
    /* Interned last: an op that has an id has its descriptor. */
    if (rg__intern(&context->op_names, key.data, key.size) != id) {
        return rg__report_memory(context);
    }
    context->ops.items[id] = descriptor;
    *out = (rg_op){(uint16_t)id};
    return RG_OK;
}

static rg_status intern_other(rg_op *out, rg_context *context, rg_op_kind kind, rg_string name)
{
    rg_buffer key;
    rg__buffer_init(&key, &context->allocator);
    rg_op_descriptor description = {.kind = kind, .traits = opaque_traits(kind, name)};
    description.name = rg__intern_string(context, name);
    rg_status status = description.name.data == NULL ? rg__report_memory(context) : make_key(&key, context, kind, name);
    if (status != RG_OK) {
        goto done;
    }
    rg_string text = rg__buffer_string(&key);
    uint32_t id = find_builtin(context, text);
    id = id != 0 ? id : rg__intern_find(&context->op_names, text.data, text.size);
    if (id != 0) {
        *out = (rg_op){(uint16_t)id};
        status = rg__op_prepare(context, *out);
    } else {
        status = add_op(out, context, text, &description);
    }
done:
    rg__buffer_free(&key);
    return status;
}

rg_status rg_context_intern_op(rg_op *out, rg_context *context, rg_op_kind kind, rg_string name)
{
    *out = (rg_op){0};
    if (kind <= RG_OP_CALL_MODULE) {
        *out = rg__op_pseudo(kind);
        return rg__op_prepare(context, *out);
    }
    name = strip_torch_ops(name);
    if (name.size == 0 || memchr(name.data, '\0', name.size) != NULL) {
        return rg__report(context, RG_ERROR_NAME, "an op needs a name without NUL bytes");
    }
    rg_op op;
    rg_status status = intern_other(&op, context, kind, name);
    *out = status == RG_OK ? op : (rg_op){0};
    return status;
}

size_t rg_context_op_count(const rg_context *context)
{
    return rg__intern_count(&context->op_names);
}

/* ---- declaring ---- */

static rg_op_descriptor declared_descriptor(const rg_op_declaration *declaration, const rg_schema *schema,
                                            rg_string name)
{
    rg_op_descriptor descriptor = {.name = name, .kind = RG_OP_OVERLOAD, .schema = schema};
    uint32_t derived = schema_traits(schema);
    bool is_pure = declaration->traits == 0 && (derived & RG_TRAIT_MUTATES) == 0;
    descriptor.traits = declaration->traits | derived | (is_pure ? RG_TRAIT_PURE : 0);
    descriptor.infer = declaration->infer;
    descriptor.infer_user = declaration->user;
    return descriptor;
}

/* Give the schema to an op that has been seen without. A parent's op gains it in this context only. */
static rg_status declare_known(rg_context *context, rg_op op, const rg_op_descriptor *description)
{
    const rg_op_descriptor *known = rg__op_descriptor(context, op);
    if (known->schema != NULL) {
        return rg__schema_equal(known->schema, description->schema)
                   ? RG_OK
                   : rg__report(context, RG_ERROR_NAME, "op %s is declared with another schema: '%s'",
                                description->name.data, known->schema->text.data);
    }
    if (known->kind != RG_OP_OVERLOAD || known->row != NULL) {
        return rg__report(context, RG_ERROR_NAME, "op %s cannot be given a schema", description->name.data);
    }
    rg_op_descriptor *descriptor = rg__arena_allocate(&context->arena, sizeof(*descriptor));
    if (descriptor == NULL || !reserve_descriptor(context, op.id)) {
        return rg__report_memory(context);
    }
    *descriptor = *description;
    context->ops.items[op.id] = descriptor;
    context->traits_changed = true;
    return RG_OK;
}

rg_status rg_context_declare_op(rg_op *out, rg_context *context, const rg_op_declaration *declaration)
{
    *out = (rg_op){0};
    rg_op_declaration given = RG_OP_DECLARATION_INIT;
    memcpy(&given, declaration, declaration->struct_size < sizeof(given) ? declaration->struct_size : sizeof(given));
    rg_schema *schema = rg__arena_allocate(&context->arena, sizeof(*schema));
    if (schema == NULL) {
        return rg__report_memory(context);
    }
    rg_string name;
    rg_status status = rg__schema_parse(schema, &name, context, given.schema);
    if (status != RG_OK) {
        return status;
    }
    rg_op_descriptor description = declared_descriptor(&given, schema, name);
    rg_op op = rg_context_find_op(context, name);
    status = rg_op_is_null(op) ? add_op(&op, context, name, &description) : declare_known(context, op, &description);
    *out = status == RG_OK ? op : (rg_op){0};
    return status;
}

/* ---- asking ---- */

rg_op_kind rg_op_get_kind(const rg_context *context, rg_op op)
{
    if (op.id != 0 && op.id <= PSEUDO_COUNT) {
        return (rg_op_kind)(op.id - 1);
    }
    return rg__op_descriptor(context, op)->kind;
}

rg_string rg_op_name(const rg_context *context, rg_op op)
{
    return rg__op_descriptor(context, op)->name;
}

uint32_t rg_op_traits(const rg_context *context, rg_op op)
{
    return rg__op_descriptor(context, op)->traits;
}

bool rg_op_has_schema(const rg_context *context, rg_op op)
{
    return rg__op_descriptor(context, op)->schema != NULL;
}

rg_string rg_op_schema(const rg_context *context, rg_op op)
{
    const rg_schema *schema = rg__op_descriptor(context, op)->schema;
    return schema == NULL ? (rg_string){"", 0} : schema->text;
}

size_t rg_op_argument_count(rg_context *context, rg_op op)
{
    const rg_schema *schema = rg__op_descriptor(context, op)->schema;
    return schema == NULL ? 0 : schema->argument_count;
}

rg_status rg_op_argument(rg_argument_info *out, rg_context *context, rg_op op, size_t index)
{
    memset(out, 0, sizeof(*out));
    rg_status status = rg__op_prepare(context, op);
    if (status != RG_OK) {
        return status;
    }
    const rg_op_descriptor *descriptor = rg__op_descriptor(context, op);
    if (descriptor->schema == NULL || index >= descriptor->schema->argument_count) {
        return rg__report(context, RG_ERROR_ARGUMENT, "op %s has no schema argument %zu", descriptor->name.data, index);
    }
    const rg_schema_argument *argument = &descriptor->schema->arguments[index];
    out->name = argument->name;
    out->type = argument->type;
    out->default_value = argument->default_value;
    out->keyword_only = argument->keyword_only;
    out->mutated = argument->mutated;
    out->aliased = argument->aliased;
    out->role = (rg_argument_role)argument->role;
    return RG_OK;
}

size_t rg_op_result_count(rg_context *context, rg_op op)
{
    const rg_schema *schema = rg__op_descriptor(context, op)->schema;
    return schema == NULL ? 0 : schema->result_count;
}

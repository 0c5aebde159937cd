/*
 * dtype.c: the facts about dtypes, from the list in type.h.
 */
#include <regraft/type.h>

typedef enum dtype_category {
    CATEGORY_NONE,
    CATEGORY_BOOL,
    CATEGORY_INTEGER,
    CATEGORY_FLOAT,
    CATEGORY_COMPLEX
} dtype_category;

typedef struct dtype_row {
    const char *abbreviation;
    const char *torch_name;
    size_t bytes;
    dtype_category category;
} dtype_row;

static const dtype_row rows[RG_DTYPE_COUNT] = {[RG_DTYPE_NONE] = {"", "", 0, CATEGORY_NONE},
#define DTYPE_ROW(name, abbreviation, torch_name, bytes, category)                                                     \
    [RG_DTYPE_##name] = {abbreviation, torch_name, bytes, CATEGORY_##category},
                                               RG_DTYPE_LIST(DTYPE_ROW)
#undef DTYPE_ROW
};

/* torch's second names for dtypes. */
static const struct {
    const char *name;
    rg_dtype dtype;
} aliases[] = {
    {"half", RG_DTYPE_F16},  {"float", RG_DTYPE_F32},  {"double", RG_DTYPE_F64},
    {"short", RG_DTYPE_I16}, {"int", RG_DTYPE_I32},    {"long", RG_DTYPE_I64},
    {"chalf", RG_DTYPE_C32}, {"cfloat", RG_DTYPE_C64}, {"cdouble", RG_DTYPE_C128},
};

static const dtype_row *row_of(rg_dtype dtype)
{
    return &rows[(unsigned)dtype < RG_DTYPE_COUNT ? dtype : RG_DTYPE_NONE];
}

const char *rg_dtype_abbreviation(rg_dtype dtype)
{
    return row_of(dtype)->abbreviation;
}

const char *rg_dtype_torch_name(rg_dtype dtype)
{
    return row_of(dtype)->torch_name;
}

/* Few names that are asked for are dtypes, so most comparisons end with the first letter. */
static bool is_word(rg_string name, const char *word)
{
    return name.size > 0 && name.data[0] == word[0] && rg_string_equal(name, rg_string_from(word));
}

rg_dtype rg_dtype_from_name(rg_string name)
{
    for (unsigned i = 1; i < RG_DTYPE_COUNT; i++) {
        if (is_word(name, rows[i].abbreviation) || is_word(name, rows[i].torch_name)) {
            return (rg_dtype)i;
        }
    }
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (is_word(name, aliases[i].name)) {
            return aliases[i].dtype;
        }
    }
    return RG_DTYPE_NONE;
}

size_t rg_dtype_bytes(rg_dtype dtype)
{
    return row_of(dtype)->bytes;
}

bool rg_dtype_is_float(rg_dtype dtype)
{
    return row_of(dtype)->category == CATEGORY_FLOAT;
}

bool rg_dtype_is_complex(rg_dtype dtype)
{
    return row_of(dtype)->category == CATEGORY_COMPLEX;
}

bool rg_dtype_is_integer(rg_dtype dtype)
{
    return row_of(dtype)->category == CATEGORY_INTEGER;
}

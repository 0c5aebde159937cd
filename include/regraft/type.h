/*
 * type.h: what is known of a value without running anything: dtype, sizes, strides, device.
 *
 * Types are interned: the same description is the same handle. The printed form is that of FX annotations,
 * `f32[2, s0][s0, 1]cuda:0`, `Sym(s0*s1)`, `Parameter(f32[4])`.
 */
#ifndef REGRAFT_TYPE_H
#define REGRAFT_TYPE_H

#include <regraft/size.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One row per dtype: enumerator, FX abbreviation, torch name, bytes per item (0: less than one), category.
 * Abbreviations: torch.fx's print_readable; names: torch.*. */
#define RG_DTYPE_LIST(X)                                                                                               \
    X(BOOL, "b8", "bool", 1, BOOL)                                                                                     \
    X(U8, "u8", "uint8", 1, INTEGER)                                                                                   \
    X(U16, "u16", "uint16", 2, INTEGER)                                                                                \
    X(U32, "u32", "uint32", 4, INTEGER)                                                                                \
    X(U64, "u64", "uint64", 8, INTEGER)                                                                                \
    X(I8, "i8", "int8", 1, INTEGER)                                                                                    \
    X(I16, "i16", "int16", 2, INTEGER)                                                                                 \
    X(I32, "i32", "int32", 4, INTEGER)                                                                                 \
    X(I64, "i64", "int64", 8, INTEGER)                                                                                 \
    X(F8E4M3FN, "f8e4m3fn", "float8_e4m3fn", 1, FLOAT)                                                                 \
    X(F8E5M2, "f8e5m2", "float8_e5m2", 1, FLOAT)                                                                       \
    X(F8E4M3FNUZ, "f8e4m3fnuz", "float8_e4m3fnuz", 1, FLOAT)                                                           \
    X(F8E5M2FNUZ, "f8e5m2fnuz", "float8_e5m2fnuz", 1, FLOAT)                                                           \
    X(F8E8M0FNU, "f8e8m0fnu", "float8_e8m0fnu", 1, FLOAT)                                                              \
    X(F4E2M1FN_X2, "f4e2m1fnx2", "float4_e2m1fn_x2", 1, FLOAT)                                                         \
    X(F16, "f16", "float16", 2, FLOAT)                                                                                 \
    X(BF16, "bf16", "bfloat16", 2, FLOAT)                                                                              \
    X(F32, "f32", "float32", 4, FLOAT)                                                                                 \
    X(F64, "f64", "float64", 8, FLOAT)                                                                                 \
    X(C32, "c32", "complex32", 4, COMPLEX)                                                                             \
    X(C64, "c64", "complex64", 8, COMPLEX)                                                                             \
    X(C128, "c128", "complex128", 16, COMPLEX)

typedef enum rg_dtype {
    RG_DTYPE_NONE = 0, /* not known */
#define RG_DTYPE_ENUM(name, abbreviation, torch_name, bytes, category) RG_DTYPE_##name,
    RG_DTYPE_LIST(RG_DTYPE_ENUM)
#undef RG_DTYPE_ENUM
        RG_DTYPE_COUNT
} rg_dtype;

/* The FX abbreviation ("bf16") and the torch name ("bfloat16", without "torch."); "" for RG_DTYPE_NONE. */
RG_API const char *rg_dtype_abbreviation(rg_dtype dtype);
RG_API const char *rg_dtype_torch_name(rg_dtype dtype);
/* Look a dtype up by either spelling (aliases float, double, half, int, long, short included); NONE if unknown. */
RG_API rg_dtype rg_dtype_from_name(rg_string name);
RG_API size_t rg_dtype_bytes(rg_dtype dtype);
RG_API bool rg_dtype_is_float(rg_dtype dtype);
RG_API bool rg_dtype_is_complex(rg_dtype dtype);
/* True for signed and unsigned integers, false for bool. */
RG_API bool rg_dtype_is_integer(rg_dtype dtype);

/* A device: an interned kind name ("cuda", "cpu", "meta", "xpu", ...) and an index, -1 when none is printed. A NULL
 * kind means that the device is not known. */
typedef struct rg_device {
    const char *kind; /* interned in the context */
    int32_t index;
} rg_device;

/* A type of a context; {0} is "not known". */
typedef struct rg_type {
    uint32_t id;
} rg_type;

static inline bool rg_type_is_null(rg_type type)
{
    return type.id == 0;
}

static inline bool rg_type_same(rg_type a, rg_type b)
{
    return a.id == b.id;
}

typedef enum rg_type_kind {
    RG_TYPE_UNKNOWN,
    RG_TYPE_TENSOR,
    RG_TYPE_SIZE,    /* a symbolic integer, float or bool: `Sym(...)` */
    RG_TYPE_TUPLE,   /* several results, one type each; FX prints no annotation for these */
    RG_TYPE_NOTHING, /* an op without result, or the None result of one */
    RG_TYPE_OPAQUE   /* an annotation that is kept as text: `torch.Tensor`, `Device(cpu)`, ... */
} rg_type_kind;

/* A tensor type, as seen or to be made. The arrays hold `rank` entries and are borrowed from the caller when making a
 * type, from the context when reading one. */
typedef struct rg_tensor_type {
    rg_dtype dtype; /* NONE when not known; prints as `_`, which FX never does but rules do */
    uint32_t rank;
    const rg_size *sizes;
    const rg_size *strides; /* in elements; NULL when not known */
    rg_device device;       /* kind NULL when not known */
    rg_string wrapper;      /* "Parameter" in `Parameter(f32[4])`; empty for a plain tensor */
} rg_tensor_type;

/* The type of a tensor. It needs a dtype and sizes; RG_ERROR_ARGUMENT if one is missing. */
RG_API RG_NODISCARD rg_status rg_type_from_tensor(rg_type *out, rg_context *context, const rg_tensor_type *tensor);
/* The type of a node whose value is this size. */
RG_API RG_NODISCARD rg_status rg_type_from_size(rg_type *out, rg_context *context, rg_size size);
/* The type of a node with several results; a null item is a result of which nothing is known. */
RG_API RG_NODISCARD rg_status rg_type_from_items(rg_type *out, rg_context *context, const rg_type *items, size_t count);
/* The type of a node without result. */
RG_API RG_NODISCARD rg_status rg_type_nothing(rg_type *out, rg_context *context);

/* Read an FX annotation (without its quotes). Text that is none becomes RG_TYPE_OPAQUE. */
RG_API RG_NODISCARD rg_status rg_type_parse(rg_type *out, rg_context *context, rg_string text);

/* The kind of a type; RG_TYPE_UNKNOWN for the null type. */
RG_API rg_type_kind rg_type_get_kind(const rg_context *context, rg_type type);
/* The tensor behind a tensor type; all zero for other kinds. Arrays are lent by the context. */
RG_API rg_tensor_type rg_type_get_tensor(const rg_context *context, rg_type type);
/* The expression of an RG_TYPE_SIZE; null for other kinds. */
RG_API rg_size rg_type_get_size(const rg_context *context, rg_type type);
/* The items of an RG_TYPE_TUPLE; none for other kinds, and null beyond the last. */
RG_API size_t rg_type_item_count(const rg_context *context, rg_type type);
RG_API rg_type rg_type_item(const rg_context *context, rg_type type, size_t index);

typedef struct rg_type_print_options {
    bool strides; /* print strides where known */
    bool device;  /* print the device where known */
} rg_type_print_options;

/* Print as an annotation, without quotes. Kinds that FX does not annotate print as `(f32[2], Sym(s0))`, `None`, and `?`
 * for the null type. */
RG_API rg_status rg_type_print(const rg_context *context, rg_type type, rg_type_print_options options, rg_sink sink);

#ifdef __cplusplus
}
#endif
#endif

/*
 * value_impl.h: the bits of a value.
 *
 * A value is a double, or a word in the space of quiet NaNs: a 16-bit tag above a 48-bit payload. The one NaN that is a
 * float is RG_NAN_BITS.
 *
 *   tag            payload
 *   NODE           result number (16 bits, 0 for now) | node id (32)
 *   INT            a signed integer of 48 bits; larger ones are CONSTANT
 *   PLAIN          kind (16) | a number (32): MISSING, NONE, ELLIPSIS: 0; BOOL: 0 or 1; DTYPE, OP, SIZE: the handle;
 *                  STRING, LAYOUT, MEMORY_FORMAT, OBJECT: id in context->strings
 *   DEVICE         index (16, signed) | id of the kind in context->strings (32)
 *   CONSTANT       kind (16) | id in context->aggregates (32): LIST, TUPLE, DICT, SLICE without nodes; INT
 *   ITEMS          kind (16) | offset in the graph's argument pool (32) of a header word, followed by the items:
 *                  LIST, TUPLE, DICT, SLICE that hold at least one node, however deep
 *
 * Invariant: a value without nodes is never ITEMS. So constants are equal exactly when their words are.
 */
#ifndef RG_IR_VALUE_IMPL_H
#define RG_IR_VALUE_IMPL_H

#include <regraft/value.h>

enum {
    RG_TAG_NODE = 0x7ff9,
    RG_TAG_INT = 0x7ffa,
    RG_TAG_PLAIN = 0x7ffb,
    RG_TAG_DEVICE = 0x7ffc,
    RG_TAG_CONSTANT = 0x7ffd,
    RG_TAG_ITEMS = 0x7ffe
};

#define RG_NAN_BITS ((uint64_t)0x7ff8 << 48)

/* The header of items, in a graph's pool and in an interned record alike. */
typedef struct rg_items_header {
    uint8_t kind;     /* rg_value_kind */
    uint8_t attached; /* in a pool: stands in some node's argument, so that another use must copy it */
    uint16_t depth;   /* 1 for a flat list */
    uint32_t count;
} rg_items_header;

_Static_assert(sizeof(rg_items_header) == sizeof(uint64_t), "an items header is one word of the argument pool");

static inline rg_value rg__value_make(uint32_t tag, uint32_t high, uint32_t low)
{
    return (rg_value){(uint64_t)tag << 48 | (uint64_t)(high & 0xffff) << 32 | low};
}

static inline uint32_t rg__value_tag(rg_value value)
{
    return (uint32_t)(value.bits >> 48);
}

static inline uint32_t rg__value_high(rg_value value)
{
    return (uint32_t)(value.bits >> 32) & 0xffff;
}

static inline uint32_t rg__value_low(rg_value value)
{
    return (uint32_t)value.bits;
}

static inline bool rg__value_is_node(rg_value value)
{
    return rg__value_tag(value) == RG_TAG_NODE;
}

static inline bool rg__value_is_items(rg_value value)
{
    return rg__value_tag(value) == RG_TAG_ITEMS;
}

/* Could the value be or hold a node? Exact, by the invariant above. */
static inline bool rg__value_has_nodes(rg_value value)
{
    return rg__value_is_node(value) || rg__value_is_items(value);
}

/* A constant aggregate from its items; `depth` is that of the result. */
rg_status rg__value_constant_items(rg_value *out, rg_context *context, rg_value_kind kind, uint32_t depth,
                                   const rg_value *items, size_t count);

/* Nesting depth: 0 for what has no items. */
uint32_t rg__value_depth(const rg_context *context, const rg_graph *graph, rg_value value);

#endif

/*
 * word.h: comparing texts with words of the language, and showing them in messages.
 */
#ifndef RG_TEXT_WORD_H
#define RG_TEXT_WORD_H

#include <regraft/base.h>

/* Two arguments for `%.*s`: the text, cut if it is very long. */
#define RG_SHOWN(text) (int)((text).size > 200 ? 200 : (text).size), (text).data

static inline bool rg__is_word(rg_string text, const char *word)
{
    return rg_string_equal(text, rg_string_from(word));
}

static inline bool rg__starts_with(rg_string text, const char *start)
{
    size_t size = strlen(start);
    return text.size >= size && memcmp(text.data, start, size) == 0;
}

static inline bool rg__ends_with(rg_string text, const char *end)
{
    size_t size = strlen(end);
    return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

/* The text behind its first `size` bytes. */
static inline rg_string rg__skip(rg_string text, size_t size)
{
    rg_string result = {text.data + size, text.size - size};
    return result;
}

#endif

/* Text without a C library: lines are taken apart from the left, answers are put together. */
#ifndef ADAPTER_TEXT_H
#define ADAPTER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* If `*text` begins with `expected`, moves `*text` behind it. */
static inline bool take_text(const char **text, const char *expected)
{
    const char *rest = *text;
    for (; *expected != '\0'; expected++, rest++)
        if (*rest != *expected)
            return false;
    *text = rest;
    return true;
}

static inline bool is_text(const char *text, const char *expected)
{
    return take_text(&text, expected) && *text == '\0';
}

/* If `*text` begins with a decimal number that 64 bits hold, moves `*text` behind it. */
static inline bool take_number(const char **text, uint64_t *number)
{
    const char *rest = *text;
    uint64_t value = 0;
    for (; *rest >= '0' && *rest <= '9'; rest++)
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, (uint64_t)(*rest - '0'), &value))
            return false;
    if (rest == *text)
        return false;
    *text = rest;
    *number = value;
    return true;
}

/* The number that follows `label` and blanks, where `text` has them. */
static inline bool find_number(const char *text, const char *label, uint64_t *number)
{
    for (; *text != '\0'; text++) {
        const char *rest = text;
        if (take_text(&rest, label)) {
            while (*rest == ' ' || *rest == '\t')
                rest++;
            return take_number(&rest, number);
        }
    }
    return false;
}

/* A line that is being put together. It is longer than any answer; what does not fit is left out. */
struct text {
    char bytes[256];
    size_t length;
};

static inline void add_text(struct text *line, const char *text)
{
    for (; *text != '\0' && line->length < sizeof line->bytes; text++)
        line->bytes[line->length++] = *text;
}

static inline void add_decimal(struct text *line, uint64_t number)
{
    char digits[21]; /* 2^64 - 1 has twenty, and there is a zero byte */
    char *first = digits + sizeof digits - 1;
    *first = '\0';
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    add_text(line, first);
}

/* Eight digits after 0x, as expected.txt has them. */
static inline void add_hexadecimal(struct text *line, uint32_t number)
{
    char digits[] = "0x00000000";
    for (int i = sizeof digits - 2; number != 0; i--, number >>= 4)
        digits[i] = "0123456789abcdef"[number & 15];
    add_text(line, digits);
}

#endif

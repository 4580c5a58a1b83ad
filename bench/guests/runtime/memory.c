/* The memory and string functions that compilers call without being asked.
 * The loops move eight bytes at a time: misaligned accesses always work on this
 * machine, so neither end needs to be aligned first. */

#include <stddef.h>
#include <stdint.h>

typedef uint64_t word __attribute__((may_alias, aligned(1)));

/* Without `restrict`, since memmove needs the bytes copied in this order. */
void *memcpy(void *destination, const void *source, size_t length)
{
    unsigned char *to = destination;
    const unsigned char *from = source;
    for (; length >= 8; length -= 8, to += 8, from += 8)
        *(word *)to = *(const word *)from;
    for (; length > 0; length--)
        *to++ = *from++;
    return destination;
}

void *memmove(void *destination, const void *source, size_t length)
{
    unsigned char *to = destination;
    const unsigned char *from = source;
    if ((uintptr_t)to - (uintptr_t)from >= length)
        return memcpy(destination, source, length);
    /* The destination starts inside the source: from the end down. */
    for (; length >= 8; length -= 8)
        *(word *)(to + length - 8) = *(const word *)(from + length - 8);
    for (; length > 0; length--)
        to[length - 1] = from[length - 1];
    return destination;
}

void *memset(void *destination, int value, size_t length)
{
    unsigned char *to = destination;
    uint64_t pattern = (unsigned char)value * UINT64_C(0x0101010101010101);
    for (; length >= 32; length -= 32, to += 32) {
        ((word *)to)[0] = pattern;
        ((word *)to)[1] = pattern;
        ((word *)to)[2] = pattern;
        ((word *)to)[3] = pattern;
    }
    for (; length >= 8; length -= 8, to += 8)
        *(word *)to = pattern;
    for (; length > 0; length--)
        *to++ = (unsigned char)pattern;
    return destination;
}

int memcmp(const void *left, const void *right, size_t length)
{
    const unsigned char *a = left;
    const unsigned char *b = right;
    for (; length >= 8 && *(const word *)a == *(const word *)b; length -= 8) {
        a += 8;
        b += 8;
    }
    for (; length > 0; length--, a++, b++)
        if (*a != *b)
            return *a - *b;
    return 0;
}

/* What rustc calls where only equality is asked for. */
int bcmp(const void *left, const void *right, size_t length)
{
    return memcmp(left, right, length);
}

size_t strlen(const char *text)
{
    const char *end = text;
    while (*end != 0)
        end++;
    return (size_t)(end - text);
}

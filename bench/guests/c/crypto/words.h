// Words of 64 bits and small arrays of them: what the two signature guests share.
//
// Everything here works on public data (signatures, keys and messages that
// anybody may see), so nothing tries to take the same time for all values.

#ifndef PVM2_GUEST_CRYPTO_WORDS_H
#define PVM2_GUEST_CRYPTO_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pvm2_wide.h>

typedef unsigned __int128 uint128;

#define NOINLINE __attribute__((noinline))

// Holds the compiler to the order in which the source computes. On a machine
// with a dozen usable registers the written order keeps a multiplication's
// operands in registers, and the compiler's own schedule does not. Gives `value`.
static inline uint64_t in_order(uint64_t value)
{
    __asm__ volatile("" : "+r"(value));
    return value;
}

// The same for memory: what was stored before is stored, and is read again.
#define STORED(array) __asm__ volatile("" : "+m"(array) : : "memory")

// Upper and lower half of a 128-bit product.
static inline uint64_t mul_high(uint64_t a, uint64_t b)
{
    return (uint64_t)(pvm2_multiply_wide(a, b) >> 64);
}

static inline uint64_t mul_low(uint64_t a, uint64_t b)
{
    return a * b;
}

static inline uint64_t load_little_endian(const uint8_t *bytes)
{
    uint64_t word = 0;
    for (int i = 7; i >= 0; i--)
        word = word << 8 | bytes[i];
    return word;
}

static inline uint64_t load_big_endian(const uint8_t *bytes)
{
    return __builtin_bswap64(load_little_endian(bytes));
}

// 32 bytes, least significant first, as four words.
static inline void words_from_little_endian(uint64_t out[4], const uint8_t bytes[32])
{
    for (int i = 0; i < 4; i++)
        out[i] = load_little_endian(bytes + 8 * i);
}

// 32 bytes, most significant first, as four words.
static inline void words_from_big_endian(uint64_t out[4], const uint8_t bytes[32])
{
    for (int i = 0; i < 4; i++)
        out[3 - i] = load_big_endian(bytes + 8 * i);
}

static inline bool words_are_zero(const uint64_t *a, int count)
{
    uint64_t any = 0;
    for (int i = 0; i < count; i++)
        any |= a[i];
    return any == 0;
}

static inline bool words_less(const uint64_t *a, const uint64_t *b, int count)
{
    for (int i = count - 1; i >= 0; i--)
        if (a[i] != b[i])
            return a[i] < b[i];
    return false;
}

// out = a - b; returns the borrow.
static NOINLINE uint64_t words_subtract(uint64_t *out, const uint64_t *a, const uint64_t *b, int count)
{
    uint64_t borrow = 0;
    for (int i = 0; i < count; i++) {
        uint64_t difference = a[i] - b[i];
        uint64_t next = (a[i] < b[i]) | (difference < borrow);
        out[i] = difference - borrow;
        borrow = next;
    }
    return borrow;
}

// out = a * b, `a_count + b_count` words. `out` overlaps neither factor.
static NOINLINE void words_multiply(uint64_t *out, const uint64_t *a, int a_count, const uint64_t *b, int b_count)
{
    for (int i = 0; i < b_count; i++)
        out[i] = 0;
    for (int i = 0; i < a_count; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < b_count; j++) {
            uint128 t = pvm2_multiply_wide(a[i], b[j]) + out[i + j] + carry;
            out[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        out[i + b_count] = carry;
    }
}

#endif

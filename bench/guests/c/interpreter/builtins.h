/* 256 functions of two numbers, called through one table: eight families of 32. */
#ifndef INTERPRETER_BUILTINS_H
#define INTERPRETER_BUILTINS_H

#include <stdint.h>

#define BUILTIN_COUNT 256

typedef int64_t builtin_function(int64_t left, int64_t right);

#define REPEAT_8(F, family, tens)                                                 \
    F(family, tens##0) F(family, tens##1) F(family, tens##2) F(family, tens##3)   \
    F(family, tens##4) F(family, tens##5) F(family, tens##6) F(family, tens##7)
/* Octal numerals: 32 of them, 010 to 047. */
#define REPEAT_32(F, family) \
    REPEAT_8(F, family, 01) REPEAT_8(F, family, 02) REPEAT_8(F, family, 03) REPEAT_8(F, family, 04)
#define REPEAT_256(F)                                                                      \
    REPEAT_32(F, scale) REPEAT_32(F, turn) REPEAT_32(F, mask) REPEAT_32(F, bits)           \
    REPEAT_32(F, modulo) REPEAT_32(F, choose) REPEAT_32(F, swap) REPEAT_32(F, power)

#define U(value) ((uint64_t)(value))

static inline uint64_t scale(uint64_t left, uint64_t right, unsigned k)
{
    return left * (2 * k + 1) + right;
}

static inline uint64_t turn(uint64_t left, uint64_t right, unsigned k)
{
    return (left << k | left >> (64 - k)) - right;
}

static inline uint64_t mask(uint64_t left, uint64_t right, unsigned k)
{
    return (left & ~(UINT64_MAX << k)) ^ right;
}

static inline uint64_t bits(uint64_t left, uint64_t right, unsigned k)
{
    return U(__builtin_popcountll(left)) * k + U(__builtin_clzll(right | 1)) + U(__builtin_ctzll(left | UINT64_C(1) << k));
}

static inline uint64_t modulo(uint64_t left, uint64_t right, unsigned k)
{
    return left % (k * k + 1) + right / (k + 2);
}

static inline uint64_t choose(uint64_t left, uint64_t right, unsigned k)
{
    return (int64_t)left < (int64_t)right ? left + k : (left >> 63 ? right : right - k);
}

static inline uint64_t swap(uint64_t left, uint64_t right, unsigned k)
{
    return __builtin_bswap64(left) >> k ^ right;
}

/* left^k by squaring, plus right. */
static inline uint64_t power(uint64_t left, uint64_t right, unsigned k)
{
    uint64_t product = 1;
    for (; k != 0; k >>= 1) {
        if (k & 1)
            product *= left;
        left *= left;
    }
    return product + right;
}

#define DEFINE(family, k)                                        \
    static int64_t family##_##k(int64_t left, int64_t right)     \
    {                                                            \
        return (int64_t)family(U(left), U(right), k);            \
    }
REPEAT_256(DEFINE)

#define ENTRY(family, k) family##_##k,
static builtin_function *const builtins[BUILTIN_COUNT] = {REPEAT_256(ENTRY)};

#undef ENTRY
#undef DEFINE
#undef U
#undef REPEAT_256
#undef REPEAT_32
#undef REPEAT_8

#endif

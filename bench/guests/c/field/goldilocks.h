/* The Goldilocks field: integers modulo p = 2^64 - 2^32 + 1.
 *
 * An element is any uint64_t, so most have two representations when they are small;
 * goldilocks_canonical chooses the one below p. With E = 2^32 - 1 the reductions rest on
 *     2^64 = E (mod p)   and   2^96 = -1 (mod p). */
#ifndef GOLDILOCKS_H
#define GOLDILOCKS_H

#include <stdint.h>

#include <pvm2_wide.h>

typedef unsigned __int128 goldilocks_wide;

#define GOLDILOCKS_P UINT64_C(0xffffffff00000001)
#define GOLDILOCKS_E UINT64_C(0x00000000ffffffff)

/* The multiplier and the seed that the field workloads share. */
#define WORKLOAD_MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)
#define WORKLOAD_SEED UINT64_C(0x123456789abcdef0)

static inline uint64_t goldilocks_canonical(uint64_t element)
{
    return element >= GOLDILOCKS_P ? element - GOLDILOCKS_P : element;
}

/* Any 128-bit value. With value = low + 2^64·h + 2^96·g it is low + 2^32·h - (h + g).
 * The sum may pass 2^64 (carry) and the difference 0 (borrow); each is worth E and they
 * cancel. If only one happened, adding or subtracting E does not wrap again: after a lone
 * carry the result is at most 2^64 - 2^32 - 1, after a lone borrow at least 2^64 - 2^33. */
static inline uint64_t goldilocks_reduce(goldilocks_wide value)
{
    uint64_t low = (uint64_t)value;
    uint64_t high = (uint64_t)(value >> 64);
    uint64_t sum = low + (high << 32);
    uint64_t carry = sum < low;
    uint64_t less = (uint32_t)high + (high >> 32);
    uint64_t borrow = sum < less;
    uint64_t excess = carry - borrow;
    return sum - less + (excess << 32) - excess;
}

/* low + 2^64·high for a high of at most 31 bits: the second addition of E cannot wrap,
 * because after a first wrap the sum is below 2^31·E. */
static inline uint64_t goldilocks_reduce_up(uint64_t low, uint64_t high)
{
    uint64_t sum = low + (high << 32) - high;
    return sum + (sum < low ? GOLDILOCKS_E : 0);
}

/* low - 2^64·deficit for a deficit of at most 31 bits. */
static inline uint64_t goldilocks_reduce_down(uint64_t low, uint64_t deficit)
{
    uint64_t difference = low - ((deficit << 32) - deficit);
    return difference - (difference > low ? GOLDILOCKS_E : 0);
}

static inline uint64_t goldilocks_mul(uint64_t left, uint64_t right)
{
    return goldilocks_reduce(pvm2_multiply_wide(left, right));
}

/* left·right + addend: the product leaves room for the sum. */
static inline uint64_t goldilocks_mul_add(uint64_t left, uint64_t right, uint64_t addend)
{
    return goldilocks_reduce(pvm2_multiply_wide(left, right) + addend);
}

/* The right operand must be canonical: then one correction is enough. */
static inline uint64_t goldilocks_add_canonical(uint64_t left, uint64_t canonical)
{
    uint64_t sum = left + canonical;
    return sum + (sum < left ? GOLDILOCKS_E : 0);
}

static inline uint64_t goldilocks_add(uint64_t left, uint64_t right)
{
    uint64_t sum = left + right;
    return goldilocks_reduce_up(sum, sum < left);
}

static inline uint64_t goldilocks_sub(uint64_t left, uint64_t right)
{
    uint64_t difference = left - right;
    return goldilocks_reduce_down(difference, left < right);
}

#endif

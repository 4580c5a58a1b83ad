// Signed windows: a number as a sum of d[i] * 2^i in which each d[i] is zero or
// odd and, in a window of w bits, at most one is not zero. About one position in
// w + 1 costs an addition of a precomputed odd multiple.

#ifndef PVM2_GUEST_CRYPTO_WNAF_H
#define PVM2_GUEST_CRYPTO_WNAF_H

#include "words.h"

// Positions that a number below 2^128 - 2^15 can reach.
#define WNAF_LENGTH 129

// Digits are odd, |d| < 2^(width - 1), with `width` from 2 to 16.
static NOINLINE void wnaf(int16_t digits[WNAF_LENGTH], uint128 number, int width)
{
    for (int i = 0; i < WNAF_LENGTH; i++)
        digits[i] = 0;

    int position = 0;
    while (number != 0) {
        if (!(number & 1)) {
            uint64_t low = (uint64_t)number;
            int zeros = low != 0 ? __builtin_ctzll(low) : 63;
            number >>= zeros;
            position += zeros;
            continue;
        }
        int digit = (int)((uint64_t)number & (((uint64_t)1 << width) - 1));
        if (digit >> (width - 1))
            digit -= 1 << width;
        digits[position] = (int16_t)digit;
        number -= (uint128)(__int128)digit;
        number >>= width;
        position += width;
    }
}

#endif

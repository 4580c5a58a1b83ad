// Signed windows: a number as a sum of d[i] * 2^i in which each d[i] is zero or
// odd and, in a window of w bits, at most one is not zero. About one position in
// w + 1 costs an addition of a precomputed odd multiple.

#ifndef PVM2_GUEST_CRYPTO_WNAF_H
#define PVM2_GUEST_CRYPTO_WNAF_H

#include "words.h"

// Positions that a number below 2^128 - 2^15 can reach.
#define WNAF_LENGTH 129

// The digits of four numbers side by side, so that one load tells whether a
// position needs no addition at all.
typedef struct {
    _Alignas(8) int16_t digit[4];
} wnaf_row;

static inline bool wnaf_row_is_zero(const wnaf_row *row)
{
    uint64_t all;
    __builtin_memcpy(&all, row, sizeof all);
    return all == 0;
}

// Fills in number `column` of rows that were zero: odd digits, |d| < 2^(width - 1),
// with `width` from 2 to 16.
static NOINLINE void wnaf(wnaf_row rows[WNAF_LENGTH], int column, uint128 number, int width)
{
    wnaf_row *row = rows;
    while (number != 0) {
        while (!(number & 1)) {
            uint64_t low = (uint64_t)number;
            int zeros = low != 0 ? __builtin_ctzll(low) : 63;
            number >>= zeros;
            row += zeros;
        }
        int digit = (int)((uint64_t)number & (((uint64_t)1 << width) - 1));
        if (digit >> (width - 1))
            digit -= 1 << width;
        row->digit[column] = (int16_t)digit;
        number -= (uint128)(__int128)digit;
        number >>= width;
        row += width;
    }
}

#endif

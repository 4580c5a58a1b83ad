// Two short numbers whose ratio is a long one: for k modulo the order L of
// Ed25519's base point, numbers u and v of about half its length, v not zero,
// with u = +-v k mod L. They are a remainder and its cofactor in the middle of
// Euclid's algorithm on L and k.

#ifndef PVM2_GUEST_CRYPTO_HALF_SCALARS_H
#define PVM2_GUEST_CRYPTO_HALF_SCALARS_H

#include "edwards25519.h"

typedef struct {
    uint128 u, v;    // below 2^127
    bool u_is_minus; // u = -v k mod L rather than v k
} half_scalars;

// A remainder of Euclid's algorithm, and the size of its cofactor: the signs of
// successive cofactors alternate.
typedef struct {
    uint64_t remainder[4];
    uint128 cofactor;
} euclid_row;

static int bit_length(const uint64_t words[4])
{
    for (int i = 3; i >= 0; i--)
        if (words[i] != 0)
            return 64 * i + 64 - __builtin_clzll(words[i]);
    return 0;
}

// The 64 bits from `position` on, which is below 192.
static uint64_t bits_from(const uint64_t words[4], int position)
{
    const uint64_t *at = words + (position >> 6);
    int part = position & 63;
    return at[0] >> part | (at[1] << 1) << (63 - part);
}

// a -= factor * b, which must not be negative.
static inline void subtract_multiple(uint64_t *a, uint64_t factor, const uint64_t *b, int count)
{
    uint64_t carry = 0;
    for (int i = 0; i < count; i++) {
        uint128 product = (uint128)factor * b[i] + carry;
        uint64_t low = (uint64_t)product;
        carry = (uint64_t)(product >> 64) + (a[i] < low);
        a[i] -= low;
    }
}

// big -= q * small for the quotient q. The leading bits give a part of q that is
// never too large and nearly always all of it. Both remainders have over 127 bits.
static void euclid_step(euclid_row *big, const euclid_row *small)
{
    int small_length = bit_length(small->remainder);
    while (!words_less(big->remainder, small->remainder, 4)) {
        int length = bit_length(big->remainder), position = length - 64;
        uint64_t leading = bits_from(big->remainder, position);
        if (length - small_length > 64) {
            // A rare quotient of more than a word: take its upper word off.
            uint64_t factor = leading / (bits_from(small->remainder, position - 64) + 1);
            subtract_multiple(big->remainder + 1, factor, small->remainder, 3);
            big->cofactor += factor * small->cofactor << 64;
        } else {
            uint64_t above = bits_from(small->remainder, position) + 1;
            uint64_t factor = above != 0 ? leading / above : 1;
            if (factor == 0)
                factor = 1;
            subtract_multiple(big->remainder, factor, small->remainder, 4);
            big->cofactor += factor * small->cofactor;
        }
    }
}

// The last remainder not above 2^127 has a cofactor below L / 2^127 < 2^126.
static NOINLINE void find_half_scalars(half_scalars *out, const uint64_t k[4])
{
    euclid_row rows[2];
    for (int i = 0; i < 4; i++) {
        rows[0].remainder[i] = ED25519_ORDER.value[i];
        rows[1].remainder[i] = k[i];
    }
    rows[0].cofactor = 0;
    rows[1].cofactor = 1;

    int last = 1;
    while (bit_length(rows[last].remainder) > 127) {
        euclid_step(&rows[1 - last], &rows[last]);
        last = 1 - last;
    }
    const euclid_row *found = &rows[last];
    out->u = (uint128)found->remainder[1] << 64 | found->remainder[0];
    out->v = found->cofactor;
    out->u_is_minus = last == 0;
}

#endif

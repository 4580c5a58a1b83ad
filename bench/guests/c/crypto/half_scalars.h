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

static void shift_left(uint64_t out[4], const uint64_t a[4], int count)
{
    int whole = count >> 6, part = count & 63;
    for (int i = 3; i >= 0; i--) {
        uint64_t upper = i >= whole ? a[i - whole] : 0;
        uint64_t lower = i > whole ? a[i - whole - 1] : 0;
        out[i] = upper << part | (lower >> 1) >> (63 - part);
    }
}

// big -= q * small for the quotient q, by shifted subtractions.
static void euclid_step(euclid_row *big, const euclid_row *small)
{
    int small_length = bit_length(small->remainder);
    int shift;
    while ((shift = bit_length(big->remainder) - small_length) >= 0) {
        uint64_t multiple[4];
        shift_left(multiple, small->remainder, shift);
        if (words_less(big->remainder, multiple, 4)) {
            if (shift == 0)
                return;
            shift_left(multiple, small->remainder, --shift);
        }
        words_subtract(big->remainder, big->remainder, multiple, 4);
        big->cofactor += small->cofactor << shift;
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

// Gallant, Lambert and Vanstone: k P = k1 P + k2 (lambda P) with k1 and k2 of half
// the length of k, where lambda P = (beta x, y) costs one multiplication.

#ifndef PVM2_GUEST_CRYPTO_ENDOMORPHISM_H
#define PVM2_GUEST_CRYPTO_ENDOMORPHISM_H

#include "secp256k1.h"

typedef struct {
    uint128 size; // below 0.65 * 2^128
    bool negative;
} half_scalar;

// round(k * factor / 2^384), two words.
static void rounded_share(uint64_t out[2], const uint64_t k[4], const uint64_t factor[4])
{
    uint64_t product[8];
    words_multiply(product, k, 4, factor, 4);
    uint128 share = (uint128)product[7] << 64 | product[6];
    share += product[5] >> 63;
    out[0] = (uint64_t)share;
    out[1] = (uint64_t)(share >> 64);
}

// From a number of 256 bits in two's complement.
static void half_scalar_from_words(half_scalar *out, const uint64_t words[4])
{
    uint128 low = (uint128)words[1] << 64 | words[0];
    out->negative = words[3] >> 63;
    out->size = out->negative ? -low : low;
}

// The multiples of (n, 0) and (0, n) are among the pairs (x, y) with x + y lambda = 0
// mod n; a short basis (a1, b1), (a2, b2) of those pairs is in the tables, with
// b1 < 0. The pair nearest to (k, 0) is subtracted from it.
static NOINLINE void split_scalar(half_scalar *k1, half_scalar *k2, const uint64_t k[4])
{
    uint64_t c1[2], c2[2], first[5], second[5], rest[4];
    rounded_share(c1, k, SECP256K1_SHARE_1);
    rounded_share(c2, k, SECP256K1_SHARE_2);

    words_multiply(first, c1, 2, SECP256K1_A1, 3);
    words_multiply(second, c2, 2, SECP256K1_A2, 3);
    words_subtract(rest, k, first, 4);
    words_subtract(rest, rest, second, 4);
    half_scalar_from_words(k1, rest);

    words_multiply(first, c1, 2, SECP256K1_MINUS_B1, 3);
    words_multiply(second, c2, 2, SECP256K1_B2, 3);
    words_subtract(rest, first, second, 4);
    half_scalar_from_words(k2, rest);
}

#endif

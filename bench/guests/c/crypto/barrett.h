// Reduction of a 512-bit number modulo a group order of 253 to 256 bits, after
// Barrett: the quotient is guessed with a precomputed reciprocal and the guess
// is at most two too small.

#ifndef PVM2_GUEST_CRYPTO_BARRETT_H
#define PVM2_GUEST_CRYPTO_BARRETT_H

#include "words.h"

typedef struct {
    uint64_t value[4];      // m, with 2^192 < m < 2^256
    uint64_t reciprocal[5]; // floor(2^512 / m)
} modulus;

// out = wide mod m. `wide` is below 2^512 and, for m below 2^255, its quotient
// by m below 2^320.
static NOINLINE void reduce_wide(uint64_t out[4], const uint64_t wide[8], const modulus *m)
{
    uint64_t product[10];
    words_multiply(product, wide + 3, 5, m->reciprocal, 5);
    const uint64_t *quotient = product + 5;

    uint64_t multiple[9];
    words_multiply(multiple, quotient, 5, m->value, 4);

    // The true remainder plus at most 2m fits five words, whatever is above.
    uint64_t rest[5];
    words_subtract(rest, wide, multiple, 5);
    while (rest[4] != 0 || !words_less(rest, m->value, 4))
        rest[4] -= words_subtract(rest, rest, m->value, 4);
    for (int i = 0; i < 4; i++)
        out[i] = rest[i];
}

// out = a * b mod m, for four-word factors.
static NOINLINE void multiply_modulo(uint64_t out[4], const uint64_t a[4], const uint64_t b[4], const modulus *m)
{
    uint64_t wide[8];
    words_multiply(wide, a, 4, b, 4);
    reduce_wide(out, wide, m);
}

#endif

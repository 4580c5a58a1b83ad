// Recovery of the public key from an ECDSA signature (SEC 1, section 4.1.6):
// Q = (s R - z G) / r, for the point R whose x is r.

#ifndef PVM2_GUEST_CRYPTO_RECOVER_H
#define PVM2_GUEST_CRYPTO_RECOVER_H

#include "endomorphism.h"
#include "wnaf.h"

// The table of R is made anew for each signature: a wider window would cost more
// than it saves.
#define POINT_WINDOW 5
#define POINT_MULTIPLES (1 << (POINT_WINDOW - 2))

// The four products of the sum u1 G + u2 R. With the endomorphism's images G' and
// R' it is k1 G + k2 G' + k3 R + k4 R', half scalars all.
enum { FACTOR_OF_G, FACTOR_OF_G_IMAGE, FACTOR_OF_R, FACTOR_OF_R_IMAGE };

typedef struct {
    wnaf_row digits[WNAF_LENGTH];
    bool negative[4];
} recoded_factors;

// Writes u in two half scalars, in columns `first` and `first` + 1.
static void recode(recoded_factors *out, int first, const uint64_t u[4], int window)
{
    half_scalar k[2];
    split_scalar(&k[0], &k[1], u);
    for (int i = 0; i < 2; i++) {
        wnaf(out->digits, first + i, k[i].size, window);
        out->negative[first + i] = k[i].negative;
    }
}

// The two factors of Q = u1 G + u2 R: -z / r and s / r mod n.
static NOINLINE void recovery_factors(uint64_t u1[4], uint64_t u2[4], const uint64_t z[4], const uint64_t r[4],
                                      const uint64_t s[4])
{
    uint64_t inverse[4];
    invert_modulo(inverse, r, &SECP256K1_ORDER_ODD);
    multiply_modulo(u2, s, inverse, &SECP256K1_ORDER);
    multiply_modulo(u1, z, inverse, &SECP256K1_ORDER);
    if (!words_are_zero(u1, 4))
        words_subtract(u1, SECP256K1_ORDER.value, u1, 4);
}

// The point with x = r, or r + n if bit 1 of the recovery id says so, and with the
// parity of y that bit 0 says.
static NOINLINE bool recover_point(fe *x, fe *y, const uint64_t r[4], unsigned recovery_id)
{
    uint64_t words[4] = { r[0], r[1], r[2], r[3] };
    if (recovery_id & 2) {
        // r + n is below p exactly if r is below p - n.
        if (!words_less(words, SECP256K1_PRIME_MINUS_ORDER, 4))
            return false;
        words_subtract(words, words, SECP256K1_MINUS_ORDER, 4);
    }
    fe_from_words(x, words);
    fe_square(y, x);
    fe_multiply(y, y, x);
    y->limb[0] += 7;
    fe square = *y;
    if (!fe_square_root(y, &square))
        return false;
    fe_canonical(words, y);
    if ((words[0] & 1) != (recovery_id & 1))
        fe_subtract(y, &FE_ZERO, y);
    return true;
}

// Adds the digit at position i of one factor, given the odd multiples of its point.
static inline void add_digit(jacobian_point *sum, const affine_operand *table, const recoded_factors *factors, int i,
                             int factor, const fe *scale)
{
    int digit = factors->digits[i].digit[factor];
    if (digit == 0)
        return;
    const affine_operand *q = &table[(digit < 0 ? -digit : digit) >> 1];
    bool image = factor == FACTOR_OF_G_IMAGE || factor == FACTOR_OF_R_IMAGE;
    jacobian_add(sum, image ? &q->beta_x : &q->x, &q->y, (digit < 0) != factors->negative[factor], scale);
}

// sum = u1 G + u2 R for R = (x, y), in one chain of doublings.
static NOINLINE void recovery_sum(jacobian_point *sum, const recoded_factors *factors, const fe *x, const fe *y)
{
    affine_operand table[POINT_MULTIPLES];
    fe scale;
    jacobian_odd_multiples(table, POINT_MULTIPLES, &scale, x, y);
    sum->is_zero = true;
    for (int i = WNAF_LENGTH - 1; i >= 0; i--) {
        if (!sum->is_zero)
            jacobian_double(sum);
        if (wnaf_row_is_zero(&factors->digits[i]))
            continue;
        add_digit(sum, table, factors, i, FACTOR_OF_R, NULL);
        add_digit(sum, table, factors, i, FACTOR_OF_R_IMAGE, NULL);
        add_digit(sum, SECP256K1_BASE_MULTIPLES, factors, i, FACTOR_OF_G, &scale);
        add_digit(sum, SECP256K1_BASE_MULTIPLES, factors, i, FACTOR_OF_G_IMAGE, &scale);
    }
    fe_multiply(&sum->z, &sum->z, &scale);
}

// The 33 bytes of a point: 2 or 3 for an even or odd y, then x.
static NOINLINE void encode_compressed(uint8_t out[33], const jacobian_point *p)
{
    fe inverse, square, x, y;
    uint64_t x_words[4], y_words[4];
    fe_invert(&inverse, &p->z);
    fe_square(&square, &inverse);
    fe_multiply(&x, &p->x, &square);
    fe_multiply(&square, &square, &inverse);
    fe_multiply(&y, &p->y, &square);
    fe_canonical(x_words, &x);
    fe_canonical(y_words, &y);
    out[0] = 2 + (y_words[0] & 1);
    for (int i = 0; i < 32; i++)
        out[1 + i] = (uint8_t)(x_words[3 - i / 8] >> (56 - 8 * (i % 8)));
}

// Writes the compressed key that made `signature` (r, then s) of the message with
// this hash, or returns false if there is none. `recovery_id` is 0 to 3.
static bool recover_key(uint8_t key[33], const uint8_t hash[32], const uint8_t signature[64], unsigned recovery_id)
{
    uint64_t z[4], r[4], s[4], u1[4], u2[4];
    words_from_big_endian(z, hash);
    words_from_big_endian(r, signature);
    words_from_big_endian(s, signature + 32);
    const uint64_t *n = SECP256K1_ORDER.value;
    if (recovery_id > 3 || words_are_zero(r, 4) || words_are_zero(s, 4) || !words_less(r, n, 4) || !words_less(s, n, 4))
        return false;

    fe x, y;
    if (!recover_point(&x, &y, r, recovery_id))
        return false;

    recoded_factors factors = { 0 };
    recovery_factors(u1, u2, z, r, s);
    recode(&factors, FACTOR_OF_G, u1, SECP256K1_BASE_WINDOW);
    recode(&factors, FACTOR_OF_R, u2, POINT_WINDOW);

    jacobian_point sum;
    recovery_sum(&sum, &factors, &x, &y);
    if (sum.is_zero)
        return false;
    encode_compressed(key, &sum);
    return true;
}

#endif

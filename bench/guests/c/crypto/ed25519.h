// Ed25519 verification (RFC 8032, section 5.1.7), with the equation that the
// standard states, [8][S]B = [8]R + [8][k]A.
//
// Multiplied by any v that the group order L does not divide, it stays true or
// false, for the points in it have been multiplied by the cofactor 8. With u = v k
// mod L, where u and v have half the length of L,
//
//     [8]([v S]B - [v]R - [u]A) = 0
//
// takes half as many doublings: v S mod L is cut in two halves, of which the
// upper one has its own table, of multiples of 2^127 B.

#ifndef PVM2_GUEST_CRYPTO_ED25519_H
#define PVM2_GUEST_CRYPTO_ED25519_H

#include "barrett.h"
#include "edwards25519.h"
#include "half_scalars.h"
#include "sha512.h"
#include "wnaf.h"

// The tables of A and R are made anew for each signature: wider windows would
// cost more than they save.
#define POINT_WINDOW 4
#define POINT_MULTIPLES (1 << (POINT_WINDOW - 2))

// Columns of the digits: the factors of -R, of -A or A, and of the two parts of B.
enum { FACTOR_OF_R, FACTOR_OF_A, FACTOR_OF_B_LOW, FACTOR_OF_B_HIGH };

static NOINLINE void ed25519_hash(uint64_t k[4], const uint8_t signature[64], const uint8_t key[32],
                                  const uint8_t *message, size_t length)
{
    sha512 state;
    uint64_t digest[8];
    sha512_begin(&state);
    sha512_add(&state, signature, 32);
    sha512_add(&state, key, 32);
    sha512_add(&state, message, length);
    sha512_end(&state, digest);
    reduce_wide(k, digest, &ED25519_ORDER);
}

// Cuts the base point's factor v S mod L at bit 127, and writes all four factors
// in signed windows.
static NOINLINE void ed25519_recode(wnaf_row digits[WNAF_LENGTH], const half_scalars *half, const uint64_t s[4])
{
    uint64_t v[4] = { (uint64_t)half->v, (uint64_t)(half->v >> 64), 0, 0 }, product[4];
    multiply_modulo(product, s, v, &ED25519_ORDER);
    uint128 low = (uint128)(product[1] & ~((uint64_t)1 << 63)) << 64 | product[0];
    uint128 high = ((uint128)product[3] << 64 | product[2]) << 1 | product[1] >> 63;
    __builtin_memset(digits, 0, WNAF_LENGTH * sizeof *digits);
    wnaf(digits, FACTOR_OF_R, half->v, POINT_WINDOW);
    wnaf(digits, FACTOR_OF_A, half->u, POINT_WINDOW);
    wnaf(digits, FACTOR_OF_B_LOW, low, ED25519_BASE_WINDOW);
    wnaf(digits, FACTOR_OF_B_HIGH, high, ED25519_BASE_WINDOW);
}

// Adds digit * P to the sum, given the odd multiples of P.
static void add_digit(edwards_sum *sum, edwards_point *point, const edwards_operand *table, int digit)
{
    if (digit == 0)
        return;
    edwards_finish(point, sum, true);
    edwards_add(sum, point, &table[(digit < 0 ? -digit : digit) >> 1], digit < 0);
}

static void add_affine_digit(edwards_sum *sum, edwards_point *point, const edwards_affine_operand *table, int digit)
{
    if (digit == 0)
        return;
    edwards_finish(point, sum, true);
    edwards_add_affine(sum, point, &table[(digit < 0 ? -digit : digit) >> 1], digit < 0);
}

// One chain of doublings for the four products.
static NOINLINE void ed25519_sum(edwards_point *point, const wnaf_row digits[WNAF_LENGTH], const edwards_operand *r,
                                 const edwards_operand *a)
{
    edwards_sum sum;
    int i = WNAF_LENGTH - 1;
    while (i > 0 && wnaf_row_is_zero(&digits[i]))
        i--;
    *point = EDWARDS_ZERO;
    for (; i >= 0; i--) {
        edwards_double(&sum, point);
        if (!wnaf_row_is_zero(&digits[i])) {
            const int16_t *digit = digits[i].digit;
            add_digit(&sum, point, r, digit[FACTOR_OF_R]);
            add_digit(&sum, point, a, digit[FACTOR_OF_A]);
            add_affine_digit(&sum, point, ED25519_BASE_MULTIPLES[0], digit[FACTOR_OF_B_LOW]);
            add_affine_digit(&sum, point, ED25519_BASE_MULTIPLES[1], digit[FACTOR_OF_B_HIGH]);
        }
        edwards_finish(point, &sum, false);
    }
}

static bool edwards_is_zero_times_8(edwards_point *point)
{
    edwards_sum sum;
    for (int i = 0; i < 3; i++) {
        edwards_double(&sum, point);
        edwards_finish(point, &sum, false);
    }
    return fe_is_zero(&point->x) && fe_equal(&point->y, &point->z);
}

// Is `signature` one of `message` under `key`?
static bool ed25519_verify(const uint8_t key[32], const uint8_t *message, size_t length, const uint8_t signature[64])
{
    uint64_t s[4], k[4];
    words_from_little_endian(s, signature + 32);
    if (!words_less(s, ED25519_ORDER.value, 4))
        return false;
    ed25519_hash(k, signature, key, message, length);

    half_scalars half;
    find_half_scalars(&half, k);

    // The tables hold multiples of -R and of -A, or of A where u = -v k.
    edwards_point point;
    edwards_operand r[POINT_MULTIPLES], a[POINT_MULTIPLES];
    if (!edwards_decode(&point, signature, true))
        return false;
    edwards_odd_multiples(r, POINT_MULTIPLES, &point);
    if (!edwards_decode(&point, key, !half.u_is_minus))
        return false;
    edwards_odd_multiples(a, POINT_MULTIPLES, &point);

    wnaf_row digits[WNAF_LENGTH];
    ed25519_recode(digits, &half, s);
    ed25519_sum(&point, digits, r, a);
    return edwards_is_zero_times_8(&point);
}

#endif

// The field of 2^255 - 19 elements, as five limbs of 51 bits.
//
// A product of limbs has 128 bits and RISC-V has no carry flag, so adding up
// 128-bit products would cost four instructions each. Two sums of 64 bits cost
// two: over the products x of one column
//
//     low  = sum of x mod 2^64        (mul)
//     high = sum of floor(x / 2^54)   (mulhu of factors shifted by ten bits)
//
// The floors of five products lose less than 5 * 2^54, so the column's exact sum
// is high * 2^54 + ((low - high * 2^54) mod 2^64). No carry is ever needed.
//
// "Tight" limbs are below 2^51 + 2^13: what fe_multiply and fe_square give. They
// take limbs below 2^54, so that a few sums and differences go unreduced.

#ifndef PVM2_GUEST_CRYPTO_FIELD25519_H
#define PVM2_GUEST_CRYPTO_FIELD25519_H

#include "words.h"

typedef struct {
    uint64_t limb[5];
} fe;

#define FE_MASK (((uint64_t)1 << 51) - 1)

// 2p, limb by limb above every tight element: what a subtraction adds first.
#define FE_TWICE_P(i) ((i) == 0 ? ((uint64_t)1 << 52) - 38 : ((uint64_t)1 << 52) - 2)

static inline uint64_t times_19(uint64_t x)
{
    return x + 2 * (x + 8 * x);
}

// Limbs of the result from the two sums of each column.
static inline void fe_carry(fe *out, const uint64_t low[5], const uint64_t high[5])
{
    uint64_t v0 = low[0] - (high[0] << 54);
    uint64_t v1 = in_order(low[1] + 8 * high[0]) - (high[1] << 54) + (v0 >> 51);
    uint64_t v2 = in_order(low[2] + 8 * high[1]) - (high[2] << 54) + (v1 >> 51);
    uint64_t v3 = in_order(low[3] + 8 * high[2]) - (high[3] << 54) + (v2 >> 51);
    uint64_t v4 = in_order(low[4] + 8 * high[3]) - (high[4] << 54) + (v3 >> 51);
    v0 = (v0 & FE_MASK) + times_19((v4 >> 51) + 8 * high[4]);
    out->limb[0] = v0 & FE_MASK;
    out->limb[1] = (v1 & FE_MASK) + (v0 >> 51);
    out->limb[2] = v2 & FE_MASK;
    out->limb[3] = v3 & FE_MASK;
    out->limb[4] = v4 & FE_MASK;
}

// Adds the products of one limb with five others to the five column sums.
#define FE_ROW(multiply, a, x0, x1, x2, x3, x4) \
    s0 = in_order(s0 + multiply(a, x0)); \
    s1 = in_order(s1 + multiply(a, x1)); \
    s2 = in_order(s2 + multiply(a, x2)); \
    s3 = in_order(s3 + multiply(a, x3)); \
    s4 = in_order(s4 + multiply(a, x4))

// out = x * y. `out` may be x or y.
static NOINLINE void fe_multiply(fe *out, const fe *x, const fe *y)
{
    fe *volatile result = out; // out of the registers until it is needed
    uint64_t low[5], s0, s1, s2, s3, s4;
    uint64_t b0 = y->limb[0], b1 = y->limb[1], b2 = y->limb[2], b3 = y->limb[3], b4 = y->limb[4];

    // Products that pass 2^255 come back multiplied by 19; row by row one more
    // limb of y is replaced by 19 times itself.
    uint64_t a = x->limb[0];
    s0 = a * b0, s1 = a * b1, s2 = a * b2, s3 = a * b3, s4 = a * b4;
    b4 = in_order(times_19(b4)), a = x->limb[1];
    FE_ROW(mul_low, a, b4, b0, b1, b2, b3);
    b3 = in_order(times_19(b3)), a = x->limb[2];
    FE_ROW(mul_low, a, b3, b4, b0, b1, b2);
    b2 = in_order(times_19(b2)), a = x->limb[3];
    FE_ROW(mul_low, a, b2, b3, b4, b0, b1);
    b1 = in_order(times_19(b1)), a = x->limb[4];
    FE_ROW(mul_low, a, b1, b2, b3, b4, b0);
    low[0] = s0, low[1] = s1, low[2] = s2, low[3] = s3, low[4] = s4;
    STORED(low);

    // The same rows from last to first for the upper halves.
    a = in_order(a << 10);
    s0 = mul_high(a, b1), s1 = mul_high(a, b2), s2 = mul_high(a, b3), s3 = mul_high(a, b4), s4 = mul_high(a, b0);
    b1 = in_order(y->limb[1]), a = x->limb[3] << 10;
    FE_ROW(mul_high, a, b2, b3, b4, b0, b1);
    b2 = in_order(y->limb[2]), a = x->limb[2] << 10;
    FE_ROW(mul_high, a, b3, b4, b0, b1, b2);
    b3 = in_order(y->limb[3]), a = x->limb[1] << 10;
    FE_ROW(mul_high, a, b4, b0, b1, b2, b3);
    b4 = in_order(y->limb[4]), a = x->limb[0] << 10;
    FE_ROW(mul_high, a, b0, b1, b2, b3, b4);
    fe_carry(result, low, (uint64_t[]){ s0, s1, s2, s3, s4 });
}

// Column sums of a square: each is 2 * (two products) + one product.
#define FE_SQUARE_COLUMNS(multiply)                                             \
    s4 = in_order(2 * (multiply(a0, a4) + multiply(a1, a3)) + multiply(a2, a2)); \
    s3 = in_order(2 * (multiply(a0, a3) + multiply(a1, a2)) + multiply(a4, c4)); \
    s2 = in_order(2 * (multiply(a0, a2) + multiply(a3, c4)) + multiply(a1, a1)); \
    s1 = in_order(2 * (multiply(a0, a1) + multiply(a2, c4)) + multiply(a3, c3)); \
    s0 = in_order(2 * (multiply(a1, c4) + multiply(a2, c3)) + multiply(a0, a0))

// out = x^(2^count), count at least 1. `out` may be x.
static NOINLINE void fe_square_times(fe *out, const fe *x, int count)
{
    fe *volatile result = out;
    uint64_t low[5], s0, s1, s2, s3, s4;
    do {
        uint64_t a0 = x->limb[0], a1 = x->limb[1], a2 = x->limb[2], a3 = x->limb[3], a4 = x->limb[4];
        uint64_t c3 = times_19(a3), c4 = times_19(a4);
        FE_SQUARE_COLUMNS(mul_low);
        low[0] = s0, low[1] = s1, low[2] = s2, low[3] = s3, low[4] = s4;
        STORED(low);
        // Five bits on either factor are the ten of the product.
        a0 <<= 5, a1 <<= 5, a2 <<= 5, a3 <<= 5, a4 <<= 5, c3 <<= 5, c4 <<= 5;
        FE_SQUARE_COLUMNS(mul_high);
        out = result;
        fe_carry(out, low, (uint64_t[]){ s0, s1, s2, s3, s4 });
        x = out;
    } while (--count != 0);
}

static inline void fe_square(fe *out, const fe *x)
{
    fe_square_times(out, x, 1);
}

static inline void fe_add(fe *out, const fe *x, const fe *y)
{
    for (int i = 0; i < 5; i++)
        out->limb[i] = x->limb[i] + y->limb[i];
}

// out = x - y, y tight.
static inline void fe_subtract(fe *out, const fe *x, const fe *y)
{
    for (int i = 0; i < 5; i++)
        out->limb[i] = x->limb[i] + FE_TWICE_P(i) - y->limb[i];
}

// out = -x, x tight.
static inline void fe_negate(fe *out, const fe *x)
{
    for (int i = 0; i < 5; i++)
        out->limb[i] = FE_TWICE_P(i) - x->limb[i];
}

// The one representative below p, as 256 bits in four words.
static NOINLINE void fe_canonical(uint64_t words[4], const fe *x)
{
    uint64_t v[5];
    for (int i = 0; i < 5; i++)
        v[i] = x->limb[i];
    // Two rounds of carries leave a number below 2^255 + 19 * 2^13; adding 19
    // tells by bit 255 whether p must go, and a third drops it.
    for (int round = 0; round < 3; round++) {
        uint64_t carry = round == 2 ? 19 : 0;
        for (int i = 0; i < 5; i++) {
            carry += v[i];
            v[i] = carry & FE_MASK;
            carry >>= 51;
        }
        if (round < 2)
            v[0] += 19 * carry;
        else if (carry == 0)
            v[0] -= 19; // p was not reached: take the 19 back
    }
    uint64_t borrow = 0;
    for (int i = 0; i < 5; i++) {
        v[i] -= borrow;
        borrow = v[i] >> 63;
        v[i] &= FE_MASK;
    }
    words[0] = v[0] | v[1] << 51;
    words[1] = v[1] >> 13 | v[2] << 38;
    words[2] = v[2] >> 26 | v[3] << 25;
    words[3] = v[3] >> 39 | v[4] << 12;
}

// From a number below 2^255.
static void fe_from_words(fe *out, const uint64_t words[4])
{
    out->limb[0] = words[0] & FE_MASK;
    out->limb[1] = (words[0] >> 51 | words[1] << 13) & FE_MASK;
    out->limb[2] = (words[1] >> 38 | words[2] << 26) & FE_MASK;
    out->limb[3] = (words[2] >> 25 | words[3] << 39) & FE_MASK;
    out->limb[4] = words[3] >> 12;
}

static bool fe_is_zero(const fe *x)
{
    uint64_t words[4];
    fe_canonical(words, x);
    return words_are_zero(words, 4);
}

// Are x and y the same element? y tight.
static bool fe_equal(const fe *x, const fe *y)
{
    fe difference;
    fe_subtract(&difference, x, y);
    return fe_is_zero(&difference);
}

// out = x^(2^252 - 3), that is (p - 5) / 8, by powers x^(2^n - 1).
static void fe_power_252_3(fe *out, const fe *x)
{
    fe t, ones5, ones10, ones50;
    fe_square(&t, x);                      // 2
    fe_square_times(&ones5, &t, 2);        // 8
    fe_multiply(&ones5, &ones5, x);        // 9
    fe_multiply(&t, &t, &ones5);           // 11
    fe_square(&t, &t);                     // 22
    fe_multiply(&ones5, &ones5, &t);       // 31 = 2^5 - 1
    fe_square_times(&t, &ones5, 5);
    fe_multiply(&ones10, &t, &ones5);      // 2^10 - 1
    fe_square_times(&t, &ones10, 10);
    fe_multiply(&t, &t, &ones10);          // 2^20 - 1
    fe_square_times(&ones50, &t, 20);
    fe_multiply(&t, &ones50, &t);          // 2^40 - 1
    fe_square_times(&t, &t, 10);
    fe_multiply(&ones50, &t, &ones10);     // 2^50 - 1
    fe_square_times(&t, &ones50, 50);
    fe_multiply(&t, &t, &ones50);          // 2^100 - 1
    fe one_hundred = t;
    fe_square_times(&t, &t, 100);
    fe_multiply(&t, &t, &one_hundred);     // 2^200 - 1
    fe_square_times(&t, &t, 50);
    fe_multiply(&t, &t, &ones50);          // 2^250 - 1
    fe_square_times(&t, &t, 2);
    fe_multiply(out, &t, x);               // 2^252 - 3
}

#endif

// The field of p = 2^256 - 2^32 - 977 elements, as five limbs of 52 bits. Between
// operations a number is only kept below about 2^260, where
//
//     2^260 = 16 * (2^32 + 977) = FE_FOLD mod p.
//
// Products are summed without carries, in two sums a column:
//
//     low  = sum of x mod 2^64        (mul)
//     high = sum of floor(x / 2^55)   (mulhu of factors shifted by nine bits)
//
// The floors of six products lose less than 6 * 2^55, so the exact sum is
// high * 2^55 + ((low - high * 2^55) mod 2^64).
//
// "Tight" limbs are below 2^52 + 2^46: what fe_multiply and fe_square give. They
// take limbs below 2^55.

#ifndef PVM2_GUEST_CRYPTO_FIELD_SECP256K1_H
#define PVM2_GUEST_CRYPTO_FIELD_SECP256K1_H

#include "words.h"

typedef struct {
    uint64_t limb[5];
} fe;

#define FE_MASK (((uint64_t)1 << 52) - 1)
#define FE_FOLD ((uint64_t)0x1000003D10)

// 32p, limb by limb above every tight element: what a subtraction adds first.
#define FE_ZERO_2(i) ((i) == 0 ? ((uint64_t)1 << 53) - 2 * FE_FOLD : ((uint64_t)1 << 53) - 2)

// 64p, above every sum of three tight elements.
#define FE_ZERO_4(i) (2 * FE_ZERO_2(i))

// Keeps a value's limbs below 2^52 (limb 1: 2^52 + 2^13), given limbs below 2^63.
static inline void fe_tighten(fe *x)
{
    uint64_t carry = 0;
    for (int i = 0; i < 5; i++) {
        carry += x->limb[i];
        x->limb[i] = carry & FE_MASK;
        carry >>= 52;
    }
    carry = x->limb[0] + carry * FE_FOLD;
    x->limb[0] = carry & FE_MASK;
    x->limb[1] += carry >> 52;
}

// Limbs of the product from the two sums of each lower column.
static inline void fe_carry(fe *out, const uint64_t low[5], const uint64_t high[5])
{
    uint64_t v0 = low[0] - (high[0] << 55);
    uint64_t v1 = in_order(low[1] + 8 * high[0]) - (high[1] << 55) + (v0 >> 52);
    uint64_t v2 = in_order(low[2] + 8 * high[1]) - (high[2] << 55) + (v1 >> 52);
    uint64_t v3 = in_order(low[3] + 8 * high[2]) - (high[3] << 55) + (v2 >> 52);
    uint64_t v4 = in_order(low[4] + 8 * high[3]) - (high[4] << 55) + (v3 >> 52);
    uint64_t above = (v4 >> 52) + 8 * high[4];
    v0 = (v0 & FE_MASK) + (above * FE_FOLD & FE_MASK);
    out->limb[0] = v0 & FE_MASK;
    out->limb[1] = (v1 & FE_MASK) + (v0 >> 52) + mul_high(above, FE_FOLD << 12);
    out->limb[2] = v2 & FE_MASK;
    out->limb[3] = v3 & FE_MASK;
    out->limb[4] = v4 & FE_MASK;
}

// The upper four columns of a product as five multiples of 2^260 * 2^(52 i).
static inline void fe_carry_upper(uint64_t out[5], const uint64_t low[4], const uint64_t high[4])
{
    out[0] = low[0] - (high[0] << 55);
    out[1] = in_order(low[1] + 8 * high[0]) - (high[1] << 55);
    out[2] = in_order(low[2] + 8 * high[1]) - (high[2] << 55);
    out[3] = in_order(low[3] + 8 * high[2]) - (high[3] << 55);
    out[4] = 8 * high[3];
}

#define FE_ADD_PRODUCT(sum, multiply, a, b) sum = in_order(sum + multiply(a, b))

// Columns 5 to 8 of x * y, from the limbs of x from last to second.
#define FE_UPPER_COLUMNS(multiply, a4, a3, a2, a1)                       \
    a = a4;                                                              \
    s0 = multiply(a, b1), s1 = multiply(a, b2), s2 = multiply(a, b3), s3 = multiply(a, b4); \
    a = a3;                                                              \
    FE_ADD_PRODUCT(s0, multiply, a, b2);                                 \
    FE_ADD_PRODUCT(s1, multiply, a, b3);                                 \
    FE_ADD_PRODUCT(s2, multiply, a, b4);                                 \
    a = a2;                                                              \
    FE_ADD_PRODUCT(s0, multiply, a, b3);                                 \
    FE_ADD_PRODUCT(s1, multiply, a, b4);                                 \
    a = a1;                                                              \
    FE_ADD_PRODUCT(s0, multiply, a, b4)

// Columns 0 to 4 of x * y, on top of what the sums hold.
#define FE_LOWER_COLUMNS(multiply, a0, a1, a2, a3, a4) \
    a = a0;                                            \
    FE_ADD_PRODUCT(s0, multiply, a, b0);               \
    FE_ADD_PRODUCT(s1, multiply, a, b1);               \
    FE_ADD_PRODUCT(s2, multiply, a, b2);               \
    FE_ADD_PRODUCT(s3, multiply, a, b3);               \
    FE_ADD_PRODUCT(s4, multiply, a, b4);               \
    a = a1;                                            \
    FE_ADD_PRODUCT(s1, multiply, a, b0);               \
    FE_ADD_PRODUCT(s2, multiply, a, b1);               \
    FE_ADD_PRODUCT(s3, multiply, a, b2);               \
    FE_ADD_PRODUCT(s4, multiply, a, b3);               \
    a = a2;                                            \
    FE_ADD_PRODUCT(s2, multiply, a, b0);               \
    FE_ADD_PRODUCT(s3, multiply, a, b1);               \
    FE_ADD_PRODUCT(s4, multiply, a, b2);               \
    a = a3;                                            \
    FE_ADD_PRODUCT(s3, multiply, a, b0);               \
    FE_ADD_PRODUCT(s4, multiply, a, b1);               \
    a = a4;                                            \
    FE_ADD_PRODUCT(s4, multiply, a, b0)

// What the upper columns add to the lower ones.
#define FE_FOLD_COLUMNS(multiply, factor)          \
    s0 = in_order(multiply(upper[0], factor));     \
    s1 = in_order(multiply(upper[1], factor));     \
    s2 = in_order(multiply(upper[2], factor));     \
    s3 = in_order(multiply(upper[3], factor));     \
    s4 = in_order(multiply(upper[4], factor))

// out = x * y. `out` may be x or y.
static NOINLINE void fe_multiply(fe *out, const fe *x, const fe *y)
{
    fe *volatile result = out; // out of the registers until it is needed
    uint64_t low[5], upper[5], a, s0, s1, s2, s3, s4;
    uint64_t b1 = y->limb[1], b2 = y->limb[2], b3 = y->limb[3], b4 = y->limb[4];

    FE_UPPER_COLUMNS(mul_low, x->limb[4], x->limb[3], x->limb[2], x->limb[1]);
    low[0] = s0, low[1] = s1, low[2] = s2, low[3] = s3;
    STORED(low);
    FE_UPPER_COLUMNS(mul_high, x->limb[4] << 9, x->limb[3] << 9, x->limb[2] << 9, x->limb[1] << 9);
    fe_carry_upper(upper, low, (uint64_t[]){ s0, s1, s2, s3 });
    STORED(upper);

    uint64_t b0 = y->limb[0];
    FE_FOLD_COLUMNS(mul_low, FE_FOLD);
    FE_LOWER_COLUMNS(mul_low, x->limb[0], x->limb[1], x->limb[2], x->limb[3], x->limb[4]);
    low[0] = s0, low[1] = s1, low[2] = s2, low[3] = s3, low[4] = s4;
    STORED(low);
    FE_FOLD_COLUMNS(mul_high, FE_FOLD << 9);
    FE_LOWER_COLUMNS(mul_high, x->limb[0] << 9, x->limb[1] << 9, x->limb[2] << 9, x->limb[3] << 9, x->limb[4] << 9);
    fe_carry(result, low, (uint64_t[]){ s0, s1, s2, s3, s4 });
}

static inline uint64_t mul_high_9(uint64_t a, uint64_t b)
{
    return mul_high(a << 9, b);
}

// Columns 5 to 8 of a square in the form of fe_carry_upper: twice the products of
// different limbs, and squares.
static inline void fe_square_upper(uint64_t out[5], uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4)
{
    uint64_t high, next;
    high = 2 * (mul_high(a1 << 9, a4) + mul_high(a2 << 9, a3));
    out[0] = in_order(2 * (a1 * a4 + a2 * a3) - (high << 55));
    next = 2 * mul_high(a2 << 9, a4) + mul_high(a3 << 9, a3);
    out[1] = in_order(2 * (a2 * a4) + a3 * a3 + 8 * high - (next << 55));
    high = 2 * mul_high(a3 << 9, a4);
    out[2] = in_order(2 * (a3 * a4) + 8 * next - (high << 55));
    next = mul_high(a4 << 9, a4);
    out[3] = in_order(a4 * a4 + 8 * high - (next << 55));
    out[4] = 8 * next;
}

#define FE_SQUARE_LOWER_COLUMNS(multiply)                                              \
    s0 = in_order(s0 + multiply(a0, a0));                                              \
    s1 = in_order(s1 + 2 * multiply(a0, a1));                                          \
    s2 = in_order(s2 + 2 * multiply(a0, a2) + multiply(a1, a1));                       \
    s3 = in_order(s3 + 2 * (multiply(a0, a3) + multiply(a1, a2)));                     \
    s4 = in_order(s4 + 2 * (multiply(a0, a4) + multiply(a1, a3)) + multiply(a2, a2))

// out = x^(2^count), count at least 1. `out` may be x.
static NOINLINE void fe_square_times(fe *out, const fe *x, int count)
{
    fe *volatile result = out;
    uint64_t low[5], upper[5], s0, s1, s2, s3, s4;
    do {
        uint64_t a0, a1 = x->limb[1], a2 = x->limb[2], a3 = x->limb[3], a4 = x->limb[4];
        fe_square_upper(upper, a1, a2, a3, a4);
        STORED(upper);
        // Forget the shifted limbs: shifting again costs less than keeping them.
        a1 = in_order(a1), a2 = in_order(a2), a3 = in_order(a3);

        a0 = x->limb[0];
        FE_FOLD_COLUMNS(mul_low, FE_FOLD);
        FE_SQUARE_LOWER_COLUMNS(mul_low);
        low[0] = s0, low[1] = s1, low[2] = s2, low[3] = s3, low[4] = s4;
        STORED(low);
        FE_FOLD_COLUMNS(mul_high, FE_FOLD << 9);
        a0 = in_order(a0), a1 = in_order(a1), a2 = in_order(a2);
        FE_SQUARE_LOWER_COLUMNS(mul_high_9);
        out = result;
        fe_carry(out, low, (uint64_t[]){ s0, s1, s2, s3, s4 });
        x = out;
    } while (--count != 0);
}

static inline void fe_square(fe *out, const fe *x)
{
    fe_square_times(out, x, 1);
}

// out = x - y, y tight.
static inline void fe_subtract(fe *out, const fe *x, const fe *y)
{
    for (int i = 0; i < 5; i++)
        out->limb[i] = x->limb[i] + FE_ZERO_2(i) - y->limb[i];
}

// From a number below 2^256.
static void fe_from_words(fe *out, const uint64_t words[4])
{
    out->limb[0] = words[0] & FE_MASK;
    out->limb[1] = (words[0] >> 52 | words[1] << 12) & FE_MASK;
    out->limb[2] = (words[1] >> 40 | words[2] << 24) & FE_MASK;
    out->limb[3] = (words[2] >> 28 | words[3] << 36) & FE_MASK;
    out->limb[4] = words[3] >> 16;
}

// The one representative below p, in four words; limbs of x below 2^62.
static NOINLINE void fe_canonical(uint64_t words[4], const fe *x)
{
    const uint64_t fold = FE_FOLD >> 4; // 2^256 mod p
    uint64_t v[5];
    for (int i = 0; i < 5; i++)
        v[i] = x->limb[i];
    // Two rounds leave a number below 2^256 + fold; adding fold tells by bit 256
    // whether p must go, and leaving that bit out drops it.
    for (int round = 0; round < 3; round++) {
        uint64_t carry = round == 2 ? fold : 0;
        for (int i = 0; i < 4; i++) {
            carry += v[i];
            v[i] = carry & FE_MASK;
            carry >>= 52;
        }
        v[4] += carry;
        carry = v[4] >> 48;
        v[4] &= FE_MASK >> 4;
        if (round < 2)
            v[0] += fold * carry;
        else if (carry == 0)
            v[0] -= fold; // p was not reached: take it back
    }
    uint64_t borrow = 0;
    for (int i = 0; i < 5; i++) {
        v[i] -= borrow;
        borrow = v[i] >> 63;
        v[i] &= FE_MASK;
    }
    words[0] = v[0] | v[1] << 52;
    words[1] = v[1] >> 12 | v[2] << 40;
    words[2] = v[2] >> 24 | v[3] << 28;
    words[3] = v[3] >> 36 | v[4] << 16;
}

static NOINLINE bool fe_is_zero(const fe *x)
{
    uint64_t words[4];
    fe_canonical(words, x);
    return words_are_zero(words, 4);
}

// A square root of x, if it has one: x^((p + 1) / 4), by powers x^(2^n - 1).
static NOINLINE bool fe_square_root(fe *out, const fe *x)
{
    fe ones2, ones3, ones22, ones44, ones88, t;
    fe_square(&t, x);
    fe_multiply(&ones2, &t, x);
    fe_square(&t, &ones2);
    fe_multiply(&ones3, &t, x);
    fe_square_times(&t, &ones3, 3);
    fe_multiply(&t, &t, &ones3);           // 2^6 - 1
    fe_square_times(&t, &t, 3);
    fe_multiply(&t, &t, &ones3);           // 2^9 - 1
    fe_square_times(&t, &t, 2);
    fe_multiply(&ones22, &t, &ones2);      // 2^11 - 1
    fe_square_times(&t, &ones22, 11);
    fe_multiply(&ones22, &t, &ones22);     // 2^22 - 1
    fe_square_times(&t, &ones22, 22);
    fe_multiply(&ones44, &t, &ones22);     // 2^44 - 1
    fe_square_times(&t, &ones44, 44);
    fe_multiply(&ones88, &t, &ones44);     // 2^88 - 1
    fe_square_times(&t, &ones88, 88);
    fe_multiply(&t, &t, &ones88);          // 2^176 - 1
    fe_square_times(&t, &t, 44);
    fe_multiply(&t, &t, &ones44);          // 2^220 - 1
    fe_square_times(&t, &t, 3);
    fe_multiply(&t, &t, &ones3);           // 2^223 - 1
    fe_square_times(&t, &t, 23);
    fe_multiply(&t, &t, &ones22);          // 223 ones, a zero, 22 ones
    fe_square_times(&t, &t, 6);
    fe_multiply(&t, &t, &ones2);           // then 0000 11
    fe_square_times(out, &t, 2);           // then 00

    fe_square(&t, out);
    fe_subtract(&t, &t, x);
    return fe_is_zero(&t);
}

#endif

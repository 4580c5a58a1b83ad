// Inverses modulo an odd number, by the division steps of Bernstein and Yang
// ("Fast constant-time gcd computation and modular inversion", 2019), here with
// jumps that depend on the numbers.
//
// Sixty-two steps at a time are decided from the lowest 64 bits of f and g alone
// and summed up in a matrix, which is then applied to the long numbers.

#ifndef PVM2_GUEST_CRYPTO_INVERSE_H
#define PVM2_GUEST_CRYPTO_INVERSE_H

#include "words.h"

typedef __int128 int128;

// A number as five signed digits of 62 bits.
typedef struct {
    int64_t digit[5];
} signed62;

#define DIGIT_MASK (((uint64_t)1 << 62) - 1)

typedef struct {
    signed62 value;
    uint64_t inverse62; // 1 / value mod 2^62
} odd_modulus;

// Sixty-two steps take (f, g) to (u f + v g, q f + r g) / 2^62.
typedef struct {
    int64_t u, v, q, r;
} step_matrix;

// The matrix of the next 62 steps. `eta` is the paper's delta with the other sign,
// before the steps; its value after them is returned.
static int64_t division_steps(step_matrix *out, int64_t eta, uint64_t f, uint64_t g)
{
    uint64_t u = 1, v = 0, q = 0, r = 1;
    int left = 62;
    for (;;) {
        // Steps in which g is even only halve it. (A bit above the last step
        // stops the count.)
        int zeros = __builtin_ctzll(g | (uint64_t)-1 << left);
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        eta -= zeros;
        left -= zeros;
        if (left == 0)
            break;

        if (eta < 0) {
            uint64_t t;
            eta = -eta;
            t = f, f = g, g = -t;
            t = u, u = q, q = -t;
            t = v, v = r, r = -t;
        }
        // Until eta or the steps run out f stays, so several low bits of g can be
        // cleared by one multiple of f: w = -g / f modulo a power of two.
        int limit = eta + 1 < left ? (int)eta + 1 : left;
        // f (f^2 - 2) is -1 / f modulo 64, for f^2 - 1 is a multiple of 8.
        uint64_t w = g * f * (f * f - 2) & 63 & (((uint64_t)1 << limit) - 1);
        g += f * w;
        q += u * w;
        r += v * w;
    }
    *out = (step_matrix){ (int64_t)u, (int64_t)v, (int64_t)q, (int64_t)r };
    return eta;
}

// (f, g) = (u f + v g, q f + r g) / 2^62, which is exact.
static NOINLINE void apply_to_numbers(signed62 *f, signed62 *g, const step_matrix *m)
{
    int128 cf = 0, cg = 0;
    for (int i = 0; i < 5; i++) {
        int64_t fi = f->digit[i], gi = g->digit[i];
        cf += (int128)m->u * fi + (int128)m->v * gi;
        cg += (int128)m->q * fi + (int128)m->r * gi;
        if (i > 0) {
            f->digit[i - 1] = (int64_t)((uint64_t)cf & DIGIT_MASK);
            g->digit[i - 1] = (int64_t)((uint64_t)cg & DIGIT_MASK);
        }
        cf >>= 62;
        cg >>= 62;
    }
    f->digit[4] = (int64_t)cf;
    g->digit[4] = (int64_t)cg;
}

// One row: out = (a d + b e) / 2^62 mod modulus. A multiple of the modulus makes
// the division exact; d and e stay between -2 modulus and modulus.
static NOINLINE void apply_row(signed62 *out, int64_t a, int64_t b, const signed62 *d, const signed62 *e,
                               const odd_modulus *modulus)
{
    // Adding the modulus for each negative factor keeps the result's range.
    int64_t times = (d->digit[4] < 0 ? a : 0) + (e->digit[4] < 0 ? b : 0);
    uint64_t low = (uint64_t)a * (uint64_t)d->digit[0] + (uint64_t)b * (uint64_t)e->digit[0];
    times -= (int64_t)((modulus->inverse62 * low + (uint64_t)times) & DIGIT_MASK);

    int128 carry = 0;
    for (int i = 0; i < 5; i++) {
        carry += (int128)a * d->digit[i] + (int128)b * e->digit[i] + (int128)times * modulus->value.digit[i];
        if (i > 0)
            out->digit[i - 1] = (int64_t)((uint64_t)carry & DIGIT_MASK);
        carry >>= 62;
    }
    out->digit[4] = (int64_t)carry;
}

static void add_multiple(signed62 *x, const signed62 *y, int64_t factor)
{
    int64_t carry = 0;
    for (int i = 0; i < 5; i++) {
        carry += x->digit[i] + factor * y->digit[i];
        x->digit[i] = i < 4 ? (int64_t)((uint64_t)carry & DIGIT_MASK) : carry;
        carry >>= 62;
    }
}

static bool signed62_is_zero(const signed62 *x)
{
    return words_are_zero((const uint64_t *)x->digit, 5);
}

// out = 1 / x mod modulus, for x between 1 and modulus - 1 without a common
// factor. `out` may be x.
static NOINLINE void invert_modulo(uint64_t out[4], const uint64_t x[4], const odd_modulus *modulus)
{
    signed62 f = modulus->value, g, d = { { 0 } }, e = { { 1 } };
    g.digit[0] = (int64_t)(x[0] & DIGIT_MASK);
    g.digit[1] = (int64_t)((x[0] >> 62 | x[1] << 2) & DIGIT_MASK);
    g.digit[2] = (int64_t)((x[1] >> 60 | x[2] << 4) & DIGIT_MASK);
    g.digit[3] = (int64_t)((x[2] >> 58 | x[3] << 6) & DIGIT_MASK);
    g.digit[4] = (int64_t)(x[3] >> 56);

    // Throughout, d x = f and e x = g modulo the modulus.
    int64_t eta = -1;
    while (!signed62_is_zero(&g)) {
        step_matrix m;
        signed62 old_d = d;
        eta = division_steps(&m, eta, (uint64_t)f.digit[0] | (uint64_t)f.digit[1] << 62,
                             (uint64_t)g.digit[0] | (uint64_t)g.digit[1] << 62);
        apply_row(&d, m.u, m.v, &old_d, &e, modulus);
        apply_row(&e, m.q, m.r, &old_d, &e, modulus);
        apply_to_numbers(&f, &g, &m);
    }

    // Now f is 1 or -1, and d or -d the inverse, up to the modulus.
    if (f.digit[4] < 0) {
        signed62 zero = { { 0 } };
        add_multiple(&zero, &d, -1);
        d = zero;
    }
    while (d.digit[4] < 0)
        add_multiple(&d, &modulus->value, 1);
    signed62 less = d;
    add_multiple(&less, &modulus->value, -1);
    if (less.digit[4] >= 0)
        d = less;

    uint64_t *v = (uint64_t *)d.digit;
    out[0] = v[0] | v[1] << 62;
    out[1] = v[1] >> 2 | v[2] << 60;
    out[2] = v[2] >> 4 | v[3] << 58;
    out[3] = v[3] >> 6 | v[4] << 56;
}

#endif

// The curve y^2 = x^3 + 7 of secp256k1 (SEC 2, section 2.4.1), with Jacobian
// coordinates: x = X / Z^2, y = Y / Z^3.

#ifndef PVM2_GUEST_CRYPTO_SECP256K1_H
#define PVM2_GUEST_CRYPTO_SECP256K1_H

#include "barrett.h"
#include "field_secp256k1.h"
#include "inverse.h"

// X and Z tight, the limbs of Y below 2^54 - 4 * FE_FOLD.
typedef struct {
    fe x, y, z;
    bool is_zero; // the point at infinity, whatever the coordinates
} jacobian_point;

// A point as the second operand of an addition, and with it its image (beta x, y)
// under the endomorphism, which is lambda times the point. All limbs tight.
typedef struct {
    fe x, beta_x, y;
} affine_operand;

#include "secp256k1_tables.h"

// out = 1 / x, for x not zero.
static NOINLINE void fe_invert(fe *out, const fe *x)
{
    uint64_t words[4];
    fe_canonical(words, x);
    invert_modulo(words, words, &SECP256K1_PRIME);
    fe_from_words(out, words);
}

// out = 3/2 x, x tight.
static inline void fe_three_halves(fe *out, const fe *x)
{
    uint64_t odd = -(x->limb[0] & 1);
    uint64_t next = 3 * x->limb[0] + (odd & SECP256K1_PRIME_LIMBS.limb[0]);
    for (int i = 0; i < 5; i++) {
        uint64_t current = next;
        if (i < 4)
            next = 3 * x->limb[i + 1] + (odd & SECP256K1_PRIME_LIMBS.limb[i + 1]);
        out->limb[i] = (current >> 1) + (i < 4 ? (next & 1) << 51 : 0);
    }
}

// p = 2p. With s = y^2, t = x s and l = 3/2 x^2:
// x' = l^2 - 2 t, y' = l (t - x') - s^2, z' = y z.
static NOINLINE void jacobian_double(jacobian_point *p)
{
    fe s, t, l;
    fe_multiply(&p->z, &p->z, &p->y);
    fe_square(&s, &p->y);
    fe_square(&l, &p->x);
    fe_three_halves(&l, &l);
    fe_multiply(&t, &p->x, &s);
    fe_square(&p->x, &l);
    for (int i = 0; i < 5; i++)
        p->x.limb[i] += FE_ZERO_4(i) - 2 * t.limb[i];
    fe_tighten(&p->x);
    fe_subtract(&t, &t, &p->x);
    fe_multiply(&t, &t, &l);
    fe_square(&s, &s);
    fe_subtract(&p->y, &t, &s);
}

// Could this tight element be zero? True for all that are and for few others: the
// lowest limb of j p is -j (2^32 + 977), and j is at most 17.
static inline bool fe_may_be_zero(const fe *x)
{
    return x->limb[0] - 1 >= FE_MASK - 2 * FE_FOLD;
}

// The general case of p + q, for q = (u / z^2, +-s / z^3). With h = u - x,
// r = +-s - y and v = x h^2: x' = r^2 - h^3 - 2 v, y' = r (v - x') - y h^3, z' = z h.
// Returns false, with only h and r computed, if h = 0, for then p = q or p = -q.
static bool jacobian_add_scaled(jacobian_point *p, fe *h, fe *r, const fe *u, const fe *s, bool negative)
{
    fe hh, hhh, v;
    for (int i = 0; i < 5; i++) {
        uint64_t y = negative ? FE_ZERO_2(i) - s->limb[i] : s->limb[i];
        h->limb[i] = u->limb[i] + FE_ZERO_2(i) - p->x.limb[i];
        r->limb[i] = y + FE_ZERO_4(i) - p->y.limb[i];
    }
    fe_square(&hh, h);
    if (fe_may_be_zero(&hh) && fe_is_zero(&hh))
        return false;
    fe_multiply(&hhh, &hh, h);
    fe_multiply(&v, &hh, &p->x);
    fe_multiply(&p->z, &p->z, h);
    fe_square(&p->x, r);
    for (int i = 0; i < 5; i++)
        p->x.limb[i] += FE_ZERO_4(i) - hhh.limb[i] - 2 * v.limb[i];
    fe_tighten(&p->x);
    fe_subtract(&v, &v, &p->x);
    fe_multiply(&v, &v, r);
    fe_multiply(&hhh, &hhh, &p->y);
    fe_subtract(&p->y, &v, &hhh);
    return true;
}

// p += q or p -= q for q = (x, y). With `scale` c, p's coordinates belong to the
// curve on which (X, Y) stands for the point (X / c^2, Y / c^3) of ours.
static NOINLINE void jacobian_add(jacobian_point *p, const fe *x, const fe *y, bool negative, const fe *scale)
{
    fe z, u, s, h, r;
    if (p->is_zero)
        p->z = FE_ONE;
    if (scale != NULL)
        fe_multiply(&z, &p->z, scale);
    else
        z = p->z;
    fe_square(&u, &z);
    fe_multiply(&s, &u, &z);
    fe_multiply(&u, &u, x);
    fe_multiply(&s, &s, y);

    if (p->is_zero) {
        p->is_zero = false;
        p->x = u;
        p->y = s;
        if (negative)
            fe_subtract(&p->y, &FE_ZERO, &s);
    } else if (!jacobian_add_scaled(p, &h, &r, &u, &s, negative)) {
        if (fe_is_zero(&r))
            jacobian_double(p);
        else
            p->is_zero = true;
    }
}

// P, 3P, 5P, ... for P = (x, y), all as affine points of the curve on which (X, Y)
// stands for (X / c^2, Y / c^3); gives c.
static NOINLINE void jacobian_odd_multiples(affine_operand *table, int count, fe *scale, const fe *x, const fe *y)
{
    // On the curve where 2P has Z = 1 each step is an addition of that.
    fe twice_x, twice_y, t, u, ratio[count];
    jacobian_point twice = { *x, *y, FE_ONE, false };
    jacobian_double(&twice);
    fe_square(&t, &twice.z);
    jacobian_point odd = { .z = FE_ONE };
    fe_multiply(&odd.x, x, &t);
    fe_multiply(&t, &t, &twice.z);
    fe_multiply(&odd.y, y, &t);
    twice_x = twice.x, twice_y = twice.y;
    table[0].x = odd.x, table[0].y = odd.y;
    for (int i = 1; i < count; i++) {
        // P has a prime order above 2 * count, so that no sum is a special case.
        // Z grows by the factor h, and (odd.z)^2 must scale twice_x.
        fe_square(&t, &odd.z);
        fe_multiply(&u, &t, &odd.z);
        fe_multiply(&t, &t, &twice_x);
        fe_multiply(&u, &u, &twice_y);
        fe r;
        jacobian_add_scaled(&odd, &ratio[i], &r, &t, &u, false);
        table[i].x = odd.x, table[i].y = odd.y;
    }
    fe_multiply(scale, &odd.z, &twice.z);

    // Bring all to the Z of the last: the i-th lacks ratio[i + 1] ... ratio[last].
    t = FE_ONE;
    for (int i = count - 1; i >= 0; i--) {
        if (i < count - 1) {
            fe_multiply(&t, &t, &ratio[i + 1]);
            fe_square(&u, &t);
            fe_multiply(&table[i].x, &table[i].x, &u);
            fe_multiply(&u, &u, &t);
            fe_multiply(&table[i].y, &table[i].y, &u);
        }
        fe_multiply(&table[i].beta_x, &table[i].x, &SECP256K1_BETA);
    }
}

#endif

// The curve -x^2 + y^2 = 1 + d x^2 y^2 of Ed25519 (RFC 8032, section 5.1), with
// the extended coordinates of Hisil, Wong, Carter and Dawson: x = X/Z, y = Y/Z,
// xy = T/Z.

#ifndef PVM2_GUEST_CRYPTO_EDWARDS25519_H
#define PVM2_GUEST_CRYPTO_EDWARDS25519_H

#include "barrett.h"
#include "field25519.h"

typedef struct {
    fe x, y, z, t;
} edwards_point;

// What a sum or double comes to before its last multiplications:
// X = E F, Y = G H, Z = F G, T = E H.
typedef struct {
    fe e, f, g, h;
} edwards_sum;

// A point as the second operand of an addition.
typedef struct {
    fe sum, difference; // Y + X, Y - X
    fe t2d;             // 2 d T
} edwards_affine_operand; // Z = 1

typedef struct {
    edwards_affine_operand affine;
    fe z;
} edwards_operand;

#include "ed25519_tables.h"

// T is wanted only before an addition.
static void edwards_finish(edwards_point *out, const edwards_sum *s, bool with_t)
{
    fe_multiply(&out->x, &s->e, &s->f);
    fe_multiply(&out->y, &s->g, &s->h);
    fe_multiply(&out->z, &s->f, &s->g);
    if (with_t)
        fe_multiply(&out->t, &s->e, &s->h);
}

static void edwards_double(edwards_sum *out, const edwards_point *p)
{
    fe xx, yy, zz, xy;
    fe_add(&xy, &p->x, &p->y);
    fe_square(&xx, &p->x);
    fe_square(&yy, &p->y);
    fe_square(&zz, &p->z);
    fe_square(&xy, &xy);
    for (int i = 0; i < 5; i++) {
        uint64_t h = xx.limb[i] + yy.limb[i];
        uint64_t g = xx.limb[i] + FE_TWICE_P(i) - yy.limb[i];
        out->h.limb[i] = h;
        out->g.limb[i] = g;
        out->e.limb[i] = h + FE_TWICE_P(i) - xy.limb[i];
        out->f.limb[i] = g + 2 * zz.limb[i];
    }
}

// The common part of the additions; `zz` is twice the product of the two Z.
static void edwards_add_with(edwards_sum *out, const edwards_point *p, const edwards_affine_operand *q,
                             bool negative, const fe *zz)
{
    fe a, b, c;
    fe_subtract(&a, &p->y, &p->x);
    fe_add(&b, &p->y, &p->x);
    fe_multiply(&a, &a, negative ? &q->sum : &q->difference);
    fe_multiply(&b, &b, negative ? &q->difference : &q->sum);
    fe_multiply(&c, &p->t, &q->t2d);
    fe *f = negative ? &out->g : &out->f, *g = negative ? &out->f : &out->g;
    for (int i = 0; i < 5; i++) {
        out->e.limb[i] = b.limb[i] + FE_TWICE_P(i) - a.limb[i];
        out->h.limb[i] = b.limb[i] + a.limb[i];
        f->limb[i] = zz->limb[i] + FE_TWICE_P(i) - c.limb[i];
        g->limb[i] = zz->limb[i] + c.limb[i];
    }
}

// out = p + q, or p - q. The formulas hold for all pairs of points.
static NOINLINE void edwards_add(edwards_sum *out, const edwards_point *p, const edwards_operand *q, bool negative)
{
    fe zz;
    fe_multiply(&zz, &p->z, &q->z);
    fe_add(&zz, &zz, &zz);
    edwards_add_with(out, p, &q->affine, negative, &zz);
}

static NOINLINE void edwards_add_affine(edwards_sum *out, const edwards_point *p, const edwards_affine_operand *q,
                                        bool negative)
{
    fe zz;
    fe_add(&zz, &p->z, &p->z);
    edwards_add_with(out, p, q, negative, &zz);
}

static void edwards_as_operand(edwards_operand *out, const edwards_point *p)
{
    fe_add(&out->affine.sum, &p->y, &p->x);
    fe_subtract(&out->affine.difference, &p->y, &p->x);
    fe_multiply(&out->affine.t2d, &p->t, &EDWARDS_TWICE_D);
    out->z = p->z;
}

// P, 3P, 5P, ...
static NOINLINE void edwards_odd_multiples(edwards_operand *table, int count, const edwards_point *p)
{
    edwards_sum sum;
    edwards_point twice, odd;
    edwards_operand step;
    edwards_as_operand(&table[0], p);
    edwards_double(&sum, p);
    edwards_finish(&twice, &sum, true);
    edwards_as_operand(&step, &twice);
    odd = *p;
    for (int i = 1; i < count; i++) {
        edwards_add(&sum, &odd, &step, false);
        edwards_finish(&odd, &sum, true);
        edwards_as_operand(&table[i], &odd);
    }
}

// x from x^2 = u / v, or false if there is none (RFC 8032, section 5.1.3):
// u v^3 (u v^7)^((p - 5) / 8) is a root of u/v, of -u/v, or no root.
static bool fe_square_root_of_ratio(fe *x, const fe *u, const fe *v)
{
    fe v3, t, check;
    fe_square(&v3, v);
    fe_multiply(&v3, &v3, v);
    fe_square(&t, &v3);
    fe_multiply(&t, &t, v);
    fe_multiply(&t, &t, u);
    fe_power_252_3(&t, &t);
    fe_multiply(&t, &t, &v3);
    fe_multiply(x, &t, u);

    fe_square(&check, x);
    fe_multiply(&check, &check, v);
    if (fe_equal(u, &check))
        return true;
    fe_multiply(x, x, &FE_SQUARE_ROOT_OF_MINUS_ONE);
    fe_add(&check, &check, u);
    return fe_is_zero(&check);
}

// The point that 32 bytes stand for, negated if asked; false if they stand for none.
static NOINLINE bool edwards_decode(edwards_point *out, const uint8_t bytes[32], bool negative)
{
    uint64_t words[4], x[4];
    words_from_little_endian(words, bytes);
    bool x_is_odd = words[3] >> 63;
    words[3] &= ~((uint64_t)1 << 63);
    if (!words_less(words, FIELD25519_PRIME, 4))
        return false;
    fe_from_words(&out->y, words);

    fe u, v;
    fe_square(&u, &out->y);
    fe_multiply(&v, &u, &EDWARDS_D);
    fe_subtract(&u, &u, &FE_ONE);
    fe_add(&v, &v, &FE_ONE);
    if (!fe_square_root_of_ratio(&out->x, &u, &v))
        return false;

    fe_canonical(x, &out->x);
    if (x_is_odd && words_are_zero(x, 4))
        return false;
    if ((x[0] & 1) != (x_is_odd ^ negative)) {
        fe_negate(&out->x, &out->x);
    }
    out->z = FE_ONE;
    fe_multiply(&out->t, &out->x, &out->y);
    return true;
}

#endif

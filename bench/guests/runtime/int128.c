/* 128-bit integer helpers that clang and rustc call on a 64-bit target. They work
 * on halves, so that none of them can call itself. */

#include <stdint.h>

#include <pvm2_wide.h>

typedef __int128 signed128;
typedef unsigned __int128 unsigned128;

typedef union {
    unsigned128 whole;
    struct {
        uint64_t low, high;
    };
} halves;

unsigned128 __ashlti3(unsigned128 value, int count)
{
    halves in = {.whole = value}, out;
    if (count >= 64) {
        out.low = 0;
        out.high = in.low << (count & 63);
    } else {
        out.low = in.low << count;
        out.high = in.high << count | (in.low >> 1) >> (63 - count);
    }
    return out.whole;
}

unsigned128 __lshrti3(unsigned128 value, int count)
{
    halves in = {.whole = value}, out;
    if (count >= 64) {
        out.low = in.high >> (count & 63);
        out.high = 0;
    } else {
        out.low = in.low >> count | (in.high << 1) << (63 - count);
        out.high = in.high >> count;
    }
    return out.whole;
}

signed128 __ashrti3(signed128 value, int count)
{
    halves in = {.whole = (unsigned128)value}, out;
    int64_t high = (int64_t)in.high;
    if (count >= 64) {
        out.low = (uint64_t)(high >> (count & 63));
        out.high = (uint64_t)(high >> 63);
    } else {
        out.low = in.low >> count | (in.high << 1) << (63 - count);
        out.high = (uint64_t)(high >> count);
    }
    return (signed128)out.whole;
}

signed128 __multi3(signed128 left, signed128 right)
{
    halves a = {.whole = (unsigned128)left}, b = {.whole = (unsigned128)right}, out;
    out.whole = pvm2_multiply_wide(a.low, b.low); /* mul and mulhu: no call */
    out.high += a.low * b.high + a.high * b.low;
    return (signed128)out.whole;
}

/* One bit at a time, from the highest bit of the dividend. */
static unsigned128 divide(unsigned128 dividend, unsigned128 divisor, unsigned128 *remainder)
{
    halves n = {.whole = dividend}, d = {.whole = divisor}, quotient = {.whole = 0}, rest = {.whole = 0};
    if ((n.high | d.high) == 0) {
        /* By zero as div and rem do it: all ones, and the dividend. */
        quotient.low = d.low != 0 ? n.low / d.low : UINT64_MAX;
        rest.low = d.low != 0 ? n.low % d.low : n.low;
        *remainder = rest.whole;
        return quotient.whole;
    }
    int bits = n.high != 0 ? 128 - __builtin_clzll(n.high) : n.low != 0 ? 64 - __builtin_clzll(n.low) : 0;
    for (int bit = bits - 1; bit >= 0; bit--) {
        uint64_t next = bit >= 64 ? n.high >> (bit - 64) & 1 : n.low >> bit & 1;
        uint64_t carried_out = rest.high >> 63;
        rest.high = rest.high << 1 | rest.low >> 63;
        rest.low = rest.low << 1 | next;
        if (carried_out || rest.high > d.high || (rest.high == d.high && rest.low >= d.low)) {
            uint64_t borrow = rest.low < d.low;
            rest.low -= d.low;
            rest.high -= d.high + borrow;
            if (bit >= 64)
                quotient.high |= UINT64_C(1) << (bit - 64);
            else
                quotient.low |= UINT64_C(1) << bit;
        }
    }
    *remainder = rest.whole;
    return quotient.whole;
}

unsigned128 __udivmodti4(unsigned128 dividend, unsigned128 divisor, unsigned128 *remainder)
{
    unsigned128 rest;
    unsigned128 quotient = divide(dividend, divisor, &rest);
    if (remainder != 0)
        *remainder = rest;
    return quotient;
}

unsigned128 __udivti3(unsigned128 dividend, unsigned128 divisor)
{
    unsigned128 rest;
    return divide(dividend, divisor, &rest);
}

unsigned128 __umodti3(unsigned128 dividend, unsigned128 divisor)
{
    unsigned128 rest;
    (void)divide(dividend, divisor, &rest);
    return rest;
}

static unsigned128 magnitude(signed128 value)
{
    return value < 0 ? -(unsigned128)value : (unsigned128)value;
}

signed128 __divti3(signed128 dividend, signed128 divisor)
{
    unsigned128 rest;
    unsigned128 quotient = divide(magnitude(dividend), magnitude(divisor), &rest);
    return (signed128)((dividend < 0) != (divisor < 0) ? -quotient : quotient);
}

signed128 __modti3(signed128 dividend, signed128 divisor)
{
    unsigned128 rest;
    (void)divide(magnitude(dividend), magnitude(divisor), &rest);
    return (signed128)(dividend < 0 ? -rest : rest);
}

/* Horner's rule: a polynomial of degree 4095 over Goldilocks at 64 points, the values summed. */

#include <pvm2.h>

#include "field/goldilocks.h"

#define COEFFICIENTS 4096
#define POINTS 64

static uint64_t coefficients[COEFFICIENTS];

uint32_t guest_main(void)
{
    uint64_t x = WORKLOAD_SEED;
    for (int i = 0; i < COEFFICIENTS; i++) {
        x = goldilocks_mul(x, WORKLOAD_MULTIPLIER);
        coefficients[i] = x;
    }
    uint64_t y = UINT64_C(0xfedcba9876543210);
    uint64_t sum = 0;
    for (int point = 0; point < POINTS; point++) {
        y = goldilocks_mul(y, WORKLOAD_MULTIPLIER);
        uint64_t value = 0;
        for (int i = COEFFICIENTS - 1; i >= 0; i--)
            value = goldilocks_mul_add(value, y, coefficients[i]);
        sum = goldilocks_add(sum, value);
    }
    return (uint32_t)goldilocks_canonical(sum);
}

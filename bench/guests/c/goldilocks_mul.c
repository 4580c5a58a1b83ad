/* 100 000 dependent multiplications in the Goldilocks field. */

#include <pvm2.h>

#include "field/goldilocks.h"

uint32_t guest_main(void)
{
    uint64_t product = WORKLOAD_SEED;
    for (int i = 0; i < 100000; i++)
        product = goldilocks_mul(product, WORKLOAD_MULTIPLIER);
    return (uint32_t)goldilocks_canonical(product);
}

/* The whole product of two words. */
#ifndef PVM2_WIDE_H
#define PVM2_WIDE_H

#include <stdint.h>

static inline unsigned __int128 pvm2_multiply_wide(uint64_t left, uint64_t right)
{
#ifdef __wasm__
    /* WebAssembly has no upper half of a product, and clang calls a function of the runtime for one whose operands
     * and result have 128 bits. Spelt out in halves the product of words is quicker. */
    uint64_t left_low = (uint32_t)left, left_high = left >> 32;
    uint64_t right_low = (uint32_t)right, right_high = right >> 32;
    uint64_t low = left_low * right_low;
    uint64_t middle = left_high * right_low + (low >> 32);
    uint64_t carried = left_low * right_high + (uint32_t)middle;
    uint64_t high = left_high * right_high + (middle >> 32) + (carried >> 32);
    return (unsigned __int128)high << 64 | (carried << 32 | (uint32_t)low);
#else
    return (unsigned __int128)left * right;
#endif
}

#endif

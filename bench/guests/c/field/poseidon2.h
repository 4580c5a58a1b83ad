/* The Poseidon2 permutation over Goldilocks, width 8, x^7, 4 + 22 + 4 rounds. */
#ifndef POSEIDON2_H
#define POSEIDON2_H

#include "goldilocks.h"
#include "poseidon2_constants.h"

static inline uint64_t poseidon2_power7(uint64_t x)
{
    uint64_t square = goldilocks_mul(x, x);
    uint64_t cube = goldilocks_mul(square, x);
    uint64_t fourth = goldilocks_mul(square, square);
    return goldilocks_mul(cube, fourth);
}

/* The light layer on one 32-bit half of each cell: plain sums, which stay below 2^37. */
static inline __attribute__((always_inline)) void poseidon2_mix(uint64_t x[POSEIDON2_WIDTH])
{
    for (int i = 0; i < POSEIDON2_WIDTH; i += 4) {
        /* The rows 2 3 1 1, 1 2 3 1, 1 1 2 3, 3 1 1 2. */
        uint64_t first = x[i] + x[i + 1];
        uint64_t second = x[i + 2] + x[i + 3];
        uint64_t all = first + second;
        uint64_t with_1 = all + x[i + 1];
        uint64_t with_3 = all + x[i + 3];
        uint64_t doubled_0 = 2 * x[i];
        uint64_t doubled_2 = 2 * x[i + 2];
        x[i] = with_1 + first;
        x[i + 1] = with_1 + doubled_2;
        x[i + 2] = with_3 + second;
        x[i + 3] = with_3 + doubled_0;
    }
    for (int i = 0; i < 4; i++) {
        uint64_t sum = x[i] + x[i + 4];
        x[i] += sum;
        x[i + 4] += sum;
    }
}

/* The light layer, then the addition of `constants`. The high and the low halves of the
 * cells are mixed apart, without a carry between them; with a low sum of at most 38 bits
 * and a high one h = 2^32·g + f the cell is low + 2^32·f + E·g. */
static __attribute__((noinline)) void poseidon2_light_layer(uint64_t state[POSEIDON2_WIDTH],
                                                            const uint64_t constants[POSEIDON2_WIDTH])
{
    uint64_t low[POSEIDON2_WIDTH], high[POSEIDON2_WIDTH];
    for (int i = 0; i < POSEIDON2_WIDTH; i++)
        low[i] = (uint32_t)state[i];
    poseidon2_mix(low);
    for (int i = 0; i < POSEIDON2_WIDTH; i++)
        high[i] = state[i] >> 32;
    poseidon2_mix(high);
    for (int i = 0; i < POSEIDON2_WIDTH; i++) {
        uint64_t l = low[i] + (uint32_t)constants[i];
        uint64_t h = high[i] + (constants[i] >> 32);
        uint64_t over = h >> 32;
        uint64_t addend = l + (over << 32) - over;
        uint64_t sum = (h << 32) + addend;
        state[i] = sum + (sum < addend ? GOLDILOCKS_E : 0);
    }
}

static __attribute__((noinline)) void poseidon2_external_round(uint64_t state[POSEIDON2_WIDTH],
                                                               const uint64_t constants[POSEIDON2_WIDTH])
{
#pragma clang loop unroll(full)
    for (int i = 0; i < POSEIDON2_WIDTH; i++)
        state[i] = poseidon2_power7(state[i]);
    poseidon2_light_layer(state, constants);
}

/* x/2: an odd x is x + p first. */
static inline uint64_t poseidon2_half(uint64_t x)
{
    return (x >> 1) + (-(x & 1) & ((GOLDILOCKS_P + 1) / 2));
}

/* The diagonal layer: cell i becomes diagonal[i]·cell + sum of all, with the diagonal
 * -2, 1, 2, 1/2, 3, -1/2, -3, -4. */
static inline __attribute__((always_inline)) void poseidon2_internal_layer(uint64_t x[POSEIDON2_WIDTH])
{
    goldilocks_wide total = x[0];
    for (int i = 1; i < POSEIDON2_WIDTH; i++)
        total += x[i];
    uint64_t sum = goldilocks_canonical(goldilocks_reduce_up((uint64_t)total, (uint64_t)(total >> 64)));

    goldilocks_wide below_0 = (goldilocks_wide)sum - ((goldilocks_wide)x[0] << 1);
    goldilocks_wide above_2 = (goldilocks_wide)sum + ((goldilocks_wide)x[2] << 1);
    goldilocks_wide above_4 = (goldilocks_wide)sum + x[4] + ((goldilocks_wide)x[4] << 1);
    goldilocks_wide below_5 = (goldilocks_wide)sum - poseidon2_half(x[5]);
    goldilocks_wide below_6 = (goldilocks_wide)sum - x[6] - ((goldilocks_wide)x[6] << 1);
    goldilocks_wide below_7 = (goldilocks_wide)sum - ((goldilocks_wide)x[7] << 2);
    x[0] = goldilocks_reduce_down((uint64_t)below_0, -(uint64_t)(below_0 >> 64));
    x[1] = goldilocks_add_canonical(x[1], sum);
    x[2] = goldilocks_reduce_up((uint64_t)above_2, (uint64_t)(above_2 >> 64));
    x[3] = goldilocks_add_canonical(poseidon2_half(x[3]), sum);
    x[4] = goldilocks_reduce_up((uint64_t)above_4, (uint64_t)(above_4 >> 64));
    x[5] = goldilocks_reduce_down((uint64_t)below_5, -(uint64_t)(below_5 >> 64));
    x[6] = goldilocks_reduce_down((uint64_t)below_6, -(uint64_t)(below_6 >> 64));
    x[7] = goldilocks_reduce_down((uint64_t)below_7, -(uint64_t)(below_7 >> 64));
}

static __attribute__((noinline)) void poseidon2_internal_rounds(uint64_t state[POSEIDON2_WIDTH])
{
    uint64_t x[POSEIDON2_WIDTH];
    for (int i = 0; i < POSEIDON2_WIDTH; i++)
        x[i] = state[i];
    for (int round = 0; round < POSEIDON2_INTERNAL_ROUNDS; round++) {
        x[0] = poseidon2_power7(x[0]);
        poseidon2_internal_layer(x);
        x[0] = goldilocks_add_canonical(x[0], poseidon2_internal[round]);
    }
    for (int i = 0; i < POSEIDON2_WIDTH; i++)
        state[i] = goldilocks_add_canonical(x[i], poseidon2_after_internal[i]);
}

static __attribute__((noinline)) void poseidon2_permute(uint64_t state[POSEIDON2_WIDTH])
{
    poseidon2_light_layer(state, poseidon2_after_layer[0]);
    for (int round = 1; round <= 4; round++)
        poseidon2_external_round(state, poseidon2_after_layer[round]);
    poseidon2_internal_rounds(state);
    for (int round = 5; round <= 8; round++)
        poseidon2_external_round(state, poseidon2_after_layer[round]);
}

/* The state that the workloads start from. */
static inline void poseidon2_initial_state(uint64_t state[POSEIDON2_WIDTH])
{
    for (uint64_t i = 0; i < POSEIDON2_WIDTH; i++)
        state[i] = UINT64_C(0xdeadbeef00000000) + i;
}

#endif

/* The shape of a STARK verifier: absorb, 32 queries of 12 folds each with a permutation
 * a fold, then 32 chains of an affine map. */

#include <pvm2.h>

#include "field/poseidon2.h"

#define QUERIES 32
#define FOLDS 12
#define CHAINS 32
#define CHAIN_LENGTH 50

uint32_t guest_main(void)
{
    uint64_t state[POSEIDON2_WIDTH];
    poseidon2_initial_state(state);
    for (uint64_t i = 0; i < 16; i++) {
        state[i % POSEIDON2_WIDTH] = goldilocks_add(state[i % POSEIDON2_WIDTH], i * WORKLOAD_MULTIPLIER);
        poseidon2_permute(state);
    }

    uint64_t accumulated = 0;
    for (int query = 0; query < QUERIES; query++) {
        uint64_t left = state[0], right = state[1], sibling = state[2];
        for (int fold = 0; fold < FOLDS; fold++) {
            poseidon2_permute(state);
            uint64_t challenge = state[(query + fold) % POSEIDON2_WIDTH];
            /* (1 - c)·left + c·right */
            left = goldilocks_mul_add(challenge, goldilocks_sub(right, left), left);
            right = sibling;
            sibling = state[3];
        }
        accumulated = goldilocks_add(accumulated, left);
    }

    uint64_t factor = state[3], addend = state[5];
    for (int chain = 0; chain < CHAINS; chain++) {
        uint64_t x = state[chain % POSEIDON2_WIDTH];
        for (int i = 0; i < CHAIN_LENGTH; i++)
            x = goldilocks_mul_add(x, factor, addend);
        accumulated = goldilocks_add(accumulated, x);
    }
    return (uint32_t)goldilocks_canonical(accumulated);
}

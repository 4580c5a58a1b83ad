/* 1000 chained Poseidon2 permutations. Result: the low half of cell 0. */

#include <pvm2.h>

#include "field/poseidon2.h"

uint32_t guest_main(void)
{
    uint64_t state[POSEIDON2_WIDTH];
    poseidon2_initial_state(state);
    for (int i = 0; i < 1000; i++)
        poseidon2_permute(state);
    return (uint32_t)goldilocks_canonical(state[0]);
}

/* 30 walks from a leaf to the root of a tree of 4096 leaves, one permutation a level. */

#include <pvm2.h>

#include "field/poseidon2.h"

#define LEAVES 4096
#define LEVELS 12
#define QUERIES 30

static uint64_t tree[2 * LEAVES - 1];

static void fill_tree(void)
{
    uint64_t x = WORKLOAD_SEED;
    for (int i = 0; i < 2 * LEAVES - 1; i++) {
        x = goldilocks_mul(x, WORKLOAD_MULTIPLIER);
        tree[i] = x;
    }
}

static uint64_t walk(const uint64_t state[POSEIDON2_WIDTH], uint64_t index)
{
    uint64_t current = tree[index];
    const uint64_t *level = tree;
    for (int bit = 0; bit < LEVELS; bit++) {
        uint64_t sibling = level[index ^ 1];
        uint64_t hash[POSEIDON2_WIDTH];
        __builtin_memcpy(hash, state, sizeof hash);
        hash[0] = current;
        hash[1] = sibling;
        poseidon2_permute(hash);
        /* (1 - c)·current + c·sibling */
        current = goldilocks_mul_add(hash[0], goldilocks_sub(sibling, current), current);
        level += LEAVES >> bit;
        index >>= 1;
    }
    return current;
}

uint32_t guest_main(void)
{
    fill_tree();
    uint64_t state[POSEIDON2_WIDTH];
    poseidon2_initial_state(state);
    for (int i = 0; i < 4; i++)
        poseidon2_permute(state);

    uint64_t accumulated = 0;
    for (int query = 0; query < QUERIES; query++) {
        uint64_t index = goldilocks_canonical(state[query % POSEIDON2_WIDTH]) & (LEAVES - 1);
        accumulated = goldilocks_add(accumulated, walk(state, index));
    }
    return (uint32_t)goldilocks_canonical(accumulated);
}

/* Keccak-256 (the padding of Ethereum, 0x01) of the 1024 bytes i & 0xff.
 * Result: the first four bytes of the digest, little-endian. */

#include <pvm2.h>

#define MESSAGE_LENGTH 1024
#define RATE 136 /* 1600 bits less twice the 256 of the digest, in bytes */

/* FIPS 202, iota. */
static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static inline uint64_t rotate_left(uint64_t value, unsigned count)
{
    return count == 0 ? value : value << count | value >> (64 - count);
}

/* One row of rho, pi and chi: five lanes of `in`, each from another column, become
 * row `row` of `out`. Written out, so that a round is straight-line code that keeps
 * the five theta values and one row in registers, and the lanes in memory. The barrier
 * has the lanes loaded again: a compiler that holds on to all 25 must spill them, at a
 * store more than the load it saves. */
#define ROW(row, lane0, turn0, lane1, turn1, lane2, turn2, lane3, turn3, lane4, turn4, iota) \
    do {                                                                                      \
        __asm__ volatile("" : : : "memory");                                                  \
        uint64_t b0 = rotate_left(in[lane0] ^ d[(lane0) % 5], turn0);                         \
        uint64_t b1 = rotate_left(in[lane1] ^ d[(lane1) % 5], turn1);                         \
        uint64_t b2 = rotate_left(in[lane2] ^ d[(lane2) % 5], turn2);                         \
        uint64_t b3 = rotate_left(in[lane3] ^ d[(lane3) % 5], turn3);                         \
        uint64_t b4 = rotate_left(in[lane4] ^ d[(lane4) % 5], turn4);                         \
        out[5 * (row) + 0] = b0 ^ (~b1 & b2) ^ (iota);                                        \
        out[5 * (row) + 1] = b1 ^ (~b2 & b3);                                                 \
        out[5 * (row) + 2] = b2 ^ (~b3 & b4);                                                 \
        out[5 * (row) + 3] = b3 ^ (~b4 & b0);                                                 \
        out[5 * (row) + 4] = b4 ^ (~b0 & b1);                                                 \
    } while (0)

static inline __attribute__((always_inline)) void keccak_round(uint64_t *restrict out, const uint64_t *restrict in,
                                                               uint64_t iota)
{
    uint64_t c[5], d[5];
    for (int x = 0; x < 5; x++)
        c[x] = in[x] ^ in[x + 5] ^ in[x + 10] ^ in[x + 15] ^ in[x + 20];
    for (int x = 0; x < 5; x++)
        d[x] = c[(x + 4) % 5] ^ rotate_left(c[(x + 1) % 5], 1);
    ROW(0, 0, 0, 6, 44, 12, 43, 18, 21, 24, 14, iota);
    ROW(1, 3, 28, 9, 20, 10, 3, 16, 45, 22, 61, 0);
    ROW(2, 1, 1, 7, 6, 13, 25, 19, 8, 20, 18, 0);
    ROW(3, 4, 27, 5, 36, 11, 10, 17, 15, 23, 56, 0);
    ROW(4, 2, 62, 8, 55, 14, 39, 15, 41, 21, 2, 0);
}

/* Two rounds an iteration: to the other buffer and back. */
static __attribute__((noinline)) void keccak_permute(uint64_t state[25])
{
    uint64_t other[25];
    for (int round = 0; round < 24; round += 2) {
        keccak_round(other, state, round_constants[round]);
        keccak_round(state, other, round_constants[round + 1]);
    }
}

static inline uint64_t load64(const uint8_t *bytes)
{
    uint64_t value;
    __builtin_memcpy(&value, bytes, sizeof value);
    return value;
}

uint32_t guest_main(void)
{
    uint8_t message[MESSAGE_LENGTH];
    for (int i = 0; i < MESSAGE_LENGTH; i++)
        message[i] = (uint8_t)i;

    uint64_t state[25] = {0};
    const uint8_t *at = message;
    size_t left = sizeof message;
    for (; left >= RATE; left -= RATE, at += RATE) {
        for (int lane = 0; lane < RATE / 8; lane++)
            state[lane] ^= load64(at + 8 * lane);
        keccak_permute(state);
    }

    uint8_t last[RATE] = {0};
    __builtin_memcpy(last, at, left);
    last[left] = 0x01;
    last[RATE - 1] |= 0x80;
    for (int lane = 0; lane < RATE / 8; lane++)
        state[lane] ^= load64(last + 8 * lane);
    keccak_permute(state);
    return (uint32_t)state[0];
}

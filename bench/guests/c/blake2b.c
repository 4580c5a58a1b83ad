/* BLAKE2b-256 (RFC 7693, no key) of the 1024 bytes i & 0xff.
 * Result: the first four bytes of the digest, little-endian. */

#include <pvm2.h>

#define MESSAGE_LENGTH 1024
#define BLOCK 128
#define ROUNDS 12
#define DIGEST_LENGTH 32

static const uint64_t initial_values[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

/* The message words of each round; rounds 10 and 11 are rounds 0 and 1 again. */
static const uint8_t schedule[ROUNDS][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
};

static inline uint64_t rotate_right(uint64_t value, unsigned count)
{
    return value >> count | value << (64 - count);
}

/* The mixing function on four words of v. The words stay in memory between two mixings,
 * since no more than twelve registers are free; the barrier says so to the compiler. */
#define MIX(a, b, c, d, step)                                \
    do {                                                     \
        __asm__ volatile("" : : : "memory");                 \
        uint64_t va = v[a], vb = v[b], vc = v[c], vd = v[d]; \
        va += vb + message[order[2 * (step)]];               \
        vd = rotate_right(vd ^ va, 32);                      \
        vc += vd;                                            \
        vb = rotate_right(vb ^ vc, 24);                      \
        va += vb + message[order[2 * (step) + 1]];           \
        vd = rotate_right(vd ^ va, 16);                      \
        vc += vd;                                            \
        vb = rotate_right(vb ^ vc, 63);                      \
        v[a] = va;                                           \
        v[b] = vb;                                           \
        v[c] = vc;                                           \
        v[d] = vd;                                           \
    } while (0)

static __attribute__((noinline)) void mix_rounds(uint64_t v[16], const uint64_t message[16])
{
    for (int round = 0; round < ROUNDS; round++) {
        const uint8_t *order = schedule[round];
        MIX(0, 4, 8, 12, 0);
        MIX(1, 5, 9, 13, 1);
        MIX(2, 6, 10, 14, 2);
        MIX(3, 7, 11, 15, 3);
        MIX(0, 5, 10, 15, 4);
        MIX(1, 6, 11, 12, 5);
        MIX(2, 7, 8, 13, 6);
        MIX(3, 4, 9, 14, 7);
    }
}

static void compress(uint64_t hash[8], const uint8_t block[BLOCK], uint64_t bytes_so_far, int is_last)
{
    uint64_t message[16], v[16];
    __builtin_memcpy(message, block, BLOCK);
    for (int i = 0; i < 8; i++) {
        v[i] = hash[i];
        v[i + 8] = initial_values[i];
    }
    v[12] ^= bytes_so_far;
    if (is_last)
        v[14] = ~v[14];
    mix_rounds(v, message);
    for (int i = 0; i < 8; i++)
        hash[i] ^= v[i] ^ v[i + 8];
}

uint32_t guest_main(void)
{
    uint8_t message[MESSAGE_LENGTH];
    for (int i = 0; i < MESSAGE_LENGTH; i++)
        message[i] = (uint8_t)i;

    uint64_t hash[8];
    __builtin_memcpy(hash, initial_values, sizeof hash);
    hash[0] ^= 0x01010000 | DIGEST_LENGTH; /* parameter block: fanout 1, depth 1, no key */
    for (int at = 0; at < MESSAGE_LENGTH; at += BLOCK)
        compress(hash, message + at, (uint64_t)at + BLOCK, at + BLOCK == MESSAGE_LENGTH);
    return (uint32_t)hash[0];
}

// SHA-512 (FIPS 180-4) of a message that is given in parts.

#ifndef PVM2_GUEST_CRYPTO_SHA512_H
#define PVM2_GUEST_CRYPTO_SHA512_H

#include "words.h"
#include "sha512_tables.h"

typedef struct {
    uint64_t hash[8];
    uint8_t block[128];
    uint64_t length; // bytes so far
} sha512;

static inline uint64_t rotate_right(uint64_t x, int count)
{
    return x >> count | x << (64 - count);
}

// Message schedule, kept as a ring of the last sixteen words.
static inline uint64_t sha512_next_word(uint64_t ring[16], int t)
{
    uint64_t w15 = ring[(t + 1) & 15], w2 = ring[(t + 14) & 15];
    uint64_t s0 = rotate_right(w15, 1) ^ rotate_right(w15, 8) ^ w15 >> 7;
    uint64_t s1 = rotate_right(w2, 19) ^ rotate_right(w2, 61) ^ w2 >> 6;
    return ring[t & 15] += s0 + s1 + ring[(t + 9) & 15];
}

// One round on the state seen through a window that moves down by one word a
// round instead of the state's words moving up: v[0] is a, v[7] is h.
static inline void sha512_round(uint64_t *v, uint64_t constant_and_word)
{
    uint64_t e = v[4], a = v[0], b = v[1];
    uint64_t s1 = rotate_right(e, 14) ^ rotate_right(e, 18) ^ rotate_right(e, 41);
    uint64_t choice = v[6] ^ (e & (v[5] ^ v[6]));
    uint64_t t1 = v[7] + s1 + choice + constant_and_word;
    uint64_t s0 = rotate_right(a, 28) ^ rotate_right(a, 34) ^ rotate_right(a, 39);
    uint64_t majority = (a & b) | (v[2] & (a | b));
    v[3] += t1;
    v[-1] = t1 + s0 + majority;
}

static NOINLINE void sha512_compress(sha512 *state)
{
    uint64_t ring[16];
    uint64_t window[8 + 80];
    for (int i = 0; i < 16; i++)
        ring[i] = load_big_endian(state->block + 8 * i);
    for (int i = 0; i < 8; i++)
        window[80 + i] = state->hash[i];

    uint64_t *v = window + 80;
    for (int t = 0; t < 16; t++, v--)
        sha512_round(v, SHA512_ROUND_CONSTANTS[t] + ring[t]);
    for (int t = 16; t < 80; t++, v--)
        sha512_round(v, SHA512_ROUND_CONSTANTS[t] + sha512_next_word(ring, t));

    for (int i = 0; i < 8; i++)
        state->hash[i] += v[i];
}

static void sha512_begin(sha512 *state)
{
    for (int i = 0; i < 8; i++)
        state->hash[i] = SHA512_START[i];
    state->length = 0;
}

static NOINLINE void sha512_add(sha512 *state, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        state->block[state->length++ & 127] = bytes[i];
        if ((state->length & 127) == 0)
            sha512_compress(state);
    }
}

// Pads and writes the digest as the words of a little-endian number, which is
// how Ed25519 reads it.
static void sha512_end(sha512 *state, uint64_t little_endian_words[8])
{
    static const uint8_t padding[128] = { 0x80 };
    uint64_t bits = __builtin_bswap64(state->length << 3);
    uint8_t tail[16] = { 0 };
    __builtin_memcpy(tail + 8, &bits, 8);
    sha512_add(state, padding, 1 + ((111 - state->length) & 127));
    sha512_add(state, tail, 16);
    for (int i = 0; i < 8; i++)
        little_endian_words[i] = __builtin_bswap64(state->hash[i]);
}

#endif

#!/usr/bin/env python3
"""Runs the signature guests' code on this machine against slow arithmetic in Python.

    check_signatures.py [ROUNDS]     (default 40; needs clang-19)

Good signatures must verify, every single flipped bit of one must not, and
recoveries must give the key that the definition gives, or none where it gives none.
"""

import ctypes
import hashlib
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import make_tables as maths

GUESTS = Path(__file__).resolve().parent.parent
SOURCES = GUESTS / "c"
HEADERS = GUESTS / "include"

# RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc), as key, message, signature.
RFC_8032 = [[bytes.fromhex(part) for part in row.split(",")] for row in (
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,,"
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
    "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
    "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
)]

VERIFY = """
#include "crypto/ed25519.h"
int run(const uint8_t *key, const uint8_t *message, size_t length, const uint8_t *signature)
{ return ed25519_verify(key, message, length, signature); }
"""

RECOVER = """
#include "crypto/recover.h"
int run(uint8_t *key, const uint8_t *hash, const uint8_t *signature, unsigned id)
{ return recover_key(key, hash, signature, id); }
"""


def build(folder, name, text):
    source, library = Path(folder, name + ".c"), Path(folder, name + ".so")
    source.write_text(text)
    subprocess.run(["clang-19", "-O2", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined",
                    "-fsanitize-trap=undefined", "-shared", "-fPIC", f"-I{SOURCES}", f"-I{HEADERS}", source, "-o", library],
                   check=True)
    return ctypes.CDLL(str(library)).run


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def expect(condition, *what):
    if not condition:
        sys.exit("check_signatures: " + " ".join(p.hex() if isinstance(p, bytes) else str(p) for p in what))


# ---- Ed25519 -------------------------------------------------------------------

P, L = maths.P25519, maths.ED25519_ORDER


def edwards_multiply(k, point):
    result = (0, 1)
    while k:
        if k & 1:
            result = maths.edwards_add(result, point)
        point = maths.edwards_add(point, point)
        k >>= 1
    return result


def encode(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def hash_number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def torsion_points(rng):
    """Points whose order divides 8."""
    points = set()
    while len(points) < 8:
        y = rng.randrange(P)
        x2 = (y * y - 1) * pow(maths.EDWARDS_D * y * y + 1, -1, P) % P
        x = pow(x2, (P + 3) // 8, P)
        for root in (x, x * pow(2, (P - 1) // 4, P) % P):
            if root * root % P == x2:
                points.add(edwards_multiply(L, (root, y)))
    return sorted(points)


def check_ed25519(verify, rng, rounds):
    good = lambda key, message, signature: verify(key, message, len(message), signature) == 1
    for row in RFC_8032:
        expect(good(*row), "vector refused", *row)
    key, message, signature = RFC_8032[2]
    for bit in range(512):
        expect(bit >= 256 or not good(flipped(key, bit), message, signature), "key bit", bit)
        expect(bit >= 16 or not good(key, flipped(message, bit), signature), "message bit", bit)
        expect(not good(key, message, flipped(signature, bit)), "signature bit", bit)
    s = int.from_bytes(signature[32:], "little")
    expect(not good(key, message, signature[:32] + (s + L).to_bytes(32, "little")), "S not below the order")

    # y = 1 is a point (of order 1) and all signatures by it are good with R = 0 B and
    # S = 0; with the sign of x = 0, or with p + 1 for 1, it is not a point.
    one, zero = encode((0, 1)), bytes(32)
    expect(good(one, b"", one + zero), "the point (0, 1) refused")
    for wrong in (flipped(one, 255), (P + 1).to_bytes(32, "little"), (2 ** 255 - 1).to_bytes(32, "little")):
        expect(not good(wrong, b"", one + zero), "key accepted", wrong)
        expect(not good(one, b"", wrong + zero), "commitment accepted", wrong)

    base, torsion = maths.edwards_base(), torsion_points(rng)
    for _ in range(rounds):
        # The equation has a factor 8, so that points of small order change nothing.
        a, r = rng.randrange(1, L), rng.randrange(1, L)
        add = lambda k: encode(maths.edwards_add(edwards_multiply(k, base), rng.choice([(0, 1)] + torsion)))
        key, commitment, message = add(a), add(r), rng.randbytes(rng.choice([0, 1, 46, 47, 48, 63, 64, 111, 112, 300]))
        s = (r + hash_number(commitment, key, message) * a) % L
        expect(good(key, message, commitment + s.to_bytes(32, "little")), "refused", key, message)
        wrong = (s + rng.randrange(1, L)) % L
        expect(not good(key, message, commitment + wrong.to_bytes(32, "little")), "accepted", key, message)


# ---- secp256k1 -----------------------------------------------------------------

N, G = maths.SECP256K1_ORDER, maths.SECP256K1_BASE


def add(a, b):
    if a is None or b is None:
        return a or b
    return None if a[0] == b[0] and a[1] != b[1] else maths.secp256k1_add(a, b)


def multiply(k, point):
    return maths.secp256k1_multiply(k % N, point) if k % N else None


def reference(z, r, s, recovery_id):
    x, p = r + (N if recovery_id & 2 else 0), maths.PK1
    y = pow(x ** 3 + 7, (p + 1) // 4, p)
    if not (0 < r < N and 0 < s < N and x < p) or (y * y - x ** 3 - 7) % p:
        return None
    point, inverse = (x, y if y & 1 == recovery_id & 1 else p - y), pow(r, -1, N)
    key = add(multiply(-z * inverse, G), multiply(s * inverse, point))
    return key and bytes([2 + (key[1] & 1)]) + key[0].to_bytes(32, "big")


def check_recovery(recover, rng, rounds):
    def check(z, r, s, recovery_id):
        key = ctypes.create_string_buffer(33)
        found = recover(key, z.to_bytes(32, "big"), r.to_bytes(32, "big") + s.to_bytes(32, "big"), recovery_id)
        wanted = reference(z, r, s, recovery_id)
        expect((key.raw if found else None) == wanted, "recovery", hex(z), hex(r), hex(s), recovery_id)

    for r, s in ((0, 1), (1, 0), (N, 1), (1, N), (N + 1, 1), (1, 2 ** 256 - 1), (2 ** 256 - 1, 1)):
        for recovery_id in range(4):
            check(1, r, s, recovery_id)
    # Small multiples of G added to small multiples of R = G or -G: equal and
    # opposite points, and no key at all.
    for u1 in range(6):
        for u2 in range(1, 6):
            check(u1 * G[0] % N, G[0], u2 * G[0] % N, 0)
            check(u1 * G[0] % N, G[0], u2 * G[0] % N, 1)
    for _ in range(rounds):
        z, k, s = rng.getrandbits(256), rng.randrange(1, N), rng.randrange(1, N)
        check(z, multiply(k, G)[0] % N, s, rng.randrange(2))
        check(z, rng.randrange(1, N), s, rng.randrange(4))
        r = rng.choice([G[0], multiply(rng.randrange(2, 9), G)[0], 1, 2, 3, maths.PK1 - N - 1, maths.PK1 - N])
        for recovery_id in range(4):
            check(rng.randrange(20) * r % N, r, rng.randrange(1, 20) * r % N, recovery_id)
            check(rng.choice([0, N, N + 1, 2 ** 256 - 1]), r, rng.randrange(1, 20), recovery_id)


def main(arguments):
    rounds = int(arguments[0]) if arguments else 40
    rng = random.Random(8032)
    with tempfile.TemporaryDirectory() as folder:
        check_ed25519(build(folder, "verify", VERIFY), rng, rounds)
        check_recovery(build(folder, "recover", RECOVER), rng, rounds)
    print("signatures ok")


if __name__ == "__main__":
    main(sys.argv[1:])

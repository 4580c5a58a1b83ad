#!/usr/bin/env python3
"""Computes the constant tables of the signature guests from the mathematics.

    make_tables.py            writes c/crypto/*_tables.h
    make_tables.py --check    fails if a written table differs

Nothing is random, so the same files come out everywhere.
"""

import sys
from pathlib import Path

HEADERS = Path(__file__).resolve().parent.parent / "c" / "crypto"

# Signed windows of the base points' factors: each table holds the odd multiples
# below half of 2^window.
ED25519_WINDOW = 8
SECP256K1_WINDOW = 8


# ---- Text of C constants -------------------------------------------------------

def split(number, bits, count):
    """The digits of a number, least significant first."""
    return [number >> (bits * i) & ((1 << bits) - 1) for i in range(count)]


def array(numbers):
    return "{ " + ", ".join(f"0x{n:016x}" for n in numbers) + " }"


def words(number, count=4):
    return array(split(number, 64, count))


def modulus(number):
    return f"{{ {words(number)}, {words((1 << 512) // number, 5)} }}"


def odd_modulus(number):
    inverse = pow(number, -1, 1 << 62)
    return f"{{ {{ {array(split(number, 62, 5))} }}, 0x{inverse:016x} }}"


def header(name, body):
    guard = f"PVM2_GUEST_CRYPTO_{name.upper()}_TABLES_H"
    return (f"// Made by tools/make_tables.py; do not edit.\n\n#ifndef {guard}\n#define {guard}\n\n"
            f"{body}\n#endif\n")


# ---- SHA-512 -------------------------------------------------------------------

def primes(count):
    found = []
    candidate = 2
    while len(found) < count:
        if all(candidate % p for p in found):
            found.append(candidate)
        candidate += 1
    return found


def root(number, degree):
    """The integer part of the root, by bisection."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle ** degree <= number:
            low = middle
        else:
            high = middle
    return low


def fraction_of_root(number, degree):
    """The first 64 bits behind the point."""
    return root(number << (64 * degree), degree) & ((1 << 64) - 1)


def sha512_tables():
    constants = [fraction_of_root(p, 3) for p in primes(80)]
    start = [fraction_of_root(p, 2) for p in primes(8)]
    rows = "".join(f"    0x{c:016x},\n" for c in constants)
    return header("sha512", f"""\
// Fractions of the cube roots of the first 80 primes.
static const uint64_t SHA512_ROUND_CONSTANTS[80] = {{
{rows}}};

// Fractions of the square roots of the first 8 primes.
static const uint64_t SHA512_START[8] = {array(start)};
""")


# ---- Ed25519 -------------------------------------------------------------------

P25519 = 2 ** 255 - 19
ED25519_ORDER = 2 ** 252 + 27742317777372353535851937790883648493
EDWARDS_D = -121665 * pow(121666, -1, P25519) % P25519


def edwards_add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = EDWARDS_D * x1 * x2 * y1 * y2 % P25519
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P25519) % P25519
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P25519) % P25519
    return x, y


def edwards_base():
    """y = 4/5, with the even x (RFC 8032, section 5.1)."""
    y = 4 * pow(5, -1, P25519) % P25519
    ratio = (y * y - 1) * pow(EDWARDS_D * y * y + 1, -1, P25519) % P25519
    x = pow(ratio, (P25519 + 3) // 8, P25519)
    if x * x % P25519 != ratio:
        x = x * pow(2, (P25519 - 1) // 4, P25519) % P25519
    assert x * x % P25519 == ratio
    return (x if x % 2 == 0 else P25519 - x), y


def limbs51(number):
    return "{ " + array(split(number % P25519, 51, 5)) + " }"


def edwards_operand(point):
    x, y = point
    parts = (y + x, y - x, 2 * EDWARDS_D * x * y)
    return "{ " + ",\n          ".join(limbs51(n) for n in parts) + " },"


def odd_multiples(point, count, add):
    twice = add(point, point)
    result = [point]
    while len(result) < count:
        result.append(add(result[-1], twice))
    return result


def ed25519_tables():
    base = edwards_base()
    upper = base
    for _ in range(127):
        upper = edwards_add(upper, upper)
    count = 1 << (ED25519_WINDOW - 2)
    tables = ""
    for point in (base, upper):
        rows = "".join(f"        {edwards_operand(p)}\n" for p in odd_multiples(point, count, edwards_add))
        tables += f"    {{\n{rows}    }},\n"
    return header("ed25519", f"""\
static const uint64_t FIELD25519_PRIME[4] = {words(P25519)};
static const fe FE_ONE = {limbs51(1)};
static const fe FE_SQUARE_ROOT_OF_MINUS_ONE = {limbs51(pow(2, (P25519 - 1) // 4, P25519))};

static const fe EDWARDS_D = {limbs51(EDWARDS_D)};
static const fe EDWARDS_TWICE_D = {limbs51(2 * EDWARDS_D)};
static const edwards_point EDWARDS_ZERO = {{ {limbs51(0)}, {limbs51(1)}, {limbs51(1)}, {limbs51(0)} }};

// Order of the base point, 2^252 + 27742317777372353535851937790883648493.
static const modulus ED25519_ORDER = {modulus(ED25519_ORDER)};

#define ED25519_BASE_WINDOW {ED25519_WINDOW}

// Odd multiples of the base point B, and of 2^127 B.
static const edwards_affine_operand ED25519_BASE_MULTIPLES[2][{count}] = {{
{tables}}};
""")


# ---- secp256k1 -----------------------------------------------------------------

PK1 = 2 ** 256 - 2 ** 32 - 977
SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141
SECP256K1_BASE = (0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,
                  0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8)


def secp256k1_add(a, b):
    (x1, y1), (x2, y2) = a, b
    if a == b:
        slope = 3 * x1 * x1 * pow(2 * y1, -1, PK1) % PK1
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, PK1) % PK1
    x = (slope * slope - x1 - x2) % PK1
    return x, (slope * (x1 - x) - y1) % PK1


def secp256k1_multiply(k, point):
    result = None
    for bit in bin(k)[2:]:
        if result is not None:
            result = secp256k1_add(result, result)
        if bit == "1":
            result = point if result is None else secp256k1_add(result, point)
    return result


def cube_roots_of_unity(modulus):
    """The two that are not 1."""
    base = 2
    while (root_ := pow(base, (modulus - 1) // 3, modulus)) == 1:
        base += 1
    return root_, root_ * root_ % modulus


def endomorphism():
    """beta and lambda with lambda (x, y) = (beta x, y), and the basis of lambda.

    Of the two lambdas we take the one whose b1 and b2 are below 2^128.
    """
    for lambda_ in cube_roots_of_unity(SECP256K1_ORDER):
        basis = short_basis(lambda_)
        if max(-basis[1], basis[3]) < 1 << 128:
            break
    else:
        raise AssertionError("no lambda with a basis short enough")
    x, y = secp256k1_multiply(lambda_, SECP256K1_BASE)
    assert y == SECP256K1_BASE[1]
    beta = x * pow(SECP256K1_BASE[0], -1, PK1) % PK1
    assert pow(beta, 3, PK1) == 1
    return beta, lambda_, basis


def short_basis(lambda_):
    """Two short pairs (a, b) with a + b lambda = 0 mod n, by Euclid's algorithm:
    the remainders r = s n + t lambda give the pairs (r, -t)."""
    n = SECP256K1_ORDER
    rows = [(n, 0), (lambda_, 1)]
    while rows[-1][0] != 0:
        quotient = rows[-2][0] // rows[-1][0]
        rows.append((rows[-2][0] - quotient * rows[-1][0], rows[-2][1] - quotient * rows[-1][1]))
    size = lambda pair: pair[0] ** 2 + pair[1] ** 2
    middle = next(i for i, row in enumerate(rows) if row[0] ** 2 < n)
    a1, b1 = rows[middle][0], -rows[middle][1]
    a2, b2 = min(((r, -t) for r, t in (rows[middle - 1], rows[middle + 1])), key=size)
    if b1 > 0:
        (a1, b1), (a2, b2) = (a2, b2), (a1, b1)
    assert a1 > 0 and b1 < 0 and a2 > 0 and b2 > 0 and a1 * b2 - a2 * b1 == n
    assert max(a1, -b1, a2, b2) < 1 << 129
    return a1, b1, a2, b2


def limbs52(number):
    return "{ " + array(split(number % PK1, 52, 5)) + " }"


def secp256k1_operand(point, beta):
    x, y = point
    return "{ " + ",\n      ".join(limbs52(n) for n in (x, beta * x, y)) + " },"


def secp256k1_tables():
    n = SECP256K1_ORDER
    beta, lambda_, (a1, b1, a2, b2) = endomorphism()
    share = lambda b: ((b << 384) + n // 2) // n
    count = 1 << (SECP256K1_WINDOW - 2)
    multiples = odd_multiples(SECP256K1_BASE, count, secp256k1_add)
    rows = "".join(f"    {secp256k1_operand(p, beta)}\n" for p in multiples)
    return header("secp256k1", f"""\
static const odd_modulus SECP256K1_PRIME = {odd_modulus(PK1)};
static const fe SECP256K1_PRIME_LIMBS = {{ {array(split(PK1, 52, 5))} }};
static const fe FE_ZERO = {limbs52(0)};
static const fe FE_ONE = {limbs52(1)};

// Order of the base point, for reductions and for inverses.
static const modulus SECP256K1_ORDER = {modulus(n)};
static const odd_modulus SECP256K1_ORDER_ODD = {odd_modulus(n)};

// p - n, and -n mod 2^256.
static const uint64_t SECP256K1_PRIME_MINUS_ORDER[4] = {words(PK1 - n)};
static const uint64_t SECP256K1_MINUS_ORDER[4] = {words(-n)};

// A cube root of unity: (beta x, y) = lambda (x, y),
// lambda = 0x{lambda_:064x}.
static const fe SECP256K1_BETA = {limbs52(beta)};

// A short basis of the pairs (a, b) with a + b lambda = 0 mod n.
static const uint64_t SECP256K1_A1[3] = {words(a1, 3)};
static const uint64_t SECP256K1_MINUS_B1[3] = {words(-b1, 3)};
static const uint64_t SECP256K1_A2[3] = {words(a2, 3)};
static const uint64_t SECP256K1_B2[3] = {words(b2, 3)};

// 2^384 b2 / n and 2^384 (-b1) / n, rounded.
static const uint64_t SECP256K1_SHARE_1[4] = {words(share(b2))};
static const uint64_t SECP256K1_SHARE_2[4] = {words(share(-b1))};

#define SECP256K1_BASE_WINDOW {SECP256K1_WINDOW}

// Odd multiples of the base point.
static const affine_operand SECP256K1_BASE_MULTIPLES[{count}] = {{
{rows}}};
""")


# ---- Command line --------------------------------------------------------------

TABLES = {
    "sha512_tables.h": sha512_tables,
    "ed25519_tables.h": ed25519_tables,
    "secp256k1_tables.h": secp256k1_tables,
}


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    for name, make in TABLES.items():
        path, text = HEADERS / name, make()
        if arguments:
            if not path.exists() or path.read_text() != text:
                stale.append(name)
        else:
            path.write_text(text)
    for name in stale:
        print(f"{name} is not what this script makes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Writes the instruction vectors: one case a line, expected values computed here and nowhere else.

    python3 generate.py            rewrites the files beside this script
    python3 generate.py --check    says which files differ from what it would write

Every meaning below is written from the RISC-V unprivileged manual and the PVM2 specification, on Python's unbounded
integers, so that the vectors owe nothing to the code that they test. The format of the files is in README.md.
"""

import pathlib
import random
import sys

XLEN = 64
MASK = (1 << 64) - 1
MASK32 = (1 << 32) - 1
MIN, MAX = 1 << 63, (1 << 63) - 1

# The memory of every vector program; the test kit declares the same.
STACK, READ_ONLY, READ_WRITE, DATA_END = 0x10000000, 0x10001000, 0x10002000, 0x10004000
HEAP = 0xFFFFF000

# Registers of both profiles, and the two that only xjar has.
COMMON = ["ra", "sp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"]
XJAR_ONLY = ["gp", "tp"]
PRIME = ["s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"]


def signed(value, bits=XLEN):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def word(value):
    """The low 32 bits, sign-extended: what every instruction with a w leaves in its destination."""
    return signed(value, 32) & MASK


def rotate_left(value, amount, bits):
    value &= (1 << bits) - 1
    amount %= bits
    return ((value << amount) | (value >> (bits - amount))) & ((1 << bits) - 1)


def divide(a, b, bits):
    a, b = signed(a, bits), signed(b, bits)
    if b == 0:
        return -1
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def remainder(a, b, bits):
    a, b = signed(a, bits), signed(b, bits)
    if b == 0:
        return a
    return abs(a) % abs(b) * (-1 if a < 0 else 1)


def count_leading(value, bits):
    return bits - value.bit_length()


def count_trailing(value, bits):
    return bits if value == 0 else (value & -value).bit_length() - 1


def each_byte(value, change):
    return int.from_bytes(bytes(change(b) for b in value.to_bytes(8, "little")), "little")


ARITHMETIC = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "slt": lambda a, b: int(signed(a) < signed(b)),
    "sltu": lambda a, b: int(a < b),
    "xor": lambda a, b: a ^ b,
    "or": lambda a, b: a | b,
    "and": lambda a, b: a & b,
    "addw": lambda a, b: word(a + b),
    "subw": lambda a, b: word(a - b),
}
SHIFTS = {
    "sll": lambda a, b: a << (b & 63),
    "srl": lambda a, b: a >> (b & 63),
    "sra": lambda a, b: signed(a) >> (b & 63),
    "sllw": lambda a, b: word(a << (b & 31)),
    "srlw": lambda a, b: word((a & MASK32) >> (b & 31)),
    "sraw": lambda a, b: signed(a, 32) >> (b & 31),
}
MULTIPLY = {
    "mul": lambda a, b: a * b,
    "mulh": lambda a, b: signed(a) * signed(b) >> 64,
    "mulhsu": lambda a, b: signed(a) * b >> 64,
    "mulhu": lambda a, b: a * b >> 64,
    "mulw": lambda a, b: word(a * b),
}
DIVIDE = {
    "div": lambda a, b: divide(a, b, 64),
    "divu": lambda a, b: MASK if b == 0 else a // b,
    "rem": lambda a, b: remainder(a, b, 64),
    "remu": lambda a, b: a if b == 0 else a % b,
    "divw": lambda a, b: word(divide(a, b, 32)),
    "divuw": lambda a, b: MASK if b & MASK32 == 0 else word((a & MASK32) // (b & MASK32)),
    "remw": lambda a, b: word(remainder(a, b, 32)),
    "remuw": lambda a, b: word(a) if b & MASK32 == 0 else word((a & MASK32) % (b & MASK32)),
}
ADDRESS = {
    "add.uw": lambda a, b: (a & MASK32) + b,
    "sh1add": lambda a, b: (a << 1) + b,
    "sh2add": lambda a, b: (a << 2) + b,
    "sh3add": lambda a, b: (a << 3) + b,
    "sh1add.uw": lambda a, b: ((a & MASK32) << 1) + b,
    "sh2add.uw": lambda a, b: ((a & MASK32) << 2) + b,
    "sh3add.uw": lambda a, b: ((a & MASK32) << 3) + b,
}
LOGIC = {
    "andn": lambda a, b: a & ~b,
    "orn": lambda a, b: a | ~b,
    "xnor": lambda a, b: ~(a ^ b),
    "max": lambda a, b: max(signed(a), signed(b)),
    "maxu": lambda a, b: max(a, b),
    "min": lambda a, b: min(signed(a), signed(b)),
    "minu": lambda a, b: min(a, b),
}
ROTATE = {
    "rol": lambda a, b: rotate_left(a, b & 63, 64),
    "ror": lambda a, b: rotate_left(a, -(b & 63), 64),
    "rolw": lambda a, b: word(rotate_left(a, b & 31, 32)),
    "rorw": lambda a, b: word(rotate_left(a, -(b & 31), 32)),
}
SINGLE_BIT = {
    "bclr": lambda a, b: a & ~(1 << (b & 63)),
    "bext": lambda a, b: a >> (b & 63) & 1,
    "binv": lambda a, b: a ^ (1 << (b & 63)),
    "bset": lambda a, b: a | (1 << (b & 63)),
}
CONDITIONAL = {
    "czero.eqz": lambda a, b: 0 if b == 0 else a,
    "czero.nez": lambda a, b: 0 if b != 0 else a,
}
UNARY = {
    "clz": lambda a: count_leading(a, 64),
    "ctz": lambda a: count_trailing(a, 64),
    "cpop": lambda a: bin(a).count("1"),
    "clzw": lambda a: count_leading(a & MASK32, 32),
    "ctzw": lambda a: count_trailing(a & MASK32, 32),
    "cpopw": lambda a: bin(a & MASK32).count("1"),
    "sext.b": lambda a: signed(a, 8),
    "sext.h": lambda a: signed(a, 16),
    "zext.h": lambda a: a & 0xFFFF,
    "orc.b": lambda a: each_byte(a, lambda b: 0xFF if b else 0),
    "rev8": lambda a: int.from_bytes(a.to_bytes(8, "little"), "big"),
}
IMMEDIATE = {
    "addi": lambda a, i: a + i,
    "slti": lambda a, i: int(signed(a) < i),
    "sltiu": lambda a, i: int(a < i & MASK),
    "xori": lambda a, i: a ^ i,
    "ori": lambda a, i: a | i,
    "andi": lambda a, i: a & i,
    "addiw": lambda a, i: word(a + i),
}
SHIFT_6 = {
    "slli": lambda a, i: a << i,
    "srli": lambda a, i: a >> i,
    "srai": lambda a, i: signed(a) >> i,
    "slli.uw": lambda a, i: (a & MASK32) << i,
    "rori": lambda a, i: rotate_left(a, -i, 64),
    "bclri": SINGLE_BIT["bclr"],
    "bexti": SINGLE_BIT["bext"],
    "binvi": SINGLE_BIT["binv"],
    "bseti": SINGLE_BIT["bset"],
}
SHIFT_5 = {
    "slliw": lambda a, i: word(a << i),
    "srliw": lambda a, i: word((a & MASK32) >> i),
    "sraiw": lambda a, i: signed(a, 32) >> i,
    "roriw": lambda a, i: word(rotate_left(a, -i, 32)),
}
BRANCH = {
    "beq": lambda a, b: a == b,
    "bne": lambda a, b: a != b,
    "blt": lambda a, b: signed(a) < signed(b),
    "bge": lambda a, b: signed(a) >= signed(b),
    "bltu": lambda a, b: a < b,
    "bgeu": lambda a, b: a >= b,
}
LOAD = {"lb": (1, True), "lh": (2, True), "lw": (4, True), "ld": (8, True),
        "lbu": (1, False), "lhu": (2, False), "lwu": (4, False)}
STORE = {"sb": 1, "sh": 2, "sw": 4, "sd": 8}

# Values at which something changes: signs of 8, 16, 32 and 64 bits, carries between the halves, one bit, all bits.
VALUES = [0, 1, MASK, MIN, MAX, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0xFFFFFFFF80000000,
          0x0123456789ABCDEF, 0xFEDCBA9876543210]
PAIRS = [(0, 0), (1, MASK), (MASK, 1), (MAX, 1), (MIN, 1), (1, MIN), (MIN, MASK), (MASK, MASK), (MIN, MIN), (MAX, MAX),
         (MIN, MAX), (0x7FFFFFFF, 1), (0x80000000, 0x80000000), (0xFFFFFFFF, 1), (0xFFFFFFFF80000000, MASK),
         (0xFFFFFFFF00000000, 0x100000000), (0x0123456789ABCDEF, 0xFEDCBA9876543210),
         (0xAAAAAAAAAAAAAAAA, 0x5555555555555555), (0x1FFFFFFFF, 0x2), (0xDEADBEEF80000001, 0x00000000FFFFFFFF)]
DIVISIONS = [(7, 2), (-7 & MASK, 2), (7, -2 & MASK), (-7 & MASK, -2 & MASK), (0, 0), (1, 0), (MASK, 0), (MIN, 0),
             (MIN, MASK), (MIN, 1), (MAX, MASK), (1, MIN), (MIN, MIN), (0, MASK), (0x80000000, MASK),
             (0xFFFFFFFF80000000, 0xFFFFFFFF), (0x180000000, 0x1FFFFFFFF), (0x100000007, 0x500000002),
             (0xFFFFFFFF, 0x100000000), (0x7FFFFFFF, 0xFFFFFFFF), (0x0123456789ABCDEF, 0x89ABCDEF),
             (MASK, 10), (0x80000000, 0), (0xFFFFFFFF00000005, 0x00000000FFFFFFFE)]
AMOUNTS = [0, 1, 7, 31, 32, 33, 63, 64, 65, MASK, 0x123456781F, 0xFFFFFFFFFFFFFFE0]
SHIFTED = [0x8000000000000001, 0x0123456789ABCDEF, 0xFFFFFFFF80000001, 0x7FFFFFFF7FFFFFFF]
CONDITIONS = [0, 1, MASK, MIN, 0x100000000, 0xFFFFFFFF, 0x8000000000000000, 2]


def hexadecimal(value):
    value &= MASK
    return str(value) if value < 10 else f"0x{value:x}"


class VectorFile:
    """Collects the lines of one file and hands out registers, so that every register sees every kind of use."""

    def __init__(self, name, title):
        self.name = name
        self.lines = [f"# {title}", "# Made by generate.py; change that instead. The format is in README.md."]
        self.turn = 0
        self.profiles = None
        self.random = random.Random(name)

    def section(self, title, profiles="static xjar"):
        self.lines += ["", f"# {title}"]
        if profiles != self.profiles:
            self.lines.append(f"profiles: {profiles}")
            self.profiles = profiles

    def registers(self, count, pool=COMMON):
        """Distinct registers; the first of them advances by one each time."""
        self.turn += 1
        stride = 1 + self.turn // len(pool) % (len(pool) - 1)
        picked = []
        at = self.turn
        while len(picked) < count:
            name = pool[at % len(pool)]
            if name not in picked:
                picked.append(name)
                at += stride
            else:
                at += 1
        return picked

    def case(self, text, before, after):
        """A line; before and after are lists of (name, value) or plain words. Writes to zero leave no trace."""
        self.lines.append(" | ".join([text, self.join(before), self.join(after)]).rstrip())

    @staticmethod
    def join(items):
        words = []
        for item in items:
            if isinstance(item, str):
                words.append(item)
            elif item[0] not in ("zero", "x0"):
                value = item[1] if isinstance(item[1], str) else hexadecimal(item[1])
                if f"{item[0]}={value}" not in words:
                    words.append(f"{item[0]}={value}")
        return ", ".join(words)

    def two_sources(self, name, meaning, pairs, extra_pool=None):
        """An instruction of two sources, its registers distinct and then in every way the same."""
        for number, (a, b) in enumerate(pairs):
            d, s, t = self.registers(3, extra_pool or COMMON)
            if number % 6 == 3:
                d = s
            elif number % 6 == 5:
                d = t
            self.case(f"{name} {d}, {s}, {t}", [(s, a), (t, b)], [(d, meaning(a, b))])
        a, b = 0x0123456789ABCDEF, 0x8000000080000003
        d, s, t = self.registers(3)
        self.case(f"{name} {d}, {s}, {s}", [(s, a)], [(d, meaning(a, a))])
        self.case(f"{name} {s}, {s}, {s}", [(s, b)], [(s, meaning(b, b))])
        self.case(f"{name} zero, {s}, {t}", [(s, a), (t, b)], [])
        self.case(f"{name} {d}, zero, {t}", [(t, b)], [(d, meaning(0, b))])
        self.case(f"{name} {d}, {s}, zero", [(s, a)], [(d, meaning(a, 0))])

    def one_source(self, name, meaning, cases):
        """An instruction of one source and an immediate; every third time in place."""
        for number, (a, immediate) in enumerate(cases):
            d, s = self.registers(2)
            if number % 3 == 2:
                d = s
            self.case(f"{name} {d}, {s}, {immediate}", [(s, a)], [(d, meaning(a, immediate))])
        a, immediate = cases[-1]
        d, s = self.registers(2)
        self.case(f"{name} zero, {s}, {immediate}", [(s, a)], [])
        self.case(f"{name} {d}, zero, {immediate}", [], [(d, meaning(0, immediate))])


def register_files():
    shifts = [(v, a) for n, v in enumerate(SHIFTED) for a in AMOUNTS[n % 2::2]]
    bits = [(v, a) for n, v in enumerate([0, MASK, 0x0123456789ABCDEF]) for a in AMOUNTS[n % 2::2]]
    conditional = [(a, c) for n, c in enumerate(CONDITIONS) for a in (VALUES[n % 12], VALUES[(n + 5) % 12])]
    plan = [
        ("arithmetic.txt", "Integer arithmetic and comparison between registers.", [(ARITHMETIC, PAIRS)]),
        ("shifts.txt", "Shifts and rotations by a register.", [(SHIFTS, shifts), (ROTATE, shifts)]),
        ("multiply.txt", "Multiplication and division (M).", [(MULTIPLY, PAIRS), (DIVIDE, DIVISIONS)]),
        ("zba.txt", "Address generation (Zba), shift-and-add forms.", [(ADDRESS, PAIRS)]),
        ("zbb.txt", "Basic bit manipulation (Zbb) on two registers.", [(LOGIC, PAIRS)]),
        ("zbs.txt", "Single bits (Zbs) chosen by a register.", [(SINGLE_BIT, bits)]),
        ("zicond.txt", "Conditional zero (Zicond).", [(CONDITIONAL, conditional)]),
    ]
    for name, title, groups in plan:
        file = VectorFile(name, title)
        for table, pairs in groups:
            for mnemonic, meaning in table.items():
                file.section(mnemonic)
                file.two_sources(mnemonic, meaning, pairs)
        file.section("x3 and x4, which only xjar has", "xjar")
        for table, pairs in groups:
            for mnemonic, meaning in table.items():
                for d, s, t in [("gp", "tp", "a0"), ("tp", "a0", "gp"), ("a0", "gp", "tp")]:
                    a, b = file.random.choice(pairs)
                    file.case(f"{mnemonic} {d}, {s}, {t}", [(s, a), (t, b)], [(d, meaning(a, b))])
        yield file


def unary_file():
    file = VectorFile("unary.txt", "Instructions of one source: counts, extensions, byte operations.")
    values = VALUES + [0x80, 0x7F, 0x8000, 0x7FFF, 0xFF00FF00FF00FF00, 0x0100000000000080, 0x0010000000100000, 0xFFFF]
    for name, meaning in UNARY.items():
        file.section(name)
        for number, a in enumerate(values):
            d, s = file.registers(2)
            if number % 4 == 3:
                d = s
            file.case(f"{name} {d}, {s}", [(s, a)], [(d, meaning(a))])
        d, s = file.registers(2)
        file.case(f"{name} zero, {s}", [(s, 0x1234)], [])
        file.case(f"{name} {d}, zero", [], [(d, meaning(0))])
    file.section("x3 and x4", "xjar")
    for name, meaning in UNARY.items():
        file.case(f"{name} gp, tp", [("tp", 0x00FF800000018000)], [("gp", meaning(0x00FF800000018000))])
    return file


def immediate_file():
    file = VectorFile("immediate.txt", "Arithmetic and shifts by an immediate, and upper immediates.")
    immediates = [-2048, -2047, -1, 0, 1, 2, 1365, 2046, 2047]
    for name, meaning in IMMEDIATE.items():
        cases = [(v, i) for n, i in enumerate(immediates) for v in (VALUES[n % 12], VALUES[(n + 7) % 12])]
        cases += [(MASK, -1), (MIN, -1), (MAX, 1), (0x7FFFFFFF, 1), (0xFFFFFFFF80000000, -1), (-2048 & MASK, -2048)]
        file.section(name)
        file.one_source(name, meaning, cases)
    for table, amounts in [(SHIFT_6, [0, 1, 15, 31, 32, 33, 62, 63]), (SHIFT_5, [0, 1, 15, 16, 30, 31])]:
        for name, meaning in table.items():
            file.section(name)
            file.one_source(name, meaning, [(v, i) for n, i in enumerate(amounts) for v in SHIFTED[n % 2::2]])
    upper = [0, 1, 0x12345, 0x7FFFF, 0x80000, 0xFFFFF]
    file.section("lui")
    for immediate in upper:
        d, = file.registers(1)
        file.case(f"lui {d}, 0x{immediate:x}", [], [(d, word(immediate << 12))])
    file.case("lui zero, 0x12345", [], [])
    file.section("auipc, and x3 and x4", "xjar")
    for immediate in upper:
        d, = file.registers(1)
        offset = signed(word(immediate << 12))
        file.case(f"auipc {d}, 0x{immediate:x}", [], [(d, f"@start{offset:+#x}")])
    file.case("auipc zero, 1", [], [])
    file.case("lui gp, 0x80000", [], [("gp", 0xFFFFFFFF80000000)])
    file.case("addi tp, gp, -1", [("gp", 0)], [("tp", MASK)])
    file.case("slli gp, tp, 63", [("tp", 3)], [("gp", MIN)])
    return file


def little_endian(value, size):
    return (value & ((1 << 8 * size) - 1)).to_bytes(size, "little").hex()


def memory_file():
    file = VectorFile("memory.txt", "Loads and stores: widths, signs, misalignment, wraps, and the addresses that fault.")
    pattern = 0x8182838485868788
    plain = 0x7162534435261708
    garbage = 0xDEADBEEF00000000
    allowed = [  # (base, offset): all of them touch declared pages only
        (READ_WRITE, 0), (READ_WRITE, 8), (READ_WRITE + 0x800, -2048), (READ_WRITE + 1, 2047), (READ_WRITE + 3, 0),
        (READ_WRITE + 0xFFF, 0), (READ_WRITE + 0x1000, -5), (garbage | READ_WRITE, 16), (MASK & ~MASK32 | READ_WRITE, 5),
        (0x40, READ_WRITE + 0x20), (DATA_END - 8, 0), (HEAP + 0xFF8, 0), (STACK + 0xFF8, 0), (garbage | HEAP, 7),
    ]
    for name, (size, is_signed) in LOAD.items():
        file.section(name)
        for number, (base, offset) in enumerate(allowed):
            if base == 0x40:  # the base alone is far from the access: the sum wraps past 2^32
                base, offset = 0x100000000 + READ_WRITE - 0x700, 0x720
            value = (pattern if number % 2 == 0 else plain) >> (number % 3 * 4)
            raw = value & ((1 << 8 * size) - 1)
            result = signed(raw, 8 * size) if is_signed else raw
            d, s = file.registers(2)
            if number % 5 == 4:
                d = s
            address = (base + offset) & MASK32
            file.case(f"{name} {d}, {offset}({s})", [(s, base), f"[0x{address:x}]={little_endian(value, size)}"],
                      [(d, result)])
        d, s = file.registers(2)
        file.case(f"{name} {d}, 16({s})", [(s, READ_ONLY), f"[0x{READ_ONLY + 16:x}]={little_endian(plain, size)}"],
                  [(d, plain & ((1 << 8 * size) - 1) if not is_signed else signed(plain, 8 * size))])
        file.case(f"{name} zero, 0({s})", [(s, READ_WRITE)], [])
        faults(file, name, size, d, s, is_store=False)
        if size > 1:
            # Half in read-only, half in read-write pages: a load may, whatever the rights on either side.
            address = READ_WRITE - size // 2
            file.case(f"{name} {d}, 0({s})", [(s, address), f"[0x{address:x}]={little_endian(pattern, size)}"],
                      [(d, signed(pattern, 8 * size) if is_signed else pattern & ((1 << 8 * size) - 1))])
    for name, size in STORE.items():
        file.section(name)
        for number, (base, offset) in enumerate(allowed):
            if base == 0x40:
                base, offset = 0x100000000 + READ_WRITE - 0x700, 0x720
            value = pattern if number % 2 == 0 else plain
            t, s = file.registers(2)
            address = (base + offset) & MASK32
            if number % 5 == 4:
                t, value = s, base
            file.case(f"{name} {t}, {offset}({s})", [(s, base), (t, value)],
                      [f"[0x{address:x}]={little_endian(value, size)}"])
        t, s = file.registers(2)
        file.case(f"{name} zero, 0({s})", [(s, READ_WRITE)], [f"[0x{READ_WRITE:x}]={'00' * size}"])
        faults(file, name, size, t, s, is_store=True)
    file.section("x3 and x4", "xjar")
    file.case("ld gp, 0(tp)", [("tp", READ_WRITE), f"[0x{READ_WRITE:x}]={little_endian(plain, 8)}"], [("gp", plain)])
    file.case("sd gp, 8(tp)", [("tp", READ_WRITE), ("gp", pattern)], [f"[0x{READ_WRITE + 8:x}]={little_endian(pattern, 8)}"])
    file.section("Code read as data: the four bytes of the instruction itself", "xjar")
    file.case("lwu a0, 0(a1)", [("a1", "@start")], [("a0", 0x0005E503)])
    file.case("lw a0, -4(a1)", [("a1", "@next")], [("a0", word(0xFFC5A503))])
    for name, size in STORE.items():
        file.case(f"{name} a0, 0(a1)", [("a0", 1), ("a1", "@start")], ["fault @start"])
    return file


def faults(file, name, size, data, base, is_store):
    """Accesses of which some byte is not allowed; the fault names the first such byte."""
    first_bad = [(0, 0, 0), (0, 8, 8), (0, -1, 0xFFFFFFFF if size > 1 else None), (0xFFFF, 0, 0xFFFF),
                 (DATA_END, 0, DATA_END), (STACK - 1, 0, STACK - 1), (0xDEADBEEF00000000, 0, 0),
                 (HEAP, -1, HEAP - 1), (0x7FFFFFFF, 1, 0x80000000), (MASK, 1, 0)]
    if size > 1:
        first_bad += [(DATA_END, 1 - size, DATA_END), (DATA_END, -1, DATA_END), (STACK, 1 - size, STACK + 1 - size),
                      (HEAP + 0xFFF, 0, 0), (0, -(size // 2), 0)]
        first_bad[2] = (0, -1, 0)  # the last byte of the address space is the heap's, the next is byte 0
    if is_store:
        first_bad += [(READ_ONLY, 0, READ_ONLY), (READ_ONLY + 0xFFF, 0, READ_ONLY + 0xFFF)]
        if size > 1:
            first_bad += [(READ_ONLY, 1 - size, READ_ONLY), (READ_ONLY, -1, READ_ONLY)]
    for address, offset, fault in first_bad:
        if fault is None or (size == 1 and address + offset == -1):
            continue
        registers = [(base, address)] + ([(data, 0x1122334455667788)] if is_store else [])
        file.case(f"{name} {data}, {offset}({base})", registers, [f"fault 0x{fault:x}"])
    if not is_store:
        file.case(f"{name} zero, 0({base})", [(base, DATA_END)], [f"fault 0x{DATA_END:x}"])
        file.case(f"{name} {base}, 0({base})", [(base, DATA_END)], [f"fault 0x{DATA_END:x}"])


def branch_file():
    file = VectorFile("branches.txt", "Conditional branches and jal, forward and backward.")
    pairs = [(0, 0), (1, 0), (0, 1), (MASK, 0), (0, MASK), (MIN, MAX), (MAX, MIN), (MIN, MIN), (MASK, MASK), (MASK, MIN),
             (0x100000000, 0), (0, 0x100000000), (0x80000000, 0x7FFFFFFF), (0xFFFFFFFF, MASK), (MAX, MAX), (0x8000000000000001, MIN)]
    for name, meaning in BRANCH.items():
        file.section(name)
        for number, (a, b) in enumerate(pairs):
            s, t = file.registers(2)
            target = "back" if number % 3 == 2 else "taken"
            file.case(f"{name} {s}, {t}, {target}", [(s, a), (t, b)], [target if meaning(a, b) else "next"])
        s, = file.registers(1)
        file.case(f"{name} {s}, {s}, taken", [(s, MIN)], ["taken" if meaning(MIN, MIN) else "next"])
        for value in (MIN, 1):
            file.case(f"{name} {s}, zero, taken", [(s, value)], ["taken" if meaning(value, 0) else "next"])
            file.case(f"{name} zero, {s}, back", [(s, value)], ["back" if meaning(0, value) else "next"])
    file.section("jal")
    for name in COMMON:
        file.case(f"jal {name}, taken", [], [(name, "@next"), "taken"])
    file.case("jal ra, back", [], [("ra", "@next"), "back"])
    file.case("jal zero, taken", [], ["taken"])
    file.case("jal zero, next", [], ["next"])
    file.section("x3 and x4", "xjar")
    file.case("jal gp, back", [], [("gp", "@next"), "back"])
    file.case("beq gp, tp, taken", [("gp", 5), ("tp", 5)], ["taken"])
    return file


def compressed_file():
    file = VectorFile("compressed.txt", "Every 2-byte encoding. Each does what its expansion does.")

    def in_place(name, meaning, cases, pool):
        file.section(name)
        for a, immediate in cases:
            d, = file.registers(1, pool)
            file.case(f"{name} {d}, {immediate}", [(d, a)], [(d, meaning(a, immediate))])

    def two(name, meaning, pairs, pool):
        file.section(name)
        for a, b in pairs:
            d, t = file.registers(2, pool)
            file.case(f"{name} {d}, {t}", [(d, a), (t, b)], [(d, meaning(a, b))])
        d, = file.registers(1, pool)
        file.case(f"{name} {d}, {d}", [(d, 0x8765432112345678)], [(d, meaning(0x8765432112345678, 0x8765432112345678))])

    immediates = [(v, i) for n, i in enumerate([-32, -1, 1, 31]) for v in (VALUES[n], VALUES[n + 3], VALUES[n + 7])]
    with_zero = immediates + [(0xFFFFFFFF80000000, 0), (0x123456789, 0)]
    in_place("c.addi", IMMEDIATE["addi"], immediates, COMMON)
    in_place("c.addiw", IMMEDIATE["addiw"], with_zero, COMMON)
    in_place("c.andi", IMMEDIATE["andi"], with_zero, PRIME)
    shifts = [(v, i) for i in [1, 31, 32, 63] for v in SHIFTED]
    in_place("c.slli", SHIFT_6["slli"], shifts, COMMON)
    in_place("c.srli", SHIFT_6["srli"], shifts, PRIME)
    in_place("c.srai", SHIFT_6["srai"], shifts, PRIME)
    for name in ("sub", "xor", "or", "and", "subw", "addw"):
        two(f"c.{name}", ARITHMETIC[name], PAIRS[1:13], PRIME)
    two("c.add", ARITHMETIC["add"], PAIRS[1:9], COMMON)
    two("c.mv", lambda a, b: b, [(5, v) for v in VALUES], COMMON)

    file.section("c.li and c.lui")
    for immediate in [-32, -1, 0, 1, 31]:
        d, = file.registers(1)
        file.case(f"c.li {d}, {immediate}", [], [(d, immediate)])
    for immediate in [1, 31, 0xFFFE0, 0xFFFFF]:
        d, = file.registers(1, [name for name in COMMON if name != "sp"])
        file.case(f"c.lui {d}, 0x{immediate:x}", [], [(d, word(immediate << 12))])

    file.section("c.addi16sp and c.addi4spn")
    for immediate in [-512, -16, 16, 496]:
        for sp in [0x10000000, 0, MASK]:
            file.case(f"c.addi16sp sp, {immediate}", [("sp", sp)], [("sp", sp + immediate)])
    for immediate in [4, 8, 64, 1020]:
        for sp in [0x10000000, MASK]:
            d, = file.registers(1, PRIME)
            file.case(f"c.addi4spn {d}, sp, {immediate}", [("sp", sp)], [(d, sp + immediate)])

    value = 0x8899AABBCCDDEEFF
    for name, size, offsets in [("w", 4, [0, 4, 64, 124]), ("d", 8, [0, 8, 64, 248])]:
        file.section(f"c.l{name}, c.s{name} and their sp forms")
        sp_offsets = [0, size, 32, 252 if size == 4 else 504]
        result = signed(value, 8 * size)
        for offset in offsets:
            for base in [READ_WRITE, READ_WRITE + 0x101, READ_WRITE + 0x1000 - offset - 1, 0xBAD00000000 | READ_WRITE]:
                at = f"[0x{(base + offset) & MASK32:x}]={little_endian(value, size)}"
                d, s = file.registers(2, PRIME)
                file.case(f"c.l{name} {d}, {offset}({s})", [(s, base), at], [(d, result)])
                file.case(f"c.s{name} {d}, {offset}({s})", [(s, base), (d, value)], [at])
        for offset in sp_offsets:
            for base in [READ_WRITE, READ_WRITE + 3]:
                at = f"[0x{base + offset:x}]={little_endian(value, size)}"
                d, = file.registers(1, [r for r in COMMON if r != "sp"])
                file.case(f"c.l{name}sp {d}, {offset}(sp)", [("sp", base), at], [(d, result)])
                file.case(f"c.s{name}sp {d}, {offset}(sp)", [("sp", base), (d, value)], [at])
        file.case(f"c.l{name}sp sp, 0(sp)", [("sp", READ_WRITE), f"[0x{READ_WRITE:x}]={little_endian(value, size)}"],
                  [("sp", result)])
        file.case(f"c.s{name}sp zero, 0(sp)", [("sp", READ_WRITE)], [f"[0x{READ_WRITE:x}]={'00' * size}"])
        file.case(f"c.l{name} a0, 0(a1)", [("a1", DATA_END - 1)], [f"fault 0x{DATA_END:x}"])
        file.case(f"c.s{name} a0, 0(a1)", [("a1", DATA_END - 1), ("a0", value)], [f"fault 0x{DATA_END:x}"])
        file.case(f"c.l{name}sp a0, 0(sp)", [("sp", 0)], ["fault 0"])
        file.case(f"c.s{name}sp a0, 0(sp)", [("sp", READ_ONLY), ("a0", 1)], [f"fault 0x{READ_ONLY:x}"])

    file.section("c.j, c.beqz, c.bnez")
    file.case("c.j taken", [], ["taken"])
    file.case("c.j back", [], ["back"])
    for name, jumps in [("c.beqz", lambda a: a == 0), ("c.bnez", lambda a: a != 0)]:
        for number, a in enumerate([0, 1, MASK, MIN, 0x100000000]):
            for s in (PRIME[number], PRIME[7 - number]):
                target = "back" if number % 2 else "taken"
                file.case(f"{name} {s}, {target}", [(s, a)], [target if jumps(a) else "next"])

    file.section("c.jr and c.jalr", "xjar")
    for s in COMMON + XJAR_ONLY:
        file.case(f"c.jr {s}", [(s, "@taken")], [(s, "@taken"), "taken"])
        file.case(f"c.jalr {s}", [(s, "@back")], [(s, "@back"), ("ra", "@next"), "back"] if s != "ra"
                  else [("ra", "@next"), "back"])
    file.case("c.mv gp, tp", [("tp", 7)], [("gp", 7)])
    file.case("c.addi gp, 1", [("gp", MASK)], [("gp", 0)])
    return file


def files():
    yield from register_files()
    yield unary_file()
    yield immediate_file()
    yield memory_file()
    yield branch_file()
    yield compressed_file()


def main():
    folder = pathlib.Path(__file__).resolve().parent
    check = sys.argv[1:] == ["--check"]
    stale = []
    for file in files():
        path = folder / file.name
        text = "\n".join(file.lines) + "\n"
        if check:
            if not path.exists() or path.read_text() != text:
                stale.append(file.name)
        else:
            path.write_text(text)
    if stale:
        print("not what generate.py writes: " + ", ".join(stale))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes blocks.txt: basic blocks and what they cost in the pipeline gas model, computed here and nowhere else.

    python3 generate.py            rewrites the file beside this script
    python3 generate.py --check    says whether it differs from what it would write

The table and the pass over a block are written from the text of the PVM2 gas model.
"""

import pathlib
import random
import sys

COMMON = ["ra", "sp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"]
SPILLED = ["gp", "tp"]

# How many decode slots, where it depends on the registers.
A, A1, S, S1 = "A", "A+1", "S", "S+1"
M = "M"

# Operands: d destination, s and t sources, i a 12-bit and h a 5-bit immediate, m an address, u an upper immediate.
REGISTER, IMMEDIATE, SHIFT, UNARY, UPPER = "dst", "dsi", "dsh", "ds", "du"
LOAD, STORE, BRANCH, NONE = "dm", "tm", "stj", ""


def rows():
    """name, latency, slots, operands"""
    table = []

    def add(names, latency, slots, operands):
        table.extend((name, latency, slots, operands) for name in names.split())

    add("lb lh lw ld lbu lhu lwu", M, 1, LOAD)
    add("sb sh sw sd", M, 1, STORE)
    add("lui", 1, 2, UPPER)
    add("add sub and or xor", 1, A, REGISTER)
    add("addi andi ori xori slti sltiu", 1, A, IMMEDIATE)
    add("slli srli srai rori", 1, A, SHIFT)
    add("sll srl sra rol ror", 1, S, REGISTER)
    add("slt sltu", 3, 3, REGISTER)
    add("addw subw", 2, A1, REGISTER)
    add("addiw", 2, A1, IMMEDIATE)
    add("slliw srliw sraiw roriw", 2, A1, SHIFT)
    add("sllw srlw sraw rolw rorw", 2, S1, REGISTER)
    add("mul", 3, A, REGISTER)
    add("mulw", 4, A1, REGISTER)
    add("mulh mulhu", 4, 4, REGISTER)
    add("mulhsu", 6, 4, REGISTER)
    add("div divu rem remu divw divuw remw remuw", 60, 4, REGISTER)
    add("clz clzw cpop cpopw sext.b sext.h zext.h rev8 orc.b", 1, 1, UNARY)
    add("ctz ctzw", 2, 1, UNARY)
    add("min minu max maxu", 3, A1, REGISTER)
    add("andn orn", 2, 3, REGISTER)
    add("xnor", 2, A1, REGISTER)
    add("sh1add sh2add sh3add sh1add.uw sh2add.uw sh3add.uw add.uw", 1, A, REGISTER)
    add("slli.uw", 1, A, SHIFT)
    add("bclr bset binv bext", 1, A, REGISTER)
    add("bclri bseti binvi bexti", 1, A, SHIFT)
    add("czero.eqz czero.nez", 2, 2, REGISTER)
    add("fence fence.i", 1, 1, NONE)
    return table


PLAIN = rows()
XJAR_ONLY = [("auipc", 1, 2, UPPER)]
BRANCHES = [(name, 20, 1, BRANCH) for name in "beq bne blt bge bltu bgeu".split()]
ENDS = BRANCHES + [("jal", 15, 1, "dj"), ("trap", 2, 1, NONE), ("fallthrough", 2, 1, NONE)]
STATIC_ENDS = [("br_table", 22, 1, "xs"), ("ecalli", 100, 4, "k"), ("ecall.jar", 100, 4, NONE)]
XJAR_ENDS = [("jalr", 22, 1, "Dm")]
ALONE = [("ecalli", 100, 4, "k"), ("ecall.jar", 100, 4, NONE)]


class Instruction:
    """A row with its registers."""

    def __init__(self, row, registers, immediate):
        self.name, self.latency, self.slots, self.operands = row
        self.registers = dict(registers)
        self.immediate = immediate

    def text(self):
        parts = []
        for place in self.operands:
            if place in "dstD":
                parts.append(self.registers[place])
            elif place == "m":
                parts.append(f"{self.immediate}({self.registers['s']})")
            else:
                parts.append({"i": str(self.immediate), "h": str(self.immediate % 32), "u": hex(self.immediate % 1024 + 1),
                              "j": "next", "x": "table", "k": str(self.immediate)}[place])
        return f"{self.name} {', '.join(parts)}".strip()

    def places(self):
        """The registers named, one a place."""
        return [self.registers[p] for p in "dDst" if p in self.operands or (p == "s" and "m" in self.operands)]

    def sources(self):
        named = [self.registers[p] for p in "st" if p in self.operands or (p == "s" and "m" in self.operands)]
        return [name for name in named if name != "zero"]

    def destination(self):
        """What later readers wait for; jalr's link delays nobody."""
        name = self.registers["d"] if "d" in self.operands else "zero"
        return name if name != "zero" else None

    def decode_slots(self):
        if self.slots in (A, A1):
            reused = self.registers["d"] != "zero" and self.registers["d"] in self.sources()
            return (1 if reused else 2) + (self.slots == A1)
        if self.slots in (S, S1):
            return (2 if self.registers["s"] == self.registers["d"] else 3) + (self.slots == S1)
        return self.slots

    def cycles(self, memory, profile):
        latency = memory if self.latency == M else self.latency
        if profile == "xjar":
            latency += memory * sum(name in SPILLED for name in self.places())
        return latency


def memory_latency(pages):
    for limit, latency in [(2048, 25), (8192, 50), (65536, 75)]:
        if pages <= limit:
            return latency
    return 100


def cost(block, pages, profile):
    memory = memory_latency(pages)
    cycle = used = longest = 0
    done = {}
    for instruction in block:
        slots = instruction.decode_slots()
        if used >= 4:
            cycle += 1
            used = slots
        else:
            used += slots
        start = max([cycle] + [done.get(name, 0) for name in instruction.sources()])
        end = start + instruction.cycles(memory, profile)
        if instruction.destination():
            done[instruction.destination()] = end
        longest = max(longest, end)
    return max(longest - 3, 1)


class Writer:
    def __init__(self):
        self.random = random.Random(20260528)
        self.lines = ["# Basic blocks and what they cost in the pipeline gas model: instructions | cost.",
                      "# Made by generate.py; change that instead."]

    def section(self, title, profile, pages):
        self.profile, self.pages = profile, pages
        self.lines += ["", f"# {title}", f"profile: {profile}", f"pages: {pages}"]

    def line(self, block):
        text = "; ".join(instruction.text() for instruction in block)
        self.lines.append(f"{text} | {cost(block, self.pages, self.profile)}")

    def any(self, row, pool):
        """A row with random registers: often one of them twice, sometimes x0."""
        d, s, t = (self.random.choice(pool) for _ in range(3))
        choice = self.random.randrange(8)
        if choice == 0:
            d = s
        elif choice == 1:
            d = t
        elif choice == 2:
            t = s
        elif choice == 3:
            d, s, t = self.random.choice([("zero", s, t), (d, "zero", t), (d, s, "zero"), ("zero", "zero", t)])
        return Instruction(row, {"d": d, "D": d, "s": s, "t": t}, self.random.randrange(0, 2048))

    def each_row(self, extra):
        """Every row in every pattern of registers, with a reader of its result, and with a divider behind fillers."""
        for row in PLAIN + extra:
            patterns = [("a0", "a1", "a2")]
            if "d" in row[3]:
                patterns += [("zero", "a1", "a2")]
            if row[2] in (A, A1, S, S1):
                patterns += [("a0", "a0", "a2")]
                if "t" in row[3]:
                    patterns += [("a0", "a1", "a0"), ("zero", "zero", "a2")]
            for d, s, t in patterns:
                tested = Instruction(row, {"d": d, "s": s, "t": t}, 8)
                reader = Instruction(BRANCHES[0], {"s": "a0", "t": "a0"}, 0)
                self.line([tested, reader])
                for fillers in (1, 2, 3):
                    fill = [Instruction(("addi", 1, A, IMMEDIATE), {"d": r, "s": r}, 1) for r in ("t0", "t1", "t2")[:fillers]]
                    divide = Instruction(("div", 60, 4, REGISTER), {"d": "s0", "s": "s1", "t": "s1"}, 0)
                    end = Instruction(("jal", 15, 1, "dj"), {"d": "zero"}, 0)
                    self.line([tested] + fill + [divide, end])

    def blocks(self, count, plain, ends, pool):
        for _ in range(count):
            length = self.random.choice([1, 2, 3, 5, 8, 12, 20])
            self.line([self.any(self.random.choice(plain), pool) for _ in range(length)]
                      + [self.any(self.random.choice(ends), pool)])


def make():
    writer = Writer()
    writer.section("Every instruction", "static", 1)
    writer.each_row([])
    for end in ENDS + STATIC_ENDS:
        writer.line([writer.any(end, COMMON)])
        writer.line([Instruction(("mulhsu", 6, 4, REGISTER), {"d": "a0", "s": "a0", "t": "a1"}, 0),
                     Instruction(end, {"d": "a0", "D": "a0", "s": "a0", "t": "a1"}, 5)])
    writer.section("Random blocks", "static", 1)
    writer.blocks(150, PLAIN, ENDS + STATIC_ENDS, COMMON)
    for pages in (2048, 2049, 8192, 8193, 65536, 65537):
        writer.section("Random blocks", "static", pages)
        writer.blocks(10, PLAIN, ENDS + STATIC_ENDS, COMMON)
    writer.section("What xjar alone has", "xjar", 1)
    for end in ENDS + XJAR_ENDS + ALONE:
        writer.line([writer.any(end, COMMON)])
    for row in XJAR_ONLY + PLAIN + ENDS + XJAR_ENDS:
        names = {"d": "gp", "D": "gp", "s": "tp", "t": "gp"}
        tail = [] if row in ENDS + XJAR_ENDS else [Instruction(BRANCHES[1], {"s": "gp", "t": "a0"}, 0)]
        writer.line([Instruction(row, names, 12)] + tail)
    for pages in (1, 2049):
        writer.section("Random blocks, x3 and x4 among their registers", "xjar", pages)
        writer.blocks(60, PLAIN + XJAR_ONLY, ENDS + XJAR_ENDS, COMMON + SPILLED * 3)
    return "\n".join(writer.lines) + "\n"


def main():
    path = pathlib.Path(__file__).resolve().parent / "blocks.txt"
    text = make()
    if sys.argv[1:] == ["--check"]:
        if not path.exists() or path.read_text() != text:
            print(f"not what generate.py writes: {path.name}")
            return 1
    else:
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

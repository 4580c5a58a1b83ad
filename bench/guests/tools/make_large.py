#!/usr/bin/env python3
"""Writes a large guest as one C file: many functions that call each other directly, in
tail position, through tables of pointers and from switches. It stands for a program the
size of a script engine when the speed of the linker is measured.

A counter of steps bounds the run: a function that finds none left returns at once. The
same seed gives the same bytes, on any machine.
"""

import argparse


class Random:
    """A generator of our own (splitmix64), so that no Python version changes the output."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, limit):
        return self.next() % limit

    def choice(self, items):
        return items[self.below(len(items))]


EXPRESSIONS = [
    "a + b",
    "a * {odd}u - b",
    "(a ^ b) + {number}u",
    "(a << {shift}) | (b >> {unshift})",
    "a - (b & {number}u)",
    "a % {odd}u + b",
    "(uint64_t)__builtin_popcountll(a) * b",
    "a < b ? a + {number}u : b - {number}u",
    "__builtin_bswap64(a) ^ b",
    "(uint64_t)((int64_t)a >> {shift}) + b",
    "data[(a + {number}u) % DATA] + b",
]


def expression(random):
    shift = 1 + random.below(63)
    return random.choice(EXPRESSIONS).format(
        odd=random.below(1 << 16) | 1, number=random.below(1 << 20), shift=shift, unshift=64 - shift)


def call(random, options):
    return f"f{random.choice(options.callees)}(a, b)"


def statement(random, options):
    kind = random.below(10)
    if kind < 4:
        variable = random.choice("ab")
        return [f"{variable} = {expression(random)};"]
    if kind < 6:
        return [f"{random.choice('ab')} {random.choice(['+', '^', '-'])}= {call(random, options)};"]
    if kind < 7:
        table = random.below(options.tables)
        return [f"a ^= table{table}[b % {options.table_length}](b, a);"]
    if kind < 8:
        return [f"if (a {random.choice(['<', '>', '=='])} b)", f"    b += {expression(random)};"]
    if kind < 9:
        return [f"for (unsigned i = 0; i < {2 + random.below(6)}; i++)", f"    a = ({expression(random)}) + i;"]
    return [f"data[b % DATA] = {expression(random)};"]


def switch(random, options):
    cases = 6 + random.below(10)
    lines = [f"switch ((a ^ b >> 7) % {cases + 2}) {{"]
    for value in range(cases):
        body = call(random, options) if random.below(3) == 0 else expression(random)
        lines.append(f"case {value}: b = {body}; break;")
    lines += ["default: b ^= a;", "}"]
    return lines


def function(index, random, options):
    body = ["if (steps == 0)", "    return a ^ b;", "steps--;"]
    for _ in range(3 + random.below(6)):
        body += statement(random, options)
    if index % options.switch_every == 0:
        body += switch(random, options)
    last = random.below(4)
    if last == 0:
        body.append(f"return {call(random, options)};")
    elif last == 1:
        body.append(f"return table{random.below(options.tables)}[a % {options.table_length}](a, b);")
    else:
        body.append(f"return {expression(random)};")
    lines = "\n".join("    " + line for line in body)
    return f"__attribute__((noinline)) uint64_t f{index}(uint64_t a, uint64_t b)\n{{\n{lines}\n}}\n"


def tables(random, options):
    """Definitions of tables of pointers to functions."""
    lines = []
    for table in range(options.tables):
        entries = ", ".join(f"f{random.choice(options.callees)}" for _ in range(options.table_length))
        lines.append(f"static step *const table{table}[{options.table_length}] = {{{entries}}};")
    return lines


def walk(options):
    """Statements that call what is in the tables, and gather the results in `hash`."""
    names = ", ".join(f"table{i}" for i in range(options.tables))
    return (f"    static step *const *const tables[] = {{{names}}};\n"
            f"    for (unsigned table = 0; table < {options.tables}; table++) {{\n"
            f"        for (unsigned i = 0; i < {options.table_length}; i++) {{\n"
            "            steps = 50;\n"
            "            hash = hash * 31 + tables[table][i](hash, i);\n"
            "        }\n    }\n")


def guest_main(statements):
    return ("uint32_t guest_main(void)\n{\n"
            "    uint64_t hash = 0;\n"
            "    for (unsigned i = 0; i < DATA; i++)\n        data[i] = i * 0x9e3779b97f4a7c15u;\n"
            f"{statements}"
            "    return (uint32_t)(hash ^ hash >> 32);\n}\n")


def write(path, parts):
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(parts))


DATA = "#define DATA 1024\n"
STEP = "typedef uint64_t step(uint64_t a, uint64_t b);\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", help="the C file to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--functions", type=int, default=1400)
    parser.add_argument("--tables", type=int, default=13, help="tables of pointers to functions")
    parser.add_argument("--table-length", type=int, default=100)
    parser.add_argument("--switch-every", type=int, default=26, help="one function in so many has a switch")
    options = parser.parse_args()
    options.callees = range(options.functions)
    random = Random(options.seed)

    parts = ["/* Written by make_large.py. */\n\n#include <pvm2.h>\n", DATA]
    parts.append("static uint64_t steps;\nstatic uint64_t data[DATA];\n")
    parts.append(STEP)
    parts.append("\n".join(f"step f{i};" for i in range(options.functions)) + "\n")
    parts += tables(random, options)
    parts += [function(i, random, options) for i in range(options.functions)]
    parts.append(guest_main(walk(options)))
    write(options.output, parts)


if __name__ == "__main__":
    main()

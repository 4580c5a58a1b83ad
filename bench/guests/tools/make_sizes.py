#!/usr/bin/env python3
"""Writes programs of every size, from 1 KiB of RISC-V code to 8 MiB, to measure how the time of a compilation grows.

They are made of the same parts, so that each part is compiled once: a program is the first few parts and a main file of
its own. A part is a C file of functions as make_large.py writes them, which call functions of their own part and of
those before it. Prints a line for each program: its name, and how many parts it has.
"""

import argparse
from pathlib import Path

from make_large import DATA, STEP, Random, function, guest_main, tables, walk, write

# NAME, PARTS, FUNCTIONS: the program, its parts, and the functions in each part that the program before has not.
SIZES = [
    ("size-1k", 1, 4),
    ("size-4k", 2, 19),
    ("size-16k", 3, 74),
    ("size-64k", 4, 314),
    ("size-256k", 5, 1128),
    ("size-1m", 8, 1541),
    ("size-2m", 12, 1541),
    ("size-4m", 20, 1541),
    ("size-8m", 36, 1541),
]

# Calls stay near, as they do in programs that people write: no further back than so many functions.
FARTHEST_CALL = 3000
FUNCTIONS_PER_TABLE = 100
LONGEST_TABLE = 100
FUNCTIONS_PER_SWITCH = 26


def file_name(part):
    return f"part-{part:02}.c"


def write_part(folder, part, first, count):
    callees = range(max(0, first + count - FARTHEST_CALL), first + count)
    options = argparse.Namespace(
        callees=callees, tables=max(1, count // FUNCTIONS_PER_TABLE), table_length=min(count, LONGEST_TABLE),
        switch_every=FUNCTIONS_PER_SWITCH)
    random = Random(part + 1)
    text = ["/* Written by make_sizes.py. */\n\n#include <stdint.h>\n", DATA]
    text.append("extern uint64_t steps;\nextern uint64_t data[DATA];\n")
    text.append(STEP)
    text.append("\n".join(f"step f{i};" for i in callees) + "\n")
    functions = [function(i, random, options) for i in range(first, first + count)]
    text += tables(random, options)
    text += functions
    text.append(f"uint64_t part{part}(uint64_t hash)\n{{\n{walk(options)}    return hash;\n}}\n")
    write(folder / file_name(part), text)


def write_main(folder, name, parts):
    text = ["/* Written by make_sizes.py. */\n\n#include <stdint.h>\n", DATA]
    text.append("uint64_t steps;\nuint64_t data[DATA];\n")
    text.append("\n".join(f"uint64_t part{part}(uint64_t hash);" for part in range(parts)) + "\n")
    text.append(guest_main("".join(f"    hash = part{part}(hash);\n" for part in range(parts))))
    write(folder / f"{name}.c", text)


def main():
    names = [name.removeprefix("size-") for name, _, _ in SIZES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write the C files")
    parser.add_argument("--most", choices=names, default=names[-1], help="the largest program to write")
    options = parser.parse_args()

    written = first = 0
    for name, parts, functions in SIZES[:names.index(options.most) + 1]:
        for part in range(written, parts):
            write_part(options.folder, part, first, functions)
            first += functions
        written = parts
        write_main(options.folder, name, parts)
        print(name, parts)


if __name__ == "__main__":
    main()

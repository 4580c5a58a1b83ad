"""Runs a program that the kernel refuses some system calls: deny.py RULE PROGRAM ARGUMENT...

The calls return EPERM. Rules: 'memory-file' (memfd_create), 'shared-code' (mmap of shared memory to be executed),
'fixed-memory' (mmap of private memory at an address that is reserved already), 'signal-handler' (sigaction of SIGSEGV).
"""
import ctypes
import os
import struct
import sys

MMAP, SIGACTION, MEMFD_CREATE = 9, 13, 319

# The call's number, and for its arguments by number what must be set in them, or 'equal' with a value.
RULES = {
    "memory-file": (MEMFD_CREATE, []),
    "shared-code": (MMAP, [(2, "bits", 4), (3, "bits", 0x01)]),
    "fixed-memory": (MMAP, [(3, "bits", 0x02), (3, "bits", 0x10), (3, "bits", 0x4000)]),
    "signal-handler": (SIGACTION, [(0, "equal", 11), (1, "bits", 0xffffffff)]),
}

LOAD, JUMP_EQUAL, JUMP_BITS, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 22, 38, 2


def instruction(code, value, if_true=0, if_false=0):
    return struct.pack("HBBI", code, if_true, if_false, value)


def program_of(number, conditions):
    """Classic BPF: each test that fails jumps to the last instruction, which allows the call."""
    tests = [(0, JUMP_EQUAL, number)]
    tests += [(16 + 8 * argument, JUMP_EQUAL if kind == "equal" else JUMP_BITS, value) for argument, kind, value in conditions]
    code = []
    for i, (offset, jump, value) in enumerate(tests):
        code += [instruction(LOAD, offset), instruction(jump, value, if_false=2 * (len(tests) - 1 - i) + 1)]
    return code + [instruction(RETURN, REFUSE), instruction(RETURN, ALLOW)]


def main():
    code = program_of(*RULES[sys.argv[1]])
    buffer = ctypes.create_string_buffer(b"".join(code))
    program = struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, FILTER, program, 0, 0):
        sys.exit(f"no filter of system calls: {os.strerror(ctypes.get_errno())}")
    os.execvp(sys.argv[2], sys.argv[2:])


main()

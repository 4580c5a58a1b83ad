/* What a C or C++ guest needs to talk to the default host.
 *
 * A host call is the custom-0 instruction `ecalli selector`. Arguments travel in
 * a0, a1, a2, the answer comes back in a0; every other register is kept, and
 * memory changes only where the call's description says so.
 *
 *   selector 0  halt       a0 = result                                    does not return
 *   selector 1  write      a0 = descriptor, a1 = address, a2 = length     a0 = bytes written, or an error
 *   selector 2  read       a0 = address, a1 = length                      a0 = bytes read, 0 at the end, or an error
 *   selector 3  gas left   -                                              a0 = gas left, all ones when unmetered
 *
 * Compiled for anything but RISC-V, or with PVM2_WITHOUT_HOST defined, the calls do
 * nothing and PVM2_EXPORT vanishes, so that the same source also builds as a native
 * library to compare with.
 */
#ifndef PVM2_H
#define PVM2_H

#include <stddef.h>
#include <stdint.h>

/* Descriptors of pvm2_write. */
#define PVM2_STDOUT 1
#define PVM2_STDERR 2

/* Errors of pvm2_write and pvm2_read. */
#define PVM2_BAD_ADDRESS (-1)    /* part of the buffer is not the guest's to read (write) or to change (read) */
#define PVM2_BAD_DESCRIPTOR (-2) /* neither PVM2_STDOUT nor PVM2_STDERR */

#if defined(__riscv) && !defined(PVM2_WITHOUT_HOST)

/* Ends the run. `result` is what the host reports, in a0. */
__attribute__((noreturn)) static inline void pvm2_halt(uint64_t result)
{
    register uint64_t a0 __asm__("a0") = result;
    __asm__ volatile(".insn i 0x0b, 2, x0, x0, 0" : : "r"(a0) : "memory");
    __builtin_trap(); /* a host that resumes a halted guest meets a panic, not whatever code comes next */
}

/* Writes `length` bytes to PVM2_STDOUT or PVM2_STDERR.
 * Returns the number of bytes written, PVM2_BAD_ADDRESS or PVM2_BAD_DESCRIPTOR. */
static inline int64_t pvm2_write(uint64_t descriptor, const void *buffer, size_t length)
{
    register uint64_t a0 __asm__("a0") = descriptor;
    register const void *a1 __asm__("a1") = buffer;
    register size_t a2 __asm__("a2") = length;
    __asm__ volatile(".insn i 0x0b, 2, x0, x0, 1" : "+r"(a0) : "r"(a1), "r"(a2) : "memory");
    return (int64_t)a0;
}

/* Reads at most `length` bytes of the input into `buffer`.
 * Returns the number of bytes read, 0 at the end of the input, or PVM2_BAD_ADDRESS. */
static inline int64_t pvm2_read(void *buffer, size_t length)
{
    register uint64_t a0 __asm__("a0") = (uint64_t)buffer;
    register size_t a1 __asm__("a1") = length;
    __asm__ volatile(".insn i 0x0b, 2, x0, x0, 2" : "+r"(a0) : "r"(a1) : "memory");
    return (int64_t)a0;
}

/* Returns the gas left after this block was paid for; UINT64_MAX when the run is not metered. */
static inline uint64_t pvm2_gas_left(void)
{
    register uint64_t a0 __asm__("a0");
    __asm__ volatile(".insn i 0x0b, 2, x0, x0, 3" : "=r"(a0) : : "memory");
    return a0;
}

/* Makes a function an entry point that the host can call by name, at file scope:
 *
 *     uint64_t add(uint64_t a, uint64_t b) { return a + b; }
 *     PVM2_EXPORT(add)
 *
 * The name is the function's ELF symbol (in C++ declare it extern "C"). It takes up
 * to six integer or pointer arguments, in a0 to a5, and its return ends the run with
 * the result in a0. The pointer goes to the section .pvm2.exports, which the linker
 * turns into entry points and leaves out of the program. */
#define PVM2_EXPORT(function)                                                  \
    __attribute__((section(".pvm2.exports"), used, retain, aligned(8))) static \
        __typeof__(&function) const pvm2_export_##function = &function;

#else

__attribute__((noreturn)) static inline void pvm2_halt(uint64_t result)
{
    (void)result;
    __builtin_trap();
}

static inline int64_t pvm2_write(uint64_t descriptor, const void *buffer, size_t length)
{
    (void)descriptor;
    (void)buffer;
    return (int64_t)length;
}

static inline int64_t pvm2_read(void *buffer, size_t length)
{
    (void)buffer;
    (void)length;
    return 0;
}

static inline uint64_t pvm2_gas_left(void)
{
    return UINT64_MAX;
}

#define PVM2_EXPORT(function)

#endif

#endif

/* What the adapter uses of Linux, without a C library: how a program starts, and system calls. */
#ifndef ADAPTER_LINUX_H
#define ADAPTER_LINUX_H

#include <stddef.h>
#include <stdint.h>

#define STANDARD_INPUT 0
#define STANDARD_OUTPUT 1
#define STANDARD_ERROR 2

/* The program's main function: arguments[0] is its own name. Returns the exit code. */
int adapter_main(int count, const char *const *arguments);

/* ---- the two machines ------------------------------------------------------------ */

/* _start hands over the initial stack: the number of arguments, and the arguments after it. */
#if defined(__x86_64__)

#define MACHINE "x86-64"

enum {
    CALL_READ = 0,
    CALL_WRITE = 1,
    CALL_CLOSE = 3,
    CALL_SCHED_SETAFFINITY = 203,
    CALL_CLOCK_GETTIME = 228,
    CALL_EXIT_GROUP = 231,
    CALL_OPENAT = 257
};

__asm__(".globl _start\n"
        "_start:\n"
        "    xor %ebp, %ebp\n"
        "    mov %rsp, %rdi\n"
        "    and $-16, %rsp\n"
        "    call start\n");

static inline long system_call(long number, long first, long second, long third)
{
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(first), "S"(second), "d"(third)
                     : "rcx", "r11", "memory");
    return result;
}

#elif defined(__riscv)

#define MACHINE "RV64GC"

enum {
    CALL_OPENAT = 56,
    CALL_CLOSE = 57,
    CALL_READ = 63,
    CALL_WRITE = 64,
    CALL_EXIT_GROUP = 94,
    CALL_CLOCK_GETTIME = 113,
    CALL_SCHED_SETAFFINITY = 122
};

__asm__(".globl _start\n"
        "_start:\n"
        "    mv a0, sp\n"
        "    andi sp, sp, -16\n"
        "    call start\n");

static inline long system_call(long number, long first, long second, long third)
{
    register long a7 __asm__("a7") = number;
    register long a0 __asm__("a0") = first;
    register long a1 __asm__("a1") = second;
    register long a2 __asm__("a2") = third;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
    return a0;
}

#else
#error "The adapter is for x86-64 and RISC-V of 64 bits."
#endif

/* ---- the same for both ----------------------------------------------------------- */

#define ERROR_INTERRUPTED (-4)

__attribute__((noreturn)) static inline void end_program(int code)
{
    for (;;)
        system_call(CALL_EXIT_GROUP, code, 0, 0);
}

__attribute__((noreturn, used)) static void start(const long *stack)
{
    end_program(adapter_main((int)stack[0], (const char *const *)(stack + 1)));
}

/* Reads at least one byte. Returns how many, 0 at the end and a negative number after an error. */
static inline long read_some(int descriptor, void *buffer, size_t capacity)
{
    long count;
    do
        count = system_call(CALL_READ, descriptor, (long)buffer, (long)capacity);
    while (count == ERROR_INTERRUPTED);
    return count;
}

/* Writes everything; the program ends with code 1 where that cannot be, since nobody is there to hear of it. */
static inline void write_all(int descriptor, const char *bytes, size_t length)
{
    while (length != 0) {
        long count = system_call(CALL_WRITE, descriptor, (long)bytes, (long)length);
        if (count == ERROR_INTERRUPTED)
            continue;
        if (count <= 0)
            end_program(1);
        bytes += count;
        length -= (size_t)count;
    }
}

/* Reads the beginning of a file, with a zero byte after it: nothing where there is no such file. */
static inline void read_file(const char *path, char *text, size_t capacity)
{
    const long from_working_directory = -100, read_only = 0;
    size_t length = 0;
    int descriptor = (int)system_call(CALL_OPENAT, from_working_directory, (long)path, read_only);
    if (descriptor >= 0) {
        long count;
        while (length < capacity - 1 && (count = read_some(descriptor, text + length, capacity - 1 - length)) > 0)
            length += (size_t)count;
        system_call(CALL_CLOSE, descriptor, 0, 0);
    }
    text[length] = '\0';
}

/* Time of a clock that never goes back. The system call takes less than a microsecond, once before and once after
 * all runs of a request. */
static inline uint64_t nanoseconds(void)
{
    const long monotonic = 1;
    struct {
        int64_t seconds, nanoseconds;
    } time;
    system_call(CALL_CLOCK_GETTIME, monotonic, (long)&time, 0);
    return (uint64_t)time.seconds * 1000000000 + (uint64_t)time.nanoseconds;
}

/* Binds the program to one processor, where there is such a processor and the system agrees. */
static inline void pin_to_processor(uint64_t processor)
{
    enum { BITS = 64, WORDS = 128 };
    uint64_t processors[WORDS] = {0};
    if (processor >= BITS * WORDS)
        return;
    processors[processor / BITS] = UINT64_C(1) << processor % BITS;
    system_call(CALL_SCHED_SETAFFINITY, 0, sizeof processors, (long)processors);
}

#endif

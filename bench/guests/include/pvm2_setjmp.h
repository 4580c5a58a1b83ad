/* setjmp and longjmp for guests. The linker knows the two names: where a return may come
 * back to is decided when a program is linked, and these two hand a return address over. */
#ifndef PVM2_SETJMP_H
#define PVM2_SETJMP_H

#if defined(__riscv)

#include <stdint.h>

typedef uint64_t jmp_buf[4]; /* ra, sp, s0, s1 */

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((returns_twice)) int setjmp(jmp_buf environment);
__attribute__((noreturn)) void longjmp(jmp_buf environment, int value);

#ifdef __cplusplus
}
#endif

#else

#include <setjmp.h>

#endif

#endif

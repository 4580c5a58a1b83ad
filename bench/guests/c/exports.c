/* Functions that the host calls by name. Without a name the program counts its
 * own calls of them, so that the default entry point has something to say too. */

#include <pvm2.h>

static uint64_t numbers[16] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3};
static uint64_t calls;

uint64_t add(uint64_t left, uint64_t right)
{
    return left + right;
}
PVM2_EXPORT(add)

/* The n-th Fibonacci number modulo 2^64: 0, 1, 1, 2, ... */
uint64_t fibonacci(uint64_t n)
{
    uint64_t current = 0, next = 1;
    for (; n > 0; n--) {
        uint64_t sum = current + next;
        current = next;
        next = sum;
    }
    return current;
}
PVM2_EXPORT(fibonacci)

/* Tells the arguments apart: 1·a + 10·b + 100·c + 1000·d + 10000·e + 100000·f. */
uint64_t six_arguments(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
{
    return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f;
}
PVM2_EXPORT(six_arguments)

/* The sum of the first `count` of the sixteen numbers. */
uint64_t sum_of_numbers(uint64_t count)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < count && i < 16; i++)
        sum += numbers[i];
    return sum;
}
PVM2_EXPORT(sum_of_numbers)

/* Changes one of the sixteen numbers; returns the old one, or all ones for a bad index. */
uint64_t set_number(uint64_t index, uint64_t value)
{
    if (index >= 16)
        return UINT64_MAX;
    uint64_t old = numbers[index];
    numbers[index] = value;
    return old;
}
PVM2_EXPORT(set_number)

/* How often this was called in the life of the instance: memory stays between entries. */
uint64_t count_calls(void)
{
    return ++calls;
}
PVM2_EXPORT(count_calls)

/* The depth reached: recursion, so that the stack is used. */
uint64_t recurse(uint64_t depth)
{
    volatile uint64_t here = depth;
    return depth == 0 ? 0 : 1 + recurse(here - 1);
}
PVM2_EXPORT(recurse)

uint32_t guest_main(void)
{
    return (uint32_t)(add(40, 2) + fibonacci(10) + sum_of_numbers(16));
}

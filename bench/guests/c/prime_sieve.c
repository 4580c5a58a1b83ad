/* Counts the primes below 100 000 with a sieve of Eratosthenes, one byte a number. */

#include <pvm2.h>

#define LIMIT 100000

static uint8_t composite[LIMIT];

uint32_t guest_main(void)
{
    __builtin_memset(composite, 0, LIMIT);
    for (uint32_t prime = 2; prime * prime < LIMIT; prime++) {
        if (composite[prime])
            continue;
        for (uint32_t multiple = prime * prime; multiple < LIMIT; multiple += prime)
            composite[multiple] = 1;
    }
    uint32_t composites = 0;
    for (uint32_t number = 2; number < LIMIT; number++)
        composites += composite[number];
    return LIMIT - 2 - composites;
}

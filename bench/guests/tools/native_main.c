/* Runs a guest's guest_main twice on this machine and prints both results. */

#include <stdint.h>
#include <stdio.h>

uint32_t guest_main(void);

int main(void)
{
    uint32_t first = guest_main();
    uint32_t second = guest_main();
    printf("%08x%08x\n", first, second);
    return 0;
}

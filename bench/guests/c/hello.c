/* Greets, through host call 1. */

#include <pvm2.h>

uint32_t guest_main(void)
{
    static const char greeting[] = "Hello from a PVM2 guest.\n";
    int64_t written = pvm2_write(PVM2_STDOUT, greeting, sizeof greeting - 1);
    return written == sizeof greeting - 1 ? 0 : 1;
}

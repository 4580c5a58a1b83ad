/* Copies its input to its output in upper case. Result: the number of bytes. */

#include <pvm2.h>

static uint8_t buffer[4096];

uint32_t guest_main(void)
{
    uint32_t total = 0;
    for (;;) {
        int64_t length = pvm2_read(buffer, sizeof buffer);
        if (length <= 0)
            return total;
        for (int64_t i = 0; i < length; i++)
            if (buffer[i] >= 'a' && buffer[i] <= 'z')
                buffer[i] -= 'a' - 'A';
        for (int64_t at = 0; at < length;) {
            int64_t written = pvm2_write(PVM2_STDOUT, buffer + at, (size_t)(length - at));
            if (written <= 0)
                return total;
            at += written;
            total += (uint32_t)written;
        }
    }
}

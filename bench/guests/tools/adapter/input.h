/* The standard input, line by line. */
#ifndef ADAPTER_INPUT_H
#define ADAPTER_INPUT_H

#include <stddef.h>

#include "linux.h"

enum line { LINE_READ, LINE_TOO_LONG, INPUT_ENDED, INPUT_FAILED };

enum { BYTE_AT_END = -1, BYTE_FAILED = -2 };

/* The next byte, or one of the two above. */
static inline int read_byte(void)
{
    static unsigned char buffer[4096];
    static size_t next, end;
    if (next == end) {
        long count = read_some(STANDARD_INPUT, buffer, sizeof buffer);
        if (count <= 0)
            return count == 0 ? BYTE_AT_END : BYTE_FAILED;
        next = 0;
        end = (size_t)count;
    }
    return buffer[next++];
}

/* Reads a line and ends it with a zero byte instead of a newline. The last one need not have a newline.
 * Of a line that does not fit nothing is kept: it is read to its end, so that the next call begins with the next. */
static inline enum line read_line(char *line, size_t capacity)
{
    size_t length = 0;
    for (;;) {
        int byte = read_byte();
        if (byte == BYTE_FAILED)
            return INPUT_FAILED;
        if (byte == BYTE_AT_END && length == 0)
            return INPUT_ENDED;
        if (byte == BYTE_AT_END || byte == '\n')
            break;
        if (length < capacity)
            line[length] = (char)byte;
        length++;
    }
    if (length >= capacity)
        return LINE_TOO_LONG;
    line[length] = '\0';
    return LINE_READ;
}

#endif

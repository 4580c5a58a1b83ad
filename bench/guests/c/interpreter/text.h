/* A printf of its own: %d and %u (int64_t, uint64_t), %x, %s, %c, %%. A width before
 * the letter pads with blanks on the left, or with zeros if it starts with 0. */
#ifndef INTERPRETER_TEXT_H
#define INTERPRETER_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *at;  /* the next free byte */
    char *end; /* what does not fit is dropped */
};

static void text_put(struct text *text, char character)
{
    if (text->at < text->end)
        *text->at++ = character;
}

static void text_put_number(struct text *text, uint64_t value, unsigned base, int negative, unsigned width, char fill)
{
    char digits[24];
    unsigned count = 0;
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    if (negative && fill == ' ')
        digits[count++] = '-';
    else if (negative)
        text_put(text, '-');
    for (unsigned i = count; i < width; i++)
        text_put(text, fill);
    while (count > 0)
        text_put(text, digits[--count]);
}

static void text_put_string(struct text *text, const char *string, unsigned width)
{
    size_t length = __builtin_strlen(string);
    for (size_t i = length; i < width; i++)
        text_put(text, ' ');
    while (*string != 0)
        text_put(text, *string++);
}

static __attribute__((noinline)) void text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    for (; *format != 0; format++) {
        if (*format != '%') {
            text_put(text, *format);
            continue;
        }
        format++;
        char fill = *format == '0' ? '0' : ' ';
        unsigned width = 0;
        while (*format >= '0' && *format <= '9')
            width = width * 10 + (unsigned)(*format++ - '0');
        switch (*format) {
        case 'd': {
            int64_t value = va_arg(arguments, int64_t);
            text_put_number(text, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, value < 0, width, fill);
            break;
        }
        case 'u': text_put_number(text, va_arg(arguments, uint64_t), 10, 0, width, fill); break;
        case 'x': text_put_number(text, va_arg(arguments, uint64_t), 16, 0, width, fill); break;
        case 's': text_put_string(text, va_arg(arguments, const char *), width); break;
        case 'c': text_put(text, (char)va_arg(arguments, int)); break;
        case 0: format--; break; /* a lone % at the end */
        default: text_put(text, *format); break;
        }
    }
    va_end(arguments);
}

#endif

/* The compiler's state and the reading of its source: blanks, words, names, numbers. */
#ifndef INTERPRETER_SCANNER_H
#define INTERPRETER_SCANNER_H

#include "machine.h"

struct compiler {
    const char *at;
    struct program *program;
    struct catcher *catcher;
    char locals[MAX_PARAMETERS + 8][MAX_NAME]; /* by slot of the frame; "" is a value without a name */
    int32_t local_count;
};

__attribute__((noreturn)) static void compile_error(struct compiler *compiler, enum error error)
{
    longjmp(compiler->catcher->environment, (int)error);
}

static void skip_blanks(struct compiler *compiler)
{
    while (*compiler->at == ' ' || *compiler->at == '\n')
        compiler->at++;
}

static int is_letter(char character)
{
    return (character >= 'a' && character <= 'z') || character == '_';
}

static int is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* Takes the spelling if it is next; a word only if no letter follows it. */
static int accept(struct compiler *compiler, const char *spelling)
{
    skip_blanks(compiler);
    const char *at = compiler->at;
    for (; *spelling != 0; spelling++)
        if (*at++ != *spelling)
            return 0;
    if (is_letter(at[-1]) && (is_letter(*at) || is_digit(*at)))
        return 0;
    compiler->at = at;
    return 1;
}

static void expect(struct compiler *compiler, const char *spelling)
{
    if (!accept(compiler, spelling))
        compile_error(compiler, error_syntax);
}

static void read_name(struct compiler *compiler, char name[MAX_NAME])
{
    skip_blanks(compiler);
    int length = 0;
    if (!is_letter(*compiler->at))
        compile_error(compiler, error_syntax);
    while (is_letter(*compiler->at) || is_digit(*compiler->at)) {
        if (length == MAX_NAME - 1)
            compile_error(compiler, error_too_large);
        name[length++] = *compiler->at++;
    }
    name[length] = 0;
}

static int64_t read_number(struct compiler *compiler)
{
    skip_blanks(compiler);
    if (!is_digit(*compiler->at))
        compile_error(compiler, error_syntax);
    uint64_t value = 0;
    while (is_digit(*compiler->at))
        value = value * 10 + (uint64_t)(*compiler->at++ - '0');
    return (int64_t)value;
}

static int same_name(const char *left, const char *right)
{
    while (*left != 0 && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

#endif

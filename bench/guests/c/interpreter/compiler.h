/* Source text to instructions, by recursive descent, with errors by longjmp.
 *
 *     program    = { "fn" name "(" [ name { "," name } ] ")" "=" expression ";" }
 *     expression = "if" expression "then" expression "else" expression
 *                | "let" name "=" expression "in" expression
 *                | binary
 *     binary     = unary { operator unary }            with the precedences of the table
 *     unary      = "-" unary | "~" unary | "!" unary | "try" call | call | primary
 *     call       = name "(" arguments ")" | "@" number "(" two arguments ")"
 *     primary    = number | name | "(" expression ")"
 */
#ifndef INTERPRETER_COMPILER_H
#define INTERPRETER_COMPILER_H

#include "machine.h"
#include "scanner.h"

struct operator_row {
    char spelling[3];
    int precedence;
    enum operation operation;
};

/* Longer spellings first. */
static const struct operator_row operators[] = {
    {"<<", 5, op_shift_left}, {">>", 5, op_shift_right}, {"<=", 4, op_less_or_equal}, {">=", 4, op_greater_or_equal},
    {"==", 3, op_equal},      {"!=", 3, op_not_equal},   {"<?", 8, op_smaller},       {">?", 8, op_larger},
    {"<", 4, op_less},        {">", 4, op_greater},      {"+", 6, op_add},            {"-", 6, op_subtract},
    {"*", 7, op_multiply},    {"/", 7, op_divide},       {"%", 7, op_remainder},      {"&", 2, op_both},
    {"^", 1, op_differ},      {"|", 0, op_either},
};

static int32_t emit(struct compiler *compiler, enum operation operation, int32_t operand)
{
    struct program *program = compiler->program;
    if (program->code_length == MAX_CODE)
        compile_error(compiler, error_too_large);
    program->code[program->code_length] = (struct instruction){operation, operand};
    return program->code_length++;
}

static void emit_constant(struct compiler *compiler, int64_t value)
{
    struct program *program = compiler->program;
    if (value == (int32_t)value) {
        emit(compiler, op_push, (int32_t)value);
        return;
    }
    if (program->wide_count == MAX_WIDE)
        compile_error(compiler, error_too_large);
    program->wide[program->wide_count] = value;
    emit(compiler, op_push_wide, program->wide_count++);
}

/* From here on the slot count follows what the code does to the stack: a value pushed is
 * a local without a name. */
static void push_local(struct compiler *compiler, const char *name)
{
    if (compiler->local_count == MAX_PARAMETERS + 8)
        compile_error(compiler, error_too_large);
    __builtin_memcpy(compiler->locals[compiler->local_count++], name, MAX_NAME);
}

static const char no_name[MAX_NAME] = "";

static void compile_expression(struct compiler *compiler, int is_last);

static int32_t find_function(const struct compiler *compiler, const char *name)
{
    for (int32_t i = 0; i < compiler->program->function_count; i++)
        if (same_name(compiler->program->functions[i].name, name))
            return i;
    return -1;
}

static int32_t compile_arguments(struct compiler *compiler)
{
    int32_t count = 0;
    if (!accept(compiler, ")")) {
        do {
            compile_expression(compiler, 0);
            count++;
        } while (accept(compiler, ","));
        expect(compiler, ")");
    }
    return count;
}

static void compile_call(struct compiler *compiler, const char *name, enum operation operation)
{
    int32_t function = find_function(compiler, name);
    if (function < 0)
        compile_error(compiler, error_unknown_name);
    int32_t count = compile_arguments(compiler);
    if (count != compiler->program->functions[function].parameters)
        compile_error(compiler, error_syntax);
    emit(compiler, operation, function);
    compiler->local_count -= count;
    push_local(compiler, no_name);
}

static void compile_name(struct compiler *compiler, int is_last)
{
    char name[MAX_NAME] = {0};
    read_name(compiler, name);
    if (accept(compiler, "(")) {
        compile_call(compiler, name, is_last ? op_last_call : op_call);
        return;
    }
    for (int32_t slot = compiler->local_count - 1; slot >= 0; slot--) {
        if (same_name(compiler->locals[slot], name)) {
            emit(compiler, op_load, slot);
            push_local(compiler, no_name);
            return;
        }
    }
    compile_error(compiler, error_unknown_name);
}

static void compile_unary(struct compiler *compiler, int is_last)
{
    if (accept(compiler, "-")) {
        compile_unary(compiler, 0);
        emit(compiler, op_negate, 0);
    } else if (accept(compiler, "~")) {
        compile_unary(compiler, 0);
        emit(compiler, op_invert, 0);
    } else if (accept(compiler, "!")) {
        compile_unary(compiler, 0);
        emit(compiler, op_is_zero, 0);
    } else if (accept(compiler, "try")) {
        char name[MAX_NAME] = {0};
        read_name(compiler, name);
        expect(compiler, "(");
        compile_call(compiler, name, op_try_call);
    } else if (accept(compiler, "@")) {
        int64_t number = read_number(compiler);
        expect(compiler, "(");
        if (compile_arguments(compiler) != 2)
            compile_error(compiler, error_syntax);
        emit(compiler, op_builtin, (int32_t)number);
        compiler->local_count--;
    } else if (accept(compiler, "(")) {
        compile_expression(compiler, 0);
        expect(compiler, ")");
    } else {
        skip_blanks(compiler);
        if (is_digit(*compiler->at)) {
            emit_constant(compiler, read_number(compiler));
            push_local(compiler, no_name);
        } else {
            compile_name(compiler, is_last);
        }
    }
}

static const struct operator_row *next_operator(struct compiler *compiler, int least_precedence)
{
    const char *before = compiler->at;
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (!accept(compiler, operators[i].spelling))
            continue;
        if (operators[i].precedence >= least_precedence)
            return &operators[i];
        compiler->at = before;
        return NULL;
    }
    return NULL;
}

static void compile_binary(struct compiler *compiler, int least_precedence, int is_last)
{
    compile_unary(compiler, is_last);
    const struct operator_row *row;
    while ((row = next_operator(compiler, least_precedence)) != NULL) {
        struct instruction *last = &compiler->program->code[compiler->program->code_length - 1];
        if (last->operation == op_last_call)
            last->operation = op_call; /* it was not in last place after all */
        int32_t right = compiler->program->code_length;
        compile_binary(compiler, row->precedence + 1, 0);
        last = &compiler->program->code[right];
        if (row->operation == op_add && last->operation == op_push && compiler->program->code_length == right + 1)
            last->operation = op_add_constant;
        else
            emit(compiler, row->operation, 0);
        compiler->local_count--;
    }
}

static void compile_if(struct compiler *compiler, int is_last)
{
    compile_expression(compiler, 0);
    expect(compiler, "then");
    int32_t to_else = emit(compiler, op_jump_if_zero, 0);
    compiler->local_count--;
    compile_expression(compiler, is_last);
    expect(compiler, "else");
    int32_t to_end = emit(compiler, op_jump, 0);
    compiler->local_count--;
    compiler->program->code[to_else].operand = compiler->program->code_length;
    compile_expression(compiler, is_last);
    compiler->program->code[to_end].operand = compiler->program->code_length;
}

static void compile_let(struct compiler *compiler)
{
    char name[MAX_NAME] = {0};
    read_name(compiler, name);
    expect(compiler, "=");
    compile_expression(compiler, 0);
    expect(compiler, "in");
    __builtin_memcpy(compiler->locals[compiler->local_count - 1], name, MAX_NAME);
    compile_expression(compiler, 0);
    emit(compiler, op_pop, 1);
    compiler->local_count--;
    __builtin_memcpy(compiler->locals[compiler->local_count - 1], no_name, MAX_NAME);
}

static void compile_expression(struct compiler *compiler, int is_last)
{
    if (accept(compiler, "if"))
        compile_if(compiler, is_last);
    else if (accept(compiler, "let"))
        compile_let(compiler);
    else
        compile_binary(compiler, 0, is_last);
}

static void compile_function(struct compiler *compiler)
{
    struct program *program = compiler->program;
    if (program->function_count == MAX_FUNCTIONS)
        compile_error(compiler, error_too_large);
    struct function *function = &program->functions[program->function_count++];
    read_name(compiler, function->name);
    expect(compiler, "(");
    compiler->local_count = 0;
    while (!accept(compiler, ")")) {
        char name[MAX_NAME] = {0};
        if (compiler->local_count > 0)
            expect(compiler, ",");
        if (compiler->local_count == MAX_PARAMETERS)
            compile_error(compiler, error_too_large);
        read_name(compiler, name);
        push_local(compiler, name);
    }
    expect(compiler, "=");
    function->parameters = compiler->local_count;
    function->entry = program->code_length;
    compile_expression(compiler, 1);
    expect(compiler, ";");
    emit(compiler, op_give_back, 0);
}

/* Compiles `source` into `program`. Returns error_none or what is wrong; `*position` is
 * then how far the compiler came. */
__attribute__((noinline)) static enum error compile_program(struct program *program, const char *source,
                                                            int64_t *position)
{
    struct catcher catcher;
    catcher.outer = NULL;
    struct compiler compiler;
    compiler.program = program;
    compiler.at = source;
    compiler.catcher = &catcher;
    compiler.local_count = 0;
    program->code_length = 0;
    program->function_count = 0;
    program->wide_count = 0;
    /* compiler.at is read after the jump: only through memory does it keep its value. */
    struct compiler *volatile shared = &compiler;
    int error = setjmp(catcher.environment);
    if (error == 0) {
        while (accept(shared, "fn"))
            compile_function(shared);
        skip_blanks(shared);
        if (*shared->at != 0)
            compile_error(shared, error_syntax);
    }
    *position = shared->at - source;
    return (enum error)error;
}

#endif

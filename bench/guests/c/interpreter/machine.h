/* The stack machine: what a program is, what an engine works on, and how errors travel. */
#ifndef INTERPRETER_MACHINE_H
#define INTERPRETER_MACHINE_H

#include <pvm2_setjmp.h>
#include <stddef.h>
#include <stdint.h>

/* Every operation, in the order of its number; operations.inc says what each does. */
#define OPERATIONS(X)                                                                     \
    X(push) X(push_wide) X(load) X(store) X(pop) X(add) X(subtract) X(multiply) X(divide) \
    X(remainder) X(negate) X(invert) X(is_zero) X(both) X(either) X(differ) X(shift_left) \
    X(shift_right) X(less) X(less_or_equal) X(greater) X(greater_or_equal) X(equal)       \
    X(not_equal) X(smaller) X(larger) X(add_constant) X(jump) X(jump_if_zero) X(call)     \
    X(last_call) X(try_call) X(builtin) X(give_back)

enum operation {
#define NUMBER(name) op_##name,
    OPERATIONS(NUMBER)
#undef NUMBER
    operation_count
};

struct instruction {
    int32_t operation;
    int32_t operand;
};

/* The values of errors; a caught one is the negative number. */
enum error {
    error_none,
    error_syntax,
    error_unknown_name,
    error_too_large,
    error_division_by_zero,
    error_stack_overflow,
};

#define MAX_CODE 2048
#define MAX_FUNCTIONS 32
#define MAX_PARAMETERS 8
#define MAX_WIDE 16
#define MAX_NAME 16
#define STACK_SLOTS 2048
#define MAX_CALLS 256

struct function {
    char name[MAX_NAME];
    int32_t entry; /* index into the code */
    int32_t parameters;
};

struct program {
    struct instruction code[MAX_CODE];
    int32_t code_length;
    struct function functions[MAX_FUNCTIONS];
    int32_t function_count;
    int64_t wide[MAX_WIDE]; /* constants of more than 32 bits */
    int32_t wide_count;
};

/* Where an error goes: the innermost catcher. */
struct catcher {
    jmp_buf environment;
    struct catcher *outer;
};

struct call {
    const struct instruction *return_to; /* null: back to whoever started the engine */
    int64_t *frame;
};

struct machine;

/* Runs from `at` until the call with a null return is given back; `top` is the first free slot. */
typedef int64_t engine(struct machine *machine, const struct instruction *at, int64_t *frame, int64_t *top);

struct machine {
    const struct program *program;
    engine *run;
    struct catcher *catcher;
    struct call calls[MAX_CALLS];
    int32_t depth;
    uint64_t builtin_calls;
    int64_t stack[STACK_SLOTS];
};

__attribute__((noreturn, noinline)) static void raise_error(struct machine *machine, enum error error)
{
    longjmp(machine->catcher->environment, (int)error);
}

/* Opens the frame of a call. The arguments are the top of the stack already. */
static inline int64_t *enter(struct machine *machine, const struct function *function,
                             const struct instruction *return_to, int64_t *frame, int64_t *top)
{
    if (machine->depth == MAX_CALLS || machine->stack + STACK_SLOTS - top < 64)
        raise_error(machine, error_stack_overflow);
    machine->calls[machine->depth].return_to = return_to;
    machine->calls[machine->depth].frame = frame;
    machine->depth++;
    return top - function->parameters;
}

/* Runs a function whose arguments lie below `top`. An error in it becomes its value, negative. */
__attribute__((noinline)) static int64_t run_protected(struct machine *machine, const struct function *function,
                                                       int64_t *top)
{
    struct catcher catcher;
    catcher.outer = machine->catcher;
    int32_t depth = machine->depth;
    int error = setjmp(catcher.environment);
    int64_t value;
    if (error == 0) {
        machine->catcher = &catcher;
        int64_t *frame = enter(machine, function, NULL, NULL, top);
        value = machine->run(machine, machine->program->code + function->entry, frame, top);
    } else {
        machine->depth = depth;
        value = -(int64_t)error;
    }
    machine->catcher = catcher.outer;
    return value;
}

#endif

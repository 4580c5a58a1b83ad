/* The same machine three times over: a switch in a loop (a jump table), labels as values
 * (a jump after every operation), and one function an operation, each of which ends in a
 * tail call of the next. */
#ifndef INTERPRETER_ENGINES_H
#define INTERPRETER_ENGINES_H

#include "builtins.h"
#include "machine.h"

__attribute__((noinline)) static int64_t run_with_switch(struct machine *machine, const struct instruction *at,
                                                         int64_t *frame, int64_t *top)
{
    for (;;) {
        switch ((enum operation)at->operation) {
#define OPERATION(name) case op_##name:
#define GO(next)        \
    {                   \
        at = (next);    \
        continue;       \
    }
#define FINISH(value) return value
#include "operations.inc"
#undef OPERATION
#undef GO
#undef FINISH
        case operation_count: __builtin_trap();
        }
    }
}

__attribute__((noinline)) static int64_t run_with_labels(struct machine *machine, const struct instruction *at,
                                                         int64_t *frame, int64_t *top)
{
#define LABEL(name) &&label_##name,
    static const void *const labels[operation_count] = {OPERATIONS(LABEL)};
#undef LABEL
#define OPERATION(name) label_##name:
#define GO(next)                         \
    {                                    \
        at = (next);                     \
        goto *labels[at->operation];     \
    }
#define FINISH(value) return value
    GO(at);
#include "operations.inc"
#undef OPERATION
#undef GO
#undef FINISH
}

#define DECLARE(name) static engine handle_##name;
OPERATIONS(DECLARE)
#undef DECLARE

#define HANDLER(name) handle_##name,
static engine *const handlers[operation_count] = {OPERATIONS(HANDLER)};
#undef HANDLER

#define OPERATION(name)                                                                                  \
    static int64_t handle_##name(struct machine *machine, const struct instruction *at, int64_t *frame,  \
                                 int64_t *top)
#define GO(next)                                                                                         \
    {                                                                                                    \
        const struct instruction *next_at = (next);                                                      \
        __attribute__((musttail)) return handlers[next_at->operation](machine, next_at, frame, top);     \
    }
#define FINISH(value) return value
#include "operations.inc"
#undef OPERATION
#undef GO
#undef FINISH

static int64_t run_with_tail_calls(struct machine *machine, const struct instruction *at, int64_t *frame, int64_t *top)
{
    return handlers[at->operation](machine, at, frame, top);
}

#endif

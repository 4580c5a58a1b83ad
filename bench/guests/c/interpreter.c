/* A small language: compiler, 256 built-in functions, and three engines that must agree.
 * The workload is of use for what it makes a linker and an engine do: hundreds of
 * pointers to functions in data, jump tables, labels as values, tail calls through
 * pointers, deep recursion, setjmp and longjmp across many frames, variable argument
 * lists. Writes a report; the result is a hash of that report. */

#include <pvm2.h>

#include "interpreter/compiler.h"
#include "interpreter/engines.h"
#include "interpreter/text.h"

static const char library[] =
    "fn fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2);\n"
    "fn gcd(a, b) = if b == 0 then a else gcd(b, a % b);\n"
    "fn ackermann(m, n) = if m == 0 then n + 1 else if n == 0 then ackermann(m - 1, 1)\n"
    "                     else ackermann(m - 1, ackermann(m, n - 1));\n"
    "fn collatz(n, steps) = if n == 1 then steps\n"
    "                       else collatz(if n & 1 then 3 * n + 1 else n / 2, steps + 1);\n"
    "fn longest(n, best) = if n == 0 then best else longest(n - 1, best >? collatz(n, 0));\n"
    "fn divides(d, n) = if d * d > n then 0 else if n % d == 0 then 1 else divides(d + 1, n);\n"
    "fn primes(n) = if n < 2 then 0 else primes(n - 1) + !divides(2, n);\n"
    "fn power(x, n) = if n == 0 then 1 else let half = power(x, n >> 1) in\n"
    "                 half * half * (if n & 1 then x else 1);\n"
    "fn mix(a, b) = @0(@40(@77(a, b), @100(b, a)), @130(@161(a, b), @199(a ^ b, @255(a, b))));\n"
    "fn churn(n, a, b) = if n == 0 then a ^ b else churn(n - 1, mix(b, a), a + 88172645463325252);\n"
    "fn divide(a, b) = a / b;\n"
    "fn careful(a, b) = let q = try divide(a, b) in if q < 0 then q * 1000 else q;\n"
    "fn forever(n) = 1 + forever(n + 1);\n"
    "fn hopeful(n) = try forever(n) + n;\n"
    "fn nested(n) = if n == 0 then divide(1, 0) else (try nested(n - 1)) - n;\n"
    "fn pick(a, b) = 100 + (if a then b else 7) + 20;\n"
    "fn bits(x) = if x == 0 then 0 else (x & 1) + bits(x >> 1 & 9223372036854775807);\n"
    "fn order(a, b) = (a <= b) * 1 + (a >= b) * 2 + (a != b) * 4 + (a > b) * 8 + ~-(a <? b);\n"
    "fn shuffle(a, b, c, d, e, f, n) = if n == 0 then a | b << 4 | c << 8 | d << 12 | e << 16 | f << 20\n"
    "                                  else shuffle(f, a, e, b, d, c, n - 1);\n";

struct run {
    const char *function;
    int count;
    int64_t arguments[MAX_PARAMETERS];
};

static const struct run runs[] = {
    {"fib", 1, {15}},
    {"gcd", 2, {1071 * 462, 462 * 147}},
    {"ackermann", 2, {2, 6}},
    {"longest", 2, {60, 0}},
    {"primes", 1, {120}},
    {"power", 2, {3, 37}},
    {"mix", 2, {-1234567890123, 42}},
    {"churn", 3, {100, 1, 2}},
    {"divide", 2, {7, 0}},
    {"divide", 2, {INT64_MIN, -1}},
    {"careful", 2, {100, 7}},
    {"careful", 2, {100, 0}},
    {"hopeful", 1, {5}},
    {"forever", 1, {0}},
    {"nested", 1, {12}},
    {"pick", 2, {1, 3}},
    {"pick", 2, {0, 3}},
    {"bits", 1, {-1}},
    {"order", 2, {-3, 4}},
    {"order", 2, {4, 4}},
    {"shuffle", 7, {1, 2, 3, 4, 5, 6, 31}},
};

static const char *const bad_sources[] = {
    "fn f(x) = x + ;",
    "fn f(x) = g(x);",
    "fn f(x) = ((((((x))))));fn g(a) = f(a, a);",
    "fn f(a,b,c,d,e,f,g,h,i) = a;",
    "fn f(x) = 1 + (2 + (3 + (4 + (5 + (6 + (7 + (8 + (9 + (10 + (11 + (12 + (13 + (14 + (15 + (16 + x)))))))))))))));",
    "fn f(x) = if x then 1;",
    "fn a_name_of_more_letters(x) = x;",
};

static struct engine_row {
    const char *name;
    engine *run;
} const engines[] = {
    {"switch", run_with_switch},
    {"labels", run_with_labels},
    {"tail calls", run_with_tail_calls},
};

#define ENGINES ((int)(sizeof engines / sizeof engines[0]))

static const char *const error_names[] = {
    "none", "syntax", "unknown name", "too large", "division by zero", "stack overflow",
};

static struct program program;
static struct machine machine;
static char report[8192];

static const struct function *function_named(const char *name)
{
    for (int32_t i = 0; i < program.function_count; i++)
        if (same_name(program.functions[i].name, name))
            return &program.functions[i];
    return NULL;
}

static int64_t run_once(const struct run *run, engine *engine)
{
    machine.program = &program;
    machine.run = engine;
    machine.catcher = NULL;
    machine.depth = 0;
    for (int i = 0; i < run->count; i++)
        machine.stack[i] = run->arguments[i];
    return run_protected(&machine, function_named(run->function), machine.stack + run->count);
}

static void report_run(struct text *text, const struct run *run)
{
    int64_t values[ENGINES];
    for (int i = 0; i < ENGINES; i++)
        values[i] = run_once(run, engines[i].run);
    /* More arguments than there are registers for them. */
    text_format(text, "%10s/%d  %21d %21d %21d  %016x %c\n", run->function, (int64_t)run->count, values[0], values[1],
                values[2], values[0], values[0] == values[1] && values[1] == values[2] ? '=' : '!');
}

typedef int compare_function(int64_t left, int64_t right);

static int ascending(int64_t left, int64_t right)
{
    return left < right;
}

static int descending(int64_t left, int64_t right)
{
    return left > right;
}

static int by_last_digit(int64_t left, int64_t right)
{
    return left % 10 != right % 10 ? left % 10 < right % 10 : left < right;
}

static compare_function *const orders[] = {ascending, descending, by_last_digit};

/* Quicksort with the last element as pivot. */
static void sort(int64_t *values, int count, compare_function *comes_before)
{
    while (count > 1) {
        int64_t pivot = values[count - 1];
        int middle = 0;
        for (int i = 0; i < count - 1; i++) {
            if (comes_before(values[i], pivot)) {
                int64_t value = values[i];
                values[i] = values[middle];
                values[middle++] = value;
            }
        }
        values[count - 1] = values[middle];
        values[middle] = pivot;
        sort(values, middle, comes_before);
        values += middle + 1;
        count -= middle + 1;
    }
}

static void report_sorts(struct text *text)
{
    for (size_t order = 0; order < sizeof orders / sizeof orders[0]; order++) {
        int64_t values[24];
        uint64_t seed = 2463534242;
        for (int i = 0; i < 24; i++) {
            seed = seed * 6364136223846793005 + 1442695040888963407;
            values[i] = (int64_t)(seed >> 54);
        }
        sort(values, 24, orders[order]);
        for (int i = 0; i < 24; i++)
            text_format(text, "%d%c", values[i], i == 23 ? '\n' : ' ');
    }
}

uint32_t guest_main(void)
{
    struct text text = {report, report + sizeof report};
    int64_t position;
    for (size_t i = 0; i < sizeof bad_sources / sizeof bad_sources[0]; i++) {
        enum error error = compile_program(&program, bad_sources[i], &position);
        text_format(&text, "source %u: %s at %d\n", (uint64_t)i, error_names[error], position);
    }

    enum error error = compile_program(&program, library, &position);
    text_format(&text, "library: %s at %d, %d functions, %d instructions\n", error_names[error], position,
                (int64_t)program.function_count, (int64_t)program.code_length);
    machine.builtin_calls = 0;
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
        report_run(&text, &runs[i]);
    text_format(&text, "%u calls of built-in functions, 100%%\n", machine.builtin_calls);
    report_sorts(&text);

    uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
    for (const char *at = report; at < text.at; at++)
        hash = (hash ^ (uint8_t)*at) * 0x100000001b3;
    pvm2_write(PVM2_STDOUT, report, (size_t)(text.at - report));
    return (uint32_t)(hash ^ hash >> 32);
}

/* Puts a workload that is built as a program of its own behind the protocol of the comparison of engines, which
 * docs/engine-adapters.md describes: requests on the standard input, one a line, and one line of answer for each.
 *
 *     PROGRAM          speaks the protocol (so does PROGRAM serve)
 *     PROGRAM once     runs the workload once, writes its result and ends
 *
 * An adapter of another engine looks the same, but for what it does at `load`, `compile`, `cold` and `instances`: this
 * one's workload was compiled before and is part of the program. There is no C library; linux.h has what is used of the
 * system.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "input.h"
#include "linux.h"
#include "text.h"

#define PROTOCOL 1
#define LONGEST_LINE 8192 /* twice the longest path */
#define KIBIBYTE 1024

#define STRING_OF(macro) QUOTED(macro)
#define QUOTED(text) #text
#define COMPILER "clang " STRING_OF(__clang_major__) "." STRING_OF(__clang_minor__) "." STRING_OF(__clang_patchlevel__)

/* The workload. */
uint32_t guest_main(void);

static bool loaded;

static void answer(struct text *line)
{
    add_text(line, "\n");
    write_all(STANDARD_OUTPUT, line->bytes, line->length);
}

static void answer_error(const char *reason)
{
    struct text line = {.length = 0};
    add_text(&line, "error ");
    add_text(&line, reason);
    answer(&line);
}

/* ---- requests: each gets what follows its name and the space after it ------------ */

static void hello(const char *arguments)
{
    uint64_t version, processor;
    if (!take_number(&arguments, &version) || version != PROTOCOL) {
        answer_error("only version 1 of the protocol is known");
        return;
    }
    bool pinned = take_text(&arguments, " cpu=");
    if ((pinned && !take_number(&arguments, &processor)) || *arguments != '\0') {
        answer_error("hello has a version, and may have cpu=K");
        return;
    }
    if (pinned)
        pin_to_processor(processor); /* where the system does not let us, the figures are taken unpinned */
    struct text line = {.length = 0};
    add_text(&line, "ok " COMPILER " -O2, " MACHINE);
    answer(&line);
}

/* The program that runs is the workload, so there is nothing to read. */
static void load(const char *path)
{
    if (*path == '\0') {
        answer_error("load has a path");
        return;
    }
    loaded = true;
    struct text line = {.length = 0};
    add_text(&line, "ok");
    answer(&line);
}

static void run(const char *arguments)
{
    uint64_t count;
    if (!take_number(&arguments, &count) || count == 0 || *arguments != '\0') {
        answer_error("run has a number above zero");
        return;
    }
    if (!loaded) {
        answer_error("nothing is loaded");
        return;
    }
    /* The first run, which touches the memory for the first time, is not what this request measures. */
    uint32_t result = guest_main();
    uint32_t differences = 0;
    uint64_t start = nanoseconds();
    for (uint64_t i = 0; i < count; i++)
        differences |= guest_main() ^ result;
    uint64_t elapsed = nanoseconds() - start;
    if (differences != 0) {
        answer_error("the runs left different results");
        return;
    }
    struct text line = {.length = 0};
    add_text(&line, "ok ");
    add_decimal(&line, elapsed);
    add_text(&line, " ");
    add_hexadecimal(&line, result);
    answer(&line);
}

static void memory(const char *arguments)
{
    (void)arguments;
    char status[4096];
    uint64_t resident, peak;
    struct text line = {.length = 0};
    read_file("/proc/self/status", status, sizeof status);
    if (find_number(status, "\nVmRSS:", &resident) && find_number(status, "\nVmHWM:", &peak)) {
        add_text(&line, "ok ");
        add_decimal(&line, resident * KIBIBYTE);
        add_text(&line, " ");
        add_decimal(&line, peak * KIBIBYTE);
    } else {
        add_text(&line, "unsupported: the system does not tell");
    }
    answer(&line);
}

/* Of compile, cold and instances. */
static void unsupported(const char *arguments)
{
    (void)arguments;
    struct text line = {.length = 0};
    add_text(&line, "unsupported: the workload is part of the program");
    answer(&line);
}

static const struct {
    const char *name;
    void (*handle)(const char *arguments);
} requests[] = {
    {"hello", hello},
    {"load", load},
    {"run", run},
    {"memory", memory},
    {"compile", unsupported},
    {"cold", unsupported},
    {"instances", unsupported},
};

static void handle(const char *line)
{
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        const char *rest = line;
        if (take_text(&rest, requests[i].name) && (*rest == ' ' || *rest == '\0')) {
            requests[i].handle(*rest == ' ' ? rest + 1 : rest);
            return;
        }
    }
    answer_error("there is no such request");
}

static int serve(void)
{
    static char line[LONGEST_LINE + 1];
    for (;;) {
        switch (read_line(line, sizeof line)) {
        case LINE_READ:
            if (is_text(line, "quit"))
                return 0;
            handle(line);
            break;
        case LINE_TOO_LONG:
            answer_error("the line is too long");
            break;
        case INPUT_ENDED:
            return 0;
        case INPUT_FAILED:
            return 1;
        }
    }
}

static int run_once(void)
{
    struct text line = {.length = 0};
    add_hexadecimal(&line, guest_main());
    answer(&line);
    return 0;
}

int adapter_main(int count, const char *const *arguments)
{
    if (count == 1 || (count == 2 && is_text(arguments[1], "serve")))
        return serve();
    if (count == 2 && is_text(arguments[1], "once"))
        return run_once();
    static const char usage[] = "usage: PROGRAM [serve | once]\n";
    write_all(STANDARD_ERROR, usage, sizeof usage - 1);
    return 2;
}

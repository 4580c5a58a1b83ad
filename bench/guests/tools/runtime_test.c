/* Compares the guest runtime with this machine's compiler and C library, on random and on
 * extreme operands. Its functions come in under other names: see build.sh. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __int128 signed128;
typedef unsigned __int128 unsigned128;

unsigned128 guest___ashlti3(unsigned128 value, int count);
unsigned128 guest___lshrti3(unsigned128 value, int count);
signed128 guest___ashrti3(signed128 value, int count);
signed128 guest___multi3(signed128 left, signed128 right);
unsigned128 guest___udivmodti4(unsigned128 dividend, unsigned128 divisor, unsigned128 *remainder);
unsigned128 guest___udivti3(unsigned128 dividend, unsigned128 divisor);
unsigned128 guest___umodti3(unsigned128 dividend, unsigned128 divisor);
signed128 guest___divti3(signed128 dividend, signed128 divisor);
signed128 guest___modti3(signed128 dividend, signed128 divisor);
void *guest_memcpy(void *destination, const void *source, size_t length);
void *guest_memmove(void *destination, const void *source, size_t length);
void *guest_memset(void *destination, int value, size_t length);
int guest_memcmp(const void *left, const void *right, size_t length);
int guest_bcmp(const void *left, const void *right, size_t length);
size_t guest_strlen(const char *text);

static uint64_t seed = 88172645463325252;

static uint64_t next(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

/* Random numbers of all lengths, with runs of ones and zeros at either end. */
static unsigned128 operand(void)
{
    unsigned128 value = (unsigned128)next() << 64 | next();
    switch (next() % 6) {
    case 0: return value;
    case 1: return value >> next() % 128;
    case 2: return value << next() % 128;
    case 3: return ~(unsigned128)0 >> next() % 128;
    case 4: return (unsigned128)1 << next() % 128;
    default: return (uint64_t)value;
    }
}

#define CHECK(condition)                                                           \
    do {                                                                           \
        if (!(condition)) {                                                        \
            fprintf(stderr, "runtime_test.c:%d: %s\n", __LINE__, #condition);      \
            exit(1);                                                               \
        }                                                                          \
    } while (0)

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void check_integers(void)
{
    const signed128 least = (signed128)((unsigned128)1 << 127);
    for (int i = 0; i < 300000; i++) {
        unsigned128 a = operand(), b = operand(), rest;
        int count = (int)(next() % 128);
        CHECK(guest___ashlti3(a, count) == a << count);
        CHECK(guest___lshrti3(a, count) == a >> count);
        CHECK(guest___ashrti3((signed128)a, count) == (signed128)a >> count);
        CHECK((unsigned128)guest___multi3((signed128)a, (signed128)b) == a * b);
        if (b == 0)
            continue;
        CHECK(guest___udivti3(a, b) == a / b);
        CHECK(guest___umodti3(a, b) == a % b);
        CHECK(guest___udivmodti4(a, b, &rest) == a / b && rest == a % b);
        CHECK(guest___udivmodti4(a, b, NULL) == a / b);
        if ((signed128)a == least && (signed128)b == -1)
            continue;
        CHECK(guest___divti3((signed128)a, (signed128)b) == (signed128)a / (signed128)b);
        CHECK(guest___modti3((signed128)a, (signed128)b) == (signed128)a % (signed128)b);
    }
}

static void check_memory(void)
{
    static unsigned char ours[300], theirs[300];
    for (int i = 0; i < 100000; i++) {
        for (size_t j = 0; j < sizeof ours; j++)
            ours[j] = theirs[j] = (unsigned char)(next() % 3);
        size_t length = next() % 120, from = next() % 150, to = next() % 150;
        CHECK(guest_memmove(ours + to, ours + from, length) == ours + to);
        memmove(theirs + to, theirs + from, length);
        CHECK(memcmp(ours, theirs, sizeof ours) == 0);
        CHECK(guest_memset(ours + from, (int)i, length) == ours + from);
        memset(theirs + from, (int)i, length);
        CHECK(memcmp(ours, theirs, sizeof ours) == 0);
        CHECK(guest_memcpy(ours + 150, ours + from % 30, length) == ours + 150);
        memcpy(theirs + 150, theirs + from % 30, length);
        CHECK(memcmp(ours, theirs, sizeof ours) == 0);
        CHECK(sign(guest_memcmp(ours + to, theirs + from, length)) == sign(memcmp(ours + to, theirs + from, length)));
        CHECK((guest_bcmp(ours + to, theirs + from, length) == 0) == (memcmp(ours + to, theirs + from, length) == 0));
        ours[sizeof ours - 1] = 0;
        CHECK(guest_strlen((char *)ours + from) == strlen((char *)ours + from));
    }
}

int main(void)
{
    check_integers();
    check_memory();
    puts("ok");
    return 0;
}

/* Little but calls and returns, because a guest's return is an indirect jump: recursion with two calls a frame, a
 * search tree, small functions called from several places, calls through a table of pointers, and a recursion much
 * deeper than a processor remembers return addresses. */

#include <pvm2.h>

#define FIBONACCI 20
#define NODES 1000
#define SUMS 8
#define BLENDS 4000
#define SCRIPT 48
#define SCRIPT_RUNS 250
#define DEPTH 3000 /* frames; they take three quarters of the stack */

#define NOINLINE __attribute__((noinline))

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* ---- two calls a frame --------------------------------------------------------- */

/* The Fibonacci number of index 2n. The difference keeps compilers from making a loop of the second call. */
NOINLINE static uint32_t fibonacci(uint32_t n)
{
    if (n < 2)
        return n;
    uint32_t before = fibonacci(n - 1);
    return 3 * before - fibonacci(n - 2);
}

/* ---- a search tree ------------------------------------------------------------- */

struct node {
    struct node *left, *right;
    uint32_t value;
};

static struct node nodes[NODES];

/* Puts a node into the tree; returns the tree's root. */
NOINLINE static struct node *insert(struct node *root, struct node *node)
{
    if (root == NULL)
        return node;
    if (node->value < root->value)
        root->left = insert(root->left, node);
    else
        root->right = insert(root->right, node);
    return root;
}

/* How far the tree leans to the left: each node's value times its depth, and what its left side has more. */
NOINLINE static uint32_t weigh(const struct node *root, uint32_t depth)
{
    if (root == NULL)
        return 0;
    uint32_t left = weigh(root->left, depth + 1);
    return left + root->value * depth - weigh(root->right, depth + 1);
}

static uint32_t build_and_weigh(void)
{
    uint32_t seed = 12345, sum = 0;
    struct node *root = NULL;
    for (int i = 0; i < NODES; i++) {
        nodes[i] = (struct node){NULL, NULL, next_random(&seed)};
        root = insert(root, &nodes[i]);
    }
    for (int i = 0; i < SUMS; i++)
        sum += weigh(root, i);
    return sum;
}

/* ---- small functions called from several places -------------------------------- */

NOINLINE static uint32_t scramble(uint32_t x)
{
    return x * 2654435761u + 1;
}

NOINLINE static uint32_t blend(uint32_t x)
{
    return scramble(x) ^ scramble(x + 1);
}

static uint32_t blend_all(void)
{
    uint32_t result = 0;
    for (uint32_t i = 0; i < BLENDS; i++) {
        result += blend(i);
        result ^= scramble(i);
        result += blend(result);
    }
    return result;
}

/* ---- calls through a table of pointers ----------------------------------------- */

typedef uint32_t operation(uint32_t x, uint32_t y);

static uint32_t add(uint32_t x, uint32_t y) { return x + y; }
static uint32_t subtract(uint32_t x, uint32_t y) { return x - y; }
static uint32_t exclusive_or(uint32_t x, uint32_t y) { return x ^ y; }
static uint32_t multiply(uint32_t x, uint32_t y) { return x * (y | 1); }
static uint32_t rotate(uint32_t x, uint32_t y) { return x << (y & 31) | x >> (-y & 31); }
static uint32_t half(uint32_t x, uint32_t y) { return (x >> 1) + y; }
static uint32_t larger(uint32_t x, uint32_t y) { return x > y ? x : ~y; }
static uint32_t both(uint32_t x, uint32_t y) { return scramble(x) + scramble(y); }

static operation *const operations[] = {add, subtract, exclusive_or, multiply, rotate, half, larger, both};

/* Runs a script of operations, the same one again and again, from two places by turns. */
static uint32_t run_script(void)
{
    uint8_t script[SCRIPT];
    uint32_t seed = 777, x = 1, y = 2;
    for (int i = 0; i < SCRIPT; i++)
        script[i] = next_random(&seed) % 8;
    for (uint32_t run = 0; run < SCRIPT_RUNS; run++) {
        x += run;
        for (int i = 0; i < SCRIPT; i += 2) {
            x = operations[script[i]](x, y);
            y = operations[script[i + 1]](y, x);
        }
    }
    return x ^ y;
}

/* ---- deep recursion ------------------------------------------------------------ */

/* Calls itself from two places by turns. What is left to do after a call depends on its result, so that no compiler
 * makes a loop of it. */
NOINLINE static uint32_t descend(uint32_t depth, uint32_t x)
{
    if (depth == 0)
        return x;
    if (depth & 1)
        return descend(depth - 1, x + depth) * 31 ^ x;
    return (descend(depth - 1, x ^ depth) >> 3) - x;
}

uint32_t guest_main(void)
{
    uint32_t result = fibonacci(FIBONACCI);
    result = result * 31 + build_and_weigh();
    result = result * 31 + blend_all();
    result = result * 31 + run_script();
    return descend(DEPTH, result);
}

// What C++ makes of calls that are not known before the program runs: virtual functions
// with single and multiple inheritance, pointers to functions and to members, a dense
// switch (a jump table), labels as values, and a constructor that runs before guest_main.
// Result: a checksum over all of it.

#include <pvm2.h>

namespace {

// ---- virtual calls ---------------------------------------------------------------

class Shape {
public:
    virtual ~Shape() = default;
    virtual uint64_t area() const = 0;
    virtual uint64_t perimeter() const = 0;
    virtual uint64_t corners() const { return 4; }
};

class Named {
public:
    virtual ~Named() = default;
    virtual const char *name() const = 0;
};

class Rectangle : public Shape {
public:
    Rectangle(uint64_t width, uint64_t height) : width_(width), height_(height) {}
    uint64_t area() const override { return width_ * height_; }
    uint64_t perimeter() const override { return 2 * (width_ + height_); }

protected:
    uint64_t width_, height_;
};

// Two bases: calls through Named go by way of a thunk that moves `this`.
class Square final : public Rectangle, public Named {
public:
    explicit Square(uint64_t side) : Rectangle(side, side) {}
    const char *name() const override { return width_ < 10 ? "small square" : "square"; }
};

class Triangle final : public Shape, public Named {
public:
    Triangle(uint64_t base, uint64_t height) : base_(base), height_(height) {}
    uint64_t area() const override { return base_ * height_ / 2; }
    uint64_t perimeter() const override { return 3 * base_; }
    uint64_t corners() const override { return 3; }
    const char *name() const override { return "triangle"; }

private:
    uint64_t base_, height_;
};

uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text != 0; text++)
        hash = (hash ^ static_cast<uint8_t>(*text)) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t visit(uint64_t hash, const Shape &shape)
{
    hash = hash * 31 + shape.area();
    hash = hash * 31 + shape.perimeter();
    return hash * 31 + shape.corners();
}

uint64_t virtual_calls()
{
    Rectangle rectangle(3, 7);
    Square small(5), large(12);
    Triangle triangle(6, 9);
    const Shape *shapes[] = {&rectangle, &small, &triangle, &large};
    const Named *named[] = {&large, &triangle, &small};
    uint64_t hash = 1;
    for (int round = 0; round < 64; round++) {
        hash = visit(hash, *shapes[hash % 4]);
        hash = hash_text(hash, named[hash % 3]->name());
    }
    return hash;
}

// ---- a dense switch ----------------------------------------------------------------

__attribute__((noinline)) uint64_t apply(unsigned operation, uint64_t a, uint64_t b)
{
    switch (operation) {
    case 0: return a + b;
    case 1: return a - b;
    case 2: return a * (b | 1);
    case 3: return a / (b | 1);
    case 4: return a % (b | 1);
    case 5: return a ^ b;
    case 6: return a << (b & 63);
    case 7: return a >> (b & 63);
    case 8: return static_cast<uint64_t>(static_cast<int64_t>(a) >> (b & 63));
    case 9: return a < b ? a : b;
    case 10: return ~a + static_cast<uint64_t>(__builtin_popcountll(b));
    case 11: return __builtin_bswap64(a) + b;
    default: return a | b;
    }
}

uint64_t dense_switch()
{
    uint64_t value = 0x243f6a8885a308d3, other = 0x13198a2e03707344;
    for (unsigned i = 0; i < 500; i++) {
        uint64_t next = apply((i * 7 + static_cast<unsigned>(value)) % 14, value, other);
        other = value + i;
        value = next;
    }
    return value;
}

// ---- pointers to functions and to members --------------------------------------------

using Unary = uint64_t (*)(uint64_t);

uint64_t collatz(uint64_t x)
{
    return x % 2 == 0 ? x / 2 : 3 * x + 1;
}

uint64_t gray(uint64_t x)
{
    return x ^ x >> 1;
}

template <unsigned N> uint64_t rotate(uint64_t x)
{
    return x << N | x >> (64 - N);
}

const Unary functions[] = {collatz, gray, rotate<1>, rotate<13>, rotate<32>, rotate<63>,
                           [](uint64_t x) { return x * 0x9e3779b97f4a7c15; }};

using Member = uint64_t (Shape::*)() const;

const Member members[] = {&Shape::area, &Shape::perimeter, &Shape::corners};

uint64_t pointers()
{
    Square square(9);
    uint64_t value = 27;
    for (int i = 0; i < 300; i++) {
        value = functions[value % 7](value);
        const Shape *shape = &square;
        value += (shape->*members[value % 3])();
    }
    return value;
}

// ---- labels as values ------------------------------------------------------------------

__attribute__((noinline)) uint64_t run(const uint8_t *code)
{
#define NEXT() goto *labels[*code++]
    static const void *const labels[] = {&&stop, &&push_one, &&twice, &&increment, &&loop_back, &&square};
    const uint8_t *const start = code;
    uint64_t accumulator = 0;
    unsigned laps = 0;
    NEXT();
push_one:
    accumulator += 1;
    NEXT();
twice:
    accumulator *= 2;
    NEXT();
increment:
    accumulator += *code++;
    NEXT();
square:
    accumulator = accumulator * accumulator + 1;
    NEXT();
loop_back:
    if (++laps < 20)
        code = start;
    NEXT();
stop:
    return accumulator;
#undef NEXT
}

uint64_t labels_as_values()
{
    static const uint8_t code[] = {1, 2, 3, 17, 2, 5, 3, 200, 4, 0};
    return run(code);
}

// ---- before guest_main -------------------------------------------------------------------

volatile uint64_t registered = 8; // volatile, or the compiler would run the constructor itself

class Registry {
public:
    Registry()
    {
        for (uint64_t i = 0; i < registered; i++)
            seen_ = seen_ * 10 + functions[i % 7](i + 1) % 10;
    }
    uint64_t seen() const { return seen_; }

private:
    uint64_t seen_ = 0;
};

Registry registry;

} // namespace

extern "C" uint32_t guest_main()
{
    uint64_t hash = virtual_calls();
    hash = hash * 31 + dense_switch();
    hash = hash * 31 + pointers();
    hash = hash * 31 + labels_as_values();
    hash = hash * 31 + registry.seen();
    return static_cast<uint32_t>(hash ^ hash >> 32);
}

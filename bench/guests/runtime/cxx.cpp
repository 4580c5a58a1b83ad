// The little that C++ without exceptions, RTTI or a heap still asks of a runtime.

#include <stddef.h>

// Virtual destructors name operator delete even where nothing was ever allocated;
// a guest that does allocate brings its own.
__attribute__((weak)) void operator delete(void *) noexcept
{
    __builtin_trap();
}

__attribute__((weak)) void operator delete(void *, size_t) noexcept
{
    __builtin_trap();
}

// A call of a pure virtual function is a bug of the guest: a panic.
extern "C" __attribute__((noreturn)) void __cxa_pure_virtual()
{
    __builtin_trap();
}

// No run ends by returning from main, so nothing registered here ever runs.
extern "C" int __cxa_atexit(void (*)(void *), void *, void *)
{
    return 0;
}

// The address that __cxa_atexit gets to tell programs and libraries apart.
extern "C" __attribute__((weak)) void *__dso_handle = nullptr;

# The default entry point of a C++ program: runs the constructors of static objects, then
# does what start.S does. An entry point called by name does not come through here.

    .section .text._start, "ax", @progbits
    .globl _start
    .type _start, @function
_start:
    la s0, __init_array_start
    la s1, __init_array_end
1:
    ld a0, 0(s0)
    jalr a0
    addi s0, s0, 8
    bltu s0, s1, 1b
    call guest_main
    zext.w a0, a0
    .insn i 0x0b, 2, x0, x0, 0      # ecalli 0: halt
    unimp
    .size _start, . - _start

# A first entry of our own: the array, and the symbols of its ends, always exist.
    .section .text.no_constructor, "ax", @progbits
    .type no_constructor, @function
no_constructor:
    ret
    .size no_constructor, . - no_constructor

    .section .init_array, "aw", @init_array
    .p2align 3
    .quad no_constructor

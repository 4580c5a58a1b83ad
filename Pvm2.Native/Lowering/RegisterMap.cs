using Pvm2.Native.X64;

namespace Pvm2.Native.Lowering;

/// <summary>
/// Where each guest register lives while native code runs. Thirteen of them are machine registers all the time.
/// </summary>
/// <remarks>
/// The reasons:
/// <list type="bullet">
/// <item>rax and rdx are scratch, because multiplication and division have them as fixed operands, and because
/// nothing else is needed: guest memory is reached through gs, and everything per run through the stack frame.</item>
/// <item>rsp stays the thread's stack pointer, because signals land on it at any instruction.</item>
/// <item>r12 as a base costs an extra byte in every address, so it is ra, which is hardly ever one.</item>
/// <item>rbp and r13 as a base cost a byte where the displacement is zero: rbp is sp, whose displacement seldom is,
/// and r13 is t2, which compilers take last.</item>
/// <item>x0 is never written, and x3 and x4, which only the xjar profile has and which cost spill gas there, live in
/// the frame.</item>
/// </list>
/// </remarks>
internal static class RegisterMap
{
    /// <summary>Scratch, free between guest instructions: results on their way to a slot, low products, quotients.</summary>
    internal const Register Scratch = Register.Rax;

    /// <summary>Scratch, free between guest instructions: high products, remainders, second operands.</summary>
    internal const Register SecondScratch = Register.Rdx;

    private const Register InFrame = Register.Rsp;

    private static ReadOnlySpan<Register> HostRegisters =>
    [
        InFrame,      // x0  zero
        Register.R12, // x1  ra
        Register.Rbp, // x2  sp
        InFrame,      // x3  gp
        InFrame,      // x4  tp
        Register.R11, // x5  t0
        Register.R10, // x6  t1
        Register.R13, // x7  t2
        Register.Rbx, // x8  s0
        Register.R14, // x9  s1
        Register.Rdi, // x10 a0
        Register.Rsi, // x11 a1
        Register.Rcx, // x12 a2
        Register.R8,  // x13 a3
        Register.R9,  // x14 a4
        Register.R15, // x15 a5
    ];

    /// <summary>Whether a guest register has a machine register of its own.</summary>
    internal static bool IsHot(int guest) => HostRegisters[guest] != InFrame;

    /// <summary>The machine register of a hot guest register.</summary>
    internal static Register Hot(int guest) => HostRegisters[guest];

    /// <summary>Where a guest register can be read: its machine register or its slot.</summary>
    internal static Operand Operand(int guest) => guest switch
    {
        0 => Frame.Zero,
        3 => Frame.GlobalPointer,
        4 => Frame.ThreadPointer,
        _ => HostRegisters[guest],
    };
}

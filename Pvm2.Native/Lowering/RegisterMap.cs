using System.Runtime.CompilerServices;
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

    // By guest register: a machine register, or a slot of the frame.
    private static ReadOnlySpan<byte> Places =>
    [
        X64.Operand.SlotFlag | Frame.ZeroOffset,          // x0  zero
        (byte)Register.R12,                           // x1  ra
        (byte)Register.Rbp,                           // x2  sp
        X64.Operand.SlotFlag | Frame.GlobalPointerOffset, // x3  gp
        X64.Operand.SlotFlag | Frame.ThreadPointerOffset, // x4  tp
        (byte)Register.R11,                           // x5  t0
        (byte)Register.R10,                           // x6  t1
        (byte)Register.R13,                           // x7  t2
        (byte)Register.Rbx,                           // x8  s0
        (byte)Register.R14,                           // x9  s1
        (byte)Register.Rdi,                           // x10 a0
        (byte)Register.Rsi,                           // x11 a1
        (byte)Register.Rcx,                           // x12 a2
        (byte)Register.R8,                            // x13 a3
        (byte)Register.R9,                            // x14 a4
        (byte)Register.R15,                           // x15 a5
    ];

    /// <summary>Whether a guest register has a machine register of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsHot(int guest) => Places[guest & 15] < X64.Operand.SlotFlag;

    /// <summary>The machine register of a hot guest register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Register Hot(int guest) => (Register)Places[guest & 15];

    /// <summary>The machine register of a hot guest register, or another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Register HotOr(int guest, Register otherwise)
    {
        var place = Places[guest & 15];
        return place < X64.Operand.SlotFlag ? (Register)place : otherwise;
    }

    /// <summary>Where a guest register can be read: its machine register or its slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Operand Operand(int guest) => X64.Operand.FromCode(Places[guest & 15]);
}

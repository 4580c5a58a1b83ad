using Pvm2.Native.X64;

namespace Pvm2.Native.Lowering;

/// <summary>
/// The stack frame under which guest code runs: slots counted from rsp. The entry stub makes it, the exit stub and
/// the fault handler read it.
/// </summary>
internal static class Frame
{
    /// <summary>Offset of the gas left.</summary>
    internal const int GasOffset = 0;

    /// <summary>Offset of x3.</summary>
    internal const int GlobalPointerOffset = 8;

    /// <summary>Offset of x4.</summary>
    internal const int ThreadPointerOffset = 16;

    /// <summary>Offset of a zero, which stands for x0 where an instruction wants an operand in memory.</summary>
    internal const int ZeroOffset = 24;

    /// <summary>Offset of the address of the execution state.</summary>
    internal const int StateOffset = 32;

    /// <summary>Offset of the address of the guest window.</summary>
    internal const int WindowOffset = 40;

    /// <summary>Offset of a place to put a scratch register aside within one guest instruction.</summary>
    internal const int SpareOffset = 48;

    /// <summary>Offset of the address at which a page fault leaves.</summary>
    internal const int FaultExitOffset = 56;

    /// <summary>Bytes of the frame. With six pushed registers and the return address it keeps rsp a multiple of 16.</summary>
    internal const int Size = 72;

    internal static Operand Gas => Operand.Slot(GasOffset);

    internal static Operand GlobalPointer => Operand.Slot(GlobalPointerOffset);

    internal static Operand ThreadPointer => Operand.Slot(ThreadPointerOffset);

    internal static Operand Zero => Operand.Slot(ZeroOffset);

    internal static Operand State => Operand.Slot(StateOffset);

    internal static Operand Spare => Operand.Slot(SpareOffset);

    internal static Operand FaultExit => Operand.Slot(FaultExitOffset);

    internal static Operand Window => Operand.Slot(WindowOffset);
}

using System.Runtime.CompilerServices;

namespace Pvm2.Native.X64;

/// <summary>
/// Questions whose answer goes either way from one instruction to the next, as numbers: the just-in-time compiler
/// makes branches of comparisons, and a branch that is not foreseen costs more than the rest of an instruction.
/// </summary>
internal static class Branchless
{
    /// <summary>1 if a number is zero, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IsZero(uint value) => (int)(((ulong)value - 1) >> 63);

    /// <summary>1 if a number fits into a sign-extended byte, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FitsByte(int value) => (int)(((ulong)(uint)(value + 128) - 256) >> 63);

    /// <summary>The second number if the condition is 1, the first if it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Select(int condition, uint first, uint second) => first ^ ((first ^ second) & (uint)-condition);
}

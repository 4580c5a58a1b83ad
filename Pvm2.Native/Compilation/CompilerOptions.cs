using Pvm2.Native.Code;
using Pvm2.Native.Lowering;

namespace Pvm2.Native.Compilation;

/// <summary>What the compiler may rely on. The default is what every machine has, and takes every way around.</summary>
/// <param name="Features">Instruction set extensions.</param>
/// <param name="WriteGsBase">Whether code may set the gs base itself; if not, the caller of the code has set it.</param>
/// <param name="LargestCharge">
/// The highest price of a block that its charge takes as an operand; higher ones get code of their own.
/// </param>
internal readonly record struct CompilerOptions(CpuFeatures Features, bool WriteGsBase, int LargestCharge)
{
    /// <summary>All that this machine offers.</summary>
    internal static CompilerOptions ForThisMachine() =>
        new(CpuFeatures.Detect(), NativeHost.Current?.WriteGsBase ?? false, int.MaxValue);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Pvm2.Native.Lowering;

/// <summary>Instruction set extensions that the lowering uses where the processor has them.</summary>
/// <param name="Bmi1">andn and tzcnt.</param>
/// <param name="Bmi2">shlx, shrx, sarx, rorx and mulx.</param>
/// <param name="Lzcnt">lzcnt.</param>
/// <param name="Popcnt">popcnt.</param>
internal readonly record struct CpuFeatures(bool Bmi1, bool Bmi2, bool Lzcnt, bool Popcnt)
{
    /// <summary>
    /// What the processor that this runs on has. The runtime says so where it compiles for this processor, and there
    /// its switches count. In code that was compiled ahead of time it says what all processors have.
    /// </summary>
    internal static CpuFeatures Detect() => RuntimeFeature.IsDynamicCodeCompiled
        ? new CpuFeatures(
            System.Runtime.Intrinsics.X86.Bmi1.IsSupported,
            System.Runtime.Intrinsics.X86.Bmi2.IsSupported,
            System.Runtime.Intrinsics.X86.Lzcnt.IsSupported,
            System.Runtime.Intrinsics.X86.Popcnt.IsSupported)
        : AskProcessor();

    /// <summary>What the processor says itself. None of these needs the operating system's support.</summary>
    internal static CpuFeatures AskProcessor()
    {
        const int Extended = unchecked((int)0x8000_0000);
        if (!X86Base.IsSupported)
        {
            return default;
        }

        var basic = X86Base.CpuId(1, 0);
        var structured = X86Base.CpuId(0, 0).Eax >= 7 ? X86Base.CpuId(7, 0) : default;
        var extended = (uint)X86Base.CpuId(Extended, 0).Eax > unchecked((uint)Extended) ? X86Base.CpuId(Extended + 1, 0) : default;
        return new CpuFeatures(
            Bmi1: (structured.Ebx & (1 << 3)) != 0,
            Bmi2: (structured.Ebx & (1 << 8)) != 0,
            Lzcnt: (extended.Ecx & (1 << 5)) != 0,
            Popcnt: (basic.Ecx & (1 << 23)) != 0);
    }
}

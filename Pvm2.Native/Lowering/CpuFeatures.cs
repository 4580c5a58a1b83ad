
namespace Pvm2.Native.Lowering;

/// <summary>Instruction set extensions that the lowering uses where the processor has them.</summary>
/// <param name="Bmi1">andn and tzcnt.</param>
/// <param name="Bmi2">shlx, shrx, sarx and rorx.</param>
/// <param name="Lzcnt">lzcnt.</param>
/// <param name="Popcnt">popcnt.</param>
internal readonly record struct CpuFeatures(bool Bmi1, bool Bmi2, bool Lzcnt, bool Popcnt)
{
    /// <summary>What the processor that this runs on has.</summary>
    internal static CpuFeatures Detect() =>
        new(System.Runtime.Intrinsics.X86.Bmi1.IsSupported, System.Runtime.Intrinsics.X86.Bmi2.IsSupported,
            System.Runtime.Intrinsics.X86.Lzcnt.IsSupported, System.Runtime.Intrinsics.X86.Popcnt.IsSupported);
}

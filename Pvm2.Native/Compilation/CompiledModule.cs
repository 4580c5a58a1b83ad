namespace Pvm2.Native.Compilation;

/// <summary>What a compilation leaves besides the bytes of code.</summary>
/// <param name="Positions">
/// For each halfword of guest code, and for its end, the position of its machine code; ascending. A halfword in the
/// middle of an instruction has the next one's.
/// </param>
/// <param name="Entry">Position of the entry stub.</param>
/// <param name="Tables">The tables that need addresses.</param>
/// <param name="WritesGsBase">Whether the entry stub sets the gs base; if not, the caller has to.</param>
internal sealed record CompiledModule(
    int[] Positions, int Entry, IReadOnlyList<TargetTable> Tables, bool WritesGsBase);

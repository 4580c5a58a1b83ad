namespace Pvm2.Native.Compilation;

/// <summary>What a compilation leaves besides the bytes of code.</summary>
/// <param name="Map">Where the machine code of each guest instruction lies.</param>
/// <param name="Costs">The price of each block; empty where nothing is metered.</param>
/// <param name="Entry">Position of the entry stub.</param>
/// <param name="BlockExits">Position of the calls by which blocks are left at their starts; see <see cref="BlockExits"/>.</param>
/// <param name="Tables">The tables that need addresses.</param>
/// <param name="WritesGsBase">Whether the entry stub sets the gs base; if not, the caller has to.</param>
internal sealed record CompiledModule(
    CodeMap Map, ulong[] Costs, int Entry, int BlockExits, IReadOnlyList<TargetTable> Tables, bool WritesGsBase);

namespace Pvm2.Runtime.Diagnostics;

/// <summary>A run at the start of a basic block.</summary>
/// <param name="block">Block number, as in <see cref="Programs.BasicBlockMap"/>.</param>
/// <param name="programCounter">Where it starts, as the guest counts.</param>
/// <param name="cost">Gas that it costs; where nothing is metered its number of instructions.</param>
/// <param name="registers">x0 to x15, valid until the observer returns.</param>
public readonly ref struct BlockEntry(int block, uint programCounter, ulong cost, ReadOnlySpan<ulong> registers)
{
    /// <summary>Block number, as in <see cref="Programs.BasicBlockMap"/>.</summary>
    public int Block { get; } = block;

    /// <summary>Where it starts, as the guest counts.</summary>
    public uint ProgramCounter { get; } = programCounter;

    /// <summary>Gas that it costs; where nothing is metered its number of instructions.</summary>
    public ulong Cost { get; } = cost;

    /// <summary>x0 to x15.</summary>
    public ReadOnlySpan<ulong> Registers { get; } = registers;
}

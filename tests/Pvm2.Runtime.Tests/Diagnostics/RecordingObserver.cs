using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Runtime.Tests.Diagnostics;

/// <summary>Keeps what it is told, and may do something at each block.</summary>
/// <param name="action">Called with the number of blocks so far, this one included.</param>
internal sealed class RecordingObserver(Action<int>? action = null) : IBlockObserver
{
    /// <summary>The blocks, in their order.</summary>
    internal List<uint> ProgramCounters { get; } = [];

    /// <summary>What they cost in all.</summary>
    internal ulong Cost { get; private set; }

    /// <summary>a0 at the start of each.</summary>
    internal List<ulong> Arguments { get; } = [];

    /// <inheritdoc/>
    public void BlockEntered(in BlockEntry entry)
    {
        ProgramCounters.Add(entry.ProgramCounter);
        Arguments.Add(entry.Registers[10]);
        Cost += entry.Cost;
        action?.Invoke(ProgramCounters.Count);
    }
}

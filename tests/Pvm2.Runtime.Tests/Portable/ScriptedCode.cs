using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Portable;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>Code with a region that does what a test says.</summary>
/// <param name="module">The module.</param>
/// <param name="model">The gas model.</param>
internal sealed unsafe class ScriptedCode(Module module, GasModel model) : PortableCode(module, model)
{
    [ThreadStatic]
    private static ScriptedCode? _current;

    /// <summary>The entries that the region's method was called with.</summary>
    internal List<int> Entries { get; } = [];

    /// <summary>What the method returns, call by call.</summary>
    internal Queue<RegionExit> Exits { get; } = new();

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        _current = this;
        base.Run(state);
    }

    /// <summary>Installs the region.</summary>
    internal void InstallScript(int region, params int[] entryBlocks) =>
        Install(region, (nint)(delegate*<ExecutionState*, int, long>)&Execute, entryBlocks);

    /// <summary>Whether a block is part of the region.</summary>
    internal bool HasScript(int block) => IsInstalled(block);

    private static long Execute(ExecutionState* state, int entry)
    {
        _current!.Entries.Add(entry);
        return entry < 0 ? BlockSlot.NotCompiled(entry) : _current.Exits.Dequeue().Bits;
    }
}

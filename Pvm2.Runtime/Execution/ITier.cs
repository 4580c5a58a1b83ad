using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Execution;

/// <summary>A way to execute modules. All tiers agree in every bit of registers, memory, gas and exit.</summary>
public interface ITier
{
    /// <summary>A short name, such as <c>interpreter</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether its code runs only where guest memory is one window, <see cref="ExecutionState.Window"/>, which is what its
    /// own <see cref="CreateMemorySource"/> provides. Other tiers run on any memory.
    /// </summary>
    bool NeedsWindow => false;

    /// <summary>
    /// Makes a module ready to run. The module keeps what this returns, so it is called once a model, and again only
    /// after it has thrown.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    TierCode Prepare(Module module, GasModel model);

    /// <summary>Gets ready to provide the memories of a module's instances. The module keeps what this returns.</summary>
    /// <param name="layout">The addresses that the program declares.</param>
    MemorySource CreateMemorySource(MemoryLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new PackedSource(layout);
    }
}

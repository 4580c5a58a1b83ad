using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Execution;

/// <summary>A way to execute modules. All tiers agree in every bit of registers, memory, gas and exit.</summary>
public interface ITier
{
    /// <summary>A short name, such as <c>interpreter</c>.</summary>
    string Name { get; }

    /// <summary>Makes a module ready to run. The module keeps what this returns, so it is called once a model.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    TierCode Prepare(Module module, GasModel model);

    /// <summary>Provides the memory of an instance, all zero.</summary>
    /// <param name="layout">The addresses that its program declares.</param>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    MemoryBacking CreateMemory(MemoryLayout layout) => new PackedBacking(layout);
}

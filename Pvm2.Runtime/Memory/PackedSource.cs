namespace Pvm2.Runtime.Memory;

/// <summary>Allocates the memory of each instance by itself.</summary>
/// <param name="layout">The addresses that the program declares.</param>
internal sealed class PackedSource(MemoryLayout layout) : MemorySource
{
    /// <inheritdoc/>
    public override MemoryBacking Create() => new PackedBacking(layout);
}

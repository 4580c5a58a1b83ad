namespace Pvm2.Runtime.Memory;

/// <summary>Provides the memories of a module's instances. Safe for use by many threads.</summary>
public abstract class MemorySource
{
    /// <summary>Provides the memory of a new instance, as the program declares that it is at first.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    public abstract MemoryBacking Create();
}

namespace Pvm2.Compare.Tests.Host;

/// <summary>Tests that begin a new peak of the process's memory, or read it: they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessMemoryTurns
{
    /// <summary>What it is called.</summary>
    public const string Name = "memory of the process";
}

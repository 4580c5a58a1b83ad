using Xunit;

namespace Pvm2.Native.Tests.Kit;

/// <summary>Tests that look at the whole process, or load the machine: each runs when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessAlone
{
    public const string Name = "process alone";
}

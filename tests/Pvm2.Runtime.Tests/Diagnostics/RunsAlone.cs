using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

/// <summary>Tests that no others run beside: the engine's counters are those of the whole process.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;

using Xunit;

namespace Pvm2.Native.Tests.Memory;

/// <summary>Tests that measure the process, with no others beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

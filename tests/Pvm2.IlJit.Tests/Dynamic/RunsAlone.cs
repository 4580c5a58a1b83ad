using Xunit;

namespace Pvm2.IlJit.Tests.Dynamic;

/// <summary>
/// Tests that no others run beside: the runtime drops events when many methods are compiled at once.
/// </summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;

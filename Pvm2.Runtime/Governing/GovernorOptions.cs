namespace Pvm2.Runtime.Governing;

/// <summary>What a governor has to choose from, and what it may take.</summary>
public sealed record GovernorOptions
{
    /// <summary>The default of <see cref="MaxThreads"/>: half of the processors.</summary>
    public static int DefaultThreads { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// The stages, lowest first, at least one. If there are several, the lowest must run on any memory: what the others
    /// cannot do is left to it.
    /// </summary>
    public required IReadOnlyList<GovernorStage> Stages { get; init; }

    /// <summary>
    /// The most threads that compile in the background. With 0 there is none: the run that makes a module hot compiles
    /// it there and then, so that all of it is deterministic.
    /// </summary>
    public int MaxThreads { get; init; } = DefaultThreads;

    /// <summary>The greatest <see cref="IdleTime"/>, some 24 days: the longest that .NET waits.</summary>
    public static TimeSpan LongestIdleTime { get; } = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>
    /// How long a thread that has nothing to compile waits before it ends; zero to <see cref="LongestIdleTime"/>.
    /// </summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether modules that were loaded separately share compiled code if their programs are the same, bit for bit.
    /// </summary>
    public bool SharesCode { get; init; } = true;

    /// <summary>Whether code of modules that do not run is dropped when the machine is short of memory.</summary>
    public bool TrimsUnderPressure { get; init; } = true;
}

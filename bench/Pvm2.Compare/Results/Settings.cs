namespace Pvm2.Compare.Results;

/// <summary>How the figures were taken.</summary>
/// <param name="Mode">The name of the plan: <c>full</c> or <c>quick</c>.</param>
/// <param name="Command">What repeats it.</param>
/// <param name="Rounds">Samples of each figure of the kinds compile, cold and steady.</param>
/// <param name="ProcessRounds">Samples of each figure of the kind process.</param>
/// <param name="SampleMilliseconds">How long a sample takes, where one repetition does not take longer.</param>
/// <param name="Seed">Of the generator that shuffles the order.</param>
/// <param name="Pinned">Which processor steady runs are bound to, such as <c>processor 1</c>; empty where the system does not let them.</param>
/// <param name="Minutes">How long everything took.</param>
public sealed record Settings(
    string Mode, string Command, int Rounds, int ProcessRounds, double SampleMilliseconds, int Seed, string Pinned, double Minutes);

namespace Pvm2.Fuzz.Workers;

/// <summary>
/// When a case counts as one that hangs. It is mostly the worker's processor time that counts, since others may use the
/// machine; a worker that waits for something uses none.
/// </summary>
/// <param name="ProcessorTime">The most processor time.</param>
/// <param name="Seconds">The most seconds, whatever the worker does.</param>
internal readonly record struct Patience(TimeSpan ProcessorTime, int Seconds)
{
    /// <summary>The default: cases take seconds at most.</summary>
    internal static Patience Default { get; } = new(TimeSpan.FromSeconds(120), 1800);

    /// <summary>Whether it is over.</summary>
    internal bool IsOver(int seconds, TimeSpan processorTime) => seconds > Seconds || processorTime > ProcessorTime;
}

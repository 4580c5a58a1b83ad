namespace Pvm2.Runtime.Governing;

/// <summary>
/// All that is worth counting passes through here: one method for each kind of event. Nothing of it is on the way of a
/// run that goes on in the code it has. Safe for use by many threads.
/// </summary>
/// <param name="tiers">Names of the stages, lowest first.</param>
internal sealed class GovernorCounters(string[] tiers)
{
    private readonly long[] _compiled = new long[tiers.Length];
    private readonly long[] _promoted = new long[tiers.Length];
    private readonly long[] _failed = new long[tiers.Length];
    private long _modules;
    private long _shared;
    private long _dropped;
    private long _revived;
    private long _memoryFallbacks;
    private Exception? _lastFailure;

    /// <summary>A module asked for code.</summary>
    /// <param name="isShared">Whether it got another module's.</param>
    internal void ModulePrepared(bool isShared)
    {
        Interlocked.Increment(ref _modules);
        if (isShared)
        {
            Interlocked.Increment(ref _shared);
        }
    }

    /// <summary>A module was compiled for a stage.</summary>
    internal void Compiled(int stage) => Interlocked.Increment(ref _compiled[stage]);

    /// <summary>The runs of a module go on in a higher stage.</summary>
    internal void Promoted(int stage) => Interlocked.Increment(ref _promoted[stage]);

    /// <summary>A module could not be compiled for a stage.</summary>
    internal void Failed(int stage, Exception exception)
    {
        Interlocked.Increment(ref _failed[stage]);
        Volatile.Write(ref _lastFailure, exception);
    }

    /// <summary>The code of a module was let go of.</summary>
    internal void Dropped() => Interlocked.Increment(ref _dropped);

    /// <summary>Code that was let go of was taken up again.</summary>
    internal void Revived() => Interlocked.Increment(ref _revived);

    /// <summary>An instance did not get the memory of the best stage.</summary>
    internal void MemoryFellBack() => Interlocked.Increment(ref _memoryFallbacks);

    /// <summary>All counts as they are now.</summary>
    /// <param name="pending">Modules that wait to be compiled.</param>
    /// <param name="queueFailure">Why the queue failed, which counts where no stage did.</param>
    internal GovernorStatistics Read(int pending, Exception? queueFailure)
    {
        var stages = new StageStatistics[tiers.Length];
        for (var n = 0; n < stages.Length; n++)
        {
            stages[n] = new StageStatistics(
                tiers[n], Volatile.Read(ref _compiled[n]), Volatile.Read(ref _promoted[n]), Volatile.Read(ref _failed[n]));
        }

        return new GovernorStatistics(
            Volatile.Read(ref _modules),
            Volatile.Read(ref _shared),
            pending,
            Volatile.Read(ref _dropped),
            Volatile.Read(ref _revived),
            Volatile.Read(ref _memoryFallbacks),
            stages,
            Volatile.Read(ref _lastFailure) ?? queueFailure);
    }
}

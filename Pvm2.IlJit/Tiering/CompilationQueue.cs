using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Governing;

namespace Pvm2.IlJit.Tiering;

/// <summary>What a tier has to compile in the background, and what came of it.</summary>
/// <remarks>
/// There is one thread, since two would mostly wait for each other in the runtime's compiler. Concurrency: the counts are
/// changed without a lock, each by one instruction.
/// </remarks>
/// <param name="compile">Compiles a region.</param>
/// <param name="idleTime">How long the thread waits for more to do before it ends.</param>
internal sealed class CompilationQueue(Func<LoweringInput, Region, DynamicRegion> compile, TimeSpan idleTime)
{
    private readonly BackgroundQueue _queue = new("Pvm2 compiler", maxThreads: 1, idleTime);
    private int _compiled;
    private int _failed;
    private Exception? _lastFailure;

    /// <summary>Compiles a region.</summary>
    internal Func<LoweringInput, Region, DynamicRegion> Compile => compile;

    /// <summary>Whether there is a thread at present.</summary>
    internal bool HasThread => _queue.Threads != 0;

    /// <summary>What came of all jobs so far.</summary>
    internal CompilationStatistics Statistics
    {
        get
        {
            // In this order: a job that is done between the two has been counted.
            var pending = _queue.Pending;
            return new CompilationStatistics(
                Volatile.Read(ref _compiled),
                pending,
                Volatile.Read(ref _failed),
                Volatile.Read(ref _lastFailure) ?? _queue.LastFailure);
        }
    }

    /// <summary>Adds something to do.</summary>
    /// <param name="code">Whose it is.</param>
    /// <param name="region">The region to compile, or <see cref="CompilationJob.Plan"/>.</param>
    internal void Add(WeakReference<TieredCode> code, int region) => _queue.Add(new CompilationJob(this, code, region));

    /// <summary>Counts what was done.</summary>
    internal void NoteSuccess(bool isRegion)
    {
        if (isRegion)
        {
            Interlocked.Increment(ref _compiled);
        }
    }

    /// <summary>Counts what could not be done.</summary>
    internal void NoteFailure(Exception exception)
    {
        Volatile.Write(ref _lastFailure, exception);
        Interlocked.Increment(ref _failed);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;

namespace Pvm2.IlJit.Tiering;

/// <summary>
/// What a tier has to compile, and the one thread that does it. The thread is started when there is something to do
/// and ends when there has been nothing for a while; it does not keep the process alive.
/// </summary>
/// <remarks>
/// Concurrency: all fields are guarded by the lock, which is never held while something is compiled. A region is
/// queued once, so there are never more jobs than regions of modules that are alive, and few of the others: a job
/// whose module is gone is dropped when the thread comes by.
/// </remarks>
/// <param name="compile">Compiles a region.</param>
/// <param name="idleTime">How long the thread waits for more to do before it ends.</param>
internal sealed class CompilationQueue(Func<LoweringInput, Region, DynamicRegion> compile, TimeSpan idleTime)
{
    // No Lock, since that cannot be waited for.
    private readonly object _gate = new();
    private readonly List<CompilationJob> _jobs = [];
    private bool _hasThread;
    private bool _isBusy;
    private int _compiled;
    private int _failed;
    private Exception? _lastFailure;

    /// <summary>Whether there is a thread at present.</summary>
    internal bool HasThread
    {
        get
        {
            lock (_gate)
            {
                return _hasThread;
            }
        }
    }

    /// <summary>What came of all jobs so far.</summary>
    internal CompilationStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new CompilationStatistics(_compiled, _jobs.Count + (_isBusy ? 1 : 0), _failed, _lastFailure);
            }
        }
    }

    /// <summary>Adds something to do.</summary>
    internal void Add(CompilationJob job)
    {
        lock (_gate)
        {
            _jobs.Add(job);
            if (_hasThread)
            {
                Monitor.Pulse(_gate);
            }
            else
            {
                StartThread();
            }
        }
    }

    private void StartThread()
    {
        try
        {
            var thread = new Thread(Work) { IsBackground = true, Name = "Pvm2 compiler" };
            thread.UnsafeStart();
            _hasThread = true;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The guest runs on in the interpreter, and the next job is another attempt.
            _lastFailure = exception;
        }
    }

    private void Work()
    {
        while (TryTake(out var job))
        {
            Execute(job);
        }
    }

    /// <summary>Takes the most urgent job, or waits for one.</summary>
    /// <returns>False when the thread is to end.</returns>
    private bool TryTake(out CompilationJob job)
    {
        lock (_gate)
        {
            _isBusy = false;
            while (!TryTakeMostUrgent(out job))
            {
                if (!Monitor.Wait(_gate, idleTime) && _jobs.Count == 0)
                {
                    _hasThread = false;
                    return false;
                }
            }

            _isBusy = true;
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeMostUrgent(out CompilationJob job)
    {
        job = default;
        var (best, urgency) = (-1, -1L);
        _jobs.RemoveAll(static candidate => candidate.Urgency < 0);
        for (var n = 0; n < _jobs.Count; n++)
        {
            if (_jobs[n].Urgency > urgency)
            {
                (best, urgency) = (n, _jobs[n].Urgency);
            }
        }

        if (best < 0)
        {
            return false;
        }

        job = _jobs[best];
        _jobs.RemoveAt(best);
        return true;
    }

    /// <summary>Does a job. The module is kept alive in here alone, not while the thread waits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Design", "CA1031", Justification = "Whatever prevents a region from being compiled is reported, and the region interpreted.")]
    private void Execute(CompilationJob job)
    {
        if (!job.Code.TryGetTarget(out var code))
        {
            return;
        }

        Exception? failure = null;
        try
        {
            code.Execute(job.Region, compile);
        }
        catch (Exception exception)
        {
            failure = exception;
            code.GiveUp(job.Region);
        }

        Note(job, failure);
    }

    private void Note(CompilationJob job, Exception? failure)
    {
        lock (_gate)
        {
            if (failure is not null)
            {
                _failed++;
                _lastFailure = failure;
            }
            else if (job.Region != CompilationJob.Plan)
            {
                _compiled++;
            }
        }
    }
}

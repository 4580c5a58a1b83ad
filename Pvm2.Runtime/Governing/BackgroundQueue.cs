using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// What is to be compiled, and the few threads that do it. A thread is started when there is something to do and none
/// waits, and ends when there has been nothing for a while; it does not keep the process alive.
/// </summary>
/// <remarks>
/// Concurrency: all fields are guarded by the lock, which is never held while a job is executed. The most urgent job is
/// looked for one by one, because urgencies change while jobs wait; there are as many as what is hot and not yet
/// compiled. Nothing that a thread does can end the process: what a job throws goes to the job, and a thread that
/// cannot even take one, for want of memory, ends, and the next job that is added is another attempt.
/// </remarks>
/// <param name="name">What debuggers call the threads.</param>
/// <param name="maxThreads">The most threads at a time; at least 1.</param>
/// <param name="idleTime">How long a thread waits for more to do before it ends.</param>
internal sealed class BackgroundQueue(string name, int maxThreads, TimeSpan idleTime)
{
    // No Lock, since that cannot be waited for.
    private readonly object _gate = new();
    private readonly List<BackgroundJob> _jobs = [];
    private int _threads;
    private int _waiting;
    private int _busy;
    private bool _isClosed;
    private Exception? _lastFailure;

    /// <summary>How many threads there are at present.</summary>
    internal int Threads
    {
        get
        {
            lock (_gate)
            {
                return _threads;
            }
        }
    }

    /// <summary>How many jobs wait or are being done.</summary>
    internal int Pending
    {
        get
        {
            lock (_gate)
            {
                return _jobs.Count + _busy;
            }
        }
    }

    /// <summary>Why the queue itself failed last, such as to start a thread; null where it did not.</summary>
    internal Exception? LastFailure
    {
        get
        {
            lock (_gate)
            {
                return _lastFailure;
            }
        }
    }

    /// <summary>Adds something to do; nothing happens once the queue is closed.</summary>
    internal void Add(BackgroundJob job)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _jobs.Add(job);
            if (_jobs.Count <= _waiting)
            {
                Monitor.Pulse(_gate);
            }
            else if (_threads < maxThreads)
            {
                StartThread();
            }
        }
    }

    /// <summary>Drops what waits, and lets the threads end after what they are doing.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _jobs.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private void StartThread()
    {
        try
        {
            new Thread(Work) { IsBackground = true, Name = name }.UnsafeStart();
            _threads++;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The guest runs on as it does, and the next job is another attempt.
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
    [SuppressMessage("Design", "CA1031", Justification = "An exception here would end the process; the thread ends instead.")]
    private bool TryTake([NotNullWhen(true)] out BackgroundJob? job)
    {
        lock (_gate)
        {
            try
            {
                do
                {
                    job = TakeMostUrgent();
                    if (job is not null)
                    {
                        _busy++;
                        return true;
                    }
                }
                while (WaitForMore());
            }
            catch (Exception exception)
            {
                _lastFailure = exception;
            }

            _threads--;
            job = null;
            return false;
        }
    }

    private bool WaitForMore()
    {
        if (_isClosed)
        {
            return false;
        }

        _waiting++;
        try
        {
            return Monitor.Wait(_gate, idleTime) || _jobs.Count != 0;
        }
        finally
        {
            _waiting--;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BackgroundJob? TakeMostUrgent()
    {
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
            return null;
        }

        var job = _jobs[best];
        _jobs.RemoveAt(best);
        return job;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Design", "CA1031", Justification = "Whatever prevents a job from being done is the job's affair, not the thread's.")]
    private void Execute(BackgroundJob job)
    {
        try
        {
            job.Execute();
        }
        catch (Exception exception)
        {
            Report(job, exception);
        }

        lock (_gate)
        {
            _busy--;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A job that cannot take note of its failure must not end the process.")]
    private void Report(BackgroundJob job, Exception exception)
    {
        try
        {
            job.Fail(exception);
        }
        catch (Exception another)
        {
            lock (_gate)
            {
                _lastFailure = another;
            }
        }
    }
}

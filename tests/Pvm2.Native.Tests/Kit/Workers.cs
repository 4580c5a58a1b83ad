using System.Collections.Concurrent;

namespace Pvm2.Native.Tests.Kit;

/// <summary>Threads of their own, for tests that are about threads.</summary>
internal static class Workers
{
    /// <summary>Runs the work on several threads that start together, and waits for them.</summary>
    /// <param name="count">How many threads.</param>
    /// <param name="work">The work; it gets the thread's number.</param>
    /// <exception cref="AggregateException">The work failed on a thread.</exception>
    internal static void Run(int count, Action<int> work)
    {
        var failures = new ConcurrentQueue<Exception>();
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(number);
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to the test.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures.Enqueue(exception);
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        if (!failures.IsEmpty)
        {
            throw new AggregateException(failures);
        }
    }
}

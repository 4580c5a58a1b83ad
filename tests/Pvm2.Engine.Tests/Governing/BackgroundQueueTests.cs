using Pvm2.Engine.Tests.Kit;
using Pvm2.Runtime.Governing;
using Xunit;

namespace Pvm2.Engine.Tests.Governing;

/// <summary>The threads in the background: how many there are, what they do first, and what becomes of failures.</summary>
public sealed class BackgroundQueueTests
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void There_are_as_many_threads_as_are_allowed_and_none_when_there_is_nothing_to_do(int most)
    {
        using var release = new ManualResetEventSlim();
        var queue = new BackgroundQueue("test", most, IdleTime);
        var jobs = Enumerable.Range(0, 10).Select(number => new Job(number, release.Wait)).ToArray();
        Assert.All(jobs, queue.Add);
        Governors.WaitFor(() => jobs.Count(job => job.HasStarted) == most);
        Assert.Equal((most, 10), (queue.Threads, queue.Pending));
        release.Set();
        Governors.WaitFor(() => queue.Pending == 0);
        Assert.All(jobs, job => Assert.True(job.HasStarted));
        Governors.WaitFor(() => queue.Threads == 0);
    }

    [Fact]
    public void The_most_urgent_comes_first_and_what_does_not_matter_any_more_not_at_all()
    {
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var queue = new BackgroundQueue("test", 1, IdleTime);
        var order = new List<long>();
        queue.Add(new Job(0, () =>
        {
            started.Set();
            release.Wait();
        }));
        started.Wait();
        foreach (var urgency in new long[] { 3, 7, -1, 5 })
        {
            queue.Add(new Job(urgency, () => order.Add(urgency)));
        }

        release.Set();
        Governors.WaitFor(() => queue.Pending == 0);
        Assert.Equal([7L, 5, 3], order);
    }

    [Fact]
    public void A_thread_that_cannot_take_a_job_ends_and_the_next_job_starts_another()
    {
        var queue = new BackgroundQueue("test", 1, IdleTime);
        var isFull = true;
        var waiting = new Job(1, static () => { }, () => isFull ? throw new InsufficientMemoryException("Full.") : 1);
        queue.Add(waiting);
        Governors.WaitFor(() => queue.Threads == 0);
        Assert.Equal(("Full.", 1), (queue.LastFailure?.Message, queue.Pending));

        isFull = false;
        var next = new Job(2, static () => { });
        queue.Add(next);
        Governors.WaitFor(() => waiting.HasStarted && next.HasStarted);
    }

    [Fact]
    public void A_job_is_told_what_it_threw_and_may_throw_again()
    {
        var queue = new BackgroundQueue("test", 1, IdleTime);
        var broken = new Job(1, static () => throw new InvalidOperationException("One."))
        {
            OnFailure = static exception => throw new InvalidOperationException("Two.", exception),
        };
        var next = new Job(0, static () => { });
        queue.Add(broken);
        queue.Add(next);
        Governors.WaitFor(() => next.HasStarted && queue.Pending == 0);
        Assert.Equal(("Two.", "One."), (queue.LastFailure?.Message, queue.LastFailure?.InnerException?.Message));
    }

    [Fact]
    public void What_waits_when_the_queue_is_closed_is_dropped()
    {
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var queue = new BackgroundQueue("test", 1, TimeSpan.FromMinutes(10));
        queue.Add(new Job(1, () =>
        {
            started.Set();
            release.Wait();
        }));
        started.Wait();
        var late = new Job(1, static () => { });
        queue.Add(late);
        queue.Close();
        queue.Add(late);
        release.Set();
        Governors.WaitFor(() => queue.Threads == 0);
        Assert.Equal((false, 0), (late.HasStarted, queue.Pending));
    }

    private sealed class Job(long urgency, Action action, Func<long>? findUrgency = null) : BackgroundJob
    {
        private bool _hasStarted;

        internal bool HasStarted => Volatile.Read(ref _hasStarted);

        internal Action<Exception> OnFailure { get; init; } = static _ => { };

        internal override long Urgency => findUrgency?.Invoke() ?? urgency;

        internal override void Execute()
        {
            Volatile.Write(ref _hasStarted, true);
            action();
        }

        internal override void Fail(Exception exception) => OnFailure(exception);
    }
}

using System.Collections.Concurrent;
using Xunit;
using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>Keeps the tests that a discovery finds.</summary>
internal sealed class CaseCollector : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly ConcurrentQueue<ITestCase> _cases = [];
    private readonly ManualResetEventSlim _finished = new();

    /// <summary>Waits for the end of the discovery and gives what it found.</summary>
    public IReadOnlyList<ITestCase> WaitForAll()
    {
        _finished.Wait();
        return [.. _cases];
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestCaseDiscoveryMessage found)
        {
            _cases.Enqueue(found.TestCase);
        }
        else if (message is IDiscoveryCompleteMessage)
        {
            _finished.Set();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _finished.Dispose();
}

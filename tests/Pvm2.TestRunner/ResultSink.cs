using System.Globalization;
using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>Counts results as xunit reports them, and writes a line for each failure for each slow test, and for each class that is done.</summary>
internal sealed class ResultSink(TextWriter output) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private const int SlowSeconds = 3;

    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _finished = new();
    private Totals _totals;

    /// <summary>Waits for the end of the run and gives its results.</summary>
    public Totals WaitForAll()
    {
        _finished.Wait();
        lock (_lock)
        {
            return _totals;
        }
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case ITestPassed passed:
                    _totals += new Totals(1, 0, 0);
                    WriteIfSlow(passed);
                    break;
                case ITestSkipped:
                    _totals += new Totals(0, 0, 1);
                    break;
                case ITestFailed failed:
                    Fail(failed.Test.DisplayName, failed);
                    break;
                case ITestClassFinished finished:
                    WriteClass(finished);
                    break;

                // Every other message with a failure: a fixture, a clean-up, xunit itself.
                case IFailureInformation failure:
                    Fail(message.GetType().Name, failure);
                    break;
            }
        }

        if (message is ITestAssemblyFinished)
        {
            _finished.Set();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _finished.Dispose();

    private void Fail(string what, IFailureInformation failure)
    {
        _totals += new Totals(0, 1, 0);
        var text = new StringBuilder($"FAILED {what}");
        for (var i = 0; i < failure.Messages.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {failure.ExceptionTypes[i]}: {failure.Messages[i]}\n{failure.StackTraces[i]}");
        }

        output.WriteLine(text);
    }

    private void WriteIfSlow(ITestPassed passed)
    {
        if (passed.ExecutionTime >= SlowSeconds)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed.ExecutionTime,7:F1} s, slow:     {passed.Test.DisplayName}"));
        }
    }

    private void WriteClass(ITestClassFinished finished) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{finished.ExecutionTime,7:F1} s {finished.TestsRun,5} tests  {finished.TestClass.Class.Name}"));
}

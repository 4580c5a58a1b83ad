using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>What xunit is told for a discovery and for a run: names and values.</summary>
internal sealed class FrameworkOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Every row of a theory becomes a test, and so many threads run tests at a time.</summary>
    public static FrameworkOptions ForThreads(int threads)
    {
        var options = new FrameworkOptions();
        options.SetValue<bool?>("xunit.discovery.PreEnumerateTheories", true);
        options.SetValue<int?>("xunit.execution.MaxParallelThreads", threads);
        return options;
    }

    /// <inheritdoc/>
    public TValue? GetValue<TValue>(string name) =>
        _values.TryGetValue(name, out var value) && value is TValue typed ? typed : default;

    /// <inheritdoc/>
    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}

using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Pvm2.TestRunner;

/// <summary>The tests of an assembly: finds them, and runs those that it is told to.</summary>
internal sealed class TestAssembly : IDisposable
{
    private readonly NullMessageSink _diagnostics = new();
    private readonly XunitTestFramework _framework;
    private readonly Assembly _assembly;

    /// <summary>Takes an assembly that is loaded.</summary>
    public TestAssembly(Assembly assembly)
    {
        _assembly = assembly;
        _framework = new XunitTestFramework(_diagnostics);
    }

    /// <summary>Finds all tests.</summary>
    public IReadOnlyList<ITestCase> FindTests(FrameworkOptions options)
    {
        using var discoverer = _framework.GetDiscoverer(Reflector.Wrap(_assembly));
        using var found = new CaseCollector();
        discoverer.Find(includeSourceInformation: false, found, options);
        return found.WaitForAll();
    }

    /// <summary>Runs tests to their end.</summary>
    /// <param name="tests">What <see cref="FindTests"/> found, or a part of it.</param>
    /// <param name="output">Where failures and times go.</param>
    /// <param name="options">What xunit is told.</param>
    public Totals Run(IReadOnlyCollection<ITestCase> tests, TextWriter output, FrameworkOptions options)
    {
        if (tests.Count == 0)
        {
            return default;
        }

        using var executor = _framework.GetExecutor(_assembly.GetName());
        using var results = new ResultSink(output);
        executor.RunTests(tests, results, options);
        return results.WaitForAll();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _framework.Dispose();
        _diagnostics.Dispose();
    }
}

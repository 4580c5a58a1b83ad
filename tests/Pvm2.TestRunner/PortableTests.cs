using System.Reflection;
using Pvm2.TestKit;
using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>Which tests run on a processor that is not the build's: all of the assemblies here but what is left out.</summary>
internal static class PortableTests
{
    private static readonly Exclusion[] Exclusions =
    [
        new("Pvm2.Guests.Tests.Benchmarks.BenchmarkProcessTests.", "starts a program for the build's processor"),
    ];

    /// <summary>The assemblies with tests that need no other program.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(Runtime.Tests.Scenarios.ScenarioTests).Assembly,
        typeof(IlJit.Tests.Dynamic.OptimizationTests).Assembly,
        typeof(Guests.Tests.GuestGasTests).Assembly,
        typeof(Linker.Tests.ProgramTests).Assembly,
    ];

    /// <summary>The tests that are not left out. Those that look for tools say so by their attribute.</summary>
    public static IEnumerable<ITestCase> Choose(IEnumerable<ITestCase> tests) =>
        tests.Where(test => !NeedsTool(test) && !Exclusions.Any(left => FullName(test).StartsWith(left.Name, StringComparison.Ordinal)));

    /// <summary>Namespace, class and method.</summary>
    public static string FullName(ITestCase test) => $"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}";

    private static bool NeedsTool(ITestCase test) =>
        test.TestMethod.Method.GetCustomAttributes(typeof(ToolFactAttribute)).Any();
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Pvm2.TestKit.Snapshots;
using Pvm2.TestKit.Tiers;
using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>
/// Runs the tests that need nothing but a processor and the repository's files, in this process.
/// <code>
/// Pvm2.TestRunner [--check-host] [TEXT ...]
/// Pvm2.TestRunner --write-snapshots FOLDER SEED COUNT STRIDE
/// Pvm2.TestRunner --finish-snapshots FOLDER STRIDE
/// </code>
/// With texts, only tests whose full names contain one of them. Snapshots that one process has written, another one
/// finishes, on another processor (<see cref="SnapshotExchange"/>). Ends with a number of <see cref="ExitCode"/>.
/// </summary>
internal static class Program
{
    private const string CheckHostOption = "--check-host";
    private const string WriteOption = "--write-snapshots";
    private const string FinishOption = "--finish-snapshots";

    private static int Main(string[] arguments)
    {
        var problems = HostCheck.Problems().ToList();
        problems.ForEach(Console.Error.WriteLine);
        if (problems.Count != 0)
        {
            return ExitCode.UnfitHost;
        }

        if (arguments is [CheckHostOption])
        {
            Console.WriteLine("This host is fit.");
            return ExitCode.Passed;
        }

        if (arguments is [var verb and (WriteOption or FinishOption), .. var rest])
        {
            return Exchange(verb, rest);
        }

        Console.WriteLine(
            $"{RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}, "
            + $"tiers: {string.Join(", ", TierRegistry.Names)}");
        return RunTests(arguments);
    }

    private static int Exchange(string verb, string[] arguments)
    {
        var exchange = new SnapshotExchange(arguments[0], int.Parse(arguments[^1], CultureInfo.InvariantCulture));
        var problems = verb == WriteOption
            ? exchange.Write(
                ulong.Parse(arguments[1], CultureInfo.InvariantCulture),
                int.Parse(arguments[2], CultureInfo.InvariantCulture),
                Console.Out)
            : exchange.Finish(Console.Out);
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        return problems.Count == 0 ? ExitCode.Passed : ExitCode.Failed;
    }

    private static int RunTests(string[] texts)
    {
        var time = Stopwatch.StartNew();
        var options = FrameworkOptions.ForThreads(Environment.ProcessorCount);
        var assemblies = PortableTests.Assemblies.Select(assembly => new TestAssembly(assembly)).ToList();
        var tests = assemblies.ConvertAll(assembly => assembly.FindTests(options));
        if (ReportUnusedExclusions(tests.SelectMany(found => found).ToList()))
        {
            return ExitCode.Failed;
        }

        // One after another, as tests may count on no others beside their assembly's.
        var totals = default(Totals);
        foreach (var (assembly, found) in assemblies.Zip(tests))
        {
            totals += assembly.Run(Choose(found, texts), Console.Out, options);
            assembly.Dispose();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.Elapsed.TotalSeconds:F0} s in all"));
        Console.WriteLine($"{RuntimeInformation.ProcessArchitecture} tests: {totals}");
        return (totals.Failed, totals.Passed) switch
        {
            ( > 0, _) => ExitCode.Failed,
            (_, 0) => ExitCode.NothingRan,
            _ => ExitCode.Passed,
        };
    }

    private static List<ITestCase> Choose(IEnumerable<ITestCase> tests, string[] texts) =>
        [.. PortableTests.Choose(tests).Where(test =>
            texts.Length == 0 || texts.Any(text => PortableTests.FullName(test).Contains(text, StringComparison.Ordinal)))];

    /// <summary>What leaves no test out names something that is called otherwise now.</summary>
    private static bool ReportUnusedExclusions(List<ITestCase> tests)
    {
        var unused = PortableTests.Exclusions.Where(left => !tests.Any(left.Covers)).ToList();
        unused.ForEach(left => Console.Error.WriteLine($"No test is called {left.Name}, which is left out."));
        return unused.Count != 0;
    }
}

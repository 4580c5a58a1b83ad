using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestRunner;

/// <summary>
/// Runs the tests that need nothing but a processor and the repository's files, in this process.
/// <code>Pvm2.TestRunner [--check-host] [TEXT ...]</code>
/// With texts, only tests whose full names contain one of them. Ends with 0 if all passed, 1 if not, 2 if none ran,
/// and 3 if results could not be believed on this host.
/// </summary>
internal static class Program
{
    private const string CheckHostOption = "--check-host";

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

        return RunTests(arguments);
    }

    private static int RunTests(string[] texts)
    {
        Console.WriteLine(
            $"{RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}, "
            + $"tiers: {string.Join(", ", TierRegistry.Names)}");
        var time = Stopwatch.StartNew();
        var totals = default(Totals);
        foreach (var assembly in PortableTests.Assemblies)
        {
            totals += RunAssembly(assembly, texts);
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

    private static Totals RunAssembly(System.Reflection.Assembly assembly, string[] texts)
    {
        var options = FrameworkOptions.ForThreads(Environment.ProcessorCount);
        using var tests = new TestAssembly(assembly);
        var chosen = PortableTests.Choose(tests.FindTests(options))
            .Where(test => texts.Length == 0 || texts.Any(text => PortableTests.FullName(test).Contains(text, StringComparison.Ordinal)))
            .ToList();
        return chosen.Count == 0 ? default : tests.Run(chosen, Console.Out, options);
    }
}

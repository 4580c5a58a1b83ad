using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Tiers;

namespace Pvm2.Fuzz.Workers;

/// <summary>
/// The side that runs cases: a process of its own, so that one that crashes or hangs takes nothing else along. It reads
/// names of cases, a line each, and answers each with a line.
/// </summary>
internal static class Worker
{
    /// <summary>Answers until there are no more lines.</summary>
    internal static int Run(TextReader input, TextWriter output, bool givesAll)
    {
        var tiers = new FuzzTiers(TierRegistry.All, givesAll);
        var runner = new CaseRunner(tiers);
        var maker = new FindingMaker(TierRegistry.All, tiers);
        var reached = new bool[CaseFeatures.Count];
        while (input.ReadLine() is { } line)
        {
            if (!CaseName.TryParse(line, out var name))
            {
                return ExitCode.Usage;
            }

            var report = runner.Run(name);
            var finding = report.Difference.Length == 0
                ? null
                : maker.Make(name, report, () => Tell(output, new WorkerMessage { IsBusy = true }));
            Tell(output, new WorkerMessage
            {
                Counts = report.Counts,
                NewFeatures = [.. report.Features.Where(feature => !reached[feature])],
                Finding = finding,
            });
            foreach (var feature in report.Features)
            {
                reached[feature] = true;
            }
        }

        return ExitCode.Agreement;
    }

    private static void Tell(TextWriter output, WorkerMessage message)
    {
        output.WriteLine(message.ToLine());
        output.Flush();
    }
}

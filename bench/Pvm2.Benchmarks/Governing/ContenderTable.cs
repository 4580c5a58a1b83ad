using System.Diagnostics;
using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Reports;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Governing;

/// <summary>
/// The ten workloads under several policies, of which the last one is compared with the best of the others. Each round
/// measures every workload and policy once, so that a slow moment of the machine hits all of them.
/// </summary>
/// <param name="contenders">The policies.</param>
/// <param name="rounds">Samples of each figure.</param>
internal sealed class ContenderTable(Contender[] contenders, int rounds)
{
    /// <summary>What the choice may cost: more than this and it was a wrong one.</summary>
    private const double Bar = 1.1;

    private const int WarmUpRounds = 40;

    /// <summary>A sample takes as long as this, if a run does not take longer.</summary>
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan SteadyTime = TimeSpan.FromMilliseconds(250);

    /// <summary>From the bytes of a container to the result.</summary>
    public void WriteCold(TextWriter output, string title)
    {
        var cases = Cases((workload, contender) => () => Cold(workload, contender));
        Write(output, title, cases);
    }

    /// <summary>Another run in an instance that has run for a quarter of a second and more.</summary>
    public void WriteSteady(TextWriter output, string title)
    {
        var instances = new List<Instance>();
        var cases = Cases((workload, contender) =>
        {
            var instance = Module.Create(workload.Program).CreateInstance(OptionsOf(contender));
            instances.Add(instance);
            HeatUp(workload, contender, instance);
            return () => Run(workload, instance);
        });
        Write(output, title, cases);
        instances.ForEach(instance => instance.Dispose());
    }

    private static InstanceOptions OptionsOf(Contender contender) => new()
    {
        Tier = contender.Tier,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    };

    private static void HeatUp(Workload workload, Contender contender, Instance instance)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < SteadyTime)
        {
            _ = Run(workload, instance);
        }

        contender.Settle();
        _ = Run(workload, instance);
        contender.Settle();
    }

    private static double Run(Workload workload, Instance instance) =>
        Repeat(() => workload.Check(instance, instance.Call()), int.MaxValue);

    private static double Cold(Workload workload, Contender contender)
    {
        const int MostInstances = 16;
        var options = OptionsOf(contender);
        var instances = new List<Instance>();
        var time = Repeat(
            () =>
            {
                var instance = Module.Load(workload.Container).CreateInstance(options);
                instances.Add(instance);
                workload.Check(instance, instance.Call());
            },
            MostInstances);
        instances.ForEach(instance => instance.Dispose());
        contender.Settle();
        return time;
    }

    /// <summary>Mean microseconds of an action, done again and again until there is a sample.</summary>
    private static double Repeat(Action action, int most)
    {
        var start = Stopwatch.GetTimestamp();
        for (var done = 1; ; done++)
        {
            action();
            var time = Stopwatch.GetElapsedTime(start);
            if (time >= SampleTime || done == most)
            {
                return time.TotalMicroseconds / done;
            }
        }
    }

    private (Workload Workload, Func<double>[] Actions)[] Cases(Func<Workload, Contender, Func<double>> make) =>
        [.. Workload.LoadTen().Select(workload =>
            (workload, contenders.Select(contender => make(workload, contender)).ToArray()))];

    private void Write(TextWriter output, string title, (Workload Workload, Func<double>[] Actions)[] cases)
    {
        var samples = cases.Select(one => one.Actions.Select(_ => new double[rounds]).ToArray()).ToArray();
        var random = new Random(rounds);
        int[] order = [.. Enumerable.Range(0, contenders.Length)];
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            Garbage.Collect();
            for (var row = 0; row < cases.Length; row++)
            {
                // In another order each time, so that nobody always runs after the same one.
                random.Shuffle(order);
                foreach (var which in order)
                {
                    var time = cases[row].Actions[which]();
                    if (round >= 0)
                    {
                        samples[row][which][round] = time;
                    }
                }
            }
        }

        Report(output, title, [.. cases.Select(one => one.Workload.Name)], samples);
    }

    private void Report(TextWriter output, string title, string[] names, double[][][] samples)
    {
        output.WriteLine();
        output.WriteLine($"### {title}");
        output.WriteLine();
        var table = new TextTable(["workload", .. contenders.Select(contender => contender.Name + " µs"), "best", "auto/best", "p10–p90"]);
        var ratios = new List<double>();
        for (var row = 0; row < names.Length; row++)
        {
            var medians = samples[row].Select(Statistics.Median).ToArray();
            var best = Array.IndexOf(medians, medians[..^1].Min());
            var ratio = Summary.Of([.. samples[row][^1].Zip(samples[row][best], static (auto, other) => auto / other)]);
            ratios.Add(ratio.Median);
            table.Add(
                [names[row], .. medians.Select(median => TextTable.Figure(median)), contenders[best].Name, TextTable.Figure(ratio.Median), TextTable.Spread(ratio)]);
        }

        table.WriteTo(output);
        output.WriteLine();
        output.WriteLine(
            $"- auto / best fixed tier: geometric mean {TextTable.Figure(Statistics.GeometricMean(ratios))}, worst "
            + $"{TextTable.Figure(ratios.Max())}; bar {TextTable.Figure(Bar)}: {(ratios.Max() <= Bar ? "met" : "MISSED")}");
    }
}

using System.Globalization;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Asks the host of our tiers how a long guest warms up in each.</summary>
/// <param name="plan">Says how many runs.</param>
/// <param name="host">The program that holds our tiers.</param>
/// <param name="view">Who watches.</param>
internal sealed class WarmUpCurves(Plan plan, string host, IProgressView view)
{
    /// <summary>The tiers whose warm-up is shown.</summary>
    public static IReadOnlyList<string> Engines { get; } =
    [
        "native/pipeline", "auto/pipeline", "auto-promoting/pipeline", "auto-portable/pipeline", "il/pipeline", "interpreter/pipeline",
    ];

    /// <summary>Measures.</summary>
    /// <param name="present">The engines that take part, of which those that are <see cref="Engines"/> are measured.</param>
    /// <exception cref="EngineException">The host fails.</exception>
    public IReadOnlyList<WarmUpPoint> Run(IReadOnlyList<EngineDefinition> present)
    {
        string[] engines = [.. Engines.Where(id => present.Any(engine => engine.Id == id))];
        view.Begin("measuring how tiers warm up", engines.Length);
        return [.. engines.SelectMany(Measure)];
    }

    private List<WarmUpPoint> Measure(string engine)
    {
        using var process = CommandStart.Start(
            CommandStart.Prepare([host, "curve", engine, plan.WarmUpRounds.ToString(CultureInfo.InvariantCulture)]));
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        view.Step();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(engine, line))]
            : throw new EngineException($"the warm-up of {engine} ends with code {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }

    /// <summary>Reads the end of an interval and the speeds in it, of which a dash is none.</summary>
    private static WarmUpPoint Parse(string engine, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = [.. words.Where(word => word != "-").Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return new WarmUpPoint(engine, numbers[0], numbers[1..]);
    }
}

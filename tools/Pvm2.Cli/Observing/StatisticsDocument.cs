using System.Globalization;
using Pvm2.Cli.Output;

namespace Pvm2.Cli.Observing;

/// <summary>The statistics of a run in its JSON document. The fields are described in docs/cli.md.</summary>
internal sealed record StatisticsDocument(
    double ReadMilliseconds,
    double LoadMilliseconds,
    double? PriceMilliseconds,
    double CompileMilliseconds,
    double InstanceMilliseconds,
    double RunMilliseconds,
    int Blocks,
    int BlocksCompiled,
    long Instructions,
    long InstructionsCompiled,
    string CodeForm,
    long? CodeBytes,
    long? Promotions,
    double? GasPerSecond,
    ulong MemoryBytes,
    long? MemoryPagesTouched,
    IReadOnlyDictionary<string, ulong> HostCalls,
    ulong ManagementCalls)
{
    /// <summary>Describes statistics.</summary>
    public static StatisticsDocument Of(RunStatistics statistics) => new(
        Milliseconds(statistics.Read),
        Milliseconds(statistics.Load),
        statistics.Price is { } price ? Milliseconds(price) : null,
        Milliseconds(statistics.Compile),
        Milliseconds(statistics.Instance),
        Milliseconds(statistics.Run),
        statistics.Blocks,
        statistics.Code.Blocks,
        statistics.Instructions,
        statistics.Code.Instructions,
        statistics.Code.Form.Word(),
        statistics.Code.Bytes == 0 ? null : statistics.Code.Bytes,
        statistics.Promotions,
        statistics.GasPerSecond is { } speed ? Math.Round(speed) : null,
        statistics.Memory,
        statistics.TouchedPages,
        CountsOf(statistics),
        statistics.HostCalls.ManagementCalls);

    private static OrderedDictionary<string, ulong> CountsOf(RunStatistics statistics)
    {
        var counts = new OrderedDictionary<string, ulong>();
        foreach (var (selector, calls) in statistics.HostCalls.Selectors)
        {
            counts.Add(selector.ToString(CultureInfo.InvariantCulture), calls);
        }

        return counts;
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}

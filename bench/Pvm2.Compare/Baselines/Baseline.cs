using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Baselines;

/// <summary>Ratios that later versions are held against: <c>bench/baseline.json</c>.</summary>
/// <param name="Machine">Where and when they were measured.</param>
/// <param name="Entries">The ratios.</param>
public sealed record Baseline(Machine Machine, IReadOnlyList<BaselineEntry> Entries)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <summary>Makes a new baseline of results.</summary>
    /// <exception cref="InvalidDataException">A ratio was not measured in enough rounds, and a baseline without it would let it go unwatched.</exception>
    public static Baseline From(ResultFile results)
    {
        var measured = new Measured(results);
        var bareMetal = measured.BareMetal ?? throw new InvalidDataException("There is no baseline without bare metal.");
        return new(results.Machine, [.. WatchedRatio.All(bareMetal.Id).Select(ratio => EntryOf(measured, ratio))]);
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Baseline>(File.ReadAllText(path), Options)
                ?? throw new InvalidDataException($"{path} holds no baseline.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} holds no baseline: {e.Message}", e);
        }
    }

    /// <summary>Holds results against a baseline.</summary>
    public static BaselineComparison Compare(ResultFile results, Baseline baseline)
    {
        var measured = new Measured(results);
        var isElsewhere = baseline.Machine.Processor != results.Machine.Processor;
        return new(
            [.. baseline.Entries.Select(entry => new BaselineRow(entry, RatioOf(measured, entry.Above, entry.Below)))],
            isElsewhere ? [$"The baseline is of another processor, {baseline.Machine.Processor}: ratios travel, but not exactly."] : []);
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options) + "\n");

    private static BaselineEntry EntryOf(Measured measured, WatchedRatio ratio)
    {
        var now = RatioOf(measured, ratio.Above, ratio.Below);
        return now.IsSure
            ? new(ratio.Name, ratio.Above, ratio.Below, now.Median, ratio.Tolerance)
            : throw new InvalidDataException($"There is no baseline without {ratio.Name}, measured in six rounds or more.");
    }

    private static MedianInterval RatioOf(Measured measured, BaselineOperand above, BaselineOperand below) =>
        MedianInterval.OfRatios(SamplesOf(measured, above), SamplesOf(measured, below));

    private static IReadOnlyList<double> SamplesOf(Measured measured, BaselineOperand operand) =>
        measured.Samples(operand.Kind, operand.Engine, operand.Workload);
}

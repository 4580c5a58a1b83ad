using System.Text.Json;
using System.Text.Json.Serialization;
using Pvm2.Measuring;

namespace Pvm2.Compare.Results;

/// <summary>Everything that a run measured: <c>results.json</c>. Tables and charts are made of it and of nothing else.</summary>
/// <param name="Schema">The form of this file: <see cref="CurrentSchema"/>.</param>
/// <param name="Machine">Where and when.</param>
/// <param name="Settings">How.</param>
/// <param name="Workloads">Names of the workloads, in the order of the tables.</param>
/// <param name="Engines">Every engine that was asked for, in the order of the tables.</param>
/// <param name="Series">Samples of the four kinds.</param>
/// <param name="Sizes">Bytes of each workload.</param>
/// <param name="Compiling">Compiling against program size.</param>
/// <param name="Instances">Many instances at once.</param>
/// <param name="WarmUp">How a long guest warms up.</param>
/// <param name="Remarks">What a reader must know: what was left out, and why.</param>
public sealed record ResultFile(
    int Schema,
    Machine Machine,
    Settings Settings,
    IReadOnlyList<string> Workloads,
    IReadOnlyList<EngineFacts> Engines,
    IReadOnlyList<Series> Series,
    IReadOnlyList<SizeFacts> Sizes,
    IReadOnlyList<CompilePoint> Compiling,
    IReadOnlyList<InstancePoint> Instances,
    IReadOnlyList<WarmUpPoint> WarmUp,
    IReadOnlyList<string> Remarks)
{
    /// <summary>The form of files that this program writes, and the only one that it reads.</summary>
    public const int CurrentSchema = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = false,
    };

    /// <summary>Whether anything was timed.</summary>
    [JsonIgnore]
    public bool HasFigures => Series.Count + Compiling.Count + Instances.Count + WarmUp.Count > 0;

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none, or one of another form.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Options);
            return file?.Schema == CurrentSchema
                ? file
                : throw new InvalidDataException($"{path} holds no results of this version of the comparison.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} holds no results of the comparison: {e.Message}", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options));
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Reports;

/// <summary>What a run of the program measured, as a file.</summary>
/// <param name="Machine">Where and when.</param>
/// <param name="IsOptimised">Whether all of ours was compiled as it is released.</param>
/// <param name="WarmUp">How the warm-up went.</param>
/// <param name="Programs">The programs.</param>
/// <param name="Series">All samples, in nanoseconds.</param>
internal sealed record ResultFile(
    Machine Machine, bool IsOptimised, WarmUpResult WarmUp, IReadOnlyList<ProgramFacts> Programs, IReadOnlyList<Series> Series)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Options)
                ?? throw new InvalidDataException($"{path} holds no results.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} holds no results of this program.", e);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options));
}

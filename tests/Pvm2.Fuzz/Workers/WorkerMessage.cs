using System.Text.Json;
using System.Text.Json.Serialization;
using Pvm2.TestKit.Fuzzing;

namespace Pvm2.Fuzz.Workers;

/// <summary>What a worker tells: one line of JSON.</summary>
internal sealed record WorkerMessage
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>The counts of a case that has ended.</summary>
    public CaseCounts? Counts { get; init; }

    /// <summary>What the case reached and no other of this worker did.</summary>
    public IReadOnlyList<int> NewFeatures { get; init; } = [];

    /// <summary>What was found in it.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Whether the worker only says that it is still making a finding small.</summary>
    public bool IsBusy { get; init; }

    /// <summary>The message as a line.</summary>
    internal string ToLine() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads a line; null where it is no message.</summary>
    internal static WorkerMessage? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerMessage>(line, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

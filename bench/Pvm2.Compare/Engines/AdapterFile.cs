using System.Text.Json;
using System.Text.Json.Serialization;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Engines;

/// <summary>Reads the description of an engine that somebody adds; <c>docs/engine-adapters.md</c> has its members.</summary>
public static class AdapterFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It describes no engine; the message names the file and the reason.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EngineDefinition Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path} describes no engine: {e.Message}", e);
        }
    }

    private static EngineDefinition Parse(string text)
    {
        var engine = JsonSerializer.Deserialize<Description>(text, Options) ?? throw new InvalidDataException("it is empty.");
        var kinds = engine.Kinds is { Count: > 0 } named ? named : throw new InvalidDataException("\"kinds\" is empty.");
        IReadOnlyList<string> once = engine.Once ?? [];
        if (Missing(engine) is { } missing)
        {
            throw new InvalidDataException($"\"{missing}\" is missing.");
        }

        if (IsNoCommand(engine.Serve!) || (once.Count > 0 && IsNoCommand(once)))
        {
            throw new InvalidDataException("\"serve\" and \"once\" begin with a program, and have no null in them.");
        }

        if (kinds.Contains(Kind.Process) && once.Count == 0)
        {
            throw new InvalidDataException("\"kinds\" has \"process\", which needs \"once\".");
        }

        return new EngineDefinition(
            engine.Id!,
            engine.Title ?? engine.Id!,
            engine.Family ?? engine.Id!,
            engine.Metering!,
            engine.Program!,
            engine.Serve!,
            once,
            [.. kinds.Distinct()],
            engine.Hint ?? string.Empty,
            IsAdapter: true);
    }

    private static bool IsNoCommand(IReadOnlyList<string?> command) => string.IsNullOrWhiteSpace(command[0]) || command.Contains(null);

    private static string? Missing(Description engine) =>
        string.IsNullOrWhiteSpace(engine.Id) ? "id"
        : string.IsNullOrWhiteSpace(engine.Metering) ? "metering"
        : string.IsNullOrWhiteSpace(engine.Program) ? "program"
        : engine.Serve is not { Count: > 0 } ? "serve"
        : null;

    private sealed record Description(
        string? Id,
        string? Title,
        string? Family,
        string? Metering,
        string? Program,
        IReadOnlyList<string>? Serve,
        IReadOnlyList<string>? Once,
        IReadOnlyList<Kind>? Kinds,
        string? Hint);
}

using System.Text.Json;
using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>Writes a profile in the file format of speedscope: calls as they open and close, with gas for time.</summary>
internal static class SpeedscopeFile
{
    private const string Schema = "https://www.speedscope.app/file-format-schema.json";

    /// <summary>Writes the file.</summary>
    public static void Write(GasProfile profile, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream);
        var layout = StackLayout.Of(profile);
        var frames = new Dictionary<string, int>();
        writer.WriteStartObject();
        writer.WriteString("$schema", Schema);
        writer.WriteString("exporter", "pvm2");
        WriteFrames(writer, profile, frames);
        writer.WriteStartArray("profiles");
        writer.WriteStartObject();
        writer.WriteString("type", "evented");
        writer.WriteString("name", "gas");
        writer.WriteString("unit", "none");
        writer.WriteNumber("startValue", 0);
        writer.WriteNumber("endValue", layout.Gas);
        writer.WriteStartArray("events");
        foreach (var (isOpening, stack, gas) in layout.Walk())
        {
            writer.WriteStartObject();
            writer.WriteString("type", isOpening ? "O" : "C");
            writer.WriteNumber("frame", frames[profile.Stacks[stack].Name]);
            writer.WriteNumber("at", gas);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFrames(Utf8JsonWriter writer, GasProfile profile, Dictionary<string, int> frames)
    {
        writer.WriteStartObject("shared");
        writer.WriteStartArray("frames");
        foreach (var stack in profile.Stacks)
        {
            if (frames.TryAdd(stack.Name, frames.Count))
            {
                writer.WriteStartObject();
                writer.WriteString("name", ProfileName.Of(stack.Name));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

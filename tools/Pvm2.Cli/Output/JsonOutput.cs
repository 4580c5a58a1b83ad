using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pvm2.Cli.Output;

/// <summary>Writes the one JSON document of a command to standard output.</summary>
internal static class JsonOutput
{
    // No HTML page will hold this, so quotes and signs of comparison may stay readable.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document and a line end.</summary>
    public static void Write<T>(CommandOutput output, T document, JsonTypeInfo<T> type)
    {
        output.Text.Flush();
        using (var writer = new Utf8JsonWriter(output.OutputStream, Options))
        {
            JsonSerializer.Serialize(writer, document, type);
        }

        output.OutputStream.WriteByte((byte)'\n');
    }
}

using System.Text;
using System.Text.Json;

namespace Pvm2.Cli.Tests.Kit;

/// <summary>What a process left behind.</summary>
/// <param name="Code">Its exit code; 128 and the signal's number where a signal ended it.</param>
internal sealed record ProcessResult(int Code, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Standard output as one JSON document; throws where it is anything else.</summary>
    public JsonElement Json => JsonDocument.Parse(OutputBytes).RootElement;
}

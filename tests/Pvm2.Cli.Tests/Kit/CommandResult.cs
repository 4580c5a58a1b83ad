using System.Text;
using System.Text.Json;

namespace Pvm2.Cli.Tests.Kit;

/// <summary>What a command line left behind.</summary>
internal sealed record CommandResult(ExitCode Code, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Standard output as one JSON document; throws where it is anything else.</summary>
    public JsonElement Json => JsonDocument.Parse(OutputBytes).RootElement;
}

using System.Text.Json;

namespace Pvm2.Cli.Output;

/// <summary>Writes values of our small sets as the words of the command line and of JSON.</summary>
internal static class EnumWords
{
    /// <summary>The name in camel case: <c>static</c>, <c>pageFault</c>.</summary>
    public static string Word<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

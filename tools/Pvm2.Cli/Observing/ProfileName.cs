using Pvm2.Cli.Output;

namespace Pvm2.Cli.Observing;

/// <summary>Names of guest functions as they stand in reports and files.</summary>
internal static class ProfileName
{
    private const int MaxLength = 120;

    /// <summary>The name with control and formatting characters escaped, cut off where it is long.</summary>
    public static string Of(string name)
    {
        var shown = PrintableText.Of(name.Length > MaxLength ? name[..MaxLength] : name);

        // The cut may go through a pair of surrogates, of which half is no text.
        return name.Length <= MaxLength ? shown : (char.IsHighSurrogate(shown[^1]) ? shown[..^1] : shown) + "…";
    }
}

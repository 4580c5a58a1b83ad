using System.Diagnostics.CodeAnalysis;
using Pvm2.Guests.Generator.Model;

namespace Pvm2.Guests.Generator.Manifests;

/// <summary>Reads manifests.</summary>
internal static class ManifestReader
{
    private const string Header = "pvm2-manifest 1";
    private const int HashDigits = 64;

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">Any text; null where there is no such file.</param>
    /// <param name="manifest">What it says.</param>
    /// <param name="error">Why it is no manifest.</param>
    public static bool TryRead(
        string? text, [NotNullWhen(true)] out Manifest? manifest, [NotNullWhen(false)] out string? error)
    {
        manifest = null;
        if (text is null)
        {
            error = "it cannot be read";
            return false;
        }

        // Names may hold whatever else is taken for the end of a line, so lines end with this character alone.
        var lines = text.Split('\n');
        error = lines[0] == Header ? null : $"it does not start with '{Header}'";
        var sha256 = string.Empty;
        var entries = new List<string>();
        for (var i = 1; i < lines.Length && error is null; i++)
        {
            error = ReadLine(lines[i], ref sha256, entries) ? null : $"line {i + 1} means nothing";
        }

        error ??= FindGap(sha256, entries);
        manifest = error is null ? new Manifest(sha256, new EquatableArray<string>(entries)) : null;
        return manifest is not null;
    }

    private static bool ReadLine(string line, ref string sha256, List<string> entries)
    {
        var space = line.IndexOf(' ');
        if (space < 0)
        {
            return line.Length == 0;
        }

        var value = line.Substring(space + 1);
        switch (line.Substring(0, space))
        {
            case "sha256" when sha256.Length == 0 && IsHash(value):
                sha256 = value;
                return true;
            case "entry" when value.Length != 0:
                entries.Add(value);
                return true;
            default:
                return false;
        }
    }

    private static string? FindGap(string sha256, List<string> entries) =>
        sha256.Length == 0 ? "it has no hash" : entries.Count == 0 ? "it has no entry point" : null;

    private static bool IsHash(string text) =>
        text.Length == HashDigits && text.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}

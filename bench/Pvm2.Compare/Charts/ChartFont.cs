using ScottPlot;

namespace Pvm2.Compare.Charts;

/// <summary>The font of all text in charts. It is read from its file, so that charts look alike whatever else is installed.</summary>
internal static class ChartFont
{
    /// <summary>What to tell a reader where there is no font.</summary>
    public const string Missing =
        "There are no charts: no font was found to write on them with. The Debian package fonts-dejavu-core has one.";

    /// <summary>What charts call the font.</summary>
    public const string Name = "chart";

    private static readonly string[] Files =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/usr/share/fonts/TTF/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/System/Library/Fonts/Supplemental/Arial.ttf",
        @"C:\Windows\Fonts\arial.ttf",
    ];

    private static readonly Lazy<bool> Loaded = new(() => Load(Files));

    /// <summary>Makes the font known to the library that draws, once.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryLoad() => Loaded.Value;

    private static bool Load(IEnumerable<string> files)
    {
        if (files.FirstOrDefault(File.Exists) is not { } file)
        {
            return false;
        }

        Fonts.AddFontFile(Name, file);
        return true;
    }
}

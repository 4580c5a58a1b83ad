namespace Pvm2.Cli.Output;

/// <summary>
/// The few colours of the reports, as ANSI sequences, or as nothing where the output is no terminal. The reports of
/// <c>run</c> use this and not Spectre.Console, whose loading would be a good part of a short run.
/// </summary>
internal sealed class Palette
{
    private readonly bool _coloured;

    private Palette(bool coloured) => _coloured = coloured;

    /// <summary>Leaves every text as it is.</summary>
    public static Palette Plain { get; } = new(false);

    /// <summary>Colours with ANSI sequences.</summary>
    public static Palette Ansi { get; } = new(true);

    /// <summary>Whether texts are coloured at all.</summary>
    public bool IsColoured => _coloured;

    /// <summary>The one figure that matters.</summary>
    public string Strong(string text) => Paint("1", text);

    /// <summary>Labels and what is of little weight.</summary>
    public string Faint(string text) => Paint("2", text);

    /// <summary>A good end.</summary>
    public string Good(string text) => Paint("32", text);

    /// <summary>An end that can be gone on from.</summary>
    public string Caution(string text) => Paint("33", text);

    /// <summary>A bad end or an error.</summary>
    public string Bad(string text) => Paint("31", text);

    private string Paint(string code, string text) => _coloured ? $"\e[{code}m{text}\e[0m" : text;
}

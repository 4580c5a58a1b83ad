using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;
using ScottPlot;

namespace Pvm2.Compare.Charts;

/// <summary>Gives each family of engines a colour, and each engine of a family a shape.</summary>
internal static class Palette
{
    /// <summary>Okabe and Ito's colours, which people with any kind of colour vision can tell apart.</summary>
    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#000000", "#CC79A7", "#E69F00", "#56B4E9"];

    private static readonly string[] KnownFamilies = [EngineRoles.OurFamily, "wasmtime", "qemu", "bare"];

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledSquare,
        MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown,
        MarkerShape.OpenCircle,
        MarkerShape.OpenTriangleUp,
        MarkerShape.OpenSquare,
        MarkerShape.OpenDiamond,
        MarkerShape.OpenTriangleDown,
        MarkerShape.Eks,
    ];

    /// <summary>Of the lines of a family's first engines, and of those that get the same shapes again.</summary>
    private static readonly LinePattern[] Lines = [LinePattern.Solid, LinePattern.Dashed];

    /// <summary>The styles of all engines. Those of the main tables choose first, and then those that only have a warm-up.</summary>
    public static IReadOnlyDictionary<string, EngineStyle> Of(ResultFile results)
    {
        string[] families = [.. KnownFamilies.Union(results.Engines.Select(engine => engine.Family))];
        return results.Engines.Where(EngineRoles.IsMain).Select(Identify)
            .Concat(FormsOfTiers(results))
            .Concat(results.Engines.Where(EngineRoles.IsGasVariant).Select(Identify))
            .GroupBy(engine => engine.Family, engine => engine.Id)
            .SelectMany(family => StylesOf(family, Color.FromHex(Colors[Array.IndexOf(families, family.Key) % Colors.Length])))
            .ToDictionary();
    }

    /// <summary>
    /// Styles for lines in one chart, which cross and so need colours of their own: the first line of a family has its
    /// family's colour, and further ones have colours that no family in the chart has, while there are any.
    /// </summary>
    /// <param name="engines">The engines of the lines, in the order in which they choose.</param>
    public static IReadOnlyDictionary<string, EngineStyle> OfLines(ResultFile results, IReadOnlyList<string> engines)
    {
        var styles = Of(results);
        var taken = engines.Select(engine => styles[engine].Color).ToHashSet();
        var free = new Queue<Color>(Colors.Select(Color.FromHex).Where(color => !taken.Contains(color)));
        var seen = new HashSet<Color>();
        return engines.ToDictionary(
            engine => engine,
            engine => seen.Add(styles[engine].Color) || free.Count == 0
                ? styles[engine]
                : styles[engine] with { Color = free.Dequeue() });
    }

    private static (string Id, string Family) Identify(EngineFacts engine) => (engine.Id, engine.Family);

    /// <summary>Forms of our tiers of which nothing but the warm-up is measured.</summary>
    private static IEnumerable<(string Id, string Family)> FormsOfTiers(ResultFile results) => results.WarmUp
        .Select(point => point.Engine)
        .Except(results.Engines.Select(engine => engine.Id))
        .Select(id => (id, EngineRoles.OurFamily));

    private static IEnumerable<KeyValuePair<string, EngineStyle>> StylesOf(IEnumerable<string> family, Color color) =>
        family.Select((id, index) => KeyValuePair.Create(
            id, new EngineStyle(color, Shapes[index % Shapes.Length], Lines[index / Shapes.Length % Lines.Length])));
}

using Pvm2.Compare.Engines;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Reports;

/// <summary>What part an engine has in the report.</summary>
internal static class EngineRoles
{
    /// <summary>The engine that the comparison is about.</summary>
    public const string Ours = BuiltInEngines.Reference;

    /// <summary>The engine that it is held against.</summary>
    public const string Peer = BuiltInEngines.Rival;

    /// <summary>The family of our tiers.</summary>
    public const string OurFamily = "pvm2";

    private const string Pipeline = "pipeline";

    private const string NoGas = "none";

    /// <summary>The workloads compiled for the machine itself; none where they were not measured.</summary>
    public static EngineFacts? FindBareMetal(ResultFile results) =>
        results.Engines.FirstOrDefault(engine => engine is { Family: "bare", Program: "x64", Skipped: "" });

    /// <summary>What an engine is called: its id where it has no title, as a form of a tier of which nothing but the warm-up is measured.</summary>
    public static string TitleOf(ResultFile results, string id) =>
        results.Engines.FirstOrDefault(engine => engine.Id == id)?.Title ?? id;

    /// <summary>Whether an engine is in the first table and the charts: all but our tiers with another gas model than the pipeline model.</summary>
    public static bool IsMain(EngineFacts engine) => engine.Family != OurFamily || engine.Metering == Pipeline;

    /// <summary>Our tier with another gas model or without one, whose cost is in a table of its own.</summary>
    public static bool IsGasVariant(EngineFacts engine) => !IsMain(engine);

    /// <summary>The same tier without gas; none where it was not asked for, and of engines that are not ours.</summary>
    public static EngineFacts? FindWithoutGas(ResultFile results, EngineFacts engine) =>
        engine.Family == OurFamily && engine.Metering != NoGas
            ? results.Engines.FirstOrDefault(other =>
                other.Family == OurFamily && other.Metering == NoGas && TierOf(other) == TierOf(engine) && other.Program == engine.Program)
            : null;

    private static string TierOf(EngineFacts engine) => engine.Id.Split('/')[0];
}

using Pvm2.Runtime.Gas;

namespace Pvm2.Compare.Host.Engines;

/// <summary>All engines of this program, by their ids: a family and who meters, such as <c>native/pipeline</c>.</summary>
internal static class EngineCatalog
{
    private const string Pipeline = "pipeline";
    private const string Flat = "flat";
    private const string None = "none";
    private const string Fuel = "fuel";

    private static readonly string[] Models = [Pipeline, Flat, None];

    /// <summary>The ids of all engines, whether they can run here or not.</summary>
    public static IEnumerable<string> Ids
    {
        get
        {
            foreach (var family in Families)
            {
                foreach (var metering in family.Meterings)
                {
                    yield return $"{family.Name}/{metering}";
                }
            }
        }
    }

    private static IEnumerable<EngineFamily> Families
    {
        get
        {
            foreach (var family in TierFamily.All)
            {
                yield return new EngineFamily(
                    family.Name,
                    family.IsInEveryModel ? Models : [Pipeline],
                    metering => new TierEngine(family.Create(), ModelOf(metering), family.CodeTime));
            }

            yield return new EngineFamily("saved", Models, static model => new SavedEngine(ModelOf(model), isMachineCode: false));
            yield return new EngineFamily("saved-r2r", Models, static model => new SavedEngine(ModelOf(model), isMachineCode: true));
            yield return new EngineFamily("wasmtime", [None, Fuel], static metering => new WasmtimeEngine(metering == Fuel));
        }
    }

    /// <summary>Finds the way to make an engine, of which nothing is loaded before it is made.</summary>
    /// <returns>
    /// What makes the engine, or throws where it cannot run on this machine; null where there is no engine of this id.
    /// </returns>
    public static Func<IServedEngine>? Find(string id)
    {
        if (Split(id) is not var (name, metering))
        {
            return null;
        }

        foreach (var family in Families)
        {
            if (family.Name == name && Array.IndexOf(family.Meterings, metering) >= 0)
            {
                return () => family.Create(metering);
            }
        }

        return null;
    }

    /// <summary>Finds the tier and the gas model that an engine is of.</summary>
    /// <returns>Both; null where there is no engine of this id, or it is not made of a tier.</returns>
    public static (TierFamily Tier, GasModel Model)? FindTier(string id) =>
        Split(id) is var (name, metering) && Find(id) is not null && TierFamily.Find(name) is { } tier ? (tier, ModelOf(metering)) : null;

    private static (string Name, string Metering)? Split(string id)
    {
        var stroke = id.IndexOf('/', StringComparison.Ordinal);
        return stroke < 0 ? null : (id[..stroke], id[(stroke + 1)..]);
    }

    private static GasModel ModelOf(string name) => name switch
    {
        Pipeline => GasModel.Pipeline,
        Flat => GasModel.Flat,
        None => GasModel.None,
        _ => throw new ArgumentException($"There is no gas model '{name}'.", nameof(name)),
    };
}

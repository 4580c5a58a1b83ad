using Pvm2.Engine;
using Pvm2.IlJit;
using Pvm2.IlJit.Aot;
using Pvm2.IlJit.Tiering;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Compare.Host.Engines;

/// <summary>A tier of ours, or several under one governor, by the name that engines have for it.</summary>
/// <param name="Name">The name, which is an engine's id up to the stroke.</param>
/// <param name="CodeTime">When it makes code.</param>
/// <param name="IsInEveryModel">Whether it is there for every gas model, or for the default one only.</param>
/// <param name="Create">
/// Makes the tier; nothing of another tier is loaded for that. Whoever gets it disposes of it where it can be.
/// </param>
internal sealed record TierFamily(string Name, CodeTime CodeTime, bool IsInEveryModel, Func<ITier> Create)
{
    /// <summary>All of them, the simplest first.</summary>
    public static TierFamily[] All { get; } =
    [
        new("interpreter", CodeTime.BeforeRuns, true, static () => InterpreterTier.Instance),
        new("native", CodeTime.BeforeRuns, true, static () => new NativeTier()),
        new("il", CodeTime.BeforeRuns, true, static () => new IlTier(new IlTierOptions { Mode = CompilationMode.Eager })),
        new("aot", CodeTime.AtFirstCall, true, static () => new AotTier()),
        new("il-background", CodeTime.WhileRunning, false, static () => new IlTier()),
        new("auto", CodeTime.WhileRunning, false, static () => Govern(HostTiers.Choose())),
        new("auto-portable", CodeTime.WhileRunning, false, static () => Govern(HostTiers.Choose(null, HostTiers.NativeName))),
        new("auto-promoting", CodeTime.WhileRunning, false, static () => Govern(HostTiers.Choose(TierPolicy.Thresholds()))),
    ];

    /// <summary>Finds one by its name; null where there is none of it.</summary>
    public static TierFamily? Find(string name) => Array.Find(All, family => family.Name == name);

    /// <summary>A governor that shares no code between modules of equal programs: otherwise nothing would be cold twice.</summary>
    private static Governor Govern(TierChoice choice) => new(choice.Options with { SharesCode = false });
}

using Pvm2.IlJit;
using Pvm2.IlJit.Aot;
using Pvm2.IlJit.Tiering;
using Pvm2.Native;
using Pvm2.Native.Compilation;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// The tiers that every vector, scenario and random program runs on. A new tier is one line here; what it needs
/// beyond that is no affair of the tests.
/// </summary>
public static class TierRegistry
{
    // Compiles whatever is executed, while it is executed. One for all tests, since each has a thread.
    private static readonly IlTier Background = new(new IlTierOptions { HotGas = 1 });

    private static readonly TierEntry[] Known =
    [
        new("interpreter", static () => InterpreterTier.Instance, IsSupported: true),
        new("il", static () => Sampled(new IlTier(new IlTierOptions { Mode = CompilationMode.Eager }), 200, 8), IsSupported: true),
        new("il-background", static () => Sampled(Background, 12, 16), IsSupported: true),
        new("aot", static () => Sampled(new AotTier(), 8, 25), IsSupported: true),
        new("native", static () => new NativeTier(), NativeTier.Support.IsSupported),
        new("governor", CreateGovernor, IsSupported: true),
        new("native-baseline", static () => new NativeTier(default(CompilerOptions)), NativeTier.Support.IsSupported),
    ];

    /// <summary>The tier that the others are compared with.</summary>
    public static TierEntry Reference => Known[0];

    /// <summary>All tiers that can run on this machine.</summary>
    public static IReadOnlyList<TierEntry> All { get; } = [.. Known.Where(tier => tier.IsSupported)];

    /// <summary>The names of all tiers, by which tests refer to them.</summary>
    public static IEnumerable<string> Names => All.Select(tier => tier.Name);

    /// <summary>Makes the tier of a name.</summary>
    public static ITier Create(string name) => All.Single(tier => tier.Name == name).Create();

    /// <summary>
    /// Begins every module in the interpreter and goes on in the best tier after some blocks: in the midst of loops, of
    /// runs and between two of them, and each time at the same place.
    /// </summary>
    private static ITier CreateGovernor()
    {
        const ulong HotGas = 200;
        ITier best = NativeTier.Support.IsSupported ? new NativeTier() : new IlTier(new IlTierOptions { Mode = CompilationMode.Eager });
        var governor = new Governor(new GovernorOptions
        {
            Stages = [new GovernorStage(InterpreterTier.Instance), new GovernorStage(best) { HotGas = HotGas }],
            MaxThreads = 0,
        });
        return NativeTier.Support.IsSupported ? governor : Sampled(governor, 200, 8);
    }

    /// <summary>
    /// A tier for which a module takes milliseconds: thousands of random ones are too many. Tests make a tier each, so
    /// all scenarios run on it.
    /// </summary>
    private static SampledTier Sampled(ITier tier, int first, int stride) => new(tier, InterpreterTier.Instance, first, stride);
}

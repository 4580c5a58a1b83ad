using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// The tiers that every vector, scenario and random program runs on. A new tier is one line here; what it needs
/// beyond that is no affair of the tests.
/// </summary>
public static class TierRegistry
{
    /// <summary>The tier that the others are compared with.</summary>
    public static TierEntry Reference { get; } = new("interpreter", () => InterpreterTier.Instance);

    /// <summary>All tiers.</summary>
    public static IReadOnlyList<TierEntry> All { get; } = [Reference, .. NativeWhereSupported()];

    /// <summary>The names of all tiers, by which tests refer to them.</summary>
    public static IEnumerable<string> Names => All.Select(entry => entry.Name);

    /// <summary>Makes the tier of a name.</summary>
    public static ITier Create(string name) => All.Single(entry => entry.Name == name).Create();

    private static IEnumerable<TierEntry> NativeWhereSupported() =>
        NativeTier.Support.IsSupported ? [new TierEntry("native", () => new NativeTier())] : [];
}

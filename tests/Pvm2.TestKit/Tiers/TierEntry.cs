using Pvm2.Runtime.Execution;

namespace Pvm2.TestKit.Tiers;

/// <summary>A tier that tests run on.</summary>
/// <param name="Name">How tests and their reports call it.</param>
/// <param name="Create">Makes it, or gives the one that there is.</param>
/// <param name="IsSupported">Whether it can run on this machine.</param>
public sealed record TierEntry(string Name, Func<ITier> Create, bool IsSupported);

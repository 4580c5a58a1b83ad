using Pvm2.Engine;
using Pvm2.IlJit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;

namespace Pvm2.Benchmarks.Governing;

/// <summary>A policy that is measured beside others. Code is not shared: otherwise nothing would be cold.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Governor _governor;
    private readonly IlTier[] _portable;

    private Contender(string name, TierChoice choice)
    {
        Name = name;
        _governor = new Governor(choice.Options with { SharesCode = false });
        _portable = [.. choice.Options.Stages.Select(stage => stage.Tier).OfType<IlTier>()];
        Tier = choice.Policy.FixedTier is null ? _governor : choice.Options.Stages[0].Tier;
    }

    /// <summary>What tables call it.</summary>
    public string Name { get; }

    /// <summary>What instances run on: the governor, or of a fixed policy the tier itself.</summary>
    public ITier Tier { get; }

    /// <summary>One of the fixed tiers.</summary>
    public static Contender Fixed(string name) => new(name, HostTiers.Choose(TierPolicy.Fixed(name)));

    /// <summary>What is chosen on a machine that lacks some tiers.</summary>
    public static Contender Automatic(params ReadOnlySpan<string> without) => new("auto", HostTiers.Choose(null, without));

    /// <summary>Waits until nothing is compiled in the background, which others would suffer from.</summary>
    public void Settle()
    {
        while (_governor.Statistics.Pending != 0 || _portable.Any(tier => tier.Statistics.Pending != 0))
        {
            Thread.Sleep(1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _governor.Dispose();
}

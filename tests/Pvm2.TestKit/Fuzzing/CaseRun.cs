using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>The runs of one case. After a difference no other run is made.</summary>
internal sealed class CaseRun
{
    // A block of average instructions costs so many times more in the pipeline model.
    private const ulong PipelineGas = 6;
    private const int MaxSmallRefills = 250;
    private const int MaxMarks = 150;

    private readonly Module _module;
    private readonly IGuest _guest;
    private readonly IReadOnlyList<(TierEntry Entry, ITier Tier)> _fast;
    private readonly IReadOnlyList<(TierEntry Entry, ITier Tier)> _all;
    private readonly BlockCountingTier _counting;
    private readonly SwitchingTier _switching;
    private readonly TierEntry _countingEntry;
    private readonly TierEntry _switchingEntry;
    private readonly string _onlyTier;
    private string _difference = string.Empty;
    private string _tier = string.Empty;
    private GasPlan? _plan;
    private Exit _end;
    private Exit _firstEnd;
    private ulong _used;
    private ulong _instructions;
    private int _runs;
    private int _stops;

    internal CaseRun(Module module, IGuest guest, FuzzTiers tiers, CaseName name, string onlyTier)
    {
        _module = module;
        _guest = guest;
        _onlyTier = onlyTier;
        _fast = tiers.Fast();
        IReadOnlyList<(TierEntry Entry, ITier Tier)> whole = [.. _fast, .. tiers.Slow(name)];
        _counting = new BlockCountingTier(_fast[0].Tier);
        _switching = new SwitchingTier([.. whole.Select(tier => tier.Tier)], name.RunSeed);
        _countingEntry = new TierEntry(_counting.Name, () => _counting, IsSupported: true);
        _switchingEntry = new TierEntry(_switching.Name, () => _switching, IsSupported: true);
        _all = [.. whole, (_switchingEntry, _switching)];
    }

    /// <summary>By the flat model, up to an amount of gas: what every other run is planned by.</summary>
    internal void RunFlat(ulong gas, bool withAllTiers)
    {
        Run(GasPlan.Limited(GasModel.Flat, gas), [.. withAllTiers ? _all : _fast, (_countingEntry, _counting)], FuzzHost.Default);
        _instructions = _used;
        _firstEnd = _end;
    }

    /// <summary>Without metering, where that has an end.</summary>
    internal void RunUnmetered(Prng random)
    {
        if (_firstEnd.IsResumable)
        {
            // It would have none, or a very late one. Then the code is only made and metered code runs.
            RunMetered(GasModel.Pipeline, _instructions, random);
            return;
        }

        var plan = GasPlan.Unlimited(GasModel.None);
        Run(plan, _all, FuzzHost.Default);
        Run(plan, _all, random.Chance(1, 4) ? InterruptingHost.Create() : FuzzHost.Default);
    }

    /// <summary>With all the gas it needs, and then in two of the ways to get less or to be stopped.</summary>
    internal void RunMetered(GasModel model, ulong gas, Prng random)
    {
        if (model != GasModel.Flat)
        {
            Run(GasPlan.Limited(model, gas * PipelineGas), _all, FuzzHost.Default);
        }

        var used = Math.Max(1, _used);
        for (var i = 0; i < 2; i++)
        {
            switch (random.Below(6))
            {
                case 0:
                    Run(GasPlan.Limited(model, used - (random.Next() % 2)), _all, FuzzHost.Default);
                    break;
                case 1:
                    Run(GasPlan.Limited(model, random.Next() % used), _all, FuzzHost.Default);
                    break;
                case 2 or 3:
                    Run(GasPlan.Steps(model, random.Next(), goesOn: false, MaxSmallRefills), _all, FuzzHost.Default);
                    break;
                case 4:
                    Run(GasPlan.Limited(model, used), _all, WithMarks(random.Next(), used));
                    break;
                default:
                    Run(GasPlan.Limited(model, used), _all, InterruptingHost.Create());
                    break;
            }
        }
    }

    /// <summary>What came of it.</summary>
    internal CaseReport Report()
    {
        var entered = _counting.Entered;
        var counts = new CaseCounts
        {
            Blocks = _module.Blocks.Count,
            BlocksExecuted = entered.Count(executed => executed),
            BlockExecutions = _counting.Executions,
            InstructionsExecuted = (long)_instructions,
            End = _firstEnd.Reason,
            Runs = _runs,
            Stops = _stops,
            Switches = _switching.Switches,
            Tiers = [.. _all.Select(tier => tier.Entry.Name)],
        };
        return new CaseReport(_difference, _tier, _plan, counts, CaseFeatures.Of(_module, entered, _firstEnd));
    }

    /// <summary>Pauses at amounts of gas that have nothing to do with blocks.</summary>
    private static LockstepHost WithMarks(ulong seed, ulong used)
    {
        var bits = 64 - System.Numerics.BitOperations.LeadingZeroCount(used / 16);
        return FuzzHost.Default with
        {
            Limits = stop => stop < MaxMarks
                ? new RunLimits { Gas = new Prng(seed + (ulong)stop).Next() & ((2UL << bits) - 1) }
                : default,
        };
    }

    private void Run(GasPlan plan, IReadOnlyList<(TierEntry Entry, ITier Tier)> tiers, LockstepHost host)
    {
        if (_difference.Length != 0)
        {
            return;
        }

        var compared = _onlyTier.Length == 0
            ? tiers
            : [tiers[0], .. tiers.Skip(1).Where(tier => tier.Entry.Name == _onlyTier)];
        using var run = new LockstepRun(_module, compared, plan, _guest.Start, host);
        _difference = run.FindDifference();
        _tier = run.DifferentTier;
        _plan = _difference.Length == 0 ? null : plan;
        _end = run.LastExit;
        _used = run.GasUsed ?? 0;
        _runs++;
        _stops += run.Stops + 1;
    }
}

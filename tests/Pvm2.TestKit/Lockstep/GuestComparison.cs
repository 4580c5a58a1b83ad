using System.Globalization;
using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Lockstep;

/// <summary>
/// Runs random guests on several tiers under every gas model, with all gas, with just enough, with just too little and
/// in small steps, and explains the first difference.
/// </summary>
/// <param name="tiers">The tiers; the first is right.</param>
public sealed class GuestComparison(IReadOnlyList<TierEntry> tiers)
{
    // What ends takes a small part of it, what does not is stopped by it.
    private const ulong MaxGas = 100_000_000;
    private const ulong MaxGasOfEndless = 20_000;

    private readonly (TierEntry Entry, ITier Tier)[] _tiers = [.. tiers.Select(tier => (tier, tier.Create()))];

    /// <summary>Instructions in the guests so far.</summary>
    public long Generated { get; private set; }

    /// <summary>Instructions that one run of each guest so far executed, those of blocks not run to their end included.</summary>
    public long Executed { get; private set; }

    /// <summary>How often runs stopped for want of gas.</summary>
    public long Pauses { get; private set; }

    /// <summary>How often the guests ended in which way.</summary>
    public Dictionary<ExitReason, int> Ends { get; } = [];

    /// <summary>Compares one guest on all tiers.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="report">The seed, what differs, and the listing of a guest made small; empty if nothing does.</param>
    /// <returns>Whether all tiers agree.</returns>
    public bool Agrees(IGuest guest, out string report)
    {
        ArgumentNullException.ThrowIfNull(guest);
        if (!Module.TryCreate(guest.Program, out var module, out var error))
        {
            report = $"Seed {guest.Seed} ({guest.Program.Profile}) is not accepted: {error}";
            return false;
        }

        var difference = FindDifference(guest, module, isCounted: true);
        report = difference.Length == 0 ? string.Empty : Explain(guest, difference);
        return difference.Length == 0;
    }

    private string FindDifference(IGuest guest, Module module, bool isCounted)
    {
        var gas = guest.AlwaysEnds ? MaxGas : MaxGasOfEndless;
        var difference = Run(guest, module, GasPlan.Limited(GasModel.Flat, gas), out var flat);
        if (isCounted)
        {
            Count(guest, flat);
        }

        if (difference.Length != 0)
        {
            return difference;
        }

        difference = Run(guest, module, GasPlan.Limited(GasModel.Pipeline, gas), out var pipeline);
        foreach (var plan in MorePlans(guest, pipeline).TakeWhile(_ => difference.Length == 0))
        {
            difference = Run(guest, module, plan, out var result);
            Pauses += isCounted ? result.Pauses : 0;
        }

        return difference;
    }

    private string FindDifference(IGuest smaller) =>
        Module.TryCreate(smaller.Program, out var module, out _) ? FindDifference(smaller, module, isCounted: false) : string.Empty;

    /// <summary>No metering for what ends; just enough, just too little, too little somewhere, and a little at a time.</summary>
    private static IEnumerable<GasPlan> MorePlans(IGuest guest, RunResult pipeline)
    {
        if (!pipeline.Exit.IsResumable)
        {
            yield return GasPlan.Unlimited(GasModel.None);
        }

        var random = new Prng(guest.Seed);
        yield return GasPlan.Limited(GasModel.Pipeline, Math.Max(1, pipeline.Used) - random.Next() % 2);
        yield return GasPlan.Limited(GasModel.Pipeline, random.Next() % Math.Max(1, pipeline.Used));
        yield return GasPlan.Steps(random.Chance(1, 2) ? GasModel.Flat : GasModel.Pipeline, random.Next(), goesOn: guest.AlwaysEnds);
    }

    private void Count(IGuest guest, RunResult flat)
    {
        Generated += guest.Instructions;
        Executed += (long)flat.Used;
        Ends[flat.Exit.Reason] = Ends.GetValueOrDefault(flat.Exit.Reason) + 1;
    }

    private string Run(IGuest guest, Module module, GasPlan plan, out RunResult result)
    {
        using var run = new LockstepRun(module, _tiers, plan, guest.Start);
        var difference = run.FindDifference();
        result = new RunResult(run.GasUsed ?? 0, run.LastExit, run.Pauses);
        return difference;
    }

    private string Explain(IGuest guest, string difference)
    {
        var small = guest.Shrink(candidate => FindDifference(candidate).Length != 0);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {guest.Seed} ({guest.Program.Profile}): {difference}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Made smaller: {FindDifference(small)}");
        CodeText.Append(text, small.Program.Code.Span, guest.Program.Profile);
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {RegisterNames.AbiName(register),-4} 0x{guest.Registers[register]:x}");
        }

        foreach (var region in guest.Program.Regions.Where(region => region.Size != 0))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  region 0x{region.Address:x} to 0x{region.End:x}");
        }

        return text.ToString();
    }

    /// <summary>What came of the first tier's run.</summary>
    private readonly record struct RunResult(ulong Used, Exit Exit, int Pauses);
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>Runs a case on all its tiers, in several ways, and compares everything at every stop.</summary>
/// <param name="tiers">The tiers.</param>
public sealed class CaseRunner(FuzzTiers tiers)
{
    // Gas of the flat model: what most guests need for their end, and what the others are left with.
    private const ulong GasPerInstruction = 150;
    private const ulong MinGas = 100_000;

    /// <summary>Makes the guest of a case and runs it.</summary>
    /// <param name="name">The case.</param>
    /// <param name="onlyTier">The one tier to compare with the first; all if empty.</param>
    public CaseReport Run(CaseName name, string onlyTier = "") => Run(name, GuestFactory.Make(name.Seed), onlyTier);

    /// <summary>Runs a guest as a case says.</summary>
    /// <param name="name">The case; all that is random depends on it, but for what threads do.</param>
    /// <param name="guest">Its guest, or what was left of it.</param>
    /// <param name="onlyTier">The one tier to compare with the first; all if empty.</param>
    public CaseReport Run(CaseName name, IGuest guest, string onlyTier)
    {
        ArgumentNullException.ThrowIfNull(guest);
        if (!Module.TryCreate(guest.Program, out var module, out var error))
        {
            return new CaseReport($"the program is not accepted: {error}", string.Empty, null, new CaseCounts(), []);
        }

        var random = new Prng(name.RunSeed);
        var model = random.Below(5) switch
        {
            0 => GasModel.Flat,
            1 => GasModel.None,
            _ => GasModel.Pipeline,
        };
        var run = new CaseRun(module, guest, tiers, name, onlyTier);
        var gas = Math.Max(MinGas, (ulong)guest.Instructions * GasPerInstruction);
        run.RunFlat(gas, withAllTiers: model == GasModel.Flat);
        if (model == GasModel.None)
        {
            run.RunUnmetered(random);
        }
        else
        {
            run.RunMetered(model, gas, random);
        }

        return run.Report();
    }
}

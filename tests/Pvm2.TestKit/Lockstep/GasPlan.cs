using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Lockstep;

/// <summary>How much gas a run gets, and when.</summary>
public sealed class GasPlan
{
    private const int MaxSmallRefills = 1500;
    private const ulong Plenty = 1_000_000;

    private readonly Func<Func<ulong, int, ulong>> _makeRefill;
    private readonly Func<ulong, int, ulong> _refill;

    private GasPlan(string name, GasModel model, ulong initial, Func<Func<ulong, int, ulong>> makeRefill)
    {
        Name = name;
        Model = model;
        Initial = initial;
        _makeRefill = makeRefill;
        _refill = makeRefill();
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>How blocks get their price.</summary>
    public GasModel Model { get; }

    /// <summary>Gas at the start.</summary>
    public ulong Initial { get; }

    /// <summary>All the gas there can be.</summary>
    public static GasPlan Unlimited(GasModel model) => new($"{model}", model, ulong.MaxValue, NoRefill);

    /// <summary>So much and no more; the run ends where it is out of it.</summary>
    public static GasPlan Limited(GasModel model, ulong gas) => new($"{model}, {gas} gas", model, gas, NoRefill);

    /// <summary>None at first and little at a time: any small amount, or just enough for a block, or one less and then one.</summary>
    /// <param name="model">How blocks get their price.</param>
    /// <param name="seed">Where the amounts come from.</param>
    /// <param name="goesOn">Whether there is plenty after many small amounts; else the run is left there.</param>
    /// <param name="maxSmallRefills">How many small amounts are many.</param>
    public static GasPlan Steps(GasModel model, ulong seed, bool goesOn, int maxSmallRefills = MaxSmallRefills)
    {
        var mode = new Prng(seed).Below(4);
        return new GasPlan($"{model}, steps of kind {mode}", model, 0, () =>
        {
            var random = new Prng(seed);
            random.Next();
            return (missing, count) => count > maxSmallRefills
                ? (goesOn ? Plenty : 0)
                : mode switch
                {
                    0 => (ulong)random.Between(1, 60),
                    1 => missing,
                    2 => Math.Max(1, missing - 1),
                    _ => (ulong)random.Between(1, 2000),
                };
        });
    }

    /// <summary>The same plan at its start.</summary>
    public GasPlan Again() => new(Name, Model, Initial, _makeRefill);

    private static Func<ulong, int, ulong> NoRefill() => static (_, _) => 0;

    /// <summary>Gas to add to a run that is out of it; 0 to leave it there.</summary>
    /// <param name="paused">The instance.</param>
    /// <param name="count">How often it was asked before.</param>
    internal ulong Refill(Instance paused, int count)
    {
        var block = paused.Module.Blocks.IndexOf(paused.ProgramCounter - paused.Module.Program.CodeBase);
        var price = block < 0 ? 0 : paused.Module.Price(Model)[block];
        return _refill(Math.Max(1, price - Math.Min(price, paused.GasLeft ?? 0)), count);
    }
}

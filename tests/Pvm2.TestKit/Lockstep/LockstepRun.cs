using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Lockstep;

/// <summary>
/// Instances of one module, one a tier, that run side by side: whenever they stop, exit, registers, gas and memory are
/// compared with those of the first, and the host answers all alike.
/// </summary>
public sealed class LockstepRun : IDisposable
{
    private const int PausesPerMemoryCheck = 32;

    private readonly IReadOnlyList<TierEntry> _tiers;
    private readonly List<Instance> _instances = [];
    private readonly GasPlan _plan;
    private readonly LockstepHost _host;

    /// <summary>Makes the instances.</summary>
    /// <param name="module">What to run.</param>
    /// <param name="tiers">The tiers; the first is right. Each is made once by the caller.</param>
    /// <param name="plan">The gas.</param>
    /// <param name="start">Starts an instance.</param>
    /// <param name="host">What answers the guests and limits their runs; the default one if omitted.</param>
    public LockstepRun(
        Module module,
        IReadOnlyList<(TierEntry Entry, ITier Tier)> tiers,
        GasPlan plan,
        Action<Instance> start,
        LockstepHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(start);
        _plan = plan;
        _host = host ?? LockstepHost.Default;
        _tiers = [.. tiers.Select(tier => tier.Entry)];
        foreach (var (_, tier) in tiers)
        {
            var options = new InstanceOptions
            {
                Tier = tier,
                GasModel = plan.Model,
                Gas = plan.Initial,
                HostCalls = _host.Calls,
            };
            var instance = module.CreateInstance(options);
            _instances.Add(instance);
            start(instance);
        }
    }

    /// <summary>How often the runs stopped for want of gas.</summary>
    public int Pauses { get; private set; }

    /// <summary>How often the runs stopped, the end included.</summary>
    public int Stops { get; private set; }

    /// <summary>The tier that differed from the first; empty if none did.</summary>
    public string DifferentTier { get; private set; } = string.Empty;

    /// <summary>How the first run ended, or where it was left.</summary>
    public Exit LastExit { get; private set; }

    /// <summary>Gas that the first run used; null where nothing is metered.</summary>
    public ulong? GasUsed => _instances[0].GasUsed;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var instance in _instances)
        {
            instance.Dispose();
        }
    }

    /// <summary>Runs to the end, or until the plan gives no more gas.</summary>
    /// <returns>What differs, with the tier on which it does; empty if nothing does.</returns>
    public string FindDifference()
    {
        for (; Stops < _host.MaxStops; Stops++)
        {
            var limits = _host.Limits(Stops);
            LastExit = _host.Run(_instances[0], limits);
            var isLast = !LastExit.IsResumable;
            var isPause = LastExit.Reason == ExitReason.OutOfGas;
            var gas = isPause ? _plan.Refill(_instances[0], Pauses) : 0;
            Pauses += isPause ? 1 : 0;
            isLast |= isPause && gas == 0;
            var withMemory = isLast || !isPause || Pauses % PausesPerMemoryCheck == 0;
            for (var i = 1; i < _instances.Count; i++)
            {
                var difference = Compare(_instances[i], _host.Run(_instances[i], limits), withMemory);
                if (difference.Length != 0)
                {
                    DifferentTier = _tiers[i].Name;
                    return $"{_tiers[i].Name} ({_plan.Name}), exit {Stops}: {difference}";
                }
            }

            if (isLast)
            {
                break;
            }

            foreach (var instance in _instances)
            {
                Answer(instance, gas);
            }
        }

        return string.Empty;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gas, or the host's answer: anything, so long as it is the same each time.</summary>
    private void Answer(Instance instance, ulong gas)
    {
        if (LastExit.Reason == ExitReason.OutOfGas)
        {
            instance.AddGas(gas);
        }
        else
        {
            _host.Answer(instance, LastExit);
        }
    }

    private string Compare(Instance actual, Exit exit, bool withMemory)
    {
        var expected = _instances[0];
        if (exit != LastExit)
        {
            return $"{exit}, not {LastExit}";
        }

        if ((actual.ProgramCounter, actual.GasLeft, actual.GasUsed) != (expected.ProgramCounter, expected.GasLeft, expected.GasUsed))
        {
            return Text($"at 0x{actual.ProgramCounter:x} with {actual.GasLeft} gas left, {actual.GasUsed} used, ")
                + Text($"not at 0x{expected.ProgramCounter:x} with {expected.GasLeft} left, {expected.GasUsed} used");
        }

        for (var register = 0; register < RegisterNames.Count; register++)
        {
            if (actual.Registers[register] != expected.Registers[register])
            {
                var name = RegisterNames.AbiName(register);
                return Text($"{name} is 0x{actual.Registers[register]:x}, not 0x{expected.Registers[register]:x}");
            }
        }

        return withMemory ? CompareMemory(actual) : string.Empty;
    }

    private string CompareMemory(Instance actual)
    {
        foreach (var run in actual.Module.Memory.Readable)
        {
            if (!_instances[0].Memory.TryGetSpan(run.Start, run.Length, out var expected)
                || !actual.Memory.TryGetSpan(run.Start, run.Length, out var found))
            {
                return Text($"the memory at 0x{run.Start:x} cannot be read");
            }

            var at = expected.CommonPrefixLength(found);
            if (at != expected.Length)
            {
                return Text($"[0x{run.Start + (uint)at:x}] is {found[at]:x2}, not {expected[at]:x2}");
            }
        }

        return string.Empty;
    }
}

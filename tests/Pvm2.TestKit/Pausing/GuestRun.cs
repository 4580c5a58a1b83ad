using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Pausing;

/// <summary>Runs a random guest to its end, answering its host calls, with gas at once or in tiny amounts.</summary>
/// <param name="guest">The guest.</param>
/// <param name="module">Its module.</param>
/// <param name="tier">The tier.</param>
public sealed class GuestRun(IGuest guest, Module module, ITier tier)
{
    private const int A0 = 10;
    private const int MaxExits = 5_000;

    /// <summary>Runs with all the gas that there can be.</summary>
    public GuestTrace RunThrough(GasModel model)
    {
        using var instance = Create(model, ulong.MaxValue);
        return Run(instance, static (_, _) => []);
    }

    /// <summary>Starts without gas and adds a little whenever it is out of gas, so that it stops at many a block.</summary>
    /// <param name="seed">Where the amounts come from.</param>
    public GuestTrace RunInSteps(ulong seed)
    {
        var random = new Prng(seed);
        using var instance = Create(GasModel.Pipeline, 0);
        return Run(instance, (paused, number) =>
        {
            var problems = CheckPause(paused, isThorough: number % 16 == 0);
            paused.AddGas((ulong)random.Between(1, 60));
            return problems;
        });
    }

    private Instance Create(GasModel model, ulong gas)
    {
        var instance = module.CreateInstance(new InstanceOptions { Tier = tier, GasModel = model, Gas = gas });
        guest.Start(instance);
        return instance;
    }

    private static GuestTrace Run(Instance instance, Func<Instance, int, IEnumerable<string>> refill)
    {
        var exits = new List<Exit>();
        var states = new List<MachineState>();
        var problems = new List<string>();
        var pauses = 0;
        while (true)
        {
            var exit = instance.Run();
            if (exit.Reason == ExitReason.OutOfGas)
            {
                problems.AddRange(refill(instance, pauses++));
                continue;
            }

            exits.Add(exit);
            states.Add(MachineState.Of(instance));
            if (!exit.IsResumable || exits.Count == MaxExits)
            {
                return new GuestTrace(exits, states, pauses, problems);
            }

            // The host's answer: anything, so long as it is the same each time.
            instance.Registers[A0] += (ulong)exit.Selector;
        }
    }

    /// <summary>Out of gas means: before a block that costs more than is left, and nothing happens until there is more.</summary>
    private List<string> CheckPause(Instance instance, bool isThorough)
    {
        var block = module.Blocks.IndexOf(instance.ProgramCounter - module.Program.CodeBase);
        if (block < 0)
        {
            return [$"paused at 0x{instance.ProgramCounter:x}, where no block starts"];
        }

        var price = module.Price(GasModel.Pipeline)[block];
        if (instance.GasLeft >= price)
        {
            return [$"paused at 0x{instance.ProgramCounter:x} with {instance.GasLeft} gas for a block that costs {price}"];
        }

        if (!isThorough)
        {
            return [];
        }

        var before = MachineState.Of(instance);
        var exit = instance.Run();
        var differences = before.Differences(MachineState.Of(instance)).ToList();
        return exit.Reason == ExitReason.OutOfGas ? differences : [$"went on without more gas: {exit}", .. differences];
    }
}

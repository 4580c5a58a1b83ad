using Pvm2.Benchmarks.Measuring;
using Pvm2.Engine;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Text;

namespace Pvm2.Benchmarks;

/// <summary>
/// What a host call costs: a guest that calls an empty handler in a loop, less the same loop with a
/// <c>fallthrough</c> in the place of the call.
/// </summary>
internal static class HostCallRun
{
    private const int Rounds = 41;
    private const int Calls = 100_000;
    private const int Selector = 5;
    private static readonly string[] Handlers = ["empty", "empty, token", "counts in a0", "takes gas"];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- medians of {Rounds} runs of {Calls} calls, less the loop around the call");
        List<ITier> tiers = [InterpreterTier.Instance];
        if (NativeTier.Support.IsSupported)
        {
            tiers.Add(new NativeTier());
        }

        using var governor = HostTiers.CreateGovernor();
        tiers.Add(governor);
        Console.WriteLine();
        Console.WriteLine("### a call of a handler and back, nanoseconds");
        Console.WriteLine();
        var table = new TextTable(["tier, gas", .. Handlers]);
        foreach (var tier in tiers)
        {
            foreach (var model in new[] { GasModel.Pipeline, GasModel.None })
            {
                table.Add([$"{tier.Name}, {Configuration.NameOf(model)}", .. Measure(tier, model)]);
            }
        }

        table.WriteTo(Console.Out);
    }

    private static IEnumerable<string> Measure(ITier tier, GasModel model)
    {
        using var empty = Make(tier, model, $"ecalli {Selector}", static _ => HostCallAction.Continue);
        using var argument = Make(tier, model, $"ecalli {Selector}", static caller =>
        {
            caller.Registers[10]++;
            return HostCallAction.Continue;
        });
        using var gas = Make(tier, model, $"ecalli {Selector}", static caller =>
            caller.TryTakeGas(10) ? HostCallAction.Continue : HostCallAction.Pause);
        using var source = new CancellationTokenSource();
        using var loop = Make(tier, model, "fallthrough", static _ => HostCallAction.Continue);
        WarmUp(empty, argument, gas, loop);
        var times = Stopwatches.Medians(
            Rounds,
            () => Time(loop),
            () => Time(empty),
            () => Time(empty, source.Token),
            () => Time(argument),
            () => Time(gas));
        return times[1..].Select(time => TextTable.Figure((time - times[0]) * 1000 / Calls, 1));
    }

    private static Instance Make(ITier tier, GasModel model, string call, HostCallHandler handler)
    {
        var program = Assembler.Assemble($"main: fallthrough\n1: {call}\n addi a1, a1, -1\n bnez a1, 1b\n ecalli 0\n").Program
            ?? throw new InvalidOperationException("The guest of this measurement does not assemble.");
        var calls = new HostCallTable().Register(Selector, handler).Register(0, static _ => HostCallAction.Halt);
        return Module.Create(program).CreateInstance(new InstanceOptions { Tier = tier, GasModel = model, HostCalls = calls });
    }

    /// <summary>Many short runs, and time for the runtime to compile the methods of the way anew.</summary>
    private static void WarmUp(params Instance[] instances)
    {
        for (var i = 0; i < 300; i++)
        {
            foreach (var instance in instances)
            {
                instance.Start(null, 0, 100);
                _ = instance.Run();
            }

            Thread.Sleep(i % 10 == 0 ? 20 : 0);
        }
    }

    private static TimeSpan Time(Instance instance, CancellationToken cancellation = default)
    {
        instance.Start(null, 0, Calls);
        var exit = default(Exit);
        var time = Stopwatches.Of(() => exit = instance.Run(cancellation));
        return exit.Reason == ExitReason.Halt ? time : throw new InvalidOperationException($"The run ended with {exit}.");
    }
}

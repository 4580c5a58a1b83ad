using System.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.Measuring;

/// <summary>
/// A guest that is one hot loop, for as long as it may run. It calls the host after each stretch of the loop, and the host
/// notes the time: so it can be seen how fast a tier is, and when.
/// </summary>
public sealed class LongGuest
{
    private const int Selector = 5;

    private const string Text = """
        main:
            li      a2, 2500
            fallthrough
        1:  mul     a0, a0, a2
            xori    a0, a0, 0x55
            addi    a2, a2, -1
            bnez    a2, 1b
            ecalli  5
            j       main
        """;

    /// <summary>More stretches than a tier has ever done in the time that is measured.</summary>
    private const int ExpectedStretches = 1 << 18;

    private readonly byte[] _container;

    /// <summary>Makes the guest.</summary>
    public LongGuest()
    {
        var program = Assembler.Assemble(Text).Program
            ?? throw new InvalidOperationException("The guest of this measurement does not assemble.");
        _container = ProgramWriter.Write(program);
        InstructionsOfStretch = CountInstructions(Module.Create(program));
    }

    /// <summary>Instructions that the guest retires in a stretch.</summary>
    public long InstructionsOfStretch { get; }

    /// <summary>
    /// Runs the guest. The clock starts before its container is read, so that all of the way to its first instruction
    /// counts.
    /// </summary>
    /// <param name="tier">What to run it on.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="time">The run ends with the stretch that is under way then.</param>
    /// <returns>All stretches, in their order; the first starts where the run does.</returns>
    public Stretch[] Run(ITier tier, GasModel model, TimeSpan time)
    {
        var times = new List<long>(ExpectedStretches);
        Garbage.Collect();
        var start = Stopwatch.GetTimestamp();
        var calls = new HostCallTable().Register(Selector, _ =>
        {
            times.Add(Stopwatch.GetTimestamp());
            return Stopwatch.GetElapsedTime(start, times[^1]) < time ? HostCallAction.Continue : HostCallAction.Halt;
        });
        using var instance = Module.Load(_container)
            .CreateInstance(new InstanceOptions { Tier = tier, GasModel = model, HostCalls = calls });
        times.Add(Stopwatch.GetTimestamp());
        var exit = instance.Call();
        return exit.Reason == ExitReason.Halt
            ? ToStretches(times, start)
            : throw new InvalidOperationException($"The run ended with {exit}.");
    }

    private static Stretch[] ToStretches(List<long> times, long start)
    {
        var stretches = new Stretch[times.Count - 1];
        for (var n = 0; n < stretches.Length; n++)
        {
            stretches[n] = new Stretch(Seconds(times[n] - start) * 1e3, Seconds(times[n + 1] - times[n]) * 1e6);
        }

        return stretches;
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    /// <summary>Runs two stretches where a block costs its instructions.</summary>
    private static long CountInstructions(Module module)
    {
        var used = new List<ulong>();
        var calls = new HostCallTable().Register(Selector, caller =>
        {
            used.Add(caller.GasUsed ?? 0);
            return used.Count < 2 ? HostCallAction.Continue : HostCallAction.Halt;
        });
        using var instance = module.CreateInstance(new InstanceOptions { GasModel = GasModel.Flat, HostCalls = calls });
        _ = instance.Call();
        return (long)(used[1] - used[0]);
    }
}

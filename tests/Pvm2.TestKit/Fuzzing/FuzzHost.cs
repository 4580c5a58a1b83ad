using Pvm2.Runtime.Execution;
using Pvm2.TestKit.Lockstep;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>
/// The host of the fuzzer's guests. What a call does depends on its selector alone: 0 halts; most others are answered
/// while the guest runs, and one in four stops it. The answer changes a0, and by other bits of the selector gas and memory.
/// </summary>
public static class FuzzHost
{
    private const int A0 = 10;
    private const int StopMask = 3;
    private const int AddsGas = 4;
    private const int TakesGas = 8;
    private const int WritesMemory = 16;
    private const ulong GasAmount = 37;

    // A loop through a call that adds more than it costs would never end.
    private const ulong GasBeforeTheLastAddition = 20_000;

    /// <summary>The host, for runs that nothing else limits.</summary>
    public static LockstepHost Default { get; } = new()
    {
        Calls = CreateTable(),
        Answer = Answer,
        MaxStops = 400,
    };

    /// <summary>The calls that halt: what scenarios have as well.</summary>
    public static HostCallTable HaltOnly { get; } =
        new HostCallTable().Register(DefaultHost.HaltSelector, static _ => HostCallAction.Halt);

    /// <summary>Answers a host call, as it is or would be answered while the guest runs.</summary>
    public static void Answer(Instance instance, Exit exit)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (exit.Reason == ExitReason.HostCall)
        {
            Answer(instance, exit.Selector);
        }
    }

    private static void Answer(Instance instance, int selector)
    {
        instance.Registers[A0] = (instance.Registers[A0] * 5) + (ulong)selector;
        if ((selector & AddsGas) != 0 && instance.GasUsed < GasBeforeTheLastAddition)
        {
            instance.AddGas(GasAmount);
        }

        if ((selector & TakesGas) != 0)
        {
            instance.TryTakeGas(GasAmount);
        }

        var writable = instance.Module.Memory.MainWritable;
        if ((selector & WritesMemory) != 0 && writable.Length != 0)
        {
            instance.Memory.TryWrite(writable.Start + (uint)((selector & 0x7F) << 1), BitConverter.GetBytes(instance.Registers[A0]));
        }
    }

    private static HostCallTable CreateTable()
    {
        var table = new HostCallTable();
        for (var selector = HostCallTable.MinSelector; selector <= HostCallTable.MaxSelector; selector++)
        {
            if ((selector & StopMask) != 1)
            {
                var number = selector;
                table.Register(selector, caller =>
                {
                    Answer(caller, number);
                    return HostCallAction.Continue;
                });
            }
        }

        return table.Register(DefaultHost.HaltSelector, static _ => HostCallAction.Halt);
    }
}

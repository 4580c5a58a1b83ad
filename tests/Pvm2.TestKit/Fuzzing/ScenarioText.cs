using System.Globalization;
using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>Writes a guest and what happens when it runs as a scenario. The reference tier says what happens.</summary>
public static class ScenarioText
{
    private const int MaxStops = 200;
    private const int MaxMemoryItems = 4;
    private const int MaxBytesOfItem = 16;

    /// <summary>Writes a scenario.</summary>
    /// <param name="title">What it shows; one line.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="plan">The gas, at its start.</param>
    public static string Write(string title, IGuest guest, GasPlan plan)
    {
        ArgumentNullException.ThrowIfNull(guest);
        ArgumentNullException.ThrowIfNull(plan);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"=== {title}\n");
        text.Append(CultureInfo.InvariantCulture, $"profiles: {(guest.Program.Profile == Profile.Static ? "static" : "xjar")}\n");
        text.Append(CultureInfo.InvariantCulture, $"models: {plan.Model.ToString().ToLowerInvariant()}\n");
        text.Append(CultureInfo.InvariantCulture, $"gas: {plan.Initial}\n---\n");
        var options = new DisassemblyOptions { ShowEncodings = false, GasModel = plan.Model };
        text.Append(Disassembler.Disassemble(guest.Program, options)).Append("---\n");
        foreach (var step in Steps(guest, plan))
        {
            text.Append(step).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Steps(IGuest guest, GasPlan plan)
    {
        using var instance = Module.Create(guest.Program).CreateInstance(
            new InstanceOptions { GasModel = plan.Model, Gas = plan.Initial, HostCalls = FuzzHost.HaltOnly });
        instance.Start();
        var started = MachineState.Of(instance);
        guest.Start(instance);
        var state = MachineState.Of(instance);
        foreach (var step in HostSteps(started, state))
        {
            yield return step;
        }

        var pauses = 0;
        for (var stops = 0; stops < MaxStops; stops++)
        {
            var exit = instance.Run();
            var after = MachineState.Of(instance);
            yield return RunStep(exit, state, after);
            var gas = exit.Reason == ExitReason.OutOfGas ? plan.Refill(instance, pauses++) : 0;
            if (!exit.IsResumable || (exit.Reason == ExitReason.OutOfGas && gas == 0))
            {
                yield break;
            }

            instance.AddGas(gas);
            FuzzHost.Answer(instance, exit);
            state = MachineState.Of(instance);
            foreach (var step in HostSteps(after, state))
            {
                yield return step;
            }
        }
    }

    /// <summary>What the host did between two runs.</summary>
    private static IEnumerable<string> HostSteps(MachineState before, MachineState after)
    {
        var items = RegisterItems(before, after).Concat(MemoryItems(before, after)).ToList();
        if (items.Count != 0)
        {
            yield return "set: " + string.Join(", ", items);
        }

        // What is taken counts as used, what is added does not.
        var taken = (after.GasUsed - before.GasUsed) ?? 0;
        var added = (after.GasLeft - before.GasLeft + taken) ?? 0;
        if (added != 0)
        {
            yield return Text($"add gas: {added}");
        }

        if (taken != 0)
        {
            yield return Text($"take gas: {taken}");
        }
    }

    private static string RunStep(Exit exit, MachineState before, MachineState after)
    {
        var outcome = exit.Reason switch
        {
            ExitReason.Halt => "halt",
            ExitReason.HostCall when exit.Kind == HostCallKind.Management => "management",
            ExitReason.HostCall => Text($"host {exit.Selector}"),
            ExitReason.OutOfGas => "out of gas",
            ExitReason.PageFault => Text($"fault 0x{exit.FaultAddress:x}"),
            _ => "panic",
        };
        List<string> items = [outcome, Text($"pc=0x{exit.ProgramCounter:x}")];
        if (after.GasLeft is not null)
        {
            items.Add(Text($"gas={after.GasLeft}"));
            items.Add(Text($"used={after.GasUsed}"));
        }

        items.AddRange(RegisterItems(before, after));
        items.AddRange(MemoryItems(before, after).Take(MaxMemoryItems));
        items.Add("unchanged");
        return "run: " + string.Join(", ", items);
    }

    private static IEnumerable<string> RegisterItems(MachineState before, MachineState after) =>
        from register in Enumerable.Range(0, RegisterNames.Count)
        where before.Registers[register] != after.Registers[register]
        select Text($"{RegisterNames.AbiName(register)}=0x{after.Registers[register]:x}");

    /// <summary>The bytes that changed, in rows.</summary>
    private static IEnumerable<string> MemoryItems(MachineState before, MachineState after)
    {
        for (var region = 0; region < after.Memory.Count; region++)
        {
            var old = before.Memory[region].Bytes;
            var bytes = after.Memory[region].Bytes;
            for (var at = 0; at < bytes.Length; at++)
            {
                at += old.Span[at..].CommonPrefixLength(bytes.Span[at..]);
                if (at < bytes.Length)
                {
                    var end = EndOfChange(old.Span, bytes.Span, at);
                    yield return Text($"[0x{after.Memory[region].Address + (uint)at:x}]={Convert.ToHexStringLower(bytes.Span[at..end])}");
                    at = end - 1;
                }
            }
        }
    }

    private static int EndOfChange(ReadOnlySpan<byte> old, ReadOnlySpan<byte> bytes, int start)
    {
        var end = start + 1;
        while (end < bytes.Length && end < start + MaxBytesOfItem && old[end] != bytes[end])
        {
            end++;
        }

        return end;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

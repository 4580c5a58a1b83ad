using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Vectors;

/// <summary>Runs vectors on a tier and compares all registers, all memory, the exit and the program counter.</summary>
/// <param name="tier">The tier.</param>
public sealed class VectorRunner(ITier tier)
{
    private const int HostCallLength = 4;

    /// <summary>Runs a vector in one profile.</summary>
    /// <returns>What is not as the vector says, each with the vector's file and line.</returns>
    public IEnumerable<string> Run(InstructionVector vector, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(vector);
        VectorProgram program;
        try
        {
            program = VectorProgram.Build(vector, profile);
        }
        catch (FormatException exception)
        {
            return [$"{vector.Place}: {vector.Instruction} ({profile}): {exception.Message}"];
        }

        return Run(program, vector).Select(problem => $"{vector.Place}: {vector.Instruction} ({profile}, {tier.Name}): {problem}");
    }

    private List<string> Run(VectorProgram program, InstructionVector vector)
    {
        using var instance = program.Module.CreateInstance(new InstanceOptions { Tier = tier });
        instance.Start();
        Prepare(instance, vector.Before, program);
        var before = MachineState.Of(instance);
        var exit = instance.Run();
        var (expectedExit, expectedState) = Expect(before, vector.After, program);
        var problems = expectedState.Differences(MachineState.Of(instance), compareGas: false).ToList();
        if (exit != expectedExit)
        {
            problems.Add($"the exit is {exit}, not {expectedExit}");
        }

        return problems;
    }

    private static void Prepare(Instance instance, StateText before, VectorProgram program)
    {
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            instance.Registers[register] = 0xC0DE_0000_0000_0000 + (0x0101_0101UL * (ulong)register);
        }

        foreach (var (register, value) in before.Registers)
        {
            instance.Registers[register] = value.Resolve(program.Labels);
        }

        // Read-only memory was set when the program was made; here it refuses.
        foreach (var (address, bytes) in before.Memory)
        {
            instance.Memory.TryWrite((uint)address.Resolve(program.Labels), bytes);
        }
    }

    private static (Exit Exit, MachineState State) Expect(MachineState before, StateText after, VectorProgram program)
    {
        var registers = before.Registers.ToArray();
        foreach (var (register, value) in after.Registers)
        {
            registers[register] = value.Resolve(program.Labels);
        }

        var memory = before.Memory.Select(region => new RegionBytes(region.Address, region.Bytes.ToArray())).ToArray();
        foreach (var (address, bytes) in after.Memory)
        {
            Store(memory, (uint)address.Resolve(program.Labels), bytes);
        }

        var exit = ExpectExit(after.Words, program);
        return (exit, before with { Registers = registers, ProgramCounter = exit.ProgramCounter, Memory = memory });
    }

    private static void Store(RegionBytes[] memory, uint address, byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var at = address + (uint)i;
            var region = memory.Single(region => at - region.Address < region.Bytes.Length);
            var copy = region.Bytes.ToArray();
            copy[at - region.Address] = bytes[i];
            memory[Array.IndexOf(memory, region)] = region with { Bytes = copy };
        }
    }

    private static Exit ExpectExit(IReadOnlyList<string> words, VectorProgram program)
    {
        var word = words.SingleOrDefault("next").Split(' ');
        return word[0] switch
        {
            "next" => LeftAt("next", 1),
            "taken" => LeftAt("taken", 2),
            "back" => LeftAt("back", 3),
            "panic" => new Exit(ExitReason.Panic, At("start")),
            "fault" => new Exit(
                ExitReason.PageFault, At("start"), (uint)StateValue.Parse(word[1]).Resolve(program.Labels)),
            "host" => new Exit(
                ExitReason.HostCall, At("next"), 0, HostCallKind.Selector, int.Parse(word[1], CultureInfo.InvariantCulture)),
            "management" => new Exit(ExitReason.HostCall, At("next"), 0, HostCallKind.Management),
            _ => throw new FormatException($"'{word[0]}' does not say where a run goes."),
        };

        uint At(string label) => (uint)program.Labels[label];

        Exit LeftAt(string label, int selector) =>
            new(ExitReason.HostCall, At(label) + HostCallLength, 0, HostCallKind.Selector, selector);
    }
}

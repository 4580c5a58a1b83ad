using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Native.Tests.Faults;

/// <summary>
/// Which instruction faulted, in blocks that are longer than what the compiler decodes at a time, among instructions
/// that are compiled together or to nothing.
/// </summary>
public sealed class FaultPlaceTests
{
    private const uint End = AddressSpace.DataBase + AddressSpace.PageSize;
    private const int A0 = 10;
    private const int Units = 700;

    /// <summary>What stands between two loads: one after the other.</summary>
    private static readonly Instruction[][] Fillings =
    [
        [],
        [Encoder.Make(Opcode.Lui, 11, immediate: 0x1000), Encoder.Make(Opcode.Addi, 11, 11, immediate: 5)],
        [Encoder.Make(Opcode.Add, 11, 12, 13), Encoder.Make(Opcode.Sltu, 14, 11, 12), Encoder.Make(Opcode.Add, 15, 15, 14)],
        [Encoder.Make(Opcode.Mul, 11, 12, 13), Encoder.Make(Opcode.Mulhu, 14, 12, 13)],
        [Encoder.Make(Opcode.Add, 0, 12, 13)],
        [Encoder.Make(Opcode.FenceI)],
        [Encoder.Make(Opcode.Cpop, 3, 4), Encoder.Make(Opcode.Addi, 0, 0)],
    ];

    [NativeTheory]
    [InlineData(GasModel.Pipeline, true)]
    [InlineData(GasModel.None, true)]
    [InlineData(GasModel.Pipeline, false)]
    [InlineData(GasModel.None, false)]
    public void The_load_that_leaves_memory_is_the_one_reported(GasModel model, bool inOneBlock)
    {
        var (module, loads) = Make(inOneBlock);
        foreach (var tier in TierRegistry.All)
        {
            using var instance = module.CreateInstance(new InstanceOptions { Tier = tier.Create(), GasModel = model });
            for (var unit = 0; unit < Units; unit++)
            {
                var exit = instance.Call(null, End - (uint)unit);

                var expected = new Exit(ExitReason.PageFault, AddressSpace.CodeBase + loads[unit], End);
                Assert.True(exit == expected, $"{tier.Name}, load {unit}: {exit}, not {expected}");
                Assert.Equal(End, instance.Registers[A0]);
            }
        }
    }

    /// <summary>Loads from one address after the other, each after something else, in one block or with many empty ones.</summary>
    private static (Module Module, uint[] Loads) Make(bool inOneBlock)
    {
        var code = new List<byte>();
        var loads = new uint[Units];
        for (var unit = 0; unit < Units; unit++)
        {
            foreach (ref readonly var instruction in Fillings[unit % Fillings.Length].AsSpan())
            {
                Append(code, instruction);
            }

            for (var blocks = inOneBlock ? 0 : unit % 4; blocks > 0; blocks--)
            {
                Append(code, Encoder.Make(Opcode.Fallthrough));
            }

            loads[unit] = (uint)code.Count;
            Append(code, Encoder.Make(Opcode.Lbu, unit % 5, A0));
            Append(code, Encoder.Make(Opcode.Addi, A0, A0, immediate: 1));
        }

        var module = Module.Create(new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = code.ToArray(),
            ReadWriteData = new MemoryRegion(AddressSpace.DataBase, AddressSpace.PageSize),
            EntryPoints = [new EntryPoint("start", 0)],
        });
        return (module, loads);
    }

    private static void Append(List<byte> code, in Instruction instruction)
    {
        var bytes = new byte[4];
        Encoder.Write(Encoder.Encode(instruction), bytes.Length, bytes);
        code.AddRange(bytes);
    }
}

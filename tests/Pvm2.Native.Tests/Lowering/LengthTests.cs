using System.Runtime.InteropServices;
using Pvm2.Native.Compilation;
using Pvm2.Native.Inspection;
using Pvm2.Native.Tests.Kit;
using Pvm2.Native.X64;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Native.Tests.Lowering;

/// <summary>How many bytes of machine code a guest instruction becomes: the compiler makes room for so many, unasked.</summary>
public sealed class LengthTests
{
    private static readonly int[] Registers = [0, 2, 3, 12];

    [NativeTheory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.None)]
    public void Nothing_is_longer_than_the_room_for_it(GasModel model)
    {
        var module = Module.Create(new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = Everything(),
            EntryPoints = [new EntryPoint("start", 0)],
        });

        foreach (var options in (CompilerOptions[])[default, CompilerOptions.ForThisMachine()])
        {
            var parts = new NativeTier(options).Inspect(module, model).Parts;
            var longest = parts.Where(part => part.Kind == MachineCodePartKind.Instruction).MaxBy(part => part.Length);

            // The charge of the next block is written behind the last instruction of a block.
            Assert.InRange(longest.Length, 32, ModuleCompiler.MaxInstructionBytes - Assembler.ChargeBytes);
            Assert.InRange(longest.Length, 32, byte.MaxValue);
        }
    }

    /// <summary>The worst there is in two bytes: c.jalr gp.</summary>
    [NativeFact]
    public void Machine_code_is_at_most_64_times_the_guests()
    {
        const int Bytes = 100_000;
        var code = new byte[Bytes];
        MemoryMarshal.Cast<byte, ushort>(code.AsSpan()).Fill(0x9182);
        var module = Module.Create(new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = code,
            EntryPoints = [new EntryPoint("start", 0)],
        });

        Assert.InRange(new NativeTier().Inspect(module, GasModel.Pipeline).Bytes.Length, 40 * Bytes, 64 * Bytes);
        Assert.InRange(new NativeTier().Inspect(module, GasModel.None).Bytes.Length, 40 * Bytes, 64 * Bytes);
    }

    /// <summary>Every instruction and idiom, each in a block of its own that is the head of a loop.</summary>
    private static byte[] Everything()
    {
        var code = new List<byte>();
        foreach (var row in InstructionTable.BaseRows)
        {
            foreach (var immediate in Immediates(row.Format))
            {
                foreach (var rd in Registers)
                {
                    foreach (var rs1 in Registers)
                    {
                        foreach (var rs2 in Registers)
                        {
                            AddBlock(code, new Instruction(row.Opcode, (byte)row.Opcode, 4, (byte)rd, (byte)rs1, (byte)rs2, immediate));
                        }
                    }
                }
            }
        }

        AddBlock(code, Encoder.Make(Opcode.Add, 3, 3, 4), Encoder.Make(Opcode.Sltu, 4, 3, 4), Encoder.Make(Opcode.Sub, 3, 3, 4));
        AddBlock(code, Encoder.Make(Opcode.Add, 3, 3, 4), Encoder.Make(Opcode.Sltu, 4, 3, 4), Encoder.Make(Opcode.Add, 3, 4, 0));
        AddBlock(
            code,
            Encoder.Make(Opcode.Lui, 3, immediate: 0x1234_5000),
            Encoder.Make(Opcode.Slli, 3, 3, immediate: 31),
            Encoder.Make(Opcode.Addi, 4, 3, immediate: 1));
        return [.. code];
    }

    /// <summary>Adds instructions, unless they cannot be encoded, and a jump back to the first.</summary>
    private static void AddBlock(List<byte> code, params ReadOnlySpan<Instruction> instructions)
    {
        var bytes = new byte[4 * (instructions.Length + 1)];
        for (var i = 0; i < instructions.Length; i++)
        {
            if (!Encoder.TryEncode(instructions[i], out var bits))
            {
                return;
            }

            Encoder.Write(bits, 4, bytes.AsSpan(4 * i));
        }

        var back = Encoder.Make(Opcode.Jal, immediate: -4 * instructions.Length);
        Encoder.Write(Encoder.Encode(back), 4, bytes.AsSpan(4 * instructions.Length));
        code.AddRange(bytes);
    }

    private static int[] Immediates(OperandFormat format) => format switch
    {
        OperandFormat.Register or OperandFormat.Unary or OperandFormat.None => [0],
        OperandFormat.Shift6 or OperandFormat.Shift5 => [0, 31],
        OperandFormat.Upper => [0, 0x7FFF_F000, int.MinValue],
        OperandFormat.Branch or OperandFormat.Jump => [0, -4, 4, 2],
        _ => [0, 1, -2048, 2047],
    };
}

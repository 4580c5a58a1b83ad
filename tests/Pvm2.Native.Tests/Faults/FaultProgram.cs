using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;

namespace Pvm2.Native.Tests.Faults;

/// <summary>
/// A program of many blocks, each of which writes to memory, changes registers, and makes an access that faults: each
/// of another width, at another program counter, with another offset.
/// </summary>
internal sealed class FaultProgram
{
    internal const int A4 = 14, A5 = 15;

    private const int S0 = 8;
    private const int Blocks = 64;
    private const uint LastPage = unchecked((uint)-(int)AddressSpace.PageSize);

    private static readonly int[] Offsets = [0, 1, -1, 7, -8, 100, -2048, 2047];

    private readonly Instruction[] _accesses = new Instruction[Blocks];
    private readonly uint[] _starts;

    internal FaultProgram(Profile profile, ulong seed)
    {
        var random = new Prng(seed);
        var builder = new CodeBuilder();
        var labels = Enumerable.Range(0, Blocks).Select(_ => builder.NewLabel()).ToArray();
        if (profile == Profile.Static)
        {
            builder.Emit(Encoder.Make(Opcode.BrTable, rs1: A5, immediate: builder.AddTable(labels)));
        }
        else
        {
            builder.Emit(Encoder.Make(Opcode.Jalr, rs1: A5));
        }

        for (var block = 0; block < Blocks; block++)
        {
            builder.Emit(Encoder.Make(Opcode.Trap));
            builder.Mark(labels[block]);
            _accesses[block] = EmitBlock(builder, random, block);
        }

        builder.Emit(Encoder.Make(Opcode.Trap));
        var code = builder.Build();
        _starts = [.. labels.Select(label => code.Labels[label])];
        var data = profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;
        Module = Module.Create(new GuestProgram
        {
            Profile = profile,
            Code = code.Bytes,
            JumpTables = JumpTables.Create(code.Tables),
            ReadOnlyData = new MemoryRegion(data, AddressSpace.PageSize, new byte[] { 1, 2, 3, 4 }),
            ReadWriteData = new MemoryRegion(data + AddressSpace.PageSize, AddressSpace.PageSize, new byte[] { 5, 6, 7, 8 }),
            Heap = new MemoryRegion(LastPage, AddressSpace.PageSize),
            EntryPoints = [new EntryPoint("main", 0)],
        });
    }

    internal Module Module { get; }

    private MemoryRegion Writable => Module.Program.ReadWriteData;

    /// <summary>Registers with which a run faults: all random but the three that the program uses.</summary>
    internal ulong[] MakeRegisters(Prng random)
    {
        var registers = new ulong[RegisterNames.Count];
        for (var register = 1; register < registers.Length; register++)
        {
            registers[register] = random.Next();
        }

        var block = random.Below(Blocks);
        var access = _accesses[block];
        registers[S0] = Writable.Address;
        registers[A5] = Module.Program.Profile == Profile.Static
            ? (ulong)((2 * block) + 1)
            : Module.Program.CodeBase + _starts[block];
        registers[A4] = (random.Next() << 32) | (uint)(BadAddress(random, access.Opcode) - (uint)access.Immediate);
        return registers;
    }

    /// <summary>Stores, some arithmetic that touches every register in some block, and the access, which it returns.</summary>
    private static Instruction EmitBlock(CodeBuilder builder, Prng random, int block)
    {
        var from = RandomRegister(random);
        builder.Emit(Encoder.Make(Opcode.Sd, 0, S0, from, 8));
        builder.Emit(Encoder.Make(Opcode.Sd, 0, S0, RandomRegister(random), 2040));
        for (var left = random.Below(6); left > 0; left--)
        {
            builder.Emit(Encoder.Make(Opcode.Add, RandomRegister(random), RandomRegister(random), RandomRegister(random)));
        }

        var opcode = (Opcode)((int)Opcode.Lb + (block % 11));
        var data = RandomRegister(random);
        var access = opcode < Opcode.Sb
            ? Encoder.Make(opcode, data, A4, 0, random.Pick<int>(Offsets))
            : Encoder.Make(opcode, 0, A4, data, random.Pick<int>(Offsets));
        builder.Emit(access);
        builder.Emit(Encoder.Make(Opcode.Sd, 0, S0, data, 16));
        return access;
    }

    /// <summary>Not s0, a4 or a5, on which the fault depends, and neither gp nor tp.</summary>
    private static int RandomRegister(Prng random) => random.Pick<int>([1, 2, 5, 6, 7, 9, 10, 11, 12, 13]);

    /// <summary>Where an access faults: nowhere near a page, across the end of one, past 2^32, or in one that is read-only.</summary>
    private uint BadAddress(Prng random, Opcode access)
    {
        var size = access switch
        {
            Opcode.Lb or Opcode.Lbu or Opcode.Sb => 1u,
            Opcode.Lh or Opcode.Lhu or Opcode.Sh => 2u,
            Opcode.Lw or Opcode.Lwu or Opcode.Sw => 4u,
            _ => 8u,
        };
        var part = size == 1 ? 0 : (uint)random.Between(1, (int)size - 1);
        return random.Below(6) switch
        {
            0 => (uint)random.Below((int)AddressSpace.StaticDataBase),
            1 => (uint)Writable.End - part,
            2 => 0u - part,
            3 when access >= Opcode.Sb => Module.Program.ReadOnlyData.Address + (uint)random.Below((int)AddressSpace.PageSize),
            4 when access >= Opcode.Sb => Writable.Address - size,
            _ => 0x4000_0000 + ((uint)random.Next() >> 2),
        };
    }
}

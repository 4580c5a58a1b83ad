using System.Buffers.Binary;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Tests.Text;

/// <summary>Valid programs with everything that a container can hold, to be written as text and read back.</summary>
internal sealed class RandomPrograms(int seed)
{
    private static readonly string[] Names =
    [
        "main", "a0", "s11", "x31", ".", ".Lown", "two words", "quo\"te", "back\\slash", "größe", "1", "_ZN4core3fmt17h0123E",
        "operator<<(std::ostream&)", "add", "li", "iorw", "$x", "a.b$c", "#hash", "semi;colon", "table0", "\U0001F600", ".text",
    ];

    private readonly Random _random = new(seed);

    internal GuestProgram Next(Profile profile)
    {
        var code = profile == Profile.Static ? StaticCode() : AnyCode();
        var tables = Math.Max(1, _random.Next(5));
        var starts = BasicBlockMap.Build(code, profile).Starts.ToArray();
        var first = profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;
        var pages = first >> AddressSpace.PageShift;
        var regions = new MemoryRegion[4];
        foreach (var i in Shuffled(4))
        {
            pages += (uint)_random.Next(3);
            var size = (uint)_random.Next(4);
            regions[i] = size == 0
                ? MemoryRegion.None
                : new MemoryRegion(pages * AddressSpace.PageSize, size * AddressSpace.PageSize, i < 2 ? Content(size * AddressSpace.PageSize) : default);
            pages += size;
        }

        return new GuestProgram
        {
            Profile = profile,
            Code = code,
            JumpTables = profile == Profile.Xjar
                ? JumpTables.None
                : JumpTables.Create([.. Enumerable.Range(0, tables).Select(_ => (IReadOnlyList<uint>)Pick(starts, _random.Next(20)))]),
            ReadOnlyData = regions[0],
            ReadWriteData = regions[1],
            Stack = regions[2],
            Heap = regions[3],
            EntryPoints = [.. Shuffled(Names.Length).Take(1 + _random.Next(4)).Select(n => new EntryPoint(Names[n], Pick(starts, 1)[0]))],
            Symbols = [.. Enumerable.Range(0, _random.Next(40)).Select(_ => Symbol(code.Length)).Distinct()],
            BuildNotes = [.. Shuffled(Names.Length).Take(_random.Next(4)).Select(n => new BuildNote(Names[n], Names[_random.Next(Names.Length)]))],
        };
    }

    private int[] Shuffled(int count)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        _random.Shuffle(numbers);
        return numbers;
    }

    private uint[] Pick(uint[] starts, int count) => [.. Enumerable.Range(0, count).Select(_ => starts[_random.Next(starts.Length)])];

    private CodeSymbol Symbol(int codeLength)
    {
        var name = _random.Next(2) == 0 ? Names[_random.Next(Names.Length)] : $"f{_random.Next(100)}";
        return new CodeSymbol(name, (uint)_random.Next((codeLength / 2) + 1) * 2);
    }

    private byte[] Content(uint size)
    {
        var bytes = new byte[size];
        for (var i = _random.Next(4); i > 0; i--)
        {
            var start = _random.Next(bytes.Length);
            _random.NextBytes(bytes.AsSpan(start, _random.Next(Math.Min(100, bytes.Length - start))));
        }

        return bytes;
    }

    /// <summary>Random bytes, every other halfword of which is made to begin an instruction that there is.</summary>
    private byte[] AnyCode()
    {
        var code = new byte[2 + (2 * _random.Next(400))];
        _random.NextBytes(code);
        for (var i = 0; i + 4 <= code.Length; i += 8)
        {
            var row = InstructionTable.BaseRows[_random.Next(InstructionTable.BaseRows.Length)];
            BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(i), RandomWord(row));
        }

        return code;
    }

    private uint RandomWord(InstructionDescriptor row) => row.Match | ((uint)_random.NextInt64() & ~row.Mask & 0xFEF7_F7FF);

    /// <summary>Legal instructions, whose branches go to block starts.</summary>
    private byte[] StaticCode()
    {
        var instructions = new List<(Instruction Instruction, uint Bits)>();
        for (var count = 1 + _random.Next(300); count > 0; count--)
        {
            instructions.Add(RandomInstruction());
        }

        // So that a branch always has a block after it to go to.
        var trap = Encoder.Make(Opcode.Trap);
        instructions.Add((trap, Encoder.Encode(trap)));
        var placeholder = Concatenate(instructions);
        var starts = BasicBlockMap.Build(placeholder, Profile.Static).Starts.ToArray();
        var offset = 0;
        for (var i = 0; i < instructions.Count; i++)
        {
            var (instruction, _) = instructions[i];
            if (instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump)
            {
                var target = (int)Pick(starts, 1)[0];
                var far = instruction with { Immediate = target - offset };
                var chosen = Encoder.TryEncode(far, out _) ? far : instruction with { Immediate = instruction.Length };
                instructions[i] = (chosen, Encoder.Encode(chosen));
            }

            offset += instruction.Length;
        }

        return Concatenate(instructions);
    }

    private (Instruction Instruction, uint Bits) RandomInstruction()
    {
        while (true)
        {
            var halfword = (ushort)_random.Next(1 << 16);
            var isWord = _random.Next(2) == 0 || (halfword & 3) == 3;
            var row = InstructionTable.BaseRows[_random.Next(InstructionTable.BaseRows.Length)];
            var bits = isWord ? RandomWord(row) : halfword;
            if (row.Opcode == Opcode.BrTable && isWord)
            {
                bits &= 0x000F_FFFF;
            }

            var instruction = isWord ? Decoder.DecodeWord(bits, Profile.Static) : Decoder.DecodeHalfword(halfword, Profile.Static);
            if (!instruction.IsIllegal)
            {
                return (instruction, bits);
            }
        }
    }

    private static byte[] Concatenate(List<(Instruction Instruction, uint Bits)> instructions)
    {
        var code = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var (instruction, bits) in instructions)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, bits);
            code.AddRange(bytes[..instruction.Length]);
        }

        return [.. code];
    }
}

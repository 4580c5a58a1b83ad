using System.Buffers.Binary;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Makes valid programs of random legal instructions, whose branches go to random blocks.</summary>
internal static class RandomCode
{
    private const int Tables = 3;

    /// <summary>A valid program with all four regions, one page each, from <see cref="FirstAddress"/> on.</summary>
    internal static GuestProgram Make(Random random, Profile profile)
    {
        var code = MakeInstructions(random, profile, random.Next(1, 60));
        var starts = BasicBlockMap.Build(code, profile).Starts.ToArray();
        Retarget(random, code, profile, starts);

        var first = FirstAddress(profile);
        var content = new byte[64];
        random.NextBytes(content);
        return new GuestProgram
        {
            Profile = profile,
            Code = code,
            JumpTables = profile == Profile.Xjar
                ? JumpTables.None
                : JumpTables.Create([.. Enumerable.Range(0, Tables).Select(_ => random.GetItems(starts, random.Next(5)))]),
            ReadOnlyData = new MemoryRegion(first, AddressSpace.PageSize, content),
            Stack = new MemoryRegion(first + AddressSpace.PageSize, AddressSpace.PageSize),
            ReadWriteData = new MemoryRegion(first + (2 * AddressSpace.PageSize), AddressSpace.PageSize, content),
            Heap = new MemoryRegion(first + (3 * AddressSpace.PageSize), AddressSpace.PageSize),
            EntryPoints = [new("main", starts[0]), new("other", starts[random.Next(starts.Length)])],
        };
    }

    /// <summary>Where the data of the programs starts.</summary>
    internal static uint FirstAddress(Profile profile) =>
        profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;

    private static byte[] MakeInstructions(Random random, Profile profile, int count)
    {
        var rows = InstructionTable.Rows;
        var code = new List<byte>();
        Span<byte> word = stackalloc byte[4];
        while (count > 0)
        {
            var row = rows[random.Next(1, rows.Length)];
            var bits = row.Match | ((uint)random.NextInt64() & ~row.Mask);
            BinaryPrimitives.WriteUInt32LittleEndian(word, bits);
            var bytes = word[..row.Length];
            if (!Decoder.Decode(bytes, 0, profile).IsIllegal)
            {
                code.AddRange(bytes);
                count--;
            }
        }

        return [.. code];
    }

    /// <summary>Makes branches and jumps go to block starts, and table numbers small.</summary>
    private static void Retarget(Random random, byte[] code, Profile profile, uint[] starts)
    {
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, profile);
            int? immediate = instruction.Operation.Family switch
            {
                InstructionFamily.Branch or InstructionFamily.Jump => (int)starts[random.Next(starts.Length)] - offset,
                InstructionFamily.IndirectJump when profile == Profile.Static => random.Next(Tables),
                _ => null,
            };
            if (immediate is { } value)
            {
                var bits = Encoder.TryEncode(instruction with { Immediate = value }, out var encoded)
                    ? encoded
                    : throw new InvalidOperationException($"{instruction} cannot have the immediate {value}.");
                Encoder.Write(bits, instruction.Length, code.AsSpan(offset));
            }

            offset += instruction.Length;
        }
    }
}

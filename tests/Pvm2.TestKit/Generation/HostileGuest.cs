using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// A program without any structure: instructions of every row with any operands, whose branches, jumps and tables lead
/// to any block, or in xjar to where no block is; or bytes that nobody chose. Its registers hold data, addresses of
/// data and of code, and garbage. Many of its runs never end.
/// </summary>
public sealed class HostileGuest : IGuest
{
    private const int DefaultMaxInstructions = 120;
    private const int Tables = 3;

    private HostileGuest(ulong seed, GuestProgram program, IReadOnlyList<ulong> registers)
    {
        Seed = seed;
        Program = program;
        Registers = registers;
        for (var offset = 0; offset < program.Code.Length; offset += LengthAt(program, offset))
        {
            Instructions++;
        }
    }

    /// <inheritdoc/>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public GuestProgram Program { get; }

    /// <inheritdoc/>
    public int Instructions { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ulong> Registers { get; }

    /// <inheritdoc/>
    public bool AlwaysEnds => false;

    /// <summary>Makes the guest that a seed, a profile and a size name.</summary>
    /// <param name="maxInstructions">The most instructions; in static few large programs are valid.</param>
    public static HostileGuest Generate(ulong seed, Profile profile, int maxInstructions = DefaultMaxInstructions)
    {
        var random = new Prng(seed);
        GuestProgram program;
        uint[] starts;
        do
        {
            program = MakeProgram(random, profile, maxInstructions, out starts);
        }
        while (!ProgramValidator.TryValidate(program, out _, out _));

        var registers = new ulong[RegisterNames.Count];
        for (var register = 1; register < registers.Length; register++)
        {
            registers[register] = Value(random, program, starts);
        }

        return new HostileGuest(seed, program, registers);
    }

    /// <summary>Puts no-ops in the place of instructions, so that all others stay where they are.</summary>
    public IGuest Shrink(Func<IGuest, bool> shows)
    {
        ArgumentNullException.ThrowIfNull(shows);
        var guest = this;
        for (var offset = 0; offset < Program.Code.Length; offset += LengthAt(Program, offset))
        {
            var candidate = guest.Without(offset);
            guest = shows(candidate) ? candidate : guest;
        }

        return guest;
    }

    /// <summary>Makes a program, which in static is not valid where a branch does not reach any block.</summary>
    private static GuestProgram MakeProgram(Prng random, Profile profile, int maxInstructions, out uint[] starts)
    {
        var code = profile == Profile.Xjar && random.Chance(1, 8) ? Bytes(random, maxInstructions) : Rows(random, profile, maxInstructions);
        var blocks = BasicBlockMap.Build(code, profile).Starts.ToArray();
        starts = blocks;
        Retarget(random, code, profile, blocks);
        var layout = new RandomLayout(random, profile);
        return new GuestProgram
        {
            Profile = profile,
            Code = code,
            JumpTables = profile == Profile.Xjar
                ? JumpTables.None
                : JumpTables.Create([.. Enumerable.Range(0, Tables).Select(_ => Table(random, blocks))]),
            ReadOnlyData = layout.ReadOnlyData,
            Stack = layout.Stack,
            ReadWriteData = layout.ReadWriteData,
            Heap = layout.Heap,
            EntryPoints = [new EntryPoint("main", random.Pick<uint>(blocks))],
        };
    }

    private static int LengthAt(GuestProgram program, int offset) =>
        Decoder.Decode(program.Code.Span, offset, program.Profile).Length;

    private HostileGuest Without(int offset)
    {
        var code = Program.Code.ToArray();
        var length = LengthAt(Program, offset);
        if (length is 2 or 4)
        {
            var nop = Encoder.Make(Opcode.Addi);
            var bits = length == 2 && Encoder.TryCompress(nop, out var small) ? small : nop;
            Encoder.Write(Encoder.Encode(bits), length, code.AsSpan(offset));
        }

        var program = new GuestProgram
        {
            Profile = Program.Profile,
            Code = code,
            JumpTables = Program.JumpTables,
            ReadOnlyData = Program.ReadOnlyData,
            Stack = Program.Stack,
            ReadWriteData = Program.ReadWriteData,
            Heap = Program.Heap,
            EntryPoints = Program.EntryPoints,
        };
        return new HostileGuest(Seed, program, Registers);
    }

    private static byte[] Bytes(Prng random, int maxInstructions)
    {
        var code = new byte[2 * random.Between(1, maxInstructions)];
        for (var i = 0; i < code.Length; i++)
        {
            code[i] = (byte)random.Next();
        }

        return code;
    }

    private static byte[] Rows(Prng random, Profile profile, int maxInstructions)
    {
        var rows = InstructionTable.Rows;
        var code = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        for (var left = random.Between(1, maxInstructions); left > 0;)
        {
            var row = rows[random.Between(1, rows.Length - 1)];
            Encoder.Write(row.Match | ((uint)random.Next() & ~row.Mask), row.Length, bytes);
            if (!Decoder.Decode(bytes[..row.Length], 0, profile).IsIllegal)
            {
                code.AddRange(bytes[..row.Length]);
                left--;
            }
        }

        return [.. code];
    }

    /// <summary>Makes branches and jumps go to block starts, where they reach, and table numbers small.</summary>
    private static void Retarget(Prng random, byte[] code, Profile profile, uint[] starts)
    {
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, profile);
            var isFree = profile == Profile.Xjar && random.Chance(1, 8);
            var written = isFree;
            for (var tries = 0; tries < 30 && !written; tries++)
            {
                int? immediate = instruction.Operation.Family switch
                {
                    InstructionFamily.Branch or InstructionFamily.Jump => (int)random.Pick<uint>(starts) - offset,
                    InstructionFamily.IndirectJump when profile == Profile.Static => random.Below(Tables),
                    _ => null,
                };
                written = immediate is not { } value || TryWrite(instruction with { Immediate = value }, code.AsSpan(offset));
            }

            offset += instruction.Length;
        }
    }

    private static bool TryWrite(in Instruction instruction, Span<byte> code)
    {
        var fits = Encoder.TryEncode(instruction, out var bits);
        if (fits)
        {
            Encoder.Write(bits, instruction.Length, code);
        }

        return fits;
    }

    private static uint[] Table(Prng random, uint[] starts)
    {
        var entries = new uint[random.Below(5)];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = random.Pick<uint>(starts);
        }

        return entries;
    }

    private static ulong Value(Prng random, GuestProgram program, uint[] starts)
    {
        var garbage = random.Chance(1, 2) ? random.Next() << 32 : 0;
        var region = random.Pick<MemoryRegion>([.. program.Regions]);
        return random.Below(8) switch
        {
            0 => random.Value(),
            1 => (ulong)random.Below(8),
            2 => program.CodeBase + random.Pick<uint>(starts),
            3 => garbage | (program.CodeBase + (uint)random.Below(program.Code.Length + 16)),
            4 => garbage | (uint)(region.End - (ulong)random.Below(16)),
            5 => garbage | (region.Address - (uint)random.Below(16)),
            _ => garbage | (uint)(region.Address + (region.Size / 2) + (uint)random.Below(256)),
        };
    }
}

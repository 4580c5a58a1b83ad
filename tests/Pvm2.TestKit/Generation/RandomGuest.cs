using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// A random program with custom-0 instructions, wild accesses, traps and a random layout of memory, and the registers
/// it starts with. Every run of it ends, in a panic or a page fault.
/// </summary>
public sealed class RandomGuest : IGuest
{
    private const int NoVictim = -1;

    private readonly ulong[] _registers = new ulong[RegisterNames.Count];
    private readonly IReadOnlyList<Node> _nodes;
    private readonly RandomLayout _layout;
    private readonly Instruction _last;
    private readonly int _victim;

    private RandomGuest(ulong seed, Prng random, GeneratorOptions options)
    {
        Seed = seed;
        var baseRegister = options.Registers.Pick(random);
        _nodes = new NodeGenerator(random, options, baseRegister).Program(random.Between(options.MinInstructions, options.MaxInstructions));
        _last = random.Chance(1, 2) ? Encoder.Make(Opcode.Trap) : Encoder.Make(Opcode.Addi, baseRegister, baseRegister);
        _layout = new RandomLayout(random, options.Profile);
        var code = Lay(_nodes);
        _victim = options.Profile == Profile.Xjar && random.Chance(1, 6) ? random.Below(code.Bytes.Length) : NoVictim;
        Program = MakeProgram(options.Profile, code);

        // At the start of the region, or so near its end that some accesses leave it.
        var region = _layout.ReadWriteData;
        var place = random.Chance(7, 8) ? (uint)options.ScratchBelow : region.Size - (uint)random.Between(64, 300);
        for (var register = 1; register < _registers.Length; register++)
        {
            _registers[register] = random.Value();
        }

        _registers[baseRegister] = region.Address + place;
    }

    private RandomGuest(RandomGuest other, IReadOnlyList<Node> nodes)
    {
        Seed = other.Seed;
        _nodes = nodes;
        _registers = other._registers;
        _layout = other._layout;
        _last = other._last;
        _victim = other._victim;
        Program = MakeProgram(other.Program.Profile, Lay(nodes));
    }

    /// <inheritdoc/>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public GuestProgram Program { get; }

    /// <inheritdoc/>
    public int Instructions { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<ulong> Registers => _registers;

    /// <inheritdoc/>
    public bool AlwaysEnds => true;

    /// <summary>Makes the guest that a seed, a profile and what is changed of the options name.</summary>
    /// <param name="adjust">Changes the options that the seed chose; nothing if omitted.</param>
    public static RandomGuest Generate(ulong seed, Profile profile, Func<GeneratorOptions, GeneratorOptions>? adjust = null)
    {
        var random = new Prng(seed);
        var options = new GeneratorOptions
        {
            Profile = profile,
            Registers = profile == Profile.Static ? RegisterSet.WithoutGlobalAndThreadPointer : RegisterSet.All,
            WildAccessesPerThousand = random.Chance(1, 2) ? 0 : 4,
            TrapsPerThousand = random.Chance(3, 4) ? 0 : 3,
            EscapesPerThousand = 2,
        };
        return new RandomGuest(seed, random, adjust?.Invoke(options) ?? options);
    }

    /// <inheritdoc/>
    public IGuest Shrink(Func<IGuest, bool> shows) =>
        new RandomGuest(this, NodeShrinker.Shrink(_nodes, nodes => shows(new RandomGuest(this, nodes))));

    private GeneratedCode Lay(IReadOnlyList<Node> nodes)
    {
        var builder = new CodeBuilder();
        var end = builder.NewLabel();
        new NodeEmitter(builder, end).Emit(nodes);
        builder.EmitTo(end, Encoder.Make(Opcode.Jal));
        builder.Mark(end);
        builder.Emit(_last);
        Instructions = builder.Count;
        return builder.Build();
    }

    private GuestProgram MakeProgram(Profile profile, GeneratedCode code) => new()
    {
        Profile = profile,
        Code = _victim == NoVictim ? code.Bytes : WithIllegalInstruction(_victim, code.Bytes),
        JumpTables = JumpTables.Create(code.Tables),
        ReadOnlyData = _layout.ReadOnlyData,
        Stack = _layout.Stack,
        ReadWriteData = _layout.ReadWriteData,
        Heap = _layout.Heap,
        EntryPoints = [new EntryPoint("main", 0)],
    };

    /// <summary>Puts an illegal instruction in the place of one as long; what follows it then starts a block.</summary>
    private static ReadOnlyMemory<byte> WithIllegalInstruction(int victim, ReadOnlyMemory<byte> code)
    {
        var bytes = code.ToArray();
        for (var offset = 0; offset < bytes.Length; offset += Decoder.LengthOf(bytes[offset]))
        {
            var length = Decoder.LengthOf(bytes[offset]);
            if (offset + length > victim)
            {
                const uint CustomOne = 0x2B;
                Encoder.Write(length == 2 ? 0 : CustomOne, length, bytes.AsSpan(offset));
                break;
            }
        }

        return bytes;
    }
}

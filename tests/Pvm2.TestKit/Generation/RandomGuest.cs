using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// A random program with custom-0 instructions, wild accesses, traps and a random layout of memory, and the registers
/// it starts with. Every run of it ends, in a panic or a page fault.
/// </summary>
public sealed class RandomGuest
{
    private readonly ulong[] _registers = new ulong[RegisterNames.Count];

    private RandomGuest(ulong seed, GuestProgram program, Prng random, int baseRegister, uint baseAddress)
    {
        Seed = seed;
        Program = program;
        for (var register = 1; register < _registers.Length; register++)
        {
            _registers[register] = random.Value();
        }

        _registers[baseRegister] = baseAddress;
    }

    /// <summary>The seed that makes it again.</summary>
    public ulong Seed { get; }

    /// <summary>The program.</summary>
    public GuestProgram Program { get; }

    /// <summary>Makes the guest that a seed and a profile name.</summary>
    public static RandomGuest Generate(ulong seed, Profile profile)
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
        var baseRegister = options.Registers.Pick(random);
        var code = MakeCode(random, options, baseRegister);
        var layout = new RandomLayout(random, profile);
        var program = new GuestProgram
        {
            Profile = profile,
            Code = profile == Profile.Xjar && random.Chance(1, 6) ? WithIllegalInstruction(random, code.Bytes) : code.Bytes,
            JumpTables = JumpTables.Create(code.Tables),
            ReadOnlyData = layout.ReadOnlyData,
            Stack = layout.Stack,
            ReadWriteData = layout.ReadWriteData,
            Heap = layout.Heap,
            EntryPoints = [new EntryPoint("main", 0)],
        };

        // At the start of the region, or so near its end that some accesses leave it.
        var region = layout.ReadWriteData;
        var place = random.Chance(7, 8) ? (uint)options.ScratchBelow : region.Size - (uint)random.Between(64, 300);
        return new RandomGuest(seed, program, random, baseRegister, region.Address + place);
    }

    /// <summary>Starts an instance of the program with the guest's registers.</summary>
    public void Start(Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        instance.Start();
        for (var register = 1; register < _registers.Length; register++)
        {
            instance.Registers[register] = _registers[register];
        }
    }

    private static GeneratedCode MakeCode(Prng random, GeneratorOptions options, int baseRegister)
    {
        var builder = new CodeBuilder();
        var end = builder.NewLabel();
        var nodes = new NodeGenerator(random, options, baseRegister).Program(random.Between(20, 400));
        new NodeEmitter(builder, end).Emit(nodes);
        builder.EmitTo(end, Encoder.Make(Opcode.Jal));
        builder.Mark(end);
        builder.Emit(random.Chance(1, 2) ? Encoder.Make(Opcode.Trap) : Encoder.Make(Opcode.Addi, baseRegister, baseRegister));
        return builder.Build();
    }

    /// <summary>Puts an illegal instruction in the place of one as long; what follows it then starts a block.</summary>
    private static ReadOnlyMemory<byte> WithIllegalInstruction(Prng random, ReadOnlyMemory<byte> code)
    {
        var bytes = code.ToArray();
        var victim = random.Below(bytes.Length);
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

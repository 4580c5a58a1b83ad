using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// A program of any size in the shape of a linked one: functions with frames, calls and returns through handles or
/// <c>jalr</c>, a main loop that calls functions by handle, branches, loops, switches; and what compilers would not
/// write: jumps to themselves, tables to every block, very long blocks and empty ones, accesses at every edge.
/// </summary>
public sealed class FlowGuest : IGuest
{
    private readonly ulong[] _registers;

    private FlowGuest(ulong seed, GuestProgram program, ulong[] registers, int instructions, bool alwaysEnds)
    {
        Seed = seed;
        Program = program;
        _registers = registers;
        Instructions = instructions;
        AlwaysEnds = alwaysEnds;
    }

    /// <inheritdoc/>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public GuestProgram Program { get; }

    /// <inheritdoc/>
    public int Instructions { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ulong> Registers => _registers;

    /// <inheritdoc/>
    public bool AlwaysEnds { get; }

    /// <summary>Makes the guest that a seed and options name.</summary>
    public static FlowGuest Generate(ulong seed, FlowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var random = new Prng(seed);
        var layout = new RandomLayout(random, options.Profile, options.Profile == Profile.Xjar ? 3 : 0, 1, 1, options.HeapPages);
        var registers = FlowRegisters.Choose(random, options.Profile);
        var generator = new FlowGenerator(random, options, layout, registers);
        var code = generator.Generate();
        var program = new GuestProgram
        {
            Profile = options.Profile,
            Code = code.Bytes,
            JumpTables = options.Profile == Profile.Static ? JumpTables.Create(code.Tables) : JumpTables.None,
            ReadOnlyData = generator.PlaceAddresses(code),
            Stack = layout.Stack,
            ReadWriteData = layout.ReadWriteData,
            Heap = layout.Heap,
            EntryPoints = [new EntryPoint("main", 0)],
        };
        return new FlowGuest(seed, program, StartingRegisters(random, registers, program), generator.Instructions, !options.IsUnbounded && !options.HasWildTables);
    }

    /// <inheritdoc/>
    public IGuest Shrink(Func<IGuest, bool> shows) => PlainGuest.Of(this).Shrink(shows);

    private static ulong[] StartingRegisters(Prng random, FlowRegisters registers, GuestProgram program)
    {
        var values = new ulong[RegisterNames.Count];
        for (var register = 1; register < values.Length; register++)
        {
            values[register] = random.Value();
        }

        // High halves of addresses do not count.
        var garbage = random.Chance(1, 4) ? random.Next() << 32 : 0;
        values[registers.Stack] = garbage + program.Stack.End;
        values[registers.Base] = garbage + program.ReadWriteData.Address + (program.ReadWriteData.Size / 2);
        return values;
    }
}

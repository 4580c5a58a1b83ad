using System.Buffers.Binary;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Measuring;

/// <summary>
/// Programs of any size, to see how compiling grows: the code of whole guests, one after the other and again from the
/// first when all have been taken. Only the first guest ever runs; the others are there to be compiled.
/// </summary>
/// <remarks>
/// Jumps are relative, so code can be moved as it is. Every guest has jump tables of its own, whose numbers move up
/// behind those of the guests before it. A guest that comes again adds its entries to the tables that it has already,
/// as a linker does with functions that share a return table; so the first guest's entries keep their places.
/// </remarks>
public sealed class ProgramMix
{
    private readonly IReadOnlyList<GuestProgram> _guests;
    private readonly int[] _firstTables;
    private readonly List<List<uint>> _tables = [];
    private readonly List<byte> _code = [];

    private ProgramMix(IReadOnlyList<GuestProgram> guests)
    {
        _guests = guests;
        _firstTables = new int[guests.Count];
        for (var i = 0; i < guests.Count; i++)
        {
            _firstTables[i] = _tables.Count;
            _tables.AddRange(Enumerable.Range(0, guests[i].JumpTables.Count).Select(_ => new List<uint>()));
        }
    }

    /// <summary>Puts guests together until there are enough instructions.</summary>
    /// <param name="name">What the workload is called.</param>
    /// <param name="guests">Static guests in the order in which they are taken.</param>
    /// <param name="instructions">At least so many.</param>
    public static Workload Create(string name, IReadOnlyList<Workload> guests, int instructions)
    {
        var mix = new ProgramMix([.. guests.Select(guest => guest.Program)]);
        for (int next = 0, sum = 0; sum < instructions; next = (next + 1) % guests.Count)
        {
            mix.Append(next);
            sum += guests[next].InstructionCount;
        }

        return Workload.Create(name, guests[0].Expected, mix.Build());
    }

    private void Append(int guest)
    {
        var program = _guests[guest];
        var start = (uint)_code.Count;
        var code = program.Code.ToArray();
        RenumberTables(code, _firstTables[guest]);
        _code.AddRange(code);
        for (var table = 0; table < program.JumpTables.Count; table++)
        {
            foreach (var entry in program.JumpTables[table])
            {
                _tables[_firstTables[guest] + table].Add(start + entry);
            }
        }
    }

    private static void RenumberTables(Span<byte> code, int added)
    {
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, Profile.Static);
            if (instruction.Opcode == Opcode.BrTable)
            {
                var moved = Encoder.Encode(instruction with { Immediate = instruction.Immediate + added });
                BinaryPrimitives.WriteUInt32LittleEndian(code[offset..], moved);
            }

            offset += instruction.Length;
        }
    }

    private GuestProgram Build()
    {
        var first = _guests[0];
        return new GuestProgram
        {
            Profile = Profile.Static,
            Code = _code.ToArray(),
            JumpTables = JumpTables.Create(_tables),
            ReadOnlyData = first.ReadOnlyData,
            ReadWriteData = first.ReadWriteData,
            Stack = first.Stack,
            Heap = first.Heap,
            EntryPoints = [first.EntryPoints[0]],
        };
    }
}

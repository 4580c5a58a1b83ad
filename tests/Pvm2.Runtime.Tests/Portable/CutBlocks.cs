using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>
/// A program that has of each block of another what comes before one of its instructions, and then panics. In xjar,
/// where an instruction may depend on where it is, everything stays in its place.
/// </summary>
internal sealed class CutBlocks
{
    private const uint Trap = 0x0B;

    private readonly uint[] _starts;
    private readonly uint[] _cuts;

    private CutBlocks(Module module, uint[] starts, uint[] cuts)
    {
        Module = module;
        _starts = starts;
        _cuts = cuts;
    }

    /// <summary>The program.</summary>
    internal Module Module { get; }

    /// <summary>Cuts the blocks of a module.</summary>
    /// <param name="original">The module.</param>
    /// <param name="number">Where: before the instruction of this number, modulo how many the block has.</param>
    internal static CutBlocks Make(Module original, int number)
    {
        var (count, code) = (original.Blocks.Count, original.Program.Code);
        var (starts, cuts) = (new uint[count], new uint[count]);
        var isFixed = original.Program.Profile == Profile.Xjar;
        var parts = isFixed ? [.. code.Span] : new List<byte>();
        for (var block = 0; block < count; block++)
        {
            var instructions = InstructionsOf(original, block);
            var cut = instructions[number % instructions.Count];
            var start = original.Blocks.Starts[block];
            cuts[block] = cut;
            starts[block] = isFixed ? start : (uint)parts.Count;
            if (isFixed)
            {
                // Illegal, halfword by halfword, so that what comes next still starts a block.
                var length = Decoder.Decode(code.Span, (int)cut, Profile.Xjar).Length;
                CollectionsMarshal.AsSpan(parts).Slice((int)cut, length).Clear();
                continue;
            }

            var trap = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(trap, Trap);
            parts.AddRange(code.Span[(int)start..(int)cut]);
            parts.AddRange(trap);
        }

        return new CutBlocks(Module.Create(WithCode(original.Program, [.. parts])), starts, cuts);
    }

    /// <summary>The offsets of a block's instructions.</summary>
    internal static List<uint> InstructionsOf(Module module, int block)
    {
        var starts = module.Blocks.Starts;
        var code = module.Program.Code.Span;
        var end = block + 1 < starts.Length ? starts[block + 1] : (uint)code.Length;
        var offsets = new List<uint>();
        for (var offset = starts[block]; offset < end; offset += Decoder.Decode(code, (int)offset, module.Program.Profile).Length)
        {
            offsets.Add(offset);
        }

        return offsets;
    }

    /// <summary>Where a block starts in the program that was made.</summary>
    internal uint StartOf(int block) => _starts[block];

    /// <summary>The instruction of the original that a block was cut before.</summary>
    internal uint CutOf(int block) => _cuts[block];

    private static GuestProgram WithCode(GuestProgram program, byte[] code) => new()
    {
        Profile = program.Profile,
        Code = code,
        ReadOnlyData = program.ReadOnlyData,
        ReadWriteData = program.ReadWriteData,
        Stack = program.Stack,
        Heap = program.Heap,
        EntryPoints = [new EntryPoint("main", 0)],
    };
}

using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Compilation;

/// <summary>
/// Which guest instruction each piece of machine code belongs to: where every block begins, and how many bytes every
/// instruction became. That is four bytes a block and one a halfword of guest code.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="blocks">Its basic blocks.</param>
internal sealed class CodeMap(GuestProgram program, BasicBlockMap blocks)
{
    // Of every block, and of what is behind the last one.
    private readonly int[] _blockPositions = GC.AllocateUninitializedArray<int>(blocks.Count + 1);

    // By halfword of guest code; only the first halfword of an instruction has a meaning.
    private readonly byte[] _lengths = GC.AllocateUninitializedArray<byte>((program.Code.Length + 1) / 2);

    /// <summary>Where blocks begin, in their order; last the exit for running off the end.</summary>
    internal Span<int> BlockPositions => _blockPositions;

    /// <summary>
    /// Bytes of machine code by halfword of guest code. The first instruction of a block has the block's charge in
    /// its length; one that was compiled together with those before it has none.
    /// </summary>
    internal Span<byte> Lengths => _lengths;

    /// <summary>Where the block at a code offset begins; the offset may be the end of the code.</summary>
    internal int PositionOf(uint offset) =>
        _blockPositions[offset == (uint)program.Code.Length ? blocks.Count : blocks.IndexOf(offset)];

    /// <summary>The code offset of the guest instruction that a machine instruction belongs to.</summary>
    /// <param name="position">A position in the code of some block.</param>
    internal uint InstructionAt(int position)
    {
        var block = _blockPositions.AsSpan(0, blocks.Count).BinarySearch(position);
        block = block < 0 ? ~block - 1 : block;
        var end = _blockPositions[block];
        var code = program.Code.Span;
        for (var offset = (int)blocks.Starts[block]; ; offset += Decoder.LengthOf(code[offset]))
        {
            end += _lengths[offset >> 1];
            if (position < end)
            {
                return (uint)offset;
            }
        }
    }
}

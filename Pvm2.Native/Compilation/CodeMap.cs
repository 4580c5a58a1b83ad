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
    /// <summary>Where blocks begin, in their order; last the exit for running off the end.</summary>
    internal int[] BlockPositions { get; } = GC.AllocateUninitializedArray<int>(blocks.Count + 1);

    /// <summary>
    /// Bytes of machine code by halfword of guest code; only the first halfword of an instruction has a meaning. The
    /// first instruction of a block has the block's charge in its length; one that was compiled together with those
    /// before it has none.
    /// </summary>
    internal byte[] Lengths { get; } = GC.AllocateUninitializedArray<byte>((program.Code.Length + 1) / 2);

    /// <summary>Where the block at a code offset begins; the offset may be the end of the code.</summary>
    internal int PositionOf(uint offset) =>
        BlockPositions[offset == (uint)program.Code.Length ? blocks.Count : blocks.IndexOf(offset)];

    /// <summary>The code offset of the guest instruction that a machine instruction belongs to.</summary>
    /// <param name="position">A position in the code of some block.</param>
    internal uint InstructionAt(int position)
    {
        var block = BlockPositions.AsSpan(0, blocks.Count).BinarySearch(position);
        block = block < 0 ? ~block - 1 : block;
        var end = BlockPositions[block];
        var code = program.Code.Span;
        for (var offset = (int)blocks.Starts[block]; ; offset += Decoder.LengthOf(code[offset]))
        {
            end += Lengths[offset >> 1];
            if (position < end)
            {
                return (uint)offset;
            }
        }
    }
}

using System.Numerics;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// The basic blocks of a program's code, derived from the code alone: the first instruction starts one, and so does
/// every instruction after a terminator; in xjar a host call starts one too, so that it stands alone in its block.
/// Source: "Basic blocks" in the PVM2 specification.
/// </summary>
/// <remarks>
/// A bit a halfword says where blocks start, and the number of starts before each word of 64 bits makes a block's
/// number one population count away. With the list of starts and a second bit for the heads of loops that is at most
/// 2.2 bytes a byte of code.
/// </remarks>
public sealed class BasicBlockMap
{
    private readonly uint _codeLength;
    private readonly ulong[] _startBits;
    private readonly ulong[] _loopHeadBits;
    private readonly uint[] _startsBefore;
    private readonly uint[] _starts;

    internal BasicBlockMap(CodeScan scan)
    {
        _codeLength = (uint)scan.CodeLength;
        _startBits = scan.Starts;
        _loopHeadBits = scan.LoopHeads;
        _startsBefore = new uint[_startBits.Length];

        var count = 0u;
        for (var i = 0; i < _startBits.Length; i++)
        {
            _startsBefore[i] = count;
            count += (uint)BitOperations.PopCount(_startBits[i]);
        }

        _starts = ListStarts(_startBits, count);
    }

    /// <summary>Byte offsets into the code at which a block starts, ascending; all of them even.</summary>
    public ReadOnlySpan<uint> Starts => _starts;

    /// <summary>Number of blocks.</summary>
    public int Count => _starts.Length;

    /// <summary>Finds the blocks of a program's code.</summary>
    /// <param name="code">The whole code, which may hold anything.</param>
    /// <param name="profile">The profile whose rules apply.</param>
    public static BasicBlockMap Build(ReadOnlySpan<byte> code, Profile profile) =>
        new(CodeScan.Run(code, profile));

    /// <summary>Whether a block starts at a byte offset into the code; any number may be asked for.</summary>
    public bool IsStart(uint offset) => Contains(_startBits, offset);

    /// <summary>
    /// Whether a branch or a <c>jal</c> goes back, or to itself, to the block that starts at a byte offset into the
    /// code; any number may be asked for. A loop that has no such head goes through an indirect jump.
    /// </summary>
    public bool IsLoopHead(uint offset) => Contains(_loopHeadBits, offset);

    /// <summary>The number of the block that starts at a byte offset into the code.</summary>
    /// <returns>0 to <see cref="Count"/> − 1, in the order of the code; −1 where no block starts.</returns>
    public int IndexOf(uint offset)
    {
        if (!IsStart(offset))
        {
            return -1;
        }

        var before = _startBits[offset >> 7] & ((1UL << (int)(offset >> 1)) - 1);
        return (int)_startsBefore[offset >> 7] + BitOperations.PopCount(before);
    }

    private bool Contains(ulong[] bits, uint offset) =>
        (offset & 1) == 0 && offset < _codeLength && ((bits[offset >> 7] >> (int)(offset >> 1)) & 1) != 0;

    private static uint[] ListStarts(ulong[] startBits, uint count)
    {
        var starts = new uint[count];
        var next = 0;
        for (var i = 0; i < startBits.Length; i++)
        {
            for (var bits = startBits[i]; bits != 0; bits &= bits - 1)
            {
                starts[next++] = ((uint)i << 7) + ((uint)BitOperations.TrailingZeroCount(bits) << 1);
            }
        }

        return starts;
    }
}

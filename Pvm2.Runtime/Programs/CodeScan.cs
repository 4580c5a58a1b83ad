using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// The one walk over a program's code that everything else follows from: where blocks start, where jumps go, and
/// whether anything is in it that the rules of the static profile may forbid.
/// </summary>
/// <remarks>Bit sets have a bit a halfword of the code.</remarks>
internal sealed class CodeScan
{
    private const int WordShift = 7;
    private readonly ulong[] _starts;
    private readonly ulong[] _targets;
    private readonly ulong[] _backwardTargets;

    private CodeScan(int codeLength)
    {
        var halfwords = (codeLength >> 1) + (codeLength & 1);
        var words = (halfwords + 63) >> 6;
        CodeLength = codeLength;
        _starts = new ulong[words];
        _targets = new ulong[words];
        _backwardTargets = new ulong[words];
    }

    /// <summary>Bytes of code.</summary>
    internal int CodeLength { get; }

    /// <summary>Where blocks start.</summary>
    internal ulong[] Starts => _starts;

    /// <summary>The block starts that branches and jumps go back to, or stay at.</summary>
    internal ulong[] LoopHeads => _backwardTargets;

    /// <summary>Whether something is no instruction of the profile.</summary>
    internal bool HasIllegal { get; private set; }

    /// <summary>Whether a branch or jump goes to where no block starts.</summary>
    internal bool HasBadTarget { get; private set; }

    /// <summary>The highest number of a table that a <c>br_table</c> names; −1 if there is none.</summary>
    internal int HighestTable { get; private set; } = -1;

    /// <summary>Walks over code.</summary>
    /// <param name="code">The whole code, which may hold anything.</param>
    /// <param name="profile">The profile whose rules apply.</param>
    internal static CodeScan Run(ReadOnlySpan<byte> code, Profile profile)
    {
        var scan = new CodeScan(code.Length);
        scan.Walk(new InstructionReader(code, profile), profile);
        scan.CheckTargets();
        return scan;
    }

    private void Walk(InstructionReader reader, Profile profile)
    {
        var special = profile == Profile.Xjar
            ? InstructionTraits.Terminator | InstructionTraits.StartsBlockInXjar
            : InstructionTraits.Terminator;
        Mark(_starts, 0);
        while (!reader.IsAtEnd)
        {
            var offset = reader.Offset;
            var instruction = reader.Read();
            var traits = instruction.Traits & special;
            if (traits == InstructionTraits.None)
            {
                continue;
            }

            if ((traits & InstructionTraits.StartsBlockInXjar) != 0)
            {
                Mark(_starts, offset);
            }

            Mark(_starts, reader.Offset);
            AddTerminator(instruction, offset);
        }
    }

    private void AddTerminator(Instruction instruction, int offset)
    {
        switch (instruction.Family)
        {
            case InstructionFamily.Branch or InstructionFamily.Jump:
                AddTarget(offset, instruction.Immediate);
                break;
            case InstructionFamily.IndirectJump when instruction.Opcode == Opcode.BrTable:
                HighestTable = Math.Max(HighestTable, instruction.Immediate);
                break;
            case InstructionFamily.Illegal:
                HasIllegal = true;
                break;
        }
    }

    private void AddTarget(int offset, int displacement)
    {
        var target = (long)offset + displacement;
        if (target < 0 || target >= CodeLength)
        {
            HasBadTarget = true;
            return;
        }

        Mark(displacement <= 0 ? _backwardTargets : _targets, (int)target);
    }

    /// <summary>Sets the bit of an offset; the offset after the code has none.</summary>
    private void Mark(ulong[] bits, int offset)
    {
        if (offset < CodeLength)
        {
            bits[offset >> WordShift] |= 1UL << (offset >> 1);
        }
    }

    /// <summary>Sorts out the targets where no block starts: all starts are known only now.</summary>
    private void CheckTargets()
    {
        var bad = 0UL;
        for (var i = 0; i < _starts.Length; i++)
        {
            bad |= (_targets[i] | _backwardTargets[i]) & ~_starts[i];
            _backwardTargets[i] &= _starts[i];
        }

        HasBadTarget |= bad != 0;
    }
}

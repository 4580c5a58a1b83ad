using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Regions;

/// <summary>Which registers hold a constant, as far as the instructions of one block tell.</summary>
internal sealed class RegisterConstants
{
    private const uint OnlyZero = 1;

    private readonly ulong[] _values = new ulong[RegisterNames.Count];
    private uint _known = OnlyZero;

    /// <summary>Forgets all but x0, at the start of a block.</summary>
    internal void Clear() => _known = OnlyZero;

    /// <summary>Whether a register holds a constant.</summary>
    internal bool TryGet(int register, out ulong value)
    {
        value = _values[register];
        return (_known & (1u << register)) != 0;
    }

    /// <summary>Follows an instruction.</summary>
    /// <param name="instruction">Any instruction.</param>
    /// <param name="programCounter">Where it is, as the guest counts.</param>
    /// <param name="value">The constant that it makes.</param>
    /// <returns>Whether it makes one.</returns>
    internal bool Follow(in Instruction instruction, uint programCounter, out ulong value)
    {
        var isConstant = TryEvaluate(instruction, programCounter, out value);
        var bit = (1u << instruction.Rd) & ~OnlyZero;
        if (bit == 0)
        {
            return false;
        }

        _known = isConstant ? _known | bit : _known & ~bit;
        _values[instruction.Rd] = value;
        return isConstant;
    }

    private bool TryEvaluate(in Instruction instruction, uint programCounter, out ulong value)
    {
        value = 0;
        switch (instruction.Opcode)
        {
            case Opcode.Lui:
                value = (ulong)instruction.Immediate;
                return true;
            case Opcode.Auipc:
                value = (ulong)instruction.Immediate + programCounter;
                return true;
            case Opcode.Addi when TryGet(instruction.Rs1, out var source):
                value = source + (ulong)instruction.Immediate;
                return true;
            case Opcode.Addiw when TryGet(instruction.Rs1, out var source):
                value = (ulong)(int)(source + (ulong)instruction.Immediate);
                return true;
            default:
                return false;
        }
    }
}

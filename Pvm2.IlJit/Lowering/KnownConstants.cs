using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>What registers are known to hold in the midst of a block.</summary>
/// <param name="codeBase">What a program counter is before the first byte of code.</param>
internal sealed class KnownConstants(uint codeBase)
{
    private readonly long?[] _values = new long?[RegisterNames.Count];

    /// <summary>Forgets everything but that x0 is zero.</summary>
    internal void Clear()
    {
        Array.Clear(_values);
        _values[0] = 0;
    }

    /// <summary>The value of a register, if it is known.</summary>
    internal bool TryGet(int register, out long value)
    {
        value = _values[register].GetValueOrDefault();
        return _values[register].HasValue;
    }

    /// <summary>Follows an instruction.</summary>
    /// <param name="i">The instruction.</param>
    /// <param name="offset">Its code offset.</param>
    internal void Follow(Instruction i, uint offset)
    {
        if (i.Rd != 0)
        {
            _values[i.Rd] = ResultOf(i, offset);
        }
    }

    private long? ResultOf(Instruction i, uint offset) => i.Opcode switch
    {
        Opcode.Lui => i.Immediate,
        Opcode.Auipc => (long)(ulong)(codeBase + offset) + i.Immediate,
        Opcode.Addi => _values[i.Rs1] + i.Immediate,
        Opcode.Addiw => _values[i.Rs1] is { } value ? (int)(value + i.Immediate) : null,
        Opcode.Slli => _values[i.Rs1] << i.Immediate,
        Opcode.Add => _values[i.Rs1] + _values[i.Rs2],
        _ => null,
    };
}

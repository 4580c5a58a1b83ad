using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Tests;

/// <summary>Writes machine code with labels, in 4-byte forms, as an ELF linker leaves it: all distances resolved.</summary>
internal sealed class CodeBuilder
{
    /// <summary>The return address register.</summary>
    public const int Ra = 1;

    /// <summary>The first temporary, which outlined code links with.</summary>
    public const int T0 = 5;

    /// <summary>The second temporary, which far tail calls need.</summary>
    public const int T1 = 6;

    /// <summary>The first argument and result.</summary>
    public const int A0 = 10;

    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly List<(int Index, string Label, bool IsPair)> _fixups = [];

    /// <summary>Bytes so far.</summary>
    public int Size => _instructions.Count * 4;

    /// <summary>Names the next instruction.</summary>
    public CodeBuilder Label(string name)
    {
        _labels.Add(name, _instructions.Count);
        return this;
    }

    /// <summary>The offset of a label.</summary>
    public ulong OffsetOf(string label) => (ulong)_labels[label] * 4;

    /// <summary>Adds an instruction.</summary>
    public CodeBuilder Add(Opcode opcode, int rd = 0, int rs1 = 0, int rs2 = 0, int immediate = 0)
    {
        _instructions.Add(Encoder.Make(opcode, rd, rs1, rs2, immediate));
        return this;
    }

    /// <summary>Adds an instruction many times.</summary>
    public CodeBuilder Repeat(int count, Opcode opcode, int rd = 0, int rs1 = 0, int rs2 = 0, int immediate = 0)
    {
        for (var i = 0; i < count; i++)
        {
            Add(opcode, rd, rs1, rs2, immediate);
        }

        return this;
    }

    /// <summary>Adds a conditional branch.</summary>
    public CodeBuilder Branch(Opcode opcode, int rs1, int rs2, string label)
    {
        _fixups.Add((_instructions.Count, label, false));
        return Add(opcode, 0, rs1, rs2);
    }

    /// <summary>Adds <c>jal</c>.</summary>
    public CodeBuilder Jump(int link, string label)
    {
        _fixups.Add((_instructions.Count, label, false));
        return Add(Opcode.Jal, link);
    }

    /// <summary>Adds <c>auipc</c> and <c>jalr</c>.</summary>
    public CodeBuilder FarJump(int link, int scratch, string label)
    {
        _fixups.Add((_instructions.Count, label, true));
        return Add(Opcode.Auipc, scratch).Add(Opcode.Jalr, link, scratch);
    }

    /// <summary>Adds a return.</summary>
    public CodeBuilder Return(int register = Ra) => Add(Opcode.Jalr, 0, register);

    /// <summary>Saves ra on the stack.</summary>
    public CodeBuilder Enter() => Add(Opcode.Addi, 2, 2, immediate: -16).Add(Opcode.Sd, 0, 2, Ra, 8);

    /// <summary>Restores ra and returns.</summary>
    public CodeBuilder Leave() => Add(Opcode.Ld, Ra, 2, immediate: 8).Add(Opcode.Addi, 2, 2, immediate: 16).Return();

    /// <summary>Encodes all.</summary>
    public byte[] Build()
    {
        foreach (var (index, label, isPair) in _fixups)
        {
            var distance = (_labels[label] - index) * 4;
            var high = (distance + 0x800) & ~0xFFF;
            _instructions[index] = _instructions[index] with { Immediate = isPair ? high : distance };
            if (isPair)
            {
                _instructions[index + 1] = _instructions[index + 1] with { Immediate = distance - high };
            }
        }

        var bytes = new byte[Size];
        for (var i = 0; i < _instructions.Count; i++)
        {
            Encoder.Write(Encoder.Encode(_instructions[i]), 4, bytes.AsSpan(i * 4));
        }

        return bytes;
    }
}

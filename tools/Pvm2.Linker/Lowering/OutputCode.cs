using System.Runtime.InteropServices;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Lowering;

/// <summary>The instructions of the program in their order, and where those of the ELF have gone.</summary>
internal sealed class OutputCode
{
    private readonly List<OutputInstruction> _instructions;
    private readonly bool _compress;

    /// <summary>Makes an empty list.</summary>
    /// <param name="sourceCount">Number of instructions of the ELF.</param>
    /// <param name="entryCount">Number of entry points.</param>
    /// <param name="compress">Whether instructions take their 2-byte forms.</param>
    public OutputCode(int sourceCount, int entryCount, bool compress)
    {
        _compress = compress;
        _instructions = new List<OutputInstruction>(sourceCount + (sourceCount / 4));
        FirstOutput = new int[sourceCount];
        AfterCall = new int[sourceCount + entryCount];
        Thunks = new int[entryCount];
    }

    /// <summary>For each instruction of the ELF the index of the first one made of it, or of the next one if none was.</summary>
    public int[] FirstOutput { get; }

    /// <summary>For each call of the ELF, and then for each entry point, the index of what follows the call.</summary>
    public int[] AfterCall { get; }

    /// <summary>For each entry point the index of its first instruction.</summary>
    public int[] Thunks { get; }

    /// <summary>Number of instructions so far.</summary>
    public int Count => _instructions.Count;

    /// <summary>Whether what is added next starts a block.</summary>
    public bool AtBlockStart => Count == 0 || _instructions[^1].Instruction.Operation.IsTerminator;

    /// <summary>The instructions, for changes in place; not to be held while instructions are added.</summary>
    public Span<OutputInstruction> Instructions => CollectionsMarshal.AsSpan(_instructions);

    /// <summary>Adds a complete instruction, in the form that the options ask for.</summary>
    public void Add(in Instruction instruction)
    {
        var form = instruction;
        if (!_compress && form.Length == 2)
        {
            form = form with { Row = (byte)form.Opcode, Length = 4 };
        }
        else if (_compress && form.Length == 4)
        {
            Encoder.TryCompress(instruction, out form);
        }

        _instructions.Add(new OutputInstruction { Instruction = form, Size = form.Length });
    }

    /// <summary>Adds an instruction that refers to one of the ELF.</summary>
    public void Add(in Instruction instruction, Fixup fixup, int target)
    {
        var size = _compress && HasShortForm(instruction, fixup) ? 2 : 4;
        var form = instruction with { Row = (byte)instruction.Opcode, Length = 4, Immediate = 0 };
        _instructions.Add(new OutputInstruction { Instruction = form, Fixup = fixup, Target = target, Size = (byte)size });
    }

    /// <summary>Adds a mark that takes no bytes, behind everything else, so that the end of the code has a place.</summary>
    public void AddEnd() => _instructions.Add(new OutputInstruction { Instruction = Encoder.Make(Opcode.Trap), Size = 0 });

    /// <summary>Adds what loads a number from −2^31 to 2^31 − 1 − 2^11 into a register.</summary>
    public void AddLoadImmediate(int register, int value)
    {
        var high = AddressParts.High(value);
        if (high != 0)
        {
            Add(Encoder.Make(Opcode.Lui, register, immediate: high));
        }

        if (high == 0 || AddressParts.Low(value) != 0)
        {
            Add(Encoder.Make(Opcode.Addi, register, high == 0 ? 0 : register, immediate: AddressParts.Low(value)));
        }
    }

    private static bool HasShortForm(in Instruction instruction, Fixup fixup) => fixup switch
    {
        Fixup.Jump => instruction.Rd == 0,
        Fixup.Branch => Encoder.TryCompress(instruction with { Row = (byte)instruction.Opcode, Length = 4, Immediate = 0 }, out _),
        _ => false,
    };
}

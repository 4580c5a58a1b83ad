namespace Pvm2.Runtime.Isa;

/// <summary>
/// One row of <see cref="InstructionTable"/>: one encoding, its operands, what it does and what it costs.
/// </summary>
public sealed class InstructionDescriptor
{
    internal InstructionDescriptor(
        byte row,
        string mnemonic,
        string pattern,
        OperandFormat format,
        OperandConstraint constraint,
        Opcode opcode,
        InstructionFamily family,
        InstructionTraits traits,
        GasRow gas)
    {
        Row = row;
        Mnemonic = mnemonic;
        Format = format;
        Constraint = constraint;
        Opcode = opcode;
        Family = family;
        Traits = traits;
        Gas = gas;

        var bits = 0;
        foreach (var symbol in pattern)
        {
            if (symbol == ' ')
            {
                continue;
            }

            bits++;
            Mask = (Mask << 1) | (symbol == '.' ? 0u : 1u);
            Match = (Match << 1) | (symbol == '1' ? 1u : 0u);
        }

        Length = (byte)(bits / 8);
    }

    /// <summary>The row's number in <see cref="InstructionTable.Rows"/>.</summary>
    public byte Row { get; }

    /// <summary>The standard mnemonic, such as <c>addi</c> or <c>c.lwsp</c>.</summary>
    public string Mnemonic { get; }

    /// <summary>The bits that are fixed.</summary>
    public uint Mask { get; }

    /// <summary>The values of the fixed bits.</summary>
    public uint Match { get; }

    /// <summary>Bytes of the encoding: 2 or 4; 0 for the illegal row.</summary>
    public byte Length { get; }

    /// <summary>Where the operands are.</summary>
    public OperandFormat Format { get; }

    /// <summary>What makes the encoding reserved although its fixed bits match.</summary>
    public OperandConstraint Constraint { get; }

    /// <summary>What the instruction does; for a compressed row that of its expansion.</summary>
    public Opcode Opcode { get; }

    /// <summary>The family of <see cref="Opcode"/>.</summary>
    public InstructionFamily Family { get; }

    /// <summary>Properties of <see cref="Opcode"/>.</summary>
    public InstructionTraits Traits { get; }

    /// <summary>The price of <see cref="Opcode"/> in the pipeline model.</summary>
    public GasRow Gas { get; }

    /// <summary>Whether this is a 2-byte encoding.</summary>
    public bool IsCompressed => Length == 2;

    /// <summary>Whether the instruction ends its basic block.</summary>
    public bool IsTerminator => (Traits & InstructionTraits.Terminator) != 0;

    /// <summary>Whether the given profile knows the instruction.</summary>
    public bool IsLegalIn(Profile profile) => (Traits & IllegalTrait(profile)) == 0;

    internal static InstructionTraits IllegalTrait(Profile profile) =>
        profile == Profile.Static ? InstructionTraits.ForbiddenInStatic : InstructionTraits.IllegalInXjar;

    /// <inheritdoc/>
    public override string ToString() => Mnemonic;
}

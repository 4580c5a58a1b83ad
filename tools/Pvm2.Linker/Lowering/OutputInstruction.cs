using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Lowering;

/// <summary>An instruction of the program, or one operation that the layout may have to make two of.</summary>
internal struct OutputInstruction
{
    /// <summary>
    /// The instruction; where there is a <see cref="Fixup"/> in its 4-byte form. A jump's rs1 names a register that
    /// may be overwritten to reach its target; x0 if there is none.
    /// </summary>
    public Instruction Instruction;

    /// <summary>What is missing.</summary>
    public Fixup Fixup;

    /// <summary>Bytes that it takes; 0 for the mark at the end of the code.</summary>
    public byte Size;

    /// <summary>With a fixup, the instruction of the ELF that it refers to.</summary>
    public int Target;
}

namespace Pvm2.Native.Inspection;

/// <summary>A piece of a module's machine code.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Its first byte, from the start of the module's machine code.</param>
/// <param name="Length">Its bytes; zero for an instruction that has no code of its own.</param>
/// <param name="Offset">
/// The offset into the guest's code that it belongs to: of the instruction, of the block, of the code's end. For a jump
/// table the table's number; for what belongs to none of these zero.
/// </param>
/// <param name="Name">
/// A name for people: of a stub, or of the stub that a cold exit leads to; for other kinds that of the kind.
/// </param>
public readonly record struct MachineCodePart(
    MachineCodePartKind Kind, int Position, int Length, uint Offset, string Name);

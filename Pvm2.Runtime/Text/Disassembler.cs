using System.Globalization;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Listing;

namespace Pvm2.Runtime.Text;

/// <summary>Writes instructions and whole programs in the syntax that <see cref="Assembler"/> reads.</summary>
public static class Disassembler
{
    private static readonly DisassemblyOptions Default = new();

    /// <summary>Writes one instruction; a branch has its displacement, as the assembler would read it.</summary>
    /// <param name="instruction">The instruction; an illegal one is written as <c>illegal</c>.</param>
    /// <param name="options">How to write it.</param>
    public static string Format(in Instruction instruction, DisassemblyOptions? options = null) =>
        InstructionFormatter.Format(
            instruction, options ?? Default, instruction.Immediate.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes one instruction for a person to read: a branch has the program counter that it goes to.</summary>
    /// <param name="instruction">The instruction; an illegal one is written as <c>illegal</c>.</param>
    /// <param name="counter">Its program counter.</param>
    /// <param name="options">How to write it.</param>
    public static string Format(in Instruction instruction, uint counter, DisassemblyOptions? options = null) =>
        InstructionFormatter.Format(
            instruction, options ?? Default, $"0x{unchecked(counter + (uint)instruction.Immediate):x}");

    /// <summary>
    /// Writes a whole program as a source: regions, entry points, tables, data and code, with a comment at each
    /// block start that has its number and its gas.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="program">The program. It may be invalid; what cannot be written as a source is a comment.</param>
    /// <param name="options">How to write it.</param>
    public static void Write(TextWriter writer, GuestProgram program, DisassemblyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(program);
        new ProgramListing(writer, program, options ?? Default).Write();
    }

    /// <summary>Writes a whole program into a string; see <see cref="Write"/>.</summary>
    public static string Disassemble(GuestProgram program, DisassemblyOptions? options = null)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Write(writer, program, options);
        return writer.ToString();
    }
}

using System.Globalization;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>
/// The differences between LLVM's texts and ours, all in one place and each with its reason. Everything else must
/// be the same.
/// </summary>
internal static class LlvmSyntax
{
    internal const string Unknown = "<unknown>";

    private static readonly string[] Privileged = ["mret", "sret", "uret", "dret", "mnret", "wfi", "sfence.vma", "unimp"];

    /// <summary>Makes of LLVM's text what ours is to be; nothing where we know an instruction that LLVM cannot know.</summary>
    /// <param name="text">LLVM's text.</param>
    /// <param name="encoding">What both read.</param>
    /// <param name="ours">What we decoded, to know that a difference is the expected one.</param>
    internal static string Normalise(string text, uint encoding, in Instruction ours)
    {
        // Custom-0 is nobody's in RISC-V; PVM2 has five instructions there.
        if (text == Unknown && IsCustom(ours.Opcode))
        {
            return string.Empty;
        }

        // RISC-V reserves the fields of MISC-MEM that PVM2 ignores, so LLVM knows only fences without them.
        if (text == Unknown && ours.Opcode is Opcode.Fence or Opcode.FenceI)
        {
            return string.Empty;
        }

        // objdump says which place in which section a target is.
        var place = text.IndexOf(" <.text", StringComparison.Ordinal);
        if (place >= 0)
        {
            return text[..place];
        }

        // LLVM has control and status registers and privileged instructions always; PVM2 has none.
        if (text.StartsWith("csrr", StringComparison.Ordinal) || Privileged.Contains(text.Split(' ')[0]))
        {
            return Unknown;
        }

        // LLVM does not look at all registers of 2-byte hints: x16 and higher pass as others, or as numbers.
        var isHintBeyondE = text.StartsWith("c.addi 0, ", StringComparison.Ordinal)
            || (text is ['c', '.', 'm', 'v', ' ', 'z', ..] or ['c', '.', 'a', 'd', 'd', ' ', 'z', ..] && (encoding & 0x40) != 0);
        if (isHintBeyondE)
        {
            return Unknown;
        }

        if (text.StartsWith("c.lui ", StringComparison.Ordinal))
        {
            return NormaliseUpper(text);
        }

        // LLVM names the all-zero halfword, which is defined to be illegal.
        if (text == "c.unimp")
        {
            return Unknown;
        }

        // A shift by 0 is named as on RV128, where it means 64; for us it is c.slli a0, 0 and the like.
        if (text.StartsWith("c.slli64", StringComparison.Ordinal)
            || text.StartsWith("c.srli64", StringComparison.Ordinal)
            || text.StartsWith("c.srai64", StringComparison.Ordinal))
        {
            return text.Replace("64 ", " ", StringComparison.Ordinal) + ", 0";
        }

        // A fence with the mode TSO has a name instead of operands; we write the field as a number.
        return text == "fence.tso" ? "fence 2099" : text;
    }

    /// <summary>
    /// Whether LLVM's assembler has the instruction: not if it is custom-0 or a fence with a mode, and <c>fence.i</c>
    /// only without an immediate.
    /// </summary>
    internal static bool CanAssemble(in Instruction instruction) => instruction.Opcode switch
    {
        Opcode.Fence => (instruction.Immediate >> 8) == 0,
        Opcode.FenceI => instruction.Immediate == 0,
        _ => !IsCustom(instruction.Opcode),
    };

    /// <summary>Makes of our text what LLVM's assembler reads.</summary>
    internal static string ToLlvm(string text) =>
        text.EndsWith(", 0", StringComparison.Ordinal)
            && (text.StartsWith("c.slli ", StringComparison.Ordinal)
                || text.StartsWith("c.srli ", StringComparison.Ordinal)
                || text.StartsWith("c.srai ", StringComparison.Ordinal))
            ? text[..6] + "64" + text[6..^3]
            : text;

    private static bool IsCustom(Opcode opcode) =>
        opcode is Opcode.Trap or Opcode.EcallJar or Opcode.Ecalli or Opcode.BrTable or Opcode.Fallthrough;

    private static string NormaliseUpper(string text)
    {
        var comma = text.IndexOf(", ", StringComparison.Ordinal) + 2;
        var number = int.Parse(text.AsSpan(comma), CultureInfo.InvariantCulture);

        // The manual reserves an immediate of 0. Where that is negative, we write the 20 bits that the assembler takes.
        return number == 0 ? Unknown : text[..comma] + (number & 0xF_FFFF).ToString(CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Text;

namespace Pvm2.Linker;

/// <summary>Why an ELF cannot be linked, and what to change in its build.</summary>
/// <param name="Symbol">The function or object concerned, with an offset into it; empty where none is known.</param>
/// <param name="Section">The ELF section; empty where the file as a whole is at fault.</param>
/// <param name="Offset">Bytes into the section, or into the file where no section is named.</param>
/// <param name="Instruction">The instruction concerned, or the bytes of it; empty where there is none.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Advice">What to change in the build; empty where there is nothing to advise.</param>
public sealed record LinkError(
    string Symbol,
    string Section,
    ulong Offset,
    string Instruction,
    string Reason,
    string Advice)
{
    /// <summary>The whole message in one line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(Section.Length == 0 ? "file" : Section)}+0x{Offset:x}");
        if (Symbol.Length != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" ({Symbol})");
        }

        if (Instruction.Length != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $": {Instruction}");
        }

        text.Append(CultureInfo.InvariantCulture, $": {Reason}");
        if (Advice.Length != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $". {Advice}");
        }

        return text.ToString();
    }
}

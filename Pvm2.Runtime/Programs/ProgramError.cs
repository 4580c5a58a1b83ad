using System.Globalization;

namespace Pvm2.Runtime.Programs;

/// <summary>Why bytes are no program, or a program breaks the rules of its profile.</summary>
/// <param name="Section">The part at fault.</param>
/// <param name="Offset">
/// Where in it: a byte offset into the code for <see cref="ProgramSection.Code"/>, an index for tables, entry points,
/// symbols and notes, an address for memory regions, and a byte offset into the file for what could not be read at
/// all.
/// </param>
/// <param name="Bytes">The offending bytes, at most eight; empty where none are to blame.</param>
/// <param name="Reason">The rule that is broken, in words.</param>
public sealed record ProgramError(ProgramSection Section, long Offset, ReadOnlyMemory<byte> Bytes, string Reason)
{
    /// <summary>The whole message in one line.</summary>
    public override string ToString()
    {
        var bytes = Bytes.IsEmpty ? string.Empty : $" ({Convert.ToHexStringLower(Bytes.Span)})";
        return string.Create(CultureInfo.InvariantCulture, $"{Section} at 0x{Offset:x}{bytes}: {Reason}");
    }
}

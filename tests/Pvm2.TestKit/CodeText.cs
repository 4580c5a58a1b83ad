using System.Globalization;
using System.Text;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;

namespace Pvm2.TestKit;

/// <summary>Lists code for reports: offset, bytes, assembly.</summary>
public static class CodeText
{
    /// <summary>Appends every instruction as a line.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> code, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var line in Lines(code, profile))
        {
            text.AppendLine(line);
        }
    }

    /// <summary>One line an instruction.</summary>
    public static IReadOnlyList<string> Lines(ReadOnlySpan<byte> code, Profile profile)
    {
        var lines = new List<string>();
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Runtime.Isa.Decoder.Decode(code, offset, profile);
            var bytes = Convert.ToHexStringLower(code.Slice(offset, instruction.Length));
            var assembly = Disassembler.Format(instruction, (uint)offset);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {offset,6:x}  {bytes,-8}  {assembly}"));
            offset += instruction.Length;
        }

        return lines;
    }
}

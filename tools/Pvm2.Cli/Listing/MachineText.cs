using System.Globalization;
using Iced.Intel;

namespace Pvm2.Cli.Listing;

/// <summary>Writes machine instructions: position, bytes and text, a line each.</summary>
internal sealed class MachineText
{
    private const int Bits = 64;

    private readonly ReadOnlyMemory<byte> _code;
    private readonly PositionNames _names;
    private readonly IntelFormatter _formatter;

    /// <summary>Gets ready to write parts of some code.</summary>
    public MachineText(ReadOnlyMemory<byte> code, PositionNames names)
    {
        _code = code;
        _names = names;
        _formatter = new IntelFormatter(names);
        _formatter.Options.HexPrefix = "0x";
        _formatter.Options.HexSuffix = string.Empty;
        _formatter.Options.UppercaseHex = false;
        _formatter.Options.SmallHexNumbersInDecimal = false;
        _formatter.Options.SpaceAfterOperandSeparator = true;
        _formatter.Options.SignedImmediateOperands = true;
        _formatter.Options.ShowBranchSize = false;
        _formatter.Options.RipRelativeAddresses = false;
        _formatter.Options.BranchLeadingZeros = false;
    }

    /// <summary>The instructions of a part.</summary>
    public IEnumerable<MachineLine> Lines(int position, int length)
    {
        var end = position + length;
        while (position < end)
        {
            var instruction = Decode(position, end);
            var next = (int)instruction.NextIP;
            yield return new MachineLine(TextOf(position, next, instruction), TargetOf(instruction));
            position = next;
        }
    }

    /// <summary>One line of data or code.</summary>
    public static string Line(int position, ReadOnlySpan<byte> bytes, string text) => string.Create(
        CultureInfo.InvariantCulture, $"    {position:x6}  {Convert.ToHexStringLower(bytes),-22}  {text}");

    private Instruction Decode(int position, int end)
    {
        var reader = new ByteArrayCodeReader(_code[position..end].ToArray());
        return Iced.Intel.Decoder.Create(Bits, reader, (ulong)position).Decode();
    }

    private string TextOf(int position, int next, in Instruction instruction)
    {
        var output = new StringOutput();
        _formatter.Format(instruction, output);
        return Line(position, _code[position..next].Span, output.ToString());
    }

    /// <summary>The name of where a jump leads; empty where it is no jump.</summary>
    private string TargetOf(in Instruction instruction) =>
        instruction.FlowControl is FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch
            ? _names[(int)instruction.NearBranchTarget]
            : string.Empty;
}

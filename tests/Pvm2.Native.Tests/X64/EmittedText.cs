using Iced.Intel;
using Assembler = Pvm2.Native.X64.Assembler;

namespace Pvm2.Native.Tests.X64;

/// <summary>Disassembles what our assembler wrote with one that we did not write.</summary>
internal static class EmittedText
{
    /// <summary>The instructions, one an entry, in Intel syntax with decimal numbers.</summary>
    /// <param name="emit">Writes the instructions.</param>
    internal static IReadOnlyList<string> Of(Action<Assembler> emit)
    {
        using var code = new Assembler(64);
        emit(code);
        return Disassemble(code.Written.ToArray());
    }

    private static List<string> Disassemble(byte[] bytes)
    {
        var decoder = Decoder.Create(64, bytes);
        var formatter = new IntelFormatter();
        formatter.Options.NumberBase = NumberBase.Decimal;
        formatter.Options.SignedImmediateOperands = true;
        formatter.Options.MemorySizeOptions = MemorySizeOptions.Always;
        formatter.Options.AlwaysShowSegmentRegister = false;
        formatter.Options.RipRelativeAddresses = true;
        var lines = new List<string>();
        while (decoder.IP < (ulong)bytes.Length)
        {
            decoder.Decode(out var instruction);
            var output = new StringOutput();
            formatter.Format(instruction, output);
            lines.Add(output.ToString());
        }

        return lines;
    }
}

using Pvm2.Cli.Output;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.Cli.Inspection;

/// <summary>Describes where in a program a program counter points.</summary>
internal static class CodePlace
{
    private static readonly DisassemblyOptions Expanded = new() { ShowCompressed = false };

    /// <summary>The program counter, the function around it where the program names one, and the instruction.</summary>
    public static string Describe(GuestProgram program, uint programCounter)
    {
        var offset = programCounter - program.CodeBase;
        var text = Hex.Address(programCounter);
        if (offset >= (uint)program.Code.Length)
        {
            return $"{text} (the end of the code)";
        }

        text += FunctionAt(program, offset);
        var instruction = Decoder.Decode(program.Code.Span, (int)offset, program.Profile);
        return $"{text}: {Disassembler.Format(instruction, programCounter, Expanded)}";
    }

    /// <summary>The function around an offset into the code, in angle brackets behind a space; empty where the program names none.</summary>
    public static string FunctionAt(GuestProgram program, uint offset)
    {
        if (FindSymbol(program.Symbols, offset) is not { } symbol)
        {
            return string.Empty;
        }

        var distance = offset == symbol.Offset ? string.Empty : $"+0x{offset - symbol.Offset:x}";
        return $" <{PrintableText.Of(symbol.Name)}{distance}>";
    }

    /// <summary>The last symbol at or before an offset; symbols stand in the order of their offsets.</summary>
    private static CodeSymbol? FindSymbol(IReadOnlyList<CodeSymbol> symbols, uint offset)
    {
        var (low, high) = (0, symbols.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (symbols[middle].Offset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? null : symbols[low - 1];
    }
}

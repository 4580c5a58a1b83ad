using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Inspection;

/// <summary>The code of a program in figures.</summary>
/// <param name="Bytes">Bytes of code.</param>
/// <param name="Instructions">Instructions, illegal encodings included.</param>
/// <param name="CompressedInstructions">Those of two bytes.</param>
/// <param name="IllegalInstructions">Encodings that panic when executed; a valid static program has none.</param>
/// <param name="Blocks">Basic blocks.</param>
/// <param name="LongestBlock">Instructions of the longest block.</param>
internal sealed record CodeDocument(
    int Bytes, int Instructions, int CompressedInstructions, int IllegalInstructions, int Blocks, int LongestBlock)
{
    /// <summary>Counts the code of a program.</summary>
    public static CodeDocument Of(GuestProgram program, BasicBlockMap blocks)
    {
        var code = program.Code.Span;
        var (count, compressed, illegal, inBlock, longest) = (0, 0, 0, 0, 0);
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, program.Profile);
            inBlock = blocks.IsStart((uint)offset) ? 1 : inBlock + 1;
            longest = Math.Max(longest, inBlock);
            count++;
            compressed += instruction.Length == 2 ? 1 : 0;
            illegal += instruction.IsIllegal ? 1 : 0;
            offset += instruction.Length;
        }

        return new CodeDocument(code.Length, count, compressed, illegal, blocks.Count, longest);
    }
}

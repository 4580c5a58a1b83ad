using System.Globalization;
using Pvm2.TestKit;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>Runs LLVM's assembler and disassembler for the extensions of PVM2.</summary>
internal static class LlvmTools
{
    internal const string Assembler = "llvm-mc-19";
    internal const string Disassembler = "llvm-objdump-19";

    /// <summary>The extensions of PVM2 but custom-0; fence.i and pause have names of their own in LLVM.</summary>
    private const string Extensions = "+e,+m,+zba,+zbb,+zbs,+zicond,+zifencei,+zihintpause";

    /// <summary>The code of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="compress">Whether LLVM may use 2-byte instructions.</param>
    internal static byte[] Assemble(string source, bool compress)
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("in.s");
        var output = folder.File("out.o");
        File.WriteAllText(input, source);
        ExternalTool.Find(Assembler).Run(
            "-triple=riscv64", $"-mattr={Extensions}{(compress ? ",+c" : string.Empty)}", "-filetype=obj", "-o", output, input);
        return ElfText.Read(File.ReadAllBytes(output));
    }

    /// <summary>Disassembles code that lies at an address.</summary>
    /// <returns>The text of each instruction by its address.</returns>
    internal static Dictionary<ulong, string> Disassemble(ReadOnlySpan<byte> code, ulong address)
    {
        using var folder = new TemporaryFolder();
        var input = folder.File("in.elf");
        File.WriteAllBytes(input, ElfText.Write(code, address));
        var output = ExternalTool.Find(Disassembler).Run(
            "-d", "-M", "no-aliases", "--print-imm-hex=false", "--no-show-raw-insn", $"--mattr={Extensions},+c", input);

        var lines = new Dictionary<ulong, string>();
        foreach (var line in output.Split('\n'))
        {
            // "  400000:      \tc.nop"; headings have no number before the colon.
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && ulong.TryParse(line.AsSpan(0, colon).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at))
            {
                lines.Add(at, string.Join(' ', line[(colon + 1)..].Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return lines;
    }
}

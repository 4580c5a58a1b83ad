using System.Buffers.Binary;
using Pvm2.Linker.Elf;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Input;

/// <summary>Pass: decodes all code into an editable list of instructions.</summary>
/// <remarks>
/// It decodes as the xjar profile does, which is what a compiler's output looks like: auipc, jalr, x3 and x4 are
/// there, br_table is not. What is illegal is an error only where control can reach it, so that padding and data
/// behind a function's last instruction do no harm.
/// </remarks>
internal static class CodeDecoder
{
    private const uint UnimplementedWord = 0xC000_1073;

    /// <summary>Decodes all code sections.</summary>
    public static SourceCode Decode(ElfImage image, InputSections sections)
    {
        var starts = FindLabels(image, sections);
        var maps = new int[sections.Code.Length][];
        var instructions = new List<SourceInstruction>(Count(sections, starts));
        for (var section = 0; section < sections.Code.Length; section++)
        {
            maps[section] = DecodeSection(sections.Code[section].Elf.Content.Span, section, starts[section], instructions);
        }

        return new SourceCode([.. instructions], sections.Code, maps);
    }

    /// <summary>The number of instructions, found first so that the list never has to be copied.</summary>
    private static int Count(InputSections sections, bool[][] labels)
    {
        var count = 0;
        for (var i = 0; i < sections.Code.Length; i++)
        {
            var code = sections.Code[i].Elf.Content.Span;
            count++;
            for (var offset = 0; offset < code.Length; offset += LengthAt(code, offset, labels[i]))
            {
                count++;
            }
        }

        return count;
    }

    private static int[] DecodeSection(ReadOnlySpan<byte> code, int section, bool[] labels, List<SourceInstruction> instructions)
    {
        var map = new int[(code.Length / 2) + 1];
        Array.Fill(map, -1);
        for (var offset = 0; offset < code.Length;)
        {
            var decoded = DecodeAt(code, offset, labels, out var isTrap);
            map[offset / 2] = instructions.Count;
            instructions.Add(new SourceInstruction
            {
                Decoded = decoded,
                Kind = isTrap ? InstructionKind.Trap : KindOf(decoded),
                Section = section,
                Offset = (uint)offset,
            });
            offset += decoded.Length;
        }

        map[code.Length / 2] = instructions.Count;
        instructions.Add(new SourceInstruction
        {
            Decoded = Encoder.Make(Opcode.Trap),
            Kind = InstructionKind.Trap,
            Section = section,
            Offset = (uint)code.Length,
        });
        return map;
    }

    private static Instruction DecodeAt(ReadOnlySpan<byte> code, int offset, bool[] labels, out bool isTrap)
    {
        var length = LengthAt(code, offset, labels);
        var decoded = length == Decoder.LengthOf(code[offset])
            ? Decoder.Decode(code, offset, Profile.Xjar)
            : Instruction.Illegal(length);
        isTrap = decoded.Opcode == Opcode.Ebreak
            || (decoded.IsIllegal && decoded.Length == 2 && code[offset] == 0 && code[offset + 1] == 0)
            || (decoded.IsIllegal && decoded.Length == 4 && BinaryPrimitives.ReadUInt32LittleEndian(code[offset..]) == UnimplementedWord);
        return decoded;
    }

    /// <summary>
    /// The length of what stands at an offset. Where a label lies inside of what would be a long instruction, the
    /// bytes before it are no instruction but data.
    /// </summary>
    private static int LengthAt(ReadOnlySpan<byte> code, int offset, bool[] labels) =>
        labels[(offset / 2) + 1] ? 2 : Math.Min(Decoder.LengthOf(code[offset]), code.Length - offset);

    private static InstructionKind KindOf(in Instruction decoded) => decoded.Opcode switch
    {
        Opcode.Illegal => InstructionKind.Illegal,
        Opcode.Trap => InstructionKind.Trap,
        Opcode.Jal => InstructionKind.Jump,
        Opcode.Jalr => InstructionKind.IndirectJump,
        _ when decoded.Operation.Family == InstructionFamily.Branch => InstructionKind.Branch,
        _ => InstructionKind.Plain,
    };

    /// <summary>Marks, for each code section, the halfwords that a symbol names.</summary>
    private static bool[][] FindLabels(ElfImage image, InputSections sections)
    {
        var labels = Array.ConvertAll(sections.Code, s => new bool[(s.Elf.Size / 2) + 1]);
        foreach (ref readonly var symbol in image.Symbols.AsSpan())
        {
            var place = sections[symbol.Section];
            if (place.Role != SectionRole.Code || symbol.Type is ElfSymbolType.Section or ElfSymbolType.File)
            {
                continue;
            }

            var offset = symbol.Value - sections.Code[place.Index].Elf.Address;
            if (offset % 2 == 0 && offset / 2 < (ulong)labels[place.Index].Length)
            {
                labels[place.Index][offset / 2] = true;
            }
        }

        return labels;
    }
}

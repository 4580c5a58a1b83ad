using Pvm2.Linker.Elf;
using Pvm2.Linker.Input;
using Pvm2.Runtime.Text;

namespace Pvm2.Linker.Diagnostics;

/// <summary>Adds errors about instructions and relocations with all that is known about the place.</summary>
internal sealed class ErrorReporter(ErrorList errors, ElfImage image, InputSections sections, SourceCode code)
{
    private static readonly DisassemblyOptions Standard = new() { UseAliases = false };

    /// <summary>All errors so far.</summary>
    public ErrorList Errors { get; } = errors;

    /// <summary>The named places in the code.</summary>
    public FunctionIndex Functions { get; } = FunctionIndex.Build(image, sections, errors);

    /// <summary>Adds an error about an instruction.</summary>
    public void AddAt(int instruction, string reason, string advice)
    {
        ref readonly var item = ref code.Instructions[instruction];
        Errors.Add(new LinkError(
            Functions.Describe(item.Section, item.Offset),
            code.SectionOf(instruction).Elf.Name,
            item.Offset,
            TextOf(instruction),
            reason,
            advice));
    }

    /// <summary>Adds an error about a relocation of code.</summary>
    /// <param name="section">The section that it applies to.</param>
    /// <param name="instruction">The instruction that it applies to, or −1 where none starts.</param>
    /// <param name="relocation">The relocation.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="advice">What to change in the build.</param>
    public void AddAt(ElfSection section, int instruction, in ElfRelocation relocation, string reason, string advice)
    {
        if (instruction < 0)
        {
            AddAt(section, relocation, reason, advice);
        }
        else
        {
            AddAt(instruction, $"{RelocationTypes.NameOf(relocation.Type)} of {NameOf(relocation)}: {reason}", advice);
        }
    }

    /// <summary>Adds an error about a relocation of data.</summary>
    public void AddAt(ElfSection section, in ElfRelocation relocation, string reason, string advice)
    {
        var symbol = image.Symbols.Length == 0 ? string.Empty : image.NameOf(image.Symbols[relocation.Symbol]);
        Errors.Add(new LinkError(
            symbol, section.Name, relocation.Offset, RelocationTypes.NameOf(relocation.Type), reason, advice));
    }

    private string NameOf(in ElfRelocation relocation)
    {
        var name = image.NameOf(image.Symbols[relocation.Symbol]);
        return name.Length == 0 ? "no symbol" : name;
    }

    private string TextOf(int instruction)
    {
        ref readonly var item = ref code.Instructions[instruction];
        var content = code.SectionOf(instruction).Elf.Content.Span;
        if (item.Offset >= (uint)content.Length)
        {
            return "end of the section";
        }

        var length = Math.Min(item.Decoded.Length, content.Length - (int)item.Offset);
        var bytes = content.Slice((int)item.Offset, length).ToArray();
        Array.Reverse(bytes);
        var hex = "0x" + Convert.ToHexStringLower(bytes);
        return item.Decoded.IsIllegal ? hex : $"{Disassembler.Format(item.Decoded, (uint)code.AddressOf(instruction), Standard)} ({hex})";
    }
}

namespace Pvm2.Linker.Input;

/// <summary>
/// All instructions of the ELF in the order of their addresses. After the last one of each section stands a trap
/// that the file does not have: what would run off the end meets it.
/// </summary>
internal sealed class SourceCode
{
    private readonly CodeSection[] _sections;
    private readonly int[][] _indexByHalfword;

    public SourceCode(SourceInstruction[] instructions, CodeSection[] sections, int[][] indexByHalfword)
    {
        Instructions = instructions;
        _sections = sections;
        _indexByHalfword = indexByHalfword;
    }

    /// <summary>The instructions.</summary>
    public SourceInstruction[] Instructions { get; }

    /// <summary>Number of instructions, the added traps included.</summary>
    public int Count => Instructions.Length;

    /// <summary>Finds an instruction by its place.</summary>
    /// <param name="section">Index of a code section.</param>
    /// <param name="offset">Bytes into the section; its size for the trap behind it.</param>
    /// <returns>Its index, or −1 where no instruction starts.</returns>
    public int Find(int section, ulong offset)
    {
        var map = _indexByHalfword[section];
        return offset % 2 == 0 && offset / 2 < (ulong)map.Length ? map[offset / 2] : -1;
    }

    /// <summary>The address in the ELF of an instruction.</summary>
    public ulong AddressOf(int instruction)
    {
        ref readonly var item = ref Instructions[instruction];
        return _sections[item.Section].Elf.Address + item.Offset;
    }

    /// <summary>The section of an instruction.</summary>
    public CodeSection SectionOf(int instruction) => _sections[Instructions[instruction].Section];
}

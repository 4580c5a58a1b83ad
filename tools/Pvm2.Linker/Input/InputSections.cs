using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>The sections of the ELF that matter to the program, in ascending order of their addresses.</summary>
internal sealed class InputSections
{
    private readonly SectionPlace[] _places;
    private readonly ElfSection[] _code;
    private readonly ElfSection[] _data;

    public InputSections(SectionPlace[] places, CodeSection[] code, DataSection[] data, DataSection[] exports)
    {
        _places = places;
        Code = code;
        Data = data;
        Exports = exports;
        _code = Array.ConvertAll(code, s => s.Elf);
        _data = Array.ConvertAll(data, s => s.Elf);
    }

    /// <summary>Sections of instructions.</summary>
    public CodeSection[] Code { get; }

    /// <summary>Sections of data.</summary>
    public DataSection[] Data { get; }

    /// <summary>Sections that list functions to export.</summary>
    public DataSection[] Exports { get; }

    /// <summary>What becomes of an ELF section.</summary>
    /// <param name="section">Its number in the file; beyond the last one it has no role.</param>
    public SectionPlace this[int section] => section < _places.Length ? _places[section] : default;

    /// <summary>Finds the code section that holds an address, or ends at it.</summary>
    /// <returns>Its index, or −1.</returns>
    public int FindCode(ulong address) => Find(_code, address);

    /// <summary>Finds the data section that holds an address, or ends at it.</summary>
    /// <returns>Its index, or −1.</returns>
    public int FindData(ulong address) => Find(_data, address);

    /// <summary>The last of the sections that starts at or before an address, if the address is not beyond it.</summary>
    private static int Find(ElfSection[] sections, ulong address)
    {
        var low = 0;
        var high = sections.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = sections[middle].Address <= address ? (middle, high) : (low, middle - 1);
        }

        if (low >= sections.Length)
        {
            return -1;
        }

        var section = sections[low];
        return address >= section.Address && address - section.Address <= section.Size ? low : -1;
    }
}

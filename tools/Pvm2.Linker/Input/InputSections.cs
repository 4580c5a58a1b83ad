using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>The sections of the ELF that matter to the program, in ascending order of their addresses.</summary>
internal sealed class InputSections
{
    private readonly SectionPlace[] _places;

    public InputSections(SectionPlace[] places, CodeSection[] code, DataSection[] data, DataSection[] exports)
    {
        _places = places;
        Code = code;
        Data = data;
        Exports = exports;
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
    public int FindCode(ulong address)
    {
        var low = 0;
        var high = Code.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Code[middle].Elf.Address <= address ? (middle, high) : (low, middle - 1);
        }

        return low < Code.Length && Contains(Code[low].Elf, address) ? low : -1;
    }

    /// <summary>Finds the data section that holds an address, or ends at it.</summary>
    /// <returns>Its index, or −1.</returns>
    public int FindData(ulong address)
    {
        // The one that starts last below the address: where one section ends another may begin.
        return Array.FindLastIndex(Data, s => Contains(s.Elf, address));
    }

    private static bool Contains(ElfSection section, ulong address) =>
        address >= section.Address && address - section.Address <= section.Size;
}

using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>Says what a symbol and an addend, or an address, mean.</summary>
internal sealed class SymbolResolver(ElfImage image, InputSections sections, SourceCode code)
{
    /// <summary>Resolves what a relocation refers to.</summary>
    /// <param name="relocation">The relocation.</param>
    /// <param name="location">What it means.</param>
    /// <param name="problem">Why it has no meaning; else empty.</param>
    /// <returns>Whether it has a meaning.</returns>
    public bool TryResolve(in ElfRelocation relocation, out Location location, out ReferenceProblem problem)
    {
        ref readonly var symbol = ref image.Symbols[relocation.Symbol];
        problem = default;
        if (relocation.Symbol == 0 || symbol.Section == ElfSymbol.Absolute)
        {
            location = Location.Absolute((long)symbol.Value + relocation.Addend);
            return true;
        }

        if (symbol.Section == ElfSymbol.Undefined)
        {
            return TryResolveUndefined(symbol, relocation.Addend, out location, out problem);
        }

        if (symbol.Type is ElfSymbolType.ThreadLocal or ElfSymbolType.IndirectFunction || symbol.Section >= ElfSymbol.FirstReserved)
        {
            location = default;
            problem = symbol.Type == ElfSymbolType.ThreadLocal
                ? new ReferenceProblem("it refers to a thread-local variable", "A guest has one thread: make the variable an ordinary static.")
                : new ReferenceProblem("it refers to a kind of symbol that is not supported (ifunc or common)", "Link statically and without ifunc.");
            return false;
        }

        return TryResolveDefined(symbol, relocation.Addend, out location, out problem);
    }

    /// <summary>Whether a relocation refers to what nothing defines.</summary>
    public bool IsUndefined(in ElfRelocation relocation) =>
        relocation.Symbol != 0 && image.Symbols[relocation.Symbol].Section == ElfSymbol.Undefined;

    /// <summary>Finds the instruction at an address of the ELF.</summary>
    /// <returns>Its index, or −1 where none starts.</returns>
    public int FindInstruction(ulong address)
    {
        var section = sections.FindCode(address);
        return section < 0 ? -1 : code.Find(section, address - sections.Code[section].Elf.Address);
    }

    /// <summary>Resolves an address that the code computes without a relocation.</summary>
    public bool TryResolveAddress(ulong address, out Location location)
    {
        var instruction = FindInstruction(address);
        var data = instruction >= 0 ? -1 : sections.FindData(address);
        location = instruction >= 0 ? Location.Code(instruction)
            : data >= 0 ? Location.Data(data, (long)(address - sections.Data[data].Elf.Address))
            : default;
        return location.Kind != LocationKind.None;
    }

    private bool TryResolveDefined(in ElfSymbol symbol, long addend, out Location location, out ReferenceProblem problem)
    {
        var place = sections[symbol.Section];
        problem = default;
        location = default;
        if (place.Role == SectionRole.Data)
        {
            var start = sections.Data[place.Index].Elf.Address;
            location = Location.Data(place.Index, (long)(symbol.Value - start) + addend);
            return true;
        }

        if (place.Role != SectionRole.Code)
        {
            var name = symbol.Section < image.Sections.Length ? image.Sections[symbol.Section].Name : "a section that does not exist";
            problem = new ReferenceProblem($"it refers to {name}, which is not part of the program", "Remove the reference, or put the object into an ordinary data section.");
            return false;
        }

        var offset = symbol.Value - sections.Code[place.Index].Elf.Address + (ulong)addend;
        var instruction = code.Find(place.Index, offset);
        location = Location.Code(instruction);
        if (instruction < 0)
        {
            problem = new ReferenceProblem($"it refers to offset 0x{offset:x} of {sections.Code[place.Index].Elf.Name}, where no instruction starts", "Code must not hold data: move tables and constants out of code sections.");
        }

        return instruction >= 0;
    }

    private bool TryResolveUndefined(in ElfSymbol symbol, long addend, out Location location, out ReferenceProblem problem)
    {
        var boundary = BoundaryOf(image.RawNameOf(symbol));
        var isKnown = boundary is not null || symbol.Binding == ElfSymbolBinding.Weak;
        problem = isKnown ? default : new ReferenceProblem("nothing defines the symbol", "Add the object or library that defines it to the link, or declare it weak.");
        location = boundary is { } known ? Location.Boundary(known, addend)
            : isKnown ? Location.Absolute(addend)
            : default;
        return isKnown;
    }

    private static RegionBoundary? BoundaryOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("__heap_start"u8) ? RegionBoundary.HeapStart
        : name.SequenceEqual("__heap_end"u8) ? RegionBoundary.HeapEnd
        : name.SequenceEqual("__stack_bottom"u8) ? RegionBoundary.StackBottom
        : name.SequenceEqual("__stack_top"u8) ? RegionBoundary.StackTop
        : null;
}

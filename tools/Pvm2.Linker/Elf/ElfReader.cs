using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Pvm2.Linker.Diagnostics;

namespace Pvm2.Linker.Elf;

/// <summary>
/// Reads an ELF64 RV64E executable. Nothing in the file is trusted: every range is checked against its length, and
/// what is allocated is in proportion to it.
/// </summary>
/// <remarks>Layouts and constants: the ELF specification and the RISC-V ELF psABI.</remarks>
internal static class ElfReader
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 24;
    private const ushort MachineRiscV = 243;
    private const uint FlagEmbedded = 8;

    /// <summary>Reads the headers, sections and symbols.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> file, ErrorList errors, [NotNullWhen(true)] out ElfImage? image)
    {
        image = null;
        if (!CheckHeader(file.Span, errors) || !TryReadSections(file, errors, out var sections))
        {
            return false;
        }

        var table = Array.FindIndex(sections, s => s.Type == ElfSectionType.SymbolTable);
        var symbols = Array.Empty<ElfSymbol>();
        var names = ReadOnlyMemory<byte>.Empty;
        if (table > 0)
        {
            symbols = ReadSymbols(sections[table].Content.Span);
            names = sections[table].Link < sections.Length ? sections[sections[table].Link].Content : default;
        }

        var entry = BinaryPrimitives.ReadUInt64LittleEndian(file.Span[24..]);
        image = new ElfImage(entry, sections, symbols, Math.Max(table, 0), names);
        return true;
    }

    /// <summary>Reads the relocations that apply to a section, in ascending order of their offsets.</summary>
    public static ElfRelocation[] ReadRelocations(ElfImage image, ElfSection relocations, ElfSection target, ErrorList errors)
    {
        if (relocations.Link != image.SymbolTable || relocations.Type != ElfSectionType.RelocationsWithAddends)
        {
            errors.Add(relocations.Name, 0, "these relocations are not of the kind RELA with the file's symbol table");
            return [];
        }

        var bytes = relocations.Content.Span;
        var result = new ElfRelocation[bytes.Length / RelocationSize];
        var sorted = true;
        for (var i = 0; i < result.Length; i++)
        {
            var entry = bytes.Slice(i * RelocationSize, RelocationSize);
            var offset = BinaryPrimitives.ReadUInt64LittleEndian(entry) - target.Address;
            var info = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
            var addend = BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
            if (offset >= target.Size || info >> 32 >= (ulong)image.Symbols.Length)
            {
                errors.Add(relocations.Name, (ulong)(i * RelocationSize), "a relocation lies outside its section or names a symbol that does not exist");
                return [];
            }

            result[i] = new ElfRelocation(offset, (RelocationType)(uint)info, (int)(info >> 32), addend);
            sorted &= i == 0 || result[i - 1].Offset <= offset;
        }

        return sorted ? result : [.. result.OrderBy(r => r.Offset)];
    }

    private static bool CheckHeader(ReadOnlySpan<byte> file, ErrorList errors)
    {
        if (file.Length < HeaderSize || !file.StartsWith("\u007FELF"u8))
        {
            return errors.Add("this is no ELF file", "Give the executable that ld.lld wrote.");
        }

        if (file[4] != 2 || file[5] != 1)
        {
            return errors.Add(
                file[5] == 1 ? "this is a 32-bit ELF file" : "this is a big-endian ELF file",
                "PVM2 is 64-bit and little-endian: compile with --target=riscv64-unknown-elf.");
        }

        var type = BinaryPrimitives.ReadUInt16LittleEndian(file[16..]);
        var machine = BinaryPrimitives.ReadUInt16LittleEndian(file[18..]);
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(file[48..]);
        return machine != MachineRiscV
            ? errors.Add($"this ELF file is for machine {machine}, not for RISC-V (243)", "Compile with --target=riscv64-unknown-elf.")
            : CheckType(type, errors) && CheckFlags(flags, errors);
    }

    private static bool CheckType(ushort type, ErrorList errors) => type switch
    {
        2 => true,
        1 => errors.Add("this is a relocatable object, not an executable", "Link it with ld.lld -static --emit-relocs first."),
        3 => errors.Add("this is a shared object or a position-independent executable", "Compile with -fno-pic and link with -static -no-pie --emit-relocs."),
        _ => errors.Add($"this is no executable (ELF type {type})", "Give the executable that ld.lld wrote."),
    };

    private static bool CheckFlags(uint flags, ErrorList errors) => (flags & FlagEmbedded) != 0
        || errors.Add(
            "this ELF file is not RV64E: its code may use x16 to x31",
            "Compile everything for the embedded ABI: -march=rv64emc_zba_zbb_zbs_zicond -mabi=lp64e.");

    private static bool TryReadSections(ReadOnlyMemory<byte> file, ErrorList errors, out ElfSection[] sections)
    {
        var header = file.Span[..HeaderSize];
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
        var entrySize = BinaryPrimitives.ReadUInt16LittleEndian(header[58..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        var nameTable = BinaryPrimitives.ReadUInt16LittleEndian(header[62..]);
        sections = [];
        if (count == 0)
        {
            return errors.Add("the file has no section headers", "Do not strip sections: the linker reads sections, symbols and relocations.");
        }

        if (entrySize != SectionHeaderSize || !IsInside(file, offset, (ulong)count * SectionHeaderSize))
        {
            return errors.Add("the section headers lie outside the file", string.Empty);
        }

        var table = file.Span.Slice((int)offset, count * SectionHeaderSize);
        var names = nameTable < count && TryGetContent(file, table.Slice(nameTable * SectionHeaderSize, SectionHeaderSize), out var nameContent)
            ? nameContent.Span
            : [];
        sections = new ElfSection[count];
        var content = 0L;
        for (var i = 0; i < count; i++)
        {
            var entry = table.Slice(i * SectionHeaderSize, SectionHeaderSize);
            if (!TryReadSection(file, i, entry, names, errors, out sections[i]))
            {
                return false;
            }

            content += sections[i].Content.Length;
        }

        // What comes after does work for each byte of each section: no byte may be in many of them.
        return content <= file.Length || errors.Add("sections share their bytes in the file", string.Empty);
    }

    private static bool TryReadSection(
        ReadOnlyMemory<byte> file, int index, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> names, ErrorList errors, out ElfSection section)
    {
        var alignment = Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(entry[48..]));
        var hasContent = TryGetContent(file, entry, out var content);
        section = new ElfSection(
            index,
            ElfImage.ReadString(names, BinaryPrimitives.ReadUInt32LittleEndian(entry)),
            (ElfSectionType)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
            (ElfSectionFlags)BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[44..]),
            alignment,
            content);
        if (!hasContent)
        {
            return errors.Add(section.Name, 0, "the section lies outside the file");
        }

        return BitOperations.IsPow2(alignment)
            || errors.Add(section.Name, 0, $"the section's alignment, {alignment}, is no power of two");
    }

    private static bool TryGetContent(ReadOnlyMemory<byte> file, ReadOnlySpan<byte> entry, out ReadOnlyMemory<byte> content)
    {
        var type = (ElfSectionType)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(entry[24..]);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]);
        content = default;
        if (type is ElfSectionType.NoBits or ElfSectionType.Null)
        {
            return true;
        }

        if (!IsInside(file, offset, size))
        {
            return false;
        }

        content = file.Slice((int)offset, (int)size);
        return true;
    }

    private static ElfSymbol[] ReadSymbols(ReadOnlySpan<byte> bytes)
    {
        var symbols = new ElfSymbol[bytes.Length / SymbolSize];
        for (var i = 0; i < symbols.Length; i++)
        {
            var entry = bytes.Slice(i * SymbolSize, SymbolSize);
            symbols[i] = new ElfSymbol(
                BinaryPrimitives.ReadUInt32LittleEndian(entry),
                (ElfSymbolType)(entry[4] & 15),
                (ElfSymbolBinding)(entry[4] >> 4),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]));
        }

        return symbols;
    }

    private static bool IsInside(ReadOnlyMemory<byte> file, ulong offset, ulong size) =>
        offset <= (ulong)file.Length && size <= (ulong)file.Length - offset;
}

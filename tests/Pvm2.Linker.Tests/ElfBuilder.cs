using System.Buffers.Binary;
using System.Text;

namespace Pvm2.Linker.Tests;

/// <summary>Writes ELF executables that no compiler would: of any size, and wrong wherever a test wants it.</summary>
internal sealed class ElfBuilder
{
    private const int HeaderSize = 64;
    private readonly List<(string Name, uint Type, ulong Flags, ulong Address, byte[] Content, ulong Size, uint Link, uint Info)> _sections =
        [(string.Empty, 0, 0, 0, [], 0, 0, 0)];

    private readonly List<byte[]> _symbolEntries = [new byte[24]];
    private readonly List<byte> _names = [0];
    private readonly SortedDictionary<int, List<byte>> _relocations = [];

    /// <summary>e_type; 2 is an executable.</summary>
    public ushort Type { get; init; } = 2;

    /// <summary>e_flags; 8 is RV64E.</summary>
    public uint Flags { get; init; } = 9;

    /// <summary>Adds a section of code.</summary>
    /// <returns>Its number.</returns>
    public int AddCode(ulong address, byte[] content, string name = ".text") => AddSection(name, 1, 6, address, content);

    /// <summary>Adds a section of data.</summary>
    /// <returns>Its number.</returns>
    public int AddData(ulong address, byte[] content, bool writable, string name) =>
        AddSection(name, 1, writable ? 3u : 2u, address, content);

    /// <summary>Adds any section; its size is that of its content unless said otherwise.</summary>
    /// <returns>Its number.</returns>
    public int AddSection(string name, uint type, ulong flags, ulong address, byte[] content, ulong? size = null, uint link = 0, uint info = 0)
    {
        _sections.Add((name, type, flags, address, content, size ?? (ulong)content.Length, link, info));
        return _sections.Count - 1;
    }

    /// <summary>Adds a global symbol; type 2 is a function, 0 a label.</summary>
    /// <returns>Its number.</returns>
    public int AddSymbol(string name, int section, ulong value, int type = 2, int binding = 1, ulong size = 0)
    {
        var entry = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)_names.Count);
        entry[4] = (byte)((binding << 4) | type);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(6), (ushort)section);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(8), value);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(16), size);
        _names.AddRange(Encoding.UTF8.GetBytes(name));
        _names.Add(0);
        _symbolEntries.Add(entry);
        return _symbolEntries.Count - 1;
    }

    /// <summary>Adds a relocation at an address.</summary>
    public void AddRelocation(int section, ulong address, uint type, int symbol, long addend = 0)
    {
        if (!_relocations.TryGetValue(section, out var entries))
        {
            _relocations.Add(section, entries = []);
        }

        Span<byte> entry = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, address);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], ((ulong)symbol << 32) | type);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], addend);
        entries.AddRange(entry);
    }

    /// <summary>Writes the file.</summary>
    public byte[] Build(ulong entry)
    {
        var symbolTable = (uint)_sections.Count + (uint)_relocations.Count;
        foreach (var (section, entries) in _relocations)
        {
            AddSection(".rela" + _sections[section].Name, 4, 0, 0, [.. entries], null, symbolTable, (uint)section);
        }

        AddSection(".symtab", 2, 0, 0, [.. _symbolEntries.SelectMany(e => e)], null, symbolTable + 1);
        AddSection(".strtab", 3, 0, 0, [.. _names]);
        var names = new MemoryStream();
        var nameOffsets = _sections.Select(s => WriteName(names, s.Name)).ToArray();
        AddSection(string.Empty, 3, 0, 0, names.ToArray());
        return Write(entry, [.. nameOffsets, 0u]);
    }

    private static uint WriteName(MemoryStream names, string name)
    {
        var offset = (uint)names.Length;
        names.Write(Encoding.UTF8.GetBytes(name));
        names.WriteByte(0);
        return offset;
    }

    private byte[] Write(ulong entry, uint[] nameOffsets)
    {
        var content = new MemoryStream();
        var headers = new MemoryStream();
        Span<byte> header = stackalloc byte[64];
        for (var i = 0; i < _sections.Count; i++)
        {
            var section = _sections[i];
            header.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(header, nameOffsets[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], section.Type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], section.Flags);
            BinaryPrimitives.WriteUInt64LittleEndian(header[16..], section.Address);
            BinaryPrimitives.WriteUInt64LittleEndian(header[24..], HeaderSize + (ulong)content.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(header[32..], section.Size);
            BinaryPrimitives.WriteUInt32LittleEndian(header[40..], section.Link);
            BinaryPrimitives.WriteUInt32LittleEndian(header[44..], section.Info);
            BinaryPrimitives.WriteUInt64LittleEndian(header[48..], 1);
            headers.Write(header);
            content.Write(section.Content);
        }

        var start = new byte[HeaderSize];
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(start, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(16), Type);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(18), 243);
        BinaryPrimitives.WriteUInt64LittleEndian(start.AsSpan(24), entry);
        BinaryPrimitives.WriteUInt64LittleEndian(start.AsSpan(40), HeaderSize + (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(48), Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(60), (ushort)_sections.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(62), (ushort)(_sections.Count - 1));
        return [.. start, .. content.ToArray(), .. headers.ToArray()];
    }
}

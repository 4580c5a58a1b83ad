using System.Buffers.Binary;
using System.Text;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>Reads and writes the code section of an ELF file, as little of the format as LLVM's tools need.</summary>
internal static class ElfText
{
    private const int HeaderSize = 64;
    private const int SectionSize = 64;

    /// <summary>The bytes of the section <c>.text</c>.</summary>
    internal static byte[] Read(ReadOnlySpan<byte> elf)
    {
        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3C..]);
        var names = OffsetOf(elf, sections + (SectionSize * BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3E..])));
        for (var i = 0; i < count; i++)
        {
            var header = sections + (SectionSize * i);
            var name = elf[(names + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[header..]))..];
            if (name.StartsWith(".text\0"u8))
            {
                return elf.Slice(OffsetOf(elf, header), (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(header + 0x20)..])).ToArray();
            }
        }

        throw new InvalidDataException("The file has no .text.");
    }

    /// <summary>An executable whose one section is the code at an address.</summary>
    internal static byte[] Write(ReadOnlySpan<byte> code, ulong address)
    {
        var names = Encoding.ASCII.GetBytes("\0.text\0.shstrtab\0");
        var nameOffset = HeaderSize + code.Length;
        var sections = nameOffset + names.Length;
        var elf = new byte[sections + (3 * SectionSize)];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(elf);
        Put16(elf, 0x10, 2); // executable
        Put16(elf, 0x12, 243); // RISC-V
        Put32(elf, 0x14, 1);
        Put64(elf, 0x28, (ulong)sections);
        Put32(elf, 0x30, 1 | 8); // flags: compressed instructions, RV64E
        Put16(elf, 0x34, HeaderSize);
        Put16(elf, 0x3A, SectionSize);
        Put16(elf, 0x3C, 3);
        Put16(elf, 0x3E, 2);
        code.CopyTo(elf.AsSpan(HeaderSize));
        names.CopyTo(elf.AsSpan(nameOffset));
        PutSection(elf, sections + SectionSize, name: 1, type: 1, flags: 6, address, HeaderSize, code.Length);
        PutSection(elf, sections + (2 * SectionSize), name: 7, type: 3, flags: 0, 0, nameOffset, names.Length);
        return elf;
    }

    private static int OffsetOf(ReadOnlySpan<byte> elf, int section) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(section + 0x18)..]);

    private static void PutSection(byte[] elf, int at, uint name, uint type, ulong flags, ulong address, int offset, int size)
    {
        Put32(elf, at, name);
        Put32(elf, at + 4, type);
        Put64(elf, at + 8, flags);
        Put64(elf, at + 0x10, address);
        Put64(elf, at + 0x18, (ulong)offset);
        Put64(elf, at + 0x20, (ulong)size);
        Put64(elf, at + 0x30, 1);
    }

    private static void Put16(byte[] elf, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(at), value);

    private static void Put32(byte[] elf, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(elf.AsSpan(at), value);

    private static void Put64(byte[] elf, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(at), value);
}

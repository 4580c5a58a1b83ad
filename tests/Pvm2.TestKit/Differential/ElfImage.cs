using System.Buffers.Binary;

namespace Pvm2.TestKit.Differential;

/// <summary>
/// Writes the smallest ELF64 executable that an emulator runs: a header, two segments, no sections. Field names and
/// numbers are those of the System V ABI and its RISC-V supplement.
/// </summary>
public static class ElfImage
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int PageSize = 4096;
    private const uint Execute = 1;
    private const uint Write = 2;
    private const uint Read = 4;

    /// <summary>Makes an executable of code and writable data; it starts at the first byte of the code.</summary>
    /// <param name="codeAddress">Where the code is; a multiple of 4096.</param>
    /// <param name="code">The code.</param>
    /// <param name="dataAddress">Where the data is; a multiple of 4096.</param>
    /// <param name="data">The data.</param>
    public static byte[] Make(uint codeAddress, ReadOnlySpan<byte> code, uint dataAddress, ReadOnlySpan<byte> data)
    {
        var dataOffset = RoundUp(PageSize + code.Length);
        var image = new byte[dataOffset + data.Length];
        WriteHeader(image, codeAddress);
        WriteSegment(image.AsSpan(HeaderSize), Read | Execute, PageSize, codeAddress, code.Length);
        WriteSegment(image.AsSpan(HeaderSize + ProgramHeaderSize), Read | Write, dataOffset, dataAddress, data.Length);
        code.CopyTo(image.AsSpan(PageSize));
        data.CopyTo(image.AsSpan(dataOffset));
        return image;
    }

    private static void WriteHeader(Span<byte> image, uint entry)
    {
        const ushort Executable = 2;
        const ushort MachineRiscV = 243;
        const uint Compressed = 1; // EF_RISCV_RVC
        ReadOnlySpan<byte> identification = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identification.CopyTo(image);
        BinaryPrimitives.WriteUInt16LittleEndian(image[16..], Executable);
        BinaryPrimitives.WriteUInt16LittleEndian(image[18..], MachineRiscV);
        BinaryPrimitives.WriteUInt32LittleEndian(image[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(image[24..], entry);
        BinaryPrimitives.WriteUInt64LittleEndian(image[32..], HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(image[48..], Compressed);
        BinaryPrimitives.WriteUInt16LittleEndian(image[52..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(image[54..], ProgramHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(image[56..], 2);
    }

    private static void WriteSegment(Span<byte> header, uint rights, int offset, uint address, int size)
    {
        const uint Load = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(header, Load);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], rights);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], PageSize);
    }

    private static int RoundUp(int value) => (value + PageSize - 1) & -PageSize;
}

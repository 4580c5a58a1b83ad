using System.Buffers.Binary;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Results;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Compare.Preparation;

/// <summary>Counts the bytes of programs, as they are stored.</summary>
public static class ProgramSizes
{
    private const byte WasmCodeSection = 10;
    private const int WasmHeader = 8;

    /// <summary>The sizes of all builds of a workload.</summary>
    /// <param name="files">Where they are; WebAssembly may be missing.</param>
    /// <exception cref="InvalidDataException">A file is not what its name says.</exception>
    public static SizeFacts Of(ProgramFiles files, string workload)
    {
        var wasm = files.Find("wasm", workload);
        var isThere = File.Exists(wasm);
        return new SizeFacts(
            workload,
            CountElfText(File.ReadAllBytes(files.Find("elf", workload))),
            CountContainer(File.ReadAllBytes(files.Find("static", workload))),
            CountContainer(File.ReadAllBytes(files.Find("xjar", workload))),
            isThere ? CountWasmCode(File.ReadAllBytes(wasm)) : null,
            isThere ? new FileInfo(wasm).Length : null);
    }

    /// <summary>The code of a program, in its own format.</summary>
    /// <param name="build">One of <see cref="ProgramFiles.Builds"/>.</param>
    /// <returns>Bytes; for a build without a known form, those of the whole file.</returns>
    /// <exception cref="InvalidDataException">The file is not what its build says.</exception>
    public static long CountCode(string build, string path) => build switch
    {
        "static" or "xjar" => Load(File.ReadAllBytes(path)).Code.Length,
        "wasm" => CountWasmCode(File.ReadAllBytes(path)),
        "elf" => CountElfText(File.ReadAllBytes(path)),
        _ => new FileInfo(path).Length,
    };

    /// <summary>The bytes of a container's parts, each found by leaving it out.</summary>
    private static ContainerSize CountContainer(byte[] container)
    {
        var program = Load(container);
        var tables = container.Length - ProgramWriter.Write(Copy(program, JumpTables.None, keepData: true)).Length;
        var data = container.Length - ProgramWriter.Write(Copy(program, program.JumpTables, keepData: false)).Length;
        return new ContainerSize(program.Code.Length, tables, data, container.Length);
    }

    private static GuestProgram Load(byte[] container)
    {
        try
        {
            return Module.Load(container).Program;
        }
        catch (ProgramRejectedException e)
        {
            throw new InvalidDataException($"a container is no valid program: {e.Message}", e);
        }
    }

    private static GuestProgram Copy(GuestProgram program, JumpTables tables, bool keepData) => new()
    {
        Profile = program.Profile,
        Code = program.Code,
        JumpTables = tables,
        ReadOnlyData = keepData ? program.ReadOnlyData : MemoryRegion.None,
        ReadWriteData = keepData ? program.ReadWriteData : MemoryRegion.None,
        Stack = program.Stack,
        Heap = program.Heap,
        EntryPoints = program.EntryPoints,
        Symbols = program.Symbols,
        BuildNotes = program.BuildNotes,
    };

    /// <summary>The sections of a 64-bit ELF that hold instructions. Its compiler is ours, so only the form is checked.</summary>
    private static long CountElfText(ReadOnlySpan<byte> elf)
    {
        const int HeaderSize = 64, SectionSize = 64, Executable = 4;
        if (elf.Length < HeaderSize || !elf.StartsWith("\u007fELF"u8))
        {
            throw new InvalidDataException("an ELF is none.");
        }

        var first = BinaryPrimitives.ReadUInt64LittleEndian(elf[40..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(elf[60..]);
        if (first > (ulong)elf.Length || (ulong)elf.Length - first < (ulong)(count * SectionSize))
        {
            throw new InvalidDataException("the sections of an ELF are not in it.");
        }

        var sum = 0L;
        for (var section = 0; section < count; section++)
        {
            var header = elf.Slice((int)first + (section * SectionSize), SectionSize);
            if ((BinaryPrimitives.ReadUInt64LittleEndian(header[8..]) & Executable) != 0)
            {
                sum += BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
            }
        }

        return sum;
    }

    private static long CountWasmCode(ReadOnlySpan<byte> wasm)
    {
        if (!wasm.StartsWith("\0asm"u8))
        {
            throw new InvalidDataException("a WebAssembly module is none.");
        }

        for (var offset = WasmHeader; offset < wasm.Length;)
        {
            var id = wasm[offset++];
            var size = ReadNumber(wasm, ref offset);
            if (id == WasmCodeSection)
            {
                return size;
            }

            offset += size;
        }

        throw new InvalidDataException("a WebAssembly module has no code.");
    }

    private static int ReadNumber(ReadOnlySpan<byte> bytes, ref int offset)
    {
        var value = 0;
        for (var shift = 0; shift < 32 && offset < bytes.Length; shift += 7)
        {
            var next = bytes[offset++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number in a WebAssembly module does not end.");
    }
}

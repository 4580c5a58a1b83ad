using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// Reads <c>.pvm2</c> containers, whose bytes <c>docs/container.md</c> describes. The bytes may come from anybody.
/// </summary>
/// <remarks>
/// What is read is canonical: <see cref="ProgramWriter.Write"/> makes the same bytes of it. Whether the program keeps
/// the rules of its profile is for <see cref="ProgramValidator"/> to say.
/// Reading takes time linear in the length of the bytes and allocates at most <see cref="MaxAllocationFactor"/> bytes
/// for each of them, and <see cref="MaxAllocationConstant"/> bytes more, whatever they hold; what the runtime itself
/// sets up when code is first used is not counted.
/// </remarks>
public static class ProgramReader
{
    /// <summary>
    /// Bytes allocated for each byte read, at most: the dearest item is a note of one letter and an empty value,
    /// three bytes that become a string and a table row of 40; the bytes themselves are copied once.
    /// </summary>
    public const int MaxAllocationFactor = 16;

    /// <summary>Bytes allocated besides, at most: the program, its tables of length zero, or an error message.</summary>
    public const int MaxAllocationConstant = 4096;

    /// <summary>Reads a container.</summary>
    /// <param name="bytes">The whole container.</param>
    /// <param name="program">The program; not validated.</param>
    /// <param name="error">What is wrong with the first bytes that are.</param>
    /// <returns>Whether the bytes are a container.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out GuestProgram? program,
        [NotNullWhen(false)] out ProgramError? error)
    {
        // A copy, since the caller may change the bytes later; code and content stay slices of it.
        var isContainer = ContainerFormat.HasMagic(bytes);
        var input = new ContainerInput(isContainer ? bytes.ToArray() : bytes[..Math.Min(bytes.Length, 8)].ToArray());
        program = ReadProgram(input);
        error = input.Error;
        return program is not null;
    }

    private static GuestProgram? ReadProgram(ContainerInput input)
    {
        if (!TryReadHeader(input, out var profile)
            || !TryReadCode(input, out var code)
            || !JumpTableReader.TryRead(input, out var tables)
            || !RegionReader.TryRead(input, ProgramSection.ReadOnlyData, hasContent: true, out var readOnlyData)
            || !RegionReader.TryRead(input, ProgramSection.ReadWriteData, hasContent: true, out var readWriteData)
            || !RegionReader.TryRead(input, ProgramSection.Stack, hasContent: false, out var stack)
            || !RegionReader.TryRead(input, ProgramSection.Heap, hasContent: false, out var heap)
            || !NameReader.TryReadEntryPoints(input, out var entryPoints)
            || !NameReader.TryReadSymbols(input, (uint)code.Length, out var symbols)
            || !NameReader.TryReadBuildNotes(input, out var notes)
            || !input.TryReadEnd())
        {
            return null;
        }

        return new GuestProgram
        {
            Profile = profile,
            Code = code,
            JumpTables = tables,
            ReadOnlyData = readOnlyData,
            ReadWriteData = readWriteData,
            Stack = stack,
            Heap = heap,
            EntryPoints = entryPoints,
            Symbols = symbols,
            BuildNotes = notes,
            IsFromContainer = true,
        };
    }

    private static bool TryReadHeader(ContainerInput input, out Profile profile)
    {
        input.Section = ProgramSection.Header;
        profile = default;
        if (!input.TryReadBytes((uint)ContainerFormat.Magic.Length, "the magic bytes", out var magic))
        {
            return false;
        }

        if (!magic.Span.SequenceEqual(ContainerFormat.Magic))
        {
            return input.Fail(0, "this is no PVM2 container, which would start with 'PVM2'");
        }

        var start = input.Position;
        if (!input.TryReadByte("the version", out var version))
        {
            return false;
        }

        if (version != ContainerFormat.Version)
        {
            return input.Fail(start, $"version {version} is not known, only {ContainerFormat.Version}");
        }

        if (!input.TryReadByte("the profile", out var number))
        {
            return false;
        }

        profile = (Profile)number;
        return profile is Profile.Static or Profile.Xjar || input.Fail(start + 1, $"{number} is no profile");
    }

    private static bool TryReadCode(ContainerInput input, out ReadOnlyMemory<byte> code)
    {
        input.Section = ProgramSection.Code;
        code = default;
        return input.TryReadCount("the number of code halfwords", 2, out var halfwords)
            && input.TryReadBytes((uint)halfwords << 1, "the code", out code);
    }
}

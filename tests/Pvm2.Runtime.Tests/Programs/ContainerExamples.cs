using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Containers made by hand, one or more for each rule of <c>docs/container.md</c>.</summary>
internal static class ContainerExamples
{
    private const string SixteenZeros = "00000000 00000000 00000000 00000000";

    private static readonly ContainerParts Smallest = new();

    /// <summary>Containers that keep the rules, some barely.</summary>
    internal static readonly IReadOnlyDictionary<string, ContainerParts> Accepted = new Dictionary<string, ContainerParts>
    {
        ["the smallest"] = Smallest,
        ["nothing at all"] = Smallest with { Code = "00", EntryPoints = "00" },
        ["a table without entries"] = Smallest with { JumpTables = "01 00" },
        ["the last entry there is"] = Smallest with { JumpTables = "01 01 feffffff0f" },
        ["all pages but one"] = Smallest with { ReadOnlyData = "ffff3f ffff3f 00" },
        ["the last byte of a region"] = Smallest with { ReadOnlyData = "01 10 01 ff1f 01 01" },
        ["zeros before the first chunk"] = Smallest with { ReadOnlyData = "01 10 01 01 01 01" },
        ["16 zeros between chunks"] = Smallest with { ReadOnlyData = "01 10 02 00 01 01 00 01 01" },
        ["15 zeros in a chunk"] = Smallest with { ReadOnlyData = "01 10 01 00 11 01" + SixteenZeros[..^2] + "01" },
        ["names in order"] = Smallest with { EntryPoints = "04 0162 00 0161 00 026161 00 0163 00" },
        ["a symbol at the end"] = Smallest with { Symbols = "02 00 0161 02 0161" },
        ["a note without value"] = Smallest with { BuildNotes = "01 0161 00" },
        ["names beyond ASCII"] = Smallest with { EntryPoints = "01 0a c3a4 e5908d f09d9481 7e 00" },
        ["xjar"] = Smallest with { Header = "50564d32 01 01" },
    };

    /// <summary>Containers that break one rule each, and the error that names it.</summary>
    internal static readonly IReadOnlyDictionary<string, BrokenRule> Broken = new Dictionary<string, BrokenRule>
    {
        ["empty file"] = new(null, ProgramSection.Header, 0, "", "the file ends 4 bytes before"),
        ["other magic"] = new(Smallest with { Header = "7f454c46 01 00" }, ProgramSection.Header, 0, "7f454c46", "no PVM2 container"),
        ["magic in lower case"] = new(Smallest with { Header = "70766d32 01 00" }, ProgramSection.Header, 0, "70766d32", "no PVM2 container"),
        ["version 0"] = new(Smallest with { Header = "50564d32 00 00" }, ProgramSection.Header, 4, "00", "version 0 is not known"),
        ["version 2"] = new(Smallest with { Header = "50564d32 02 00" }, ProgramSection.Header, 4, "02", "version 2 is not known"),
        ["profile 2"] = new(Smallest with { Header = "50564d32 01 02" }, ProgramSection.Header, 5, "02", "2 is no profile"),
        ["number longer than need be"] = new(Smallest with { Code = "8200 0b000000" }, ProgramSection.Code, 6, "8200", "longer than it need be"),

        ["zero in two bytes"] = new(Smallest with { JumpTables = "8000" }, ProgramSection.JumpTables, 11, "8000", "longer than it need be"),

        ["number of 33 bits"] = new(Smallest with { Heap = "ffffffff1f" }, ProgramSection.Heap, 15, "ffffffff1f", "more than 32 bits"),
        ["number of six bytes"] = new(Smallest with { Heap = "8080808080 01" }, ProgramSection.Heap, 15, "8080808080", "more than 32 bits"),

        ["more code than file"] = new(Smallest with { Code = "7f 0b000000" }, ProgramSection.Code, 6, "7f", "is 127, more than the rest"),
        ["huge code"] = new(Smallest with { Code = "ffffffff07" }, ProgramSection.Code, 6, "ffffffff07", "more than the rest"),
        ["too huge code"] = new(Smallest with { Code = "8080808008" }, ProgramSection.Code, 6, "8080808008", "more than 2147483647"),

        ["more tables than file"] = new(Smallest with { JumpTables = "7f" }, ProgramSection.JumpTables, 11, "7f", "more than the rest"),
        ["more entries than file"] = new(Smallest with { JumpTables = "02 05 06" }, ProgramSection.JumpTables, 13, "06", "11 entries are more"),
        ["entry below zero"] = new(Smallest with { JumpTables = "01 02 02 03" }, ProgramSection.JumpTables, 14, "03", "not an offset of 32 bits"),
        ["entry beyond 32 bits"] = new(Smallest with { JumpTables = "01 02 feffffff0f 02" }, ProgramSection.JumpTables, 18, "02", "not an offset of 32 bits"),

        ["2^20 pages"] = new(Smallest with { ReadOnlyData = "808040 10 00" }, ProgramSection.ReadOnlyData, 12, "808040", "more than 1048575"),

        ["page 2^20"] = new(Smallest with { Stack = "01 808040" }, ProgramSection.Stack, 15, "808040", "more than 1048575"),

        ["more chunks than file"] = new(Smallest with { ReadOnlyData = "01 10 7f" }, ProgramSection.ReadOnlyData, 14, "7f", "more than the rest"),
        ["empty chunk"] = new(Smallest with { ReadOnlyData = "01 10 01 00 00" }, ProgramSection.ReadOnlyData, 17, "", "a chunk is empty"),
        ["chunk begins with zero"] = new(Smallest with { ReadOnlyData = "01 10 01 00 02 0001" }, ProgramSection.ReadOnlyData, 17, "0001", "begins or ends with a zero"),
        ["chunk ends with zero"] = new(Smallest with { ReadOnlyData = "01 10 01 00 02 0100" }, ProgramSection.ReadOnlyData, 17, "0100", "begins or ends with a zero"),

        ["chunk is a zero"] = new(Smallest with { ReadWriteData = "01 10 01 00 01 00" }, ProgramSection.ReadWriteData, 18, "00", "begins or ends with a zero"),

        ["chunk with 16 zeros"] = new(Smallest with { ReadOnlyData = "01 10 01 00 12 01" + SixteenZeros + "01" }, ProgramSection.ReadOnlyData, 17, "0100000000000000", "16 zeros in a row"),
        ["chunk beyond the region"] = new(Smallest with { ReadOnlyData = "01 10 01 ff1f 02 0101" }, ProgramSection.ReadOnlyData, 15, "ff1f02", "ends at 0x1001, beyond"),
        ["second chunk beyond it"] = new(Smallest with { ReadOnlyData = "01 10 02 00 01 01 ef1f 01 01" }, ProgramSection.ReadOnlyData, 18, "ef1f01", "ends at 0x1001, beyond"),
        ["gap beyond all"] = new(Smallest with { ReadOnlyData = "01 10 01 ffffffff0f 01 01" }, ProgramSection.ReadOnlyData, 15, "ffffffff0f01", "ends at 0x100000000, beyond"),

        ["entry point without name"] = new(Smallest with { EntryPoints = "01 00 00 00" }, ProgramSection.EntryPoints, 17, "00", "is empty"),
        ["entry point beyond 32 bits"] = new(Smallest with { EntryPoints = "01 01 61 8080808008" }, ProgramSection.EntryPoints, 19, "8080808008", "more than 2147483647"),
        ["entry points out of order"] = new(Smallest with { EntryPoints = "03 0161 00 0163 00 0162 00" }, ProgramSection.EntryPoints, 23, "016200", "order of their names"),
        ["entry point twice"] = new(Smallest with { EntryPoints = "03 0161 00 0162 00 0162 00" }, ProgramSection.EntryPoints, 23, "016200", "order of their names"),
        ["default entry point twice"] = new(Smallest with { EntryPoints = "03 0162 00 0161 00 0162 00" }, ProgramSection.EntryPoints, 23, "016200", "a name is taken"),
        ["longer name first"] = new(Smallest with { EntryPoints = "03 017a 00 026161 00 0161 00" }, ProgramSection.EntryPoints, 24, "016100", "order of their names"),
        ["name cut off"] = new(Smallest with { EntryPoints = "01 7f 61 00" }, ProgramSection.EntryPoints, 18, "", "the file ends 123 bytes before"),
        ["name of a stray byte"] = new(Smallest with { EntryPoints = "01 01 80 00" }, ProgramSection.EntryPoints, 17, "0180", "not UTF-8"),
        ["name in overlong UTF-8"] = new(Smallest with { EntryPoints = "01 02 c1a1 00" }, ProgramSection.EntryPoints, 17, "02c1a1", "not UTF-8"),
        ["name with a surrogate"] = new(Smallest with { EntryPoints = "01 03 eda080 00" }, ProgramSection.EntryPoints, 17, "03eda080", "not UTF-8"),
        ["name beyond Unicode"] = new(Smallest with { EntryPoints = "01 04 f4908080 00" }, ProgramSection.EntryPoints, 17, "04f4908080", "not UTF-8"),
        ["name with a line feed"] = new(Smallest with { EntryPoints = "01 01 0a 00" }, ProgramSection.EntryPoints, 17, "010a", "control character"),
        ["name with an escape"] = new(Smallest with { EntryPoints = "01 03 611b5b 00" }, ProgramSection.EntryPoints, 17, "03611b5b", "control character"),
        ["name with DEL"] = new(Smallest with { EntryPoints = "01 01 7f 00" }, ProgramSection.EntryPoints, 17, "017f", "control character"),
        ["name with a C1 control"] = new(Smallest with { EntryPoints = "01 02 c29b 00" }, ProgramSection.EntryPoints, 17, "02c29b", "control character"),

        ["symbol without name"] = new(Smallest with { Symbols = "01 00 00 00" }, ProgramSection.Symbols, 22, "00", "is empty"),
        ["symbol beyond the code"] = new(Smallest with { Symbols = "01 03 0161" }, ProgramSection.Symbols, 21, "030161", "outside the code"),
        ["symbols out of order"] = new(Smallest with { Symbols = "02 00 0162 00 0161" }, ProgramSection.Symbols, 24, "000161", "order of their names"),
        ["symbol twice"] = new(Smallest with { Symbols = "02 00 0161 00 0161" }, ProgramSection.Symbols, 24, "000161", "one stands twice"),
        ["more symbols than file"] = new(Smallest with { Symbols = "02 00 0161" }, ProgramSection.Symbols, 20, "02", "more than the rest"),

        ["note without key"] = new(Smallest with { BuildNotes = "01 00 0161 00" }, ProgramSection.BuildNotes, 22, "00", "is empty"),
        ["notes out of order"] = new(Smallest with { BuildNotes = "02 0162 00 0161 00" }, ProgramSection.BuildNotes, 25, "016100", "order of their keys"),
        ["note twice"] = new(Smallest with { BuildNotes = "02 0161 00 0161 0162" }, ProgramSection.BuildNotes, 25, "01610162", "a key is taken"),
        ["note with a control character"] = new(Smallest with { BuildNotes = "01 0161 0100" }, ProgramSection.BuildNotes, 24, "0100", "control character"),
        ["something follows"] = new(Smallest with { Trailer = "00" }, ProgramSection.BuildNotes, 22, "00", "1 bytes follow"),
        ["much follows"] = new(Smallest with { Trailer = "0102030405060708090a" }, ProgramSection.BuildNotes, 22, "0102030405060708", "10 bytes follow"),
    };

    /// <summary>What is wrong with a file.</summary>
    /// <param name="Parts">The file; nothing for an empty one.</param>
    /// <param name="Section">The section that the error names.</param>
    /// <param name="Offset">The offset into the file that it names.</param>
    /// <param name="Bytes">The bytes that it shows, in hexadecimal.</param>
    /// <param name="Reason">Part of the reason.</param>
    internal sealed record BrokenRule(ContainerParts? Parts, ProgramSection Section, long Offset, string Bytes, string Reason)
    {
        internal byte[] ToBytes() => Parts?.ToBytes() ?? [];
    }
}

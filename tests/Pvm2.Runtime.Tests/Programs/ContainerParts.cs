namespace Pvm2.Runtime.Tests.Programs;

/// <summary>A container put together by hand: each section in hexadecimal, as small as it can be unless said otherwise.</summary>
internal sealed record ContainerParts
{
    public string Header { get; init; } = "50564d32 01 00";

    /// <summary>A trap.</summary>
    public string Code { get; init; } = "02 0b000000";

    public string JumpTables { get; init; } = "00";

    public string ReadOnlyData { get; init; } = "00";

    public string ReadWriteData { get; init; } = "00";

    public string Stack { get; init; } = "00";

    public string Heap { get; init; } = "00";

    /// <summary>"a" at 0.</summary>
    public string EntryPoints { get; init; } = "01 01 61 00";

    public string Symbols { get; init; } = "00";

    public string BuildNotes { get; init; } = "00";

    public string Trailer { get; init; } = "";

    public byte[] ToBytes() => FromHex(string.Concat(
        Header, Code, JumpTables, ReadOnlyData, ReadWriteData, Stack, Heap, EntryPoints, Symbols, BuildNotes, Trailer));

    public static byte[] FromHex(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}

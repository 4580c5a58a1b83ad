using System.Text;
using System.Text.Unicode;

namespace Pvm2.Cli.Running;

/// <summary>What a guest wrote to one of its outputs.</summary>
/// <param name="Bytes">How many bytes it wrote.</param>
/// <param name="Truncated">Whether only the first mebibyte of them is given.</param>
/// <param name="Text">The bytes as text; null where they are no UTF-8.</param>
/// <param name="Base64">The bytes.</param>
internal sealed record GuestBytesDocument(long Bytes, bool Truncated, string? Text, string Base64)
{
    /// <summary>Describes what was captured.</summary>
    public static GuestBytesDocument Of(CapturedStream stream) => new(
        stream.BytesWritten,
        stream.BytesWritten > stream.Kept.Length,
        DecodeOrNull(stream.Kept),
        Convert.ToBase64String(stream.Kept));

    private static string? DecodeOrNull(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
}

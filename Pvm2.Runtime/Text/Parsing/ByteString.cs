using System.Text;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Text whose characters are bytes, as string tokens carry them.</summary>
internal static class ByteString
{
    /// <summary>The bytes themselves.</summary>
    internal static byte[] Bytes(string byteString) => Encoding.Latin1.GetBytes(byteString);

    /// <summary>The text that the bytes are in UTF-8; used for names.</summary>
    internal static string Decode(string byteString) => Encoding.UTF8.GetString(Bytes(byteString));
}

using System.Globalization;

namespace Pvm2.Compare.Protocol;

/// <summary>What a workload left, as engines write it: hexadecimal after <c>0x</c>.</summary>
internal static class ResultText
{
    /// <summary>Reads a result.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out ulong result)
    {
        result = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out result);
    }
}

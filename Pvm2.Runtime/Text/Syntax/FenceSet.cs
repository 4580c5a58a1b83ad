namespace Pvm2.Runtime.Text.Syntax;

/// <summary>The sets of accesses that a fence orders: device input and output, memory reads and writes.</summary>
internal static class FenceSet
{
    private const string Letters = "wroi";

    /// <summary>Reads letters of <c>iorw</c> in this order.</summary>
    internal static bool TryParse(string text, out int set)
    {
        set = 0;
        var last = Letters.Length;
        foreach (var letter in text)
        {
            var bit = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (bit < 0 || bit >= last)
            {
                return false;
            }

            last = bit;
            set |= 1 << bit;
        }

        return set != 0;
    }

    /// <summary>Writes a set; the empty one as 0.</summary>
    internal static string Format(int set)
    {
        var text = string.Empty;
        for (var bit = Letters.Length - 1; bit >= 0; bit--)
        {
            text += ((set >> bit) & 1) != 0 ? Letters[bit] : string.Empty;
        }

        return text.Length == 0 ? "0" : text;
    }
}

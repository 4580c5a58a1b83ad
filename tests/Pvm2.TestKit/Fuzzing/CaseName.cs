using System.Globalization;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>Names one case of the fuzzer for ever, whatever ran before it.</summary>
/// <param name="Seed">Names the program.</param>
/// <param name="Variant">Names, with the seed, how it is run; 0 at first.</param>
public readonly record struct CaseName(ulong Seed, uint Variant = 0)
{
    /// <summary>What everything but the program is made of.</summary>
    public ulong RunSeed => new Prng(Seed ^ ((ulong)(Variant + 1) << 32)).Next();

    /// <summary>The case of a number in the run that a master seed names.</summary>
    public static CaseName Of(ulong masterSeed, ulong number) => new(new Prng(new Prng(masterSeed).Next() + number).Next());

    /// <summary>Reads what <see cref="ToString"/> writes; a seed may be decimal as well.</summary>
    public static bool TryParse(string text, out CaseName name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var variant = 0U;
        var isRead = TryParseSeed(parts[0], out var seed)
            && (parts.Length == 1
                || (parts.Length == 2 && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out variant)));
        name = isRead ? new CaseName(seed, variant) : default;
        return isRead;
    }

    /// <summary>Reads a seed: decimal, or hexadecimal after <c>0x</c>.</summary>
    public static bool TryParseSeed(string text, out ulong seed)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out seed)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
    }

    /// <summary>The seed in hexadecimal and, unless it is 0, the variant: <c>0x00c0ffee00c0ffee:3</c>.</summary>
    public override string ToString() => Variant == 0
        ? string.Create(CultureInfo.InvariantCulture, $"0x{Seed:x16}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{Seed:x16}:{Variant}");
}

namespace Pvm2.TestKit.Generation;

/// <summary>
/// A seeded generator of numbers (SplitMix64, Steele, Lea and Flood 2014): a seed names the same program on every
/// machine and with every version of .NET.
/// </summary>
public sealed class Prng
{
    private static readonly ulong[] Boundaries =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_0000_0000, 0xFFFF_FFFF_8000_0000,
        0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    private ulong _state;

    /// <summary>Starts the sequence that the seed names.</summary>
    public Prng(ulong seed) => _state = seed;

    /// <summary>Sixty-four random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number in the range, both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True <paramref name="times"/> times out of <paramref name="outOf"/>.</summary>
    public bool Chance(int times, int outOf) => Below(outOf) < times;

    /// <summary>One of the items.</summary>
    public T Pick<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>A register's value: often one at which some width overflows, else random bits of a random width.</summary>
    public ulong Value() => Below(4) switch
    {
        0 => Pick<ulong>(Boundaries),
        1 => (ulong)((long)Next() >> Below(64)),
        2 => Next() >> Below(64),
        _ => Next(),
    };
}

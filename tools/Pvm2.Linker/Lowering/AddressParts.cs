namespace Pvm2.Linker.Lowering;

/// <summary>
/// Splits a 32-bit address as <c>lui</c> and the instruction after it add it up: the low part is signed, so the
/// high part carries where it is negative.
/// </summary>
internal static class AddressParts
{
    /// <summary>The lowest value that the two can make.</summary>
    public const long Lowest = int.MinValue;

    /// <summary>The highest value that the two can make: the carry must not reach the sign.</summary>
    public const long Highest = int.MaxValue - 2048;

    /// <summary>What lui loads: a multiple of 4096.</summary>
    public static int High(int value) => (value + 0x800) & ~0xFFF;

    /// <summary>What is to be added: −2048 to 2047.</summary>
    public static int Low(int value) => value - High(value);
}

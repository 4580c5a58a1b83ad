namespace Pvm2.Runtime.Text.Layout;

/// <summary>Splits a number into what <c>lui</c> or <c>auipc</c> and a 12-bit immediate add up to.</summary>
internal static class AddressParts
{
    /// <summary>The upper 20 of 32 bits, rounded so that the lower part can be negative.</summary>
    internal static long Upper(long number) => ((number + 0x800) >> 12) & 0xF_FFFF;

    /// <summary>The lower 12 bits, sign-extended.</summary>
    internal static long Lower(long number) => ((number & 0xFFF) ^ 0x800) - 0x800;

    /// <summary>Whether both parts together are the number itself in 64 bits.</summary>
    internal static bool Reach(long number) => number is >= int.MinValue - 0x800L and < int.MaxValue - 0x7FFL;
}

using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>A number in data whose value is an expression.</summary>
/// <param name="Width">Bytes: 1, 2, 4 or 8.</param>
/// <param name="Value">The value.</param>
/// <param name="Place">Its offset in the section or, in code, in its item.</param>
internal readonly record struct DataField(int Width, Expression Value, long Place = 0)
{
    /// <summary>Whether a number can stand in the field, as a signed or as an unsigned one.</summary>
    internal static bool Fits(long number, int width) =>
        width == 8 || (number >= -(1L << ((8 * width) - 1)) && number < 1L << (8 * width));
}

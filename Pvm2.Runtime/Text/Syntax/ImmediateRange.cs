using System.Globalization;

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>The values that an immediate field can hold.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
/// <param name="Multiple">All are multiples of it.</param>
internal readonly record struct ImmediateRange(int Minimum, int Maximum, int Multiple)
{
    internal bool Contains(long value) => value >= Minimum && value <= Maximum && value % Multiple == 0;

    public override string ToString() => Multiple == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum}")
        : string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum} in steps of {Multiple}");
}

using System.Globalization;
using ScottPlot.TickGenerators;

namespace Pvm2.Compare.Charts;

/// <summary>A logarithmic axis: what is drawn are logarithms, what is written beside the ticks are the values.</summary>
/// <param name="low">The least value to show; greater than zero.</param>
/// <param name="high">The greatest.</param>
internal sealed class LogAxis(double low, double high)
{
    /// <summary>Room at both ends, in powers of ten.</summary>
    private const double Margin = 0.08;

    /// <summary>Up to so many powers of ten there are labels at 2 and 5 times these too.</summary>
    private const double NarrowSpan = 2.3;

    /// <summary>Up to so many powers of ten every tick has a label.</summary>
    private const double VeryNarrowSpan = 0.9;

    /// <summary>Where the axis begins, as a logarithm.</summary>
    public double Begin { get; } = PlaceOf(low) - Margin;

    /// <summary>Where the axis ends, as a logarithm.</summary>
    public double End { get; } = PlaceOf(high) + Margin;

    /// <summary>Where a value is.</summary>
    public static double PlaceOf(double value) => Math.Log10(value);

    /// <summary>Ticks at 1, 2, …, 9 times each power of ten, with labels at the powers, and between them where there is room.</summary>
    public NumericManual Ticks()
    {
        var ticks = new NumericManual();
        for (var power = (int)Math.Floor(Begin); power <= (int)Math.Ceiling(End); power++)
        {
            for (var digit = 1; digit < 10; digit++)
            {
                Add(ticks, digit * Math.Pow(10, power), digit);
            }
        }

        return ticks;
    }

    private void Add(NumericManual ticks, double value, int digit)
    {
        var place = PlaceOf(value);
        if (place < Begin || place > End)
        {
            return;
        }

        if (HasLabel(digit))
        {
            ticks.AddMajor(place, Format(value));
        }
        else
        {
            ticks.AddMinor(place);
        }
    }

    private bool HasLabel(int digit) =>
        digit == 1 || End - Begin < VeryNarrowSpan || (End - Begin < NarrowSpan && digit is 2 or 5);

    /// <summary>A value with spaces between groups of three digits.</summary>
    private static string Format(double value) => value < 1
        ? value.ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');
}

namespace Pvm2.Measuring;

/// <summary>A stretch of a <see cref="LongGuest"/>: always the same instructions.</summary>
/// <param name="Start">Milliseconds since the clock was started.</param>
/// <param name="Length">Microseconds that it took.</param>
public readonly record struct Stretch(double Start, double Length)
{
    /// <summary>Milliseconds since the clock was started, at its end.</summary>
    public double End => Start + (Length / 1000);
}

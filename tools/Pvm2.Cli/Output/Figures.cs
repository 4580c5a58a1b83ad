using System.Globalization;

namespace Pvm2.Cli.Output;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    /// <summary>A count with thousands separated.</summary>
    public static string Count(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands separated.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things, with the noun in the right form.</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    /// <summary>A part of a whole, in per cent.</summary>
    public static string Share(ulong part, ulong whole) =>
        (whole == 0 ? 0 : (double)part / whole).ToString("P1", CultureInfo.InvariantCulture).Replace(" ", string.Empty, StringComparison.Ordinal);

    /// <summary>A time with three significant digits.</summary>
    public static string Duration(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 1 => Significant(time.TotalMicroseconds, "µs"),
        < 1000 => Significant(time.TotalMilliseconds, "ms"),
        _ => Significant(time.TotalSeconds, "s"),
    };

    private static string Significant(double value, string unit)
    {
        var decimals = value switch
        {
            < 10 => "0.00",
            < 100 => "0.0",
            _ => "0",
        };
        return $"{value.ToString(decimals, CultureInfo.InvariantCulture)} {unit}";
    }
}

using System.Globalization;
using Pvm2.Fuzz.Running;

namespace Pvm2.Fuzz.Output;

/// <summary>A run in one line.</summary>
internal static class ProgressText
{
    /// <summary>The line.</summary>
    internal static string Line(FuzzTotals totals, FuzzOptions options)
    {
        var seconds = Math.Max(totals.Seconds, 0.001);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Time(totals.Seconds)}  {totals.Cases} cases ({totals.Cases / seconds:F1}/s), {Number(totals.Blocks)} blocks ({Number((long)(totals.Blocks / seconds))}/s), "
            + $"{Percent(totals.BlocksExecuted, totals.Blocks)} executed, {Number(totals.InstructionsExecuted)} instructions, "
            + $"{Number(totals.Switches)} switches, {totals.Findings.Count} found");
        return Left(totals, options) is { } left ? $"{line}, {Time(left)} left" : line;
    }

    /// <summary>A number in at most five characters.</summary>
    internal static string Number(long number) => number switch
    {
        >= 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e9:F0}G"),
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e9:F1}G"),
        >= 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:F0}M"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:F1}M"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e3:F0}k"),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A part of a whole.</summary>
    internal static string Percent(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / Math.Max(1, whole):F0} %");

    /// <summary>Hours, minutes and seconds.</summary>
    internal static string Time(double seconds) => TimeSpan.FromSeconds((long)seconds).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>Seconds until the time is over, or there are blocks enough, whichever comes first.</summary>
    private static double? Left(FuzzTotals totals, FuzzOptions options)
    {
        var byTime = options.Time is { } time ? time.TotalSeconds - totals.Seconds : double.PositiveInfinity;
        var byBlocks = options.Blocks is { } blocks && totals.Blocks > 0
            ? (blocks - totals.Blocks) * totals.Seconds / totals.Blocks
            : double.PositiveInfinity;
        var left = Math.Min(byTime, byBlocks);
        return double.IsInfinity(left) ? null : Math.Max(0, left);
    }
}

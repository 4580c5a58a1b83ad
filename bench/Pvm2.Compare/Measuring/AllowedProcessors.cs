using System.Globalization;

namespace Pvm2.Compare.Measuring;

/// <summary>The processors that this process, and so every engine that it starts, may run on.</summary>
public static class AllowedProcessors
{
    private const string StatusFile = "/proc/self/status";
    private const string Label = "Cpus_allowed_list:";

    /// <summary>Chooses the processor that runs are bound to: the last one, which is the one that systems use least.</summary>
    /// <returns>Its number; negative where there is no choice, or the system does not tell.</returns>
    public static int ChooseOne() => File.Exists(StatusFile) ? ChooseOne(File.ReadLines(StatusFile)) : -1;

    /// <summary>Chooses by the lines of <c>/proc/self/status</c>, of which one holds a list such as <c>0-3,6</c>.</summary>
    /// <returns>The number of a processor; negative where there is but one, or none is told of.</returns>
    public static int ChooseOne(IEnumerable<string> status)
    {
        var list = status.FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal), Label)[Label.Length..].Trim();
        var last = list[(list.LastIndexOfAny([',', '-']) + 1)..];
        return last != list && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var processor) ? processor : -1;
    }
}

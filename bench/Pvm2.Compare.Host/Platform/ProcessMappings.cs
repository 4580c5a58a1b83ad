using System.Globalization;

namespace Pvm2.Compare.Host.Platform;

/// <summary>
/// The memory mappings of this process, of which Linux allows some 65 000. When there are no more, .NET ends the process, as
/// its own compiler cannot go on; so whoever makes many had better know before.
/// </summary>
internal static class ProcessMappings
{
    /// <summary>Mappings that are left to .NET.</summary>
    private const long Spare = 1024;

    private const string MapsFile = "/proc/self/maps";
    private const string LimitFile = "/proc/sys/vm/max_map_count";

    /// <summary>How many there are; 0 where the system does not tell.</summary>
    public static long Count() => File.Exists(MapsFile) ? File.ReadAllBytes(MapsFile).AsSpan().Count((byte)'\n') : 0;

    /// <summary>Why so many things do not fit; null where they do, or the system has no limit that it tells of.</summary>
    /// <param name="before">Mappings before some of the things were made.</param>
    /// <param name="made">How many were made since then, at least 1.</param>
    /// <param name="wanted">How many there shall be in all.</param>
    public static string? FindObstacle(long before, int made, int wanted) => File.Exists(LimitFile)
        ? FindObstacle(before, Count(), made, wanted, long.Parse(File.ReadAllText(LimitFile), CultureInfo.InvariantCulture))
        : null;

    /// <summary>Why so many things do not fit; null where they do.</summary>
    /// <param name="now">Mappings now.</param>
    /// <param name="limit">How many mappings the system allows.</param>
    /// <inheritdoc cref="FindObstacle(long, int, int)"/>
    internal static string? FindObstacle(long before, long now, int made, int wanted, long limit)
    {
        var needed = before + ((now - before) * wanted / made);
        return needed + Spare <= limit
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{wanted} instances need {needed} memory mappings, and the system allows {limit} (vm.max_map_count)");
    }
}

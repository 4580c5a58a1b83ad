using System.Globalization;

namespace Pvm2.Native.Tests.Kit;

/// <summary>What this process takes of the system once nothing is left that a collection could free.</summary>
/// <param name="CodeBytes">Machine code of modules.</param>
/// <param name="ResidentBytes">Memory, without pages of files.</param>
/// <param name="Mappings">Lines of /proc/self/maps.</param>
/// <param name="Files">File descriptors.</param>
internal readonly record struct ProcessFootprint(long CodeBytes, long ResidentBytes, int Mappings, int Files)
{
    internal static ProcessFootprint Measure()
    {
        Collect();
        return new ProcessFootprint(
            NativeTier.CodeBytes,
            1024 * (Status("RssAnon:") + Status("RssShmem:")),
            File.ReadLines("/proc/self/maps").Count(),
            Directory.GetFileSystemEntries("/proc/self/fd").Length);
    }

    /// <summary>Bytes of shared memory and memory files that are there.</summary>
    internal static long SharedBytes() => 1024 * Status("RssShmem:");

    /// <summary>Frees what is garbage, and what only finalizers hold.</summary>
    internal static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    private static long Status(string key)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}

using System.Globalization;

namespace Pvm2.Native.Tests.Kit;

/// <summary>A line of /proc/self/maps.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">The address after the last one.</param>
/// <param name="Rights">Such as <c>rw-p</c>.</param>
/// <param name="Path">The file; empty where there is none.</param>
internal readonly record struct Mapping(ulong Start, ulong End, string Rights, string Path)
{
    internal bool IsReadable => Rights[0] == 'r';

    internal bool IsWritable => Rights[1] == 'w';

    internal bool IsExecutable => Rights[2] == 'x';

    internal bool IsOfArena => Path.StartsWith("/memfd:pvm2-code", StringComparison.Ordinal);

    /// <summary>All mappings of this process, ascending.</summary>
    internal static IReadOnlyList<Mapping> OfThisProcess() => [.. File.ReadLines("/proc/self/maps").Select(Parse)];

    private static Mapping Parse(string line)
    {
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        var range = fields[0].Split('-');
        return new Mapping(Number(range[0]), Number(range[1]), fields[1], fields.Length > 5 ? fields[5] : string.Empty);
    }

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

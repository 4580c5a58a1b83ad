using System.Globalization;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit;

namespace Pvm2.Guests.Tests;

/// <summary>The guests of <c>bench/guests</c>: what was built, and what is expected of it.</summary>
internal static class GuestFiles
{
    /// <summary>The folder of sources, build script and built programs.</summary>
    public static string Folder { get; } = Repository.PathOf("bench/guests");

    /// <summary>The names of the guests with what each leaves in a0, as <c>expected.txt</c> has them.</summary>
    public static IReadOnlyList<(string Name, ulong Result)> Results { get; } =
        [.. ReadTable("expected.txt").Select(row => (row[0], ParseNumber(row[1])))];

    /// <summary>The public workloads, which are also built for other engines: the first of <see cref="Results"/>.</summary>
    public static IReadOnlyList<(string Name, ulong Result)> Workloads { get; } = [.. Results.Take(10)];

    /// <summary>The calls of entry points by name, in the order of <c>expected-entries.txt</c>.</summary>
    public static IReadOnlyList<EntryCall> EntryCalls { get; } =
        [.. ReadTable("expected-entries.txt").Select(row =>
            new EntryCall(row[0], row[1], ParseNumber(row[2]), [.. row.Skip(3).Select(ParseNumber)]))];

    /// <summary>The path of something built.</summary>
    /// <param name="name">Its path in <c>built</c>, such as <c>wasm/keccak.wasm</c>.</param>
    public static string PathOfBuilt(string name) => Path.Combine(Folder, "built", name);

    /// <summary>The bytes of a built ELF.</summary>
    public static byte[] ReadElf(string name) => File.ReadAllBytes(PathOfBuilt($"elf/{name}.elf"));

    /// <summary>The bytes of a built container.</summary>
    public static byte[] ReadContainer(string name, Profile profile) =>
        File.ReadAllBytes(PathOfBuilt($"{FolderOf(profile)}/{name}.pvm2"));

    /// <summary>The folder, in <c>built</c>, of the containers of a profile.</summary>
    public static string FolderOf(Profile profile) => profile == Profile.Static ? "static" : "xjar";

    private static IEnumerable<string[]> ReadTable(string file) =>
        File.ReadLines(Path.Combine(Folder, file))
            .Where(line => line.Length != 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static ulong ParseNumber(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : ulong.Parse(text, CultureInfo.InvariantCulture);
}

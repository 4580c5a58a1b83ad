using Pvm2.TestKit;

namespace Pvm2.Linker.Tests;

/// <summary>The ELF files that the compilers made of <c>fixtures</c>.</summary>
internal static class Fixture
{
    private const string Root = "tests/Pvm2.Linker.Tests/fixtures";

    /// <summary>The bytes of a prebuilt ELF file.</summary>
    public static byte[] ReadElf(string name) => File.ReadAllBytes(PathOf($"elf/{name}.elf"));

    /// <summary>The full path of a file of the fixtures.</summary>
    public static string PathOf(string path) => Repository.PathOf(Path.Combine(Root, path));

    /// <summary>The lines of a table of names and numbers, comments left out.</summary>
    public static IEnumerable<(string Name, ulong Value)> ReadNumbers(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && !line.StartsWith('#'))
            {
                yield return (words[0], Convert.ToUInt64(words[1], 16));
            }
        }
    }
}

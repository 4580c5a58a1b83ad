namespace Pvm2.ReaderFuzz;

/// <summary>Files of the repository that are small enough to be changed byte by byte.</summary>
internal static class SeedFiles
{
    private const int MostBytes = 6000;

    /// <summary>Reads the small files of a folder in the order of their names.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="folder">The folder in it.</param>
    /// <param name="pattern">Which files.</param>
    public static IEnumerable<byte[]> Read(string root, string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(root, folder), pattern)
            .Where(path => new FileInfo(path).Length <= MostBytes)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);
}

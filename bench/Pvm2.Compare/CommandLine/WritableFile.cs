namespace Pvm2.Compare.CommandLine;

/// <summary>Finds out whether a file can be written, without changing it.</summary>
public static class WritableFile
{
    /// <summary>Makes the file's folder where it is missing, and leaves the file as it is: also missing, where it is.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Require(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var isThere = File.Exists(path);
        File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        if (!isThere)
        {
            File.Delete(path);
        }
    }
}

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>A folder that is deleted in the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pvm2-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string File(string name) => Path.Combine(_folder.FullName, name);
}

namespace Pvm2.TestKit;

/// <summary>Finds the files of the repository that tests work on.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Pvm2.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a folder or file, given its path inside the repository.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pvm2.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Pvm2.sln.");
    }
}

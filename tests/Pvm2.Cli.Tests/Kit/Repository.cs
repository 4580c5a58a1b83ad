namespace Pvm2.Cli.Tests.Kit;

/// <summary>Files of the repository that these tests run in.</summary>
internal static class Repository
{
    /// <summary>The built guest ELF of a name.</summary>
    public static string GuestElf(string name) => Path.Combine(GuestFolder("elf"), $"{name}.elf");

    /// <summary>The folder of the built guests of a kind: <c>elf</c>, or the containers of a profile.</summary>
    public static string GuestFolder(string kind) => Path.Combine(Root(), "bench", "guests", "built", kind);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pvm2.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}

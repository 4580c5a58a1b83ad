using Pvm2.Compare.Host.Engines;

namespace Pvm2.Compare.Host.Commands;

/// <summary><c>list</c>: the ids of all engines, one a line, whether they can run here or not.</summary>
internal static class ListCommand
{
    /// <summary>Writes them.</summary>
    public static ExitCode Run()
    {
        foreach (var id in EngineCatalog.Ids)
        {
            Console.WriteLine(id);
        }

        return ExitCode.Success;
    }
}

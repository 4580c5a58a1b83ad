using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks;

/// <summary>A guest to measure: its program, and the same C source compiled for this machine where there is one.</summary>
internal sealed class Workload
{
    private Workload(string name, ulong expected, byte[] container, BareMetal? bareMetal)
    {
        Name = name;
        Expected = expected;
        Container = container;
        BareMetal = bareMetal;
    }

    public string Name { get; }

    /// <summary>What the guest leaves in a0.</summary>
    public ulong Expected { get; }

    /// <summary>The static program.</summary>
    public byte[] Container { get; }

    /// <summary>The machine's own code; none where it was not built.</summary>
    public BareMetal? BareMetal { get; }

    /// <summary>The ten workloads of the announcement, in its order.</summary>
    public static IReadOnlyList<Workload> LoadTen()
    {
        var guests = Path.Combine(FindRoot(), "bench", "guests");
        var lines = File.ReadLines(Path.Combine(guests, "expected.txt")).Where(line => !line.StartsWith('#')).Take(10);
        return [.. lines.Select(line => Load(guests, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }

    /// <summary>The folder of built guests of a kind, such as <c>static</c>.</summary>
    public static string FolderOf(string kind) => Path.Combine(FindRoot(), "bench", "guests", "built", kind);

    /// <summary>Throws unless a run ended as it must: a wrong result has no speed.</summary>
    public void Check(Instance instance, Exit exit)
    {
        if (exit.Reason != ExitReason.Halt || instance.Registers[10] != Expected)
        {
            throw new InvalidOperationException($"{Name} ended with {exit} and a0 = 0x{instance.Registers[10]:x}.");
        }
    }

    private static Workload Load(string guests, string[] words) => new(
        words[0],
        Convert.ToUInt64(words[1], 16),
        File.ReadAllBytes(Path.Combine(guests, "built", "static", words[0] + ".pvm2")),
        BareMetal.TryLoad(Path.Combine(guests, "built", "native", words[0] + ".so")));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pvm2.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run this from inside the repository.");
        }

        return folder.FullName;
    }
}

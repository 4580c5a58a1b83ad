using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Measuring;

/// <summary>A guest to measure: its program, and the same C source compiled for this machine where there is one.</summary>
public sealed class Workload
{
    private Workload(string name, ulong expected, byte[] container, BareMetal? bareMetal, bool isOneOfTen = false)
    {
        IsOneOfTen = isOneOfTen;
        Name = name;
        Expected = expected;
        Container = container;
        BareMetal = bareMetal;
        Program = Module.Load(container).Program;
        InstructionCount = CountInstructions(Program);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of the ten workloads of the announcement, over which means are taken.</summary>
    public bool IsOneOfTen { get; }

    /// <summary>What the guest leaves in a0.</summary>
    public ulong Expected { get; }

    /// <summary>The program, static but for <see cref="LoadCalls"/>.</summary>
    public byte[] Container { get; }

    /// <summary>What the container holds.</summary>
    public GuestProgram Program { get; }

    /// <summary>Instructions of its code, each counted once.</summary>
    public int InstructionCount { get; }

    /// <summary>The machine's own code; none where it was not built.</summary>
    public BareMetal? BareMetal { get; }

    /// <summary>The ten workloads of the announcement, in its order.</summary>
    public static IReadOnlyList<Workload> LoadTen() => [.. LoadAll().Where(workload => workload.IsOneOfTen)];

    /// <summary>The guest that calls and returns, in both profiles: they differ in how a guest returns.</summary>
    public static IReadOnlyList<Workload> LoadCalls()
    {
        var calls = LoadAll().Single(workload => workload.Name == "calls");
        var xjar = File.ReadAllBytes(Path.Combine(FolderOf("xjar"), "calls.pvm2"));
        return [calls, new Workload("calls (xjar)", calls.Expected, xjar, calls.BareMetal)];
    }

    /// <summary>All guests of which a result is on record, the ten workloads first.</summary>
    public static IEnumerable<Workload> LoadAll()
    {
        var guests = Path.Combine(FindRoot(), "bench", "guests");
        var lines = File.ReadLines(Path.Combine(guests, "expected.txt")).Where(line => !line.StartsWith('#'));
        return lines.Select((line, index) => Load(guests, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), index < 10));
    }

    /// <summary>A guest that was put together from others; see <see cref="ProgramMix"/>.</summary>
    /// <param name="name">What it is called in tables.</param>
    /// <param name="expected">What it leaves in a0.</param>
    /// <exception cref="ProgramRejectedException">The program breaks a rule.</exception>
    public static Workload Create(string name, ulong expected, GuestProgram program) =>
        new(name, expected, ProgramWriter.Write(program), null);

    /// <summary>Any program, whose result is unknown: it can be compiled and not run. Its name is the path.</summary>
    /// <exception cref="ProgramRejectedException">It is no program, or breaks a rule.</exception>
    public static Workload FromFile(string path) =>
        new(path, 0, File.ReadAllBytes(path), null);

    /// <summary>The folder of built guests of a kind, such as <c>static</c>.</summary>
    public static string FolderOf(string kind) => Path.Combine(FindRoot(), "bench", "guests", "built", kind);

    /// <summary>Throws unless a run ended as it must: a wrong result has no speed.</summary>
    public void Check(Instance instance, Exit exit)
    {
        if (exit.Reason != ExitReason.Halt || instance.Registers[10] != Expected)
        {
            Fail(instance, exit);
        }
    }

    /// <summary>The folder of the repository.</summary>
    public static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pvm2.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run this from inside the repository.");
        }

        return folder.FullName;
    }

    private static Workload Load(string guests, string[] words, bool isOneOfTen) => new(
        words[0],
        Convert.ToUInt64(words[1], 16),
        File.ReadAllBytes(Path.Combine(guests, "built", "static", words[0] + ".pvm2")),
        BareMetal.TryLoad(Path.Combine(guests, "built", "native", words[0] + ".so")),
        isOneOfTen);

    private static int CountInstructions(GuestProgram program)
    {
        var code = program.Code.Span;
        var count = 0;
        for (var offset = 0; offset < code.Length; count++)
        {
            offset += Decoder.LengthOf(code[offset]);
        }

        return count;
    }

    private void Fail(Instance instance, Exit exit) =>
        throw new InvalidOperationException($"{Name} ended with {exit} and a0 = 0x{instance.Registers[10]:x}.");
}

namespace Pvm2.Compare.Engines;

/// <summary>Where the builds of the workloads are.</summary>
/// <param name="built">The folder with a folder for each build.</param>
/// <param name="saved">The folder of saved guests, which are made for a comparison and not kept.</param>
public sealed class ProgramFiles(string built, string saved)
{
    private const string WorkloadPlaceholder = "{workload}";

    private static readonly Dictionary<string, string> Extensions = new()
    {
        ["static"] = ".pvm2",
        ["xjar"] = ".pvm2",
        ["elf"] = ".elf",
        ["wasm"] = ".wasm",
        ["riscv64"] = string.Empty,
        ["x64"] = string.Empty,
        ["saved"] = ".dll",
        ["saved-r2r"] = ".dll",
    };

    /// <summary>The names of the builds.</summary>
    public static IReadOnlyCollection<string> Builds => Extensions.Keys;

    /// <summary>Finds the program that an engine runs.</summary>
    /// <param name="program">A build, such as <c>static</c>, or a path with <c>{workload}</c> in it.</param>
    /// <returns>A path; whether something is there is not asked.</returns>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public string Find(string program, string workload)
    {
        if (Extensions.TryGetValue(program, out var extension))
        {
            var folder = program.StartsWith("saved", StringComparison.Ordinal) ? saved : built;
            return Path.Combine(folder, program, workload + extension);
        }

        return program.Contains(WorkloadPlaceholder, StringComparison.Ordinal)
            ? Path.GetFullPath(program.Replace(WorkloadPlaceholder, workload, StringComparison.Ordinal))
            : throw new InvalidDataException(
                $"\"{program}\" is no build of the workloads ({string.Join(", ", Builds)}), nor a path with {WorkloadPlaceholder} in it.");
    }
}

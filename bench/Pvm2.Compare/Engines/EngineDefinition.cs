using Pvm2.Compare.Results;

namespace Pvm2.Compare.Engines;

/// <summary>An engine, as whoever starts it must know it.</summary>
/// <param name="Id">Its name in files and on the command line, such as <c>native/pipeline</c>.</param>
/// <param name="Title">Its name in tables and charts.</param>
/// <param name="Family">Engines of one family have one colour.</param>
/// <param name="Metering">Who meters, and by which model; <c>none</c> where nobody does.</param>
/// <param name="Program">The build of the workloads that it runs; see <see cref="ProgramFiles"/>.</param>
/// <param name="Serve">The command that speaks the protocol; may hold <see cref="ProgramPlaceholder"/>.</param>
/// <param name="Once">The command that runs one program from start to end; empty where there is none.</param>
/// <param name="Kinds">What to measure.</param>
/// <param name="Hint">How to get the engine; may be empty.</param>
/// <param name="IsAdapter">Whether it came from a file of the user's.</param>
public sealed record EngineDefinition(
    string Id,
    string Title,
    string Family,
    string Metering,
    string Program,
    IReadOnlyList<string> Serve,
    IReadOnlyList<string> Once,
    IReadOnlyList<Kind> Kinds,
    string Hint,
    bool IsAdapter)
{
    /// <summary>What stands for the path of the program in a command.</summary>
    public const string ProgramPlaceholder = "{program}";

    /// <summary>Whether each workload has a process of its own, because the program is an argument of the command.</summary>
    public bool HasProcessPerWorkload => Serve.Any(argument => argument.Contains(ProgramPlaceholder, StringComparison.Ordinal));

    /// <summary>A command with a program in the place of <see cref="ProgramPlaceholder"/>.</summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> command, string program) =>
        [.. command.Select(argument => argument.Replace(ProgramPlaceholder, program, StringComparison.Ordinal))];

    /// <summary>What the results say of it.</summary>
    /// <param name="version">What it says of itself.</param>
    /// <param name="skipped">Why it was not measured; empty where it was.</param>
    public EngineFacts ToFacts(string version, string skipped) =>
        new(Id, Title, Family, version, Program, Metering, Kinds, skipped);
}

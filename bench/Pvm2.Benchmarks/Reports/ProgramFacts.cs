namespace Pvm2.Benchmarks.Reports;

/// <summary>What is counted about a program that was measured.</summary>
/// <param name="Name">Its name in the series.</param>
/// <param name="Instructions">Instructions of its code.</param>
/// <param name="CodeBytes">Bytes of its code.</param>
/// <param name="MachineCodeBytes">Bytes of native code, pipeline model; not a number where the tier cannot run.</param>
/// <param name="InstructionsRun">Instructions that a run retires; not a number where it was not run.</param>
internal sealed record ProgramFacts(
    string Name, int Instructions, int CodeBytes, double MachineCodeBytes, double InstructionsRun)
{
    /// <summary>The facts of a measured workload.</summary>
    public static ProgramFacts Of(MeasuredWorkload measured) => new(
        measured.Workload.Name,
        measured.Workload.InstructionCount,
        measured.Workload.Program.Code.Length,
        measured.MachineCodeBytes,
        measured.InstructionsRun);
}

namespace Pvm2.Compare.Results;

/// <summary>Compiling one generated program with one engine, the first time in a fresh process and warm.</summary>
/// <param name="Engine">The engine's <see cref="EngineFacts.Id"/>.</param>
/// <param name="ProgramName">The generated program's name, the same for every engine that compiles it.</param>
/// <param name="CodeBytes">Code in the engine's own format: guest instructions, or the code section of a WebAssembly module.</param>
/// <param name="Nanoseconds">Of one compilation in a warm process, in the order of the rounds.</param>
/// <param name="PeakBytes">By how much one compilation in a fresh process raised its peak of resident memory, in the order of the rounds; may be empty.</param>
public sealed record CompilePoint(
    string Engine, string ProgramName, long CodeBytes, IReadOnlyList<double> Nanoseconds, IReadOnlyList<double> PeakBytes);

namespace Pvm2.Linker.Input;

/// <summary>A function where a host may start a run.</summary>
/// <param name="Name">Name that the host asks for.</param>
/// <param name="Instruction">Index of its first instruction.</param>
internal readonly record struct ProgramEntry(string Name, int Instruction);

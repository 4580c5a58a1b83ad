namespace Pvm2.Runtime.Diagnostics;

/// <summary>The gas of a basic block.</summary>
/// <param name="ProgramCounter">Where it starts, as the guest counts.</param>
/// <param name="Gas">Gas that it was charged in all.</param>
/// <param name="Entries">How often it was entered.</param>
public readonly record struct BlockProfile(uint ProgramCounter, ulong Gas, ulong Entries);

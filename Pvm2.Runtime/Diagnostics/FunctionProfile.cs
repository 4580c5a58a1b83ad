namespace Pvm2.Runtime.Diagnostics;

/// <summary>The gas of a guest's function.</summary>
/// <param name="Name">Its name in the program; where there is none, one made of its address.</param>
/// <param name="ProgramCounter">Where it starts, as the guest counts.</param>
/// <param name="SelfGas">Gas of its own blocks.</param>
/// <param name="TotalGas">That, and the gas of what it called; what it called itself for counts once.</param>
/// <param name="Calls">How often it was called, as far as can be told from control flow; 0 for what was only jumped into.</param>
/// <param name="Blocks">Its blocks that were run, those with most gas first.</param>
public sealed record FunctionProfile(
    string Name, uint ProgramCounter, ulong SelfGas, ulong TotalGas, ulong Calls, IReadOnlyList<BlockProfile> Blocks);

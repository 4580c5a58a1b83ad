namespace Pvm2.Runtime.Diagnostics;

/// <summary>The gas of the function that a call stack ends in, while it was called so.</summary>
/// <param name="Parent">The place of the stack without that function in <see cref="GasProfile.Stacks"/>; −1 for none.</param>
/// <param name="Name">The function's name.</param>
/// <param name="SelfGas">Gas of its own blocks.</param>
public readonly record struct StackProfile(int Parent, string Name, ulong SelfGas);

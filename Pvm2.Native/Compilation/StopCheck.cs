namespace Pvm2.Native.Compilation;

/// <summary>
/// The second leg of a backward jump in code without gas: it asks whether the run shall stop, and goes on to the target.
/// </summary>
/// <param name="Displacement">Position of the jump's four bytes to patch.</param>
/// <param name="Target">Code offset of the block that the jump leads to.</param>
internal readonly record struct StopCheck(int Displacement, uint Target);

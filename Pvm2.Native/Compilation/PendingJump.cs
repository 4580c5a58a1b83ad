namespace Pvm2.Native.Compilation;

/// <summary>A jump whose target was not yet compiled when it was emitted.</summary>
/// <param name="Displacement">Position of the four bytes to patch.</param>
/// <param name="Target">Code offset of the block that it leads to.</param>
internal readonly record struct PendingJump(int Displacement, uint Target);

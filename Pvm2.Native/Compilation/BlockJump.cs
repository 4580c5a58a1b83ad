namespace Pvm2.Native.Compilation;

/// <summary>A jump to the start of a block.</summary>
/// <param name="Displacement">Position of the four bytes to patch.</param>
/// <param name="Block">The block that it leads to; the number of blocks stands for the end of the code.</param>
internal readonly record struct BlockJump(int Displacement, int Block);

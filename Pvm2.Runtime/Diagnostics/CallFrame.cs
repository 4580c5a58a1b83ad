namespace Pvm2.Runtime.Diagnostics;

/// <summary>A call that has not returned yet, as far as can be told.</summary>
/// <param name="Function">The function that was called.</param>
/// <param name="Node">The stack that ends in it, a node of the call tree.</param>
/// <param name="StackPointer">sp when it was entered.</param>
/// <param name="ReturnBlock">The block that the call returns to; −1 where that is not known.</param>
internal readonly record struct CallFrame(int Function, int Node, ulong StackPointer, int ReturnBlock);

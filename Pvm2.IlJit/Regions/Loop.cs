namespace Pvm2.IlJit.Regions;

/// <summary>A loop of a function.</summary>
/// <param name="Head">The block at which it is entered, or where there are several, one of them.</param>
/// <param name="Parent">The next larger loop around it; <see cref="ControlFlowGraph.None"/> where there is none.</param>
/// <param name="Depth">In how many loops its blocks are, itself included; 1 to <see cref="LoopForest.MaxDepth"/>.</param>
internal readonly record struct Loop(int Head, int Parent, int Depth);

namespace Pvm2.IlJit.Regions;

/// <summary>A way from one block to another.</summary>
/// <param name="Block">Where it starts.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Heat">How often it is taken, by <see cref="FunctionHeat.OfEdge"/>.</param>
/// <param name="IsCall">Whether it calls a function, or jumps to one.</param>
internal readonly record struct BlockEdge(int Block, int Target, int Heat, bool IsCall);

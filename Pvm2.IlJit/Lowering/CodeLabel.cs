namespace Pvm2.IlJit.Lowering;

/// <summary>A place in a method's IL.</summary>
/// <param name="Number">Number of the label in its sink, ascending from 0.</param>
internal readonly record struct CodeLabel(int Number);

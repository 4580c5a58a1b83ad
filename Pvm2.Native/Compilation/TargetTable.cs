namespace Pvm2.Native.Compilation;

/// <summary>
/// A table of positions in the compiled code, eight bytes each, that become addresses when the code has its place.
/// </summary>
/// <param name="Position">Where the table lies in the compiled code.</param>
/// <param name="Count">Number of entries.</param>
internal readonly record struct TargetTable(int Position, int Count);

namespace Pvm2.Linker.Output;

/// <summary>A jump table of the program.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Entries">Number of its entries.</param>
/// <param name="Purpose">Whose addresses it holds, or whose returns go through it.</param>
public sealed record MappedTable(int Number, int Entries, string Purpose);

namespace Pvm2.Linker.Output;

/// <summary>A data region of the program.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Address">Its first byte.</param>
/// <param name="Size">Bytes.</param>
public sealed record MappedRegion(string Name, ulong Address, ulong Size);

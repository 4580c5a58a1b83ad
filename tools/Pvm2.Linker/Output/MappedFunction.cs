namespace Pvm2.Linker.Output;

/// <summary>Where a function of the ELF went.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElfAddress">Its address in the ELF.</param>
/// <param name="ElfSize">Its bytes in the ELF, as its symbol tells.</param>
/// <param name="Offset">Its offset in the code of the program.</param>
/// <param name="Size">Its bytes there.</param>
/// <param name="ReturnTable">The jump table that its returns go through; −1 where it has none.</param>
public sealed record MappedFunction(string Name, ulong ElfAddress, ulong ElfSize, uint Offset, uint Size, int ReturnTable);

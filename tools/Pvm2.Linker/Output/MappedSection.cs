namespace Pvm2.Linker.Output;

/// <summary>Where a section of the ELF went.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElfAddress">Its address in the ELF.</param>
/// <param name="Size">Its bytes in the ELF.</param>
/// <param name="Placement">The address in the program, or what else became of it.</param>
public sealed record MappedSection(string Name, ulong ElfAddress, ulong Size, string Placement);

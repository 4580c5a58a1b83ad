namespace Pvm2.Linker.Input;

/// <summary>What an address of the ELF means, independent of where things end up.</summary>
/// <param name="Kind">What it refers to.</param>
/// <param name="Index">
/// The index of the data section, of the instruction, or the <see cref="RegionBoundary"/>; 0 for a number.
/// </param>
/// <param name="Offset">Bytes from there, possibly negative; or the number. 0 for an instruction.</param>
internal readonly record struct Location(LocationKind Kind, int Index, long Offset)
{
    /// <summary>A number that no layout moves.</summary>
    public static Location Absolute(long value) => new(LocationKind.Absolute, 0, value);

    /// <summary>A place relative to the start of a data section.</summary>
    public static Location Data(int section, long offset) => new(LocationKind.Data, section, offset);

    /// <summary>An instruction.</summary>
    public static Location Code(int instruction) => new(LocationKind.Code, instruction, 0);

    /// <summary>A boundary of a region of the program's memory.</summary>
    public static Location Boundary(RegionBoundary boundary, long offset) => new(LocationKind.Boundary, (int)boundary, offset);
}

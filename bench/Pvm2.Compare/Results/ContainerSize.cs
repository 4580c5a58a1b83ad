namespace Pvm2.Compare.Results;

/// <summary>The bytes of a container, as they are stored.</summary>
/// <param name="Code">Instructions.</param>
/// <param name="Tables">Jump tables.</param>
/// <param name="Data">Read-only and read-write data.</param>
/// <param name="Whole">The file, with its header, entry points and symbols.</param>
public sealed record ContainerSize(long Code, long Tables, long Data, long Whole);
